"""Anchoring: what a date with a name means (a day, weekday, month, season, feast), given the day of the article and what the text has named before.

A meaning is a TIMEX3 type and value, a reason in plain words, and other readings where two are open. Expressions that only count from
another day are in `deictics`.
"""
import calendar
import re
from datetime import date, timedelta
from typing import NamedTuple

from helpers.timevalues import first_day, iso, mod, moved, timed, week
from helpers.timewords import WORDS

FAR = 300  # a day whose nearest past is this many days away is read as the coming one, where that is near (45 days): papers print the year of such a past
NEXT, LAST = {"next", "this coming", "the coming", "coming", "the next", "ijayo", "ujao", "zijazo", "lijalo", "kesho"}, {"last", "this past", "past", "iliyopita", "uliopita", "lililopita", "jana"}


class Meaning(NamedTuple):
    """`mod` is TimeML's (START, MID, END, APPROX) or empty; `others` are `(value, reason)`."""
    type: str
    value: str
    reason: str
    basis: str = "resolved"
    mod: str = ""
    others: tuple = ()


class Context(NamedTuple):
    """`day`: the day the text is read from, or None. `named`: the date named last, or empty. `start`: the first day of a date with its year
    that the same sentence has named before, or None. `tense`: gives -1, 0 or 1 when called. `years`, `years_before`: those that the text
    names, anywhere and before this expression.
    """
    day: date
    named: str
    start: date
    tense: object
    years: tuple
    years_before: tuple


def toward(days, context, tense):
    """Of the days on which something may fall, the one that tense and nearness choose, with the reason."""
    past, ahead = [d for d in days if d <= context.day], [d for d in days if d >= context.day]
    if tense > 0 and ahead:
        return ahead[0], "the verb looks ahead"
    if tense < 0 and past:
        if ahead and (context.day - past[-1]).days > FAR and (ahead[0] - context.day).days < 45:
            return ahead[0], "the coming one is near, the last one almost a year away"
        return past[-1], "the verb looks back"
    return min(days, key=lambda d: (abs(d - context.day), d)), "the nearest to the day of the article"


def in_year(month, day, weekday, context):
    """The day for a date without year: by the weekday it names, the year the text has just named, or tense."""
    spot = f"{calendar.month_name[month]} {day}"
    if context.day is None:
        around = sorted({y + n for y in context.years for n in (-1, 0, 1)}, key=lambda y: (min(abs(y - x) for x in context.years), y)) if weekday else (context.years_before or context.years)[-1:]
        days = [d for y in around if (d := iso(y, month, day)) and (not weekday or d.isoweekday() == weekday)]
        reason = "no date of the article; the year is one the text names" + (", and the weekday fits" if weekday else "")
        return (days[0], reason, tuple((d.isoformat(), "the weekday fits this year too") for d in days[1:])) if days else (None, "no date of the article and no year before it", ())
    reach = 8 if (month, day) == (2, 29) else 6 if weekday else 1
    years = range(max(1, context.day.year - reach), min(9999, context.day.year + reach) + 1)
    days = [d for y in years if (d := iso(y, month, day))]
    if weekday and (fitting := [d for d in days if d.isoweekday() == weekday]):
        chosen = min(fitting, key=lambda d: (abs(d - context.day), d))
        return chosen, f"{spot} is a {calendar.day_name[weekday - 1]} in {chosen.year}", ()
    if not days:
        return None, f"there is no {spot} in the years around the article", ()
    tense = context.tense()
    chosen, reason = toward(days, context, tense)
    if weekday:
        reason += f"; in no near year is it a {calendar.day_name[weekday - 1]}"
    reason = f"no year is printed: {reason}"
    if context.start and tense <= 0 and (other := next((d for y in (context.start.year, context.start.year + 1) if (d := iso(y, month, day)) and d >= context.start), None)) and other < chosen:
        return other, f"the sentence has just named {context.start.year}", ((chosen.isoformat(), reason),)
    if context.years_before and context.years_before[-1] != chosen.year and (other := iso(context.years_before[-1], month, day)) and other <= context.day:
        return chosen, reason, ((other.isoformat(), f"{other.year} is the year that the text has named last"),)
    return chosen, reason, ()


def full(groups, context, day=None, month=None):
    """A day of a month, with or without year, weekday and time."""
    month = month or month_number(groups["m"])
    number_ = int(re.match(r"\d+", day or groups["d"])[0])
    weekday = weekday_number(groups["wd"]) if groups.get("wd") else 0
    others, part = (), mod(groups.get("part"))
    if groups.get("y"):
        found, basis, reason = iso(int(groups["y"]), month, number_), "stated", "printed whole"
        if found is None:
            return None
        if weekday and found.isoweekday() != weekday:
            near = min((d for y in range(found.year - 6, found.year + 7) if (d := iso(y, month, number_)) and d.isoweekday() == weekday), key=lambda d: abs(d - found), default=None)
            reason += f", but that day is a {calendar.day_name[found.weekday()]}"
            others = ((near.isoformat(), "the year in which the weekday fits"),) if near else ()
    else:
        found, reason, others = in_year(month, number_, weekday, context)
        basis = "resolved"
    if found is None:
        kind, value = timed(f"XXXX-{month:02}-{number_:02}", groups)
        return Meaning(kind, value, reason, "undated")
    kind, value = timed(found.isoformat(), groups)
    return Meaning(kind, value, reason, basis, part, others)


def month_number(word):
    return next(WORDS[table][key] for table in ("month", "monthabbr", "mwezi") if (key := word.lower().rstrip(".")) in WORDS[table])


def weekday_number(word):
    return next(WORDS[table][key] for table in ("weekday", "weekdayabbr", "siku") if (key := word.lower().rstrip(".")) in WORDS[table])


def weekday(groups, context):
    """A bare weekday, a last or next one."""
    name, rel = weekday_number(groups["wd"]), (groups.get("rel") or "").lower().removeprefix("the ")
    title, part = calendar.day_name[name - 1], mod(groups.get("part"))
    base = context.day
    if rel in ("previous", "following", "next") and (groups["rel"] or "").lower() != "next" and (named := first_day(context.named)):
        base = named
    if base is None:
        kind, value = timed(f"XXXX-WXX-{name}", groups)
        return Meaning(kind, value, "no date of the article to count from", "undated", part)
    back = (base.isoweekday() - name) % 7
    past, ahead = base - timedelta(back), base + timedelta((name - base.isoweekday()) % 7)
    others = ()
    if rel in LAST or rel == "previous":
        found = past if back else past - timedelta(7)
        reason = f"the last {title} before {base.isoformat()}"
        if rel == "last" and back in (1, 2):
            others = ((found - timedelta(7), f"the {title} of the week before, as some use `last`"),)
    elif rel in NEXT or rel in ("following", "next"):
        found = ahead if back else ahead + timedelta(7)
        reason = f"the next {title} after {base.isoformat()}"
        if rel == "next" and base.isoweekday() < name:
            others = ((found + timedelta(7), f"the {title} of the week after, as some use `next`"),)
    elif rel in ("this", "hii"):
        found, reason = base + timedelta(name - base.isoweekday()), f"the {title} of the week of {base.isoformat()}"
    elif context.tense() > 0 and back:
        found, reason = ahead, f"the verb looks ahead: the {title} after {base.isoformat()}"
    else:
        found, reason = past, f"{title}, counted back from {base.isoformat()}"
    kind, value = timed(found.isoformat(), groups)
    return Meaning(kind, value, reason, "resolved", part, tuple((timed(d.isoformat(), groups)[1], why) for d, why in others))


def month(groups, context):
    """A month, alone or with its year."""
    number_, part, rel = month_number(groups["m"]), mod(groups.get("part")), (groups.get("rel") or "").lower()
    if groups.get("y"):
        return Meaning("DATE", f"{int(groups['y']):04}-{number_:02}", "month and year printed", "stated", part)
    if groups.get("sameyear") and (named := first_day(context.named)):
        return Meaning("DATE", f"{named.year:04}-{number_:02}", f"the year the text has just named, {named.year}", "resolved", part)
    if context.day is None:
        year = (context.years_before or context.years or (0,))[-1]
        return Meaning("DATE", f"{year:04}-{number_:02}" if year else f"XXXX-{number_:02}", "no date of the article; " + ("the year is the one the text named last" if year else "no year named"),
                       "resolved" if year else "undated", part)
    day = context.day
    if groups.get("relyear"):
        return Meaning("DATE", f"{day.year + {'last': -1, 'this': 0, 'next': 1}[groups['relyear'].lower()]:04}-{number_:02}", f"counted from {day.isoformat()}", "resolved", part)
    last = day.year if number_ <= day.month else day.year - 1
    if rel in LAST | {"the previous"}:
        year, reason = last if number_ != day.month else day.year - 1, "the last one"
    elif rel in NEXT | {"the following"}:
        year, reason = last + 1, "the next one"
    elif rel == "this":
        year, reason = day.year, "of this year"
    elif (tense := context.tense()) > 0:
        year, reason = day.year + (number_ < day.month), "the verb looks ahead"
    else:
        year, reason = last, "the verb looks back" if tense else "the last one, as news mostly looks back"
        if context.start and (other := context.start.year + (number_ < context.start.month)) < year:
            return Meaning("DATE", f"{other:04}-{number_:02}", f"the sentence has just named {context.start.year}", "resolved", part, ((f"{year:04}-{number_:02}", reason),))
    return Meaning("DATE", f"{year:04}-{number_:02}", f"no year is printed: {reason} (read from {day.isoformat()})", "resolved", part)


def part_of_year(groups, context):
    """A quarter, half or season, with or without its year."""
    part, day = mod(groups.get("part")), context.day
    if groups.get("season"):
        code, starts = WORDS["season"][groups["season"].lower()], {"SP": 3, "SU": 6, "FA": 9, "WI": 12}
        begins = starts[code]
    else:
        ordinal = (groups.get("q") or groups.get("q2") or groups.get("o") or "").lower()
        size, sign = (3, "Q") if "q" in groups else (6, "H")
        if ordinal in ("last", "previous", "next", "latest", "current", "this", "the"):
            if day is None:
                return Meaning("DATE", f"XXXX-{sign}X", "no date of the article to count from", "undated")
            return Meaning("DATE", moved(day, "Q", {"last": -1, "previous": -1, "latest": -1, "next": 1}.get(ordinal, 0)), f"counted from {day.isoformat()}", "resolved", part)
        which = {"final": 4, "latter": 2}.get(ordinal) or (int(ordinal[0]) if ordinal[0].isdigit() else WORDS["ordinal"][ordinal])
        if which > 12 // size:
            return None
        code, begins = f"{sign}{which}", (which - 1) * size + 1
    rel = (groups.get("rel") or "").lower()
    relyear = (groups.get("relyear") or ("" if groups.get("season") else groups.get("rel")) or (groups.get("rel0") or "").split(" ")[0]).lower()
    if year := groups.get("y") or groups.get("y0"):
        return Meaning("DATE", f"{int(year):04}-{code}", "printed with its year", "stated", part)
    if day is None:
        year = context.years[-1] if context.years else 0
        return Meaning("DATE", f"{year:04}-{code}" if year else f"XXXX-{code}", "no date of the article; the year named last" if year else "no date of the article", "resolved" if year else "undated", part)
    if relyear:
        return Meaning("DATE", f"{day.year + {'last': -1, 'next': 1}.get(relyear, 0):04}-{code}", f"counted from {day.isoformat()}", "resolved", part)
    if not groups.get("season"):
        named = first_day(context.named) if "-Q" in context.named or "-H" in context.named else None
        year = day.year - (begins > day.month)
        if context.tense() > 0:
            year = day.year + (begins + size - 1 < day.month)
        if named and abs(named.year - year) == 1 and context.tense() <= 0 and begins <= 10:
            return Meaning("DATE", f"{named.year:04}-{code}", f"the year of the part named before, {context.named}", "resolved", part, ((f"{year:04}-{code}", "read from the day of the article"),))
        return Meaning("DATE", f"{year:04}-{code}", f"no year is printed; read from {day.isoformat()}", "resolved", part)
    month_ = day.month + 12 * (code == "WI" and day.month < 3)  # January belongs to the winter that began in December
    current = day.year - (code == "WI" and day.month < 3)
    running = begins <= month_ < begins + 3
    past = current if begins + 2 < month_ or running else current - 1
    ahead = current if month_ <= begins + 2 else current + 1
    if rel in LAST | {"the previous"}:
        year, reason = (past - 1 if running else past), "the last one"
    elif rel in NEXT | {"the following"}:
        year, reason = (ahead + 1 if running else ahead), "the next one"
    elif rel == "this":
        year, reason = current, "this year's"
        if code == "WI" and 3 <= day.month < 6:
            year = day.year - 1
    else:
        year, reason = (ahead, "the verb looks ahead") if context.tense() > 0 else (past, "the last one, as news mostly looks back")
    return Meaning("DATE", f"{year:04}-{code}", f"{reason} (read from {day.isoformat()})", "resolved", part)


def feast(groups, context):
    """A holiday with a fixed rule: a day of a month, the nth weekday of a month, or counted from Easter (Gregorian, by Gauss and Meeus)."""
    rule = WORDS["holiday"][re.sub("’", "'", groups["holiday"].lower())]
    def falls(year):
        if rule.startswith("easter"):
            a, b, c = year % 19, year // 100, year % 100
            h = (19 * a + b - b // 4 - (b - (b + 8) // 25 + 1) // 3 + 15) % 30
            k = (32 + 2 * (b % 4) + 2 * (c // 4) - h - c % 4) % 7
            m = (a + 11 * h + 22 * k) // 451
            return date(year, (h + k - 7 * m + 114) // 31, (h + k - 7 * m + 114) % 31 + 1) + timedelta(int(rule[6:]))
        if "#" not in rule:
            return date(year, int(rule[:2]), int(rule[3:]))
        month_, name, which, plus = re.match(r"(\d\d)-(\d)#(-?\d)(\+\d)?", rule).groups()
        days = [d for n in range(1, calendar.monthrange(year, int(month_))[1] + 1) if (d := date(year, int(month_), n)).isoweekday() == int(name)]
        return days[int(which) - (int(which) > 0)] + timedelta(int(plus or 0))
    if groups.get("y"):
        day, reason, basis = falls(int(groups["y"])), "a holiday with its year", "stated"
    elif context.day is None:
        return Meaning("DATE", "XXXX-" + rule if re.fullmatch(r"\d\d-\d\d", rule) else "XXXX-XX-XX", "no date of the article", "undated")
    else:
        days = [falls(y) for y in range(max(2, context.day.year - 1), min(9998, context.day.year + 1) + 1)]
        rel = (groups.get("rel") or "").lower()
        days = [d for d in days if not (rel == "last" and d >= context.day or rel == "next" and d <= context.day or rel == "this" and d.year != context.day.year)]
        (day, reason), basis = toward(days, context, {"last": -1, "next": 1}.get(rel) or context.tense()), "resolved"
        reason = f"the holiday: {reason}"
    kind, value = timed(day.isoformat(), groups)
    return Meaning(kind, value, reason, basis, mod(groups.get("part")))


def nth(groups, context):
    """The third Thursday of March, the first week of April: a week begins on the 1st, 8th, 15th, 22nd and is named by its ISO number."""
    where = month({"m": groups["m"], "y": groups["y"]}, context)
    start = first_day(where.value)
    if start is None:
        return where
    which = 0 if groups["o"].lower() == "last" else WORDS["ordinal"][groups["o"].lower()]
    name = weekday_number(groups["wd"]) if groups["wd"] else start.isoweekday()
    days = [d for n in range(calendar.monthrange(start.year, start.month)[1]) if (d := start + timedelta(n)).isoweekday() == name]
    if which > len(days):
        return None
    return where._replace(value=days[which - 1].isoformat() if groups["wd"] else week(days[which - 1]), reason=f"counted in {calendar.month_name[start.month]} {start.year}: {where.reason}", others=())


def decade(groups, context):
    tens = groups["e"] or "19" + (groups["e2"] or str(WORDS["nineties"][groups["e3"].lower()]))
    if not groups["e"] and context.day and int(tens + "0") + 100 <= context.day.year:
        tens = "20" + tens[2:]
    return Meaning("DATE", tens, "a decade", "stated", mod(groups["part"]))


def century(groups, context):
    which = WORDS["ordinal"].get((groups["o"] or "").lower()) or int(groups["n"] or 0)
    return Meaning("DATE", f"{which - 1:02}", "a century", "stated", mod(groups["part"])) if which else None


def year(groups, context):
    return Meaning("DATE", f"{int(groups['y']):04}", "a year printed", "stated", mod(groups["part"]))


def numeric(groups, context):
    """A date in figures. Where both of the first numbers may be a month, the other order is a second reading."""
    a, b, printed = int(groups["a"]), int(groups["b"]), groups["y"]
    year_ = int(printed) if len(printed) == 4 else int(printed) + (2000 if int(printed) < 70 else 1900)
    month_first, day_first = iso(year_, a, b), iso(year_, b, a)
    found = day_first or month_first
    if found is None:
        return None
    others = ((month_first.isoformat(), "read with the month first"),) if day_first and month_first and day_first != month_first else ()
    return Meaning("DATE", found.isoformat(), "printed in figures" + (", read with the day first" if others else ""), "stated", "", others)


def fiscal(groups, context):
    if groups["y"]:
        return Meaning("DATE", f"{int(groups['y']):04}", "a fiscal year, as named", "stated", mod(groups["part"]))
    if context.day is None:
        return Meaning("DATE", "XXXX", "no date of the article to count from", "undated")
    step = {"last": -1, "next": 1}.get((groups["rel"] or "").lower(), 0)
    return Meaning("DATE", f"{context.day.year + step:04}", f"a fiscal year, counted from {context.day.isoformat()}", "resolved", mod(groups["part"]))
