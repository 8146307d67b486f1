"""Agreement between independent coding passes.

Which passages both marked, how alike they coded them, and where they differ. Krippendorff (2019),
Content Analysis, 4th ed., chapter 12; alpha is computed by the package `krippendorff`.

`passes`: coder to the frame of that coder's units. `unit`: a key of `COMPARED`.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Any, Literal

import krippendorff
import numpy as np
import pandas as pd

from helpers.analysis.structure import intervals
from helpers.case.pairing import matched
from helpers.case.schema import UNITS, columns

Level = Literal["nominal", "ordinal", "interval"]
# A variable and a metric, and what was measured: the number of units and the value.
Key = tuple[str, str]
Measured = dict[Key, tuple[int, float | None]]


@dataclass(frozen=True)
class Compared:
    """What is compared of a kind of unit."""

    variables: list[str]


COMPARED = {
    "statement": Compared(["speaker", "issue", "stance"]),
    "event-mention": Compared(["date_edtf", "date_basis"]),
    "relation": Compared(["source", "relation", "target", "sign"]),
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


def alpha(
    codings: Sequence[Sequence[Any]], level: Level = "nominal", domain: Sequence[Any] | None = None
) -> float | None:
    """Krippendorff's alpha of two or more coders: at most 1; 0 is agreement as by chance.

    `codings`: a list for each coder, unit by unit, None where the coder has none. `level`:
    `nominal`, `ordinal` (ranks by `domain`, the ordered values of the scale) or `interval` (the
    values are numbers). Below 0 it is less than by chance. None where fewer than two values occur
    in units that two coders coded.
    """
    units = [unit for unit in zip(*codings, strict=True) if len(_values(unit)) > 1]
    known = {value for unit in units for value in _values(unit)}
    if len(known) < 2:
        return None
    ordered = sorted(known if domain is None else set(domain))
    ranks: Sequence[Any] = ordered if level == "interval" else range(len(ordered))
    number = {value: float(rank) for value, rank in zip(ordered, ranks, strict=True)}

    def numbers(unit: Sequence[Any]) -> list[float]:
        return [np.nan if value is None else number[value] for value in unit]

    data = np.array([numbers(unit) for unit in units]).T
    return float(
        krippendorff.alpha(data, level_of_measurement=level, value_domain=sorted(number.values()))
    )


def _values(unit: Sequence[Any]) -> list[Any]:
    return [value for value in unit if value is not None]


def agreement(
    passes: Mapping[str, pd.DataFrame],
    unit: str,
    stances: pd.DataFrame,
    draws: int = 500,
    seed: int = 0,
) -> pd.DataFrame:
    """How far the passes agree, two by two, on one kind of unit: the table `agreement`.

    Fewer than two passes give no row. `unit`/`share` is 2 x pairs / (units of a + units of b). The
    variables are compared on the pairs; stance, ordinal, only on those that agree on the issue,
    since a stance is a stance on a proposition.

    `low`, `high`: 95 % interval by bootstrap over articles (seeded), since codings of one article
    are not independent; none where fewer than two articles were coded.
    """

    def values(drawn: pd.DataFrame) -> dict[Key, float | None]:
        return {key: value for key, (_, value) in _measured(drawn, unit, stances).items()}

    rows = []
    for a, b in combinations(sorted(passes), 2):
        both = aligned(passes[a], passes[b], unit)
        several = both.article_id.nunique() > 1
        bounds = intervals(both, values, draws, seed) if several else {}
        for key, (n_units, value) in _measured(both, unit, stances).items():
            low, high = bounds.get(key, (None, None))
            rows.append((unit, *key, a, b, n_units, value, low, high))
    table = pd.DataFrame(rows, columns=columns("agreement"))
    return table.astype({"value": float, "low": float, "high": float})


def _measured(both: pd.DataFrame, unit: str, stances: pd.DataFrame) -> Measured:
    """What two aligned passes agree on."""
    pairs = both[both.both.astype(bool)]
    marked = len(both) + len(pairs)
    measured: Measured = {("unit", "share"): (marked, _share(2 * len(pairs), marked))}
    for variable in COMPARED[unit].variables:
        left, right = _compared(pairs, variable)
        alike = sum(x == y for x, y in zip(left, right, strict=True))
        level: Level = "ordinal" if variable == "stance" else "nominal"
        domain = stances.stance if variable == "stance" else None
        measured[variable, "share"] = (len(left), _share(alike, len(left)))
        measured[variable, f"alpha-{level}"] = (len(left), alpha([left, right], level, domain))
    return measured


def _share(part: int, whole: int) -> float | None:
    return part / whole if whole else None


def _compared(pairs: pd.DataFrame, variable: str) -> tuple[list[Any], list[Any]]:
    """What the two passes coded, pair by pair; stances only where they agree on the issue."""
    chosen = pairs[pairs.issue_a == pairs.issue_b] if variable == "stance" else pairs
    return chosen[f"{variable}_a"].tolist(), chosen[f"{variable}_b"].tolist()


def confusion(passes: Mapping[str, pd.DataFrame], unit: str) -> pd.DataFrame:
    """How often one pass coded this where another coded that: the table `confusion`.

    For each variable of the matched units; only what occurs.
    """
    rows = []
    for a, b in combinations(sorted(passes), 2):
        both = aligned(passes[a], passes[b], unit)
        pairs = both[both.both.astype(bool)]
        for variable in COMPARED[unit].variables:
            values = list(zip(*_compared(pairs, variable), strict=True))
            counts = pd.Series(values, dtype=object).value_counts()
            for (one, other), n in sorted(counts.items()):
                rows.append((unit, variable, a, b, str(one), str(other), int(n)))
    return pd.DataFrame(rows, columns=columns("confusion"))


def differences(adjudication: pd.DataFrame) -> pd.DataFrame:
    """Where the passes differ, and the adjudicator's decision: the table `coding_differences`.

    All rows of a case's `adjudication` that are not `agreed`.
    """
    return adjudication[adjudication.decision != "agreed"].reset_index(drop=True)
