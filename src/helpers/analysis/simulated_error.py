"""Simulated errors: how often a finding holds where coders err as much as the passes differ.

The rates are what two passes differ by. What both read wrongly in the same way does not show in
their difference: so the rates, and the falls, are a lower bound.
"""

from collections.abc import Mapping, Sequence
from itertools import combinations
from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from helpers.analysis.coded_rows import STATEMENT, Coding, Row
from helpers.analysis.margins import Change, alternatives
from helpers.analysis.predicates import Binding, holds, touching
from helpers.case.pairing import matched
from helpers.case.schema import CODED

SEED = 11
# What of a row may be read otherwise, and in which columns the passes show it.
ASPECTS = {
    "speaker": ["speaker"],
    "stance": ["stance"],
    "date": ["earliest", "latest"],
    "teller": ["according_to"],
}
# How an aspect is told in the changes of `margins`.
HOW = {"speaker": ("speaker ",), "stance": ("stance ",), "date": ("dated ", "without a date")}


class Rates(NamedTuple):
    """For one kind of unit: how often a row is left out, or each aspect of it read otherwise.

    All between 0 and 1.
    """

    left_out: float
    aspects: dict[str, float]


NONE = Rates(0.0, {})


def rates(passes: Mapping[str, Mapping[str, pd.DataFrame]]) -> dict[str, Rates]:
    """The rates of error by kind of unit; empty where there are not two passes.

    `passes`: pass to its coded tables by kind of unit, each as `case.coded` gives it. Units are
    paired by overlap; of several pairs of passes the mean is taken.
    """
    if len(passes) < 2:
        return {}
    found = {}
    for unit in CODED:
        pairs = [
            _difference(one[unit], other[unit], unit)
            for one, other in combinations(passes.values(), 2)
        ]
        aspects = pd.DataFrame(pairs).mean().to_dict()
        found[unit] = Rates(aspects.pop("unit"), aspects)
    return found


def _difference(first: pd.DataFrame, second: pd.DataFrame, unit: str) -> dict[str, float]:
    """The share of units that one pass alone marked, and of the others that differ in an aspect."""
    pairs = matched(first, second, unit)
    total = len(first) + len(second) - len(pairs)
    differing = {"unit": (total - len(pairs)) / total if total else 0.0}
    one, other = first.iloc[list(pairs.a)], second.iloc[list(pairs.b)]
    for aspect, columns in ASPECTS.items():
        if set(columns) <= set(first.columns):
            unlike = one[columns].to_numpy(object) != other[columns].to_numpy(object)
            differing[aspect] = float(unlike.any(axis=1).mean()) if len(pairs) else 0.0
    return differing


def held(binding: Binding, coding: Coding, by_unit: Mapping[str, Rates], draws: int) -> int:
    """In how many of some draws a finding holds. Each draw errs anew in every row that may matter.

    Beside the rows of the finding these are, for statements, all others on its issues: one of them
    may become the actor's. The same seed gives the same draws.
    """
    own = touching(binding, coding)
    known = {row.row_id for row in own}
    rows = [*own, *(row for row in _on_its_issues(own, coding) if row.row_id not in known)]
    chances = np.array([_total(by_unit.get(row.unit, NONE)) for row in rows])
    # Elsewhere nobody's words can become the actor's: whatever is read there is no matter.
    actors = {binding.actor_id, binding.other_id}
    elsewhere = [actors.isdisjoint(coding.speakers.get(row.article_id, ())) for row in rows]
    elsewhere[: len(own)] = [False] * len(own)
    chances[elsewhere] = 0
    dice = np.random.default_rng(SEED)
    options: dict[str, list[Change]] = {}
    count = 0
    for _ in range(draws):
        chance, pick = dice.random((2, len(rows)))
        read: dict[str, Row | None] = {row.row_id: row for row in own}
        for place in np.flatnonzero(chance < chances):
            row = rows[place]
            rate = by_unit.get(row.unit, NONE)
            change = _error(row, coding, rate, chance[place], pick[place], options)
            if change is not None:
                read[row.row_id] = change.row
        count += holds(binding, [row for row in read.values() if row is not None], coding)
    return count


def _total(rate: Rates) -> float:
    """How often a row is in any way otherwise."""
    return rate.left_out + sum(rate.aspects.values())


def _on_its_issues(rows: Sequence[Row], coding: Coding) -> list[Row]:
    """All statements on the issues of some rows."""
    issues = dict.fromkeys(row.about for row in rows if row.unit == STATEMENT)
    return [row for issue in issues for row in coding.about(STATEMENT, issue)]


def _error(
    row: Row,
    coding: Coding,
    rate: Rates,
    chance: float,
    pick: float,
    options: dict[str, list[Change]],
) -> Change | None:
    """The error in a row that a chance falls on; None where it falls on none."""
    if chance < rate.left_out:
        return Change(row.row_id, None, "left out")
    chance -= rate.left_out
    for aspect, share in rate.aspects.items():
        if chance < share:
            return _otherwise(row, coding, aspect, pick, options)
        chance -= share
    return None


def _otherwise(
    row: Row, coding: Coding, aspect: str, pick: float, options: dict[str, list[Change]]
) -> Change | None:
    """The row with one aspect read otherwise, each way as likely."""
    if aspect == "teller":
        return Change(row.row_id, row._replace(teller="" if row.teller else "?"), "teller")
    if row.row_id not in options:
        options[row.row_id] = alternatives(row, coding)
    ways: list[Any] = [one for one in options[row.row_id] if one.how.startswith(HOW[aspect])]
    return ways[int(pick * len(ways))] if ways else None
