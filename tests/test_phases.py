"""Phases: distances worked by hand, a planted turn is found, and chance makes no states."""

import numpy as np
import pandas as pd
import pytest
from made_camps import ACTORS, STANCES, corpus

from helpers.analysis.networks import one_mode, windows
from helpers.change import phases
from helpers.change.phases import Snapshot


def network(labels, **ties):
    frame = pd.DataFrame(0.0, index=list(labels), columns=list(labels))
    for (one, other), weight in ties.items():
        frame.at[one, other] = frame.at[other, one] = weight
    return frame


def by_month(statements):
    return [
        Snapshot(window.first, window.last, one_mode(window.statements, STANCES, actors=ACTORS))
        for window in windows(statements)
    ]


ONE, TWO = network("ab", ab=1), network("abc", ab=1, bc=1)


def test_distances_by_hand():
    """One tie; then two in a row. Eigenvalues 0, 0, 2 (c has no tie), then 0, 1, 2."""
    pair = [Snapshot("2020-01-01", "2020-01-31", ONE), Snapshot("2020-02-01", "2020-02-29", TWO)]
    assert phases.distances(pair, "absolute").tolist() == [[0, 1], [1, 0]]
    assert phases.distances(pair, "spectral") == pytest.approx(np.array([[0, 1], [1, 0]]))
    wider, own = network("abc", ab=1).to_numpy(), TWO.to_numpy()
    assert phases.spectrum(wider) == pytest.approx([0, 0, 2])
    assert phases.spectrum(own) == pytest.approx([0, 1, 2])
    assert phases.absolute_distance(wider, own) == 1


def test_the_spectrum_does_not_see_scale_nor_names():
    own = TWO.to_numpy()
    assert phases.spectrum(7 * own) == pytest.approx(phases.spectrum(own))
    assert phases.spectrum(own[np.ix_([1, 0, 2], [1, 0, 2])]) == pytest.approx([0, 1, 2])
    with pytest.raises(ValueError, match="below 0"):
        phases.spectrum(-own)


LINE = np.abs(np.subtract.outer([0.0, 1, 5], [0.0, 1, 5]))


def test_silhouette_and_modularity_by_hand():
    """Places 0, 1, 5; the first two are a state: (1 - 1/5, 1 - 1/4, 0 for the one alone) / 3.

    Weights .8, 0, .2, row sums .8, 1, .2, all 2: (1.6 - 1.8²/2 + 0 - .2²/2) / 2.
    """
    state = np.array([1, 1, 2])
    assert phases.silhouette(LINE, state) == pytest.approx((0.8 + 0.75) / 3)
    assert phases.modularity(LINE, state) == pytest.approx(-0.02)


@pytest.mark.parametrize("linkage", phases.LINKAGES)
def test_divisions_number_states_as_they_appear(linkage):
    numbers, states = phases.divisions(LINE[::-1, ::-1], linkage)
    assert numbers.number.tolist() == [2] and states.tolist() == [[1, 2, 2]]


@pytest.mark.parametrize("distance", phases.DISTANCES)
def test_unknown_names_are_refused(distance):
    with pytest.raises(ValueError, match="absolute, spectral"):
        phases.distances([Snapshot("", "", ONE)], "laplacian")
    with pytest.raises(ValueError, match="ward, average"):
        phases.divisions(LINE, "single")


@pytest.mark.parametrize("linkage", phases.LINKAGES)
def test_a_planted_turn_is_found(linkage):
    found = phases.phases(corpus(turn=7), by_month, linkage=linkage, draws=19)
    assert found.why == ""
    assert found.states.silhouette.tolist() == [1] * 7 + [2] * 5
    assert found.states.modularity.tolist() == [1] * 7 + [2] * 5
    assert found.chance.number.tolist() == [2, 2]
    assert (found.chance.p == 1 / 20).all()
    assert (found.states.n_statements == 80).all() and (found.states.n_articles == 20).all()
    assert found.chance.error.tolist() == pytest.approx([np.sqrt(1 / 20 * 19 / 20 / 19)] * 2)


def test_no_states_where_neighbours_share_half_of_their_statements():
    def by_two_months(statements):
        return [
            Snapshot(window.first, window.last, one_mode(window.statements, STANCES))
            for window in windows(statements, "moving", 2)
        ]

    told = corpus(turn=7)
    assert phases.shared_by_neighbours(by_two_months(told), told) == pytest.approx(0.5)
    found = phases.phases(told, by_two_months)
    assert "neighbours share half" in found.why
    assert found.states[phases.CRITERIA].isna().all(axis=None) and len(found.states) == 11
    assert phases.shared_by_neighbours(by_month(told), told) == 0


def test_a_statement_of_an_interval_is_shared_by_the_spans_it_touches():
    pair = [Snapshot("2020-01-01", "2020-01-31", ONE), Snapshot("2020-02-01", "2020-02-29", ONE)]
    told = pd.DataFrame(
        {
            "earliest": ["2020-01-01", "2020-01-20", "2020-02-03", ""],
            "latest": ["2020-01-02", "2020-02-10", "2020-02-03", ""],
        }
    )
    assert phases.shared_by_neighbours(pair, told) == pytest.approx(1 / 2)


def test_few_networks_have_no_states():
    found = phases.phases(corpus(months=2), by_month)
    assert found.why == "fewer than three networks" and len(found.states) == 2


def test_another_order_keeps_articles_whole_and_uses_each_date_once():
    told = corpus(months=6, articles=3).sample(frac=1, random_state=1)
    dealt = phases.in_another_order(told, np.random.default_rng(1))
    assert (dealt.groupby("article_id").earliest.nunique() == 1).all()
    by_day = told.groupby("earliest").article_id.nunique()
    pd.testing.assert_series_equal(by_day, dealt.groupby("earliest").article_id.nunique())
    assert not dealt.earliest.equals(told.earliest)
    same = ["statement_id", "speaker", "issue", "stance"]
    pd.testing.assert_frame_equal(told[same], dealt[same])
