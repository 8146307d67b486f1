"""The folder in which a run and the kernels of its notebooks talk: sockets, and a file with a key.

It is its user's alone, and short, for the name of a socket may have a hundred letters at most. A
run holds it by a lock of the system, which goes with its holder: so what a dead run left is told
from what another one uses, whoever has its number now.
"""

import contextlib
import os
import re
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

from helpers.case.owners import MachineError

# Bytes in the name of a socket: Linux allows 107, macOS 103.
LONGEST = 100
PREFIX = "dispute-talk-"
NAME = re.compile(PREFIX + r"(\d+)-\w{8}")
# What stands in the folder; and the most letters that all this adds to a name.
SOCKET, KEY = "s", "key.json"
WITHIN = len(f"/{PREFIX}4194304-12345678/{SOCKET}-99")
# Folders that most systems have, where the temporary one has too long a name.
SHORT = ("/tmp", "/var/tmp")


@contextlib.contextmanager
def meeting() -> Iterator[Path]:
    """A short folder of one's own, until the end of a `with`; of mode 0700.

    Raises MachineError, in a sentence, where no folder with a short name can be written.
    """
    if os.name == "nt":
        with tempfile.TemporaryDirectory(prefix=PREFIX) as folder:
            yield Path(folder)
        return
    place, number = _held(_short_folder())
    try:
        yield place
    finally:
        shutil.rmtree(place, ignore_errors=True)
        os.close(number)


def clear_dead() -> None:
    """Remove what runs of the same user left that were killed. Those that live keep theirs."""
    for place in _places():
        with contextlib.suppress(OSError):
            number = _lock(place, wait=False)
            shutil.rmtree(place, ignore_errors=True)
            os.close(number)


def clear_own() -> None:
    """Remove the folders of this process, which is about to end."""
    for place in _places(os.getpid()):
        shutil.rmtree(place, ignore_errors=True)


def _short_folder() -> str:
    first = tempfile.gettempdir()
    for folder in (first, *SHORT):
        fits = len(os.fsencode(os.path.abspath(folder))) + WITHIN <= LONGEST
        if fits and os.access(folder, os.W_OK | os.X_OK):
            return os.path.abspath(folder)
    letters = len(os.fsencode(first))
    known = " and ".join(SHORT)
    raise MachineError(
        f"TMPDIR={first} has {letters} letters, too many for sockets, and {known} cannot be "
        f"written; set TMPDIR to a shorter one of at most {LONGEST - WITHIN}"
    )


def _held(folder: str) -> tuple[Path, int]:
    """A new folder that is locked, and the number of the lock."""
    while True:
        place = Path(tempfile.mkdtemp(prefix=f"{PREFIX}{os.getpid()}-", dir=folder))
        # Before it was locked it may have been taken for a dead run's, and removed.
        with contextlib.suppress(FileNotFoundError):
            number = _lock(place, wait=True)
            if place.exists():
                return place, number
            os.close(number)


def _lock(place: Path, wait: bool) -> int:
    """Open and lock a folder; raises OSError where another process holds it."""
    import fcntl

    number = os.open(place, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW)
    try:
        fcntl.flock(number, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))
    except OSError:
        os.close(number)
        raise
    return number


def _places(process: int | None = None) -> Iterator[Path]:
    """The folders of this user's runs, or those of one process."""
    if os.name == "nt":
        return
    for folder in dict.fromkeys((tempfile.gettempdir(), *SHORT)):
        for place in Path(folder).glob(f"{PREFIX}*"):
            named = NAME.fullmatch(place.name)
            if named and process in (None, int(named[1])) and _is_ours(place):
                yield place


def _is_ours(place: Path) -> bool:
    """Whether a folder belongs to this user, and holds what a run puts there and nothing else."""
    try:
        owner = place.lstat().st_uid
        names = [path.name for path in place.iterdir()]
    except OSError:
        return False
    known = all(name == KEY or name.startswith(f"{SOCKET}-") for name in names)
    return owner == os.geteuid() and known and not place.is_symlink()
