"""Settings and case without fault: the step before all others."""

from pathlib import Path

from dispute.run.settings import RefusedError, Settings


def write_check(asked: Settings, folder: Path) -> None:
    """A word that settings and case are without fault; raises RefusedError with every problem."""
    from dispute.run.choices import all_problems

    if faults := all_problems(asked):
        raise RefusedError(faults)
    (folder / "checked").write_text("no problem\n")
