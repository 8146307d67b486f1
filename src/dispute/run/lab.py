"""Notebooks to be tried: copies in a folder of their own, which git does not keep.

One wrong parameter and a save would write over what was published. So JupyterLab opens copies, and
this room is an extension of its server that refuses to save a notebook that git keeps.
"""

import hashlib
import json
from pathlib import Path
from typing import Any

from helpers.case.files import write_file
from helpers.words import counted

BOOKS, COPIES = "notebooks", "lab"
# Folders whose notebooks git keeps.
KEPT = (BOOKS, "tests")
# Where a copy says in its metadata of which bytes it is (SHA-256).
MARK = "copy_of"
# How much of a digest is shown.
SHOWN = 12
NOTE = (
    "**This is a copy of `{original}`** (SHA-256 {digest}…), to be changed as you like: "
    "git does not keep it. Remove or rename it, and `dispute lab` copies the notebook again."
)
NEWER = (
    "{original} is newer than {copy}, which stays as it is; remove or rename it to get the newer"
)


def make_copies(project: Path) -> list[str]:
    """Copy each notebook of a project that has no copy yet; what stands there stays.

    Returns lines to tell: how many were copied, and which notebooks have changed since.
    """
    copied, newer = 0, []
    for original in sorted((project / BOOKS).glob("*.ipynb")):
        copy, content = project / COPIES / original.name, original.read_bytes()
        digest = hashlib.sha256(content).hexdigest()
        names = {"original": f"{BOOKS}/{original.name}", "copy": f"{COPIES}/{copy.name}"}
        if not copy.exists():
            write_file(copy, _as_copy(content, names["original"], digest))
            copied += 1
        elif _copied_from(copy) not in ("", digest):
            newer.append(NEWER.format(**names))
    told = [f"copied {counted(copied, 'notebook')} into {COPIES}/"] if copied else []
    return told + newer


def _as_copy(content: bytes, original: str, digest: str) -> bytes:
    """A notebook with a first cell that says what it is a copy of."""
    book = json.loads(content)
    note = NOTE.format(original=original, digest=digest[:SHOWN])
    first = {"cell_type": "markdown", "id": "copy-of", "metadata": {}, "source": note}
    book["cells"].insert(0, first)
    book["metadata"][MARK] = digest
    return f"{json.dumps(book, ensure_ascii=False, indent=1)}\n".encode()


def _copied_from(copy: Path) -> str:
    """The digest of the notebook that a copy was made from; empty where it does not say."""
    try:
        return str(json.loads(copy.read_bytes())["metadata"].get(MARK, ""))
    except (ValueError, KeyError, TypeError, AttributeError):
        return ""


# The extension of JupyterLab's server.


def refuse_originals(model: Any, path: str, contents_manager: Any) -> None:
    """Called before a file is saved: raises HTTPError for a notebook that git keeps."""
    from tornado.web import HTTPError

    folder, _, name = path.strip("/").partition("/")
    if folder.casefold() in KEPT and name.endswith(".ipynb"):
        reason = (
            f"{path} is kept as it is; save a copy in {COPIES}/, or start dispute lab --originals"
        )
        raise HTTPError(403, reason)


def _jupyter_server_extension_points() -> list[dict[str, str]]:
    return [{"module": __name__}]


def _load_jupyter_server_extension(server: Any) -> None:
    server.contents_manager.register_pre_save_hook(refuse_originals)
