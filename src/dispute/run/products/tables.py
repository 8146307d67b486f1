"""All tables: the notebooks', plain counts, files for other programs, datapackage.json."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from dispute.run.products.downloads import EXPORTS, NETWORKS
from dispute.run.products.failed import FailedError

if TYPE_CHECKING:
    import pandas as pd

    from helpers.case.load import Case


def write_tables(
    case: Case, coder: str, ran: Mapping[str, Path], networks: Path, folder: Path
) -> None:
    """All processed tables, and the files for other programs.

    To the findings of the notebooks are added plain counts, which rest on tables of several.

    `ran` is the folder of each notebook that ran, by its name; `coder` the pass they took;
    `networks` the folder with the files of the networks. Raises FailedError where two notebooks
    make one table, or none makes one that is described.
    """
    import pandas as pd

    from dispute.exchange.datapackage import datapackage
    from helpers.analysis.plain_counts import plain_counts
    from helpers.case.files import write_into
    from helpers.case.tables import read_tables, tables_of, write_table

    for book, made in ran.items():
        _collect(book, made / "tables", folder)
    frames = read_tables(folder)
    missing = [name for name in tables_of(case) if name not in frames]
    if missing:
        raise FailedError(f"no notebook makes {', '.join(missing)}, which tables.yaml describes")
    frames["findings"] = pd.concat([frames["findings"], plain_counts(frames, coder)])
    write_table(frames["findings"], "findings", folder)
    others = [name for name in EXPORTS if name not in NETWORKS]
    for name, content in zip(others, _exports(case, frames, coder), strict=True):
        write_into(folder, name, content.encode())
    for name in NETWORKS:
        shutil.copy(networks / name, folder)
    write_into(folder, "datapackage.json", datapackage(folder, case).encode())


def title(tables: Path) -> str:
    """The title of the case that a folder of processed tables tells of."""
    return str(_package(tables)["title"])


def authors(tables: Path) -> list[str]:
    """The authors of the case that a folder of processed tables tells of."""
    return [str(author["title"]) for author in _package(tables).get("contributors", [])]


def address(tables: Path) -> str:
    """The address of the case that a folder of processed tables tells of; empty without one."""
    return str(_package(tables).get("homepage", ""))


def _package(tables: Path) -> dict[str, Any]:
    package: dict[str, Any] = json.loads((tables / "datapackage.json").read_text(encoding="utf-8"))
    return package


def _collect(book: str, tables: Path, folder: Path) -> None:
    """Copy the tables of one notebook."""
    from helpers.case.table_files import table_path

    for file in sorted(tables.iterdir()):
        if (folder / file.name).exists() or table_path(folder, file.name.partition(".")[0]):
            raise FailedError(f"{book} makes {file.name}, which another notebook makes too")
        shutil.copy(file, folder)


def _exports(case: Case, frames: Mapping[str, pd.DataFrame], coder: str) -> Iterator[str]:
    """The content of each file of EXPORTS that is no network, in their order."""
    from dispute.exchange.calendars import icalendar
    from dispute.exchange.claims import claims
    from dispute.exchange.timelinejs import timelinejs

    entries, disagreements = frames["chronology"], frames["disagreements"]
    yield timelinejs(entries, disagreements, case.names(), case.title)
    yield icalendar(entries, disagreements, case.names(), case.title)
    yield claims(case, coder)
