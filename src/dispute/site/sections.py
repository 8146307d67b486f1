"""Sections: what the pages that grow with a case are made of, each with an estimate of its weight.

The estimates are bytes of HTML, rather too many than too few (`tests/test_parts.py` holds them
against the pages).
"""

from collections.abc import Callable
from typing import Any, NamedTuple

import pandas as pd

from dispute.site.events import Events, event_anchor
from dispute.site.figures import year_of
from dispute.site.lookups import Site
from dispute.site.networks import OPINIONS
from dispute.site.passages import Record, Statement
from dispute.site.places import Section
from dispute.site.stances import CELLS, Stances
from dispute.site.ties import CITED, ISSUES, Edge, Ties
from helpers.case.selection import publication
from helpers.words import language_of

# Passages of one finding or change that are quoted, and up to which they are cited.
QUOTED, MOST_CITED = 12, 112
# Rows of a table on a page that is not parted.
ROWS = 200
# Bytes of a link with its words, and of a row of a table.
LINK, ROW = 130, 420
# The fields of a passage whose words are shown.
WORDS = ["quote", "gloss", "note", "date_note", "alt_date_note", "date_words", "description"]

Weigh = Callable[[Any], int]


class Said(NamedTuple):
    """A statement on an actor's page, and whether somebody else made it for the actor."""

    record: Statement
    lent: bool


def size_of(record: Record) -> int:
    """The bytes of a passage with its words."""
    words = [str(record.get(field, "")) for field in WORDS]
    return 1000 + len(" ".join(words).encode()) * 6 // 5


def of_person(site: Site, ties: Ties, events: Events, actor: str) -> list[Section]:
    """The page of an actor: offices, words by issue, ties, events."""
    said = site.said(actor)
    first = [
        Section("offices", site.offices(actor), size_of),
        Section("members", site.members(actor), _plain(500)),
        Section("said", _numbers(said), _plain(200), anchor="said"),
    ]
    words = [
        Section("issue", _statements(*both), lambda s: size_of(s.record), issue, f"on-{issue}")
        for issue, both in said.items()
    ]
    return (
        first
        + words
        + _ties(ties, actor)
        + [Section("events", events.took_part(actor), lambda event: 300 + len(event.event) * 2)]
    )


def _numbers(said: dict) -> list[tuple[str, int]]:
    return [(issue, len(own) + len(lent)) for issue, (own, lent) in said.items()]


def _statements(own: list[Statement], lent: list[Statement]) -> list[Said]:
    return [Said(record, False) for record in own] + [Said(record, True) for record in lent]


def _ties(ties: Ties, actor: str) -> list[Section]:
    """With whom an actor stands, and the ties that articles state or somebody claims.

    The first of them that is not empty has the place `ties`.
    """
    name = ties.site.name(actor)
    relations = ties.of_actor(actor, "relation")
    kinds = {
        "Ties that articles state": [one for one in relations if one["account"] != "claimed"],
        "Ties that only somebody claims": [one for one in relations if one["account"] == "claimed"],
        f"What {name} says of others’ ties": ties.claims_of(actor),
    }
    sections = [Section("stands", ties.stands(actor), _plain(ROW + 2 * LINK), head=900)]
    for heading, edges in kinds.items():
        shown = [edge for edge in edges if ties.is_shown(edge)]
        sections.append(Section("ties", shown, _plain(400), heading))
    full = next((place for place, section in enumerate(sections) if section.items), None)
    if full is not None:
        sections[full] = sections[full]._replace(anchor="ties")
    return sections


def of_article(site: Site, article: str) -> list[Section]:
    """The page of an article: its coded passages, and the paragraphs that name actors."""
    here = site.on_page(article)
    coded = [record for record in here if record["unit"] != "passage"]
    named = [record for record in here if record["unit"] == "passage"]
    return [
        Section("coded", coded, _opened, anchors=_anchor_of, head=3000),
        Section("named", named, lambda p: 100 + LINK * len(p["actors"]), anchors=_anchor_of),
    ]


def _opened(record: Record) -> int:
    """The bytes of a passage on the page of its article: with its first words and citation."""
    return size_of(record) + 2000


def _anchor_of(record: Record) -> list[str]:
    return [record["anchor"]]


def of_ties(ties: Ties, network: str) -> list[Section]:
    """The page of a network: its ties."""

    def weigh(edge: Edge) -> int:
        if edge["network"] in OPINIONS:
            return ROW + min(ISSUES + 1, len(ties.shared(edge))) * 2 * LINK
        return ROW + min(CITED, int(edge["n_evidence"])) * 2 * LINK

    return [Section("ties", ties.shown(network), weigh, anchors=lambda edge: [edge["edge_id"]])]


def of_measures(tables: Any) -> list[Section]:
    """The measures of the networks, the whole before its actors, the greatest first.

    `interval` holds the bounds `low` and `high` in words, empty where a measure has none.
    """
    frame = tables["network_measures"].dropna(subset="value")
    bounds = zip(frame.low, frame.high, strict=True)
    frame = frame.assign(
        single=frame.actor_id != "",
        interval=[f"{a:.2f} to {b:.2f}" if pd.notna(a) and pd.notna(b) else "" for a, b in bounds],
    )
    order = ["network", "single", "measure", "value", "actor_id"]
    rows = frame.sort_values(order, ascending=[True, True, True, False, True]).itertuples()
    return [Section("measures", list(rows), _plain(ROW + LINK), label=lambda row: row.network)]


def of_stances(stances: Stances) -> list[Section]:
    """The page of stances: the table, then changes and contradictions with their words."""
    tables, site = stances.site.tables, stances.site
    ends = "from_statements", "to_statements"

    def rows(name: str) -> list[Any]:
        return list(tables[name].itertuples()) if name in tables else []

    def facing(*columns: str) -> Weigh:
        def weigh(row: Any) -> int:
            ids = ";".join(str(getattr(row, column, "")) for column in columns)
            return 500 + sum(size_of(record) for record in site.of(ids)[:QUOTED])

        return weigh

    return [
        Section(
            "table",
            stances.rows(),
            _plain(ROW + 5 * LINK),
            label=lambda row: site.name(row.actor_id),
            head=15_000 + 800 * min(CELLS, len(stances.table)),
        ),
        Section("changes", rows("position_changes"), facing(*ends), anchor="changes"),
        Section("earlier", rows("told_earlier"), facing(*ends)),
        Section("both", rows("contradictions"), facing("statement_for", "statement_against")),
        Section("facts", rows("disputed_facts"), _plain(ROW + CITED * LINK)),
    ]


def of_chronology(events: Events) -> list[Section]:
    """The chronology: the places of its entries among the rows."""
    entries = list(events.entries.itertuples())
    begun = {"in": events.first_of_years(), "period": events.first_of_periods()}

    def anchors(place: int) -> list[str]:
        entry = entries[place].entry_id
        return [f"{kind}-{some[entry]}" for kind, some in begun.items() if entry in some]

    def weigh(place: int) -> int:
        row = entries[place]
        return 2200 + 5 * len(row.event) + 2 * len(row.source_text)

    def label(place: int) -> str:
        return str(entries[place].wording)

    return [Section("entries", range(len(entries)), weigh, anchors=anchors, label=label)]


def of_events(events: Events) -> list[Section]:
    """The page of events: each entry of the chronology with its accounts."""

    def weigh(entry: Any) -> int:
        accounts = events.accounts(entry.members)
        return 1200 + len(entry.event) + sum(size_of(p) for p in accounts)

    def anchors(entry: Any) -> list[str]:
        return [event_anchor(one) for one in [entry.entry_id, *entry.members.split(";")[1:]]]

    rows = list(events.entries.itertuples())
    return [Section("events", rows, weigh, anchors=anchors, label=lambda entry: entry.wording)]


def of_evidence(site: Site) -> list[Section]:
    """The list of articles, in the order of time."""
    firsts = first_of_years(site)

    def anchors(article: Any) -> list[str]:
        year = firsts.get(article.article_id, "")
        return [f"in-{year}"] if year else []

    return [
        Section(
            "articles",
            site.articles(),
            lambda article: ROW + 3 * LINK + 2 * len(article.title),
            anchors=anchors,
            label=lambda article: publication(article.published),
        )
    ]


def first_of_years(site: Site) -> dict[str, str]:
    """The article with which each year begins, to the year."""
    firsts: dict[str, str] = {}
    for article in site.articles():
        firsts.setdefault(year_of(article), article.article_id)
    return {article: year for year, article in firsts.items()}


def of_people(site: Site) -> list[Section]:
    """The list of actors, in the order of names."""
    rows = site.actor_rows()
    return [Section("people", rows, _plain(ROW + 3 * LINK), label=lambda row: row.name)]


def of_findings(findings: list[dict[str, Any]]) -> list[Section]:
    """The findings with their passages."""

    def weigh(finding: dict[str, Any]) -> int:
        quoted = sum(size_of(p) for p in finding["passages"][:QUOTED])
        cited = min(MOST_CITED, len(finding["passages"])) + min(MOST_CITED, len(finding["ends"]))
        return 1500 + quoted + cited * 2 * LINK

    shown = [finding for finding in findings if finding["kind"] != "count"]
    return [Section("findings", shown, weigh, anchors=lambda finding: [finding["id"]])]


def of_changes(site: Site, changes: pd.DataFrame) -> list[Section]:
    """What changed, each with its passages."""

    def weigh(row: Any) -> int:
        behind = site.of(row.evidence)
        return 500 + sum(size_of(p) for p in behind[:QUOTED]) + len(behind[:MOST_CITED]) * LINK

    return [Section("changes", list(changes.itertuples()), weigh)]


def of_decisions(site: Site) -> list[Section]:
    """The decisions where the passes differ."""
    return [Section("decisions", site.decided(), lambda row: ROW + LINK + 2 * len(row.note))]


def of_machine(tables: Any) -> list[Section]:
    """What machines missed, made up and misread, held against the coding that is read."""
    errors = tables["machine_errors"]
    errors = errors.assign(lang=errors.lang.map(language_of))

    def weigh(row: Any) -> int:
        return 2000 + 2 * len(row.quote) + len(row.why)

    kinds = ("missed", "extra", "misread")
    of_kind = {kind: list(errors[errors.error == kind].itertuples()) for kind in kinds}
    return [Section(kind, rows, weigh, anchor=kind) for kind, rows in of_kind.items()]


def of_camps(site: Site) -> list[Section]:
    """Who is in which camp of each division; and the ties that change from window to window."""
    members, changes = site.tables["camp_members"], site.tables["edge_changes"]
    camps = [
        (*key, group.actor_id.tolist())
        for key, group in members.groupby(["division", "group_no"], sort=True)
    ]
    changed = [(row, site.of(row.statement_ids)) for row in changes.itertuples()]

    def weigh(change: tuple[Any, list[Record]]) -> int:
        return 2 * ROW + 5 * LINK * len(change[1][:MOST_CITED])

    return [
        Section("camps", camps, lambda camp: ROW + LINK * len(camp[2]), anchor="camps"),
        Section("changes", changed, weigh, anchor="changes"),
    ]


def _plain(size: int) -> Weigh:
    return lambda item: size
