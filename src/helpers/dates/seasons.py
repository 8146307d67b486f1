"""Seasons: what a part of a year means, and a year or more.

Quarters, halves, seasons, weeks of a month, years, decades, centuries. The functions are anchors,
of the kind that `anchoring` describes.
"""

import calendar
import re
from datetime import date

from helpers.dates.anchoring import LAST, NEXT, STEPS, Context, Meaning, YearPart, means, unknown
from helpers.dates.lexicon import WORDS, Groups
from helpers.dates.months import month
from helpers.dates.numerals import mod, weekday_number
from helpers.dates.timex import SEASONS, first_day, step_from, week, weekdays_of_month

# Quarters that are named by their place before or after the present one.
QUARTER_STEPS = {"last": -1, "previous": -1, "latest": -1, "current": 0, "this": 0, "next": 1}
# How far ahead a year of two figures may lie.
YEARS_AHEAD = 20
# A year is called new until this month.
NEW_UNTIL = 4
OTHER_ORDINALS = {"final": 4, "latter": 2}


# ---- parts of a month


@means("nth")
def nth(groups: Groups, context: Context) -> Meaning | None:
    """The third Thursday of March, the first week of April.

    Weeks begin on the 1st, 8th, 15th, 22nd, and are named by the ISO week of that day.
    """
    where = month({"m": groups["m"], "y": groups["y"]}, context)
    first = first_day(where.value)
    if first is None:
        return where
    weekday = weekday_number(groups["wd"]) if groups["wd"] else first.isoweekday()
    days = weekdays_of_month(first.year, first.month, weekday)
    ordinal = groups["o"].lower()
    which = len(days) if ordinal == "last" else WORDS["ordinal"][ordinal]
    if which > len(days):
        return None
    day = days[which - 1]
    value = day.isoformat() if groups["wd"] else week(day)
    spot = f"{calendar.month_name[first.month]} {first.year}"
    return where._replace(value=value, reason=f"counted in {spot}: {where.reason}", others=())


# ---- parts of a year


@means("quarter", "half")
def part_of_year(groups: Groups, context: Context) -> Meaning | None:
    """A quarter or half, with or without its year.

    Without, the last one begun, or the next where the verb looks ahead.
    """
    letter, months = ("Q", 3) if "q" in groups else ("H", 6)
    ordinal = (groups.get("q") or groups.get("q2") or groups["o"]).lower()
    part = mod(groups.get("part"))
    if ordinal in QUARTER_STEPS:
        return _quarter_beside(ordinal, part, context)
    which = _which(ordinal)
    if which > 12 // months:
        return None
    meant = YearPart(f"{letter}{which}", part)
    if year := groups.get("y") or groups.get("y0"):
        return meant.of(int(year), "printed with its year", "stated")
    if context.day is None:
        return meant.of_named_year(context, "the year named last")
    if relation := groups.get("rel") or groups.get("rel0"):
        step = STEPS.get(relation.split(" ")[0].lower(), 0)
        return meant.of(context.day.year + step, f"counted from {context.day.isoformat()}")
    first_month = (which - 1) * months + 1
    return _part_without_year(meant, first_month, months, context, context.day)


def _quarter_beside(ordinal: str, part: str, context: Context) -> Meaning:
    """The last quarter, the next one."""
    if context.day is None:
        return unknown("XXXX-QX")
    value = step_from(context.day, "Q", QUARTER_STEPS[ordinal])
    return Meaning("DATE", value, f"counted from {context.day.isoformat()}", mod=part)


def _which(ordinal: str) -> int:
    """The number of `first`, `2nd`, `final`."""
    if ordinal in OTHER_ORDINALS:
        return OTHER_ORDINALS[ordinal]
    return int(ordinal[0]) if ordinal[0].isdigit() else WORDS["ordinal"][ordinal]


def _part_without_year(
    part: YearPart, first_month: int, months: int, context: Context, today: date
) -> Meaning:
    reason = f"no year is printed; read from {today.isoformat()}"
    if context.tense() > 0:
        over = first_month + months - 1 < today.month
        return part.of(today.year + over, reason)
    year = today.year - (first_month > today.month)
    named = first_day(context.named) if re.search("-[QH]", context.named) else None
    if named and abs(named.year - year) == 1:
        why = f"the year of {context.named}, named before"
        return part.of(named.year, why, others=((part.value(year), reason),))
    return part.of(year, reason)


@means("season")
def season(groups: Groups, context: Context) -> Meaning:
    """A season of the northern year, named by the year in which it begins.

    January 2019 lies in winter 2018.
    """
    code = WORDS["season"][groups["season"].lower()]
    meant = YearPart(code, mod(groups["part"]))
    if groups["y"]:
        return meant.of(int(groups["y"]), "printed with its year", "stated")
    if context.day is None:
        return meant.of_named_year(context, "the year named last")
    if groups["relyear"]:
        year = context.day.year + STEPS[groups["relyear"].lower()]
        return meant.of(year, f"counted from {context.day.isoformat()}")
    relation = (groups["rel"] or "").lower()
    return _season_near(meant, code, relation, context, context.day)


def _season_near(
    part: YearPart, code: str, relation: str, context: Context, today: date
) -> Meaning:
    """Last summer, next summer, this summer, in summer."""
    counted = today.isoformat()
    first = SEASONS[code]
    # In January and February the winter of the year before is still running.
    year = today.year - (code == "WI" and today.month < 3)
    now = today.month + 12 * (year < today.year)
    begun, running = first <= now, first <= now < first + 3
    if relation in LAST:
        return part.of(year - (running or not begun), f"the last one before {counted}")
    if relation in NEXT:
        return part.of(year + begun, f"the next one after {counted}")
    if relation == "this":
        just_over = code == "WI" and 3 <= today.month < 6
        return part.of(year - just_over, f"the one nearest to {counted}")
    if context.tense() > 0:
        return part.of(year + (begun and not running), f"the verb looks ahead from {counted}")
    return part.of(year - (not begun), f"news mostly looks back from {counted}")


# ---- years and more


@means("year", "sw_year")
def year(groups: Groups, context: Context) -> Meaning:
    """2019."""
    return _stated(f"{int(groups['y']):04}", "a year printed", groups)


def _stated(value: str, reason: str, groups: Groups) -> Meaning:
    return Meaning("DATE", value, reason, "stated", mod(groups.get("part")))


@means("short_year")
def short_year(groups: Groups, context: Context) -> Meaning:
    """'92: of the hundred years of which the last are still ahead of the article."""
    last = context.day.year + YEARS_AHEAD if context.day else 2029
    figures = int(groups["yy"])
    value = last - (last - figures) % 100
    return _stated(f"{value:04}", "a year printed by its last figures", groups)


@means("year_quarter")
def year_quarter(groups: Groups, context: Context) -> Meaning:
    """The 1988 quarter: of that year, the one named last."""
    if "-Q" not in context.named:
        return year(groups, context)
    value = f"{int(groups['y']):04}{context.named[4:7]}"
    return _stated(value, f"the quarter named before, {context.named}, of a year printed", groups)


@means("full_year", "midyear")
def year_of_results(groups: Groups, context: Context) -> Meaning:
    """For the full year, by midyear: of the article, where none is printed."""
    if groups["y"]:
        return _stated(f"{int(groups['y']):04}", "a year printed", groups)
    if context.day is None:
        return unknown()
    value, part = f"{context.day.year:04}", mod(groups.get("part"))
    return Meaning("DATE", value, f"the year of {context.day.isoformat()}", mod=part)


@means("new_year")
def new_year(groups: Groups, context: Context) -> Meaning:
    """The new year: the next one, or this one where it has just begun."""
    if context.day is None:
        return unknown()
    ahead = context.day.month > NEW_UNTIL
    value = f"{context.day.year + ahead:04}"
    return Meaning("DATE", value, f"the year that is new at {context.day.isoformat()}")


@means("fiscal")
def fiscal(groups: Groups, context: Context) -> Meaning:
    """Fiscal 2018, the last fiscal year."""
    if groups["y"]:
        return _stated(f"{int(groups['y']):04}", "a fiscal year, as named", groups)
    if context.day is None:
        return unknown()
    value = step_from(context.day, "Y", STEPS.get((groups["rel"] or "").lower(), 0))
    reason = f"a fiscal year, counted from {context.day.isoformat()}"
    return Meaning("DATE", value, reason, mod=mod(groups["part"]))


@means("decade")
def decade(groups: Groups, context: Context) -> Meaning:
    """The 1990s, the '90s, the nineties; of this century, where the last such decade lies in it."""
    tens = groups["e"] or f"19{_tens(groups)}"
    if tens.endswith("0") and tens != "200":
        # The 1800s are a century.
        tens = tens[:2]
    in_this_century = int(tens) + 10
    if not groups["e"] and context.day and in_this_century <= context.day.year // 10:
        tens = str(in_this_century)
    return _stated(tens, "a decade", groups)


def _tens(groups: Groups) -> str:
    """9 for `'90s` and `nineties`."""
    return groups["e2"] or str(WORDS["nineties"][groups["e3"].lower()])


@means("century")
def century(groups: Groups, context: Context) -> Meaning | None:
    """The 19th century, the nineteenth."""
    which = WORDS["ordinal"][groups["o"].lower()] if groups["o"] else int(groups["n"])
    return _stated(f"{which - 1:02}", "a century", groups) if which else None
