"""Which format some bytes are in, told by themselves; and the article, or the articles, in them."""

from dataclasses import replace

from dispute.intake import bibtex, csl, lists, nexis, pdf, ris, rtf, word, zips
from dispute.intake.client import Page
from dispute.intake.drafts import Draft, Entry, Reading, RefusedError
from dispute.intake.encodings import decoded
from dispute.intake.pages import is_page, kept_as, read_page
from dispute.intake.plain import read_plain

ZIP, OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
# What a file of an ending has to be; any other ending is judged by the bytes alone.
KINDS = {
    ".pdf": "pdf",
    ".docx": "word",
    ".rtf": "rtf",
    ".html": "page",
    ".htm": "page",
    ".xhtml": "page",
    ".txt": "plain",
    ".zip": "zip",
}
NAMES = {"pdf": "PDF", "word": "Word file (DOCX)", "rtf": "rich text", "page": "page of HTML"}
NAMES |= {"plain": "text", "zip": "archive (ZIP)"}
# Lists and references, by their endings.
LISTS = {
    ".csv": (lists.is_list, lists.read_list),
    ".ris": (ris.is_ris, ris.read_ris),
    ".bib": (bibtex.is_bibtex, bibtex.read_bibtex),
    ".bibtex": (bibtex.is_bibtex, bibtex.read_bibtex),
    ".json": (csl.is_csl, csl.read_csl),
}
ENDINGS = {*KINDS, *LISTS}
KEPT = {"pdf": "pdf", "word": "docx", "rtf": "rtf", "plain": "txt"}
# Archives that are known and not read.
OTHERS = {
    "word/": "a Word file that is damaged",
    "xl/": "a spreadsheet; expected a list in CSV",
    "content.xml": "an OpenDocument file; expected DOCX",
    "META-INF/container.xml": "a book (EPUB); expected DOCX",
}


def kind_of(content: bytes) -> str:
    """The kind of some bytes. Raises RefusedError for what is none that is read."""
    if content.startswith(pdf.BEGINNING):
        return "pdf"
    if content.startswith(rtf.BEGINNING):
        return "rtf"
    if content.startswith(ZIP):
        return "word" if word.is_word(zips.opened(content)) else "zip"
    if content.startswith(OLE):
        raise RefusedError("a Word file of the older form (DOC); expected it saved as DOCX")
    if not content:
        raise RefusedError("nothing; expected an article")
    return "page" if is_page(content) else "plain"


def read_document(content: bytes, came_from: str, ending: str, page: Page | None = None) -> Reading:
    """The articles in some bytes.

    `ending` is that of the file's name, empty where there is none; `page` is how the bytes were
    fetched. Raises RefusedError where they are not what the ending says, or cannot be read.
    """
    kind, expected = kind_of(content), KINDS.get(ending, "")
    if expected and kind != expected:
        found = f"{NAMES[kind]} in a file that ends in {ending}"
        raise RefusedError(f"{found}; expected {NAMES[expected]}")
    if kind == "page":
        return Reading((read_page(content, came_from, page),))
    if kind == "zip":
        return _read_zip(content, came_from)
    if kind == "word":
        return _with_page(_read_word(content, came_from), page, kind)
    if kind == "plain":
        draft = read_plain(content, came_from, page.charset() if page else "")
    else:
        draft = (pdf.read_pdf if kind == "pdf" else rtf.read_rtf)(content, came_from)
    return _with_page(Reading((draft,)), page, kind)


def read_entries(content: bytes, name: str, ending: str) -> list[Entry] | None:
    """The rows of a list or the references of a file; None where it is neither.

    Raises RefusedError where it is one, and is faulty.
    """
    if ending not in LISTS:
        return None
    text, _ = decoded(content)
    is_one, read = LISTS[ending]
    if not is_one(text[:10_000]):
        raise RefusedError(f"no list or reference of the kind that {ending} says")
    entries = read(content, name)
    if not entries:
        raise RefusedError("no row and no reference")
    return entries


def _read_word(content: bytes, came_from: str) -> Reading:
    paragraphs = word.paragraphs(content)
    if not nexis.is_export(paragraphs):
        return Reading((word.read_word(content, came_from),))
    reading = nexis.read_export(paragraphs, came_from)
    drafts, left_out = nexis.latest_versions(reading.drafts)
    return reading._replace(drafts=tuple(drafts), left_out=(*reading.left_out, *left_out))


def _read_zip(content: bytes, came_from: str) -> Reading:
    """The articles of an archive of Word files; all of them, or a RefusedError."""
    archive = zips.opened(content)
    names = archive.namelist()
    for beginning, told in OTHERS.items():
        if any(name.startswith(beginning) for name in names):
            raise RefusedError(told)
    readings = []
    for name, member in zips.members_of(archive):
        if not name.lower().endswith(".docx") or kind_of(member) != "word":
            raise RefusedError(f"an archive with {name[:80]!r}; expected Word files (DOCX) alone")
        readings.append(_read_word(member, f"{came_from}, {name}"))
    drafts = [draft for reading in readings for draft in reading.drafts]
    if not drafts:
        raise RefusedError("an archive without a Word file; expected articles as DOCX")
    latest, older = nexis.latest_versions(drafts)
    searches = dict.fromkeys(one for reading in readings for one in reading.searches)
    left_out = [told for reading in readings for told in reading.left_out]
    return Reading(tuple(latest), tuple(searches), (*left_out, *older))


def _with_page(reading: Reading, page: Page | None, kind: str) -> Reading:
    """The same, with what is kept of a page that was fetched."""
    if page is None:
        return reading
    return reading._replace(drafts=tuple(_kept(draft, page, kind) for draft in reading.drafts))


def _kept(draft: Draft, page: Page, kind: str) -> Draft:
    return replace(draft, kept=kept_as(page, KEPT[kind]), captured=page.fetched[:10])
