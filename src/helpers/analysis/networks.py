"""Networks as matrices: who agrees or disagrees with whom, and who speaks to what.

They follow Leifeld (2017), "Discourse Network Analysis", in: The Oxford Handbook of Political
Networks, and Discourse Network Analyzer (DNA). X[i,j,k] counts the statements of actor i on issue
j with stance k; a_i is the sum of X over j and k; d(k,k') = |k-k'| / (k_max - k_min) over the
codebook's scale. X itself is in `counts`; the cost grows with the statements.

`statements` has the columns speaker (or another actor column), issue, stance, statement_id,
article_id, earliest, latest. `stances` is the codebook's scale, with the column stance.
The networks as tables, each edge with the passages behind it, are in `edges`.
"""

from collections.abc import Collection, Sequence
from typing import Any, NamedTuple

import numpy as np
import pandas as pd
from scipy import sparse

from helpers.analysis.counts import Counts, count
from helpers.dates.edtf import NEVER

MEASURES = ["ignore", "congruence", "conflict", "subtract"]
NORMALISATIONS = ["none", "average", "jaccard", "activity_product", "cosine"]
TWO_MODE = ["ignore", "subtract", "combine"]
TWO_MODE_NORMALISATIONS = ["none", "activity", "prominence"]
DUPLICATES = ["include", "article", "week", "month", "year", "range"]
WINDOWS = ["fixed", "moving", "cumulative"]
# Units of the calendar, and what pandas calls them.
CALENDAR = {"day": "D", "week": "W-SUN", "month": "M", "year": "Y"}


def deduplicate(
    statements: pd.DataFrame, per: str = "include", actor: str = "speaker", by_stance: bool = True
) -> pd.DataFrame:
    """Keep the earliest of the statements of one actor on one issue with one stance in a span.

    `per`: `include` (keep all), `article`, or a calendar `week` (ISO 8601), `month`, `year`, or
    `range` (the whole time). Without `by_stance`, stances are ignored. Of one article the earliest
    is the one that stands first in it (`start`, where there is that column); of another span, the
    one of the earliest date, and then by its place.

    A week or month has its year, unlike in DNA 3.1, where March of two years falls together. A
    statement whose date does not lie in one week (month, year), or that has none, has no duplicate
    in it and stays. Raises ValueError for another `per`.
    """
    _refuse_unknown(per, DUPLICATES, "duplicates")
    if per == "include":
        return statements
    by_time = statements.assign(_when=statements.earliest.replace("", NEVER))
    place = ["article_id", *({"start"} & set(statements)), "statement_id"]
    by = place if per == "article" else ["_when", *place]
    ordered = by_time.sort_values(by, kind="stable")
    keys = [ordered[actor], ordered.issue, _span(ordered, per)]
    if by_stance:
        keys.append(ordered.stance)
    repeated = pd.concat(keys, axis=1, keys=range(len(keys))).duplicated()
    return statements.loc[statements.index.isin(ordered.index[~repeated])]


def _span(statements: pd.DataFrame, per: str) -> pd.Series:
    """The span in which each statement may have duplicates, by a name of its own."""
    if per == "article":
        return statements.article_id
    if per == "range":
        return pd.Series("", index=statements.index)
    first = _calendar_unit(statements.earliest, per)
    last = _calendar_unit(statements.latest, per)
    whole = (first == last) & (statements.earliest != "") & (statements.latest != "")
    alone = "alone " + statements.statement_id.astype(str)
    return pd.Series(np.where(whole, first.astype(str), alone), index=statements.index)


def _calendar_unit(days: pd.Series, unit: str) -> pd.PeriodIndex:
    return pd.PeriodIndex(pd.to_datetime(days.replace("", None)), freq=CALENDAR[unit])


class Window(NamedTuple):
    """A span of time, from its first to its last day (ISO 8601), and the statements in it."""

    first: str
    last: str
    statements: pd.DataFrame


def windows(
    statements: pd.DataFrame, kind: str = "fixed", size: int = 1, unit: str = "month"
) -> list[Window]:
    """Time windows, in their order, with the days that actually bound them.

    `fixed`: one after the other, `size` units each; `moving`: `size` units, one unit further each
    time; `cumulative`: from the first unit to each `size`-th further. `unit`: a key of `CALENDAR`.

    A statement lies in a window, in order of time, only with its whole date; undated ones lie in
    none. Raises ValueError for another kind or unit, and for a size below 1.
    """
    _refuse_unknown(kind, WINDOWS, "window")
    _refuse_unknown(unit, list(CALENDAR), "unit")
    if size < 1:
        raise ValueError(f"size {size}: expected a whole number from 1")
    dated = statements[(statements.earliest != "") & (statements.latest != "")]
    if dated.empty:
        return []
    dated = dated.sort_values("earliest", kind="stable")
    units = pd.period_range(dated.earliest.min(), dated.latest.max(), freq=CALENDAR[unit])
    times = units.start_time.to_numpy(), units.end_time.to_numpy()
    firsts, lasts = (np.datetime_as_string(some, "D").tolist() for some in times)
    earliest, latest = dated.earliest.to_numpy(str), dated.latest.to_numpy(str)
    spans = []
    for start, end in _window_ends(len(units), kind, size):
        first, last = firsts[start], lasts[end]
        begin, stop = np.searchsorted(earliest, first), np.searchsorted(earliest, last, "right")
        inside = begin + np.flatnonzero(latest[begin:stop] <= last)
        spans.append(Window(first, last, dated.iloc[inside]))
    return spans


def _window_ends(count: int, kind: str, size: int) -> list[tuple[int, int]]:
    """The first and last unit of each window, by their places among `count` units."""
    if kind == "moving":
        starts = range(max(1, count - size + 1))
    else:
        starts = range(0, count, size)
    ends = [min(start + size, count) - 1 for start in starts]
    if kind == "cumulative":
        return [(0, end) for end in ends]
    return list(zip(starts, ends, strict=True))


def distance(stances: pd.DataFrame) -> pd.DataFrame:
    """d(k,k') between the stances of the codebook, a square frame labelled by stance.

    0 for a stance and itself, 1 for the two ends of the scale.
    """
    return kernel("conflict", stances)


def kernel(measure: str, stances: pd.DataFrame) -> pd.DataFrame:
    """What a pair of statements on one issue adds to a measure, by their two stances.

    A square frame labelled by stance. Raises ValueError for another measure.
    """
    scale = sorted(map(int, stances.stance))
    return pd.DataFrame(_adding(measure, scale), index=scale, columns=scale)


def _adding(measure: str, scale: Sequence[int]) -> np.ndarray:
    """`kernel` of a scale, as an array."""
    _refuse_unknown(measure, MEASURES, "measure")
    values = np.array(scale)
    apart = np.abs(values[:, None] - values[None, :]) / (np.ptp(values) or 1)
    if measure == "ignore":
        return np.ones_like(apart)
    if measure == "congruence":
        return 1 - apart
    if measure == "conflict":
        return apart
    return 1 - 2 * apart


def weights(
    statements: pd.DataFrame,
    stances: pd.DataFrame,
    measure: str = "congruence",
    normalisation: str = "none",
    actor: str = "speaker",
    actors: Collection[str] | None = None,
) -> tuple[Any, list[str]]:
    """One-mode network as `(sparse matrix, actors)`: symmetric, zero diagonal.

    `actor` is the column of the actors; `actors` adds rows for isolates.

    Over all issues j, for i ≠ i':

    - `ignore` = Σ (Σ_k X_ijk)(Σ_k' X_i'jk');
    - `congruence` = Σ X_ijk X_i'jk' (1 - d(k,k'));
    - `conflict` = the same with d;
    - `subtract` = congruence - conflict.

    Divided by

    - `none`: 1;
    - `average`: (a_i + a_i') / 2 — not bounded by 1;
    - `jaccard`: Σ_jk X_ijk [X_i'jk = 0] + Σ_jk X_i'jk [X_ijk = 0] + Σ_jk X_ijk X_i'jk —
      bounded by 1 for congruence on a scale of two stances;
    - `activity_product`: a_i a_i', which DNA calls "cosine" — congruence, conflict and ignore are
      bounded by 1, subtract by -1 and 1;
    - `cosine`: the true cosine, √(s_i s_i') with s_i the measure of i with itself (congruence for
      conflict and subtract) — ignore and congruence are bounded by 1, which only actors of the same
      profile reach; on a scale of two stances it is the cosine of X.

    A zero divisor gives 0. Raises ValueError for another measure or normalisation.
    """
    counts = count(statements, stances, actor, actors)
    return weights_of(counts, measure, normalisation), counts.actors


def weights_of(
    counts: Counts, measure: str = "congruence", normalisation: str = "none"
) -> sparse.csr_array:
    """The matrix of `weights`, of statements that are counted (`counts.from_counts`)."""
    adding = _adding(measure, counts.scale)
    _refuse_unknown(normalisation, NORMALISATIONS, "normalisation")
    # In whole numbers, so that what is 0 is 0; then by the width of the scale.
    width = max(counts.scale) - min(counts.scale) or 1
    total = sparse.coo_array(counts.products(np.rint(adding * width)))
    weight, pairs = total.data / width, total.coords
    if normalisation != "none":
        itself = adding if measure == "ignore" else _adding("congruence", counts.scale)
        weight = _quotient(weight, _divisor(counts, normalisation, pairs, itself))
    tied = (pairs[0] != pairs[1]) & (weight != 0)
    ends = pairs[0][tied], pairs[1][tied]
    return sparse.csr_array((weight[tied], ends), shape=total.shape)


def one_mode(
    statements: pd.DataFrame,
    stances: pd.DataFrame,
    measure: str = "congruence",
    normalisation: str = "none",
    actor: str = "speaker",
    actors: Collection[str] | None = None,
) -> pd.DataFrame:
    """`weights` as a square frame, actors by actors in the order of their ids."""
    matrix, labels = weights(statements, stances, measure, normalisation, actor, actors)
    return pd.DataFrame(matrix.toarray(), index=labels, columns=labels)


def _divisor(
    counts: Counts, normalisation: str, pairs: tuple[np.ndarray, np.ndarray], itself: np.ndarray
) -> np.ndarray:
    """What the weight of each pair of actors is divided by; `itself`: the kernel of s_i."""
    i, j = pairs
    activity = counts.activity()
    if normalisation == "average":
        return (activity[i] + activity[j]) / 2
    if normalisation == "activity_product":
        return activity[i] * activity[j]
    if normalisation == "cosine":
        own = counts.products_with_self(itself)
        return np.sqrt(own[i] * own[j])
    return counts.unions(i, j)


def two_mode(
    statements: pd.DataFrame,
    stances: pd.DataFrame,
    measure: str = "subtract",
    normalisation: str = "none",
    actor: str = "speaker",
    actors: Collection[str] | None = None,
    issues: Collection[str] | None = None,
) -> pd.DataFrame:
    """Two-mode network as a frame, actors by issues.

    - `ignore` = number of statements;
    - `subtract` = Σ_k k X_ijk, the sum of the stances: on a scale of -1 and 1 those for less those
      against;
    - `combine` = which stances occur: the highest counts 1, the next 2, then 4 and so on, so that
      on a scale of two stances 0 is none, 1 only for, 2 only against, 3 both.

    Divided by

    - `none`: 1;
    - `activity`: all statements of the actor;
    - `prominence`: all statements on the issue (for `combine`, whose numbers are names, the number
      of non-empty cells, as in DNA).

    A zero divisor gives 0. Raises ValueError for another measure or normalisation.
    """
    _refuse_unknown(measure, TWO_MODE, "measure")
    _refuse_unknown(normalisation, TWO_MODE_NORMALISATIONS, "normalisation")
    counts = count(statements, stances, actor, actors, issues)
    x = [sparse.csr_array(part).toarray() for part in counts.by_stance]
    mentions = sum(x)
    if measure == "combine":
        table = sum((part > 0) * 2.0**bit for bit, part in enumerate(reversed(x)))
        mentions = (mentions > 0).astype(float)
    elif measure == "subtract":
        table = sum(value * part for value, part in zip(counts.scale, x, strict=True))
    else:
        table = mentions
    if normalisation != "none":
        axis = 1 if normalisation == "activity" else 0
        table = _quotient(table, mentions.sum(axis=axis, keepdims=True))
    return pd.DataFrame(table, index=counts.actors, columns=counts.issues)


def _quotient(values: np.ndarray, divisor: np.ndarray) -> np.ndarray:
    """The quotient, 0 where the divisor is."""
    return np.divide(values, divisor, out=np.zeros_like(values), where=divisor > 0)


def _refuse_unknown(value: str, choices: list[str], what: str) -> None:
    if value not in choices:
        raise ValueError(f"{what} {value!r}: expected one of {', '.join(choices)}")
