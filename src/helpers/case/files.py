"""Files that are put in their place whole, and never outside it; files that are read with a limit.

Whatever takes a name from data (an import, a page called by an id) writes by `write_into` or
`make_folder`: both refuse a name that leads out of the folder, or that is none on some system.
What a person decided, and what is published, is on the disk before it is called done (`settle`).
"""

import errno
import os
import re
from collections.abc import Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path
from tempfile import TemporaryDirectory

from helpers.case.owners import expect_writable
from helpers.words import printable

# Names that Windows keeps for devices, whatever their ending.
DEVICES = re.compile(r"(con|prn|aux|nul|com[0-9]|lpt[0-9])(\..*)?", re.IGNORECASE)
# Bytes of one name: most systems allow 255, the rest is room for what stands beside it.
LONGEST = 200
# What cannot stand in a cell of CSV without quotation marks.
QUOTED = re.compile('[",\r\n]')
EXPECTED = "expected the name of a file within its folder"


def write_file(path: Path, content: bytes) -> None:
    """Put bytes at a path; see `write_files`."""
    write_files({path: content})


def write_files(files: Mapping[Path, bytes]) -> None:
    """Put bytes at paths, and make their folders where there are none.

    All are written beside their places and are on the disk before the first is moved, so that a
    reader meets the old or the new file, and a power cut leaves one of them. No link is followed:
    one that stands there is replaced. Raises OSError with all as it was, where one of them cannot
    be written.
    """
    expect_writable(files)
    beside: dict[Path, Path] = {}
    try:
        for path, content in files.items():
            beside[path] = _write_beside(path, content)
        for made in beside.values():
            settle(made)
        for path, made in beside.items():
            os.replace(made, path)
    except BaseException:
        for made in beside.values():
            made.unlink(missing_ok=True)
        raise
    for folder in sorted({path.parent for path in files}):
        settle(folder)


def _write_beside(path: Path, content: bytes) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    if path.is_dir() and not path.is_symlink():
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), str(path))
    beside = path.with_name(f".{path.name}.{os.getpid()}")
    beside.unlink(missing_ok=True)
    with open(beside, "xb") as file:
        file.write(content)
    return beside


def settle(path: Path) -> None:
    """Return when a file, or the names in a folder, are on the disk and outlast a power cut."""
    if os.name == "nt" and path.is_dir():
        return  # Windows opens no folder, and keeps its names by itself.
    number = os.open(path, os.O_RDWR if os.name == "nt" else os.O_RDONLY)
    try:
        os.fsync(number)
    except OSError as error:
        # Some shared disks know no sync of a folder.
        if error.errno not in (errno.EINVAL, errno.ENOTSUP):
            raise
    finally:
        os.close(number)


def settle_all(folder: Path) -> None:
    """As `settle`, of a folder and all that is in it.

    Many at a time: the disk then takes them together.
    """
    with ThreadPoolExecutor(16) as pool:
        list(pool.map(settle, [folder, *folder.rglob("*")]))


def write_into(folder: Path | str, relative: str, content: bytes) -> None:
    """Put bytes at a relative path within a folder, by a move from beside it.

    For what is made in a folder that gets its place later, or can be made again: nothing waits for
    the disk. Raises ValueError, with nothing written, where the path leads out of the folder, goes
    through a link, or holds a name that some system cannot have (see `name_fault`).
    """
    path = inside(folder, relative)
    os.replace(_write_beside(path, content), path)


def inside(folder: Path | str, relative: str) -> Path:
    """The path within a folder; raises ValueError as `write_into` does. Nothing is written."""
    path = Path(folder)
    for name in relative.split("/"):
        if fault := name_fault(name):
            raise ValueError(f"{printable(relative, 120)!r}: {fault}; {EXPECTED}")
        path = path / name
        if path.is_symlink():
            raise ValueError(f"{printable(relative, 120)!r}: a link on the way; {EXPECTED}")
    return path


def name_fault(name: str) -> str:
    """What keeps a name from being one of a file on every system, in words; empty where nothing."""
    if name in ("", ".", ".."):
        return "no name"
    if re.search(r'[\\/:*?"<>|]', name) or not name.isprintable():
        return "a character that no name of a file has"
    if name[0] in " ~-" or name[-1] in " .":
        return f"a name that begins or ends with {name[0] if name[0] in ' ~-' else name[-1]!r}"
    if DEVICES.fullmatch(name):
        return "a name that Windows keeps for a device"
    if len(os.fsencode(name)) > LONGEST:
        return f"a name of more than {LONGEST} bytes"
    return ""


def make_folder(folder: Path, files: Mapping[str, bytes]) -> None:
    """Make a new folder of files (relative path to bytes), whole or not at all.

    Raises ValueError as `write_into` does, and where two names are one on some system (`a`, `A`),
    or a file is to hold another. Raises OSError where something stands there already.
    """
    _refuse_names(folder, files)
    new = [parent for parent in folder.parents if not parent.exists()]
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        with TemporaryDirectory(dir=folder.parent) as beside:
            made = Path(beside) / "made"
            made.mkdir()
            for name, content in files.items():
                write_into(made, name, content)
            settle_all(made)
            os.rename(made, folder)
            settle(folder.parent)
    except BaseException:
        for parent in new:
            with suppress(OSError):
                parent.rmdir()
        raise


def _refuse_names(folder: Path, names: Mapping[str, bytes]) -> None:
    taken: dict[str, str] = {}
    for name in names:
        inside(folder, name)
        other = taken.setdefault(name.casefold(), name)
        if other != name:
            raise ValueError(f"{name!r} and {other!r} are one name on some systems; {EXPECTED}")
    for name in taken:
        for parent in Path(name).parents:
            if str(parent) in taken:
                raise ValueError(f"{str(parent)!r} is a file and a folder; {EXPECTED}")


def csv_text(rows: Iterable[Iterable[object]]) -> str:
    """Rows as CSV text, its lines parted by a line feed.

    Python's writer leaves a lone carriage return unquoted, and readers then take it for the end of
    a row.
    """
    return "".join(",".join(map(_quoted, row)) + "\n" for row in rows)


def _quoted(cell: object) -> str:
    text = str(cell)
    return '"' + text.replace('"', '""') + '"' if QUOTED.search(text) else text


def read_bytes(path: Path | str, most: int) -> bytes:
    """The bytes of a file. Raises OSError for what is no file, or is larger than `most` bytes."""
    path = Path(path)
    if path.exists() and not path.is_file():
        raise OSError(0, "no file")
    with open(path, "rb") as file:
        content = file.read(most + 1) if path.stat().st_size <= most else b""
    if (not content and path.stat().st_size) or len(content) > most:
        raise OSError(0, f"a file of more than {most // 1_000_000} MB")
    return content
