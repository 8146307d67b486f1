"""The graph of work, as a plain program: case → notebooks → tables and figures → site. Each step is kept by content (`steps`), all of it published at once."""
import contextlib
import functools
import hashlib
import inspect
import json
import os
import platform
import shutil
import subprocess
import sys
import tempfile
import textwrap
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timezone
from pathlib import Path

import yaml

from helpers import notebooks, publishing, settings, steps

HOME = Path(__file__).parent
EXPORTS = {"network.gexf": "all networks, for Gephi", "network.graphml": "all networks, for Gephi, yEd and visone", "congruence.dl": "who agrees, a matrix for UCINET", "conflict.dl": "who disagrees, a matrix for UCINET",
           "chronology.timelinejs.json": "the chronology, for TimelineJS", "chronology.ics": "the chronology as a calendar (iCalendar)"}
# `notebooks` makes the import of nbformat quick; a process that ends in seconds leaves its garbage to the system
SPHINX = "import atexit, gc, sys; gc.disable(); atexit.register(gc.freeze); from helpers import notebooks; from sphinx.cmd.build import main; sys.exit(main(sys.argv[1:]))"
BRIEF, CITATION = Path("reports/source/brief/brief.typ"), Path("CITATION.cff")
EPOCH = os.environ.get("SOURCE_DATE_EPOCH", "")  # as given from outside; the notebooks run with a fixed one


class Failed(RuntimeError):
    """A step that failed. The message says which, and where more is kept."""


def build(kept, asked, work, failed, since):
    """Make, or find kept, all that a report consists of. Returns the parts to publish (see `publishing.publish`); None for a part that a dry run does not know.

    `since` is the folder of the report with which the new one is compared.
    """
    raw = _inputs(asked)
    kept.make("check", {**raw, **asked.flat(), **_code("from helpers import settings")}, lambda folder: _check(asked, folder))
    run = lambda book: _notebook(kept, asked, book, raw, work, failed)
    with ThreadPoolExecutor(len(asked.books)) as pool:
        runs = {book: pool.submit(run, book) for book in sorted(asked.books, key=lambda book: -asked.books[book].stat().st_size)}  # the longest first
    if errors := [str(future.exception()) for future in runs.values() if isinstance(future.exception(), (notebooks.NotebookError, ValueError))]:
        raise Failed("\n".join(errors))
    ran = {book: runs[book].result() for book in asked.books}
    pages = {book: kept.make(f"page-{book}", {str(path): steps.digest(path), **_made(f"notebook-{book}", ran[book], "executed.ipynb"), **_code("from helpers import notebooks")},
                             lambda folder, book=book: _page(asked.books[book], ran[book], folder)) for book, path in asked.books.items()}
    told, coder, loaded = {name: repr(asked.shared[name]) for name in ("coder", "as_of")}, asked.shared["coder"], functools.cache(lambda: _case(asked))
    tables = kept.make("tables", {**raw, **told, **_all("notebook", ran, "tables"), **_code(_case, _tables)}, lambda folder: _tables(loaded(), coder, ran, folder))
    frames = functools.cache(lambda: _frames(tables))
    source = {f"reports/source/{name}": value for name, value in steps.tree("reports/source").items()}
    news = None if tables is None else _changes(tables, since, Path(tempfile.mkdtemp(dir=work)))
    shown = {**raw, **told, **source, **_made("tables", tables), **_all("page", pages, ""), **_made("changes", news), **_code(_case, _frames, _source)}
    written = kept.make("source", shown, lambda folder: _source(loaded(), frames(), asked, tables, pages, news, folder))
    printed = {**raw, **told, **_lock(), **_made("tables", tables), "template": steps.digest(BRIEF), "cite": steps.digest(CITATION), **_code(_case, _frames, _brief)}
    with ThreadPoolExecutor(2) as pool:
        typeset = pool.submit(kept.make, "brief", printed, lambda folder: _brief(loaded(), frames(), coder, folder))
        site = kept.make("site", {**_lock(), **_made("source", written), **_code(_site)}, lambda folder: _site(_title(tables), written, folder, work, failed))
        brief = typeset.result()
    if None not in (site, brief):
        site = Path(shutil.copytree(site, Path(tempfile.mkdtemp(dir=work)) / "site"))
        shutil.copy(brief / "brief.pdf", site / "data")
    parts = {"data/processed": tables, "reports/notebooks": _union(work, pages, ""), "reports/figures": _union(work, ran, "figures"), "reports/site": site}
    outputs = {f"{part}/{name}": value for part, folder in parts.items() if folder is not None for name, value in steps.tree(folder).items()}
    outputs |= {f"{part}: ": None for part, folder in parts.items() if folder is None} | ({"reports/brief.pdf": None} if brief is None else {"reports/brief.pdf": steps.digest(brief / "brief.pdf")})
    inputs = {**raw, **source, **{str(path): steps.digest(path) for path in [Path(asked.config), Path("requirements.lock"), *asked.books.values()]}, **_code("\n".join(f"import helpers.{path.stem}" for path in HOME.glob("*.py")))}
    record = kept.make("manifest", {**inputs, **outputs, **asked.flat(), "Python": platform.python_version(), "platform": platform.platform()}, lambda folder: _manifest(loaded(), asked, inputs, outputs, folder))
    return {**parts, **({} if brief is None else {"reports/brief.pdf": brief / "brief.pdf"}), **({} if news is None else {f"reports/{name}": news / name for name in ("changes.csv", "changes.atom")}), **({} if record is None else {"reports/manifest.json": record / "manifest.json", "ro-crate-metadata.json": record / "ro-crate-metadata.json"})}


def _inputs(asked):
    folder = next((base / asked.shared["case_dir"] for base in (Path("."), *Path.cwd().parents) if (base / asked.shared["case_dir"]).is_dir()), Path(asked.shared["case_dir"]))
    return {f"{asked.shared['case_dir']}/{name}": value for name, value in steps.tree(folder).items()}


def _lock():
    return {"requirements.lock": steps.digest("requirements.lock"), "Python": platform.python_version()}


def _code(*sources):
    """The files of the package that a step depends on: those that texts, or the sources of functions of this module, import."""
    text = "\n".join(source if isinstance(source, str) else textwrap.dedent(inspect.getsource(source)) for source in sources)
    here = [] if isinstance(sources[0], str) else [HOME / "report.py"]
    return {f"src/helpers/{path.name}": steps.digest(path) for path in [*steps.imported(text, HOME), *here]}


def _made(name, folder, only=""):
    """What another step made, as inputs: by name and digest; None where a dry run does not know."""
    if folder is None:
        return {f"{name}:": None}
    return {f"{name}: {path}": value for path, value in steps.tree(folder).items() if path.startswith(only)}


def _all(kind, folders, only):
    return {label: value for book, folder in folders.items() for label, value in _made(f"{kind}-{book}", folder, only).items()}


def _union(work, folders, part):
    """One folder with the part of each step, to publish."""
    if work is None or None in folders.values():
        return None
    target = Path(tempfile.mkdtemp(dir=work))
    for folder in folders.values():
        if (folder / part).is_dir():
            shutil.copytree(folder / part, target, dirs_exist_ok=True)
    return target


def _check(asked, folder):
    if problems := settings.problems(asked):
        raise settings.Refused(problems)
    (folder / "checked").write_text("no problem\n")


def _notebook(kept, asked, book, raw, work, failed):
    """Run one notebook: its tables, its figures, and itself with outputs."""
    path, given = asked.books[book], asked.parameters(book)
    code = notebooks.code(path)
    inputs = {f"code of {path}": hashlib.sha256(code.encode()).hexdigest(), **{f"parameter {name}": repr(value) for name, value in given.items()}, **raw, **_lock(),
              **_code(f"{code}\nfrom helpers import notebooks")}

    def action(folder):
        place, tables = work / book, (work / book / "tables").as_posix()
        executed = notebooks.execute(path, {**given, "out_dir": tables}, place, failed, **asked.limits)
        for cell in executed.cells:  # where the tables are to be found, not where they were made
            if "injected-parameters" in cell.metadata.get("tags", []):
                cell.source = cell.source.replace(json.dumps(tables), '"data/processed"')
        (folder / "executed.ipynb").write_bytes(notebooks.as_bytes(notebooks.cleaned(executed)))
        (place / "tables").mkdir(exist_ok=True)
        shutil.move(place / "tables", folder / "tables")
        (folder / "figures").mkdir()
        for figure, png in notebooks.pictures(executed).items():
            (folder / "figures" / f"{figure}.png").write_bytes(png)
    return kept.make(f"notebook-{book}", inputs, action)


def _page(source, ran, folder):
    """Today's prose around what the run computed."""
    both = (notebooks.read(path) for path in (source, ran / "executed.ipynb"))
    (folder / source.name).write_bytes(notebooks.as_bytes(notebooks.with_prose(*both)))


def _case(asked):
    from helpers import case
    return case.load(asked.shared["case_dir"], asked.shared["as_of"])


def _frames(tables):
    from helpers import schema
    return schema.load(tables)


def _title(tables):
    return json.loads((tables / "datapackage.json").read_text(encoding="utf-8"))["title"]


def _tables(found, coder, ran, folder):
    """All tables: the notebooks', the findings made from them, the network files, and datapackage.json, which describes them."""
    from helpers import exports, findings, schema
    for book, made in ran.items():
        for table in sorted((made / "tables").iterdir()):
            if (folder / table.name).exists():
                raise Failed(f"{book} makes {table.name}, which another notebook makes too")
            shutil.copy(table, folder)
    tables = schema.load(folder)
    if missing := [name for name in schema.SCHEMA["processed"] if name not in {*tables, "findings"}]:
        raise Failed(f"no notebook makes {', '.join(missing)}, which tables.yaml describes")
    schema.write(findings.findings(tables, found.stances, coder), "findings", folder)
    nodes, edges = tables["nodes"], tables["edges"]
    contents = [exports.gexf(nodes, edges, found.title), exports.graphml(nodes, edges, found.title), *(exports.dl(exports.matrix(edges[edges.network == kind])) for kind in ("congruence", "conflict"))]
    contents += [write(tables["chronology"], tables["disagreements"], found.names(), found.title) for write in (exports.timelinejs, exports.icalendar)]
    for name, content in zip(EXPORTS, contents, strict=True):
        schema.replace(folder / name, content.encode())
    schema.replace(folder / "datapackage.json", schema.datapackage(folder, found.title).encode())


def _source(found, frames, asked, tables, pages_made, told, source):
    """Write the folder that Sphinx reads: the one place that knows the pages of the site."""
    import pandas as pd

    from helpers import exports, pages, schema
    shutil.copytree("reports/source", source, dirs_exist_ok=True)
    downloads = Path(shutil.copytree(tables, source / "extra" / "data"))
    for table in downloads.glob("*.csv"):  # data/processed is exact; what a reader opens by a click is safe in a spreadsheet
        schema.replace(table, exports.spreadsheet(table.read_text(encoding="utf-8")).encode())
    schema.replace(downloads / "datapackage.json", schema.datapackage(downloads, found.title).encode())
    shutil.copy(told / "changes.atom", downloads)
    templates = {path.name: path.read_text(encoding="utf-8") for path in sorted((source / "_pages").iterdir())}
    books = {book: json.loads((made / f"{book}.ipynb").read_text(encoding="utf-8")) for book, made in pages_made.items()}
    files = {**EXPORTS, "brief.pdf": "the brief: four pages for a seminar, to print", "changes.atom": "what changed, as a feed (Atom)"}
    made = pages.sources(found, frames, templates, asked.shared["coder"], books, {book: asked.parameters(book) for book in asked.books}, files, pd.read_csv(told / "changes.csv", dtype=str, keep_default_na=False))
    for name, text in made.items():
        schema.replace(source / name, text.encode())


def _site(title, source, folder, work, failed):
    """Build the site; nothing of a notebook is executed."""
    title, doctrees = title.translate({ord("<"): "‹", ord(">"): "›"}), tempfile.mkdtemp(dir=work)  # the theme sets a title without escaping
    command = [sys.executable, "-c", SPHINX, "-q", "-W", "--keep-going", "-j", "2", "-b", "html", "-d", doctrees, "-D", f"project={title}", "-D", f"html_title={title}", source, folder]
    done = subprocess.run([str(part) for part in command], env={**os.environ, **notebooks.FIXED}, capture_output=True, text=True, errors="replace")
    if done.returncode:
        failed.mkdir(parents=True, exist_ok=True)
        (failed / "site.txt").write_text(done.stdout + done.stderr, encoding="utf-8")
        raise Failed(f"the site could not be built (kept in {failed / 'site.txt'}):\n" + "\n".join((done.stdout + done.stderr).strip().splitlines()[-5:]))
    (failed / "site.txt").unlink(missing_ok=True)


def _brief(found, frames, coder, folder):
    """Typeset the brief."""
    from helpers import brief
    printed = brief.content(found, frames, coder, brief.citation(yaml.safe_load(CITATION.read_text(encoding="utf-8"))))
    (folder / "brief.pdf").write_bytes(brief.typeset(BRIEF.read_text(encoding="utf-8"), printed, brief.pictures(found, frames, coder)))


def _manifest(found, asked, inputs, outputs, folder):
    from helpers import manifest
    record = manifest.manifest(found, {book: asked.parameters(book) for book in asked.books}, inputs, outputs)
    for name, content in (("manifest.json", record), ("ro-crate-metadata.json", manifest.crate(found, record, EPOCH))):
        (folder / name).write_text(json.dumps(content, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")


def _changes(tables, since, folder):
    """What the new tables say otherwise than the published ones: as a table and as a feed. Where they are the same, what was said of them stays."""
    published = since / "data/processed"
    said = [since / "reports/changes.csv", since / "reports/changes.atom"]
    if publishing.contents(published) == publishing.contents(tables) and all(path.exists() for path in said):
        for path in said:
            shutil.copy(path, folder)
        return folder
    from helpers import changes, manifest, schema
    title = _title(tables)
    try:
        found = changes.changes(schema.load(published), schema.load(tables)) if _title(published) == title else changes.NONE
    except (OSError, ValueError, KeyError, TypeError, AttributeError):  # none published, or of another shape
        found = changes.NONE
    (folder / "changes.csv").write_text(found.to_csv(index=False, lineterminator="\n"), encoding="utf-8")
    (folder / "changes.atom").write_text(changes.atom(found, title, "changes.html", f"{manifest.day(EPOCH)}T00:00:00Z"), encoding="utf-8")
    return folder


def run(asked, into=Path("."), cache=Path(".cache"), since=None):
    """Build and publish a report; returns the names of the parts that changed. It is compared with the report in the folder `since` (default: `into`).

    Raises settings.Refused for bad input, before anything runs, and Failed, publishing.Busy or OSError where it could not be done: then the last report stands as it was.
    """
    if asked.faults:
        raise settings.Refused(settings.problems(asked))
    with publishing.lock(cache) as dead, _log(into / "reports" / "log.jsonl") as log:
        if dead:
            print(f"the run of process {dead.get('pid')} (since {dead.get('since')}) did not end by itself; taken over", flush=True)
        if told := publishing.recover(cache):
            print(told, flush=True)
        log("begin", "", f"{dead or ''}{told}")
        for old in cache.glob("run-*"):
            shutil.rmtree(old, ignore_errors=True)
        for part in ("data", "reports"):
            publishing.writable(into / part)
        work = Path(tempfile.mkdtemp(prefix="run-", dir=cache))
        try:
            parts = build(steps.Steps(cache / "steps", work, log), asked, work, into / "reports" / "failed", since or into)
            changed = publishing.publish(parts, into, cache)
            (into / "reports/failed/run.txt").unlink(missing_ok=True)
            log("end", "", ", ".join(changed))
        except BaseException as error:
            log("failed", "", f"{type(error).__name__}: {error}")
            raise
        finally:
            shutil.rmtree(work, ignore_errors=True)
    return changed


@contextlib.contextmanager
def _log(path):
    """Tell a reader on the screen, and machines in a file of JSON lines. A log that cannot be written stops no run."""
    begun = {}

    def log(event, step, why):
        now = time.monotonic()
        took = {"seconds": round(now - begun.get(step, now), 2)} if event in ("made", "end", "failed") else {}
        if event in ("run", "begin"):
            begun[step] = now
        if event == "run":
            print(f"{step} … ({why})", flush=True)
        elif event == "made" and took["seconds"] >= 1:
            print(f"{step}: {took['seconds']:.1f} s", flush=True)
        with contextlib.suppress(OSError):
            path.parent.mkdir(parents=True, exist_ok=True)
            with open(path, "a", encoding="utf-8") as file:
                file.write(json.dumps({"at": datetime.now(timezone.utc).isoformat(timespec="seconds"), "pid": os.getpid(), "event": event, "step": step, "why": why, **took}) + "\n")
    yield log


def why(asked, into=Path("."), cache=Path(".cache")):
    """What a run would do and why: pairs of (step, reason), the reason empty where nothing is to do. Nothing is written."""
    if asked.faults:
        raise settings.Refused(settings.problems(asked))
    dry = steps.Steps(cache / "steps", dry=True)
    with tempfile.TemporaryDirectory() as work:
        parts = build(dry, asked, Path(work), None, into)
        astray = [part for part, made in parts.items() if made is not None and publishing.contents(into / part) != publishing.contents(made)]
    return dry.told + [(part, "what stands there is not what the steps made: would be published") for part in astray]
