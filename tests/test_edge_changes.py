"""Edges that appear, fade or turn, by hand and held to the networks of the windows."""

from itertools import combinations

import numpy as np
import pandas as pd
from hypothesis import given, settings
from hypothesis import strategies as st

from helpers.analysis.networks import one_mode, windows
from helpers.change.edge_changes import COLUMNS, edge_changes

STANCES = pd.DataFrame({"stance": [-1, 1]})
NAMES = ["statement_id", "article_id", "speaker", "issue", "stance", "earliest"]


def statements(rows):
    made = [(f"s{n}", f"x{n}", *row) for n, row in enumerate(rows, start=1)]
    frame = pd.DataFrame(made, columns=NAMES)
    return frame.assign(latest=frame.earliest)


def test_an_edge_appears_turns_and_fades_by_hand():
    """March: a and b speak to different issues; April: they agree; May: disagree; June: one."""
    rows = [
        ("a", "i", 1, "2022-03-01"),
        ("b", "j", 1, "2022-03-01"),
        ("a", "i", 1, "2022-04-01"),
        ("b", "i", 1, "2022-04-01"),
        ("a", "i", 1, "2022-05-01"),
        ("b", "i", -1, "2022-05-01"),
        ("a", "i", 1, "2022-06-01"),
    ]
    table = edge_changes(windows(statements(rows)), STANCES)
    assert table.values.tolist() == [
        ["a", "b", "appears", "2022-04-01", "2022-04-30", 0, 1, "s3;s4"],
        ["a", "b", "turns", "2022-05-01", "2022-05-31", 1, -1, "s3;s4;s5;s6"],
        ["a", "b", "fades", "2022-06-01", "2022-06-30", -1, 0, "s5;s6"],
    ]


def test_of_one_window_nothing_changes():
    table = edge_changes(windows(statements([("a", "i", 1, "2022-03-01")])), STANCES)
    assert table.empty and list(table) == COLUMNS
    assert edge_changes([], STANCES).empty


ROW = st.tuples(
    st.sampled_from("abcd"),
    st.sampled_from("ij"),
    st.sampled_from([-1, 1]),
    st.sampled_from(["2022-03-01", "2022-04-01", "2022-05-01"]),
)


@settings(deadline=None, max_examples=40)
@given(st.lists(ROW, min_size=1, max_size=20))
def test_the_changes_are_those_of_the_networks(rows):
    spans = windows(statements(rows))
    actors = sorted({row[0] for row in rows})
    signed = [one_mode(span.statements, STANCES, "subtract", actors=actors) for span in spans]
    table = edge_changes(spans, STANCES)
    for before, after, span in zip(signed, signed[1:], spans[1:], strict=False):
        told = table[table["first"] == span.first].set_index(["source", "target"])
        for pair in combinations(actors, 2):
            other = np.sign(before.at[pair]) != np.sign(after.at[pair])
            assert other == (pair in told.index)
            if other:
                weights = told.loc[pair, ["weight_before", "weight_after"]].tolist()
                assert weights == [before.at[pair], after.at[pair]]
