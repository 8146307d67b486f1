"""Cells, keys and links of tables of strings: what each should hold, by the schema."""

import re

from helpers.case.problems import Problem, nearest, shown
from helpers.case.schema import SCHEMA, fields
from helpers.dates import edtf as dates

UNFIT = re.compile(
    "[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]"
)  # no XML can hold these
PATTERNS = {"id": r"[a-z0-9][a-z0-9_-]*(\.[a-z0-9_-]+)*", "day": r"\d{4}-\d\d-\d\d"}


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


def table_problems(tables, floor="processed", names=None):
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
