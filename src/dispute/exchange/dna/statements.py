"""The statements of a DNA database as rows of a case, and why some of them are dropped."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from dispute.exchange.dna.choice import ENTITY_ROLES, Choice
from dispute.exchange.dna.layout import VALUE, Row, Tables, date_of
from dispute.exchange.offsets import Span, code_points
from dispute.exchange.wording import Tally, sentences
from helpers.case.cells import UNFIT

# (variable, statement), by their numbers, to the value that the statement has there.
Values = dict[tuple[int, int], Any]


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
    code points. `stance` is as it stands there: anything, where nobody guarded it.
    """

    statement: Row
    document: Row | None
    span: Span | None
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

    def fault(self, agreement: str) -> str:
        """Why a case cannot hold it, empty where it can. `agreement` names that variable."""
        if self.document is None:
            return "whose document is not there"
        if self.statement["Start"] == self.statement["Stop"]:
            return "with an empty span"
        if self.span is None:
            return "whose span is not in the text"
        if UNFIT.search(self.quote):
            return "with a control character"
        if not (self.person or self.organization):
            return "without person and organization"
        if not self.issue:
            return "without concept"
        if not isinstance(self.stance, int) or abs(self.stance) >= 10**9:
            return f"without a readable value of {agreement!r}"
        return ""

    def row(self) -> Row:
        """A row of `statements.csv`, its coder by the number in DNA. Only for one without fault."""
        assert self.document is not None and self.span is not None
        return {
            "statement_id": f"s{self.statement['ID']}",
            "article_id": f"doc-{self.document['ID']}",
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


def statement_rows(
    tables: Tables, choice: Choice, entities: Entities
) -> tuple[list[Row], list[str]]:
    """Rows of `statements.csv` (the coder by the number in DNA), and what was dropped or decided.

    The sentences give the number of each kind, and for what was dropped the ids in DNA.
    """
    agreement = choice.agreement["Variable"] if choice.agreement else ""
    rows: list[Row] = []
    dropped: dict[str, list[int]] = defaultdict(list)
    values = _values(tables)
    without_person = 0
    for passage in _passages(tables, choice, entities, values):
        if fault := passage.fault(agreement):
            dropped[fault].append(passage.statement["ID"])
            continue
        rows.append(passage.row())
        without_person += not passage.person
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
    return rows, told + sentences("Decided", [gone, alone])


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
    tables: Tables, choice: Choice, entities: Entities, values: Values
) -> Iterator[Passage]:
    """The statements of the type chosen, each with what hangs on it."""
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
            span=code_points(text, statement["Start"], statement["Stop"]),
            person=entities.actors.get(of["person"]),
            organization=entities.actors.get(of["organization"]),
            issue=entities.issues.get(of["concept"]),
            stance=_stance(choice.agreement, of.get("agreement")),
        )


def _stance(agreement: Row | None, value: Any) -> Any:
    """The stance that a value of the variable `agreement` stands for.

    A number is itself, yes and no are 1 and -1, anything else of a yes or no is None. Without such
    a variable a statement is a mention, 1.
    """
    if agreement is None:
        return 1
    if agreement["DataType"] == "boolean":
        return {0: -1, 1: 1}.get(value)
    return value


def _gone_entities(tables: Tables, choice: Choice, values: Values) -> int:
    """How many values of the three variables name an entity that the database does not have."""
    known = {row["ID"] for row in tables["ENTITIES"]}
    variables = choice.variables()
    gone = 0
    for statement in _of_type(tables, choice):
        named = [values.get((variables[role], statement["ID"])) for role in ENTITY_ROLES]
        gone += sum(entity is not None and entity not in known for entity in named)
    return gone
