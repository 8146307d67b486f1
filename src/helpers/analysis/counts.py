"""X, on which all networks of discourse rest: statements counted by actor, issue and stance.

X[i,j,k] is the number of statements of actor i on issue j with stance k. Most cells are 0, so it is
kept as one sparse matrix, actors by issues, for each stance.
"""

from collections.abc import Collection, Iterator, Sequence
from typing import Any, NamedTuple

import numpy as np
import pandas as pd
from scipy import sparse


class Counts(NamedTuple):
    """X: one sparse matrix for each stance of `scale`, in rising order, and the labels of both."""

    by_stance: list[Any]
    actors: list[str]
    issues: list[str]
    scale: list[int]

    def activity(self) -> np.ndarray:
        """a_i: the number of all statements of each actor."""
        return sum(part.sum(axis=1) for part in self.by_stance)

    def products(self, kernel: np.ndarray) -> Any:
        """Σ over k, k' of kernel[k,k'] X_k X_k'ᵀ, a sparse matrix, actors by actors.

        It takes as many sparse products as there are stances.
        """
        pairs = zip(self.by_stance, kernel, strict=True)
        return sum(part @ self._weighted(row).T for part, row in pairs)

    def products_with_self(self, kernel: np.ndarray) -> np.ndarray:
        """The diagonal of `products` without the rest of it."""
        pairs = zip(self.by_stance, kernel, strict=True)
        return sum((part * self._weighted(row)).sum(axis=1) for part, row in pairs)

    def issuewise(self) -> Iterator[tuple[int, np.ndarray, np.ndarray]]:
        """For each issue that is spoken to: its place, who speaks, and their X (them by stances).

        Issues and actors are given by their places.
        """
        filled = [part.tocoo() for part in self.by_stance]
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
    counted = statements[(statements[actor] != "") & (statements.issue != "")]
    rows = sorted({*counted[actor], *(actors or [])})
    columns = sorted({*counted.issue, *(issues or [])})
    i = pd.Categorical(counted[actor], categories=rows).codes
    j = pd.Categorical(counted.issue, categories=columns).codes
    values = counted.stance.to_numpy(int)
    by_stance = []
    scale = sorted(map(int, stances.stance))
    for stance in scale:
        here = values == stance
        ones = np.ones(here.sum())
        shape = (len(rows), len(columns))
        by_stance.append(sparse.csr_array((ones, (i[here], j[here])), shape=shape))
    return Counts(by_stance, rows, columns, scale)
