"""How large a case is, and roughly what a first run of it takes: told by `dispute check`.

The figures were measured once, with two processor cores, on the published case and on cases made by
`tests/made_case.py` (100 articles with 6 statements each, 500 with 20). They promise nothing:
another machine, or longer articles, take another time.
"""

import math
from itertools import pairwise
from typing import NamedTuple

from helpers.words import counted


class Run(NamedTuple):
    """A measured first run: statements of the coder, seconds from start to end, MiB at most."""

    statements: int
    seconds: float
    mebibytes: float


MEASURED = [Run(106, 20, 400), Run(600, 40, 1500), Run(10_000, 430, 7700)]
GIBIBYTE = 1024


def estimate(statements: int) -> Run:
    """What a first run of so many statements takes, roughly.

    Between measured runs, and beyond the largest, along straight lines of the logarithms; below
    the smallest, that one.
    """
    if statements <= MEASURED[0].statements:
        return MEASURED[0]._replace(statements=statements)
    pairs = list(pairwise(MEASURED))
    low, high = next((pair for pair in pairs if statements <= pair[1].statements), pairs[-1])
    share = math.log(statements / low.statements) / math.log(high.statements / low.statements)
    seconds = low.seconds * (high.seconds / low.seconds) ** share
    mebibytes = low.mebibytes * (high.mebibytes / low.mebibytes) ** share
    return Run(statements, seconds, mebibytes)


def in_words(run: Run) -> str:
    """`a first run takes roughly 40 seconds and 1.5 GB (on two cores)`."""
    seconds = float(f"{run.seconds:.1g}")
    minutes = math.ceil(run.seconds / 60)
    time = counted(int(seconds), "second") if run.seconds < 90 else counted(minutes, "minute")
    return f"a first run takes roughly {time} and {run.mebibytes / GIBIBYTE:.1f} GB (on two cores)"
