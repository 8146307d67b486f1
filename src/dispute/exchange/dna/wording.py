"""Counts in sentences, and names that must stay apart."""

import itertools
from collections.abc import Hashable, Iterable, Iterator, Mapping
from typing import NamedTuple, TypeVar

from helpers.words import counted

Key = TypeVar("Key", bound=Hashable)


class Tally(NamedTuple):
    """How many there are of what: `2`, `statement`, ` of other coders`."""

    number: int
    noun: str
    rest: str = ""

    def __str__(self) -> str:
        if self.noun == "entity" and self.number != 1:
            return f"{self.number} entities{self.rest}"
        return f"{counted(self.number, self.noun)}{self.rest}"


def sentences(verdict: str, tallies: Iterable[Tally]) -> list[str]:
    """A sentence for each tally whose number is not 0."""
    return [f"{verdict}: {tally}." for tally in tallies if tally.number]


def unlike(words: Mapping[Key, str], numbered: str) -> dict[Key, str]:
    """Key to word, so that no two words are the same; keys and words stay in their order.

    A word that another key has already gets the next free number, put to it as `numbered` says:
    `"{}-{}"` makes `name-2` of `name`.
    """
    apart: dict[Key, str] = {}
    taken: set[str] = set()
    # Tries go on where the last one of the same word ended.
    tries: dict[str, Iterator[str]] = {}
    for key, word in words.items():
        candidates = tries.setdefault(word, _candidates(word, numbered))
        apart[key] = next(candidate for candidate in candidates if candidate not in taken)
        taken.add(apart[key])
    return apart


def _candidates(word: str, numbered: str) -> Iterator[str]:
    """The word itself, then with 2, 3, … put to it."""
    yield word
    for number in itertools.count(2):
        yield numbered.format(word, number)
