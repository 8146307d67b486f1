"""Structure: groups, central actors, polarisation, bridges and intervals on networks small enough to know the answer."""

import pandas as pd
import pytest

from helpers.analysis import structure
from helpers.case import load as case


def network(*rows, name="congruence"):
    return pd.DataFrame(rows, columns=["source", "target", "weight"]).assign(network=name, sign=0)


TWO_CAMPS = network(
    ("a", "b", 2.0),
    ("b", "c", 2.0),
    ("a", "c", 2.0),
    ("d", "e", 2.0),
    ("e", "f", 2.0),
    ("d", "f", 2.0),
    ("c", "d", 0.5),
)
CAMPS = {"a": "x", "b": "x", "c": "x", "d": "y", "e": "y", "f": "y", "g": ""}


def test_two_groups_joined_by_a_thread_are_two_communities():
    found = structure.communities(TWO_CAMPS)
    assert {a for a in found if found[a] == found["a"]} == {"a", "b", "c"} and set(
        found.values()
    ) == {1, 2}
    assert structure.communities(TWO_CAMPS[::-1]) == found
    assert structure.communities(TWO_CAMPS[:0]) == {}
    with pytest.raises(ValueError, match="agreement"):
        structure.communities(network(("a", "b", -1.0)))


def test_the_two_ends_of_the_thread_lie_between():
    found = structure.actor_measures(TWO_CAMPS).set_index(["actor_id", "measure"]).value
    assert found["c", "betweenness"] == found["d", "betweenness"] > found["a", "betweenness"] == 0
    assert found["c", "strength"] == 4.5 and found["a", "strength"] == 4


def test_conflict_brings_nobody_closer():
    found = structure.actor_measures(network(("a", "b", 3.0), name="conflict"))
    assert found.measure.tolist() == ["strength", "strength"]


def test_stated_ties_count_who_does_and_who_is_done_to():
    ties = network(("a", "b", 2.0), ("b", "a", 1.0), name="relation").assign(sign=[-1, 0])
    found = structure.actor_measures(ties).set_index(["actor_id", "measure"]).value
    assert (
        found["a", "hostile_out"],
        found["b", "hostile_in"],
        found["b", "other_out"],
        found["a", "other_in"],
    ) == (2, 2, 1, 1)


def test_polarisation_runs_from_within_to_between():
    assert structure.polarisation(TWO_CAMPS[:6], CAMPS) == -1
    assert structure.polarisation(TWO_CAMPS[6:], CAMPS) == 1
    assert structure.polarisation(TWO_CAMPS, CAMPS) == pytest.approx((0.5 - 12) / 12.5)
    assert structure.polarisation(network(("a", "g", 1.0)), CAMPS) is None


def test_a_bridge_is_the_share_of_agreement_with_other_camps():
    found = structure.bridges(TWO_CAMPS, CAMPS)
    assert found["c"] == pytest.approx(0.5 / 4.5) and found["a"] == 0
    assert "g" not in structure.bridges(network(("a", "g", 1.0)), CAMPS)


def test_intervals_hold_the_value_of_equal_articles_and_nothing_rare():
    same = pd.DataFrame({"article_id": ["x", "y", "z"], "value": [1.0, 1.0, 1.0]})
    assert structure.intervals(same, lambda f: {"mean": f.value.mean()}) == {"mean": (1, 1)}
    spread = same.assign(value=[0.0, 1.0, 2.0])
    low, high = structure.intervals(spread, lambda f: {"mean": f.value.mean()})["mean"]
    assert 0 <= low < 1 < high <= 2
    rare = structure.intervals(
        spread, lambda f: {"all": 1.0 if f.article_id.nunique() == 3 else None}
    )
    assert rare == {} and structure.intervals(spread[:0], len) == {}
    assert structure.intervals(spread, lambda f: {"mean": f.value.mean()}) == structure.intervals(
        spread, lambda f: {"mean": f.value.mean()}
    )


def test_the_measures_of_the_real_case_stand_in_their_intervals(real):
    said, tied = (case.coded(real, name, "adjudicated") for name in ("statements", "relations"))
    found = structure.measures(said, tied, real.stances, real.camps(), draws=40)
    assert not found.duplicated(["network", "actor_id", "measure"]).any()
    known = found.dropna(subset=["low"])
    assert len(known) > 30 and (known.low <= known.high).all()
    assert found[(found.network == "conflict") & (found.measure == "betweenness")].empty
