"""Selections of a case: as it was known on a day, of one coder, of one period.

What is asked for comes as text (of a person, a notebook's parameter); each ValueError says what was
asked and what is expected.
"""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import replace
from datetime import date

import numpy as np
import pandas as pd

from helpers.case.model import Case
from helpers.case.schema import BY_PROPOSER
from helpers.dates.edtf import bounds, days, place_in_time, within, wording
from helpers.words import counted

# The columns of `described` that count what was coded, and the tables they count.
COUNTS = {"n_statements": "statements", "n_mentions": "event_mentions", "n_relations": "relations"}


def as_of(case: Case, day: str) -> Case:
    """The case as it could be known at the end of a day (EDTF, its last day counts).

    Without articles that may have been published later, what was coded in them, and context events
    that may be later. The codebook stays as it is now. An empty day gives all of the case. Of an
    article whose last possible day is not known it cannot be said, and it is left out: `left_out`
    of the case says so. Raises ValueError for what is no date, and where no article is left.
    """
    if not day:
        return case
    last = _last_day(day)
    published = _days_of_publication(case)
    known = {article for article, latest in published.items() if latest <= last}
    if not known:
        raise ValueError(f"as_of {str(day)!r}: expected {_when_known(published)}")
    part = case.only_articles(known)
    part = replace(part, left_out=_left_out(len(case.articles) - len(published), day))
    return part.without_decisions_on_missing_units().without_context_after(last)


def _when_known(published: Mapping[str, date]) -> str:
    """From which day on something of a case is known, in words."""
    if not published:
        return "nothing: of no article the day by which it was published is known"
    return f"a day from {min(published.values())} on, when the first article was published"


def _left_out(number: int, day: str) -> tuple[str, ...]:
    """A sentence on the articles of which no last day is known; none where there is none."""
    if not number:
        return ()
    verb = "is" if number == 1 else "are"
    return (
        f"{counted(number, 'article')} {verb} left out: the day by which it was published is not "
        f"known, so it cannot be said whether that was by {day}.",
    )


def _last_day(day: str) -> date:
    try:
        return bounds(str(day))[1]
    except ValueError as error:
        raise ValueError(f"as_of {str(day)!r}: expected nothing, or {error}") from error


def _days_of_publication(case: Case) -> dict[str, date]:
    """article_id to the last day on which it may have been published, where that is known."""
    frame = case.articles
    dated = zip(frame.article_id, frame.published, strict=True)
    latest = {article: bounds(published)[1] for article, published in dated if published}
    return {article: day for article, day in latest.items() if day != date.max}


def of_proposer(case: Case, proposer: str) -> Case:
    """The case with the proposals of one proposer alone; with all, where none is named.

    What coders did with proposals stays whole. Raises ValueError for one that there is not.
    """
    if not proposer:
        return case
    known = case.proposers.proposer.tolist()
    if proposer not in known:
        expected = ", ".join(known) or "none: the case holds no proposals"
        raise ValueError(f"proposer {proposer!r}: expected nothing, or one of {expected}")
    kept = {}
    for table in BY_PROPOSER:
        frame = getattr(case, table)
        kept[table] = frame[frame.proposer == proposer].reset_index(drop=True)
    return replace(case, **kept)


def publication(published: str) -> str:
    """An article's date of publication (EDTF) in words; `undated` where it is empty."""
    return wording(published) if published else "undated"


def in_order_of_publication(articles: pd.DataFrame) -> pd.DataFrame:
    """The articles in order of time, those with an open date after all others, undated ones last.

    Columns: `article_id`, `earliest`, `latest`, as `described` gives them.
    """
    is_open = (articles.earliest == "") | (articles.latest == "")
    places = list(map(place_in_time, articles.earliest, articles.latest))
    ordered = articles.assign(is_open=is_open, place=places)
    by = ["is_open", "place", "latest", "article_id"]
    return ordered.sort_values(by, ignore_index=True)[list(articles)]


def span(case: Case, period: str | int) -> str:
    """The EDTF interval of a period.

    `period` is `all` (gives an empty string), a period of the codebook, or an EDTF value itself.
    Raises ValueError where it is none of them.
    """
    known = case.period_spans()
    # Papermill's -p makes a number of a year.
    period = str(period)
    if period == "all":
        return ""
    if period in known:
        return known[period]
    try:
        bounds(period)
    except ValueError as error:
        raise ValueError(
            f"period {period!r}: expected `all`, one of {', '.join(known)}, "
            "or an EDTF interval such as 2018-08/2018-09"
        ) from error
    return period


def inside(frame: pd.DataFrame, limits: str) -> pd.DataFrame:
    """The rows whose whole `date_edtf` lies in an EDTF interval; all rows where it is empty."""
    chosen = [not limits or within(value, limits) for value in frame.date_edtf]
    return frame[pd.Series(chosen, index=frame.index, dtype=bool)]


def coded(
    case: Case, table: str, coder: str | None = None, period: str | int = "all"
) -> pd.DataFrame:
    """One coded table with its place in time, of one coder and period.

    `table` is `statements`, `event_mentions` or `relations`; `coder` None or `all` is every one, an
    empty one that which the case names.
    Adds `earliest`, `latest` (ISO days, empty where open or undated) and `period` (the one that
    holds the whole date, else `unplaced`). A row stays in a chosen period only if its whole date
    lies in it. Raises ValueError for an unknown coder or period.
    """
    limits = span(case, period)
    frame = inside(_of_coder(case, table, coder), limits)
    periods = case.period_spans()
    placed = [_period_of(value, periods) for value in frame.date_edtf]
    return with_days(frame).assign(period=placed)


def _of_coder(case: Case, table: str, coder: str | None) -> pd.DataFrame:
    frame = getattr(case, table)
    coder = case.coder if coder == "" else coder
    if coder in (None, "all"):
        return frame
    known = case.coders.coder.tolist()
    if coder not in known:
        raise ValueError(f"coder {coder!r}: expected `all` or one of {', '.join(known)}")
    return frame[frame.coder == coder]


def _period_of(value: str, periods: Mapping[str, str]) -> str:
    """The first period that holds the whole of a date."""
    for name, limits in periods.items():
        if within(value, limits):
            return name
    return "unplaced"


def with_days(frame: pd.DataFrame, column: str = "date_edtf") -> pd.DataFrame:
    """The frame with `earliest` and `latest`, the bounds of a column of dates."""
    ends = [days(value) for value in frame[column]]
    earliest = [first for first, _ in ends]
    latest = [last for _, last in ends]
    return frame.assign(earliest=earliest, latest=latest)


def described(case: Case) -> pd.DataFrame:
    """The articles, each with its size and how much was coded in it by all passes together.

    Adds `earliest`, `latest` (ISO days of publication), `n_characters` and `n_furniture` (code
    points), `share_coded` (of the article's own text, 0 to 1), `n_statements`, `n_mentions` and
    `n_relations`. Leave to send a text (`send`) is nobody's business but the case's.
    """
    frame = with_days(case.articles.drop(columns="send"), "published")
    articles = frame.article_id.tolist()
    passages = _passages(case)
    frame = frame.assign(
        n_characters=[len(case.texts[article]) for article in articles],
        n_furniture=[_length_of_furniture(case, article) for article in articles],
        share_coded=[_share_coded(case, article, passages[article]) for article in articles],
    )
    for column, table in COUNTS.items():
        counts = getattr(case, table).article_id.value_counts()
        frame[column] = frame.article_id.map(counts).fillna(0).astype("Int64")
    return frame


def _length_of_furniture(case: Case, article: str) -> int:
    return sum(part.end - part.start for part in case.furniture[article])


def _passages(case: Case) -> dict[str, list[tuple[int, int]]]:
    """article_id to the spans of all coded units of all passes."""
    passages = defaultdict(list)
    for frame in case.units().values():
        for article, start, end in zip(frame.article_id, frame.start, frame.end, strict=True):
            passages[article].append((start, end))
    return passages


def _share_coded(case: Case, article: str, passages: list[tuple[int, int]]) -> float:
    """The share of an article's own text that lies in a coded passage."""
    length = len(case.texts[article])
    own = np.ones(length, bool)
    for part in case.furniture[article]:
        own[part.start : part.end] = False
    marked = np.zeros(length, bool)
    for start, end in passages:
        marked[start:end] = True
    return float(marked[own].mean()) if own.any() else 0.0
