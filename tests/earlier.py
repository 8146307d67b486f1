"""A case in the earlier layout, made from one of today: one file for all coders.

Ids of the adjudicated set are as that layout had them: of their own.
"""

import csv

from helpers.case.files import csv_text
from helpers.case.load import load
from helpers.case.schema import CODED, columns

# Columns that the earlier layout did not have.
SPARE = ["rules", "proposed_by"]
DECIDED = ["unit", "pass_a", "pass_b", "adjudicated", "decision", "note"]


def to_earlier(folder):
    """Rewrite a case with two passes; gives its adjudicated rows, by table, as strings."""
    case = load(folder)
    stored = {}
    for unit in CODED.values():
        frame = getattr(case, unit.table).astype(object).where(lambda cells: cells.notna(), "")
        names = [name for name in columns(unit.table, "raw") if name not in SPARE]
        frame = frame[names].astype(str)
        is_adjudicated = frame.coder == "adjudicated"
        renamed = frame[unit.id].where(~is_adjudicated, "x-" + frame[unit.id])
        frame = frame.assign(**{unit.id: renamed})
        stored[unit.table] = frame[is_adjudicated].to_dict("records")
        rows = frame.itertuples(index=False, name=None)
        path = folder / f"coding/{unit.table}.csv"
        path.write_text(csv_text([names, *rows]), encoding="utf-8")
    lines = [DECIDED]
    for row in case.adjudication.itertuples():
        by_pass = {"a": "", "b": ""}
        for one in row.ids.split(";"):
            by_pass[one[0]] = one
        kept = f"x-{row.adjudicated}" if row.adjudicated else ""
        changed = "merged" if kept else "dropped"
        decision = "agreed" if row.decision == "agreed" else changed
        lines.append([row.unit, by_pass["a"], by_pass["b"], kept, decision, row.note])
    (folder / "coding/adjudication.csv").write_text(csv_text(lines), encoding="utf-8")
    for path in list((folder / "coding").glob("*/*.csv")):
        path.unlink()
    for path in list((folder / "coding").iterdir()):
        if path.is_dir():
            path.rmdir()
    return stored


def read(path):
    """The rows of a CSV file as dictionaries."""
    with open(path, encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))
