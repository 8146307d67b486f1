"""Four questions to the units of two coders, each answered by numbers that add up over articles.

- same-words: do they mark the same words? |u-alpha: `unit`, each article being a continuum;
  `issue`, each issue in each article.
- common-words: do they code alike what both mark? cu-alpha of `issue` on the continuum of the
  article (the value being the set of issues coded there), of `speaker` and `stance` on that of each
  issue.
- cut: do they cut alike? Alpha cannot tell. Units per article, their ratio to maximal units (those
  of one value that touch joined), and how many overlap another on the same issue.
- positions: do they end with the same? See `same_positions`. jaccard: both / either; dice: twice
  both / (one + other).

And matched: on the units that both marked, the share coded alike and alpha. `unit`/`share` is
2 x pairs / (units of a + units of b). Stances, ordinal, are compared only where the coders agree on
the issue, since a stance is a stance on a proposition.
"""

from collections.abc import Callable, Iterator, Mapping
from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from helpers.analysis import same_positions
from helpers.analysis.alpha import Coincidences, Level, paired
from helpers.analysis.continua import coincidences, lane, line, maximal, overlapping
from helpers.analysis.matching import COMPARED, aligned, compared

# The order in which the questions are asked.
QUESTIONS = ("same-words", "common-words", "cut", "positions", "matched")


class Measure(NamedTuple):
    """A number of the table; `value` takes how often each article is there."""

    question: str
    variable: str
    metric: str
    n_units: int
    value: Callable[[np.ndarray], float | None]


class Units(NamedTuple):
    """The units of one kind: as they stand in the texts, and with places in the own text alone."""

    units: pd.DataFrame
    own: pd.DataFrame


def between(
    first: Units,
    second: Units,
    unit: str,
    stances: pd.DataFrame,
    articles: list[str],
    texts: Mapping[str, str],
) -> Iterator[Measure]:
    """What is measured between two coders, on these articles; `texts`: their own texts."""
    yield from _words(first.own, second.own, unit, stances, articles, texts)
    if unit in same_positions.SETS:
        yield from _positions(first.units, second.units, unit, articles)
    yield from _matched(first.units, second.units, unit, stances, articles)


def alone(
    only: Units, unit: str, articles: list[str], texts: Mapping[str, str]
) -> Iterator[Measure]:
    """What is measured of one coder: how the coder cuts."""
    units = only.own
    joined = maximal(units, COMPARED[unit].same, texts)
    number, fewest = (same_positions.by_article(frame, articles) for frame in (units, joined))
    once = np.ones(len(articles))
    yield _ratio("cut", "unit", "units-per-article", len(units), number, once)
    yield _ratio("cut", "unit", "units-per-maximal", len(units), number, fewest)
    if "issue" in units:
        shared = units[overlapping(units, line([units], articles, texts, by_issue=True))]
        overlap = same_positions.by_article(shared, articles)
        yield _ratio("cut", "issue", "share-overlapping", len(units), overlap, number)


def _ratio(
    question: str, variable: str, metric: str, n_units: int, top: np.ndarray, bottom: np.ndarray
) -> Measure:
    """A sum over articles by another; none where the other is 0."""

    def value(times: np.ndarray) -> float | None:
        whole = bottom @ times
        return float(top @ times / whole) if whole else None

    return Measure(question, variable, metric, n_units, value)


def _alpha(
    question: str, variable: str, metric: str, n_units: int, found: Coincidences, level: Level
) -> Measure:
    return Measure(question, variable, metric, n_units, lambda times: found.alpha(level, times))


def _words(
    first: pd.DataFrame,
    second: pd.DataFrame,
    unit: str,
    stances: pd.DataFrame,
    articles: list[str],
    texts: Mapping[str, str],
) -> Iterator[Measure]:
    """Whether two coders mark the same words, and code alike what both mark."""
    passes, n_units = [first, second], len(first) + len(second)
    whole = line(passes, articles, texts)
    marked = [lane(units, None, whole, texts) for units in passes]
    found = coincidences(marked, whole, gaps=True)
    yield _alpha("same-words", "unit", "bar-u-alpha", n_units, found, "nominal")
    if unit != "statement":
        return
    parted = line(passes, articles, texts, by_issue=True)
    marked = [lane(units, None, parted, texts) for units in passes]
    found = coincidences(marked, parted, gaps=True)
    yield _alpha("same-words", "issue", "bar-u-alpha", n_units, found, "nominal")
    issues = [lane(units, "issue", whole, texts, together=True) for units in passes]
    found = coincidences(issues, whole, gaps=False)
    yield _alpha("common-words", "issue", "cu-alpha-nominal", n_units, found, "nominal")
    speakers = [lane(units, "speaker", parted, texts) for units in passes]
    found = coincidences(speakers, parted, gaps=False)
    yield _alpha("common-words", "speaker", "cu-alpha-nominal", n_units, found, "nominal")
    taken = [lane(units, "stance", parted, texts) for units in passes]
    found = coincidences(taken, parted, gaps=False, scale=stances.stance.tolist())
    yield _alpha("common-words", "stance", "cu-alpha-ordinal", n_units, found, "ordinal")


def _positions(
    first: pd.DataFrame, second: pd.DataFrame, unit: str, articles: list[str]
) -> Iterator[Measure]:
    """Whether two coders end with the same positions, or ties."""
    both, one, other = same_positions.shared(first, second, unit, articles)
    either = one + other - both
    name, n = ("position" if unit == "statement" else "tie"), int(either.sum())
    yield _ratio("positions", name, "jaccard", n, both, either)
    yield _ratio("positions", name, "dice", n, 2 * both, one + other)
    if unit == "statement":
        found = same_positions.stances(first, second, articles)
        cells = int(found.weight.sum())
        yield _alpha("positions", "stance", "alpha-nominal", cells, found, "nominal")


def _matched(
    first: pd.DataFrame,
    second: pd.DataFrame,
    unit: str,
    stances: pd.DataFrame,
    articles: list[str],
) -> Iterator[Measure]:
    """How alike two coders coded the passages that both marked."""
    both = aligned(first, second, unit)
    pairs = both[both.both.astype(bool)]
    marked = same_positions.by_article(first, articles) + same_positions.by_article(
        second, articles
    )
    twice = 2 * same_positions.by_article(pairs, articles)
    yield _ratio("matched", "unit", "share", int(marked.sum()), twice, marked)
    for variable in COMPARED[unit].variables:
        chosen = compared(pairs, variable)
        left, right = (chosen[f"{variable}_{side}"].tolist() for side in "ab")
        alike = np.array([x == y for x, y in zip(left, right, strict=True)], dtype=bool)
        of_all, same = (
            same_positions.by_article(part, articles) for part in (chosen, chosen[alike])
        )
        yield _ratio("matched", variable, "share", len(left), same, of_all)
        level: Level = "ordinal" if variable == "stance" else "nominal"
        domain: list[Any] | None = stances.stance.tolist() if variable == "stance" else None
        article = pd.Index(articles).get_indexer(chosen.article_id)
        found = paired(left, right, article, len(articles), domain)
        yield _alpha("matched", variable, f"alpha-{level}", len(left), found, level)
