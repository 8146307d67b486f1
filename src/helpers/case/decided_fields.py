"""What adjudication decides on: the fields of a unit, and how a decision changes a row.

A field is a column, or several that go together: `passage`, `date`, `alt_date` and `number`. Rows
are records of strings, as the coders wrote them.
"""

import re
from collections.abc import Sequence
from typing import NamedTuple

from helpers.case.schema import CODED, columns, fields

Record = dict[str, str]

# The columns that go together; what stands first is what is compared.
TOGETHER = {
    "passage": ("start", "end", "quote", "lang", "gloss"),
    "date": (
        "date_edtf",
        "date_basis",
        "alt_date_edtf",
        "date_words",
        "date_note",
        "alt_date_note",
    ),
    "alt_date": ("alt_date_edtf", "alt_date_note"),
    "number": ("number", "number_of", "number_words"),
}
COMPARED = {"passage": 2, "date": 3, "alt_date": 1, "number": 1}
# Columns in words of the coder or of the article: they follow the row that is taken.
FOLLOW = {
    "note",
    "gloss",
    "lang",
    "rules",
    "place",
    "description",
    "date_words",
    "date_note",
    "alt_date_note",
    "number_words",
    "number_of",
}
# Columns in which nothing is decided, and those that are decided together with others alone.
FIXED = {"article_id", "coder", "quote", "start", "end", "proposed_by"}
WITHIN = {"date_edtf", "date_basis", "alt_date_edtf"}
# A passage as a decision gives it.
SPAN = re.compile(r"(0|[1-9][0-9]{0,8})-([1-9][0-9]{0,8})")
# What an empty cell means.
EMPTY_IS = {"polarity": "affirmed"}


class Decision(NamedTuple):
    """A row of the decisions; `row` is its number in the file."""

    row: int
    unit: str
    ids: tuple[str, ...]
    field: str
    take: str
    value: str
    basis: str
    overrides: str
    reason: str


def decidable(unit: str) -> list[str]:
    """The fields of a kind of unit on which one can decide, in their order."""
    table, identity = CODED[unit].table, CODED[unit].id
    names = columns(table, "raw")
    left = [name for name in names if name not in FIXED | WITHIN | {identity}]
    blocks = [name for name, parts in TOGETHER.items() if parts[0] in names]
    return [*blocks, *(name for name in left if name not in blocks)]


def needed(unit: str) -> list[str]:
    """The fields that must be decided where the passes differ; the others follow by rule."""
    return [name for name in decidable(unit) if name not in FOLLOW | {"passage", "alt_date"}]


def parts(field: str, names: Sequence[str]) -> list[str]:
    """The columns of a field, of those that a table has."""
    return [name for name in TOGETHER.get(field, (field,)) if name in names]


def plain(name: str, value: str, table: str) -> str:
    """A cell so that two that say the same are equal: a list sorted, and what empty stands for."""
    if fields(table, "raw").get(name, {}).get("list"):
        return ";".join(sorted(set(value.split(";"))))
    return value or EMPTY_IS.get(name, "")


def said(field: str, record: Record, unit: str) -> tuple[str, ...]:
    """What a row says of a field, so that two rows that say the same are equal."""
    names = TOGETHER.get(field, (field,))[: COMPARED.get(field, 1)]
    return tuple(plain(name, record.get(name, ""), CODED[unit].table) for name in names)


def differ(name: str, members: Sequence[Record], unit: str) -> bool:
    """Whether the passes differ in a field."""
    return len({said(name, member, unit) for member in members}) > 1


def in_words(field: str, record: Record) -> str:
    """What a row says of a field, as a sheet shows it."""
    if field == "passage":
        return f"{record['start']}-{record['end']}"
    if field == "date":
        second = record.get("alt_date_edtf", "")
        also = f", or {second}" if second else ""
        return f"{record['date_edtf']} {record['date_basis']}{also}".strip()
    return record[TOGETHER.get(field, (field,))[0]]


def longest(members: Sequence[Record]) -> Record:
    """The row with the longest passage; of equal ones the first."""
    return max(members, key=lambda row: int(row["end"]) - int(row["start"]))


def applied(row: Record, decision: Decision, of_pass: Record | None, text: str) -> Record:
    """A row with one decision carried out. `of_pass`: the unit of the pass whose value is taken.

    `text` is the article. What the decision says is taken to be allowed.
    """
    field = decision.field
    if field == "alt_date":
        return row | _second_date(row, decision, of_pass)
    if of_pass is not None:
        return row | {name: of_pass[name] for name in parts(field, list(row))}
    if field == "passage":
        start, end = decision.value.split("-")
        return row | {"start": start, "end": end, "quote": text[int(start) : int(end)]}
    if field == "date":
        basis = decision.basis if decision.value else "undated"
        own = {"date_edtf": decision.value, "date_basis": basis, "date_note": decision.reason}
        second = {"alt_date_edtf": "", "alt_date_note": ""}
        return row | own | {name: second[name] for name in second if name in row}
    return row | {field: decision.value}


def _second_date(row: Record, decision: Decision, of_pass: Record | None) -> Record:
    """The second reading: of a pass its own second one, or else its first where it is another."""
    if of_pass is None:
        value = decision.value if decision.take == "own" else ""
    elif of_pass["alt_date_edtf"] not in ("", row["date_edtf"]):
        value = of_pass["alt_date_edtf"]
    else:
        value = of_pass["date_edtf"]
    value = "" if value == row["date_edtf"] else value
    return {"alt_date_edtf": value, "alt_date_note": decision.reason if value else ""}


def left(field: str, members: Sequence[Record], row: Record, unit: str) -> bool:
    """Whether a row leaves what all passes agree on in a field; free words are agreed by none.

    Of a date, its basis and second reading count only where the dates are one. An outside source
    for what all left undated leaves nothing.
    """
    if field in FOLLOW:
        return False
    had = [said("date" if field == "alt_date" else field, member, unit) for member in members]
    now = said("date" if field == "alt_date" else field, row, unit)
    for place, value in enumerate(now):
        values = {one[place] for one in had}
        if len(values) == 1 and value not in values:
            undated = field == "date" and {one[0] for one in had} == {""}
            return not (undated and now[1] == "external")
        if place == 0 and len(values) > 1 and field in ("date", "alt_date"):
            return False
    return False


def pass_of(coder: str, members: Sequence[Record]) -> Record | None:
    """The first unit that a pass marked, of those that are one passage."""
    return next((member for member in members if member["coder"] == coder), None)
