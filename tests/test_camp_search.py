"""The best camps: by hand, against every division one by one, and planted ones found again."""

import math
from itertools import product

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from test_balance import networks, said

from helpers.analysis.networks import one_mode
from helpers.change import camp_search
from helpers.change.balance import balance
from helpers.change.camp_search import best_camps

STANCES = pd.DataFrame({"stance": [-1, 1]})


def groups(camps):
    return sorted(sorted(group) for group in camps.groupby(camps).groups.values())


def best_of_all(congruence, conflict, number):
    """The greatest balance, each division tried one after the other; the first actor stays."""
    actors = congruence.index
    return max(
        balance(congruence, conflict, pd.Series((0, *camps), actors))
        for camps in product(range(number), repeat=len(actors) - 1)
    )


def planted(n_actors, n_camps, seed, noise=0.0, weight=5):
    """Networks in which actors of a camp agree and others disagree, save for some noise."""
    random = np.random.default_rng(seed)
    actors = [f"a{number:03}" for number in range(n_actors)]
    camps = pd.Series(random.permutation(np.arange(n_actors) % n_camps), actors)
    same = np.equal.outer(camps.to_numpy(), camps.to_numpy())
    weights = np.triu(random.integers(1, weight + 1, (n_actors, n_actors)), 1)
    turned = np.triu(random.random((n_actors, n_actors)) < noise, 1)
    agreeing = same ^ turned ^ turned.T
    weights = (weights + weights.T).astype(float)
    networks = [weights * agreeing, weights * ~agreeing]
    return [
        pd.DataFrame(np.where(np.eye(n_actors), 0, one), actors, actors) for one in networks
    ], camps


def test_the_best_camps_by_hand():
    # One is for, three are against: all that is said is explained. No camps of equal size do.
    rows = [("a", "i", 1, "x", ""), *((one, "i", -1, "x", "") for one in "bcd")]
    both = [one_mode(said(*rows), STANCES, measure) for measure in ("congruence", "conflict")]
    camps, value, bound, exact = best_camps(*both)
    assert camps.to_dict() == {"a": 2, "b": 1, "c": 1, "d": 1}
    assert value == bound == 1 and exact
    # A third camp explains no more, and is not made up.
    assert best_camps(*both, number=3).camps.equals(camps)


def test_three_who_all_disagree_are_three_camps():
    apart = pd.DataFrame(1 - np.eye(3), list("abc"), list("abc"))
    assert best_camps(apart * 0, apart, 3).balance == 1
    # Of two camps one has two who disagree: (2 - 1) / 3.
    assert best_camps(apart * 0, apart, 2).balance == pytest.approx(1 / 3)


def test_of_equally_good_divisions_one_of_the_fewest_camps_is_given():
    # Two pairs who agree, and never meet: nothing says that they differ.
    rows = [(one, issue, 1, "x", "") for one, issue in zip("abcd", "iijj", strict=True)]
    both = [one_mode(said(*rows), STANCES, measure) for measure in ("congruence", "conflict")]
    # As much agreement as disagreement everywhere.
    even = pd.DataFrame(1 - np.eye(3), list("abc"), list("abc"))
    for number in (2, 3):
        assert set(best_camps(*both, number).camps) == {1}
        assert set(best_camps(even, even, number).camps) == {1}


def test_who_has_no_tie_is_in_no_camp():
    tie = pd.DataFrame(0.0, list("abc"), list("abc"))
    tie.loc["a", "c"] = tie.loc["c", "a"] = 2
    assert best_camps(tie, tie * 0).camps.to_dict() == {"a": 1, "c": 1}
    alone = best_camps(tie * 0, tie * 0)
    assert alone.camps.empty and math.isnan(alone.balance) and math.isnan(alone.bound)
    with pytest.raises(ValueError, match="2 or 3"):
        best_camps(tie, tie, 4)


@settings(max_examples=20, deadline=None)
@given(networks(5), st.sampled_from([2, 3]))
def test_the_best_is_the_best_of_all(given_networks, number):
    congruence, conflict = given_networks
    best = best_of_all(congruence, conflict, number)
    chosen = best_camps(congruence, conflict, number)
    assert chosen.balance == pytest.approx(best, nan_ok=True) and chosen.exact
    assert chosen.camps.nunique() <= number


@settings(max_examples=30, deadline=None)
@given(networks(), st.sampled_from([2, 3]))
def test_a_search_among_few_finds_the_best_and_no_bound_is_below_it(given_networks, number):
    exact = best_camps(*given_networks, number)
    if exact.camps.empty:
        return
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(camp_search, "FEW", 0)
        searched = best_camps(*given_networks, number)
        # A bound holds whatever was found.
        patch.setattr(
            camp_search, "_searched", lambda leaning, *_: np.arange(len(leaning)) % number
        )
        astray = best_camps(*given_networks, number)
    assert not searched.exact and searched.balance == pytest.approx(exact.balance)
    assert searched.bound >= exact.balance - 1e-9
    assert astray.bound >= exact.balance - 1e-9


@pytest.mark.parametrize(("size", "number"), [(15, 2), (12, 3), (40, 2), (41, 3)])
def test_planted_camps_are_found(size, number):
    both, camps = planted(size, number, seed=size)
    found = best_camps(*both, number)
    assert groups(found.camps) == groups(camps)
    assert found.balance == pytest.approx(1) and found.bound == pytest.approx(1)


def test_planted_camps_are_found_in_noise_and_the_bound_proves_it():
    both, camps = planted(60, 2, seed=3, noise=0.2)
    found = best_camps(*both, 2)
    assert groups(found.camps) == groups(camps)
    assert not found.exact and found.bound - found.balance < 1e-6


@pytest.mark.parametrize("seed", range(4))
def test_no_move_and_no_swap_makes_a_searched_division_better(seed, monkeypatch):
    monkeypatch.setattr(camp_search, "RESTARTS", 1)
    both, _ = planted(20, 2, seed, noise=0.5)
    found = best_camps(*both, 2)
    assert not found.exact and found.balance <= found.bound < 1
    for one in found.camps.index:
        moved = found.camps.copy()
        moved[one] = 3 - moved[one]
        assert balance(*both, moved) <= found.balance + 1e-9
        for other in found.camps.index[found.camps != found.camps[one]]:
            swapped = moved.copy()
            swapped[other] = found.camps[one]
            assert balance(*both, swapped) <= found.balance + 1e-9


def test_one_seed_gives_one_division():
    both, _ = planted(30, 2, seed=8, noise=0.5)
    assert best_camps(*both, 2, seed=4).camps.equals(best_camps(*both, 2, seed=4).camps)
