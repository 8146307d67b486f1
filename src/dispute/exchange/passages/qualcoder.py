"""QualCoder: the database of a project (`data.qda`, SQLite).

A coding is one code on one selection, with a memo of its own; places count UTF-16 units, as the
editor of Qt does, and the words are kept beside them. What is known of a statement besides its
codes is the memo of its issue (of its speaker, where another statement has that already).
"""

import sqlite3
from collections import defaultdict
from collections.abc import Iterator, Mapping
from importlib.resources import files as packaged
from typing import Any

from dispute.exchange.counting import Counting, shortened, way_by_words
from dispute.exchange.databases import filled, rows_of
from dispute.exchange.notes import as_note, from_note
from dispute.exchange.offsets import Unit, units
from dispute.exchange.passages.giving import ABOUT, SAID
from dispute.exchange.passages.mapping import BY_CODE, FIELDS, Meanings
from dispute.exchange.passages.record import Document, Project, Record

KIND = "QualCoder"
WANTED: dict[str, dict[str, type]] = {
    "source": {"id": int, "name": str, "fulltext": str, "memo": str, "mediapath": str},
    "code_name": {"cid": int, "name": str, "memo": str},
    "code_text": {
        "ctid": int,
        "cid": int,
        "fid": int,
        "seltext": str,
        "pos0": int,
        "pos1": int,
        "owner": str,
        "memo": str,
    },
    "code_image": {"imid": int},
    "code_av": {"avid": int},
    "annotation": {"anid": int},
    "cases": {"caseid": int},
    "journal": {"jid": int},
}
# What is not taken, and how it is told.
LEFT = {
    "code_image": "coding| of a picture",
    "code_av": "coding| of a recording",
    "annotation": "annotation",
    "cases": "case",
    "journal": "journal entry",
}
UNITS: tuple[Unit, ...] = ("UTF-16", "code point")
STAMP = "1970-01-01 00:00:00"
COLOUR = "#B8B8B8"


def read(files: Mapping[str, bytes]) -> Project:
    """The project of a database. Raises ValueError for what is no such database."""
    (content,) = files.values()
    tables = rows_of(content, KIND, WANTED)
    project = Project()
    texts: dict[int, str] = {}
    names: dict[int, str] = {}
    for row in tables["source"]:
        names[row["id"]] = row["name"]
        if row["fulltext"]:
            texts[row["id"]] = row["fulltext"]
            about = from_note(row["memo"], ABOUT)
            project.documents.append(Document(row["name"], row["fulltext"], about))
        else:
            project.left["source| without text"] += 1
    codes = {row["cid"]: row["name"] for row in tables["code_name"]}
    project.codes = {row["name"]: from_note(row["memo"], SAID) for row in tables["code_name"]}
    for row in tables["code_text"]:
        if row["fid"] not in texts or row["cid"] not in codes:
            raise ValueError(f"coding {row['ctid']}: a source or a code that is not there")
        project.records.append(
            Record(
                names[row["fid"]],
                row["pos0"],
                row["pos1"],
                _unit(texts[row["fid"]], row),
                quote=row["seltext"],
                codes=(codes[row["cid"]],),
                coder=row["owner"],
                attributes=from_note(row["memo"], FIELDS),
                place=f"coding {row['ctid']}",
            )
        )
    for table, noun in LEFT.items():
        if tables[table]:
            project.left[noun] = len(tables[table])
    return project


def _unit(text: str, row: Mapping[str, Any]) -> Unit:
    """The unit under which the words of a coding stand at its place.

    Marking by hand counts as Qt does, automatic coding as Python does.
    """
    ways = [Counting(unit) for unit in UNITS]
    way = way_by_words([(text, row["pos0"], row["pos1"], row["seltext"])], ways)
    return way.unit if way else UNITS[0]


# Out.


def write(project: Project) -> bytes:
    """A project as a database. Raises ValueError for statements that one coding cannot part."""
    layout = (
        packaged("dispute.exchange.passages").joinpath("qualcoder.sql").read_text(encoding="utf-8")
    )
    return filled(layout, lambda database: _fill(database, project))


def _fill(database: sqlite3.Connection, project: Project) -> None:
    first = next((record.coder for record in project.records), "default")
    about = (project.title, "dispute", None, None, first)
    database.execute("INSERT INTO project VALUES ('v5', ?, ?, ?, ?, ?, ?)", (STAMP, *about))
    documents = {one.name: (number, one) for number, one in enumerate(project.documents, start=1)}
    for number, one in documents.values():
        row = (number, one.name, shortened(one.text or ""), as_note(one.about), first, STAMP)
        database.execute("INSERT INTO source VALUES (?, ?, ?, NULL, ?, ?, ?, NULL)", row)
    codes = {code: number for number, code in enumerate(project.codes, start=1)}
    for code, said in project.codes.items():
        row = (codes[code], code, as_note(said), first, STAMP, COLOUR)
        database.execute("INSERT INTO code_name VALUES (?, ?, ?, NULL, ?, ?, ?)", row)
    taken: set[tuple] = set()
    for record, fields, is_told in _with_fields(project):
        document, one = documents[record.document]
        before = shortened((one.text or "")[: record.start])
        words = shortened(record.quote)
        start = units(before, len(before))
        span = (document, words, start, start + units(words, len(words)), record.coder)
        host = next((code for code in record.codes[:2] if (code, *span) not in taken), "")
        if not host:
            raise ValueError(
                f"{record.codes[0]} twice on {record.document} {record.start}-{record.end} by "
                f"{record.coder}; QualCoder holds a code once on a selection"
            )
        known = {} if is_told and host == record.codes[0] else fields
        memos = {host: as_note({**record.attributes, **known})}
        for code in record.codes:
            if (code, *span) not in taken:
                taken.add((code, *span))
                database.execute(
                    "INSERT INTO code_text (cid, fid, seltext, pos0, pos1, owner, date, memo)"
                    " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                    (codes[code], *span, STAMP, memos.get(code, "")),
                )


def _with_fields(project: Project) -> Iterator[tuple[Record, dict[str, str], bool]]:
    """Each record with what its codes mean, and whether the codes on its selection tell who speaks.

    Where they do not, or where the issue has the memo of another, the memo says it.
    """
    meanings = Meanings()
    of: dict[tuple, list[tuple[Record, dict[str, str]]]] = defaultdict(list)
    for record in project.records:
        fields: dict[str, str] = {}
        for code in record.codes:
            fields |= meanings.of(code) or {}
        of[record.document, record.start, record.end, record.coder].append((record, fields))
    for some in of.values():
        who = {tuple(map(fields.get, BY_CODE[2:])) for _, fields in some}
        issues = {record.codes[0] for record, _ in some}
        for record, fields in some:
            yield record, fields, len(who) == 1 and len(issues) == len(some)
