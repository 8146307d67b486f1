"""Camps of the codebook beside those that are found, the windows, and what is said of them."""

import numpy as np
import pandas as pd
import pytest
from made_dispute import STANCES, TURN, made_dispute

from helpers.analysis.networks import one_mode
from helpers.change import kernels, snapshots
from helpers.change.answers import answers
from helpers.change.chance import chance_table
from helpers.change.divisions import agreed_and_opposed, divisions, fits
from helpers.change.edge_changes import edge_changes
from helpers.change.edge_intervals import edge_intervals

ROWS = [
    ("s1", "x", "ann", "bridge", 1, "2020-01-02"),
    ("s2", "x", "ben", "bridge", 1, "2020-01-02"),
    ("s3", "y", "cat", "bridge", -1, "2020-01-30"),
    ("s4", "y", "ann", "toll", 1, "2020-03-01"),
    ("s5", "y", "cat", "toll", 1, "2020-03-01"),
]
NAMES = ["statement_id", "article_id", "speaker", "issue", "stance", "earliest"]
FOUR = pd.DataFrame(ROWS, columns=NAMES)
FOUR = FOUR.assign(latest=FOUR.earliest)
GIVEN = pd.Series({"ann": "north", "ben": "south", "cat": "", "dan": "north"})


def test_divisions_by_hand():
    """Not normalised: ann and ben agree 1, ann and cat 1 (toll) and disagree 1, ben and cat 1.

    The best two are {ann, ben} and {cat}: (1 + 2 - 0 - 1) / 4 = 1/2. The codebook's have ann and
    ben alone, in two camps that agree: -1.
    """
    found = divisions(FOUR, STANCES, GIVEN, "none")
    table = found.measures.set_index("division")
    assert table.balance.round(9).to_dict() == {
        "best-2": 0.5,
        "best-3": 0.5,
        "codebook": -1,
        "louvain": 0,
    }
    assert table.n_actors.to_dict() == {"best-2": 3, "best-3": 3, "codebook": 2, "louvain": 3}
    best = found.members[found.members.division == "best-2"]
    assert dict(zip(best.actor_id, best.group_no, strict=True)) == {"ann": 1, "ben": 1, "cat": 2}
    assert fits(FOUR, STANCES, GIVEN, "none") == {"codebook": -1, "best-2": pytest.approx(0.5)}


def test_of_no_statement_there_are_no_camps():
    found = divisions(FOUR[:0], STANCES, GIVEN)
    assert found.members.empty and found.measures.balance.isna().all()


def test_a_snapshot_is_the_network_of_its_window_and_all_have_the_same_actors():
    made = snapshots.snapshots(FOUR, STANCES)
    assert [(one.first, one.last) for one in made] == [
        ("2020-01-01", "2020-01-31"),
        ("2020-03-01", "2020-03-31"),
    ]
    of_march = one_mode(FOUR[3:], STANCES, normalisation="average", actors=["ann", "ben", "cat"])
    pd.testing.assert_frame_equal(made[1].network, of_march)


def test_a_snapshot_with_a_kernel_is_smoothed_about_its_middle():
    """January has 31 days, and its middle is the 16th."""
    january = snapshots.snapshots(FOUR, STANCES, kernel="triangular")[0].network
    smoothed = kernels.smoothed(
        FOUR, STANCES, "2020-01-16", 31, "triangular", normalisation="average"
    )
    pd.testing.assert_frame_equal(january, smoothed)
    assert january.at["ann", "ben"] > 0


def test_the_middle_of_two_days_is_the_earlier():
    [one] = snapshots.spoken_windows(FOUR[:1], "day", 2)
    assert snapshots.middle(one) == ("2020-01-02", 1)
    window = one._replace(first="2020-01-01", last="2020-01-02")
    assert snapshots.middle(window) == ("2020-01-01", 2)


def told(statements, given, states):
    both = [
        edge_intervals(statements, STANCES, kind, draws=20) for kind in ("congruence", "conflict")
    ]
    windows = snapshots.spoken_windows(statements, "year")
    chance = chance_table(lambda some: fits(some, STANCES, given), statements, 9)
    return answers(
        divisions(statements, STANCES, given).measures,
        chance.rename(columns={"name": "division"}),
        pd.concat(both),
        edge_changes(windows, STANCES),
        states,
    )


def test_of_a_small_corpus_it_is_said_what_cannot_be_known():
    none = pd.DataFrame({"silhouette": [pd.NA] * 2, "modularity": [pd.NA] * 2})
    sentences = told(FOUR, GIVEN, none)
    assert sentences[0].startswith(
        "By the camps of the codebook balance is -1.00: 0% of the weight"
    )
    assert "Of 4 ties of agreement or disagreement, 0 would stand" in sentences[-3]
    assert sentences[-2].startswith("Ties that appear from one window to the next: 0; that fade: 0")
    assert sentences[-1].startswith("No phases can be told apart in 2 windows")


def test_of_a_large_corpus_it_is_said_what_is_known():
    dispute = made_dispute()
    early = dispute.statements[dispute.statements.earliest < TURN]
    states = pd.DataFrame({"silhouette": [1, 2, 2], "modularity": [np.nan] * 3})
    sentences = told(early, dispute.before, states)
    assert "as much in 0 of 9 draws (p 0.10)" in sentences[0]
    assert "like those of the codebook to 1.00" in sentences[2]
    assert sentences[-1] == "The windows fall into phases: 2 by silhouette."


def test_agreement_and_conflict_have_the_same_actors():
    one, other = agreed_and_opposed(FOUR, STANCES)
    assert one.index.equals(other.index) and one.columns.equals(other.columns)
