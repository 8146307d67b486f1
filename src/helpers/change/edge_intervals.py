"""Edges with their intervals: how unsure a weight is where articles are few."""

import numpy as np
import pandas as pd

from helpers.analysis.counts import by_article
from helpers.analysis.edges import discourse_edges
from helpers.analysis.networks import weights_of
from helpers.analysis.resampling import drawn


def edge_intervals(
    statements: pd.DataFrame,
    stances: pd.DataFrame,
    measure: str = "congruence",
    normalisation: str = "average",
    threshold: float = 0.0,
    draws: int = 500,
    seed: int = 0,
    actor: str = "speaker",
) -> pd.DataFrame:
    """The edges of `edges.discourse_edges`, with columns low and high beside the weight.

    They are the 2.5 and 97.5 percentiles of the weight where articles are drawn with replacement
    (as in `resampling.intervals`). A draw in which the two actors do not meet counts
    as weight 0: unlike other numbers, a weight is never undefined. The passages behind each edge
    follow from its edge_id by `evidence.behind`.

    An edge that rests on one article of five is 0 in a third of the draws, so its interval begins
    at 0: five articles cannot support it. And what no article of the corpus has is in no draw: an
    interval says nothing of edges that are missing. With the normalisation `none` draws weigh more
    than the corpus, since what one article holds twice counts four times; prefer another.
    """
    edges, _ = discourse_edges(statements, stances, measure, normalisation, threshold, actor)
    if edges.empty:
        return edges.assign(low=np.nan, high=np.nan)
    size, counts = by_article(statements, stances, actor)
    known = pd.Index(counts(np.ones(size, dtype=int)).actors)
    source, target = known.get_indexer(edges.source), known.get_indexer(edges.target)
    weights = [
        weights_of(counts(times), measure, normalisation).toarray()[source, target]
        for times in drawn(size, draws, seed)
    ]
    low, high = np.percentile(weights, [2.5, 97.5], axis=0)
    return edges.assign(low=low, high=high)
