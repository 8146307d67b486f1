"""Copies of the same words: what they may differ in, and how their places were counted.

A quote that goes through a browser, a word processor or another program comes back with other
quotation marks, accents, blanks or line ends, and places in other units.
"""

import re
import unicodedata
from bisect import bisect_left
from collections.abc import Callable, Iterator
from functools import lru_cache
from typing import Literal, NamedTuple

# Signs that stand for one another: what each is taken for when words are compared.
APOSTROPHES = "\u2018\u2019\u201a\u201b\u2032`\u00b4\u02bc"
QUOTATION_MARKS = "\u201c\u201d\u201e\u201f\u2033\u00ab\u00bb"
DASHES = "\u2010\u2011\u2012\u2013\u2014\u2212"
MARKS = {
    **dict.fromkeys(APOSTROPHES, "'"),
    **dict.fromkeys(QUOTATION_MARKS, '"'),
    **dict.fromkeys(DASHES, "-"),
}
# Signs without a width: soft hyphen, zero-width blanks and joiners, byte order mark.
INVISIBLE = set("\u00ad\u200b\u200c\u200d\u2060\ufeff")


class Folded(NamedTuple):
    """A text as it is compared, and for each of its letters its place in the text as it stands."""

    text: str
    places: list[int]

    def span(self, text: str, start: int, end: int) -> tuple[int, int]:
        """The places in the text of a part of it as compared, with the accents that follow it."""
        first, last = self.places[start], self.places[end - 1] + 1
        while last < len(text) and unicodedata.combining(text[last]):
            last += 1
        return first, last


@lru_cache(maxsize=8)
def folded(text: str) -> Folded:
    """A text without what two copies of it may differ in.

    Small letters, no accents, straight quotation marks, one blank for many.
    """
    letters: list[str] = []
    places: list[int] = []
    after_blank = True
    for place, char in enumerate(text):
        for letter in _letters(char):
            if letter == " " and after_blank:
                continue
            after_blank = letter == " "
            letters.append(letter)
            places.append(place)
    return Folded("".join(letters), places)


@lru_cache(maxsize=4096)
def _letters(char: str) -> str:
    """What one character is compared as: none, one or several letters."""
    if char.isspace():
        return " "
    if char in INVISIBLE:
        return ""
    if char in MARKS:
        return MARKS[char]
    parts = unicodedata.normalize("NFKD", char)
    return "".join(part for part in parts if not unicodedata.combining(part)).casefold()


def difference(passage: str, quote: str) -> str:
    """In what two copies of the same words differ, in words of ours."""
    if passage != quote and _composed(passage) == _composed(quote):
        form, other = _form(passage), _form(quote)
        return f"composed otherwise ({other}, not {form})"
    kinds = [kind for kind, needed in _kinds(passage, quote) if needed]
    return ", ".join(kinds) or "blanks at its ends"


def _composed(words: str) -> str:
    return unicodedata.normalize("NFC", words)


def _form(words: str) -> str:
    """The form in which accents are composed."""
    forms: tuple[Literal["NFC", "NFD"], ...] = ("NFC", "NFD")
    return next((form for form in forms if unicodedata.is_normalized(form, words)), "a mixture")


def _kinds(passage: str, quote: str) -> Iterator[tuple[str, bool]]:
    """Each kind of difference, and whether there is one of it."""
    one, other = _composed(passage), _composed(quote)
    yield "other quotation marks, apostrophes or dashes", _marks(one) != _marks(other)
    yield "other line ends", _line_ends(one) != _line_ends(other)
    yield "other blanks", _blanks(one) != _blanks(other)
    yield "invisible signs", _invisible(one) != _invisible(other)
    letters = [re.sub(r"[\W_]", "", words) for words in (one, other)]
    bare = [_without_accents(words) for words in letters]
    yield "capitals", bare[0] != bare[1] and bare[0].casefold() == bare[1].casefold()
    alike = bare[0].casefold() == bare[1].casefold()
    yield "accents", alike and _accents(letters[0]) != _accents(letters[1])


def _marks(words: str) -> list[str]:
    return [char for char in words if char in MARKS or char in MARKS.values()]


def _line_ends(words: str) -> list[str]:
    return re.findall(r"\r\n|\r|\n", words)


def _blanks(words: str) -> list[str]:
    return re.findall(r"[^\S\r\n]+", words.strip())


def _invisible(words: str) -> list[str]:
    return [char for char in words if char in INVISIBLE]


def _without_accents(words: str) -> str:
    parts = unicodedata.normalize("NFKD", words)
    return "".join(char for char in parts if not unicodedata.combining(char))


def _accents(words: str) -> list[str]:
    return [char for char in unicodedata.normalize("NFKD", words) if unicodedata.combining(char)]


def counted_otherwise(text: str, quote: str, given: tuple[int, int]) -> tuple[int, int, str] | None:
    """The place that a row means, if it is counted in another unit; with the reason, in words.

    It is asked only whether the quote stands at the place that is meant so.
    """
    for reason, way in WAYS.items():
        start = way(text, given[0])
        if start is not None and text.startswith(quote, start):
            end = way(text, given[1])
            if end == start + len(quote) and (start, end) != given:
                return start, end, reason
    return None


@lru_cache(maxsize=4)
def _encoded(text: str, encoding: str) -> bytes:
    return text.encode(encoding, errors="surrogatepass")


def _from_utf16(text: str, place: int) -> int | None:
    if text.isascii():
        return None
    before = _encoded(text, "utf-16-le")[: 2 * place]
    return len(before.decode("utf-16-le", errors="ignore"))


def _from_bytes(text: str, place: int) -> int | None:
    if text.isascii():
        return None
    return len(_encoded(text, "utf-8")[:place].decode("utf-8", errors="ignore"))


def _from_unmarked(text: str, place: int) -> int | None:
    return place + 1 if text.startswith("\ufeff") else None


def _from_short_line_ends(text: str, place: int) -> int | None:
    ends = _long_line_ends(text)
    return place + bisect_left(ends, place) if ends else None


@lru_cache(maxsize=4)
def _long_line_ends(text: str) -> list[int]:
    """Where line ends of two characters stand, each counted as if those before it had one."""
    ends = re.finditer("\r\n", text)
    return [end.start() - number for number, end in enumerate(ends)]


WAYS: dict[str, Callable[[str, int], int | None]] = {
    "counted in UTF-16: code points are meant": _from_utf16,
    "counted in bytes: code points are meant": _from_bytes,
    "counted without the byte order mark at the beginning": _from_unmarked,
    "counted with line ends of one character: here they are two": _from_short_line_ends,
}
