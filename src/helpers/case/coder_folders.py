"""Folders that say a column: `coding/<coder>/`, with what one coder marked, and the proposers'.

The name of a folder is the coder (the proposer) of its rows. A table that is put together from the
folders knows of each row in which file it stands, so that a problem names the real file and row.
"""

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

import pandas as pd

from helpers.case.cells import Places
from helpers.case.folder import CODED_FILES, CODING, DECISIONS
from helpers.case.problems import FIRST_ROW, Problem, nearest
from helpers.case.raw_tables import RawTable, read_raw
from helpers.case.schema import SCHEMA, columns, folder_column

# The folder of the decisions.
DECIDED = DECISIONS.split("/")[1]


class Parted(NamedTuple):
    """The rows of all folders of one table as strings, where each stands, and the problems."""

    frame: pd.DataFrame
    places: Places
    problems: list[Problem]


def folders(folder: Path, home: str = CODING) -> list[str]:
    """The names of the folders of coders (of what is in `home`) there are; hidden ones aside."""
    if not (folder / home).is_dir():
        return []
    return sorted(
        path.name
        for path in (folder / home).iterdir()
        if path.is_dir() and not path.name.startswith(".")
    )


def read_parted(folder: Path, table: str, names: list[str]) -> Parted:
    """A table from the folders of some names, in their order. A missing file has no rows."""
    frames, problems = [], []
    places: list[tuple[str, int]] = []
    column = folder_column(table)
    for name in names:
        file = SCHEMA["raw"][table]["file"].replace(f"<{column}>", name)
        if _is_blank(folder / file):
            continue
        read: RawTable = read_raw(folder / file, table, file)
        problems += read.problems
        frames.append(read.frame.assign(**{column: name}))
        places += [(file, row) for row in range(FIRST_ROW, FIRST_ROW + len(read.frame))]
    order = columns(table, "raw")
    if not frames:
        return Parted(pd.DataFrame(columns=order, dtype=object), places, problems)
    frame = pd.concat(frames, ignore_index=True)[order].astype(object)
    return Parted(frame.where(frame.notna(), None), places, problems)


def _is_blank(path: Path) -> bool:
    """Whether there is no file, or one without any word in it."""
    if not path.exists() and not path.is_symlink():
        return True
    return path.is_file() and path.stat().st_size < 100 and not path.read_bytes().strip()


def folder_problems(folder: Path, roles: Mapping[str, str] | None) -> Iterator[Problem]:
    """Every folder is that of a coder, and the adjudicated set has decisions alone.

    `roles` maps the coders to their roles; None where they could not be read.
    """
    for name in folders(folder):
        if roles is None:
            return
        if name not in roles and not (name == DECIDED and _only_decisions(folder / CODING / name)):
            expected = f"a coder of {SCHEMA['raw']['coders']['file']}{nearest(name, roles)}"
            yield Problem(f"{CODING}/{name}", 0, "", "a folder of no coder", expected)
        elif roles.get(name, "adjudicated") == "adjudicated":
            for table in sorted(CODED_FILES):
                if (folder / CODING / name / table).exists():
                    expected = f"nothing: the set follows from the passes and {DECISIONS}"
                    found = "rows of the adjudicated set"
                    yield Problem(f"{CODING}/{name}/{table}", 0, "", found, expected)


def _only_decisions(folder: Path) -> bool:
    names = {path.name for path in folder.iterdir() if re.fullmatch(r".*\.csv", path.name)}
    return names <= {DECISIONS.rpartition("/")[2]}


def marking(roles: Mapping[str, str]) -> list[str]:
    """The coders who mark articles themselves, in the order of the codebook."""
    return [coder for coder, role in roles.items() if role != "adjudicated"]
