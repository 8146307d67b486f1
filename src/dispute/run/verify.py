"""Compare a report with another build of it: identical, or where it first differs. Tables by cell, notebooks by cell, pictures by pixel, all else by line."""

import csv
import io
import json

PARTS = [
    "data/processed",
    "reports/figures",
    "reports/notebooks",
    "reports/brief.pdf",
    "reports/site",
]  # the manifest tells of a machine, and is not compared


def published(folder):
    """Whether a report stands in a folder: its tables at least."""
    return any((folder / PARTS[0]).glob("*.csv"))


def compare(new, old):
    """`(path, difference)` for every file of two folders of reports, the difference empty where there is none. A part that `old` lacks as a whole is left out."""
    told = []
    for part in (part for part in PARTS if (old / part).exists()):
        if (old / part).is_file():
            told.append((part, difference(new / part, old / part)))
            continue
        files = {
            path.relative_to(folder / part)
            for folder in (new, old)
            for path in (folder / part).rglob("*")
            if path.is_file()
        }
        told += [
            (f"{part}/{path.as_posix()}", difference(new / part / path, old / part / path))
            for path in sorted(files)
        ]
    return told


def difference(new, old):
    """Where two files first differ, in words; an empty text where they do not."""
    if not (new.is_file() and old.is_file()):
        return "is not there" if new.is_file() else "is there, and no build makes it"
    one, other = new.read_bytes(), old.read_bytes()
    if one == other:
        return ""
    if old.suffix == ".png":
        return _pictures(new, old)
    try:
        one, other = one.decode(), other.decode()
        return {".csv": _tables, ".ipynb": _notebooks}.get(old.suffix, _lines)(one, other)
    except ValueError:  # not text, no notebook, no table
        return f"{_first(one, other)}th {'character' if isinstance(one, str) else 'byte'} differs"


def _first(one, other):
    return next(
        (number for number, (a, b) in enumerate(zip(one, other), start=1) if a != b),
        min(len(one), len(other)) + 1,
    )


def _lines(one, other):
    a, b = one.splitlines(keepends=True), other.splitlines(keepends=True)
    number = _first(a, b)
    return f"line {number} is {_shown(b, number)}, the build makes {_shown(a, number)}"


def _tables(one, other):
    a, b = ([*csv.reader(io.StringIO(text, newline=""), strict=True)] for text in (one, other))
    row = _first(a, b)
    if a == b or not row <= min(len(a), len(b)):
        return f"{len(b) - 1} rows, the build makes {len(a) - 1}" if a != b else _lines(one, other)
    column = _first(a[row - 1], b[row - 1])
    name = a[0][column - 1] if column <= len(a[0]) else f"cell {column}"
    line = _first(one.splitlines(), other.splitlines())
    return f"row {row}, {name} (line {line}) is {_shown(b[row - 1], column)}, the build makes {_shown(a[row - 1], column)}"


def _notebooks(one, other):
    a, b = (json.loads(text)["cells"] for text in (one, other))
    number = _first(a, b)
    if a == b:
        return _lines(one, other)
    if number > min(len(a), len(b)):
        return f"{len(b)} cells, the build makes {len(a)}"
    parts = [
        key
        for key in sorted(a[number - 1].keys() | b[number - 1].keys())
        if a[number - 1].get(key) != b[number - 1].get(key)
    ]
    return f"cell {number} differs in its {', '.join(parts)}"


def _pictures(new, old):
    from matplotlib.image import imread

    try:
        one, other = imread(new), imread(old)
    except (OSError, SyntaxError, ValueError):
        return "is no picture that can be read"
    if one.shape != other.shape:
        return f"{other.shape[1]} x {other.shape[0]} pixels, the build makes {one.shape[1]} x {one.shape[0]}"
    apart = (one != other).any(axis=-1)
    if not apart.any():
        return ""
    row, column = next(zip(*apart.nonzero()))
    return f"{apart.sum()} of {apart.size} pixels differ, the first in row {row + 1}, column {column + 1}"


def _shown(parts, number):
    text = repr(parts[number - 1]) if number <= len(parts) else "nothing"
    return text if len(text) <= 80 else text[:77] + "…'"
