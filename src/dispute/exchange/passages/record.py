"""The one record on which all formats of coded passages rest, and the file that holds records."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from dispute.exchange.offsets import Unit


@dataclass(frozen=True)
class Record:
    """A coded passage of a document.

    `start` and `end` count in `unit`, the end exclusive; both are None where the file has the words
    alone. `quote` are the words, empty where the file has the positions alone; `before` and `after`
    what stands around them, as far as the file says. `codes` are all that were put on the passage
    together. `attributes` are fields of a statement by name, such as `note`. `place` is where the
    record stands in its file, as a fault names it.
    """

    document: str
    start: int | None = None
    end: int | None = None
    unit: Unit = "code point"
    quote: str = ""
    before: str = ""
    after: str = ""
    codes: tuple[str, ...] = ()
    coder: str = ""
    attributes: Mapping[str, str] = field(default_factory=dict)
    place: str = ""


class Document(NamedTuple):
    """A document of a file: its name there, its text (None where it has none), what is known."""

    name: str
    text: str | None = None
    about: Mapping[str, str] = {}


@dataclass
class Project:
    """What a file of coded passages holds.

    `codes` maps each code to what is said of it (fields by name; `note` is free text). `told` are
    sentences on how it was read. `left` counts what is in the file and has no place here: noun (and
    rest, parted by `|`) to number.
    """

    title: str = ""
    documents: list[Document] = field(default_factory=list)
    records: list[Record] = field(default_factory=list)
    codes: dict[str, Mapping[str, str]] = field(default_factory=dict)
    told: list[str] = field(default_factory=list)
    left: Counter[str] = field(default_factory=Counter)

    def by_document(self) -> dict[tuple[str, str], list[Record]]:
        """The records of each coder and document, by both names; a coder has every document."""
        coders = dict.fromkeys(record.coder for record in self.records)
        found: dict[tuple[str, str], list[Record]] = {}
        for coder in coders:
            found |= {(coder, document.name): [] for document in self.documents}
        for record in self.records:
            found[record.coder, record.document].append(record)
        return found
