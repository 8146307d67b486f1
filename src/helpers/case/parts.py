"""Parts of a case that a program goes without: where they change, it need not run again.

A part is a table whose rows are left out; `notes`: what coders noted beside their units, but for
the words in it that are coded; or `proposals`: the folder of that name. Of a loaded case and of its
files the same is left out.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Collection
from dataclasses import replace
from typing import TYPE_CHECKING

from helpers.case import schema
from helpers.case.files import csv_text
from helpers.case.schema import CODED

if TYPE_CHECKING:
    from helpers.case.model import Case

NOTES, PROPOSALS = "notes", "proposals"
# What a note says of an earlier stance that an article tells without a time.
EARLIER = "told as earlier"
# The tables that can be left out, and the kind of unit that each holds, if any.
TABLES = {unit.table: kind for kind, unit in CODED.items()}
TABLES |= {"context_events": "", "sentences": ""}


def without(case: Case, parts: Collection[str]) -> Case:
    """A case without parts of it. Raises ValueError for a part that there is not."""
    if unknown := set(parts) - {NOTES, PROPOSALS, *TABLES}:
        expected = ", ".join([NOTES, *TABLES, PROPOSALS])
        raise ValueError(f"without {', '.join(sorted(unknown))}: expected some of {expected}")
    left_out = [table for table in TABLES if table in parts]
    frames = {table: getattr(case, table).head(0) for table in left_out}
    kinds = [TABLES[table] for table in left_out]
    frames["adjudication"] = case.adjudication[~case.adjudication.unit.isin(kinds)]
    if NOTES in parts:
        for unit in CODED.values():
            frame = frames.get(unit.table, getattr(case, unit.table))
            frames[unit.table] = frame.assign(note=frame.note.map(_coded_words).astype("str"))
    return replace(case, **frames)


def _coded_words(note: str) -> str:
    return EARLIER if EARLIER in note.lower() else ""


def table_of(name: str) -> str:
    """The table of TABLES, or `proposals`, that a file of a case (its path) is of; else empty."""
    if name.startswith(f"{PROPOSALS}/"):
        return PROPOSALS
    table = schema.table_of(name)
    return table if table in TABLES else ""


def without_notes(content: bytes) -> bytes:
    """The CSV of a table without its notes, but for what they code.

    What is no table with notes is left whole.
    """
    try:
        header, *rows = csv.reader(io.StringIO(content.decode("utf-8"), newline=""), strict=True)
        place = header.index("note")
        for row in rows:
            row[place] = _coded_words(row[place])
    except (ValueError, IndexError, csv.Error):
        return content
    return csv_text([header, *rows]).encode("utf-8")
