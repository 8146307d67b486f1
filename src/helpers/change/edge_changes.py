"""Edges through time: what appears, fades or turns from one window to the next.

The weight of a pair is congruence less conflict (`subtract` of `networks.weights`), so that it has
a sign. From a window to the next an edge *appears* (no weight, then some), *fades* (some, then
none) or *turns* (the sign is another).

In a small corpus an edge that fades is mostly a pair that nobody wrote about: silence is no change
of mind. Only a turn has words on both sides of it.
"""

from collections.abc import Sequence
from itertools import pairwise

import numpy as np
import pandas as pd
from scipy import sparse

from helpers.analysis.networks import Window, weights

ENDS = ["source", "target"]
COLUMNS = [*ENDS, "change", "first", "last", "weight_before", "weight_after", "statement_ids"]


def edge_changes(
    windows: Sequence[Window],
    stances: pd.DataFrame,
    normalisation: str = "none",
    actor: str = "speaker",
) -> pd.DataFrame:
    """What changes between each window and the next, a row an edge, in order of time.

    `windows`: as `networks.windows` gives them. Columns source, target, change (`appears`, `fades`,
    `turns`), first, last (days of the later window), weight_before, weight_after, statement_ids:
    what the two say, in the two windows, on issues to which both speak in one of them.
    """
    actors = sorted({name for window in windows for name in window.statements[actor]} - {""})
    signed = [
        weights(window.statements, stances, "subtract", normalisation, actor, actors)[0]
        for window in windows
    ]
    steps = []
    for place, (before, after) in enumerate(pairwise(signed)):
        step = _changed(before, after, np.array(actors, dtype=object))
        one, other = windows[place : place + 2]
        behind = pd.concat([_behind(some.statements, actor, step) for some in (one, other)])
        listed = behind.groupby(ENDS).said.agg(lambda ids: ";".join(sorted(set(ids))))
        step = step.join(listed.rename("statement_ids"), on=ENDS)
        steps.append(step.assign(first=other.first, last=other.last))
    return pd.concat([pd.DataFrame(columns=COLUMNS), *steps], ignore_index=True)[COLUMNS]


def _changed(before: sparse.csr_array, after: sparse.csr_array, names: np.ndarray) -> pd.DataFrame:
    """The edges whose sign is another, each once: source, target, change, and both weights."""
    one, other = (
        _upper(matrix, when)
        for matrix, when in ((before, "weight_before"), (after, "weight_after"))
    )
    edges = one.merge(other, on=ENDS, how="outer").fillna(0)
    edges = edges[np.sign(edges.weight_before) != np.sign(edges.weight_after)].sort_values(ENDS)
    change = np.select(
        [edges.weight_before == 0, edges.weight_after == 0], ["appears", "fades"], "turns"
    )
    return edges.assign(change=change, **{end: names[edges[end].to_numpy()] for end in ENDS})


def _upper(matrix: sparse.csr_array, name: str) -> pd.DataFrame:
    """The edges of a symmetric matrix, each once: the places of its ends, and its weight."""
    upper = sparse.triu(matrix, 1)
    return pd.DataFrame({"source": upper.row, "target": upper.col, name: upper.data})


def _behind(statements: pd.DataFrame, actor: str, edges: pd.DataFrame) -> pd.DataFrame:
    """What the two ends of each edge say on issues to which both speak, in column statement_id."""
    said = statements[statements.issue != ""][[actor, "issue", "statement_id"]]
    one, other = (edges[ENDS].merge(said, left_on=end, right_on=actor) for end in ENDS)
    shared = one.merge(other, on=[*ENDS, "issue"], suffixes=("", "_of_target"))
    ids = shared.melt(ENDS, ["statement_id", "statement_id_of_target"], value_name="said")
    return ids[[*ENDS, "said"]].drop_duplicates()
