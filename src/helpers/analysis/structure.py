"""Structure: what a network says, and how unsure it is in a small corpus.

Groups, central actors, camps apart, bridges between them, and the intervals of all these.
"""

from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

import networkx as nx
import numpy as np
import pandas as pd
from scipy import sparse

from helpers.analysis.betweenness import betweenness
from helpers.analysis.counts import Counts, by_article
from helpers.analysis.edges import relation_edges
from helpers.analysis.networks import weights_of
from helpers.analysis.resampling import bootstrap
from helpers.case.schema import SCHEMA, columns

# What names a measure: network, actor_id, measure.
KEY: list[str] = SCHEMA["processed"]["network_measures"]["key"]
DISCOURSE = ("congruence", "conflict")

# A measure's network, actor (empty for the whole) and name.
Key = tuple[str, str, str]
Measured = dict[Key, float | None]


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
    return numbered(groups)


def numbered(groups: Iterable[Iterable[str]]) -> dict[str, int]:
    """actor_id to the number of its group: 1 is the largest, equal ones are in order of ids."""
    ordered = sorted(map(sorted, groups), key=lambda group: (-len(group), group))
    return {actor: number for number, group in enumerate(ordered, start=1) for actor in group}


class Ties(NamedTuple):
    """An undirected network: the places of the ends of each tie among its actors, and its weight.

    Every actor has a tie; no tie comes twice. Ties stand in the order of their ends, so that what
    is added up has the same last digit each time.
    """

    source: np.ndarray
    target: np.ndarray
    weight: np.ndarray
    actors: list[str]


def _ties(edges: pd.DataFrame) -> Ties:
    """The ties of a table of edges: columns source, target, weight."""
    edges = edges.sort_values(["source", "target"])
    actors = sorted({*edges.source, *edges.target})
    source, target = (pd.Index(actors).get_indexer(ends) for ends in (edges.source, edges.target))
    return Ties(source, target, edges.weight.to_numpy(float), actors)


def _ties_of_matrix(matrix: Any, actors: list[str]) -> Ties:
    """The ties of a symmetric sparse matrix of weights, without actors who have none."""
    upper = sparse.triu(matrix, format="csr")
    upper.sort_indices()
    upper = upper.tocoo()
    source, target = upper.coords
    linked = np.zeros(len(actors), dtype=bool)
    linked[source] = linked[target] = True
    place = np.cumsum(linked) - 1
    names = [actors[number] for number in np.flatnonzero(linked)]
    return Ties(place[source], place[target], upper.data, names)


def actor_measures(edges: pd.DataFrame) -> pd.DataFrame:
    """Measures that suit the kind of each network, one row for each actor.

    Columns network, actor_id, measure, value.

    - congruence: `strength` (sum of weights), and `betweenness` (share of shortest paths through
      the actor, a path being short where agreement is strong: length 1 / weight; Brandes 2001).
      Above `betweenness.EXACT` actors it is an estimate, whose error `betweenness.error` bounds.
    - conflict: `strength` only, for disagreement is no closeness.
    - relation: `hostile_out`, `hostile_in`, `other_out`, `other_in`, numbers of mentions.
    """
    measured: dict[Key, float] = {}
    for network in DISCOURSE:
        measured |= _centralities(network, _ties(edges[edges.network == network]))
    measured |= _stated_ties(edges[edges.network == "relation"])
    rows = [(*key, value) for key, value in measured.items()]
    return pd.DataFrame(rows, columns=[*KEY, "value"]).sort_values(
        ["network", "measure", "actor_id"], ignore_index=True
    )


def _centralities(network: str, ties: Ties) -> dict[Key, float]:
    """The measures of the actors of one network of discourse."""
    measured = {"strength": _sums(ties, ties.weight)}
    if network == "congruence":
        size = len(ties.actors)
        measured["betweenness"] = betweenness(ties.source, ties.target, ties.weight, size)
    return {
        (network, actor, measure): value
        for measure, values in measured.items()
        for actor, value in zip(ties.actors, values.tolist(), strict=True)
    }


def _sums(ties: Ties, values: np.ndarray) -> np.ndarray:
    """For each actor the sum of a value of its ties, added up in the order of the other ends."""
    ends = np.concatenate([ties.target, ties.source])
    return np.bincount(ends, np.concatenate([values, values]), len(ties.actors))


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
    return _polarisation(_ties(edges), camps)


def _polarisation(ties: Ties, camps: Mapping[str, str]) -> float | None:
    weight, across = _weight_of_camps(ties, camps)
    total, internal = sum(weight.tolist()), sum((weight - across).tolist())
    return (total - 2 * internal) / total if total else None


def bridges(edges: pd.DataFrame, camps: Mapping[str, str]) -> pd.Series:
    """The share of each actor's agreement that goes to other camps, 0 to 1: by actor_id.

    `edges` of agreement; `camps`: actor_id to camp. Actors of a camp only; weight to actors of no
    camp is not counted.
    """
    return pd.Series(_bridges(_ties(edges), camps), dtype=float, name="bridge")


def _bridges(ties: Ties, camps: Mapping[str, str]) -> dict[str, float]:
    weight, across = _weight_of_camps(ties, camps)
    sums = zip(ties.actors, _sums(ties, weight), _sums(ties, across), strict=True)
    return {actor: float(other / total) for actor, total, other in sums if total}


def _weight_of_camps(ties: Ties, camps: Mapping[str, str]) -> tuple[np.ndarray, np.ndarray]:
    """The weight of each tie between actors of a camp, and of those between two camps; else 0."""
    number = {camp: place for place, camp in enumerate(sorted({*camps.values()} - {""}), start=1)}
    numbers = np.array([number.get(camps.get(actor, ""), 0) for actor in ties.actors], dtype=int)
    one, other = numbers[ties.source], numbers[ties.target]
    weight = np.where((one > 0) & (other > 0), ties.weight, 0.0)
    return weight, np.where(one != other, weight, 0.0)


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
    size, counts = by_article(statements, stances, actor)

    def discourse(times: np.ndarray) -> Measured:
        """The measures where each article is there so many times."""
        return _discourse_measures(counts(times), camps, normalisation)

    bounds = bootstrap(size, discourse, draws, seed)
    rows = [
        (*key, value, *bounds.get(key, (None, None)))
        for key, value in discourse(np.ones(size, dtype=int)).items()
        if value is not None
    ]
    stated, _ = relation_edges(relations)
    rows += [(*row, None, None) for row in actor_measures(stated).itertuples(index=False)]
    table = pd.DataFrame(rows, columns=columns("network_measures"))
    numbers = table.astype({"value": float, "low": float, "high": float})
    return numbers.sort_values(KEY, ignore_index=True)


def _discourse_measures(counts: Counts, camps: Mapping[str, str], normalisation: str) -> Measured:
    """The measures of agreement and disagreement in some statements, by their counts."""
    measured: Measured = {}
    for network in DISCOURSE:
        matrix = weights_of(counts, network, normalisation)
        ties = _ties_of_matrix(matrix, counts.actors)
        measured |= _centralities(network, ties)
        measured[network, "", "polarisation"] = _polarisation(ties, camps)
        if network == "congruence":
            shares = _bridges(ties, camps)
            measured |= {(network, one, "bridge"): share for one, share in shares.items()}
    return measured
