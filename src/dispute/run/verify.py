"""Compare a report with another build of it: identical, or where it first differs.

Tables are compared by cell, notebooks by cell, pictures by pixel, all else by line.
"""

import csv
import gzip
import io
import json
import zlib
from collections.abc import Sequence
from itertools import zip_longest
from pathlib import Path
from typing import Any

# The manifest tells of a machine, and is not compared.
PARTS = [
    "data/processed",
    "reports/figures",
    "reports/notebooks",
    "reports/brief.pdf",
    "reports/site",
    "REPLICATION.md",
]
# How long a text is shown.
WIDTH = 80
# Where a sequence ends: equal to nothing in another.
END = object()


def published(folder: Path) -> bool:
    """Whether a report stands in a folder: its tables at least."""
    return any((folder / PARTS[0]).glob("*.csv*"))


def compare(new: Path, old: Path) -> list[tuple[str, str]]:
    """`(path, difference)` for every file of two folders of reports.

    The difference is empty where there is none. A part that `old` lacks as a whole is left out.
    """
    paths = [path for part in PARTS if (old / part).exists() for path in _files(part, new, old)]
    return [(path, difference(new / path, old / path)) for path in paths]


def _files(part: str, new: Path, old: Path) -> list[str]:
    """The paths of the files of a part, in either report, sorted."""
    if (old / part).is_file():
        return [part]
    paths = {
        path.relative_to(report / part)
        for report in (new, old)
        for path in (report / part).rglob("*")
        if path.is_file()
    }
    return [f"{part}/{path.as_posix()}" for path in sorted(paths)]


def difference(new: Path, old: Path) -> str:
    """Where two files first differ, in words; an empty text where they do not."""
    if not (new.is_file() and old.is_file()):
        return "is not there" if new.is_file() else "is there, and no build makes it"
    one, other = new.read_bytes(), old.read_bytes()
    if one == other:
        return ""
    if old.suffix == ".png":
        return _pictures(new, old)
    try:
        texts = _unpacked(one).decode(), _unpacked(other).decode()
    except (ValueError, OSError, EOFError, zlib.error):
        return f"{_first(one, other)}th byte differs"
    if texts[0] == texts[1]:
        return ""  # packed by another library
    try:
        kind = old.name.removesuffix(".gz").rpartition(".")[2]
        return {"csv": _tables, "ipynb": _notebooks}.get(kind, _lines)(*texts)
    except (ValueError, KeyError, TypeError, AttributeError, csv.Error):  # no notebook, no table
        return f"{_first(*texts)}th character differs"


def _unpacked(content: bytes) -> bytes:
    """What gzip packed; what it did not, as it is."""
    return gzip.decompress(content) if content.startswith(b"\x1f\x8b") else content


def _first(one: Sequence[Any], other: Sequence[Any]) -> int:
    """The place, counted from 1, where two sequences first differ or one of them ends."""
    pairs = zip_longest(one, other, fillvalue=END)
    for number, (a, b) in enumerate(pairs, start=1):
        if a != b:
            return number
    return len(one) + 1


def _lines(one: str, other: str) -> str:
    a, b = one.splitlines(keepends=True), other.splitlines(keepends=True)
    number = _first(a, b)
    return f"line {number} is {_shown(b, number)}, the build makes {_shown(a, number)}"


def _tables(one: str, other: str) -> str:
    a, b = _rows(one), _rows(other)
    if a == b:
        return _lines(one, other)
    row = _first(a, b)
    if row > min(len(a), len(b)):
        return f"{len(b) - 1} rows, the build makes {len(a) - 1}"
    ours, theirs = a[row - 1], b[row - 1]
    column = _first(ours, theirs)
    name = a[0][column - 1] if column <= len(a[0]) else f"cell {column}"
    line = _first(one.splitlines(), other.splitlines())
    stands, made = _shown(theirs, column), _shown(ours, column)
    return f"row {row}, {name} (line {line}) is {stands}, the build makes {made}"


def _rows(text: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO(text, newline=""), strict=True))


def _notebooks(one: str, other: str) -> str:
    a, b = json.loads(one)["cells"], json.loads(other)["cells"]
    if a == b:
        return _lines(one, other)
    number = _first(a, b)
    if number > min(len(a), len(b)):
        return f"{len(b)} cells, the build makes {len(a)}"
    ours, theirs = a[number - 1], b[number - 1]
    names = sorted(ours.keys() | theirs.keys())
    parts = [name for name in names if ours.get(name) != theirs.get(name)]
    return f"cell {number} differs in its {', '.join(parts)}"


def _pictures(new: Path, old: Path) -> str:
    from matplotlib.image import imread

    try:
        one, other = imread(new), imread(old)
    except (OSError, SyntaxError, ValueError):
        return "is no picture that can be read"
    if one.shape != other.shape:
        return f"{_size(other)} pixels, the build makes {_size(one)}"
    apart = (one != other).any(axis=-1)
    if not apart.any():
        return ""
    rows, columns = apart.nonzero()
    place = f"row {rows[0] + 1}, column {columns[0] + 1}"
    return f"{apart.sum()} of {apart.size} pixels differ, the first in {place}"


def _size(picture: Any) -> str:
    return f"{picture.shape[1]} x {picture.shape[0]}"


def _shown(parts: Sequence[Any], number: int) -> str:
    text = repr(parts[number - 1]) if number <= len(parts) else "nothing"
    return text if len(text) <= WIDTH else f"{text[: WIDTH - 3]}…'"
