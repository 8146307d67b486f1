"""Whole: an edit of several files is there with all of them or with none, whatever comes between.

First a note of it is on the disk: of each file what it was, and what it becomes. Then the files
change, then the note goes. Where a kill came between, who opens the case next ends the edit.
"""

import json
from collections.abc import Mapping
from pathlib import Path

from dispute.desk.journal import digest
from helpers.case.files import settle, write_file, write_files
from helpers.case.problems import CaseError, Problem

NOTE = "codebook/.desk-edit.json"


def write_whole(folder: Path, contents: Mapping[str, bytes]) -> None:
    """Put contents at paths of a case. Raises OSError; then all is as it was, or is ended later."""
    files = {
        name: {"before": digest(_content(folder / name)), "after": content.decode()}
        for name, content in contents.items()
    }
    write_file(folder / NOTE, json.dumps(files, ensure_ascii=False).encode())
    try:
        finish(folder)
    except OSError:
        if all(digest(_content(folder / name)) == one["before"] for name, one in files.items()):
            (folder / NOTE).unlink(missing_ok=True)
        raise


def finish(folder: Path) -> None:
    """End an edit that was cut short. CaseError: a file of it was changed by somebody since."""
    if not (folder / NOTE).exists():
        return
    files = json.loads((folder / NOTE).read_bytes())
    waiting: dict[Path, bytes] = {}
    problems = []
    for name, one in files.items():
        content, after = _content(folder / name), one["after"].encode()
        if content == after:
            continue
        waiting[folder / name] = after
        if digest(content) != one["before"]:
            problems.append(Problem(name, 0, "", FOUND, f"{EXPECTED}; then remove {NOTE}"))
    if problems:
        raise CaseError(problems)
    write_files(waiting)
    (folder / NOTE).unlink()
    settle((folder / NOTE).parent)


def clear_halves(folder: Path) -> None:
    """Remove what a kill left of files of the codebook that were being written."""
    for half in folder.glob("codebook/.*.[0-9]*"):
        half.unlink()


FOUND = "a file that was changed since an edit of it at the desk was cut short"
EXPECTED = "all of the edit in the files, or none of it: put it in by hand"


def _content(path: Path) -> bytes | None:
    return path.read_bytes() if path.is_file() else None
