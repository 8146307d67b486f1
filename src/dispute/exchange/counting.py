"""How a writer counted: which unit, which line ends, and whether the end is the last character.

A format may say one thing and its writers do another, and where the file stores no words nothing
shows it but the text itself: most selections of people begin and end where words do.
"""

import re
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Literal, NamedTuple

from dispute.exchange.offsets import Span, Unit, code_points, units
from helpers.case.copies import folded
from helpers.words import counted

# What the line ends of a text are in the eyes of who counts: as they stand, LF, or CR LF.
LineEnds = Literal["", "LF", "CR LF"]

# Scripts that put no blank between words: any place may be a bound there.
UNSPACED = re.compile(
    "[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
    "\U00020000-\U0003ffff]"
)
# The least share of selections that begin and end at the bounds of words.
ENOUGH = 0.95


class Counting(NamedTuple):
    """A way of counting places. `line_ends`: what each line end of the text is taken to be."""

    unit: Unit = "code point"
    line_ends: LineEnds = ""
    end_is_last: bool = False

    def span(self, text: str, start: int, end: int) -> Span | None:
        """A selection as code points of the text as it stands; None where it is not in the text."""
        seen = with_line_ends(text, self.line_ends)
        span = code_points(seen, start, end + 1 if self.end_is_last else end, self.unit)
        return span and moved(span, seen, text)

    def place(self, text: str, place: int) -> int:
        """A place in code points of the text as it stands as one in units."""
        before = with_line_ends(text[:place], self.line_ends)
        return units(before, len(before), self.unit)

    def length(self, text: str) -> int:
        """How many units a text has."""
        return self.place(text, len(text))

    def __str__(self) -> str:
        words = {"code point": "code points", "UTF-16": "UTF-16 units", "UTF-8": "bytes of UTF-8"}
        ends = {"": "", "LF": ", CR LF as one", "CR LF": ", each line end as two"}
        last = ", the end being the last one" if self.end_is_last else ""
        return words[self.unit] + ends[self.line_ends] + last


# The ways that are tried; of those under which as many selections fit, the first is taken.
UNITS: tuple[Unit, ...] = ("code point", "UTF-16", "UTF-8")
LINE_ENDS: tuple[LineEnds, ...] = ("", "LF", "CR LF")
WAYS = [
    Counting(unit, line_ends, end_is_last)
    for end_is_last in (False, True)
    for unit in UNITS
    for line_ends in LINE_ENDS
]


def shortened(text: str) -> str:
    """A text in which every line ends with a line feed alone."""
    return text.replace("\r\n", "\n").replace("\r", "\n")


@lru_cache(maxsize=16)
def with_line_ends(text: str, line_ends: LineEnds) -> str:
    """A text with other line ends; as it stands where `line_ends` is empty."""
    if not line_ends:
        return text
    return shortened(text) if line_ends == "LF" else shortened(text).replace("\n", "\r\n")


def moved(span: Span, seen: str, text: str) -> Span:
    """A span of a text as one of the same text with other line ends."""
    if seen == text:
        return span
    start, end = (place - bisect_left(_long_line_ends(seen).in_text, place) for place in span)
    return Span(_lengthened(text, start), _lengthened(text, end))


def _lengthened(text: str, place: int) -> int:
    """A place in the shortened text as one in the text."""
    return place + bisect_left(_long_line_ends(text).in_short, place)


class _LongLineEnds(NamedTuple):
    """Where each CR LF of a text begins, in the text and in the shortened one."""

    in_text: Sequence[int]
    in_short: Sequence[int]


@lru_cache(maxsize=16)
def _long_line_ends(text: str) -> _LongLineEnds:
    begins = [end.start() for end in re.finditer("\r\n", text)]
    return _LongLineEnds(begins, [begin - number for number, begin in enumerate(begins)])


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


def way_by_words(
    selections: Iterable[tuple[str, int, int, str]], ways: Sequence[Counting] = WAYS
) -> Counting | None:
    """The way under which most selections (text, start, end, words) have their words.

    Of several the first, and None where no selection has its words under any. The words may differ
    in accents, quotation marks, blanks and line ends.
    """
    chosen = list(selections)

    def fitting(way: Counting) -> int:
        return sum(_has_words(way, *one) for one in chosen)

    best = max(ways, key=fitting)
    return best if fitting(best) else None


def _has_words(way: Counting, text: str, start: int, end: int, words: str) -> bool:
    span = way.span(text, start, end)
    return span is not None and are_alike(text[span.start : span.end], words)


def are_alike(one: str, other: str) -> bool:
    """Whether words are the same but for accents, quotation marks, blanks and line ends."""
    return folded(one).text.strip() == folded(other).text.strip()


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
