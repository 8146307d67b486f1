"""The reader: proposals for one article, by a codebook that is prepared once.

`Rules(codebook)` prepares names, offices, issues and the scale; `read` goes through one text.
`Reader(case)` does so for the articles of a case, `propose` for one of them. What comes out are
proposals, no codes.
"""

import re
from bisect import bisect_right
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

import pandas as pd

from helpers.case.model import Case
from helpers.dates.rows import Row, read_article
from helpers.proposing.bodies import by_persons
from helpers.proposing.book import Book
from helpers.proposing.happenings import Happening, happened
from helpers.proposing.issues import Content, Issues
from helpers.proposing.lexicon import WORDS
from helpers.proposing.mentions import Mention, mentions
from helpers.proposing.page import Page, read_page
from helpers.proposing.saying_dates import UNDATED, Said, carried, said_dates
from helpers.proposing.speakers import Memory
from helpers.proposing.stances import Scale
from helpers.proposing.subjects import here
from helpers.proposing.units import Unit, units
from helpers.proposing.utterances import Utterance, utterances

# Changed with every change of the rules that can change a proposal.
VERSION = "1"
STATEMENTS = (
    "proposal_id article_id speaker printed on_behalf_of quoted_by issue issues stance date_edtf"
    " date_basis date_words date_note speech lang quote start end why"
).split()
EVENTS = (
    "proposal_id article_id date_edtf date_basis date_words date_note place participants"
    " according_to description lang quote start end why"
).split()
EMPTY_RULES = pd.DataFrame({"rule": [], "text": []})


@dataclass(frozen=True)
class Codebook:
    """What the rules read of a codebook: its tables, with the columns of `tables.yaml`.

    `coded`: triples of article, issue and passage that were coded before; none in a blind pass.
    """

    actors: pd.DataFrame
    aliases: pd.DataFrame
    affiliations: pd.DataFrame
    issues: pd.DataFrame
    stances: pd.DataFrame
    rules: pd.DataFrame
    coded: Sequence[tuple[str, str, str]] = ()


class Proposed(NamedTuple):
    """The proposals for one article as two tables, their columns `STATEMENTS` and `EVENTS`."""

    statements: pd.DataFrame
    event_mentions: pd.DataFrame


class Rows(NamedTuple):
    """The same as rows, for who reads many articles."""

    statements: list[dict[str, Any]]
    event_mentions: list[dict[str, Any]]


def codebook_of(case: Case, blind: bool = True) -> Codebook:
    """The codebook of a case; where not `blind`, with what was coded in it."""
    coded: list[tuple[str, str, str]] = []
    if not blind:
        said = case.statements
        coded = sorted(set(zip(said.article_id, said.issue, said.quote, strict=True)))
    return Codebook(
        case.actors, case.aliases, case.affiliations, case.issues, case.stances, case.rules, coded
    )


class Rules:
    """The rules with one codebook. Made once, they read any number of articles."""

    def __init__(self, codebook: Codebook) -> None:
        book = _without_gaps(codebook)
        self.codebook = book
        self.book = Book(book.actors, book.aliases, book.affiliations)
        self.scale = Scale(book.stances, book.issues)
        self.person_speaks = "body-or-person" in set(book.rules.rule)
        self.coded_articles = {article for article, _, _ in book.coded}
        self.issues = self._issues("")

    def _issues(self, without: str) -> Issues:
        coded = [
            (issue, words) for article, issue, words in self.codebook.coded if article != without
        ]
        return Issues(self.codebook.issues, self.codebook.rules, coded)

    def read(
        self,
        article_id: str,
        text: str,
        furniture: Collection[Sequence] = (),
        published: str = "",
        languages: str | Collection[str] = "en",
    ) -> Proposed:
        """The proposals for one article as tables; see `rows`."""
        rows = self.rows(article_id, text, furniture, published, languages)
        return Proposed(
            pd.DataFrame(rows.statements, columns=STATEMENTS),
            pd.DataFrame(rows.event_mentions, columns=EVENTS),
        )

    def rows(
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
        swahili = "sw" in listed
        issues = self._issues(article_id) if article_id in self.coded_articles else self.issues
        page = read_page(text, list(furniture))
        found = mentions(page, self.book.names.found(page, article_id))
        said = utterances(page, found, Memory(self.book, article_id), swahili)
        if self.person_speaks:
            said = by_persons(page, found, said, self.book)
        times = read_article(text, published, list(furniture), language=";".join(listed)).rows
        own = said_dates(page, said, times, published)
        dates = dict(zip(said, carried(page, said, own), strict=True))
        joined = units(page, said, issues, Content(page, found), [one.date_edtf for one in own])
        kept = [unit for unit in joined if _is_worth_it(unit)]
        statements = [self._statement(page, unit, dates, listed) for unit in kept]
        events = self._events(page, found, said, times, swahili)
        return Rows(_numbered(statements, article_id, "p"), _numbered(events, article_id, "e"))

    def _statement(
        self, page: Page, unit: Unit, dates: Mapping[Utterance, Said], languages: Sequence[str]
    ) -> dict[str, Any]:
        suggestion = self.scale.suggested(page, unit)
        date = _date_of(unit, dates)
        text = page.text[unit.start : unit.end]
        return {
            "speaker": unit.speaker.actor,
            "printed": "" if unit.speaker.actor else unit.speaker.printed,
            "on_behalf_of": unit.speaker.behalf,
            "quoted_by": "",
            "issue": unit.issues[0].issue if unit.issues else "",
            "issues": ";".join(one.issue for one in unit.issues),
            "stance": "" if suggestion.stance is None else str(suggestion.stance),
            "date_edtf": date.date_edtf,
            "date_basis": date.basis,
            "date_words": date.words,
            "date_note": date.note,
            "speech": _speech(unit),
            "lang": language_of(text, languages),
            "quote": text,
            "start": unit.start,
            "end": unit.end,
            "why": _why(unit, suggestion.why),
        }

    def _events(
        self,
        page: Page,
        found: Sequence[Mention],
        said: Sequence[Utterance],
        times: Sequence[Row],
        swahili: bool,
    ) -> list[dict[str, Any]]:
        events: list[dict[str, Any]] = []
        at = 0
        for sentence in page.sentences:
            while at < len(found) and found[at].first < sentence.first:
                at += 1
            last = at
            while last < len(found) and found[last].first < sentence.last:
                last += 1
            looked = here(page, sentence, found[at:last], swahili)
            for one in happened(looked, times):
                events.append(_event(page, one, _teller(one, said), swahili))
        return events


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
        return self.rules.read(article_id, text, furniture, published, language)


def propose(case: Case, article_id: str, blind: bool = True) -> Proposed:
    """The proposals for one article of a case. Who reads many makes a `Reader` once."""
    return Reader(case, blind).read(article_id)


# ---- the cells


_MAY_LACK = (("actors", "about"), ("actors", "match"), ("actors", "camp"), ("aliases", "match"))


def _without_gaps(book: Codebook) -> Codebook:
    frames = {
        name: getattr(book, name).fillna("")
        for name in ("actors", "aliases", "affiliations", "issues", "stances", "rules")
    }
    for table, column in _MAY_LACK:
        if column not in frames[table]:
            frames[table] = frames[table].assign(**{column: ""})
    if not {"rule", "text"} <= set(frames["rules"]):
        frames["rules"] = EMPTY_RULES
    return Codebook(**frames, coded=book.coded)


def _is_worth_it(unit: Unit) -> bool:
    """Whether a passage is proposed: somebody whom the codebook knows speaks, or on an issue."""
    return bool(unit.speaker.actor or unit.issues) and bool(unit.speaker.key)


def _numbered(rows: list[dict[str, Any]], article: str, letter: str) -> list[dict[str, Any]]:
    ordered = sorted(rows, key=lambda row: (row["start"], row["end"]))
    return [
        {"proposal_id": f"{article}-{letter}{number:03}", "article_id": article, **row}
        for number, row in enumerate(ordered, start=1)
    ]


def _date_of(unit: Unit, dates: Mapping[Utterance, Said]) -> Said:
    """The first date that the words of a unit give it."""
    given = [dates[one] for one in unit.utterances]
    own = [date for date in given if date.date_edtf and "goes on" not in date.note]
    return next(iter(own or [date for date in given if date.date_edtf]), UNDATED)


def _speech(unit: Unit) -> str:
    quoted = sum(one.quoted for one in unit.utterances)
    if not quoted:
        return "indirect"
    bare = [one for one in unit.utterances if not one.quoted]
    return "mixed" if bare else "direct"


def language_of(text: str, languages: Sequence[str]) -> str:
    """The languages of a passage among those of its article, by their small words."""
    listed = [one for one in languages if one]
    if "sw" not in listed or len(listed) == 1:
        return listed[0] if listed else "en"
    words = re.findall(r"\w+", text.lower())
    swahili = sum(word in WORDS["swahili_words"] for word in words)
    english = sum(word in WORDS["english_words"] for word in words)
    if min(swahili, english) * 5 > max(swahili, english):
        return "en;sw"
    return "sw" if swahili > english else "en"


def _why(unit: Unit, stance: str) -> str:
    """Why a passage is proposed, in one sentence."""
    first = unit.utterances[0]
    parts = [first.why, unit.speaker.why]
    if len(unit.utterances) > 1:
        parts.append(f"{len(unit.utterances)} sentences of one speaker run on")
    if unit.issues:
        shared = ", ".join(unit.issues[0].words[:3])
        parts.append(f"shares with the issue: {shared}")
    if stance:
        parts.append(stance)
    return "; ".join(part for part in parts if part)


def _teller(one: Happening, said: Sequence[Utterance]) -> str:
    """By whose word alone a happening is told: of the utterance in whose reported part it stands."""
    at = bisect_right(said, one.start, key=lambda utterance: utterance.start) - 1
    if at < 0 or one.end > said[at].end:
        return ""
    cue = said[at].cue
    return said[at].speaker.actor if cue is None or said[at].quoted or cue.opens >= 0 else ""


def _event(page: Page, one: Happening, teller: str, swahili: bool) -> dict[str, Any]:
    quote = page.text[one.start : one.end]
    told = f"“{one.verb}” tells what happened"
    where = f", in {one.place}" if one.place else ""
    when = f", {one.date.words}" if one.date.words else ""
    return {
        "date_edtf": one.date.date_edtf,
        "date_basis": one.date.basis,
        "date_words": one.date.words,
        "date_note": one.date.note,
        "place": one.place,
        "participants": ";".join(one.participants),
        "according_to": teller,
        "description": re.sub(r"\s+", " ", quote).strip().rstrip(".") + ".",
        "lang": language_of(quote, ["en", "sw"] if swahili else ["en"]),
        "quote": quote,
        "start": one.start,
        "end": one.end,
        "why": told + where + when + (f"; only {teller} says so" if teller else ""),
    }
