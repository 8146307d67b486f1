"""Happenings: which rows of the chronology are one, and which are known to be two.

One happening is one row, whoever tells it: an event of the articles and one from outside, or two
events of a coding. People say so: `same_as`, or `distinct_because`, in the two tables of events.
Nothing here finds it out; `undecided` lists where nobody has said.
"""

from collections.abc import Iterable, Mapping
from itertools import combinations
from typing import NamedTuple

import pandas as pd

from helpers.analysis import chronology
from helpers.analysis.actor_names import named
from helpers.case.doubts import Doubt
from helpers.case.model import Case
from helpers.case.problems import FIRST_ROW
from helpers.case.schema import SCHEMA
from helpers.case.selection import coded

Pairs = list[tuple[str, str]]


class _Row(NamedTuple):
    """A row of the chronology: its entry_id, words, day, actors, and whether it is set apart."""

    entry: str
    event: str
    day: str
    actors: frozenset[str]
    is_distinct: bool


def same(case: Case) -> Pairs:
    """The pairs of entries of the chronology (entry_id) that are one happening, as people say."""
    links, context = case.event_links, case.context_events
    corpus = [
        (chronology.corpus_entry(one), chronology.corpus_entry(other))
        for one, other in zip(links.event_id, links.same_as, strict=True)
        if other
    ]
    outside = [
        (chronology.context_entry(row), chronology.corpus_entry(event))
        for row, event in zip(context.index, context.same_as, strict=True)
        if event
    ]
    return corpus + outside


def undecided(case: Case) -> list[Doubt]:
    """A doubt for each two entries of one day that share an actor, of which nobody says more.

    The events are those of the case's own coder. An actor shares in an event of the articles as a
    participant, in one from outside by a name that stands in its words.
    """
    group_of = chronology.groups(same(case))
    by_day: dict[str, list[_Row]] = {}
    for row in [*_of_articles(case), *_from_outside(case)]:
        by_day.setdefault(row.day, []).append(row)
    doubts = []
    for _, rows in sorted(by_day.items()):
        for one, other in combinations(rows, 2):
            shared = one.actors & other.actors
            alike = group_of.get(one.entry, one.entry) == group_of.get(other.entry, other.entry)
            if shared and not (alike or one.is_distinct or other.is_distinct):
                doubts.append(_doubt(one, other, sorted(shared)))
    return doubts


def _of_articles(case: Case) -> Iterable[_Row]:
    mentions = coded(case, "event_mentions", case.coder)
    events = chronology.events(chronology.accounts(mentions, case.articles))
    links = case.event_links
    distinct = set(links.event_id[links.distinct_because != ""])
    for event in events.itertuples():
        if event.earliest and event.earliest == event.latest:
            actors = frozenset(filter(None, event.participants.split(";")))
            entry = chronology.corpus_entry(event.event_id)
            apart = event.event_id in distinct
            yield _Row(entry, event.event, event.earliest, actors, apart)


def _from_outside(case: Case) -> Iterable[_Row]:
    context = case.context_events
    outside = chronology.outside(context)
    on_a_day = outside[(outside.earliest != "") & (outside.earliest == outside.latest)]
    actors = _named_in(dict(zip(on_a_day.entry_id, on_a_day.event, strict=True)), case)
    for row in on_a_day.itertuples():
        apart = row.distinct_because != ""
        yield _Row(row.entry_id, row.event, row.earliest, actors[row.entry_id], apart)


def _named_in(texts: Mapping[str, str], case: Case) -> dict[str, frozenset[str]]:
    """The actors whose names stand in texts, as they are called anywhere in the articles."""
    printed = case.aliases.drop_duplicates("alias").drop(columns="article_id")
    everywhere = printed.merge(pd.DataFrame({"article_id": list(texts)}), how="cross")
    found = named(texts, {}, everywhere, case.actors)
    by_text = found.groupby("article_id").actor_id.agg(frozenset).to_dict()
    return {text: by_text.get(text, frozenset()) for text in texts}


def _doubt(one: _Row, other: _Row, shared: list[str]) -> Doubt:
    """That two rows may be one, told at the row from outside where there is one."""
    file, row = SCHEMA["raw"]["event_links"]["file"], 0
    for entry in (other.entry, one.entry):
        if entry.startswith("context."):
            file = SCHEMA["raw"]["context_events"]["file"]
            row = max(FIRST_ROW, int(entry.partition(".")[2]))
    pair = f"{_called(one)} and {_called(other)}"
    found = f"{pair}, both on {one.day}, with {', '.join(shared)}"
    expected = "same_as where they are one happening, else distinct_because"
    return Doubt(file, row, "same_as", found, expected)


def _called(row: _Row) -> str:
    """An entry as a person looks for it: by its event, or by its words."""
    layer, _, event = row.entry.partition(".")
    return event if layer == "corpus" else f"“{row.event}”"
