"""What is taken of a database (SQLite) that somebody sent: so much work, so much text, true ids.

A database can compute what it shows: a column that is generated, a table that is a view without
end. It is read with limits, as the makers of SQLite advise (sqlite.org/security.html).
"""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from typing import Any

from helpers.words import printable

# Bytes of one text; characters of all texts together; values of all rows together.
TEXT, ALL_TEXT, VALUES = 10_000_000, 200_000_000, 20_000_000
# How often the engine may take so many steps: some seconds of work.
STEPS, TIMES = 100_000, 10_000
# Characters of an error that are told.
TOLD = 120
# So many faults are told.
FAULTS = 5
# The columns that name a row, or point to one, by the table they stand in.
IDS = ("ID", "StatementTypeId", "DocumentId", "StatementId", "VariableId", "EntityId")
# What is computed, told to its sender after the kind of database that was expected.
COMPUTED = (
    "it computes more than a database of codings holds "
    "(a text too long, or a column or table without end)"
)


@contextmanager
def limits(connection: sqlite3.Connection, kind: str) -> Iterator[None]:
    """Limits of work and size while a database is read; raises ValueError where they are met.

    `kind` is the tool whose database was expected, as the error names it.
    """
    steps = iter(range(TIMES))
    before = connection.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, TEXT)
    connection.execute("PRAGMA trusted_schema = OFF")
    connection.set_progress_handler(lambda: next(steps, None) is None, STEPS)
    try:
        yield
    except ValueError as error:
        if isinstance(error.__cause__, (sqlite3.DataError, sqlite3.OperationalError)):
            if any(word in str(error.__cause__) for word in ("too big", "interrupted")):
                raise ValueError(f"no {kind} database: {COMPUTED}") from error
        raise
    except MemoryError as error:
        raise ValueError(f"no {kind} database: {COMPUTED}") from error
    finally:
        connection.set_progress_handler(None, 0)
        connection.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, before)


class Room:
    """How much may still be read of a database of some kind."""

    def __init__(self, kind: str) -> None:
        self.kind, self.text, self.values = kind, ALL_TEXT, VALUES

    def take(self, record: tuple[Any, ...]) -> None:
        """Take in a row; raises ValueError where that is too much."""
        self.values -= len(record)
        self.text -= sum(len(value) for value in record if isinstance(value, (str, bytes)))
        if min(self.text, self.values) < 0:
            raise ValueError(f"no {self.kind} database: {COMPUTED}")


def id_faults(tables: dict[str, list[dict[str, Any]]]) -> Iterator[str]:
    """Ids that are no whole numbers, and those that two rows of a table have."""
    for table, rows in tables.items():
        for column in IDS:
            values = [row.get(column) for row in rows]
            strange = [value for value in values if not isinstance(value, (int, type(None)))]
            if strange:
                yield f"{column} in {table} is {strange[0]!r:.60}, expected a whole number"
        named = [row["ID"] for row in rows if "ID" in row]
        if any(number is None for number in named):
            yield f"a row without ID in {table}"
        elif len(set(map(repr, named))) < len(named):
            twice = next(number for number in named if named.count(number) > 1)
            yield f"ID {twice!r:.60} stands twice in {table}"


def filled(layout: str, fill: Callable[[sqlite3.Connection], None]) -> bytes:
    """The bytes of a new database: its tables as SQL lays them out, and what `fill` puts there."""
    with closing(sqlite3.connect(":memory:")) as database:
        database.executescript(layout)
        fill(database)
        database.commit()
        return database.serialize()


def rows_of(
    content: bytes, kind: str, wanted: dict[str, dict[str, type]]
) -> dict[str, list[dict[str, Any]]]:
    """The rows of tables of a database, with the columns wanted, each `int` or `str`.

    A text that is missing is empty, a number None. Raises ValueError for what is no such database:
    `kind` is the tool whose it should be. What is a view, or computed, is not read.
    """
    # A journal beside the file is not needed to read what is in it.
    journal = content[18:20] == b"\2\2"
    content = content[:18] + b"\1\1" + content[20:] if journal else content
    with closing(sqlite3.connect(":memory:")) as database:
        try:
            database.deserialize(content)
        except (sqlite3.Error, OverflowError) as error:
            raise ValueError(f"no {kind} database: {error}") from error
        with limits(database, kind):
            try:
                return _rows_of(database, kind, wanted)
            except (sqlite3.Error, UnicodeError) as error:
                # SQLite shows the whole text that it could not read.
                words = printable(str(error), TOLD)
                raise ValueError(f"no {kind} database: {words}") from error


def _rows_of(
    database: sqlite3.Connection, kind: str, wanted: dict[str, dict[str, type]]
) -> dict[str, list[dict[str, Any]]]:
    left = Room(kind)
    query = "SELECT lower(name) FROM sqlite_master WHERE type = 'table' AND rootpage > 0"
    there = {name for (name,) in database.execute(query).fetchall()}
    found: dict[str, list[dict[str, Any]]] = {}
    for table, columns in wanted.items():
        known = {row[1].lower() for row in database.execute(f"PRAGMA table_info({table})")}
        if lacks := [column for column in columns if column not in known or table not in there]:
            raise ValueError(f"no {kind} database: no column {lacks[0]} in a table {table}")
        found[table] = []
        for record in database.execute(f"SELECT {', '.join(columns)} FROM {table} ORDER BY 1"):
            left.take(record)
            row = dict(zip(columns, record, strict=True))
            for column, value in row.items():
                expected = columns[column]
                if value is None:
                    row[column] = "" if expected is str else None
                elif type(value) is not expected:
                    words = "a whole number" if expected is int else "text"
                    found_there = f"{column} in {table} is {value!r:.60}"
                    raise ValueError(f"no {kind} database: {found_there}, expected {words}")
            found[table].append(row)
    return found
