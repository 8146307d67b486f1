"""Matching: which unit of one coder is which of another, by the words that both marked.

`unit`: a key of `COMPARED`.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy.optimize import linear_sum_assignment

from helpers.case.schema import UNITS

# Two passages can be one unit if they share at least half of the shorter one.
OVERLAP = 0.5
# What being coded alike counts in matching: too little to outweigh one code point of overlap.
TIE = 1e-6


@dataclass(frozen=True)
class Compared:
    """What is compared of a kind of unit.

    The variable `tie` decides between equal pairings. Units that are alike in `same` are one where
    they touch.
    """

    tie: str
    variables: list[str]
    same: list[str]


COMPARED = {
    "statement": Compared("issue", ["speaker", "issue", "stance"], ["speaker", "issue", "stance"]),
    "event-mention": Compared("date_edtf", ["date_edtf", "date_basis"], ["event_id"]),
    "relation": Compared(
        "relation", ["source", "relation", "target", "sign"], ["source", "relation", "target"]
    ),
}


def matched(first: pd.DataFrame, second: pd.DataFrame, unit: str) -> pd.DataFrame:
    """Pair the units of two passes by overlap: columns `a` and `b`, positions in the two frames.

    Units of one article can match if they share at least half of the shorter passage. Of all
    pairings the one with the greatest total overlap is taken, overlap being the shared part of the
    two passages together (intersection over union). Only between pairings of equal overlap, as
    where one passage holds two issues, is the one coded alike preferred.
    """
    pairs = []
    places = [units.groupby("article_id").indices for units in (first, second)]
    for article in sorted(set(places[0]) & set(places[1])):
        a, b = (of_pass[article] for of_pass in places)
        score = _scores(first.iloc[a], second.iloc[b], COMPARED[unit].tie)
        rows, others = linear_sum_assignment(score, maximize=True)
        chosen = zip(rows, others, strict=True)
        pairs += [(a[i], b[j]) for i, j in chosen if score[i, j] > 0]
    return pd.DataFrame(pairs, columns=["a", "b"])


def _scores(left: pd.DataFrame, right: pd.DataFrame, tie: str) -> np.ndarray:
    """How well each unit of one pass matches each of the other, in one article; 0: not at all."""
    starts = np.maximum.outer(left.start.to_numpy(int), right.start.to_numpy(int))
    ends = np.minimum.outer(left.end.to_numpy(int), right.end.to_numpy(int))
    shared = np.clip(ends - starts, 0, None)
    lengths = [(frame.end - frame.start).to_numpy(int) for frame in (left, right)]
    union = np.add.outer(*lengths) - shared
    alike = np.equal.outer(left[tie].to_numpy(object), right[tie].to_numpy(object))
    enough = shared >= OVERLAP * np.minimum.outer(*lengths)
    return np.where(enough, shared / union + TIE * alike, 0)


def aligned(first: pd.DataFrame, second: pd.DataFrame, unit: str) -> pd.DataFrame:
    """The units of two passes side by side, one row for each unit that either marked.

    Columns `article_id`, `both` (whether both marked it), and `X_a`, `X_b` for its id and each
    variable compared. What a pass lacks is None.
    """
    coded = [UNITS[unit].id, *COMPARED[unit].variables]
    records = [frame[["article_id", *coded]].to_dict("records") for frame in (first, second)]
    rows = []
    for i, j in _places(matched(first, second, unit), len(first), len(second)):
        a = {} if i is None else records[0][i]
        b = {} if j is None else records[1][j]
        row = {"article_id": (a or b)["article_id"], "both": bool(a and b)}
        for column in coded:
            row |= {f"{column}_a": a.get(column), f"{column}_b": b.get(column)}
        rows.append(row)
    sides = [f"{column}_{side}" for column in coded for side in "ab"]
    return pd.DataFrame(rows, columns=["article_id", "both", *sides], dtype=object)


def _places(
    pairs: pd.DataFrame, n_first: int, n_second: int
) -> Iterator[tuple[int | None, int | None]]:
    """The places of all units: first the pairs, then what only the first, only the second has."""
    yield from zip(pairs.a, pairs.b, strict=True)
    for i in sorted(set(range(n_first)) - set(pairs.a)):
        yield i, None
    for j in sorted(set(range(n_second)) - set(pairs.b)):
        yield None, j


def compared(pairs: pd.DataFrame, variable: str) -> pd.DataFrame:
    """The pairs on which a variable is compared: for the stance those that agree on the issue."""
    return pairs[pairs.issue_a == pairs.issue_b] if variable == "stance" else pairs
