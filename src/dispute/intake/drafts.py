"""A draft: what a source gave, before it is an article of the case."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

# What stands in a sidecar where nothing gives a date.
NO_DATE = "not known: nothing that was read proves a date of publication"
# What is doubtful where a text has no headline that is known.
GUESSED = "its first line is taken for its headline"


class RefusedError(ValueError):
    """A source that is not taken. Its words say what was found and what was expected."""


class Span(NamedTuple):
    """A part of a text that is not the article's own; code points, `end` is not part of it."""

    start: int
    end: int
    what: str
    note: str


class Dated(NamedTuple):
    """A date of publication: EDTF, empty where none is proved, and how it is known in words."""

    edtf: str = ""
    basis: str = NO_DATE


UNDATED = Dated()
# How the name of the file ends that says how a page was fetched.
FETCHED = ".fetched.json"


class Entry(NamedTuple):
    """What a list or a reference says of one article, and of where it lies.

    `place` is the list and its row in words, `date` as it is written there, `folder` where a file
    that is named lies. What is not said is empty.
    """

    place: str
    address: str = ""
    file: str = ""
    title: str = ""
    publisher: str = ""
    date: str = ""


class Search(NamedTuple):
    """A search that an export tells of, as a row of `search.csv` has it."""

    archive: str
    query: str
    searched: str
    note: str


@dataclass(frozen=True)
class Draft:
    """An article as a source gives it.

    `captured` is the day on which a page was fetched. `kept` holds what is kept beside the text, by
    the ending of its file. `doubts` are sentences on what a person should look at. `version` tells
    copies of one article in an export apart. `source_sha256` is that of the file it was read from,
    empty for a page, which is kept.
    """

    text: str
    title: str
    came_from: str
    publisher: str = ""
    published: Dated = UNDATED
    captured: str = ""
    rights: str = ""
    version: int = 0
    source_sha256: str = ""
    languages: tuple[str, ...] = ()
    furniture: tuple[Span, ...] = ()
    doubts: tuple[str, ...] = ()
    kept: Mapping[str, bytes] = field(default_factory=dict)

    def own_words(self) -> str:
        """The text without its furniture."""
        parts, place = [], 0
        for span in self.furniture:
            parts.append(self.text[place : span.start])
            place = max(place, span.end)
        return "\n".join([*parts, self.text[place:]])


class Reading(NamedTuple):
    """What was read of one source: its articles, its searches, and what was left out of it."""

    drafts: tuple[Draft, ...]
    searches: tuple[Search, ...] = ()
    left_out: tuple[str, ...] = ()
