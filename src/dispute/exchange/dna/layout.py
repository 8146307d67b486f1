"""How DNA 3 lays out its SQLite database: its tables, and how they are read.

`dna.sql` is the one description of the tables. It is executed to write a database, and asked here
for the columns that a database may lack.
"""

import itertools
import re
import sqlite3
from collections.abc import Iterable
from contextlib import closing
from datetime import datetime, timedelta
from importlib.resources import files
from typing import Any

from dispute.exchange.databases import FAULTS, Room, id_faults, limits
from helpers.case.cells import UNFIT
from helpers.words import is_visible

Row = dict[str, Any]
Tables = dict[str, list[Row]]

# Characters of a title, a name or an attribute that DNA allows, and what is left of a longer one:
# the rest is room for a number.
LONGEST, SHORTENED = 190, 180
# Seconds since 1970 at which 2200 began: what is later was counted in milliseconds.
LATEST = 7_258_118_400
DNA_2 = (
    "a database of DNA 2; make a new database in DNA 3 and bring it in there (menu Document, "
    "Import from DNA database), then import that one here"
)
WITH_ROLES = "a database of a later DNA, with roles; expected one of DNA 3.0 or 3.1"

LAYOUT = files("dispute.exchange.dna").joinpath("dna.sql").read_text(encoding="utf-8")

# The columns that a case cannot do without.
NEEDED = {
    "DOCUMENTS": ["ID", "Title", "Text", "Date"],
    "STATEMENTS": ["ID", "StatementTypeId", "DocumentId", "Start", "Stop"],
    "STATEMENTTYPES": ["ID", "Label"],
    "VARIABLES": ["ID", "Variable", "DataType", "StatementTypeId"],
    "ENTITIES": ["ID", "VariableId", "Value"],
    "DATASHORTTEXT": ["StatementId", "VariableId", "Entity"],
}
# Those that it takes where they are there.
WELCOME = {
    "DOCUMENTS": ["Source", "Author", "Section", "Notes", "Type"],
    "STATEMENTS": ["Coder"],
    "ENTITIES": ["Red", "Green", "Blue"],
    "DATASHORTTEXT": ["ID"],
    "DATABOOLEAN": ["ID", "StatementId", "VariableId", "Value"],
    "DATAINTEGER": ["ID", "StatementId", "VariableId", "Value"],
    "DATALONGTEXT": ["ID", "StatementId", "VariableId", "Value"],
    "ATTRIBUTEVARIABLES": ["ID", "VariableId", "AttributeVariable"],
    "ATTRIBUTEVALUES": ["ID", "EntityId", "AttributeVariableId", "AttributeValue"],
    "CODERS": ["ID", "Name"],
}


def columns_of(
    database: sqlite3.Connection | sqlite3.Cursor,
) -> dict[str, dict[str, str]]:
    """The tables in the order they were made: name to column names, each with its SQL type."""
    names = database.execute(
        # A virtual table has no root page: it is computed, and its code is elsewhere.
        "SELECT name FROM sqlite_master WHERE type = 'table' AND rootpage > 0"
        " AND name NOT LIKE 'sqlite!_%' ESCAPE '!' ORDER BY rowid"
    )
    return {name: _types(database, name) for (name,) in names.fetchall()}


def _types(database: sqlite3.Connection | sqlite3.Cursor, table: str) -> dict[str, str]:
    """Column to SQL type."""
    described = database.execute(f"PRAGMA table_info({_quoted(table)})")
    return {name: kind for _, name, kind, *_ in described}


def _quoted(name: str) -> str:
    """A name as SQL writes it."""
    return '"' + name.replace('"', '""') + '"'


def _blank_rows() -> dict[str, Row]:
    """Table to a row of nothing: text is empty, all else None."""
    with closing(sqlite3.connect(":memory:")) as database:
        database.executescript(LAYOUT)
        tables = columns_of(database)
    blank = {}
    for table, types in tables.items():
        blank[table] = {column: "" if kind == "TEXT" else None for column, kind in types.items()}
    return blank


BLANK = _blank_rows()
# The tables that hold the values of statements, and the column of the value.
VALUE = {
    table: "Entity" if "Entity" in row else "Value"
    for table, row in BLANK.items()
    if table.startswith("DATA")
}


def read(connection: sqlite3.Connection) -> Tables:
    """Every table by its name, in capitals: a list of rows in the order of ids.

    A column of DNA's that the database lacks is empty, and so is a table. Raises ValueError for a
    file that is no database, for one without the tables and columns that a case needs, and for one
    that is more, or other, than a program that codes would write: ids that are no numbers or stand
    twice, columns that are computed while they are read, very long texts.
    """
    with limits(connection, "DNA"):
        tables = _read(connection)
    if faults := list(id_faults(tables)):
        raise ValueError("no DNA 3 database: " + "; ".join(faults[:FAULTS]))
    return tables


def _read(connection: sqlite3.Connection) -> Tables:
    cursor = connection.cursor()
    cursor.row_factory = None
    problems: list[str] = []
    tables: Tables = {}
    left = Room("DNA")
    try:
        there = columns_of(cursor)
        _expect_dna_3({name.upper() for name in there})
        for name, types in sorted(there.items()):
            table = name.upper()
            columns = _spelt_as_dna(table, list(types))
            problems += [
                f"no column {column} in {table}"
                for column in NEEDED.get(table, [])
                if column not in columns
            ]
            tables[table] = _rows(cursor, name, columns, left)
    except sqlite3.Error as error:
        raise ValueError(f"no DNA database: {error}") from error
    missing = [f"no table {table}" for table in NEEDED if table not in tables]
    if missing or problems:
        raise ValueError("no DNA 3 database: " + ", ".join(missing + problems))
    empty: Tables = {table: [] for table in BLANK}
    return empty | tables


def _expect_dna_3(tables: set[str]) -> None:
    """Raise ValueError for an empty file, and for what another DNA wrote, by the tables' names."""
    if not tables:
        raise ValueError("an empty file; expected a database of DNA 3")
    if "ROLEVARIABLELINKS" in tables:
        raise ValueError(WITH_ROLES)
    if tables >= {"DOCUMENTS", "STATEMENTS", "STATEMENTTYPES"} and "ENTITIES" not in tables:
        raise ValueError(DNA_2)


def _spelt_as_dna(table: str, columns: list[str]) -> list[str]:
    """Names of columns with the capitals that DNA gives them; SQL does not tell them apart."""
    capitals = {column.lower(): column for column in BLANK.get(table, {})}
    return [capitals.get(column.lower(), column) for column in columns]


def _rows(cursor: sqlite3.Cursor, name: str, columns: list[str], left: Room) -> list[Row]:
    """The rows of one table. `name` as the database has it, `columns` as DNA spells them.

    Raises ValueError for a value of another kind than the column has in DNA.
    """
    blank = BLANK.get(name.upper(), {})
    order = "ID" if "ID" in columns else "1"
    written = ", ".join(map(_quoted, columns))
    records = cursor.execute(f"SELECT {written} FROM {_quoted(name)} ORDER BY {order}")
    rows = []
    for record in records:
        left.take(record)
        row = dict(blank)
        for column, value in zip(columns, record, strict=True):
            if isinstance(value, bytes) and column in blank:
                raise ValueError(f"no DNA 3 database: bytes in place of {column} in {name.upper()}")
            row[column] = _as_text(value) if blank.get(column) == "" else value
        rows.append(row)
    return rows


def _as_text(value: Any) -> str:
    return "" if value is None else str(value)


def cut(words: str) -> str:
    """Words that a column of DNA can hold."""
    return words if len(words) <= LONGEST else words[:SHORTENED]


def fit(words: str) -> str:
    """Words that a cell can hold: without control characters, empty where nothing can be seen."""
    kept = UNFIT.sub("", words)
    return kept if is_visible(kept) else ""


def numbers_of(ids: list[str], prefix: str) -> dict[str, int]:
    """Id to number: the one that an import made the id of, else the next that is free, from 1."""
    made = {one: int(one.removeprefix(prefix)) for one in ids if are_numbered([one], prefix)}
    free = (number for number in itertools.count(1) if number not in {*made.values()})
    return {one: made.get(one) or next(free) for one in ids}


def are_numbered(ids: Iterable[str], prefix: str) -> bool:
    """Whether all ids are as an import makes them of numbers."""
    return all(re.fullmatch(f"{prefix}[1-9][0-9]{{0,8}}", one) for one in ids)


def in_seconds(tables: Tables) -> tuple[Tables, int]:
    """The tables with the dates of documents in seconds, and how many were in milliseconds."""
    rows, number = [], 0
    for row in tables["DOCUMENTS"]:
        if is_meant := _is_in_milliseconds(row["Date"]):
            row = {**row, "Date": row["Date"] // 1000}
        rows.append(row)
        number += is_meant
    return {**tables, "DOCUMENTS": rows}, number


def _is_in_milliseconds(value: Any) -> bool:
    if not isinstance(value, int) or (moment(value) and value < LATEST):
        return False
    return value // 1000 < LATEST and moment(value // 1000) is not None


def moment(seconds: Any) -> datetime | None:
    """The moment, in UTC, so many seconds after 1970 began: DNA's dates of documents.

    None where there is no such moment in the years 1 to 9999.
    """
    try:
        return datetime(1970, 1, 1) + timedelta(seconds=seconds)
    except (OverflowError, TypeError, ValueError):
        return None


def date_of(document: Row) -> datetime:
    """The moment of a document. Raises ValueError, with the document, where it has none."""
    when = moment(document["Date"])
    if when is None:
        raise ValueError(
            f"the date of document {document['ID']}, {document['Date']!r},"
            " is none of the years 1 to 9999"
        )
    return when
