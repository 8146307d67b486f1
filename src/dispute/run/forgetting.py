"""What a project holds of an article that was withdrawn: what was made goes, what is left is told.

A report can be made again; so all that was made goes, whether or not it holds the words.
"""

import gzip
import shutil
from collections.abc import Iterator
from pathlib import Path

from dispute.run.draft import ANSWERS
from dispute.run.graph import BRIEF, FOLDERS, NEWS, RECORD
from dispute.run.health import HEALTH
from dispute.run.lab import COPIES, KEPT
from dispute.run.notebooks import as_bytes
from dispute.run.publishing import JOURNAL
from dispute.site.notebook import without_outputs
from helpers.case.files import write_file
from helpers.case.owners import expect_replaceable, expect_writable
from helpers.case.withdrawal import Run, places

FILES = [BRIEF, JOURNAL, HEALTH, "reports/log.jsonl"]
MADE = [*FOLDERS, *NEWS, *RECORD, *FILES, "reports/failed"]
# What is not of the project's own making.
ASIDE = {".git", ".venv", ".prove"}


def expect_forgettable(project: Path, cache: Path) -> None:
    """Raise PermissionError where not all could be removed that `forget` removes."""
    for path in [*cache.iterdir(), *(project / name for name in MADE)]:
        expect_replaceable(path)
    expect_writable(project.glob("notebooks/*.ipynb"))


def forget(project: Path, cache: Path) -> list[Path]:
    """Remove what runs made and kept; gives the notebooks whose outputs went.

    Copies of notebooks lose their outputs too. The lock of the cache, which is held, stays.
    """
    kept = [path for path in cache.iterdir() if not path.name.startswith("lock")]
    for path in [*kept, *(project / name for name in MADE)]:
        if path.is_dir() and not path.is_symlink():
            shutil.rmtree(path)
        else:
            path.unlink(missing_ok=True)
    for copy in project.glob(f"{COPIES}/*.ipynb"):  # a reader's own: not to be run again
        _emptied(copy)
    books = [book for folder in KEPT for book in project.glob(f"{folder}/*.ipynb")]
    return [path.relative_to(project) for path in sorted(books) if _emptied(path)]


def forget_answers(cache: Path) -> None:
    """Remove what models answered: it holds words of articles, of whatever case they are."""
    shutil.rmtree(cache / ANSWERS, ignore_errors=True)


def _emptied(path: Path) -> bool:
    """Take the outputs out of a notebook; whether there were any.

    A reader's copy may be broken: what is no notebook stays, and `left` tells what stands in it.
    """
    import nbformat

    try:
        book = nbformat.read(path, as_version=4)
    except (ValueError, AttributeError):
        return False
    empty = nbformat.from_dict(without_outputs(book))
    if empty == book:
        return False
    write_file(path, as_bytes(empty))
    return True


def left(project: Path, words: frozenset[Run]) -> Iterator[str]:
    """The files of a project in which runs of words still stand, by their paths in it."""
    for path in sorted(project.rglob("*")):
        name = path.relative_to(project)
        if not ASIDE & set(name.parts) and path.is_file() and not path.is_symlink():
            content = path.read_bytes()
            if path.suffix == ".gz":
                content = gzip.decompress(content)
            # In a notebook the end of a line is written as a backslash and a letter.
            text = content.decode("utf-8", "ignore").replace("\\n", "\n")
            if places(text, words):
                yield name.as_posix()
