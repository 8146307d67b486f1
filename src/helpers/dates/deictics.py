"""Deictics: what counts from a day: `yesterday`, `two weeks ago`, `that year`, `the year's end`.

The functions are anchors, of the kind that `anchoring` describes.
"""

from datetime import date, timedelta

from helpers.dates.anchoring import LAST, NEXT, STEPS, Context, Meaning, means, of_day, unknown
from helpers.dates.durations import lasts, vague
from helpers.dates.lexicon import WORDS, Groups
from helpers.dates.numerals import mod, number, unit, weekday_number, with_time
from helpers.dates.timex import TIMED, first_day, period, step_from, unit_of
from helpers.words import counted

# Words that count from the date named before.
BACK = {
    "the same",
    "that same",
    "that",
    "the previous",
    "the preceding",
    "the prior",
    "the following",
    "the next",
}
NEAR_DAYS = {"yesterday": -1, "today": 0, "tomorrow": 1}
# Words that count from the date named before, behind a length.
COUNT_ON = ("earlier", "later", "before", "previously")
# Units of which a year alone names none to count from.
WITHIN_YEAR = ("W", "M", "Q", "WE")
# A unit that is halved, in smaller ones.
HALVED = {"Y": (12, "M"), "E": (10, "Y"), "W": (7, "D"), "M": (30, "D")}
# A quarter, a month or a year ago, in units of its own.
PER_YEAR = {"Q": 4, "M": 12, "Y": 1}
# How many figures of a year name its decade or century.
FIGURES = {"E": 3, "C": 2}
# Words that make of a unit without number a length of time: the coming week.
LENGTHENING = {"past", "coming", "opening", "ensuing", "intervening"}


# ---- days


def so_many_days_away(days: int, groups: Groups, context: Context) -> Meaning:
    """A day so many days from the day of the article, with its time or part of day."""
    if context.day is None:
        kind, value = with_time("XXXX-XX-XX", groups)
        return unknown(value, kind)
    away = "the day itself"
    if days:
        away = f"{counted(abs(days), 'day')} {'before' if days < 0 else 'after'} it"
    try:
        day = context.day + timedelta(days)
    except OverflowError:
        return unknown("XXXX-XX-XX")
    return of_day(day, groups, f"counted from {context.day.isoformat()}: {away}")


@means("relday")
def near_day(groups: Groups, context: Context) -> Meaning:
    """Yesterday, today, tomorrow."""
    return so_many_days_away(NEAR_DAYS[groups["day"].lower()], groups, context)


@means("around_day")
def around_day(groups: Groups, context: Context) -> Meaning:
    """The day before yesterday, the day after tomorrow."""
    days = -2 if groups["day"].lower() == "yesterday" else 2
    return so_many_days_away(days, groups, context)


@means("day_week")
def day_of_week(groups: Groups, context: Context) -> Meaning:
    """Monday of last week."""
    name = weekday_number(groups["wd"])
    if context.day is None:
        return unknown(f"XXXX-WXX-{name}")
    weeks = STEPS[groups["rel"].lower()]
    return so_many_days_away(name - context.day.isoweekday() + 7 * weeks, {}, context)


# ---- so long ago


@means("ago")
def ago(groups: Groups, context: Context) -> Meaning:
    """So long ago, earlier, later, from now.

    Earlier and later count from the date named before, the others from the article's day.
    """
    side = groups["side"].lower()
    sign = -1 if side in ("ago", "earlier", "back", "before", "previously") else 1
    amount = _amount(groups)
    if amount is None:
        return vague("PAST_REF" if sign < 0 else "FUTURE_REF")
    size = unit(groups["u"])
    if size == "Y" and amount == int(amount) and side in ("ago", "earlier", "later", "before"):
        if quarter := context.quarter_of_sentence():
            return _counted_in_years(quarter, sign * int(amount))
    named = context.before(size) if side in COUNT_ON else None
    base = named or context.day
    if base is None:
        return unknown("XXXX-XX-XX")
    if size in TIMED:
        return Meaning("DATE", base.isoformat(), f"some hours from {base.isoformat()}")
    if (groups["from"] or "").lower() == "yesterday":
        amount -= 1
    steps, size = _whole_steps(amount, size)
    return counted_from(base, step_from(base, size, sign * steps), "XXXX-XX-XX")


def _counted_in_years(quarter: str, years: int) -> Meaning:
    """A year earlier, beside a quarter: the same quarter of that year."""
    value = f"{int(quarter[:4]) + years:04}{quarter[4:]}"
    return Meaning("DATE", value, f"counted from the quarter named before, {quarter}")


def _amount(groups: Groups) -> float | None:
    amount = number(groups["n"]) if groups["n"] else None
    if groups["half"] or groups["half2"]:
        return (amount or 1) + 0.5
    return amount


def _whole_steps(amount: float, size: str) -> tuple[int, str]:
    """A whole number of units: half a year is six months."""
    if amount == int(amount):
        return int(amount), size
    parts, size = HALVED.get(size, (1, size))
    return round(amount * parts), size


def counted_from(base: date, value: str, otherwise: str = "XXXX", part: str = "") -> Meaning:
    """The meaning of a value counted from a day; unknown where the calendar ended before it."""
    if not value:
        return unknown(otherwise)
    return Meaning("DATE", value, f"counted from {base.isoformat()}", mod=part)


# ---- this, last and next


@means("rel_unit")
def related_unit(groups: Groups, context: Context) -> Meaning:
    """This, last, next, the previous, the same day, week, month, year …"""
    relation, size = groups["rel"].lower(), unit(groups["u"])
    if size in TIMED:
        is_length = relation in BACK | LAST | NEXT
        return lasts(period(1, size)) if is_length else vague("PRESENT_REF")
    named = context.before(size) if relation in BACK else None
    if size in WITHIN_YEAR and len(context.named) < len("1988-Q3"):
        named = None
    base = named or context.day
    if base is None:
        return unknown()
    value = stepped(base, size, step_of(relation))
    return counted_from(base, value, part=mod(groups.get("part")))


def step_of(relation: str) -> int:
    """1 for `next` and its like, -1 for `last`, else 0."""
    if relation in NEXT:
        return 1
    return -1 if relation in LAST else 0


def stepped(base: date, size: str, step: int) -> str:
    """The unit so many steps from a day; a decade or century by its first figures."""
    value = step_from(base, size, step) if step else unit_of(base, size)
    return value[: FIGURES.get(size, len(value))]


@means("next_ref")
def day_before(groups: Groups, context: Context) -> Meaning:
    """The day before, a year after."""
    relation = "the previous" if groups["side"].lower() == "before" else "the following"
    return related_unit({"rel": relation, "u": groups["u"]}, context)


@means("span", "next_n")
def span(groups: Groups, context: Context) -> Meaning | None:
    """The past two years: a length of time.

    The following year, the next week, without a number: a date.
    """
    which, size, amount = groups["which"].lower(), unit(groups["u"]), groups["n"]
    if groups.get("s") and not amount:
        return vague("PAST_REF") if which == "recent" else lasts(period(None, size))
    is_long = size in TIMED or (which == "next" and size in "ECL")
    if amount or is_long or which in LENGTHENING:
        return lasts(period(number(amount), size))
    if which in ("first", "final", "recent"):
        # The first day, the final week: which one is told by what it is the first of.
        return None
    relation = "last" if which == "last" else f"the {which}"
    return related_unit({"rel": relation, "u": groups["u"]}, context)


@means("year_ago")
def year_ago(groups: Groups, context: Context) -> Meaning:
    """The year-ago period, quarter, month: the same one a year before.

    The period is that of the quarter named before, if one is.
    """
    word = (groups["u"] or "").lower()
    if word and "-Q" in context.named:
        base, size = first_day(context.named), "Q"
    elif not word and (quarter := context.quarter_of_sentence()):
        base, size = first_day(quarter), "Q"
    else:
        base = context.day
        size = {"quarter": "Q", "month": "M"}.get(word, "Y")
        if base and size == "Q":
            base = first_day(step_from(base, "Q", -1))
    value = step_from(base, size, -PER_YEAR[size]) if base else ""
    if not base or not value:
        return unknown()
    return Meaning("DATE", value, f"a year before {base.isoformat()}")


@means("before_last")
def before_last(groups: Groups, context: Context) -> Meaning:
    """The week before last, the week after next: two steps away."""
    steps = -2 if groups["side"].lower() == "before last" else 2
    word = groups["u"].lower()
    if word == "night":
        return so_many_days_away(steps, {"pod": "night"}, context)
    if context.day is None:
        return unknown()
    if word in WORDS["weekday"]:
        ahead = (WORDS["weekday"][word] - context.day.isoweekday()) % 7
        days = ahead + 7 if steps > 0 else (ahead or 7) - 14
        return so_many_days_away(days, {}, context)
    return counted_from(context.day, stepped(context.day, unit(word), steps))


@means("same_last_year")
def same_last_year(groups: Groups, context: Context) -> Meaning:
    """The same quarter last year, the same period a year ago; of the quarter named before."""
    word = groups["u"].lower()
    return year_ago({"u": None if word == "week" else word}, context)


# ---- the one spoken of


@means("that_unit", "time_of")
def that_unit(groups: Groups, context: Context) -> Meaning:
    """The week, the quarter, the weekend, the end of the year: the one spoken of."""
    size, part = unit(groups["u"]), mod(groups.get("part"))
    day = context.before("D") or context.day if size == "D" else context.day
    if day is None:
        return unknown()
    if size == "D":
        return Meaning("DATE", day.isoformat(), "the day spoken of", mod=part)
    if size == "WE" and not part:
        over = day.isoweekday() < 5 and context.tense() <= 0
        value = step_from(day, "WE", -1 if over else 0)
        return Meaning("DATE", value, f"the weekend nearest to {day.isoformat()}")
    if size == "Q" and not part:
        last = step_from(day, "Q", -1)
        value = context.named if "-Q" in context.named and context.named >= last else last
        return Meaning("DATE", value, "the quarter spoken of, or the last whole one")
    return Meaning("DATE", unit_of(day, size), f"the one of {day.isoformat()}", mod=part)


@means("year_end")
def year_end(groups: Groups, context: Context) -> Meaning:
    """Year's end, month-end."""
    return that_unit({"u": groups["u"], "part": "the end of"}, context)


@means("the_time")
def that_time(groups: Groups, context: Context) -> Meaning:
    """At the time, at that time; at this time, which is now."""
    if groups["which"].lower() == "is":
        return vague("PRESENT_REF")
    if not context.named:
        return vague("PAST_REF")
    return Meaning("DATE", context.named, "the time spoken of")
