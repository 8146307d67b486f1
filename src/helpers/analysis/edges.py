"""Edges: the networks as tables, each edge with the passages behind it.

Each function gives the edges (as `edges` in tables.yaml, by their ids). What articles state has the
ids of the mentions or paragraphs behind each edge beside it (`edge_evidence`); agreement and
disagreement have the issues of each edge (`edge_issues`), of which `evidence` makes the statements.
"""

import itertools
from dataclasses import dataclass, field

import numpy as np
import pandas as pd
from scipy import sparse

from helpers.analysis import by_account
from helpers.analysis.counts import count
from helpers.analysis.evidence import cells
from helpers.analysis.networks import kernel, two_mode, weights
from helpers.analysis.pairs import articles_behind, shared_issues
from helpers.case.schema import columns
from helpers.dates.edtf import bounds

Tables = tuple[pd.DataFrame, pd.DataFrame]


@dataclass
class _Rows:
    """Edges and their evidence, row by row."""

    edges: list[dict] = field(default_factory=list)
    evidence: list[dict] = field(default_factory=list)

    def add(self, edge: dict, unit: str, ids: dict[str, str]) -> None:
        """`ids`: each coded unit behind the edge, and by whose word alone the article has it."""
        told_by = list(ids.values())
        account, claimants = by_account.account(told_by), by_account.claimants(told_by)
        self.edges.append(edge | {"account": account, "claimants": claimants})
        for unit_id, teller in sorted(ids.items()):
            row = {"edge_id": edge["edge_id"], "unit": unit, "unit_id": unit_id}
            self.evidence.append(row | {"according_to": teller})

    def tables(self) -> Tables:
        edges = pd.DataFrame(self.edges, columns=columns("edges"))
        evidence = pd.DataFrame(self.evidence, columns=columns("edge_evidence"))
        return edges, evidence


def discourse_edges(
    statements: pd.DataFrame,
    stances: pd.DataFrame,
    measure: str = "congruence",
    normalisation: str = "average",
    threshold: float = 0.0,
    actor: str = "speaker",
) -> Tables:
    """The edges of a one-mode network whose weight is beyond a threshold, and their issues.

    The tables `edges` and `edge_issues`. `threshold` is compared with the size of the weight.
    `measure`, `normalisation` and `actor` are those of `networks.weights`. A statement is evidence
    for an edge if the other actor has a statement on the same issue that adds to the weight with
    it. `evidence.behind` gives the statements.
    """
    matrix, actors = weights(statements, stances, measure, normalisation, actor)
    pairs = _pairs_beyond(matrix, threshold)
    if pairs.empty:
        return _empty("edges"), _empty("edge_issues")
    counts = count(statements, stances, actor)
    adding = kernel(measure, stances).to_numpy()
    shared = _of_pairs(shared_issues(counts, adding), pairs, len(actors))
    names = np.array(actors, dtype=object)
    sources, targets = names[pairs.source], names[pairs.target]
    ids = np.array([f"{measure}:{a}--{b}" for a, b in zip(sources, targets, strict=True)])
    edges = pd.DataFrame(
        {
            "edge_id": ids,
            "network": measure,
            "source": sources,
            "target": targets,
            "relation": "",
            "sign": pd.NA,
            "weight": pairs.weight,
            "n_evidence": shared.groupby("pair").n_evidence.sum(),
            **articles_behind(counts, statements, actor, adding, pairs),
        },
        columns=columns("edges"),
    )
    whole = shared.part.groupby(shared.pair).transform("sum")
    issues = shared.assign(
        edge_id=ids[shared.pair],
        issue=np.array(counts.issues, dtype=object)[shared.issue.astype(int)],
        share=shared.part / whole,
    )
    issues = issues.sort_values(["edge_id", "issue"], ignore_index=True)[columns("edge_issues")]
    whose = by_account.of_pairs(edges, issues, cells(statements, actor))
    for column in whose:
        edges[column] = edges.edge_id.map(whose[column])
    return edges.sort_values("edge_id", ignore_index=True), issues


def _pairs_beyond(matrix: sparse.csr_array, threshold: float) -> pd.DataFrame:
    """The pairs of actors, by their places, whose weight is beyond a threshold in size."""
    upper = sparse.triu(matrix, format="coo")
    source, target = upper.coords
    pairs = pd.DataFrame({"source": source, "target": target, "weight": upper.data})
    return pairs[pairs.weight.abs() > threshold].reset_index(drop=True)


def _of_pairs(shared: pd.DataFrame, pairs: pd.DataFrame, size: int) -> pd.DataFrame:
    """The rows of these pairs of `size` actors, with the place of the pair as `pair`."""
    wanted = pd.Index(pairs.source.astype(np.int64) * size + pairs.target)
    pair = wanted.get_indexer(shared.source.astype(np.int64) * size + shared.target)
    return shared.assign(pair=pair)[pair >= 0]


def _empty(table: str) -> pd.DataFrame:
    return pd.DataFrame(columns=columns(table))


def two_mode_edges(
    statements: pd.DataFrame,
    stances: pd.DataFrame,
    measure: str = "subtract",
    normalisation: str = "none",
    actor: str = "speaker",
) -> pd.DataFrame:
    """The two-mode network as the table `issue_edges`; `evidence.behind` gives its statements.

    `measure`, `normalisation` and `actor` are those of `networks.two_mode`.
    """
    weight = two_mode(statements, stances, measure, normalisation, actor)
    known = statements[statements[actor] != ""].rename(columns={actor: "actor_id"})
    known = known.assign(teller=by_account.tellers(known, "quoted_by"))
    grouped = known.groupby(["actor_id", "issue"], sort=True)
    edges = grouped.agg(
        n_evidence=("statement_id", "size"),
        n_articles=("article_id", "nunique"),
        account=("teller", by_account.account),
        claimants=("teller", by_account.claimants),
    )
    edges = edges.reset_index()
    ends = list(zip(edges.actor_id, edges.issue, strict=True))
    edges["edge_id"] = [f"issue:{source}--{issue}" for source, issue in ends]
    edges["weight"] = [float(weight.at[end]) for end in ends]
    return edges[columns("issue_edges")]


def relation_edges(relations: pd.DataFrame) -> Tables:
    """The ties that the articles state: one directed edge for each source, kind, sign and target.

    The weight is the number of mentions. A tie is `claimed` where each mention is according to
    somebody, and `claimants` are these; else it is `stated`.
    """
    relations = relations.assign(teller=by_account.tellers(relations, "according_to"))
    rows = _Rows()
    ends = ["source", "relation", "target", "sign"]
    for (source, kind, target, sign), mentions in relations.groupby(ends, sort=True):
        edge_id = f"relation:{source}--{kind}({sign:+d})--{target}"
        edge = _edge(edge_id, source, target, mentions.article_id, kind, sign)
        rows.add(edge, "relation", dict(zip(mentions.relation_id, mentions.teller, strict=True)))
    return _by_id(rows)


def affiliation_edges(affiliations: pd.DataFrame, day: str = "") -> Tables:
    """Who belonged where; with a day or interval (EDTF), only what may have held in it.

    It may have held from `valid_from`, the first day on which it is known, to `valid_to`, by which
    it had ended; an end that is empty is open. The weight is the number of affiliations.
    """
    if day:
        affiliations = affiliations[_may_hold(affiliations, day)]
    rows = _Rows()
    for (source, target), held in affiliations.groupby(["actor_id", "organisation"], sort=True):
        edge = _edge(f"affiliation:{source}--{target}", source, target, held.article_id)
        rows.add(edge, "affiliation", dict.fromkeys(held.affiliation_id, ""))
    return _by_id(rows)


def _may_hold(affiliations: pd.DataFrame, day: str) -> pd.Series:
    """Which affiliations may have held on a day or in an interval."""
    first, last = bounds(day)
    may = []
    for start, end in zip(affiliations.valid_from, affiliations.valid_to, strict=True):
        begun = not start or bounds(start)[0] <= last
        lasting = not end or first <= bounds(end)[1]
        may.append(begun and lasting)
    return pd.Series(may, index=affiliations.index, dtype=bool)


def co_mention_edges(mentions: pd.DataFrame) -> Tables:
    """Actors named in the same paragraph; the weight is the number of such paragraphs.

    `mentions`: columns actor_id, article_id, passage_id (the paragraph), as `actor_names.named`
    gives them.
    """
    together: dict[tuple[str, str], list[tuple[str, str]]] = {}
    for place, named in mentions.groupby(["article_id", "passage_id"], sort=True):
        for pair in itertools.combinations(sorted(set(named.actor_id)), 2):
            together.setdefault(pair, []).append(place)
    rows = _Rows()
    for (source, target), places in sorted(together.items()):
        articles = pd.Series([article for article, _ in places])
        edge = _edge(f"co-mention:{source}--{target}", source, target, articles)
        rows.add(edge, "passage", dict.fromkeys((passage for _, passage in places), ""))
    return _by_id(rows)


def _edge(
    edge_id: str,
    source: str,
    target: str,
    articles: pd.Series,
    relation: str = "",
    sign: object = pd.NA,
) -> dict:
    """A row of `edges` whose weight is the number of passages; `articles` has one for each."""
    return {
        "edge_id": edge_id,
        "network": edge_id.partition(":")[0],
        "source": source,
        "target": target,
        "relation": relation,
        "sign": sign,
        "weight": float(len(articles)),
        "n_evidence": len(articles),
        "n_articles": articles.nunique(),
        "n_source_articles": pd.NA,
        "n_target_articles": pd.NA,
    }


def _by_id(rows: _Rows) -> Tables:
    edges, evidence = rows.tables()
    return edges.sort_values("edge_id", ignore_index=True), evidence


def heaviest(edges: pd.DataFrame, count: int) -> pd.DataFrame:
    """The `count` edges of the greatest weight; equal weights in the order of their ids."""
    return edges.sort_values(["weight", "edge_id"], ascending=[False, True]).head(count)


def nodes(
    actors: pd.DataFrame,
    statements: pd.DataFrame,
    relations: pd.DataFrame,
    edges: pd.DataFrame,
    groups: dict[str, int],
) -> pd.DataFrame:
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
