"""Structure, on networks small enough to know the answer: groups, centre, camps, intervals."""

import pandas as pd
import pytest

from helpers.analysis import resampling, structure
from helpers.case.load import coded


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
    groups = structure.communities(TWO_CAMPS)
    assert {actor for actor in groups if groups[actor] == groups["a"]} == {"a", "b", "c"}
    assert set(groups.values()) == {1, 2}
    assert structure.communities(TWO_CAMPS[::-1]) == groups
    assert structure.communities(TWO_CAMPS[:0]) == {}
    with pytest.raises(ValueError, match="agreement"):
        structure.communities(network(("a", "b", -1.0)))


def test_the_two_ends_of_the_thread_lie_between():
    value = structure.actor_measures(TWO_CAMPS).set_index(["actor_id", "measure"]).value
    assert value["c", "betweenness"] == value["d", "betweenness"] > value["a", "betweenness"] == 0
    assert value["c", "strength"] == 4.5 and value["a", "strength"] == 4


def test_conflict_brings_nobody_closer():
    measured = structure.actor_measures(network(("a", "b", 3.0), name="conflict"))
    assert measured.measure.tolist() == ["strength", "strength"]


def test_stated_ties_count_who_does_and_who_is_done_to():
    ties = network(("a", "b", 2.0), ("b", "a", 1.0), name="relation").assign(sign=[-1, 0])
    value = structure.actor_measures(ties).set_index(["actor_id", "measure"]).value
    assert value["a", "hostile_out"] == value["b", "hostile_in"] == 2
    assert value["b", "other_out"] == value["a", "other_in"] == 1


def test_polarisation_runs_from_within_to_between():
    assert structure.polarisation(TWO_CAMPS[:6], CAMPS) == -1
    assert structure.polarisation(TWO_CAMPS[6:], CAMPS) == 1
    assert structure.polarisation(TWO_CAMPS, CAMPS) == pytest.approx((0.5 - 12) / 12.5)
    assert structure.polarisation(network(("a", "g", 1.0)), CAMPS) is None


def test_a_bridge_is_the_share_of_agreement_with_other_camps():
    shares = structure.bridges(TWO_CAMPS, CAMPS)
    assert shares["c"] == pytest.approx(0.5 / 4.5) and shares["a"] == 0
    assert "g" not in structure.bridges(network(("a", "g", 1.0)), CAMPS)


def test_intervals_hold_the_value_of_equal_articles_and_nothing_rare():
    def mean(rows):
        return {"mean": rows.value.mean()}

    def in_all_three(rows):
        return {"all": 1.0 if rows.article_id.nunique() == 3 else None}

    same = pd.DataFrame({"article_id": ["x", "y", "z"], "value": [1.0, 1.0, 1.0]})
    assert resampling.intervals(same, mean) == {"mean": (1, 1)}
    spread = same.assign(value=[0.0, 1.0, 2.0])
    low, high = resampling.intervals(spread, mean)["mean"]
    assert 0 <= low < 1 < high <= 2
    assert resampling.intervals(spread, in_all_three) == {}
    assert resampling.intervals(spread[:0], len) == {}
    assert resampling.intervals(spread, mean) == resampling.intervals(spread, mean)


def test_the_measures_of_the_real_case_stand_in_their_intervals(real):
    said = coded(real, "statements", "adjudicated")
    tied = coded(real, "relations", "adjudicated")
    measured = structure.measures(said, tied, real.stances, real.camps(), draws=40)
    assert not measured.duplicated(["network", "actor_id", "measure"]).any()
    known = measured.dropna(subset=["low"])
    assert len(known) > 30 and (known.low <= known.high).all()
    assert measured[(measured.network == "conflict") & (measured.measure == "betweenness")].empty


def test_every_measure_of_discourse_is_in_the_glossary(root):
    measured = pd.read_csv(root / "data/processed/network_measures.csv")
    names = set(measured[measured.network != "relation"].measure)
    glossary = (root / "src/dispute/templates/glossary.md").read_text(encoding="utf-8").lower()
    assert [name for name in sorted(names) if f"\n{name}\n: " not in glossary] == []
