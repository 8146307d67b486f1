"""Agreement between independent coding passes: the table of the four questions of `questions`.

Do they mark the same words, code common words alike, cut alike, and end with the same positions?
Also what one pass coded where another coded otherwise, and what was decided. Krippendorff (2019),
Content Analysis, 4th ed., chapter 12; the sources of each measure stand in its room.

`passes`: coder to the frame of that coder's units. `unit`: a key of `COMPARED`.
"""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import combinations
from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from helpers.analysis.continua import in_own_text, own_texts
from helpers.analysis.matching import COMPARED, aligned, compared
from helpers.analysis.questions import Measure, Units, alone, between
from helpers.analysis.resampling import bootstrap
from helpers.case.model import Case
from helpers.case.pairing import matched
from helpers.case.schema import columns

Frames = list[pd.DataFrame]
# What measures some passes on some articles.
Asked = Callable[[Frames, list[str]], Iterator[Measure]]


@dataclass(frozen=True)
class Ground:
    """What agreement is measured on, beside the units.

    `texts`, `furniture`: article_id to text, and to spans `(start, end, …)` of it that are not
    coded. `marked`: rules of the codebook whose example stands in these articles.
    """

    texts: Mapping[str, str] = field(default_factory=dict)
    furniture: Mapping[str, Sequence[Sequence[Any]]] = field(default_factory=dict)
    marked: Collection[str] = ()


def ground(case: Case) -> Ground:
    """The ground of a case: its articles, and the rules that its table `rules` marks, if any."""
    marked = case.rules.rule[case.rules.example_in_corpus == "yes"]
    return Ground(case.texts, case.furniture, frozenset(marked))


def agreement(
    passes: Mapping[str, pd.DataFrame],
    unit: str,
    stances: pd.DataFrame,
    draws: int = 500,
    seed: int = 0,
    on: Ground | None = None,
) -> pd.DataFrame:
    """How far the passes agree on one kind of unit, two by two: the table `agreement`.

    Fewer than two passes give no row. All is measured on the articles in which one of them marks a
    unit of this kind; without texts in `on` an article ends with its last unit. A row about one
    pass alone has an empty `coder_b`.

    `low`, `high`: 95 % interval by bootstrap over articles (seeded), since codings of one article
    are not independent; none where fewer than two articles were coded. `without_marked`: the value
    without the `n_marked` units that a marked rule decides and those matched with them. So is
    `without_proposed`, of units that a coder took from a proposer; empty where there is none.
    """
    on = on or Ground()
    texts = own_texts(on.texts, on.furniture)

    def two(frames: Frames, articles: list[str]) -> Iterator[Measure]:
        first, second = (Units(units, in_own_text(units, on.furniture)) for units in frames)
        return between(first, second, unit, stances, articles, texts)

    def one(frames: Frames, articles: list[str]) -> Iterator[Measure]:
        only = Units(frames[0], in_own_text(frames[0], on.furniture))
        return alone(only, unit, articles, texts)

    coders = sorted(passes)
    every = _articles(list(passes.values()))
    rows: list[tuple] = []
    for a, b in combinations(coders, 2):
        frames = [passes[a], passes[b]]
        left = _left(frames, unit, on.marked)
        rows += _rows(two, frames, left, _articles(frames), unit, (a, b), draws, seed)
    for a in coders if len(coders) > 1 else []:
        left = _left([passes[a]], unit, on.marked)
        rows += _rows(one, [passes[a]], left, every, unit, (a, ""), draws, seed)
    table = pd.DataFrame(rows, columns=columns("agreement"))
    numbers = ["value", "low", "high", "without_marked", "without_proposed"]
    return table.astype(dict.fromkeys(numbers, float) | {"n_proposed": "Int64"})


def _articles(frames: Frames) -> list[str]:
    return sorted({article for units in frames for article in units.article_id})


class Left(NamedTuple):
    """The passes without some of their units: what marked rules decide; what was proposed."""

    unmarked: Frames
    unproposed: Frames


def _left(frames: Frames, unit: str, marked: Collection[str]) -> Left:
    decided = [_is_marked(units, marked) for units in frames]
    taken = [_is_proposed(units) for units in frames]
    return Left(_without(frames, unit, decided), _without(frames, unit, taken))


def _rows(
    asked: Asked,
    frames: Frames,
    left: Left,
    articles: list[str],
    unit: str,
    coders: tuple[str, str],
    draws: int,
    seed: int,
) -> Iterator[tuple]:
    """The rows of one or two passes. `left`: the same passes without some of their units."""
    measured = list(asked(frames, articles))
    n_marked, n_proposed = (sum(map(len, frames)) - sum(map(len, kept)) for kept in left)
    unmarked = list(asked(left.unmarked, articles)) if n_marked else measured
    unproposed = list(asked(left.unproposed, articles)) if n_proposed else []

    def values(times: np.ndarray) -> dict[int, float | None]:
        return {place: measure.value(times) for place, measure in enumerate(measured)}

    bounds = bootstrap(len(articles), values, draws, seed) if len(articles) > 1 else {}
    once = np.ones(len(articles))
    for place, (measure, other) in enumerate(zip(measured, unmarked, strict=True)):
        question, variable, metric, n_units, value = measure
        numbers = (value(once), *bounds.get(place, (None, None)), other.value(once))
        alone = (unproposed[place].value(once), n_proposed) if n_proposed else (None, None)
        yield (question, unit, variable, metric, *coders, n_units, *numbers, n_marked, *alone)


def _without(frames: Frames, unit: str, chosen: list[np.ndarray]) -> Frames:
    """The passes without the units that are chosen, and those matched with them."""
    if len(frames) == 2 and any(some.any() for some in chosen):
        pairs = matched(frames[0], frames[1], unit)
        either = chosen[0][pairs.a] | chosen[1][pairs.b]
        for left_out, places in zip(chosen, (pairs.a, pairs.b), strict=True):
            left_out[places] |= either
    return [units[~left_out] for units, left_out in zip(frames, chosen, strict=True)]


def _is_proposed(units: pd.DataFrame) -> np.ndarray:
    """Which units a coder took from a proposer; none, where the frame does not say."""
    if "proposed_by" not in units:
        return np.zeros(len(units), dtype=bool)
    return (units.proposed_by != "").to_numpy(bool, copy=True)


def _is_marked(units: pd.DataFrame, marked: Collection[str]) -> np.ndarray:
    """Which units name a marked rule in their column `rules`, if they have one."""
    if "rules" not in units or not marked:
        return np.zeros(len(units), dtype=bool)
    named = [not set(marked).isdisjoint(rules.split(";")) for rules in units.rules]
    return np.array(named, dtype=bool)


def confusion(passes: Mapping[str, pd.DataFrame], unit: str) -> pd.DataFrame:
    """How often one pass coded this where another coded that: the table `confusion`.

    For each variable of the matched units; only what occurs.
    """
    rows = []
    for a, b in combinations(sorted(passes), 2):
        both = aligned(passes[a], passes[b], unit)
        pairs = both[both.both.astype(bool)]
        for variable in COMPARED[unit].variables:
            chosen = compared(pairs, variable)
            values = list(zip(chosen[f"{variable}_a"], chosen[f"{variable}_b"], strict=True))
            counts = pd.Series(values, dtype=object).value_counts()
            for (one, other), n in sorted(counts.items()):
                rows.append((unit, variable, a, b, str(one), str(other), int(n)))
    return pd.DataFrame(rows, columns=columns("confusion"))


def differences(adjudication: pd.DataFrame) -> pd.DataFrame:
    """Where the passes differ, and the adjudicator's decision: the table `coding_differences`.

    All rows of a case's `adjudication` that are not `agreed`.
    """
    return adjudication[adjudication.decision != "agreed"].reset_index(drop=True)
