"""How DNA 3 lays out its SQLite database: its tables, and how they are read.

`dna.sql` is the one description of the tables. It is executed to write a database, and asked here
for the columns that a database may lack.
"""

import sqlite3
from contextlib import closing
from datetime import datetime, timedelta
from importlib.resources import files
from typing import Any

from dispute.exchange.databases import FAULTS, Room, id_faults, limits

Row = dict[str, Any]
Tables = dict[str, list[Row]]

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
    "DOCUMENTS": ["Source"],
    "STATEMENTS": ["Coder"],
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
        for name, types in sorted(columns_of(cursor).items()):
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
