"""Found camps: merges by hand, planted camps, and what leaving articles out does to them."""

import networkx as nx
import numpy as np
import pandas as pd
import pytest
from collisions import collisions, labels
from hypothesis import given
from hypothesis import strategies as st
from made_camps import CAMPS, STANCES, corpus, said

from helpers.analysis.networks import one_mode
from helpers.change import found_camps
from helpers.figures.camps import camps


def network(labels, **ties):
    frame = pd.DataFrame(0.0, index=list(labels), columns=list(labels))
    for (one, other), weight in ties.items():
        frame.at[one, other] = frame.at[other, one] = weight
    return frame


# e has no tie.
FOUR = network("abcde", ab=4, cd=3, bc=1)


def test_pairs_are_those_who_are_ever_together_or_never_both():
    shares = pd.DataFrame([[1, 0, 0.5], [0, 1, np.nan], [0.5, np.nan, 1]], list("abc"), list("abc"))
    assert found_camps.pairs(shares).fillna(-1).values.tolist() == [["a", "c", 0.5], ["b", "c", -1]]


def test_merges_by_hand():
    """Distances 4 - weight; of ab and cd the mean of 4, 4, 3, 4."""
    merged = found_camps.merges(FOUR)
    assert merged.values.tolist() == [
        [1, "a", "b", 0.0, 2],
        [2, "c", "d", 1.0, 2],
        [3, "merge 1", "merge 2", 3.75, 4],
    ]
    assert found_camps.cut(merged, 2).to_dict() == {"a": 1, "b": 1, "c": 2, "d": 2}
    assert found_camps.cut(merged, 3).to_dict() == {"a": 1, "b": 1, "c": 2, "d": 3}
    assert found_camps.cut(merged, 1).nunique() == 1
    assert found_camps.cut(merged, 9).nunique() == 4


def test_a_network_without_ties_has_no_camps():
    empty = network("abc")
    assert found_camps.merges(empty).empty
    assert found_camps.cut(found_camps.merges(empty), 2).empty
    assert found_camps.louvain(empty).empty
    with pytest.raises(ValueError, match="below 0"):
        found_camps.merges(-FOUR)


def by_merging(statements):
    return found_camps.cut(found_camps.merges(one_mode(statements, STANCES)), 2)


def by_louvain(statements):
    return found_camps.louvain(one_mode(statements, STANCES))


@pytest.mark.parametrize("find", [by_merging, by_louvain])
def test_planted_camps_are_found_and_hold(find):
    told = corpus(months=2)
    found = find(told)
    assert found_camps.adjusted_rand(found, CAMPS) == 1
    together = found_camps.co_assignment(told, find, draws=20)
    assert together.equals(together.T)
    table = found_camps.stability(together, found)
    assert table.values.tolist() == [[1, 4, 1, 0], [2, 4, 1, 0]]


def test_camps_that_rest_on_one_article_do_not_hold():
    """Leave out the one article that has c with a and b, and c stands with d and e, or nobody."""
    told = said(
        *[(f"x{n}", one, "i", 1) for n in (1, 2) for one in "ab"],
        *[(f"y{n}", one, "i", -1) for n in (1, 2) for one in "de"],
        ("z", "c", "i", 1),
    )
    together = found_camps.co_assignment(told, by_merging, draws=60)
    assert together.at["a", "b"] == 1 and together.at["a", "d"] == 0
    # Without z, c is in no camp and not counted.
    assert together.at["a", "c"] == 1 and together.at["c", "c"] == 1
    alone = found_camps.co_assignment(told, by_merging, left_out=0.8, draws=60)
    assert np.isnan(alone.at["a", "d"])


def test_adjusted_rand_by_hand():
    one = pd.Series([1, 1, 1, 2, 2, 2], index=list("abcdef"))
    other = pd.Series(["x", "x", "y", "y", "z", "z"], index=list("abcdef"))
    # In one camp of both: ab, ef = 2; of each 6 and 3, of 15 pairs: expected 1.2.
    assert found_camps.adjusted_rand(one, other) == pytest.approx((2 - 1.2) / (4.5 - 1.2))
    assert found_camps.adjusted_rand(one, one.map({1: 9, 2: 8})) == 1
    assert found_camps.adjusted_rand(one, one * 0) == 0
    assert np.isnan(found_camps.adjusted_rand(one * 0, one * 0))


@given(st.lists(st.tuples(st.integers(1, 3), st.integers(1, 3)), min_size=2, max_size=12))
def test_adjusted_rand_is_symmetric_and_at_most_one(pairs):
    frame = pd.DataFrame(pairs)
    value = found_camps.adjusted_rand(frame[0], frame[1])
    if not np.isnan(value):
        assert value <= 1 + 1e-12
        assert value == pytest.approx(found_camps.adjusted_rand(frame[1], frame[0]))


def test_actors_of_no_camp_do_not_count():
    one = pd.Series([1, 1, 2, 2, 1], index=list("abcde"))
    given_camps = pd.Series(["x", "x", "y", "y", ""], index=list("abcde"))
    assert found_camps.adjusted_rand(one, given_camps) == 1
    assert np.isnan(found_camps.adjusted_rand(one[:1], given_camps))


def test_louvain_is_that_of_the_edges():
    groups = nx.community.louvain_communities(nx.from_pandas_adjacency(FOUR[:4][list("abcd")]))
    found = found_camps.louvain(FOUR)
    assert {frozenset(found.index[found == one]) for one in (1, 2)} == set(map(frozenset, groups))


@pytest.mark.parametrize("size", [2, 40, 60])
def test_no_label_of_the_figure_covers_another(size):
    ids = [f"a{number:03}" for number in range(size)]
    weight = np.random.default_rng(0).random((size, size))
    agreed = pd.DataFrame(np.triu(weight, 1) + np.triu(weight, 1).T, ids, ids)
    names = {one: f"The Council of the United Bridges {one}" for one in ids}
    figure = camps(found_camps.merges(agreed), agreed.replace(0, np.nan), names)
    words = " ".join(label.words for label in labels(figure))
    assert not collisions(figure)
    assert "hatched: never both in a camp" in words
    assert ("40 of 60 actors" in words) == (size == 60)
    assert ("height of the merge" in words) == (size < 60)


def test_a_figure_without_camps_says_so():
    empty = network("abc")
    (label,) = labels(camps(found_camps.merges(empty), empty, {}))
    assert "no camps" in label.words


def test_of_no_statement_there_are_no_camps():
    none = corpus()[:0]
    together = found_camps.co_assignment(none, by_merging, draws=3)
    assert together.empty and found_camps.pairs(together).empty
    assert found_camps.stability(together, by_merging(none)).empty
