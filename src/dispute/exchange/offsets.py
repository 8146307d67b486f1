"""Places in a text: a case counts Unicode code points, other tools count other units.

UTF-16 units are what Java, JavaScript and .NET count; bytes of UTF-8 are counted by some others.
"""

from functools import lru_cache
from typing import Any, Literal, NamedTuple

Unit = Literal["code point", "UTF-16", "UTF-8"]
# The encoding that has one unit after the other, and the bytes of each.
ENCODINGS: dict[Unit, tuple[str, int]] = {
    "code point": ("utf-32-le", 4),
    "UTF-16": ("utf-16-le", 2),
    "UTF-8": ("utf-8", 1),
}


class Span(NamedTuple):
    """The code points of a passage: the first, from 0, and the one after the last."""

    start: int
    end: int


def code_points(text: str, start: Any, stop: Any, unit: Unit = "UTF-16") -> Span | None:
    """A span of units as a span of code points.

    None where it is empty, is not in the text, or cuts a character in two.
    """
    encoding, size = ENCODINGS[unit]
    encoded = _encoded(text, encoding)
    try:
        if not 0 <= start < stop <= len(encoded) // size:
            return None
        first = len(encoded[: size * start].decode(encoding))
        return Span(first, first + len(encoded[size * start : size * stop].decode(encoding)))
    except (TypeError, UnicodeDecodeError):
        return None


@lru_cache(maxsize=16)
def _encoded(text: str, encoding: str) -> bytes:
    return text.encode(encoding)


def units(text: str, place: int, unit: Unit = "UTF-16") -> int:
    """A place in code points as a place in units."""
    encoding, size = ENCODINGS[unit]
    return len(text[:place].encode(encoding)) // size
