"""Faults of the input, each with its place, what stands there and what was expected."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TypeVar

from helpers.case.spelling import closest
from helpers.words import printable

Row = TypeVar("Row")

# As a spreadsheet counts: the header is row 1.
FIRST_ROW = 2
WIDTH = 60
# Characters of a part of a problem: its place and column, and its words.
PLACE, WORDS = 120, 400
# So many problems of one kind are told one by one, and so many lines of them at all.
EACH, LINES = 3, 150
# Of the rows of the rest, so many are named.
ROWS = 8
# So many problems of one column are listed at all.
MOST = 1_000


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
        found, expected = printable(self.found, WORDS), printable(self.expected, WORDS)
        return f"{self.place}: found {found}; expected {expected}"

    @property
    def place(self) -> str:
        """File, row and column as they are told."""
        place = printable(self.file, PLACE)
        if self.row:
            place += f", row {self.row}"
        if self.column:
            place += f", {printable(self.column, PLACE)}"
        return place

    @property
    def kind(self) -> tuple[str, str, str]:
        """What problems have in common that are told together: file, column, what was expected."""
        words = re.split(r"[0-9'“(]", self.expected[:WORDS], maxsplit=1)[0]
        return self.file, re.sub("[0-9]+", "", self.column[:PLACE]), words


class CaseError(ValueError):
    """A case folder that cannot be used. `problems` holds every fault."""

    def __init__(self, problems: list[Problem]) -> None:
        self.problems = problems
        super().__init__("\n".join(told(problems)))


def told(problems: Iterable[Problem]) -> list[str]:
    """Problems as lines to be read: of many of one kind in one file the first, and how many more.

    They stand in their order; the lines are short, and there are at most `LINES` of problems.
    """
    kinds: dict[tuple[str, str, str], list[Problem]] = {}
    for problem in problems:
        kinds.setdefault(problem.kind, []).append(problem)
    lines: list[str] = []
    left = 0
    for some in kinds.values():
        if len(lines) >= LINES:
            left += len(some)
            continue
        # One more line would say no more than the problem itself.
        each = len(some) if len(some) <= EACH + 1 else EACH
        lines += map(str, some[:each])
        if some[each:]:
            lines.append(_more(some[each:]))
    return [*lines, f"and {left} more problems in other places"] if left else lines


def _more(problems: list[Problem]) -> str:
    """Problems of one kind in a line: how many, and where the first of them are."""
    first = problems[0]
    place = Problem(first.file, 0, first.column, "", "").place
    rows = [str(problem.row) for problem in problems[:ROWS] if problem.row]
    noun = "rows" if len(rows) > 1 else "row"
    where = f": {noun} {', '.join(rows)}" if rows else ""
    dots = ", …" if rows and len(problems) > ROWS else ""
    return f"{place}: {len(problems)} more such problems{where}{dots}"


def first_of(problems: Iterable[Problem]) -> Iterator[Problem]:
    """Problems of one kind, but no more than `MOST`: the last one says that there may be more."""
    for number, problem in enumerate(problems, start=1):
        if number > MOST:
            found = f"{MOST} problems before this one"
            yield Problem(problem.file, problem.row, problem.column, found, "them mended first")
            return
        yield problem


def numbered(rows: Iterable[Row]) -> Iterator[tuple[int, Row]]:
    """The rows of a table, each with the number that a `Problem` gives it."""
    return enumerate(rows, start=FIRST_ROW)


def shown(value: object) -> str:
    """A value as a problem shows it: quoted, on one line, at most 60 characters."""
    text = repr(str(value)[:WIDTH])
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
