"""The numbers of the documents, each with its source; and those that have none."""

import csv
import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import NamedTuple

from dispute.run.replication.documents import normal, numbers_of
from dispute.run.replication.sources import Report, Source, sources

# What the program says itself, in every case; and what a project's own README says by hand.
FIXED, OWN = Path(__file__).parent / "fixed.csv", Path("docs/numbers.csv")


class Fixed(NamedTuple):
    """Words that a file holds: `line` is what stands there, or empty where it is the words."""

    words: str
    file: str
    line: str


class Listed(NamedTuple):
    """Words with a number, their source, and the documents that print them."""

    words: str
    source: Source
    places: tuple[str, ...]


def fixed() -> list[Fixed]:
    """The words with a number that are held by the program, and by the project at hand."""
    rows: list[Fixed] = []
    for path in filter(Path.is_file, (FIXED, OWN)):
        with path.open(encoding="utf-8", newline="") as file:
            rows += [Fixed(**row) for row in csv.DictReader(file)]
    return rows


def listed(report: Report, documents: Mapping[str, str]) -> list[Listed]:
    """The words with a number that documents print, in the order of the sources, each once.

    `documents`: the text of each by its name (`documents.normal`). Of words that hold others only
    the longest count.
    """
    known = _words(report)
    printed: dict[str, list[str]] = {}
    for name, text in documents.items():
        for words in {match[0] for match in _any_of(known, text).finditer(text)}:
            printed.setdefault(words, []).append(name)
    return [Listed(*known[words], tuple(printed[words])) for words in known if words in printed]


def _words(report: Report) -> dict[str, tuple[str, Source]]:
    """All words with a number that could be printed, as they are compared and as they are.

    Each with the first source that says it.
    """
    known: dict[str, tuple[str, Source]] = {}
    for source in [*sources(), *map(_of_fixed, fixed())]:
        for words in source.words(report):
            if numbers_of(alike := normal(words)):
                known.setdefault(alike, (words, source))
    return known


def _of_fixed(row: Fixed) -> Source:
    program = f"{row.file}: {row.line}" if row.line else row.file
    return Source("Held by the program", (), program, lambda report: [row.words])


def _any_of(words: Iterable[str], text: str) -> re.Pattern[str]:
    """What finds words in a text, the longest first, and no part of a longer number or word."""
    there = sorted((one for one in words if one in text), key=lambda one: (-len(one), one))
    either = "|".join(map(re.escape, there)) or r"(?!)"
    return re.compile(rf"(?<!\w)(?:{either})(?!\w)")


def unlisted(text: str, words: Iterable[str]) -> list[str]:
    """The numbers of a text that stand in none of the words, each with what is around it."""
    left = _any_of(map(normal, words), text).sub(lambda match: "_" * len(match[0]), text)
    return [text[max(0, start - 40) : start + 40] for _, start in numbers_of(left)]
