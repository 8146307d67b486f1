"""Agreement: units matched by overlap, alpha as Krippendorff publishes it."""
import pandas as pd
import pytest

from helpers import agreement, case


def unit(article, start, end, issue="i", stance=2, speaker="a"):
    return {"article_id": article, "start": start, "end": end, "issue": issue, "stance": stance, "speaker": speaker, "coder": "c"}


def test_units_match_by_half_of_the_shorter_passage():
    first = pd.DataFrame([unit("x", 0, 100), unit("x", 200, 210)])
    second = pd.DataFrame([unit("x", 61, 141), unit("x", 204, 300), unit("y", 0, 100)])
    assert agreement.matched(first, second, "statement").values.tolist() == [[1, 1]]
    assert agreement.matched(first, second.assign(start=[50, 204, 0]), "statement").values.tolist() == [[0, 0], [1, 1]]


def test_a_passage_on_two_issues_is_not_crossed():
    first = pd.DataFrame([unit("x", 0, 50, "i"), unit("x", 0, 50, "j")])
    assert agreement.matched(first, first[::-1].reset_index(drop=True), "statement").values.tolist() == [[0, 1], [1, 0]]


def test_alpha_is_one_for_the_same_and_missing_where_nothing_varies():
    assert agreement.alpha(["i", "j", "i"], ["i", "j", "i"]) == pytest.approx(1)
    assert agreement.alpha([-2, 2, 1], [-2, 2, 1], "ordinal", [-2, 0, 1, 2]) == pytest.approx(1)
    assert agreement.alpha(["i", "i"], ["i", "i"]) is None
    assert agreement.alpha(["i", "j"], ["j", "i"]) < 0


def test_a_near_miss_on_an_ordered_scale_costs_less_than_a_far_one():
    base = [-2, -2, 0, 1, 2, 2]
    near, far = [-2, -2, 0, 2, 2, 2], [-2, -2, 0, -2, 2, 2]
    assert agreement.alpha(base, near, "ordinal", [-2, 0, 1, 2]) > agreement.alpha(base, far, "ordinal", [-2, 0, 1, 2])


def test_the_real_passes_are_compared_on_every_kind_of_unit(real):
    for name, table in (("statement", "statements"), ("event-mention", "event_mentions"), ("relation", "relations")):
        passes = [case.coded(real, table, one) for one in ("pass-a", "pass-b")]
        found = agreement.agreement(*passes, name, ("pass-a", "pass-b"), real.stances).set_index(["variable", "metric"])
        assert 0 < found.value["unit", "share"] <= 1
        alphas = found[found.index.get_level_values("metric") != "share"].value
        assert len(alphas) >= 2 and alphas.between(-1, 1).all()


def test_one_pass_against_an_empty_one(real):
    some = case.coded(real, "statements", "pass-a")
    found = agreement.agreement(some, some[:0], "statement", ("pass-a", "nobody"), real.stances).set_index(["variable", "metric"]).value
    assert found["unit", "share"] == 0 and pd.isna(found["stance", "alpha-ordinal"])
