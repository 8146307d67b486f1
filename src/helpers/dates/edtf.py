"""Dates as EDTF values (Extended Date/Time Format, ISO 8601-2): validity, bounds, order, wording.

A date is a string such as `2019-02-25`, `2019-04`, `2019-03~` (about), `2018?` (uncertain) or
`2019-04-21/2019-04-22`; an open end is `..`. The package `edtf` parses; what it lacks is guarded here.
"""

import calendar
import re
from datetime import date
from functools import cache

from edtf import parse_edtf

OPEN = {"", ".."}
QUALIFIERS = set("~?%")
NEVER = "9999-99-99"  # sorts after every day: the place in time of what has no date
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
}  # ISO 8601-2, the parts of a year
EXPECTED = "an EDTF date such as 2019-02-25, 2019-04, 2019-03~ or 2019-04-21/2019-04-22"


@cache
def bounds(edtf):
    """First and last day that an EDTF value allows, both inclusive, as `datetime.date`.

    An open end gives `date.min` or `date.max`. Qualifiers (`~`, `?`, `%`) do not widen the bounds.
    Raises ValueError, with what was expected, for anything that is no date of the years 1 to 9999.
    """
    if "/" in edtf:
        first, last = edtf.split("/", 1)
        if first in OPEN and last in OPEN:
            raise ValueError("an interval with at least one end")
        lower = date.min if first in OPEN else bounds(first)[0]
        upper = date.max if last in OPEN else bounds(last)[1]
    elif match := re.fullmatch(r"(\d{4})-(\d\d)-(?=.?X)([\dX]{2})", edtf):
        lower, upper = _unspecified_day(*match.groups())
    elif re.fullmatch(
        r"\d{4}-\d\d-\d\d", edtf
    ):  # a plain day, a hundred times as fast as by the parser
        try:
            lower = upper = date.fromisoformat(edtf)
        except ValueError as error:
            raise ValueError(EXPECTED) from error
    elif edtf != edtf.strip():
        raise ValueError(EXPECTED + ", without blanks around it")
    else:
        try:
            value = parse_edtf(edtf)
            lower, upper = (
                date(*side[:3]) for side in (value.lower_strict(), value.upper_strict())
            )
        except Exception as error:  # the parser's grammar, and its conversions, raise many kinds
            raise ValueError(EXPECTED) from error
    if lower > upper:
        raise ValueError("an interval whose first day is not after its last")
    return lower, upper


def _unspecified_day(year, month, pattern):
    """Bounds of a day with an unspecified digit, `2019-03-2X`, on which edtf 5.0.2 fails."""
    try:
        last = calendar.monthrange(int(year), int(month))[1]
        days = [d for d in range(1, last + 1) if re.fullmatch(pattern.replace("X", "."), f"{d:02}")]
        return date(int(year), int(month), days[0]), date(int(year), int(month), days[-1])
    except (ValueError, IndexError) as error:
        raise ValueError(EXPECTED) from error


def days(edtf):
    """`bounds` as a pair of ISO days (`YYYY-MM-DD`), each empty where the date is open or missing."""
    if not edtf:
        return "", ""
    lower, upper = bounds(edtf)
    return (
        "" if lower == date.min else lower.isoformat(),
        "" if upper == date.max else upper.isoformat(),
    )


def is_vague(edtf, basis=""):
    """Whether a date is given only roughly: by its basis (`approximate`) or by a qualifier."""
    return basis == "approximate" or bool(QUALIFIERS & set(edtf))


def place_in_time(earliest, latest):
    """The day by which a row is put in order of time.

    Its first day; its last where the first is open; `NEVER` where both are.
    """
    return earliest or latest or NEVER


def within(edtf, span):
    """Whether the whole of one EDTF value lies in another; never for a missing date."""
    if not edtf:
        return False
    (first, last), (lower, upper) = bounds(edtf), bounds(span)
    return lower <= first and last <= upper


def wording(edtf):
    """An EDTF value in plain English: `about March 2019`, `21 to 22 April 2019`; `no date` where empty.

    Seasons (`2019-21`), quarters (`2019-33`), decades (`201X`), centuries (`19XX`), unspecified days (`2019-03-2X`) and choices
    (`[2019-04-21,2019-04-28]`) are put into words too; a time of day is added after its day.
    """
    if not edtf:
        return "no date"
    if "/" in edtf:
        first, last = edtf.split("/", 1)
        if first in OPEN:
            return f"until {wording(last)}"
        if last in OPEN:
            return f"from {wording(first)}"
        return f"{_shortened(first, last)} to {wording(last)}"
    if edtf[0] in "[{":
        *others, last = edtf[1:-1].split(",")
        joint = "or" if edtf[0] == "[" else "and"
        return (
            f"{', '.join(_shortened(other, last) for other in others)} {joint} {wording(last)}"
            if others
            else wording(last)
        )
    plain = edtf.rstrip("~?%")
    hedge = {"~": "about ", "?": "perhaps ", "%": "perhaps about "}.get(edtf[len(plain) :], "")
    day, _, clock = plain.partition("T")
    if clock:
        return f"{hedge}{wording(day)}, {clock[:5]}"
    return hedge + (_calendar(plain) or _span(plain))


def _calendar(plain):
    """A day, month, part of a year, year, decade or century in words; None for any other value."""
    if parts := re.fullmatch(r"(\d{4})(?:-(0[1-9]|1[0-2])(?:-(\d\d))?)?", plain):
        year, month, day = parts.groups()
        return " ".join(
            [
                *([str(int(day))] if day else []),
                *([calendar.month_name[int(month)]] if month else []),
                year,
            ]
        )
    if (parts := re.fullmatch(r"(\d{4})-(\d\d)", plain)) and parts[2] in PARTS:
        return f"{PARTS[parts[2]]} {parts[1]}"
    if parts := re.fullmatch(r"(\d{3})X", plain):
        return f"the {parts[1]}0s"
    if parts := re.fullmatch(r"(\d\d)XX", plain):
        return f"the years {parts[1]}00 to {parts[1]}99"
    return None


def _span(plain):
    """Any other value by its first and last day."""
    first, last = (day.isoformat() for day in bounds(plain))
    return (
        wording(last) if first == last else f"between {_shortened(first, last)} and {wording(last)}"
    )


def _shortened(first, last):
    """The first end of an interval without what it shares with the last: `21`, `21 July`."""
    words, other = wording(first).split(), wording(last).split()
    while len(words) > 1 and len(words) == len(other) and words[-1] == other[-1]:
        words, other = words[:-1], other[:-1]
    return " ".join(words)
