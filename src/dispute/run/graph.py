"""The graph of work, as a plain program: case → notebooks → tables and figures → site.

Each step says what goes into it, and is kept by that (`steps`). `report` runs the graph and
publishes all of it at once.
"""

from __future__ import annotations

import hashlib
import platform
import shutil
import tempfile
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from dispute.run import kernels, notebooks
from dispute.run.draft import SECONDS
from dispute.run.inputs import (
    Inputs,
    all_code,
    case_files,
    code_of,
    files_below,
    imported_by,
    made_by,
    made_by_each,
    of_tables,
    outputs_of,
    read_without,
)
from dispute.run.limits import at_once
from dispute.run.products import networks
from dispute.run.products.brief import IN_SITE, TEMPLATE, write_brief
from dispute.run.products.changes import write_changes
from dispute.run.products.check import write_check
from dispute.run.products.failed import FailedError
from dispute.run.products.page import write_page
from dispute.run.products.record import dated_by, day_of, write_record
from dispute.run.products.replication import NAME, write_replication
from dispute.run.products.site import SOURCE, Made, write_site
from dispute.run.products.tables import write_tables
from dispute.run.replication.ran import BESIDE, Ran
from dispute.run.run_lines import set_up_by
from dispute.run.settings import Settings
from dispute.run.steps import UNKNOWN, Steps, digest

if TYPE_CHECKING:
    import pandas as pd

    from helpers.case.load import Case

FOLDERS = ["data/processed", "reports/notebooks", "reports/figures", "reports/site"]
NEWS = ["reports/changes.csv", "reports/changes.atom"]
RECORD = ["reports/manifest.json", "ro-crate-metadata.json", NAME]
BRIEF = "reports/brief.pdf"
LOCK = "requirements.lock"


class Graph:
    """The steps of one run, each the folder of what it made; UNKNOWN where a dry run makes nothing.

    `kept`: the kept steps. `asked`: the settings. `work`: a folder for what is unfinished. `into`:
    where the report belongs. `news_of`: the folder of a report whose word is taken for what
    changed; without it, the new report is compared with the one in `into`.
    """

    def __init__(
        self, kept: Steps, asked: Settings, work: Path, into: Path, news_of: Path | None = None
    ) -> None:
        self.kept, self.asked, self.work, self.into, self.news_of = kept, asked, work, into, news_of
        self.failed = into / "reports" / "failed"
        self.coder = asked.shared["coder"]
        self.given = {book: asked.parameters(book) for book in asked.books}
        # What goes into many steps: versions, the case, templates.
        self.versions = {LOCK: digest(LOCK), "Python": platform.python_version()}
        self.raw = case_files(asked.shared["case_dir"])
        self.read = self.raw | {name: repr(asked.shared[name]) for name in ("coder", "as_of")}
        self.templates = files_below("src/dispute/templates", SOURCE)

    def parts(self) -> dict[str, Path]:
        """Make, or find kept, all that is to be published, by its path (`publishing.publish`)."""
        self.checked()
        site, brief = self._site(), self._brief()
        figures = self._union(self.ran, "figures")
        made = [self.tables, self._union(self.pages), figures, self._with_brief(site, brief)]
        folders = dict(zip(FOLDERS, made, strict=True))
        record = self._record(folders, brief)
        files = {BRIEF: brief, **dict.fromkeys(NEWS, self.news), **dict.fromkeys(RECORD, record)}
        return folders | {path: _within(made, Path(path).name) for path, made in files.items()}

    @cached_property
    def case(self) -> Case:
        """The case as it was known on the day asked for."""
        from helpers.case.load import load

        return load(self.asked.shared["case_dir"], self.asked.shared["as_of"])

    @cached_property
    def frames(self) -> dict[str, pd.DataFrame]:
        """The processed tables by name."""
        from helpers.case.tables import read_tables

        return read_tables(self.tables)

    def checked(self) -> Path:
        """That settings and case are without fault, and what is told of the case."""
        inputs = {**self.raw, **self.asked.flat(), **code_of("dispute.run.products.check")}

        def write(folder: Path) -> None:
            write_check(self.asked, lambda: self.case, folder)

        return self.kept.make("check", inputs, write)

    @cached_property
    def ran(self) -> dict[str, Path]:
        """Every notebook, by name, side by side; raises FailedError with each one that failed.

        As many at a time as there are processor cores: more would only hold more memory. Those with
        most code begin, so that none of the longest is left for the end, where it would run alone.
        """
        books = self.asked.books
        longest_first = sorted(books, key=lambda book: -len(notebooks.code(books[book])))
        with ThreadPoolExecutor(at_once(books)) as pool:
            runs = {book: pool.submit(self._notebook, book) for book in longest_first}
        errors = [runs[book].exception() for book in books]
        foreseen = (kernels.NotebookError, ValueError)
        failures = [str(error) for error in errors if isinstance(error, foreseen)]
        if failures:
            raise FailedError("\n".join(failures))
        return {book: runs[book].result() for book in books}

    def _notebook(self, book: str) -> Path:
        path, given = self.asked.books[book], self.given[book]
        code = notebooks.code(path)
        inputs = {
            f"code of {path}": hashlib.sha256(code.encode()).hexdigest(),
            **{f"parameter {name}": repr(value) for name, value in given.items()},
            **read_without(self.raw, str(given["case_dir"]), notebooks.goes_without(code)),
            **self.versions,
            **imported_by(code),
            **code_of("dispute.run.kernels"),
        }

        limits = {name: self.asked.limits[name] for name in SECONDS}

        def run(folder: Path) -> None:
            kernels.run(path, given, self.work / book, self.failed, folder, **limits)

        return self.kept.make(f"notebook-{book}", inputs, run)

    @cached_property
    def _made_tables(self) -> Inputs:
        return made_by_each("notebook", self.ran, "tables")

    @cached_property
    def networks(self) -> Path:
        """The networks as files for other programs: only their own tables go into them."""
        made = of_tables(self._made_tables, networks.TABLES)
        inputs = made | code_of("dispute.run.products.networks")
        inputs |= {name: self.raw[name] for name in self.raw if name.endswith("/case.yaml")}

        def write(folder: Path) -> None:
            networks.write_networks(self.case.title, self.ran, folder)

        return self.kept.make("networks", inputs, write)

    @cached_property
    def tables(self) -> Path:
        """The processed tables."""
        inputs = {
            **self.read,
            **self._made_tables,
            **made_by("networks", self.networks),
            **code_of("dispute.run.products.tables", "helpers.case.load"),
        }

        def write(folder: Path) -> None:
            write_tables(self.case, self.coder, self.ran, self.networks, folder)

        return self.kept.make("tables", inputs, write)

    @cached_property
    def pages(self) -> dict[str, Path]:
        """The page of every notebook, by name."""
        return {book: self._page(book) for book in self.asked.books}

    def _page(self, book: str) -> Path:
        path, ran = self.asked.books[book], self.ran[book]
        inputs = {
            str(path): digest(path),
            **made_by(f"notebook-{book}", ran, "executed.ipynb"),
            **code_of("dispute.run.products.page"),
        }

        def write(folder: Path) -> None:
            write_page(path, ran / "executed.ipynb", folder)

        return self.kept.make(f"page-{book}", inputs, write)

    @cached_property
    def news(self) -> Path:
        """What changed. Not kept: it depends on what is published."""
        if self.tables == UNKNOWN:
            return UNKNOWN
        folder = self._beside()
        since, as_said = self.news_of or self.into, self.news_of is not None
        write_changes(self.tables, since, folder, lambda: day_of(self.case), as_said)
        return folder

    def _site(self) -> Path:
        made = Made(self.tables, self.news, self.pages)
        code = self.versions | self.templates | {"set up by": set_up_by()}
        code |= code_of("dispute.run.products.site", "helpers.case.load", "helpers.case.tables")
        inputs = {
            **self.read,
            **code,
            **made_by("tables", made.tables),
            **made_by_each("page", made.pages),
            **made_by("changes", made.news),
        }

        def write(folder: Path) -> None:
            site, earlier = (self.case, self.frames, self.coder), self.kept.newest("site")
            write_site(*site, self.given, made, folder, earlier, repr(code))

        return _within(self.kept.make("site", inputs, write), "site")

    def _brief(self) -> Path:
        inputs = {
            **self.read,
            **self.versions,
            **made_by("tables", self.tables),
            "template": digest(TEMPLATE),
            **code_of("dispute.run.products.brief", "helpers.case.load", "helpers.case.tables"),
        }

        def write(folder: Path) -> None:
            write_brief(self.case, self.frames, self.coder, folder)

        return self.kept.make("brief", inputs, write)

    def _record(self, folders: Mapping[str, Path], brief: Path) -> Path:
        books = self.asked.books.values()
        settled = [Path(self.asked.config), Path(LOCK), *books]
        inputs = {
            **self.raw,
            **{str(path): digest(path) for path in settled},
            **all_code(),
        }
        outputs = outputs_of({**folders, "reports": brief}) | outputs_of({"reports": self.news})
        outputs.pop(f"reports/{IN_SITE}", None)  # it is among the files of the site
        beside = self.into.resolve() == Path.cwd()  # what went in lies in the folder of the crate
        key = {
            **inputs,
            **outputs,
            **self.versions,
            **self.asked.flat(),
            "platform": platform.platform(),
            "dated by": dated_by(),
            "inputs beside": repr(beside),
            **{str(path): digest(path) for path in BESIDE if path.is_file()},
        }

        def write(folder: Path) -> None:
            write_record(self.case, self.given, inputs, outputs, folder, beside)
            ran = Ran(self.asked.books, self.ran, self.given)
            made = (self.tables, folders["reports/site"], brief / "brief.pdf")
            write_replication(self.case, self.frames, self.coder, ran, made, folder)

        return self.kept.make("manifest", key, write)

    def _with_brief(self, site: Path, brief: Path) -> Path:
        """The site with the brief among its downloads."""
        if UNKNOWN in (site, brief):
            return UNKNOWN
        whole = Path(shutil.copytree(site, self._beside() / "site"))
        shutil.copy(brief / IN_SITE, whole / "data")
        return whole

    def _union(self, folders: Mapping[str, Path], part: str = "") -> Path:
        """One folder with a part of each step."""
        if UNKNOWN in folders.values():
            return UNKNOWN
        target = self._beside()
        for folder in folders.values():
            if (folder / part).is_dir():
                shutil.copytree(folder / part, target, dirs_exist_ok=True)
        return target

    def _beside(self) -> Path:
        return Path(tempfile.mkdtemp(dir=self.work))


def _within(folder: Path, name: str) -> Path:
    return UNKNOWN if folder == UNKNOWN else folder / name
