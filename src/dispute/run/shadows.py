"""Files of one's own that hide our packages from a notebook.

Python looks first in the folder that a notebook runs in. A `helpers.py` there is imported in place
of the package `helpers`, and every cell after it fails with words that lead nowhere.
`python -P -m dispute.run.shadows` tells of them with status 2; `-P`, for else a `dispute.py` in the
working folder would hide this room too.
"""

from collections.abc import Iterator
from pathlib import Path

from helpers.case.problems import Problem

SRC = Path(__file__).parents[2]
PACKAGES = ("helpers", "dispute")
FOLDERS = (Path("."), Path("notebooks"))


def shadows(*folders: Path) -> list[Problem]:
    """A problem for each file or folder with Python files that has the name of a package of ours.

    `folders` are those that notebooks run in; without any, the working folder and `notebooks`.
    """
    return [_problem(path) for folder in folders or FOLDERS for path in _hiding(folder)]


def _hiding(folder: Path) -> Iterator[Path]:
    """What hides a package in a folder. The package itself, met in its own place, does not."""
    for name in PACKAGES:
        room, package = folder / f"{name}.py", folder / name
        if room.is_file():
            yield room
        if package.is_dir() and any(package.rglob("*.py")):
            if package.resolve() != (SRC / name).resolve():
                yield package


def _problem(path: Path) -> Problem:
    kind = "a folder with Python files" if path.is_dir() else "a file"
    found = f"{kind} that hides the package of this name from notebooks"
    return Problem(path.as_posix(), 0, "", found, "another name")
