"""The site: every page and download, in one folder that needs no server."""

from __future__ import annotations

import json
import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from dispute.run.products.downloads import ADDED, EXPORTS

if TYPE_CHECKING:
    import pandas as pd

    from dispute.site.kept import Earlier
    from helpers.case.load import Case

SOURCE = Path(__file__).parents[2] / "templates"
# A large table can be had in parts too, of so many letters, each of which a spreadsheet opens.
PART = 20_000_000


class Made(NamedTuple):
    """The folders of what other steps made: tables, changes, and the page of each notebook."""

    tables: Path
    news: Path
    pages: Mapping[str, Path]


def write_site(
    case: Case,
    frames: Mapping[str, pd.DataFrame],
    coder: str,
    given: Mapping[str, Mapping[str, Any]],
    made: Made,
    folder: Path,
    earlier: Path | None = None,
    made_by: str = "",
) -> None:
    """Pages, pictures, the search, and downloads; nothing of a notebook is executed.

    `frames` are the processed tables by name, `given` the parameters of each notebook. `earlier`:
    a folder that this made before, whose pages are taken where they are still right; `made_by`:
    code and templates, as a text.
    """
    from dispute.run.run_lines import run_lines
    from dispute.site.kept import Kept
    from dispute.site.pages import Sources, site
    from helpers.case.files import write_into

    site_folder = folder / "site"
    files = _write_downloads(case, made, site_folder / "data")
    books = {
        book: json.loads((page / f"{book}.ipynb").read_text(encoding="utf-8"))
        for book, page in made.pages.items()
    }
    lines = {
        book: run_lines(page / f"{book}.ipynb", given[book]) for book, page in made.pages.items()
    }
    templates = {
        path.name: path.read_text(encoding="utf-8")
        for path in sorted((SOURCE / "pages").glob("*.html"))
    }
    glossary = (SOURCE / "glossary.md").read_text(encoding="utf-8")
    downloads = EXPORTS | ADDED
    news = _read_news(made.news)
    sources = Sources(templates, glossary, books, given, files, downloads, news, lines)
    kept = Kept(_earlier(earlier), made_by)
    for name, content in site(case, frames, coder, sources, kept):
        write_into(site_folder, name, content if isinstance(content, bytes) else content.encode())
    for name, text in shell().items():
        write_into(site_folder, name, text.encode())
    write_into(folder, "keys.json", json.dumps(kept.keys, indent=1).encode())


def _earlier(folder: Path | None) -> Earlier | None:
    """The pages of a folder that `write_site` made before."""
    from dispute.site.kept import Earlier

    if folder is None or not (folder / "keys.json").exists():
        return None
    keys = json.loads((folder / "keys.json").read_text(encoding="utf-8"))
    return Earlier(keys, lambda name: (folder / "site" / name).read_bytes().decode())


def shell() -> dict[str, str]:
    """What all pages load: one style sheet, and one script put together from small ones."""
    scripts = sorted((SOURCE / "scripts").glob("*.js"))
    return {
        "report.css": (SOURCE / "report.css").read_text(encoding="utf-8"),
        "report.js": "\n".join(script.read_text(encoding="utf-8") for script in scripts),
    }


def _write_downloads(case: Case, made: Made, folder: Path) -> dict[str, list[str]]:
    """The tables as a reader opens them by a click: safe in a spreadsheet.

    What stands in data/processed is exact. Returns the files of each table by its name: the whole,
    then its parts, where it is large.
    """
    from dispute.exchange.datapackage import datapackage
    from dispute.exchange.feeds import IN_SITE, leads, linked
    from dispute.exchange.spreadsheets import in_parts, spreadsheet
    from helpers.case.files import write_into
    from helpers.case.table_files import LARGE, put_table, table_bytes, table_paths

    shutil.copytree(made.tables, folder)
    files: dict[str, list[str]] = {}
    for table, path in table_paths(folder).items():
        content = spreadsheet(table_bytes(path).decode("utf-8"))
        files[table] = [put_table(folder, table, content.encode())]
        for number, part in enumerate(in_parts(content, PART) if len(content) > LARGE else (), 1):
            files[table].append(f"{table}-{number}.csv")
            write_into(folder, files[table][-1], part.encode())
    write_into(folder, "datapackage.json", datapackage(folder, case).encode())
    feed = (made.news / "changes.atom").read_text(encoding="utf-8")
    write_into(folder, "changes.atom", linked(feed, leads(case.address, IN_SITE)).encode())
    news = spreadsheet((made.news / "changes.csv").read_bytes().decode("utf-8"))
    write_into(folder, "changes.csv", news.encode())
    return files


def _read_news(folder: Path) -> pd.DataFrame:
    """What changed, as text, with all columns that a page asks for."""
    import pandas as pd

    from dispute.changes import COLUMNS

    news = pd.read_csv(folder / "changes.csv", dtype=str, keep_default_na=False)
    return news.reindex(columns=COLUMNS, fill_value="")
