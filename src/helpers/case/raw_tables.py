"""Raw tables: CSV files that people write, read as strings, with every fault of their form.

`read_raw` reads in three steps: bytes to text, text to lines of cells, lines to a frame. Each step
gives a `Problem` in place of its result where it cannot go on.
"""

import csv
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pandas as pd

from helpers.case.files import read_bytes
from helpers.case.problems import Problem, first_of, nearest, numbered
from helpers.case.schema import SCHEMA, columns

csv.field_size_limit(1_000_000)
# A file of more bytes, rows or columns is no table that people wrote.
BYTES, ROWS, COLUMNS = 100_000_000, 1_000_000, 200


def read_raw(path: Path, table: str, shown_as: str) -> tuple[pd.DataFrame, list[Problem]]:
    """A raw CSV file as strings, and its problems.

    The frame has the table's columns, whatever was found. `shown_as` is the file's name in the
    problems. A column that is missing stays None, so that no cell of it is judged.
    """
    expected = columns(table, "raw")
    nothing = pd.DataFrame(columns=expected, dtype=object)
    text = _text(path, shown_as, expected)
    if isinstance(text, Problem):
        return nothing, [text]
    lines = _lines(text, shown_as)
    if isinstance(lines, Problem):
        return nothing, [lines]
    header, *rows = lines
    may_lack = SCHEMA["raw"][table].get("may_lack", [])
    spare = [column for column in may_lack if column not in header]
    problems = [
        *_columns_are_there([*header, *spare], expected, shown_as),
        *_columns_are_known(header, expected, shown_as),
        *first_of(_rows_are_even(header, rows, shown_as)),
    ]
    return _frame(header, rows, spare, expected), problems


def _text(path: Path, shown_as: str, expected: list[str]) -> str | Problem:
    try:
        text = read_bytes(path, BYTES).decode("utf-8-sig")
    except UnicodeDecodeError as error:
        row = error.object[: error.start].count(b"\n") + 1
        byte = f"the byte 0x{error.object[error.start]:02x}"
        return Problem(shown_as, row, "", byte, "text in UTF-8")
    except OSError as error:
        wanted = "a CSV file with the columns " + ", ".join(expected)
        return Problem(shown_as, 0, "", error.strerror or "no file", wanted)
    if "\0" in text:
        row = text[: text.index("\0")].count("\n") + 1
        return Problem(shown_as, row, "", "a NUL character", "text")
    return text


def _lines(text: str, shown_as: str) -> list[list[str]] | Problem:
    wanted = "comma-separated values with a header"
    lines: list[list[str]] = []
    try:
        for line in csv.reader(_parts(text), strict=True):
            lines.append(line)
            if len(lines) > ROWS:
                return Problem(shown_as, 0, "", f"more than {ROWS} rows", "a table in parts")
    except csv.Error as error:
        return Problem(shown_as, len(lines) + 1, "", *_fault(error, wanted))
    if lines and len(lines[0]) > COLUMNS:
        return Problem(shown_as, 1, "", f"{len(lines[0])} columns", f"at most {COLUMNS}")
    return lines or Problem(shown_as, 0, "", "an empty file", wanted)


def _parts(text: str) -> Iterator[str]:
    """The lines of a file, each with its end: parted by carriage returns if it has no others.

    Elsewhere a carriage return is part of a cell, and stands in quotation marks.
    """
    end = "\n" if "\n" in text else "\r"
    start = 0
    while start < len(text):
        stop = text.find(end, start) + 1 or len(text)
        yield text[start:stop]
        start = stop


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
        if column not in expected or counts[column] > 1:
            wanted = f"one of its columns{nearest(column, expected)}"
            yield Problem(file, 1, column, "an unknown or repeated column", wanted)


def _rows_are_even(header: list[str], rows: list[list[str]], file: str) -> Iterator[Problem]:
    for number, row in numbered(rows):
        if len(row) != len(header):
            wanted = f"{len(header)} cells, as in the header"
            yield Problem(file, number, "", f"{len(row)} cells", wanted)


def _frame(
    header: list[str], rows: list[list[str]], spare: list[str], expected: list[str]
) -> pd.DataFrame:
    """The rows under the expected columns: padded or cut to the header, a missing column None.

    `spare` are columns that the file may lack: they are empty, not missing.
    """
    width = len(header)
    padded = [(row + [""] * width)[:width] for row in rows]
    frame = pd.DataFrame(padded, columns=header, dtype=object)
    frame = frame.loc[:, ~frame.columns.duplicated()]
    frame = frame.assign(**dict.fromkeys(spare, "")).reindex(columns=expected).astype(object)
    return frame.where(frame.notna(), None)
