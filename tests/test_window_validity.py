"""From what length of window on the machine's network is the one that people see: by hand."""

import numpy as np
import pandas as pd
import pytest
from made_sample import population

from helpers.analysis.estimates.validity import shortest, window_validity

COLUMNS = ["article_id", "speaker", "issue", "stance", "month"]
HAND = pd.DataFrame(
    [
        ("a", "ann", "fees", 1, "2023-01"),
        ("a", "bob", "fees", 1, "2023-01"),
        ("b", "ann", "fees", 1, "2023-02"),
        ("b", "cid", "gates", -1, "2023-02"),
    ],
    columns=COLUMNS,
)
# It misses Ann in the first month, and takes Cid to be for the gates.
MACHINE = pd.DataFrame(
    [
        ("a", "bob", "fees", 1, "2023-01"),
        ("b", "ann", "fees", 1, "2023-02"),
        ("b", "cid", "gates", 1, "2023-02"),
    ],
    columns=COLUMNS,
)


def scores(size):
    table = window_validity(HAND, MACHINE, ["a", "b"], [size])
    return table.set_index("network")[["precision", "recall", "f1"]].round(4)


def test_by_hand():
    one, two = scores(1), scores(2)
    # Of four ties by hand the machine has two, and one of its own.
    assert one.loc["two-mode"].tolist() == [0.6667, 0.5, 0.5714]
    # Ann and Bob agree in January: the machine does not see Ann, and has no tie at all.
    assert one.loc["agreement", ["recall", "f1"]].tolist() == [0, 0]
    assert pd.isna(one.loc["agreement", "precision"])
    # January and February are one window of two months (2023 is odd: 24,276 is even).
    assert two.loc["two-mode"].tolist() == [0.6667, 0.6667, 0.6667]
    assert two.loc["agreement"].tolist() == [1, 1, 1]


def test_a_machine_that_is_right_is_valid_at_once():
    table = window_validity(HAND, HAND, ["a", "b"])
    assert (table[["precision", "recall", "f1", "low", "high"]] == 1).all(axis=None)
    assert shortest(table, "two-mode") == shortest(table, "agreement") == 1


def test_articles_that_only_one_has_read_are_left_aside():
    both = window_validity(HAND, MACHINE, ["b"], [1]).set_index("network")
    assert both.f1["two-mode"] == 0.5
    assert both.n_windows.tolist() == [1, 1]


def test_the_shortest_window_is_one_after_which_all_are_good():
    table = pd.DataFrame({"network": "two-mode", "size": [1, 2, 3, 6], "low": [0.8, 0.6, 0.7, 0.9]})
    assert shortest(table, "two-mode", 0.7) == 3
    assert shortest(table, "two-mode", 0.95) is None
    assert shortest(table.head(0), "two-mode") is None


def test_longer_windows_hold_more_of_what_people_see():
    made = population(150, 2, mean=2)
    table = window_validity(made.hand, made.machine, made.articles.article_id.tolist())
    own = table[table.network == "two-mode"].sort_values("size")
    assert own.f1.iloc[-1] > own.f1.iloc[0] + 0.1
    assert (own.low <= own.f1).all() and (own.f1 <= own.high).all()


def test_the_interval_is_the_jackknife():
    rows = [(str(n), "ann", f"i{n}", 1, "2023-01") for n in range(8)]
    hand = pd.DataFrame(rows, columns=COLUMNS)
    table = window_validity(hand, hand.head(4), [str(n) for n in range(8)], [1])
    own = table[table.network == "two-mode"].iloc[0]
    # F1 is 2·4/12; without a found article 2·3/10, without a missed one 2·4/11.
    without = np.array([0.6] * 4 + [8 / 11] * 4)
    error = np.sqrt(7 / 8 * ((without - without.mean()) ** 2).sum())
    assert own.high == pytest.approx(2 / 3 + 1.96 * error)
