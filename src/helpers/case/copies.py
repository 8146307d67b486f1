"""Copies of the same words: what they may differ in, and how their places were counted.

A quote that goes through a browser, a word processor or another program comes back with other
quotation marks, accents, blanks or line ends, and places in other units.
"""

import re
import unicodedata
from collections.abc import Iterator
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


def counted_otherwise(text: str, start: int, end: int, given: tuple[int, int]) -> str:
    """In what unit a place was counted, if `given` is start and end of it."""
    ways = {
        "counted in UTF-16: code points are meant": _in_utf16,
        "counted in bytes: code points are meant": _in_bytes,
        "counted without the byte order mark at the beginning": _without_mark,
        "counted with line ends of one character: here they are two": _with_short_line_ends,
    }
    for words, way in ways.items():
        if (way(text[:start]), way(text[:end])) == given:
            return words
    return ""


def _in_utf16(before: str) -> int:
    return len(before.encode("utf-16-le", errors="surrogatepass")) // 2


def _in_bytes(before: str) -> int:
    return len(before.encode("utf-8", errors="surrogatepass"))


def _without_mark(before: str) -> int:
    return len(before) - before.startswith("\ufeff")


def _with_short_line_ends(before: str) -> int:
    return len(before) - before.count("\r\n")
