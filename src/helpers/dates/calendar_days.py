"""Calendar days: what a day of a month means, and a weekday, a month.

The functions are anchors, of the kind that `anchoring` describes.
"""

import calendar
import re
from datetime import date, timedelta

from helpers.dates.anchoring import (
    LAST,
    NEXT,
    Choice,
    Context,
    Meaning,
    means,
    nearest,
    of_day,
    toward,
    unknown,
)
from helpers.dates.lexicon import Groups
from helpers.dates.numerals import full_year, month_number, weekday_number, with_time
from helpers.dates.timex import first_day, iso

# How many years around the article a day is looked for: a 29 February, one beside a weekday, else.
LEAP_REACH, WEEKDAY_REACH, REACH = 8, 6, 1
# The same of last March 15, next March 15.
RELATED_REACH = 4
# A date in figures that lies so near the article (in days) is read in the order that puts it there.
FEW_DAYS = 10


# ---- a day of a month


@means("md", "dm", "md_stroke", "ymd")
def full(groups: Groups, context: Context) -> Meaning | None:
    """A day of a month, with or without year, weekday and time."""
    month = month_number(groups["m"])
    day = int(re.sub(r"\D", "", groups["d"]))
    weekday = weekday_number(groups["wd"]) if groups.get("wd") else 0
    if year := groups.get("y") or groups.get("y2"):
        return _printed_whole(full_year(year), month, day, weekday, groups)
    if groups.get("sameyear") and (named := first_day(context.named)):
        told = iso(named.year, month, day)
        return of_day(told, groups, f"the year named before, {named.year}") if told else None
    if relation := (groups.get("rel") or "").lower():
        choice = _related_day(month, day, relation, context)
    else:
        choice = in_year(month, day, weekday, context)
    if choice.day is None:
        kind, value = with_time(f"XXXX-{month:02}-{day:02}", groups)
        return unknown(value, kind, choice.reason)
    return of_day(choice.day, groups, choice.reason, choice.others)


def _related_day(month: int, day: int, relation: str, context: Context) -> Choice:
    """Last March 15, next March 15: the last one past, the next one to come."""
    today = context.day
    if today is None:
        return undated_year(month, day, 0, context)
    days = _in_years(_around(today.year, RELATED_REACH), month, day)
    if relation in LAST:
        past = [other for other in days if other < today]
        return Choice(past[-1] if past else None, f"the last one before {today.isoformat()}")
    if relation in NEXT:
        ahead = [other for other in days if other > today]
        return Choice(ahead[0] if ahead else None, f"the next one after {today.isoformat()}")
    this_year = [other for other in days if other.year == today.year]
    return Choice(this_year[0] if this_year else None, f"of the year of {today.isoformat()}")


def _printed_whole(year: int, month: int, day: int, weekday: int, groups: Groups) -> Meaning | None:
    """A day with its year. Where its weekday does not fit, the nearest year in which it does."""
    printed = iso(year, month, day)
    if printed is None:
        return None
    if not weekday or printed.isoweekday() == weekday:
        return of_day(printed, groups, "printed whole", basis="stated")
    reason = f"printed whole, but that day is a {calendar.day_name[printed.weekday()]}"
    days = _in_years(_around(year, WEEKDAY_REACH), month, day, weekday)
    fitting = sorted(days, key=lambda other: abs(other - printed))[:1]
    others = [(other, "the year in which the weekday fits") for other in fitting]
    return of_day(printed, groups, reason, others, "stated")


def _around(year: int, reach: int) -> range:
    """So many years to either side; what no calendar has, `iso` leaves out."""
    return range(year - reach, year + reach + 1)


def _in_years(years: range | list[int], month: int, day: int, weekday: int = 0) -> list[date]:
    """A day of a month in each year that has it; only where it falls on the weekday, if given."""
    days = [iso(year, month, day) for year in years]
    return [day for day in days if day and (not weekday or day.isoweekday() == weekday)]


def in_year(month: int, day: int, weekday: int, context: Context) -> Choice:
    """The day for a date without year.

    By the weekday it names (1 to 7; 0 for none), by a year that its sentence has named, by tense.
    """
    today = context.day
    if today is None:
        return undated_year(month, day, weekday, context)
    spot = f"{calendar.month_name[month]} {day}"
    reach = _reach(month, day, weekday)
    years = _around(today.year, reach)
    if weekday and (fitting := _in_years(years, month, day, weekday)):
        chosen = nearest(fitting, today)
        return Choice(chosen, f"{spot} is a {calendar.day_name[weekday - 1]} in {chosen.year}")
    days = _in_years(years, month, day)
    if not days:
        return Choice(None, f"there is no {spot} in the years around the article")
    direction = context.tense()
    chosen, reason = toward(days, today, direction)
    reason = f"no year is printed: {reason}"
    if weekday:
        reason += f"; in no near year is it a {calendar.day_name[weekday - 1]}"
    since, why = told_of(context)
    if since and direction <= 0:
        later = _in_years([since.year, since.year + 1], month, day)
        between = [other for other in later if since <= other < chosen]
        if between:
            return Choice(between[0], why, ((chosen, reason),))
    return Choice(chosen, reason, _in_year_named_last(month, day, chosen, context))


def told_of(context: Context) -> tuple[date | None, str]:
    """From when on a sentence or paragraph tells of a year that it has named, and why."""
    if context.start:
        return context.start, f"the sentence has just named {context.start.year}"
    if context.recounted:
        return context.recounted, f"the paragraph recounts {context.recounted.year}"
    return None, ""


def _reach(month: int, day: int, weekday: int) -> int:
    if (month, day) == (2, 29):
        return LEAP_REACH
    return WEEKDAY_REACH if weekday else REACH


def _in_year_named_last(
    month: int, day: int, chosen: date, context: Context
) -> tuple[tuple[date, str], ...]:
    """The same day in the year that the text has named last, as another reading, if it is past."""
    year = context.year_before
    if not year:
        return ()
    named = iso(year, month, day)
    if named is None or named == chosen or (context.day and named > context.day):
        return ()
    return ((named, f"{year} is the year that the text has named last"),)


def undated_year(month: int, day: int, weekday: int, context: Context) -> Choice:
    """The day for a date without year in an article without date: in a year that the text names.

    Beside a weekday, that year or one next to it.
    """
    years = _years_by_nearness(context.years) if weekday else [context.year]
    days = _in_years(years, month, day, weekday)
    if not days:
        return Choice(None, "no date of the article and no year before it")
    reason = "no date of the article; the year is one the text names"
    if weekday:
        reason += ", by the weekday"
    others = tuple((other, "the weekday fits this year too") for other in days[1:])
    return Choice(days[0], reason, others)


def _years_by_nearness(named: tuple[int, ...]) -> list[int]:
    """The years that are named and those next to them, those named first."""
    beside = {year + 1 for year in named} | {year - 1 for year in named}
    return sorted(set(named)) + sorted(beside - set(named))


@means("iso")
def printed_iso(groups: Groups, context: Context) -> Meaning | None:
    """2019-04-21."""
    day = iso(int(groups["y"]), int(groups["m"]), int(groups["d"]))
    return of_day(day, groups, "printed whole", basis="stated") if day else None


@means("numeric")
def numeric(groups: Groups, context: Context) -> Meaning | None:
    """A date in figures, the day first.

    Where both numbers may be a month, the other order is a second reading.
    """
    first, second, year = int(groups["a"]), int(groups["b"]), full_year(groups["y"])
    day_first, month_first = iso(year, second, first), iso(year, first, second)
    if day_first and month_first and day_first != month_first:
        if _is_month_first(day_first, month_first, context):
            reason = "printed in figures, read with the month first: so it is near the article"
            others = [(day_first, "read with the day first")]
            return of_day(month_first, groups, reason, others, "stated")
        reason = "printed in figures, read with the day first"
        others = [(month_first, "read with the month first")]
        return of_day(day_first, groups, reason, others, "stated")
    day = day_first or month_first
    return of_day(day, groups, "printed in figures", basis="stated") if day else None


def _is_month_first(day_first: date, month_first: date, context: Context) -> bool:
    """Whether only the order of the United States gives a day near that of the article."""
    if context.day is None:
        return False
    return abs((month_first - context.day).days) <= FEW_DAYS < abs((day_first - context.day).days)


# ---- a weekday


@means("weekday", "sw_weekday")
def weekday(groups: Groups, context: Context) -> Meaning:
    """A bare weekday, a last or a next one."""
    number, relation = weekday_number(groups["wd"]), (groups.get("rel") or "").lower()
    today = context.day
    if relation.startswith("the "):
        today = first_day(context.named) or today
    if today is None:
        kind, value = with_time(f"XXXX-WXX-{number}", groups)
        return unknown(value, kind)
    title = calendar.day_name[number - 1]
    if relation in LAST:
        return _last_weekday(number, relation, today, groups)
    if relation in NEXT:
        return _next_weekday(number, relation, today, groups)
    if relation:
        day = today + timedelta(number - today.isoweekday())
        if day < today and (today.isoweekday() == 7 or context.tense() > 0):
            # This Thursday, said on a Sunday.
            day += timedelta(7)
        return of_day(day, groups, f"the {title} of the week of {today.isoformat()}")
    back = (today.isoweekday() - number) % 7
    if back and context.tense() > 0:
        day = today + timedelta(7 - back)
        return of_day(day, groups, f"the verb looks ahead: the {title} after {today.isoformat()}")
    day = today - timedelta(back)
    return of_day(day, groups, f"{title}, counted back from {today.isoformat()}")


def _last_weekday(number: int, relation: str, today: date, groups: Groups) -> Meaning:
    """The last such day before today; `last` one or two days after it may be of the week before."""
    title = calendar.day_name[number - 1]
    back = (today.isoweekday() - number) % 7
    day = today - timedelta(back or 7)
    others = []
    if relation == "last" and back in (1, 2):
        why = f"the {title} of the week before, as some use `last`"
        others.append((day - timedelta(7), why))
    return of_day(day, groups, f"the last {title} before {today.isoformat()}", others)


def _next_weekday(number: int, relation: str, today: date, groups: Groups) -> Meaning:
    """The next such day after today; `next` may be of the week after where it is still to come."""
    title = calendar.day_name[number - 1]
    day = today + timedelta((number - today.isoweekday()) % 7 or 7)
    others = []
    if relation == "next" and today.isoweekday() < number:
        why = f"the {title} of the week after, as some use `next`"
        others.append((day + timedelta(7), why))
    return of_day(day, groups, f"the next {title} after {today.isoformat()}", others)
