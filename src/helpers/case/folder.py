"""The folder of a case: where it is, whether it is one, and what in it must not be followed.

Whether it is a case is looked at first, by two names: a folder that is none (a home folder, a
whole disk) is not walked. Then only what belongs to a case is: `files_of`.

A rule for a path is one function: it gives what was found and what was expected, or None where all
is well. `RULES` lists them; the first that speaks is told.
"""

import shutil
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import NamedTuple

from helpers.case.problems import CaseError, Problem, nearest
from helpers.case.schema import BY_CODER, BY_PROPOSER, PROPOSER, SCHEMA

# The parts of a case folder; what lies beside them is nobody's business here.
FOLDERS = ("articles", "codebook", "coding", "proposals")
_RAW = [spec["file"] for spec in SCHEMA["raw"].values() if spec["file"].endswith(".csv")]
FILES = ("README.md", "case.yaml", *(file for file in _RAW if file.count("/") == 0))
# Tables by coder have a file in each coder's folder, `coding/<coder>/`.
CODING = "coding"
CODED_FILES = {file.rpartition("/")[2] for file in BY_CODER.values()}
# Proposals have theirs in each proposer's folder, `proposals/<proposer>/`.
PROPOSALS = "proposals"
PROPOSED_FILES = {file.rpartition("/")[2] for file in BY_PROPOSER.values()}
DECISIONS: str = SCHEMA["raw"]["decisions"]["file"]
SAMPLE: str = SCHEMA["raw"]["sample"]["file"]
# Where the rows of all coders, and the decisions, once stood.
EARLIER = [
    f"{CODING}/{name}"
    for name in ("adjudication.csv", "event_mentions.csv", "relations.csv", "statements.csv")
]
# What a case may hold at most: files, folders and links together.
MOST = 100_000
# Endings of what is read, and how people also write them.
TEXTS = {".txt", ".yaml", ".yml"}
TABLES = {".csv"}

# How a notebook that runs alone is told where its case is.
HOW = "(papermill hands it to a notebook: -p case_dir FOLDER)"


class Fault(NamedTuple):
    """What is wrong with a path, and what it should have been."""

    found: str
    expected: str


def locate(case_dir: Path | str) -> Path:
    """The case folder: absolute, or relative to the current folder or any above it.

    Raises CaseError where there is none, and where the folder is no case: it has neither a
    `case.yaml` nor a folder `articles`.
    """
    here = Path.cwd()
    for base in (here, *here.parents):
        if _is_folder(base / case_dir):
            return _a_case(base / case_dir, str(case_dir))
    expected = f"the folder of a case, from here or a folder above {HOW}"
    raise CaseError([Problem(str(case_dir), 0, "", "no such folder", expected)])


def _is_folder(path: Path) -> bool:
    try:
        return path.is_dir()
    except (OSError, ValueError):
        # A name that is too long, or that holds a NUL.
        return False


def _a_case(folder: Path, name: str) -> Path:
    if (folder / "case.yaml").exists() or (folder / "articles").is_dir():
        return folder
    found = "no case.yaml and no articles"
    raise CaseError([Problem(name, 0, "", found, "the folder of a case")])


def files_of(folder: Path) -> Iterator[Path]:
    """What is in the folder of a case and belongs to it: files, folders and links, unsorted."""
    for name in FILES:
        path = folder / name
        if path.exists() or path.is_symlink():
            yield path
    for name in FOLDERS:
        path = folder / name
        if path.exists() or path.is_symlink():
            yield path
        yield from path.rglob("*")


def has_proposals(folder: Path) -> bool:
    """Whether a case holds a folder of a proposer."""
    return any(
        path.is_file() for path in folder.glob(BY_PROPOSER["proposers"].replace(PROPOSER, "*"))
    )


def has_sample(folder: Path) -> bool:
    """Whether a case holds a sample of articles."""
    return (folder / SAMPLE).is_file()


def copy_case(folder: Path, target: Path) -> None:
    """Copy what belongs to a case into another folder, to try a change on it."""
    for path in sorted(files_of(folder)):
        if path.is_file():
            place = target / path.relative_to(folder)
            place.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(path, place)


def stray_paths(folder: Path) -> list[Problem]:
    """Links that lead out of the folder or nowhere, what is neither file nor folder, odd names.

    Where there are any, nothing of the case may be read at all.
    """
    problems = []
    paths = list(islice(files_of(folder), MOST + 1))
    if len(paths) > MOST:
        return [Problem(str(folder), 0, "", f"more than {MOST} files", "the folder of a case")]
    for path in sorted(paths):
        name = path.relative_to(folder).as_posix()
        for rule in RULES:
            if fault := rule(path, folder):
                problems.append(Problem(_printable(name), 0, "", *fault))
                break
    return problems


def unread_files(folder: Path) -> Iterator[Problem]:
    """Files that look as if they were read and are not: another name, ending or folder."""
    known = {spec["file"] for spec in SCHEMA["raw"].values()} | set(FILES)
    for path in sorted([*files_of(folder), *folder.glob("*")]):
        name = path.relative_to(folder).as_posix()
        is_known = name in known or _is_of_a_folder(name)
        if path.is_dir() or is_known or path.name.startswith("."):
            continue
        if _seems_read(path, name):
            choices = {*known, _in_lower_case(path, name)}
            expected = f"another name, or place{nearest(name, choices)}"
            yield Problem(name, 0, "", "a file that is not read", expected)


def _is_of_a_folder(name: str) -> bool:
    """Whether a path is a file of a coder's folder, or of a proposer's."""
    home, _, rest = name.partition("/")
    files = {CODING: CODED_FILES, PROPOSALS: PROPOSED_FILES}.get(home, set())
    return rest.count("/") == 1 and rest.partition("/")[2] in files


def earlier_layout(folder: Path) -> list[Problem]:
    """One problem where a case has the rows of all coders in one file, as cases once had."""
    there = [name for name in EARLIER if (folder / name).is_file()]
    if not there:
        return []
    found = f"the earlier layout of a case ({', '.join(there)})"
    expected = f"a folder for each coder; `dispute check --migrate {folder}` brings the case over"
    return [Problem(CODING, 0, "", found, expected)]


def _seems_read(path: Path, name: str) -> bool:
    """Whether a file that is none of the known ones seems to belong to a case."""
    ending, parts = path.suffix.lower(), name.split("/")
    if parts[0] == "articles":
        is_article = len(parts) == 2 and path.suffix in (".txt", ".yaml")
        return ending in TEXTS and not is_article
    if len(parts) == 1:
        is_case = path.stem.lower() == "case" and ending in (".yaml", ".yml")
        return ending in TABLES or is_case
    return ending in TABLES


def _in_lower_case(path: Path, name: str) -> str:
    return name.lower().replace(".yml", ".yaml")


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
