"""The sheet of adjudication: what is undecided, to be filled in, and taken back.

One row for each unit and field that needs a decision, with a column for what each pass has. A row
without `take` stays undecided. What is taken back stands in the file of the decisions.
"""

from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from helpers.case.adjudication import Adjudication, adjudicate, adjudicated_coder, passes
from helpers.case.cells import table_problems
from helpers.case.decided_fields import Decision, longest
from helpers.case.decisions import decisions_text, read_decisions
from helpers.case.files import write_file
from helpers.case.folder import DECISIONS, locate
from helpers.case.load import faults_of_decided, read_for_adjudication
from helpers.case.problems import FIRST_ROW, CaseError, Problem
from helpers.case.raw_case import RawCase
from helpers.case.raw_tables import read_csv
from helpers.case.schema import columns
from helpers.case.spreadsheets import as_meant, sheet_csv

# What stands before and after the columns of the passes.
BEFORE = ["unit", "ids", "article_id", "words", "field"]
AFTER = ["take", "value", "basis", "overrides", "reason"]
# The number of the first row of a sheet, where rows of both files are judged together.
SHEET_ROWS = 10_000_000


@dataclass(frozen=True)
class Taken:
    """What was taken back of a sheet: how many decisions, and how many followed by rule."""

    n_taken: int
    n_by_rule: int
    made: Adjudication


def ready(case_dir: Path | str) -> tuple[Path, RawCase, Adjudication]:
    """A case whose passes are sound, and what came of them.

    Raises CaseError with every problem, those of the decisions too, but for what is undecided; and
    where no coder has the role of the adjudicated set.
    """
    folder = locate(case_dir)
    raw, made = read_for_adjudication(folder)
    if made.problems:
        raise CaseError(sorted(set(made.problems)))
    return folder, raw, made


def sheet_text(raw: RawCase, made: Adjudication) -> str:
    """The sheet as CSV text."""
    coders = passes(raw)
    lines = [[*BEFORE, *coders, *AFTER]]
    for one in made.undecided:
        passage = longest(one.members)
        said = one.said()
        head = [one.unit, one.ids, passage["article_id"], passage["quote"], one.field]
        lines.append([*head, *(said.get(coder, "") for coder in coders), *([""] * len(AFTER))])
    return sheet_csv(lines)


def take_sheet(case_dir: Path | str, sheet: Path) -> Taken:
    """Take the decisions of a filled sheet into the file of the case.

    A decision on what the file has decided already replaces that. Raises CaseError with every
    problem of the sheet, and then writes nothing.
    """
    folder, raw, _ = ready(case_dir)
    asked = _read_sheet(raw, sheet)
    fresh = {(one.unit, frozenset(one.ids), one.field) for one in asked}
    known = [
        one for one in read_decisions(raw) if (one.unit, frozenset(one.ids), one.field) not in fresh
    ]
    made = adjudicate(raw, [*known, *asked])
    kept = [one for one in asked if one.row not in made.by_rule]
    if len(kept) < len(asked):
        made = adjudicate(raw, [*known, *kept])
    faults = [*made.problems, *faults_of_decided(raw, made, adjudicated_coder(raw))]
    if faults:
        raise CaseError(sorted({_in_sheet(fault, sheet) for fault in faults}))
    write_file(folder / DECISIONS, decisions_text([*known, *kept]).encode())
    return Taken(len(kept), len(asked) - len(kept), made)


def _read_sheet(raw: RawCase, sheet: Path) -> list[Decision]:
    """The rows of a sheet that take something. Raises CaseError with every fault of its form."""
    read = read_csv(sheet, sheet.name, [*BEFORE, *passes(raw), *AFTER], [])
    if read.problems:
        raise CaseError(read.problems)
    frame = as_meant(read.frame)
    filled = frame[(frame[AFTER] != "").any(axis=1)]
    table = filled[columns("decisions", "raw")].reset_index(drop=True)
    rows = [int(row) + FIRST_ROW for row in filled.index]
    places = {"decisions": [(sheet.name, row) for row in rows]}
    faults = table_problems({"decisions": table}, "raw", {"decisions": sheet.name}, places)
    if faults:
        raise CaseError(
            [
                Problem(one.file, rows[one.row - FIRST_ROW], one.column, one.found, one.expected)
                for one in faults
            ]
        )
    return _decisions(table, rows)


def _decisions(table: pd.DataFrame, rows: list[int]) -> list[Decision]:
    found = []
    for row, (unit, ids, *rest) in zip(rows, table.itertuples(index=False, name=None), strict=True):
        found.append(Decision(SHEET_ROWS + row, unit, tuple(ids.split(";")), *rest))
    return found


def _in_sheet(fault: Problem, sheet: Path) -> Problem:
    """A problem of a decision, in the sheet where it is one of the sheet's."""
    if fault.row < SHEET_ROWS:
        return fault
    row = fault.row - SHEET_ROWS
    return Problem(sheet.name, row, fault.column, fault.found, fault.expected)
