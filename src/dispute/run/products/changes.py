"""What new tables say otherwise than a report that stands: as a table and as a feed."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from dispute.exchange.feeds import KEPT, Leads, leads, linked
from dispute.run.products.record import EPOCH
from dispute.run.products.tables import address, authors, title
from dispute.run.publishing import contents

if TYPE_CHECKING:
    import pandas as pd

NEWS = ["changes.csv", "changes.atom"]
# All other files of a report's tables say the same again, for other programs.
SAYS = (".csv", ".csv.gz", "datapackage.json")


def write_changes(
    new: Path, since: Path, folder: Path, released: Callable[[], str], as_said: bool = False
) -> None:
    """Write changes.csv and changes.atom: the tables in `new` against the report in `since`.

    Where nothing is to be told (both hold the same tables, or what is new is no change of a
    passage, a tie, a position or a finding), or with `as_said`, what was said there stays; a feed
    leads to where the report is found now. News are of the day of SOURCE_DATE_EPOCH, or of the last
    commit; where nobody tells that, and where there are none, of the day that `released` gives.
    """
    published = since / "data/processed"
    to = leads(address(new), KEPT)
    same = as_said or _tables(published) == _tables(new)
    if same and _said_again(since / "reports", to, folder):
        return
    from dispute.changes import NONE, atom

    differences = _differences(published, new)
    if differences is None:
        differences = NONE
    elif differences.empty and _said_again(since / "reports", to, folder):
        return
    table = differences.to_csv(index=False, lineterminator="\n")
    committed = "" if EPOCH or differences.empty else _last_commit()
    when = f"{committed or released()}T00:00:00Z"
    feed = atom(differences, title(new), to, when, authors(new))
    for name, text in zip(NEWS, (table, feed), strict=True):
        (folder / name).write_text(text, encoding="utf-8")


def _tables(folder: Path) -> dict[str, str]:
    """The digests of what says what a report says: its tables, and their description."""
    found = contents(folder) or {}
    return {name: one for name, one in found.items() if name.endswith(SAYS)}


def _said_again(reports: Path, to: Leads, folder: Path) -> bool:
    """Copy what a report said of changes; False where it is not there, or no feed."""
    table, feed = (reports / name for name in NEWS)
    try:
        text = linked(feed.read_text(encoding="utf-8"), to)
        shutil.copy(table, folder)
    except (OSError, ValueError):
        return False
    (folder / feed.name).write_text(text, encoding="utf-8")
    return True


def _last_commit() -> str:
    """The ISO day of the last commit; empty where no git tells it."""
    if not Path(".git").exists():
        return ""
    asked = ["git", "log", "-1", "--format=%cd", "--date=format-local:%Y-%m-%d"]
    try:
        log = subprocess.run(asked, capture_output=True, text=True, env=os.environ | {"TZ": "UTC"})
    except OSError:  # a copy of the repository where git itself is not installed
        return ""
    return log.stdout.strip() if log.returncode == 0 else ""


def _differences(old: Path, new: Path) -> pd.DataFrame | None:
    """The differences of two folders of tables.

    None where nothing is published, or what is has another shape or is of another case.
    """
    from dispute.changes import changes
    from helpers.case.tables import read_tables

    try:
        if title(old) == title(new):
            now = read_tables(new)
            same = {name: now[name] for name in now if _is_same(old, new, name)}
            return changes(read_tables(old, now.keys() - same.keys()) | same, now)
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        pass
    return None


def _is_same(old: Path, new: Path, table: str) -> bool:
    """Whether a table is the same in both folders, byte for byte."""
    from helpers.case.table_files import table_path

    before, now = table_path(old, table), table_path(new, table)
    return before is not None and now is not None and before.read_bytes() == now.read_bytes()
