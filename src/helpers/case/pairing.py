"""Pairing: which units of several coding passes are one passage.

Two passes are paired by overlap; of more than two, units that are paired with one another, directly
or by way of a third, belong together.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import combinations, permutations
from typing import NamedTuple

import numpy as np
import pandas as pd

# Two passages can be one unit if they share at least half of the shorter one.
OVERLAP = 0.5
# What being coded alike counts in matching: too little to outweigh one code point of overlap.
TIE = 1e-6
# Of so many units of a pass that compete for one another every pairing is tried.
SMALL = 5
# The column that decides between equal pairings, by kind of unit.
TIES = {"statement": "issue", "event-mention": "date_edtf", "relation": "relation"}

# A unit by the number of its pass and its position in the frame of that pass.
Place = tuple[int, int]


def matched(
    first: pd.DataFrame, second: pd.DataFrame, unit: str, of_longer: float | None = None
) -> pd.DataFrame:
    """Pair the units of two passes by overlap: columns `a` and `b`, positions in the two frames.

    Units of one article can match if they share at least half of the shorter passage; with
    `of_longer`, if they share such a part of the longer one (1: they are the same words). Of all
    pairings the one with the greatest total overlap is taken, overlap being the shared part of the
    two passages together (intersection over union). Only between pairings of equal overlap, as
    where one passage holds two issues, is the one coded alike preferred.
    """
    pairs = []
    places = [
        frame.reset_index(drop=True).groupby("article_id").indices for frame in (first, second)
    ]
    left, right = (Spans.of(frame, TIES[unit]) for frame in (first, second))
    for article in sorted(set(places[0]) & set(places[1])):
        a, b = places[0][article], places[1][article]
        score = _scores(left.at(a), right.at(b), of_longer)
        pairs += [(a[i], b[j]) for i, j in _assigned(score) if score[i, j] > 0]
    return pd.DataFrame(pairs, columns=["a", "b"])


def _assigned(score: np.ndarray) -> list[tuple[int, int]]:
    """The pairs of row and column whose scores have the greatest sum, in the order of the rows.

    A pair can only count among those that it competes with: each such part is solved by itself.
    """
    pairs = []
    for rows, columns in _parts(score > 0):
        best = _best(score[np.ix_(rows, columns)])
        pairs += [(rows[i], columns[j]) for i, j in best]
    return sorted(pairs)


def _parts(possible: np.ndarray) -> Iterator[tuple[list[int], list[int]]]:
    """The rows and the columns that hang together by possible pairs."""
    free = set(np.flatnonzero(possible.any(axis=1)).tolist())
    while free:
        rows, columns = {free.pop()}, set[int]()
        while new := set(np.flatnonzero(possible[sorted(rows)].any(axis=0)).tolist()) - columns:
            columns |= new
            rows |= set(np.flatnonzero(possible[:, sorted(columns)].any(axis=1)).tolist())
        free -= rows
        yield sorted(rows), sorted(columns)


def _best(score: np.ndarray) -> Iterable[tuple[int, int]]:
    """The pairs of one part, each row with a column of its own, or the reverse."""
    few, many = score.shape
    if few > many:
        return [(i, j) for j, i in _best(score.T)]
    if many <= SMALL:
        ways = permutations(range(many), few)
        return enumerate(max(ways, key=lambda way: score[range(few), list(way)].sum()))
    # Imported here: it takes longer than most cases take to load.
    from scipy.optimize import linear_sum_assignment

    return zip(*linear_sum_assignment(score, maximize=True), strict=True)


class Spans(NamedTuple):
    """Units as arrays: where each begins and ends, and what breaks a tie."""

    start: np.ndarray
    end: np.ndarray
    tie: np.ndarray

    @classmethod
    def of(cls, frame: pd.DataFrame, tie: str) -> "Spans":
        """Those of a frame; `tie` is a column."""
        return cls(frame.start.to_numpy(int), frame.end.to_numpy(int), frame[tie].to_numpy(object))

    def at(self, places: np.ndarray) -> "Spans":
        """Those at some places."""
        return Spans(self.start[places], self.end[places], self.tie[places])


def _scores(left: Spans, right: Spans, of_longer: float | None) -> np.ndarray:
    """How well each unit of one pass matches each of the other, in one article; 0: not at all."""
    starts = np.maximum.outer(left.start, right.start)
    ends = np.minimum.outer(left.end, right.end)
    shared = np.clip(ends - starts, 0, None)
    lengths = [spans.end - spans.start for spans in (left, right)]
    union = np.add.outer(*lengths) - shared
    alike = np.equal.outer(left.tie, right.tie)
    if of_longer is None:
        enough = shared >= OVERLAP * np.minimum.outer(*lengths)
    else:
        enough = shared >= of_longer * np.maximum.outer(*lengths)
    return np.where(enough, shared / union + TIE * alike, 0)


def groups(passes: Sequence[pd.DataFrame], unit: str) -> list[list[Place]]:
    """The units of any number of passes, put together where they are one passage.

    Each unit stands in one group; a group is in the order of the passes. With two passes it is a
    pair or a single unit. With more it may hold two units of one pass, where a third pass has one
    passage over both.
    """
    home: dict[Place, Place] = {
        (number, row): (number, row)
        for number, frame in enumerate(passes)
        for row in range(len(frame))
    }
    for one, other in combinations(range(len(passes)), 2):
        pairs = matched(passes[one], passes[other], unit)
        for a, b in zip(pairs.a, pairs.b, strict=True):
            first, second = sorted((_root(home, (one, a)), _root(home, (other, b))))
            home[second] = first
    together: dict[Place, list[Place]] = {}
    for place in sorted(home):
        together.setdefault(_root(home, place), []).append(place)
    return list(together.values())


def _root(home: Mapping[Place, Place], place: Place) -> Place:
    while home[place] != place:
        place = home[place]
    return place
