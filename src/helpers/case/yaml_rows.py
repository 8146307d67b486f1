"""YAML files that are rows of a table: the sidecar of an article, the sheet of a proposer.

A file of `name: value` lines gives a row of strings; a list is parted by ";".
"""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from helpers.case.problems import Problem, nearest
from helpers.case.yaml_strict import read_mapping

Cells = dict[str, str | None]


class YamlRow(NamedTuple):
    """A file as it was read: its name in problems, its content, and its row of the table.

    A value that no cell can hold is None in the row, as is every value of one that is unreadable.
    """

    file: str
    content: dict[Any, Any]
    row: Cells


def read_row(
    path: Path, shown_as: str, columns: Sequence[str], besides: Sequence[str] = ()
) -> tuple[YamlRow, list[Problem]]:
    """A YAML file as a row, and every problem of its form; `shown_as` is its name in them.

    `columns`: those of the table; the first is not said by the file. `besides`: names of the file
    that are no column.
    """
    content, problems = read_mapping(path, shown_as)
    row = {name: _cell(content.get(name)) if content else None for name in columns}
    read = YamlRow(shown_as, content, row)
    if content:
        problems += _values_fit_a_cell(read)
        problems += _names_are_known(read, columns, besides)
    return read, problems


def _cell(value: object) -> str | None:
    """A value as text, a list parted by ";"; None for what a cell cannot hold."""
    values = value if isinstance(value, list) else [value]
    if any(isinstance(one, list | dict | set) for one in values):
        return None
    return ";".join(map(_text, values))


def _text(value: object) -> str:
    """A value as text; the words yes and no are true and false to YAML."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    return "" if value is None else str(value)


def _values_fit_a_cell(read: YamlRow) -> Iterator[Problem]:
    for column, cell in read.row.items():
        if cell is None:
            expected = "a value, or a list of values"
            yield Problem(read.file, 0, column, "a mapping or a list of lists", expected)


def _names_are_known(
    read: YamlRow, columns: Sequence[str], besides: Sequence[str]
) -> Iterator[Problem]:
    for name in sorted(set(read.content) - {*columns, *besides}, key=str):
        known = ", ".join([*columns[1:], *besides])
        expected = f"one of {known}{nearest(name, columns)}"
        yield Problem(read.file, 0, str(name), "an unknown name", expected)
