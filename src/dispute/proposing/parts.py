"""A long article in parts of whole paragraphs that overlap, so that no passage is cut by all."""

import re
from collections.abc import Iterator
from typing import NamedTuple

# Characters of a part, and of what it repeats of the part before.
LONGEST, OVERLAP = 12_000, 1_500


class Part(NamedTuple):
    """A part of a text: which of how many, from 1; where it begins and ends, in code points."""

    number: int
    of: int
    start: int
    end: int


def parts(text: str, longest: int = LONGEST, overlap: int = OVERLAP) -> list[Part]:
    """The parts of a text, at most `longest` characters each where no paragraph is longer.

    Each but the first begins with the last paragraphs of the one before: as many as `overlap`
    characters hold, and one at least where there is room.
    """
    spans = list(_spans(_paragraphs(text), longest, overlap))
    return [Part(number, len(spans), *span) for number, span in enumerate(spans, start=1)]


def _paragraphs(text: str) -> list[tuple[int, int]]:
    """Where paragraphs begin and end, the line ends after each included: together all of it."""
    ends = [match.end() for match in re.finditer(r"\n+", text)]
    ends = ends if ends and ends[-1] == len(text) else [*ends, len(text)]
    return list(zip([0, *ends[:-1]], ends, strict=True))


def _spans(
    paragraphs: list[tuple[int, int]], longest: int, overlap: int
) -> Iterator[tuple[int, int]]:
    first = 0
    while True:
        last = first + 1
        while last < len(paragraphs) and paragraphs[last][1] - paragraphs[first][0] <= longest:
            last += 1
        yield paragraphs[first][0], paragraphs[last - 1][1]
        if last == len(paragraphs):
            return
        first = _first_repeated(paragraphs, first, last, longest, overlap)


def _first_repeated(
    paragraphs: list[tuple[int, int]], first: int, last: int, longest: int, overlap: int
) -> int:
    """The paragraph with which the next part begins; there is always something new in it."""
    end = paragraphs[last - 1][1]
    begin = last
    while begin - 1 > first and end - paragraphs[begin - 1][0] <= overlap:
        begin -= 1
    if begin == last and last - 1 > first:
        # One paragraph is repeated even if it is long, as far as the next one fits beside it.
        begin = last - 1
    if paragraphs[last][1] - paragraphs[begin][0] > longest:
        return last
    return begin
