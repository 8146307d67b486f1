"""Edited rows: one row of a raw table changed, put in or taken out, all others byte for byte.

Where the file has no column for a value, it gets one, and is then written anew.
"""

from codecs import BOM_UTF8
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from helpers.case.files import csv_text
from helpers.case.raw_tables import end_of, records, with_line_feeds
from helpers.case.schema import SCHEMA, file_columns

Row = Mapping[str, str]


class Line(NamedTuple):
    """A row as it stands in its file: its text with the line end, and its cells."""

    text: str
    cells: list[str]


def with_row(content: bytes, table: str, before: Row | None, after: Row | None) -> bytes:
    """The bytes of a raw table in which the row with the key of `before` has become `after`.

    Without `before` the row is put below the others, without `after` it is taken out. Raises
    ValueError where there is no such row.
    """
    return _edited(content, table, before, [after] if after else [])


def with_rows(content: bytes, table: str, rows: Sequence[Row]) -> bytes:
    """The bytes of a raw table with rows put below the others."""
    return _edited(content, table, None, rows)


def _edited(content: bytes, table: str, before: Row | None, after: Sequence[Row]) -> bytes:
    header, *lines = _lines(content, table)
    names, end = header.cells, end_of(header.text)
    given = {name for row in after for name, cell in row.items() if cell}
    if new := [name for name in file_columns(table) if name in given and name not in names]:
        blank = [""] * len(new)
        lines = [_written([*line.cells, *blank], end) for line in lines]
        header = _written([*names, *new], end)
    fresh = [_written(_cells(row, header.cells), end) for row in after]
    place = len(lines) if before is None else _place(lines, header.cells, table, before)
    lines[place : place + 1] = fresh
    mark = BOM_UTF8 if content.startswith(BOM_UTF8) else b""
    return mark + "".join(line.text for line in [header, *lines]).encode()


def _cells(row: Row, names: Sequence[str]) -> list[str]:
    return [row.get(name, "") for name in names]


def _written(cells: list[str], end: str) -> Line:
    return Line(csv_text([cells])[:-1] + end, cells)


def _lines(content: bytes, table: str) -> list[Line]:
    """Header and rows of a table, each with a line end; blank lines at its end go."""
    text = with_line_feeds(content.decode("utf-8-sig")) or csv_text([file_columns(table)])
    lines = [Line(words, cells) for cells, words in records(text)]
    while len(lines) > 1 and not any(cell.strip() for cell in lines[-1].cells):
        lines.pop()
    if not lines[-1].text.endswith("\n"):
        lines[-1] = Line(lines[-1].text + end_of(lines[0].text), lines[-1].cells)
    return lines


def _place(lines: list[Line], names: list[str], table: str, row: Row) -> int:
    key = SCHEMA["raw"][table]["key"]
    for place, line in enumerate(lines):
        cells = dict(zip(names, line.cells, strict=False))
        if all(cells.get(name, "") == row[name] for name in key):
            return place
    raise ValueError(f"{table}: no row {' | '.join(row[name] for name in key)}")
