"""Chance: what a deal keeps, p by hand, and the intervals of edges."""

import math

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from test_balance import said

from helpers.analysis.edges import discourse_edges
from helpers.change.chance import chance_table, shuffled
from helpers.change.edge_intervals import edge_intervals

STANCES = pd.DataFrame({"stance": [-1, 1]})

rows = st.tuples(
    st.sampled_from(["a", "b", "c", ""]),
    st.sampled_from(["i", "j", "k", ""]),
    st.sampled_from([-1, 1]),
    st.sampled_from("xyz"),
    st.just("2022-03-01"),
)


@given(st.lists(rows, max_size=12), st.integers(0, 99))
def test_a_deal_keeps_who_speaks_how_often_and_what_is_said_how_often(told, seed):
    before = said(*told)
    after = shuffled(before, seed)
    kept = ["speaker", "statement_id", "article_id", "earliest", "latest"]
    assert after[kept].equals(before[kept]) and list(after) == list(before)
    assert after.dtypes.equals(before.dtypes)
    counted = (before.speaker != "") & (before.issue != "")
    assert after[~counted].equals(before[~counted])
    said_before, said_after = (
        frame.loc[counted, ["issue", "stance"]].value_counts().to_dict()
        for frame in (before, after)
    )
    assert said_before == said_after


def test_deals_differ_and_a_seed_gives_one():
    told = said(*((one, one, 1, "x", "") for one in "abcdefgh"))
    assert shuffled(told, 1).equals(shuffled(told, 1))
    assert not shuffled(told, 1).equals(shuffled(told, 2))
    # Each order comes as often: of two statements half of the deals change them.
    two = told[:2]
    changed = sum(not shuffled(two, seed).equals(two) for seed in range(400))
    assert 160 < changed < 240


def test_p_by_hand():
    # a speaks to i, as one of four. By chance it is a quarter.
    told = said(*zip("abcd", "ijkl", [1] * 4, "xxxx", [""] * 4, strict=True))

    def numbers(statements):
        mine = statements.issue[statements.speaker == "a"].item()
        return {
            "on i": float(mine == "i"),
            "always": 1.0,
            "none": None,
            "only": 1.0 if mine == "i" else None,
        }

    table = chance_table(numbers, told, draws=399, seed=3).set_index("name")
    hits = table.hits["on i"]
    assert 70 < hits < 130 and table.by_chance["on i"] == pytest.approx(hits / 399)
    p = (1 + hits) / 400
    assert table.p["on i"] == p and table.error["on i"] == math.sqrt(p * (1 - p) / 399)
    assert table.p["always"] == 1 and table.error["always"] == 0
    assert math.isnan(table.p["none"]) and math.isnan(table.error["none"])
    # A draw without the number counts against it.
    assert table.p["only"] == 1


def test_p_is_never_nought():
    told = said(*((one, "i", 1, "x", "") for one in "abcdef"))
    told["speaker"] = "a"
    told["issue"] = [f"i{number}" for number in range(6)]
    in_order = chance_table(lambda rows: {"in order": rows.issue.is_monotonic_increasing}, told, 19)
    assert in_order.p.tolist() == [1 / 20] and in_order.draws.tolist() == [19]


TWO = said(("a", "i", 1, "x", ""), ("b", "i", 1, "x", ""), ("c", "j", 1, "y", "")).assign(
    quoted_by=""
)


def test_the_interval_of_an_edge_of_one_article_of_two_by_hand():
    # x is drawn 0, 1 or 2 times, with 1/4, 1/2, 1/4. Then a and b have m statements each:
    # m m / ((m + m) / 2) = m; without a divisor m m.
    edge = edge_intervals(TWO, STANCES).iloc[0]
    assert (edge.source, edge.target, edge.weight) == ("a", "b", 1)
    assert (edge.low, edge.high) == (0, 2)
    edge = edge_intervals(TWO, STANCES, normalisation="none").iloc[0]
    assert (edge.low, edge.weight, edge.high) == (0, 1, 4)


@pytest.mark.long
def test_edges_keep_their_table_and_equal_articles_their_weight():
    plain, _ = discourse_edges(TWO, STANCES)
    assert edge_intervals(TWO, STANCES)[list(plain)].equals(plain)
    same = pd.concat([TWO[:2].assign(article_id=article) for article in "xyz"], ignore_index=True)
    edge = edge_intervals(same, STANCES, draws=30).iloc[0]
    assert edge.low == edge.weight == edge.high == 3
    assert edge_intervals(TWO[:1], STANCES).empty and edge_intervals(TWO[:0], STANCES).empty
    assert {"low", "high"} <= {*edge_intervals(TWO[:0], STANCES)}
    assert edge_intervals(same, STANCES, seed=1).equals(edge_intervals(same, STANCES, seed=1))


def test_the_limits_are_percentiles_of_the_draws():
    random = np.random.default_rng(0)
    told = said(
        *(
            (
                random.choice(list("abcd")),
                random.choice(list("ij")),
                random.choice([-1, 1]),
                f"x{n // 3}",
                "",
            )
            for n in range(40)
        )
    ).assign(quoted_by="")
    edges = edge_intervals(told, STANCES, draws=200)
    assert (edges.low < edges.weight).all() and (edges.low >= 0).all()
    assert (edges.weight < edges.high).mean() > 0.8
