"""States of time where nothing turns: each criterion gives them at its nominal rate at most."""

from made_camps import corpus
from scipy.stats import binom
from test_phases import by_month

from helpers.change import phases

RUNS = 200


def test_a_quiet_corpus_has_states_in_one_run_of_twenty_at_most():
    """The upper end of the 99.5 % binomial band, for each of the two criteria."""
    most = binom.ppf(0.995, RUNS, phases.LEVEL)
    shown = 0
    for seed in range(RUNS):
        quiet = corpus(months=4, seed=1000 + seed, articles=6)
        found = phases.phases(quiet, by_month, draws=19, seed=seed)
        shown = shown + found.states[phases.CRITERIA].notna().any()
    assert (shown <= most).all(), shown
