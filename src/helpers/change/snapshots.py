"""Snapshots: the network of agreement of each window of time that holds a statement."""

from datetime import date

import pandas as pd

from helpers.analysis.networks import Window, one_mode, windows
from helpers.change.kernels import smoothed
from helpers.change.phases import Snapshot

READ = ["speaker", "issue", "stance", "earliest", "latest"]


def spoken_windows(statements: pd.DataFrame, unit: str = "month", size: int = 1) -> list[Window]:
    """The windows, one after the other, without those in which nothing is dated."""
    return [one for one in windows(statements, "fixed", size, unit) if len(one.statements)]


def snapshots(
    statements: pd.DataFrame,
    stances: pd.DataFrame,
    unit: str = "month",
    size: int = 1,
    kernel: str = "",
    normalisation: str = "average",
) -> list[Snapshot]:
    """Congruence in each window; with a `kernel`, smoothed about its middle over its width.

    All networks have the same actors: those who speak anywhere. Raises ValueError for an unknown
    unit, size, kernel or normalisation.
    """
    statements = statements[READ]  # windows cut out every column that they get
    actors = sorted(set(statements.speaker) - {""})
    made = []
    for window in spoken_windows(statements, unit, size):
        if kernel:
            at = middle(window)
            network = smoothed(
                statements, stances, *at, kernel, normalisation=normalisation, actors=actors
            )
        else:
            network = one_mode(
                window.statements, stances, normalisation=normalisation, actors=actors
            )
        made.append(Snapshot(window.first, window.last, network))
    return made


def middle(window: Window) -> tuple[str, int]:
    """The day in the middle of a window, of two the earlier; and its width in days."""
    first, last = date.fromisoformat(window.first), date.fromisoformat(window.last)
    return str(first + (last - first) // 2), (last - first).days + 1
