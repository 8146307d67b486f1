"""Lookups: what the pages ask of a case by name: actors, articles, issues, and who said what.

Nothing in it is HTML: the templates escape what they show.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from functools import cached_property
from types import SimpleNamespace
from typing import Any, cast

import pandas as pd

from dispute.site import passages
from dispute.site.passages import Affiliation, EventMention, Record, Statement
from helpers.analysis.stances import UNPLACED
from helpers.case.load import Case
from helpers.case.schema import SCHEMA
from helpers.case.selection import in_order_of_publication, publication
from helpers.words import and_joined, languages

# An id with a hyphen, as it may stand in the words of a coder.
ID = re.compile(r"\b[a-z0-9]+(?:-[a-z0-9]+)+\b")

# What a reader calls a table that a coder names: by its file, or by a name that is no word.
TABLES = {name: f"the table of {name.replace('_', ' ')}" for name in SCHEMA["raw"]}
TABLES["context_events"] = "the list of outside events"
NO_WORD = [name for name in TABLES if "_" in name]
TABLE = re.compile(rf"\b(?:({'|'.join(TABLES)})\.csv|({'|'.join(NO_WORD)}))\b")

Said = dict[str, tuple[list[Statement], list[Statement]]]


class Site:
    """A case and its tables as the templates ask for them.

    `coder`: the pass that the tables were made from.
    """

    def __init__(self, case: Case, tables: Mapping[str, pd.DataFrame], coder: str) -> None:
        self.case = case
        self.tables = tables
        self.coder = coder
        self.names = case.names_apart()
        self.camps = case.camps()
        self.labels = case.labels()
        # What a figure names an issue by: ids are long, and a line may have forty.
        self.numbers = {issue: str(number) for number, issue in enumerate(self.labels, start=1)}
        self.verbs = case.ties()
        self.scale = {row.stance: row.label for row in case.stances.itertuples()}
        self.sides = {row.stance: row.side for row in case.stances.itertuples()}
        self.periods = {row.period: row.label for row in case.periods.itertuples()}
        self.passages = passages.passages(tables, coder)
        self._actors = {row.actor_id: row for row in case.actors.itertuples()}
        self._articles = {row.article_id: row for row in case.articles.itertuples()}
        self._propositions = dict(zip(case.issues.issue, case.issues.proposition, strict=True))

    # Names.

    def name(self, actor: str) -> str:
        """The usual name of an actor, or its id where it has none."""
        return self.names.get(actor, actor)

    def by_name(self) -> list[str]:
        """The ids of all actors in the order of their names."""
        return sorted(self.names, key=self.in_order)

    def actor(self, actor: str) -> Any:
        """The row of an actor in the codebook."""
        return self._actors[actor]

    def in_order(self, actor: str) -> tuple[str, str]:
        """By what actors are put in the order of their names."""
        return self.name(actor).casefold(), actor

    def list_names(self, actors: str) -> list[str]:
        """The names of actors whose ids are parted by ";"."""
        return [self.name(actor) for actor in actors.split(";") if actor]

    def names_of(self, actors: str) -> str:
        """The same in a row of words."""
        return and_joined(self.list_names(actors))

    def printed(self, actor: str) -> list[tuple[str, str]]:
        """The names under which the articles print an actor, besides its usual name.

        Rows of (name, what a reader should know of it), in the order of names.
        """
        notes = self._aliases.get(actor, {})
        return [(alias, "; ".join(sorted(notes[alias] - {""}))) for alias in sorted(notes)]

    @cached_property
    def _aliases(self) -> dict[str, dict[str, set[str]]]:
        """actor to its aliases to their notes."""
        notes: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
        for row in self.case.aliases.itertuples():
            if row.alias != self.name(row.actor_id):
                notes[row.actor_id][row.alias].add(row.note)
        return notes

    def plainly(self, words: str) -> str:
        """A coder's words for a reader: each id in them as what it stands for is called.

        Only ids that no word of a language is: those with a hyphen. So are the names of tables.
        """
        words = TABLE.sub(lambda found: TABLES[found[1] or found[2]], words)
        return ID.sub(lambda found: self._called.get(found[0], found[0]), words)

    def actor_rows(self) -> list[SimpleNamespace]:
        """The actors in the order of names, with how much was coded of each."""
        counts = self.tables["nodes"].set_index("actor_id")
        numbers = {name: counts[name].to_dict() for name in ("n_statements", "n_relations")}
        rows = []
        for row in self.case.actors.itertuples(index=False):
            found = {name: int(some.get(row.actor_id, 0)) for name, some in numbers.items()}
            rows.append(SimpleNamespace(**row._asdict(), **found))
        return sorted(rows, key=lambda row: (row.name.casefold(), row.actor_id))

    # Articles and issues.

    def articles(self) -> list[Any]:
        """The articles in the order of time."""
        return list(in_order_of_publication(self.tables["articles"]).itertuples())

    def article(self, article: str) -> Any:
        """The row of an article."""
        return self._articles[article]

    def publisher(self, article: str) -> str:
        """Who published an article, in words also where that is not known."""
        return self.article(article).publisher or "publisher not identified"

    @cached_property
    def _called(self) -> dict[str, str]:
        """What an id is called that may stand in a coder's words."""
        passes = {name: f"pass {number}" for number, name in enumerate(self.case.passes(), 1)}
        units = {name: self.place(record) for name, record in self.passages.items()}
        labelled = {issue: f"“{label}”" for issue, label in self.labels.items()}
        return passes | units | self._called_articles | labelled | self.names

    @cached_property
    def _called_articles(self) -> dict[str, str]:
        """article_id to publisher and date; where several have the same, each with a number."""
        called: dict[str, list[str]] = defaultdict(list)
        for article in self.articles():
            name = f"{self.publisher(article.article_id)}, {publication(article.published)}"
            called[name].append(article.article_id)
        return {
            article: name if len(same) == 1 else f"{name}, no. {number}"
            for name, same in called.items()
            for number, article in enumerate(same, start=1)
        }

    def called(self, article: str) -> str:
        """What an article is called beside a passage of it: its publisher and its date."""
        return self._called_articles[article]

    def proposition(self, issue: str) -> str:
        """An issue as a sentence."""
        return self._propositions[issue]

    def period(self, period: str) -> str:
        """A period in words, also where it is none."""
        return self.periods.get(period, "no single period")

    # Passages.

    @cached_property
    def _on_page(self) -> dict[str, list[Record]]:
        pages: dict[str, list[Record]] = defaultdict(list)
        for record in passages.in_order(self.passages.values()):
            pages[record["article_id"]].append(record)
        return pages

    def on_page(self, article: str) -> list[Record]:
        """All passages of an article, in their order in it."""
        return self._on_page.get(article, [])

    @cached_property
    def glossed(self) -> list[Record]:
        """The passages that a coder put into English, in the order of article and place."""
        return [record for page in self._on_page.values() for record in page if record.get("gloss")]

    def other_languages(self) -> str:
        """The languages besides English in the articles of these passages, in words."""
        articles = {record["article_id"] for record in self.glossed}
        tags = {tag for one in articles for tag in self.article(one).language.split(";")}
        return languages(";".join(sorted(tags - {"", "en"})))

    @cached_property
    def _number(self) -> dict[str, int]:
        """Each coded unit to its number among those of its article, in their order in it."""
        return {
            record["id"]: number
            for article in self._on_page.values()
            for number, record in enumerate(filter(passages.is_coded, article), start=1)
        }

    def number(self, record: Record) -> int:
        """The how-manieth coded passage of its article a record is."""
        return self._number[record["id"]]

    def place(self, record: Record) -> str:
        """Where a record stands, in words: "passage 3 of Daily Post, 5 May 2019"."""
        article = self.called(record["article_id"])
        if not passages.is_coded(record):
            return article
        return f"passage {self.number(record)} of {article}"

    @cached_property
    def _by_role(self) -> dict[tuple[str, str], list[Record]]:
        """The coded units by a role (a column) and who has it, in the order of time."""
        roles: dict[tuple[str, str], list[Record]] = defaultdict(list)
        named = {
            "statement": ["speaker", "on_behalf_of"],
            "affiliation": ["actor_id", "organisation"],
            "event-mention": ["event_id"],
        }
        for record in sorted(self.passages.values(), key=passages.in_time):
            for role in named.get(record["unit"], []):
                roles[role, cast(dict, record)[role]].append(record)
        return roles

    def said(self, actor: str) -> Said:
        """What an actor says on each issue, in the order of the codebook.

        issue to (own statements, statements made for the actor by others); an issue without any
        is left out. Each is in the order of time.
        """
        own = cast(list[Statement], self._by_role.get(("speaker", actor), []))
        lent = cast(list[Statement], self._by_role.get(("on_behalf_of", actor), []))
        by_issue: Said = {issue: ([], []) for issue in self.labels}
        for record in own:
            if record["issue"] in by_issue:
                by_issue[record["issue"]][0].append(record)
        for record in lent:
            if record["issue"] in by_issue and record["speaker"] != actor:
                by_issue[record["issue"]][1].append(record)
        return {issue: both for issue, both in by_issue.items() if any(both)}

    def offices(self, actor: str) -> list[Affiliation]:
        """The offices and memberships of an actor."""
        return cast(list[Affiliation], self._by_role.get(("actor_id", actor), []))

    def members(self, actor: str) -> list[Affiliation]:
        """Who holds an office or is a member in an organisation."""
        return cast(list[Affiliation], self._by_role.get(("organisation", actor), []))

    def mentions(self, event: str) -> list[EventMention]:
        """The accounts of an event, in the order of time."""
        return cast(list[EventMention], self._by_role.get(("event_id", event), []))

    def of_ids(self, row: Any, *names: str) -> list[Record]:
        """The passages that a row names in the first of these columns that it has."""
        given = next(getattr(row, name) for name in names if hasattr(row, name))
        return self.of(given)

    def of(self, ids: str) -> list[Record]:
        """The records of a cell of ids parted by `;`, each once, in the order of article and place.

        An event's id stands for its mentions. An id that is no passage is left out.
        """
        chosen: dict[str, Record] = {}
        for name in filter(None, ids.split(";")):
            behind = [self.passages[name]] if name in self.passages else self.mentions(name)
            chosen.update({record["id"]: record for record in behind})
        return passages.in_order(chosen.values())

    def decided(self) -> list[Any]:
        """What was decided where the passes differ: rows of `coding_differences`."""
        frame = self.case.adjudication
        return list(frame[frame.decision != "agreed"].itertuples())


def joined(values: Iterable[str | None]) -> str:
    """Values to filter by, as an attribute holds them."""
    return " ".join(sorted({value for value in values if value and value != UNPLACED}))
