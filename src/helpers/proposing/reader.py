"""The reader: proposals for one article, by a codebook that is prepared once.

`Rules(codebook)` prepares names, offices, issues and the scale; `read` goes through one text.
`Reader(case)` does so for the articles of a case, `propose` for one of them. What comes out are
proposals, no codes.
"""

import re
from collections.abc import Collection, Sequence
from typing import Any, NamedTuple

import pandas as pd

from helpers.case.model import Case
from helpers.dates.rows import Row, read_article
from helpers.proposing.acts import units_named
from helpers.proposing.authors import with_author
from helpers.proposing.bodies import by_persons
from helpers.proposing.book import Book
from helpers.proposing.cells import (
    event,
    is_event,
    is_worth_it,
    named_there,
    numbered,
    statement,
    teller,
)
from helpers.proposing.codebook import Codebook, codebook_of, without_gaps
from helpers.proposing.cues import cues
from helpers.proposing.frames import frames
from helpers.proposing.happenings import happened
from helpers.proposing.issues import Content, Issues, Ranking
from helpers.proposing.labels import with_labels
from helpers.proposing.learned import Learned, better
from helpers.proposing.mentions import mentions
from helpers.proposing.occasions import carried
from helpers.proposing.page import read_page
from helpers.proposing.saying_dates import said_dates
from helpers.proposing.speakers import Memory
from helpers.proposing.stances import Scale
from helpers.proposing.subjects import looked_at
from helpers.proposing.together import with_each
from helpers.proposing.twice import once_each
from helpers.proposing.units import Ground, Unit, units
from helpers.proposing.utterances import Utterance, utterances
from helpers.proposing.within import units_within

# Changed with every change of the rules that can change a proposal.
VERSION = "5"
STATEMENTS = (
    "proposal_id article_id speaker printed on_behalf_of quoted_by issue issues stance date_edtf"
    " date_basis date_words date_note speech lang quote start end why"
).split()
EVENTS = (
    "proposal_id article_id date_edtf date_basis date_words date_note place participants"
    " according_to description lang quote start end why"
).split()


class Proposed(NamedTuple):
    """The proposals for one article as two tables, their columns `STATEMENTS` and `EVENTS`."""

    statements: pd.DataFrame
    event_mentions: pd.DataFrame


class Rows(NamedTuple):
    """The same as rows, for who reads many articles, with what they were made from.

    `names`: where actors are named (actor_id, start, end, how). `times`: the time expressions.
    """

    statements: list[dict[str, Any]]
    event_mentions: list[dict[str, Any]]
    names: list[dict[str, Any]]
    times: list[Row]

    def tables(self) -> Proposed:
        """As tables, which have their columns also where they have no row."""
        return Proposed(
            pd.DataFrame(self.statements, columns=STATEMENTS),
            pd.DataFrame(self.event_mentions, columns=EVENTS),
        )


class Rules:
    """The rules with one codebook. Made once, they read any number of articles."""

    def __init__(self, codebook: Codebook) -> None:
        book = without_gaps(codebook)
        self.codebook = book
        self.book = Book(book.actors, book.aliases, book.affiliations)
        self.scale = Scale(book.stances, book.issues)
        self.person_speaks = "body-or-person" in set(book.rules.rule)
        self.named_only = "object-of-act" in set(book.rules.rule)
        self.told_once = "told-twice" in set(book.rules.rule)
        self.coded_articles = {article for article, _, _ in book.coded}
        self.with_examples = bool(book.issues.examples.ne("").any())
        self.learns = better(book.issues, book.rules, book.coded)
        self.ranking = self._ranking("")

    def _ranking(self, without: str) -> Ranking:
        """What ranks issues: learned where that is better; nothing that an article was coded on."""
        coded = [one for one in self.codebook.coded if one[0] != without]
        if self.learns:
            return Learned(self.codebook.issues.issue, coded).ranked
        passages = [(issue, passage) for _, issue, passage in coded]
        return Issues(self.codebook.issues, self.codebook.rules, passages).ranked

    def read(
        self,
        article_id: str,
        text: str,
        furniture: Collection[Sequence] = (),
        published: str = "",
        languages: str | Collection[str] = "en",
    ) -> Rows:
        """The proposals for one article, in the order of their places.

        `furniture`: spans `(start, end, …)` that are not the article's own text. `published`: EDTF,
        may be vague or empty. `languages`: as a sidecar lists them. What was coded in this very
        article is never looked at. Raises ValueError where `published` is no EDTF date.
        """
        listed = re.split(r"[;,\s]+", languages) if isinstance(languages, str) else list(languages)
        coded_here = article_id in self.coded_articles
        ranked = self._ranking(article_id) if coded_here else self.ranking
        aside = [tuple(span) for span in furniture]
        page = read_page(text, aside)
        named = self.book.names.found(page, article_id)
        found = mentions(page, named)
        sentences = looked_at(page, found, "sw" in listed)
        memory = Memory(self.book, article_id)
        cued = [cues(one) for one in sentences]
        said = utterances(page, sentences, cued, memory)
        said = with_author(page, found, said, memory)
        said = with_labels(page, found, said, memory)
        if self.person_speaks:
            said = by_persons(page, found, said, self.book)
        times = read_article(text, published, aside, language=";".join(listed)).rows
        own = said_dates(page, said, times, published)
        happening = {
            number: happened(looked, times, memory.meant) for number, looked in enumerate(sentences)
        }
        framed = frames(sentences, memory, times)
        dates = dict(zip(said, carried(page, said, own, happening, framed), strict=True))
        ground = Ground(
            page, sentences, cued, memory, Content(page, found), ranked, self.with_examples
        )
        proposed = self._units(ground, said, [one.date_edtf for one in own])
        statements = [
            statement(page, unit, dates, listed, self.scale.suggested(page, unit))
            for unit in proposed
        ]
        events = [
            event(page, one, claimed_by, listed)
            for here in happening.values()
            for one in here
            if is_event(one, claimed_by := teller(page, one, said))
        ]
        return Rows(
            numbered(statements, article_id, "p"),
            numbered(events, article_id, "e"),
            [named_there(page, one) for one in named],
            times,
        )

    def _units(self, ground: Ground, said: list[Utterance], days: list[str]) -> list[Unit]:
        """The units that are proposed; see `units`."""
        joined = with_each(ground, units(ground, said, days))
        if self.told_once:
            joined = once_each(joined)
        joined += units_within(ground, joined)
        if self.named_only:
            joined += units_named(ground, joined)
        return [unit for unit in joined if is_worth_it(unit)]


class Reader:
    """The rules for a case. Made once, it reads any of its articles.

    `blind`: nothing that was coded before is looked at.
    """

    def __init__(self, case: Case, blind: bool = True) -> None:
        self.case = case
        self.rules = Rules(codebook_of(case, blind))
        facts = case.articles
        rows = zip(facts.article_id, facts.published.fillna(""), facts.language, strict=True)
        self.facts = {article: (published, language) for article, published, language in rows}

    def read(self, article_id: str) -> Proposed:
        """The proposals for an article; raises KeyError where there is none of that id."""
        published, language = self.facts[article_id]
        text, furniture = self.case.texts[article_id], self.case.furniture[article_id]
        return self.rules.read(article_id, text, furniture, published, language).tables()


def propose(case: Case, article_id: str, blind: bool = True) -> Proposed:
    """The proposals for one article of a case. Who reads many makes a `Reader` once."""
    return Reader(case, blind).read(article_id)
