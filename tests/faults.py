"""Break runs at many points and look at what is left: `make faults` prints the table. `tests/test_faults.py` does the quick part of it at every point.

Faults come through an audit hook: Python tells it of every file that is opened for writing, made, renamed or removed, and of every exchange of two
folders; what the hook raises happens there. So the code under test holds nothing for its tests.
"""

import errno
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
CHANGES = {
    "os.rename",
    "os.remove",
    "os.mkdir",
    "os.rmdir",
    "os.truncate",
    "os.utime",
    "ctypes.dlsym",
}


def _changes(event, words):
    """Whether an audit event changes a file."""
    if event == "open":
        path, mode, flags = words
        return (
            isinstance(path, (str, bytes))
            and "/dev/" not in os.fsdecode(path)
            and bool(
                flags & (os.O_WRONLY | os.O_RDWR)
                if isinstance(flags, int)
                else set(mode or "") & set("wax+")
            )
        )
    return event in CHANGES


def in_child(action, kind="none", point=0, folder="."):
    """Run `action` in a forked child in which a fault strikes after `point` changes of files: `kill` (-9), or `full` (from then on, no file can be made).

    Returns the child's exit status (minus the signal where it was killed) and the number of changes it made.
    """
    told, tell = os.pipe()
    if child := os.fork():
        os.close(tell)
        _, status = os.waitpid(child, 0)
        with os.fdopen(told, "rb") as file:
            return os.waitstatus_to_exitcode(status), len(file.read())
    try:
        os.chdir(folder)
        with open(os.devnull, "w") as nowhere:
            os.dup2(nowhere.fileno(), 1)
            os.dup2(nowhere.fileno(), 2)
        made = 0

        def hook(event, words):
            nonlocal made
            if not _changes(event, words):
                return
            made += 1
            os.write(tell, b".")
            if made > point and kind == "kill":
                os.kill(os.getpid(), signal.SIGKILL)
            if made > point and kind == "full" and event in ("open", "os.mkdir"):
                raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), str(words[0]))

        sys.addaudithook(hook)
        status = action() or 0
    except BaseException as error:
        print(f"{type(error).__name__}: {error}", file=sys.__stderr__)
        status = 99
    os._exit(status)


# The campaign: a real report of the made-up case, in two versions that differ in a page's prose, both kept in the cache.

OLD, NEW = "What was read", "What has been read"


def run(folder, *words):
    """`dispute run` in a process of its own, so that every import is as on a first day."""
    return subprocess.run(
        [
            sys.executable,
            "-c",
            "import sys; from dispute.cli import main; sys.exit(main(sys.argv[1:]))",
            "run",
            *words,
        ],
        cwd=folder,
        capture_output=True,
        text=True,
    )


def project(folder):
    for part in ("CITATION.cff", "config.yaml", "notebooks", "reports/source", "requirements.lock"):
        (folder / part).parent.mkdir(parents=True, exist_ok=True)
        (shutil.copytree if (ROOT / part).is_dir() else shutil.copy)(ROOT / part, folder / part)
    shutil.copytree(ROOT / "tests/cases/lighthouse", folder / "data/raw")
    return folder


def turn(folder, words):
    path = folder / "notebooks/1_corpus.ipynb"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace(OLD, words).replace(NEW, words), encoding="utf-8")


def seen(folder):
    from dispute.run import publishing

    return {
        part: publishing.contents(folder / part)
        for part in (
            "data/processed",
            "reports/notebooks",
            "reports/figures",
            "reports/site",
            "reports/manifest.json",
            "ro-crate-metadata.json",
        )
    }


def main(points=60, times=5):
    """`points`: moments of one publication, evenly spread; `times`: how often each slow fault is tried."""
    from dispute import cli

    folder = project(Path(tempfile.mkdtemp(prefix="faults ")))
    rows, begun = [], time.monotonic()

    def told(fault, what, left, recovered):
        rows.append(
            (
                fault,
                sum(left.values()),
                "; ".join(f"{count} × {name}" for name, count in sorted(left.items())),
                what,
                recovered,
            )
        )
        print(
            f"{time.monotonic() - begun:6.0f} s  {fault}: {dict(left)}; {recovered}",
            file=sys.stderr,
            flush=True,
        )

    def state(now, old, new):
        whole = "the old report" if now == old else "the new report" if now == new else ""
        parts = all(now[part] in (old[part], new[part]) and now[part] is not None for part in now)
        return whole or ("each folder whole, old or new" if parts else "BROKEN")

    def again(new, words=()):
        done = run(folder, *words)
        return done.returncode == 0 and seen(folder) == new

    def attempt():

        return cli.main(["run"])

    turn(folder, NEW)
    assert run(folder).returncode == 0
    new = seen(folder)
    turn(folder, OLD)
    assert run(folder).returncode == 0
    old = seen(folder)
    turn(folder, NEW)
    _, writes = in_child(attempt, folder=folder)
    for kind, name, share in (
        ("kill", "kill -9 while publishing", 1),
        ("full", "disk full while publishing", 2),
    ):
        left, well, at = (
            Counter(),
            0,
            sorted(
                {
                    *range(0, writes, max(1, writes * share // points)),
                    *(range(writes - 25, writes) if kind == "kill" else ()),
                }
            ),
        )
        for point in at:
            turn(folder, OLD)
            assert run(folder).returncode == 0 and seen(folder) == old
            turn(folder, NEW)
            in_child(attempt, kind, point, folder)
            left[state(seen(folder), old, new)] += 1
            status, _ = in_child(attempt, folder=folder)
            well += status == 0 and seen(folder) == new
        told(
            name,
            f"at {len(at)} of the {writes} changes of files that it makes",
            left,
            f"next run: {well} of {len(at)} well",
        )

    left, well, dice = Counter(), 0, random.Random(7)
    for _ in range(times):
        turn(folder, OLD)
        assert run(folder).returncode == 0 and seen(folder) == old
        turn(folder, NEW)
        shutil.rmtree(folder / ".cache/steps")
        process = subprocess.Popen(
            [
                sys.executable,
                "-c",
                "import sys; from dispute.cli import main; sys.exit(main(['run']))",
            ],
            cwd=folder,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        time.sleep(dice.uniform(0.5, 15))
        process.kill()
        process.wait()
        left[state(seen(folder), old, new)] += 1
        well += again(new)
    told(
        "kill -9 while notebooks and site are made",
        "at a random moment of a cold run",
        left,
        f"next run: {well} of {times} well",
    )

    left, well, kept = (
        Counter(),
        0,
        sorted(path for path in (folder / ".cache/steps").rglob("*") if path.is_file()),
    )
    for number, path in enumerate(dice.sample(kept, 4 * times)):
        content = path.read_bytes()
        path.write_bytes(
            [b"", content[: len(content) // 2], b"\0" * 64, content + b"x"][number % 4]
        )
        left[state(seen(folder), old, new)] += 1
        well += again(new)
    told(
        "corrupt cache",
        "a kept file emptied, halved, made NUL, lengthened",
        left,
        f"next run: {well} of {4 * times} well",
    )

    left, well = Counter(), 0
    for text in (b"", b"{", b"\0", b"[1]", b'{"pid": 1'):
        (folder / ".cache/lock").write_bytes(text)
        (folder / "reports/publishing.json").write_bytes(text)
        well += again(new)
        left[state(seen(folder), old, new)] += 1
    told("corrupt lock and journal", "five contents", left, f"next run: {well} of 5 well")

    left, well, source = (
        Counter(),
        0,
        (folder / "notebooks/4_stance_tables.ipynb").read_text(encoding="utf-8"),
    )
    for words in (
        "import os; os.kill(os.getpid(), 9)",
        "import os; os._exit(0)",
        "1 / 0",
        "while True: pass",
    ):
        (folder / "notebooks/4_stance_tables.ipynb").write_text(
            source.replace(
                "table = stances.stance_table", words + "\\ntable = stances.stance_table", 1
            ),
            encoding="utf-8",
        )
        done = run(folder, "-p", "cell_seconds=15")
        assert (
            done.returncode == 1
            and "(kept in" in done.stderr
            and (folder / "reports/failed/4_stance_tables.txt").exists()
        ), done.stderr
        left[state(seen(folder), old, new)] += 1
        (folder / "notebooks/4_stance_tables.ipynb").write_text(source, encoding="utf-8")
        well += again(new)
    told(
        "kernel killed, kernel gone, cell fails, cell never ends",
        "once each",
        left,
        f"next run: {well} of 4 well",
    )

    if os.geteuid() == 0 and shutil.which("chattr"):
        left, well, parts = (
            Counter(),
            0,
            [
                "data/processed",
                "reports/notebooks",
                "reports/figures",
                "reports/site",
                "reports",
                "data",
                ".cache",
                ".",
            ],
        )
        for part in parts:
            turn(folder, OLD)
            assert run(folder).returncode == 0
            if subprocess.run(["chattr", "+i", folder / part]).returncode:
                break
            done = run(folder, "-p", "period=1900")  # every part would change
            subprocess.run(["chattr", "-i", folder / part])
            assert done.returncode == 1 and "Traceback" not in done.stderr, (
                done.stdout + done.stderr
            )
            left[state(seen(folder), old, new)] += 1
            turn(folder, NEW)
            well += again(new)
        told(
            "folder that cannot be written (chattr +i)",
            ", ".join(parts),
            left,
            f"next run: {well} of {sum(left.values())} well",
        )

    print("| fault | times | what was left | where | how it recovered |\n|---|---|---|---|---|")
    for fault, count, left, what, recovered in rows:
        print(f"| {fault} | {count} | {left} | {what} | {recovered} |")
    shutil.rmtree(folder)
    return any("BROKEN" in row[2] for row in rows)


if __name__ == "__main__":
    sys.exit(main(*map(int, sys.argv[1:])))
