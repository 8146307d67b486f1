"""Settings and case without fault, and what is told of the case: the step before all others."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from dispute.run.settings import RefusedError, Settings

if TYPE_CHECKING:
    from helpers.case.load import Case

# The file of what is to be told before a run, a line each.
TOLD = "told.txt"


def write_check(asked: Settings, read: Callable[[], Case], folder: Path) -> None:
    """What is told of a case before its run; raises RefusedError with every problem.

    `read` gives the case once it is known to be without fault.
    """
    from dispute.run.choices import all_problems
    from dispute.run.letters import unspelled

    if faults := all_problems(asked):
        raise RefusedError(faults)
    lines = "".join(f"{doubt}\n" for doubt in unspelled(read()))
    (folder / TOLD).write_text(lines, encoding="utf-8")


def told(folder: Path) -> list[str]:
    """What `write_check` found to be told before a run."""
    return (folder / TOLD).read_text(encoding="utf-8").splitlines()
