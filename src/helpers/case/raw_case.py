"""A case as it was read, before it is judged: tables of strings, texts and furniture.

The rules in `anchors` and `rules` each take it and yield problems.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import pandas as pd

from helpers.case.articles import read_articles, sidecar_file
from helpers.case.cells import table_problems
from helpers.case.furniture import Furniture
from helpers.case.problems import FIRST_ROW, Problem, numbered
from helpers.case.raw_tables import read_raw
from helpers.case.schema import SCHEMA, fields


@dataclass(frozen=True)
class RawCase:
    """`tables` and `files` are by the name of the table, `texts` and `furniture` by article_id.

    A text that could not be read is not among them. A cell that could not be read is None. `unread`
    are the tables whose file could not be read: nothing is judged by them.
    """

    tables: dict[str, pd.DataFrame]
    files: dict[str, str]
    texts: dict[str, str]
    furniture: dict[str, list[Furniture]]
    unread: frozenset[str] = frozenset()

    def rows(self, table: str, *columns: str) -> Iterator[tuple[int, tuple[str, ...]]]:
        """Some cells of each row of a table, with the row's number as a spreadsheet counts it.

        A row is left out, and so not judged, where one of these cells could not be read: what
        kept it from being read is told already.
        """
        cells = self.tables[table][list(columns)].itertuples(index=False, name=None)
        for row, values in numbered(cells):
            if None not in values:
                yield row, values


def read_raw_case(folder: Path) -> tuple[RawCase, list[Problem]]:
    """All tables and texts of a case folder, and every problem of the form of their files."""
    articles, problems = read_articles(folder)
    tables = {"articles": articles.table}
    files = {name: spec["file"] for name, spec in SCHEMA["raw"].items()}
    read = {
        name: read_raw(folder / file, name, file)
        for name, file in files.items()
        if name != "articles"
    }
    tables |= {name: table.frame for name, table in read.items()}
    unread = set()
    for name, table in read.items():
        if table.is_there or _is_pointed_to(name, tables):
            problems += table.problems
            if not table.is_read:
                unread.add(name)
    raw = RawCase(tables, files, articles.texts, articles.furniture, frozenset(unread))
    return raw, problems


def _is_pointed_to(table: str, tables: dict[str, pd.DataFrame]) -> bool:
    """Whether a cell of another table names a row of a table: one without rows need not exist."""
    for name, frame in tables.items():
        for column, field in fields(name, "raw").items():
            home = field.get("in", "").partition(".")[0]
            if home == table != name and frame[column].fillna("").ne("").any():
                return True
    return False


def raw_table_problems(raw: RawCase) -> Iterator[Problem]:
    """The faults of the tables' cells, keys and links; those of an article are its sidecar's."""
    read = {name: frame for name, frame in raw.tables.items() if name not in raw.unread}
    for problem in table_problems(read, "raw", raw.files):
        if problem.file == raw.files["articles"]:
            article = raw.tables["articles"].article_id[problem.row - FIRST_ROW]
            yield replace(problem, file=sidecar_file(article), row=0)
        else:
            yield problem
