"""The processed tables as a Data Package (datapackage.org)."""

import csv
import hashlib
import io
import json
from pathlib import Path
from typing import Any

from helpers.case.licences import licence_of
from helpers.case.model import Case
from helpers.case.schema import SCHEMA, Field, fields, optional
from helpers.case.table_files import PACKED, PLAIN, table_bytes, table_path
from helpers.case.tables import tables_of

EDTF = {"type": "string", "rdfType": "http://id.loc.gov/datatypes/edtf/EDTF"}


def datapackage(folder: Path | str, case: Case) -> str:
    """The tables of a folder as the JSON of a Data Package, profile `tabular-data-package`.

    Name, title, authors, licence, version and address are those of the case, as far as it says.
    Of each table: its columns, keys and links, its rows and bytes, and its SHA-256. All processed
    tables of the case must stand in the folder as CSV files, packed or not; raises
    FileNotFoundError where one does not. Its bytes and SHA-256 are those of the file as it stands.
    """
    said = {
        "version": case.version,
        "homepage": case.address,
        "contributors": [{"title": author, "role": "author"} for author in case.authors],
        "licenses": _licences(case.licence),
    }
    package = {
        "name": case.name,
        "title": case.title,
        "profile": "tabular-data-package",
        **{name: value for name, value in said.items() if value},
        "resources": [_resource(Path(folder), name) for name in tables_of(case)],
    }
    return json.dumps(package, ensure_ascii=False, indent=2) + "\n"


def _licences(words: str) -> list[dict[str, str]]:
    """The licence of the codings, where the case names one."""
    if not words:
        return []
    licence = licence_of(words)
    named = {"name": licence.id, "title": licence.title, "path": licence.address}
    return [{name: value for name, value in named.items() if value}]


def _resource(folder: Path, table: str) -> dict[str, Any]:
    path = table_path(folder, table)
    if path is None:
        raise FileNotFoundError(folder / f"{table}{PLAIN}")
    content = path.read_bytes()
    lines = csv.reader(io.StringIO(table_bytes(path).decode(), newline=""))
    header = next(lines)
    return {
        "name": table,
        "path": path.name,
        "profile": "tabular-data-resource",
        "description": SCHEMA["processed"][table]["description"],
        "format": "csv",
        "mediatype": "text/csv",
        **({"compression": "gz"} if path.name.endswith(PACKED) else {}),
        "encoding": "utf-8",
        "bytes": len(content),
        "hash": "sha256:" + hashlib.sha256(content).hexdigest(),
        "rows": sum(1 for _ in lines),
        "schema": _table_schema(table, header),
    }


def _table_schema(table: str, header: list[str]) -> dict[str, Any]:
    """A Table Schema of the columns that are there.

    A key of which a column may be empty is no primary key.
    """
    may_be_empty = optional(table)
    key = SCHEMA["processed"][table]["key"]
    schema = {
        "fields": [
            _field(column, field, column in may_be_empty)
            for column, field in fields(table).items()
            if column in header
        ],
        "missingValues": [""],
        "foreignKeys": _foreign_keys(table, header),
    }
    if not may_be_empty & set(key):
        schema["primaryKey"] = key
    return schema


def _field(column: str, field: Field, may_be_empty: bool) -> dict[str, Any]:
    kind = EDTF if field["type"] == "edtf" else {"type": field["type"]}
    described = {"name": column, **kind, "description": field["description"]}
    constraints: dict[str, Any] = {}
    if not may_be_empty:
        constraints["required"] = True
    if "enum" in field:
        constraints["enum"] = field["enum"]
    if constraints:
        described["constraints"] = constraints
    return described


def _foreign_keys(table: str, header: list[str]) -> list[dict[str, Any]]:
    """The columns that point to another processed table; a list of values cannot be told so."""
    keys = []
    for column, field in fields(table).items():
        home, _, target = field.get("in", "").partition(".")
        told = home in SCHEMA["processed"] and home != table and not field.get("list")
        if told and column in header:
            keys.append({"fields": column, "reference": {"resource": home, "fields": target}})
    return keys
