"""What several coders did in clones of their own, each by folder, put together for one case.

Articles are the same or new; rows of the codebook are the same, new, or a conflict; the rows of a
coder join below those that are there. What is decided in a clone stays there: one decides when all
passes are together. Proposals come along whole, where the case has none of that proposer.
"""

import csv
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

from helpers.case.coder_folders import folders
from helpers.case.folder import PROPOSALS, PROPOSED_FILES, files_of
from helpers.case.load import check_passes
from helpers.case.problems import FIRST_ROW, Problem, shown
from helpers.case.schema import BY_CODER, CODER, SCHEMA, file_columns, folder_column, is_open
from helpers.words import counted

Row = dict[str, str]
Key = tuple[str, ...]
# Tables with a row for each key, the same for all coders.
COMMON = [
    name
    for name, spec in SCHEMA["raw"].items()
    if not folder_column(name) and name not in ("articles", "decisions")
]
ID = {table: SCHEMA["raw"][table]["key"][0] for table in BY_CODER}


class Joined(NamedTuple):
    """What joins a case: rows by raw table, files by path, and what stands against it.

    `told` are sentences on what each clone brings and leaves.
    """

    rows: dict[str, list[Row]]
    files: dict[str, bytes]
    problems: list[Problem]
    told: list[str]


class Clone(NamedTuple):
    """A case of somebody else: its folder, and what it is called."""

    folder: Path
    name: str

    def conflict(self, file: str, row: int, found: str, expected: str) -> Problem:
        """Something in it that goes against what is there."""
        return Problem(f"{self.name}/{file}", row, "", found, expected)


def join(folder: Path, clones: Mapping[str, Path]) -> Joined:
    """What the cases in some folders (by what they are called) add to the case in another.

    Nothing is written.
    """
    joined = Joined({}, {}, [], [])
    articles = {path.name: path.read_bytes() for path in _articles(folder)}
    proposers = {path.name for path in _proposers(folder)}
    common = {table: _by_key(folder, table) for table in COMMON}
    coded = {table: _by_id(folder, table) for table in BY_CODER}
    for name, place in clones.items():
        clone = Clone(place, name)
        if faults := check_passes(place):
            joined.problems.extend(replace(one, file=f"{name}/{one.file}") for one in faults)
            continue
        new = _join_articles(clone, articles, joined)
        new += sum(_join_common(clone, table, rows, joined) for table, rows in common.items())
        renamed: dict[str, str] = {}
        for table, rows in coded.items():
            new += _join_coded(clone, table, rows, joined, renamed)
        _join_proposals(clone, proposers, joined)
        joined.told.append(f"{name}: {new} new rows and articles")
        if decided := len(list(_rows(place, "decisions"))):
            joined.told.append(f"{name}: {counted(decided, 'decision')} stayed there")
    return joined


def _articles(folder: Path) -> Iterator[Path]:
    home = folder / "articles"
    return (path for path in files_of(folder) if path.parent == home and path.is_file())


def _join_articles(clone: Clone, known: dict[str, bytes], joined: Joined) -> int:
    """Take in the articles of a clone that are not there; one that is must be the same."""
    new = 0
    for path in sorted(_articles(clone.folder)):
        content, name = path.read_bytes(), f"articles/{path.name}"
        there = known.setdefault(path.name, content)
        if there is content:
            joined.files[name] = content
            new += path.suffix == ".txt"
        elif there != content:
            expected = "the same as in the case, byte for byte"
            joined.problems.append(clone.conflict(name, 0, "another text", expected))
    return new


def _join_common(clone: Clone, table: str, known: dict[Key, Row], joined: Joined) -> int:
    """Take in the rows of a table that has one for each key."""
    new, file = 0, SCHEMA["raw"][table]["file"]
    for number, row in _rows(clone.folder, table):
        other = known.setdefault(_key(table, row), row)
        if other is row:
            joined.rows.setdefault(table, []).append(row)
            new += 1
        elif difference := _difference(row, other):
            joined.problems.append(clone.conflict(file, number, *difference))
    return new


def _join_coded(
    clone: Clone, table: str, known: dict[str, Row], joined: Joined, renamed: dict[str, str]
) -> int:
    """Take in the units of coders; an id that another coder has gets the coder before it.

    `renamed`: the ids that got one, for the rows that name them.
    """
    new, name = 0, ID[table]
    for number, row in _rows(clone.folder, table):
        if "row_id" in row:
            row["row_id"] = renamed.get(row["row_id"], row["row_id"])
        other = known.get(row[name])
        if other and other["coder"] != row["coder"]:
            renamed[row[name]] = f"{row['coder']}-{row[name]}"
            row[name] = renamed[row[name]]
            other = known.get(row[name])
        if other is None:
            known[row[name]] = row
            joined.rows.setdefault(table, []).append(row)
            new += 1
        elif difference := _difference(row, other):
            file = BY_CODER[table].replace(CODER, row["coder"])
            joined.problems.append(clone.conflict(file, number, *difference))
    return new


def _proposers(folder: Path) -> list[Path]:
    return [folder / PROPOSALS / name for name in folders(folder, PROPOSALS)]


def _join_proposals(clone: Clone, known: set[str], joined: Joined) -> None:
    """Take in the proposals of a clone by proposers that the case does not have."""
    for home in _proposers(clone.folder):
        if home.name in known:
            continue
        known.add(home.name)
        for path in sorted(home.iterdir()):
            if path.name in PROPOSED_FILES and path.is_file():
                joined.files[f"{PROPOSALS}/{home.name}/{path.name}"] = path.read_bytes()


def _difference(row: Row, other: Row) -> tuple[str, str] | None:
    """In what a row differs from one with the same key: what was found, and what is there."""
    for column, value in row.items():
        if value != (there := other.get(column, "")):
            return f"{column} {shown(value)}", f"{shown(there)}, as in the case"
    return None


def _by_key(folder: Path, table: str) -> dict[Key, Row]:
    return {_key(table, row): row for _, row in _rows(folder, table)}


def _by_id(folder: Path, table: str) -> dict[str, Row]:
    return {row[ID[table]]: row for _, row in _rows(folder, table)}


def _key(table: str, row: Row) -> Key:
    return tuple(row[column] for column in SCHEMA["raw"][table]["key"])


def _rows(folder: Path, table: str) -> Iterator[tuple[int, Row]]:
    """The rows of a table with their numbers; those of all coders, each with its coder."""
    file = SCHEMA["raw"][table]["file"]
    for path in sorted(folder.glob(file.replace(CODER, "*"))):
        with path.open(encoding="utf-8-sig", newline="") as lines:
            for number, given in enumerate(csv.DictReader(lines), start=FIRST_ROW):
                columns = [*file_columns(table), *(given if is_open(table) else ())]
                row = {column: given.get(column, "") for column in columns}
                yield number, row | ({"coder": path.parent.name} if CODER in file else {})
