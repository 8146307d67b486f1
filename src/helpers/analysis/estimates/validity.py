"""How long a window of time must be before the machine's network is the one that people see.

A machine misses statements and makes some up; over a long window what it misses once it finds
elsewhere, and the networks come together (Angst, Müller and Walker 2025). On the articles that both
have read, the ties of both are compared window by window, for windows of several lengths.
"""

from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np
import pandas as pd
from scipy import sparse

from helpers.case.schema import columns

SIZES = (1, 2, 3, 6, 12, 24)
# A network is called valid from this F1 on, with the lower end of its interval.
LEAST_F1 = 0.7
# Groups of articles of the jackknife, and half of a 95 % interval in standard errors.
GROUPS, WIDTH = 100, 1.96


class Score(NamedTuple):
    """How the ties of the machine meet those of people; NaN where there is none."""

    precision: float
    recall: float
    f1: float


class Ties(NamedTuple):
    """The two-mode ties of some articles: incidence (ties by articles) and what each is.

    `row`: a number for window, issue and stance; `actor`: one for window and actor.
    """

    of_articles: Any
    row: np.ndarray
    actor: np.ndarray


def window_validity(
    hand: pd.DataFrame,
    machine: pd.DataFrame,
    articles: Sequence[str],
    sizes: Sequence[int] = SIZES,
    actor: str = "speaker",
) -> pd.DataFrame:
    """The table `window_validity`: F1 of the machine's ties by length of window, in months.

    `hand`, `machine`: statements (article_id, the column of `actor`, issue, stance) with `month`
    (such as 2023-03) of publication; `articles`: those that both have read. `network`: `two-mode`,
    an actor takes a stance on an issue, or `agreement`, two actors take the same stance on one.
    A tie is there or not, within a window; precision, recall and F1 are of the ties of all
    windows. `low`, `high`: the 95 % interval of F1, by the jackknife, between 0 and 1.
    """
    rows = []
    both = [one[one.article_id.isin(set(articles))] for one in (hand, machine)]
    for size in sizes:
        read = [_month_windows(one, size) for one in both]
        found = _ties(read, list(articles), actor)
        whole = _scores(found, np.ones(len(articles)))
        errors = _errors(found, len(articles))
        number = len(set(read[0].window) | set(read[1].window))
        for network, score in whole.items():
            width = WIDTH * errors[network]
            ends = max(score.f1 - width, 0.0), min(score.f1 + width, 1.0)
            rows.append((network, size, number, *score, *ends))
    return pd.DataFrame(rows, columns=columns("window_validity"))


def shortest(table: pd.DataFrame, network: str, least: float = LEAST_F1) -> int | None:
    """The shortest window, in months, from which on every length has `low` at least `least`."""
    own = table[table.network == network].sort_values("size", ascending=False)
    good = own["size"][(own.low >= least).cummin()]
    return None if good.empty else int(good.min())


def _month_windows(statements: pd.DataFrame, size: int) -> pd.DataFrame:
    """The statements with their window: months counted from the year 0, by `size`."""
    year, month = statements.month.str[:4].astype(int), statements.month.str[5:7].astype(int)
    return statements.assign(window=(12 * year + month - 1) // size)


def _ties(read: list[pd.DataFrame], articles: list[str], actor: str) -> list[Ties]:
    """The ties of both readers, numbered alike."""
    every = pd.concat(read, keys=[0, 1], names=["reader"])
    keys = every.reset_index("reader")[["reader", "article_id", actor, "issue", "stance", "window"]]
    keys["tie"] = keys.groupby([actor, "issue", "stance", "window"], sort=True).ngroup()
    keys["row"] = keys.groupby(["window", "issue", "stance"], sort=True).ngroup()
    keys["node"] = keys.groupby(["window", actor], sort=True).ngroup()
    named = keys.drop_duplicates("tie").sort_values("tie")
    at = pd.Index(articles).get_indexer(keys.article_id)
    shape = (len(named), len(articles))
    found = []
    for reader in (0, 1):
        own = (keys.reader == reader).to_numpy()
        ones, places = np.ones(own.sum()), (keys.tie.to_numpy()[own], at[own])
        incidence = sparse.csr_array((ones, places), shape=shape)
        found.append(Ties(incidence, named.row.to_numpy(), named.node.to_numpy()))
    return found


def _scores(found: list[Ties], times: np.ndarray) -> dict[str, Score]:
    """Both networks, of the articles of which `times` is above 0."""
    hand, machine = (ties.of_articles @ times > 0 for ties in found)
    one, other = (
        _agreeing(ties, there) for ties, there in zip(found, (hand, machine), strict=True)
    )
    return {
        "two-mode": _score(int((hand & machine).sum()), int(hand.sum()), int(machine.sum())),
        "agreement": _score(one.multiply(other).nnz, one.nnz, other.nnz),
    }


def _errors(found: list[Ties], size: int) -> dict[str, float]:
    """The standard error of each network's F1: each group of articles is left out once.

    A bootstrap will not do: of articles drawn anew a third is missing, and so are their ties.
    """
    groups = min(size, GROUPS)
    without = [_scores(found, np.arange(size) % groups != group) for group in range(groups)]
    spread = pd.DataFrame(without).map(lambda score: score.f1).std(ddof=0)
    return dict(spread * np.sqrt(groups - 1))


def _agreeing(ties: Ties, there: np.ndarray) -> Any:
    """Nodes by nodes, the upper half: who takes one stance on one issue in one window."""
    shape = (ties.row.max(initial=-1) + 1, ties.actor.max(initial=-1) + 1)
    at = ties.row[there], ties.actor[there]
    takes = sparse.csr_array((np.ones(int(there.sum())), at), shape=shape)
    return sparse.triu(takes.T @ takes, 1, format="csr") > 0


def _score(both: int, hand: int, machine: int) -> Score:
    def share(part: int, whole: int) -> float:
        return part / whole if whole else np.nan

    return Score(share(both, machine), share(both, hand), share(2 * both, hand + machine))
