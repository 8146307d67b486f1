"""The folder that Sphinx reads: the one place that knows the pages of the site."""

from __future__ import annotations

import json
import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from dispute.run.products.downloads import ADDED, EXPORTS

if TYPE_CHECKING:
    import pandas as pd

    from helpers.case.load import Case

SOURCE = Path("reports/source")


class Made(NamedTuple):
    """The folders of what other steps made: tables, changes, and the page of each notebook."""

    tables: Path
    news: Path
    pages: Mapping[str, Path]


def write_source(
    case: Case,
    frames: Mapping[str, pd.DataFrame],
    coder: str,
    given: Mapping[str, Mapping[str, Any]],
    made: Made,
    folder: Path,
) -> None:
    """Templates, pages and downloads of the site.

    `frames` are the processed tables by name, `given` the parameters of each notebook.
    """
    from dispute.run.run_lines import run_lines
    from dispute.site.pages import sources
    from helpers.case.files import write_into

    shutil.copytree(SOURCE, folder, dirs_exist_ok=True)
    write_into(folder, "case.json", _said_below(case).encode())
    _write_downloads(case, made, folder / "extra" / "data")
    templates = {
        path.name: path.read_text(encoding="utf-8")
        for path in sorted((folder / "_pages").iterdir())
    }
    books = {
        book: json.loads((page / f"{book}.ipynb").read_text(encoding="utf-8"))
        for book, page in made.pages.items()
    }
    news = _read_news(made.news)
    downloads = EXPORTS | ADDED
    lines = {
        book: run_lines(page / f"{book}.ipynb", given[book]) for book, page in made.pages.items()
    }
    pages = sources(case, frames, templates, coder, books, given, downloads, news, lines)
    for name, text in pages.items():
        write_into(folder, name, text.encode())


def _said_below(case: Case) -> str:
    """What stands at the foot of each page, for the settings of the site: JSON."""
    from helpers.case.licences import licence_of

    licence = licence_of(case.licence)
    words = licence.title if licence.id == "other" else f"{licence.title} ({licence.id})"
    said = {
        "licence": words if case.licence else "",
        "rights": case.rights,
        "cite": case.cite(),
        "address": case.address,
    }
    return json.dumps({"case": said}, ensure_ascii=False, indent=1) + "\n"


def _write_downloads(case: Case, made: Made, folder: Path) -> None:
    """The tables as a reader opens them by a click: safe in a spreadsheet.

    What stands in data/processed is exact.
    """
    from dispute.exchange.datapackage import datapackage
    from dispute.exchange.spreadsheets import spreadsheet
    from helpers.case.files import write_into
    from helpers.case.tables import put_table, table_bytes, table_paths

    shutil.copytree(made.tables, folder)
    for table, path in table_paths(folder).items():
        put_table(folder, table, spreadsheet(table_bytes(path).decode("utf-8")).encode())
    write_into(folder, "datapackage.json", datapackage(folder, case).encode())
    shutil.copy(made.news / "changes.atom", folder)


def _read_news(folder: Path) -> pd.DataFrame:
    """What changed, as text, with all columns that a page asks for."""
    import pandas as pd

    from dispute.changes import COLUMNS

    news = pd.read_csv(folder / "changes.csv", dtype=str, keep_default_na=False)
    return news.reindex(columns=COLUMNS, fill_value="")
