"""Coded rows as small immutable tables: what findings are predicates over.

A row is a coded unit of any kind, with no more than a predicate may ask. `Coding` holds the rows of
one coding by what they are about, so that a predicate looks at few of them.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, NamedTuple

import pandas as pd

from helpers.case.pairing import matched
from helpers.dates.edtf import days

STATEMENT, MENTION, TIE = "statement", "event-mention", "relation"


class Row(NamedTuple):
    """A coded unit.

    `actor` takes the stance, or is the source of the tie; `about` is the issue, the event or the
    kind of tie; `teller` is the one by whose word alone the article has it. `alt` is the other
    reading of the date (EDTF), `basis` how the date is known. `earliest` and `latest` bound all its
    readings (ISO days, empty where open or missing).
    """

    unit: str
    row_id: str
    article_id: str
    start: int
    end: int
    actor: str
    about: str
    on_behalf_of: str = ""
    other: str = ""
    stance: int = 0
    side: str = ""
    teller: str = ""
    date_edtf: str = ""
    alt: str = ""
    earliest: str = ""
    latest: str = ""
    words: str = ""
    basis: str = ""

    @property
    def is_dated(self) -> bool:
        """Whether any reading of a date is there."""
        return bool(self.date_edtf or self.alt)

    def dated(self, date_edtf: str) -> "Row":
        """The same row with another date."""
        earliest, latest = days(date_edtf)
        other = self._replace(date_edtf=date_edtf, alt="", basis="")
        return other._replace(earliest=earliest, latest=latest)


@dataclass(frozen=True)
class Coding:
    """The rows of one coding, in the order of the text.

    `scale`: stance to side, from the lowest stance up. `periods`: period to its first and last day.
    """

    rows: tuple[Row, ...]
    scale: Mapping[int, str]
    periods: Mapping[str, tuple[str, str]]

    @cached_property
    def by_about(self) -> dict[tuple[str, str], tuple[Row, ...]]:
        """The rows of each issue, event and kind of tie, by unit and name."""
        found: dict[tuple[str, str], list[Row]] = {}
        for row in self.rows:
            found.setdefault((row.unit, row.about), []).append(row)
        return {key: tuple(rows) for key, rows in found.items()}

    def about(self, unit: str, name: str) -> tuple[Row, ...]:
        """The rows on an issue, event or kind of tie."""
        return self.by_about.get((unit, name), ())

    @cached_property
    def by_voice(self) -> dict[tuple[str, str], tuple[Row, ...]]:
        """The statements by actor and issue, once for who speaks and once for whom."""
        found: dict[tuple[str, str], list[Row]] = {}
        for row in self.rows:
            if row.unit == STATEMENT:
                for actor in {row.actor, row.on_behalf_of} - {""}:
                    found.setdefault((actor, row.about), []).append(row)
        return {key: tuple(rows) for key, rows in found.items()}

    @cached_property
    def by_tie(self) -> dict[tuple[str, str, str], tuple[Row, ...]]:
        """The stated ties by source, kind and target."""
        found: dict[tuple[str, str, str], list[Row]] = {}
        for row in self.rows:
            if row.unit == TIE:
                found.setdefault((row.actor, row.about, row.other), []).append(row)
        return {key: tuple(rows) for key, rows in found.items()}

    @cached_property
    def issues_of(self) -> dict[str, list[str]]:
        """Each actor to the issues on which the actor is heard, sorted."""
        found: dict[str, list[str]] = {}
        for actor, issue in sorted(self.by_voice):
            found.setdefault(actor, []).append(issue)
        return found

    @cached_property
    def speakers(self) -> dict[str, tuple[str, ...]]:
        """Each article to those who speak in it, sorted."""
        found: dict[str, set[str]] = {}
        for row in self.rows:
            if row.unit == STATEMENT:
                found.setdefault(row.article_id, set()).add(row.actor)
        return {article: tuple(sorted(actors)) for article, actors in found.items()}

    def with_rows(self, rows: Iterable[Row]) -> "Coding":
        """The same coding with other rows."""
        return Coding(tuple(rows), self.scale, self.periods)


def coding(
    statements: pd.DataFrame,
    mentions: pd.DataFrame,
    relations: pd.DataFrame,
    stances: pd.DataFrame,
    periods: pd.DataFrame,
) -> Coding:
    """The rows of one coding. The first three frames are of one coder, as `case.coded` gives them.

    `stances` is the scale, `periods` the periods of the codebook.
    """
    scale = dict(sorted((int(s.stance), s.side) for s in stances.itertuples()))
    rows = [
        *_statements(statements, scale),
        *_mentions(mentions),
        *_ties(relations),
    ]
    rows.sort(key=lambda row: (row.unit, row.article_id, row.start, row.end, row.row_id))
    spans = {period.period: days(period.period_edtf) for period in periods.itertuples()}
    return Coding(tuple(rows), scale, spans)


def _statements(frame: pd.DataFrame, scale: Mapping[int, str]) -> Iterator[Row]:
    for row in frame.itertuples():
        yield Row(
            **_common(row, STATEMENT, row.statement_id),
            actor=row.speaker,
            about=row.issue,
            on_behalf_of=row.on_behalf_of,
            stance=int(row.stance),
            side=scale.get(int(row.stance), ""),
            teller=row.quoted_by,
            alt=row.alt_date_edtf,
        )


def _mentions(frame: pd.DataFrame) -> Iterator[Row]:
    for row in frame.itertuples():
        yield Row(
            **_common(row, MENTION, row.mention_id),
            actor="",
            about=row.event_id,
            teller=row.according_to,
            alt=row.alt_date_edtf,
            words=row.description,
        )


def _ties(frame: pd.DataFrame) -> Iterator[Row]:
    for row in frame.itertuples():
        yield Row(
            **_common(row, TIE, row.relation_id),
            actor=row.source,
            about=row.relation,
            other=row.target,
            teller=row.according_to,
        )


def _common(row: Any, unit: str, row_id: str) -> dict[str, Any]:
    """What a row of each of the three tables has."""
    return {
        "unit": unit,
        "row_id": row_id,
        "article_id": row.article_id,
        "start": int(row.start),
        "end": int(row.end),
        "date_edtf": row.date_edtf,
        "basis": row.date_basis,
        **_bounds(row),
    }


def _bounds(row: Any) -> dict[str, str]:
    """The first and last day of all readings of a date."""
    alt = getattr(row, "alt_date_edtf", "")
    if not alt:
        return {"earliest": row.earliest, "latest": row.latest}
    first, last = days(alt)
    if not row.date_edtf:
        return {"earliest": first, "latest": last}
    is_bounded = bool(first and row.earliest), bool(last and row.latest)
    return {
        "earliest": min(first, row.earliest) if is_bounded[0] else "",
        "latest": max(last, row.latest) if is_bounded[1] else "",
    }


def same_events(mentions: pd.DataFrame, published: pd.DataFrame) -> pd.DataFrame:
    """The event mentions of a pass with the published names of their events.

    Passes name events as they like. A mention is of the published event whose mention shares its
    passage (`pairing.matched`); another mention of the same event of the pass follows the most of
    these. An event that no published passage shares keeps its name.
    """
    pairs = matched(mentions, published, MENTION)
    names = mentions.event_id.tolist()
    others = published.event_id.tolist()
    met: dict[str, Counter[str]] = {}
    for a, b in zip(pairs.a, pairs.b, strict=True):
        met.setdefault(names[a], Counter())[others[b]] += 1
    usual = {name: min(seen, key=lambda one: (-seen[one], one)) for name, seen in met.items()}
    renamed = [usual.get(name, name) for name in names]
    for a, b in zip(pairs.a, pairs.b, strict=True):
        renamed[a] = others[b]
    return mentions.assign(event_id=pd.Series(renamed, index=mentions.index, dtype=object))
