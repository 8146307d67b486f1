"""Counts in sentences, names that must stay apart, ids and sides made where a file has none."""

import itertools
import re
import unicodedata
from collections.abc import Hashable, Iterable, Iterator, Mapping
from typing import NamedTuple, TypeVar

from helpers.words import counted

Key = TypeVar("Key", bound=Hashable)
DEVICE = re.compile("con|prn|aux|nul|com[0-9]|lpt[0-9]")


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


def plain_id(name: str) -> str:
    """A name in small letters without accents, anything else a hyphen; at most 60 characters.

    That of a device (`con`), of which no file can be made everywhere, ends with a line below.
    """
    folded = unicodedata.normalize("NFKD", name).casefold()
    decomposed = unicodedata.normalize("NFKD", folded)
    letters = "".join(c for c in decomposed if not unicodedata.combining(c))
    plain = re.sub("[^a-z0-9]+", "-", letters)[:60].strip("-")
    return f"{plain}_" if DEVICE.fullmatch(plain) else plain


def sides(numbers: Iterable[int]) -> dict[int, str]:
    """The side of each stance of a scale whose numbers alone are known.

    Below the middle is against, above it for. The middle is 0 where there is a stance below 0, else
    halfway between the least and the greatest.
    """
    scale = sorted(set(numbers))
    middle = 0 if scale[0] < 0 else (scale[0] + scale[-1]) / 2
    return {number: _side(number, middle) for number in scale}


def _side(number: int, middle: float) -> str:
    if number < middle:
        return "against"
    if number > middle:
        return "for"
    return "neutral"
