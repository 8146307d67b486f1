"""What of a case a database of DNA does not hold, and what was decided in its place."""

from collections.abc import Iterator
from typing import Any

import pandas as pd

from dispute.exchange.dna.attributes import COLOUR, DESCRIBED, colour_of, own_columns
from dispute.exchange.dna.documents import OWN, one_day
from dispute.exchange.dna.layout import LONGEST, SHORTENED, are_numbered
from dispute.exchange.dna.scale import is_yes_or_no
from dispute.exchange.wording import Tally, sentences
from helpers.case.load import Case
from helpers.dates.edtf import bounds

# Columns of statements, and how they are told.
UNHELD_WORDS = {
    "date_words": "words of the date",
    "date_note": "note on the date",
    "quoted_by": "who read it out",
    "gloss": "gloss",
    "alt_date_edtf": "second reading of the date",
    "rules": "rules",
    "note": "note",
}
# Tables of a case, and what a row of each is called.
UNHELD_TABLES = {
    "relations": "relation mention",
    "relation_types": "relation type",
    "event_mentions": "event mention",
    "context_events": "context event",
    "affiliations": "affiliation",
    "aliases": "printed name",
    "decisions": "decision",
    "periods": "period",
    "event_links": "decision on an event",
    "findings": "finding",
    "questions": "question for discussion",
    "sentences": "sentence on a finding",
    "story": "step of the story",
    "search": "search",
    "corrections": "correction",
}


def not_carried(case: Case, coded: pd.DataFrame, coder: str) -> list[str]:
    """Sentences on all that DNA does not hold. `coded`: the statements of the coder."""
    left = [*_of_statements(case, coded), *_of_documents_and_tables(case, coder)]
    return sentences("Not carried", left)


def _of_statements(case: Case, coded: pd.DataFrame) -> Iterator[Tally]:
    published = zip(case.articles.article_id, case.articles.published, strict=True)
    days = {article: one_day(day) for article, day in published}
    persons = set(case.actors.actor_id[case.actors.kind == "person"])
    rows = list(coded.itertuples())
    yield Tally(len(case.statements) - len(coded), "statement", " of other coders")
    are_kept = are_numbered(coded.statement_id, "s")
    known = "date basis and language" if are_kept else "id, date basis and language"
    yield Tally(len(coded), "statement", f": {known}")
    yield Tally(
        sum(row.date_edtf != days[row.article_id].isoformat() for row in rows),
        "statement",
        ": a date other than that of the document",
    )
    for column, words in UNHELD_WORDS.items():
        yield Tally(int((coded[column] != "").sum()), "statement", f": {words}")
    yield Tally(
        sum(_speaks_for_another(row, persons) for row in rows),
        "statement",
        ": the actor for whom an organization speaks",
    )


def _speaks_for_another(statement: Any, persons: set[str]) -> bool:
    """Whether an organization says it for another: DNA has one organization a statement."""
    return statement.speaker not in persons and statement.on_behalf_of not in (
        "",
        statement.speaker,
    )


def _of_documents_and_tables(case: Case, coder: str) -> Iterator[Tally]:
    yield from _of_own_columns(case)
    for table, noun in UNHELD_TABLES.items():
        yield Tally(len(getattr(case, table)), noun)
    yield Tally(sum(map(len, case.furniture.values())), "span", " of page furniture")
    yield Tally(len(case.stances), "stance", ": side, label and meaning")
    yield Tally(len(case.actors) + len(case.issues), "id", " of actors and issues")
    yield Tally(
        sum(len(words) > LONGEST for words in _words_written(case, coder)),
        "text",
        f": what goes beyond {SHORTENED} characters",
    )
    yield Tally(1, "case", ": title, subtitle, question, authors and rules of coding")


def _of_own_columns(case: Case) -> Iterator[Tally]:
    """Cells of the case's own columns for which DNA has no place."""
    for frame in (case.actor_attributes, case.issue_attributes):
        if COLOUR in frame:
            strange = [cell for cell in frame[COLOUR] if cell and not colour_of(cell)]
            yield Tally(len(strange), "colour", " that is not like #1a2b3c")
    of_articles = case.article_attributes
    for column in list(of_articles)[1:]:
        if column not in OWN.values():
            number = int((of_articles[column] != "").sum())
            yield Tally(number, "document", f": {column}")
    for frame, table in ((case.actor_attributes, "actors"), (case.issue_attributes, "issues")):
        for column in set(DESCRIBED[table]) & set(frame):
            number = int((getattr(case, table)[column] != "").sum())
            yield Tally(number, "entity", f": {column}, for an attribute of that name is there")


def _words_written(case: Case, coder: str) -> Iterator[str]:
    """All that is written into columns of a limited length."""
    yield from case.articles.title
    yield from case.articles.publisher
    yield coder
    yield from case.names().values()
    yield from case.issues.label
    for column in ("about", "note"):
        yield from case.actors[column]
    yield from case.issues.proposition
    yield from case.issues.examples
    for frame in (case.actor_attributes, case.issue_attributes):
        for column in own_columns(frame):
            yield from frame[column]
    for column in {"author", "section", "type"} & set(case.article_attributes):
        yield from case.article_attributes[column]


def decided(case: Case, coded: pd.DataFrame, values: dict[int, int]) -> list[str]:
    """Sentences on what was chosen where DNA asks for what a case does not have.

    `values`: stance to its number in DNA.
    """
    persons = set(case.actors.actor_id[case.actors.kind == "person"])
    both = len(persons & set(coded.on_behalf_of))
    told = ["Decided: 2 coders, Admin and the one chosen, each with the password “dna”."]
    rest = " spoken for by others, also kept as organization"
    long = sum(len(set(bounds(day))) > 1 for day in case.articles.published)
    lines = sum("\r" in text for text in case.texts.values())
    told += sentences(
        "Decided",
        [
            Tally(both, "person", rest),
            Tally(long, "document", " of a date of several days, dated by one of them"),
            Tally(lines, "document", ", the line ends (CR LF) as line feeds, which DNA counts"),
        ],
    )
    if is_yes_or_no(case.stances):
        answers = [f"{stance} as {'yes' if yes else 'no'}" for stance, yes in values.items()]
        told.append(f"Decided: 2 stances, {' and '.join(answers)}.")
    return told
