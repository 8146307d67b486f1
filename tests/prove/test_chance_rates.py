"""Tests against chance reject at their nominal rate where only chance is, and planted camps always.

Each run has a corpus of its own. `rates(1000, 19)` gives the numbers of `docs/decisions.md`.
"""

import numpy as np
import pandas as pd
from scipy.stats import binom

from helpers.analysis.networks import one_mode
from helpers.change.balance import balance, modularity
from helpers.change.camp_search import best_camps
from helpers.change.chance import chance_table, shuffled

STANCES = pd.DataFrame({"stance": [-1, 1]})
ACTORS = [f"a{number:02}" for number in range(10)]
CAMPS = pd.Series(["p", "q"] * 5, ACTORS)
SAID, RUNS, DRAWS, LEVEL = 150, 200, 19, 0.05


def corpus(seed):
    """Statements of two camps that differ, some actors louder than others; some are astray."""
    random = np.random.default_rng(seed)
    loud = 1 / np.arange(1, len(ACTORS) + 1)
    actor = random.choice(len(ACTORS), SAID, p=loud / loud.sum())
    issue = random.choice(list("ijklm"), SAID, p=[0.4, 0.3, 0.15, 0.1, 0.05])
    astray = random.random(SAID) < 0.15
    stance = np.where((actor % 2 == 0) ^ astray, 1, -1)
    speaker = np.array(ACTORS)[actor]
    return pd.DataFrame({"speaker": speaker, "issue": issue, "stance": stance})


def numbers(statements):
    """Camps that are given, camps that fit best, and one pair."""
    both = [
        one_mode(statements, STANCES, measure, "average", actors=ACTORS)
        for measure in ("congruence", "conflict")
    ]
    return {
        "balance": balance(*both, CAMPS),
        "best balance": best_camps(*both).balance,
        "modularity": modularity(both[0], CAMPS),
        "one pair": both[0].at[ACTORS[0], ACTORS[1]],
    }


def rates(runs, draws, by_chance=True):
    """In how many runs each number is told to be more than chance, at `LEVEL`."""
    rejected = pd.Series(0, index=list(numbers(corpus(0))))
    for run in range(runs):
        statements = corpus(run)
        if by_chance:
            statements = shuffled(statements, seed=10_000 + run)
        p = chance_table(numbers, statements, draws, seed=run).set_index("name").p
        rejected += p.reindex(rejected.index) <= LEVEL
    return rejected


def test_what_fell_by_chance_is_rejected_at_the_nominal_rate():
    low, high = binom.interval(0.99, RUNS, LEVEL)
    rejected = rates(RUNS, DRAWS)
    assert rejected.between(low, high).all(), rejected.to_dict()


def test_planted_camps_are_more_than_chance():
    rejected = rates(10, DRAWS, by_chance=False)
    assert (rejected.drop("one pair") == 10).all(), rejected.to_dict()
