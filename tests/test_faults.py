"""Faults at every point of making and publishing.

What a reader finds is old or new, and whole; the next run makes it good. `python tests/faults.py`
does it to a real report.
"""

import errno
import json
import os
import subprocess
import sys
import tempfile
from collections import Counter
from pathlib import Path

import nbformat
import pytest
from faults import in_child

from dispute.run import kernels, publishing, steps, swapping
from dispute.run.locks import BusyError, lock

PARTS = ["data", "reports/site", "reports/one.json", "reports/late"]


def parts(folder, words, late=False):
    """What a report of made-up words consists of.

    Two folders with files of their own and shared ones, a file, and a part that is new in the newer
    version.
    """
    for part in ("data", "site"):
        (folder / words / part / "deep").mkdir(parents=True)
        for name in ("a.txt", f"{words}.txt", "deep/b.txt"):
            (folder / words / part / name).write_text(words + name)
    (folder / words / "late").mkdir()
    return {
        "data": folder / words / "data",
        "reports/site": folder / words / "site",
        "reports/one.json": words.encode(),
        **({"reports/late": folder / words / "late"} if late else {}),
    }


def journal(into):
    return (
        json.loads((into / publishing.JOURNAL).read_text())
        if (into / publishing.JOURNAL).exists()
        else {}
    )


def left_over(into):
    return [path for path in into.rglob(".*") if path.suffix in (".new", ".old")]


def seen(into):
    return {part: publishing.contents(into / part) for part in PARTS}


@pytest.fixture
def world(tmp_path):
    """The folder of a report whose old version is published.

    With it come the parts of both versions, and what a publication of each would hold.
    """
    versions = {"old": parts(tmp_path, "old"), "new": parts(tmp_path, "new", late=True)}
    into, wanted = tmp_path / "into", {}
    for words in ("new", "old"):
        if into.exists():
            publishing.shutil.rmtree(into)
        assert publishing.publish(versions[words], into) == list(versions[words])
        wanted[words] = seen(into)
    return into, versions, wanted


def test_nothing_is_touched_where_nothing_is_new(world):
    into, versions, _ = world
    before = {path: path.stat().st_mtime_ns for path in into.rglob("*")}
    assert publishing.publish(versions["old"], into) == []
    assert {path: path.stat().st_mtime_ns for path in into.rglob("*")} == before


@pytest.mark.parametrize("exchange", [True, False])
def test_killed_at_any_point_every_part_is_old_or_new_and_the_next_run_finishes(
    world, monkeypatch, exchange
):
    into, versions, wanted = world
    if not exchange:
        # A system that cannot swap two folders in one step: for a moment one is away, never half.
        monkeypatch.setattr(swapping, "exchange", lambda one, other: False)

    def publish():
        publishing.publish(versions["new"], into)

    left, point = Counter(), 0
    while True:
        status, _ = in_child(publish, "kill", point)
        now = seen(into)
        if status == 0:
            break
        assert status == -9
        away = [
            part for part in PARTS if now[part] not in (wanted["old"][part], wanted["new"][part])
        ]
        assert all(not exchange and now[part] is None for part in away)
        decided = journal(into).get("decided") or now == wanted["new"]
        assert decided or now == wanted["old"]
        publishing.recover(into)
        assert seen(into) == wanted["new" if decided else "old"] and not journal(into)
        left["new" if decided else "old"] += 1
        publishing.publish(
            {**versions["old"], "reports/late": versions["new"]["reports/late"]}, into
        )
        assert not left_over(into)
        (into / "reports/late").rmdir()
        point += 1
    assert left["old"] > 10 and left["new"] > 5 and now == wanted["new"]


def test_a_full_disk_at_any_point_leaves_the_old_report(world):
    into, versions, wanted = world
    _, points = in_child(lambda: publishing.publish(versions["new"], into) and None, "kill", 10**6)
    publishing.publish(versions["old"], into)
    (into / "reports/late").rmdir()
    statuses = Counter()
    for point in range(points):
        status, _ = in_child(
            lambda: publishing.publish(versions["new"], into) and None, "full", point
        )
        statuses[status] += 1
        assert seen(into) == wanted["old" if status else "new"]
        if not status:
            break
    assert statuses[99] > 10


@pytest.mark.parametrize("fails", range(4))
def test_a_part_that_cannot_be_replaced_takes_back_those_before_it(world, monkeypatch, fails):
    into, versions, wanted = world
    swap = publishing.swap

    def broken(place):
        if place == into / PARTS[fails]:
            raise OSError(errno.EROFS, "read-only")
        swap(place)

    monkeypatch.setattr(publishing, "swap", broken)
    with pytest.raises(OSError, match="read-only"):
        publishing.publish(versions["new"], into)
    assert seen(into) == wanted["old"] and not journal(into)


@pytest.mark.skipif(not os.path.isdir("/dev/shm"), reason="no second file system at hand")
def test_a_folder_on_another_disk_is_replaced_whole(world, tmp_path):
    into, versions, wanted = world
    with tempfile.TemporaryDirectory(dir="/dev/shm") as other:
        publishing.shutil.move(into / "reports", f"{other}/reports")
        (into / "reports").symlink_to(f"{other}/reports")
        for point in range(200):
            status, _ = in_child(
                lambda: publishing.publish(versions["new"], into) and None, "full", point
            )
            if not status:
                break
            assert seen(into) == wanted["old"] and not journal(into)
        assert seen(into) == wanted["new"] and not left_over(into) and point > 5


def test_files_that_cannot_be_copied_are_told_in_one_line(world, monkeypatch):
    into, versions, wanted = world

    def full(source, target):
        raise publishing.shutil.Error(
            [("a", "b", "[Errno 28] No space left on device: 'a' -> 'b'"), ("c", "d", "no space")]
        )

    monkeypatch.setattr(publishing.shutil, "copytree", full)
    with pytest.raises(
        OSError, match=r"^\[Errno 28\] No space left on device: 'a' -> 'b', and 1 more$"
    ):
        publishing.publish(versions["new"], into)
    assert seen(into) == wanted["old"] and not journal(into) and not left_over(into)


def test_a_folder_that_cannot_be_written_is_told_before_anything_is_done(world, monkeypatch):
    into, versions, wanted = world
    monkeypatch.setattr(publishing.os, "access", lambda path, mode: False)
    with pytest.raises(PermissionError, match="cannot be written: it is locked"):
        publishing.publish(versions["new"], into)
    assert seen(into) == wanted["old"] and not journal(into)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "{",
        "[1]",
        '{"decided": true, "parts": {"data": {}}}',
        '{"parts": {"data": {}}}',
        '{"decided": true, "parts": [1]}',
        "\0",
    ],
)
def test_a_damaged_journal_is_dropped(world, text):
    into, _, wanted = world
    (into / publishing.JOURNAL).write_text(text)
    assert "damaged" in publishing.recover(into)
    assert seen(into) == wanted["old"] and not journal(into) and publishing.recover(into) == ""


BLOCKED = {
    "no fcntl": ["fcntl"],
    "no ctypes": ["ctypes"],
    "no fcntl, no renameat2": ["fcntl", "renameat2"],
}
ELSEWHERE = """
import sys
blocked = sys.argv[2].split(",")
sys.modules |= {name: None for name in blocked if name != "renameat2"}
import os, signal
from pathlib import Path
from dispute.run import publishing, swapping
from dispute.run.locks import BusyError, lock
from dispute.run.publishing import publish, recover

if "renameat2" in blocked:
    swapping.exchange = lambda one, other: False
place = Path(sys.argv[1])
cache, into = place / "cache", place / "into"

def version(word):
    for part in ("data", "site"):
        (place / word / part).mkdir(parents=True)
        (place / word / part / "a.txt").write_text(word)
    return {"data": place / word / "data", "reports/site": place / word / "site"}

old, new = version("old"), version("new")
with lock(cache) as before:
    assert before == {}
    try:
        with lock(cache):
            raise SystemExit("two runs at a time")
    except BusyError as error:
        assert f"process {os.getpid()} on " in str(error), error
    publish(old, into)
sys.stdout.flush()
if not (child := os.fork()):
    with lock(cache):
        swap = publishing.swap
        def dies(place):
            if place.name == "site":
                os.kill(os.getpid(), signal.SIGKILL)
            swap(place)
        publishing.swap = dies
        publish(new, into)
    os._exit(0)
assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == -9
with lock(cache) as before:
    assert before["pid"] == child
    assert recover(into) == "an interrupted publication was finished"
print(*(path.read_text() for path in sorted(into.rglob("*.txt"))))
print(*(path for path in into.rglob(".*")))
"""


@pytest.mark.parametrize("blocked", BLOCKED.values(), ids=BLOCKED)
def test_a_machine_that_lacks_them_publishes_and_recovers_as_well(tmp_path, blocked):
    """No `fcntl` (Windows): a library holds the lock. No `renameat2`: plain renames."""
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", ELSEWHERE, str(tmp_path), ",".join(blocked)],
        capture_output=True,
        text=True,
    )
    assert (done.returncode, done.stdout) == (0, "new new\n\n"), done.stderr


@pytest.mark.parametrize("lacks", ["renameat2", "a C library that is found by no name"])
def test_a_system_without_an_exchange_of_two_folders_renames(world, monkeypatch, lacks):
    into, versions, wanted = world

    def library(name, use_errno):
        if lacks == "renameat2":
            return object()
        raise TypeError("bad argument type for built-in operation")  # as Windows says

    monkeypatch.setattr("ctypes.CDLL", library)
    publishing.publish(versions["new"], into)
    assert seen(into) == wanted["new"] and not left_over(into)


def test_one_run_at_a_time_and_a_dead_one_is_taken_over(tmp_path):
    with lock(tmp_path) as before:
        assert before == {}
        with (
            pytest.raises(BusyError, match=rf"process {os.getpid()} on .+, since 20\d\d-"),
            lock(tmp_path),
        ):
            pass

    def dies():
        with lock(tmp_path):
            os.kill(os.getpid(), 9)

    assert in_child(dies)[0] == -9
    with lock(tmp_path) as before:
        assert before["pid"] != os.getpid() and before["since"]
    for text in ("", "{", "[]", "\0"):
        (tmp_path / "lock").write_text(text)
        with lock(tmp_path) as before:
            assert before == {}


def made(cache, work, content="1", count=None):
    work.mkdir(exist_ok=True)

    def action(folder):
        (folder / "deep").mkdir()
        (folder / "deep/a.txt").write_text(content)
        (count if count is not None else []).append(content)

    return steps.Steps(cache, work).make("step", {"x": content}, action)


def test_a_step_killed_at_any_point_is_made_again_and_whole(tmp_path):
    for point in range(100):
        status, _ = in_child(
            lambda: made(tmp_path / "cache", tmp_path / "work") and None, "kill", point
        )
        if status == 0:
            break
        place = tmp_path / "cache/step"
        assert not place.exists() or all((kept / "step.json").exists() for kept in place.iterdir())
        assert (made(tmp_path / "cache", tmp_path / "work") / "deep/a.txt").read_text() == "1"
        publishing.shutil.rmtree(tmp_path / "cache")
    assert 5 < point < 99


@pytest.mark.parametrize("spoil", [b"", b"{}", b"\0\0", b'{"inputs": 1, "outputs": []}'])
def test_a_damaged_step_is_made_again(tmp_path, spoil):
    count = []
    for path in ("step.json", "made/deep/a.txt"):
        kept = made(tmp_path / "cache", tmp_path / "work", count=count).parent
        (kept / path).write_bytes(spoil)
        assert (
            steps.Steps(tmp_path / "cache", dry=True).why("step", {"x": "1"})
            == "what was kept of it is damaged"
        )
        assert (
            made(tmp_path / "cache", tmp_path / "work", count=count) / "deep/a.txt"
        ).read_text() == "1"
    (kept / "made/more.txt").write_text("not of this step")
    assert not (made(tmp_path / "cache", tmp_path / "work", count=count) / "more.txt").exists()
    assert len(count) == 4


def test_a_step_says_what_changed_and_keeps_the_last_three(tmp_path):
    for content in "12345":
        made(tmp_path / "cache", tmp_path / "work", content)
    assert len(list((tmp_path / "cache/step").iterdir())) == steps.KEPT
    look = steps.Steps(tmp_path / "cache", dry=True)
    assert (
        look.why("step", {"x": "5"}) == ""
        and look.why("step", {"x": "6"}) == "x: 5 → 6"
        and look.why("other", {}) == "never made before"
    )
    assert (
        look.why("step", {"x": "5", "y": "1"}) == "y: new"
        and look.why("step", {"tables: a": None, "tables: b": None}) == "follows from tables"
    )
    json.loads((made(tmp_path / "cache", tmp_path / "work", "5").parent / "step.json").read_text())


@pytest.mark.parametrize(
    "source, told",
    [
        ("import os\nos.kill(os.getpid(), 9)", "lost its kernel"),
        ("1 / 0", "ZeroDivisionError"),
        ("while True: pass", r"2 s in one cell \(cell_seconds\), in cell 2: while True: pass"),
    ],
)
def test_a_dying_kernel_and_a_cell_without_end_are_kept_as_failures(tmp_path, source, told):
    path = tmp_path / "bad.ipynb"
    nbformat.write(
        nbformat.v4.new_notebook(
            cells=[nbformat.v4.new_code_cell("print('begun')"), nbformat.v4.new_code_cell(source)],
            metadata={"kernelspec": {"name": "python3", "display_name": "Python 3"}},
        ),
        path,
    )
    with pytest.raises(kernels.NotebookError, match=told):
        kernels.execute(path, {}, tmp_path / "work/bad", tmp_path / "failed", cell_seconds=2)
    assert (
        "begun" in Path(tmp_path / "failed/bad.ipynb").read_text()
        and (tmp_path / "failed/bad.txt").read_text()
    )


@pytest.mark.long
def test_many_short_cells_cannot_go_beyond_the_time_of_the_notebook(tmp_path):
    path = tmp_path / "slow.ipynb"
    cells = [nbformat.v4.new_code_cell("import time\ntime.sleep(1.5)") for _ in range(9)]
    cells.insert(0, nbformat.v4.new_markdown_cell("## How long?"))
    nbformat.write(
        nbformat.v4.new_notebook(
            cells=cells, metadata={"kernelspec": {"name": "python3", "display_name": "Python 3"}}
        ),
        path,
    )
    with pytest.raises(
        kernels.NotebookError,
        match=r"3 s in all \(notebook_seconds\), in cell \d under “How long\?”: import time",
    ):
        kernels.execute(
            path,
            {},
            tmp_path / "work/slow",
            tmp_path / "failed",
            cell_seconds=60,
            notebook_seconds=3,
        )
