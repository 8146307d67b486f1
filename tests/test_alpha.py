"""Krippendorff's alpha: his published values, the package's values, and its definition."""

import math
import warnings
from itertools import permutations

import krippendorff
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from helpers.analysis.alpha import alpha, paired

N = None
FIFTEEN = [
    [N, N, N, N, N, 3, 4, 1, 2, 1, 1, 3, 3, N, 3],
    [1, N, 2, 1, 3, 3, 4, 3, N, N, N, N, N, N, N],
    [N, N, 2, 1, 3, 4, 4, N, 2, 1, 1, 3, 3, N, 4],
]
TWELVE = [
    [1, 2, 3, 3, 2, 1, 4, 1, 2, N, N, N],
    [1, 2, 3, 3, 2, 2, 4, 1, 2, 5, N, 3],
    [N, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, N],
    [1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, N],
]


@pytest.mark.parametrize(
    "codings, level, value",
    [
        (FIFTEEN, "nominal", 0.691),
        (FIFTEEN, "interval", 0.811),
        (TWELVE, "nominal", 0.743),
        (TWELVE, "ordinal", 0.815),
        (TWELVE, "interval", 0.849),
    ],
)
def test_krippendorff_s_published_examples(codings, level, value):
    assert round(alpha(codings, level), 3) == value


CODINGS = st.integers(2, 4).flatmap(
    lambda coders: st.lists(
        st.tuples(*[st.sampled_from([N, N, 1, 2, 3, 5, 8])] * coders), min_size=1, max_size=12
    )
)


@settings(max_examples=60, deadline=None)
@given(CODINGS, st.sampled_from(["nominal", "ordinal", "interval"]))
def test_it_equals_the_package_with_any_number_of_coders_and_missing_values(units, level):
    codings = list(zip(*units, strict=True))
    ours = alpha(codings, level)
    pairable = [value for unit in units if len(unit) - unit.count(N) > 1 for value in unit]
    if len(set(pairable) - {N}) < 2:
        assert ours is None
        return
    data = np.array(codings, dtype=float)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        theirs = krippendorff.alpha(
            data, level_of_measurement=level, value_domain=[1.0, 2.0, 3.0, 5.0, 8.0]
        )
    assert ours == pytest.approx(theirs)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(*[st.sampled_from("ijk")] * 2), min_size=2, max_size=12))
def test_nominal_alpha_of_two_coders_is_its_definition(pairs):
    values = [value for pair in pairs for value in pair]
    found = alpha(list(zip(*pairs, strict=True)))
    if len(set(values)) == 1:
        assert found is None
        return
    expected = sum(x != y for x, y in permutations(values, 2)) / math.perm(len(values), 2)
    observed = sum(x != y for x, y in pairs) / len(pairs)
    assert found == pytest.approx(1 - observed / expected)


def test_it_is_one_for_the_same_and_undefined_where_nothing_varies():
    assert alpha([["i", "j", "i"], ["i", "j", "i"]]) == 1
    assert alpha([[-2, 2, 1], [-2, 2, 1]], "ordinal", [-2, 0, 1, 2]) == 1
    assert alpha([["i", "j"], ["j", "i"]]) < 0
    for nothing in ([["i", "i"], ["i", "i"]], [[], []], [["i", "j", N], [N, N, "i"]], [["i", "j"]]):
        assert alpha(nothing) is None


def test_a_near_miss_on_an_ordered_scale_costs_less_than_a_far_one():
    base = [-2, -2, 0, 1, 2, 2]
    near, far = [-2, -2, 0, 2, 2, 2], [-2, -2, 0, -2, 2, 2]
    close, wide = (alpha([base, other], "ordinal", [-2, 0, 1, 2]) for other in (near, far))
    assert close > wide


def test_the_order_of_a_domain_holds_and_a_value_outside_it_is_told():
    words = [["low", "mid", "high"], ["low", "high", "high"]]
    numbers = [[1, 2, 3], [1, 3, 3]]
    with pytest.raises(ValueError, match="mid"):
        alpha(words, "ordinal", ["low", "high"])
    # A value of the scale that nobody took changes no rank.
    assert alpha(numbers, "ordinal", range(9)) == alpha(numbers, "ordinal")
    with pytest.raises(ValueError):
        alpha([[1, 2], [1]])


def test_an_article_drawn_twice_counts_like_its_units_written_twice():
    left, right, article = ["i", "j", "i", "j"], ["i", "i", "i", "j"], np.array([0, 0, 1, 1])
    found = paired(left, right, article, 2)
    assert found.alpha() == alpha([left, right])
    twice = alpha([left + left[:2], right + right[:2]])
    assert found.alpha("nominal", np.array([2, 1])) == pytest.approx(twice)
    assert found.alpha("nominal", np.array([0, 0])) is None
