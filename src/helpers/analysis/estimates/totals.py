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
from helpers.analysis.estimates.design import Counted, Estimate, design_of
from helpers.case.schema import columns

CELL = ["actor_id", "issue", "stance"]
# What stands in a column of a cell for a sum over all of it.
NONE = {"actor_id": "", "issue": "", "stance": None}
# What is estimated: of a cell, of an actor on an issue, and of an issue.
QUANTITIES = [
    "all",
    "statements",
    "share",
    "activity",
    "subtract",
    "mean stance",
    "mean of issue",
]
# The one group of all cells.
EVERYTHING = pd.DataFrame(index=[0])
# From fewer articles in which hand and machine differ no interval is made.
LEAST_DIFFERING = 3


class Cells(NamedTuple):
    """The cells (actor_id, issue, stance), one a row, what was counted in them, and the articles.

    `articles` are those of the sample, in the order of the rows of what was counted.
    """

    table: pd.DataFrame
    counted: Counted
    articles: list[str]


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
    return Cells(table, Counted(design_of(sample), total, own, read), articles)


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
    table, counted = found.table, found.counted
    pair, of_pair = _sums(table, ["actor_id", "issue"])
    topic, of_topic = _sums(table, ["issue"])
    once, of_all = _sums(table, [])
    itself = sparse.eye_array(len(table), format="csr")
    stance = sparse.diags_array(table.stance.to_numpy(float), format="csr")
    whole = of_pair @ of_pair.T
    rows = [
        _rows("all", once, counted.totals(of_all), counted, of_all),
        _rows("statements", table, counted.totals(itself), counted, itself),
        _rows("share", table, counted.ratios(itself, whole), counted, whole),
        _rows("activity", pair, counted.totals(of_pair), counted, of_pair),
        _rows("subtract", pair, counted.totals(stance @ of_pair), counted, of_pair),
        _rows("mean stance", pair, counted.ratios(stance @ of_pair, of_pair), counted, of_pair),
        _rows(
            "mean of issue", topic, counted.ratios(stance @ of_topic, of_topic), counted, of_topic
        ),
    ]
    numbers = pd.concat(rows, ignore_index=True).dropna(subset=["estimate", "se"])
    return numbers[columns("estimates")].reset_index(drop=True)


def _sums(table: pd.DataFrame, by: list[str]) -> tuple[pd.DataFrame, Any]:
    """The groups of cells, and the matrix that sums them: cells by groups. No `by`: one group."""
    names = table[by].drop_duplicates().sort_values(by, ignore_index=True) if by else EVERYTHING
    group = table.groupby(by, sort=True).ngroup().to_numpy() if by else np.zeros(len(table), int)
    at = np.arange(len(table)), group
    return names, sparse.csr_array((np.ones(len(table)), at), shape=(len(table), len(names)))


def _rows(
    quantity: str, names: pd.DataFrame, numbers: Estimate, counted: Counted, cells_of: Any
) -> pd.DataFrame:
    """One quantity of each of some groups of cells as rows."""
    low, high = numbers.bounds(counted.design.freedom())
    found = ((counted.hand @ cells_of) > 0).sum(axis=0)
    differing = ((abs(counted.hand - counted.machine) @ cells_of) > 0).sum(axis=0)
    is_known = (differing >= LEAST_DIFFERING) | counted.design.is_whole()
    named = {name: names.get(name, pd.Series(none, names.index)) for name, none in NONE.items()}
    rows = pd.DataFrame(named).assign(
        quantity=quantity,
        estimate=numbers.value,
        se=numbers.error,
        low=np.where(is_known, low, np.nan),
        high=np.where(is_known, high, np.nan),
        machine=numbers.machine,
        hand=numbers.hand,
        n_articles=found,
        n_differing=differing,
    )
    return rows.astype({"stance": "Int64"})
