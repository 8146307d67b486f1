"""The folder of a case: where it is, and what in it must not be followed.

A rule for a path is one function: it gives what was found and what was expected, or None where all
is well. `RULES` lists them; the first that speaks is told.
"""

from pathlib import Path
from typing import NamedTuple

from helpers.case.problems import CaseError, Problem

# How a notebook that runs alone is told where its case is.
HOW = "(papermill hands it to a notebook: -p case_dir FOLDER)"


class Fault(NamedTuple):
    """What is wrong with a path, and what it should have been."""

    found: str
    expected: str


def locate(case_dir: Path | str) -> Path:
    """The case folder: absolute, or relative to the current folder or any above it.

    Raises CaseError where there is none.
    """
    here = Path.cwd()
    for base in (here, *here.parents):
        if (base / case_dir).is_dir():
            return base / case_dir
    expected = f"the folder of a case, from here or a folder above {HOW}"
    raise CaseError([Problem(str(case_dir), 0, "", "no such folder", expected)])


def stray_paths(folder: Path) -> list[Problem]:
    """Links that lead out of the folder or nowhere, what is neither file nor folder, odd names.

    Where there are any, nothing of the case may be read at all.
    """
    problems = []
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder).as_posix()
        for rule in RULES:
            if fault := rule(path, folder):
                problems.append(Problem(_printable(name), 0, "", *fault))
                break
    return problems


def _printable(name: str) -> str:
    return name if name.isprintable() else ascii(name)[1:-1]


def _name_is_printable(path: Path, folder: Path) -> Fault | None:
    if path.relative_to(folder).as_posix().isprintable():
        return None
    expected = "a name in UTF-8, without control characters"
    return Fault("a name that cannot be printed", expected)


def _link_stays_inside(path: Path, folder: Path) -> Fault | None:
    if not path.is_symlink():
        return None
    if path.exists() and path.resolve().is_relative_to(folder.resolve()):
        return None
    return Fault("a link that leads out of the folder, or nowhere", "a file of the case itself")


def _is_file_or_folder(path: Path, folder: Path) -> Fault | None:
    if path.is_file() or path.is_dir():
        return None
    return Fault("neither a file nor a folder", "a file")


RULES = (_name_is_printable, _link_stays_inside, _is_file_or_folder)
