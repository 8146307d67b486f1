"""`python -m pytest` where the case is another: outputs and tests of data are skipped, and told."""

import json
import os
import subprocess
import sys

from test_behind import BOOKS, add_an_article, small_project


def pytest_in(folder, *words):
    return subprocess.run(
        [sys.executable, "-m", "pytest", "-n0", "-rs", "-p", "no:cacheprovider", *words],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(folder / "src")},
        capture_output=True,
        text=True,
    )


def skeleton(home, name):
    """A notebook of one quick cell with the metadata of a committed one."""
    path = home / f"notebooks/{name}.ipynb"
    book = json.loads(path.read_text(encoding="utf-8"))
    kept = [cell for cell in book["cells"] if "parameters" in cell["metadata"].get("tags", [])]
    path.write_text(json.dumps({**book, "cells": kept}), encoding="utf-8")


def test_outputs_of_another_case_are_skipped_with_a_word_and_so_are_tests_of_data(root, tmp_path):
    project = small_project(root, tmp_path / "project")
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
