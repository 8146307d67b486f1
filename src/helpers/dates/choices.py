"""Choices: one date from the meanings that the possible days of publication give an expression.

An article that is not dated to a day is read from each of its days. Where all give one reading,
that is the date; where most do, it comes first; else all of them stay open.
"""

import re
from collections import Counter
from collections.abc import Collection, Sequence
from datetime import date, timedelta
from itertools import takewhile
from typing import NamedTuple

from helpers.dates.anchoring import Meaning
from helpers.dates.edtf import bounds
from helpers.dates.timex import as_edtf

# A day of publication that is known worse than to the year (in days) is no anchor.
LONGEST = 366
# Nor is one from which the calendar of `datetime` may end before what is counted.
FIRST_YEAR, LAST_YEAR = 10, 9989
# Readings that are listed one by one.
FEW = 6
NOT_TO_A_DAY = "the article is not dated to a day"
ON_ANOTHER_DAY = f"{NOT_TO_A_DAY}: so, had it been published on another of the days possible"


class Dating(NamedTuple):
    """What an expression means, as a date: see `resolve.expressions` for its columns."""

    type: str
    value: str
    mod: str
    date_edtf: str
    basis: str
    reason: str
    alternatives: tuple[tuple[str, str], ...]


def possible_days(published: str) -> list[date]:
    """The days of an EDTF date; none where it is empty, or not known to a year.

    None at the ends of the calendar either.
    """
    if not published:
        return []
    first, last = bounds(published)
    if first.year < FIRST_YEAR or last.year > LAST_YEAR:
        return []
    length = (last - first).days
    return [first + timedelta(n) for n in range(length + 1)] if length < LONGEST else []


def choose(meanings: Sequence[Meaning]) -> Dating:
    """The date of an expression, of the meanings that the possible days of publication give it."""
    first = meanings[0]
    votes = Counter(meaning.value for meaning in meanings)
    if len(votes) == 1:
        return _dating(first)
    value, most = max(votes.items(), key=lambda vote: (vote[1], vote[0]))
    readings = _readings(votes, first.mod)
    if 2 * most > len(meanings):
        voted_for = next(meaning for meaning in meanings if meaning.value == value)
        return _most_agree(_dating(voted_for), readings)
    if not readings:
        return Dating(first.type, first.value, first.mod, "", "undated", first.reason, ())
    few = 1 < len(readings) <= FEW
    return Dating(
        type=first.type,
        value=_shared(votes, value),
        mod=first.mod,
        date_edtf=_together(readings),
        basis="approximate",
        reason=f"{NOT_TO_A_DAY}, and its days give {len(readings)} readings",
        alternatives=tuple((reading, NOT_TO_A_DAY) for reading in readings) if few else (),
    )


def _dating(meaning: Meaning) -> Dating:
    """A meaning as a date."""
    is_date = meaning.type in ("DATE", "TIME")
    date_edtf = _date_edtf(meaning.value, meaning.mod) if is_date else ""
    return Dating(
        type=meaning.type,
        value=meaning.value,
        mod=meaning.mod,
        date_edtf=date_edtf,
        basis=_basis(meaning, date_edtf),
        reason=meaning.reason,
        alternatives=_alternatives(meaning),
    )


def _alternatives(meaning: Meaning) -> tuple[tuple[str, str], ...]:
    """The other readings of a meaning as EDTF dates, each with its reason."""
    dates = [(_date_edtf(value, meaning.mod), why) for value, why in meaning.others]
    return tuple((date_edtf, why) for date_edtf, why in dates if date_edtf)


def _date_edtf(value: str, mod: str) -> str:
    """The EDTF date of a TIMEX3 value; empty where `edtf` refuses it: no such date leaves here."""
    date_edtf = as_edtf(value, mod)
    try:
        bounds(date_edtf)
    except ValueError:
        return ""
    return date_edtf


def _basis(meaning: Meaning, date_edtf: str) -> str:
    if not date_edtf:
        return "undated"
    return "approximate" if meaning.mod and meaning.basis != "undated" else meaning.basis


def _readings(values: Collection[str], mod: str) -> list[str]:
    """The EDTF dates of TIMEX3 values, in order of time."""
    readings = {_date_edtf(value, mod) for value in values} - {""}
    return sorted(readings, key=lambda reading: (bounds(reading), reading))


def _most_agree(dating: Dating, readings: Sequence[str]) -> Dating:
    """The date that most days of publication give; the others stay open."""
    others = [reading for reading in readings if reading != dating.date_edtf]
    return dating._replace(
        reason=f"{NOT_TO_A_DAY}, yet most days possible give this; {dating.reason}",
        alternatives=tuple((other, ON_ANOTHER_DAY) for other in others),
    )


def _together(readings: Sequence[str]) -> str:
    """All readings as one EDTF date: a choice of a few days, else an interval."""
    if len(readings) == 1 and _is_one_day(readings[0]):
        return readings[0]
    if len(readings) <= FEW and all(_is_one_day(reading) for reading in readings):
        return f"[{','.join(readings)}]"
    first = min(bounds(reading)[0] for reading in readings)
    last = max(bounds(reading)[1] for reading in readings)
    return f"{first.isoformat()}/{last.isoformat()}"


def _is_one_day(edtf: str) -> bool:
    first, last = bounds(edtf)
    return first == last


def _shared(values: Collection[str], value: str) -> str:
    """A TIMEX3 value as far as all agree; then `X` for each figure."""
    by_place = zip(*values, strict=False)
    agreed = len(list(takewhile(lambda characters: len(set(characters)) == 1, by_place)))
    return value[:agreed] + re.sub(r"\d", "X", value[agreed:])
