"""Words of articles: where a text repeats some of them in a row.

A word is letters and digits; capitals and small letters are alike, and what stands between words
does not count. So a passage is known again in a table, a page or a file with marks of its own.
Where a script puts no blank between words (Chinese, Japanese), each letter counts as one. Accents
and soft hyphens are of the word they stand in, and make it no other one.
"""

import re
import unicodedata
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

_ALONE = "\u3040-\u309f\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_LETTERS, _WITHIN = rf"[^\W{_ALONE}]", "[\u00ad\u0300-\u036f\u200b-\u200d\u2060]"
WORD = re.compile(rf"[{_ALONE}]|{_LETTERS}+(?:{_WITHIN}+{_LETTERS}*)*")
# A sign as JSON and YAML may write it: the end of a line, or a code point.
ESCAPE = re.compile(r"\\(?:[nrt]|x([0-9a-fA-F]{2})|u([0-9a-fA-F]{4})|U000([0-9a-fA-F]{5}))")
# So many words in a row are those of an article; fewer are everybody's.
COUNTED = 5
# Of so many places at which five words stand it is known.
PLACES = 8


class Run(NamedTuple):
    """Words of a text, from `start` to before `end`, that an article has in a row.

    `first` and `last` count words, of the text and of the article; `last` is not part of it.
    """

    start: int
    end: int
    article: str
    first: int
    last: int


@dataclass(frozen=True)
class ArticleWords:
    """The words of some texts (article_id to text), found again in other texts."""

    texts: Mapping[str, str]
    words: dict[str, list[str]] = field(default_factory=dict)
    spans: dict[str, list[tuple[int, int]]] = field(default_factory=dict)
    _index: dict[tuple[str, ...], list[tuple[str, int]]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        index = defaultdict(list, self._index)
        for article, text in self.texts.items():
            found = list(WORD.finditer(text))
            self.spans[article] = [one.span() for one in found]
            self.words[article] = [_alike(one.group()) for one in found]
            for first, some in _in_a_row(self.words[article]):
                if len(index[some]) < PLACES:
                    index[some].append((article, first))
        self._index.update(index)

    def runs(self, text: str) -> Iterator[Run]:
        """The runs of five words and more that a text has of an article, the longest ones.

        They are in the order of the text, and no two overlap.
        """
        found = list(WORD.finditer(text))
        words = [_alike(one.group()) for one in found]
        free = 0
        for number, some in _in_a_row(words):
            if number < free or some not in self._index:
                continue
            runs = [(self._length(words, number, *place), *place) for place in self._index[some]]
            length, article, first = max(runs, key=lambda run: run[0])
            free = number + length
            span = found[number].start(), found[free - 1].end()
            yield Run(*span, article, first, first + length)

    def everywhere(self, text: str) -> dict[str, set[int]]:
        """article_id to the places of its words that a text has in runs of five words and more.

        A run that several articles have counts in each of them.
        """
        found: dict[str, set[int]] = defaultdict(set)
        words = [_alike(word) for word in WORD.findall(text)]
        for _, some in _in_a_row(words):
            for article, first in self._index.get(some, ()):
                found[article] |= set(range(first, first + COUNTED))
        return found

    def _length(self, words: list[str], number: int, article: str, first: int) -> int:
        """How many words from a place on a text and an article have alike."""
        theirs = self.words[article]
        most = min(len(words) - number, len(theirs) - first)
        same = COUNTED
        while same < most and words[number + same] == theirs[first + same]:
            same += 1
        return same

    def between(self, article: str, start: int, end: int) -> range:
        """Which words of an article begin between two characters of it."""
        spans = self.spans[article]
        return range(bisect_left(spans, (start, 0)), bisect_left(spans, (end, 0)))


def unescaped(text: str) -> str:
    """A text with its escapes undone, and as long as before: soft hyphens stand for the rest."""

    def undone(found: re.Match[str]) -> str:
        code = found[found.lastindex] if found.lastindex else "20"
        return chr(int(code, 16)).ljust(len(found[0]), "\u00ad")

    return ESCAPE.sub(undone, text)


def _alike(word: str) -> str:
    """A word without what makes no other word of it: capitals, accents, soft hyphens."""
    word = word.casefold()
    if word.isascii():
        return word
    return "".join(filter(WORD.match, unicodedata.normalize("NFKD", word)))


def _in_a_row(words: list[str]) -> Iterator[tuple[int, tuple[str, ...]]]:
    """Each place in a list of words with the five that stand there."""
    for first in range(len(words) - COUNTED + 1):
        yield first, tuple(words[first : first + COUNTED])
