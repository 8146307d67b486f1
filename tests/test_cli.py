"""The command line: one verb a file, imported when it is called; exit statuses; new verbs."""

import errno
import importlib
import keyword
import os
import pkgutil
import re
import shutil
import subprocess
import sys
import zipfile

import click
import pytest

from dispute import cli
from dispute.run import kernels, report
from dispute.run.locks import lock
from dispute.run.products.failed import FailedError

VERBS = cli.dispute.list_commands(None)
CALL = "import sys; from dispute.cli import main; status = main(sys.argv[1:])\n"


def called(code, *words, home, folder):
    """Run a piece of Python with the packages of `home`."""
    return subprocess.run(
        [sys.executable, "-c", code, *words],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(home)},
        capture_output=True,
        text=True,
    )


def test_every_file_is_a_verb_and_its_docstring_is_the_help(capsys):
    files = [room.name for room in pkgutil.iter_modules(cli.__path__)]
    assert sorted(name.strip("_").replace("_", "-") for name in files if name[0] != "_") == VERBS
    assert {"check", "desk", "import", "run", "verify"} <= set(VERBS)
    assert cli.main(["--help"]) == 0
    shown = capsys.readouterr().out
    assert [verb for verb in VERBS if f"\n  {verb} " not in shown] == []
    for verb in VERBS:
        name = verb.replace("-", "_") + "_" * keyword.iskeyword(verb)
        command = getattr(importlib.import_module(f"dispute.cli.{name}"), name)
        assert command.name == verb and cli.main([verb, "--help"]) == 0
        first = " ".join(command.help.split("\n\n")[0].split())
        assert first in " ".join(capsys.readouterr().out.split())


@pytest.mark.parametrize(
    "words, told",
    [
        ([], "Usage: dispute"),
        (["rnu"], "No such command 'rnu'"),
        (["run", "--itno", "x"], "No such option"),
        (["check", "one", "two"], "unexpected extra argument"),
        (["import", "only.dna"], "Missing argument 'FILE...'"),
        (["check", "nowhere"], "nowhere: found no such folder"),
        (["add", "nowhere", "a.txt"], "nowhere: found no such folder"),
        (["add", "tests/cases/lighthouse"], "Missing argument 'SOURCE...'"),
        (["changes", "nowhere"], "nowhere: found no articles"),
        (["export", "nowhere", "new.dna"], "nowhere: found no such folder"),
        (["import", "nowhere.dna", "new"], "nowhere.dna: no such file"),
        (["run", "-p", "coder", "--into", "nowhere"], "1 problem: nothing was run"),
        (["run", "--health", "--case", "x"], "--health goes with --into alone, not with --case"),
        (["run", "--health", "-p", "coder=x"], "--health goes with --into alone, not with -p"),
        (["run", "--why", "--health"], "--health goes with --into alone, not with --why"),
        (["run", "--why", "-p", "coder"], "-p coder"),
    ],
)
def test_a_wrong_call_and_wrong_input_are_told_and_the_status_is_two(
    root, monkeypatch, capsys, words, told
):
    monkeypatch.chdir(root)
    assert cli.main(words) == 2
    seen = capsys.readouterr()
    assert told in seen.out + seen.err and "Traceback" not in seen.err


def test_only_the_verb_that_is_called_is_imported(root):
    ask = CALL + "print(*[name for name in sys.modules if name.startswith('dispute.cli.')])"
    done = called(ask, "run", "--why", "--case", "nowhere", home=root / "src", folder=root)
    rooms = {name.removeprefix("dispute.cli.") for name in done.stdout.splitlines()[-1].split()}
    assert {room for room in rooms if room[0] != "_"} == {"run"}, done.stdout + done.stderr


def test_a_new_file_is_a_new_verb_of_an_installed_wheel_too(root, tmp_path):
    for part in ("pyproject.toml", "README.md", "LICENSE"):
        shutil.copy(root / part, tmp_path)
    left = shutil.ignore_patterns("__pycache__", "*.egg-info")
    shutil.copytree(root / "src", tmp_path / "src", ignore=left)
    (tmp_path / "src/dispute/cli/greet_all.py").write_text(
        "import click\n\n"
        "@click.command()\n"
        "@click.argument('name')\n"
        "def greet_all(name):\n"
        "    '''Greet somebody.'''\n"
        "    print('hello', name)\n",
        encoding="utf-8",
    )
    make = "from setuptools.build_meta import build_wheel; build_wheel('made')"
    wheel = called(make, home="", folder=tmp_path)
    assert wheel.returncode == 0, wheel.stderr
    with zipfile.ZipFile(next((tmp_path / "made").glob("*.whl"))) as made:
        made.extractall(tmp_path / "installed")
    work = tmp_path / "work"
    work.mkdir()
    ask = CALL + "sys.exit(status)"
    done = called(ask, "greet-all", "Ada", home=tmp_path / "installed", folder=work)
    assert (done.returncode, done.stdout) == (0, "hello Ada\n"), done.stderr
    listed = called(ask, "--help", home=tmp_path / "installed", folder=work)
    assert "greet-all" in listed.stdout and "Greet somebody." in listed.stdout


def test_every_verb_is_in_the_readme_or_on_the_page_of_regeneration(root):
    pages = [root / "README.md", root / "docs/regeneration.md"]
    text = "\n".join(page.read_text(encoding="utf-8") for page in pages)
    assert [verb for verb in VERBS if f"dispute {verb}" not in text] == []


# Exit statuses: docs/operations.md tells them.

MEANINGS = {
    "done": (None, 0),
    "input": (ValueError("actors.csv, row 3: found nothing"), 2),
    "no such file": (FileNotFoundError(errno.ENOENT, "No such file", "x.csv"), 2),
    "full disk": (OSError(errno.ENOSPC, "No space left on device", "x.csv"), 1),
    "read-only": (OSError(errno.EROFS, "Read-only file system", "x.csv"), 1),
    "rights": (PermissionError(errno.EACCES, "Permission denied", "x.csv"), 1),
    "limits": (OSError(errno.EMFILE, "Too many open files", "x.csv"), 1),
    "Ctrl-C": (KeyboardInterrupt(), 130),
}


def test_a_status_means_the_same_for_every_verb_and_the_page_tells_it(root, monkeypatch, capsys):
    ends = []

    def end():
        if error:
            raise error

    verb = click.Command("check", callback=end)
    monkeypatch.setattr(cli.Verbs, "get_command", lambda *_: verb)
    for name, (error, status) in MEANINGS.items():
        ends.append((name, cli.main(["check"]) == status))
        told = capsys.readouterr().err.lstrip("\n")  # of what a terminal shows for Ctrl-C
        assert "Traceback" not in told and told.count("\n") == (1 if error else 0), told
    assert [name for name, right in ends if not right] == []
    page = (root / "docs/operations.md").read_text(encoding="utf-8")
    listed = set(map(int, re.findall(r"(?m)^\| (\d+) \|", page)))
    assert listed == {status for _, status in MEANINGS.values()} | {143}


def failing(error):
    """A function that fails, whatever it is called with."""

    def fail(*_, **__):
        raise error

    return fail


def test_where_the_page_says_that_a_verb_may_find_something_wrong_its_status_is_one(
    root, broken, tmp_path, monkeypatch
):
    page = (root / "docs/operations.md").read_text(encoding="utf-8")
    for part in ("notebooks", "data/processed"):
        shutil.copytree(root / part, tmp_path / part)
    for name in ("config.yaml", "requirements.lock"):
        shutil.copy(root / name, tmp_path)
    (tmp_path / "empty.txt").write_text("")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(report, "run", failing(FailedError("a notebook stopped")))
    monkeypatch.setattr(kernels, "execute", failing(kernels.NotebookError("stopped")))
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None)
    monkeypatch.setattr("dispute.cli.corpus.find_spec", lambda name: None)
    calls = {
        "add": ["add", str(broken), "empty.txt"],
        "corpus": ["corpus", "in", "out", "--case", str(broken)],
        "lab": ["lab"],
        "refresh": ["refresh", "notebooks/1_corpus.ipynb"],
        "run": ["run", "--case", str(broken)],
        "run --health": ["run", "--health"],
        "verify": ["verify", "--case", str(broken)],
        "withdraw": ["withdraw", str(broken), "skerry-post", "--why", "asked"],
    }
    assert re.findall(r"(?m)^\| `dispute ([a-z -]+)` \|", page) == list(calls)
    with lock(tmp_path / ".cache"):
        for verb, words in calls.items():
            assert (verb, cli.main(words)) == (verb, 1)
