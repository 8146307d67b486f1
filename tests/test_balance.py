"""Balance, E-I index and modularity: by hand, and by laws that hold of every network."""

import math
from itertools import combinations

import networkx as nx
import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers.analysis.networks import Window, one_mode, windows
from helpers.analysis.structure import polarisation
from helpers.change import balance as rooms

STANCES = pd.DataFrame({"stance": [-1, 1]})


def said(*rows):
    """Statements of (speaker, issue, stance, article, day)."""
    frame = pd.DataFrame(rows, columns=["speaker", "issue", "stance", "article_id", "earliest"])
    ids = [f"s{number}" for number in range(1, len(frame) + 1)]
    return frame.assign(statement_id=ids, latest=frame.earliest)


def both(statements):
    return [one_mode(statements, STANCES, measure) for measure in ("congruence", "conflict")]


@st.composite
def networks(draw, size=6):
    """Congruence and conflict of some actors, in whole numbers."""
    actors = list("abcdefgh")[:size]
    frames = []
    for _ in range(2):
        weights = draw(st.lists(st.integers(0, 4), min_size=size**2, max_size=size**2))
        upper = np.triu(np.array(weights, dtype=float).reshape(size, size), 1)
        frames.append(pd.DataFrame(upper + upper.T, actors, actors))
    return frames


def divisions(size=6, names=("x", "y", "z", "")):
    actors = list("abcdefgh")[:size]
    camps = st.lists(st.sampled_from(names), min_size=size, max_size=size)
    return camps.map(lambda chosen: pd.Series(chosen, index=actors))


# By hand: a and b are for, c is against; a and c agree on a second issue. Congruence ab 1, ac 1;
# conflict ac 1, bc 1; four in all.
MIXED = said(
    ("a", "i", 1, "x", ""),
    ("b", "i", 1, "x", ""),
    ("c", "i", -1, "y", ""),
    ("a", "j", 1, "y", ""),
    ("c", "j", 1, "y", ""),
)


@pytest.mark.parametrize(
    ("camps", "value"),
    [
        ({"a": "p", "b": "p", "c": "q"}, (1 + 2 - 0 - 1) / 4),
        ({"a": "p", "c": "p", "b": "q"}, (1 + 1 - 1 - 1) / 4),
        ({"b": "p", "c": "p", "a": "q"}, (0 + 1 - 1 - 2) / 4),
        ({"a": "p", "b": "p", "c": "p"}, (2 + 0 - 2 - 0) / 4),
        ({"a": "p", "b": "p", "c": ""}, 1),  # only a and b are compared
        ({"a": "p", "b": "p"}, 1),
        ({"a": "p"}, math.nan),
    ],
)
def test_balance_by_hand(camps, value):
    assert rooms.balance(*both(MIXED), pd.Series(camps)) == pytest.approx(value, nan_ok=True)


def test_the_other_two_by_hand():
    congruence, conflict = both(MIXED)
    camps = pd.Series({"a": "p", "b": "p", "c": "q"})
    assert rooms.ei_index(congruence, camps) == 0  # ab within, ac between
    assert rooms.ei_index(conflict, camps) == 1
    # e_pp = 2/4, e_pq = e_qp = 1/4: 1/2 - (3/4)^2 - (1/4)^2
    assert rooms.modularity(congruence, camps) == pytest.approx(-1 / 8)
    # all between: 0 - (1/2)^2 - (1/2)^2
    assert rooms.modularity(conflict, camps) == pytest.approx(-1 / 2)
    nothing = congruence * 0
    assert math.isnan(rooms.ei_index(nothing, camps))
    assert math.isnan(rooms.modularity(nothing, camps))


@given(networks(), divisions())
def test_balance_is_its_formula_pair_by_pair(given_networks, camps):
    congruence, conflict = given_networks
    explained = total = 0
    for one, other in combinations(camps.index[camps != ""], 2):
        agreed, opposed = congruence.at[one, other], conflict.at[one, other]
        explained += agreed - opposed if camps[one] == camps[other] else opposed - agreed
        total += agreed + opposed
    value = rooms.balance(congruence, conflict, camps)
    assert value == pytest.approx(explained / total if total else math.nan, nan_ok=True)
    # What agrees with camps in one network is what does not in the other.
    assert rooms.balance(conflict, congruence, camps) == pytest.approx(-value, nan_ok=True)
    renamed = camps.map({"x": "y", "y": "z", "z": "x", "": ""})
    order = list("fbdace")
    turned = rooms.balance(congruence.loc[order, order], conflict.loc[order, order], renamed)
    assert turned == pytest.approx(value, nan_ok=True)


@given(networks(), divisions(names=("x", "y", "z")))
def test_modularity_is_that_of_networkx(given_networks, camps):
    congruence, _ = given_networks
    value = rooms.modularity(congruence, camps)
    if math.isnan(value):
        assert not congruence.to_numpy().any()
        return
    groups = [set(camps.index[camps == camp]) for camp in camps.unique()]
    graph = nx.from_pandas_adjacency(congruence)
    assert value == pytest.approx(nx.community.modularity(graph, groups))


@given(networks(), divisions())
def test_the_index_of_a_frame_is_that_of_its_edges(given_networks, camps):
    congruence, _ = given_networks
    stacked = congruence.where(np.triu(congruence) > 0).stack().dropna()
    edges = stacked.rename("weight").rename_axis(["source", "target"]).reset_index()
    index = polarisation(edges, dict(camps))
    expected = math.nan if index is None else index
    assert rooms.ei_index(congruence, camps) == pytest.approx(expected, nan_ok=True)


def test_what_is_no_network_of_one_kind_is_refused():
    congruence, conflict = both(MIXED)
    camps = pd.Series({"a": "p", "b": "p", "c": "q"})
    with pytest.raises(ValueError, match="same actors"):
        rooms.balance(congruence, conflict.loc[["a", "b"], ["a", "b"]], camps)
    with pytest.raises(ValueError, match="below 0"):
        rooms.balance(congruence - conflict, conflict, camps)
    for measure in (rooms.ei_index, rooms.modularity):
        with pytest.raises(ValueError, match="below 0"):
            measure(congruence - conflict, camps)


TURN = said(
    ("a", "i", 1, "x", "2022-03-01"),
    ("b", "i", 1, "x", "2022-03-01"),
    ("c", "i", -1, "y", "2022-03-02"),
    ("d", "j", -1, "y", "2022-03-02"),  # nobody else speaks to j
    ("a", "i", 1, "z", "2022-04-01"),
    ("b", "i", -1, "z", "2022-04-01"),
    ("c", "i", 1, "z", "2022-04-01"),
    ("e", "i", 1, "z", "2022-04-01"),  # of no camp
)
CAMPS = pd.Series({"a": "p", "b": "p", "c": "q", "d": "q", "e": ""})


def test_camps_that_turn_are_seen_in_their_window():
    table = rooms.balance_over_time(windows(TURN), STANCES, CAMPS, "none", draws=50)
    value = table.set_index(["first", "measure"]).value
    # March: ab agree within, ac and bc differ between. April: ac agree between, ab differ within,
    # bc differ between: (0 + 1 - 1 - 1) / 3.
    assert value["2022-03-01", "balance"] == 1
    assert value["2022-04-01", "balance"] == pytest.approx(-1 / 3)
    assert value["2022-03-01", "ei_congruence"] == -1 and value["2022-03-01", "ei_conflict"] == 1
    assert value["2022-04-01", "ei_congruence"] == 1 and value["2022-04-01", "ei_conflict"] == 0
    assert value["2022-03-01", "modularity"] == 0
    assert value["2022-04-01", "modularity"] == pytest.approx(-1 / 2)
    counted = table.groupby("first")[["n_statements", "n_articles"]].first()
    assert counted.to_numpy().tolist() == [[3, 2], [3, 1]]


def test_a_number_has_an_interval_where_half_of_the_draws_have_it():
    table = rooms.balance_over_time(windows(TURN), STANCES, CAMPS, "none", draws=50)
    known = table.set_index(["first", "measure"])[["low", "high"]]
    # March has two articles: in a quarter of the draws a and b alone, in one c alone. So
    # disagreement is in half of the draws.
    assert known.loc[("2022-03-01", "balance")].tolist() == [1, 1]
    # April has one: nothing can be drawn.
    assert known.loc[("2022-04-01", "balance")].isna().all()
    none = rooms.balance_over_time(windows(TURN), STANCES, CAMPS, "none", draws=0)
    assert none.value.equals(table.value) and none[["low", "high"]].isna().all(axis=None)


def test_what_a_window_rests_on_is_named():
    march, april = (window.statements for window in windows(TURN))
    assert rooms.behind(march, CAMPS).statement_id.tolist() == ["s1", "s2", "s3"]
    assert rooms.behind(april, CAMPS).statement_id.tolist() == ["s5", "s6", "s7"]


def test_an_empty_window_has_no_numbers():
    table = rooms.balance_over_time([Window("", "", TURN[:0])], STANCES, CAMPS)
    assert len(table) == 4 and table[["value", "low", "high"]].isna().all(axis=None)
    assert rooms.balance_over_time([], STANCES, CAMPS).empty
