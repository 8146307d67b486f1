"""Balance: how well camps divide a network of agreement and disagreement.

A network is a square frame, actors by actors, symmetric, its diagonal 0, as `networks.one_mode`
gives it; no weight is below 0. `camps` is a Series, actor to camp. Actors of no camp ("" or not
named) are left out with all their ties. What is undefined is NaN.

Five articles hold few ties between few actors: one article more can turn the sign of each of these
numbers, and a number of one window says nothing of the next. Read the intervals.
"""

from collections.abc import Callable, Iterable
from functools import partial

import numpy as np
import pandas as pd

from helpers.analysis.counts import Counts, by_article
from helpers.analysis.networks import Window, weights_of
from helpers.analysis.resampling import bootstrap
from helpers.analysis.structure import DISCOURSE

COLUMNS = ["first", "last", "measure", "value", "low", "high", "n_statements", "n_articles"]


def balance(congruence: pd.DataFrame, conflict: pd.DataFrame, camps: pd.Series) -> float:
    """B(g): 1 if all agree within their camps and disagree between them, -1 if the reverse.

    (congruence within + conflict between - conflict within - congruence between)
    / (all congruence + all conflict)

    Half of 1 - B is the share of the weight that the camps g do not explain: the line index of
    balance (Harary 1959, Behavioral Science 4(4)) of a network in camps (Davis 1967, Human
    Relations 20(2)), by weight. NaN where no weight lies between actors of a camp. Raises
    ValueError where the two networks are not of the same actors, or for a weight below 0.
    """
    if not congruence.index.equals(conflict.index):
        raise ValueError(
            "balance: expected congruence and conflict of the same actors in one order"
        )
    return _balance(_by_camps(congruence, camps), _by_camps(conflict, camps))


def ei_index(network: pd.DataFrame, camps: pd.Series) -> float:
    """(external - internal) / (external + internal): -1, all weight within camps, to 1, between.

    Krackhardt and Stern (1988), Social Psychology Quarterly 51(2); the same as
    `structure.polarisation` of the edges. NaN where no weight lies between actors of a camp. Raises
    ValueError for a weight below 0.
    """
    return _ei_index(_by_camps(network, camps))


def modularity(network: pd.DataFrame, camps: pd.Series) -> float:
    """Q: the share of weight within camps, less what it would be if ties fell at random.

    Sum over camps of e_cc - a_c^2, with e_cd the share of all weight from camp c to camp d (each
    tie counted from both ends), and a_c = sum over d of e_cd: from -1/2 to below 1 (Newman 2004,
    Physical Review E 70, 056131). NaN where no weight lies between actors of a camp. Raises
    ValueError for a weight below 0.
    """
    return _modularity(_by_camps(network, camps))


def _by_camps(network: pd.DataFrame, camps: pd.Series) -> np.ndarray:
    """The sums of weight from camp to camp, each tie counted from both ends."""
    weight = network.to_numpy()
    if (weight < 0).any():
        raise ValueError("a weight below 0; expected a network of congruence or of conflict alone")
    named = camps[camps != ""].reindex(network.index)
    camp, names = pd.factorize(named, sort=True)
    members = [camp == place for place in range(len(names))]
    rows = np.array([weight[some].sum(axis=0) for some in members])
    sums = np.array([rows[:, some].sum(axis=1) for some in members])
    return sums.reshape(len(names), len(names))


def _balance(agreed: np.ndarray, opposed: np.ndarray) -> float:
    total = agreed.sum() + opposed.sum()
    explained = 2 * np.trace(agreed) - agreed.sum() - (2 * np.trace(opposed) - opposed.sum())
    return float(explained / total) if total else np.nan


def _ei_index(sums: np.ndarray) -> float:
    total, internal = sums.sum(), np.trace(sums)
    return float((total - 2 * internal) / total) if total else np.nan


def _modularity(sums: np.ndarray) -> float:
    if not sums.sum():
        return np.nan
    shares = sums / sums.sum()
    return float(np.trace(shares) - (shares.sum(axis=0) ** 2).sum())


def behind(statements: pd.DataFrame, camps: pd.Series, actor: str = "speaker") -> pd.DataFrame:
    """The statements that make the numbers of this room: their rows.

    Each is of an actor of a camp, on an issue to which another such actor speaks too. Where
    networks are normalised, the other statements of these actors count in the divisors.
    """
    inside = statements[actor].isin(camps.index[camps != ""]) & (statements.issue != "")
    known = statements[inside]
    return known[known.groupby("issue")[actor].transform("nunique") > 1]


def balance_over_time(
    windows: Iterable[Window],
    stances: pd.DataFrame,
    camps: pd.Series,
    normalisation: str = "average",
    draws: int = 500,
    seed: int = 0,
    actor: str = "speaker",
) -> pd.DataFrame:
    """Balance, E-I indices and modularity of each window, as `networks.windows` gives them.

    Columns first, last (days), measure (`balance`, `ei_congruence`, `ei_conflict`, `modularity` of
    congruence), value, low, high, n_statements, n_articles (by `behind`). The intervals are those
    of `resampling.bootstrap` over the articles of the window; NaN where it has one article, where
    fewer than half of the draws have the number, and where `draws` is 0.
    """
    rows = []
    for window in windows:
        size, counts = by_article(window.statements, stances, actor)
        measured = partial(_measures, counts, camps, normalisation)
        bounds = {} if size < 2 else bootstrap(size, measured, draws, seed)
        known = behind(window.statements, camps, actor)
        made_of = (len(known), known.article_id.nunique())
        for measure, value in measured(np.ones(size, dtype=int)).items():
            interval = bounds.get(measure, (np.nan, np.nan))
            rows.append((window.first, window.last, measure, value, *interval, *made_of))
    return pd.DataFrame(rows, columns=COLUMNS)


def _measures(
    counts: Callable[[np.ndarray], Counts],
    camps: pd.Series,
    normalisation: str,
    times: np.ndarray,
) -> dict[str, float]:
    """The measures where each article is there so many times."""
    x = counts(times)
    matrices = [weights_of(x, network, normalisation).toarray() for network in DISCOURSE]
    frames = [pd.DataFrame(matrix, x.actors, x.actors) for matrix in matrices]
    agreed, opposed = (_by_camps(frame, camps) for frame in frames)
    return {
        "balance": _balance(agreed, opposed),
        "ei_congruence": _ei_index(agreed),
        "ei_conflict": _ei_index(opposed),
        "modularity": _modularity(agreed),
    }
