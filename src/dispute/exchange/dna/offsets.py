"""Places in a text: DNA counts them in UTF-16 units, as Java does; a case in code points."""

from typing import Any, NamedTuple


class Span(NamedTuple):
    """The code points of a passage: the first, from 0, and the one after the last."""

    start: int
    end: int


def code_points(text: str, start: Any, stop: Any) -> Span | None:
    """A span of UTF-16 units as a span of code points.

    None where it is empty, is not in the text, or cuts a character in two.
    """
    encoded = text.encode("utf-16-le")
    try:
        if not 0 <= start < stop <= len(encoded) // 2:
            return None
        return Span(_length(encoded[: 2 * start]), _length(encoded[: 2 * stop]))
    except (TypeError, UnicodeDecodeError):
        return None


def _length(encoded: bytes) -> int:
    return len(encoded.decode("utf-16-le"))


def utf16_units(text: str, place: int) -> int:
    """A place in code points as a place in UTF-16 units."""
    return len(text[:place].encode("utf-16-le")) // 2
