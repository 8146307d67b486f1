"""One run at a time: the lock of a cache folder, and who holds it.

The lock is the system's and goes with its holder, so that it is never stale. Where Python has no
`fcntl` (Windows), the library filelock holds it.
"""

import contextlib
import json
import os
import platform
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import IO, Any


class BusyError(RuntimeError):
    """Another run holds the lock."""


@contextlib.contextmanager
def lock(cache: Path) -> Iterator[dict[str, Any]]:
    """Hold the lock of a cache folder; raises BusyError, with who holds it and since when.

    Yields what the holder before left in it (`pid`, `host`, `since`) where that one did not end by
    itself, else an empty dict.
    """
    cache.mkdir(parents=True, exist_ok=True)
    with open(cache / "lock", "a+", encoding="utf-8") as file:
        holder = _holder(file)
        with contextlib.ExitStack() as held:
            try:
                held.enter_context(_alone(file, cache / "lock.held"))
            except BlockingIOError:
                raise BusyError(_busy(holder, cache / "lock")) from None
            _sign(file)
            try:
                yield holder
            finally:
                file.truncate(0)


def holder_of(cache: Path) -> dict[str, Any]:
    """Who holds the lock of a cache folder now, as `lock` says it; nothing where nobody does.

    To know it, the lock is held for a moment.
    """
    with contextlib.suppress(OSError), open(cache / "lock", "r+", encoding="utf-8") as file:
        holder = _holder(file)
        try:
            with _alone(file, cache / "lock.held"):
                return {}
        except BlockingIOError:
            return holder
    return {}


@contextlib.contextmanager
def _alone(file: IO[str], beside: Path) -> Iterator[None]:
    """Hold a file until the end of a `with`; raises BlockingIOError where another one does.

    Without `fcntl` the file `beside` is held in its place: a file that is held cannot be read on
    Windows, and others want to read who holds it.
    """
    try:
        import fcntl
    except ImportError:
        with _alone_by_library(beside):
            yield
        return
    fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    yield


@contextlib.contextmanager
def _alone_by_library(path: Path) -> Iterator[None]:
    """As `_alone`, on any system that filelock knows."""
    import filelock

    held = filelock.FileLock(path)
    try:
        held.acquire(blocking=False)
    except filelock.Timeout:
        raise BlockingIOError(str(path)) from None
    try:
        yield
    finally:
        held.release()


def _holder(file: IO[str]) -> dict[str, Any]:
    """What stands in the lock; nothing where it cannot be read."""
    file.seek(0)
    try:
        holder = json.loads(file.read() or "{}")
    except ValueError:
        return {}
    return holder if isinstance(holder, dict) else {}


def _sign(file: IO[str]) -> None:
    """Write into the lock who holds it."""
    now = datetime.now(UTC).isoformat(timespec="seconds")
    file.truncate(0)
    json.dump({"pid": os.getpid(), "host": platform.node(), "since": now}, file)
    file.flush()


def _busy(holder: dict[str, Any], path: Path) -> str:
    process, host, since = (holder.get(key, "?") for key in ("pid", "host", "since"))
    return f"another run is going: process {process} on {host}, since {since} (lock: {path})"
