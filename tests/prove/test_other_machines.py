"""Whole runs on other machines: the same bytes; what a killed run left; what others own."""

import os
import shutil
import signal
import stat
import subprocess
import sys
import time
from pathlib import Path

import pytest
from test_machines import as_nobody, as_root, given_to_nobody, public, short
from test_project import built, copied

from dispute import cli

__all__ = ["public", "short"]
RUN = [sys.executable, "-c", "import sys; from dispute.cli import main; sys.exit(main())", "run"]
# What an environment cannot set, a shell sets; then it becomes the program, on one core or all.
SHELL = 'umask {umask}; ulimit -n {files}; exec {core} "$@"'
# What the tests share fixes the time of all that is made; here nothing is given.
OURS = {name: value for name, value in os.environ.items() if name != "SOURCE_DATE_EPOCH"}
ONE_CORE = "taskset -c 0" if shutil.which("taskset") else ""


def turkish(folder):
    """The Turkish locale, made here where the machine can: I is no capital i in it."""
    made = folder / "tr_TR.UTF-8"
    if shutil.which("localedef"):
        subprocess.run(["localedef", "-i", "tr_TR", "-f", "UTF-8", made], capture_output=True)
    return {"LOCPATH": str(folder)} if made.exists() else {}


@pytest.fixture(scope="module")
def home(root, tmp_path_factory):
    """A copy of the project with its report, made on this machine as it is."""
    folder = copied(root, tmp_path_factory.mktemp("home"))
    done = run_as(folder)
    assert done.returncode == 0, done.stdout + done.stderr
    return folder


@pytest.fixture(scope="module")
def here(home):
    """What it publishes."""
    return built(home)


@pytest.fixture(scope="module")
def there(root, tmp_path_factory):
    """Another copy, as from a ZIP: no git, and a name with blanks and strange letters."""
    folder = tmp_path_factory.mktemp("m") / "a place é 張"
    folder.mkdir()
    return copied(root, folder)


def run_as(folder, words=(), umask="022", files="1024", core="", **environment):
    """`dispute run` in a folder, under limits of the shell and an environment of its own."""
    shell = SHELL.format(umask=umask, files=files, core=core)
    return subprocess.run(
        ["sh", "-c", shell, "sh", *RUN, *words],
        cwd=folder,
        env=OURS | {"PYTHONPATH": str(folder / "src"), **environment},
        capture_output=True,
        text=True,
    )


def keys(folder):
    return list(folder.glob("dispute-talk-*/key.json"))


def test_keys_of_a_killed_run_are_ones_own_and_gone_after_the_next(here, there, short):
    temporary = {"TMPDIR": str(short), "PYTHONPATH": str(there / "src")}
    process = subprocess.Popen(RUN, cwd=there, env=OURS | temporary, stdout=subprocess.DEVNULL)
    ends = time.monotonic() + 60
    while not keys(short) and time.monotonic() < ends:
        time.sleep(0.05)
    process.send_signal(signal.SIGSTOP)
    process.kill()
    process.wait()
    for key in keys(short):
        assert stat.S_IMODE(key.stat().st_mode) == 0o600
        assert stat.S_IMODE(key.parent.stat().st_mode) & 0o777 == 0o700
    assert keys(short)
    elsewhere = {"LC_ALL": "xx_YY", "LANGUAGE": "tr", "PYTHONIOENCODING": "latin-1"}
    done = run_as(there, **temporary, **elsewhere)
    assert done.returncode == 0, done.stderr
    assert not list(short.glob("dispute-talk-*")) and built(there) == here


def test_another_locale_time_zone_umask_and_one_core_give_the_same_bytes(here, there, tmp_path):
    """And a temporary folder with a long name, few open files, and no git to be called."""
    long = tmp_path / ("a-long-name-" * 9)
    long.mkdir()
    shutil.rmtree(there / ".cache", ignore_errors=True)
    done = run_as(
        there,
        umask="077",
        files="128",
        core=ONE_CORE,
        TZ="Pacific/Kiritimati",
        LC_ALL="tr_TR.UTF-8",
        PYTHONUTF8="0",
        TMPDIR=str(long),
        **turkish(tmp_path),
    )
    assert done.returncode == 0, done.stderr
    assert built(there) == here and not list(long.iterdir())
    crate = (there / "ro-crate-metadata.json").read_text(encoding="utf-8")
    assert '"datePublished": "2026-11-22"' in crate


def test_a_case_with_a_strange_name_is_the_same_where_names_are_not_in_utf_8(there, root, tmp_path):
    case = tmp_path / "fälle 張"
    shutil.copytree(root / "tests/cases/lighthouse", case)
    made = []
    for number, locale in enumerate(({}, {"LC_ALL": "C", "PYTHONUTF8": "0"})):
        shutil.rmtree(there / ".cache", ignore_errors=True)
        into = tmp_path / f"into-{number}"
        done = run_as(there, ["--case", str(case), "--into", str(into)], **locale)
        assert done.returncode == 0, done.stderr
        made.append(built(into))
    assert made[0] == made[1]


def test_a_run_with_too_few_open_files_says_so_and_the_last_report_stands(here, home):
    done = run_as(home, files="64")
    assert (done.returncode, done.stderr) == (
        1,
        "a process may have 64 open files here, and a run needs 88: see `ulimit -n`\n"
        "failed: the last report stands as it was\n",
    )
    assert built(home) == here


# Verbs where somebody else owns what would be written.

SHEET = "--sheet=closed/sheet.csv"
VERBS = {
    "withdraw": ["case", "skerry-post", "--why", "asked", "--on", "2024-05-31"],
    "add": ["case", "news.txt"],
    "import": ["coded.qdpx", "closed/made"],
    "desk": ["case", "--adjudicate", SHEET],
    "draw": ["case", "closed/drawn", "--passages", "2"],
    "export": ["case", "closed/made.csv"],
    "new": ["closed/own"],
    "run": ["--case", "case", "--into", "closed"],
}


def files(folder):
    """All of a folder but what says who holds the lock, what was, and why it failed."""
    aside = {"lock", "log.jsonl", "health.json"}
    paths = [path for path in folder.rglob("*") if path.is_file() and path.name not in aside]
    return {path: path.read_bytes() for path in paths}


@as_root
@pytest.mark.parametrize("verb", VERBS)
def test_a_verb_that_may_not_write_says_whose_it_is_and_changes_nothing(
    public, root, monkeypatch, capsys, verb
):
    """Status 1, for it is the machine's failure. First all works, so that all is imported."""
    for name in ("open", "shut"):
        home = public / name
        shutil.copytree(root / "tests/cases/lighthouse", home / "case")
        shutil.copytree(root / "notebooks", home / "notebooks")
        for part in ("config.yaml", "requirements.lock"):
            shutil.copy(root / part, home)
        cli.main(["export", str(home / "case"), str(home / "coded.qdpx")])
        (home / "closed/reports/site").mkdir(parents=True)
        (home / "news.txt").write_text("The light\n\nHavn, 9 March 2019. The light is out.\n")
    monkeypatch.chdir(public / "open")
    Path("closed/reports/site/mine.txt").write_text("no report made this, so none is made here")
    cli.main([verb, *VERBS[verb]])
    monkeypatch.chdir(public / "shut")
    given_to_nobody(public / "shut")
    for name in ("closed", "case/coding/pass-b", "case/articles"):
        os.chown(name, 0, 0)
    before = files(Path())
    told = as_nobody(lambda: cli.main([verb, *VERBS[verb]])).splitlines()
    barred = [line for line in told if " belongs to root, and this is nobody; `sudo chown" in line]
    assert len(barred) == 1 and told[-1] == "1" and "Traceback" not in str(told), told
    assert files(Path()) == before
