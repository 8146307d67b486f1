"""Networks: who agrees or disagrees with whom, and which ties the articles state.

Discourse networks follow Leifeld (2017), "Discourse Network Analysis", in: The Oxford Handbook of Political Networks.
X[i,j,k] counts the statements of actor i on issue j with stance k; d(k,k') = |k-k'| / (k_max - k_min) over the codebook's scale.
"""
import numpy as np
import pandas as pd
from scipy import sparse

EDGES = ["edge_id", "network", "source", "target", "relation", "sign", "weight", "n_evidence", "n_articles"]
EVIDENCE = ["edge_id", "unit", "unit_id"]


def distance(stances):
    """d(k,k') between the stances of the codebook, a square frame labelled by stance; 0 for one's own, 1 for the two ends."""
    scale = np.array(sorted(stances.stance), dtype=float)
    width = (scale.max() - scale.min()) or 1.0
    return pd.DataFrame(np.abs(scale[:, None] - scale[None, :]) / width, index=scale.astype(int), columns=scale.astype(int))


def one_mode(statements, stances, measure="congruence", normalisation="average"):
    """Actor-by-actor network of statements (columns speaker, issue, stance), as a square frame with a zero diagonal.

    congruence = sum over issues of X_ijk X_i'jk' (1 - d(k,k')); conflict = the same with d.
    `none` leaves the sum; `average` divides by (a_i + a_i') / 2, the mean number of statements of the two, and is not bounded by 1.
    Raises ValueError for another measure or normalisation.
    """
    if measure not in ("congruence", "conflict") or normalisation not in ("none", "average"):
        raise ValueError(f"measure {measure!r}, normalisation {normalisation!r}: expected congruence or conflict, none or average")
    apart = distance(stances)
    closeness = 1 - apart if measure == "congruence" else apart
    actors, issues = (pd.Categorical(statements[c], categories=sorted(set(statements[c]))) for c in ("speaker", "issue"))
    shape = (len(actors.categories), len(issues.categories))
    counts = {}
    for stance in apart.index:
        chosen = (statements.stance == stance).to_numpy(dtype=bool)
        counts[stance] = sparse.csr_array((np.ones(chosen.sum()), (actors.codes[chosen], issues.codes[chosen])), shape=shape)
    total = sum(closeness.loc[k, m] * (counts[k] @ counts[m].T) for k in apart.index for m in apart.index)
    weights = total.toarray()
    np.fill_diagonal(weights, 0)
    if normalisation == "average":
        activity = np.bincount(actors.codes, minlength=shape[0])
        weights = 2 * weights / (activity[:, None] + activity[None, :])
    return pd.DataFrame(weights, index=actors.categories, columns=actors.categories)


def discourse_edges(statements, stances, measure="congruence", normalisation="average", threshold=0.0):
    """The edges of a one-mode network above a threshold, and the statements behind each: `(edges, edge_evidence)`.

    A statement is evidence for an edge if the other actor has a statement on the same issue that adds to the weight with it.
    """
    weights = one_mode(statements, stances, measure, normalisation)
    apart = distance(stances)
    closeness = 1 - apart if measure == "congruence" else apart
    edges, evidence = [], []
    by_actor = {actor: rows for actor, rows in statements.groupby("speaker", sort=True)}
    for i, source in enumerate(weights.index):
        for target in weights.index[i + 1:]:
            weight = weights.at[source, target]
            if weight <= threshold:
                continue
            pairs = by_actor[source].merge(by_actor[target], on="issue")
            pairs = pairs[[closeness.at[a, b] > 0 for a, b in zip(pairs.stance_x, pairs.stance_y)]]
            ids = sorted({*pairs.statement_id_x, *pairs.statement_id_y})
            edge = f"{measure}:{source}--{target}"
            edges.append((edge, measure, source, target, "", pd.NA, weight, len(ids), len({*pairs.article_id_x, *pairs.article_id_y})))
            evidence += [(edge, "statement", unit) for unit in ids]
    return pd.DataFrame(edges, columns=EDGES), pd.DataFrame(evidence, columns=EVIDENCE)


def relation_edges(relations):
    """The ties that the articles state, one directed edge for each source, kind, sign and target: `(edges, edge_evidence)`.

    The weight is the number of mentions.
    """
    edges, evidence = [], []
    for (source, kind, target, sign), rows in relations.groupby(["source", "relation", "target", "sign"], sort=True):
        edge = f"relation:{source}--{kind}({sign:+d})--{target}"
        edges.append((edge, "relation", source, target, kind, sign, float(len(rows)), len(rows), rows.article_id.nunique()))
        evidence += [(edge, "relation", unit) for unit in sorted(rows.relation_id)]
    return pd.DataFrame(edges, columns=EDGES), pd.DataFrame(evidence, columns=EVIDENCE)


def heaviest(edges, count):
    """The `count` edges of the greatest weight; equal weights in the order of their ids."""
    return edges.sort_values(["weight", "edge_id"], ascending=[False, True]).head(count)


def edge_issues(evidence, statements):
    """edge_id to the sorted list of issues on which the statements behind it were made."""
    joined = evidence.merge(statements, left_on="unit_id", right_on="statement_id")
    return joined.groupby("edge_id").issue.agg(lambda issues: sorted(set(issues)))


def nodes(actors, statements, relations):
    """The actors that speak or stand in a relation, with the number of each."""
    spoken = statements.speaker.value_counts()
    tied = pd.concat([relations.source, relations.target]).value_counts()
    counted = actors.assign(n_statements=actors.actor_id.map(spoken).fillna(0).astype("Int64"), n_relations=actors.actor_id.map(tied).fillna(0).astype("Int64"))
    return counted[(counted.n_statements > 0) | (counted.n_relations > 0)].sort_values("actor_id")
