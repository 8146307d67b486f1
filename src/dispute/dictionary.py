"""The data dictionary: what every column of every table means, as Markdown."""

from helpers.case.schema import SCHEMA, Field, fields, optional


def dictionary() -> str:
    """Each processed table as Markdown: a heading, what a row is, and its columns as a table.

    A column has its name, its type and whether it may be empty, its meaning and allowed values.
    """
    return "\n".join(_table(name) for name in SCHEMA["processed"])


def _table(name: str) -> str:
    spec = SCHEMA["processed"][name]
    may_be_empty = optional(name)
    lines = [
        f"### {name}",
        "",
        f"{spec['description']} One row for each {' + '.join(spec['key'])}.",
        "",
        "| column | type | meaning |",
        "|---|---|---|",
    ]
    for column, field in fields(name).items():
        lines.append(_column(column, field, column in may_be_empty))
    return "\n".join(lines) + "\n"


def _column(name: str, field: Field, may_be_empty: bool) -> str:
    kind = field["type"]
    if may_be_empty:
        kind += ", may be empty"
    meaning = field["description"]
    if "enum" in field:
        meaning += f" One of: {', '.join(map(str, field['enum']))}."
    return f"| `{name}` | {kind} | {meaning} |"
