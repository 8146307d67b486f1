"""Whether a report is looked after: when a run last ended well, when the next is due, why not.

Every run writes `reports/health.json` as it begins and as it ends, however it ends. One that is
killed writes nothing more: its record has a beginning and no end.
"""

import json
import os
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, NamedTuple

from dispute.run.locks import holder_of
from helpers.case.files import write_file

HEALTH = "reports/health.json"
# What stands there before any run.
NEVER: dict[str, Any] = {"last_good": None, "next_due": None, "last_run": {}}
# What is told of the last run.
PARTS = {"began", "ended", "pid", "status", "why_not"}
DAMAGED = "damaged; the next run writes it anew"
# Characters of a reason.
WIDTH = 2_000

Health = dict[str, Any]


def begin(into: Path) -> None:
    """Write that a run of a report begins now; nothing where there is no such folder yet."""
    run = {"began": _now(), "ended": None, "pid": os.getpid(), "status": None, "why_not": ""}
    if into.is_dir():
        _write(into, {**(_read(into) or NEVER), "last_run": run})


def end(into: Path, status: int, why_not: object = "", due_days: float = 0) -> None:
    """Write that the run has ended, with its exit status, and why it did not end well.

    After a good run the next is due in `due_days`.
    """
    if not into.is_dir():
        return
    health, now = _read(into) or NEVER, _now()
    began = health["last_run"].get("began", now)
    run = {"began": began, "ended": now, "pid": os.getpid(), "status": status}
    if status == 0:
        due = datetime.fromisoformat(now) + timedelta(days=due_days)
        health = {"last_good": now, "next_due": due.isoformat()}
    _write(into, {**health, "last_run": {**run, "why_not": str(why_not)[:WIDTH]}})


class State(NamedTuple):
    """Whether all is well, and a sentence about it."""

    well: bool
    words: str


def state(into: Path, cache: Path) -> State:
    """How it stands now, by the file, the clock, and who holds the lock of the cache."""
    if not (into / HEALTH).exists():
        return State(False, f"{into / HEALTH}: no run has been recorded here")
    health = _read(into)
    if health is None:
        return State(False, f"{into / HEALTH}: {DAMAGED}")
    good, due, run = health["last_good"], health["next_due"], health["last_run"]
    last_good = f"the last good run ended at {good or 'no time yet'}"
    if run["ended"] is None and holder_of(cache).get("pid") == run["pid"]:
        return State(True, f"a run is going since {run['began']}; {last_good}")
    if run["ended"] is None:
        found = f"the run that began at {run['began']} was killed or stopped"
        return State(False, f"{found}; {last_good}")
    if run["status"] != 0:
        found = f"the run that ended at {run['ended']} failed, status {run['status']}"
        return State(False, f"{found}: {run['why_not']}\n{last_good}")
    if _now() > due:
        return State(False, f"overdue: a run was due by {due}; {last_good}")
    return State(True, f"well: the last run ended at {good}; the next is due by {due}")


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")


def _read(into: Path) -> Health | None:
    """What the file says; None where it cannot be read, or says less than it should."""
    try:
        health = json.loads((into / HEALTH).read_text(encoding="utf-8"))
        is_whole = health.keys() == NEVER.keys() and health["last_run"].keys() == PARTS
        return health if is_whole else None
    except (OSError, ValueError, AttributeError):
        return None


def _write(into: Path, health: Health) -> None:
    """Put the file in its place whole. One that cannot be written stops no run."""
    with suppress(OSError):
        write_file(into / HEALTH, f"{json.dumps(health, indent=1)}\n".encode())
