"""What all articles hold, from what a machine reads in all and people code in some.

The unit is the article: passages of one article are no independent draws. What is counted are
statements of an actor on an issue with a stance; sums of these are the weights of the two-mode
networks, and their ratios are shares and mean stances. The formulas stand in `design`.
"""

from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np
import pandas as pd
from scipy import sparse

from helpers.analysis.counts import tally
from helpers.analysis.estimates.design import Counted, Estimate, counted, design_of
from helpers.case.schema import columns

CELL = ["actor_id", "issue", "stance"]
# What stands in a column of a cell for a sum over all of it.
NONE = {"actor_id": "", "issue": "", "stance": None}
# From fewer articles in which hand and machine differ no interval is made.
LEAST_DIFFERING = 3


class Cells(NamedTuple):
    """The cells (actor_id, issue, stance), one a row, and what was counted in them."""

    table: pd.DataFrame
    counted: Counted


def cells(
    hand: pd.DataFrame,
    machine: pd.DataFrame,
    whole: pd.DataFrame,
    sample: pd.DataFrame,
    actor: str = "speaker",
) -> Cells:
    """What was counted where: by hand and machine in the sample, by the machine in all articles.

    `hand`, `machine`: statements (the column of `actor`, issue, stance, article_id) of the sampled
    articles; others are left aside. `whole`: counts over all articles as `counts.tally` gives
    them. `sample`: article_id, stratum, n_stratum, a row for each article that people have coded,
    also those in which they found nothing. Raises ValueError as `design_of`.
    """
    articles = sample.article_id.tolist()
    inside = [rows[rows.article_id.isin(set(articles))] for rows in (hand, machine)]
    tallies = [tally(rows, actor, "article_id") for rows in inside]
    every = pd.concat([*(one[CELL] for one in tallies), whole[CELL]])
    named = every[(every.actor_id != "") & (every.issue != "")]
    table = named.drop_duplicates().sort_values(CELL, ignore_index=True).astype({"stance": int})
    place = pd.MultiIndex.from_frame(table)
    own, read = (_by_article(one, articles, place) for one in tallies)
    total = _by_article(whole.assign(span=""), [""], place).toarray()[0]
    return Cells(table, counted(design_of(sample), total, own, read))


def _by_article(counted: pd.DataFrame, articles: Sequence[str], place: pd.MultiIndex) -> Any:
    """Articles by cells: how many statements."""
    column = place.get_indexer(pd.MultiIndex.from_frame(counted[CELL]))
    row = pd.Index(articles).get_indexer(counted.span)
    here = column >= 0
    at = row[here], column[here]
    number = counted.n.to_numpy(float)[here]
    return sparse.csr_array((number, at), shape=(len(articles), len(place)))


def estimates(found: Cells) -> pd.DataFrame:
    """The table `estimates`: every number with its interval, beside what hand and machine say.

    `all`: all statements; `statements`: the total of a cell; `share`: its part of what the actor
    says on the issue; `activity` and `subtract`: all that an actor says on an issue, and the sum of
    the stances (the weights of the two-mode networks); `mean stance`: the one divided by the other;
    `mean of issue`: the same of all actors. `n_articles`: the sampled articles in which people
    found a statement that counts; `n_differing`: those in which hand and machine count otherwise.
    Where these are fewer than `LEAST_DIFFERING` nobody can tell how much they differ elsewhere, and
    there is no interval, unless all articles were coded. A share or mean that divides by an
    estimate of 0 or less is left out.
    """
    table, own = found.table, found.counted
    pair, of_pair = sums(table, ["actor_id", "issue"])
    topic, of_topic = sums(table, ["issue"])
    once, of_all = pd.DataFrame(index=[0]), sparse.csr_array(np.ones((len(table), 1)))
    itself = sparse.eye_array(len(table), format="csr")
    stance = sparse.diags_array(table.stance.to_numpy(float), format="csr")
    whole = of_pair @ of_pair.T
    rows = [
        _rows("all", once, own.totals(of_all), own, of_all),
        _rows("statements", table, own.totals(itself), own, itself),
        _rows("share", table, own.ratios(itself, whole), own, whole),
        _rows("activity", pair, own.totals(of_pair), own, of_pair),
        _rows("subtract", pair, own.totals(stance @ of_pair), own, of_pair),
        _rows("mean stance", pair, own.ratios(stance @ of_pair, of_pair), own, of_pair),
        _rows("mean of issue", topic, own.ratios(stance @ of_topic, of_topic), own, of_topic),
    ]
    numbers = pd.concat(rows, ignore_index=True).dropna(subset=["estimate", "se"])
    return numbers[columns("estimates")].reset_index(drop=True)


def sums(table: pd.DataFrame, by: list[str]) -> tuple[pd.DataFrame, Any]:
    """The groups of cells, in their order, and the matrix that sums them: cells by groups."""
    names = table[by].drop_duplicates().sort_values(by, ignore_index=True)
    at = np.arange(len(table)), table.groupby(by, sort=True).ngroup().to_numpy()
    return names, sparse.csr_array((np.ones(len(table)), at), shape=(len(table), len(names)))


def articles_with(counted: Any, cells_of: Any) -> np.ndarray:
    """In how many sampled articles anything was counted, by groups of cells."""
    return ((counted @ cells_of) > 0).sum(axis=0)


def _rows(
    quantity: str, names: pd.DataFrame, numbers: Estimate, own: Counted, cells_of: Any
) -> pd.DataFrame:
    """One quantity of each of some groups of cells as rows."""
    low, high = numbers.bounds(own.design.freedom())
    differing = articles_with(abs(own.missed), cells_of)
    is_known = (differing >= LEAST_DIFFERING) | own.design.is_whole()
    named = {name: names.get(name, pd.Series(none, names.index)) for name, none in NONE.items()}
    rows = pd.DataFrame(named).assign(
        quantity=quantity,
        estimate=numbers.value,
        se=numbers.error,
        low=np.where(is_known, low, np.nan),
        high=np.where(is_known, high, np.nan),
        machine=numbers.machine,
        hand=numbers.hand,
        n_articles=articles_with(own.hand, cells_of),
        n_differing=differing,
    )
    return rows.astype({"stance": "Int64"})
