"""The division of actors into camps that explains most of a network: the greatest balance.

With S = congruence - conflict, balance grows with the sum of S within camps and with nothing else.
Up to `FEW` actors every division is tried; above, a search gives a division that no move of one
actor and no swap of two makes better, and a bound says how far from the best it may be.
"""

from typing import NamedTuple

import numpy as np
import pandas as pd

from helpers.analysis.structure import numbered
from helpers.change.balance import balance

# All divisions of so many actors are tried.
FEW = 16
RESTARTS = 30
# Steps towards the least bound.
STEPS = 60
# Sums that differ by less are equal: which is greater would be a matter of the machine.
CLOSE = 1e-9


class Found(NamedTuple):
    """The camps, actor to 1, 2, …; their balance; what none can exceed; whether all were tried."""

    camps: pd.Series
    balance: float
    bound: float
    exact: bool


def best_camps(
    congruence: pd.DataFrame, conflict: pd.DataFrame, number: int = 2, seed: int = 0
) -> Found:
    """The division into at most `number` camps, 2 or 3, of the greatest `balance.balance`.

    Camp 1 is the largest. Actors without a tie are in no camp and not named. Of equally good
    divisions the first is given, where all are tried one of the fewest camps; actors whom no tie
    joins to the others stand in either camp by chance. Balance and bound are NaN where there is no
    tie. Raises ValueError for another number, and as `balance` does.

    On five articles some division fits nearly always: compare its balance with those of `chance`,
    each with its own best camps. That a camp was found does not mean that anybody has joined it.
    """
    if number not in (2, 3):
        raise ValueError(f"number {number}: expected 2 or 3 camps")
    tied = (congruence + conflict).sum(axis=1) > 0
    actors = list(tied.index[tied])
    if not actors:
        return Found(pd.Series(dtype=int), np.nan, np.nan, True)
    agreed, opposed = (frame.loc[actors, actors].to_numpy() for frame in (congruence, conflict))
    leaning = agreed - opposed
    close = CLOSE * (agreed + opposed).sum()
    exact = len(actors) <= FEW
    if exact:
        camp = _all_tried(leaning, number, close)
    else:
        camp = _searched(leaning, number, close, seed)
    groups = pd.Series(actors).groupby(camp).agg(list)
    camps = pd.Series(numbered(groups)).reindex(actors)
    value = balance(congruence, conflict, camps)
    if exact:
        return Found(camps, value, value, exact)
    # Balance is (2 within - all S) / all weight, each pair counted from both ends.
    most = (2 * _bound(leaning, camp, number) - leaning.sum()) / (agreed + opposed).sum()
    return Found(camps, value, max(value, float(most)), exact)


def _all_tried(leaning: np.ndarray, number: int, close: float) -> np.ndarray:
    """The best of all divisions. A set of actors is a number whose bits say who is in it."""
    size = len(leaning)
    inside = np.zeros(1)  # the sum of S in each set, of the actors so far
    for actor in range(size):
        joining = np.zeros(1)
        for other in range(actor):
            joining = np.concatenate([joining, joining + leaning[actor, other]])
        inside = np.concatenate([inside, inside + joining])
    sets = np.arange(2**size)
    # The smallest of three camps has at most a third of the actors; of two there is no third.
    smallest = np.bitwise_count(sets) <= (size // 3 if number == 3 else 0)
    best, chosen = -np.inf, (0, 0)
    for third in sets[smallest]:
        rest = sets[sets & third == 0]
        # In rising order, the set at the same place from the end is all others of the rest.
        within = inside[rest] + inside[rest][::-1] + inside[third]
        place = int(np.argmax(within > within.max() - close))
        if within[place] > best + close:
            best, chosen = within[place], (int(third), int(rest[place]))
    bits = np.arange(size)
    return (chosen[0] >> bits & 1) * 2 + (chosen[1] >> bits & 1)


def _searched(leaning: np.ndarray, number: int, close: float, seed: int) -> np.ndarray:
    """The best of some divisions, each improved from a random one."""
    random = np.random.default_rng(seed)
    best, most = np.zeros(len(leaning), dtype=int), -np.inf
    for _ in range(RESTARTS):
        camp = _improved(leaning, random.integers(number, size=len(leaning)), number, close)
        within = leaning[np.equal.outer(camp, camp)].sum()
        if within > most + close:
            best, most = camp, within
    return best


def _improved(leaning: np.ndarray, camp: np.ndarray, number: int, close: float) -> np.ndarray:
    """A division after the best move, again and again, and where none helps the best swap."""
    everyone = np.arange(len(camp))
    while True:
        to_camp = leaning @ np.eye(number)[camp]
        gain = to_camp - to_camp[everyone, camp][:, None]
        actor, target = divmod(int(gain.argmax()), number)
        if gain[actor, target] > close:
            camp[actor] = target
            continue
        swaps = gain[:, camp] + gain[:, camp].T - 2 * leaning
        swaps[np.equal.outer(camp, camp)] = 0
        one, other = divmod(int(swaps.argmax()), len(camp))
        if swaps[one, other] <= close:
            return camp
        camp[one], camp[other] = camp[other], camp[one]


def _bound(leaning: np.ndarray, camp: np.ndarray, number: int) -> float:
    """What the sum of S within camps, each pair from both ends, cannot exceed.

    With unit vectors v_i, one for each camp, whose products are -1 / (number - 1), two actors of
    one camp count ((number - 1) v_i v_j + 1) / number = 1, and two of different camps 0. For any
    numbers u, one for each actor, the sum of S_ij v_i v_j is at most n times the greatest
    eigenvalue of S + diag(u), less the sum of u (Delorme and Poljak 1993, Mathematical Programming
    62; Frieze and Jerrum 1997, Algorithmica 18). u begins where the bound of a division that is the
    best by far is its own sum, and goes down the slope. No more than all S above 0 is within camps.
    """
    size = len(leaning)
    product = np.where(np.equal.outer(camp, camp), 1, -1 / (number - 1))
    shift = -(leaning * product).sum(axis=1)
    least = np.inf
    for step in range(1, STEPS + 1):
        values, vectors = np.linalg.eigh(leaning + np.diag(shift))
        least = min(least, size * values[-1] - shift.sum())
        slope = size * vectors[:, -1] ** 2 - 1
        shift -= np.abs(leaning).sum() / size / step * slope / np.linalg.norm(slope)
    within = ((number - 1) * least + leaning.sum()) / number
    return min(within, leaning[leaning > 0].sum())
