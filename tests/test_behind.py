"""Tests of code and of data apart: outputs of another case than the one at hand are skipped."""

import json
import os
import shutil

import pytest

from dispute.run import outputs

BOOKS = ["1_corpus", "2_actor_network", "3_chronology", "4_stance_tables", "5_robustness"]
BOOKS += ["6_machine_reading", "7_camps_and_change", "8_estimates"]


def small_project(root, home):
    """A copy of the project, with a test of the code and a test of the data."""
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


@pytest.fixture
def project(root, tmp_path):
    return small_project(root, tmp_path / "project")


def add_an_article(home):
    raw = home / "data/raw/articles"
    first = min(raw.glob("*.txt"))
    for path in (first, first.with_suffix(".yaml")):
        shutil.copy(path, raw / f"a-sixth{path.suffix}")


@pytest.mark.data
@pytest.mark.parametrize("name", BOOKS)
def test_committed_notebooks_know_which_case_their_outputs_are_of(root, name, monkeypatch):
    monkeypatch.chdir(root)
    book = json.loads((root / f"notebooks/{name}.ipynb").read_text(encoding="utf-8"))
    assert set(book["metadata"]["dispute"]) == {"case", "code"}
    assert not outputs.is_behind(root / f"notebooks/{name}.ipynb")


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
