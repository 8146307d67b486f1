"""A Word file (DOCX) as paragraphs, and as an article."""

import io
import re
import zipfile
from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

from dispute.intake import zips
from dispute.intake.drafts import Draft, RefusedError
from dispute.intake.furniture import Words
from dispute.intake.plain import of_text

if TYPE_CHECKING:
    from docx.document import Document

MAIN = "word/document.xml"
# What no Word file holds, and what could stand for more than it is.
TRICKS = re.compile(rb"<!(doctype|entity)", re.IGNORECASE)
BOOKMARK = "w:bookmarkStart"
HARD_BLANKS = str.maketrans("\u00a0\u202f\u2007", "   ")


class Paragraph(NamedTuple):
    """A paragraph: its text, with soft breaks as line ends and hard blanks as blanks.

    `bold` are the words at its beginning that are bold.
    """

    text: str
    bold: str
    style: str
    bookmarks: tuple[str, ...]


def is_word(archive: zipfile.ZipFile) -> bool:
    """Whether an archive is a Word file."""
    return MAIN in archive.namelist()


def paragraphs(content: bytes) -> list[Paragraph]:
    """The paragraphs of a Word file, those in tables too, in their order.

    Raises RefusedError for what is damaged, or holds an entity or a document type.
    """
    return list(_paragraphs(_document(content)))


def read_word(content: bytes, came_from: str) -> Draft:
    """An article from the bytes of a Word file."""
    parts = [one for one in paragraphs(content) if one.text.strip()]
    text = "\n\n".join(one.text.strip() for one in parts) + "\n"
    titles = [one.text.strip() for one in parts if one.style == "Title"]
    heads = [one.text.strip() for one in parts if one.style.startswith("Heading")]
    captions = [one.text.strip() for one in parts if one.style == "Caption"]
    title = (titles or heads[:1] or [""])[0]
    return of_text(text, came_from, [], Words(" ".join(title.split()), heads, captions))


def _document(content: bytes) -> "Document":
    import docx

    archive = zips.opened(content)
    for name in archive.namelist():
        if name.endswith((".xml", ".rels")):
            # In UTF-16 each letter has a NUL beside it.
            if TRICKS.search(zips.unpacked(archive, name).replace(b"\x00", b"")):
                raise RefusedError(
                    f"a Word file with a document type or an entity in {name[:80]!r}"
                )
    try:
        return docx.Document(io.BytesIO(content))
    except Exception as error:  # a damaged file is told by many names
        words = f"{type(error).__name__}: {error}"[:160]
        raise RefusedError(f"a Word file that cannot be read ({words})") from error


def _paragraphs(document: "Document") -> Iterator[Paragraph]:
    from docx.oxml.ns import qn
    from docx.text.paragraph import Paragraph as Written

    waiting: list[str] = []
    for element in document.element.body.iter(qn("w:p"), qn(BOOKMARK)):
        if element.tag == qn(BOOKMARK):
            # One between two paragraphs belongs to the next.
            if next(element.iterancestors(qn("w:p")), None) is None:
                waiting.append(element.get(qn("w:name")) or "")
            continue
        own = [mark.get(qn("w:name")) or "" for mark in element.iter(qn(BOOKMARK))]
        bookmarks, waiting = (*waiting, *own), []
        one = Written(element, document)
        text = one.text.translate(HARD_BLANKS).replace("\r", "\n")
        yield Paragraph(
            text=re.sub("[\x00-\x08\x0b\x0c\x0e-\x1f]", "", text),
            bold=_bold_beginning(one),
            style=(one.style.name or "") if one.style is not None else "",
            bookmarks=bookmarks,
        )


def _bold_beginning(paragraph: object) -> str:
    words = ""
    for run in paragraph.runs:  # type: ignore[attr-defined]
        if run.text.strip() and not run.bold:
            break
        words += run.text
    return words.translate(HARD_BLANKS).strip()
