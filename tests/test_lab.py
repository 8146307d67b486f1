"""`dispute lab`: JupyterLab opens copies of the notebooks, and keeps the notebooks as they are."""

import json
import shutil
import sys
from types import SimpleNamespace

import pytest
from tornado.web import HTTPError

from dispute.cli import main

BOOK = "1_corpus.ipynb"


@pytest.fixture
def project(root, tmp_path, monkeypatch):
    """A folder with notebooks; what JupyterLab is called with is kept, and nothing is started."""
    shutil.copytree(root / "notebooks", tmp_path / "notebooks")
    monkeypatch.chdir(tmp_path)
    called = []

    def start(name, run_name):
        called.append([name, *sys.argv[1:]])

    monkeypatch.setattr("runpy.run_module", start)
    return SimpleNamespace(folder=tmp_path, called=called)


def cells(path):
    return json.loads(path.read_text(encoding="utf-8"))["cells"]


def test_it_opens_copies_that_say_what_they_are(root, project, capsys):
    assert "\nlab: .venv/dev ; @.venv/bin/dispute lab\n" in (root / "Makefile").read_text()
    assert main(["lab", "--no-browser"]) == 0
    originals = sorted((project.folder / "notebooks").glob("*.ipynb"))
    assert len(originals) == 8
    for original in originals:
        first, *rest = cells(project.folder / "lab" / original.name)
        assert rest == cells(original)
        words = "".join(first["source"])
        assert first["cell_type"] == "markdown" and f"notebooks/{original.name}" in words
    (words,) = project.called
    assert words[0] == "jupyterlab" and words[-1] == "--no-browser"
    assert f"--ServerApp.root_dir={project.folder}" in words
    assert "--LabApp.default_url=/lab/tree/lab" in words
    assert "copied 8 notebooks into lab/" in capsys.readouterr().out


def test_a_copy_is_never_overwritten_and_a_newer_original_is_told(project, capsys):
    main(["lab"])
    copy, original = project.folder / "lab" / BOOK, project.folder / "notebooks" / BOOK
    mine = copy.read_text(encoding="utf-8").replace("# 1 · The corpus", "# Mine")
    copy.write_text(mine, encoding="utf-8")
    capsys.readouterr()
    assert main(["lab"]) == 0
    assert copy.read_text(encoding="utf-8") == mine and "copied" not in capsys.readouterr().out
    newer = original.read_text(encoding="utf-8").replace("# 1 · The corpus", "# Newer")
    original.write_text(newer, encoding="utf-8")
    assert main(["lab"]) == 0
    assert copy.read_text(encoding="utf-8") == mine
    told = capsys.readouterr().out
    assert f"notebooks/{BOOK} is newer than lab/{BOOK}" in told and "2_actor" not in told
    copy.rename(copy.with_name("mine.ipynb"))
    main(["lab"])
    assert "# Newer" in copy.read_text(encoding="utf-8")
    copy.write_text("{", encoding="utf-8")
    assert main(["lab"]) == 0 and copy.read_text(encoding="utf-8") == "{"


def test_jupyterlab_saves_no_original(project):
    from dispute.run.lab import refuse_originals

    for path in (f"notebooks/{BOOK}", f"/Notebooks/{BOOK}", "tests/worked_dates.ipynb"):
        with pytest.raises(HTTPError) as refused:
            refuse_originals({}, path, None)
        assert refused.value.status_code == 403 and "lab/" in refused.value.log_message
    for path in (f"lab/{BOOK}", "mine.ipynb", "notebooks.ipynb", "data/raw/README.md"):
        refuse_originals({}, path, None)


def test_who_writes_notebooks_asks_for_the_originals(project):
    assert main(["lab", "--originals", "--port", "8899"]) == 0
    (words,) = project.called
    assert "--LabApp.default_url=/lab/tree/notebooks" in words and words[-2:] == ["--port", "8899"]
    assert not any("dispute.run.lab" in word for word in words)
    assert not (project.folder / "lab").exists()


@pytest.mark.parametrize("user, told", [(0, True), (1000, False)])
def test_root_may_in_a_container_and_nobody_else_is_allowed_more(project, monkeypatch, user, told):
    monkeypatch.setattr("os.geteuid", lambda: user)
    main(["lab"])
    assert ("--allow-root" in project.called[0]) == told


def test_what_keeps_it_from_starting_is_told(project, monkeypatch, capsys):
    (project.folder / "lab").mkdir()
    (project.folder / "lab/helpers.py").write_text("x = 1\n")
    assert main(["lab"]) == 2
    assert capsys.readouterr().err.startswith("lab/helpers.py: found a file that hides")
    shutil.rmtree(project.folder / "lab")
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None)
    assert main(["lab"]) == 1
    assert "pip install jupyterlab" in capsys.readouterr().err
    shutil.rmtree(project.folder / "notebooks")
    assert main(["lab"]) == 2
    assert "notebooks: found no notebook" in capsys.readouterr().err
    assert project.called == [] and not (project.folder / "lab").exists()
