"""What of a DNA database a case does not hold: sentences, each with its number."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import datetime
from typing import Any

from dispute.exchange.dna.choice import Choice
from dispute.exchange.dna.documents import OWN
from dispute.exchange.dna.layout import NEEDED, VALUE, WELCOME, Row, Tables, date_of
from dispute.exchange.wording import Tally, sentences
from helpers.case.cells import UNFIT
from helpers.words import is_visible

# What a row of a table is called in a sentence.
NOUNS = {
    "SETTINGS": "setting",
    "CODERS": "coder",
    "CODERRELATIONS": "coder relation",
    "DOCUMENTS": "document",
    "STATEMENTS": "statement",
    "STATEMENTTYPES": "statement type",
    "VARIABLELINKS": "variable link",
    "REGEXES": "regular expression",
    "ENTITIES": "entity",
}
COLOUR = {"Red", "Green", "Blue"}


def not_carried(tables: Tables, choice: Choice, coders: set[int | None]) -> list[str]:
    """Sentences on all that a case does not hold, and on what was put where something is missing.

    `coders`: the numbers of those whose statements are kept. Other statement types and variables
    are told even where nothing is in them.
    """
    others = [*_other_types(tables, choice), *_other_variables(tables, choice)]
    left = [*_scattered(tables, choice, coders), *_tables_and_columns(tables)]
    untitled = [row for row in tables["DOCUMENTS"] if not is_visible(row["Title"])]
    unsourced = [row for row in tables["DOCUMENTS"] if not is_visible(row["Source"])]
    labels = [row["AttributeVariable"] for row in tables["ATTRIBUTEVARIABLES"]]
    taken = sum(label in ("colour", "actor_id", "issue") for label in labels)
    empty = [
        Tally(len(untitled), "document", " without title, now titled by number"),
        Tally(len(unsourced), "document", " without source, the publisher not known"),
        Tally(taken, "attribute", " called as a column of each case is, now with a 2 behind it"),
        Tally(_with_control_characters(tables), "text", ", without the control characters"),
    ]
    return [
        *(f"Not carried: {tally}." for tally in others),
        *sentences("Not carried", left),
        *sentences("Decided", empty),
    ]


def _with_control_characters(tables: Tables) -> int:
    """How many attributes and variables of documents have control characters."""
    texts = [row["AttributeValue"] for row in tables["ATTRIBUTEVALUES"]]
    texts += [row[column] for row in tables["DOCUMENTS"] for column in OWN]
    return sum(bool(UNFIT.search(text)) for text in texts)


def _other_types(tables: Tables, choice: Choice) -> Iterator[Tally]:
    for kind in tables["STATEMENTTYPES"]:
        if kind["ID"] != choice.type["ID"]:
            number = sum(row["StatementTypeId"] == kind["ID"] for row in tables["STATEMENTS"])
            yield Tally(number, "statement", f" of the type {kind['Label']!r}")


def _other_variables(tables: Tables, choice: Choice) -> Iterator[Tally]:
    taken = set(choice.variables().values())
    for variable in tables["VARIABLES"]:
        if variable["StatementTypeId"] == choice.type["ID"] and variable["ID"] not in taken:
            values = _values_of(tables, variable)
            number = sum(value not in (None, "") for value in values)
            rest = f" of the variable {variable['Variable']!r} ({variable['DataType']})"
            yield Tally(number, "value", rest)


def _values_of(tables: Tables, variable: Row) -> Iterator[Any]:
    """What statements have in a variable; an entity by its name."""
    names = {row["ID"]: row["Value"] for row in tables["ENTITIES"]}
    for table, column in VALUE.items():
        for row in tables[table]:
            if row["VariableId"] == variable["ID"]:
                value = row[column]
                yield names.get(value) if column == "Entity" else value


def _scattered(tables: Tables, choice: Choice, coders: set[int | None]) -> Iterator[Tally]:
    """Rows of tables that are carried in part."""
    types = {row["ID"] for row in tables["STATEMENTTYPES"]}
    untyped = [row for row in tables["STATEMENTS"] if row["StatementTypeId"] not in types]
    yield Tally(len(untyped), "statement", " of no type")

    variables = set(choice.variables().values())
    named = [row for row in tables["ENTITIES"] if row["Value"]]
    others = [row for row in named if row["VariableId"] not in variables]
    yield Tally(len(others), "entity", " of other variables")

    told = [row for row in tables["ENTITIES"] if row["VariableId"] in variables]
    of_these = {row["ID"] for row in told if row["Value"].strip()}
    filled = [row for row in tables["ATTRIBUTEVALUES"] if row["AttributeValue"]]
    elsewhere = [row for row in filled if row["EntityId"] not in of_these]
    yield Tally(len(elsewhere), "attribute", " of other variables, or of nobody")

    midnight = datetime.min.time()
    timed = [row for row in tables["DOCUMENTS"] if date_of(row).time() != midnight]
    yield Tally(len(timed), "document", ": time of day")

    silent = [row for row in tables["CODERS"] if row["ID"] not in coders]
    yield Tally(len(silent), "coder", " without statements that are kept")


def _tables_and_columns(tables: Tables) -> Iterator[Tally]:
    """Tables of which nothing is carried, and columns that are not, each with its filled rows."""
    for table, rows in tables.items():
        noun = NOUNS.get(table, "row")
        place = "" if table in NOUNS else f" (in {table})"
        if table not in {*NEEDED, *WELCOME}:
            yield Tally(len(rows), noun, place)
            continue
        for words, columns in _columns_left(table, rows).items():
            number = sum(_is_filled(row, columns) for row in rows)
            yield Tally(number, noun, f": {words}{place}")


def _columns_left(table: str, rows: list[Row]) -> dict[str, list[str]]:
    """The columns that a case does not take, by the words under which they are told together."""
    taken = NEEDED.get(table, []) + WELCOME.get(table, [])
    groups: dict[str, list[str]] = defaultdict(list)
    for column in rows[0] if rows else ():
        if column not in taken:
            groups[_told_as(table, column)].append(column)
    return groups


def _told_as(table: str, column: str) -> str:
    if column in COLOUR:
        return "colour"
    return "password, settings and permissions" if table == "CODERS" else column


def _is_filled(row: Row, columns: list[str]) -> bool:
    return any(row[column] not in (None, "", 0) for column in columns)
