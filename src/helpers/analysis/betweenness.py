"""Betweenness: through whom the shortest paths of a network run.

A network of agreement has a tie for almost every two actors, and hardly one of them lies on a
shortest path: a way over somebody who agrees strongly with both is shorter. Ties that are longer
than such a way are left out first, which changes no path. Then `networkit` counts.
"""

import math
import sys
from typing import Any

import numpy as np

# Above so many actors it is estimated from the paths that start at so many of them: with 1,000
# actors a network takes half a second, and a run asks for some hundred networks.
EXACT = 1000
STARTS = 500
# The chance that the bound of the error, as told, does not hold.
RISK = 0.05
# Over so many of the strongest actors a shorter way is looked for.
HUBS = 64
# A tie that is longer by this share is longer, whatever the rounding.
ROUNDING = 1e-9


def betweenness(
    source: np.ndarray, target: np.ndarray, weight: np.ndarray, size: int, seed: int = 1
) -> np.ndarray:
    """The share of shortest paths between others that run through each actor, 0 to 1.

    `source`, `target`: the places of the ends of each tie among `size` actors, each tie once;
    `weight` above 0. A tie is as long as 1 / weight (Brandes 2001, J. Math. Sociol. 25(2)).

    Of more than `EXACT` actors it is an estimate from the paths that start at `STARTS` of them,
    drawn by `seed` (Brandes and Pich 2007, Int. J. Bifurcation Chaos 17(7)); `error` bounds it.
    """
    if size < 3 or not len(source):
        return np.zeros(size)
    networkit = _networkit()
    networkit.setNumberOfThreads(1)
    networkit.setSeed(seed, False)
    i, j, length = _shortest_ties(source, target, weight, size)
    graph = networkit.GraphFromCoo((length, (i, j)), n=size, weighted=True, directed=False)
    if size <= EXACT:
        counted = networkit.centrality.Betweenness(graph, normalized=True)
    else:
        counted = networkit.centrality.EstimateBetweenness(graph, STARTS, normalized=True)
    return np.array(counted.run().scores())


def error(size: int) -> float:
    """How far the betweenness of an actor may be off in a network of so many: 0 where exact.

    With the probability 1 - `RISK` no actor of the network is farther off. Each start tells of
    each actor a share between 0 and 1, so that Hoeffding's inequality (1963) holds for their mean:
    sqrt(ln(2 size / RISK) / (2 STARTS)). It is mostly far smaller.
    """
    return 0.0 if size <= EXACT else math.sqrt(math.log(2 * size / RISK) / (2 * STARTS))


def accuracy(size: int) -> str:
    """A sentence on the accuracy of betweenness in a network of so many actors."""
    if size <= EXACT:
        return "Betweenness is exact: all shortest paths are counted."
    return (
        f"Betweenness is estimated from the shortest paths that start at {STARTS:,} of the "
        f"{size:,} actors: with a probability of {1 - RISK:.0%} no actor's value is off by more "
        f"than {error(size):.2f}."
    )


def _networkit() -> Any:
    """The library, imported at the first call and without its pictures.

    Where it finds pyplot it loads its profiler as well, which writes a script into the notebook
    that imports it.
    """
    pyplot = "matplotlib.pyplot"
    known = sys.modules.get(pyplot)
    if "networkit" not in sys.modules:
        # What stands there as None cannot be imported.
        sys.modules[pyplot] = None  # type: ignore[assignment]
    try:
        import networkit
    finally:
        if known is None:
            sys.modules.pop(pyplot, None)
        else:
            sys.modules[pyplot] = known
    return networkit


def _shortest_ties(
    source: np.ndarray, target: np.ndarray, weight: np.ndarray, size: int
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """The ties (source, target, length) without those longer than a way over a strong actor."""
    length = 1 / weight
    strength = np.bincount(source, weight, size) + np.bincount(target, weight, size)
    ties = source, target, length
    for hub in np.argsort(-strength, kind="stable")[:HUBS]:
        to_hub = np.full(size, np.inf)
        to_hub[hub] = 0
        at_source, at_target = source == hub, target == hub
        to_hub[target[at_source]] = length[at_source]
        to_hub[source[at_target]] = length[at_target]
        i, j, direct = ties
        kept = direct <= (to_hub[i] + to_hub[j]) * (1 + ROUNDING)
        ties = i[kept], j[kept], direct[kept]
    return ties
