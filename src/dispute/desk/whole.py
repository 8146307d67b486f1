"""Whole: an edit of several files is there with all of them or with none, whatever comes between.

First a note of it is on the disk: of each file what it was, and what it becomes. Then the files
change, then the note goes. Where a kill came between, who opens the case next ends the edit.
"""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

from dispute.desk.journal import content_of, digest
from helpers.case.files import inside, settle, write_file, write_files
from helpers.case.problems import CaseError, Problem
from helpers.case.schema import SCHEMA

NOTE = "codebook/.desk-edit.json"
# The files that an edit may be of: a case can be a stranger's, and its note too.
FILES = {spec["file"] for spec in SCHEMA["raw"].values() if spec["file"].startswith("codebook/")}
STRANGE = "a note of an edit that no desk has written"


class Edited(NamedTuple):
    """A file of an edit: the digest of what it was, and what it becomes."""

    before: str
    after: bytes


def write_whole(folder: Path, contents: Mapping[str, bytes]) -> None:
    """Put contents at paths of a case. Raises OSError; then all is as it was, or is ended later."""
    files = {
        name: {"before": digest(content_of(folder / name)), "after": content.decode()}
        for name, content in contents.items()
    }
    write_file(folder / NOTE, json.dumps(files, ensure_ascii=False).encode())
    try:
        finish(folder)
    except OSError:
        if all(digest(content_of(folder / name)) == one["before"] for name, one in files.items()):
            (folder / NOTE).unlink(missing_ok=True)
        raise


def finish(folder: Path) -> None:
    """End an edit that was cut short.

    Raises CaseError where a file of it was changed by somebody since, and for a note of strangers.
    """
    if not (folder / NOTE).exists():
        return
    waiting: dict[Path, bytes] = {}
    problems = []
    for name, one in _noted(folder).items():
        path = inside(folder, name)
        content = content_of(path)
        if content == one.after:
            continue
        waiting[path] = one.after
        if digest(content) != one.before:
            problems.append(Problem(name, 0, "", FOUND, f"{EXPECTED}; then remove {NOTE}"))
    if problems:
        raise CaseError(problems)
    write_files(waiting)
    (folder / NOTE).unlink()
    settle((folder / NOTE).parent)


def unfinished(folder: Path) -> str:
    """That an edit was cut short, and what ends it, in a sentence; empty where none was."""
    if not (folder / NOTE).exists():
        return ""
    ends = "`dispute desk CASE --coder NAME --adjudicate` ends it"
    return f"Warning: {NOTE}: an edit of the codebook that was cut short; {ends}"


def _noted(folder: Path) -> dict[str, Edited]:
    """The files of an edit by their names. Raises CaseError for a note that no desk has written."""
    try:
        said = json.loads((folder / NOTE).read_bytes())
        files = {name: Edited(one["before"], one["after"].encode()) for name, one in said.items()}
    except (ValueError, RecursionError, AttributeError, KeyError, TypeError):
        files = {"": Edited("", b"")}
    if not files.keys() <= FILES:
        raise CaseError([Problem(NOTE, 0, "", STRANGE, "no such file: remove it")])
    return files


def clear_halves(folder: Path) -> None:
    """Remove what a kill left of files of the codebook that were being written."""
    for half in folder.glob("codebook/.*.[0-9]*"):
        half.unlink()


FOUND = "a file that was changed since an edit of it at the desk was cut short"
EXPECTED = "all of the edit in the files, or none of it: put it in by hand"
