"""Sent: what a page says, taken apart before anything is done with it."""

import re
import unicodedata
from collections.abc import Mapping
from typing import Any

from dispute.desk.sitting import Change, Step
from dispute.desk.tables import Row, Table, id_column
from helpers.case.problems import shown
from helpers.case.schema import file_columns
from helpers.case.suggestions import HOMES

# Of a step: changes, and characters of what it is called.
MOST, WORDS = 200, 200
# What the id of a suggested row is made from, where none is given.
NAMED = {"actor": "name", "issue": "label", "affiliation": "role"}
KEYS = {"actor": "actor_id", "issue": "issue", "affiliation": "affiliation_id"}
# How the page calls columns of a suggestion.
CALLED = {"actor_kind": "kind"}


class RefusedError(Exception):
    """What was asked is refused: the status of the answer, and what it says."""

    def __init__(self, status: int, said: Mapping[str, Any]) -> None:
        self.status, self.said = status, said
        super().__init__(f"{status}: {said}")


def refuse(expected: str) -> RefusedError:
    """That what was sent has not the form that is expected."""
    return RefusedError(400, {"told": f"expected {expected}"})


def changes_of(said: Mapping[str, Any], tables: Mapping[str, Table]) -> Step:
    """A step as it was sent; new rows get an id. Raises RefusedError where it has another form."""
    changes = said.get("changes")
    words = said.get("words", "")
    if not isinstance(changes, list) or not 0 < len(changes) <= MOST:
        raise refuse(f"a step of 1 to {MOST} changes")
    if not isinstance(words, str) or len(words) > WORDS or not _is_text(words):
        raise refuse(f"words of at most {WORDS} characters for the step")
    step = Step(tuple(_change(one, tables) for one in changes), words)
    if len({(one.table, one.id) for one in step.changes}) < len(changes):
        raise refuse("one change of a row in a step")
    return step


def _change(said: object, tables: Mapping[str, Table]) -> Change:
    if not isinstance(said, dict) or str(said.get("table")) not in tables:
        raise refuse(f"changes of one of the tables {', '.join(tables)}")
    table = tables[str(said["table"])]
    name, before, after = (said.get(part) for part in ("id", "before", "after"))
    rows_fit = all(row is None or isinstance(row, dict) for row in (before, after))
    if not rows_fit or (before is None and after is None):
        raise refuse("a row before or after, or both, as objects")
    if name is None and before is None:
        return Change(table.name, table.new_id(), None, after)
    if not isinstance(name, str):
        raise refuse("the id of a row that is there")
    return Change(table.name, name, _row_before(table, name, before), after)


def _row_before(table: Table, name: str, said: Mapping[str, Any] | None) -> Row | None:
    """The row as it is, if it is what the page says it was; else what the page says."""
    row = table.rows.get(name)
    if row is None or said is None:
        return None if said is None else {key: str(cell) for key, cell in said.items()}
    same = all(row.get(key) == cell for key, cell in said.items() if key != "quote")
    return row if same else {key: str(cell) for key, cell in said.items()}


def suggestion_of(said: Mapping[str, Any]) -> tuple[dict[str, Any], str]:
    """The row of a suggestion as it was sent, with an id, and what the step is called."""
    kind = str(said.get("kind"))
    if kind not in HOMES:
        raise refuse(f"a suggestion of the kind {', '.join(HOMES)}; found {shown(kind)}")
    given = {CALLED.get(name, name): cell for name, cell in said.items()}
    row = {name: given[name] for name in file_columns("suggestions") if name in given}
    row |= {"suggests": kind, "kind": said.get("actor_kind", "")}
    key = KEYS.get(kind, "")
    if key and not row.get(key):
        row[key] = said.get("id") or id_from(str(row.get(NAMED[kind], "")))
    if kind == "alias" and not row.get("actor_id"):
        row["actor_id"] = said.get("id", "")
    if kind == "actor":
        row["kind"] = row["kind"] or "person"
    words = str(row.get(NAMED.get(kind, "alias"), ""))[:80]
    return row, f"suggest the {kind} {words}" if _is_text(words) else f"suggest the {kind}"


def id_from(words: str) -> str:
    """An id from a name: small letters without marks, hyphens between words, no apostrophes."""
    plain = unicodedata.normalize("NFKD", re.sub("['\u2019\u02bc]", "", words)).casefold()
    return re.sub("[^a-z0-9]+", "-", "".join(filter(str.isascii, plain))).strip("-")[:80]


def whole_number(text: str) -> int:
    """A place in a text. Raises RefusedError for what is none."""
    if not re.fullmatch("[0-9]{1,9}", text):
        raise refuse("whole numbers for start and end")
    return int(text)


def name_of(table: str, row: Mapping[str, Any]) -> str:
    """The id that a row says it has, if any."""
    name = row.get(id_column(table), "")
    return name if isinstance(name, str) else ""


def _is_text(words: str) -> bool:
    return words.isprintable() or not words
