"""Chance: whether a number is more than the same statements would give if they fell by chance.

Issue and stance of each statement are dealt out anew among all statements. So each actor speaks as
often as before, and each issue is spoken to as often, with as many of each stance; who says what is
chance. Davison and Hinkley (1997), Bootstrap Methods and their Application, section 4.3.

Statements that repeat one another in an article are not dealt out apart from each other in truth:
with them, chance looks too rare. Count a stance once (`networks.deduplicate`) before these tests.
On five articles most numbers of single pairs of actors cannot be told from chance, and a number
that can be is still one of many: of twenty tests one is below .05 by chance.
"""

from collections.abc import Callable
from typing import Any

import numpy as np
import pandas as pd

# Numbers that differ by less, as a share of themselves, are equal.
CLOSE = 1e-9


def shuffled(statements: pd.DataFrame, seed: int = 0, actor: str = "speaker") -> pd.DataFrame:
    """The statements with issue and stance dealt out anew among them.

    `actor` is the column of the actors; statements without an actor or issue, which no network
    counts, stay as they are. All other columns stay, the ids too: they name no evidence any more.
    """
    return _dealt(statements, np.random.default_rng(seed), actor)


def _dealt(statements: pd.DataFrame, random: np.random.Generator, actor: str) -> pd.DataFrame:
    counted = np.flatnonzero((statements[actor] != "") & (statements.issue != ""))
    order = np.arange(len(statements))
    order[counted] = random.permutation(counted)
    dealt = {column: statements[column].array[order] for column in ("issue", "stance")}
    return statements.assign(**dealt)


def chance_table(
    statistic: Callable[[pd.DataFrame], Any],
    statements: pd.DataFrame,
    draws: int = 999,
    seed: int = 0,
    actor: str = "speaker",
) -> pd.DataFrame:
    """Whether numbers are greater than by chance: one row for each, in the order of their names.

    `statistic` takes statements and gives a dict or Series of numbers. For a number that is telling
    where it is small, give its negative. Where camps are those that fit best, `statistic` has to
    look for them in each draw.

    Columns name, observed, by_chance (the mean of the draws), hits (draws with as much or more),
    draws, p, error. p = (1 + hits) / (1 + draws), never 0, at most .05 in at most .05 of all
    statements that fell by chance (Phipson and Smyth 2010, Statistical Applications in Genetics
    and Molecular Biology 9(1), 39). error, the standard error of p by the number of draws:
    sqrt(p (1 - p) / draws). A draw without the number is a hit. NaN, where the statements as they
    are do not have the number.
    """
    observed = _numbers(statistic(statements)).sort_index()
    random = np.random.default_rng(seed)
    by_chance = pd.DataFrame(
        [
            _numbers(statistic(_dealt(statements, random, actor))).reindex(observed.index)
            for _ in range(draws)
        ]
    )
    least = observed - CLOSE * observed.abs()
    hits = (~(by_chance < least)).sum()
    p = ((1 + hits) / (1 + draws)).where(observed.notna())
    table = pd.DataFrame(
        {
            "observed": observed,
            "by_chance": by_chance.mean(),
            "hits": hits,
            "draws": draws,
            "p": p,
            "error": np.sqrt(p * (1 - p) / draws),
        }
    )
    return table.rename_axis("name").reset_index()


def _numbers(values: Any) -> pd.Series:
    return pd.Series(values, dtype=float)
