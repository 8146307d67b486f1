"""Structure: what a network says, and how unsure it is in a small corpus.

Groups, central actors, camps apart, bridges between them, and the intervals of all these.
"""

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from typing import Any, NamedTuple

import networkx as nx
import numpy as np
import pandas as pd

from helpers.analysis.edges import relation_edges
from helpers.analysis.networks import weights
from helpers.case.schema import SCHEMA, columns

# What names a measure: network, actor_id, measure.
KEY: list[str] = SCHEMA["processed"]["network_measures"]["key"]
DISCOURSE = ("congruence", "conflict")

# A measure's network, actor (empty for the whole) and name.
Key = tuple[str, str, str]
Measured = dict[Key, float | None]
Interval = tuple[float, float]


def graph(edges: pd.DataFrame) -> nx.Graph:
    """Edges (source, target, weight) as an undirected graph, nodes and edges in order of ids."""
    linked = nx.Graph()
    linked.add_nodes_from(sorted({*edges.source, *edges.target}))
    rows = zip(edges.source, edges.target, map(float, edges.weight), strict=True)
    linked.add_weighted_edges_from(sorted(rows))
    return linked


def communities(edges: pd.DataFrame, resolution: float = 1.0, seed: int = 0) -> dict[str, int]:
    """Groups of actors who agree more among themselves than with others: actor_id to number.

    Number 1 is the largest group. Louvain method (Blondel et al. 2008, J. Stat. Mech. P10008),
    seeded. `edges` must be of agreement: raises ValueError for a weight that is not above 0.
    """
    if (edges.weight <= 0).any():
        raise ValueError("communities: a weight that is not above 0; expected edges of agreement")
    if edges.empty:
        return {}
    groups = nx.community.louvain_communities(graph(edges), resolution=resolution, seed=seed)
    ordered = sorted(map(sorted, groups), key=lambda group: (-len(group), group))
    return {actor: number for number, group in enumerate(ordered, start=1) for actor in group}


def actor_measures(edges: pd.DataFrame) -> pd.DataFrame:
    """Measures that suit the kind of each network, one row for each actor.

    Columns network, actor_id, measure, value.

    - congruence: `strength` (sum of weights), and `betweenness` (share of shortest paths through
      the actor, a path being short where agreement is strong: length 1 / weight; Brandes 2001).
    - conflict: `strength` only, for disagreement is no closeness.
    - relation: `hostile_out`, `hostile_in`, `other_out`, `other_in`, numbers of mentions.
    """
    measured: dict[Key, float] = {}
    for network in DISCOURSE:
        measured |= _centralities(network, edges[edges.network == network])
    measured |= _stated_ties(edges[edges.network == "relation"])
    rows = [(*key, value) for key, value in measured.items()]
    return pd.DataFrame(rows, columns=[*KEY, "value"]).sort_values(
        ["network", "measure", "actor_id"], ignore_index=True
    )


def _centralities(network: str, edges: pd.DataFrame) -> dict[Key, float]:
    """The measures of the actors of one network of discourse."""
    linked = graph(edges)
    measured = {
        (network, actor, "strength"): value for actor, value in linked.degree(weight="weight")
    }
    if network == "congruence":
        for _, _, tie in linked.edges(data=True):
            tie["length"] = 1 / tie["weight"]
        between = nx.betweenness_centrality(linked, weight="length")
        measured |= {(network, actor, "betweenness"): value for actor, value in between.items()}
    return measured


def _stated_ties(edges: pd.DataFrame) -> dict[Key, float]:
    """How often each actor is an end of a stated tie, by direction and hostility."""
    measured = {}
    for side, end in (("out", "source"), ("in", "target")):
        for name, ties in (
            ("hostile", edges[edges.sign == -1]),
            ("other", edges[edges.sign != -1]),
        ):
            for actor, mentions in ties.groupby(end).weight.sum().items():
                measured["relation", actor, f"{name}_{side}"] = float(mentions)
    return measured


def polarisation(edges: pd.DataFrame, camps: Mapping[str, str]) -> float | None:
    """The E-I index of a network: -1 (all weight within camps) to 1 (all between camps).

    (external - internal) / (external + internal); Krackhardt and Stern (1988), Social Psychology
    Quarterly 51(2). `camps`: actor_id to camp; edges of an actor of no camp are left out. None
    where no weight lies between actors of a camp.
    """
    ties = list(_ties_of_camps(edges, camps))
    total = sum(tie.weight for tie in ties)
    internal = sum(tie.weight for tie in ties if tie.within)
    return (total - 2 * internal) / total if total else None


def bridges(edges: pd.DataFrame, camps: Mapping[str, str]) -> pd.Series:
    """The share of each actor's agreement that goes to other camps, 0 to 1: by actor_id.

    `edges` of agreement; `camps`: actor_id to camp. Actors of a camp only; weight to actors of no
    camp is not counted.
    """
    total: defaultdict[str, float] = defaultdict(float)
    across: defaultdict[str, float] = defaultdict(float)
    for tie in _ties_of_camps(edges, camps):
        for actor in (tie.source, tie.target):
            total[actor] += tie.weight
            across[actor] += 0 if tie.within else tie.weight
    shares = {actor: across[actor] / total[actor] for actor in sorted(total)}
    return pd.Series(shares, dtype=float, name="bridge")


class _Tie(NamedTuple):
    """An edge between two actors of a camp, and whether it is one camp."""

    source: str
    target: str
    weight: float
    within: bool


def _ties_of_camps(edges: pd.DataFrame, camps: Mapping[str, str]) -> Iterator[_Tie]:
    for source, target, weight in zip(edges.source, edges.target, edges.weight, strict=True):
        one, other = camps.get(source), camps.get(target)
        if one and other:
            yield _Tie(source, target, float(weight), one == other)


def intervals(
    statements: pd.DataFrame,
    statistic: Callable[[pd.DataFrame], Any],
    draws: int = 500,
    seed: int = 0,
) -> dict[Any, Interval]:
    """Bootstrap over articles: name of a number to its 2.5 and 97.5 percentiles.

    Articles, not statements, are drawn with replacement, since statements of one article are not
    independent (cluster bootstrap; Davison and Hinkley 1997, section 3.8).

    `statistic` takes statements and gives a dict or Series of numbers. What a draw lacks, because
    its articles do not show it, is left out of the percentiles, and named only if at least half of
    the draws show it.
    """
    articles = [rows for _, rows in statements.groupby("article_id", sort=True)]
    if not articles:
        return {}
    random = np.random.default_rng(seed)
    values: dict[Any, list[float]] = {}
    # Of few articles the same draw comes often.
    known: dict[tuple[int, ...], dict[Any, float | None]] = {}
    for _ in range(draws):
        draw = tuple(sorted(random.integers(len(articles), size=len(articles))))
        if draw not in known:
            drawn = pd.concat([articles[place] for place in draw], ignore_index=True)
            known[draw] = dict(statistic(drawn))
        for name, value in known[draw].items():
            if value is not None:
                values.setdefault(name, []).append(value)
    return {
        name: tuple(np.percentile(shown, [2.5, 97.5]))
        for name, shown in sorted(values.items())
        if 2 * len(shown) >= draws
    }


def measures(
    statements: pd.DataFrame,
    relations: pd.DataFrame,
    stances: pd.DataFrame,
    camps: Mapping[str, str],
    normalisation: str = "average",
    draws: int = 500,
    seed: int = 0,
    actor: str = "speaker",
) -> pd.DataFrame:
    """All measures of the networks of one coder: the table `network_measures`.

    Adds to `actor_measures` the `bridge` of each actor, and for the whole (actor_id empty)
    `polarisation` of congruence and conflict. Those of discourse have their intervals over
    articles, by `intervals` with so many `draws` and this `seed`.
    """

    def discourse(drawn: pd.DataFrame) -> Measured:
        return _discourse_measures(drawn, stances, camps, normalisation, actor)

    bounds = intervals(statements, discourse, draws, seed)
    rows = [
        (*key, value, *bounds.get(key, (None, None)))
        for key, value in discourse(statements).items()
        if value is not None
    ]
    stated, _ = relation_edges(relations)
    rows += [(*row, None, None) for row in actor_measures(stated).itertuples(index=False)]
    table = pd.DataFrame(rows, columns=columns("network_measures"))
    numbers = table.astype({"value": float, "low": float, "high": float})
    return numbers.sort_values(KEY, ignore_index=True)


def _discourse_measures(
    statements: pd.DataFrame,
    stances: pd.DataFrame,
    camps: Mapping[str, str],
    normalisation: str,
    actor: str,
) -> Measured:
    """The measures of agreement and disagreement in some statements."""
    measured: Measured = {}
    for network in DISCOURSE:
        matrix, actors = weights(statements, stances, network, normalisation, actor)
        edges = _upper_edges(matrix.toarray(), actors)
        measured |= _centralities(network, edges)
        measured[network, "", "polarisation"] = polarisation(edges, camps)
        if network == "congruence":
            shares = bridges(edges, camps)
            measured |= {(network, one, "bridge"): share for one, share in shares.items()}
    return measured


def _upper_edges(matrix: np.ndarray, actors: list[str]) -> pd.DataFrame:
    """The edges of a symmetric matrix, each once: columns source, target, weight."""
    upper = np.triu(matrix)
    i, j = np.nonzero(upper)
    return pd.DataFrame(
        {
            "source": [actors[place] for place in i],
            "target": [actors[place] for place in j],
            "weight": upper[i, j],
        }
    )
