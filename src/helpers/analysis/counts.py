"""X, on which all networks of discourse rest: statements counted by actor, issue and stance.

X[i,j,k] is the number of statements of actor i on issue j with stance k. Most cells are 0, so it is
kept as one sparse matrix, actors by issues, for each stance. A small X is kept as plain ones: what
bootstraps and chance count a thousand times over takes a tenth of the time so.
"""

from collections.abc import Callable, Collection, Iterator, Sequence
from typing import Any, NamedTuple

import numpy as np
import pandas as pd
from scipy import sparse

# Between so many cells, X is multiplied as a plain matrix where many of them are not 0: below,
# it takes no time in any way, and above, no memory would hold it.
FEW, MANY = 2**18, 2**26
# X of at most so many actors, issues and stances is small.
SMALL = 64


class Counts(NamedTuple):
    """X: one matrix for each stance of `scale`, in rising order, and the labels of both.

    The matrices are sparse, or plain where X is small and its numbers are whole.
    """

    by_stance: list[Any]
    actors: list[str]
    issues: list[str]
    scale: list[int]

    def activity(self) -> np.ndarray:
        """a_i: the number of all statements of each actor."""
        return sum(part.sum(axis=1) for part in self.by_stance)

    def products(self, kernel: np.ndarray) -> Any:
        """Σ over k, k' of kernel[k,k'] X_k X_k'ᵀ, actors by actors: plain where X is, else sparse.

        It takes as many sparse products as there are stances. Where X is large and full, as many
        plain ones as the kernel has values; what they multiply are whole numbers, so that their
        sums are the same on every machine.
        """
        if self._is_full():
            return sparse.csr_array(self._plain_products(kernel))
        pairs = zip(self.by_stance, kernel, strict=True)
        return sum(part @ self._weighted(row).T for part, row in pairs)

    def _is_full(self) -> bool:
        """Whether plain matrices are the quicker way: many cells, and every tenth is not 0."""
        size = len(self.actors) * len(self.issues) * len(self.scale)
        return FEW < size < MANY and 10 * sum(part.nnz for part in self.by_stance) > size

    def _plain_products(self, kernel: np.ndarray) -> np.ndarray:
        x = [part.toarray() for part in self.by_stance]
        total = np.zeros((len(self.actors), len(self.actors)))
        for value in np.unique(kernel[kernel != 0]):
            meeting = [sum(np.array(x)[row == value], np.zeros_like(x[0])) for row in kernel]
            total += value * (np.hstack(x) @ np.hstack(meeting).T)
        return total

    def products_with_self(self, kernel: np.ndarray) -> np.ndarray:
        """The diagonal of `products` without the rest of it."""
        pairs = zip(self.by_stance, kernel, strict=True)
        return sum((part * self._weighted(row)).sum(axis=1) for part, row in pairs)

    def unions(self, i: np.ndarray, j: np.ndarray) -> np.ndarray:
        """What pairs of actors said together: the divisor of `jaccard` in `networks.weights`.

        Σ_jk X_ijk [X_i'jk = 0] + Σ_jk X_i'jk [X_ijk = 0] + Σ_jk X_ijk X_i'jk, for each pair i, i'.
        """
        cells = sparse.hstack([sparse.csr_array(part) for part in self.by_stance], format="csr")
        activity = self.activity()
        if self._is_full():
            x = cells.toarray()
            less = x @ (x > 0).T
            return (activity[i] + activity[j]) + (x @ x.T - less - less.T)[i, j]
        shared = cells @ (cells > 0).astype(float).T
        apart = activity[i] + activity[j] - _at(shared + shared.T, i, j)
        return apart + _at(cells @ cells.T, i, j)

    def issuewise(self) -> Iterator[tuple[int, np.ndarray, np.ndarray]]:
        """For each issue that is spoken to: its place, who speaks, and their X (them by stances).

        Issues and actors are given by their places.
        """
        filled = [sparse.coo_array(part) for part in self.by_stance]
        who = np.concatenate([part.coords[0] for part in filled])
        issue = np.concatenate([part.coords[1] for part in filled])
        stance = np.repeat(np.arange(len(filled)), [part.nnz for part in filled])
        number = np.concatenate([part.data for part in filled])
        order = np.argsort(issue, kind="stable")
        places, starts = np.unique(issue[order], return_index=True)
        for place, here in zip(places, np.split(order, starts[1:]), strict=True):
            speakers, row = np.unique(who[here], return_inverse=True)
            x = np.zeros((len(speakers), len(filled)))
            x[row, stance[here]] = number[here]
            yield int(place), speakers, x

    def _weighted(self, row: Sequence[float]) -> Any:
        """Σ over k of row[k] X_k."""
        return sum(weight * part for weight, part in zip(row, self.by_stance, strict=True))


def _at(matrix: Any, i: np.ndarray, j: np.ndarray) -> np.ndarray:
    """The cells (i, j) of a sparse matrix, found by their places in one sorted row.

    scipy's own `matrix[i, j]` takes most of the time where all actors meet all.
    """
    filled = sparse.csr_array(matrix)
    filled.sum_duplicates()
    width = filled.shape[1]
    rows = np.repeat(np.arange(filled.shape[0], dtype=np.int64), np.diff(filled.indptr))
    keys = rows * width + filled.indices
    wanted = i.astype(np.int64) * width + j
    values = np.zeros(len(wanted))
    there = np.isin(wanted, keys)
    values[there] = filled.data[np.searchsorted(keys, wanted[there])]
    return values


def count(
    statements: pd.DataFrame,
    stances: pd.DataFrame,
    actor: str,
    actors: Collection[str] | None = None,
    issues: Collection[str] | None = None,
) -> Counts:
    """X of some statements, rows and columns in the order of their ids.

    `actor` is the column of the actors; `actors` and `issues` add rows and columns of zeros. A
    statement without an actor or issue is not counted.
    """
    rows = statements[["issue", "stance"]].assign(actor_id=statements[actor])
    return placed(rows, stances, actors, issues).counts(np.ones(len(rows), dtype=int))


def tally(
    statements: pd.DataFrame, actor: str = "speaker", span: str | None = None
) -> pd.DataFrame:
    """Statements counted: columns actor_id, issue, stance, span, n; one row where n is above 0.

    `actor` is the column of the actors; `span` a column of a time (a period, a year), without one
    the span is empty. Tallies of parts of the statements add up: concatenate them.
    """
    keys = {"actor_id": statements[actor], "issue": statements.issue, "stance": statements.stance}
    keys["span"] = statements[span] if span else pd.Series("", index=statements.index)
    grouped = pd.DataFrame(keys).groupby(list(keys), sort=True, observed=True)
    return grouped.size().rename("n").reset_index()


def from_counts(
    counted: pd.DataFrame,
    stances: pd.DataFrame,
    actors: Collection[str] | None = None,
    issues: Collection[str] | None = None,
) -> Counts:
    """X of statements that were counted already; the same as `count` gives of the statements.

    `counted`: columns actor_id, issue, stance, n, as `tally` gives them; rows of one cell are added
    up, so that the rows of some spans are X of these spans. `actors` and `issues` add rows and
    columns of zeros.
    """
    return placed(counted, stances, actors, issues).counts(counted.n.to_numpy())


class Placed(NamedTuple):
    """The cells of X that some rows count in, by their places; -1 where a row is not counted."""

    actor: np.ndarray
    issue: np.ndarray
    stance: np.ndarray
    actors: list[str]
    issues: list[str]
    scale: list[int]

    def counts(self, number: np.ndarray) -> Counts:
        """X with so many statements for each row."""
        counted = (number > 0) & (self.actor >= 0) & (self.issue >= 0) & (self.stance >= 0)
        labels = self.actors, self.issues, self.scale
        shape = (len(self.scale), len(self.actors), len(self.issues))
        at = self.stance[counted], self.actor[counted], self.issue[counted]
        if max(shape) <= SMALL and number.dtype.kind == "i":
            x = np.zeros(shape)
            np.add.at(x, at, number[counted])
            return Counts(list(x), *labels)
        stance, *cell = at
        filled = number[counted].astype(float)
        by_stance = []
        for place in range(len(self.scale)):
            here = stance == place
            ends = tuple(end[here] for end in cell)
            by_stance.append(sparse.csr_array((filled[here], ends), shape=shape[1:]))
        return Counts(by_stance, *labels)


def placed(
    rows: pd.DataFrame,
    stances: pd.DataFrame,
    actors: Collection[str] | None = None,
    issues: Collection[str] | None = None,
) -> Placed:
    """The places of rows (actor_id, issue, stance) in X; the rest as in `from_counts`.

    For those who count the same rows again and again, each time with other numbers.
    """
    scale = sorted(map(int, stances.stance))
    actor, by_actor = _places(rows.actor_id, actors)
    issue, by_issue = _places(rows.issue, issues)
    stance = pd.Index(scale).get_indexer(rows.stance.to_numpy(int))
    return Placed(actor, issue, stance, by_actor, by_issue, scale)


def by_article(
    statements: pd.DataFrame, stances: pd.DataFrame, actor: str = "speaker"
) -> tuple[int, Callable[[np.ndarray], Counts]]:
    """The number of articles; X where each, in the order of their ids, is there so many times.

    For those who draw articles again and again.
    """
    article, articles = pd.factorize(statements.article_id, sort=True)
    counted = tally(statements.assign(_article=article), actor, "_article")
    rows, number, span = placed(counted, stances), counted.n.to_numpy(), counted.span.to_numpy(int)
    return len(articles), lambda times: rows.counts(number * times[span])


def _places(names: pd.Series, others: Collection[str] | None) -> tuple[np.ndarray, list[str]]:
    """The place of each name among all names and some others, and these in their order.

    An empty name has the place -1.
    """
    codes, known = pd.factorize(names)
    every = sorted({*known, *(others or [])} - {""})
    place = {name: number for number, name in enumerate(every)}
    return np.array([place.get(name, -1) for name in known], dtype=int)[codes], every
