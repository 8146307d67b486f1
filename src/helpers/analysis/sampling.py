"""A stratified sample of articles, for people to code where there are too many to read.

Articles are parted into strata (a month, a publisher), and so many of each are drawn as its size
asks for, at random and without return: stratified simple random sampling with proportional
allocation (Cochran 1977, Sampling Techniques, 3rd ed., chapter 5). `analysis.estimates` says from
such a sample what all articles hold.
"""

from collections.abc import Sequence

import numpy as np
import pandas as pd

# So many of a stratum are drawn at least: from one article nobody can tell how much they differ.
LEAST = 2
# The stratum of those that are too small to be one, and the one where there is but one.
SMALL, WHOLE = "other", "all"
# What a date of publication (EDTF, no interval) begins with, by how much of it is read.
CALENDAR = {
    "year": r"^(\d{4})(?!.*/)",
    "month": r"^(\d{4}-(?:0\d|1[0-2]))(?!.*/)",
    "day": r"^(\d{4}-(?:0\d|1[0-2])-\d\d)(?!.*/)",
}
NOT_KNOWN = "not known"


def strata(articles: pd.DataFrame, by: Sequence[str]) -> pd.Series:
    """The stratum of each article, such as `2023-03, The Star`: its values parted by commas.

    `articles`: the columns that `by` names, and `published` (EDTF) where it names one of
    `CALENDAR`. A date that does not say so much (`2023` of a month), and an empty cell, is
    `NOT_KNOWN`. Without any `by` all are of one stratum, which is called `WHOLE`. Raises ValueError
    for a column that is not there.
    """
    names = pd.Series(WHOLE, index=articles.index)
    for number, column in enumerate(by):
        value = _values(articles, column)
        names = names + ", " + value if number else value
    return names


def part_of(published: pd.Series, unit: str) -> pd.Series:
    """The year, month or day (`CALENDAR`) of dates of publication; empty where it is not known."""
    return published.str.extract(CALENDAR[unit], expand=False).fillna("")


def _values(articles: pd.DataFrame, column: str) -> pd.Series:
    if column in CALENDAR:
        return part_of(articles.published, column).replace("", NOT_KNOWN)
    if column not in articles:
        known = ", ".join([*CALENDAR, *articles])
        raise ValueError(f"strata by {column!r}: expected one of {known}")
    return articles[column].astype(str).replace("", NOT_KNOWN)


def allocation(sizes: pd.Series, number: int) -> pd.Series:
    """How many to draw of each stratum: in proportion to its size, by largest remainders.

    `sizes`: stratum to its number of articles, none so small that fewer than `LEAST` fall to it
    (`pooled`). All, where there are no more than `number`.
    """
    total = int(sizes.sum())
    if number >= total:
        return sizes
    shares = number * sizes / total
    given = np.floor(shares).astype(int)
    left = (shares - given).sort_values(ascending=False, kind="stable").index
    given[left[: number - int(given.sum())]] += 1
    return given


def pooled(names: pd.Series, number: int) -> pd.Series:
    """The strata of articles, those too small put together as `SMALL`.

    Too small is one to which fewer than `LEAST` of `number` articles would fall. Where all of these
    together are too small still, the next smallest goes with them; if none is left, all are one.
    """
    sizes = names.value_counts().sort_index().sort_values(kind="stable")
    shares = number * sizes / max(len(names), 1)
    together = int((shares < LEAST).sum())
    while 0 < together < len(sizes) and shares.iloc[:together].sum() < LEAST:
        together += 1
    if together == len(sizes):
        return pd.Series(WHOLE, index=names.index)
    return names.mask(names.isin(sizes.index[:together]), SMALL)


def draw_sample(
    articles: pd.DataFrame, number: int, by: Sequence[str] = (), seed: int = 0
) -> pd.DataFrame:
    """The frame (all articles that could be drawn) with what was drawn.

    `articles`: article_id and what `strata` reads. Columns article_id, stratum, n_stratum (articles
    of the stratum), probability (of being drawn, above 0, at most 1) and place: the order in which
    the drawn are to be coded, at random, from 1; 0 for those that were not drawn. The same whatever
    the order of the rows. Raises ValueError where fewer than `LEAST` are asked for, or there are.
    """
    if number < LEAST or len(articles) < LEAST:
        found = f"{number} of {len(articles)} articles to be drawn"
        raise ValueError(f"{found}: expected at least {LEAST} of {LEAST}")
    frame = articles.sort_values("article_id", ignore_index=True)
    names = pooled(strata(frame, by), number)
    sizes = names.value_counts().sort_index()
    given = allocation(sizes, number)
    random = np.random.default_rng(seed)
    chosen = [
        random.choice(np.flatnonzero(names == name), size, replace=False)
        for name, size in given.items()
    ]
    drawn = random.permutation(np.concatenate(chosen))
    place = np.zeros(len(frame), dtype=int)
    place[drawn] = np.arange(1, len(drawn) + 1)
    return pd.DataFrame(
        {
            "article_id": frame.article_id,
            "stratum": names,
            "n_stratum": names.map(sizes),
            "probability": names.map(given / sizes),
            "place": place,
        }
    )


def as_text(sample: pd.DataFrame) -> pd.DataFrame:
    """The rows of a sample as its file has them: all text, probabilities with six decimals."""
    shares = [f"{share:.6f}" for share in sample.probability]
    return sample.assign(probability=shares).astype(str)
