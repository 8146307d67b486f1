"""Events: the chronology as the pages show it, with every account of each entry."""

from collections import Counter
from functools import cached_property
from itertools import groupby, islice
from typing import Any
from urllib.parse import quote

import pandas as pd

from dispute.site.lookups import Site
from dispute.site.passages import BASIS, EventMention
from dispute.site.places import To
from dispute.site.state import of_entry, with_years
from dispute.site.svg import Bar
from helpers.analysis import chronology
from helpers.analysis.chronology import begins
from helpers.dates.edtf import within
from helpers.words import counted

# Dated entries that stand on the one line of the front page; more are counted by year.
LINE = 200


class Events:
    """The events of a case."""

    def __init__(self, site: Site) -> None:
        self.site = site
        self.entries = site.tables["chronology"]

    def accounts(self, entries: str) -> list[EventMention]:
        """The mentions of an entry of the chronology side by side, in the order of the articles.

        `entries`: its `members`.
        """
        mentions = [one for event in events_in(entries) for one in self.site.mentions(event)]
        return sorted(mentions, key=lambda p: (p["article_id"], p["start"], p["id"]))

    def took_part(self, actor: str) -> list[Any]:
        """The events in which an actor took part, in the order of time."""
        return self._by_actor.get(actor, [])

    @cached_property
    def _by_actor(self) -> dict[str, list[Any]]:
        took_part: dict[str, list[Any]] = {}
        for event in self.site.tables["events"].itertuples():
            for actor in set(filter(None, event.participants.split(";"))):
                took_part.setdefault(actor, []).append(event)
        return took_part

    @cached_property
    def by_entry(self) -> dict[str, Any]:
        """entry_id of the chronology to the row of its event."""
        rows = self.site.tables["events"].itertuples()
        return {f"corpus.{event.event_id}": event for event in rows}

    def dated_by(self, entry: Any) -> EventMention | None:
        """The first account that says how an entry has its date, or could have another."""
        for account in self.accounts(entry.members):
            told = account["date_words"] or account["date_note"] or account["alt_date_edtf"]
            if told and account["date_edtf"] == entry.date_edtf:
                return account
        return None

    def teller(self, entry: Any) -> str:
        """Who says what an entry of the chronology says, an outside source by its name."""
        if chronology.kind(entry) == "context":
            return f"From outside: {entry.source_text}"
        outside = f", and from outside: {entry.outside_source}" if entry.outside_event else ""
        return self._voice(entry) + outside

    def _voice(self, entry: Any) -> str:
        kind = chronology.kind(entry)
        if kind == "claimed":
            return f"Claimed by {self.site.names_of(entry.claimants)}"
        return {"context": "From outside", "reported": "Reported"}[kind]

    def differ(self, entries: str) -> dict[str, list[Any]]:
        """matter to the sides of it, where accounts of an entry (its `members`) differ."""
        sides = [side for event in events_in(entries) for side in self._disputed.get(event, [])]
        sides.sort(key=lambda side: side.Index)
        matters: dict[str, list[Any]] = {}
        for side in sides:
            matters.setdefault(side.matter, []).append(side)
        return matters

    @cached_property
    def _disputed(self) -> dict[str, list[Any]]:
        rows = sorted(self.site.tables["disagreements"].itertuples(), key=lambda r: r.event_id)
        return {event: list(some) for event, some in groupby(rows, lambda r: r.event_id)}

    def drawn(self, to: To) -> pd.DataFrame:
        """The chronology with link, title and state, for `svg.timeline`."""
        entries = self.entries
        rows = list(entries.itertuples())
        return entries.assign(
            kind=[chronology.kind(row) for row in rows],
            href=[to("events", event_anchor(row.entry_id)) for row in rows],
            title=[self._title(row) for row in rows],
            state=[of_entry(self.site, row, self._actors_of(row)) for row in rows],
        )

    def _title(self, row: Any) -> str:
        how = f"{row.wording} ({BASIS[row.date_basis]})"
        told = f"{self._voice(row)}: {self.site.plainly(row.source_text)}"
        return f"{how}: {row.event.rstrip('.')}. {told}"

    def _actors_of(self, row: Any) -> list[str]:
        """Who took part in an entry, or claims it."""
        event = self.by_entry.get(row.entry_id)
        took_part = event.participants.split(";") if event else []
        return took_part + row.claimants.split(";")

    def by_year(self, to: To) -> list[Bar]:
        """How many entries begin in each year, as rows of `svg.bars`, each with its first entry."""
        years = [str(day)[:4] for day in begins(self.entries)]
        dated = [bool(row.earliest or row.latest) for row in self.entries.itertuples()]
        first: dict[str, str] = {}
        counts: Counter[str] = Counter()
        for year, known, entry in zip(years, dated, self.entries.entry_id, strict=True):
            if known:
                first.setdefault(year, entry)
                counts[year] += 1
        return [
            Bar(year, to("chronology", f"in-{year}"), counts[year], counted(counts[year], "event"))
            for year in sorted(first)
        ]

    def of_periods(self, to: To) -> list[tuple[str, str]]:
        """The periods with an event: each in words, and the chronology where it is chosen."""
        spans = self.site.case.period_spans()
        return [
            (
                with_years(self.site.periods[period], spans[period]),
                f"{to('chronology', f'period-{period}').partition('#')[0]}?period={quote(period)}",
            )
            for period in self.first_of_periods().values()
        ]

    def first_of_periods(self) -> dict[str, str]:
        """The entry with which each period begins, to the period."""
        firsts: dict[str, str] = {}
        for period, span in self.site.case.period_spans().items():
            inside = (row for row in self.entries.itertuples() if within(row.date_edtf, span))
            firsts |= {row.entry_id: period for row in islice(inside, 1)}
        return firsts

    def first_of_years(self) -> dict[str, str]:
        """The entry with which each year begins, to the year."""
        firsts: dict[str, str] = {}
        seen = set()
        for row, day in zip(self.entries.itertuples(), begins(self.entries), strict=True):
            year = str(day)[:4]
            if (row.earliest or row.latest) and year not in seen:
                seen.add(year)
                firsts[row.entry_id] = year
        return firsts


def events_in(entries: str) -> list[str]:
    """The events of the articles among entries of the chronology parted by ";"."""
    return [
        entry.removeprefix("corpus.") for entry in entries.split(";") if entry.startswith("corpus.")
    ]


def event_anchor(entry: str) -> str:
    """The place of an entry of the chronology on the page of events."""
    return entry.removeprefix("corpus.")
