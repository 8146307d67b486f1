"""Faults of the input, each with its place, what stands there and what was expected."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TypeVar

from helpers.case.spelling import closest

Row = TypeVar("Row")

# As a spreadsheet counts: the header is row 1.
FIRST_ROW = 2
WIDTH = 60


@dataclass(frozen=True, order=True)
class Problem:
    """One fault of the input.

    `row` counts as a spreadsheet does, the header being row 1; 0 is the whole file.
    """

    file: str
    row: int
    column: str
    found: str
    expected: str

    def __str__(self) -> str:
        place = self.file
        if self.row:
            place += f", row {self.row}"
        if self.column:
            place += f", {self.column}"
        return f"{place}: found {self.found}; expected {self.expected}"


class CaseError(ValueError):
    """A case folder that cannot be used. `problems` holds every fault."""

    def __init__(self, problems: list[Problem]) -> None:
        self.problems = problems
        super().__init__("\n".join(map(str, problems)))


def numbered(rows: Iterable[Row]) -> Iterator[tuple[int, Row]]:
    """The rows of a table, each with the number that a `Problem` gives it."""
    return enumerate(rows, start=FIRST_ROW)


def shown(value: object) -> str:
    """A value as a problem shows it: quoted, on one line, at most 60 characters."""
    text = repr(str(value))
    return text if len(text) <= WIDTH else text[: WIDTH - 3] + "...'"


def shown_cell(value: str) -> str:
    """A cell as a problem shows it: `nothing` where it is empty."""
    return shown(value) if value else "nothing"


def nearest(value: object, choices: Iterable[object]) -> str:
    """` (did you mean …?)` where one of the choices is near, else nothing.

    What is near is said in `spelling`.
    """
    near = closest(str(value), map(str, choices))
    return f" (did you mean {near}?)" if near else ""
