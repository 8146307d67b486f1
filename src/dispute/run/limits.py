"""What a machine allows a run: the number of open files."""

import contextlib
import os
from collections.abc import Sized

from helpers.case.owners import MachineError

# Open files of a run without notebooks, and of each notebook at a time; of a kernel. Measured: 62
# with two notebooks, 149 with five; a kernel 72.
BASE, EACH = 40, 24
WANTED = 1024


def at_once(books: Sized) -> int:
    """How many notebooks run at a time: as many as there are cores, and notebooks."""
    return min(os.cpu_count() or 1, len(books)) or 1


def expect_files(notebooks: int) -> None:
    """Allow this process, and those it starts, as many open files as the system does.

    `notebooks` run at a time. Raises MachineError, in a sentence, where that is too few: the
    library of the sockets would abort in the midst of the run.
    """
    try:
        import resource
    except ImportError:  # Windows has no such limit.
        return
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    endless = resource.RLIM_INFINITY
    allowed = WANTED if hard == endless else min(WANTED, hard)
    if soft != endless and soft < allowed:
        with contextlib.suppress(ValueError, OSError):
            resource.setrlimit(resource.RLIMIT_NOFILE, (allowed, hard))
            soft = allowed
    needed = BASE + EACH * max(notebooks, 2)
    if soft != endless and soft < needed:
        raise MachineError(
            f"a process may have {soft} open files here, and a run needs {needed}: see `ulimit -n`"
        )
