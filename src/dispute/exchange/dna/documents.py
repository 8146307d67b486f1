"""Documents of DNA and articles of a case, both ways.

What only DNA has a column for (author, section, type, notes) is a column of `article_attributes`;
what only a case has a place for stands in the notes of a document, as lines below its own. What an
import would say by itself is not written.
"""

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from dispute.exchange.counting import shortened
from dispute.exchange.dna.case_files import as_yaml
from dispute.exchange.dna.layout import Row, cut, date_of, fit, numbers_of
from dispute.exchange.notes import as_note, from_note
from dispute.exchange.wording import Tally, sentences, unlike
from helpers.case.cells import cell_problem
from helpers.case.load import Case
from helpers.case.schema import fields
from helpers.dates.edtf import bounds
from helpers.words import is_visible

# Columns of DOCUMENTS and of `article_attributes`.
OWN = {"Author": "author", "Section": "section", "Type": "type", "Notes": "notes"}
# Columns of articles that stand in the notes: the first two where any of them does.
ALWAYS = ["article_id", "published"]
NOTED = [*ALWAYS, "published_basis", "captured", "origin", "language", "rights"]
FIRST = "article_id: "
BASIS = "the date kept in the DNA database"
RIGHTS = "not stated in the DNA database"


@dataclass(frozen=True)
class Document:
    """A document as a case has it: its id, sidecar, and what `article_attributes` hold of it.

    `is_moved`: its notes have another day than DNA, whose day is taken.
    """

    row: Row
    article_id: str
    known: dict[str, str]
    attributes: dict[str, str]
    is_moved: bool

    def files(self) -> dict[str, bytes]:
        """Its two files, by their paths: its text, and what is known of it."""
        text = self.row["Text"].encode("utf-8")
        known: dict[str, object] = {name: words for name, words in self.known.items() if words}
        known["language"] = self.known["language"].split(";")
        known["sha256"] = hashlib.sha256(text).hexdigest()
        path = f"articles/{self.article_id}"
        return {f"{path}.txt": text, f"{path}.yaml": as_yaml(known)}


def documents_of(rows: list[Row]) -> tuple[list[Document], list[str]]:
    """The documents of a database, and sentences on what was decided."""
    noted = {row["ID"]: _from_notes(row["Notes"]) for row in rows}
    wanted = {
        number: lines["article_id"] or f"doc-{number}" for number, (_, lines) in noted.items()
    }
    ids = unlike(wanted, "{}-{}")
    documents = [_document(row, ids[row["ID"]], *noted[row["ID"]]) for row in rows]
    moved = Tally(
        sum(document.is_moved for document in documents),
        "document",
        ", the day as DNA has it, not as the notes",
    )
    return documents, sentences("Decided", [moved])


def attribute_rows(documents: list[Document]) -> list[Row]:
    """Rows of `article_attributes.csv`: its columns are those in which something is said."""
    said = {name for one in documents for name, words in one.attributes.items() if words}
    filled = [name for name in OWN.values() if name in said]
    rows = []
    for one in documents:
        cells = {name: one.attributes[name] for name in filled}
        rows.append({"article_id": one.article_id, **cells})
    return rows if filled else []


def _from_notes(notes: str) -> tuple[str, dict[str, str]]:
    """The notes of a document, and the columns of articles that stand below them.

    Where one of these is not as it should be, all is taken as a note.
    """
    nothing = dict.fromkeys(NOTED, "")
    head, found, tail = f"\n{notes}".rpartition(f"\n{FIRST}")
    if not found:
        return notes, nothing
    lines = from_note(FIRST + tail, NOTED)
    more = lines.pop("note", "")
    described = fields("articles", "raw")
    is_written = all(lines.get(name) for name in ALWAYS)
    faults = (cell_problem(described[name], words, True) for name, words in lines.items())
    if not is_written or any(faults):
        return notes, nothing
    return "\n".join(filter(None, [head[1:], more])), nothing | lines


def _document(row: Row, article_id: str, notes: str, noted: dict[str, str]) -> Document:
    day = date_of(row).date()
    usual = _usual(row["ID"], day)
    is_moved = bool(noted["published"]) and one_day(noted["published"]) != day
    kept = {name: words for name, words in noted.items() if words}
    if is_moved:
        kept |= {"published": usual["published"], "published_basis": BASIS}
    known = {
        "title": row["Title"] if is_visible(row["Title"]) else _untitled(row["ID"]),
        "publisher": row["Source"] if is_visible(row["Source"]) else "",
        **usual,
        **kept,
    }
    del known["article_id"]
    own = {**row, "Notes": notes}
    attributes = {name: fit(own[column]) for column, name in OWN.items()}
    return Document(row, article_id, known, attributes, is_moved)


def _usual(number: int, day: date) -> dict[str, str]:
    """What an import says by itself of a document."""
    return {
        "article_id": f"doc-{number}",
        "published": day.isoformat(),
        "published_basis": BASIS,
        "captured": "",
        "origin": "",
        "language": "und",
        "rights": RIGHTS,
    }


def _untitled(number: int) -> str:
    return f"Document {number}"


def one_day(published: str) -> date:
    """The one day of an EDTF date that DNA can keep: the first, or the last where that is open."""
    first, last = bounds(published)
    return last if first == date.min else first


def document_numbers(case: Case) -> dict[str, int]:
    """article_id to the number of the document: its own, where all ids are those of an import."""
    return numbers_of(case.articles.article_id.tolist(), "doc-")


def document_rows(case: Case, coder: int) -> Iterator[Row]:
    """Rows of DOCUMENTS, in the order of the articles, each of the coder of that number.

    Texts have line feeds alone: DNA's text window counts each line end as one unit, its list of
    statements as it is stored.
    """
    own = {row["article_id"]: row for row in case.article_attributes.to_dict("records")}
    numbers = document_numbers(case)
    for article in case.articles.to_dict("records"):
        article_id, title = article["article_id"], article["title"]
        number, day = numbers[article_id], one_day(article["published"])
        yield {
            "ID": number,
            "Title": "" if title == _untitled(number) else cut(title),
            "Text": shortened(case.texts[article_id]),
            "Coder": coder,
            "Source": cut(article["publisher"]),
            "Date": (day - date(1970, 1, 1)) // timedelta(seconds=1),
            **_own_columns(own.get(article_id, {}), _noted(article, number, day)),
        }


def _own_columns(own: Mapping[str, str], noted: str) -> Row:
    row = {column: cut(own.get(name, "")) for column, name in OWN.items()}
    return row | {"Notes": "\n".join(filter(None, [own.get("notes", ""), noted]))}


def _noted(article: Mapping[str, str], number: int, day: date) -> str:
    """The lines of an article in the notes of its document; none where an import says the same."""
    usual = _usual(number, day)
    differing = {name: article[name] for name in NOTED if article[name] != usual[name]}
    if not differing:
        return ""
    always = {name: article[name] for name in ALWAYS}
    return as_note({**always, **differing})
