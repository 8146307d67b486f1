"""Suggested: a suggestion that rows of the coder use is not taken away under them."""

from collections.abc import Iterator, Mapping

from dispute.desk.checking import Fault
from dispute.desk.sitting import Step
from dispute.desk.tables import Row, Table
from helpers.case.cells import parts
from helpers.case.raw_case import RawCase
from helpers.case.schema import fields, file_columns
from helpers.case.suggestions import HOMES

# What rows point to, and the column of a suggestion that they name there.
POINTED_TO = {"actor": ("actors.actor_id", "actor_id"), "issue": ("issues.issue", "issue")}


def taken_away(
    step: Step, tables: Mapping[str, Table], raw: RawCase
) -> Iterator[tuple[int, Fault]]:
    """The number of each change that takes a suggested actor or issue from a row that names it."""
    for number, change in enumerate(step.changes):
        kind = (change.before or {}).get("suggests", "")
        if change.table != "suggestions" or kind not in POINTED_TO or change.before is None:
            continue
        pointed, column = POINTED_TO[kind]
        gone = change.before[column]
        if change.after and change.after[column] == gone and change.after["suggests"] == kind:
            continue
        if gone in set(raw.tables[HOMES[kind]][column]):
            continue
        if user := next(_users(step, tables, pointed, gone, change.id), ""):
            found = f"the {kind} {gone}, which {user} names"
            yield number, Fault(column, found, "a suggestion that no row names, to be taken away")


def _users(
    step: Step, tables: Mapping[str, Table], pointed: str, gone: str, own: str
) -> Iterator[str]:
    """The ids of the rows that name something, as they are after a step."""
    changed = {(change.table, change.id): change.after for change in step.changes}
    for table, one in tables.items():
        described = fields(table, "raw")
        columns = [name for name in file_columns(table) if described[name].get("in", "") == pointed]
        rows: dict[str, Row | None] = dict(one.rows)
        rows |= {name: row for (home, name), row in changed.items() if home == table}
        for name, row in rows.items():
            if row and not (table == "suggestions" and name == own):
                cells = (parts(described[column], row[column]) for column in columns)
                if any(gone in cell for cell in cells):
                    yield name
