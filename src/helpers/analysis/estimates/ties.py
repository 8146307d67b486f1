"""Ties of the network of agreement over all articles, with intervals by replicate weights.

The weight of a tie multiplies two counts, so no sum over articles gives its variance. The sample is
drawn anew, again and again, from itself: in each stratum n_h - 1 articles with return, their
weights mended so that totals have the variance of the design (rescaling bootstrap: Rao and Wu 1988,
Journal of the American Statistical Association 83, 231-241; here with n_h - 1 draws). It is an
approximation, and a poor one of few articles.
"""

from collections.abc import Iterator

import numpy as np
import pandas as pd
from scipy import sparse

from helpers.analysis.counts import placed
from helpers.analysis.estimates.design import Design
from helpers.analysis.estimates.totals import Cells, articles_with, sums
from helpers.analysis.networks import weights_of
from helpers.case.schema import columns

# An actor whom people found in fewer sampled articles has no ties: too little to draw from.
LEAST = 5


def replicate_weights(design: Design, draws: int, seed: int) -> Iterator[np.ndarray]:
    """The weights of the sampled articles in each draw; their mean is that of the design.

    A stratum that was coded whole keeps its weights.
    """
    random = np.random.default_rng(seed)
    number = design.sampled()
    weights = design.weights()
    keep = np.sqrt(1 - number / design.sizes)[design.stratum]
    members = [np.flatnonzero(design.stratum == one) for one in range(len(number))]
    for _ in range(draws):
        times = np.zeros(len(weights))
        for here in members:
            if 1 < len(here):
                again = random.integers(len(here), size=len(here) - 1)
                times[here] = np.bincount(again, minlength=len(here)) * len(here) / (len(here) - 1)
        yield weights * (1 + keep * (times - 1))


def tie_estimates(
    found: Cells,
    stances: pd.DataFrame,
    normalisation: str = "average",
    least: int = LEAST,
    draws: int = 200,
    seed: int = 0,
) -> pd.DataFrame:
    """The table `estimated_ties`: agreement (congruence) between two actors over all articles.

    Only between actors whom people found in at least `least` sampled articles. An estimated count
    below 0 is 0 in a network. `low`, `high`: the middle 95 % of so many `draws`. Beside each what
    the machine alone and the sample alone say.
    """
    counted = found.counted
    rows = placed(found.table, stances)
    actors, of_actors = sums(found.table, ["actor_id"])
    articles = pd.Series(articles_with(counted.hand, of_actors), index=actors.actor_id)
    often = np.isin(rows.actors, articles.index[articles >= least])
    one, other = np.triu_indices(len(rows.actors), 1)
    asked = often[one] & often[other]
    one, other = one[asked], other[asked]

    def ties(numbers: np.ndarray) -> np.ndarray:
        matrix = weights_of(rows.counts(numbers), "congruence", normalisation)
        return sparse.csr_array(matrix).toarray()[one, other]

    def mended(weights: np.ndarray) -> np.ndarray:
        return ties(counted.whole + weights @ counted.missed)

    weights = counted.design.weights()
    redrawn = [mended(again) for again in replicate_weights(counted.design, draws, seed)]
    none = np.full((2, len(one)), np.nan)
    low, high = np.percentile(redrawn, [2.5, 97.5], axis=0) if draws else none
    names = np.array(rows.actors, dtype=object)
    table = pd.DataFrame(
        {
            "source": names[one],
            "target": names[other],
            "estimate": mended(weights),
            "low": low,
            "high": high,
            "machine": ties(counted.whole),
            "hand": ties(weights @ counted.hand),
            "n_source_articles": articles.reindex(names[one]).to_numpy(),
            "n_target_articles": articles.reindex(names[other]).to_numpy(),
        }
    )
    return table[columns("estimated_ties")]
