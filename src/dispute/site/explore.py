"""What the pages show of a case: who said what, who stands with whom, which events.

And the same as the rows of the figures, each with its link and title.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from types import SimpleNamespace
from typing import Any, NamedTuple, cast
from urllib.parse import quote

import pandas as pd

from dispute.site import passages, svg
from dispute.site.passages import EventMention, Record, Row, Statement
from helpers.analysis import chronology
from helpers.analysis.by_account import CLAIMED
from helpers.analysis.rankings import CAUTION, Ranking, is_ranked, ranking
from helpers.analysis.stances import UNPLACED
from helpers.case.load import Case
from helpers.case.schema import columns
from helpers.case.selection import in_order_of_publication, publication
from helpers.dates.edtf import within
from helpers.words import and_joined, counted, says_that

Edge = dict[str, Any]

# How a line looks (a class of the figures), and what that means.
_LINES = {
    "formal": "formal",
    "hostile": "hostile",
    "friendly": "friendly",
    "conflict": "disagree",
    "congruence": "agree",
    "affiliation": "office or membership",
    "co-mention": "named together",
}
LOOKS = _LINES | {f"{look} claimed": f"{words}, only claimed" for look, words in _LINES.items()}
# Edges that a figure draws; the tables hold all.
STRONGEST = 150
# An id with a hyphen, as it may stand in the words of a coder.
ID = re.compile(r"\b[a-z0-9]+(?:-[a-z0-9]+)+\b")
# Pairs that a ranking lists, of parties and of the others.
RANKED = 10


class NetworkWords(NamedTuple):
    """A network in words: its heading, what a line of its figure says, and how an edge reads.

    `evidence` is the noun of what an edge rests on.
    """

    heading: str
    line: str
    edge: str
    evidence: str


NETWORKS = {
    "relation": NetworkWords(
        "Ties that the articles state or report as claims",
        "An arrow is a tie that an article states, from the one who acts. Dashed: hostile. "
        "Unbroken: formal. Dotted and dashed: friendly. A hollow arrow is a tie that no article "
        "states in its own voice: somebody says so.",
        "{} {} {}",
        "passage",
    ),
    "conflict": NetworkWords(
        "Who disagrees",
        "A line joins two actors who take different stances on the same issue. "
        "The wider it is, the more they do so.",
        "{} and {} disagree",
        "statement",
    ),
    "congruence": NetworkWords(
        "Who agrees",
        f"A line joins two actors who take the same or near stances on the same issue. {CAUTION}",
        "{} and {} agree",
        "statement",
    ),
    "affiliation": NetworkWords(
        "Who belongs where",
        "An arrow goes from an actor to the body in which an article gives that actor an office "
        "or membership, also a former one.",
        "{}: office or membership in {}",
        "passage",
    ),
    "co-mention": NetworkWords(
        "Who is named together",
        "A line joins two actors whom one paragraph names. "
        "This is nearness on the page, not a tie.",
        "{} and {} are named together",
        "paragraph",
    ),
}


class Site:
    """A case and its tables as the templates ask for them.

    Nothing in it is HTML: the templates escape what they show.
    """

    def __init__(self, case: Case, tables: Mapping[str, pd.DataFrame], coder: str) -> None:
        self.case = case
        self.tables = tables
        self.coder = coder
        self.names = case.names_apart()
        self.camps = case.camps()
        self.labels = case.labels()
        labelled = {issue: f"“{label}”" for issue, label in self.labels.items()}
        self._called = {one: name for one, name in (labelled | self.names).items() if "-" in one}
        self.verbs = case.ties()
        self.scale = {row.stance: row.label for row in case.stances.itertuples()}
        self.sides = {row.stance: row.side for row in case.stances.itertuples()}
        self.periods = {row.period: row.label for row in case.periods.itertuples()}
        self._articles = {row.article_id: row for row in case.articles.itertuples()}
        self._propositions = dict(zip(case.issues.issue, case.issues.proposition, strict=True))
        self.passages = passages.passages(tables, coder)
        self.behind = passages.by_edge(tables, self.passages)
        self.edges: dict[str, Edge] = {
            row["edge_id"]: row for row in tables["edges"].to_dict("records")
        }
        enough = is_ranked(tables["edges"])
        self._ranked = set(tables["edges"].edge_id[enough])
        self.edges_of: dict[str, list[Edge]] = defaultdict(list)
        for edge in self.edges.values():
            for actor in {edge["source"], edge["target"]}:
                self.edges_of[actor].append(edge)

    def name(self, actor: str) -> str:
        """The usual name of an actor, or its id where it has none."""
        return self.names.get(actor, actor)

    def by_name(self) -> list[str]:
        """The ids of all actors in the order of their names."""
        return sorted(self.names, key=lambda actor: (self.names[actor].casefold(), actor))

    def articles(self) -> list[Any]:
        """The articles in the order of time."""
        return list(in_order_of_publication(self.tables["articles"]).itertuples())

    def article(self, article: str) -> Any:
        """The row of an article."""
        return self._articles[article]

    def publisher(self, article: str) -> str:
        """Who published an article, in words also where that is not known."""
        return self.article(article).publisher or "publisher not identified"

    def proposition(self, issue: str) -> str:
        """An issue as a sentence."""
        return self._propositions[issue]

    def printed(self, actor: str) -> list[tuple[str, str]]:
        """The names under which the articles print an actor, besides its usual name.

        Rows of (name, what a reader should know of it), in the order of names.
        """
        aliases = self.case.aliases
        own = aliases[(aliases.actor_id == actor) & (aliases.alias != self.name(actor))]
        notes = own.groupby("alias", sort=True).note.agg(lambda cells: "; ".join(_each(cells)))
        return list(notes.items())

    def plainly(self, text: str) -> str:
        """A coder's words for a reader: the ids of actors and issues in them as names and labels.

        Only ids that no word of a language is: those with a hyphen.
        """
        return ID.sub(lambda found: self._called.get(found[0], found[0]), text)

    def of(self, unit: str, **wanted: str) -> list[Record]:
        """The passages of a unit whose columns hold these values.

        In the order of time, article and place.
        """

        def fits(p: Row) -> bool:
            return all(p[key] == value for key, value in wanted.items())

        records = (p for p in self.passages.values() if p["unit"] == unit)
        chosen = [p for p in records if fits(cast(Row, p))]
        return sorted(
            chosen,
            key=lambda p: (
                passages.place_in_time(p),
                p["article_id"],
                p["start"],
                p["id"],
            ),
        )

    def _statements(self, **wanted: str) -> list[Statement]:
        return cast(list[Statement], self.of("statement", **wanted))

    def on_page(self, article: str) -> list[Record]:
        """All passages of an article, in their order in it."""
        return passages.in_order(p for p in self.passages.values() if p["article_id"] == article)

    def said(self, actor: str) -> dict[str, tuple[list[Statement], list[Statement]]]:
        """What an actor says on each issue, in the order of the codebook.

        issue to (own statements, statements made for the actor by others); an issue without any
        is left out.
        """
        own, lent = self._statements(speaker=actor), self._statements(on_behalf_of=actor)
        by_issue = {
            issue: (
                [p for p in own if p["issue"] == issue],
                [p for p in lent if p["issue"] == issue and p["speaker"] != actor],
            )
            for issue in self.labels
        }
        return {issue: both for issue, both in by_issue.items() if any(both)}

    def stands(self, actor: str) -> list[tuple[str, Edge | None, Edge | None]]:
        """Every other actor with whom this one agrees or disagrees, in the order of names.

        Rows of (actor, edge of agreement or None, edge of disagreement or None).
        """
        shared: dict[str, dict[str, Edge]] = defaultdict(dict)
        for edge in self.edges_of[actor]:
            if edge["network"] in ("congruence", "conflict"):
                other = edge["target"] if edge["source"] == actor else edge["source"]
                shared[other][edge["network"]] = edge
        rows = [
            (other, both.get("congruence"), both.get("conflict")) for other, both in shared.items()
        ]
        return sorted(rows, key=lambda row: (self.name(row[0]).casefold(), row[0]))

    def ranking(self, network: str, most: int = RANKED) -> Ranking:
        """The pairs of a network that rest on articles enough."""
        edges = self.tables["edges"]
        return ranking(edges[edges.network == network], self.case.kinds(), most)

    def is_thin(self, edge: Edge) -> bool:
        """Whether an edge of agreement or disagreement has too few articles to be ranked."""
        return edge["network"] in ("congruence", "conflict") and edge["edge_id"] not in self._ranked

    def ties(self, actor: str | None = None, *networks: str) -> list[Edge]:
        """The edges of networks, of one actor or all, the heaviest first.

        Those of agreement and disagreement that rest on too few articles come after all others, and
        so do claimed ties, under their claimants.
        """
        chosen = self.edges.values() if actor is None else self.edges_of[actor]
        return sorted(
            (edge for edge in chosen if edge["network"] in networks),
            key=lambda edge: (
                self.is_thin(edge),
                _claimant_of_tie(edge),
                -float(edge["weight"]),
                edge["edge_id"],
            ),
        )

    def by_issue(self, edge: Edge) -> list[tuple[str, list[Statement], list[Statement]]]:
        """The statements behind an edge of agreement or disagreement, by issue.

        Rows of (issue, those of the source, those of the target).
        """
        behind = cast(list[Statement], self.behind.get(edge["edge_id"], []))

        def of(issue: str, actor: str) -> list[Statement]:
            return [p for p in behind if p["issue"] == issue and p["speaker"] == actor]

        rows = [
            (issue, of(issue, edge["source"]), of(issue, edge["target"])) for issue in self.labels
        ]
        return [row for row in rows if row[1] or row[2]]

    def reads(self, edge: Edge) -> str:
        """An edge in words."""
        source, target = self.name(edge["source"]), self.name(edge["target"])
        ends = (
            (source, self.verbs[edge["relation"]], target)
            if edge["network"] == "relation"
            else (source, target)
        )
        words = NETWORKS[edge["network"]].edge.format(*ends)
        if edge["account"] != CLAIMED:
            return words
        if edge["network"] == "relation":
            return f"{says_that(self._names_of(edge['claimants']))} {words}"
        return f"{words}, as {self.names_of(edge['claimants'])} alone tells it"

    def _names_of(self, actors: str) -> list[str]:
        """The names of actors whose ids are parted by ";"."""
        return [self.name(actor) for actor in actors.split(";") if actor]

    def names_of(self, actors: str) -> str:
        """The same in a row of words."""
        return and_joined(self._names_of(actors))

    def begins_claims(self, edges: list[Edge], place: int) -> bool:
        """Whether the claimed ties of some claimants begin at a place in a list of edges."""
        claimant = _claimant_of_tie(edges[place])
        return bool(claimant) and (place == 0 or claimant != _claimant_of_tie(edges[place - 1]))

    def claims_of(self, actor: str) -> list[Edge]:
        """The ties of others that this actor alone, or with others, claims."""
        return [
            edge
            for edge in self.ties(None, "relation")
            if actor in _claimant_of_tie(edge).split(";")
            and actor not in (edge["source"], edge["target"])
        ]

    def line_key(self, edges: pd.DataFrame) -> list[tuple[str, str]]:
        """The looks of the drawn lines, each with its words."""
        looks = {svg.look_of(edge) for edge in edges.itertuples()}
        return [(look, LOOKS[look]) for look in LOOKS if look in looks]

    def accounts(self, entries: str) -> list[EventMention]:
        """The mentions of an entry of the chronology side by side, in the order of the articles.

        `entries`: its `members`.
        """
        mentions = [
            one
            for event in self._events_in(entries)
            for one in cast(list[EventMention], self.of("event-mention", event_id=event))
        ]
        return sorted(
            mentions,
            key=lambda p: (p["article_id"], p["start"], p["id"]),
        )

    def took_part(self, actor: str) -> list[Any]:
        """The events in which an actor took part, in the order of time."""
        return [
            event
            for event in self.tables["events"].itertuples()
            if actor in event.participants.split(";")
        ]

    def events_by_entry(self) -> dict[str, Any]:
        """entry_id of the chronology to the row of its event."""
        return {f"corpus.{event.event_id}": event for event in self.tables["events"].itertuples()}

    def teller(self, entry: Any) -> str:
        """Who says what an entry of the chronology says, in words."""
        kind = chronology.kind(entry)
        if kind == "context":
            return "From outside"
        words = "Reported" if kind == "reported" else f"Claimed by {self.names_of(entry.claimants)}"
        return f"{words}, and from outside" if entry.outside_event else words

    def _events_in(self, entries: str) -> list[str]:
        """The events of the articles among entries of the chronology."""
        return [
            entry.removeprefix("corpus.")
            for entry in entries.split(";")
            if entry.startswith("corpus.")
        ]

    def differ(self, entries: str) -> dict[str, list[Any]]:
        """matter to the sides of it, where accounts of an entry (its `members`) differ."""
        frame = self.tables["disagreements"]
        here = frame[frame.event_id.isin(self._events_in(entries))]
        return {
            matter: list(sides.itertuples()) for matter, sides in here.groupby("matter", sort=False)
        }

    def of_ids(self, row: Any, *names: str) -> list[Record]:
        """The passages that a row names in the first of these columns that it has."""
        return passages.of_ids(
            next(getattr(row, name) for name in names if hasattr(row, name)), self.passages
        )

    def measures(self) -> list[Any]:
        """The measures of the networks, the whole before its actors, the greatest first.

        `interval` holds the bounds `low` and `high` in words, empty where a measure has none.
        """
        frame = self.tables["network_measures"].dropna(subset="value")
        frame = frame.assign(
            single=frame.actor_id != "",
            interval=[
                f"{low:.2f} to {high:.2f}" if pd.notna(low) and pd.notna(high) else ""
                for low, high in zip(frame.low, frame.high, strict=True)
            ],
        )
        return list(
            frame.sort_values(
                ["network", "single", "measure", "value", "actor_id"],
                ascending=[True, True, True, False, True],
            ).itertuples()
        )

    def stance_rows(self) -> list[Any]:
        """The stance table in the order of names, issues and periods."""
        issues = list(self.labels)
        # Those of the calendar are in the order of their names.
        place = {period: number for number, period in enumerate(self.periods)}
        return sorted(
            self.tables["stance_table"].itertuples(),
            key=lambda row: (
                self.name(row.actor_id).casefold(),
                row.actor_id,
                issues.index(row.issue),
                row.capacity != "speaker",
                row.period == UNPLACED,
                place.get(row.period, 0),
                row.period,
            ),
        )

    def actor_rows(self) -> list[SimpleNamespace]:
        """The actors in the order of names, with how much was coded of each."""
        counts = self.tables["nodes"].set_index("actor_id")
        return [
            SimpleNamespace(
                **row._asdict(),
                **{c: int(counts[c].get(row.actor_id, 0)) for c in ("n_statements", "n_relations")},
            )
            for row in sorted(
                self.case.actors.itertuples(index=False),
                key=lambda row: (row.name.casefold(), row.actor_id),
            )
        ]

    def decided(self) -> list[Any]:
        """What was decided where the passes differ: rows of `coding_differences`."""
        frame = self.case.adjudication
        return list(frame[frame.decision != "agreed"].itertuples())

    # rows of the figures: `href` is from the root of the site, and `root` leads there

    def drawn_nodes(self, root: str) -> pd.DataFrame:
        """The actors of the networks with camp, link and title."""
        nodes = self.tables["nodes"]
        return nodes.assign(
            href=[f"{root}people/{actor}.html" for actor in nodes.actor_id],
            title=[
                f"{n.name}: {n.kind}{self._ally(n)}; {counted(n.n_statements, 'statement')}"
                for n in nodes.itertuples()
            ],
        )

    def _ally(self, node: Any) -> str:
        with_others = node.camp and node.camp != node.actor_id
        return f", with {self.name(node.camp)}" if with_others else ""

    def legend(self, nodes: pd.DataFrame) -> list[tuple[str, str, str]]:
        """The camps as (class, shape, name), in the order of the figures."""
        return [
            (*look, self.name(camp) if camp else "no camp")
            for camp, look in svg.camps(nodes).items()
            if camp in set(nodes.camp)
        ]

    def drawn_edges(
        self, network: str, root: str, most: int = STRONGEST, ranked: bool = False
    ) -> Iterator[Edge]:
        """The strongest edges of a network with link, title, and what they can be filtered by.

        With `ranked`, only those that rest on articles enough.
        """
        for edge in self.ties(None, network)[:most]:
            if ranked and self.is_thin(edge):
                continue
            behind = self.behind.get(edge["edge_id"], [])
            yield {
                **edge,
                "href": root + tie(edge["edge_id"]),
                "issues": _joined(p["issue"] for p in behind if p["unit"] == "statement"),
                "periods": _joined(p["period"] for p in behind),
                "camps": _joined(self.camps.get(edge[end]) for end in ("source", "target")),
                "title": self._edge(edge),
            }

    def _edge(self, edge: Edge) -> str:
        """What a line of a figure says when it is hovered, focused or read aloud."""
        evidence = counted(edge["n_evidence"], NETWORKS[edge["network"]].evidence)
        title = f"{self.reads(edge)}: {evidence} in {counted(edge['n_articles'], 'article')}"
        if edge["network"] in ("congruence", "conflict"):
            title += f", weight {float(edge['weight']):.2f}"
        return title

    def drawn_network(
        self, network: str, root: str, most: int = STRONGEST, ranked: bool = False
    ) -> tuple[pd.DataFrame, pd.DataFrame]:
        """Nodes and edges for `svg.network`."""
        edges = pd.DataFrame(
            self.drawn_edges(network, root, most, ranked),
            columns=[*columns("edges"), "href", "title", "issues", "camps", "periods"],
        )
        return self.drawn_nodes(root), edges

    def drawn_entries(self, root: str) -> pd.DataFrame:
        """The chronology with link, title, and what it can be filtered by."""
        entries, events = self.tables["chronology"], self.events_by_entry()
        spans = self.case.periods
        periods = list(zip(spans.period, spans.period_edtf, strict=True))

        def of(entry: str) -> list[str]:
            return events[entry].participants.split(";") if entry in events else []

        return entries.assign(
            kind=[chronology.kind(row) for row in entries.itertuples()],
            href=[f"{root}events.html#{self.event_anchor(entry)}" for entry in entries.entry_id],
            title=[
                f"{row.wording} ({passages.BASIS[row.date_basis]}): {row.event} "
                f"{self.teller(row)}: {row.source_text}"
                for row in entries.itertuples()
            ],
            camps=[
                _joined(self.camps.get(actor) for actor in of(entry)) for entry in entries.entry_id
            ],
            periods=[
                _joined(name for name, limits in periods if within(value, limits))
                for value in entries.date_edtf
            ],
        )

    def event_anchor(self, entry: str) -> str:
        """The place of an entry of the chronology on the page of events."""
        return entry.removeprefix("corpus.")

    def drawn_cells(self, root: str) -> pd.DataFrame:
        """The stance table of the actors' own words for `svg.matrix`.

        Each cell over all periods (`period` empty), and each of one period.
        """
        table = self.tables["stance_table"]
        own = table[table.capacity == "speaker"]
        # Fewer statements than this have no mean.
        least = 1 + max(own.n[own.mean_stance.isna()], default=0)
        counts = [
            column for column in ("n", "n_for", "n_conditional", "n_against") if column in own
        ]
        pooled = (
            own.groupby(["actor_id", "issue"], as_index=False)
            .agg({**dict.fromkeys(counts, "sum"), "statement_ids": ";".join})
            .assign(period="")
        )
        cells = pd.concat([pooled, own[own.period != UNPLACED]], ignore_index=True)
        # Of every coder and period: a notebook may have been asked for others than the site.
        coded = self.case.statements
        stances = dict(zip(coded.statement_id, coded.stance.astype(int), strict=True))
        means = [[stances[one] for one in ids.split(";")] for ids in cells.statement_ids]
        cells = cells.assign(
            mean_stance=pd.Series(
                [sum(s) / len(s) if len(s) >= least else float("nan") for s in means],
                index=cells.index,
                dtype=float,
            ),
            camp=cells.actor_id.map(self.camps),
            href=[f"{root}people/{c.actor_id}.html#on-{c.issue}" for c in cells.itertuples()],
        )
        return cells.assign(title=[self._cell(cell) for cell in cells.itertuples()])

    def _cell(self, cell: Any) -> str:
        when = f" ({self.periods.get(cell.period, cell.period)})" if cell.period else ""
        title = (
            f"{self.name(cell.actor_id)} on “{self.labels[cell.issue]}”{when}: "
            f"{cell.n_for} for, {cell.n_against} against, of {counted(cell.n, 'position')}"
        )
        if pd.isna(cell.mean_stance):
            return title
        return f"{title}; mean stance {cell.mean_stance:.2f}"

    def matrix_axes(
        self, cells: pd.DataFrame, root: str
    ) -> tuple[dict[str, tuple[str, str]], dict[str, str]]:
        """The actors (id to name and link) and the issues (id to label) of a stance matrix.

        The actor with the most statements stands first, the issues in the order of the codebook.
        """
        totals = (
            cells[cells.period == ""]
            .groupby("actor_id")
            .n.sum()
            .sort_index()
            .sort_values(ascending=False, kind="stable")
        )
        return {
            actor: (self.name(actor), f"{root}people/{actor}.html") for actor in totals.index
        }, {issue: label for issue, label in self.labels.items() if issue in set(cells.issue)}

    def per_article(self, root: str) -> list[svg.Bar]:
        """The articles as rows of `svg.bars`: how many statements each holds."""
        counts: dict[str, int] = defaultdict(int)
        for record in self.passages.values():
            counts[record["article_id"]] += record["unit"] == "statement"
        return [
            (
                f"{publication(a.published)}, {self.publisher(a.article_id)}",
                f"{root}evidence/{a.article_id}.html",
                [("count", counts[a.article_id], counted(counts[a.article_id], "statement"))]
                if counts[a.article_id]
                else [],
            )
            for a in self.articles()
        ]

    def filters(self, *kinds: str) -> list[tuple[str, str, list[tuple[str, str]]]]:
        """What a figure can be filtered by, of the kinds `issue`, `camp`, `period` and `kind`.

        Rows of (kind, label, [(value, words)]), without those that offer no choice.
        """
        heads = sorted({camp for camp in self.camps.values() if camp}, key=self.name)
        sources = {chronology.kind(row) for row in self.tables["chronology"].itertuples()}
        values = {
            "issue": list(self.labels.items()),
            "camp": [(camp, self.name(camp)) for camp in heads],
            "period": list(self.periods.items()),
            "kind": [
                (kind, words)
                for kind, words in (
                    ("reported", "reported by the articles"),
                    ("claimed", "claimed by somebody"),
                    ("context", "from outside"),
                )
                if kind in sources
            ],
        }
        return [
            (kind, "source" if kind == "kind" else kind, values[kind])
            for kind in kinds
            if len(values[kind]) > 1
        ]


def _claimant_of_tie(edge: Edge) -> str:
    """By whose word alone a tie stands, ids parted by ";"; empty for all other edges."""
    claimed = edge["network"] == "relation" and edge["account"] == CLAIMED
    return str(edge["claimants"]) if claimed else ""


def tie(edge_id: str) -> str:
    """The place of an edge on the pages of ties, from the root of the site."""
    return f"ties/{edge_id.partition(':')[0]}.html#{quote(edge_id, safe=':()-~')}"


def _each(cells: Iterable[str]) -> list[str]:
    """The different texts of some cells, without empty ones."""
    return sorted(set(cells) - {""})


def _joined(values: Iterable[str | None]) -> str:
    return " ".join(sorted({value for value in values if value and value != UNPLACED}))
