"""Changes of what was read and coded: articles, coded passages, events from outside."""

from collections.abc import Iterator

import pandas as pd

from dispute.changes.matching import match
from dispute.changes.wording import Change, Tables, actor_names, differing, short, shown
from helpers.case.schema import Unit

PLACE = ["article_id", "start", "end"]
# What of a coded unit is told where it is coded otherwise.
WORDING = {
    "statements": ["speaker", "on_behalf_of", "quoted_by", "issue", "stance", "date_edtf"],
    "event_mentions": [
        "event_id",
        "date_edtf",
        "place",
        "participants",
        "according_to",
        "polarity",
        "number",
        "description",
    ],
    "relations": ["source", "relation", "target", "sign", "date_edtf", "according_to"],
}


def _pages(tables: Tables) -> dict[str, str]:
    """article_id to the page that shows its passages."""
    return {article: f"evidence/{article}.html" for article in tables["articles"].article_id}


def articles(old: Tables, new: Tables) -> list[Change]:
    """Articles that are new, then those that were withdrawn."""
    before = old["articles"].set_index("article_id")
    now = new["articles"].set_index("article_id")
    pages = _pages(new)
    told = []
    for article in sorted(set(now.index) - set(before.index)):
        sentence = f"New article: {_titled(now.loc[article])}."
        told.append(Change("article", sentence, article, pages[article]))
    for article in sorted(set(before.index) - set(now.index)):
        sentence = f"Article withdrawn: {_titled(before.loc[article])}."
        told.append(Change("article", sentence, article))
    return told


def _titled(article: pd.Series) -> str:
    return f"“{article.title}” ({shown(article.publisher)})"


def coded_units(old: Tables, new: Tables, unit: Unit) -> list[Change]:
    """New, withdrawn, moved and otherwise coded units of one kind.

    A passage that was renamed only is none of these.
    """
    before, now = old[unit.table].set_index(unit.id), new[unit.table].set_index(unit.id)
    pages = _pages(new)
    alike = ["coder", *PLACE, *WORDING[unit.table]]
    names = {**actor_names(old), **actor_names(new)}
    matches = match(before, now, lambda row: tuple(str(row[column]) for column in alike))
    told = []
    for identity in matches.new:
        row = now.loc[identity]
        sentence = f"New {unit.noun} in {row.article_id} {_quoted(row, names)}."
        told.append(Change(unit.noun, sentence, identity, pages[row.article_id]))
    for identity in matches.gone:
        row = before.loc[identity]
        sentence = f"Withdrawn {unit.noun} of {row.article_id} {_quoted(row, names)}."
        told.append(Change(unit.noun, sentence, identity, pages.get(row.article_id, "")))
    for earlier, identity in matches.pairs:
        one, other = before.loc[earlier], now.loc[identity]
        for sentence in _recoded(one, other, unit, identity):
            told.append(Change(unit.noun, sentence, identity, pages[other.article_id]))
    return told


def _quoted(row: pd.Series, names: dict[str, str]) -> str:
    """The words of a unit, whose coding it is, and by whose account alone they stand."""
    teller = row.get("quoted_by", "") or row.get("according_to", "")
    account = f", as told by {names.get(teller, teller)}" if teller else ""
    return f"({row.coder}{account}): “{short(row.quote)}”"


def _recoded(one: pd.Series, other: pd.Series, unit: Unit, identity: str) -> Iterator[str]:
    """What is told of a unit that moved, and of one that is coded otherwise."""
    if differing(one, other, PLACE):
        here = f"{one.article_id} {one.start}-{one.end}"
        there = f"{other.article_id} {other.start}-{other.end}"
        yield f"Moved {unit.noun}: from {here} to {there}."
    cells = [
        f"{column} {shown(one[column])} → {shown(other[column])}"
        for column in differing(one, other, WORDING[unit.table])
    ]
    if cells:
        yield f"Coded otherwise, {unit.noun} {identity}: {'; '.join(cells).rstrip('.')}."


def events_from_outside(old: Tables, new: Tables) -> list[Change]:
    """Events from outside the articles, told apart by their words.

    An entry of the chronology is named by its row, which may change.
    """
    matches = match(_outside(old), _outside(new), lambda row: row.event)
    told = []
    for event, day in matches.new:
        sentence = f"New event from outside: {short(event)} ({shown(day)})."
        told.append(Change("context event", sentence, "", "events.html"))
    for event, day in matches.gone:
        sentence = f"Event from outside withdrawn: {short(event)} ({shown(day)})."
        told.append(Change("context event", sentence, ""))
    for (event, day), (event_now, day_now) in matches.pairs:
        if (event, day) != (event_now, day_now):
            dates = f"{shown(day)} → {shown(day_now)}"
            sentence = f"Event from outside dated otherwise, {dates}: {short(event_now)}."
            told.append(Change("context event", sentence, "", "events.html"))
    return told


def _outside(tables: Tables) -> pd.DataFrame:
    """The events from outside the articles, indexed by their words and date."""
    entries = tables["chronology"]
    key = ["event", "date_edtf"]
    outside = entries[entries.layer != "corpus"]
    if "outside_event" in entries:
        # What the articles tell too is one row with both.
        told_too = entries[entries.outside_event != ""]
        outside = pd.concat([outside, told_too.assign(event=told_too.outside_event)])
    return outside.drop_duplicates(key).set_index(key, drop=False)
