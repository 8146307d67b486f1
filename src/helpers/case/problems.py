"""Faults of the input, each with its place, what stands there and what was expected."""

import difflib
from dataclasses import dataclass


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
