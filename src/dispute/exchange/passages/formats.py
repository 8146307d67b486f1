"""The formats of coded passages, and which of them a file is.

A format is a room with `read(files)`, which gives a project, and `write(project)`, which gives
bytes. It is imported when it is asked for.
"""

import io
import sqlite3
import zipfile
from collections.abc import Mapping
from contextlib import closing
from importlib import import_module
from typing import NamedTuple, NoReturn

from dispute.exchange.passages.record import Project
from helpers.case.problems import nearest


class Format(NamedTuple):
    """A format: how its files end, the room that knows it and its writer.

    `together`: its files belong together, and are read at once. `holds_notes`: it has a place for
    what is known of a statement besides its codes.
    """

    ending: str
    room: str
    writer: str = "write"
    together: bool = False
    holds_notes: bool = True


DNA = "dna"
FORMATS = {
    DNA: Format(".dna", ""),
    "refi-qda": Format(".qdpx", "refi"),
    "refi-codebook": Format(".qdc", "refi", "write_codes"),
    "csv": Format(".csv", "quotes"),
    "xlsx": Format(".xlsx", "quotes", "write_workbook"),
    "taguette": Format(".sqlite3", "taguette", holds_notes=False),
    "qualcoder": Format(".qda", "qualcoder"),
    "web-annotation": Format(".jsonld", "webannotation"),
    "brat": Format(".brat.zip", "brat", together=True),
    "uima-cas": Format(".cas.zip", "cas", together=True),
}


def format_by_name(name: str, asked: str = "") -> str:
    """The format that is asked for, else the one that the ending of a name tells; else empty.

    Raises ValueError for one that is asked for and not known.
    """
    if asked:
        return _known(asked)
    endings = (form for form in FORMATS if name.lower().endswith(FORMATS[form].ending))
    return next(endings, "")


def format_by_content(name: str, content: bytes) -> str:
    """The format that a file tells otherwise when it comes in. Raises ValueError for none."""
    return ALSO.get(name.lower().rpartition(".")[2]) or _by_content(content) or not_told(name)


def not_told(name: str) -> NoReturn:
    """Raise ValueError: nothing tells the format of a file."""
    raise ValueError(f"{name}: a format that the file does not tell; expected --as {_choices()}")


def _known(asked: str) -> str:
    if asked not in FORMATS:
        raise ValueError(f"--as {asked}: expected {_choices()}{nearest(asked, FORMATS)}")
    return asked


def _choices() -> str:
    return "one of " + ", ".join(FORMATS)


def _by_content(content: bytes) -> str:
    """The format that the content tells; empty where none does."""
    if content.startswith(b"PK\x03\x04"):
        try:
            with zipfile.ZipFile(io.BytesIO(content)) as archive:
                names = archive.namelist()
        except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError):
            return ""
        return next((form for sign, form in IN_ARCHIVE.items() if _ends(names, sign)), "")
    if content.lstrip(b"\xef\xbb\xbf \r\n\t")[:1] in (b"{", b"["):
        return "web-annotation"
    if content.startswith(b"SQLite format 3\0"):
        tables = _tables(content)
        return next((form for table, form in IN_DATABASE.items() if table in tables), "")
    return ""


# Other endings of files that come in.
ALSO = {"ann": "brat", "txt": "brat", "xmi": "uima-cas"}
# What tells a format: how a file in an archive ends, and a table of a database.
IN_ARCHIVE = {
    "project.qde": "refi-qda",
    "xl/workbook.xml": "xlsx",
    ".ann": "brat",
    ".xmi": "uima-cas",
}
IN_DATABASE = {"statementtypes": DNA, "highlights": "taguette", "code_text": "qualcoder"}


def _ends(names: list[str], ending: str) -> bool:
    return any(name.lower().endswith(ending) for name in names)


def _tables(content: bytes) -> set[str]:
    """The names of the tables of a database, in small letters; none where it cannot be read."""
    with closing(sqlite3.connect(":memory:")) as database:
        try:
            database.deserialize(content)
            rows = database.execute("SELECT name FROM sqlite_master LIMIT 1000").fetchall()
        except sqlite3.Error:
            return set()
    return {str(name).lower() for (name,) in rows}


def read(form: str, files: Mapping[str, bytes]) -> Project:
    """The project that files of a format hold (name to bytes). Raises ValueError."""
    project: Project = import_module(f"{__package__}.{FORMATS[form].room}").read(files)
    return project


def write(form: str, project: Project) -> bytes:
    """A project as the bytes of a file."""
    room = import_module(f"{__package__}.{FORMATS[form].room}")
    content: bytes = getattr(room, FORMATS[form].writer)(project)
    return content


def joined(projects: list[Project]) -> Project:
    """Several projects as one; a document that two of them have with another text is refused."""
    if len(projects) == 1:
        return projects[0]
    whole = Project(title=projects[0].title)
    known: dict[str, str | None] = {}
    for project in projects:
        for document in project.documents:
            if document.name not in known:
                whole.documents.append(document)
            elif known[document.name] != document.text:
                raise ValueError(f"{document.name!r}: two documents of that name with other words")
            known[document.name] = document.text
        whole.records += project.records
        whole.codes |= project.codes
        whole.told += project.told
        whole.left += project.left
    return whole
