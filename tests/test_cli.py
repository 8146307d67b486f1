"""The command line: one verb a file, imported when it is called; exit statuses; new verbs."""

import importlib
import keyword
import os
import pkgutil
import shutil
import subprocess
import sys
import zipfile

import pytest

from dispute import cli

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
    assert {"check", "import", "run", "verify", "why"} <= set(VERBS)
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
        (["run", "-p", "coder"], "1 problem: nothing was run"),
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
    done = called(ask, "why", "--case", "nowhere", home=root / "src", folder=root)
    rooms = {name.removeprefix("dispute.cli.") for name in done.stdout.splitlines()[-1].split()}
    assert {room for room in rooms if room[0] != "_"} == {"why"}, done.stdout + done.stderr


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
