"""Accounts: what is disputed, and what stands by somebody's word alone."""

from typing import Any

import pandas as pd

from dispute.site.lookups import Site
from helpers.analysis.by_account import CLAIMED
from helpers.words import and_joined

# Facts, differences and tellers that are listed; claims of each teller; names on a side of a fact.
FACTS, DIFFERENCES, TELLERS, CLAIMS, NAMES = 6, 5, 5, 4, 5


def facts(site: Site) -> list[list[str]]:
    """Claims of fact that some affirm and others deny: issue, who affirms, who denies."""
    disputed = site.tables["disputed_facts"]
    rows = []
    for issue in dict.fromkeys([*site.case.first_issues, *site.labels]):
        own = disputed[disputed.issue == issue]
        affirm, deny = (list(own.party[own.side == side]) for side in ("for", "against"))
        if affirm and deny and affirm != deny:
            rows.append([site.labels[issue], _names(site, affirm), _names(site, deny)])
    return rows[:FACTS]


def _names(site: Site, actors: list[str]) -> str:
    more = len(actors) - NAMES
    names = [site.name(actor) for actor in actors[:NAMES]]
    return and_joined([*names, f"{more} more"] if more > 0 else names)


def differences(site: Site) -> list[list[str]]:
    """Where accounts of one event differ: the event, on what, and what each side says."""
    told = site.tables["disagreements"]
    names = site.tables["events"].set_index("event_id").event.to_dict()
    rows = []
    for (event, matter), own in told.groupby(["event_id", "matter"], sort=True):
        readings = [_reading(site, row) for row in own.itertuples()]
        rows.append([names.get(event, event), str(matter), "; against: ".join(readings)])
    return rows[:DIFFERENCES]


def _reading(site: Site, row: Any) -> str:
    words = row.wording or row.reading
    who = site.names_of(row.claimants) or and_joined(_tellers(site, row.mention_ids))
    return f"{site.plainly(words)} ({who})" if who else site.plainly(words)


def _tellers(site: Site, mentions: str) -> list[str]:
    return list(dict.fromkeys(site.called(one["article_id"]) for one in site.of(mentions)))


def claims(site: Site) -> list[dict[str, Any]]:
    """What each teller alone says, those who tell most first: events and ties."""
    by_teller: dict[str, list[str]] = {}
    entries = site.tables["chronology"]
    for row in entries[entries.voice == CLAIMED].itertuples():
        by_teller.setdefault(row.claimants, []).append(row.event.rstrip("."))
    for edge in _claimed(site.tables["edges"]).itertuples():
        tie = f"{site.name(edge.source)} {site.verbs[edge.relation]} {site.name(edge.target)}"
        by_teller.setdefault(edge.claimants, []).append(tie)
    most = sorted(by_teller, key=lambda who: (-len(by_teller[who]), who))[:TELLERS]
    return [
        {
            "who": site.names_of(who),
            "claims": by_teller[who][:CLAIMS],
            "more": str(max(0, len(by_teller[who]) - CLAIMS)),
        }
        for who in most
    ]


def _claimed(edges: pd.DataFrame) -> pd.DataFrame:
    return edges[(edges.network == "relation") & (edges.account == CLAIMED)]
