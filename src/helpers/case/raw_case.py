"""A case as it was read, before it is judged: tables of strings, texts and furniture.

The rules in `anchors` and `rules` each take it and yield problems.
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

import pandas as pd

from helpers.case.articles import read_articles, sidecar_file
from helpers.case.cells import Places, table_problems
from helpers.case.coder_folders import Parted, folder_problems, folders, marking, read_parted
from helpers.case.doubts import Doubt
from helpers.case.folder import PROPOSALS
from helpers.case.furniture import Furniture
from helpers.case.problems import FIRST_ROW, Problem, numbered
from helpers.case.proposers import read_proposers
from helpers.case.raw_tables import read_raw
from helpers.case.schema import BY_CODER, BY_PROPOSER, SCHEMA, columns, fields


@dataclass(frozen=True)
class RawCase:
    """`tables` and `files` are by the name of the table, `texts` and `furniture` by article_id.

    A text that could not be read is not among them. A cell that could not be read is None. `unread`
    are the tables whose file could not be read: nothing is judged by them. `places` says of a table
    that is put together from several files where each row stands. `doubts` are what is likely not
    meant.
    """

    tables: dict[str, pd.DataFrame]
    files: dict[str, str]
    texts: dict[str, str]
    furniture: dict[str, list[Furniture]]
    unread: frozenset[str] = frozenset()
    places: dict[str, Places] = field(default_factory=dict)
    doubts: tuple[Doubt, ...] = ()

    def rows(self, table: str, *columns: str) -> Iterator[tuple[int, tuple[str, ...]]]:
        """Some cells of each row of a table, with the row's number as a spreadsheet counts it.

        A row is left out, and so not judged, where one of these cells could not be read: what
        kept it from being read is told already.
        """
        frame = self.tables[table]
        cells = zip(*(frame[column].tolist() for column in columns), strict=True)
        for row, values in numbered(cells):
            if None not in values:
                yield row, values

    def located(self, problem: Problem) -> Problem:
        """A problem with the file and row in which it stands."""
        for table, places in self.places.items():
            if problem.file == self.files[table] and problem.row:
                file, row = places[problem.row - FIRST_ROW]
                return replace(problem, file=file, row=row)
        return problem

    def roles(self) -> dict[str, str] | None:
        """The coders with their roles, in their order; None where they could not be read."""
        if "coders" in self.unread:
            return None
        return {coder: role for _, (coder, role) in self.rows("coders", "coder", "coder_role")}


def read_raw_case(
    folder: Path, only: str = "", proposals: bool = True
) -> tuple[RawCase, list[Problem]]:
    """All tables and texts of a case folder, and every problem of the form of their files.

    `only`: the one coder whose folder is read; of all coders without it. Without `proposals` their
    folders are not read, and nothing is judged by them.
    """
    articles, problems = read_articles(folder)
    tables = {"articles": articles.table}
    files = {name: spec["file"] for name, spec in SCHEMA["raw"].items()}
    read = {
        name: read_raw(folder / file, name, file)
        for name, file in files.items()
        if name not in BY_CODER and name not in BY_PROPOSER and name != "articles"
    }
    tables |= {name: table.frame for name, table in read.items()}
    unread = frozenset(name for name, table in read.items() if not table.is_read)
    raw = RawCase(tables, files, articles.texts, articles.furniture, unread)
    raw, faults = _with_coded(raw, folder, only)
    problems += faults
    raw, faults = _with_proposed(raw, folder) if proposals else (_without_proposed(raw), [])
    problems += faults
    there = {name for name, table in read.items() if table.is_there}
    told = there | {name for name in read if _is_pointed_to(name, raw.tables)}
    for name in told:
        problems += read[name].problems
    return replace(raw, unread=raw.unread - (unread - told)), problems


def _with_coded(raw: RawCase, folder: Path, only: str) -> tuple[RawCase, list[Problem]]:
    """The case with what the coders marked, each in a folder of his or her own."""
    # Where there is no list of coders, each folder is read: it is told that the list is missing.
    roles = raw.roles()
    known = folders(folder) if roles is None else marking(roles)
    known = [coder for coder in known if coder == only] if only else known
    read = {table: read_parted(folder, table, known) for table in BY_CODER}
    raw, problems = _with_parted(raw, read)
    return raw, [*folder_problems(folder, roles), *problems]


def _with_proposed(raw: RawCase, folder: Path) -> tuple[RawCase, list[Problem]]:
    """The case with what was proposed, by each proposer in a folder of its own."""
    names = folders(folder, PROPOSALS)
    read = read_proposers(folder, names)
    for table in BY_PROPOSER:
        if table not in read:
            read[table] = read_parted(folder, table, names)
    return _with_parted(raw, read)


def _without_proposed(raw: RawCase) -> RawCase:
    """The case as if there were no proposals; that they are not read is said."""
    empty = {
        table: pd.DataFrame(columns=columns(table, "raw"), dtype=object) for table in BY_PROPOSER
    }
    return replace(raw, tables=raw.tables | empty, unread=raw.unread | {*BY_PROPOSER})


def _with_parted(raw: RawCase, read: dict[str, Parted]) -> tuple[RawCase, list[Problem]]:
    """The case with tables that are put together from folders, and their problems."""
    problems = [problem for parted in read.values() for problem in parted.problems]
    tables = {table: parted.frame for table, parted in read.items()}
    places = {table: parted.places for table, parted in read.items()}
    raw = replace(raw, tables=raw.tables | tables, places=raw.places | places)
    return raw, problems


def _is_pointed_to(table: str, tables: dict[str, pd.DataFrame]) -> bool:
    """Whether a cell of another table names a row of a table: one without rows need not exist."""
    for name, frame in tables.items():
        for column, described in fields(name, "raw").items():
            home = described.get("in", "").partition(".")[0]
            if home == table != name and frame[column].fillna("").ne("").any():
                return True
    return False


def raw_table_problems(raw: RawCase, judged: Collection[str] | None = None) -> Iterator[Problem]:
    """The faults of the tables' cells, keys and links; those of an article are its sidecar's.

    `judged`: the tables that are judged, where the others are known to be sound.
    """
    read = {name: frame for name, frame in raw.tables.items() if name not in raw.unread}
    for problem in table_problems(read, "raw", raw.files, raw.places, judged):
        if problem.file == raw.files["articles"]:
            article = raw.tables["articles"].article_id[problem.row - FIRST_ROW]
            yield replace(problem, file=sidecar_file(article), row=0)
        else:
            yield problem
