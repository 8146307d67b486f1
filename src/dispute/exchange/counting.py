"""How a writer counted: which unit, which line ends, and whether the end is the last character.

A format may say one thing and its writers do another, and where the file stores no words nothing
shows it but the text itself: most selections of people begin and end where words do.
"""

import re
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import NamedTuple

from dispute.exchange.offsets import Span, Unit, code_points, units
from helpers.words import counted

# Scripts that put no blank between words: any place may be a bound there.
UNSPACED = re.compile(
    "[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
    "\U00020000-\U0003ffff]"
)
# The least share of selections that begin and end at the bounds of words.
ENOUGH = 0.95


class Counting(NamedTuple):
    """A way of counting places. `short_line_ends`: CR LF counts one."""

    unit: Unit = "code point"
    short_line_ends: bool = False
    end_is_last: bool = False

    def span(self, text: str, start: int, end: int) -> Span | None:
        """A selection as code points of the text as it stands; None where it is not in the text."""
        end += self.end_is_last
        if not self.short_line_ends:
            return code_points(text, start, end, self.unit)
        span = code_points(shortened(text), start, end, self.unit)
        return span and Span(_lengthened(text, span.start), _lengthened(text, span.end))

    def place(self, text: str, place: int) -> int:
        """A place in code points of the text as it stands as one in units."""
        before = shortened(text[:place]) if self.short_line_ends else text[:place]
        return units(before, len(before), self.unit)

    def length(self, text: str) -> int:
        """How many units a text has."""
        return self.place(text, len(text))

    def __str__(self) -> str:
        words = {"code point": "code points", "UTF-16": "UTF-16 units", "UTF-8": "bytes of UTF-8"}
        ends = ", CR LF as one" if self.short_line_ends else ""
        last = ", the end being the last one" if self.end_is_last else ""
        return words[self.unit] + ends + last


# The ways that are tried; of those under which as many selections fit, the first is taken.
WAYS = [
    Counting(unit, short_line_ends, end_is_last)
    for end_is_last in (False, True)
    for unit in ("code point", "UTF-16", "UTF-8")
    for short_line_ends in (False, True)
]


def shortened(text: str) -> str:
    """A text in which every line ends with a line feed alone."""
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _lengthened(text: str, place: int) -> int:
    """A place in the shortened text as one in the text."""
    return place + bisect_left(_long_line_ends(text), place)


@lru_cache(maxsize=16)
def _long_line_ends(text: str) -> Sequence[int]:
    ends = re.finditer("\r\n", text)
    return [end.start() - number for number, end in enumerate(ends)]


def is_bound(text: str, place: int) -> bool:
    """Whether no word of a text goes on across a place."""
    if place in (0, len(text)):
        return True
    before, after = text[place - 1], text[place]
    if UNSPACED.match(before) or UNSPACED.match(after):
        return True
    # A mark that stands over a letter belongs to it.
    return not (_is_of_word(before) and _is_of_word(after)) and not _is_mark(after)


def _is_of_word(char: str) -> bool:
    return char.isalnum() or _is_mark(char)


def _is_mark(char: str) -> bool:
    return bool(re.match("[\u0300-\u036f\u200d\ufe0f]", char))


def counting_of(selections: Iterable[tuple[str, int, int]]) -> tuple[Counting, str]:
    """How selections (text, start, end) were counted, and a sentence that says so.

    Raises ValueError where under no way of counting 95 % of them begin and end at bounds of words.
    """
    chosen = list(selections)
    if not chosen:
        return WAYS[0], ""
    fit = best_fit(chosen)
    if fit.share < ENOUGH:
        raise ValueError(
            f"positions that cannot be told: counted in {fit.way}, {fit.words} begin and end at "
            f"the bounds of words; expected 95 % under one way of counting"
        )
    return fit.way, f"Counted in {fit.way}: {fit.told}"


class Fit(NamedTuple):
    """The way under which most selections begin and end at bounds of words.

    `words` and `told` say so; `share` is theirs of all selections.
    """

    way: Counting
    share: float
    words: str
    told: str


def best_fit(chosen: Sequence[tuple[str, int, int]], ways: Sequence[Counting] = WAYS) -> Fit:
    """Of some ways of counting that under which most selections fit; of several the first.

    There must be a selection.
    """
    fits = {way: _fitting(way, chosen) for way in ways}
    best = max(ways, key=fits.__getitem__)
    share = fits[best] / len(chosen)
    words = f"{fits[best]} of {counted(len(chosen), 'selection')} ({int(100 * share)} %)"
    told = f"{words} begin and end at the bounds of words."
    for way in ways:
        # An end that is a bound is one a letter later, too: that says nothing.
        if fits[way] == fits[best] and way.end_is_last == best.end_is_last:
            if others := sum(way.span(*one) != best.span(*one) for one in chosen):
                told += f" As many do in {way}, where {others} would be other words."
                break
    return Fit(best, share, words, told)


def _fitting(way: Counting, selections: Iterable[tuple[str, int, int]]) -> int:
    """How many selections begin and end at bounds of words, if they were counted in a way."""
    fits = 0
    for text, start, end in selections:
        span = way.span(text, start, end)
        if span and is_bound(text, span.start) and is_bound(text, span.end):
            fits += 1
    return fits
