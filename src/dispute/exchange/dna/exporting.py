"""A case to a database of DNA: the codebook and the statements of one coder.

A row here names the columns that are written; what it leaves out is as DNA has it by default.
"""

import sqlite3
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

import pandas as pd

from dispute.exchange.dna.layout import BLANK, LAYOUT, Row, Tables
from dispute.exchange.dna.unheld import LONGEST, decided, document_days, is_yes_or_no, not_carried
from dispute.exchange.offsets import units
from dispute.exchange.wording import Tally, unlike
from helpers.case.load import Case

# "dna" as DNA keeps it: salt, then SHA-256 of both, 100,000 times.
PASSWORD = "0DMcoIfWkBQklQqJbcxm1+jTA33FYPPy8nM47MF/Ab8Jee4OzIvJHuV/YJGKrEHd"
DOCUMENT_NOTES = ("article_id", "published", "published_basis", "captured", "language", "rights")
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
    values = _values_of_stances(case.stances)
    roles = _roles(case, set(coded.on_behalf_of))
    numbers = _entity_numbers(roles)
    tables: Tables = {
        "SETTINGS": [{"Property": "version", "Value": "3.0.11"}],
        "STATEMENTTYPES": [
            {"ID": STATEMENT_TYPE, "Label": "DNA Statement", "Red": 239, "Green": 208, "Blue": 51}
        ],
        "CODERS": [_coder(ADMIN, "Admin", red=200), _coder(CODER, coder, red=60)],
        "DOCUMENTS": list(_documents(case)),
        **_entities(roles, numbers),
    }
    kind = "boolean" if is_yes_or_no(case.stances) else "integer"
    tables["VARIABLES"].append(_variable(AGREEMENT, "agreement", kind))
    tables |= _statements(case, coded, numbers)
    tables[f"DATA{kind.upper()}"] = [
        {"ID": n, "StatementId": n, "VariableId": AGREEMENT, "Value": values[stance]}
        for n, stance in enumerate(coded.stance, start=1)
    ]
    _write(tables, connection)
    return undated + not_carried(case, coded, coder) + decided(case, coded, values)


def _of_dated_articles(case: Case, coder: str) -> tuple[Case, list[str]]:
    """The case with those articles alone that have a date, and a sentence on the others.

    Raises ValueError where none has one.
    """
    known = set(document_days(case))
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


def _values_of_stances(stances: pd.DataFrame) -> dict[int, int]:
    """Stance to its number in DNA: 0 and 1 where there is one stance against and one for."""
    if is_yes_or_no(stances):
        return {row.stance: int(row.side == "for") for row in stances.itertuples()}
    return {stance: int(stance) for stance in stances.stance}


def _coder(number: int, name: str, red: int) -> Row:
    return {
        "ID": number,
        "Name": name[:LONGEST],
        "Red": red,
        "Green": 160,
        "Blue": 60,
        "Refresh": 0,
        "FontSize": 14,
        "Password": PASSWORD,
    }


def _variable(number: int, name: str, kind: str) -> Row:
    return {"ID": number, "Variable": name, "DataType": kind, "StatementTypeId": STATEMENT_TYPE}


def _documents(case: Case) -> Iterator[Row]:
    """Rows of DOCUMENTS, in the order of the articles.

    What DNA has no column for stands in the notes.
    """
    days = document_days(case)
    for number, article in enumerate(case.articles.itertuples(), start=1):
        known = {column: getattr(article, column) for column in DOCUMENT_NOTES}
        yield {
            "ID": number,
            "Title": article.title[:LONGEST],
            "Text": case.texts[article.article_id],
            "Coder": CODER,
            "Source": article.publisher[:LONGEST],
            "Notes": "\n".join(f"{column}: {value}" for column, value in known.items() if value),
            "Date": (days[article.article_id] - date(1970, 1, 1)) // timedelta(seconds=1),
        }


@dataclass(frozen=True)
class Role:
    """A variable of entities: what it is called, who or what is in it, and what is said of them.

    `names`: id in the case to name; `attributes`: id to label to words, the same labels for all.
    """

    name: str
    names: dict[str, str]
    attributes: dict[str, dict[str, str]]


# (role, id in the case) to the number of the entity; the empty id is nobody, nothing.
Numbers = dict[tuple[str, str], int]


def _roles(case: Case, spoken_for: set[str]) -> list[Role]:
    """The three variables of entities; whoever is spoken for is an organization there too."""
    names = case.names()
    kinds = dict(zip(case.actors.actor_id, case.actors.kind, strict=True))
    persons = {actor: names[actor] for actor, kind in kinds.items() if kind == "person"}
    organizations = {
        actor: names[actor]
        for actor, kind in kinds.items()
        if kind != "person" or actor in spoken_for
    }
    of_actors = {
        row.actor_id: {"kind": row.kind, "camp": names.get(row.camp, ""), "note": row.note}
        for row in case.actors.itertuples()
    }
    of_issues = {row.issue: {"proposition": row.proposition} for row in case.issues.itertuples()}
    return [
        Role("person", persons, of_actors),
        Role("organization", organizations, of_actors),
        Role("concept", dict(zip(case.issues.issue, case.issues.label, strict=True)), of_issues),
    ]


def _entity_numbers(roles: list[Role]) -> Numbers:
    keys = [(role.name, key) for role in roles for key in ["", *role.names]]
    return {key: number for number, key in enumerate(keys, start=1)}


def _entities(roles: list[Role], numbers: Numbers) -> Tables:
    """Rows of the three variables, and of their entities and attributes."""
    tables: Tables = defaultdict(list)
    for variable, role in enumerate(roles, start=1):
        tables["VARIABLES"].append(_variable(variable, role.name, "short text"))
        names = unlike({key: name[:LONGEST] for key, name in role.names.items()}, "{} ({})")
        tables["ENTITIES"] += [
            {"ID": numbers[role.name, key], "VariableId": variable, "Value": name}
            for key, name in {"": "", **names}.items()
        ]
        _add_attributes(role, variable, numbers, tables)
    return tables


def _add_attributes(role: Role, variable: int, numbers: Numbers, tables: Tables) -> None:
    """Rows of attributes. Every entity has every one of its variable, as DNA writes them."""
    names, values = tables["ATTRIBUTEVARIABLES"], tables["ATTRIBUTEVALUES"]
    for label in next(iter(role.attributes.values()), {}):
        attribute = len(names) + 1
        names.append({"ID": attribute, "VariableId": variable, "AttributeVariable": label})
        for key in ["", *role.names]:
            words = role.attributes[key][label] if key else ""
            values.append(
                {
                    "ID": len(values) + 1,
                    "EntityId": numbers[role.name, key],
                    "AttributeVariableId": attribute,
                    "AttributeValue": words[:LONGEST],
                }
            )


def _statements(case: Case, coded: pd.DataFrame, numbers: Numbers) -> Tables:
    """Rows of STATEMENTS, and who speaks in each, for whom and on what."""
    persons = set(case.actors.actor_id[case.actors.kind == "person"])
    documents = {article: n for n, article in enumerate(case.articles.article_id, start=1)}
    tables: Tables = defaultdict(list)
    for number, row in enumerate(coded.itertuples(), start=1):
        text = case.texts[row.article_id]
        tables["STATEMENTS"].append(
            {
                "ID": number,
                "StatementTypeId": STATEMENT_TYPE,
                "DocumentId": documents[row.article_id],
                "Start": units(text, row.start),
                "Stop": units(text, row.end),
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
