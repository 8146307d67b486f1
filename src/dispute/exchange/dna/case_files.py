"""Files of a case folder as bytes: raw tables, and YAML."""

from typing import Any

import yaml

from dispute.exchange.dna.layout import Row
from helpers.case.cells import UNFIT
from helpers.case.files import csv_text
from helpers.case.schema import SCHEMA, columns_with


def raw_table(rows: list[Row], table: str) -> bytes:
    """Rows as the CSV text of a raw table, with the columns of the case's own that it may have.

    Raises ValueError, with the name of the file, where a cell holds a control character.
    """
    names = columns_with(table, rows)
    lines = [names]
    for row in rows:
        lines.append([str(row.get(name, "")) for name in names])
    text = csv_text(lines)
    if UNFIT.search(text):
        file = SCHEMA["raw"][table]["file"]
        raise ValueError(f"a control character in a name: {file} cannot hold it")
    return text.encode("utf-8")


def as_yaml(value: dict[str, Any]) -> bytes:
    """A mapping as YAML, its keys in their order."""
    return yaml.safe_dump(value, allow_unicode=True, sort_keys=False, encoding="utf-8")
