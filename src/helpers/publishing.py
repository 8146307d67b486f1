"""Publish a report whole or not at all: one run at a time, everything swapped in at the end, an interrupted swap finished by the next run.

The new report is put together in `.cache/ready.new`, a journal (`parts.json`) beside it, and renamed to `.cache/ready`: from then on it is decided.
Each part (a folder or a file) is then exchanged with the old one in one step of the file system. Whoever finds a `.cache/ready` finishes it.
"""
import contextlib
import ctypes
import errno
import fcntl
import hashlib
import json
import os
import platform
import shutil
from datetime import datetime, timezone

from helpers.steps import digest, tree

AT_FDCWD, RENAME_EXCHANGE = -100, 2


class Busy(RuntimeError):
    """Another run holds the lock."""


@contextlib.contextmanager
def lock(cache):
    """Hold the lock of a cache folder; raises Busy, with who holds it and since when. The kernel of the machine frees it when its holder dies.

    Yields what the holder before left in it where that one did not end by itself, else an empty dict.
    """
    cache.mkdir(parents=True, exist_ok=True)
    with open(cache / "lock", "a+", encoding="utf-8") as file:
        file.seek(0)
        try:
            holder = json.loads(file.read() or "{}")
            holder = holder if isinstance(holder, dict) else {}
        except ValueError:
            holder = {}
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise Busy(f"another run is going: process {holder.get('pid', '?')} on {holder.get('host', '?')}, since {holder.get('since', '?')} (lock: {cache / 'lock'})") from None
        file.truncate(0)
        json.dump({"pid": os.getpid(), "host": platform.node(), "since": datetime.now(timezone.utc).isoformat(timespec="seconds")}, file)
        file.flush()
        try:
            yield holder
        finally:
            file.truncate(0)


def contents(path):
    """What stands at a path, to compare: the digests of a folder's files, of a file, or None where nothing is."""
    return tree(path) if path.is_dir() else {"": digest(path)} if path.exists() else None


def publish(parts, into, cache):
    """Put new parts in their place, all or none. `parts` maps a path within the folder `into` to what belongs there: a folder, a file, or bytes.

    Returns the parts that were not there already, by name. Raises OSError with everything as it was before.
    """
    wanted = {name: _wanted(new) for name, new in parts.items()}
    different = [name for name in parts if contents(into / name) != wanted[name]]
    if not different:
        return []
    for name in different:
        writable((into / name).parent)
    beside, ready = cache / "ready.new", cache / "ready"
    try:
        shutil.rmtree(beside, ignore_errors=True)
        beside.mkdir(parents=True)
        for number, name in enumerate(different):
            place, new = beside / str(number), parts[name]
            if isinstance(new, bytes):
                place.write_bytes(new)
            else:
                (shutil.copytree if new.is_dir() else shutil.copy)(new, place)
        (beside / "parts.json").write_text(json.dumps({"into": os.path.relpath(into, cache), "parts": [[name, wanted[name]] for name in different]}), encoding="utf-8")
        os.rename(beside, ready)
    except OSError:
        shutil.rmtree(beside, ignore_errors=True)
        raise
    swapped = []
    try:
        for number, name in enumerate(different):
            _swap(ready / str(number), into / name)
            swapped.append(number)
    except OSError:
        for number in reversed(swapped):
            old, place = ready / str(number), into / different[number]
            _swap(old, place) if old.exists() else _move(place, old)
        _drop(ready)
        raise
    _drop(ready)
    return different


def recover(cache):
    """Finish what an interrupted `publish` had decided, wherever it belongs. Returns what was done, in words: an empty text where nothing was to do."""
    shutil.rmtree(cache / "ready.new", ignore_errors=True)
    ready = cache / "ready"
    if not ready.exists():
        return ""
    try:
        journal = json.loads((ready / "parts.json").read_text(encoding="utf-8"))
        parts = [(ready / str(number), cache / journal["into"] / name, wanted) for number, (name, wanted) in enumerate(journal["parts"])]
        left = [(new, place, wanted) for new, place, wanted in parts if contents(place) != wanted]
        whole = all(contents(new) == wanted for new, place, wanted in left)
    except (OSError, ValueError, TypeError, KeyError):
        whole = False
    if whole:
        for new, place, _ in left:
            _swap(new, place)
    _drop(ready)
    return "an interrupted publication was finished" if whole else "an interrupted publication was damaged and is made anew"


def _drop(ready):
    """Away with a journal: first its name, so that a half-deleted one is never read."""
    gone = ready.with_name("ready.new")
    shutil.rmtree(gone, ignore_errors=True)
    os.rename(ready, gone)
    shutil.rmtree(gone, ignore_errors=True)


def _wanted(new):
    return {"": hashlib.sha256(new).hexdigest()} if isinstance(new, bytes) else contents(new)


def writable(folder):
    folder.mkdir(parents=True, exist_ok=True)
    if not os.access(folder, os.W_OK | os.X_OK):
        raise PermissionError(13, "not writable, so nothing was published", str(folder))


def _swap(new, place):
    """Exchange two paths in one step where the system can, so that a reader meets the old or the new; else one after the other."""
    place.parent.mkdir(parents=True, exist_ok=True)
    if not place.exists():
        _move(new, place)
    elif not _exchange(new, place):
        aside = new.with_name(new.name + ".old")
        _move(place, aside)
        try:
            _move(new, place)
        except OSError:
            _move(aside, place)
            raise
        _move(aside, new)


def _move(source, target):
    """Rename; only from one file system to another, copy and delete."""
    try:
        os.rename(source, target)
    except OSError as error:
        if error.errno != errno.EXDEV:
            raise
        shutil.move(source, target)


def _exchange(one, other):
    """Linux: `renameat2` with RENAME_EXCHANGE; macOS: `renamex_np` with RENAME_SWAP. False where there is neither, or the file system cannot."""
    names = [os.fsencode(path) for path in (one, other)]
    library = ctypes.CDLL(None, use_errno=True)
    if hasattr(library, "renameat2"):
        return library.renameat2(AT_FDCWD, names[0], AT_FDCWD, names[1], RENAME_EXCHANGE) == 0
    return hasattr(library, "renamex_np") and library.renamex_np(*names, 2) == 0
