"""The project as a whole.

General code, equal builds, what runs after which change, and an input error that leaves the last
report alone.
"""

import json
import os
import re
import shutil
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

from dispute.run import notebooks
from dispute.run.settings import published
from helpers.case.folder import has_proposals

PARTS = [
    "CITATION.cff",
    "Makefile",
    "README.md",
    "config.yaml",
    "data",
    "docs",
    "notebooks",
    "pyproject.toml",
    "reports",
    "requirements.lock",
    "src",
]
BUILT = [
    "data/processed",
    "reports/notebooks",
    "reports/figures",
    "reports/site",
    "reports/brief.pdf",
]

# The notebook on proposals, where the published case holds any.
HOLDS = has_proposals(Path(__file__).resolve().parents[2] / "data/raw")
SIXTH = {"notebook-6_machine_reading"} if HOLDS else set()


def copied(root, place):
    """A copy of the project as git has it: no cache, nothing built."""
    code = ["__pycache__", ".cache", "*.egg-info"]
    built = ["site", "failed", "processed", "figures", "log.jsonl", "manifest.json"]
    built += ["health.json"]
    for part in PARTS:
        source = root / part
        left = code + (built if part in ("data", "reports") else [])
        if source.is_dir():
            shutil.copytree(source, place / part, ignore=shutil.ignore_patterns(*left))
        else:
            shutil.copy(source, place / part)
    shutil.rmtree(place / "reports/notebooks", ignore_errors=True)
    return place


def few_draws(project, settings=()):
    """Few draws in the settings of a project, to be quick; and other `settings` by their names."""
    path = project / "config.yaml"
    text = re.sub("draws: [0-9]+", "draws: 5", path.read_text(encoding="utf-8"))
    for name, value in dict(settings).items():
        text = re.sub(f"(?m)^{name}: [a-z-]+", f"{name}: {value}", text)
    path.write_text(text, encoding="utf-8")


def dispute(folder, *words, **more):
    """The command line in a folder, in a process of its own."""
    environment = {**os.environ, "PYTHONPATH": str(folder / "src"), **more}
    return subprocess.run(
        [
            sys.executable,
            "-c",
            "import sys; from dispute.cli import main; sys.exit(main())",
            *words,
        ],
        cwd=folder,
        env=environment,
        capture_output=True,
        text=True,
    )


def built(folder):
    """The bytes of every published file, by its path."""
    paths = [path for part in BUILT for path in [folder / part, *(folder / part).rglob("*")]]
    return {str(path.relative_to(folder)): path.read_bytes() for path in paths if path.is_file()}


def would(folder, *words):
    """The steps that would run now."""
    lines = dispute(folder, "run", "--why", *words).stdout.splitlines()
    told = dict(line.split(": ", 1) for line in lines)
    return {step for step, why in told.items() if why != "nothing to do"}


@pytest.fixture(scope="module")
def one_build(root, tmp_path_factory):
    folder = copied(root, tmp_path_factory.mktemp("a build with spaces"))
    run = dispute(folder, "run")
    assert run.returncode == 0, run.stdout + run.stderr
    return folder


@pytest.mark.data
def test_the_committed_tables_are_what_the_build_makes(root, one_build):
    made = {path.name: path.read_bytes() for path in (one_build / "data/processed").iterdir()}
    kept = {path.name: path.read_bytes() for path in (root / "data/processed").iterdir()}
    assert kept.keys() == made.keys()
    assert [name for name in made if made[name] != kept[name]] == [], (
        "run `make report` and commit data/processed"
    )


@pytest.mark.data
def test_the_committed_replication_is_what_the_build_makes(root, one_build):
    made, kept = ((place / "REPLICATION.md").read_bytes() for place in (one_build, root))
    assert made == kept, "run `make report` and commit REPLICATION.md"


def test_the_manifest_and_the_crate_tell_what_went_in_and_came_out(one_build):
    manifest, crate = (
        json.loads((one_build / path).read_text(encoding="utf-8"))
        for path in ("reports/manifest.json", "ro-crate-metadata.json")
    )
    assert manifest["outputs"].keys() == {
        *built(one_build),
        "reports/changes.csv",
        "reports/changes.atom",
    }
    assert {
        "config.yaml",
        "requirements.lock",
        "data/raw/case.yaml",
        "notebooks/1_corpus.ipynb",
        "src/helpers/case/load.py",
        "src/dispute/templates/pages/base.html",
    } <= manifest["inputs"].keys()
    assert (
        manifest["versions"]["pandas"]
        and manifest["parameters"]["4_stance_tables"]["min_statements"] == 3
    )
    entities = {entity["@id"]: entity for entity in crate["@graph"]}
    assert all(
        (one_build / path).is_file()
        for path, entity in entities.items()
        if "File" in entity["@type"]
    )
    assert {one["@id"] for one in entities["#run"]["result"]} == manifest["outputs"].keys()
    assert entities["data/raw/case.yaml"]["sha256"] == manifest["inputs"]["data/raw/case.yaml"]


def test_a_folder_with_files_of_ones_own_is_refused_and_a_new_one_is_filled(one_build):
    own = one_build / "elsewhere/reports/figures/my_figure.png"
    own.parent.mkdir(parents=True)
    own.write_text("mine")
    run = dispute(one_build, "run", "--into", "elsewhere")
    assert (
        run.returncode == 2
        and "my_figure.png: found a file that no report made" in run.stderr
        and own.read_text() == "mine"
    )
    own.unlink()
    for _ in range(2):
        run = dispute(one_build, "run", "--into", "elsewhere")
        assert run.returncode == 0, run.stdout + run.stderr
    crate = json.loads((one_build / "elsewhere/ro-crate-metadata.json").read_text(encoding="utf-8"))
    files = [entity["@id"] for entity in crate["@graph"] if "File" in entity["@type"]]
    assert len(files) > 50 and all((one_build / "elsewhere" / path).is_file() for path in files)


@pytest.mark.parametrize(
    "path, old, new, steps",
    [
        (
            "notebooks/1_corpus.ipynb",
            "What was read",
            "What was read, in new words",
            {"page-1_corpus", "site", "manifest"},
        ),
        (
            "src/helpers/figures/network.py",
            "Figures: a table",
            "Figures: one table",
            {"notebook-2_actor_network", "notebook-7_camps_and_change"},
        ),
        (
            "src/helpers/figures/style.mplstyle",
            "\n",
            "\n# a word\n",
            {
                "notebook-2_actor_network",
                "notebook-3_chronology",
                "notebook-4_stance_tables",
                "notebook-5_robustness",
                "notebook-7_camps_and_change",
                *SIXTH,
            },
        ),
        ("src/helpers/analysis/chronology.py", '"""', '"""New: ', {"notebook-3_chronology"}),
        # By it `check` knows a date in a sentence of the case.
        ("src/helpers/dates/lexicon.yaml", "\n", "\n# a word\n", None),
        ("src/dispute/site/pages.py", '"""', '"""New: ', {"site", "manifest"}),
        ("src/dispute/run/products/brief.py", '"""', '"""New: ', {"brief", "manifest"}),
        ("src/dispute/run/settings.py", '"""', '"""New: ', {"check", "manifest"}),
        ("src/dispute/run/notebooks.py", '"""', '"""New: ', None),
        ("src/dispute/exchange/dna/importing.py", '"""', '"""New: ', {"manifest"}),
        ("src/dispute/templates/report.css", "/*", "/* New:", {"site", "manifest"}),
        (
            "config.yaml",
            "min_statements: 3",
            "min_statements: 2",
            {"check", "notebook-4_stance_tables"},
        ),
        ("data/raw/case.yaml", "title: The", "title: A", None),
        ("README.md", "", "", set()),
        ("requirements.lock", "\n", "\n\n", None),
    ],
)
def test_a_change_runs_what_depends_on_it_and_nothing_else(one_build, path, old, new, steps):
    """None: everything that computes. Steps after a notebook wait for what it makes."""
    good = (one_build / path).read_text(encoding="utf-8")
    assert old in good
    (one_build / path).write_text(good.replace(old, new, 1), encoding="utf-8")
    told = would(one_build)
    (one_build / path).write_text(good, encoding="utf-8")
    paths = {path.stem: path for path in (one_build / "notebooks").glob("*.ipynb")}
    books = {f"notebook-{name}" for name in published(paths, one_build / "data/raw")}
    if steps is None:
        assert books <= told
    elif ran := steps & books:
        pages = {f"page-{name.removeprefix('notebook-')}" for name in ran}
        assert told == steps | pages | {"networks", "tables", "brief", "site", "manifest"}
    else:
        assert told == steps


def test_prose_renews_a_page_and_runs_nothing_and_a_second_run_has_nothing_to_do(one_build):
    path = one_build / "notebooks/1_corpus.ipynb"
    path.write_text(
        path.read_text(encoding="utf-8").replace("What was read", "What was read, in new words"),
        encoding="utf-8",
    )
    prose = dispute(one_build, "run")
    assert (
        prose.returncode == 0
        and "page-1_corpus …" in prose.stdout
        and "notebook-" not in prose.stdout.replace("notebooks", "")
    ), prose.stdout + prose.stderr
    assert "in new words" in (one_build / "reports/notebooks/1_corpus.ipynb").read_text(
        encoding="utf-8"
    ) and "in new words" in (one_build / "reports/site/1_corpus.html").read_text(encoding="utf-8")
    again = dispute(one_build, "run", PYTHONPROFILEIMPORTTIME="1")
    assert again.returncode == 0 and again.stdout.startswith("nothing has changed"), (
        again.stdout + again.stderr
    )
    assert (
        "dispute.run.steps" in again.stderr
        and "pandas" not in again.stderr
        and "nbformat" not in again.stderr
    ), "what is slow to import is imported for nothing"


@pytest.mark.data
def test_bad_input_of_every_kind_is_told_at_once_and_leaves_what_was_there(one_build):
    before = built(one_build)
    path = one_build / "data/raw/coding/pass-a/statements.csv"
    good = path.read_bytes()
    path.write_bytes(good.replace(b"raila-odinga", b"raila-odinge", 1))
    (one_build / "other.yaml").write_text(
        "case_dir: data/raw\ncoderr: x\n"
        "notebooks: {1_corpse: {}, 4_stance_tables: {min_statements: many}}\n"
    )
    run = dispute(one_build, "run", "--config", "other.yaml", "-p", "4_stance_tables.contex=1")
    path.write_bytes(good)
    assert run.returncode == 2 and "Traceback" not in run.stderr
    for words in (
        "did you mean raila-odinga?",
        "coderr",
        "did you mean 1_corpus?",
        "'many' (str); expected int",
        "-p 4_stance_tables.contex",
    ):
        assert words in run.stderr
    assert built(one_build) == before


DAY = r"\d{4}-\d\d-\d\d"
# Nouns that are printed as names, `@media` of style sheets, and what lists of words have too.
COMMON = {"petitioners", "Petitioners", "people", "media", "allies", "judiciary", "whistleblower"}


def words_of(case):
    """What only the published case says: its actors, articles and days."""
    actors, articles = case.actors, case.articles
    names = {*actors.actor_id, *actors.name, *articles.article_id, *case.aliases.alias} - COMMON
    frames = (case.statements, case.event_mentions, case.context_events)
    dates = [value for frame in frames for value in frame.date_edtf]
    days = {value for value in (*dates, *names) if re.fullmatch(DAY, value)}
    written = {date.fromisoformat(day).strftime("%-d %B %Y") for day in days}
    return names | days | written | {"Kenya", "Nairobi"}


def test_no_code_knows_the_case(root, real):
    """Code names no actor, article or date of the published case: those are data."""
    files = [path for path in (root / "src").rglob("*.*") if path.is_file()]
    files = [path for path in files if path.suffix != ".pyc"]
    code = {path: path.read_text(encoding="utf-8") for path in files}
    code |= {path: notebooks.code(path) for path in (root / "notebooks").glob("*.ipynb")}
    known = [
        (str(path), word)
        for word in words_of(real)
        for path, text in code.items()
        if word in text and re.search(rf"(?<![\w-]){re.escape(word)}(?![\w-])", text)
    ]
    assert known == []
