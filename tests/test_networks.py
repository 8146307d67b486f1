"""Networks: the laws of the measures, the evidence behind every edge, and the real case's edges recomputed from their passages."""

import math

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from helpers.analysis import actor_names as mentions
from helpers.analysis import networks
from helpers.case import load as case

GRADED, YES_NO, GAPS = ([-2, 0, 1, 2], [-1, 1], [-3, 1, 7])


def scale(values):
    return pd.DataFrame({"stance": values})


def statements(rows):
    frame = pd.DataFrame(rows, columns=["speaker", "issue", "stance"])
    return frame.assign(
        statement_id=[f"s{i:03}" for i in range(len(frame))],
        article_id="x",
        earliest="2019-05-01",
        latest="2019-05-01",
        on_behalf_of="",
    )


@st.composite
def coded(draw, scales=(GRADED, YES_NO, GAPS)):
    """A scale of stances and some statements on it."""
    values = draw(st.sampled_from(scales))
    row = st.tuples(
        st.sampled_from("abcde"), st.sampled_from(["i", "j", "k"]), st.sampled_from(values)
    )
    return scale(values), statements(draw(st.lists(row, min_size=1, max_size=14)))


def counts(frame, stances):
    """X as a plain array, written from the definition."""
    actors, issues, values = (
        sorted(set(frame.speaker)),
        sorted(set(frame.issue)),
        sorted(stances.stance),
    )
    x = np.zeros((len(actors), len(issues), len(values)))
    for row in frame.itertuples():
        x[actors.index(row.speaker), issues.index(row.issue), values.index(row.stance)] += 1
    return x, values


def by_definition(frame, stances, measure, normalisation):
    """The formulas of the plan, loop by loop."""
    x, values = counts(frame, stances)
    n, m, width = x.shape[0], x.shape[1], (max(values) - min(values)) or 1
    apart = lambda k, q: abs(values[k] - values[q]) / width
    weigh = {
        "ignore": lambda k, q: 1,
        "congruence": lambda k, q: 1 - apart(k, q),
        "conflict": apart,
        "subtract": lambda k, q: 1 - 2 * apart(k, q),
    }
    total = lambda a, b, w: sum(
        x[a, j, k] * x[b, j, q] * w(k, q)
        for j in range(m)
        for k in range(len(values))
        for q in range(len(values))
    )
    found = np.zeros((n, n))
    for a in range(n):
        for b in range(n):
            if a == b:
                continue
            active = x[a].sum(), x[b].sum()
            own = weigh["ignore" if measure == "ignore" else "congruence"]
            divisor = {
                "none": 1,
                "average": sum(active) / 2,
                "activity_product": active[0] * active[1],
                "jaccard": x[a][x[b] == 0].sum() + x[b][x[a] == 0].sum() + (x[a] * x[b]).sum(),
                "cosine": math.sqrt(total(a, a, own) * total(b, b, own)),
            }[normalisation]
            found[a, b] = total(a, b, weigh[measure]) / divisor if divisor else 0
    return found


@settings(max_examples=150, deadline=None)
@given(coded(), st.sampled_from(networks.MEASURES), st.sampled_from(networks.NORMALISATIONS))
def test_every_measure_and_normalisation_is_its_definition(made, measure, normalisation):
    stances, frame = made
    found = networks.one_mode(frame, stances, measure, normalisation)
    np.testing.assert_allclose(
        found, by_definition(frame, stances, measure, normalisation), atol=1e-9
    )


@settings(max_examples=80, deadline=None)
@given(coded(), st.sampled_from(networks.NORMALISATIONS), st.integers(0, 9999))
def test_laws(made, normalisation, seed):
    stances, frame = made
    found = {
        measure: networks.one_mode(frame, stances, measure, normalisation)
        for measure in networks.MEASURES
    }
    for matrix in found.values():
        np.testing.assert_allclose(matrix, matrix.T)
        assert (np.diag(matrix) == 0).all()
    if (
        normalisation != "cosine"
    ):  # the cosine of `ignore` is taken over issues, that of the others over stances
        np.testing.assert_allclose(
            found["congruence"] + found["conflict"], found["ignore"], atol=1e-9
        )
    np.testing.assert_allclose(
        found["congruence"] - found["conflict"], found["subtract"], atol=1e-9
    )
    shuffled = frame.sample(frac=1, random_state=seed)
    renamed = frame.assign(speaker="z" + frame.speaker, issue="y" + frame.issue)
    for other in (shuffled, renamed):
        np.testing.assert_allclose(
            networks.one_mode(other, stances, "congruence", normalisation).to_numpy(),
            found["congruence"].to_numpy(),
            atol=1e-9,
        )
    bounded = {
        "activity_product": ["ignore", "congruence", "conflict"],
        "cosine": ["ignore", "congruence"],
    }.get(normalisation, [])
    bounded += ["congruence"] if normalisation == "jaccard" and len(stances) == 2 else []
    assert all(found[measure].to_numpy().max() <= 1 + 1e-9 for measure in bounded)


@settings(max_examples=60, deadline=None)
@given(coded())
def test_two_mode_measures_are_their_definitions(made):
    stances, frame = made
    x, values = counts(frame, stances)
    weigh = [-1, 1] if len(values) == 2 else values
    np.testing.assert_allclose(networks.two_mode(frame, stances, "ignore"), x.sum(axis=2))
    np.testing.assert_allclose(
        networks.two_mode(frame, stances, "subtract"), (x * weigh).sum(axis=2)
    )
    np.testing.assert_allclose(
        networks.two_mode(frame, stances, "combine"),
        ((x > 0) * [2 ** (len(values) - 1 - k) for k in range(len(values))]).sum(axis=2),
    )
    for measure in ("ignore", "subtract"):
        plain = networks.two_mode(frame, stances, measure).to_numpy()
        np.testing.assert_allclose(
            networks.two_mode(frame, stances, measure, "activity"),
            plain / x.sum(axis=(1, 2))[:, None],
        )
        np.testing.assert_allclose(
            networks.two_mode(frame, stances, measure, "prominence"),
            plain / x.sum(axis=(0, 2))[None, :],
        )


@settings(max_examples=60, deadline=None)
@given(coded(scales=[YES_NO]))
def test_combine_agrees_with_the_sign_of_subtract(made):
    stances, frame = made
    combine, subtract = (
        networks.two_mode(frame, stances, measure) for measure in ("combine", "subtract")
    )
    assert ((combine == 1) <= (subtract > 0)).all().all() and (
        (combine == 2) <= (subtract < 0)
    ).all().all()
    assert ((subtract > 0) <= combine.isin([1, 3])).all().all() and set(
        combine.to_numpy().flat
    ) <= {0, 1, 2, 3}


def test_a_yes_no_scale_of_zero_and_one_subtracts_no_from_yes():
    frame = statements([("a", "i", 0), ("a", "i", 0), ("a", "i", 1)])
    assert networks.two_mode(frame, scale([0, 1]), "subtract").at["a", "i"] == -1


def test_an_isolate_has_a_row_of_zeros_and_an_empty_actor_has_none():
    frame = statements([("a", "i", 2), ("", "i", 2)])
    assert networks.one_mode(frame, scale(GRADED), actors=["b"]).to_dict() == {
        "a": {"a": 0, "b": 0},
        "b": {"a": 0, "b": 0},
    }
    assert networks.two_mode(frame, scale(GRADED)).index.tolist() == ["a"]


def test_no_statement_gives_no_edge():
    edges, evidence = networks.discourse_edges(statements([]), scale(GRADED))
    assert edges.empty and evidence.empty and list(edges) == networks.EDGES
    assert networks.one_mode(statements([]), scale(GRADED), "subtract", "jaccard").empty


@pytest.mark.parametrize(
    "call",
    [
        lambda f, s: networks.one_mode(f, s, "closeness"),
        lambda f, s: networks.one_mode(f, s, "conflict", "softmax"),
        lambda f, s: networks.two_mode(f, s, "congruence"),
        lambda f, s: networks.two_mode(f, s, "ignore", "jaccard"),
        lambda f, s: networks.deduplicate(f, "decade"),
        lambda f, s: networks.windows(f, "rolling"),
        lambda f, s: networks.windows(f, "fixed", 1, "moon"),
    ],
)
def test_an_unknown_choice_names_the_known_ones(call):
    with pytest.raises(ValueError, match="expected one of"):
        call(statements([("a", "i", 2)]), scale(GRADED))


def dated(*days):
    frame = pd.DataFrame(
        [
            {
                "statement_id": f"s{i}",
                "speaker": "a",
                "issue": "i",
                "stance": 2,
                "earliest": d,
                "latest": d,
                "article_id": f"x{i % 2}",
            }
            for i, d in enumerate(days)
        ]
    )
    return frame


@pytest.mark.parametrize(
    "per, kept",
    [
        ("include", 6),
        ("range", 1),
        ("article", 2),
        ("month", 4),  # March 2022 and March 2023 are two months
        ("week", 3),  # the last day of 2019 and the first of 2020 are one ISO week
        ("year", 4),
    ],
)
def test_duplicates_are_counted_once_in_a_span_with_its_year(per, kept):
    frame = dated(
        "2022-03-02", "2023-03-01", "2019-12-31", "2020-01-01", "2023-03-02", "2022-03-03"
    )
    assert len(networks.deduplicate(frame, per)) == kept


def test_the_earliest_is_kept_and_another_stance_is_no_duplicate_unless_stances_are_ignored():
    frame = dated("2022-03-03", "2022-03-02", "2022-03-04").assign(stance=[2, 2, -2])
    assert networks.deduplicate(frame, "month").statement_id.tolist() == ["s1", "s2"]
    assert networks.deduplicate(frame, "month", by_stance=False).statement_id.tolist() == ["s1"]


def test_a_statement_whose_date_spans_two_months_has_no_duplicate():
    frame = dated("2022-03-31", "2022-03-31", "").assign(latest=["2022-04-01", "2022-03-31", ""])
    assert len(networks.deduplicate(frame, "month")) == 3


def test_windows_say_what_bounds_them_and_hold_whole_dates_only():
    frame = dated("2022-01-15", "2022-02-01", "2022-04-30", "").assign(
        latest=["2022-01-15", "2022-02-03", "2022-05-01", ""]
    )
    fixed = networks.windows(frame, "fixed", 2, "month")
    assert [(first, last, len(rows)) for first, last, rows in fixed] == [
        ("2022-01-01", "2022-02-28", 2),
        ("2022-03-01", "2022-04-30", 0),
        ("2022-05-01", "2022-05-31", 0),
    ]
    moving = networks.windows(frame, "moving", 2, "month")
    assert [(first, last, len(rows)) for first, last, rows in moving] == [
        ("2022-01-01", "2022-02-28", 2),
        ("2022-02-01", "2022-03-31", 1),
        ("2022-03-01", "2022-04-30", 0),
        ("2022-04-01", "2022-05-31", 1),
    ]
    cumulative = networks.windows(frame, "cumulative", 3, "month")
    assert [(first, last, len(rows)) for first, last, rows in cumulative] == [
        ("2022-01-01", "2022-03-31", 2),
        ("2022-01-01", "2022-05-31", 3),
    ]
    assert networks.windows(frame[3:], "fixed") == []


def test_a_filter_and_its_inverse_part_the_statements(real):
    frame = case.coded(real, "statements", "adjudicated")
    for column in ("issue", "speaker", "article_id", "period"):
        some = sorted(set(frame[column]))[:2]
        kept, left = (
            networks.select(frame, column, some),
            networks.select(frame, column, some, invert=True),
        )
        assert (
            len(kept) + len(left) == len(frame)
            and len(kept)
            and set(kept[column]) == set(some)
            and not set(left[column]) & set(some)
        )


@pytest.mark.parametrize("measure", networks.MEASURES)
def test_every_edge_of_the_real_case_is_recomputed_from_its_evidence(real, measure):
    frame = case.coded(real, "statements", "adjudicated")
    edges, evidence = networks.discourse_edges(frame, real.stances, measure, "none")
    assert len(edges) > 20
    for edge in edges.itertuples():
        behind = frame[
            frame.statement_id.isin(evidence.loc[evidence.edge_id == edge.edge_id, "unit_id"])
        ]
        assert set(behind.speaker) == {edge.source, edge.target}
        assert networks.one_mode(behind, real.stances, measure).at[
            edge.source, edge.target
        ] == pytest.approx(edge.weight)
        assert edge.n_evidence == len(behind) and edge.n_articles == behind.article_id.nunique()


def test_every_actor_to_issue_edge_is_recomputed_from_its_evidence(real):
    frame = case.coded(real, "statements", "adjudicated")
    edges, evidence = networks.two_mode_edges(frame, real.stances)
    for edge in edges.itertuples():
        behind = frame[
            frame.statement_id.isin(evidence.loc[evidence.edge_id == edge.edge_id, "unit_id"])
        ]
        assert (
            behind.stance.sum() == edge.weight
            and set(behind.speaker) == {edge.actor_id}
            and set(behind.issue) == {edge.issue}
        )
    assert edges.n_evidence.sum() == len(frame)


def test_every_stated_tie_of_the_real_case_is_its_mentions(real):
    frame = case.coded(real, "relations", "adjudicated")
    edges, evidence = networks.relation_edges(frame)
    assert edges.weight.sum() == len(frame) == len(evidence) and edges.edge_id.is_unique
    joined = evidence.merge(edges, on="edge_id").merge(
        frame, left_on="unit_id", right_on="relation_id", suffixes=("", "_said")
    )
    assert (
        (joined.source == joined.source_said).all()
        and (joined.target == joined.target_said).all()
        and (joined.relation == joined.relation_said).all()
    )


def test_affiliations_hold_on_the_days_the_articles_allow(real):
    book = pd.DataFrame(
        [
            ("f1", "ann", "board", "2020-01", "2020-06"),
            ("f2", "ben", "board", "2020-03-01", ""),
            ("f3", "cat", "board", "", "2020-02"),
        ],
        columns=["affiliation_id", "actor_id", "organisation", "valid_from", "valid_to"],
    ).assign(article_id="x")
    members = lambda day: networks.affiliation_edges(book, day)[0].source.tolist()
    assert (
        members("2020-02-10") == ["ann", "cat"]
        and members("2020-07") == ["ben"]
        and members("") == ["ann", "ben", "cat"]
    )
    edges, evidence = networks.affiliation_edges(real.affiliations)
    assert set(evidence.unit_id) == set(
        real.affiliations.affiliation_id
    ) and edges.weight.sum() == len(real.affiliations)


def test_co_mentions_are_paragraphs_that_name_both(real):
    named = mentions.named(real.texts, real.furniture, real.aliases)
    assert all(
        real.texts[row.article_id][row.start : row.end] == row.alias for row in named.itertuples()
    )
    edges, evidence = networks.co_mention_edges(named)
    for edge in edges.itertuples():
        for passage in evidence.loc[evidence.edge_id == edge.edge_id, "unit_id"]:
            assert {edge.source, edge.target} <= set(named[named.passage_id == passage].actor_id)
    assert (edges.weight == edges.n_evidence).all() and len(edges) > 20


def test_a_name_counts_whole_longest_first_and_outside_furniture():
    texts = {"x": "Ann Lee met Ann.\nJoanna Lee left.\nAnn Lee"}
    aliases = pd.DataFrame(
        [("Ann", "ann", "x"), ("Ann Lee", "lee", "x")], columns=["alias", "actor_id", "article_id"]
    )
    found = mentions.named(texts, {"x": [(34, 41, "caption", "")]}, aliases)
    assert found[["actor_id", "start"]].values.tolist() == [["lee", 0], ["ann", 12]]


def test_nodes_are_those_who_speak_or_are_an_end_of_an_edge(real):
    said, tied = (case.coded(real, name, "adjudicated") for name in ("statements", "relations"))
    belong, _ = networks.affiliation_edges(real.affiliations)
    nodes = networks.nodes(real.actors, said, tied, belong, {})
    assert set(nodes.actor_id) == {
        *said.speaker,
        *tied.source,
        *tied.target,
        *belong.source,
        *belong.target,
    }
    assert nodes.n_statements.sum() == len(said) and nodes.n_relations.sum() == 2 * len(tied)
