"""Resampling: the interval of a number, by drawing articles anew.

A corpus holds few articles, and statements of one hang together: so whole articles are drawn.
"""

from collections.abc import Callable, Iterator
from typing import Any

import numpy as np
import pandas as pd

Interval = tuple[float, float]


def intervals(
    statements: pd.DataFrame,
    statistic: Callable[[pd.DataFrame], Any],
    draws: int = 500,
    seed: int = 0,
) -> dict[Any, Interval]:
    """Bootstrap over articles: name of a number to its 2.5 and 97.5 percentiles.

    Articles, not statements, are drawn with replacement, since statements of one article are not
    independent (cluster bootstrap; Davison and Hinkley 1997, section 3.8).

    `statistic` takes statements and gives a dict or Series of numbers. What a draw lacks, because
    its articles do not show it, is left out of the percentiles, and named only if at least half of
    the draws show it.
    """
    articles = [rows for _, rows in statements.groupby("article_id", sort=True)]

    def of_articles(times: np.ndarray) -> dict[Any, Any]:
        places = np.repeat(np.arange(len(articles)), times)
        return dict(statistic(pd.concat([articles[place] for place in places], ignore_index=True)))

    return bootstrap(len(articles), of_articles, draws, seed)


def bootstrap(
    size: int, statistic: Callable[[np.ndarray], dict[Any, Any]], draws: int, seed: int
) -> dict[Any, Interval]:
    """`intervals` of a statistic that takes how often each of `size` articles is drawn.

    It needs no row twice, and so is the faster one where a statistic is made of sums by article.
    """
    values: dict[Any, list[float]] = {}
    # Of few articles the same draw comes often.
    known: dict[bytes, dict[Any, float | None]] = {}
    for times in drawn(size, draws, seed):
        draw = times.tobytes()
        if draw not in known:
            known[draw] = statistic(times)
        for name, value in known[draw].items():
            if value is not None and not np.isnan(value):
                values.setdefault(name, []).append(value)
    return {
        name: tuple(np.percentile(shown, [2.5, 97.5]))
        for name, shown in sorted(values.items())
        if 2 * len(shown) >= draws
    }


def drawn(size: int, draws: int, seed: int) -> Iterator[np.ndarray]:
    """How often each of `size` articles comes, where as many are drawn with replacement."""
    random = np.random.default_rng(seed)
    for _ in range(draws if size else 0):
        yield np.bincount(random.integers(size, size=size), minlength=size)
