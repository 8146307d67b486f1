"""Phases: how far networks through time are from each other, and the states they fall into.

After Masuda and Holme (2019), "Detecting sequences of system states in temporal networks",
Scientific Reports 9, 795, https://doi.org/10.1038/s41598-018-37534-2: a distance between networks,
then hierarchical clustering. Here the number of states is read off two criteria, both shown, and
each is compared with the same articles in another order of time.

Five articles give a handful of windows, most of them empty or of one article: no state can be told
from one article's choice of words.
"""

from collections.abc import Callable, Sequence
from typing import NamedTuple

import numpy as np
import pandas as pd
from scipy.cluster import hierarchy
from scipy.spatial.distance import cdist, squareform

from helpers.change import balance

DISTANCES = ["absolute", "spectral"]
LINKAGES = ["ward", "average"]
CRITERIA = ["silhouette", "modularity"]
# So many states at most are tried.
MOST = 10
# Last digits differ by machine; what is equal but for them must stay equal.
DIGITS = 9
# States that chance brings forth more often than this are not shown.
LEVEL = 0.05


class Snapshot(NamedTuple):
    """A network of a span: its first and last day (ISO 8601), and a square frame of weights."""

    first: str
    last: str
    network: pd.DataFrame


class Phases(NamedTuple):
    """What `phases` finds.

    `states`: first, last, n_statements, n_articles (that may lie in the span), silhouette,
    modularity - the state of each snapshot by each criterion, numbered as they first appear; empty
    where there are none. `numbers`: number (of states), silhouette, modularity. `chance`:
    criterion, number (the best), value, p, error. `why`: why nothing was tried, else empty.
    """

    states: pd.DataFrame
    numbers: pd.DataFrame
    chance: pd.DataFrame
    why: str


def absolute_distance(one: np.ndarray, other: np.ndarray) -> float:
    """Σ over i < j of |A_ij - B_ij|: how much weight two networks of the same actors do not share.

    It grows with the number of statements, unless the networks are normalised.
    """
    return float(np.abs(np.triu(one - other, 1)).sum())


def spectrum(network: np.ndarray) -> np.ndarray:
    """The eigenvalues, in rising order, of D^-1/2 (D - A) D^-1/2, D the diagonal of row sums.

    From 0 to 2 (Chung 1997, Spectral Graph Theory, chapter 1); an actor without a tie gives a 0.
    Raises ValueError for a weight below 0.
    """
    if (network < 0).any():
        raise ValueError("spectral: a weight below 0; expected congruence or conflict alone")
    degree = network.sum(axis=1)
    root = np.divide(1, np.sqrt(degree), out=np.zeros(len(degree)), where=degree > 0)
    return np.linalg.eigvalsh(np.diag((degree > 0) * 1.0) - root[:, None] * network * root)


def distances(snapshots: Sequence[Snapshot], kind: str = "absolute") -> np.ndarray:
    """The distance of each snapshot to each, a square array; an actor who is missing has no ties.

    `kind`: `absolute` (`absolute_distance`), or `spectral`: the Euclidean distance of the two
    `spectrum`, blind to who stands where, and to scale. Raises ValueError for another kind.
    """
    if kind not in DISTANCES:
        raise ValueError(f"distance {kind!r}: expected one of {', '.join(DISTANCES)}")
    labels = sorted(set().union(*(snapshot.network.index for snapshot in snapshots)))
    upper = np.triu_indices(len(labels), 1)
    rows = []
    for snapshot in snapshots:
        whole = snapshot.network.reindex(index=labels, columns=labels, fill_value=0)
        network = whole.to_numpy(float)
        rows.append(network[upper] if kind == "absolute" else spectrum(network))
    metric = "cityblock" if kind == "absolute" else "euclidean"
    return np.round(cdist(rows, rows, metric), DIGITS)


def silhouette(apart: np.ndarray, state: np.ndarray) -> float:
    """The mean of (b - a) / max(a, b): from -1 to 1, high where states are tight and far apart.

    a is the mean distance of a snapshot to the others of its state, b the least mean distance to
    another state; 0 for a snapshot alone in its state, and where a = b = 0 (Rousseeuw 1987, Journal
    of Computational and Applied Mathematics 20). `state` has two values at least.
    """
    codes, member = np.unique(state, return_inverse=True)
    inside = np.eye(len(codes))[member]
    size = inside.sum(axis=0)
    total = apart @ inside
    own = inside.astype(bool)
    a = total[own] / np.maximum(size[member] - 1, 1)
    b = np.where(own, np.inf, total / size).min(axis=1)
    larger = np.maximum(a, b)
    counted = (size[member] > 1) & (larger > 0)
    return float(np.divide(b - a, larger, out=np.zeros(len(a)), where=counted).mean())


def modularity(apart: np.ndarray, state: np.ndarray) -> float:
    """Q of the states in the network of snapshots whose weights are 1 - distance / greatest.

    Q is that of `balance.modularity`. NaN where no weight is left.
    """
    near = 1 - apart / (apart.max() or 1)
    np.fill_diagonal(near, 0)
    return balance.modularity(pd.DataFrame(near), pd.Series(state))


def divisions(apart: np.ndarray, linkage: str = "average") -> tuple[pd.DataFrame, np.ndarray]:
    """Snapshots clustered into each number of states: the criteria, and the states.

    Columns number (from 2 to `MOST`, and below the number of snapshots), silhouette, modularity;
    beside it an array, one row for each number, of states numbered as they first appear. `linkage`:
    `average`, or `ward`, which takes distances as Euclidean, what `absolute` is not. Raises
    ValueError for another one.
    """
    if linkage not in LINKAGES:
        raise ValueError(f"linkage {linkage!r}: expected one of {', '.join(LINKAGES)}")
    numbers = np.arange(2, min(MOST, len(apart) - 1) + 1)
    states = np.zeros((len(numbers), len(apart)), dtype=int)
    if len(numbers):
        tree = hierarchy.linkage(squareform(apart, checks=False), linkage)
        cut = hierarchy.cut_tree(tree, n_clusters=numbers)
        states = np.array([pd.factorize(column)[0] + 1 for column in cut.T])
    table = {
        "number": numbers,
        "silhouette": np.array([silhouette(apart, state) for state in states], dtype=float),
        "modularity": np.array([modularity(apart, state) for state in states], dtype=float),
    }
    return pd.DataFrame(table), states


def inside_spans(snapshots: Sequence[Snapshot], statements: pd.DataFrame) -> np.ndarray:
    """Whether each statement (column) may lie in the span of each snapshot (row).

    It may where its date, or interval of dates, touches the span; an undated one lies in none.
    """
    first = np.array([snapshot.first for snapshot in snapshots], dtype=object)
    last = np.array([snapshot.last for snapshot in snapshots], dtype=object)
    earliest, latest = statements.earliest.to_numpy(object), statements.latest.to_numpy(object)
    dated = (earliest != "") & (latest != "")
    return dated & (earliest <= last[:, None]) & (latest >= first[:, None])


def shared_by_neighbours(snapshots: Sequence[Snapshot], statements: pd.DataFrame) -> float:
    """The share of statements that each snapshot has from the one before it, 0 to 1.

    Σ of the statements `inside_spans` of both neighbours / Σ of those of the one that has fewer.
    NaN without any.
    """
    inside = inside_spans(snapshots, statements)
    size = inside.sum(axis=1)
    fewer = np.minimum(size[1:], size[:-1]).sum()
    return float((inside[1:] & inside[:-1]).sum() / fewer) if fewer else np.nan


def in_another_order(statements: pd.DataFrame, random: np.random.Generator) -> pd.DataFrame:
    """The same statements, each article with the dates of an article that is drawn for it.

    No date is used for two articles. The statements of an article take the dates of the other's in
    turn, from the first again where they are more.
    """
    article, articles = pd.factorize(statements.article_id, sort=True)
    order = np.argsort(article, kind="stable")
    size = np.bincount(article, minlength=len(articles))
    start = np.cumsum(size) - size
    within = np.empty(len(article), dtype=int)
    within[order] = np.arange(len(article)) - start[article[order]]
    other = random.permutation(len(articles))[article]
    taken = order[start[other] + within % size[other]]
    days = statements[["earliest", "latest"]].to_numpy()[taken]
    return statements.assign(earliest=days[:, 0], latest=days[:, 1])


def phases(
    statements: pd.DataFrame,
    snapshots_of: Callable[[pd.DataFrame], Sequence[Snapshot]],
    distance: str = "absolute",
    linkage: str = "average",
    draws: int = 99,
    seed: int = 0,
) -> Phases:
    """The states of a dispute through time by both criteria; none that chance makes.

    `snapshots_of` makes the networks of some statements: by windows, or smoothed. There are no
    states where neighbours share half of their statements or more, for what changes slowly by
    construction falls into states by construction; nor by a criterion whose best value is not
    beyond what the same articles `in_another_order` reach: p = (1 + draws that reach it) /
    (1 + draws), with its Monte-Carlo standard error, must be at most `LEVEL`.
    """
    snapshots = snapshots_of(statements)
    spans = [(snapshot.first, snapshot.last) for snapshot in snapshots]
    inside = inside_spans(snapshots, statements)
    states = pd.DataFrame(spans, columns=["first", "last"]).assign(
        n_statements=inside.sum(axis=1),
        n_articles=[statements.article_id[row].nunique() for row in inside],
        **dict.fromkeys(CRITERIA, pd.array([pd.NA] * len(spans), "Int64")),
    )
    none = pd.DataFrame(columns=["number", *CRITERIA])
    tested = pd.DataFrame(columns=["criterion", "number", "value", "p", "error"])
    if len(snapshots) < 3:
        return Phases(states, none, tested, "fewer than three networks")
    if shared_by_neighbours(snapshots, statements) >= 0.5:
        return Phases(states, none, tested, "neighbours share half of their statements or more")
    numbers, found = divisions(distances(snapshots, distance), linkage)
    random = np.random.default_rng(seed)
    reached = []
    for _ in range(draws):
        dealt = snapshots_of(in_another_order(statements, random))
        by_chance, _ = divisions(distances(dealt, distance), linkage)
        reached.append(by_chance[CRITERIA].max().round(DIGITS))
    for criterion in CRITERIA:
        values = numbers[criterion].round(DIGITS)
        if values.isna().all():
            continue
        best = int(values.argmax())
        hits = sum(draw[criterion] >= values[best] for draw in reached)
        p = (1 + hits) / (1 + draws)
        error = np.sqrt(p * (1 - p) / draws)
        tested.loc[len(tested)] = [criterion, numbers.number[best], values[best], p, error]
        if p <= LEVEL:
            states[criterion] = pd.array(found[best], "Int64")
    return Phases(states, numbers, tested, "")
