"""Raw tables: CSV files that people write, read as strings, with every fault of their form.

`read_raw` reads in three steps: bytes to text, text to lines of cells, lines to a frame. Each step
gives a `Problem` in place of its result where it cannot go on.
"""

import csv
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

import pandas as pd

from helpers.case.cells import UNFIT
from helpers.case.files import read_bytes
from helpers.case.problems import Problem, first_of, nearest, numbered, shown
from helpers.case.schema import SCHEMA, file_columns, is_open
from helpers.case.table_forms import form_of_bytes, form_of_text

csv.field_size_limit(1_000_000)
# A file of more bytes, rows or columns is no table that people wrote.
BYTES, ROWS, COLUMNS = 100_000_000, 1_000_000, 200


class RawTable(NamedTuple):
    """A raw table as strings, with the problems of its form.

    The frame has the table's columns, whatever was found; a column that is missing is None. Where
    `is_read` is false, the file could not be read at all, and nothing is to be judged by it; where
    `is_there` is false, there is none, and that is a fault only if another table points to it.
    """

    frame: pd.DataFrame
    problems: list[Problem]
    is_read: bool = True
    is_there: bool = True


def read_raw(path: Path, table: str, shown_as: str) -> RawTable:
    """A raw CSV file; `shown_as` is its name in the problems."""
    may_lack = SCHEMA["raw"][table].get("may_lack", [])
    return read_csv(path, shown_as, file_columns(table), may_lack, has_own=is_open(table))


def read_csv(
    path: Path, shown_as: str, expected: list[str], may_lack: list[str], has_own: bool = False
) -> RawTable:
    """A CSV file that people write, with the columns that are expected.

    It may do without those of `may_lack`: they are empty then. With `has_own`, further columns are
    the case's own.
    """
    nothing = pd.DataFrame(columns=expected, dtype=object)
    text = _text(path, shown_as, expected)
    if isinstance(text, Problem):
        return RawTable(nothing, [text], is_read=False, is_there=path.exists())
    lines = _lines(text, shown_as)
    if isinstance(lines, Problem):
        return RawTable(nothing, [lines], is_read=False)
    header, rows = _without_empty_edges(lines)
    if has_own:
        expected = [*dict.fromkeys([*expected, *filter(_is_a_name, header)])]
    spare = [column for column in may_lack if column not in header]
    problems = [
        *first_of(_cells_have_a_name(header, rows, shown_as)),
        *_columns_are_there([*header, *spare], expected, shown_as),
        *_columns_are_known(header, expected, shown_as),
        *first_of(_rows_are_even(header, rows, shown_as)),
    ]
    return RawTable(_frame(header, rows, spare, expected), problems)


def _text(path: Path, shown_as: str, expected: list[str]) -> str | Problem:
    try:
        content = read_bytes(path, BYTES)
    except OSError as error:
        wanted = "a CSV file with the columns " + ", ".join(expected)
        return Problem(shown_as, 0, "", error.strerror or "no file", wanted)
    if form := form_of_bytes(content):
        return Problem(shown_as, form.row, "", form.found, form.expected)
    text = content.decode("utf-8-sig")
    if "\0" in text:
        row = text[: text.index("\0")].count("\n") + 1
        return Problem(shown_as, row, "", "a NUL character", "text")
    if form := form_of_text(text, expected):
        return Problem(shown_as, form.row, "", form.found, form.expected)
    return text


def _lines(text: str, shown_as: str) -> list[list[str]] | Problem:
    wanted = "comma-separated values with a header"
    lines: list[list[str]] = []
    try:
        for line in csv.reader(lines_of(text), strict=True):
            lines.append(line)
            if len(lines) > ROWS:
                return Problem(shown_as, 0, "", f"more than {ROWS} rows", "a table in parts")
    except csv.Error as error:
        return Problem(shown_as, len(lines) + 1, "", *_fault(error, wanted))
    if lines and len(lines[0]) > COLUMNS:
        return Problem(shown_as, 1, "", f"{len(lines[0])} columns", f"at most {COLUMNS}")
    return lines or Problem(shown_as, 0, "", "an empty file", wanted)


def _without_empty_edges(lines: list[list[str]]) -> tuple[list[str], list[list[str]]]:
    """Header and rows without what spreadsheets leave: blank rows at the end, empty last columns.

    A column without a name goes where no cell stands in it.
    """
    header, *rows = lines
    while rows and _is_blank(rows[-1]):
        rows.pop()
    width = len(header)
    while width and _is_blank(header[width - 1 :]) and _is_blank(_column(rows, width - 1)):
        width -= 1
    return header[:width], [row[:width] if _is_blank(row[width:]) else row for row in rows]


def _is_a_name(column: str) -> bool:
    return bool(column.strip()) and not UNFIT.search(column)


def _is_blank(cells: list[str]) -> bool:
    return not any(cell.strip() for cell in cells)


def _column(rows: list[list[str]], place: int) -> list[str]:
    return [row[place] for row in rows if len(row) > place]


def _cells_have_a_name(header: list[str], rows: list[list[str]], file: str) -> Iterator[Problem]:
    """What stands in a column of the header without a name belongs nowhere."""
    for place, name in enumerate(header, start=1):
        if name.strip():
            continue
        for number, row in numbered(rows):
            if len(row) >= place and row[place - 1].strip():
                found = f"{shown(row[place - 1])} under no name"
                wanted = "a name of the column in row 1, or nothing"
                yield Problem(file, number, f"column {place}", found, wanted)


def lines_of(text: str) -> Iterator[str]:
    """The lines of a file, each with its end: parted by carriage returns if it has no others.

    Elsewhere a carriage return is part of a cell, and stands in quotation marks.
    """
    end = "\n" if "\n" in text else "\r"
    start = 0
    while start < len(text):
        stop = text.find(end, start) + 1 or len(text)
        yield text[start:stop]
        start = stop


def with_line_feeds(text: str) -> str:
    """A file that is parted by carriage returns alone, parted by line feeds; others as they are.

    Below carriage returns no row can stand that has a line feed.
    """
    return text if "\n" in text else text.replace("\r", "\n")


def records(text: str) -> Iterator[tuple[list[str], str]]:
    """The records of a file, each with its text, the end of its line included."""
    taken: list[str] = []

    def lines() -> Iterator[str]:
        for line in lines_of(text):
            taken.append(line)
            yield line

    for cells in csv.reader(lines(), strict=True):
        yield cells, "".join(taken)
        taken.clear()


def end_of(line: str) -> str:
    """With what a line ends; where nothing ends it, a line feed."""
    return line[len(line.rstrip("\r\n")) :] or "\n"


def _fault(error: csv.Error, wanted: str) -> tuple[str, str]:
    """What a reader of CSV stumbled over, and what was expected."""
    if "new-line character" in str(error):
        return "a carriage return alone", "a cell with line ends in quotation marks"
    return str(error), wanted


def _columns_are_there(header: list[str], expected: list[str], file: str) -> Iterator[Problem]:
    for column in expected:
        if column not in header:
            yield Problem(file, 1, column, "no such column", f"the columns {', '.join(expected)}")


def _columns_are_known(header: list[str], expected: list[str], file: str) -> Iterator[Problem]:
    counts = Counter(header)
    for column in header:
        if column.strip() and (column not in expected or counts[column] > 1):
            wanted = f"one of its columns{nearest(column, expected)}"
            yield Problem(file, 1, column, "an unknown or repeated column", wanted)


def _rows_are_even(header: list[str], rows: list[list[str]], file: str) -> Iterator[Problem]:
    for number, row in numbered(rows):
        if _is_blank(row) and len(row) != len(header):
            yield Problem(file, number, "", "a blank row", "none but at the end")
        elif len(row) != len(header):
            wanted = f"{len(header)} cells, as in the header"
            if len(row) > len(header):
                wanted += " (a cell with a comma in it stands in quotation marks)"
            yield Problem(file, number, "", f"{len(row)} cells", wanted)


def _frame(
    header: list[str], rows: list[list[str]], spare: list[str], expected: list[str]
) -> pd.DataFrame:
    """The rows under the expected columns: padded or cut to the header, a missing column None.

    `spare` are columns that the file may lack: they are empty, not missing.
    """
    width = len(header)
    padded = [(row + [""] * width)[:width] for row in rows]
    cells: dict[str, Sequence[str | None]] = dict.fromkeys(spare, [""] * len(rows))
    for place, column in enumerate(header):
        cells.setdefault(column, [row[place] for row in padded])
    missing = [None] * len(rows)
    columns = [cells.get(column, missing) for column in expected]
    return pd.DataFrame(list(zip(*columns, strict=True)), columns=expected, dtype=object)
