"""Sittings: one coder's rows in memory, and the steps that lead from one state to the next.

A step is several changes of rows that count as one. Nothing is judged here (`checking`) and nothing
written (`journal`).
"""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from dispute.desk.tables import Row, Table


@dataclass(frozen=True)
class Change:
    """A row before and after; None where there is none."""

    table: str
    id: str
    before: Row | None
    after: Row | None

    def undone(self) -> "Change":
        """The change back."""
        return Change(self.table, self.id, self.after, self.before)


@dataclass(frozen=True)
class Step:
    """Changes that are done and undone together, and what they are called."""

    changes: tuple[Change, ...]
    words: str

    def undone(self) -> "Step":
        """The step back: its changes the other way round, the last first."""
        return Step(tuple(change.undone() for change in reversed(self.changes)), self.words)

    def as_data(self) -> dict[str, Any]:
        """For a line of the journal."""
        return {"changes": [vars(change) for change in self.changes], "words": self.words}

    @classmethod
    def of_data(cls, said: Mapping[str, Any]) -> "Step":
        """From a line of the journal."""
        return cls(tuple(Change(**change) for change in said["changes"]), said["words"])


class ConflictError(ValueError):
    """A step that begins from rows that are otherwise now."""


@dataclass
class Sitting:
    """The rows of a coder since the desk was opened: what was done, and what was undone again."""

    tables: Mapping[str, Table]
    name: str = field(default_factory=lambda: secrets.token_hex(4))
    count: int = 0
    done: list[Step] = field(default_factory=list)
    ahead: list[Step] = field(default_factory=list)

    @property
    def version(self) -> str:
        """What tells this state from all others."""
        return f"{self.name}-{self.count}"

    @property
    def undo_words(self) -> str:
        """What would be undone, in words; empty where nothing can be."""
        return self.done[-1].words if self.done else ""

    @property
    def redo_words(self) -> str:
        """What would be done again."""
        return self.ahead[-1].words if self.ahead else ""

    def expect(self, step: Step) -> None:
        """Raise ConflictError where a row is not as the step says it was before."""
        for change in step.changes:
            if self.tables[change.table].rows.get(change.id) != change.before:
                raise ConflictError(f"{change.id} is otherwise now than this change says it was")

    def take(self, step: Step) -> Step:
        """Do a step; what had been undone cannot be done again after it."""
        self._carry_out(step)
        self.done.append(step)
        self.ahead.clear()
        return step

    def undo(self) -> Step:
        """Undo the last step; returns the step back. Raises IndexError where there is none."""
        step = self.done.pop()
        self._carry_out(step.undone())
        self.ahead.append(step)
        return step.undone()

    def redo(self) -> Step:
        """Do again what was undone last. Raises IndexError where there is nothing."""
        step = self.ahead.pop()
        self._carry_out(step)
        self.done.append(step)
        return step

    def _carry_out(self, step: Step) -> None:
        for change in step.changes:
            self.tables[change.table].put(change.id, change.after)
        self.count += 1

    def changed(self, step: Step) -> dict[str, dict[str, Row | None]]:
        """The rows that a step touched, as they are now, by table and id."""
        found: dict[str, dict[str, Row | None]] = {}
        for change in step.changes:
            row = self.tables[change.table].rows.get(change.id)
            found.setdefault(change.table, {})[change.id] = row
        return found
