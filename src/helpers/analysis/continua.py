"""Continua: the words of articles as a line on which each coder marks units.

Do coders mark the same words (|u-alpha), and do they code common words alike (cu-alpha)? The family
of coefficients is that of Krippendorff, Mathet, Bouvry and Widlöcher (2016), Quality & Quantity
50(6), doi 10.1007/s11135-015-0266-1. Its formulas are used as given to us, not compared with the
original:

- The continua of two coders are cut at all bounds of units. A segment of length l, with value v for
  the one and w for the other, adds l to o(v, w) and to o(w, v). A gap is a value too. Summed over
  pairs of coders, divided by the number of coders - 1.
- What a segment would form with itself is taken out of what chance expects: of a gap its length, of
  a unit its length squared.
- |u-alpha takes all units as one value, against gaps. cu-alpha takes only segments where neither
  has a gap, and the length of a unit is then what is left of it.

Nothing of it tells how a coder cuts: units of one value that touch are one (`maximal`).
"""

from collections.abc import Mapping, Sequence
from itertools import combinations
from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from helpers.analysis.alpha import Coincidences, in_order

Spans = Sequence[Sequence[Any]]


def own_texts(texts: Mapping[str, str], furniture: Mapping[str, Spans]) -> dict[str, str]:
    """The articles without page furniture. `furniture`: article_id to spans `(start, end, …)`."""
    return {article: _bare(text, furniture.get(article, [])) for article, text in texts.items()}


def _bare(text: str, furniture: Spans) -> str:
    for start, end, *_ in sorted(furniture, key=tuple, reverse=True):
        text = text[:start] + text[end:]
    return text


def in_own_text(units: pd.DataFrame, furniture: Mapping[str, Spans]) -> pd.DataFrame:
    """Units whose `start` and `end` count the article's own text, furniture left out."""
    places = units[["start", "end"]].to_numpy(int)
    moved = places.copy()
    for article, rows in units.groupby("article_id").indices.items():
        for start, end, *_ in furniture.get(str(article), []):
            moved[rows] -= np.clip(places[rows] - start, 0, end - start)
    return units.assign(start=moved[:, 0], end=moved[:, 1])


def maximal(
    units: pd.DataFrame, by: Sequence[str], texts: Mapping[str, str] | None = None
) -> pd.DataFrame:
    """Units of one article and one value joined where they overlap or touch.

    They touch if no letter and no digit stands between them; without `texts` (article_id to text)
    if nothing does. Columns `article_id`, those of `by` (the value), start, end, and `n_units`: how
    many units were joined.
    """
    rows: list[list[Any]] = []
    keys = ["article_id", *by]
    ordered = units.sort_values([*keys, "start", "end"], kind="stable")
    for *key, start, end in ordered[[*keys, "start", "end"]].itertuples(index=False, name=None):
        last = rows[-1] if rows else None
        if last and last[:-3] == key and _touch(last[-2], start, (texts or {}).get(key[0])):
            last[-2], last[-1] = max(last[-2], end), last[-1] + 1
        else:
            rows.append([*key, start, end, 1])
    return pd.DataFrame(rows, columns=[*keys, "start", "end", "n_units"])


def _touch(end: int, start: int, text: str | None) -> bool:
    """Whether nothing that can be coded stands between the end of a unit and a later start."""
    return start <= end or (text is not None and not any(map(str.isalnum, text[end:start])))


class Line(NamedTuple):
    """Continua laid end to end, those of one article together.

    There is one continuum for each article and issue, or (no issues) for each article. `lengths`:
    of the articles; `starts`: the place on the line where the first continuum of each begins.
    """

    articles: list[str]
    issues: list[Any]
    lengths: np.ndarray
    starts: np.ndarray

    def places(self, units: pd.DataFrame) -> np.ndarray:
        """For each unit the place where its continuum begins."""
        article = pd.Index(self.articles).get_indexer(units.article_id)
        begins = self.starts[article]
        if self.issues:
            begins = begins + self.lengths[article] * pd.Index(self.issues).get_indexer(units.issue)
        return begins


def line(
    passes: Sequence[pd.DataFrame],
    articles: Sequence[str],
    texts: Mapping[str, str] | None = None,
    by_issue: bool = False,
) -> Line:
    """The line of some articles; `by_issue`: with a continuum for each issue that a pass codes.

    An article of which no text is given ends with the last unit of any pass.
    """
    coded = pd.concat([units[["article_id", "start", "end"]] for units in passes])
    last = coded.groupby("article_id").end.max()
    ends = [len(texts[one]) if texts and one in texts else last.get(one, 0) for one in articles]
    lengths = np.array(ends, dtype=int)
    issues = in_order({issue for units in passes for issue in units.issue}) if by_issue else []
    of_each = lengths * max(len(issues), 1)
    return Line(list(articles), issues, lengths, np.cumsum(of_each) - of_each)


class Lane(NamedTuple):
    """One coder's line in segments, in order; each begins at its start and ends at the next.

    A value is a tuple: empty for a gap, of several where units overlap `together`.
    """

    starts: np.ndarray
    values: list[tuple[Any, ...]]


def lane(
    units: pd.DataFrame,
    value: str | None,
    on: Line,
    texts: Mapping[str, str] | None = None,
    together: bool = False,
) -> Lane:
    """The units of one coder as a partition of the line. `value`: their column; None: all alike.

    Units of one value that touch are joined. Where units of different values overlap on one
    continuum, the words are of the shorter one; of equal ones, of the one that begins first, then
    the lower value. With `together` they have the values of all.
    """
    by = [*(["issue"] if on.issues else []), *([] if value is None else [value])]
    joined = maximal(units, list(dict.fromkeys(by)), texts)
    joined = joined[joined.end > joined.start]
    begins = on.places(joined)
    values = joined[value].tolist() if value else [True] * len(joined)
    starts, ends = (begins + joined.start).tolist(), (begins + joined.end).tolist()
    marks = [
        (end - start, start, end, one) for start, end, one in zip(starts, ends, values, strict=True)
    ]
    pieces = _pieces(marks)
    # What is before the first unit is a gap.
    if not pieces or pieces[0][0] > 0:
        pieces.insert(0, (0, []))
    segments: list[tuple[int, tuple[Any, ...]]] = []
    before: list[tuple[Any, ...]] | None = None
    for start, of_all in pieces:
        of_piece = of_all if together else of_all[:1]
        if of_piece != before:
            segments.append((start, tuple(in_order({one for *_, one in of_piece}))))
        before = of_piece
    places, shown = zip(*segments, strict=True)
    return Lane(np.array(places), list(shown))


def _pieces(marks: list[tuple[Any, ...]]) -> list[tuple[int, list[tuple[Any, ...]]]]:
    """Where the marks (length, start, end, value) that lie on a place change: those there, sorted.

    A piece reaches to the next one.
    """
    cuts = sorted({place for _, start, end, _ in marks for place in (start, end)})
    waiting = sorted(marks, key=lambda mark: (mark[1], mark[2]), reverse=True)
    pieces = []
    active: list[tuple[Any, ...]] = []
    for cut in cuts:
        active = [mark for mark in active if mark[2] > cut]
        while waiting and waiting[-1][1] == cut:
            active.append(waiting.pop())
        pieces.append((cut, sorted(active, key=lambda mark: (*mark[:3], str(mark[3])))))
    return pieces


def coincidences(
    lanes: Sequence[Lane], on: Line, gaps: bool, scale: Sequence[Any] | None = None
) -> Coincidences:
    """What coders say of the same words, in lengths.

    `gaps`: whether a gap is a value, or segments with a gap are left out. `scale`: the values in
    their order, for an ordered scale.
    """
    known = {value for one in lanes for value in one.values}
    if scale is not None:
        known |= {(value,) for value in scale}
    ordered = sorted(known, key=lambda value: (len(value), *map(_ranked, value)))
    number = {value: place for place, value in enumerate(ordered)}
    total = int((on.lengths * max(len(on.issues), 1)).sum())
    cuts = np.unique(np.concatenate([on.starts, *(one.starts for one in lanes)]))
    cuts = cuts[cuts < total]
    length = np.diff(np.append(cuts, total))
    article = np.searchsorted(on.starts, cuts, side="right") - 1
    segment = [np.searchsorted(one.starts, cuts, side="right") - 1 for one in lanes]
    values = [np.array(list(map(number.get, one.values)), dtype=int) for one in lanes]
    gap = number.get((), -1)
    own = np.zeros(len(on.articles))
    entries = []
    for i, j in combinations(range(len(lanes)), 2):
        left, right = values[i][segment[i]], values[j][segment[j]]
        kept = np.full(len(cuts), True) if gaps else (left != gap) & (right != gap)
        entries.append((left[kept], right[kept], length[kept], article[kept]))
        for place, value in ((segment[i], left), (segment[j], right)):
            own += _own(place[kept], value[kept] == gap, length[kept], article[kept], len(own))
    left, right, length, article = (np.concatenate(part) for part in zip(*entries, strict=True))
    others = len(lanes) - 1
    return Coincidences(ordered, left, right, length / others, article, own / others)


def _ranked(value: Any) -> tuple[bool, Any]:
    """A key that puts numbers in their order, before texts in theirs."""
    return (False, value) if isinstance(value, int | float | np.number) else (True, str(value))


def _own(
    segment: np.ndarray, is_gap: np.ndarray, length: np.ndarray, article: np.ndarray, n: int
) -> np.ndarray:
    """By article: the length of gaps, and of each segment with a value what is left of it, squared.

    Entry by entry: the segment it is of, whether that is a gap, its length and its article.
    """
    left = np.bincount(segment, np.where(is_gap, 0, length))
    where = np.zeros(len(left), dtype=int)
    where[segment] = article
    gaps = np.bincount(article, np.where(is_gap, length, 0), n)
    return gaps + np.bincount(where, left**2, n)


def overlapping(units: pd.DataFrame, on: Line) -> np.ndarray:
    """Which units share words with another unit on the same continuum."""
    begins = on.places(units)
    starts, ends = begins + units.start.to_numpy(int), begins + units.end.to_numpy(int)
    order = np.lexsort((ends, starts))
    starts, ends = starts[order], ends[order]
    before = np.append(-1, np.maximum.accumulate(ends)[:-1]) > starts
    after = np.append(starts[1:], np.iinfo(int).max) < ends
    found = np.zeros(len(units), dtype=bool)
    found[order] = before | after
    return found
