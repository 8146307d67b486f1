"""Intervals of estimates hold the truth as often as they say; what takes a short cut does not.

Each run draws a sample of its own from one made population (`made_sample`: articles as clusters, a
machine that is biased by issue and by time). `coverage(1000)` gives the numbers of
`docs/decisions.md`.
"""

from functools import cache

import numpy as np
import pandas as pd
from made_sample import ISSUES, STANCES, population
from scipy.stats import binom

from helpers.analysis.counts import tally
from helpers.analysis.estimates.ties import tie_estimates
from helpers.analysis.estimates.totals import cells, estimates
from helpers.analysis.sampling import draw_sample

ARTICLES, SAMPLED, RUNS, LEVEL = 1000, 150, 200, 0.95
KEY = ["quantity", "actor_id", "issue", "stance"]
MADE = population(ARTICLES, 5)
WHOLE = tally(MADE.machine)


def truth():
    """Every number as it is where all articles are coded."""
    everything = MADE.articles.assign(stratum="all", n_stratum=ARTICLES)
    return cells(MADE.hand, MADE.machine, WHOLE, everything)


def means(numbers):
    return numbers[numbers.quantity == "mean of issue"].set_index("issue")


def naive(articles):
    """The machine's mean in the sample, each passage taken for a draw of its own."""
    own = MADE.machine[MADE.machine.article_id.isin(articles)].groupby("issue").stance
    width = 1.96 * own.std() / np.sqrt(own.size())
    return pd.DataFrame({"low": own.mean() - width, "high": own.mean() + width})


def of_passages(articles):
    """Prediction-powered inference (λ = 1) that takes each passage for a draw of its own."""
    rows = MADE.hand.assign(seen=MADE.seen, missed=MADE.hand.stance - MADE.seen)
    read = rows.groupby("issue").seen
    labelled = rows[rows.article_id.isin(articles)].groupby("issue").missed
    middle = read.mean() + labelled.mean()
    width = 1.96 * np.sqrt(read.var() / read.size() + labelled.var() / labelled.size())
    return pd.DataFrame({"low": middle - width, "high": middle + width})


@cache
def coverage(runs=RUNS):
    """The share of intervals that hold the truth, by quantity; of short cuts by issue; of ties."""
    everything = estimates(truth()).set_index(KEY).estimate
    ties = tie_estimates(truth(), STANCES, draws=0).set_index(["source", "target"]).estimate
    issues = means(estimates(truth())).estimate
    held, short, tied = [], [], []
    for seed in range(runs):
        frame = draw_sample(MADE.articles, SAMPLED, ["month"], seed)
        sample = frame[frame.place > 0]
        found = cells(MADE.hand, MADE.machine, WHOLE, sample)
        numbers = estimates(found).dropna(subset=["low"]).set_index(KEY)
        true = everything.reindex(numbers.index).fillna(0)
        held.append(((numbers.low <= true) & (true <= numbers.high)).rename("held").reset_index())
        articles = set(sample.article_id)
        for name, ends in {"naive": naive(articles), "passages": of_passages(articles)}.items():
            short.append(((ends.low <= issues) & (issues <= ends.high)).rename(name))
        if seed % 20 == 0:
            some = tie_estimates(found, STANCES, draws=60, seed=seed)
            true = ties.reindex(pd.MultiIndex.from_frame(some[["source", "target"]])).to_numpy()
            tied.append(((some.low <= true) & (true <= some.high)).mean())
    by_quantity = pd.concat(held).groupby("quantity").held.mean()
    by_issue = pd.concat(short, axis=1).T.groupby(level=0).mean()
    return by_quantity, by_issue, float(np.mean(tied))


def test_the_intervals_hold_the_truth_as_often_as_they_say():
    by_quantity, _, _ = coverage()
    low, high = binom.interval(0.9999, RUNS, LEVEL)
    whole = by_quantity[["all", "mean of issue", "activity", "subtract", "statements"]]
    assert (whole * RUNS).between(low, high).all(), by_quantity
    assert by_quantity.mean() > 0.93


def test_the_machine_alone_and_passages_as_draws_do_not():
    _, by_issue, _ = coverage()
    assert by_issue.loc["naive", "roads"] == 0
    assert by_issue.loc["passages", "roads"] < 0.9, by_issue
    assert set(by_issue) == set(ISSUES)


def test_ties_are_approximate_and_not_far_off():
    _, _, ties = coverage()
    assert 0.85 < ties < 0.99
