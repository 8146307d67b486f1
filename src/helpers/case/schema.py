"""The one description of every table, `tables.yaml`: its columns, their order and meaning.

No column of a table is listed anywhere else. The validator, the writers, the data package and the
dictionary ask here.
"""

from dataclasses import dataclass
from importlib.resources import files

import yaml

SCHEMA = yaml.safe_load(files("helpers.case").joinpath("tables.yaml").read_text(encoding="utf-8"))


@dataclass(frozen=True)
class Unit:
    """A kind of coded unit: its words, the table that holds it, and that table's column of ids."""

    noun: str
    table: str
    id: str


UNITS = {
    spec["unit"]: Unit(spec["noun"], table, spec["key"][0])
    for table, spec in SCHEMA["raw"].items()
    if "unit" in spec
}
CODED = {
    name: unit for name, unit in UNITS.items() if "coder" in SCHEMA["raw"][unit.table]["columns"]
}


def columns(table: str, floor: str = "processed") -> list[str]:
    """The columns of a table in their order; `floor` is `raw` or `processed`."""
    return list(SCHEMA[floor][table]["columns"])


def fields(table, floor="processed"):
    """Column name to field description, in the order of the columns; `floor` is `raw` or `processed`."""
    spec = SCHEMA[floor][table]
    return {
        column: {"type": "string", **spec.get("fields", {}).get(column, SCHEMA["fields"][column])}
        for column in spec["columns"]
    }
