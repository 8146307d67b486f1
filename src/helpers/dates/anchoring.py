"""Anchoring: what a date means (a day of a month, a weekday, a month), given the day of the article and what stands before.

A meaning is a TIMEX3 type and value, a reason in plain words, and other readings where two are open. Every function here takes the named
groups of a match (a mapping) and a `Context`, gives a `Meaning` or None, and says by `means` for which rules of `timewords` it speaks.
Parts of a year and longer are in `seasons`; what counts from another day, and lengths of time, in `deictics`.
"""

import calendar
import re
from datetime import date, timedelta
from typing import NamedTuple

from helpers.dates.lexicon import WORDS
from helpers.dates.timex import TIMED, first_day, iso, mod, timed

FAR, NEAR = (
    300,
    45,
)  # days: where the last such day is farther back than FAR and the next one nearer than NEAR, a past tense is not believed
NEXT = {
    "next",
    "this coming",
    "the coming",
    "the next",
    "the following",
    "following",
    "ijayo",
    "ujao",
    "zijazo",
    "lijalo",
}
LAST = {
    "last",
    "this past",
    "past",
    "the previous",
    "previous",
    "the preceding",
    "the prior",
    "iliyopita",
    "uliopita",
    "lililopita",
}
STEPS = {"last": -1, "this": 0, "next": 1}
MEANINGS = {}


class Meaning(NamedTuple):
    """`mod` is TimeML's START, MID, END, or empty; `others` are pairs `(value, reason)`."""

    type: str
    value: str
    reason: str
    basis: str = "resolved"
    mod: str = ""
    others: tuple = ()


class Context(NamedTuple):
    """What an expression is read by. `day`: the day of the article, or None. `named`: the date named last, `named_day` the day, or empty. `start`: the first day of
    a date with its year that the same sentence has named before, or None. `tense`: gives -1, 0 or 1 when called. `years`, `years_before`: those
    that the text names, anywhere and before this expression."""

    day: date
    named: str
    named_day: str
    start: date
    tense: object
    years: tuple
    years_before: tuple

    def before(self, size):
        """The day from which a step of this size counts on from what was named before: for days and hours a day that was named, or None."""
        return first_day(self.named_day if size == "D" or size in TIMED else self.named)

    @property
    def year(self):
        """The year named last before, else any the text names, else 0."""
        return (self.years_before or self.years or (0,))[-1]


def means(*rules):
    """Registers a function for these rules."""
    return lambda function: [MEANINGS.update({rule: function}) for rule in rules] and function


def unknown(value="XXXX", kind="DATE", reason="no date of the article to count from"):
    return Meaning(kind, value, reason, "undated")


def of_day(day, groups, reason, others=(), basis="resolved"):
    """The meaning of a day, with the time, part of day and `early` or `late` that are named with it."""
    kind, value = timed(day.isoformat(), groups)
    return Meaning(
        kind,
        value,
        reason,
        basis,
        mod(groups.get("part")),
        tuple((timed(other.isoformat(), groups)[1], why) for other, why in others),
    )


def number_of(word, *tables):
    return next(
        WORDS[table][key] for table in tables if (key := word.lower().rstrip(".")) in WORDS[table]
    )


def month_number(word):
    return number_of(word, "month", "monthabbr", "mwezi")


def weekday_number(word):
    return number_of(word, "weekday", "weekdayabbr", "siku")


def toward(days, context, tense):
    """Of the days on which something may fall, the one that tense and nearness choose, with the reason."""
    past, ahead = [d for d in days if d <= context.day], [d for d in days if d >= context.day]
    if tense > 0 and ahead:
        return ahead[0], "the verb looks ahead"
    if tense < 0 and past:
        if ahead and (context.day - past[-1]).days > FAR and (ahead[0] - context.day).days < NEAR:
            return ahead[0], "the coming one is near, the last one almost a year away"
        return past[-1], "the verb looks back"
    return min(
        days, key=lambda d: (abs(d - context.day), d)
    ), "the nearest to the day of the article"


def undated_year(month, day, weekday, context):
    """The day for a date without year in an article without date: in a year the text names; beside a weekday, that year or one next to it."""
    if weekday:
        far = lambda year: min(abs(year - other) for other in context.years)
        years = sorted(
            {year + n for year in context.years for n in (-1, 0, 1)},
            key=lambda year: (far(year), year),
        )
    else:
        years = [context.year]
    days = [
        d
        for year in years
        if (d := iso(year, month, day)) and (not weekday or d.isoweekday() == weekday)
    ]
    if not days:
        return None, "no date of the article and no year before it", ()
    reason = "no date of the article; the year is one the text names" + (
        ", by the weekday" if weekday else ""
    )
    return days[0], reason, tuple((d, "the weekday fits this year too") for d in days[1:])


def in_year(month, day, weekday, context):
    """The day for a date without year: by the weekday it names, by a year that its sentence has named, by tense. With reason and other readings."""
    if context.day is None:
        return undated_year(month, day, weekday, context)
    spot, today = f"{calendar.month_name[month]} {day}", context.day
    reach = 8 if (month, day) == (2, 29) else 6 if weekday else 1
    days = [
        d
        for year in range(max(1, today.year - reach), min(9999, today.year + reach) + 1)
        if (d := iso(year, month, day))
    ]
    if weekday and (fitting := [d for d in days if d.isoweekday() == weekday]):
        chosen = min(fitting, key=lambda d: (abs(d - today), d))
        return chosen, f"{spot} is a {calendar.day_name[weekday - 1]} in {chosen.year}", ()
    if not days:
        return None, f"there is no {spot} in the years around the article", ()
    tense = context.tense()
    chosen, reason = toward(days, context, tense)
    reason = f"no year is printed: {reason}" + (
        f"; in no near year is it a {calendar.day_name[weekday - 1]}" if weekday else ""
    )
    if context.start and tense <= 0:
        after = [
            d
            for year in (context.start.year, context.start.year + 1)
            if (d := iso(year, month, day)) and context.start <= d < chosen
        ]
        if after:
            return (
                after[0],
                f"the sentence has just named {context.start.year}",
                ((chosen, reason),),
            )
    named = iso(context.years_before[-1], month, day) if context.years_before else None
    if named and named != chosen and named <= today:
        return chosen, reason, ((named, f"{named.year} is the year that the text has named last"),)
    return chosen, reason, ()


@means("md", "dm")
def full(groups, context):
    """A day of a month, with or without year, weekday and time."""
    month, day = month_number(groups["m"]), int(re.match(r"\d+", groups["d"])[0])
    weekday = weekday_number(groups["wd"]) if groups.get("wd") else 0
    if not groups.get("y"):
        found, reason, others = in_year(month, day, weekday, context)
        if found is None:
            kind, value = timed(f"XXXX-{month:02}-{day:02}", groups)
            return unknown(value, kind, reason)
        return of_day(found, groups, reason, others)
    found, reason, others = iso(int(groups["y"]), month, day), "printed whole", ()
    if found and weekday and found.isoweekday() != weekday:
        reason += f", but that day is a {calendar.day_name[found.weekday()]}"
        fitting = [
            d
            for n in range(-6, 7)
            if (d := iso(found.year + n, month, day)) and d.isoweekday() == weekday
        ]
        others = [
            (d, "the year in which the weekday fits")
            for d in sorted(fitting, key=lambda d: abs(d - found))[:1]
        ]
    return of_day(found, groups, reason, others, "stated") if found else None


@means("sw_date")
def swahili_date(groups, context):
    if groups["mm"]:
        number = WORDS["moja"][groups["mm"].lower()]
        return full(dict(groups) | {"m": calendar.month_name[number]}, context)
    return full(
        dict(groups) | {"m": groups["m"] or groups["m2"], "d": groups["d"] or groups["d2"]}, context
    )


@means("iso")
def printed(groups, context):
    day = iso(int(groups["y"]), int(groups["m"]), int(groups["d"]))
    return of_day(day, groups, "printed whole", basis="stated") if day else None


@means("numeric")
def numeric(groups, context):
    """A date in figures, the day first. Where both numbers may be a month, the other order is a second reading."""
    a, b, year = int(groups["a"]), int(groups["b"]), int(groups["y"])
    if len(groups["y"]) == 2:
        year += 2000 if year < 70 else 1900
    day_first, month_first = iso(year, b, a), iso(year, a, b)
    if day_first and month_first and day_first != month_first:
        return of_day(
            day_first,
            groups,
            "printed in figures, read with the day first",
            ((month_first, "read with the month first"),),
            "stated",
        )
    found = day_first or month_first
    return of_day(found, groups, "printed in figures", basis="stated") if found else None


@means("weekday", "sw_weekday")
def weekday(groups, context):
    """A bare weekday, a last or a next one."""
    name, rel = weekday_number(groups["wd"]), (groups.get("rel") or "").lower()
    title, base = calendar.day_name[name - 1], context.day
    if rel.startswith("the ") and (named := first_day(context.named)):
        base = named
    if base is None:
        kind, value = timed(f"XXXX-WXX-{name}", groups)
        return unknown(value, kind)
    back, counted = (base.isoweekday() - name) % 7, base.isoformat()
    past, ahead = base - timedelta(back), base + timedelta(-back % 7)
    if rel in LAST:
        found, other = (
            (past if back else past - timedelta(7)),
            f"the {title} of the week before, as some use `last`",
        )
        others = ((found - timedelta(7), other),) if rel == "last" and back in (1, 2) else ()
        return of_day(found, groups, f"the last {title} before {counted}", others)
    if rel in NEXT:
        found, other = (
            (ahead if back else ahead + timedelta(7)),
            f"the {title} of the week after, as some use `next`",
        )
        others = (
            ((found + timedelta(7), other),) if rel == "next" and base.isoweekday() < name else ()
        )
        return of_day(found, groups, f"the next {title} after {counted}", others)
    if rel:
        return of_day(
            base + timedelta(name - base.isoweekday()),
            groups,
            f"the {title} of the week of {counted}",
        )
    if back and context.tense() > 0:
        return of_day(ahead, groups, f"the verb looks ahead: the {title} after {counted}")
    return of_day(past, groups, f"{title}, counted back from {counted}")


@means("month")
def month(groups, context):
    """A month, alone or with its year."""
    number, part, rel, day = (
        month_number(groups["m"]),
        mod(groups.get("part")),
        (groups.get("rel") or "").lower(),
        context.day,
    )
    meant = lambda year, reason, basis="resolved", others=(): Meaning(
        "DATE", f"{year:04}-{number:02}", reason, basis, part, others
    )
    if groups.get("y"):
        return meant(int(groups["y"]), "month and year printed", "stated")
    if groups.get("sameyear") and (named := first_day(context.named)):
        return meant(named.year, f"the year named before, {named.year}")
    if day is None:
        return (
            meant(context.year, "no date of the article; the year is the one the text named last")
            if context.year
            else unknown(f"XXXX-{number:02}")
        )
    if groups.get("relyear"):
        return meant(day.year + STEPS[groups["relyear"].lower()], f"counted from {day.isoformat()}")
    last = day.year - (number > day.month)
    if rel in LAST:
        return meant(last - (number == day.month), f"the last one before {day.isoformat()}")
    if rel in NEXT:
        return meant(last + 1, f"the next one after {day.isoformat()}")
    if rel:
        return meant(day.year, f"of the year of {day.isoformat()}")
    tense = context.tense()
    if tense > 0:
        return meant(
            day.year + (number < day.month),
            f"no year is printed: the verb looks ahead from {day.isoformat()}",
        )
    reason = f"no year is printed: {'the verb looks back' if tense else 'news mostly looks back'} from {day.isoformat()}"
    if context.start and (named := context.start.year + (number < context.start.month)) < last:
        return meant(
            named,
            f"the sentence has just named {context.start.year}",
            others=((f"{last:04}-{number:02}", reason),),
        )
    return meant(last, reason)


@means("sw_month")
def swahili_month(groups, context):
    return month({"m": groups["m"] or groups["m2"], "y": groups["y"] or groups["y2"]}, context)
