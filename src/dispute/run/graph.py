"""The graph of work, as a plain program: case → notebooks → tables and figures → site. Each step is kept by content (`steps`), all of it published at once."""

import contextlib
import hashlib
import inspect
import json
import os
import platform
import shutil
import sys
import tempfile
import textwrap
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from functools import cached_property
from pathlib import Path

from dispute.run import imports, notebooks, products, publishing, settings, steps
from dispute.run.products import Failed

SRC = Path(__file__).parents[2]
PACKAGES = [SRC / "helpers", SRC / "dispute"]
FOLDERS = ["data/processed", "reports/notebooks", "reports/figures", "reports/site"]
NEWS, RECORD = (
    ["reports/changes.csv", "reports/changes.atom"],
    ["reports/manifest.json", "ro-crate-metadata.json"],
)


class Graph:
    """The steps of one run. Each says what goes into it, and is the folder of what came out; None where a dry run does not know.

    `kept`: the kept steps. `asked`: the settings. `work`: a folder for what is unfinished. `into`: where the report belongs. `news_of`: the folder of a report
    whose word is taken for what changed; without it, the new report is compared with the one in `into`.
    """

    def __init__(self, kept, asked, work, into, news_of=None):
        self.kept, self.asked, self.work, self.into, self.news_of = kept, asked, work, into, news_of
        self.failed = into / "reports" / "failed"
        self.coder, self.given = (
            asked.shared["coder"],
            {book: asked.parameters(book) for book in asked.books},
        )
        self.versions = {
            "requirements.lock": steps.digest("requirements.lock"),
            "Python": platform.python_version(),
        }
        self.raw = _case_files(asked.shared["case_dir"])
        self.written = _below(products.SOURCE, products.SOURCE)
        self.told = {**self.raw, **{name: repr(asked.shared[name]) for name in ("coder", "as_of")}}

    def parts(self):
        """Make, or find kept, all that is to be published, by its path (see `publishing.publish`)."""
        self._check()
        source = self._source()
        with ThreadPoolExecutor(1) as pool:  # the brief is typeset while Sphinx builds the site
            typeset, site = pool.submit(self._brief), self._site(source)
        brief = typeset.result()
        if None not in (brief, site):
            site = Path(shutil.copytree(site, self._beside() / "site"))
            shutil.copy(brief / "brief.pdf", site / "data")
        folders = dict(
            zip(
                FOLDERS,
                (self.tables, self._union(self.pages), self._union(self.ran, "figures"), site),
                strict=True,
            )
        )
        record = self._manifest(folders, brief)
        files = {
            "reports/brief.pdf": brief,
            **dict.fromkeys(NEWS, self.news),
            **dict.fromkeys(RECORD, record),
        }
        return folders | {
            path: folder / Path(path).name for path, folder in files.items() if folder is not None
        }

    case = cached_property(lambda self: products.read_case(self.asked))
    frames = cached_property(lambda self: products.read_tables(self.tables))

    def _check(self):
        inputs = {**self.raw, **self.asked.flat(), **_imports("from helpers import settings")}
        return self.kept.make("check", inputs, lambda folder: products.checked(self.asked, folder))

    @cached_property
    def ran(self):
        """Every notebook, by name, all at the same time. Raises Failed with every one that failed."""
        with ThreadPoolExecutor(len(self.asked.books)) as pool:
            runs = {book: pool.submit(self._notebook, book) for book in self.asked.books}
        errors = [future.exception() for future in runs.values()]
        if told := [
            str(error)
            for error in errors
            if isinstance(error, (notebooks.NotebookError, ValueError))
        ]:
            raise Failed("\n".join(told))
        return {book: future.result() for book, future in runs.items()}

    def _notebook(self, book):
        path, given = self.asked.books[book], self.given[book]
        code = notebooks.code(path)
        inputs = {
            f"code of {path}": hashlib.sha256(code.encode()).hexdigest(),
            **{f"parameter {name}": repr(value) for name, value in given.items()},
            **self.raw,
            **self.versions,
            **_imports(f"{code}\nfrom helpers import notebooks"),
        }
        return self.kept.make(
            f"notebook-{book}",
            inputs,
            lambda folder: notebooks.run(
                path, given, self.work / book, self.failed, folder, **self.asked.limits
            ),
        )

    @cached_property
    def tables(self):
        inputs = {
            **self.told,
            **_each("notebook", self.ran, "tables"),
            **_code(products.read_case, products.tables),
        }
        return self.kept.make(
            "tables",
            inputs,
            lambda folder: products.tables(self.case, self.coder, self.ran, folder),
        )

    @cached_property
    def pages(self):
        """The page of every notebook, by name."""
        return {book: self._page(book) for book in self.asked.books}

    def _page(self, book):
        path, executed = self.asked.books[book], self.ran[book]
        inputs = {
            str(path): steps.digest(path),
            **_made(f"notebook-{book}", executed, "executed.ipynb"),
            **_imports("from helpers import notebooks"),
        }
        return self.kept.make(
            f"page-{book}",
            inputs,
            lambda folder: products.page(path, executed / "executed.ipynb", folder),
        )

    @cached_property
    def news(self):
        """What changed. Not kept: it depends on what is published."""
        if self.tables is None:
            return None
        folder = self._beside()
        products.changes(
            self.tables, self.news_of or self.into, folder, as_told=self.news_of is not None
        )
        return folder

    def _source(self):
        inputs = {
            **self.told,
            **self.written,
            **_made("tables", self.tables),
            **_each("page", self.pages),
            **_made("changes", self.news),
            **_code(products.read_case, products.read_tables, products.source),
        }
        return self.kept.make(
            "source",
            inputs,
            lambda folder: products.source(
                self.case,
                self.frames,
                self.coder,
                self.given,
                self.tables,
                self.pages,
                self.news,
                folder,
            ),
        )

    def _site(self, source):
        inputs = {**self.versions, **_made("source", source), **_code(products.site)}
        return self.kept.make(
            "site",
            inputs,
            lambda folder: products.site(
                products.title(self.tables), source, folder, self._beside(), self.failed
            ),
        )

    def _brief(self):
        least = next(
            (
                values["min_statements"]
                for values in self.given.values()
                if "min_statements" in values
            ),
            1,
        )
        inputs = {
            **self.told,
            "min_statements": repr(least),
            **self.versions,
            **_made("tables", self.tables),
            "template": steps.digest(products.BRIEF),
            "cite": steps.digest(products.CITATION),
            **_code(products.read_case, products.read_tables, products.brief),
        }
        return self.kept.make(
            "brief",
            inputs,
            lambda folder: products.brief(self.case, self.frames, self.coder, least, folder),
        )

    def _manifest(self, folders, brief):
        outputs = (
            {
                label: value
                for part, folder in folders.items()
                for label, value in _below(part, folder).items()
            }
            | _below("reports", brief)
            | _below("reports", self.news)
        )
        settled = [
            Path(self.asked.config),
            Path("requirements.lock"),
            products.CITATION,
            *self.asked.books.values(),
        ]
        package = _all_code()
        inputs = {
            **self.raw,
            **self.written,
            **{str(path): steps.digest(path) for path in settled},
            **package,
        }
        beside = _here(self.into)  # whether what went in lies in the folder of the crate
        key = {
            **inputs,
            **outputs,
            **self.versions,
            **self.asked.flat(),
            "platform": platform.platform(),
            "SOURCE_DATE_EPOCH": products.EPOCH,
            "inputs beside": repr(beside),
        }
        return self.kept.make(
            "manifest",
            key,
            lambda folder: products.manifest(
                self.case, self.given, inputs, outputs, folder, beside
            ),
        )

    def _union(self, folders, part=""):
        """One folder with a part of each step."""
        if None in folders.values():
            return None
        target = self._beside()
        for folder in folders.values():
            if (folder / part).is_dir():
                shutil.copytree(folder / part, target, dirs_exist_ok=True)
        return target

    def _beside(self):
        return Path(tempfile.mkdtemp(dir=self.work))


def _case_files(case_dir):
    """The files of a case, where `case.locate` finds it, without what reading one needs; and what is no file there, so that it is looked at."""
    home = next(
        (
            base / case_dir
            for base in (Path("."), *Path.cwd().parents)
            if (base / case_dir).is_dir()
        ),
        Path(case_dir),
    )
    odd = [
        path.relative_to(home).as_posix()
        for path in home.rglob("*")
        if path.is_symlink() or not (path.is_file() or path.is_dir())
    ]
    return {**_below(case_dir, home), **{f"{case_dir}/{name}: link or device": "" for name in odd}}


def _here(into):
    return into.resolve() == Path.cwd()


def _below(name, folder, mark="/", only=""):
    """The files of a folder as inputs or outputs: digests by name and path; None where a dry run does not know the folder."""
    if folder is None:
        return {f"{name}:": None}
    return {
        f"{name}{mark}{path}": value
        for path, value in steps.tree(folder).items()
        if path.startswith(only)
    }


def _made(step, folder, only=""):
    """What another step made, as inputs."""
    return _below(step, folder, ": ", only)


def _each(kind, folders, only=""):
    return {
        label: value
        for book, folder in folders.items()
        for label, value in _made(f"{kind}-{book}", folder, only).items()
    }


def _imports(text):
    """The files of the package that a text imports, by digest."""
    return {_shown(path): steps.digest(path) for path in imports.imported(text, *PACKAGES)}


def _all_code():
    """Every file of the packages, by digest."""
    return {
        _shown(path): steps.digest(path) for package in PACKAGES for path in imports.files(package)
    }


def _shown(path):
    return f"src/{path.relative_to(SRC).as_posix()}"


def _code(*functions):
    """The files of the package that functions of `products` depend on: that room itself, and what the functions import."""
    text = "\n".join(textwrap.dedent(inspect.getsource(function)) for function in functions)
    return {**_imports(text), _shown(Path(products.__file__)): steps.digest(products.__file__)}


def run(asked, into=Path("."), cache=Path(".cache"), news_of=None):
    """Build and publish a report; returns the names of the parts that changed. `news_of`: see `Graph`.

    Raises settings.Refused for bad input and for a folder `into` with files that are no report's, before anything runs, and Failed, publishing.Busy or OSError where it could not be done: then the last report stands as it was.
    """
    if asked.faults:
        raise settings.Refused(settings.problems(asked))
    with publishing.lock(cache) as dead, _log(into / "reports" / "log.jsonl") as log:
        if dead:
            say(
                f"the run of process {dead.get('pid')} (since {dead.get('since')}) did not end by itself; taken over"
            )
        if mended := publishing.recover(into):
            say(mended)
        log("begin", "", f"{dead or ''}{mended}")
        if not _here(into) and (strange := publishing.strangers(into, FOLDERS)):
            from helpers.case.problems import Problem

            raise settings.Refused(
                [
                    Problem(
                        str(into / path),
                        0,
                        "",
                        "a file that no report made",
                        "a folder of a report, or a new one: the file would be lost",
                    )
                    for path in strange
                ]
            )
        for old in cache.glob("run-*"):
            shutil.rmtree(old, ignore_errors=True)
        for part in ("data", "reports"):
            publishing.writable(into / part)
        work = Path(tempfile.mkdtemp(prefix="run-", dir=cache))
        try:
            parts = Graph(
                steps.Steps(cache / "steps", work, log), asked, work, into, news_of
            ).parts()
            changed = publishing.publish(parts, into)
            (into / "reports/failed/run.txt").unlink(missing_ok=True)
            log("end", "", ", ".join(changed))
        except BaseException as error:
            log("failed", "", f"{type(error).__name__}: {error}")
            raise
        finally:
            shutil.rmtree(work, ignore_errors=True)
    return changed


def say(*lines):
    """Print lines at once. A reader who went away stops no run."""
    try:
        print(*lines, sep="\n", flush=True)
    except OSError:
        sys.stdout = open(os.devnull, "w", encoding="utf-8")


@contextlib.contextmanager
def _log(path):
    """Tell a reader on the screen, and machines in a file of JSON lines. A log that cannot be written stops no run."""
    begun = {}

    def log(event, step, why):
        now = time.monotonic()
        took = (
            {"seconds": round(now - begun.get(step, now), 2)}
            if event in ("made", "end", "failed")
            else {}
        )
        if event in ("run", "begin"):
            begun[step] = now
        if event == "run":
            say(f"{step} … ({why})")
        elif event == "made" and took["seconds"] >= 1:
            say(f"{step}: {took['seconds']:.1f} s")
        with contextlib.suppress(OSError):
            path.parent.mkdir(parents=True, exist_ok=True)
            with open(path, "a", encoding="utf-8") as file:
                file.write(
                    json.dumps(
                        {
                            "at": datetime.now(UTC).isoformat(timespec="seconds"),
                            "pid": os.getpid(),
                            "event": event,
                            "step": step,
                            "why": why,
                            **took,
                        }
                    )
                    + "\n"
                )

    yield log


def why(asked, into=Path("."), cache=Path(".cache")):
    """What a run would do and why: pairs of (step, reason), the reason empty where nothing is to do. Nothing is written."""
    if asked.faults:
        raise settings.Refused(settings.problems(asked))
    dry = steps.Steps(cache / "steps", dry=True)
    with tempfile.TemporaryDirectory() as work:
        parts = Graph(dry, asked, Path(work), into).parts()
        astray = [
            part
            for part, made in parts.items()
            if made is not None and publishing.contents(into / part) != publishing.contents(made)
        ]
    return dry.told + [
        (part, "what stands there is not what the steps made: would be published")
        for part in astray
    ]
