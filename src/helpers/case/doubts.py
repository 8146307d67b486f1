"""Doubts: what is no fault of a case, and yet is likely not meant."""

from dataclasses import dataclass


@dataclass(frozen=True, order=True)
class Doubt:
    """A warning: nothing is refused for it. The fields are those of a `Problem`."""

    file: str
    row: int
    column: str
    found: str
    expected: str

    def __str__(self) -> str:
        place = f"{self.file}, row {self.row}, {self.column}"
        return f"Warning: {place}: found {self.found}; expected {self.expected}"
