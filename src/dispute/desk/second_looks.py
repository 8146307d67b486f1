"""Second looks: what was coded before the codebook changed, listed to be looked at again."""

from collections.abc import Iterator
from typing import Any

from helpers.case.raw_case import RawCase
from helpers.case.schema import CODED, SCHEMA, fields

LOOKS = "second_looks"
Row = dict[str, str]


def second_looks(raw: RawCase, table: str, row: Row, change_id: str) -> list[Row]:
    """The rows of the table for a change: what was coded before and rests on the row changed."""
    return [
        {"change_id": change_id, "unit": unit, "unit_id": unit_id, "looked": ""}
        for unit, unit_id in resting_on(raw, table, row)
    ]


def resting_on(raw: RawCase, table: str, row: Row) -> list[tuple[str, str]]:
    """The units of all passes that a row of the codebook bears: their kinds and ids.

    Those that name it in a column; of an alias those that name its actor in its article. A rule
    that no unit names bears all units of its kind.
    """
    found = []
    for unit, kind in CODED.items():
        for record in raw.tables[kind.table].to_dict("records"):
            if _bears(table, row, kind.table, record):
                found.append((unit, record[kind.id]))
    if table == "rules" and not found:
        kinds = CODED if row["unit"] == "all" else {row["unit"]} & set(CODED)
        for unit in kinds:
            found += [(unit, one) for one in raw.tables[CODED[unit].table][CODED[unit].id]]
    return found


def _bears(table: str, row: Row, coded: str, record: Row) -> bool:
    home, key = table, SCHEMA["raw"][table]["key"][0]
    if table == "aliases":
        if record["article_id"] != row["article_id"]:
            return False
        home, key = "actors", "actor_id"
    for name, field in fields(coded, "raw").items():
        if field.get("in") == f"{home}.{key}":
            if row[key] in record[name].split(";"):
                return True
    return False


def open_looks(raw: RawCase) -> Iterator[dict[str, Any]]:
    """What is still to be looked at: each unit with its words, as far as it is there."""
    rows: dict[str, Row] = {}
    for kind in CODED.values():
        rows |= {row[kind.id]: row for row in raw.tables[kind.table].to_dict("records")}
    for look in raw.tables[LOOKS].to_dict("records"):
        if look["looked"]:
            continue
        row = rows.get(look["unit_id"], {})
        shown_of = {name: row.get(name, "") for name in ("article_id", "coder", "quote")}
        yield {**look, **shown_of, "is_there": bool(row)}
