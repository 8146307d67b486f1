"""Chronology: mentions are accounts, accounts become events, and events stand in order of time.

Each event has its best date, its voice, its sources, and the matters on which accounts of it differ
(`disagreements`). Tables in, tables out, empty ones too. An account is `reported` where an article
tells it in its own voice and `claimed` where it is somebody's claim (`according_to`). Nothing here
decides which account is right.
"""

from collections.abc import Iterable, Mapping
from typing import Any

import pandas as pd

from helpers.analysis.disagreements import by_event, disagreements, readings, rival
from helpers.analysis.one_row import KINDS, everybody, groups, kind, one_row_each
from helpers.case.problems import FIRST_ROW
from helpers.case.schema import columns
from helpers.dates.edtf import NEVER, bounds, days, place_in_time, wording

# How a date is known, from the surest way down.
CERTAINTY = ["stated", "resolved", "approximate", "external", "undated"]


def accounts(mentions: pd.DataFrame, articles: pd.DataFrame) -> pd.DataFrame:
    """One account a row: a mention of an event, as the table `accounts`.

    It has its own words, whose they are, when it puts the event and why, and the number it claims.

    `mentions`: event mentions of one coder, as `case.coded` gives them. `articles`: article_id,
    publisher, origin. Adds voice (reported, claimed), polarity (affirmed where the coder left it
    empty), wording, and report_source: who first published the report, empty where that is not
    known.
    """
    first = {article.article_id: _first_publisher(article) for article in articles.itertuples()}
    own = mentions.according_to == ""
    return mentions.assign(
        report_source=mentions.article_id.map(first),
        voice=pd.Series("claimed", index=mentions.index, dtype=object).mask(own, "reported"),
        polarity=mentions.polarity.where(mentions.polarity != "", "affirmed"),
        wording=[wording(value) for value in mentions.date_edtf],
    )[columns("accounts")]


def _first_publisher(article: Any) -> str:
    """Who first published an article (article_id, publisher, origin); empty where not known."""
    if article.origin == "unknown":
        return ""
    return article.origin or article.publisher


def events(accounts: pd.DataFrame) -> pd.DataFrame:
    """Accounts to events: the table `events`, one row each, in order of time.

    The date is that of the surest account (by basis, then the narrowest bounds); the sentence is
    that of the surest one in an article's own voice, where there is one. A denial gives neither,
    unless there is nothing else.

    `n_sources` counts the first publishers of articles that tell it in their own voice: a reprint,
    or a text of unknown origin, is no further source, and a claim has none.
    """
    sides = disagreements(accounts).drop_duplicates(["event_id", "matter"])
    matters: dict[str, list[str]] = {}
    for event_id, matter in zip(sides.event_id, sides.matter, strict=True):
        matters.setdefault(event_id, []).append(matter)
    given = by_event(readings(accounts))
    rows = []
    for event_id, group in by_event(accounts).items():
        dates = {reading.date_edtf for reading in given.get(event_id, [])}
        row = {"event_id": event_id, "matters": ";".join(matters.get(event_id, []))}
        rows.append(row | _event(group) | {"n_readings": len(rival(dates))})
    return in_order(pd.DataFrame(rows, columns=columns("events")), "event_id")


def _event(group: list[Any]) -> dict[str, object]:
    """What the accounts of one event say together."""
    affirmed = [account for account in group if account.polarity == "affirmed"] or group
    own = [account for account in affirmed if account.voice == "reported"]
    surest = min(affirmed, key=_rank)
    teller = min(own, key=_rank) if own else surest
    publishers = {account.report_source for account in own} - {""}
    claimants = {account.according_to for account in affirmed}
    places = [teller.place, surest.place, *(account.place for account in affirmed)]
    return {
        "event": teller.description,
        "voice": "reported" if own else "claimed",
        "claimants": "" if own else ";".join(sorted(claimants)),
        "date_edtf": surest.date_edtf,
        "date_basis": surest.date_basis,
        "wording": surest.wording,
        "earliest": surest.earliest,
        "latest": surest.latest,
        "place": next(filter(None, places), ""),
        "participants": ";".join(everybody(account.participants for account in affirmed)),
        "n_mentions": len(group),
        "n_articles": len({account.article_id for account in group}),
        "n_sources": max(min(1, len(own)), len(publishers)),
    }


def _rank(account: Any) -> tuple:
    """The place of an account among those of its event, the surest first."""
    width = 10**7
    if account.date_edtf:
        first, last = bounds(account.date_edtf)
        width = (last - first).days
    return (
        CERTAINTY.index(account.date_basis),
        width,
        account.voice != "reported",
        account.article_id,
        account.start,
        account.mention_id,
    )


def chronology(
    events: pd.DataFrame,
    accounts: pd.DataFrame,
    context: pd.DataFrame,
    same: Iterable[tuple[str, str]] = (),
) -> pd.DataFrame:
    """Events of the corpus and context events in one order of time: the table `chronology`.

    A context event is named by its row in the file. `same`: pairs of entries that are one
    happening (`happenings.same`); they are one row with all their sources. It is told as the
    articles tell it; where they give no day, the outside source does.
    """
    sources = {
        event_id: "; ".join(sorted(set(articles)))
        for event_id, articles in accounts.groupby("event_id").article_id
    }
    corpus = events.assign(
        entry_id=[corpus_entry(event) for event in events.event_id],
        layer="corpus",
        source_text=events.event_id.map(sources),
        source_url="",
    )
    both = pd.concat([corpus, outside(context)], ignore_index=True)
    both = both.assign(members=both.entry_id, outside_event="", outside_source="")
    shown = columns("chronology")
    return in_order(one_row_each(both[shown], groups(same)), "entry_id")


def corpus_entry(event_id: str) -> str:
    """The entry of an event of the articles."""
    return f"corpus.{event_id}"


def context_entry(row: int) -> str:
    """The entry of an event from outside, by its place (from 0) in the file."""
    return f"context.{row + FIRST_ROW:03}"


def outside(context: pd.DataFrame) -> pd.DataFrame:
    """Context events as entries of the chronology, with their other columns beside."""
    spans = [days(value) for value in context.date_edtf]
    return context.assign(
        entry_id=[context_entry(row) for row in context.index],
        layer="context",
        voice="",
        claimants="",
        matters="",
        date_basis="external",
        wording=[wording(value) for value in context.date_edtf],
        earliest=[first for first, _ in spans],
        latest=[last for _, last in spans],
        source_text=context.source,
    )


def in_order(frame: pd.DataFrame, key: str) -> pd.DataFrame:
    """Rows in order of time, by `begins`, then the last day; equal ones by the column `key`."""
    timed = frame.assign(begin=begins(frame))
    return timed.sort_values(["begin", "latest", key], ignore_index=True)[list(frame)]


def begins(frame: pd.DataFrame) -> pd.Series:
    """The day by which each row is put in order, as `place_in_time` says; columns earliest, latest.

    Its first day; where that is open its last; `NEVER` where it has neither.
    """
    places = map(place_in_time, frame.earliest, frame.latest)
    return pd.Series(list(places), index=frame.index, dtype=object)


def told(entries: pd.DataFrame, names: Mapping[str, str]) -> pd.DataFrame:
    """The entries in words, for a reader.

    When, who says so, what, how the date is known, on what accounts differ, source, entry_id.
    `names`: actor_id to name.
    """
    return pd.DataFrame(
        {
            "when": entries.wording,
            "who says so": [_who_says(entry, names) for entry in entries.itertuples()],
            "what": entries.event,
            "how the date is known": entries.date_basis,
            "accounts differ on": entries.matters.str.replace(";", ", "),
            "source": entries.source_text,
            "entry_id": entries.entry_id,
        }
    )


def _who_says(entry: Any, names: Mapping[str, str]) -> str:
    if kind(entry) == "reported":
        return "the articles, and an outside source" if entry.outside_event else "the articles"
    if kind(entry) == "context":
        return "outside source"
    claimants = [names.get(actor, actor) for actor in entry.claimants.split(";")]
    return f"claimed by {', '.join(claimants)}"


def certainty(entries: pd.DataFrame) -> pd.DataFrame:
    """How sure the dates are: one row a kind of entry and basis.

    Columns: kind (one of `KINDS`), date_basis, and how many are a day (n_day), a span, also one
    open to one side (n_span), or undated (n_undated).
    """
    undated = (entries.earliest == "") & (entries.latest == "")
    day = (entries.earliest == entries.latest) & ~undated
    counted = pd.DataFrame(
        {
            "kind": [kind(entry) for entry in entries.itertuples()],
            "date_basis": entries.date_basis,
            "n_day": day,
            "n_span": ~day & ~undated,
            "n_undated": undated,
        }
    )
    order = {name: place for place, name in enumerate([*CERTAINTY, *KINDS])}
    summed = counted.groupby(["kind", "date_basis"], as_index=False).sum()
    return summed.sort_values(
        ["kind", "date_basis"], key=lambda column: column.map(order), ignore_index=True
    )


def with_articles(entries: pd.DataFrame, events: pd.DataFrame) -> pd.DataFrame:
    """The entries with `n_articles`: in how many articles their events are told, 1 for others."""
    told = dict(zip(events.event_id, events.n_articles, strict=True))
    numbers = []
    for ids in entries.members:
        numbers.append(max(1, sum(told.get(one, 0) for one in ids.split(";"))))
    return entries.assign(n_articles=numbers)


def by_period(entries: pd.DataFrame, periods: pd.DataFrame) -> list[tuple[str, pd.DataFrame]]:
    """The entries by the period in which they begin: (heading, entries), in order of time.

    `periods`: label, period_edtf. None of the parts is empty. What begins between two periods
    stands with the earlier one; there is a heading for what comes before them all, and one for what
    has no date.
    """
    starts = sorted((days(p.period_edtf)[0], p.label) for p in periods.itertuples())
    headings = pd.Series(
        [_heading(day, starts) for day in begins(entries)], index=entries.index, dtype=object
    )
    return [(name, entries[headings == name]) for name in dict.fromkeys(headings)]


def _heading(day: str, starts: list[tuple[str, str]]) -> str:
    """The heading under which a day stands; `starts`: the first day and label of each period."""
    if day == NEVER:
        return "No date"
    if not starts:
        return "All"
    begun = [label for start, label in starts if start <= day]
    return begun[-1] if begun else f"Before: {starts[0][1]}"
