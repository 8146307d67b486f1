"""The file of the decisions: read, and written.

What a decision is stands in `decided_fields`, what becomes of it in `adjudication`.
"""

from collections.abc import Sequence

from helpers.case.decided_fields import Decision
from helpers.case.files import csv_text
from helpers.case.raw_case import RawCase
from helpers.case.schema import CODED, columns, file_columns


def read_decisions(raw: RawCase) -> list[Decision]:
    """The decisions in the order of their file."""
    names = columns("decisions", "raw")
    found = []
    for row, (unit, ids, *rest) in raw.rows("decisions", *names):
        found.append(Decision(row, unit, tuple(ids.split(";")), *rest))
    return found


def decisions_text(decisions: Sequence[Decision]) -> str:
    """Decisions as the text of their file, sorted by unit and ids."""
    place = {unit: number for number, unit in enumerate(CODED)}
    ordered = sorted(decisions, key=lambda one: (place[one.unit], one.ids, one.field))
    names = file_columns("decisions")
    lines = [names]
    for one in ordered:
        cells = one._asdict() | {"ids": ";".join(one.ids)}
        lines.append([cells[name] for name in names])
    return csv_text(lines)
