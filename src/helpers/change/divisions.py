"""Divisions: the camps of the codebook beside those that are found, by one yardstick.

On five articles the best camps fit well whatever was said: compare them with `fits` of shuffled
statements (`chance.chance_table`).
"""

from typing import NamedTuple

import numpy as np
import pandas as pd

from helpers.analysis.counts import count
from helpers.analysis.networks import weights_of
from helpers.analysis.structure import DISCOURSE, numbered
from helpers.change.balance import balance, modularity
from helpers.change.camp_search import best_camps
from helpers.change.found_camps import adjusted_rand, louvain

GIVEN, BEST = "codebook", {"best-2": 2, "best-3": 3}
MEMBERS = ["division", "actor_id", "group_no"]
MEASURES = ["division", "n_camps", "n_actors", "balance", "bound", "modularity", "adjusted_rand"]


class Divisions(NamedTuple):
    """What `divisions` finds.

    `members`: division, actor_id, group_no (1 is the largest). `measures`: division, n_camps,
    n_actors, balance, bound (what no division of so many camps can exceed; of the best alone),
    modularity of agreement, adjusted_rand (against the codebook).
    """

    members: pd.DataFrame
    measures: pd.DataFrame


def agreed_and_opposed(
    statements: pd.DataFrame, stances: pd.DataFrame, normalisation: str = "average"
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Congruence and conflict of the same actors."""
    counts = count(statements, stances, "speaker")
    arrays = (weights_of(counts, name, normalisation).toarray() for name in DISCOURSE)
    one, other = (pd.DataFrame(array, counts.actors, counts.actors) for array in arrays)
    return one, other


def fits(
    statements: pd.DataFrame,
    stances: pd.DataFrame,
    given: pd.Series,
    normalisation: str = "average",
) -> dict[str, float]:
    """Division to balance: of the codebook's camps, and of the two that fit best."""
    both = agreed_and_opposed(statements, stances, normalisation)
    return {GIVEN: balance(*both, given), "best-2": best_camps(*both, 2).balance}


def divisions(
    statements: pd.DataFrame,
    stances: pd.DataFrame,
    given: pd.Series,
    normalisation: str = "average",
) -> Divisions:
    """The camps of the codebook, the two and the three that fit best, and those by Louvain.

    `given`: actor to camp, "" for none. A division holds the actors with a tie alone.
    """
    congruence, conflict = agreed_and_opposed(statements, stances, normalisation)
    tied = congruence.index[(congruence + conflict).sum(axis=1) > 0]
    known = given[given != ""]
    known = known[known.index.isin(tied)]
    own = pd.Series(numbered(known.index.groupby(known).values()), dtype=int)
    found = {GIVEN: own, "louvain": louvain(congruence)}
    bounds = {}
    for name, number in BEST.items():
        best = best_camps(congruence, conflict, number)
        found[name], bounds[name] = best.camps, best.bound
    measures, members = [], []
    for name, camps in sorted(found.items()):
        value = balance(congruence, conflict, camps)
        likeness = np.nan if name == GIVEN else adjusted_rand(camps, given)
        sizes = (camps.nunique(), len(camps))
        within = modularity(congruence, camps)
        measures.append((name, *sizes, value, bounds.get(name, np.nan), within, likeness))
        members += [(name, actor, camp) for actor, camp in camps.sort_index().items()]
    tables = (members, MEMBERS), (measures, MEASURES)
    return Divisions(*(pd.DataFrame(rows, columns=columns) for rows, columns in tables))
