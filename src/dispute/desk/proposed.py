"""Proposed: what proposers suggest in an article, and what becomes of it.

A proposal is no coding. It is sent to the page only at a desk that was opened for it, until the
coder has accepted, changed or rejected it. What the coder did is a row of `taken`; a row that came
of a proposal says so in `proposed_by`.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from dispute.desk.checking import Fault
from dispute.desk.sitting import Change, Step
from dispute.desk.tables import Row, Table
from helpers.case.problems import shown
from helpers.case.raw_case import RawCase
from helpers.case.schema import CODED, PROPOSED, columns, file_columns

TAKEN, PROPOSED_BY, REJECTED = "taken", "proposed_by", "rejected"
# What the page shows of a proposal besides the row that it would be.
TOLD = ("proposer", "proposal_id", "printed", "issues", "speech", "quote", "why")
Named = tuple[str, str]


class Proposals:
    """The proposals of a case. `raw`: the case as it was read, with them or without."""

    def __init__(self, raw: RawCase) -> None:
        self.rows: dict[Named, tuple[str, Row]] = {}
        self._of: dict[str, list[Named]] = {}
        for table, unit in PROPOSED.items():
            for row in raw.tables[table].fillna("").to_dict("records"):
                name = row["proposer"], row["proposal_id"]
                self.rows[name] = CODED[unit].table, row
                self._of.setdefault(row["article_id"], []).append(name)

    def of_article(self, article: str, taken: Table) -> list[dict[str, Any]]:
        """What is proposed in an article, as far as the coder has done nothing with it."""
        return [self._told(name) for name in self.left(article, taken)]

    def left(self, article: str, taken: Table) -> list[Named]:
        """The names of what is proposed in an article and the coder has done nothing with."""
        gone = {(row["proposer"], row["proposal_id"]) for row in taken.of_article(article)}
        return [name for name in self._of.get(article, ()) if name not in gone]

    def _told(self, name: Named) -> dict[str, Any]:
        table, row = self.rows[name]
        said = {column: row.get(column, "") for column in TOLD}
        return {"table": table, "row": self.coded(name), **said}

    def coded(self, name: Named) -> Row:
        """The row that a proposal would be, if it were taken as it is."""
        table, row = self.rows[name]
        own = set(columns(f"proposed_{table}", "raw"))
        cells = {column: row[column] for column in file_columns(table) if column in own}
        return cells | {PROPOSED_BY: row["proposer"]}

    def followed(self, step: Step, tables: Mapping[str, Table]) -> Step:
        """A step with what follows from it for `taken`.

        What was accepted otherwise than it was proposed is `changed`, and names the row that came
        of it; where that row goes, its name goes too.
        """
        units = {unit.table for unit in CODED.values()}
        new = [one for one in step.changes if one.table in units and one.before is None]
        gone = {one.id for one in step.changes if one.table in units and one.after is None}
        changes = [self._named(one, new) for one in step.changes]
        for name, row in tables[TAKEN].rows.items():
            if row["row_id"] in gone:
                changes.append(Change(TAKEN, name, row, row | {"row_id": ""}))
        return Step(tuple(changes), step.words)

    def _named(self, change: Change, new: list[Change]) -> Change:
        row = change.after
        if change.table != TAKEN or change.before or not row or row["done"] == REJECTED or not new:
            return change
        became = new[0].after or {}
        proposed = self.coded((row["proposer"], row["proposal_id"]))
        is_same = all(became[column] == cell for column, cell in proposed.items())
        done = {"done": "accepted" if is_same else "changed", "row_id": new[0].id}
        return Change(TAKEN, change.id, None, row | done)

    def faults(self, step: Step, taken: Table) -> Iterator[tuple[int, Fault]]:
        """The number of each change that takes what is not proposed, or was taken before."""
        known = {(row["proposer"], row["proposal_id"]) for row in taken.rows.values()}
        for number, change in enumerate(step.changes):
            if change.table == TAKEN and change.before is None and change.after:
                name = change.after["proposer"], change.after["proposal_id"]
                if name not in self.rows or name in known:
                    expected = "a proposal with which nothing was done yet"
                    yield number, Fault("proposal_id", shown(name[1]), expected)
