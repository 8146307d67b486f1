"""Dates as EDTF values (Extended Date/Time Format, ISO 8601-2): validity, bounds, order, wording.

A date is a string such as `2019-02-25`, `2019-04`, `2019-03~` (about), `2018?` (uncertain) or
`2019-04-21/2019-04-22`; an open end is `..`. Read by the shapes of ISO 8601-2 itself, levels 0 to
2; what is not supported is refused. The package `edtf` reads times of day.
"""

import calendar
import re
from collections.abc import Iterable
from datetime import date

from helpers.dates.edtf_bounds import OPEN, PARTS, bounds, components

# How a qualifier is put into words.
HEDGES = {"~": "about ", "?": "perhaps ", "%": "perhaps about "}
QUALIFIERS = set(HEDGES)
UNITS = ("year", "month", "day")
# Sorts after every day: the place in time of what has no date.
NEVER = "9999-99-99"


def days(edtf: str) -> tuple[str, str]:
    """`bounds` as a pair of ISO days (`YYYY-MM-DD`), empty where the date is open or missing."""
    if not edtf:
        return "", ""
    lower, upper = bounds(edtf)
    first = "" if lower == date.min else lower.isoformat()
    last = "" if upper == date.max else upper.isoformat()
    return first, last


# ---- order


def spanning(values: Iterable[str]) -> str:
    """One EDTF value that holds some: itself where there is one, else the interval around them.

    Empty where one of them is: its time is not known.
    """
    every = sorted(set(values))
    if len(every) < 2 or "" in every:
        return every[0] if every else ""
    ends = [days(value) for value in every]
    first, last = min(first for first, _ in ends), max(last or NEVER for _, last in ends)
    return f"{first or '..'}/{'..' if last == NEVER else last}"


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
    days (`2019-03-2X`), choices (`[2019-04-21,2019-04-28]`), significant digits (`1950S2`) and
    qualified parts (`2004-06~-11`) are put into words too; a time of day is added after its day.
    `no date` where the value is empty.
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
    if QUALIFIERS & set(plain):
        return _qualified_in_words(edtf)
    if match := re.fullmatch(r"(\d{4})S\d", plain):
        first, last = bounds(plain)
        return f"{hedge or 'about '}{match[1]}, between {first.year:04} and {last.year:04}"
    return hedge + (_named(plain) or _between(plain))


def _interval_in_words(first: str, last: str) -> str:
    if first in OPEN:
        return f"until {wording(last)}"
    if last in OPEN:
        return f"from {wording(first)}"
    return f"{_shortened(first, last)} to {wording(last)}"


def _choice_in_words(edtf: str) -> str:
    """One of several dates, `[…]`, or all of them, `{…}`."""
    joint = "or" if edtf[0] == "[" else "and"
    *others, last = edtf[1:-1].split(",")
    if not others:
        return _member_in_words(last, joint)
    alike = not any(".." in member for member in (*others, last))
    listed = [_shortened(m, last) if alike else _member_in_words(m, joint) for m in others]
    return f"{', '.join(listed)} {joint} {_member_in_words(last, joint)}"


def _member_in_words(member: str, joint: str) -> str:
    if ".." not in member:
        return wording(member)
    first, last = member.split("..", 1)
    if not first:
        return f"{wording(last)} {joint} before"
    if not last:
        return f"{wording(first)} {joint} later"
    return _interval_in_words(first, last)


def _qualified_in_words(edtf: str) -> str:
    """A day or month of which only a part is about or uncertain.

    A mark before a part is said of that part alone, one after it of all up to there.
    """
    parts = components(edtf)
    said: dict[str, list[str]] = {}
    for place, (before, _, after) in enumerate(parts):
        if before:
            said.setdefault(before, []).append(UNITS[place])
        if after:
            said.setdefault(after, []).extend(UNITS[: place + 1])
    hedges = [f"{HEDGES[mark].strip()}: {' and '.join(units)}" for mark, units in said.items()]
    plain = "-".join(digits for _, digits, _ in parts)
    return f"{wording(plain)} ({'; '.join(hedges)})"


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
        return f"{PARTS[parts[2]].name} {parts[1]}"
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
    if QUALIFIERS & set(first + last):
        return " ".join(words)
    while len(words) > 1 and len(words) == len(other) and words[-1] == other[-1]:
        words, other = words[:-1], other[:-1]
    return " ".join(words)
