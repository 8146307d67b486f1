"""Processed tables: written exactly as the schema says, and read back with their types.

`table_files` says which file a table is.
"""

import csv
import io
from collections.abc import Iterable
from pathlib import Path

import pandas as pd

from helpers.case.cells import table_problems
from helpers.case.files import csv_text
from helpers.case.model import Case
from helpers.case.schema import SCHEMA, columns, fields, only_filled
from helpers.case.table_files import put_table, table_bytes, table_path

# What pandas calls the types of the schema that are not text.
NUMBERS = {"integer": "Int64", "number": "Float64"}


def typed(frame: pd.DataFrame, table: str, floor: str = "processed") -> pd.DataFrame:
    """A frame of strings with its integers (`Int64`) and numbers (`Float64`) as such.

    Text stays text, empty where empty. A column that the frame lacks is left out: tables of an
    earlier build may lack some.
    """
    typed_columns = {}
    for column, field in fields(table, floor).items():
        if column not in frame:
            continue
        if dtype := NUMBERS.get(field["type"]):
            typed_columns[column] = pd.to_numeric(frame[column].replace("", None)).astype(dtype)
        else:
            # Several times as fast as `astype`: a case has hundreds of short columns.
            typed_columns[column] = pd.array(frame[column].tolist(), dtype="str")
    every = {column: typed_columns.get(column, frame[column]) for column in frame}
    return pd.DataFrame(every, index=frame.index)


def table_text(frame: pd.DataFrame, table: str) -> str:
    """A processed table as CSV text: rows sorted, numbers with six decimals, one line end.

    Where the schema's `sort` is empty, rows stay as they come. What is `only_filled` is written
    only where a cell is. Raises ValueError where the frame has other columns
    than the schema says, or, with every problem, where a cell, key or link is not as it says.
    """
    _refuse_other_columns(frame, table)
    spec = SCHEMA["processed"][table]
    by = spec.get("sort", spec["key"])
    ordered = frame.sort_values(by, kind="stable") if by else frame
    written = {}
    spare = only_filled(table)
    for column, field in fields(table).items():
        cells = _written(ordered[column], field["type"]) if column in ordered else []
        if column not in spare or any(cells):
            written[column] = cells
    strings = pd.DataFrame(written, dtype=object)
    if problems := table_problems({table: strings}):
        raise ValueError("\n".join(map(str, problems)))
    return csv_text([list(written), *strings.itertuples(index=False, name=None)])


def tables_of(case: Case) -> list[str]:
    """The processed tables that a report of a case has: some need rows of a raw table."""
    needs = {name: spec.get("only_with", "") for name, spec in SCHEMA["processed"].items()}
    return [name for name, raw in needs.items() if not raw or len(getattr(case, raw))]


def _refuse_other_columns(frame: pd.DataFrame, table: str) -> None:
    described = columns(table)
    if strange := sorted(str(column) for column in frame if column not in described):
        names = ", ".join(strange)
        raise ValueError(f"{table}: the column {names} is not described in tables.yaml")
    needed = [column for column in described if column not in only_filled(table)]
    if missing := [column for column in needed if column not in frame]:
        names = ", ".join(missing)
        raise ValueError(f"{table}: the column {names} is missing, which tables.yaml describes")


def _written(cells: pd.Series, kind: str) -> list[str]:
    """A column as text; a missing value is an empty cell, and what is nearly 0 has no sign."""
    write = "{:z.6f}".format if kind == "number" else str
    pairs = zip(cells.tolist(), cells.isna().tolist(), strict=True)
    return ["" if is_missing else write(value) for value, is_missing in pairs]


def write_table(frame: pd.DataFrame, table: str, folder: Path | str) -> None:
    """Write a processed table into a folder, whole or not at all.

    An empty folder name writes nothing. Raises ValueError as `table_text` does.
    """
    if folder:
        put_table(folder, table, table_text(frame, table).encode("utf-8"))


def read_tables(
    folder: Path | str, names: Iterable[str] = SCHEMA["processed"]
) -> dict[str, pd.DataFrame]:
    """The processed tables of a folder, by name, typed; only those that are there.

    `names`: the tables that are wanted; all of them without it.
    """
    tables = {}
    for name in names:
        if path := table_path(folder, name):
            tables[name] = typed(_strings(path), name)
    return tables


def _strings(path: Path) -> pd.DataFrame:
    """A table as strings, letter for letter: pandas' own reader makes one of all line ends.

    Columns repeat their values: each is held once.
    """
    text = io.StringIO(table_bytes(path).decode("utf-8"), newline="")
    header, *rows = csv.reader(text, strict=True)
    known: dict[str, str] = {}
    for row in rows:
        row[:] = [known.setdefault(cell, cell) for cell in row]
    return pd.DataFrame(rows, columns=header, dtype=object)
