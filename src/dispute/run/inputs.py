"""What goes into a step: a label and a digest for each file, or a value.

What is not known on a dry run is None (see `steps`).
"""

import hashlib
from collections.abc import Collection, Mapping, Sequence
from functools import cache
from pathlib import Path

from dispute.run.imports import files, imported
from dispute.run.steps import UNKNOWN, digest, tree
from helpers.case.folder import files_of, locate, stray_paths, unread_files
from helpers.case.parts import NOTES, TABLES, table_of, without_notes

SRC = Path(__file__).parents[2]
PACKAGES = [SRC / "helpers", SRC / "dispute"]

Labels = dict[str, str]
Inputs = dict[str, str | None]


def files_below(name: str, folder: Path) -> Labels:
    """The digests of the files of a folder, each under `name` and its path."""
    return {f"{name}/{path}": value for path, value in tree(folder).items()}


def outputs_of(folders: Mapping[str, Path]) -> Inputs:
    """The digests of what is published, by its path; None for a folder that is not known yet."""
    outputs: Inputs = {}
    for name, folder in folders.items():
        outputs |= {f"{name}:": None} if folder == UNKNOWN else files_below(name, folder)
    return outputs


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


def of_tables(made: Inputs, tables: Collection[str]) -> Inputs:
    """Of what notebooks made the files of some tables, and what is not known yet."""
    named = {label: Path(label).name.partition(".")[0] for label in made}
    return {label: made[label] for label in made if made[label] is None or named[label] in tables}


def case_files(case_dir: str) -> Labels:
    """The files of a case, where reading one would find it: those that belong to it.

    What is no file there counts too, and a table beside them that is not read, so that both are
    looked at. Where something leads out of the folder, nothing is read.
    """
    home = locate(case_dir)
    if stray := stray_paths(home):
        return {f"{case_dir}/{problem.file}: {problem.found}": "" for problem in stray}
    unread = {f"{case_dir}/{problem.file}": problem.found for problem in unread_files(home)}
    paths = {path.relative_to(home).as_posix(): path for path in files_of(home)}
    return unread | {
        f"{case_dir}/{name}": digest(path) for name, path in sorted(paths.items()) if path.is_file()
    }


def read_without(raw: Mapping[str, str], case_dir: str, parts: Sequence[str]) -> Labels:
    """Of the files of a case what a notebook reads that goes without some parts of it.

    `raw`: the files as `case_files` gives them. One of which a part is left out has a label that
    says so, and the digest of what is left.
    """
    read = {}
    for label, value in raw.items():
        name = label.removeprefix(f"{case_dir}/")
        table = table_of(name)
        if table in parts:
            continue
        if NOTES in parts and TABLES.get(table):
            path = locate(case_dir) / name
            read[f"{label} as far as it is read"] = _without_notes(path, value)
        else:
            read[label] = value
    return read


@cache
def _without_notes(path: Path, digest_of_it: str) -> str:
    """The digest of a table without its notes; several notebooks ask for it."""
    if not path.is_file():
        return digest_of_it
    return hashlib.sha256(without_notes(path.read_bytes())).hexdigest()


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
