"""What of a case a database of DNA does not hold, and what was decided in its place."""

from collections.abc import Iterator
from datetime import date
from typing import Any

import pandas as pd

from dispute.exchange.wording import Tally, sentences
from helpers.case.load import Case
from helpers.dates.edtf import bounds

# Characters of a title, a name or an attribute: DNA allows 190, the rest is room for a number.
LONGEST = 180
# Columns of statements, and how they are told.
UNHELD_WORDS = {
    "date_words": "words of the date",
    "date_note": "note on the date",
    "quoted_by": "who read it out",
    "gloss": "gloss",
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
}


def is_yes_or_no(stances: pd.DataFrame) -> bool:
    """Whether the stance scale has one stance against and one for, and nothing else."""
    return sorted(stances.side) == ["against", "for"]


def document_days(case: Case) -> dict[str, date]:
    """article_id to the one day that DNA can keep: the first, or the last where that is open.

    An article without any date is not among them: DNA has no document without one.
    """
    days = {}
    for article, published in zip(case.articles.article_id, case.articles.published, strict=True):
        if not published:
            continue
        first, last = bounds(published)
        days[article] = last if first == date.min else first
    return days


def not_carried(case: Case, coded: pd.DataFrame, coder: str) -> list[str]:
    """Sentences on all that DNA does not hold. `coded`: the statements of the coder."""
    left = [*_of_statements(case, coded), *_of_documents_and_tables(case, coder)]
    return sentences("Not carried", left)


def _of_statements(case: Case, coded: pd.DataFrame) -> Iterator[Tally]:
    days = document_days(case)
    persons = set(case.actors.actor_id[case.actors.kind == "person"])
    rows = list(coded.itertuples())
    yield Tally(len(case.statements) - len(coded), "statement", " of other coders")
    yield Tally(len(coded), "statement", ": id, date basis and language")
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
    yield Tally(
        sum(len(set(bounds(day))) > 1 for day in case.articles.published if day),
        "document",
        ": a date of more than a day",
    )
    for table, noun in UNHELD_TABLES.items():
        yield Tally(len(getattr(case, table)), noun)
    yield Tally(sum(map(len, case.furniture.values())), "span", " of page furniture")
    yield Tally(len(case.stances), "stance", ": side, label and meaning")
    yield Tally(len(case.actors) + len(case.issues), "id", " of actors and issues")
    yield Tally(
        sum(len(words) > LONGEST for words in _words_written(case, coder)),
        "text",
        f": what goes beyond {LONGEST} characters",
    )
    yield Tally(1, "case", ": title, subtitle, question, authors and rules of coding")


def _words_written(case: Case, coder: str) -> Iterator[str]:
    """All that is written into columns of a limited length."""
    yield from case.articles.title
    yield from case.articles.publisher
    yield coder
    yield from case.names().values()
    yield from case.actors.note
    yield from case.issues.label
    yield from case.issues.proposition


def decided(case: Case, coded: pd.DataFrame, values: dict[int, int]) -> list[str]:
    """Sentences on what was chosen where DNA asks for what a case does not have.

    `values`: stance to its number in DNA.
    """
    persons = set(case.actors.actor_id[case.actors.kind == "person"])
    both = len(persons & set(coded.on_behalf_of))
    told = ["Decided: 2 coders, Admin and the one chosen, each with the password “dna”."]
    rest = " spoken for by others, also kept as organization"
    told += sentences("Decided", [Tally(both, "person", rest)])
    if is_yes_or_no(case.stances):
        answers = [f"{stance} as {'yes' if yes else 'no'}" for stance, yes in values.items()]
        told.append(f"Decided: 2 stances, {' and '.join(answers)}.")
    return told
