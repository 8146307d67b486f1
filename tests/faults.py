"""Break runs at many points and look at what is left: `python tests/faults.py` prints the table.

`tests/test_faults.py` does the quick part of it at every point. Faults come through an audit hook:
Python tells it of every file that is opened for writing, made, renamed or removed, and of every
exchange of two folders; what the hook raises happens there. So the code under test holds nothing
for its tests.
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

from dispute import cli
from dispute.run import publishing

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
    if event != "open":
        return event in CHANGES
    path, mode, flags = words
    if not isinstance(path, (str, bytes)) or "/dev/" in os.fsdecode(path):
        return False
    if isinstance(flags, int):
        return bool(flags & (os.O_WRONLY | os.O_RDWR))
    return bool(set(mode or "") & set("wax+"))


def in_child(action, kind="none", point=0, folder="."):
    """Run `action` in a forked child in which a fault strikes after `point` changes of files.

    `kill` is -9; `full` means that from then on no file can be made. Returns the child's exit
    status (minus the signal where it was killed) and the number of changes it made.
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


# The campaign: a real report of the made-up case, in two versions that differ in a page's prose,
# both kept in the cache.

OLD, NEW = "What was read", "What has been read"
PROJECT = ["CITATION.cff", "config.yaml", "notebooks", "requirements.lock"]
PARTS = [
    "data/processed",
    "reports/notebooks",
    "reports/figures",
    "reports/site",
    "reports/manifest.json",
    "ro-crate-metadata.json",
]
LOCKED = [*PARTS[:4], "reports", "data", ".cache", "."]
BOOK = "notebooks/4_stance_tables.ipynb"
CODE = "import sys; from dispute.cli import main; sys.exit(main(sys.argv[1:]))"
COMMAND = [sys.executable, "-c", CODE, "run"]


def run(folder, *words):
    """`dispute run` in a process of its own, so that every import is as on a first day."""
    return subprocess.run([*COMMAND, *words], cwd=folder, capture_output=True, text=True)


def run_here():
    """`dispute run` in this process."""
    return cli.main(["run"])


def seen(folder):
    """What a reader finds, part by part."""
    return {part: publishing.contents(folder / part) for part in PARTS}


class Campaign:
    """A report in its old and its new version, faults, and what each left."""

    def __init__(self, folder):
        self.folder = folder
        self.begun = time.monotonic()
        self.rows = []
        for part in PROJECT:
            source, target = ROOT / part, folder / part
            target.parent.mkdir(parents=True, exist_ok=True)
            (shutil.copytree if source.is_dir() else shutil.copy)(source, target)
        shutil.copytree(ROOT / "tests/cases/lighthouse", folder / "data/raw")
        self.new = self._published(NEW)
        self.old = self._published(OLD)
        self.begin()

    def _published(self, words):
        self.turn(words)
        assert run(self.folder).returncode == 0
        return seen(self.folder)

    def turn(self, words):
        """The notebook as it is in a version."""
        path = self.folder / "notebooks/1_corpus.ipynb"
        text = path.read_text(encoding="utf-8")
        path.write_text(text.replace(OLD, words).replace(NEW, words), encoding="utf-8")

    def restore(self):
        """The old report stands, and the next run will publish the new one."""
        self.turn(OLD)
        assert run(self.folder).returncode == 0 and seen(self.folder) == self.old
        self.turn(NEW)

    def begin(self):
        """Begin to count what a fault leaves, and how often the next run is well."""
        self.left = Counter()
        self.well = 0

    def look(self):
        """Count what the last fault left."""
        now = seen(self.folder)
        sound = [
            now[part] in (self.old[part], self.new[part]) and now[part] is not None for part in now
        ]
        if now == self.old:
            state = "the old report"
        elif now == self.new:
            state = "the new report"
        else:
            state = "each folder whole, old or new" if all(sound) else "BROKEN"
        self.left[state] += 1

    def again(self):
        """Count whether the next run makes it good."""
        self.well += run(self.folder).returncode == 0 and seen(self.folder) == self.new

    def tell(self, fault, what):
        """A row for a fault; then begin anew."""
        times = sum(self.left.values())
        left = "; ".join(f"{count} × {name}" for name, count in sorted(self.left.items()))
        recovered = f"next run: {self.well} of {times} well"
        self.rows.append([fault, str(times), left, what, recovered])
        passed = time.monotonic() - self.begun
        print(f"{passed:6.0f} s  {fault}: {left}; {recovered}", file=sys.stderr, flush=True)
        self.begin()


def strike(campaign, kind, name, points):
    """A fault at evenly spread moments of a publication, and at each of the last ones of a kill."""
    campaign.restore()
    _, writes = in_child(run_here, folder=campaign.folder)
    share = 1 if kind == "kill" else 2
    moments = set(range(0, writes, max(1, writes * share // points)))
    if kind == "kill":
        moments |= set(range(writes - 25, writes))
    for point in sorted(moments):
        campaign.restore()
        in_child(run_here, kind, point, campaign.folder)
        campaign.look()
        status, _ = in_child(run_here, folder=campaign.folder)
        campaign.well += status == 0 and seen(campaign.folder) == campaign.new
    what = f"at {len(moments)} of the {writes} changes of files that it makes"
    campaign.tell(name, what)


def kill_while_made(campaign, dice, times):
    """Killed at a random moment of a cold run."""
    for _ in range(times):
        campaign.restore()
        shutil.rmtree(campaign.folder / ".cache/steps")
        process = subprocess.Popen(
            COMMAND,
            cwd=campaign.folder,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        time.sleep(dice.uniform(0.5, 15))
        process.kill()
        process.wait()
        campaign.look()
        campaign.again()
    what = "at a random moment of a cold run"
    campaign.tell("kill -9 while notebooks and site are made", what)


def corrupt_cache(campaign, dice, times):
    """Kept files that are not as they were written."""
    steps = campaign.folder / ".cache/steps"
    kept = sorted(path for path in steps.rglob("*") if path.is_file())
    for number, path in enumerate(dice.sample(kept, times)):
        content = path.read_bytes()
        spoilt = [b"", content[: len(content) // 2], b"\0" * 64, content + b"x"]
        path.write_bytes(spoilt[number % len(spoilt)])
        campaign.look()
        campaign.again()
    campaign.tell("corrupt cache", "a kept file emptied, halved, made NUL, lengthened")


def corrupt_lock(campaign):
    """A lock and a journal that say nothing."""
    for text in (b"", b"{", b"\0", b"[1]", b'{"pid": 1'):
        (campaign.folder / ".cache/lock").write_bytes(text)
        (campaign.folder / "reports/publishing.json").write_bytes(text)
        campaign.again()
        campaign.look()
    campaign.tell("corrupt lock and journal", "five contents")


def break_cells(campaign):
    """A notebook that does not come to its end."""
    path = campaign.folder / BOOK
    source = path.read_text(encoding="utf-8")
    call = "table = stances.stance_table"
    cells = ["import os; os.kill(os.getpid(), 9)", "import os; os._exit(0)", "1 / 0"]
    for words in [*cells, "while True: pass"]:
        broken = source.replace(call, f"{words}\\n{call}", 1)
        assert broken != source, f"no cell of {BOOK} holds {call!r}"
        path.write_text(broken, encoding="utf-8")
        done = run(campaign.folder, "-p", "cell_seconds=15")
        kept = campaign.folder / "reports/failed/4_stance_tables.txt"
        assert done.returncode == 1 and "(kept in" in done.stderr and kept.exists(), done.stderr
        campaign.look()
        path.write_text(source, encoding="utf-8")
        campaign.again()
    campaign.tell("kernel killed, kernel gone, cell fails, cell never ends", "once each")


def lock_folders(campaign):
    """Folders that cannot be written; only root can make them so for root."""
    if os.geteuid() != 0 or not shutil.which("chattr"):
        return
    for part in LOCKED:
        campaign.turn(OLD)
        assert run(campaign.folder).returncode == 0
        if subprocess.run(["chattr", "+i", campaign.folder / part]).returncode:
            break
        done = run(campaign.folder, "-p", "period=1900")  # every part would change
        subprocess.run(["chattr", "-i", campaign.folder / part])
        told = done.stdout + done.stderr
        assert done.returncode == 1 and "Traceback" not in done.stderr, told
        campaign.look()
        campaign.turn(NEW)
        campaign.again()
    campaign.tell("folder that cannot be written (chattr +i)", ", ".join(LOCKED))


def main(points=60, times=5):
    """Print the table of faults.

    `points`: moments of one publication, evenly spread. `times`: how often each slow fault is
    tried.
    """
    folder = Path(tempfile.mkdtemp(prefix="faults "))
    campaign = Campaign(folder)
    dice = random.Random(7)
    strike(campaign, "kill", "kill -9 while publishing", points)
    strike(campaign, "full", "disk full while publishing", points)
    kill_while_made(campaign, dice, times)
    corrupt_cache(campaign, dice, 4 * times)
    corrupt_lock(campaign)
    break_cells(campaign)
    lock_folders(campaign)
    print("| fault | times | what was left | where | how it recovered |\n|---|---|---|---|---|")
    for row in campaign.rows:
        print(f"| {' | '.join(row)} |")
    shutil.rmtree(folder)
    return any("BROKEN" in left for _, _, left, _, _ in campaign.rows)


if __name__ == "__main__":
    sys.exit(main(*map(int, sys.argv[1:])))
