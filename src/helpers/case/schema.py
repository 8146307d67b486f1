"""The tables: one description (`tables.yaml`) that checks them, writes them and documents them."""

import csv
import difflib
import hashlib
import io
import json
import os
import re
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path

import pandas as pd
import yaml

from helpers.dates import edtf as dates

UNFIT = re.compile(
    "[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]"
)  # what XML 1.0 has no way to write, and so no feed and no figure
SCHEMA = yaml.safe_load(files("helpers.case").joinpath("tables.yaml").read_text(encoding="utf-8"))
PATTERNS = {"id": r"[a-z0-9][a-z0-9_-]*(\.[a-z0-9_-]+)*", "day": r"\d{4}-\d\d-\d\d"}
csv.field_size_limit(1_000_000)


@dataclass(frozen=True, order=True)
class Problem:
    """One fault of the input. `row` counts as a spreadsheet does, the header being row 1; 0 is the whole file."""

    file: str
    row: int
    column: str
    found: str
    expected: str

    def __str__(self):
        place = (
            self.file
            + (f", row {self.row}" if self.row else "")
            + (f", {self.column}" if self.column else "")
        )
        return f"{place}: found {self.found}; expected {self.expected}"


def shown(value):
    """A value as a problem shows it: quoted, on one line, at most 60 characters."""
    text = repr(str(value))
    return text if len(text) <= 60 else text[:57] + "...'"


def nearest(value, choices):
    """` (did you mean …?)` where one of the choices is close, else nothing."""
    close = difflib.get_close_matches(str(value), [str(c) for c in choices], n=1)
    return f" (did you mean {close[0]}?)" if close else ""


def fields(table, floor="processed"):
    """Column name to field description, in the order of the columns; `floor` is `raw` or `processed`."""
    spec = SCHEMA[floor][table]
    return {
        column: {"type": "string", **spec.get("fields", {}).get(column, SCHEMA["fields"][column])}
        for column in spec["columns"]
    }


def read(path, table, shown_as):
    """A raw CSV file as strings: `(frame, problems)`. The frame has the table's columns, whatever was found.

    `shown_as` is the file's name in the problems. A column that is missing stays None, so that no cell of it is judged.
    """
    columns = SCHEMA["raw"][table]["columns"]
    empty = pd.DataFrame(columns=columns, dtype=object)
    try:
        text = Path(path).read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        row = error.object[: error.start].count(b"\n") + 1
        return empty, [
            Problem(
                shown_as, row, "", f"the byte 0x{error.object[error.start]:02x}", "text in UTF-8"
            )
        ]
    except OSError as error:
        return empty, [
            Problem(
                shown_as,
                0,
                "",
                error.strerror or "no file",
                "a CSV file with the columns " + ", ".join(columns),
            )
        ]
    if "\0" in text:
        return empty, [
            Problem(
                shown_as, text[: text.index("\0")].count("\n") + 1, "", "a NUL character", "text"
            )
        ]
    try:
        header, *rows = csv.reader(io.StringIO(text, newline=""), strict=True)
    except (csv.Error, ValueError) as error:
        return empty, [
            Problem(
                shown_as,
                0,
                "",
                f"{error}" if text else "an empty file",
                "comma-separated values with a header",
            )
        ]
    problems = []
    spare = [c for c in SCHEMA["raw"][table].get("may_lack", []) if c not in header]
    for column in [c for c in columns if c not in (*header, *spare)]:
        problems.append(
            Problem(shown_as, 1, column, "no such column", f"the columns {', '.join(columns)}")
        )
    for column in header:
        if column not in columns or header.count(column) > 1:
            problems.append(
                Problem(
                    shown_as,
                    1,
                    column,
                    "an unknown or repeated column",
                    f"one of its columns{nearest(column, columns)}",
                )
            )
    for number, row in enumerate(rows, start=2):
        if len(row) != len(header):
            problems.append(
                Problem(
                    shown_as,
                    number,
                    "",
                    f"{len(row)} cells",
                    f"{len(header)} cells, as in the header",
                )
            )
    padded = [(row + [""] * len(header))[: len(header)] for row in rows]
    frame = pd.DataFrame(padded, columns=header, dtype=object)
    return frame.assign(**dict.fromkeys(spare, "")).loc[
        :, lambda f: ~f.columns.duplicated()
    ].reindex(columns=columns).astype(object).where(lambda f: f.notna(), None), problems


def cell_problem(field, value, optional):
    """What a cell should have held, or None where it is right. `value` is a string."""
    if value == "":
        return None if optional else "a value"
    if UNFIT.search(value):
        return "text without control characters"
    kind = field["type"]
    if kind == "integer" and not re.fullmatch(r"-?\d{1,9}", value):
        return "a whole number"
    if kind == "number" and not re.fullmatch(r"-?\d+(\.\d+)?", value):
        return "a number"
    if kind == "edtf":
        try:
            dates.bounds(value)
        except ValueError as error:
            return str(error)
    pattern = PATTERNS.get(field.get("pattern"), field.get("pattern"))
    for part in parts(field, value):
        if pattern and not re.fullmatch(pattern, part):
            return (
                f"a value like {field['pattern']}"
                if field["pattern"] not in PATTERNS
                else "a day like 2019-02-25"
                if field["pattern"] == "day"
                else "an id: lower-case letters, digits, - _ ."
            )
        if "enum" in field and part not in map(str, field["enum"]):
            return "one of " + ", ".join(map(str, field["enum"])) + nearest(part, field["enum"])
    return None


def parts(field, value):
    """The values in a cell: several where the field is a list, none where the cell is empty."""
    return [] if value == "" else value.split(";") if field.get("list") else [value]


def problems(tables, floor="processed", names=None):
    """All faults in the cells, keys and links of tables of strings: a list of `Problem`.

    `tables` maps a table's name to its frame; `names` maps it to the file to tell. A link to a table that is not among them is not judged.
    """
    found, values = [], {}
    for name, frame in tables.items():
        for column in frame:
            values[f"{name}.{column}"] = set(frame[column].dropna())
    for name, frame in tables.items():
        spec, file = SCHEMA[floor][name], (names or {}).get(name, f"{name}.csv")
        for column, field in fields(name, floor).items():
            link = field.get("in", "")
            for row, value in enumerate(frame[column], start=2):
                if value is None:
                    continue
                expected = cell_problem(field, value, column in spec.get("optional", []))
                if expected:
                    found.append(
                        Problem(file, row, column, shown(value) if value else "nothing", expected)
                    )
                    continue
                for part in parts(field, value):
                    if link in values and part not in values[link]:
                        home = link.split(".")[0]
                        found.append(
                            Problem(
                                file,
                                row,
                                column,
                                shown(part),
                                f"a value listed in {(names or {}).get(home, home)}{nearest(part, values[link])}",
                            )
                        )
        seen = {}
        for row, key in enumerate(frame[spec["key"]].itertuples(index=False, name=None), start=2):
            if None not in key and key in seen:
                found.append(
                    Problem(
                        file,
                        row,
                        " + ".join(spec["key"]),
                        shown(" + ".join(key)),
                        f"a value of its own; row {seen[key]} has it already",
                    )
                )
            seen.setdefault(key, row)
    return found


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


def text(frame, table):
    """A processed table as CSV text: its columns only, rows sorted (or as they come, where `sort` is empty), numbers with six decimals, one line end.

    Raises ValueError, with every problem, where the table is not as `tables.yaml` says.
    """
    spec = SCHEMA["processed"][table]
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
    if faults := problems({table: strings}):
        raise ValueError("\n".join(map(str, faults)))
    return strings.to_csv(index=False, lineterminator="\n")


def write(frame, table, folder):
    """Write a processed table into a folder, whole or not at all. An empty folder name writes nothing."""
    if folder:
        replace(Path(folder) / f"{table}.csv", text(frame, table).encode("utf-8"))


def replace(path, content):
    """Put bytes at a path: written beside it, then moved, so that a reader meets the old or the new file."""
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_name(f".{path.name}.{os.getpid()}")
    beside.write_bytes(content)
    os.replace(beside, path)


def load(folder):
    """The processed tables of a folder, by name, typed; only those that are there."""
    found = {name: Path(folder) / f"{name}.csv" for name in SCHEMA["processed"]}
    return {
        name: typed(pd.read_csv(path, dtype=object, keep_default_na=False), name)
        for name, path in found.items()
        if path.exists()
    }


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


def dictionary():
    """The data dictionary as Markdown: each processed table with its columns, their type and meaning."""
    lines = []
    for name, spec in SCHEMA["processed"].items():
        lines += [
            f"### {name}",
            "",
            f"{spec['description']} One row for each {' + '.join(spec['key'])}.",
            "",
            "| column | type | meaning |",
            "|---|---|---|",
        ]
        for column, field in fields(name).items():
            kind = field["type"] + (", may be empty" if column in spec.get("optional", []) else "")
            allowed = f" One of: {', '.join(map(str, field['enum']))}." if "enum" in field else ""
            lines.append(f"| `{column}` | {kind} | {field['description']}{allowed} |")
        lines.append("")
    return "\n".join(lines)
