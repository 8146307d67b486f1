"""How good proposals are: each proposer against each coding, beside the passes among themselves.

A reader (a proposer, or a pass) is held against a standard (a pass, or the adjudicated set), on the
articles that both read. The same numbers of one pass against another are what people reach among
themselves: no machine can be asked for more.

- Found: two passages are one if they share at least half of the *longer* one, so that neither a
  word within a passage nor a page around it counts as found; of all pairings, one to one, that with
  the greatest overlap. `touched`: the same by half of the *shorter* one, as where coders are
  compared (`pairing`): it may be cut otherwise, and is not missed. `exact`: the very same words.
  precision: found / proposed; recall: found / coded; f1: 2 found / (proposed + coded).
- Speaker, issue, stance, date: right where both say the same and it is not empty. A stance is right
  only where the issue is. Given `found`, of the found passages (the stance: of those on the same
  issue): precision is right / those of which the reader says it, recall right / those of which the
  standard does, f1 from both, and `share` of equal values, two empty ones being equal. Given `all`,
  of all that the reader proposed, and all that the standard has: a passage that was not found
  counts as wrong.
- Krippendorff's alpha of the same values on found passages, an empty one being a value (a stance
  that is missing is left out); of `passage`, |u-alpha: each letter marked or not.

Empty is a number of which the lower part is 0: of no proposals there is no precision.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import product
from typing import Any, Literal, NamedTuple

import numpy as np
import pandas as pd

from helpers.analysis.alpha import Level, paired
from helpers.analysis.continua import coincidences, in_own_text, lane, line, own_texts
from helpers.analysis.resampling import bootstrap
from helpers.analysis.same_positions import by_article
from helpers.case.model import Case
from helpers.case.pairing import matched
from helpers.case.schema import CODED, PROPOSED, columns

# A passage is found if so much of the longer of the two is shared.
HALF = 0.5
# What is compared of each kind of unit that is proposed.
SLOTS = {
    "statement": ["speaker", "issue", "stance", "date_edtf"],
    "event-mention": ["date_edtf"],
}
Kind = Literal["proposer", "pass"]


@dataclass(frozen=True)
class Reading:
    """What a reader marked. `units`: by kind of unit; `articles`: those that it read."""

    name: str
    units: Mapping[str, pd.DataFrame]
    articles: frozenset[str]


class Measure(NamedTuple):
    """A number of the table; `value` takes how often each article is there."""

    variable: str
    given: str
    metric: str
    n_units: int
    value: Callable[[np.ndarray], float | None]


def of_proposers(case: Case) -> dict[str, Reading]:
    """What each proposer of a case proposes, in the articles that it read."""
    found = {}
    for name in case.proposers.proposer:
        units = {}
        for table, kind in PROPOSED.items():
            frame = getattr(case, table)
            units[kind] = _in_order(frame[frame.proposer == name], "proposal_id")
        read = case.proposed_articles
        found[name] = Reading(name, units, frozenset(read.article_id[read.proposer == name]))
    return found


def of_coders(case: Case) -> dict[str, Reading]:
    """What each coder of a case marked, in the articles that can judge a proposer.

    These are the articles in which the coder marked anything, without those in which he or she did
    anything with a proposal: what was taken from a machine cannot judge it. The adjudicated set is
    without those of all passes that it follows from.
    """
    found = {}
    seen = {coder: _seen(case, coder) for coder in case.coders.coder}
    for coder, role in zip(case.coders.coder, case.coders.coder_role, strict=True):
        marked: set[str] = set()
        units = {}
        for kind, unit in CODED.items():
            frame = getattr(case, unit.table)
            own = frame[frame.coder == coder]
            marked.update(own.article_id)
            if kind in SLOTS:
                units[kind] = _in_order(own, unit.id)
        aside = set().union(*seen.values()) if role == "adjudicated" else seen[coder]
        found[coder] = Reading(coder, units, frozenset(marked - aside))
    return found


def _seen(case: Case, coder: str) -> set[str]:
    """The articles in which a coder did anything with a proposal."""
    found = set(case.taken.article_id[case.taken.coder == coder])
    for unit in CODED.values():
        frame = getattr(case, unit.table)
        found.update(frame.article_id[(frame.coder == coder) & (frame.proposed_by != "")])
    return found


def _in_order(units: pd.DataFrame, identity: str) -> pd.DataFrame:
    """Units in the order of their places, with an empty text where there is no stance.

    So the order of a file decides nothing where two pairings are equally good.
    """
    units = units.sort_values(["article_id", "start", "end", identity], ignore_index=True)
    if "stance" not in units:
        return units
    stances = units.stance.astype(object).where(units.stance.notna(), "")
    return units.assign(stance=stances)


def machine_reading(case: Case, draws: int = 500, seed: int = 0) -> pd.DataFrame:
    """How good the proposals of a case are, beside its passes: the table `machine_reading`.

    A row about a pass has the `reader_kind` `pass`. `low`, `high`: 95 % interval by bootstrap over
    articles (seeded); none where fewer than two articles were read by both. A case without
    proposals gives no row.
    """
    proposers, coders = of_proposers(case), of_coders(case)
    passes = {name: coders[name] for name in case.passes()}
    pairs: list[tuple[Kind, Reading, Reading]] = []
    for reader, standard in product(proposers.values(), coders.values()):
        pairs.append(("proposer", reader, standard))
    for reader, standard in product(passes.values(), passes.values()) if proposers else []:
        if reader is not standard:
            pairs.append(("pass", reader, standard))
    texts = own_texts(case.texts, case.furniture)
    rows: list[tuple] = []
    for kind, reader, standard in pairs:
        articles = sorted(reader.articles & standard.articles)
        for unit in SLOTS:
            read, coded = (_within(one.units[unit], articles) for one in (reader, standard))
            measured = list(measures(read, coded, unit, articles, case.stances.stance.tolist()))
            own = [in_own_text(frame, case.furniture) for frame in (read, coded)]
            measured.append(_same_words(own, articles, texts))
            named = (reader.name, kind, standard.name, unit)
            rows += _rows(measured, named, len(articles), draws, seed)
    table = pd.DataFrame(rows, columns=columns("machine_reading"))
    return table.astype(dict.fromkeys(["value", "low", "high"], float))


def _within(units: pd.DataFrame, articles: Sequence[str]) -> pd.DataFrame:
    return units[units.article_id.isin(articles)].reset_index(drop=True)


def _rows(
    measured: list[Measure], named: tuple[str, ...], n_articles: int, draws: int, seed: int
) -> Iterator[tuple]:
    def values(times: np.ndarray) -> dict[int, float | None]:
        return {place: measure.value(times) for place, measure in enumerate(measured)}

    bounds = bootstrap(n_articles, values, draws, seed) if n_articles > 1 else {}
    once = np.ones(n_articles)
    for place, (variable, given, metric, n_units, value) in enumerate(measured):
        interval = bounds.get(place, (None, None))
        yield (*named, variable, given, metric, n_articles, n_units, value(once), *interval)


def measures(
    read: pd.DataFrame,
    coded: pd.DataFrame,
    unit: str,
    articles: list[str],
    scale: Sequence[int],
) -> Iterator[Measure]:
    """What a reader has of a standard, on these articles, letters that are marked aside.

    `read`, `coded`: the units of one kind; an empty cell is an empty text. `scale`: the stances.
    """
    of_read, of_coded = (by_article(frame, articles) for frame in (read, coded))
    found = matched(read, coded, unit, of_longer=HALF)
    touched = matched(read, coded, unit)
    exact = matched(read, coded, unit, of_longer=1)
    for variable, pairs in (("passage", found), ("touched", touched), ("exact", exact)):
        right = by_article(read.iloc[pairs.a], articles)
        yield from _scores(variable, "all", right, of_read, of_coded)
    one, other = (
        frame.iloc[places].reset_index(drop=True)
        for frame, places in ((read, found.a), (coded, found.b))
    )
    for slot in SLOTS[unit]:
        yield from _slot(slot, (read, coded), (one, other), articles, scale)


def _slot(
    slot: str,
    whole: tuple[pd.DataFrame, pd.DataFrame],
    pairs: tuple[pd.DataFrame, pd.DataFrame],
    articles: list[str],
    scale: Sequence[int],
) -> Iterator[Measure]:
    """What is measured of one column, of the `whole` of both and of the `pairs` that were found."""
    one, other = pairs
    if slot == "stance":
        alike = (one.issue == other.issue) & (one.issue != "")
        one, other = one[alike], other[alike]
    left, right = one[slot], other[slot]

    def number(frame: pd.DataFrame, chosen: pd.Series) -> np.ndarray:
        return by_article(frame[chosen], articles)

    agreed = number(one, (left == right) & (left != ""))
    said, coded = number(one, left != ""), number(one, right != "")
    yield from _scores(slot, "found", agreed, said, coded)
    equal = number(one, left == right)
    yield _ratio(slot, "found", "share", equal, by_article(one, articles))
    of_read, of_coded = (number(frame, frame[slot] != "") for frame in whole)
    yield from _scores(slot, "all", agreed, of_read, of_coded)
    if slot == "stance":
        both = (left != "") & (right != "")
        one, left, right = one[both], left[both], right[both]
    level: Level = "ordinal" if slot == "stance" else "nominal"
    domain: list[Any] | None = list(scale) if slot == "stance" else None
    article = pd.Index(articles).get_indexer(one.article_id)
    values = paired(left.tolist(), right.tolist(), article, len(articles), domain)
    yield Measure(
        slot, "found", f"alpha-{level}", len(one), lambda times: values.alpha(level, times)
    )


def _scores(
    variable: str, given: str, right: np.ndarray, read: np.ndarray, coded: np.ndarray
) -> Iterator[Measure]:
    """Precision, recall and f1 of numbers by article."""
    yield _ratio(variable, given, "precision", right, read)
    yield _ratio(variable, given, "recall", right, coded)
    yield _ratio(variable, given, "f1", 2 * right, read + coded)


def _ratio(variable: str, given: str, metric: str, top: np.ndarray, bottom: np.ndarray) -> Measure:
    """A sum over articles by another; none where the other is 0."""

    def value(times: np.ndarray) -> float | None:
        whole = bottom @ times
        return float(top @ times / whole) if whole else None

    return Measure(variable, given, metric, int(bottom.sum()), value)


def _same_words(
    own: Sequence[pd.DataFrame], articles: list[str], texts: Mapping[str, str]
) -> Measure:
    """|u-alpha: each letter of the articles marked or not.

    `own`: the units of both, their places in the own text alone.
    """
    whole = line(own, articles, texts)
    marked = [lane(units, None, whole, texts) for units in own]
    found = coincidences(marked, whole, gaps=True)
    n_units = sum(map(len, own))
    return Measure(
        "passage", "all", "bar-u-alpha", n_units, lambda times: found.alpha("nominal", times)
    )
