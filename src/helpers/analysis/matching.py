"""Matching: the units of two coders side by side, paired by the words that both marked.

`unit`: a key of `COMPARED`.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import pandas as pd

from helpers.case.pairing import matched
from helpers.case.schema import UNITS


@dataclass(frozen=True)
class Compared:
    """What is compared of a kind of unit.

    Units that are alike in `same` are one where they touch.
    """

    variables: list[str]
    same: list[str]


COMPARED = {
    "statement": Compared(["speaker", "issue", "stance"], ["speaker", "issue", "stance"]),
    "event-mention": Compared(["date_edtf", "date_basis"], ["event_id"]),
    "relation": Compared(
        ["source", "relation", "target", "sign"], ["source", "relation", "target"]
    ),
}


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
