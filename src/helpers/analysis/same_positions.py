"""Same positions: whether coders end with the same statements about the world.

A position is a speaker, an issue and a stance in one article, a tie its source, relation and target
in one article: once, however many passages tell it and wherever they are cut. The tables rest on
these.
"""

from itertools import repeat
from typing import NamedTuple

import numpy as np
import pandas as pd

from helpers.analysis.alpha import Coincidences

# What makes one position, by kind of unit; kinds that stand for none are not here.
SETS = {
    "statement": ["speaker", "issue", "stance"],
    "relation": ["source", "relation", "target"],
}
CELL = ["article_id", "speaker", "issue", "stance"]


class Shared(NamedTuple):
    """By article: how many positions both coders have, and how many each."""

    both: np.ndarray
    first: np.ndarray
    second: np.ndarray


def shared(first: pd.DataFrame, second: pd.DataFrame, unit: str, articles: list[str]) -> Shared:
    """The positions or ties (`unit`: a key of `SETS`) of two coders, counted in each article."""
    one, other = (units[["article_id", *SETS[unit]]].drop_duplicates() for units in (first, second))
    both = one.merge(other)
    counts = [by_article(frame, articles) for frame in (both, one, other)]
    return Shared(*counts)


def by_article(frame: pd.DataFrame, articles: list[str]) -> np.ndarray:
    """How many rows of a frame each of some articles has."""
    return np.bincount(pd.Index(articles).get_indexer(frame.article_id), minlength=len(articles))


def stances(first: pd.DataFrame, second: pd.DataFrame, articles: list[str]) -> Coincidences:
    """The stance that each coder has of each actor on each issue in each article; "none" is one.

    Compared are all actors and issues that either coder has anywhere, in each of these articles.
    Where a coder has an actor with several stances in one article, the value is their set.
    """
    sides = [positions(units) for units in (first, second)]
    cells = sorted({*sides[0], *sides[1]}, key=lambda cell: tuple(map(str, cell)))
    scale = sorted({(), *sides[0].values(), *sides[1].values()})
    place = {value: number for number, value in enumerate(scale)}
    values = [map(side.get, cells, repeat(())) for side in sides]
    left, right = (np.array(list(map(place.get, side)), dtype=int) for side in values)
    article = pd.Index(articles).get_indexer([cell[0] for cell in cells]).astype(int)
    n_cells = len({cell[1] for cell in cells}) * len({cell[2] for cell in cells})
    # What neither has is one entry an article.
    none = np.full(len(articles), place[()])
    empty = n_cells - np.bincount(article, minlength=len(articles))
    return Coincidences(
        scale,
        np.concatenate([left, none]),
        np.concatenate([right, none]),
        np.concatenate([np.ones(len(cells)), empty]),
        np.concatenate([article, np.arange(len(articles))]),
        np.full(len(articles), 2.0 * n_cells),
    )


def positions(units: pd.DataFrame) -> dict[tuple, tuple]:
    """Each (article, speaker, issue) of some statements to its different stances, sorted."""
    found: dict[tuple, set] = {}
    for *cell, stance in units[CELL].itertuples(index=False, name=None):
        found.setdefault(tuple(cell), set()).add(stance)
    return {cell: tuple(sorted(stances)) for cell, stances in found.items()}
