"""Networks: who agrees or disagrees with whom, who speaks to what, and which ties the articles state.

Discourse networks follow Leifeld (2017), "Discourse Network Analysis", in: The Oxford Handbook of Political Networks, and
Discourse Network Analyzer (DNA). X[i,j,k] counts the statements of actor i on issue j with stance k, a_i is the sum of X over
j and k, and d(k,k') = |k-k'| / (k_max - k_min) over the codebook's scale. X is kept as one sparse matrix for each stance, so
that the cost grows with the statements.

`statements` has the columns speaker (or another actor column), issue, stance, statement_id, article_id, earliest, latest.
"""

import itertools

import numpy as np
import pandas as pd
from scipy import sparse

from helpers.case.schema import columns
from helpers.dates import edtf as dates

MEASURES = ["ignore", "congruence", "conflict", "subtract"]
NORMALISATIONS = ["none", "average", "jaccard", "activity_product", "cosine"]
TWO_MODE = ["ignore", "subtract", "combine"]
TWO_MODE_NORMALISATIONS = ["none", "activity", "prominence"]
DUPLICATES = ["include", "article", "week", "month", "year", "range"]
UNITS = {"day": "D", "week": "W-SUN", "month": "M", "year": "Y"}
EDGES = [
    "edge_id",
    "network",
    "source",
    "target",
    "relation",
    "sign",
    "weight",
    "n_evidence",
    "n_articles",
]
EVIDENCE = ["edge_id", "unit", "unit_id"]


def _known(value, choices, what):
    if value not in choices:
        raise ValueError(f"{what} {value!r}: expected one of {', '.join(choices)}")


def select(frame, column, values, invert=False):
    """The rows whose cell in a column (actor, issue, publisher, period, …) is among the values; with `invert`, the others."""
    return frame[frame[column].isin(list(values)) != invert]


def deduplicate(statements, per="include", actor="speaker", by_stance=True):
    """Keep the earliest of the statements of one actor on one issue (and, unless stances are ignored, with one stance) in a span.

    `per`: `include` (keep all), `article`, or a calendar `week` (ISO 8601), `month`, `year`, or `range` (the whole time).
    A week or month has its year, unlike in DNA 3.1, where March of two years falls together. A statement whose date does not
    lie in one week (month, year), or that has none, has no duplicate in it and stays.
    """
    _known(per, DUPLICATES, "duplicates")
    if per == "include":
        return statements
    ordered = statements.assign(_when=statements.earliest.replace("", dates.NEVER)).sort_values(
        ["_when", "article_id", "statement_id"], kind="stable"
    )
    if per == "article":
        span = ordered.article_id
    elif per == "range":
        span = pd.Series("", index=ordered.index)
    else:
        first, last = (
            pd.PeriodIndex(pd.to_datetime(ordered[side].replace("", None)), freq=UNITS[per])
            for side in ("earliest", "latest")
        )
        one = (first == last) & (ordered.earliest != "") & (ordered.latest != "")
        span = pd.Series(
            np.where(one, first.astype(str), "alone " + ordered.statement_id.astype(str)),
            index=ordered.index,
        )
    keys = [ordered[actor], ordered.issue, *([ordered.stance] if by_stance else []), span]
    kept = ~pd.concat(keys, axis=1, keys=range(len(keys))).duplicated()
    return statements.loc[statements.index.isin(ordered.index[kept])]


def windows(statements, kind="fixed", size=1, unit="month"):
    """Time windows: a list of `(first day, last day, statements)`, the days as they actually bound the window.

    `fixed`: one after the other, `size` units each; `moving`: `size` units, one unit further each time; `cumulative`: from the
    first unit to each `size`-th further. A statement lies in a window only with its whole date; undated ones lie in none.
    """
    _known(kind, ["fixed", "moving", "cumulative"], "window")
    _known(unit, list(UNITS), "unit")
    if size < 1:
        raise ValueError(f"size {size}: expected a whole number from 1")
    dated = statements[(statements.earliest != "") & (statements.latest != "")]
    if dated.empty:
        return []
    span = pd.period_range(dated.earliest.min(), dated.latest.max(), freq=UNITS[unit])
    starts = range(0, len(span), 1 if kind == "moving" else size)
    ends = [
        min(start + size, len(span)) - 1
        for start in starts
        if kind != "moving" or start + size <= len(span)
    ] or [len(span) - 1]
    found = []
    for start, end in zip(starts, ends):
        first, last = (
            str(day.date())
            for day in (span[0 if kind == "cumulative" else start].start_time, span[end].end_time)
        )
        found.append((first, last, dated[(dated.earliest >= first) & (dated.latest <= last)]))
    return found


def distance(stances):
    """d(k,k') between the stances of the codebook, a square frame labelled by stance; 0 for one's own, 1 for the two ends."""
    scale = np.array(sorted(stances.stance), dtype=int)
    width = (scale.max() - scale.min()) or 1
    return pd.DataFrame(np.abs(scale[:, None] - scale[None, :]) / width, index=scale, columns=scale)


def _counts(statements, stances, actor, actors=None, issues=None):
    """X as a list of sparse matrices, one for each stance in rising order, with the labels of its rows and columns."""
    rows = statements[(statements[actor] != "") & (statements.issue != "")]
    labels = [
        sorted(set(rows[column]) | set(given or []))
        for column, given in ((actor, actors), ("issue", issues))
    ]
    i, j = (
        pd.Categorical(rows[column], categories=label).codes
        for column, label in zip((actor, "issue"), labels)
    )
    values = rows.stance.to_numpy(int)
    stacked = []
    for stance in sorted(stances.stance):
        chosen = values == stance
        stacked.append(
            sparse.csr_array(
                (np.ones(chosen.sum()), (i[chosen], j[chosen])), shape=tuple(map(len, labels))
            )
        )
    return stacked, *labels


def weights(
    statements, stances, measure="congruence", normalisation="none", actor="speaker", actors=None
):
    """One-mode network as `(sparse matrix, actors)`: symmetric, zero diagonal. `actors` adds rows for isolates.

    Over all issues j, for i ≠ i':
    `ignore` = Σ (Σ_k X_ijk)(Σ_k' X_i'jk'); `congruence` = Σ X_ijk X_i'jk' (1 - d(k,k')); `conflict` = the same with d;
    `subtract` = congruence - conflict. Divided by
    `none`: 1;
    `average`: (a_i + a_i') / 2 — not bounded by 1;
    `jaccard`: Σ_jk X_ijk [X_i'jk = 0] + Σ_jk X_i'jk [X_ijk = 0] + Σ_jk X_ijk X_i'jk — bounded by 1 for congruence on a scale of two stances;
    `activity_product`: a_i a_i', which DNA calls "cosine" — congruence, conflict and ignore are bounded by 1, subtract by -1 and 1;
    `cosine`: the true cosine, √(s_i s_i') with s_i the measure of i with itself (congruence for conflict and subtract) — ignore and
    congruence are bounded by 1, which only actors of the same profile reach; on a scale of two stances it is the cosine of X.
    A zero divisor gives 0. Raises ValueError for another measure or normalisation.
    """
    _known(measure, MEASURES, "measure")
    _known(normalisation, NORMALISATIONS, "normalisation")
    x, labels, _ = _counts(statements, stances, actor, actors)
    apart = distance(stances).to_numpy()
    kernel = {
        "ignore": np.ones_like(apart),
        "congruence": 1 - apart,
        "conflict": apart,
        "subtract": 1 - 2 * apart,
    }[measure]
    total = _product(x, kernel)
    if normalisation != "none":
        total = total.tocoo()
        i, j = total.coords
        activity = sum(part.sum(axis=1) for part in x)
        if normalisation == "average":
            divisor = (activity[i] + activity[j]) / 2
        elif normalisation == "activity_product":
            divisor = activity[i] * activity[j]
        elif normalisation == "cosine":
            own = _own(x, kernel if measure == "ignore" else 1 - apart)
            divisor = np.sqrt(own[i] * own[j])
        else:
            cells = sparse.hstack(x, format="csr")
            shared, product = (
                (cells @ (cells > 0).astype(float).T).tocsr(),
                (cells @ cells.T).tocsr(),
            )
            divisor = activity[i] + activity[j] - shared[i, j] - shared[j, i] + product[i, j]
        total.data = np.divide(
            total.data, divisor, out=np.zeros_like(total.data), where=divisor > 0
        )
    total = total.tolil() if total.shape[0] == 0 else total.tocsr()
    if total.shape[0]:
        total.setdiag(0)
        total.eliminate_zeros()
    return total, labels


def _product(x, kernel):
    """Σ over k, k' of kernel[k,k'] X_k X_k'ᵀ, with as many sparse products as there are stances."""
    return sum(
        part @ sum(weight * other for weight, other in zip(row, x)).T
        for part, row in zip(x, kernel)
    )


def _own(x, kernel):
    """The diagonal of `_product` without the rest of it."""
    return sum(
        (part * sum(weight * other for weight, other in zip(row, x))).sum(axis=1)
        for part, row in zip(x, kernel)
    )


def one_mode(
    statements, stances, measure="congruence", normalisation="none", actor="speaker", actors=None
):
    """`weights` as a square frame, actors by actors in the order of their ids."""
    matrix, labels = weights(statements, stances, measure, normalisation, actor, actors)
    return pd.DataFrame(matrix.toarray(), index=labels, columns=labels)


def two_mode(
    statements,
    stances,
    measure="subtract",
    normalisation="none",
    actor="speaker",
    actors=None,
    issues=None,
):
    """Two-mode network as a frame, actors by issues.

    `ignore` = number of statements; `subtract` = Σ_k k X_ijk, on a scale of two stances the upper minus the lower;
    `combine` = which stances occur: the highest counts 1, the next 2, then 4 and so on, so that on a scale of two stances
    0 is none, 1 only for, 2 only against, 3 both. Divided by `none`: 1; `activity`: all statements of the actor;
    `prominence`: all statements on the issue (for `combine`, whose numbers are names, the number of non-empty cells, as in DNA).
    A zero divisor gives 0. Raises ValueError for another measure or normalisation.
    """
    _known(measure, TWO_MODE, "measure")
    _known(normalisation, TWO_MODE_NORMALISATIONS, "normalisation")
    x, rows, columns = _counts(statements, stances, actor, actors, issues)
    scale = [-1, 1] if len(x) == 2 else sorted(stances.stance)
    mentions = sum(part.toarray() for part in x)
    if measure == "combine":
        found = sum((part.toarray() > 0) * 2.0**bit for bit, part in enumerate(reversed(x)))
        mentions = (mentions > 0).astype(float)
    else:
        found = (
            mentions
            if measure == "ignore"
            else sum(value * part.toarray() for value, part in zip(scale, x))
        )
    if normalisation != "none":
        divisor = mentions.sum(axis=1 if normalisation == "activity" else 0, keepdims=True)
        found = np.divide(found, divisor, out=np.zeros_like(found), where=divisor > 0)
    return pd.DataFrame(found, index=rows, columns=columns)


def discourse_edges(
    statements,
    stances,
    measure="congruence",
    normalisation="average",
    threshold=0.0,
    actor="speaker",
):
    """The edges of a one-mode network whose weight is beyond a threshold (in size), and the statements behind each: `(edges, edge_evidence)`.

    A statement is evidence for an edge if the other actor has a statement on the same issue that adds to the weight with it.
    """
    matrix, labels = weights(statements, stances, measure, normalisation, actor)
    upper = sparse.triu(matrix, format="coo")
    apart = distance(stances)
    adds = {
        "ignore": lambda a, b: True,
        "congruence": lambda a, b: apart.at[a, b] < 1,
        "conflict": lambda a, b: apart.at[a, b] > 0,
        "subtract": lambda a, b: apart.at[a, b] != 0.5,
    }[measure]
    by_actor = dict(tuple(statements.groupby(actor, sort=True)))
    edges, evidence = [], []
    for source, target, weight in zip(upper.coords[0], upper.coords[1], upper.data):
        if abs(weight) <= threshold:
            continue
        source, target = labels[source], labels[target]
        pairs = by_actor[source].merge(by_actor[target], on="issue")
        pairs = pairs[
            pd.Series(
                [adds(a, b) for a, b in zip(pairs.stance_x, pairs.stance_y)],
                index=pairs.index,
                dtype=bool,
            )
        ]
        ids = sorted({*pairs.statement_id_x, *pairs.statement_id_y})
        edge = f"{measure}:{source}--{target}"
        edges.append(
            (
                edge,
                measure,
                source,
                target,
                "",
                pd.NA,
                weight,
                len(ids),
                len({*pairs.article_id_x, *pairs.article_id_y}),
            )
        )
        evidence += [(edge, "statement", unit) for unit in ids]
    return _edges(edges, evidence)


def two_mode_edges(statements, stances, measure="subtract", normalisation="none", actor="speaker"):
    """The two-mode network as rows edge_id, actor_id, issue, weight, n_evidence, n_articles, and the statements behind each: `(edges, edge_evidence)`."""
    table = two_mode(statements, stances, measure, normalisation, actor)
    edges, evidence = [], []
    for (source, issue), rows in statements[statements[actor] != ""].groupby(
        [actor, "issue"], sort=True
    ):
        edge = f"issue:{source}--{issue}"
        edges.append(
            (edge, source, issue, table.at[source, issue], len(rows), rows.article_id.nunique())
        )
        evidence += [(edge, "statement", unit) for unit in sorted(rows.statement_id)]
    columns = ["edge_id", "actor_id", "issue", "weight", "n_evidence", "n_articles"]
    return pd.DataFrame(edges, columns=columns), pd.DataFrame(evidence, columns=EVIDENCE)


def relation_edges(relations):
    """The ties that the articles state, one directed edge for each source, kind, sign and target: `(edges, edge_evidence)`.

    The weight is the number of mentions.
    """
    edges, evidence = [], []
    for (source, kind, target, sign), rows in relations.groupby(
        ["source", "relation", "target", "sign"], sort=True
    ):
        edge = f"relation:{source}--{kind}({sign:+d})--{target}"
        edges.append(
            (
                edge,
                "relation",
                source,
                target,
                kind,
                sign,
                float(len(rows)),
                len(rows),
                rows.article_id.nunique(),
            )
        )
        evidence += [(edge, "relation", unit) for unit in sorted(rows.relation_id)]
    return _edges(edges, evidence)


def affiliation_edges(affiliations, day=""):
    """Who belonged where, `(edges, edge_evidence)`; with a day or interval (EDTF), only what may have held in it.

    It may have held from `valid_from`, the first day on which it is known, to `valid_to`, by which it had ended; an end that is empty is open.
    """
    edges, evidence = [], []
    if day:
        first, last = dates.bounds(day)
        may = [
            (not start or dates.bounds(start)[0] <= last)
            and (not end or first <= dates.bounds(end)[1])
            for start, end in zip(affiliations.valid_from, affiliations.valid_to)
        ]
        affiliations = affiliations[pd.Series(may, index=affiliations.index, dtype=bool)]
    for (source, target), rows in affiliations.groupby(["actor_id", "organisation"], sort=True):
        edge = f"affiliation:{source}--{target}"
        edges.append(
            (
                edge,
                "affiliation",
                source,
                target,
                "",
                pd.NA,
                float(len(rows)),
                len(rows),
                rows.article_id.nunique(),
            )
        )
        evidence += [(edge, "affiliation", unit) for unit in sorted(rows.affiliation_id)]
    return _edges(edges, evidence)


def co_mention_edges(mentions):
    """Actors named in the same paragraph, `(edges, edge_evidence)`; the weight is the number of such paragraphs.

    `mentions`: columns actor_id, article_id, passage_id (the paragraph), as `mentions.named` gives them.
    """
    found = {}
    for (article, passage), rows in mentions.groupby(["article_id", "passage_id"], sort=True):
        for pair in itertools.combinations(sorted(set(rows.actor_id)), 2):
            found.setdefault(pair, []).append((article, passage))
    edges, evidence = [], []
    for (source, target), places in sorted(found.items()):
        edge = f"co-mention:{source}--{target}"
        edges.append(
            (
                edge,
                "co-mention",
                source,
                target,
                "",
                pd.NA,
                float(len(places)),
                len(places),
                len({article for article, _ in places}),
            )
        )
        evidence += [(edge, "passage", passage) for _, passage in places]
    return _edges(edges, evidence)


def _edges(edges, evidence):
    return pd.DataFrame(edges, columns=EDGES).sort_values(
        "edge_id", ignore_index=True
    ), pd.DataFrame(evidence, columns=EVIDENCE)


def heaviest(edges, count):
    """The `count` edges of the greatest weight; equal weights in the order of their ids."""
    return edges.sort_values(["weight", "edge_id"], ascending=[False, True]).head(count)


def edge_issues(evidence, statements):
    """edge_id to the sorted list of issues on which the statements behind it were made."""
    joined = evidence.merge(statements, left_on="unit_id", right_on="statement_id")
    return joined.groupby("edge_id").issue.agg(lambda issues: sorted(set(issues)))


def nodes(actors, statements, relations, edges, groups):
    """The actors that speak, stand in a relation or are an end of an edge: the table `nodes`.

    `groups`: actor_id to community, as `structure.communities` gives it.
    """
    spoken = statements.speaker.value_counts()
    tied = pd.concat([relations.source, relations.target]).value_counts()
    counted = actors.assign(
        n_statements=actors.actor_id.map(spoken).fillna(0).astype("Int64"),
        n_relations=actors.actor_id.map(tied).fillna(0).astype("Int64"),
        community=actors.actor_id.map(groups).astype("Int64"),
    )
    linked = counted.actor_id.isin({*edges.source, *edges.target})
    seen = (counted.n_statements > 0) | (counted.n_relations > 0) | linked
    return counted.loc[seen, columns("nodes")].sort_values("actor_id")
