"""Links: expressions that belong together, as the ends of a range do.

`January to April 2019` prints a year for both ends; `from 2 July to 16 July` must not begin after
it ends; `two days after 9 August` and `the week of 5 September` count from the day printed next.
"""

import re
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from itertools import pairwise
from typing import NamedTuple

from helpers.dates.anchoring import Meaning
from helpers.dates.lexicon import Groups
from helpers.dates.neighbours import word_before
from helpers.dates.numerals import month_number, number, unit, weekday_number
from helpers.dates.scanner import Expression
from helpers.dates.timex import day_from, first_day, is_day, iso, unit_of

# Rules of what lies in a year and may lack it; of what may begin or end a range.
IN_A_YEAR = ("md", "dm", "month")
WEEKDAYS = ("weekday", "day_week")
ENDS = (*IN_A_YEAR, *WEEKDAYS)
# Rules of what one may count from.
COUNTED_FROM = (*ENDS, "relday", "holiday", "iso", "numeric", "year")
# A day told twice: yesterday, Monday; leo Januari 24.
TODAY, ITS_DAY = ("relday", "sw_day"), ("weekday", "sw_weekday", "md", "dm", "sw_date")
# Rules of what means nothing without the date that follows.
PREFIXES = {"count_from": "count", "week_of": "week", "month_of": "month"}
# Links by which two expressions are one.
COUNTING = ("count", "week", "month", "weekday")
# Links by which the first of two says nothing before the second is read.
WAITING = (*COUNTING, "same")
RANGE = re.compile(r" ?(?:-|–|—|to|through|thru|until|till|up to|and) ?(?:the )?")
LIST = re.compile(r",? ?(?:and|or|,|/) ?(?:on |in )?(?:the )?")
COUNT = re.compile(r" (?:after|before|from|following|prior to) ")
BESIDE = re.compile(r" (?:after|before|following) ")
BACK = re.compile(r"before|prior")
# A length that begins on a day is none that leads to one: it will last three days from Monday.
LASTING = {"for", "last", "lasts", "lasted", "of", "take", "takes", "took", "run", "runs", "within"}
# Finer units have no meaning beside a coarser date: two days after 2014.
FINENESS = {"D": 10, "W": 10, "2W": 10, "M": 7, "Q": 7, "Y": 4, "E": 4, "C": 4}


class Link(NamedTuple):
    """How an expression belongs to the next: `range`, `list`, `count`, `week`, `month`,
    `weekday`, or `same` where both are one day."""

    kind: str
    words: str


def with_links(expressions: Sequence[Expression]) -> tuple[list[Expression], dict[int, Link]]:
    """The expressions that mean something, and the link of each to the next, by its number."""
    followers = [*expressions[1:], None]
    kept = [
        one
        for one, other in zip(expressions, followers, strict=False)
        if one[0] not in PREFIXES or (other and _link(one, other))
    ]
    links: dict[int, Link] = {}
    for place, (one, other) in enumerate(pairwise(kept)):
        before = links.get(place - 1)
        is_counted = before is not None and before.kind in COUNTING
        if (link := _link(one, other)) and not (is_counted and link.kind == "same"):
            links[place] = link
    return kept, links


def _link(one: Expression, other: Expression) -> Link | None:
    (rule, match), (next_rule, next_match) = one, other
    words = match.string[match.end() : next_match.start()]
    if len(words) > 14:
        return None
    kind = _kind(rule, match, words, next_rule, next_match)
    return Link(kind, words) if kind else None


def _kind(
    rule: str, match: re.Match[str], words: str, next_rule: str, next_match: re.Match[str]
) -> str:
    if rule in ENDS and next_rule in ENDS:
        both_days = (rule in WEEKDAYS) == (next_rule in WEEKDAYS)
        between = " and" not in words or word_before(match).lower() == "between"
        if RANGE.fullmatch(words) and both_days and between:
            return "range"
        if LIST.fullmatch(words) and rule not in WEEKDAYS:
            return "list"
    if rule in TODAY and next_rule in ITS_DAY and words in (" ", ", "):
        return "" if _is_related(next_match) or _is_owner(next_match) else "same"
    if next_rule not in COUNTED_FROM:
        return ""
    if next_rule == "holiday" and not next_match["y"]:
        return ""
    if rule in PREFIXES and not words.strip():
        return PREFIXES[rule] if _fits(PREFIXES[rule], next_rule) else ""
    if rule == "weekday":
        return "weekday" if _is_named_by(match, words, next_rule) else ""
    is_count = rule == "count_from" or (rule in ("duration", "rate") and _is_whole(match))
    if is_count and COUNT.fullmatch(words) and word_before(match).lower() not in LASTING:
        return "count"
    return ""


def _is_owner(match: re.Match[str]) -> bool:
    """Whether something is of that day: Monday's paper."""
    return match.string[match.end() : match.end() + 2] in ("'s", "’s")


def _fits(kind: str, next_rule: str) -> bool:
    """Whether a week or month may be named by what follows it."""
    if kind == "month":
        return next_rule == "month"
    return kind == "week" and next_rule in ("md", "dm", "iso", "numeric", "holiday")


def _is_named_by(match: re.Match[str], words: str, next_rule: str) -> bool:
    """The Monday after 9 August: whether a weekday is told by the date behind it."""
    bare = match.span() == match.span("wd") and word_before(match).lower() == "the"
    return bare and next_rule in ("md", "dm", "iso", "holiday") and bool(BESIDE.fullmatch(words))


def _is_whole(match: re.Match[str]) -> bool:
    """Whether a length is a whole number of days or more."""
    amount = number(match.groupdict().get("n") or match.groupdict().get("n2"))
    return amount is not None and amount == int(amount) and unit(match["u"]) in FINENESS


def years_after(expressions: Sequence[Expression], links: Mapping[int, Link]) -> dict[int, int]:
    """The year of each expression that has none but is linked to one printed with its year."""
    years: dict[int, int] = {}
    for place in sorted(links, reverse=True):
        (rule, match), (next_rule, next_match) = expressions[place], expressions[place + 1]
        if links[place].kind not in ("range", "list") or rule not in IN_A_YEAR:
            continue
        year = years.get(place + 1) or _printed_year(next_match)
        if not year or _printed_year(match) or _is_related(match) or next_rule not in IN_A_YEAR:
            continue
        turns = links[place].kind == "range" and _in_year(match) > _in_year(next_match)
        years[place] = year - turns
    return years


def _printed_year(match: re.Match[str]) -> int:
    groups = match.groupdict()
    return int(groups.get("y") or 0)


def _is_related(match: re.Match[str]) -> bool:
    groups = match.groupdict()
    return any(groups.get(name) for name in ("rel", "relyear", "sameyear", "y2"))


def _in_year(match: re.Match[str]) -> tuple[int, int]:
    """The month and day, to be put in order; a month alone begins with its first."""
    groups = match.groupdict()
    day = re.sub(r"\D", "", groups.get("d") or "") or "1"
    return month_number(match["m"]), int(day)


# ---- ranges


def in_order(
    first: Meaning, last: Meaning, today: date | None, looks_back: bool, fixed: bool
) -> tuple[Meaning, Meaning]:
    """The ends of a range, the first one before the last and as near to it as can be.

    `fixed`: the first one is said to be the last or the next. A range of months that is going on
    is meant where the verb does not look back.
    """
    begin, end = first_day(first.value), first_day(last.value)
    if begin is None or end is None or last.basis == "stated" or first.type != "DATE":
        return first, last
    if first.basis == "stated":
        return first, _moved(last, _first_from(begin, end))
    if fixed:
        return first, _moved(last, _first_from(begin, end)) if end < begin else last
    running = _first_from(begin, end)
    if not is_day(first.value) and today and not looks_back and begin <= today <= running:
        return first, _moved(last, running)
    return _moved(first, _last_to(begin, end)), last


def _first_from(begin: date, day: date) -> date:
    """A day or month of the year in the first year in which it is not before `begin`."""
    years = (iso(begin.year + more, day.month, day.day) for more in range(9))
    return next(other for other in years if other and other >= begin)


def _last_to(day: date, end: date) -> date:
    """A day or month of the year in the last year in which it is not after `end`."""
    years = (iso(end.year - less, day.month, day.day) for less in range(9))
    return next((other for other in years if other and other <= end), day)


def _moved(meaning: Meaning, day: date) -> Meaning:
    """A meaning on another day; the own day stays as another reading."""
    length = 10 if is_day(meaning.value) else 7
    value = day.isoformat()[:length] + meaning.value[length:]
    if value == meaning.value:
        return meaning
    own = (meaning.value, meaning.reason)
    others = [other for other in meaning.others if other[0] != value]
    return meaning._replace(
        value=value, reason="a range does not begin after it ends", others=(own, *others)
    )


def weekdays_in_order(first: Meaning, last: Meaning, fixed: bool) -> tuple[Meaning, Meaning]:
    """Monday to Friday: the first weekday lies in the week before the last."""
    begin, end = first_day(first.value), first_day(last.value)
    if begin is None or end is None:
        return first, last
    if fixed:
        return first, _moved(last, begin + timedelta((end - begin).days % 7))
    return _moved(first, end - timedelta((end - begin).days % 7)), last


# ---- a day told twice


def told_twice(day: Meaning, again: Meaning, rule: str) -> Meaning | None:
    """Yesterday, Monday; leo Machi 8: the one day that both say; None where they do not agree."""
    first, second = first_day(day.value), first_day(again.value)
    if first is None or second is None:
        return None
    if "weekday" in rule:
        return day if first.isoweekday() == second.isoweekday() else None
    return again if (first.month, first.day) == (second.month, second.day) else None


# ---- counts


def counted_from(link: Link, groups: Groups, base: Meaning) -> Meaning | None:
    """What is meant by a count before or after a date, or by the week of a day."""
    day = first_day(base.value)
    if day is None:
        return base
    if link.kind == "week":
        reason = f"the week of a day: {base.reason}"
        value = unit_of(day, unit(groups["u"]))
        return base._replace(type="DATE", value=value, reason=reason, others=())
    if link.kind == "weekday":
        value = _weekday_beside(day, weekday_number(groups["wd"]), bool(BACK.search(link.words)))
        return base._replace(type="DATE", value=value, reason=f"beside a day: {base.reason}")
    if link.kind == "month":
        return base
    size, sign = unit(groups["u"]), -1 if BACK.search(link.words) else 1
    length = len(base.value[:10])
    if FINENESS[size] > length and not is_day(base.value):
        return None
    amount = number(groups.get("n") or groups.get("n2"))
    other = day_from(day, size, sign * int(amount or 0))
    if other is None:
        return None
    reason = f"counted from {base.value[:length]}: {base.reason}"
    return base._replace(type="DATE", value=other.isoformat()[:length], reason=reason, others=())


def _weekday_beside(day: date, weekday: int, before: bool) -> str:
    """The Monday after a day, or the Monday before it."""
    if before:
        back = (day.isoweekday() - weekday) % 7 or 7
        return (day - timedelta(back)).isoformat()
    ahead = (weekday - day.isoweekday()) % 7 or 7
    return (day + timedelta(ahead)).isoformat()
