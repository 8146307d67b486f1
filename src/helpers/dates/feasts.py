"""Feasts: on which day of a year a feast falls, and which one an expression means.

The last function is an anchor, of the kind that `anchoring` describes.
"""

import re
from datetime import date, timedelta

from helpers.dates.anchoring import STEPS, Context, Meaning, means, of_day, toward, unknown
from helpers.dates.lexicon import WORDS, Groups
from helpers.dates.timex import weekdays_of_month


def easter(year: int) -> date:
    """Easter Sunday of the Gregorian calendar.

    By the anonymous rule printed in Nature, 20 April 1876; the letters are its own.
    """
    a, (b, c) = year % 19, divmod(year, 100)
    h = (19 * a + b - b // 4 - (b - (b + 8) // 25 + 1) // 3 + 15) % 30
    k = (32 + 2 * (b % 4) + 2 * (c // 4) - h - c % 4) % 7
    month, day = divmod(h + k - 7 * ((a + 11 * h + 22 * k) // 451) + 114, 31)
    return date(year, month, day + 1)


def falls(rule: str, year: int) -> date:
    """The day of a feast in a year, by its rule in the lexicon.

    `12-25`; `11-4#4`, the fourth Thursday of November, `#-1` the last, `+1` a day later;
    `easter-2`, two days before Easter.
    """
    if rule.startswith("easter"):
        return easter(year) + timedelta(int(rule[6:]))
    if match := re.fullmatch(r"(\d\d)-(\d)#(-?\d)(\+\d)?", rule):
        month, weekday, which, later = (int(figure or 0) for figure in match.groups())
        days = weekdays_of_month(year, month, weekday)
        return days[which - 1 if which > 0 else which] + timedelta(later)
    return date(year, int(rule[:2]), int(rule[3:]))


@means("holiday")
def feast(groups: Groups, context: Context) -> Meaning:
    """A feast with a fixed rule."""
    rule = WORDS["holiday"][groups["holiday"].lower().replace("’", "'")]
    if groups["y"]:
        day = falls(rule, int(groups["y"]))
        return of_day(day, groups, "a feast with its year", basis="stated")
    today = context.day
    if today is None:
        return unknown("XXXX-XX-XX")
    years = range(max(2, today.year - 1), min(9998, today.year + 1) + 1)
    days = [falls(rule, year) for year in years]
    relation = (groups["rel"] or "").lower()
    direction = STEPS.get(relation) or context.tense()
    day, reason = toward(_in_relation(days, relation, today), today, direction)
    return of_day(day, groups, f"the feast: {reason}")


def _in_relation(days: list[date], relation: str, today: date) -> list[date]:
    """The days of a feast that may be meant by `last`, `next`, `this`; all without such a word."""
    if relation == "last":
        return [day for day in days if day < today]
    if relation == "next":
        return [day for day in days if day > today]
    if relation == "this":
        return [day for day in days if day.year == today.year]
    return days
