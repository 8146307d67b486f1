"""Whose a file or folder is, and what to type where somebody else's is in the way.

Places are looked at before anything is written: `expect_writable`, `expect_replaceable`. What they
raise is a PermissionError of one sentence; an error of the system becomes one by `in_words`.
"""

import errno
import os
import shlex
import stat
from collections.abc import Iterable, Iterator
from pathlib import Path

# What a machine refuses, by the names of the errors: room, limits, a disk that fails.
NAMES = "EROFS ENOSPC EDQUOT EFBIG EIO EMFILE ENFILE ENOMEM EAGAIN EBUSY ENOLCK"
REFUSALS = {getattr(errno, name) for name in NAMES.split() if hasattr(errno, name)}


class MachineError(OSError):
    """What a machine does not give, in a sentence."""


def is_of_the_machine(error: OSError) -> bool:
    """Whether an error is the machine's (rights, room, limits) and not that of a wrong path."""
    # What is missing and has no name is a folder for temporary files.
    no_folder = error.errno == errno.ENOENT and error.filename is None
    refused = isinstance(error, (MachineError, PermissionError)) or error.errno in REFUSALS
    return refused or no_folder


def in_words(error: OSError) -> str:
    """An error as one sentence: where rights are too few, with the owner and what to type."""
    if isinstance(error, PermissionError) and error.errno:
        for name in filter(None, (error.filename, error.filename2)):
            path = Path(os.fsdecode(name))
            for place in (path, path.parent):
                if os.path.lexists(place) and not _is_open(place):
                    return barred(place)
    return str(error)


def expect_writable(paths: Iterable[Path]) -> None:
    """Raise PermissionError where a file could not be put at one of the paths."""
    for folder in sorted({_nearest(path.parent) for path in paths}):
        if not _is_open(folder):
            raise PermissionError(barred(folder))


def expect_replaceable(path: Path) -> None:
    """Raise PermissionError where what stands at a path could not be replaced, or put there."""
    expect_writable([path])
    for folder in _folders_of(path):
        if not _is_open(folder):
            raise PermissionError(barred(folder))


def barred(path: Path, why: str = "", remedy: str = "") -> str:
    """That a path is not one's own, or has too few rights; and what to type."""
    quoted = shlex.quote(str(path))
    mode = stat.filemode(path.lstat().st_mode)
    if _owner(path) != _me():
        whose = f"{path} belongs to {_owner(path)}, and this is {_me()}"
        remedy = remedy or f"`sudo chown -R {_me()} {quoted}`"
    elif "w" not in mode[:3]:
        whose = f"{path} has too few rights ({mode})"
        remedy = f"`chmod -R u+rwX {quoted}`"
    else:
        return f"{path} cannot be written: it is locked, or its disk is read-only"
    return f"{whose}{why and f': {why}'}; {remedy} mends it"


def _is_open(path: Path) -> bool:
    """Whether one may write a file, or put and remove files in a folder."""
    return os.access(path, os.W_OK | (os.X_OK if path.is_dir() else 0))


def _nearest(folder: Path) -> Path:
    """The folder, or the nearest one above it that is there."""
    return next((one for one in (folder, *folder.parents) if one.exists()), Path("."))


def _folders_of(path: Path) -> Iterator[Path]:
    """A folder and those in it; none for a file, or for a link."""
    if path.is_dir() and not path.is_symlink():
        for name, _, _ in os.walk(path):
            yield Path(name)


def _owner(path: Path) -> str:
    """The name of who owns a path; the number, where no name is known."""
    try:
        return path.owner()
    except (KeyError, NotImplementedError):
        return str(path.lstat().st_uid)


def _me() -> str:
    """The name of who this is; the number, where no name is known."""
    try:
        import pwd

        return pwd.getpwuid(os.geteuid()).pw_name
    except ImportError:
        return os.environ.get("USERNAME", "")
    except KeyError:
        return str(os.geteuid())
