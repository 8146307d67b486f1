"""New files of a case: tried first, then put in their place, all of them or none."""

import os
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from tempfile import TemporaryDirectory

from helpers.case.files import inside, make_folder, settle, write_files
from helpers.case.load import check
from helpers.case.owners import expect_writable
from helpers.case.problems import told

# What a case needs besides its articles, to be checked.
FRAME = {
    "case.yaml": b"title: A trial\nsubtitle: Of new articles\nquestion: Are they sound?\n",
    "codebook/stances.csv": b"stance,side,label,meaning\n0,neutral,none,none\n",
}


def faults(files: Mapping[str, bytes]) -> str:
    """Why new files would be no sound part of a case, in words; empty where they would be."""
    with TemporaryDirectory() as elsewhere:
        trial = Path(elsewhere) / "case"
        try:
            make_folder(trial, {**FRAME, **files})
        except ValueError as error:
            return str(error)
        return "; ".join(told(check(trial)[:5]))


def put_new(
    folder: Path, files: Mapping[str, bytes], longer: Mapping[str, bytes] | None = None
) -> None:
    """Put files, by their paths within a folder, where nothing stands; all of them or none.

    Each is written beside its place and then linked, so that a reader meets whole files and nothing
    that somebody else put there meanwhile is overwritten. Raises OSError where something is there.
    `longer` are tables that got rows: they take the place of what stands there, at the end.
    """
    targets = {inside(folder, name): content for name, content in files.items()}
    tables = {inside(folder, name): content for name, content in (longer or {}).items()}
    expect_writable([*targets, *tables])
    put: list[Path] = []
    with TemporaryDirectory(dir=folder, prefix=".adding-") as beside:
        try:
            for number, (target, content) in enumerate(targets.items()):
                target.parent.mkdir(exist_ok=True)
                made = Path(beside) / str(number)
                made.write_bytes(content)
                settle(made)
                _link(made, target, content)
                put.append(target)
            for parent in sorted({target.parent for target in targets}):
                settle(parent)
            write_files(tables)
        except BaseException:
            for path in put:
                with suppress(OSError):
                    path.unlink()
            raise


def _link(made: Path, target: Path, content: bytes) -> None:
    try:
        os.link(made, target)
    except FileExistsError:
        raise
    except OSError:
        # A file system without links.
        with open(target, "xb") as file:
            file.write(content)
