"""Spelling: which known name somebody meant, if any is near enough to be said."""

import re
from collections.abc import Iterable
from functools import lru_cache

# Of so many letters of a name, one may be another, missing, too many, or in its neighbour's place.
LETTERS = 4
# A longer value is no slip of the pen.
LONGEST = 100


def closest(value: str, choices: Iterable[str]) -> str:
    """The choice that a value is a slip of; an empty text where none is near.

    Names that differ in capitals, blanks, hyphens and underscores alone are one. Else a quarter of
    the letters may differ, by the distance of Damerau and Levenshtein (restricted: no part is moved
    twice), or a name has up to two more at its end (`weekly`). Names that differ in their digits
    alone are different names, and no slip.
    """
    if not 0 < len(value) <= LONGEST:
        return ""
    plain = _plain(value)
    nearest, least = "", len(value) // LETTERS + 1
    for choice in choices:
        other = _plain(choice)
        distance = _distance(plain, other, least)
        is_near = distance < least or (not nearest and _is_inflected(plain, other))
        if is_near and choice != value and not _differ_in_digits(plain, other):
            nearest, least = choice, min(distance, least)
    return nearest


def _is_inflected(one: str, other: str) -> bool:
    short, long = sorted((one, other), key=len)
    return len(short) >= LETTERS and long.startswith(short) and len(long) <= len(short) + 2


# The same names are asked for again with every value.
@lru_cache(1 << 17)
def _plain(name: str) -> str:
    return re.sub(r"[\s_-]+", "", name.casefold())


def _differ_in_digits(one: str, other: str) -> bool:
    return one != other and re.sub("[0-9]", "", one) == re.sub("[0-9]", "", other)


def _distance(one: str, other: str, limit: int) -> int:
    """The least number of letters to change, add, take away or exchange with their neighbour.

    It is not counted, but given as `limit`, where it is clear that it is not less.
    """
    if abs(len(one) - len(other)) >= limit or len(set(one) ^ set(other)) > 2 * (limit - 1):
        return limit
    before: list[int] = []
    last = list(range(len(other) + 1))
    for row, letter in enumerate(one, start=1):
        now = [row]
        for column, own in enumerate(other, start=1):
            least = min(last[column] + 1, now[-1] + 1, last[column - 1] + (letter != own))
            exchanged = row > 1 and column > 1 and letter == other[column - 2]
            if exchanged and one[row - 2] == own:
                least = min(least, before[column - 2] + 1)
            now.append(least)
        before, last = last, now
    return last[-1]
