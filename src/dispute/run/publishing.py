"""Publish a report whole or not at all: one run at a time, everything swapped in at the end, an interrupted swap finished by the next run.

Each new part is copied beside its place (`.site.new`), and a journal says what belongs where; once the journal says `decided`, the new report is. Each part
(a folder or a file) is then exchanged with the old one in one step of the file system. A run that finds such a journal finishes it.
"""

import contextlib
import ctypes
import fcntl
import hashlib
import json
import os
import platform
import shutil
from datetime import UTC, datetime

from dispute.run.steps import digest, tree

JOURNAL = "reports/publishing.json"
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
            raise Busy(
                f"another run is going: process {holder.get('pid', '?')} on {holder.get('host', '?')}, since {holder.get('since', '?')} (lock: {cache / 'lock'})"
            ) from None
        file.truncate(0)
        json.dump(
            {
                "pid": os.getpid(),
                "host": platform.node(),
                "since": datetime.now(UTC).isoformat(timespec="seconds"),
            },
            file,
        )
        file.flush()
        try:
            yield holder
        finally:
            file.truncate(0)


def contents(path):
    """What stands at a path, to compare: the digests of a folder's files, of a file, or None where nothing is."""
    return tree(path) if path.is_dir() else {"": digest(path)} if path.exists() else None


def publish(parts, into):
    """Put new parts in their place, all or none. `parts` maps a path within the folder `into` to what belongs there: a folder, a file, or bytes.

    Returns the parts that were not there already, by name. Raises OSError with everything as it was before.
    """
    wanted = {name: _wanted(new) for name, new in parts.items()}
    for name in parts:
        _clear(into / name)
    different = [name for name in parts if contents(into / name) != wanted[name]]
    if not different:
        return []
    for name in [*different, JOURNAL]:
        writable((into / name).parent)
    journal, written = (
        into / JOURNAL,
        {"decided": False, "parts": {name: wanted[name] for name in different}},
    )
    try:
        _write(journal, written)
        for name in different:
            new, beside = parts[name], _beside(into / name)
            if isinstance(new, bytes):
                beside.write_bytes(new)
            else:
                (shutil.copytree if new.is_dir() else shutil.copy)(new, beside)
        _write(journal, written | {"decided": True})
    except OSError as error:
        _forget(into, different)
        if isinstance(error, shutil.Error):  # of every file in a folder that could not be copied
            raise OSError(
                f"{error.args[0][0][2]}"
                + (f", and {len(error.args[0]) - 1} more" if len(error.args[0]) > 1 else "")
            ) from error
        raise
    swapped = []
    try:
        for name in different:
            _swap(into / name)
            swapped.append(name)
    except OSError:
        for name in reversed(
            swapped
        ):  # if even this fails, the journal stays, and the next run finishes
            _swap(into / name) if _beside(into / name).exists() else os.rename(
                into / name, _beside(into / name)
            )
        _forget(into, different)
        raise
    _forget(into, different)
    return different


def standing(into):
    """What a reader of the folder finds after a run that did not end, in words."""
    decided, _ = _read(into)
    return (
        "while it published: each folder is old or new, and whole; the next run finishes it"
        if decided
        else "the last report stands as it was"
    )


def strangers(into, folders):
    """The files in folders of a report that no report made, as far as the manifest there tells: they would be lost."""
    try:
        known = json.loads((into / "reports/manifest.json").read_text(encoding="utf-8"))["outputs"]
    except (OSError, ValueError, TypeError, KeyError):
        known = ()
    found = sorted(
        path.relative_to(into).as_posix()
        for folder in folders
        for path in (into / folder).rglob("*")
        if path.is_file()
    )
    return [path for path in found if path not in known]


def recover(into):
    """Finish what an interrupted `publish` into a folder had decided. Returns what was done, in words: an empty text where nothing was to do."""
    if not (into / JOURNAL).exists():
        return ""
    decided, wanted = _read(into)
    left = [name for name in wanted if contents(into / name) != wanted[name]]
    whole = decided and all(contents(_beside(into / name)) == wanted[name] for name in left)
    if whole:
        for name in left:
            _swap(into / name)
    _forget(into, wanted)
    return (
        "an interrupted publication was finished"
        if whole
        else "an interrupted publication had not been decided, or was damaged: it is made anew"
    )


def _read(into):
    """What the journal of a folder says: whether the new report is decided, and what belongs where. Nothing, where there is none or it is damaged."""
    try:
        written = json.loads((into / JOURNAL).read_text(encoding="utf-8"))
        return written["decided"] is True, dict(written["parts"])
    except (OSError, ValueError, TypeError, KeyError):
        return False, {}


def _write(journal, content):
    """The journal, whole or not at all."""
    beside = _beside(journal)
    beside.write_text(json.dumps(content), encoding="utf-8")
    os.replace(beside, journal)


def _forget(into, names):
    """Away with a journal, then with what it tells of: without it nothing of that is read."""
    (into / JOURNAL).unlink(missing_ok=True)
    for name in [*names, JOURNAL]:
        _clear(into / name)


def _beside(place):
    """Where the new waits: in the folder of its place, so that it gets there by a rename on whatever disk that is. After an exchange, the old."""
    return place.with_name(f".{place.name}.new")


def _aside(place):
    return place.with_name(f".{place.name}.old")


def _clear(place):
    for left in (_beside(place), _aside(place)):
        if left.is_dir():
            shutil.rmtree(left, ignore_errors=True)
        else:
            left.unlink(missing_ok=True)


def _wanted(new):
    return {"": hashlib.sha256(new).hexdigest()} if isinstance(new, bytes) else contents(new)


def writable(folder):
    folder.mkdir(parents=True, exist_ok=True)
    if not os.access(folder, os.W_OK | os.X_OK):
        raise PermissionError(13, "not writable, so nothing was published", str(folder))


def _swap(place):
    """Exchange a place and what waits beside it in one step where the system can, so that a reader meets the old or the new; else one after the other."""
    beside, aside = _beside(place), _aside(place)
    if not place.exists():
        os.rename(beside, place)
    elif not _exchange(beside, place):
        os.rename(place, aside)
        try:
            os.rename(beside, place)
        except OSError:
            os.rename(aside, place)
            raise
        os.rename(aside, beside)


def _exchange(one, other):
    """Linux: `renameat2` with RENAME_EXCHANGE; macOS: `renamex_np` with RENAME_SWAP. False where there is neither, or the file system cannot."""
    names = [os.fsencode(path) for path in (one, other)]
    library = ctypes.CDLL(None, use_errno=True)
    if hasattr(library, "renameat2"):
        return library.renameat2(AT_FDCWD, names[0], AT_FDCWD, names[1], RENAME_EXCHANGE) == 0
    return hasattr(library, "renamex_np") and library.renamex_np(*names, 2) == 0
