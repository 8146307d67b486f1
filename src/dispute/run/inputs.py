"""What goes into a step: a label and a digest for each file, or a value.

What is not known on a dry run is None (see `steps`).
"""

from collections.abc import Mapping
from pathlib import Path

from dispute.run.imports import files, imported
from dispute.run.steps import UNKNOWN, digest, tree

SRC = Path(__file__).parents[2]
PACKAGES = [SRC / "helpers", SRC / "dispute"]

Labels = dict[str, str]
Inputs = dict[str, str | None]


def files_below(name: str, folder: Path) -> Labels:
    """The digests of the files of a folder, each under `name` and its path."""
    return {f"{name}/{path}": value for path, value in tree(folder).items()}


def made_by(step: str, folder: Path, only: str = "") -> Inputs:
    """What another step made, as inputs; `only` is how the paths begin that count."""
    if folder == UNKNOWN:
        return {f"{step}:": None}
    made = tree(folder).items()
    return {f"{step}: {path}": value for path, value in made if path.startswith(only)}


def made_by_each(kind: str, folders: Mapping[str, Path], only: str = "") -> Inputs:
    """What the steps of all notebooks made, as inputs."""
    inputs: Inputs = {}
    for book, folder in folders.items():
        inputs |= made_by(f"{kind}-{book}", folder, only)
    return inputs


def case_files(case_dir: str) -> Labels:
    """The files of a case, where reading one would find it.

    What is no file there counts too, so that it is looked at.
    """
    places = [base / case_dir for base in (Path("."), *Path.cwd().parents)]
    home = next((place for place in places if place.is_dir()), Path(case_dir))
    odd = [path for path in home.rglob("*") if path.is_symlink() or not _is_plain(path)]
    names = [path.relative_to(home).as_posix() for path in odd]
    return files_below(case_dir, home) | {
        f"{case_dir}/{name}: link or device": "" for name in names
    }


def _is_plain(path: Path) -> bool:
    return path.is_file() or path.is_dir()


def code_of(*modules: str) -> Labels:
    """The files of our packages that modules depend on: their own, and what they import."""
    return imported_by("\n".join(f"import {module}" for module in modules))


def imported_by(text: str) -> Labels:
    """The files of our packages that a Python text imports."""
    return {_label(path): digest(path) for path in imported(text, *PACKAGES)}


def all_code() -> Labels:
    """Every file of our packages."""
    return {_label(path): digest(path) for package in PACKAGES for path in files(package)}


def _label(path: Path) -> str:
    return f"src/{path.relative_to(SRC).as_posix()}"
