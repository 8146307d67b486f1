"""Tests of code and of data apart: outputs of another case than the one at hand are skipped."""

import json
import os
import shutil
import subprocess
import sys

import pytest

from dispute.run import outputs

BOOKS = ["1_corpus", "2_actor_network", "3_chronology", "4_stance_tables", "5_robustness"]


def pytest_in(folder, *words):
    return subprocess.run(
        [sys.executable, "-m", "pytest", "-n0", "-rs", "-p", "no:cacheprovider", *words],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(folder / "src")},
        capture_output=True,
        text=True,
    )


@pytest.fixture
def project(root, tmp_path):
    """A copy of the project, with a test of the code and a test of the data."""
    home = tmp_path / "project"
    for part in ("notebooks", "data/raw", "src"):
        left = shutil.ignore_patterns("__pycache__", "*.egg-info")
        shutil.copytree(root / part, home / part, ignore=left)
    (home / "tests").mkdir()
    for file in ("pyproject.toml", "README.md"):
        shutil.copy(root / file, home)
    shutil.copy(root / "tests/conftest.py", home / "tests")
    digest = outputs.case_digest(home / "data/raw")
    (home / "tests/published.sha256").write_text(digest)
    for path in (home / "notebooks").glob("*.ipynb"):
        book = json.loads(path.read_text(encoding="utf-8"))
        book["metadata"]["dispute"] = outputs.stamp(path)
        path.write_text(json.dumps(book), encoding="utf-8")
    (home / "tests/test_both.py").write_text(
        "import pytest\n\ndef test_code():\n    pass\n\n"
        "@pytest.mark.data\ndef test_data():\n    pass\n"
    )
    return home


def add_an_article(home):
    raw = home / "data/raw/articles"
    first = min(raw.glob("*.txt"))
    for path in (first, first.with_suffix(".yaml")):
        shutil.copy(path, raw / f"a-sixth{path.suffix}")


def skeleton(home, name):
    """A notebook of one quick cell with the metadata of a committed one."""
    path = home / f"notebooks/{name}.ipynb"
    book = json.loads(path.read_text(encoding="utf-8"))
    kept = [cell for cell in book["cells"] if "parameters" in cell["metadata"].get("tags", [])]
    path.write_text(json.dumps({**book, "cells": kept}), encoding="utf-8")


@pytest.mark.data
@pytest.mark.parametrize("name", BOOKS)
def test_committed_notebooks_know_which_case_their_outputs_are_of(root, name, monkeypatch):
    monkeypatch.chdir(root)
    book = json.loads((root / f"notebooks/{name}.ipynb").read_text(encoding="utf-8"))
    assert set(book["metadata"]["dispute"]) == {"case", "code"}
    assert not outputs.is_behind(root / f"notebooks/{name}.ipynb")


def test_outputs_of_another_case_are_skipped_with_a_word_and_so_are_tests_of_data(project):
    for name in BOOKS[:2]:
        skeleton(project, name)
    for name in BOOKS[2:]:
        (project / f"notebooks/{name}.ipynb").unlink()
    before = pytest_in(project, "notebooks", "tests")
    assert before.returncode == 0 and "skipped" not in before.stdout, before.stdout
    add_an_article(project)
    after = pytest_in(project, "notebooks", "tests")
    assert after.returncode == 0, after.stdout + after.stderr
    assert "outputs are behind: dispute refresh" in after.stdout
    assert "3 skipped" in after.stdout and "1 passed" in after.stdout, after.stdout
    alone = pytest_in(project, "notebooks/1_corpus.ipynb")
    assert "outputs are behind" in alone.stdout, "also where no conftest is read"


def test_what_the_loader_does_not_read_leaves_outputs_as_they_are(project, monkeypatch):
    monkeypatch.chdir(project)
    assert outputs.behind() == []
    with open("data/raw/README.md", "a", encoding="utf-8") as file:
        file.write("A word more.\n")
    assert outputs.behind() == []
    with open("data/raw/case.yaml", "a", encoding="utf-8") as file:
        file.write("# a word more\n")
    assert [path.stem for path in outputs.behind()] == BOOKS


def test_a_notebook_whose_cells_are_new_is_behind(project, monkeypatch):
    monkeypatch.chdir(project)
    path = project / "notebooks/1_corpus.ipynb"
    path.write_text(path.read_text(encoding="utf-8").replace("is_unique", "is_unique is True"))
    assert [path.stem for path in outputs.behind()] == ["1_corpus"]


def test_a_run_says_what_is_behind_and_how_to_renew_it(project, monkeypatch):
    monkeypatch.chdir(project)
    shutil.copytree(os.environ["PROCESSED"], "data/processed")
    assert outputs.stale_words() == []
    readme = project / "README.md"
    text = readme.read_text(encoding="utf-8")
    readme.write_text(text.replace(" articles of", " articles less of", 1), encoding="utf-8")
    add_an_article(project)
    lines = outputs.stale_words()
    assert len(lines) == 2 and all("dispute refresh" in line for line in lines), lines
    assert "1_corpus" in lines[0] and "README.md" in lines[1]


@pytest.fixture(autouse=True)
def processed(root, monkeypatch):
    monkeypatch.setenv("PROCESSED", str(root / "data/processed"))
