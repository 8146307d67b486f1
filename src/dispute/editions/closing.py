"""The files of a case, closed: few words of its articles, and how each file is opened again."""

import csv
import hashlib
import io
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

from dispute.editions.edits import Change, Edit, changed
from helpers.case.closed_edition import CUT, Closing, free_columns
from helpers.case.files import csv_text
from helpers.case.folder import files_of
from helpers.case.schema import table_of

# What is closed; other files (pages that were fetched, texts) are left out.
ENDINGS = {".csv", ".md", ".yaml"}
CELL = re.compile(r'"(?:[^"]|"")*"|[^,\r\n]*')
LINE_END = re.compile(r"\r\n|\n|\r")


class ClosedFile(NamedTuple):
    """A closed text, the SHA-256 of the open file, and the edits that lead back to it."""

    text: str
    sha256: str
    edits: list[Edit]


class Cell(NamedTuple):
    """A cell of a CSV text: where it stands, and what it says."""

    start: int
    end: int
    value: str


def closed_files(folder: Path, closing: Closing) -> tuple[dict[str, ClosedFile], dict[str, str]]:
    """The closed files of a case by their paths, and what is left out with its SHA-256.

    Articles' texts are in neither, nor what a desk keeps for itself.
    """
    closed, left_out = {}, {}
    for path in sorted(files_of(folder)):
        name = path.relative_to(folder).as_posix()
        is_text = name.startswith("articles/") and path.suffix == ".txt"
        if not path.is_file() or is_text or path.name.startswith("."):
            continue
        content = path.read_bytes()
        digest = hashlib.sha256(content).hexdigest()
        text = _text(content) if path.suffix in ENDINGS else None
        if text is None:
            left_out[name] = digest
            continue
        changes = _of_table(name, text, closing) if path.suffix == ".csv" else _of(text, closing)
        shown, edits = changed(text, changes, closing.words)
        closed[name] = ClosedFile(shown, digest, edits)
    return closed, left_out


def _text(content: bytes) -> str | None:
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError:
        return None


def _of(text: str, closing: Closing) -> Iterator[Change]:
    for start, end in closing.cuts(text):
        yield Change(start, end, f" {CUT}")


def _of_table(name: str, text: str, closing: Closing) -> Iterator[Change]:
    """The changes of a table, cell by cell: a passage gets its place where it has none."""
    header: list[str] = []
    free: set[str] = set()
    for cells in _rows(text):
        if not header:
            header = [cell.value for cell in cells]
            free = set(free_columns(table_of(name), header))
            continue
        row = {column: cell.value for column, cell in zip(header, cells, strict=False)}
        shown = _shown(row, free, closing)
        for column, cell in zip(header, cells, strict=False):
            if shown[column] != cell.value:
                yield Change(cell.start, cell.end, csv_text([[shown[column]]])[:-1])


def _shown(row: Mapping[str, str], free: set[str], closing: Closing) -> dict[str, str]:
    """What a closed table shows of a row."""
    place: Any = None
    numbers = {}
    if "article_id" in row:
        place = row["article_id"], row.get("start", ""), row.get("end", "")
        passage = closing.place(row.get("quote", ""), *place)
        if passage and {"start", "end"} <= set(row):
            numbers = {"start": str(passage.start), "end": str(passage.end)}
    shown = {
        column: closing.cell(column, value, place) if column in free else value
        for column, value in row.items()
    }
    return shown | numbers


def _rows(text: str) -> Iterator[list[Cell]]:
    """The cells of a CSV text, row by row, each with its place."""
    place = int(text.startswith("\ufeff"))
    cells: list[Cell] = []
    while place < len(text):
        found = CELL.match(text, place)
        start, end = found.span() if found else (place, place)
        value = next(csv.reader(io.StringIO(text[start:end], newline="")), [""])
        cells.append(Cell(start, end, value[0] if value else ""))
        line_end = LINE_END.match(text, end)
        place = line_end.end() if line_end else end + 1
        if line_end or place >= len(text):
            yield cells
            cells = []
