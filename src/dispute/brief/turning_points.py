"""Turning points: of each step of the story a few dated events."""

from collections import Counter
from typing import Any

import pandas as pd

from dispute.brief.addresses import Addresses
from dispute.site.events import Events
from dispute.site.lookups import Site
from helpers.analysis.chronology import kind
from helpers.analysis.sentences import steps
from helpers.dates.edtf import days
from helpers.figures import legend

# Events in all; each step has as many as there is room for, and at least one.
MOST = 28
# What stands for the step of an event that lies in none.
OUTSIDE = "–"
ORDER = ("reported", "context", "claimed")
CLAIM = ORDER.index("claimed")


def turning_points(site: Site, addresses: Addresses) -> list[dict[str, str]]:
    """The events as the template prints them, in the order of time; a step stands at its first.

    Of each step, and of the time outside all, come first what is reported or known from outside on
    the days of most statements, then claims. Where days are equal, what articles report comes
    first, and what most passages tell.
    """
    events = Events(site)
    by_step = _by_step(site, site.tables["chronology"].query("date_edtf != ''"))
    full = {title: rows for title, rows in by_step.items() if rows}
    room = max(1, MOST // max(1, len(full)))
    chosen = {
        row.entry_id: title for title, rows in full.items() for row in _best(events, rows, room)
    }
    printed, last = [], ""
    for row in site.tables["chronology"].itertuples():
        if row.entry_id in chosen:
            title = chosen[row.entry_id] or OUTSIDE
            step = title if title != last else ""
            printed.append({"step": step} | _printed(site, events, addresses, row))
            last = title
    return printed


def _by_step(site: Site, entries: pd.DataFrame) -> dict[str, list[Any]]:
    """The entries that lie wholly in each step; those before, between and after stand apart."""
    spans = [(step.title, *days(step.span_edtf)) for step in steps(site.case)]
    found: dict[str, list[Any]] = {"": []} | {title: [] for title, _, _ in spans}
    for row in entries.itertuples():
        inside = [title for title, first, last in spans if _lies_in(row, first, last)]
        found[inside[0] if inside else ""].append(row)
    return found


def _lies_in(row: Any, first: str, last: str) -> bool:
    return bool(row.earliest >= first and row.latest and (not last or row.latest <= last))


def _best(events: Events, rows: list[Any], room: int) -> list[Any]:
    said = Counter(events.site.tables["statements"].earliest)

    def rank(row: Any) -> tuple:
        order = ORDER.index(kind(row))
        accounts = len(events.accounts(row.members))
        return order == CLAIM, -said[row.earliest], order, -accounts, row.earliest

    return sorted(rows, key=rank)[:room]


def _printed(site: Site, events: Events, addresses: Addresses, row: Any) -> dict[str, str]:
    accounts = events.accounts(row.members)
    told = addresses.called(accounts[0]) if accounts else row.source_text
    claimants = site.names_of(row.claimants)
    return {
        "when": row.wording,
        "mark": legend.EVENTS[kind(row)].sign,
        "event": row.event + (f" (claimed by {claimants})" if claimants else ""),
        "source": told,
        "link": addresses.passage(accounts[0]) if accounts else row.source_url,
    }
