"""Processed tables: written exactly as the schema says, and read back with their types."""

from pathlib import Path

import pandas as pd

from helpers.case.cells import table_problems
from helpers.case.files import write_file
from helpers.case.schema import SCHEMA, fields


def typed(frame, table, floor="processed"):
    """A frame of strings with its integers (`Int64`) and numbers (`Float64`) as such; text stays text, empty where empty."""
    kinds = {"integer": "Int64", "number": "Float64"}
    return frame.assign(
        **{
            column: pd.to_numeric(frame[column].replace("", None)).astype(kinds[field["type"]])
            if field["type"] in kinds
            else frame[column].astype("str")
            for column, field in fields(table, floor).items()
        }
    )


def table_text(frame, table):
    """A processed table as CSV text: its columns only, rows sorted (or as they come, where `sort` is empty), numbers with six decimals, one line end.

    Raises ValueError, with every problem, where the table is not as `tables.yaml` says.
    """
    spec = SCHEMA["processed"][table]
    if strangers := sorted(set(map(str, frame.columns)) - set(spec["columns"])):
        raise ValueError(
            f"{table}: the column {', '.join(strangers)} is not described in tables.yaml"
        )
    by = spec.get("sort", spec["key"])
    ordered = frame[spec["columns"]].sort_values(by, kind="stable") if by else frame
    strings = pd.DataFrame(
        {
            column: [
                ("" if pd.isna(v) else f"{v:.6f}" if field["type"] == "number" else str(v))
                for v in ordered[column]
            ]
            for column, field in fields(table).items()
        },
        dtype=object,
    )
    if faults := table_problems({table: strings}):
        raise ValueError("\n".join(map(str, faults)))
    return strings.to_csv(index=False, lineterminator="\n")


def write_table(frame, table, folder):
    """Write a processed table into a folder, whole or not at all. An empty folder name writes nothing."""
    if folder:
        write_file(Path(folder) / f"{table}.csv", table_text(frame, table).encode("utf-8"))


def read_tables(folder):
    """The processed tables of a folder, by name, typed; only those that are there."""
    found = {name: Path(folder) / f"{name}.csv" for name in SCHEMA["processed"]}
    return {
        name: typed(pd.read_csv(path, dtype=object, keep_default_na=False), name)
        for name, path in found.items()
        if path.exists()
    }
