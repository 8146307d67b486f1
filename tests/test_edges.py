"""Edges: the evidence behind every one; those of the real case made again from their passages."""

from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import sparse

from helpers.analysis import actor_names, edges, evidence, networks
from helpers.case.load import coded, load
from helpers.case.schema import columns

CASES = ["data/raw", "tests/cases/lighthouse"]
SCALES = [[-2, 0, 1, 2], [-1, 1], [-3, 1, 7], [5]]


# --- discourse


def in_cells(pairs):
    """The stances of both ends as cells of a table."""
    return [";".join(map(str, sorted(set(pairs[end])))) for end in ("stance_x", "stance_y")]


def whose(pairs):
    """By whose account an edge stands: claimed where one end is only as somebody tells it."""
    if "quoted_by_x" not in pairs:
        return "stated", ""
    ends = [pairs.quoted_by_x, pairs.quoted_by_y]
    account = "claimed" if any((end != "").all() for end in ends) else "stated"
    return account, ";".join(sorted({*ends[0], *ends[1]} - {""}))


def loop_over_pairs(statements, stances, measure, normalisation, threshold=0.0, actor="speaker"):
    """`discourse_edges` by its plain definition, each pair of actors by itself.

    The edges, their issues, and the ids of the statements behind each.
    """
    matrix, labels = networks.weights(statements, stances, measure, normalisation, actor)
    upper = sparse.triu(matrix, format="coo")
    adds = networks.kernel(measure, stances)
    by_actor = dict(tuple(statements.groupby(actor, sort=True)))
    rows, issues, behind = [], [], {}
    for i, j, weight in zip(*upper.coords, upper.data, strict=True):
        if abs(weight) <= threshold:
            continue
        source, target = labels[i], labels[j]
        edge = f"{measure}:{source}--{target}"
        pairs = by_actor[source].merge(by_actor[target], on="issue")
        added = [adds.at[a, b] for a, b in zip(pairs.stance_x, pairs.stance_y, strict=True)]
        pairs = pairs.assign(added=np.array(added, dtype=float))
        pairs = pairs[pairs.added != 0]
        for issue, here in pairs.groupby("issue"):
            share = here.added.sum() / pairs.added.sum()
            number = here.statement_id_x.nunique() + here.statement_id_y.nunique()
            issues.append((edge, issue, share, number, *in_cells(here)))
        behind[edge] = sorted({*pairs.statement_id_x, *pairs.statement_id_y})
        articles = {*pairs.article_id_x, *pairs.article_id_y}
        of_each = pairs.article_id_x.nunique(), pairs.article_id_y.nunique()
        numbers = (weight, len(behind[edge]), len(articles), *of_each, *whose(pairs))
        rows.append((edge, measure, source, target, "", pd.NA, *numbers))
    issue_rows = pd.DataFrame(issues, columns=columns("edge_issues"))
    return (
        pd.DataFrame(rows, columns=columns("edges")).sort_values("edge_id", ignore_index=True),
        issue_rows.sort_values(["edge_id", "issue"], ignore_index=True),
        behind,
    )


def composed(table, issues, statements, actor="speaker"):
    """The ids behind each edge, by the tables alone."""
    cells = evidence.cells(statements, actor)
    return evidence.behind({"edges": table, "edge_issues": issues, "cells": cells})


def assert_as_by_the_loop(statements, stances, measure, normalisation, threshold, actor="speaker"):
    """The same edges, not a bit apart; the same issues, and the same statements behind each."""
    arguments = (statements, stances, measure, normalisation, threshold, actor)
    table, issues = edges.discourse_edges(*arguments)
    expected, expected_issues, statements_behind = loop_over_pairs(*arguments)
    pd.testing.assert_frame_equal(table, expected, check_exact=True)
    pd.testing.assert_frame_equal(issues, expected_issues, check_exact=False, atol=1e-12)
    assert dict(composed(table, issues, statements, actor)) == statements_behind


@st.composite
def codings(draw):
    """A scale of stances and some statements on it, in three articles, some without an actor."""
    values = draw(st.sampled_from(SCALES))
    row = st.tuples(
        st.sampled_from(["", "a", "b", "B", "c", "é"]),
        st.sampled_from("ijk"),
        st.sampled_from(values),
        st.sampled_from("xyz"),
    )
    rows = draw(st.lists(row, max_size=20))
    frame = pd.DataFrame(rows, columns=["speaker", "issue", "stance", "article_id"])
    ids = draw(st.permutations(range(len(rows))))
    frame = frame.assign(statement_id=[f"s{n:02}" for n in ids]).astype("str")
    return frame.astype({"stance": "Int64"}), pd.DataFrame({"stance": values})


@settings(max_examples=60, deadline=None)
@given(
    codings(),
    st.sampled_from(networks.MEASURES),
    st.sampled_from(networks.NORMALISATIONS),
    st.sampled_from([0.0, 0.5, 2.0]),
)
def test_edges_issues_and_evidence_are_those_of_the_loop_over_pairs(
    coding, measure, normalisation, threshold
):
    frame, stances = coding
    assert_as_by_the_loop(frame, stances, measure, normalisation, threshold)


@pytest.mark.long
@pytest.mark.parametrize("folder", CASES)
@pytest.mark.parametrize("measure", networks.MEASURES)
def test_so_they_are_in_the_cases(root, folder, measure):
    case = load(Path(root, folder))
    for coder in ("adjudicated", "all"):
        frame = coded(case, "statements", coder)
        for actor in ("speaker", "on_behalf_of"):
            assert_as_by_the_loop(frame, case.stances, measure, "average", 0.0, actor)


@pytest.mark.parametrize("folder", CASES)
@pytest.mark.parametrize("measure", networks.MEASURES)
def test_every_weight_is_recomputed_from_the_statements_behind_it(root, folder, measure):
    """From the edge to its issues, to the cells of its ends there, to the statements in them."""
    case = load(Path(root, folder))
    frame = coded(case, "statements", "adjudicated")
    table, issues = edges.discourse_edges(frame, case.stances, measure, "none")
    behind = composed(table, issues, frame)
    shares = issues.groupby("edge_id").share.sum()
    assert set(behind) == set(table.edge_id) == set(shares.index) and len(table) > 5
    np.testing.assert_allclose(shares, 1)
    for edge in table.itertuples():
        said = frame[frame.statement_id.isin(behind[edge.edge_id])]
        again = networks.one_mode(said, case.stances, measure)
        assert set(said.speaker) == {edge.source, edge.target}
        assert again.at[edge.source, edge.target] == pytest.approx(edge.weight)
        assert edge.n_evidence == len(said) and edge.n_articles == said.article_id.nunique()
        for row in issues[issues.edge_id == edge.edge_id].itertuples():
            here = said[said.issue == row.issue]
            part = networks.one_mode(here, case.stances, measure).at[edge.source, edge.target]
            assert part == pytest.approx(row.share * edge.weight) and row.n_evidence == len(here)


@pytest.mark.parametrize("normalisation", networks.NORMALISATIONS)
def test_a_normalised_weight_is_recomputed_from_all_words_of_its_ends(real, normalisation):
    frame = coded(real, "statements", "adjudicated")
    table, _ = edges.discourse_edges(frame, real.stances, "conflict", normalisation)
    for edge in table.itertuples():
        ends = frame[frame.speaker.isin([edge.source, edge.target])]
        again = networks.one_mode(ends, real.stances, "conflict", normalisation)
        assert again.at[edge.source, edge.target] == pytest.approx(edge.weight)


def test_a_scale_of_a_hundred_stances_has_its_stances_in_the_table():
    rows = [("s1", "a", "i", 0, "x"), ("s2", "b", "i", 99, "x"), ("s3", "b", "i", 0, "y")]
    names = ["statement_id", "speaker", "issue", "stance", "article_id"]
    frame = pd.DataFrame(rows, columns=names)
    table, issues = edges.discourse_edges(frame, pd.DataFrame({"stance": range(100)}), "conflict")
    assert issues[["source_stances", "target_stances"]].values.tolist() == [["0", "99"]]
    assert dict(composed(table, issues, frame)) == {"conflict:a--b": ["s1", "s2"]}


def test_no_statement_gives_no_edge(real):
    none = coded(real, "statements", "adjudicated")[:0]
    table, issues = edges.discourse_edges(none, real.stances)
    assert table.empty and list(table) == columns("edges")
    assert issues.empty and list(issues) == columns("edge_issues")
    assert dict(composed(table, issues, none)) == {}


def test_the_edges_of_a_thousand_statements_of_a_hundred_actors_are_made_at_once():
    random = np.random.default_rng(5)
    frame = pd.DataFrame(
        {
            "statement_id": [f"s{n:04}" for n in range(1000)],
            "speaker": random.integers(100, size=1000).astype(str),
            "issue": random.integers(20, size=1000).astype(str),
            "stance": random.choice([-1, 1], size=1000),
            "article_id": random.integers(50, size=1000).astype(str),
        }
    )
    table, issues = edges.discourse_edges(frame, pd.DataFrame({"stance": [-1, 1]}))
    assert len(table) > 4000 and table.n_evidence.sum() == issues.n_evidence.sum()
    assert table.edge_id.is_monotonic_increasing
    assert not issues.duplicated(["edge_id", "issue"]).any()


# --- actors and issues


def test_every_actor_to_issue_edge_is_recomputed_from_its_evidence(real):
    frame = coded(real, "statements", "adjudicated")
    table = edges.two_mode_edges(frame, real.stances)
    behind = evidence.behind({"issue_edges": table, "cells": evidence.cells(frame)})
    for edge in table.itertuples():
        said = frame[frame.statement_id.isin(behind[edge.edge_id])]
        assert said.stance.sum() == edge.weight
        assert set(said.speaker) == {edge.actor_id} and set(said.issue) == {edge.issue}
        assert len(said) == edge.n_evidence and said.article_id.nunique() == edge.n_articles
    assert table.n_evidence.sum() == len(frame)


def test_the_issues_of_an_edge_are_those_of_its_statements(real):
    frame = coded(real, "statements", "adjudicated")
    table, rows = edges.discourse_edges(frame, real.stances)
    behind, issues = composed(table, rows, frame), evidence.issues_by_edge(rows)
    for edge in edges.heaviest(table, 5).itertuples():
        said = frame[frame.statement_id.isin(behind[edge.edge_id])]
        assert issues[edge.edge_id] == sorted(set(said.issue))


# --- what the articles state


def test_every_stated_tie_of_the_real_case_is_its_mentions(real):
    frame = coded(real, "relations", "adjudicated")
    table, listed = edges.relation_edges(frame)
    assert table.weight.sum() == len(frame) == len(listed) and table.edge_id.is_unique
    joined = listed.merge(table, on="edge_id").merge(
        frame, left_on="unit_id", right_on="relation_id", suffixes=("", "_said")
    )
    for column in ("source", "target", "relation", "sign"):
        assert (joined[column] == joined[f"{column}_said"]).all()


def test_affiliations_hold_on_the_days_the_articles_allow(real):
    book = pd.DataFrame(
        [
            ("f1", "ann", "board", "2020-01", "2020-06"),
            ("f2", "ben", "board", "2020-03-01", ""),
            ("f3", "cat", "board", "", "2020-02"),
        ],
        columns=["affiliation_id", "actor_id", "organisation", "valid_from", "valid_to"],
    ).assign(article_id="x")

    def members(day):
        return edges.affiliation_edges(book, day)[0].source.tolist()

    assert members("2020-02-10") == ["ann", "cat"]
    assert members("2020-07") == ["ben"]
    assert members("") == ["ann", "ben", "cat"]
    table, listed = edges.affiliation_edges(real.affiliations)
    assert set(listed.unit_id) == set(real.affiliations.affiliation_id)
    assert table.weight.sum() == len(real.affiliations)


# --- who is named together


def test_co_mentions_are_paragraphs_that_name_both(real):
    named = actor_names.named(real.texts, real.furniture, real.aliases, real.actors)
    for row in named.itertuples():
        assert real.texts[row.article_id][row.start : row.end] == row.alias
    table, listed = edges.co_mention_edges(named)
    behind = evidence.behind({"edge_evidence": listed})
    for edge in table.itertuples():
        for passage in behind[edge.edge_id]:
            assert {edge.source, edge.target} <= set(named[named.passage_id == passage].actor_id)
    assert (table.weight == table.n_evidence).all() and len(table) > 20


def test_a_name_counts_whole_longest_first_and_outside_furniture():
    texts = {"x": "Ann Lee met Ann.\nJoanna Lee left.\nAnn Lee"}
    aliases = pd.DataFrame(
        [("Ann", "ann", "x", "", ""), ("Ann Lee", "lee", "x", "", "")],
        columns=columns("aliases", "raw"),
    )
    nobody = pd.DataFrame(columns=columns("actors"))
    named = actor_names.named(texts, {"x": [(34, 41, "caption", "")]}, aliases, nobody)
    assert named[["actor_id", "start"]].values.tolist() == [["lee", 0], ["ann", 12]]


# --- actors


def test_nodes_are_those_who_speak_or_are_an_end_of_an_edge(real):
    said = coded(real, "statements", "adjudicated")
    tied = coded(real, "relations", "adjudicated")
    belong, _ = edges.affiliation_edges(real.affiliations)
    nodes = edges.nodes(real.actors, said, tied, belong, {})
    ends = {*tied.source, *tied.target, *belong.source, *belong.target}
    assert set(nodes.actor_id) == {*said.speaker, *ends}
    assert nodes.n_statements.sum() == len(said) and nodes.n_relations.sum() == 2 * len(tied)
