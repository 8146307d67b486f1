"""Quotations: where two articles print the same words, and the day that one of them gives."""

import heapq
import re
from collections import defaultdict
from collections.abc import Iterable

from helpers.dates.edtf import bounds
from helpers.dates.lexicon import WORDS
from helpers.dates.passes import Span

# A run of so many words in two articles is one quotation.
SAME_WORDS = 6
# What stands between quotation marks; without its end it goes on to the end of the paragraph.
QUOTED = re.compile(r"“[^”\n]*|\"[^\"\n]*\"?")
WEEKDAYS = WORDS["weekday"] | WORDS["siku"]

# A passage, with the EDTF date that it has in its article.
Dated = tuple[str, str]


def quoted_spans(text: str) -> list[Span]:
    """Where a text quotes."""
    return [match.span() for match in QUOTED.finditer(text)]


class Passages:
    """Dated passages of articles, found by the runs of words that they print.

    Passages are numbered in the order in which they were added. The index keeps the numbers of
    those that have one day, by its weekday and the hash of a run, so that a phrase which every
    article prints costs no more than a rare one; what it finds is compared by the words themselves.
    """

    def __init__(self, passages: Iterable[Dated] = ()) -> None:
        self._passages: list[Dated] = []
        self._numbers: defaultdict[tuple[int, int], list[int]] = defaultdict(list)
        self.add(passages)

    def __bool__(self) -> bool:
        return bool(self._passages)

    def add(self, passages: Iterable[Dated]) -> range:
        """Add passages, and give the numbers that they have from now on."""
        first = len(self._passages)
        for number, passage in enumerate(passages, start=first):
            self._passages.append(passage)
            words, date_edtf = passage
            first_day, last_day = bounds(date_edtf)
            if first_day == last_day:
                for run in word_runs(words):
                    self._numbers[first_day.isoweekday(), hash(run)].append(number)
        return range(first, len(self._passages))

    def date_of(self, text: str, span: Span, date_edtf: str, own: range = range(0)) -> str:
        """The date of the same words in another article, or empty.

        `text` at `span` names a weekday; `date_edtf` is the date it was given here; `own`: the
        passages of this article. What counts is another day, of the same weekday, of the first
        passage that has some words in common with this paragraph.
        """
        weekday = _weekday_named(text[slice(*span)])
        here = word_runs(_paragraph(text, *span))
        lists = [self._numbers.get((weekday, hash(run)), []) for run in here]
        for number in heapq.merge(*lists):
            passage, other = self._passages[number]
            if number not in own and other != date_edtf and here & word_runs(passage):
                return other
        return ""


def _weekday_named(words: str) -> int:
    """1 to 7; 0 where no weekday is named."""
    words = words.lower()
    return next((number for name, number in WEEKDAYS.items() if name in words), 0)


def _paragraph(text: str, start: int, end: int) -> str:
    """The lines that hold `text[start:end]`."""
    first = text.rfind("\n", 0, start) + 1
    last = text.find("\n", end)
    return text[first:last] if last >= 0 else text[first:]


def word_runs(text: str) -> set[tuple[str, ...]]:
    """All runs of `SAME_WORDS` words of a text, in small letters."""
    words = re.findall(r"\w+", text.lower())
    return {tuple(words[n : n + SAME_WORDS]) for n in range(len(words) - SAME_WORDS + 1)}
