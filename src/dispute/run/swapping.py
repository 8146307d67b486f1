"""A file or folder and the new one that waits beside it, exchanged in one step.

The new waits as `.NAME.new`. Where the system cannot exchange, the old is `.NAME.old` for a moment.
"""

import os
import shutil
import stat
from contextlib import suppress
from pathlib import Path

# Of `renameat2` (Linux): paths start from the working folder; exchange two files.
AT_FDCWD = -100
RENAME_EXCHANGE = 2
# Of `renamex_np` (macOS).
RENAME_SWAP = 2


def beside(place: Path) -> Path:
    """Where the new waits; after an exchange, the old.

    In the folder of its place, so that it gets there by a rename on whatever disk that is.
    """
    return place.with_name(f".{place.name}.new")


def aside(place: Path) -> Path:
    """Where the old waits for a moment on a system that exchanges nothing."""
    return place.with_name(f".{place.name}.old")


def clear(place: Path) -> None:
    """Remove what waits beside a place, as far as it may be removed."""
    for left in (beside(place), aside(place)):
        if left.is_dir() and not left.is_symlink():
            for folder, _, _ in os.walk(left):
                with suppress(OSError):
                    os.chmod(folder, stat.S_IRWXU)  # one's own that was made read-only
            shutil.rmtree(left, ignore_errors=True)
        else:
            with suppress(OSError):
                left.unlink()


def swap(place: Path) -> None:
    """Exchange a place and what waits beside it in one step where the system can.

    Then a reader meets the old or the new. Elsewhere one is renamed after the other.
    """
    new, old = beside(place), aside(place)
    if not place.exists():
        os.rename(new, place)
    elif not exchange(new, place):
        os.rename(place, old)
        try:
            os.rename(new, place)
        except OSError:
            os.rename(old, place)
            raise
        os.rename(old, new)


def exchange(one: Path, other: Path) -> bool:
    """Exchange two files or folders in one step. False where the system cannot.

    Linux has `renameat2` with RENAME_EXCHANGE, macOS `renamex_np` with RENAME_SWAP. A file system
    may lack it all the same; Windows has neither, and lets no library be opened without a name.
    """
    try:
        import ctypes

        library = ctypes.CDLL(None, use_errno=True)
    except (ImportError, OSError, TypeError):
        return False
    first, second = os.fsencode(one), os.fsencode(other)
    if hasattr(library, "renameat2"):
        done = library.renameat2(AT_FDCWD, first, AT_FDCWD, second, RENAME_EXCHANGE)
        return bool(done == 0)
    if hasattr(library, "renamex_np"):
        return bool(library.renamex_np(first, second, RENAME_SWAP) == 0)
    return False
