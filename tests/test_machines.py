"""Other machines: another owner, another place, small limits, and a disk that loses its power."""

import json
import os
import resource
import shutil
import signal
import stat
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest
from faults import in_child

from dispute.run import publishing, swapping
from helpers.case.load import load

NOBODY = 65534
LONG = "a-folder-with-a-long-name-" * 5
as_root = pytest.mark.skipif(os.geteuid() != 0, reason="only root can be somebody else")


@pytest.fixture
def public():
    """A folder that every user may enter; the parents of `tmp_path` are root's alone."""
    with tempfile.TemporaryDirectory(dir="/tmp", prefix="machines-") as name:
        os.chmod(name, 0o755)
        yield Path(name)


def as_nobody(action):
    """Run `action` in a child that belongs to nobody; gives what it returned or raised, in words.

    What is imported first is imported as root: nobody may not read root's home.
    """

    def become_nobody():
        os.setgroups([])
        os.setgid(NOBODY)
        os.setuid(NOBODY)
        os.environ.pop("TMPDIR", None)
        tempfile.tempdir = None
        return action()

    return forked(become_nobody)


def forked(action):
    """All that `action` says in a child, and what it returned or raised, in words."""
    told, tell = os.pipe()
    if child := os.fork():
        os.close(tell)
        os.waitpid(child, 0)
        with os.fdopen(told, encoding="utf-8") as file:
            return file.read()
    for stream in (1, 2):
        os.dup2(tell, stream)
    sys.stdout = sys.stderr = os.fdopen(tell, "w", encoding="utf-8")
    try:
        print(action())
    except BaseException as error:
        print(f"{type(error).__name__}: {error}")
    sys.stdout.flush()
    os._exit(0)


def given_to_nobody(*paths):
    for path in paths:
        for one in (path, *path.rglob("*")):
            os.chown(one, NOBODY, NOBODY)


def report(folder, words):
    """A part in a folder of its own, to be published."""
    (folder / words).mkdir()
    (folder / words / "a.txt").write_text(words)
    return {"data/processed": folder / words, "reports/manifest.json": words.encode()}


@pytest.fixture
def standing(public):
    """A report of nobody's, and the parts of the next one."""
    into = public / "into"
    publishing.publish(report(public, "old"), into)
    given_to_nobody(into)
    return into, report(public, "new")


# (b) What another user owns.


@as_root
@pytest.mark.parametrize("left", ["data/.processed.new", "data/.processed.old"])
def test_what_another_user_left_is_told_in_one_line_and_cleared_by_who_may(standing, left):
    into, parts = standing
    (into / left).mkdir()
    (into / left / "half.txt").write_text("half")
    told = as_nobody(lambda: publishing.publish(parts, into))
    path = into / left
    expected = f"PermissionError: {path} belongs to root, and this is nobody: it was left by an"
    assert told.startswith(expected) and f"`sudo rm -r {path}`" in told and told.count("\n") == 1
    assert (into / "data/processed/a.txt").read_text() == "old"
    assert publishing.publish(parts, into) == list(parts)
    assert not list(into.rglob(".*")) and (into / "data/processed/a.txt").read_text() == "new"


@as_root
@pytest.mark.parametrize("part", ["data/processed", "data", "reports"])
def test_a_part_that_another_user_owns_is_told_before_anything_is_done(standing, part):
    into, parts = standing
    os.chown(into / part, 0, 0)
    told = as_nobody(lambda: publishing.publish(parts, into))
    whose = f"PermissionError: {into / part} belongs to root, and this is nobody"
    assert told.startswith(whose) and f"`sudo chown -R nobody {into / part}`" in told
    assert (into / "data/processed/a.txt").read_text() == "old" and not list(into.rglob(".*"))


@as_root
def test_read_only_folders_of_ones_own_are_told_and_their_leftovers_cleared(standing):
    into, parts = standing
    left = into / "data/.processed.new"
    shutil.copytree(into / "data/processed", left)
    given_to_nobody(left)
    left.chmod(0o555)
    assert as_nobody(lambda: publishing.publish(parts, into)) == f"{list(parts)}\n"
    (into / "data/processed").chmod(0o555)
    told = as_nobody(lambda: publishing.publish({**parts, "data/processed": into / "x"}, into))
    assert f"`chmod -R u+rwX {into / 'data/processed'}`" in told and told.count("\n") == 1


# (c) Another place.


@pytest.mark.parametrize("moved", [False, True])
def test_a_clone_that_was_moved_is_set_up_again(root, tmp_path, moved):
    """A virtual environment knows its place: its programs and its packages do not move with it."""
    home = tmp_path / "a place é"
    (home / ".venv/bin").mkdir(parents=True)
    for name in ("Makefile", "requirements.lock", "requirements-dev.lock", "pyproject.toml"):
        shutil.copy(root / name, home)
    (home / ".venv/bin/python").symlink_to(sys.executable)
    (home / ".venv/ready").write_text(f"{home}\n")
    if moved:
        home = home.rename(tmp_path / "another place")
    done = subprocess.run(["make", "-n", "report"], cwd=home, capture_output=True, text=True)
    assert done.returncode == 0 and ("venv --clear" in done.stdout) is moved, done.stderr


# (d), (f) The folder in which run and notebooks talk.


def test_sockets_have_a_short_name_whatever_the_temporary_folder(tmp_path, monkeypatch):
    from dispute.run.sockets import LONGEST, meeting

    folder = tmp_path / LONG
    folder.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    with meeting() as place:
        assert len(os.fsencode(place / "s-99")) <= LONGEST
        assert stat.S_IMODE(place.stat().st_mode) == 0o700
    assert not place.exists()


def test_where_no_short_folder_can_be_written_one_sentence_says_so(tmp_path, monkeypatch):
    from dispute.run import sockets

    (tmp_path / LONG).mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / LONG))
    monkeypatch.setattr(sockets, "SHORT", ("/nowhere",))
    with pytest.raises(OSError, match=r"TMPDIR.* letters.*a shorter one"), sockets.meeting():
        pass


@pytest.fixture
def short():
    """A temporary folder with a name that leaves room for sockets."""
    with tempfile.TemporaryDirectory(prefix="d-") as folder:
        yield Path(folder)


def test_what_a_dead_run_left_is_cleared_and_what_a_living_one_uses_is_not(short, monkeypatch):
    from dispute.run.sockets import clear_dead, meeting

    monkeypatch.setattr(tempfile, "tempdir", str(short))

    def dies():
        with meeting() as place:
            (place / "key.json").write_text(json.dumps({"key": "secret"}))
            os.kill(os.getpid(), signal.SIGKILL)

    assert in_child(dies)[0] == -9
    (dead,) = short.iterdir()
    others = [short / "dispute-talk-of-mine", short / "dispute-talk-7-12345678"]
    for one in others:
        (one / "notes").mkdir(parents=True)
    with meeting() as place:
        clear_dead()
        assert not dead.exists() and {*others, place} == set(short.iterdir())


def test_a_run_that_is_stopped_takes_its_sockets_with_it(short):
    code = """
import sys, tempfile, time
from dispute.cli._stopping import stoppable
from dispute.run.sockets import meeting
stoppable(lambda: "nothing was done")
with meeting() as place:
    print(place, flush=True)
    time.sleep(60)
"""
    process = subprocess.Popen(
        [sys.executable, "-c", code],
        env={**os.environ, "TMPDIR": str(short)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    place = Path(process.stdout.readline().strip())
    assert place.parent == short
    process.terminate()
    assert process.communicate()[1] == "stopped: nothing was done\n"
    assert process.returncode == 128 + signal.SIGTERM and not place.exists()


# (a) Another locale.


def test_a_name_is_read_as_utf_8_whatever_the_locale(tmp_path):
    locale = {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONIOENCODING": "latin-1"}
    code = "import sys; from dispute.cli import main; sys.exit(main())"
    done = subprocess.run(
        [sys.executable, "-c", code, "--fälle"],
        env={**os.environ, **locale},
        cwd=tmp_path,
        capture_output=True,
    )
    assert done.returncode == 2 and "No such option '--fälle'".encode("latin-1") in done.stderr


# (e) No git.


def test_the_day_of_a_report_is_that_of_its_release_or_its_case_never_today(root, tmp_path):
    case = load(root / "tests/cases/lighthouse")
    from dispute.run.manifest import day

    citation = tmp_path / "CITATION.cff"
    assert day(case, "86400", citation) == "1970-01-02"
    assert day(case, "", citation) == day(case, "", root / "CITATION.cff") == "2019-09-02"
    citation.write_text(f"title: {case.title}\ndate-released: 2026-11-22\n", encoding="utf-8")
    assert day(case, "", citation) == "2026-11-22"


# (g) Small limits.


@pytest.mark.parametrize(
    "hard, told",
    [(64, "may have 64 open files here, and a run needs 88: see `ulimit -n`"), (4096, "None")],
)
def test_few_open_files_are_raised_or_told_in_a_sentence(hard, told):
    from dispute.run.limits import expect_files

    def limited():
        resource.setrlimit(resource.RLIMIT_NOFILE, (64, hard))
        return expect_files(2)

    said = forked(limited)
    assert told in said and said.count("\n") == 1


# (h) On the disk before it is called so.


@pytest.fixture
def traced(monkeypatch):
    """What is asked of the system, in order: syncs, renames and exchanges, by name."""
    calls = []
    real = {name: getattr(os, name) for name in ("fsync", "replace", "rename")}
    exchange = swapping.exchange

    def sync(number):
        calls.append(("sync", Path(os.readlink(f"/proc/self/fd/{number}")).name))
        real["fsync"](number)

    def moved(name):
        def move(old, new):
            calls.append(("move", Path(new).name))
            real[name](old, new)

        return move

    def exchanged(one, other):
        calls.append(("swap", other.name))
        return exchange(one, other)

    monkeypatch.setattr(os, "fsync", sync)
    for name in ("replace", "rename"):
        monkeypatch.setattr(os, name, moved(name))
    monkeypatch.setattr(swapping, "exchange", exchanged)
    return calls


def test_a_report_is_on_the_disk_before_it_is_decided_and_before_it_is_called_published(
    tmp_path, traced
):
    into = tmp_path / "into"
    publishing.publish(report(tmp_path, "old"), into)
    parts = report(tmp_path, "new")
    traced.clear()
    publishing.publish(parts, into)
    decided = [number for number, call in enumerate(traced) if call[1] == "publishing.json"][-1]
    swapped = traced.index(("swap", "processed"))
    copied, after = traced[:decided], traced[swapped:]
    assert ("sync", "a.txt") in copied and ("sync", ".processed.new") in copied
    assert ("sync", "data") in copied and ("sync", ".manifest.json.new") in copied
    assert ("sync", "reports") in traced[decided:swapped]
    assert {("sync", "data"), ("sync", "reports")} <= set(after)


def test_files_of_a_case_are_all_on_the_disk_before_the_first_is_put_in_its_place(tmp_path, traced):
    from helpers.case.files import write_files

    write_files({tmp_path / "deep/b.csv": b"2", tmp_path / "a.csv": b"1"})
    kinds = [kind for kind, _ in traced]
    assert kinds[:4] == ["sync", "sync", "move", "move"] and set(kinds[4:]) == {"sync"}
    assert {name for _, name in traced[4:]} == {tmp_path.name, "deep"}
    assert (tmp_path / "deep/b.csv").read_bytes() == b"2"
    assert len(list(tmp_path.rglob("*"))) == 3


def test_where_one_of_several_files_cannot_be_written_none_is_put(tmp_path, monkeypatch):
    from helpers.case import files

    (tmp_path / "a.csv").write_bytes(b"old")
    (tmp_path / "b.csv").mkdir()
    with pytest.raises(OSError, match=r"b\.csv"):
        files.write_files({tmp_path / "a.csv": b"new", tmp_path / "b.csv": b"new"})
    assert (tmp_path / "a.csv").read_bytes() == b"old" and len(list(tmp_path.iterdir())) == 2
