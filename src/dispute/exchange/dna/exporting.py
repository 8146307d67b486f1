"""A case to a database of DNA: the codebook and the statements of one coder.

A row here names the columns that are written; what it leaves out is as DNA has it by default.
"""

import sqlite3
from collections import defaultdict
from dataclasses import dataclass

import pandas as pd

from dispute.exchange.dna.attributes import (
    COLOUR,
    DESCRIBED,
    colour_of,
    labels_of,
    own_cells,
    own_columns,
)
from dispute.exchange.dna.documents import document_numbers, document_rows
from dispute.exchange.dna.layout import BLANK, LAYOUT, LONGEST, SHORTENED, Row, Tables, cut
from dispute.exchange.dna.scale import is_yes_or_no, narrowed, values_of
from dispute.exchange.dna.statements import IN_WINDOW, statement_numbers
from dispute.exchange.dna.unheld import decided, not_carried
from dispute.exchange.wording import Tally, plain_id, unlike
from helpers.case.load import Case

# "dna" as DNA keeps it: salt, then SHA-256 of both, 100,000 times.
PASSWORD = "0DMcoIfWkBQklQqJbcxm1+jTA33FYPPy8nM47MF/Ab8Jee4OzIvJHuV/YJGKrEHd"
STATEMENT_TYPE = 1
ADMIN, CODER = 1, 2
AGREEMENT = 4


def from_case(case: Case, connection: sqlite3.Connection, coder: str) -> list[str]:
    """Write a checked case, with one coder's statements, into an empty database.

    Returns sentences on what DNA does not hold, and on what was decided. Raises ValueError for a
    coder whom the case does not have, and for a database with anything in it.
    """
    if coder not in set(case.coders.coder):
        raise ValueError(f"coder {coder!r}: expected one of {', '.join(case.coders.coder)}")
    if connection.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]:
        raise ValueError("the database is not empty: a case is written into a new one only")
    case, undated = _of_dated_articles(case, coder)
    coded = case.statements[case.statements.coder == coder]
    values = values_of(case.stances)
    roles = _roles(case, set(coded.on_behalf_of))
    numbers = _entity_numbers(roles)
    tables: Tables = {
        "SETTINGS": [{"Property": "version", "Value": "3.0.11"}],
        "STATEMENTTYPES": [
            {"ID": STATEMENT_TYPE, "Label": "DNA Statement", "Red": 239, "Green": 208, "Blue": 51}
        ],
        "CODERS": [_coder(ADMIN, "Admin", red=200), _coder(CODER, _name(case, coder), red=60)],
        "DOCUMENTS": list(document_rows(case, CODER)),
        **_entities(roles, numbers),
    }
    kind = "boolean" if is_yes_or_no(case.stances) else "integer"
    tables["VARIABLES"].append(_variable(AGREEMENT, "agreement", kind))
    tables |= _statements(case, coded, numbers)
    tables[f"DATA{kind.upper()}"] = [
        {"ID": n, "StatementId": n, "VariableId": AGREEMENT, "Value": values[stance]}
        for n, stance in zip(statement_numbers(coded).values(), coded.stance, strict=True)
    ]
    _write(tables, connection)
    told = undated + not_carried(case, coded, coder) + narrowed(case.stances, coded)
    return told + decided(case, coded, values)


def _of_dated_articles(case: Case, coder: str) -> tuple[Case, list[str]]:
    """The case with those articles alone that have a date, and a sentence on the others.

    Raises ValueError where none has one.
    """
    known = set(case.articles.article_id[case.articles.published != ""])
    if not known:
        raise ValueError("no article has a date, and DNA keeps no document without one")
    gone = case.articles.article_id[~case.articles.article_id.isin(known)]
    if gone.empty:
        return case, []
    of_them = case.statements.article_id.isin(gone) & (case.statements.coder == coder)
    documents, statements = Tally(len(gone), "document"), Tally(int(of_them.sum()), "statement")
    told = f"Not carried: {documents} without a date, with {statements}: {', '.join(gone)}."
    return case.only_articles(known).without_decisions_on_missing_units(), [told]


def _write(tables: Tables, connection: sqlite3.Connection) -> None:
    """Lay out the database and fill it, whole or not at all."""
    with connection:
        connection.executescript("BEGIN;\n" + LAYOUT)
        for table in BLANK:
            for row in tables.get(table, []):
                columns, places = ", ".join(row), ", ".join("?" * len(row))
                connection.execute(
                    f"INSERT INTO {table} ({columns}) VALUES ({places})", list(row.values())
                )


def _name(case: Case, coder: str) -> str:
    """The name of a coder: the note on it where the id was made of that, else the id."""
    [note] = case.coders.note[case.coders.coder == coder]
    return note if plain_id(note) == coder else coder


def _coder(number: int, name: str, red: int) -> Row:
    return {
        "ID": number,
        "Name": cut(name),
        "Red": red,
        "Green": 160,
        "Blue": 60,
        "Refresh": 0,
        "FontSize": 14,
        "Password": PASSWORD,
    }


def _variable(number: int, name: str, kind: str) -> Row:
    return {"ID": number, "Variable": name, "DataType": kind, "StatementTypeId": STATEMENT_TYPE}


@dataclass(frozen=True)
class Role:
    """A variable of entities: what it is called, who or what is in it, and what is said of them.

    `names`: id in the case to name, no two alike; `labels`: the attributes of the variable; `said`:
    id to label to words; `colours`: id to colour, of those who have one.
    """

    name: str
    names: dict[str, str]
    labels: list[str]
    said: dict[str, dict[str, str]]
    colours: dict[str, dict[str, int]]


# (role, id in the case) to the number of the entity; the empty id is nobody, nothing.
Numbers = dict[tuple[str, str], int]
# Id in the case to column to words.
Described = dict[str, dict[str, str]]


def _roles(case: Case, spoken_for: set[str]) -> list[Role]:
    """The three variables of entities; whoever is spoken for is an organization there too."""
    kinds = case.kinds()
    is_organization = {one: kind != "person" or one in spoken_for for one, kind in kinds.items()}
    people = {one: name for one, name in case.names().items() if kinds[one] == "person"}
    others = {one: name for one, name in case.names().items() if is_organization[one]}
    persons, organizations = _written(people), _written(others)
    issues = _written(dict(zip(case.issues.issue, case.issues.label, strict=True)))
    camps = {"": "", **persons, **organizations}
    own, of_issues = case.actor_attributes, _described_issues(case, issues)
    return [
        _role("person", persons, _described_actors(case, "person", camps), own),
        _role("organization", organizations, _described_actors(case, "organisation", camps), own),
        _role("concept", issues, of_issues, case.issue_attributes),
    ]


def _written(names: dict[str, str]) -> dict[str, str]:
    """Names as DNA holds them: no two alike, none too long."""
    return unlike({key: cut(name) for key, name in names.items()}, "{} ({})")


def _described_actors(case: Case, kind: str, camps: dict[str, str]) -> Described:
    """What every case says of actors, but that they are of a kind; `camps`: id to name there."""
    described = {}
    for row in case.actors.to_dict("records"):
        cells = {column: row[column] for column in DESCRIBED["actors"]}
        cells |= {"kind": "" if row["kind"] == kind else row["kind"], "camp": camps[row["camp"]]}
        described[row["actor_id"]] = cells
    return described


def _described_issues(case: Case, names: dict[str, str]) -> Described:
    """What every case says of issues, but for a proposition that is the name."""
    described = {}
    for row in case.issues.to_dict("records"):
        cells = {column: row[column] for column in DESCRIBED["issues"]}
        if cells["proposition"] == names[row["issue"]]:
            cells["proposition"] = ""
        cells["examples"] = _as_fit(cells["examples"])
        described[row["issue"]] = cells
    return described


def _as_fit(examples: str) -> str:
    """As many examples as a column of DNA can hold, each whole."""
    while len(examples) > LONGEST:
        examples = examples[:SHORTENED].rpartition(";")[0]
    return examples


def _role(role: str, names: dict[str, str], described: Described, frame: pd.DataFrame) -> Role:
    """A variable with what is said of its entities, by the case's columns and by its own."""
    own, columns = own_cells(frame), own_columns(frame)
    labels = labels_of(described, own, columns, names)
    said, colours = {}, {}
    for key in names:
        cells = own.get(key, {})
        said[key] = described[key] | {column: cells.get(column, "") for column in columns}
        if colour := colour_of(cells.get(COLOUR, "")):
            colours[key] = colour
    return Role(role, names, labels, said, colours)


def _entity_numbers(roles: list[Role]) -> Numbers:
    keys = [(role.name, key) for role in roles for key in ["", *role.names]]
    return {key: number for number, key in enumerate(keys, start=1)}


def _entities(roles: list[Role], numbers: Numbers) -> Tables:
    """Rows of the three variables, and of their entities and attributes."""
    tables: Tables = defaultdict(list)
    for variable, role in enumerate(roles, start=1):
        tables["VARIABLES"].append(_variable(variable, role.name, "short text"))
        for key, name in {"": "", **role.names}.items():
            row = {"ID": numbers[role.name, key], "VariableId": variable, "Value": name}
            tables["ENTITIES"].append(row | role.colours.get(key, {}))
        _add_attributes(role, variable, numbers, tables)
    return tables


def _add_attributes(role: Role, variable: int, numbers: Numbers, tables: Tables) -> None:
    """Rows of attributes. Every entity has every one of its variable, as DNA writes them."""
    names, values = tables["ATTRIBUTEVARIABLES"], tables["ATTRIBUTEVALUES"]
    for label in role.labels:
        attribute = len(names) + 1
        names.append({"ID": attribute, "VariableId": variable, "AttributeVariable": label})
        for key in ["", *role.names]:
            words = role.said[key][label] if key else ""
            values.append(
                {
                    "ID": len(values) + 1,
                    "EntityId": numbers[role.name, key],
                    "AttributeVariableId": attribute,
                    "AttributeValue": cut(words),
                }
            )


def _statements(case: Case, coded: pd.DataFrame, numbers: Numbers) -> Tables:
    """Rows of STATEMENTS, and who speaks in each, for whom and on what."""
    persons = set(case.actors.actor_id[case.actors.kind == "person"])
    documents, own = document_numbers(case), statement_numbers(coded)
    tables: Tables = defaultdict(list)
    for row in coded.itertuples():
        number, text = own[row.statement_id], case.texts[row.article_id]
        tables["STATEMENTS"].append(
            {
                "ID": number,
                "StatementTypeId": STATEMENT_TYPE,
                "DocumentId": documents[row.article_id],
                "Start": IN_WINDOW.place(text, row.start),
                "Stop": IN_WINDOW.place(text, row.end),
                "Coder": CODER,
            }
        )
        speaks = row.speaker in persons
        roles = {
            "person": row.speaker if speaks else "",
            "organization": row.on_behalf_of if speaks else row.speaker,
            "concept": row.issue,
        }
        for variable, role in enumerate(roles.items(), start=1):
            tables["DATASHORTTEXT"].append(
                {
                    "ID": len(tables["DATASHORTTEXT"]) + 1,
                    "StatementId": number,
                    "VariableId": variable,
                    "Entity": numbers[role],
                }
            )
    return tables
