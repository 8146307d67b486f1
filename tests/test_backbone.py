"""Backbone: losses by hand, the law of sums, and a planted backbone."""

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from made_camps import STANCES, corpus, said

from helpers.change import backbone

# Congruence: a-b by i 2 (a says it twice), b-c by j 1.
TOLD = said(
    ("x", "a", "i", 1),
    ("y", "a", "i", 1),
    ("x", "b", "i", 1),
    ("y", "b", "j", 1),
    ("z", "c", "j", 1),
)


@pytest.mark.parametrize("by", backbone.DISTANCES)
def test_losses_by_hand(by):
    """Without j: b-c is lost, eigenvalues 0, 0, 2 of those of the path.

    The path a-b 2, b-c 1 has the eigenvalues 0, 1, 2, as each path of three has.
    """
    table = backbone.nested(TOLD, STANCES, by, normalisation="none")
    first, last = table.iloc[0], table.iloc[1]
    if by == "absolute":
        assert (first.issue, first.absolute) == ("j", 1)
        assert (first.n_statements, first.n_articles) == (2, 2)
    assert first.spectral == pytest.approx(1)
    # All is lost: 2 + 1; eigenvalues 0, 0, 0.
    assert last.absolute == 3 and last.spectral == pytest.approx(5**0.5)
    assert table.number.tolist() == [1, 0]


def test_exact_by_hand():
    table = backbone.exact(TOLD, STANCES, normalisation="none")
    assert table[["number", "issues", "absolute"]].values.tolist() == [[1, "i", 1], [0, "", 3]]


ROWS = st.tuples(
    st.sampled_from("xy"), st.sampled_from("abc"), st.sampled_from("ijkl"), st.sampled_from([-1, 1])
)


@pytest.mark.long
@settings(max_examples=25, deadline=None)
@given(st.lists(ROWS, min_size=1, max_size=12), st.sampled_from(["none", "average"]))
def test_no_nested_set_beats_the_exact_one_and_sums_are_equal(rows, normalisation):
    told = said(*rows)
    greedy = backbone.nested(told, STANCES, normalisation=normalisation)
    best = backbone.exact(told, STANCES, normalisation=normalisation)
    assert (best.absolute <= greedy.absolute).all()
    if normalisation == "none":
        assert best.absolute.tolist() == greedy.absolute.tolist()


def test_a_planted_backbone_is_what_is_left():
    """Six issues, four of them noise that few speak to."""
    told = corpus(months=4, issues=6, idle=4)
    few = told[(told.issue >= "i4") | (told.statement_id.str[-1] == "0")]
    table = backbone.nested(few, STANCES)
    assert set(table.issue[-2:]) == {"i4", "i5"}


def test_intervals_hold_the_place_of_an_issue_that_no_article_moves():
    """In each article all speak to i, and two of them to j: i always goes last."""
    on_i = [(f"x{n}", one, "i", 1) for n in range(4) for one in "abcd"]
    on_j = [(f"x{n}", one, "j", 1) for n in range(4) for one in "ab"]
    told = said(*on_i, *on_j)
    table = backbone.with_intervals(told, STANCES, normalisation="none", draws=20)
    assert table.issue.tolist() == ["j", "i"]
    assert table.number.tolist() == table.low.tolist() == table.high.tolist() == [1, 0]


def test_an_issue_that_most_draws_lack_has_no_interval():
    rows = [(f"x{n}", one, f"i{n}", 1) for n in range(4) for one in "ab"]
    table = backbone.with_intervals(said(*rows), STANCES, draws=40)
    assert (table.low <= table.high).sum() == table.low.notna().sum()
    assert backbone.with_intervals(said(*rows)[:0], STANCES).empty


def test_what_is_too_large_or_unknown_is_refused():
    many = said(*[("x", "a", f"i{n}", 1) for n in range(backbone.FEW + 1)])
    with pytest.raises(ValueError, match="at most"):
        backbone.exact(many, STANCES)
    for find in (backbone.nested, backbone.exact):
        with pytest.raises(ValueError, match="absolute, spectral"):
            find(TOLD, STANCES, "degree")


def test_no_statement_no_issue():
    empty = TOLD[:0]
    assert backbone.nested(empty, STANCES).empty and backbone.exact(empty, STANCES).empty
    assert isinstance(backbone.nested(empty, STANCES), pd.DataFrame)
