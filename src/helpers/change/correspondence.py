"""Correspondence analysis: actors and issues as places on few axes, near where they go together.

Greenacre (2017), Correspondence Analysis in Practice, third edition, theory appendix.

On five articles a row or column of one article stands where that article puts it, and an axis may
be one article against the rest: an interval that holds 0 says that the axis does not tell.
"""

from collections.abc import Callable
from typing import NamedTuple

import numpy as np
import pandas as pd
from scipy import sparse

from helpers.analysis.resampling import bootstrap

# Axes of less inertia than this are none.
LEAST = 1e-12
# Axes whose inertia differs by less are one.
CLOSE = 1e-9


class Correspondence(NamedTuple):
    """What `correspondence` finds.

    `places`: side (`row` or `column`), label, axis (1, 2, …), coordinate, n (the sum of its row or
    column). `inertia`: axis, inertia, share. `rows`, `columns`: standard coordinates, labels by
    axes, on which other profiles can be placed.
    """

    places: pd.DataFrame
    inertia: pd.DataFrame
    rows: pd.DataFrame
    columns: pd.DataFrame


def counted(statements: pd.DataFrame, actor: str = "speaker") -> pd.DataFrame:
    """How often each actor (row) speaks to each issue on each stance (column `issue: +1`)."""
    known = statements[(statements[actor] != "") & (statements.issue != "")]
    return pd.crosstab(known[actor].to_numpy(), _columns(known))


def _columns(statements: pd.DataFrame) -> np.ndarray:
    pairs = zip(statements.issue, statements.stance, strict=True)
    return np.array([f"{issue}: {stance:+d}" for issue, stance in pairs], dtype=object)


def correspondence(table: pd.DataFrame, axes: int = 2) -> Correspondence:
    """Principal coordinates of rows and columns of a table of counts, and inertia of all axes.

    With P the table by its sum, r and c its row and column sums, S = D_r^-1/2 (P - r c') D_c^-1/2 =
    U Σ V': rows D_r^-1/2 U Σ, columns D_c^-1/2 V Σ, inertia Σ². All inertia together is chi-square
    by the sum. Empty rows and columns are left out. On each axis the farthest row is above 0.
    Places are given on the first `axes`, but on none whose inertia is that of another: where actors
    fall into groups that say nothing alike, several have the inertia 1, and which comes first
    nobody can tell.
    Raises ValueError for a cell below 0.
    """
    if (table < 0).any(axis=None):
        raise ValueError("correspondence: a cell below 0; expected counts")
    table = table.loc[table.sum(axis=1) > 0, table.sum(axis=0) > 0]
    share = table.to_numpy(float) / (table.to_numpy().sum() or 1)
    r, c = share.sum(axis=1), share.sum(axis=0)
    left, value, right = np.linalg.svd(
        (share - np.outer(r, c)) / np.sqrt(np.outer(r, c)), full_matrices=False
    )
    told = value**2 > LEAST
    names = range(1, told.sum() + 1)
    rows = pd.DataFrame(left[:, told] / np.sqrt(r)[:, None], table.index, names)
    columns = pd.DataFrame(right[told].T / np.sqrt(c)[:, None], table.columns, names)
    farthest = rows.abs().round(9).to_numpy().argmax(axis=0) if len(rows) else []
    sign = np.sign(rows.to_numpy()[farthest, np.arange(len(names))])
    inertia = pd.DataFrame({"axis": list(names), "inertia": value[told] ** 2})
    inertia["share"] = inertia.inertia / inertia.inertia.sum()
    shown = _told_apart(value[told] ** 2)[:axes]
    rows, columns = (frame * sign for frame in (rows, columns))
    rows, columns = (frame.iloc[:, :axes].loc[:, shown] for frame in (rows, columns))
    return Correspondence(_places(table, rows, columns), inertia, rows, columns)


def _told_apart(inertia: np.ndarray) -> np.ndarray:
    """Which axes have an inertia of their own: where two are equal, any turn of both is as good."""
    from_before = np.diff(inertia, prepend=np.inf) < -CLOSE
    from_next = np.diff(inertia, append=-np.inf) < -CLOSE
    return from_before & from_next


def _places(table: pd.DataFrame, rows: pd.DataFrame, columns: pd.DataFrame) -> pd.DataFrame:
    """Where the rows and columns of a table stand on given axes: the means of the other side.

    Rows D_r^-1 P (standard columns), columns D_c^-1 P' (standard rows): of the table of the axes
    itself these are its principal coordinates.
    """
    parts = []
    for side, counts, other in (("row", table, columns), ("column", table.T, rows)):
        counts = counts.reindex(columns=other.index, fill_value=0)
        n = counts.sum(axis=1)
        counts, n = counts[n > 0], n[n > 0]
        mean = counts.to_numpy(float) / n.to_numpy()[:, None] @ other.to_numpy()
        at = pd.DataFrame(mean, counts.index, other.columns).rename_axis("label")
        long = at.reset_index().melt(id_vars="label", var_name="axis", value_name="coordinate")
        parts.append(long.assign(side=side, n=long.label.map(n)))
    whole = pd.concat(parts, ignore_index=True)
    return whole[["side", "label", "axis", "coordinate", "n"]]


def with_intervals(
    statements: pd.DataFrame,
    axes: int = 2,
    draws: int = 500,
    seed: int = 0,
    actor: str = "speaker",
) -> pd.DataFrame:
    """`places` of the `counted` statements, with columns low and high: 2.5 and 97.5 percentiles.

    Articles are drawn by `resampling.bootstrap`; the axes stay, and each draw's profiles are placed
    on them (the partial bootstrap; Greenacre 2017, chapter 29). NaN where fewer than half of the
    draws have the row or column.
    """
    whole = counted(statements, actor)
    fixed = correspondence(whole, axes)
    size, tables = _drawn(statements, actor, whole)
    key = ["side", "label", "axis"]

    def placed(times: np.ndarray) -> dict[tuple[str, str, int], float]:
        places = _places(tables(times), fixed.rows, fixed.columns)
        names = places[key].itertuples(index=False, name=None)
        return dict(zip(names, places.coordinate, strict=True))

    bounds = bootstrap(size, placed, draws, seed)
    names = fixed.places[key].itertuples(index=False, name=None)
    ends = [bounds.get(name, (np.nan, np.nan)) for name in names]
    return fixed.places.assign(low=[low for low, _ in ends], high=[high for _, high in ends])


def _drawn(
    statements: pd.DataFrame, actor: str, whole: pd.DataFrame
) -> tuple[int, Callable[[np.ndarray], pd.DataFrame]]:
    """The number of articles; the table `whole` where each is there so many times."""
    article, articles = pd.factorize(statements.article_id, sort=True)
    row = whole.index.get_indexer(statements[actor])
    column = whole.columns.get_indexer(_columns(statements))
    here = (row >= 0) & (column >= 0)
    cell = (row * whole.shape[1] + column)[here]
    shape = (len(articles), whole.size)
    cells = sparse.csr_array((np.ones(len(cell)), (article[here], cell)), shape=shape)
    return len(articles), lambda times: pd.DataFrame(
        (times @ cells).reshape(whole.shape), whole.index, whole.columns
    )
