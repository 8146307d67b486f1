"""The statements of a DNA database as rows of a case, and why some of them are dropped."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd

from dispute.exchange.counting import Counting, best_fit
from dispute.exchange.dna.choice import ENTITY_ROLES, Choice
from dispute.exchange.dna.layout import VALUE, Row, Tables, date_of, numbers_of
from dispute.exchange.dna.scale import is_stance, stance_of
from dispute.exchange.offsets import Span
from dispute.exchange.wording import Tally, sentences
from helpers.case.cells import UNFIT

# (variable, statement), by their numbers, to the value that the statement has there.
Values = dict[tuple[int, int], Any]

# How DNA counts: its text window, a text pane of Java, has UTF-16 units, and one for each line end.
# Other programs that fill a database count the text as it is stored.
IN_WINDOW = Counting("UTF-16", line_ends="LF")
AS_STORED = Counting("UTF-16")


@dataclass(frozen=True)
class Entities:
    """Who speaks and on what, as a case has them.

    `persons`, `organizations`, `concepts`: rows of ENTITIES whose value is not blank. `actors`
    (of persons and organizations together) and `issues`: number of the entity to id in the case.
    """

    persons: list[Row]
    organizations: list[Row]
    concepts: list[Row]
    actors: dict[int, str]
    issues: dict[int, str]


@dataclass(frozen=True)
class Passage:
    """A statement of DNA with what hangs on it; None or empty is what the database does not have.

    `document` and `statement` are rows; `person` and `organization` are actors; `span` counts
    code points, found by the `way` of counting. `stance` is as it stands there: anything, where
    nobody guarded it.
    """

    statement: Row
    document: Row | None
    span: Span | None
    way: Counting
    person: str | None
    organization: str | None
    issue: str | None
    stance: Any

    @property
    def quote(self) -> str:
        """The words of the span."""
        if self.document is None or self.span is None:
            return ""
        return self.document["Text"][self.span.start : self.span.end]

    def fault(self, choice: Choice) -> str:
        """Why a case cannot hold it, empty where it can."""
        if self.document is None:
            return "whose document is not there"
        if self.span is None:
            return self._fault_of_span()
        if UNFIT.search(self.quote):
            return "with a control character"
        if not (self.person or self.organization):
            return f"without {' and '.join(choice.actors())}"
        if not self.issue:
            return "without concept"
        if not is_stance(self.stance):
            agreement = choice.agreement["Variable"] if choice.agreement else ""
            return f"without a readable value of {agreement!r}"
        return ""

    def _fault_of_span(self) -> str:
        """Why a span is none of the text."""
        start, stop = self.statement["Start"], self.statement["Stop"]
        if not (isinstance(start, int) and isinstance(stop, int)):
            return "whose span is no numbers"
        if start == stop:
            return "with an empty span"
        if start > stop:
            return "whose span ends before it begins"
        if start < 0 or stop > self.way.length(self.document["Text"] if self.document else ""):
            return "whose span goes beyond the text"
        return "whose span cuts a character in two"

    def row(self, articles: Mapping[int, str]) -> Row:
        """A row of `statements.csv`, its coder by the number in DNA. Only for one without fault.

        `articles`: number of a document to the id of the article.
        """
        assert self.document is not None and self.span is not None
        return {
            "statement_id": f"s{self.statement['ID']}",
            "article_id": articles[self.document["ID"]],
            "coder": self.statement["Coder"],
            "speaker": self.person or self.organization,
            "on_behalf_of": self.organization or "",
            "issue": self.issue,
            "stance": self.stance,
            "date_edtf": date_of(self.document).date().isoformat(),
            "date_basis": "resolved",
            "date_note": "the date of the document; DNA keeps no other",
            "lang": "und",
            "quote": self.quote,
            "start": self.span.start,
            "end": self.span.end,
        }


@dataclass(frozen=True)
class Statements:
    """Rows of `statements.csv` (the coder by the number in DNA), and what was dropped or decided.

    `stances` are those of all statements of the type, also of those that were dropped.
    """

    rows: list[Row]
    stances: list[Any]
    told: list[str]


def statements_of(
    tables: Tables, choice: Choice, entities: Entities, articles: Mapping[int, str]
) -> Statements:
    """The statements of the type chosen; `articles`: number of a document to id of the article.

    The sentences give the number of each kind, and for what was dropped the ids in DNA.
    """
    rows: list[Row] = []
    stances: list[Any] = []
    dropped: dict[str, list[int]] = defaultdict(list)
    values = _values(tables)
    way, counted = _way_of_counting(tables)
    without_person = 0
    for passage in _passages(tables, choice, entities, values, way):
        stances.append(passage.stance)
        if fault := passage.fault(choice):
            dropped[fault].append(passage.statement["ID"])
            continue
        rows.append(passage.row(articles))
        without_person += bool(choice.person and not passage.person)
    told = [
        f"Dropped: {Tally(len(ids), 'statement')} {fault}: {', '.join(map(str, ids))}."
        for fault, ids in dropped.items()
    ]
    gone = Tally(
        _gone_entities(tables, choice, values),
        "value",
        " with an entity that is not there, taken as empty",
    )
    alone = Tally(
        without_person,
        "statement",
        " without a person; the organization stands as speaker and as the one spoken for",
    )
    return Statements(rows, stances, told + sentences("Decided", [gone, alone]) + counted)


def _way_of_counting(tables: Tables) -> tuple[Counting, list[str]]:
    """How places in texts with CR LF are counted, and a sentence on it; elsewhere it is the same.

    It is as DNA's window counts, unless more selections begin and end where words do otherwise.
    """
    texts = {row["ID"]: row["Text"] for row in tables["DOCUMENTS"] if "\r\n" in row["Text"]}
    selections = []
    for row in tables["STATEMENTS"]:
        start, stop, text = row["Start"], row["Stop"], texts.get(row["DocumentId"])
        if text and isinstance(start, int) and isinstance(stop, int) and 0 <= start < stop:
            selections.append((text, start, stop))
    if not selections:
        return IN_WINDOW, []
    fit = best_fit(selections, (IN_WINDOW, AS_STORED))
    documents = Tally(len(texts), "document", " with CR LF")
    return fit.way, [f"Counted in {fit.way} in {documents}: {fit.told}"]


def statement_numbers(coded: pd.DataFrame) -> dict[str, int]:
    """statement_id to its number in DNA: its own, where all ids are those of an import."""
    return numbers_of(coded.statement_id.tolist(), "s")


def _of_type(tables: Tables, choice: Choice) -> list[Row]:
    """The statements of the type chosen."""
    return [row for row in tables["STATEMENTS"] if row["StatementTypeId"] == choice.type["ID"]]


def _values(tables: Tables) -> Values:
    """What the statements have in their variables."""
    values = {}
    for table, column in VALUE.items():
        for row in tables[table]:
            values[row["VariableId"], row["StatementId"]] = row[column]
    return values


def _passages(
    tables: Tables, choice: Choice, entities: Entities, values: Values, way: Counting
) -> Iterator[Passage]:
    """The statements of the type chosen, each with what hangs on it; `way`: of counting."""
    documents = {row["ID"]: row for row in tables["DOCUMENTS"]}
    variables = choice.variables()
    for statement in _of_type(tables, choice):
        of: dict[str, Any] = {
            role: values.get((variable, statement["ID"])) for role, variable in variables.items()
        }
        document = documents.get(statement["DocumentId"])
        text = document["Text"] if document else ""
        yield Passage(
            statement=statement,
            document=document,
            span=_span(way, text, statement),
            way=way,
            person=entities.actors.get(of.get("person", 0)),
            organization=entities.actors.get(of.get("organization", 0)),
            issue=entities.issues.get(of["concept"]),
            stance=stance_of(choice.agreement, of.get("agreement")),
        )


def _span(way: Counting, text: str, statement: Row) -> Span | None:
    start, stop = statement["Start"], statement["Stop"]
    are_numbers = isinstance(start, int) and isinstance(stop, int)
    return way.span(text, start, stop) if are_numbers else None


def _gone_entities(tables: Tables, choice: Choice, values: Values) -> int:
    """How many values name an entity, of a variable of some, that the database does not have."""
    known = {row["ID"] for row in tables["ENTITIES"]}
    variables = choice.variables()
    gone = 0
    for statement in _of_type(tables, choice):
        roles = [role for role in ENTITY_ROLES if role in variables]
        named = [values.get((variables[role], statement["ID"])) for role in roles]
        gone += sum(entity is not None and entity not in known for entity in named)
    return gone
