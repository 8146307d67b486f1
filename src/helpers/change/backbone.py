"""Backbone: which issues carry the structure of a network, and which could be left out.

The idea is that of backbones of discourse networks (Leifeld's rDNA): the loss of a set of issues is
the distance of its network to that of all issues. Each set's network is made anew from its
statements.

On five articles most issues have one article: what is the backbone is then what that one article
wrote most of. An issue's evidence are its statements, which are counted beside it.
"""

import itertools
from collections.abc import Iterable, Sequence

import numpy as np
import pandas as pd

from helpers.analysis.counts import Counts, count
from helpers.analysis.networks import weights_of
from helpers.analysis.resampling import intervals
from helpers.change.phases import DIGITS, DISTANCES, absolute_distance, spectrum

# Of so many issues, all sets are tried.
FEW = 10


class _Network:
    """The network of all issues, and what other sets of issues lose of it."""

    def __init__(
        self, statements: pd.DataFrame, stances: pd.DataFrame, measure: str, normalisation: str
    ) -> None:
        self.counts = count(statements, stances, "speaker")
        self.how = measure, normalisation
        self.whole = self._of(range(len(self.counts.issues)))
        self.spectrum = spectrum(self.whole)

    def loss(self, kept: Iterable[int], kind: str) -> float:
        """The distance of the network of some issues, by their places, to that of all."""
        network = self._of(kept)
        if kind == "absolute":
            return round(absolute_distance(network, self.whole), DIGITS)
        return round(float(np.linalg.norm(spectrum(network) - self.spectrum)), DIGITS)

    def losses(self, kept: Sequence[int]) -> list[float]:
        """Both distances, in the order of `DISTANCES`."""
        return [self.loss(kept, kind) for kind in DISTANCES]

    def _of(self, kept: Iterable[int]) -> np.ndarray:
        places = list(kept)
        parts = [part[:, places] for part in self.counts.by_stance]
        issues = [self.counts.issues[place] for place in places]
        some = Counts(parts, self.counts.actors, issues, self.counts.scale)
        return weights_of(some, *self.how).toarray()


def nested(
    statements: pd.DataFrame,
    stances: pd.DataFrame,
    by: str = "absolute",
    measure: str = "congruence",
    normalisation: str = "none",
) -> pd.DataFrame:
    """Issues in the order in which they are removed, each the one whose removal loses least.

    Columns number (of issues that are left), issue (removed), absolute, spectral (the loss without
    it and those before it), n_statements, n_articles (behind the issue). The last rows are the
    backbone. `by`: which loss decides; equal ones by the order of ids. Where nothing is normalised,
    no set of as many issues has a smaller absolute loss. Divided by what is left to an actor
    (`average`), few statements weigh as much as many: such a backbone, and one by the spectral
    loss, misses a planted one. Raises ValueError for another `by`, and as `phases.spectrum` does.
    """
    _refuse_unknown(by)
    network = _Network(statements, stances, measure, normalisation)
    left = list(range(len(network.counts.issues)))
    rows = []
    while left:
        tried = [network.loss([*left[:at], *left[at + 1 :]], by) for at in range(len(left))]
        least = left.pop(int(np.argmin(tried)))
        rows.append((len(left), network.counts.issues[least], *network.losses(left)))
    table = pd.DataFrame(rows, columns=["number", "issue", *DISTANCES])
    behind = statements[statements.speaker != ""].groupby("issue")
    return table.assign(
        n_statements=table.issue.map(behind.size()),
        n_articles=table.issue.map(behind.article_id.nunique()),
    )


def with_intervals(
    statements: pd.DataFrame,
    stances: pd.DataFrame,
    by: str = "absolute",
    measure: str = "congruence",
    normalisation: str = "none",
    draws: int = 100,
    seed: int = 0,
) -> pd.DataFrame:
    """`nested`, with columns low and high: between which numbers each issue goes, by its articles.

    The 2.5 and 97.5 percentiles of `number` over draws of articles (`resampling.intervals`); NaN
    where fewer than half of the draws have the issue. It takes `draws` times as long.
    """

    def numbers(some: pd.DataFrame) -> pd.Series:
        return nested(some, stances, by, measure, normalisation).set_index("issue").number

    bounds = pd.DataFrame(intervals(statements, numbers, draws, seed), index=["low", "high"])
    table = nested(statements, stances, by, measure, normalisation)
    return table.join(bounds.T, on="issue")


def exact(
    statements: pd.DataFrame,
    stances: pd.DataFrame,
    by: str = "absolute",
    measure: str = "congruence",
    normalisation: str = "none",
) -> pd.DataFrame:
    """For each number of issues the set that loses least of all: they need not be nested.

    Columns number, issues (joined by "; "), absolute, spectral. Of equal sets the first in the
    order of ids. Raises ValueError for more than `FEW` issues, and for another `by`.
    """
    _refuse_unknown(by)
    network = _Network(statements, stances, measure, normalisation)
    issues = network.counts.issues
    if len(issues) > FEW:
        raise ValueError(f"{len(issues)} issues: all sets are tried of at most {FEW}; use nested")
    rows = []
    for number in reversed(range(len(issues))):
        sets = itertools.combinations(range(len(issues)), number)
        least = min(sets, key=lambda kept: network.loss(kept, by))
        rows.append((number, "; ".join(issues[one] for one in least), *network.losses(least)))
    return pd.DataFrame(rows, columns=["number", "issues", *DISTANCES])


def _refuse_unknown(by: str) -> None:
    if by not in DISTANCES:
        raise ValueError(f"loss {by!r}: expected one of {', '.join(DISTANCES)}")
