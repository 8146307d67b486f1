"""The graph of work: case → notebooks → tables and figures → site. Run by `make report`; `python -m doit list` names the steps."""
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import yaml
from doit.tools import config_changed

from helpers import case, cli, exports, notebooks, pages, schema
from helpers import findings as finding

CONFIG = yaml.safe_load(Path("config.yaml").read_text(encoding="utf-8"))
CASE = CONFIG["case_dir"]
MAKES = {
    "1_corpus": ["articles", "actors", "affiliations", "issues", "statements", "event_mentions", "relations"],
    "2_actor_network": ["nodes", "edges", "issue_edges", "edge_evidence", "actor_mentions", "network_measures"],
    "3_chronology": ["events", "accounts", "disagreements", "date_readings", "chronology"],
    "4_stance_tables": ["stance_table", "stance_groups", "position_changes", "contradictions", "disputed_facts", "agreement", "confusion", "coding_differences"],
}
FIGURES = {"2_actor_network": ["relations", "discourse", "periods", "overlay"], "3_chronology": ["chronology"], "4_stance_tables": ["stances", "stance_periods"]}
EXPORTS = {"network.gexf": "all networks, for Gephi", "network.graphml": "all networks, for Gephi, yEd and visone", "congruence.dl": "who agrees, a matrix for UCINET", "conflict.dl": "who disagrees, a matrix for UCINET",
           "chronology.timelinejs.json": "the chronology, for TimelineJS", "chronology.ics": "the chronology as a calendar (iCalendar)"}
CACHE, PROCESSED, REPORTS, SITE = Path(".cache"), Path("data/processed"), Path("reports"), Path("reports/site")
RAW = sorted(str(path) for path in Path(CASE).rglob("*") if path.is_file())
HELPERS = [str(path) for path in sorted(Path("src/helpers").iterdir()) if path.is_file()]
DOIT_CONFIG = {"default_tasks": ["site"], "num_process": 2, "par_type": "thread", "verbosity": 2, "dep_file": ".cache/doit.json", "backend": "json"}
CACHE.mkdir(exist_ok=True)


def _title(words):
    return lambda task: f"{words} …"


def task_check():
    """Check the case folder."""
    return {"actions": [_checked], "file_dep": RAW + HELPERS, "uptodate": [config_changed(CASE)], "targets": [CACHE / "checked"], "title": _title(f"checking {CASE}")}


def _checked():
    if cli.check(CASE):
        return False
    (CACHE / "checked").touch()


def _parameters(name):
    return {**{key: CONFIG[key] for key in ("case_dir", "coder", "period")}, **CONFIG["notebooks"][name]}


def task_notebook():
    """Run each notebook: its tables go to data/processed, its figures to reports/figures, all of them or none."""
    for name, tables in MAKES.items():
        path = Path("notebooks") / f"{name}.ipynb"
        yield {
            "name": name, "actions": [(_run, [name, path])], "title": _title(f"running {path}"), "task_dep": ["check"],
            "file_dep": RAW + HELPERS + ["requirements.lock"], "uptodate": [config_changed(notebooks.code(path) + repr(sorted(_parameters(name).items())))],
            "targets": [CACHE / "executed" / f"{name}.ipynb", *(PROCESSED / f"{table}.csv" for table in tables), *(REPORTS / "figures" / f"{f}.png" for f in FIGURES.get(name, []))]}


def _run(name, path):
    work = CACHE / "run" / name
    try:
        executed = notebooks.execute(path, {**_parameters(name), "out_dir": (work / "tables").as_posix()}, work, REPORTS / "failed")
    except (notebooks.NotebookError, ValueError) as error:
        print(error, file=sys.stderr)
        return False
    made = {**{PROCESSED / f"{table}.csv": (work / "tables" / f"{table}.csv").read_bytes() for table in MAKES[name]},
            **{REPORTS / "figures" / f"{figure}.png": png for figure, png in notebooks.pictures(executed).items()},
            CACHE / "executed" / f"{name}.ipynb": notebooks.as_bytes(executed)}
    for target, content in made.items():
        schema.replace(target, content)
    shutil.rmtree(work)


def task_publish():
    """Put today's prose around what each run computed: reports/notebooks."""
    for name in MAKES:
        source, executed = Path("notebooks") / f"{name}.ipynb", CACHE / "executed" / f"{name}.ipynb"
        yield {"name": name, "actions": [(_publish, [source, executed])], "file_dep": [source, executed, *HELPERS], "targets": [REPORTS / "notebooks" / source.name], "title": _title(f"publishing {name}")}


def _publish(source, executed):
    both = (notebooks.read(path) for path in (source, executed))
    schema.replace(REPORTS / "notebooks" / source.name, notebooks.as_bytes(notebooks.with_prose(*both)))


def task_tables():
    """Make the findings and the network files from the tables, and describe all tables in datapackage.json."""
    made = [PROCESSED / f"{table}.csv" for tables in MAKES.values() for table in tables]
    targets = [PROCESSED / name for name in ("findings.csv", "datapackage.json", *EXPORTS)]
    return {"actions": [_tables], "file_dep": [*made, *HELPERS], "targets": targets, "title": _title("describing the tables")}


def _tables():
    found, tables = case.load(CASE), schema.load(PROCESSED)
    schema.write(finding.findings(tables, found.stances, CONFIG["coder"]), "findings", PROCESSED)
    nodes, edges = tables["nodes"], tables["edges"]
    contents = [exports.gexf(nodes, edges, found.title), exports.graphml(nodes, edges, found.title), *(exports.dl(exports.matrix(edges[edges.network == kind])) for kind in ("congruence", "conflict"))]
    contents += [write(tables["chronology"], tables["disagreements"], found.names(), found.title) for write in (exports.timelinejs, exports.icalendar)]
    for name, content in zip(EXPORTS, contents):
        schema.replace(PROCESSED / name, content.encode())
    schema.replace(PROCESSED / "datapackage.json", schema.datapackage(PROCESSED, found.title).encode())


def task_site():
    """Build the site beside its place, then move it there."""
    sources = [str(path) for path in sorted((REPORTS / "source").rglob("*")) if path.is_file()]
    made = [REPORTS / "notebooks" / f"{name}.ipynb" for name in MAKES] + [PROCESSED / "findings.csv", PROCESSED / "datapackage.json", REPORTS / "figures" / "stances.png"]
    return {"actions": [_site], "file_dep": [*sources, *made, *HELPERS], "targets": [SITE / "index.html"], "title": _title("building reports/site")}


def _site():
    source, built, old = CACHE / "source", CACHE / "site", CACHE / "old-site"
    for folder in (source, built, old, CACHE / "doctrees"):
        shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(REPORTS / "source", source)
    shutil.copytree(PROCESSED, source / "extra" / "data")
    templates = {path.name: path.read_text(encoding="utf-8") for path in sorted((source / "_pages").iterdir())}
    books = {name: json.loads((REPORTS / "notebooks" / f"{name}.ipynb").read_text(encoding="utf-8")) for name in MAKES}
    found = case.load(CASE)
    made = pages.sources(found, schema.load(PROCESSED), templates, CONFIG["coder"], books, {name: _parameters(name) for name in MAKES}, EXPORTS)
    for name, text in made.items():
        schema.replace(source / name, text.encode())
    command = [sys.executable, "-m", "sphinx", "-q", "-W", "--keep-going", "-b", "html", "-d", CACHE / "doctrees", "-D", f"project={found.title}", "-D", f"html_title={found.title}", source, built]
    if subprocess.run([str(part) for part in command], env={**os.environ, **notebooks.FIXED}).returncode:
        return False
    if SITE.exists():
        os.replace(SITE, old)
    os.replace(built, SITE)
    shutil.rmtree(old, ignore_errors=True)
    print(f"open {SITE / 'index.html'}")
