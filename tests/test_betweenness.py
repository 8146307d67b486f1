"""Betweenness: that of networkx, through every pair of actors; and the bound of an estimate."""

import subprocess
import sys

import networkx as nx
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from helpers.analysis import betweenness
from helpers.analysis.networks import weights
from helpers.case.load import coded


def by_networkx(source, target, weight, size):
    linked = nx.Graph()
    linked.add_nodes_from(range(size))
    linked.add_weighted_edges_from(zip(source, target, 1 / weight, strict=True))
    between = nx.betweenness_centrality(linked, weight="weight")
    return np.array([between[place] for place in range(size)])


def network(size, density, seed):
    """Ties of random actors, with weights of which many are alike."""
    random = np.random.default_rng(seed)
    source, target = np.triu_indices(size, 1)
    there = random.random(len(source)) < density
    return source[there], target[there], random.integers(1, 20, there.sum()) / 4


@settings(max_examples=100, deadline=None)
@given(st.integers(1, 25), st.floats(0, 1), st.integers(0, 10**6))
def test_it_is_that_of_networkx(size, density, seed):
    ties = network(size, density, seed)
    made = betweenness.betweenness(*ties, size)
    np.testing.assert_allclose(made, by_networkx(*ties, size), rtol=0, atol=1e-12)


@pytest.mark.parametrize("normalisation", ["none", "average", "jaccard", "cosine"])
def test_so_it_is_in_the_real_case(real, normalisation):
    frame = coded(real, "statements", "all")
    matrix, actors = weights(frame, real.stances, "congruence", normalisation)
    upper = np.triu(matrix.toarray())
    source, target = np.nonzero(upper)
    ties = source, target, upper[source, target]
    made = betweenness.betweenness(*ties, len(actors))
    np.testing.assert_allclose(made, by_networkx(*ties, len(actors)), rtol=0, atol=1e-12)


def test_in_a_dense_network_most_ties_are_no_shortest_path():
    ties = network(120, 0.9, 3)
    assert len(betweenness._shortest_ties(*ties, 120)[0]) < 0.6 * len(ties[0])
    made = betweenness.betweenness(*ties, 120)
    np.testing.assert_allclose(made, by_networkx(*ties, 120), rtol=0, atol=1e-12)


def test_a_notebook_that_counts_gets_no_script_of_the_library():
    code = (
        "import sys, matplotlib.pyplot as before, numpy as np; "
        "from helpers.analysis.betweenness import betweenness; "
        "betweenness(np.array([0, 1]), np.array([1, 2]), np.ones(2), 3); "
        "import matplotlib.pyplot as after; "
        "assert before is after and 'networkit' in sys.modules; "
        "assert 'networkit.profiling' not in sys.modules"
    )
    subprocess.run([sys.executable, "-c", code], check=True)


def test_an_estimate_is_within_its_bound_and_tells_it(monkeypatch):
    ties = network(200, 0.1, 5)
    exact = betweenness.betweenness(*ties, 200)
    assert betweenness.error(200) == 0 and "exact" in betweenness.accuracy(200)
    monkeypatch.setattr(betweenness, "EXACT", 100)
    monkeypatch.setattr(betweenness, "STARTS", 60)
    estimate = betweenness.betweenness(*ties, 200)
    assert 0 < np.abs(estimate - exact).max() < betweenness.error(200) < 0.3
    assert (estimate == betweenness.betweenness(*ties, 200)).all()
    assert "60 of the 200 actors" in betweenness.accuracy(200)
