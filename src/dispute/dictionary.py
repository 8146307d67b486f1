"""The data dictionary: what every column of every table means, as Markdown."""

from helpers.case.schema import SCHEMA, Field, columns, fields, file_columns, only_filled, optional


def dictionary(floor: str = "processed") -> str:
    """Each table of a floor as Markdown: a heading, what a row is, and its columns as a table.

    `floor` is `processed` or `raw`. A column has its name, its type and whether it may be empty or
    left out, its meaning and allowed values; a raw table has the name of its file.
    """
    return "\n".join(_table(name, floor) for name in SCHEMA[floor])


def _table(name: str, floor: str) -> str:
    spec = SCHEMA[floor][name]
    file = f"`{spec['file']}`: " if "file" in spec else ""
    lines = [
        f"### {name}",
        "",
        f"{file}{spec['description']}{_key(spec['key'])}",
        "",
        "| column | type | meaning |",
        "|---|---|---|",
    ]
    described = fields(name, floor)
    for column in file_columns(name) if floor == "raw" else columns(name):
        field = described[column]
        lines.append(_column(column, field, _freedom(column, name, floor)))
    return "\n".join(lines) + "\n"


def _key(key: list[str]) -> str:
    """What makes a row one of its own, as a sentence; none where two rows may be alike."""
    return f" One row for each {' + '.join(key)}." if key else ""


def _freedom(column: str, table: str, floor: str) -> str:
    """Whether a column of a table may be empty, or left out."""
    if column in SCHEMA[floor][table].get("may_lack", only_filled(table, floor)):
        return ", may be left out"
    return ", may be empty" if column in optional(table, floor) else ""


def _column(name: str, field: Field, freedom: str) -> str:
    kind = field["type"] + freedom
    meaning = field["description"]
    if "enum" in field:
        meaning += f" One of: {', '.join(map(str, field['enum']))}."
    return f"| `{name}` | {kind} | {meaning} |"
