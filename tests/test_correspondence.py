"""Correspondence analysis: a table worked by hand, its laws, and intervals over articles."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from made_camps import CAMPS, corpus, said
from scipy.stats import chi2_contingency

from helpers.change import correspondence as room

TWO = pd.DataFrame([[3, 1], [1, 3]], index=["a", "b"], columns=["i", "j"])


def test_two_by_two_by_hand():
    """Masses .5; residuals ±(3/8 - 1/4) / .5 = ±.25, so Σ = .5, inertia .25 = chi-square 2 / 8."""
    found = room.correspondence(TWO)
    assert found.inertia.values.tolist() == [[1, pytest.approx(0.25), 1]]
    places = found.places.set_index("label")
    assert places.coordinate.to_dict() == {
        "a": pytest.approx(0.5),
        "b": pytest.approx(-0.5),
        "i": pytest.approx(0.5),
        "j": pytest.approx(-0.5),
    }
    assert places.n.to_dict() == {"a": 4, "b": 4, "i": 4, "j": 4}
    assert places.side.tolist() == ["row", "row", "column", "column"]


def test_axes_of_one_inertia_have_no_places():
    """Three groups that say nothing alike: two axes of inertia 1, which can be turned at will."""
    three = pd.DataFrame(np.eye(3, dtype=int) * 2, index=list("abc"), columns=list("ijk"))
    found = room.correspondence(three)
    assert found.inertia.inertia.tolist() == pytest.approx([1, 1]) and found.places.empty


TABLES = st.lists(
    st.lists(st.integers(0, 6), min_size=3, max_size=3), min_size=2, max_size=5
).filter(lambda rows: np.array(rows).any(axis=0).all() and np.array(rows).any(axis=1).all())


@given(TABLES)
def test_inertia_is_chi_square_by_the_sum_and_places_are_centred(rows):
    table = pd.DataFrame(rows).rename(index="r{}".format, columns="c{}".format)
    found = room.correspondence(table, axes=9)
    chi_square = chi2_contingency(table, correction=False).statistic
    assert found.inertia.inertia.sum() == pytest.approx(chi_square / table.to_numpy().sum())
    for (_, axis), places in found.places.groupby(["side", "axis"]):
        assert (places.n * places.coordinate).sum() == pytest.approx(0, abs=1e-6)
        whole = (places.n * places.coordinate**2).sum() / places.n.sum()
        assert whole == pytest.approx(found.inertia.inertia[axis - 1])


def test_what_tells_nothing_has_no_axis():
    same = pd.DataFrame([[2, 4], [1, 2]], index=["a", "b"], columns=["i", "j"])
    found = room.correspondence(same)
    assert found.inertia.empty and found.places.empty
    assert room.correspondence(same * 0).places.empty
    with pytest.raises(ValueError, match="below 0"):
        room.correspondence(-TWO)


def test_counted_by_issue_and_stance():
    told = said(("x", "a", "i", 1), ("x", "a", "i", -1), ("x", "b", "i", 1), ("x", "", "i", 1))
    table = room.counted(told)
    assert table.loc["a"].to_dict() == {"i: +1": 1, "i: -1": 1}
    assert table.loc["b"].to_dict() == {"i: +1": 1, "i: -1": 0}


def test_planted_camps_stand_apart_beyond_their_intervals():
    places = room.with_intervals(corpus(months=3), axes=1, draws=60)
    rows = places[places.side == "row"].set_index("label")
    sign = np.sign(rows.coordinate)
    assert sign.groupby(CAMPS).nunique().tolist() == [1, 1] and sign["a"] == -sign["e"]
    assert ((rows.low > 0) | (rows.high < 0)).all()
    assert ((places.low <= places.coordinate) & (places.coordinate <= places.high)).all()


def test_a_place_of_one_article_is_left_without_interval_where_draws_lack_it():
    told = pd.concat([corpus(months=1), said(("only", "z", "i0", 1))])
    places = room.with_intervals(told, draws=60)
    assert places[places.label == "a"].low.notna().all()
    told = said(*[(f"x{n}", "ab"[n % 2], "ij"[n % 2], 1) for n in range(8)], ("y", "z", "k", 1))
    z = room.with_intervals(told, draws=20).query("label == 'z'")
    assert (z.low == z.high).all() or z.low.isna().all()
