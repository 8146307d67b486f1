"""Files that are put in their place whole, and never outside it; files that are read with a limit.

Whatever takes a name from data (an import, a page called by an id) writes by `write_into` or
`make_folder`: both refuse a name that leads out of the folder, or that is none on some system.
"""

import os
import re
from collections.abc import Iterable, Mapping
from contextlib import suppress
from pathlib import Path
from tempfile import TemporaryDirectory

from helpers.words import printable

# Names that Windows keeps for devices, whatever their ending.
DEVICES = re.compile(r"(con|prn|aux|nul|com[0-9]|lpt[0-9])(\..*)?", re.IGNORECASE)
# Bytes of one name: most systems allow 255, the rest is room for what stands beside it.
LONGEST = 200
# What cannot stand in a cell of CSV without quotation marks.
QUOTED = re.compile('[",\r\n]')
EXPECTED = "expected the name of a file within its folder"


def write_file(path: Path, content: bytes) -> None:
    """Put bytes at a path, and make its folder where there is none.

    They are written beside it, then moved, so that a reader meets the old or the new file. No link
    is followed: one that stands there is replaced.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_name(f".{path.name}.{os.getpid()}")
    beside.unlink(missing_ok=True)
    with open(beside, "xb") as file:
        file.write(content)
    os.replace(beside, path)


def write_into(folder: Path | str, relative: str, content: bytes) -> None:
    """Put bytes at a relative path within a folder, as `write_file` does.

    Raises ValueError, with nothing written, where the path leads out of the folder, goes through a
    link, or holds a name that some system cannot have (see `name_fault`).
    """
    write_file(inside(folder, relative), content)


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
            os.rename(made, folder)
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
