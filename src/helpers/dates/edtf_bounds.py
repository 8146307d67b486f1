"""Bounds: which days an EDTF value allows, by the shapes of ISO 8601-2, levels 0 to 2.

What is not supported is refused: no date is better than a wrong one. The package `edtf` reads
times of day.
"""

import calendar
import re
from collections.abc import Iterable, Sequence
from contextlib import redirect_stdout
from datetime import date, timedelta
from functools import lru_cache
from io import StringIO
from itertools import product
from typing import NamedTuple

from edtf import parse_edtf

OPEN = {"", ".."}


class PartOfYear(NamedTuple):
    """A season, quarter or the like: its name, its first month, how many months it has."""

    name: str
    month: int
    months: int


# The parts of a year by their numbers in ISO 8601-2. Seasons without a hemisphere are northern;
# one that begins in December is named by that year and ends in the next.
SEASONS = {
    "21": PartOfYear("spring", 3, 3),
    "22": PartOfYear("summer", 6, 3),
    "23": PartOfYear("autumn", 9, 3),
    "24": PartOfYear("winter", 12, 3),
    "25": PartOfYear("northern spring", 3, 3),
    "26": PartOfYear("northern summer", 6, 3),
    "27": PartOfYear("northern autumn", 9, 3),
    "28": PartOfYear("northern winter", 12, 3),
    "29": PartOfYear("southern spring", 9, 3),
    "30": PartOfYear("southern summer", 12, 3),
    "31": PartOfYear("southern autumn", 3, 3),
    "32": PartOfYear("southern winter", 6, 3),
}
SHARES = {
    "33": PartOfYear("first quarter of", 1, 3),
    "34": PartOfYear("second quarter of", 4, 3),
    "35": PartOfYear("third quarter of", 7, 3),
    "36": PartOfYear("fourth quarter of", 10, 3),
    "37": PartOfYear("first third of", 1, 4),
    "38": PartOfYear("second third of", 5, 4),
    "39": PartOfYear("last third of", 9, 4),
    "40": PartOfYear("first half of", 1, 6),
    "41": PartOfYear("second half of", 7, 6),
}
PARTS = SEASONS | SHARES
EXPECTED = "an EDTF date such as 2019-02-25, 2019-04, 2019-03~ or 2019-04-21/2019-04-22"
# A year, month or day with its qualifier, which stands before or after it.
COMPONENT = re.compile(r"([?~%]?)([\dX]+(?:S\d)?)([?~%]?)")


@lru_cache(50_000)
def bounds(edtf: str) -> tuple[date, date]:
    """First and last day that an EDTF value allows, both inclusive, as `datetime.date`.

    An open end gives `date.min` or `date.max`. Qualifiers (`~`, `?`, `%`) do not widen the bounds.
    Raises ValueError, with what was expected, for anything that is no date of the years 1 to 9999.
    """
    lower, upper = _bounds(edtf)
    if lower > upper:
        raise ValueError("an interval whose first day is not after its last")
    return lower, upper


def _bounds(edtf: str) -> tuple[date, date]:
    if "/" in edtf:
        return _interval(*edtf.split("/", 1))
    if re.fullmatch(r"\[.+\]|\{.+\}", edtf):
        return _choice(edtf[1:-1].split(","))
    if re.fullmatch(r"\d{4}-\d\d-\d\d", edtf):
        return _plain_day(edtf)
    if edtf != edtf.strip():
        raise ValueError(EXPECTED + ", without blanks around it")
    if "T" in edtf:
        return _with_time(edtf)
    plain = "-".join(digits for _, digits, _ in components(edtf))
    if match := re.fullmatch(r"(\d{4})-(\d\d)", plain):
        if part := PARTS.get(match[2]):
            return _part_of_year(int(match[1]), part)
    if match := re.fullmatch(r"(\d{4})S([1-4])", plain):
        plain = match[1][: int(match[2])].ljust(4, "X")
    return _unspecified(plain)


def _interval(first: str, last: str) -> tuple[date, date]:
    if first in OPEN and last in OPEN:
        raise ValueError("an interval with at least one end")
    lower = date.min if first in OPEN else bounds(first)[0]
    upper = date.max if last in OPEN else bounds(last)[1]
    return lower, upper


def _choice(members: list[str]) -> tuple[date, date]:
    """One of several dates, or all of them; a member may be a span, `1670..1672` or `..1984`."""
    spans = [
        _interval(*member.split("..", 1)) if ".." in member else bounds(member)
        for member in members
    ]
    if any(first > last for first, last in spans):
        raise ValueError("a span whose first day is not after its last")
    return min(first for first, _ in spans), max(last for _, last in spans)


def components(edtf: str) -> list[tuple[str, str, str]]:
    """Year, month and day, each with the qualifiers before and after it."""
    parts = edtf.split("-")
    matches = [match for match in map(COMPONENT.fullmatch, parts) if match]
    if len(matches) < len(parts):
        raise ValueError(EXPECTED)
    return [(match[1], match[2], match[3]) for match in matches]


def _part_of_year(year: int, part: PartOfYear) -> tuple[date, date]:
    years, month = divmod(part.month - 1 + part.months, 12)
    try:
        upper = date(year + years, month + 1, 1) - timedelta(1)
        return date(year, part.month, 1), upper
    except ValueError as error:
        raise ValueError(EXPECTED) from error


def _unspecified(plain: str) -> tuple[date, date]:
    """The first and the last day of a year, month or day in which digits may be left open."""
    parts = re.fullmatch(r"([\dX]{4})(?:-([\dX]{2})(?:-([\dX]{2}))?)?", plain)
    if parts is None or parts[1] == "XXXX":
        raise ValueError(EXPECTED)
    years = _fitting(parts[1], range(1, 10000))
    months = _fitting(parts[2] or "XX", range(1, 13))
    days_of_month = _fitting(parts[3] or "XX", range(1, 32))
    lower = _first_valid(years, months, days_of_month)
    upper = _first_valid(years[::-1], months[::-1], days_of_month[::-1])
    if lower is None or upper is None:
        raise ValueError(EXPECTED)
    return lower, upper


def _fitting(pattern: str, numbers: range) -> Sequence[int]:
    """The numbers whose digits fit a pattern such as `1X`."""
    low, high = int(pattern.replace("X", "0")), int(pattern.replace("X", "9"))
    near = range(max(low, numbers.start), min(high + 1, numbers.stop))
    shape, length = re.compile(pattern.replace("X", ".")), len(pattern)
    return [number for number in near if shape.fullmatch(f"{number:0{length}}")]


def _first_valid(
    years: Iterable[int], months: Sequence[int], days_of_month: Sequence[int]
) -> date | None:
    """The first day of the calendar in this order of years, months and days."""
    for year, month, day in product(years, months, days_of_month):
        if day <= calendar.monthrange(year, month)[1]:
            return date(year, month, day)
    return None


def _plain_day(edtf: str) -> tuple[date, date]:
    """A day as most dates are."""
    try:
        day = date.fromisoformat(edtf)
    except ValueError as error:
        raise ValueError(EXPECTED) from error
    return day, day


def _with_time(edtf: str) -> tuple[date, date]:
    """A day with its time, by the package `edtf`; what that prints for whoever mends it is lost."""
    try:
        with redirect_stdout(StringIO()):
            value = parse_edtf(edtf)
        return date(*value.lower_strict()[:3]), date(*value.upper_strict()[:3])
    except Exception as error:  # the parser's grammar, and its conversions, raise many kinds
        raise ValueError(EXPECTED) from error
