"""Codebook: edits by its owner, each dated with its reason, and what was coded before them.

An edit is judged by the rules of `dispute check` on the whole case before it is written. It is put
down in codebook/changes.csv, with the units that rest on what is changed in
codebook/second_looks.csv, and the table itself changes, its other rows byte for byte as they were:
all of it or nothing (`whole`).
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pandas as pd

from dispute.desk.pairs import NotTakenError
from dispute.desk.second_looks import CHANGES, LOOKS, Row, open_looks, second_looks, today
from dispute.desk.settling import Settling
from dispute.desk.whole import write_whole
from helpers.case import anchors
from helpers.case.edited_rows import with_row, with_rows
from helpers.case.files import read_bytes, write_file
from helpers.case.load import RULES
from helpers.case.metadata import issue_problems, read_metadata
from helpers.case.problems import Problem, shown
from helpers.case.raw_case import RawCase, raw_table_problems
from helpers.case.raw_tables import BYTES, read_raw
from helpers.case.schema import SCHEMA, columns, fields, file_columns, optional
from helpers.case.suggestions import HOMES, home_row, key_of

# The tables that the owner edits here, in the order in which they are shown.
TABLES = ("issues", "actors", "aliases", "rules", "stances", "relation_types", "affiliations")
# Those of them whose rows stand on words of an article.
QUOTED = ("affiliations",)
# What a person may call today: the clock of the person is the date of a change.
Clock = Callable[[], str]


class Codebook:
    """The codebook of a case that is being settled, as its owner edits it."""

    def __init__(self, settling: Settling, clock: Clock = today) -> None:
        self._settling = settling
        self._clock = clock

    @property
    def folder(self) -> Path:
        """The folder of the case."""
        return self._settling.folder

    def told(self) -> dict[str, Any]:
        """The tables with their columns and rows, the changes, and what is to be looked at."""
        raw = self._settling.raw
        return {
            "version": self._settling.version,
            "tables": [
                {
                    "table": table,
                    "key": SCHEMA["raw"][table]["key"],
                    "columns": list(_columns(table)),
                    "rows": self.rows(table),
                }
                for table in TABLES
            ],
            "changes": list(reversed(raw.tables[CHANGES].to_dict("records"))),
            "looks": list(open_looks(raw)),
            "suggestions": list(self.suggestions()),
        }

    def suggestions(self) -> Iterator[dict[str, Any]]:
        """What coders suggest and the codebook has not taken."""
        for row in self._settling.raw.tables["suggestions"].to_dict("records"):
            table = HOMES[row["suggests"]]
            home = home_row(row)
            known = {key_of(table, one) for one in self.rows(table)}
            if key_of(table, home) not in known:
                said = {"coder": row["coder"], "suggestion": row["suggestion_id"]}
                yield {**said, "table": table, "row": home}

    def take(self, coder: str, suggestion: str, reason: str) -> None:
        """Take what a coder suggests into the codebook. NotTakenError: nobody suggests it."""
        for one in self.suggestions():
            if (one["coder"], one["suggestion"]) == (coder, suggestion):
                self.change(one["table"], None, one["row"], reason)
                return
        expected = f"a suggestion of {coder} that the codebook has not taken"
        problem = Problem("suggestions", 0, "suggestion_id", shown(suggestion), expected)
        raise NotTakenError([problem])

    def rows(self, table: str) -> list[Row]:
        """The rows of a table as its file has them, without what coders suggest."""
        file = _file(table)
        found: list[Row] = read_raw(self.folder / file, table, file).frame.to_dict("records")
        return found

    def change(
        self, table: str, before: Row | None, after: Row | None, reason: str, looks: bool = True
    ) -> None:
        """Change a row, put one in (without `before`), or take one out (without `after`).

        `looks`: list for another look what was coded before. Raises NotTakenError.
        """
        if table not in TABLES:
            expected = f"one of {', '.join(TABLES)}"
            raise NotTakenError([Problem("codebook", 0, "table", shown(table), expected)])
        before, after = _whole(table, before), _whole(table, after)
        self._expect(table, before, after)
        raw = self._settling.raw
        new = self._written_down(table, before, after, reason)
        again = second_looks(raw, table, before, new[0]["change_id"]) if looks and before else []
        tried = _tried(raw, self.rows(table), table, before, after)
        for name, rows in ((CHANGES, new), (LOOKS, again)):
            tried.tables[name] = _below(tried.tables[name], rows)
        if faults := self._faults(table, tried):
            raise NotTakenError(faults)
        written = {CHANGES: with_rows(self._bytes(CHANGES), CHANGES, new)}
        if again:
            written[LOOKS] = with_rows(self._bytes(LOOKS), LOOKS, again)
        written[table] = with_row(self._bytes(table), table, before, after)
        write_whole(self.folder, {_file(name): content for name, content in written.items()})
        if table in raw.places:
            # Coders suggest rows of this table: where each stands is another now.
            self._settling.read()
        else:
            self._settling.raw = tried
            self._settling.wrote()

    def look(self, change_id: str, unit_ids: Sequence[str]) -> None:
        """Put down that somebody looked at units again. NotTakenError: one is not listed."""
        frame = self._settling.raw.tables[LOOKS]
        listed = frame[(frame.change_id == change_id) & frame.unit_id.isin(unit_ids)]
        if strange := sorted(set(unit_ids) - set(listed.unit_id)):
            expected = "a unit that is listed for another look"
            raise NotTakenError(
                [Problem(_file(LOOKS), 0, "unit_id", shown(one), expected) for one in strange]
            )
        content = self._bytes(LOOKS)
        for row in listed.to_dict("records"):
            content = with_row(content, LOOKS, row, row | {"looked": self._clock()})
        write_file(self.folder / _file(LOOKS), content)
        self._settling.raw.tables[LOOKS] = frame.assign(
            looked=frame.looked.where(~frame.index.isin(listed.index), self._clock())
        )
        self._settling.wrote()

    def _expect(self, table: str, before: Row | None, after: Row | None) -> None:
        """Refuse what is no change of a table, or of a row that is another by now."""
        file = _file(table)
        if before == after:
            expected = "something else than what stands there"
            raise NotTakenError([Problem(file, 0, "", "no change", expected)])
        if before is not None and before not in self.rows(table):
            expected = "the row as it stands in the file"
            raise NotTakenError([Problem(file, 0, "", shown(_key(table, before)), expected)])

    def _written_down(
        self, table: str, before: Row | None, after: Row | None, reason: str
    ) -> list[Row]:
        """The rows of the table of changes for a change: one for each cell, or one for a row."""
        if before and after:
            differing = [name for name in before if before[name] != after[name]]
            cells = [(name, before[name], after[name]) for name in differing]
        else:
            cells = [("", _in_words(table, before), _in_words(table, after))]
        number = _last_number(self._settling.raw.tables[CHANGES].change_id)
        common = {"date": self._clock(), "table": table, "reason": reason}
        common["key"] = _key(table, before or after or {})
        rows = []
        for place, (column, was, is_now) in enumerate(cells, start=number + 1):
            cell = {"column": column, "before": was, "after": is_now}
            rows.append({"change_id": f"c{place:04}", **common, **cell})
        return rows

    def _faults(self, table: str, raw: RawCase) -> list[Problem]:
        """Every problem that the case would have with another row of a table.

        The rules on quotes are left out where the table has none: they take longest, and ask
        nothing of the others.
        """
        rules = RULES if table in QUOTED else [rule for rule in RULES if rule not in anchors.RULES]
        problems = [*raw_table_problems(raw), *(one for rule in rules for one in rule(raw))]
        problems = [raw.located(one) for one in problems]
        metadata, _ = read_metadata(self.folder)
        problems += issue_problems(metadata, raw.tables["issues"].issue)
        return sorted(set(problems or self._settling.faults_in(raw)))

    def _bytes(self, table: str) -> bytes:
        path = self.folder / _file(table)
        return read_bytes(path, BYTES) if path.exists() else b""


def _file(table: str) -> str:
    return str(SCHEMA["raw"][table]["file"])


def _columns(table: str) -> Iterator[dict[str, Any]]:
    """What the page needs to know of the columns of a table."""
    may_be_empty = optional(table, "raw")
    for name, field in fields(table, "raw").items():
        yield {
            "name": name,
            "meaning": field["description"],
            "enum": field.get("enum", []),
            "table": field.get("in", "").partition(".")[0],
            "required": name not in may_be_empty,
        }


def _whole(table: str, row: Row | None) -> Row | None:
    """A row with every column of its table and no other."""
    if row is None:
        return None
    return {name: str(row.get(name) or "") for name in file_columns(table)}


def _key(table: str, row: Mapping[str, str]) -> str:
    return " | ".join(row[name] for name in SCHEMA["raw"][table]["key"])


def _in_words(table: str, row: Row | None) -> str:
    """A whole row in a cell: what it has beside its key."""
    key = SCHEMA["raw"][table]["key"]
    cells = [f"{name}: {cell}" for name, cell in (row or {}).items() if cell and name not in key]
    return "; ".join(cells)


def _last_number(ids: pd.Series) -> int:
    numbers = [int(one[1:]) for one in ids if re.fullmatch("c[0-9]{1,9}", one)]
    return max(numbers, default=0)


def _tried(
    raw: RawCase, own: list[Row], table: str, before: Row | None, after: Row | None
) -> RawCase:
    """The case with a row of the codebook changed; a suggestion of the same key gives way.

    `own`: the rows of the table's file; below them the case has what coders suggest.
    """
    rows: list[Row] = raw.tables[table].to_dict("records")
    place = len(own) if before is None else own.index(before)
    suggested = rows[len(own) :]
    if after:
        suggested = [row for row in suggested if key_of(table, row) != key_of(table, after)]
    rows = [*rows[:place], *filter(None, [after]), *rows[place + 1 : len(own)], *suggested]
    frame = pd.DataFrame(rows, columns=columns(table, "raw"), dtype=object)
    places = {name: some for name, some in raw.places.items() if name != table}
    tried = replace(raw, tables=raw.tables | {table: frame}, places=places)
    return anchors.with_positions(tried) if table in QUOTED else tried


def _below(frame: pd.DataFrame, rows: list[Row]) -> pd.DataFrame:
    more = pd.DataFrame(rows, columns=list(frame), dtype=object)
    return pd.concat([frame, more], ignore_index=True).astype(object)
