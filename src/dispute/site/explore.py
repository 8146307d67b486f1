"""What the pages show of a case: who said what, who stands with whom, which events; and the same as the rows of the figures, each with its link and title."""

from collections import defaultdict
from types import SimpleNamespace
from urllib.parse import quote

import pandas as pd

from dispute.site import passages as units
from dispute.site import svg
from helpers.analysis import chronology
from helpers.dates import edtf as dates
from helpers.words import counted

STRONGEST = 150  # edges that a figure draws; the tables hold all
NETWORKS = {  # network: (heading, what a line says, how an edge reads, noun of its evidence)
    "relation": (
        "Ties that the articles state",
        "An arrow is a tie that an article states, from the one who acts. Dashed: hostile. Full: formal. Dotted and dashed: friendly.",
        "{} {} {}",
        "passage",
    ),
    "conflict": (
        "Who disagrees",
        "A line joins two actors who take different stances on the same issue. The wider it is, the more they do so.",
        "{} and {} disagree",
        "statement",
    ),
    "congruence": (
        "Who agrees",
        "A line joins two actors who take the same or near stances on the same issue. They need not act together.",
        "{} and {} agree",
        "statement",
    ),
    "affiliation": (
        "Who belongs where",
        "An arrow goes from an actor to the body in which an article gives that actor an office or membership, also a former one.",
        "{}: office or membership in {}",
        "passage",
    ),
    "co-mention": (
        "Who is named together",
        "A line joins two actors whom one paragraph names. This is nearness on the page, not a tie.",
        "{} and {} are named together",
        "paragraph",
    ),
}


class Site:
    """A case and its tables as the templates ask for them. Nothing in it is HTML: the templates escape what they show."""

    def __init__(self, case, tables, coder):
        self.case, self.tables, self.coder = case, tables, coder
        self.names, self.camps, self.labels = case.names(), case.camps(), case.labels()
        self.scale = {row.stance: row.label for row in case.stances.itertuples()}
        self.sides = {row.stance: row.side for row in case.stances.itertuples()}
        self.periods = {row.period: row.label for row in case.periods.itertuples()}
        self._articles = {row.article_id: row for row in case.articles.itertuples()}
        self._propositions = dict(zip(case.issues.issue, case.issues.proposition))
        self.passages = units.passages(tables, coder)
        self.behind = units.by_edge(tables, self.passages)
        self.edges = {row["edge_id"]: row for row in tables["edges"].to_dict("records")}
        self.edges_of = defaultdict(list)
        for edge in self.edges.values():
            for actor in {edge["source"], edge["target"]}:
                self.edges_of[actor].append(edge)

    def name(self, actor):
        """The usual name of an actor, or its id where it has none."""
        return self.names.get(actor, actor)

    def by_name(self):
        """The ids of all actors in the order of their names."""
        return sorted(self.names, key=lambda actor: (self.names[actor].casefold(), actor))

    def articles(self):
        """The articles in the order of time."""
        return list(chronology.in_order(self.tables["articles"], "article_id").itertuples())

    def article(self, article):
        """The row of an article."""
        return self._articles[article]

    def publisher(self, article):
        """Who published an article, in words also where that is not known."""
        return self.article(article).publisher or "publisher not identified"

    def proposition(self, issue):
        """An issue as a sentence."""
        return self._propositions[issue]

    def printed(self, actor):
        """The names under which the articles print an actor, besides its usual name."""
        return sorted(
            set(self.case.aliases.loc[self.case.aliases.actor_id == actor, "alias"])
            - {self.name(actor)}
        )

    def of(self, unit, **wanted):
        """The passages of a unit whose columns hold these values, in the order of time, article and place."""
        chosen = [
            p
            for p in self.passages.values()
            if p["unit"] == unit and all(p[key] == value for key, value in wanted.items())
        ]
        return sorted(
            chosen,
            key=lambda p: (
                units.place_in_time(p),
                p["article_id"],
                p["start"],
                p["id"],
            ),
        )

    def on_page(self, article):
        """All passages of an article, in their order in it."""
        return units.in_order(p for p in self.passages.values() if p["article_id"] == article)

    def said(self, actor):
        """issue to (own statements, statements made for the actor by others), in the order of the codebook."""
        own, lent = self.of("statement", speaker=actor), self.of("statement", on_behalf_of=actor)
        found = {
            issue: (
                [p for p in own if p["issue"] == issue],
                [p for p in lent if p["issue"] == issue and p["speaker"] != actor],
            )
            for issue in self.labels
        }
        return {issue: both for issue, both in found.items() if any(both)}

    def stands(self, actor):
        """Every other actor with whom this one agrees or disagrees: (actor, agreeing edge or None, disagreeing edge or None), the strongest first."""
        found = defaultdict(dict)
        for edge in self.edges_of[actor]:
            if edge["network"] in ("congruence", "conflict"):
                found[edge["target"] if edge["source"] == actor else edge["source"]][
                    edge["network"]
                ] = edge
        rows = [
            (other, both.get("congruence"), both.get("conflict")) for other, both in found.items()
        ]
        return sorted(
            rows, key=lambda row: (-sum(float(edge["weight"]) for edge in row[1:] if edge), row[0])
        )

    def ties(self, actor=None, *networks):
        """The edges of networks, of one actor or all, the heaviest first."""
        chosen = self.edges.values() if actor is None else self.edges_of[actor]
        return sorted(
            (edge for edge in chosen if edge["network"] in networks),
            key=lambda edge: (-float(edge["weight"]), edge["edge_id"]),
        )

    def by_issue(self, edge):
        """The statements behind an edge of agreement or disagreement: rows of (issue, those of the source, those of the target)."""
        of = lambda issue, actor: [
            p
            for p in self.behind.get(edge["edge_id"], [])
            if p["issue"] == issue and p["speaker"] == actor
        ]
        rows = [
            (issue, of(issue, edge["source"]), of(issue, edge["target"])) for issue in self.labels
        ]
        return [row for row in rows if row[1] or row[2]]

    def reads(self, edge):
        """An edge in words."""
        source, target = self.name(edge["source"]), self.name(edge["target"])
        ends = (
            (source, edge["relation"].replace("-", " "), target)
            if edge["network"] == "relation"
            else (source, target)
        )
        return NETWORKS[edge["network"]][2].format(*ends)

    def accounts(self, event):
        """The mentions of an event side by side, in the order of the articles."""
        return sorted(
            self.of("event-mention", event_id=event),
            key=lambda p: (p["article_id"], p["start"], p["id"]),
        )

    def took_part(self, actor):
        """The events in which an actor took part, in the order of time."""
        return [
            event
            for event in self.tables["events"].itertuples()
            if actor in event.participants.split(";")
        ]

    def events_by_entry(self):
        """entry_id of the chronology to the row of its event."""
        return {f"corpus.{event.event_id}": event for event in self.tables["events"].itertuples()}

    def teller(self, entry):
        """Who says what an entry of the chronology says, in words."""
        return {"reported": "Reported", "context": "From outside"}.get(
            chronology.kind(entry)
        ) or "Claimed by " + ", ".join(
            self.name(actor) for actor in entry.claimants.split(";") if actor
        )

    def differ(self, event):
        """matter to the sides of it, where accounts of an event differ."""
        frame = self.tables["disagreements"]
        return {
            matter: list(sides.itertuples())
            for matter, sides in frame[frame.event_id == event].groupby("matter", sort=False)
        }

    def of_ids(self, row, *columns):
        """The passages that the first of these columns names which a row has."""
        return units.of_ids(
            next(getattr(row, column) for column in columns if hasattr(row, column)), self.passages
        )

    def measures(self):
        """The measures of the networks, the whole before its actors, the greatest first; `interval` in words."""
        frame = self.tables["network_measures"].dropna(subset="value")
        frame = frame.assign(
            single=frame.actor_id != "",
            interval=[
                f"{low:.2f} to {high:.2f}" if pd.notna(low) and pd.notna(high) else ""
                for low, high in zip(frame.low, frame.high)
            ],
        )
        return list(
            frame.sort_values(
                ["network", "single", "measure", "value", "actor_id"],
                ascending=[True, True, True, False, True],
            ).itertuples()
        )

    def stance_rows(self):
        """The stance table in the order of names, issues and periods."""
        issues, periods = list(self.labels), [*self.periods, "unplaced"]
        return sorted(
            self.tables["stance_table"].itertuples(),
            key=lambda row: (
                self.name(row.actor_id).casefold(),
                row.actor_id,
                issues.index(row.issue),
                row.capacity != "speaker",
                periods.index(row.period),
            ),
        )

    def actor_rows(self):
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

    def decided(self):
        """The decisions of the adjudication where the passes were not agreed, with the columns of `coding_differences` where that is there."""
        frame = self.tables.get("coding_differences", self.case.adjudication)
        return list(frame[frame.decision != "agreed"].itertuples())

    # rows of the figures: `href` is from the root of the site, and `root` leads there

    def drawn_nodes(self, root):
        """The actors of the networks with camp, link and title."""
        nodes = self.tables["nodes"]
        return nodes.assign(
            href=[f"{root}people/{actor}.html" for actor in nodes.actor_id],
            title=[
                f"{n.name}: {n.kind}{', with ' + self.name(n.camp) if n.camp and n.camp != n.actor_id else ''}; {counted(n.n_statements, 'statement')}"
                for n in nodes.itertuples()
            ],
        )

    def legend(self, nodes):
        """The camps as (class, shape, name), in the order of the figures."""
        return [
            (*look, self.name(camp) if camp else "no camp")
            for camp, look in svg.camps(nodes).items()
            if camp in set(nodes.camp)
        ]

    def drawn_edges(self, network, root, most=STRONGEST):
        """The strongest edges of a network with link, title, and what they can be filtered by."""
        rows, noun = self.ties(None, network)[:most], NETWORKS[network][3]
        for edge in rows:
            behind = self.behind.get(edge["edge_id"], [])
            weight = (
                f", weight {float(edge['weight']):.2f}"
                if network in ("congruence", "conflict")
                else ""
            )
            yield {
                **edge,
                "href": root + tie(edge["edge_id"]),
                "issues": _joined(p.get("issue") for p in behind),
                "periods": _joined(p.get("period") for p in behind),
                "camps": _joined(self.camps.get(edge[end]) for end in ("source", "target")),
                "title": f"{self.reads(edge)}: {edge['n_evidence']} {noun}{'' if edge['n_evidence'] == 1 else 's'} in {edge['n_articles']} article{'' if edge['n_articles'] == 1 else 's'}{weight}",
            }

    def drawn_network(self, network, root, most=STRONGEST):
        """Nodes and edges for `svg.network`."""
        columns = [
            "edge_id",
            "source",
            "target",
            "network",
            "relation",
            "sign",
            "weight",
            "href",
            "title",
            "issues",
            "camps",
            "periods",
        ]
        return self.drawn_nodes(root), pd.DataFrame(
            self.drawn_edges(network, root, most), columns=[*columns, "n_evidence", "n_articles"]
        )

    def drawn_entries(self, root):
        """The chronology with link, title, and what it can be filtered by."""
        entries, events = self.tables["chronology"], self.events_by_entry()
        periods = list(zip(self.case.periods.period, self.case.periods.period_edtf))
        of = lambda entry: events[entry].participants.split(";") if entry in events else []
        return entries.assign(
            kind=[chronology.kind(row) for row in entries.itertuples()],
            href=[f"{root}events.html#{self.event_anchor(entry)}" for entry in entries.entry_id],
            title=[
                f"{row.wording} ({units.BASIS[row.date_basis]}): {row.event} {self.teller(row)}: {row.source_text}"
                for row in entries.itertuples()
            ],
            camps=[
                _joined(self.camps.get(actor) for actor in of(entry)) for entry in entries.entry_id
            ],
            periods=[
                _joined(name for name, limits in periods if dates.within(value, limits))
                for value in entries.date_edtf
            ],
        )

    def event_anchor(self, entry):
        """The place of an entry of the chronology on the page of events."""
        return entry.removeprefix("corpus.")

    def drawn_cells(self, root):
        """The stance table of the actors' own words for `svg.matrix`: each cell over all periods (`period` empty), and each of one period."""
        table = self.tables["stance_table"]
        own = table[table.capacity == "speaker"]
        least = 1 + max(
            (n for n, mean in zip(own.n, own.mean_stance) if pd.isna(mean)), default=0
        )  # fewer statements than this have no mean
        counts = [
            column for column in ("n", "n_for", "n_conditional", "n_against") if column in own
        ]
        pooled = (
            own.groupby(["actor_id", "issue"], as_index=False)
            .agg({**dict.fromkeys(counts, "sum"), "statement_ids": ";".join})
            .assign(period="")
        )
        cells = pd.concat([pooled, own[own.period != "unplaced"]], ignore_index=True)
        means = [
            [int(self.passages[one]["stance"]) for one in ids.split(";")]
            for ids in cells.statement_ids
        ]
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

    def _cell(self, cell):
        when = f" ({self.periods.get(cell.period, cell.period)})" if cell.period else ""
        return (
            f"{self.name(cell.actor_id)} on “{self.labels[cell.issue]}”{when}: {cell.n_for} for, {cell.n_against} against, of {cell.n} statement{'' if cell.n == 1 else 's'}"
            + ("" if pd.isna(cell.mean_stance) else f"; mean stance {cell.mean_stance:.2f}")
        )

    def matrix_axes(self, cells, root):
        """The actors (id to name and link) and issues (id to label) of a stance matrix; the actor with the most statements first."""
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

    def per_article(self, root):
        """The articles as rows of `svg.bars`: how many statements each holds."""
        counts = defaultdict(int)
        for record in self.passages.values():
            counts[record["article_id"]] += record["unit"] == "statement"
        return [
            (
                f"{dates.wording(a.published)}, {self.publisher(a.article_id)}",
                f"{root}evidence/{a.article_id}.html",
                [("count", counts[a.article_id], counted(counts[a.article_id], "statement"))]
                if counts[a.article_id]
                else [],
            )
            for a in self.articles()
        ]

    def sided(self, records, root):
        """Statements as rows of `svg.bars`: for each actor, how many against and for. The one with the most stands first."""
        counts = defaultdict(lambda: {"against": 0, "for": 0, "conditional": 0, "neutral": 0})
        issue = records[0]["issue"]
        for record in records:
            counts[record["speaker"]][self.sides[record["stance"]]] += 1
        return [
            (
                self.name(actor),
                f"{root}people/{actor}.html#on-{issue}",
                [(side, n, f"{n} {side}") for side, n in sides.items() if n],
            )
            for actor, sides in sorted(
                counts.items(), key=lambda item: (-sum(item[1].values()), item[0])
            )
        ]

    def filters(self, *kinds):
        """What a figure can be filtered by: (kind, label, [(value, words)]) for `issue`, `camp`, `period`, `kind`, without those that offer no choice."""
        heads = sorted({camp for camp in self.camps.values() if camp}, key=self.name)
        told = {chronology.kind(row) for row in self.tables["chronology"].itertuples()}
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
                if kind in told
            ],
        }
        return [
            (kind, "source" if kind == "kind" else kind, values[kind])
            for kind in kinds
            if len(values[kind]) > 1
        ]


def tie(edge_id):
    """The place of an edge on the pages of ties, from the root of the site."""
    return f"ties/{edge_id.partition(':')[0]}.html#{quote(edge_id, safe=':()-~')}"


def _joined(values):
    return " ".join(sorted({value for value in values if value and value != "unplaced"}))
