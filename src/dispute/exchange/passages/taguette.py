"""Taguette: its database (SQLite), of the web server or as a project is exported.

Places count bytes of UTF-8 in the text of an HTML document, its tags left out. Who highlighted is
told by `commands` alone; in a project that was exported, that is `admin` for all. A highlight has
tags and no note.
"""

import html
import json
import re
import sqlite3
from collections import defaultdict
from collections.abc import Iterator, Mapping
from html.parser import HTMLParser
from importlib.resources import files as packaged
from typing import Any

from dispute.exchange.counting import shortened
from dispute.exchange.databases import filled, rows_of
from dispute.exchange.notes import as_note, from_note
from dispute.exchange.offsets import units
from dispute.exchange.passages.giving import ABOUT, SAID
from dispute.exchange.passages.record import Document, Project, Record
from helpers.case.cells import UNFIT

KIND = "Taguette"
WANTED: dict[str, dict[str, type]] = {
    "projects": {"id": int, "name": str},
    "documents": {
        "id": int,
        "name": str,
        "description": str,
        "project_id": int,
        "contents": str,
    },
    "tags": {"id": int, "path": str, "description": str},
    "highlights": {
        "id": int,
        "document_id": int,
        "start_offset": int,
        "end_offset": int,
        "snippet": str,
    },
    "highlight_tags": {"highlight_id": int, "tag_id": int},
    "commands": {"id": int, "user_login": str, "payload": str},
}
# Taguette asks when a thing was made. The same case gives the same bytes, so it is no clock.
STAMP = "1970-01-01 00:00:00.000000"
LONGEST_NAME, LONGEST_LOGIN = 200, 30


class _Words(HTMLParser):
    """The text of an HTML document, as a browser has it."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []

    def handle_data(self, data: str) -> None:
        self.parts.append(data)


def _text(page: str) -> str:
    words = _Words()
    words.feed(shortened(page))
    words.close()
    return "".join(words.parts)


def read(files: Mapping[str, bytes]) -> Project:
    """The one project of a database. Raises ValueError for what is no such database."""
    (content,) = files.values()
    tables = rows_of(content, KIND, WANTED)
    if len(tables["projects"]) != 1:
        some = ", ".join(row["name"][:40] for row in tables["projects"][:8])
        raise ValueError(f"{len(tables['projects'])} projects ({some}); expected one, exported")
    project = Project(title=tables["projects"][0]["name"])
    names: dict[int, str] = {}
    for row in tables["documents"]:
        names[row["id"]] = row["name"]
        about = from_note(row["description"], ABOUT)
        project.documents.append(Document(row["name"], _text(row["contents"]), about))
    if len(set(names.values())) < len(names):
        raise ValueError("two documents of one name; expected a name of its own for each")
    tags = {row["id"]: row["path"] for row in tables["tags"]}
    project.codes = {row["path"]: from_note(row["description"], SAID) for row in tables["tags"]}
    of: dict[int, list[str]] = defaultdict(list)
    for row in tables["highlight_tags"]:
        of[row["highlight_id"]].append(tags.get(row["tag_id"], ""))
    coders = dict(_coders(tables["commands"]))
    for row in tables["highlights"]:
        if row["document_id"] not in names:
            raise ValueError(f"highlight {row['id']}: a document that is not there")
        project.records.append(
            Record(
                names[row["document_id"]],
                row["start_offset"],
                row["end_offset"],
                "UTF-8",
                quote=_text(row["snippet"]),
                codes=tuple(code for code in of[row["id"]] if code),
                coder=coders.get(row["id"], ""),
                place=f"highlight {row['id']}",
            )
        )
    return project


def _coders(commands: list[dict[str, Any]]) -> Iterator[tuple[int, str]]:
    """Highlights with whoever made them: a later change of one is made by a command as well."""
    known = set()
    for row in commands:
        try:
            payload = json.loads(row["payload"])
        except (ValueError, RecursionError):
            continue
        if isinstance(payload, dict) and payload.get("type") == "highlight_add":
            number = payload.get("highlight_id")
            if isinstance(number, int) and number not in known:
                known.add(number)
                yield number, row["user_login"]


# Out.


def write(project: Project) -> bytes:
    """A project as a database. Raises ValueError for names that Taguette cannot hold."""
    for noun, most, names in (
        ("tag", LONGEST_NAME, project.codes),
        ("document", LONGEST_NAME, [one.name for one in project.documents]),
        ("user", LONGEST_LOGIN, {record.coder for record in project.records}),
    ):
        if longest := [name for name in names if len(name) > most]:
            raise ValueError(f"the {noun} {longest[0]!r}; Taguette holds {most} characters")
    layout = (
        packaged("dispute.exchange.passages").joinpath("taguette.sql").read_text(encoding="utf-8")
    )
    return filled(layout, lambda database: _fill(database, project))


def _fill(database: sqlite3.Connection, project: Project) -> None:
    def put(table: str, rows: list[tuple[Any, ...]]) -> None:
        if rows:
            places = ", ".join("?" * len(rows[0]))
            database.executemany(f"INSERT INTO {table} VALUES ({places})", rows)

    coders = ["admin", *dict.fromkeys(one.coder for one in project.records if one.coder != "admin")]
    blank = (STAMP, None, False, None, None, None, None)
    put("users", [(coder, *blank) for coder in coders])
    put("projects", [(1, UNFIT.sub("", project.title)[:LONGEST_NAME], "", STAMP)])
    put("project_members", [(1, coder, "ADMIN") for coder in coders])
    documents = {one.name: number for number, one in enumerate(project.documents, start=1)}
    texts = {one.name: shortened(one.text or "") for one in project.documents}
    put(
        "documents",
        [
            (
                *(documents[one.name], one.name, as_note(one.about), f"{one.name}.html", STAMP, 1),
                *("LEFT_TO_RIGHT", _page(texts[one.name])),
            )
            for one in project.documents
        ],
    )
    tags = {code: number for number, code in enumerate(project.codes, start=1)}
    put("tags", [(tags[code], 1, code, as_note(said)) for code, said in project.codes.items()])
    whole = {one.name: one.text or "" for one in project.documents}
    for number, record in enumerate(project.records, start=1):
        document = documents[record.document]
        before = shortened(whole[record.document][: record.start])
        words = shortened(record.quote)
        start = units(before, len(before), "UTF-8")
        end = start + units(words, len(words), "UTF-8")
        put("highlights", [(number, document, start, end, _page(words))])
        own = [tags[code] for code in record.codes]
        put("highlight_tags", [(number, tag) for tag in own])
        payload = {"start_offset": start, "end_offset": end, "highlight_id": number, "tags": own}
        said = json.dumps({"type": "highlight_add", **payload}, sort_keys=True)
        put("commands", [(number, STAMP, record.coder, 1, document, said)])


def _page(text: str) -> str:
    """A text as HTML that has these words and no other: a line is a paragraph.

    What stands before the first paragraph is no text to a browser: it is drawn into it.
    """
    lines = re.findall(r"\A\s*[^\n]+|[^\n]+|\n+", text)
    return "".join(
        line if not line.strip("\n") else f"<p>{html.escape(line, quote=False)}</p>"
        for line in lines
    )
