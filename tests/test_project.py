"""The project as a whole: general code, equal builds, and an input error that leaves the last report alone."""
import os
import re
import shutil
import subprocess
import sys
from datetime import date

import pytest

from helpers import notebooks

PARTS = ["Makefile", "config.yaml", "data", "dodo.py", "notebooks", "pyproject.toml", "reports", "requirements.lock", "src"]


def copied(root, place):
    """A copy of the project as git has it: no cache, nothing built."""
    leave = shutil.ignore_patterns("__pycache__", ".cache", "site", "failed", "*.egg-info", "processed", "figures")
    for part in PARTS:
        source = root / part
        (shutil.copytree(source, place / part, ignore=leave) if source.is_dir() else shutil.copy(source, place / part))
    return place


def doit(folder, *steps):
    environment = {**os.environ, "PYTHONPATH": str(folder / "src")}
    return subprocess.run([sys.executable, "-m", "doit", *steps], cwd=folder, env=environment, capture_output=True, text=True)


def built(folder):
    made = [*(folder / "data/processed").rglob("*"), *(folder / "reports/notebooks").rglob("*"), *(folder / "reports/figures").rglob("*")]
    return {str(path.relative_to(folder)): path.read_bytes() for path in made if path.is_file()}


@pytest.fixture(scope="module")
def one_build(root, tmp_path_factory):
    folder = copied(root, tmp_path_factory.mktemp("a build with spaces"))
    run = doit(folder, "publish", "tables")
    assert run.returncode == 0, run.stdout + run.stderr
    return folder


def test_two_builds_in_two_folders_are_the_same_bytes(root, one_build, tmp_path):
    run = doit(copied(root, tmp_path), "publish", "tables")
    assert run.returncode == 0, run.stdout + run.stderr
    one, other = built(one_build), built(tmp_path)
    assert len(one) > 20 and one.keys() == other.keys()
    assert [name for name in one if one[name] != other[name]] == []


def test_the_committed_tables_are_what_the_build_makes(root, one_build):
    made = {path.name: path.read_bytes() for path in (one_build / "data/processed").iterdir()}
    kept = {path.name: path.read_bytes() for path in (root / "data/processed").iterdir()}
    assert kept.keys() == made.keys()
    assert [name for name in made if made[name] != kept[name]] == [], "run `make report` and commit data/processed"


def test_nothing_to_do_runs_no_notebook_and_prose_runs_none_either(one_build):
    again = doit(one_build, "publish", "tables")
    assert again.returncode == 0 and "running" not in re.sub(r"^-- .*$", "", again.stdout, flags=re.M)
    path = one_build / "notebooks/1_corpus.ipynb"
    path.write_text(path.read_text(encoding="utf-8").replace("What was read", "What was read, in new words"), encoding="utf-8")
    prose = doit(one_build, "publish", "tables")
    assert ".  publishing 1_corpus" in prose.stdout and ".  running" not in prose.stdout
    assert "in new words" in (one_build / "reports/notebooks/1_corpus.ipynb").read_text(encoding="utf-8")


def test_bad_input_stops_the_build_and_leaves_what_was_there(one_build):
    before = built(one_build)
    path = one_build / "data/raw/coding/statements.csv"
    good = path.read_bytes()
    path.write_bytes(good.replace(b"raila-odinga", b"raila-odinge", 1))
    run = doit(one_build, "publish", "tables")
    path.write_bytes(good)
    assert run.returncode != 0
    assert "did you mean raila-odinga?" in run.stdout + run.stderr and "Traceback" not in run.stdout + run.stderr
    assert built(one_build) == before


def test_no_code_knows_the_case(root, real):
    """Code names no actor, article or date of the published case: those are data."""
    words = {*real.actors.actor_id, *real.actors.name, *real.articles.article_id, *real.aliases.alias} - {"petitioners", "Petitioners", "people"}  # common nouns, printed as names
    words |= {value for frame in (real.statements, real.event_mentions, real.context_events) for value in frame.date_edtf if re.fullmatch(r"\d{4}-\d\d-\d\d", value)}
    words |= {date.fromisoformat(w).strftime("%-d %B %Y") for w in list(words) if re.fullmatch(r"\d{4}-\d\d-\d\d", w)} | {"Kenya", "Nairobi"}
    code = {path.name: path.read_text(encoding="utf-8") for path in [*(root / "src/helpers").glob("*.*"), root / "dodo.py", root / "reports/source/conf.py"]}
    code |= {path.name: notebooks.code(path) for path in (root / "notebooks").glob("*.ipynb")}
    known = [(name, word) for name, text in code.items() for word in words if re.search(rf"(?<![\w-]){re.escape(word)}(?![\w-])", text)]
    assert known == []
