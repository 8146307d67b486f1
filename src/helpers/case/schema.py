"""The one description of every table, `tables.yaml`: its columns, their order and meaning.

No column of a table is listed anywhere else. The validator, the writers, the data package and the
dictionary ask here.
"""

import itertools
import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

import yaml

# libyaml reads ten times as fast; PyYAML may have been built without it.
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
SCHEMA = yaml.load(files("helpers.case").joinpath("tables.yaml").read_bytes(), Loader=_LOADER)

# What stands for the folder of each coder, or of each proposer, in the path of a file.
CODER, PROPOSER = "<coder>", "<proposer>"

# What `tables.yaml` says of one column: type, description, pattern, enum, in, list.
Field = dict[str, Any]


@dataclass(frozen=True)
class Unit:
    """A kind of coded unit: its words, the table that holds it, and that table's column of ids."""

    noun: str
    table: str
    id: str


def columns(table: str, floor: str = "processed") -> list[str]:
    """The columns of a table in their order; `floor` is `raw` or `processed`."""
    return list(SCHEMA[floor][table]["columns"])


def file_columns(table: str) -> list[str]:
    """The columns of the file of a raw table: without the one that its folder says."""
    of_folder = folder_column(table)
    return [name for name in columns(table, "raw") if name != of_folder]


def folder_column(table: str) -> str:
    """The column of a raw table that the name of its folder says (`coder`); empty without one."""
    named = re.search("<([a-z]+)>", SCHEMA["raw"][table]["file"])
    return named[1] if named else ""


def table_of(file: str) -> str:
    """The raw table of a file, by its path in a case; empty where it is that of none."""
    return next((table for table, path in _paths().items() if path.fullmatch(file)), "")


@cache
def _paths() -> dict[str, re.Pattern[str]]:
    """How the path of each raw table looks, whosever folder it is in."""
    files = {table: spec["file"] for table, spec in SCHEMA["raw"].items()}
    return {table: re.compile(re.sub("<[a-z]+>", "[^/]+", file)) for table, file in files.items()}


def only_filled(table: str, floor: str = "processed") -> set[str]:
    """The columns of a table that are written only where a cell of them is filled."""
    return set(SCHEMA[floor][table].get("only_filled", []))


def optional(table: str, floor: str = "processed") -> set[str]:
    """The columns of a table in which a cell may be empty; `floor` is `raw` or `processed`."""
    return set(SCHEMA[floor][table].get("optional", []))


def fields(table: str, floor: str = "processed") -> dict[str, Field]:
    """Column name to field description, in the order of the columns.

    `floor` is `raw` or `processed`. A table's own description of a column goes before the common
    one; a column without a type is a `string`.
    """
    return dict(_fields(table, floor))


@cache
def _fields(table: str, floor: str) -> dict[str, Field]:
    own = SCHEMA[floor][table].get("fields", {})
    described = {}
    for column in columns(table, floor):
        field = own.get(column, SCHEMA["fields"][column])
        described[column] = {"type": "string", **field}
    return described


def is_open(table: str, floor: str = "raw") -> bool:
    """Whether a table may have columns of the case's own behind those that are described."""
    return bool(SCHEMA[floor][table].get("open"))


def columns_with(table: str, rows: Collection[Mapping[str, Any]] = ()) -> list[str]:
    """The columns of a new file of a raw table that holds some rows.

    Those of the case's own come last, in the order in which rows name them.
    """
    used = {name for row in rows for name, cell in row.items() if cell}
    spare = only_filled(table, "raw") - used
    described = [name for name in file_columns(table) if name not in spare]
    if not is_open(table):
        return described
    return [*dict.fromkeys(itertools.chain(described, *rows))]


# Every kind of unit that stands on words of an article.
UNITS = {
    spec["unit"]: Unit(spec["noun"], table, spec["key"][0])
    for table, spec in SCHEMA["raw"].items()
    if "unit" in spec
}
# The tables that have a file in each coder's folder, with the path of it.
BY_CODER = {name: spec["file"] for name, spec in SCHEMA["raw"].items() if CODER in spec["file"]}
# Those that have one in each proposer's folder.
BY_PROPOSER = {
    name: spec["file"] for name, spec in SCHEMA["raw"].items() if PROPOSER in spec["file"]
}
# Those of them that hold proposed passages, with the kind of unit that each would be.
PROPOSED = {
    name: SCHEMA["raw"][name]["proposes"]
    for name in BY_PROPOSER
    if "proposes" in SCHEMA["raw"][name]
}
# Those units that each coding pass marks for itself.
CODED = {name: unit for name, unit in UNITS.items() if "coder" in columns(unit.table, "raw")}
