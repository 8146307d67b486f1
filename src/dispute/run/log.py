"""What a run says: to a reader on the screen, and to machines in a file of JSON lines."""

import contextlib
import json
import os
import sys
import time
from datetime import UTC, datetime
from pathlib import Path

from helpers.case.files import write_file
from helpers.words import printable

# Lines of an earlier log that stay: some hundreds of runs.
KEPT = 10_000
# Characters of a line on the screen.
WIDTH = 300
# A step that took less (seconds) is not worth a line on the screen.
WORTH_TELLING = 1


def say(*lines: str) -> None:
    """Print lines at once. A reader who went away stops no run."""
    try:
        for text in lines:
            for line in text.split("\n"):
                print(printable(line, WIDTH), flush=True)
    except OSError:
        sys.stdout = open(os.devnull, "w", encoding="utf-8")


class Log:
    """The log of one run. A log that cannot be written stops no run.

    Called with an event, a step and a reason. `begin` and `run` start a clock; `made`, `end` and
    `failed` tell how many seconds have passed since.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self.begun: dict[str, float] = {}
        with contextlib.suppress(OSError):
            _keep_the_last_lines(path)

    def __call__(self, event: str, step: str, why: str) -> None:
        now = time.monotonic()
        line: dict[str, object] = {
            "at": datetime.now(UTC).isoformat(timespec="seconds"),
            "pid": os.getpid(),
            "event": event,
            "step": step,
            "why": why,
        }
        if event in ("run", "begin"):
            self.begun[step] = now
        seconds = round(now - self.begun.get(step, now), 2)
        if event in ("made", "end", "failed"):
            line["seconds"] = seconds
        _tell_reader(event, step, why, seconds)
        with contextlib.suppress(OSError):
            self.path.parent.mkdir(parents=True, exist_ok=True)
            with open(self.path, "a", encoding="utf-8") as file:
                file.write(json.dumps(line) + "\n")


def _keep_the_last_lines(path: Path) -> None:
    """Shorten a file that has grown to twice the lines that are kept."""
    with open(path, "rb") as file:
        lines = file.readlines()
    if len(lines) > 2 * KEPT:
        write_file(path, b"".join(lines[-KEPT:]))


def _tell_reader(event: str, step: str, why: str, seconds: float) -> None:
    """Tell that a step starts, and that it is done where that took long."""
    if event == "run":
        say(f"{step} … ({why})")
    elif event == "made" and seconds >= WORTH_TELLING:
        say(f"{step}: {seconds:.1f} s")
