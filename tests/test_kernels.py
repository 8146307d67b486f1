"""Kernels: values by hand are in the conformance suite; here are the laws that they obey."""

from datetime import date, timedelta

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from helpers.analysis import networks
from helpers.change import kernels

STANCES = pd.DataFrame({"stance": [-2, 0, 1, 2]})
START = date(2020, 1, 1)


def statements(rows):
    """Statements of (speaker, issue, stance, first day, days), counted from a start."""
    made = []
    for number, (speaker, issue, stance, first, days) in enumerate(rows):
        ends = (str(START + timedelta(days=first)), str(START + timedelta(days=first + days)))
        made.append((f"s{number}", "x", speaker, issue, stance, *ends))
    names = ["statement_id", "article_id", "speaker", "issue", "stance", "earliest", "latest"]
    return pd.DataFrame(made, columns=names)


ROW = st.tuples(
    st.sampled_from("abc"),
    st.sampled_from("ij"),
    st.sampled_from([-2, 0, 1, 2]),
    st.integers(0, 40),
    st.integers(0, 3),
)


@pytest.mark.parametrize("shape", kernels.SHAPES)
def test_a_kernel_is_even_and_its_area_is_one(shape):
    delta = np.linspace(-8, 8, 160_001)
    weight = kernels.kernel_weight(shape, delta)
    assert np.array_equal(weight, kernels.kernel_weight(shape, -delta))
    assert (weight >= 0).all() and weight.sum() * 1e-4 == pytest.approx(1, abs=1e-3)


@settings(deadline=None, max_examples=40)
@given(st.lists(ROW, min_size=1, max_size=12), st.sampled_from(list(kernels.SHAPES)))
def test_a_smoothed_network_is_symmetric_with_an_empty_diagonal(rows, shape):
    network = kernels.smoothed(statements(rows), STANCES, "2020-01-20", 20, shape).to_numpy()
    assert np.array_equal(network, network.T) and not network.diagonal().any()


@settings(deadline=None, max_examples=40)
@given(st.lists(ROW, min_size=1, max_size=12))
def test_a_uniform_kernel_over_all_days_is_half_of_the_network(rows):
    """√(1/2 · 1/2) = 1/2 for each pair of statements."""
    some = statements(rows)
    half = kernels.smoothed(some, STANCES, "2020-01-20", 1000, "uniform")
    assert np.allclose(half, networks.one_mode(some, STANCES) / 2)


def test_a_statement_of_a_month_is_put_on_none_of_its_days():
    """Five days of which the window, the middle and a day on each side, has three."""
    month = statements([("a", "i", 1, 0, 4)])
    assert kernels.weights_in_time(month, "2020-01-03", 2, "uniform") == pytest.approx(3 / 5 / 2)


def test_an_undated_statement_weighs_nothing():
    undated = statements([("a", "i", 1, 0, 0)]).assign(earliest="", latest="")
    assert kernels.weights_in_time(undated, "2020-01-01", 10, "gaussian").tolist() == [0]


def test_another_shape_or_width_is_refused():
    some = statements([("a", "i", 1, 0, 0)])
    with pytest.raises(ValueError, match="expected one of uniform, epanechnikov"):
        kernels.smoothed(some, STANCES, "2020-01-01", 10, "square")
    with pytest.raises(ValueError, match="expected days above 0"):
        kernels.smoothed(some, STANCES, "2020-01-01", 0)
