"""What a network says: groups, central actors, camps apart, bridges between them, and how unsure all that is in a small corpus."""

from collections import Counter

import networkx as nx
import numpy as np
import pandas as pd

from helpers.analysis import networks

MEASURES = ["network", "actor_id", "measure", "value", "low", "high"]


def graph(edges):
    """Undirected edges (source, target, weight) as a networkx graph, nodes and edges in the order of their ids."""
    made = nx.Graph()
    made.add_nodes_from(sorted({*edges.source, *edges.target}))
    made.add_weighted_edges_from(sorted(zip(edges.source, edges.target, map(float, edges.weight))))
    return made


def communities(edges, resolution=1.0, seed=0):
    """Groups of actors who agree more among themselves than with others: actor_id to number, 1 being the largest.

    Louvain method (Blondel et al. 2008, J. Stat. Mech. P10008), seeded. `edges` must be of agreement: weights above 0.
    Raises ValueError for a weight that is not.
    """
    if (edges.weight <= 0).any():
        raise ValueError("communities: a weight that is not above 0; expected edges of agreement")
    found = (
        nx.community.louvain_communities(graph(edges), resolution=resolution, seed=seed)
        if len(edges)
        else []
    )
    ordered = sorted((sorted(group) for group in found), key=lambda group: (-len(group), group))
    return {actor: number for number, group in enumerate(ordered, start=1) for actor in group}


def actor_measures(edges):
    """Measures that suit the kind of each network, one row for each actor: columns network, actor_id, measure, value.

    congruence: `strength` (sum of weights), `betweenness` (share of shortest paths through the actor, a path being short where
    agreement is strong: length 1 / weight; Brandes 2001). conflict: `strength` only, for disagreement is no closeness.
    relation: `hostile_out`, `hostile_in`, `other_out`, `other_in`, numbers of mentions.
    """
    rows = [
        row
        for network in ("congruence", "conflict")
        for row in _centralities(network, edges[edges.network == network])
    ]
    stated = edges[edges.network == "relation"]
    for side, end in (("out", "source"), ("in", "target")):
        for name, chosen in (
            ("hostile", stated[stated.sign == -1]),
            ("other", stated[stated.sign != -1]),
        ):
            rows += [
                ("relation", actor, f"{name}_{side}", float(value))
                for actor, value in chosen.groupby(end).weight.sum().items()
            ]
    return pd.DataFrame(rows, columns=MEASURES[:4]).sort_values(
        ["network", "measure", "actor_id"], ignore_index=True
    )


def _centralities(network, edges):
    """The rows of `actor_measures` for one network of discourse."""
    linked = graph(edges)
    rows = [(network, actor, "strength", value) for actor, value in linked.degree(weight="weight")]
    if network == "congruence":
        nx.set_edge_attributes(
            linked, {(a, b): 1 / weight for a, b, weight in linked.edges(data="weight")}, "length"
        )
        rows += [
            (network, actor, "betweenness", value)
            for actor, value in nx.betweenness_centrality(linked, weight="length").items()
        ]
    return rows


def polarisation(edges, camps):
    """The E-I index of a network, -1 (all weight within camps) to 1 (all between camps); None without weight between actors of a camp.

    (external - internal) / (external + internal); Krackhardt and Stern (1988), Social Psychology Quarterly 51(2). `camps`: actor_id to camp;
    edges of an actor of no camp are left out.
    """
    weights = [(within, weight) for _, _, within, weight in _camped(edges, camps)]
    total = sum(weight for _, weight in weights)
    return (
        (total - 2 * sum(weight for within, weight in weights if within)) / total if total else None
    )


def bridges(edges, camps):
    """The share of each actor's agreement that goes to other camps, 0 to 1: a Series by actor_id, actors of a camp only.

    `edges` of agreement; weight to actors of no camp is not counted.
    """
    total, across = Counter(), Counter()
    for source, target, within, weight in _camped(edges, camps):
        for actor in (source, target):
            total[actor] += weight
            across[actor] += 0 if within else weight
    return pd.Series(
        {actor: across[actor] / total[actor] for actor in sorted(total)}, dtype=float, name="bridge"
    )


def _camped(edges, camps):
    """Edges between actors of a camp: (source, target, whether of one camp, weight)."""
    return [
        (a, b, camps[a] == camps[b], float(weight))
        for a, b, weight in zip(edges.source, edges.target, edges.weight)
        if camps.get(a) and camps.get(b)
    ]


def intervals(statements, statistic, draws=500, seed=0):
    """Bootstrap over articles: statistic name to `(low, high)`, the 2.5 and 97.5 percentiles.

    Articles, not statements, are drawn with replacement, since statements of one article are not independent (cluster bootstrap;
    Davison and Hinkley 1997, section 3.8). `statistic` takes statements and gives a dict or Series of numbers; what a draw lacks,
    because its articles do not show it, is left out of the percentiles, and named only if at least half of the draws show it.
    """
    groups = [rows for _, rows in statements.groupby("article_id", sort=True)]
    if not groups:
        return {}
    random, seen, drawn = np.random.default_rng(seed), {}, {}
    for _ in range(draws):
        chosen = tuple(
            sorted(random.integers(len(groups), size=len(groups)))
        )  # few articles: the same draw comes often
        if chosen not in drawn:
            drawn[chosen] = dict(
                statistic(pd.concat([groups[i] for i in chosen], ignore_index=True))
            )
        for name, value in drawn[chosen].items():
            if value is not None:
                seen.setdefault(name, []).append(value)
    return {
        name: tuple(np.percentile(values, [2.5, 97.5]))
        for name, values in sorted(seen.items())
        if 2 * len(values) >= draws
    }


def measures(
    statements,
    relations,
    stances,
    camps,
    normalisation="average",
    draws=500,
    seed=0,
    actor="speaker",
):
    """All measures of the networks of one coder: the table `network_measures`, those of discourse with their intervals over articles.

    Adds to `actor_measures` the `bridge` of each actor, and for the whole (actor_id empty) `polarisation` of congruence and conflict.
    """

    def discourse(drawn):
        found = {}
        for network in ("congruence", "conflict"):
            matrix, labels = networks.weights(drawn, stances, network, normalisation, actor)
            upper = np.triu(matrix.toarray())
            i, j = np.nonzero(upper)
            edges = pd.DataFrame(
                {
                    "source": [labels[k] for k in i],
                    "target": [labels[k] for k in j],
                    "weight": upper[i, j],
                }
            )
            found |= {
                (network, actor, measure): value
                for _, actor, measure, value in _centralities(network, edges)
            }
            found[network, "", "polarisation"] = polarisation(edges, camps)
            if network == "congruence":
                found |= {
                    (network, actor, "bridge"): value
                    for actor, value in bridges(edges, camps).items()
                }
        return found

    unsure = intervals(statements, discourse, draws, seed)
    rows = [
        (*key, value, *unsure.get(key, (None, None)))
        for key, value in discourse(statements).items()
        if value is not None
    ]
    stated, _ = networks.relation_edges(relations)
    rows += [(*row, None, None) for row in actor_measures(stated).itertuples(index=False)]
    return (
        pd.DataFrame(rows, columns=MEASURES)
        .astype({"value": float, "low": float, "high": float})
        .sort_values(MEASURES[:3], ignore_index=True)
    )
