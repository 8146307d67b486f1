"""Camps found in a network, how stable they are, and how like those that the codebook gives.

A network is a square frame of agreement, symmetric, its diagonal 0, no weight below 0. Camps are a
Series, actor to number; camp 1 is the largest. Actors without a tie are in no camp and not named.

On five articles each article is a fifth of all: leave one out, and camps fall apart or lose their
members. A camp is a pattern of statements; that it was found does not mean that anybody joined it.
"""

from collections.abc import Callable

import numpy as np
import pandas as pd
from scipy.cluster import hierarchy
from scipy.spatial.distance import squareform

from helpers.analysis.structure import communities, numbered

# What joins the number of a merge, where it is merged again: no id of an actor begins so.
MERGE = "merge "


def merges(network: pd.DataFrame) -> pd.DataFrame:
    """The dendrogram of average linkage: who is merged with whom, the closest first.

    Columns merge (1, 2, …), one, other (an actor, or `merge 1` for what was merged then), height,
    size (actors). The distance of two actors is the greatest weight less theirs; of two groups, the
    mean over their pairs (Sokal and Michener 1958). Raises ValueError for a weight below 0.
    """
    weight = network.to_numpy(float)
    if (weight < 0).any():
        raise ValueError("merges: a weight below 0; expected a network of agreement")
    tied = weight.sum(axis=1) > 0
    actors = list(network.index[tied])
    table = pd.DataFrame(columns=["merge", "one", "other", "height", "size"])
    if not actors:
        return table
    apart = weight.max() - weight[np.ix_(tied, tied)]
    tree = hierarchy.linkage(squareform(np.round(apart, 9), checks=False), "average")
    number = np.arange(1, len(tree) + 1)
    names = np.array([*actors, *(f"{MERGE}{place}" for place in number)], dtype=object)
    one, other = names[tree[:, 0].astype(int)], names[tree[:, 1].astype(int)]
    size = tree[:, 3].astype(int)
    columns = {"merge": number, "one": one, "other": other, "height": tree[:, 2], "size": size}
    return pd.DataFrame(columns)


def cut(merged: pd.DataFrame, number: int) -> pd.Series:
    """The camps where all `merges` but the last ones are made, so that so many camps are left."""
    ends = [*merged.one, *merged.other]
    groups = {end: [end] for end in ends if not end.startswith(MERGE)}
    for row in merged.head(max(0, len(merged) + 1 - number)).itertuples():
        groups[f"{MERGE}{row.merge}"] = groups.pop(row.one) + groups.pop(row.other)
    return pd.Series(numbered(groups.values()), dtype=int).sort_index()


def louvain(network: pd.DataFrame, resolution: float = 1.0, seed: int = 0) -> pd.Series:
    """`structure.communities` of a network as a frame."""
    source, target = np.triu_indices(len(network), 1)
    weight = network.to_numpy(float)[source, target]
    ends = {"source": network.index[source], "target": network.index[target]}
    edges = pd.DataFrame({**ends, "weight": weight})[weight != 0]
    return pd.Series(communities(edges, resolution, seed), dtype=int).sort_index()


def co_assignment(
    statements: pd.DataFrame,
    find: Callable[[pd.DataFrame], pd.Series],
    left_out: float = 0.2,
    draws: int = 100,
    seed: int = 0,
) -> pd.DataFrame:
    """In which share of draws two actors are in one camp, of those where both are in a camp.

    A square frame of the actors who are in a camp of all articles; NaN where two are never both in
    one. Each draw leaves out this share of the articles, one at least, and finds camps in the rest
    by `find` (subsampling as in Hennig 2007, Computational Statistics and Data Analysis 52).
    """
    actors = sorted(find(statements).index)
    articles = np.array(sorted(set(statements.article_id)), dtype=object)
    kept = len(articles) - max(1, round(left_out * len(articles)))
    random = np.random.default_rng(seed)
    together = np.zeros((len(actors), len(actors)))
    both = np.zeros_like(together)
    for _ in range(draws if actors else 0):
        some = random.choice(articles, kept, replace=False)
        camps = find(statements[statements.article_id.isin(some)]).reindex(actors)
        member = pd.get_dummies(camps).to_numpy(float)
        there = member.sum(axis=1)
        together += member @ member.T
        both += np.outer(there, there)
    share = np.divide(together, both, out=np.full_like(both, np.nan), where=both > 0)
    return pd.DataFrame(share, index=actors, columns=actors)


def pairs(together: pd.DataFrame) -> pd.DataFrame:
    """`co_assignment` as a table, a row for each two actors who are ever together, or never both.

    Columns one, other, together (the share, NaN where the two are never both in a camp).
    """
    above = np.triu(np.ones(together.shape, dtype=bool), 1)
    share = together.to_numpy(float)
    one, other = np.nonzero(above & (share != 0))
    names, shares = together.index.to_numpy(object), share[one, other]
    return pd.DataFrame({"one": names[one], "other": names[other], "together": shares})


def stability(together: pd.DataFrame, camps: pd.Series) -> pd.DataFrame:
    """How far each camp holds: columns camp, n_actors, within, across.

    `within`: the mean of `co_assignment` over its pairs, NaN for a camp of one; `across`: over
    pairs of one of its actors with one of another camp. A camp that holds has 1 and 0.
    """
    camp = camps.reindex(together.index)
    share = together.where(~np.eye(len(together), dtype=bool))
    rows = []
    for name, members in camp.groupby(camp):
        inside = share.index.isin(members.index)
        others = share.loc[inside, camp.notna().to_numpy() & ~inside]
        within = share.loc[inside, inside].stack().mean()
        rows.append((name, len(members), within, others.stack().mean()))
    return pd.DataFrame(rows, columns=["camp", "n_actors", "within", "across"])


def adjusted_rand(camps: pd.Series, given: pd.Series) -> float:
    """How like two divisions are: 1 the same, 0 as by chance, below 0 less than that.

    (pairs in one camp of both - expected) / (mean of those in one camp of each - expected), with
    expected = product of those of each / all pairs (Hubert and Arabie 1985, Journal of
    Classification 2). Over the actors that both have in a camp ("" is none). NaN where the divisor
    is 0: each division is one camp, or each is of camps of one.
    """
    both = pd.concat([camps, given[given != ""]], axis=1, join="inner")
    table = pd.crosstab(both.iloc[:, 0], both.iloc[:, 1]).to_numpy()
    one, other, shared = map(_pairs, (table.sum(axis=1), table.sum(axis=0), table))
    every = _pairs(np.array(len(both)))
    if not every or one + other == 2 * one * other / every:
        return np.nan
    expected = one * other / every
    return float((shared - expected) / ((one + other) / 2 - expected))


def _pairs(sizes: np.ndarray) -> float:
    """How many pairs groups of these sizes have."""
    return float((sizes * (sizes - 1) / 2).sum())
