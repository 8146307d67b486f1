"""Dates as EDTF values (Extended Date/Time Format, ISO 8601-2): validity, bounds, order, wording.

A date is a string such as `2019-02-25`, `2019-04`, `2019-03~` (about), `2018?` (uncertain) or
`2019-04-21/2019-04-22`; an open end is `..`. The package `edtf` parses; what it lacks is guarded
here.
"""

import calendar
import re
from datetime import date
from functools import cache

from edtf import parse_edtf

OPEN = {"", ".."}
# How a qualifier is put into words.
HEDGES = {"~": "about ", "?": "perhaps ", "%": "perhaps about "}
QUALIFIERS = set(HEDGES)
# Sorts after every day: the place in time of what has no date.
NEVER = "9999-99-99"
# The parts of a year by their numbers in ISO 8601-2.
PARTS = {
    "21": "spring",
    "22": "summer",
    "23": "autumn",
    "24": "winter",
    "33": "first quarter of",
    "34": "second quarter of",
    "35": "third quarter of",
    "36": "fourth quarter of",
    "40": "first half of",
    "41": "second half of",
}
EXPECTED = "an EDTF date such as 2019-02-25, 2019-04, 2019-03~ or 2019-04-21/2019-04-22"


# ---- bounds


@cache
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
    if match := re.fullmatch(r"(\d{4})-(\d\d)-(?=.?X)([\dX]{2})", edtf):
        return _unspecified_day(int(match[1]), int(match[2]), match[3])
    if re.fullmatch(r"\d{4}-\d\d-\d\d", edtf):
        return _plain_day(edtf)
    if edtf != edtf.strip():
        raise ValueError(EXPECTED + ", without blanks around it")
    return _parsed(edtf)


def _interval(first: str, last: str) -> tuple[date, date]:
    if first in OPEN and last in OPEN:
        raise ValueError("an interval with at least one end")
    lower = date.min if first in OPEN else bounds(first)[0]
    upper = date.max if last in OPEN else bounds(last)[1]
    return lower, upper


def _unspecified_day(year: int, month: int, pattern: str) -> tuple[date, date]:
    """Bounds of a day with an unspecified digit, `2019-03-2X`, on which edtf 5.0.2 fails."""
    shape = pattern.replace("X", ".")
    try:
        length = calendar.monthrange(year, month)[1]
        fitting = [day for day in range(1, length + 1) if re.fullmatch(shape, f"{day:02}")]
        return date(year, month, fitting[0]), date(year, month, fitting[-1])
    except (ValueError, IndexError) as error:
        raise ValueError(EXPECTED) from error


def _plain_day(edtf: str) -> tuple[date, date]:
    """A day as most dates are: read a hundred times as fast as by the parser."""
    try:
        day = date.fromisoformat(edtf)
    except ValueError as error:
        raise ValueError(EXPECTED) from error
    return day, day


def _parsed(edtf: str) -> tuple[date, date]:
    try:
        value = parse_edtf(edtf)
        return date(*value.lower_strict()[:3]), date(*value.upper_strict()[:3])
    except Exception as error:  # the parser's grammar, and its conversions, raise many kinds
        raise ValueError(EXPECTED) from error


def days(edtf: str) -> tuple[str, str]:
    """`bounds` as a pair of ISO days (`YYYY-MM-DD`), empty where the date is open or missing."""
    if not edtf:
        return "", ""
    lower, upper = bounds(edtf)
    first = "" if lower == date.min else lower.isoformat()
    last = "" if upper == date.max else upper.isoformat()
    return first, last


# ---- order


def is_vague(edtf: str, basis: str = "") -> bool:
    """Whether a date is given only roughly: by its basis (`approximate`) or by a qualifier."""
    return basis == "approximate" or bool(QUALIFIERS & set(edtf))


def place_in_time(earliest: str, latest: str) -> str:
    """The day by which a row is put in order of time.

    Its first day; its last where the first is open; `NEVER` where both are.
    """
    return earliest or latest or NEVER


def within(edtf: str, span: str) -> bool:
    """Whether the whole of one EDTF value lies in another; never for a missing date."""
    if not edtf:
        return False
    first, last = bounds(edtf)
    lower, upper = bounds(span)
    return lower <= first and last <= upper


# ---- wording


def wording(edtf: str) -> str:
    """An EDTF value in plain English: `about March 2019`, `21 to 22 April 2019`.

    Seasons (`2019-21`), quarters (`2019-33`), decades (`201X`), centuries (`19XX`), unspecified
    days (`2019-03-2X`) and choices (`[2019-04-21,2019-04-28]`) are put into words too; a time of
    day is added after its day. `no date` where the value is empty.
    """
    if not edtf:
        return "no date"
    if "/" in edtf:
        return _interval_in_words(*edtf.split("/", 1))
    if edtf[0] in "[{":
        return _choice_in_words(edtf)
    plain = edtf.rstrip("~?%")
    hedge = HEDGES.get(edtf[len(plain) :], "")
    day, _, clock = plain.partition("T")
    if clock:
        return f"{hedge}{wording(day)}, {clock[:5]}"
    return hedge + (_named(plain) or _between(plain))


def _interval_in_words(first: str, last: str) -> str:
    if first in OPEN:
        return f"until {wording(last)}"
    if last in OPEN:
        return f"from {wording(first)}"
    return f"{_shortened(first, last)} to {wording(last)}"


def _choice_in_words(edtf: str) -> str:
    """One of several dates, `[…]`, or all of them, `{…}`."""
    *others, last = edtf[1:-1].split(",")
    if not others:
        return wording(last)
    listed = ", ".join(_shortened(other, last) for other in others)
    joint = "or" if edtf[0] == "[" else "and"
    return f"{listed} {joint} {wording(last)}"


def _named(plain: str) -> str:
    """A day, month, part of a year, year, decade or century in words; empty for any other value."""
    if parts := re.fullmatch(r"(\d{4})(?:-(0[1-9]|1[0-2])(?:-(\d\d))?)?", plain):
        year, month, day = parts.groups()
        words = [year]
        if month:
            words.insert(0, calendar.month_name[int(month)])
        if day:
            words.insert(0, str(int(day)))
        return " ".join(words)
    if (parts := re.fullmatch(r"(\d{4})-(\d\d)", plain)) and parts[2] in PARTS:
        return f"{PARTS[parts[2]]} {parts[1]}"
    if parts := re.fullmatch(r"(\d{3})X", plain):
        return f"the {parts[1]}0s"
    if parts := re.fullmatch(r"(\d\d)XX", plain):
        return f"the years {parts[1]}00 to {parts[1]}99"
    return ""


def _between(plain: str) -> str:
    """Any other value by its first and last day."""
    lower, upper = bounds(plain)
    first, last = lower.isoformat(), upper.isoformat()
    if first == last:
        return wording(last)
    return f"between {_shortened(first, last)} and {wording(last)}"


def _shortened(first: str, last: str) -> str:
    """The first end of an interval without what it shares with the last: `21`, `21 July`."""
    words, other = wording(first).split(), wording(last).split()
    while len(words) > 1 and len(words) == len(other) and words[-1] == other[-1]:
        words, other = words[:-1], other[:-1]
    return " ".join(words)
