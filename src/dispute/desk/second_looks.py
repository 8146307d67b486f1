"""Second looks: what was coded before the codebook changed, listed to be looked at again."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from dispute.desk.tables import Table
from helpers.case.raw_case import RawCase
from helpers.case.schema import CODED, SCHEMA, fields

LOOKS, CHANGES = "second_looks", "codebook_changes"
Row = dict[str, str]
# By article and unit, why the codebook was changed.
Looks = dict[str, dict[str, str]]


def today() -> str:
    """The day on the clock of this machine."""
    return date.today().isoformat()


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
    done = raw.tables["progress"].to_dict("records")
    for look in waiting(raw, rows, {(row["coder"], row["article_id"]): row for row in done}):
        row = rows.get(look["unit_id"], {})
        shown_of = {name: row.get(name, "") for name in ("article_id", "coder", "quote")}
        yield {**look, **shown_of, "is_there": bool(row)}


def waiting(
    raw: RawCase, rows: Mapping[str, Row], done: Mapping[tuple[str, str], Row]
) -> Iterator[Row]:
    """The looks that nobody has had. `rows` are units by id.

    `done`: what coders have called done, by coder and article. What was coded before a change is
    looked at again when the article is called done after it.
    """
    order = {change: number for number, change in enumerate(raw.tables[CHANGES].change_id)}
    for look in raw.tables[LOOKS].to_dict("records"):
        row = rows.get(look["unit_id"], {})
        seen = done.get((row.get("coder", ""), row.get("article_id", "")), {}).get("change_id", "")
        if not look["looked"] and order.get(look["change_id"], 0) > order.get(seen, -1):
            yield look


def own_looks(raw: RawCase, coder: str, tables: Mapping[str, Table]) -> Looks:
    """What a coder is to look at again: by article and unit why the codebook was changed."""
    listed, rows = list(raw.tables[LOOKS].unit_id), dict[str, Row]()
    for kind in CODED.values():
        own = tables[kind.table].rows
        rows |= {name: own[name] | {"coder": coder} for name in listed if name in own}
    done = {(coder, article): row for article, row in tables["progress"].rows.items()}
    frame = raw.tables[CHANGES]
    reasons = dict(zip(frame.change_id, frame.reason, strict=True))
    found: Looks = {}
    for look in waiting(raw, rows, done):
        if row := rows.get(look["unit_id"]):
            reason = reasons.get(look["change_id"], "")
            found.setdefault(row["article_id"], {})[look["unit_id"]] = reason
    return found
