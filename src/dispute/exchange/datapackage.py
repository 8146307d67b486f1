"""The processed tables as a Data Package (datapackage.org)."""

import csv
import hashlib
import io
import json
from pathlib import Path

from helpers.case.schema import SCHEMA, fields


def datapackage(folder, title):
    """The folder's tables as a Data Package (datapackage.org): columns, keys, rows, bytes and SHA-256 of each."""
    resources = []
    for name, spec in SCHEMA["processed"].items():
        content = (Path(folder) / f"{name}.csv").read_bytes()
        resources.append(
            {
                "name": name,
                "path": f"{name}.csv",
                "description": spec["description"],
                "format": "csv",
                "mediatype": "text/csv",
                "encoding": "utf-8",
                "bytes": len(content),
                "hash": "sha256:" + hashlib.sha256(content).hexdigest(),
                "rows": sum(1 for _ in csv.reader(io.StringIO(content.decode(), newline=""))) - 1,
                "schema": {
                    "fields": [
                        _field(column, field, spec) for column, field in fields(name).items()
                    ],
                    "missingValues": [""],
                    "foreignKeys": _foreign_keys(name),
                    **(
                        {}
                        if set(spec["key"]) & set(spec.get("optional", []))
                        else {"primaryKey": spec["key"]}
                    ),
                },
            }
        )
    package = {
        "name": "server-dispute",
        "title": title,
        "profile": "tabular-data-package",
        "licenses": [{"name": "CC-BY-4.0", "title": "Creative Commons Attribution 4.0"}],
        "resources": resources,
    }
    return json.dumps(package, ensure_ascii=False, indent=2) + "\n"


def _field(column, field, spec):
    constraints = {} if column in spec.get("optional", []) else {"required": True}
    if "enum" in field:
        constraints["enum"] = field["enum"]
    kind = {"edtf": {"type": "string", "rdfType": "http://id.loc.gov/datatypes/edtf/EDTF"}}.get(
        field["type"], {"type": field["type"]}
    )
    return {
        "name": column,
        **kind,
        "description": field["description"],
        **({"constraints": constraints} if constraints else {}),
    }


def _foreign_keys(table):
    keys = []
    for column, field in fields(table).items():
        home, _, target = field.get("in", "").partition(".")
        if home in SCHEMA["processed"] and home != table and not field.get("list"):
            keys.append({"fields": column, "reference": {"resource": home, "fields": target}})
    return keys
