"""REFI-QDA: projects (`.qdpx`) and codebooks (`.qdc`) of NVivo, ATLAS.ti, MAXQDA, QualCoder, …

A project is a ZIP archive: `project.qde` (XML) and the texts of its sources. By the standard
positions count Unicode code points; its writers differ (`counting`). Texts go out with line feeds
alone, for programs that read CR LF as one character then count as this one does.
"""

# Long: both ways of one format stand side by side.

import itertools
import uuid
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from typing import NamedTuple
from xml.etree.ElementTree import Element, SubElement, tostring

from dispute.exchange.counting import counting_of, shortened
from dispute.exchange.notes import as_note, from_note
from dispute.exchange.passages.archives import packed, parsed, unpacked
from dispute.exchange.passages.giving import ABOUT, SAID
from dispute.exchange.passages.mapping import NOTED
from dispute.exchange.passages.record import Document, Project, Record
from helpers.case.cells import UNFIT

NAMES = {
    "project": "urn:QDA-XML:project:1.0",
    "codebook": "urn:QDA-XML:codebook:1.0",
}
# Elements that hold more than this program takes, and how they are told.
LEFT = {
    "PictureSource": "picture",
    "PDFSelection": "selection| of an area of a PDF",
    "AudioSource": "audio source",
    "VideoSource": "video source",
    "Case": "case",
    "Variable": "variable",
    "Set": "set",
    "Graph": "graph",
    "Link": "link",
}


def read(files: Mapping[str, bytes]) -> Project:
    """The project of a `.qdpx`, or the codes of a `.qdc`. Raises ValueError for what is neither."""
    ((name, content),) = files.items()
    if name.lower().endswith(".qdc"):
        root = parsed(content)
        project = Project()
        for _, code, said in _codes(root):
            project.codes[code] = said
        return project
    inside = unpacked(content)
    qde = [one for one in inside if one.lower().endswith("project.qde")]
    if len(qde) != 1:
        raise ValueError(f"{len(qde)} files project.qde; expected one")
    return _Reading(parsed(inside[qde[0]]), inside).project


class _Selection(NamedTuple):
    """A selection of a source: its codings by user, and the note on it."""

    document: str
    start: int
    end: int
    codes: Mapping[str, list[str]]
    note: str
    place: str


class _Reading:
    """One project while it is read."""

    def __init__(self, root: Element, inside: Mapping[str, bytes]) -> None:
        if _tag(root) != "Project":
            raise ValueError(f"the element {_tag(root)}; expected Project, as REFI-QDA has it")
        self.inside = {_plain(name): content for name, content in inside.items()}
        self.users = {
            _guid(user): user.get("name") or user.get("id") or "" for user in _all(root, "User")
        }
        self.codes = {guid: code for guid, code, _ in _codes(root)}
        self.notes = {_guid(note): self._text(note) or "" for note in _all(root, "Note")}
        self.project = Project(title=root.get("name") or "")
        self.project.codes = {code: said for _, code, said in _codes(root)}
        self.said: set[str] = set()
        self.names: set[str] = set()
        selections = [one for source in _texts(root) for one in self._source(*source)]
        self._add(selections)
        for tag, noun in LEFT.items():
            if number := len(list(_all(root, tag))):
                self.project.left[noun] = number
        if loose := len(set(self.notes) - self.said):
            self.project.left["note| that is on no selection"] = loose

    def _source(self, name: str, source: Element) -> Iterator[_Selection]:
        """The selections of a text; the text becomes a document."""
        wished = name
        for number in itertools.count(2):
            if name not in self.names:
                break
            name = f"{wished} ({number})"
        self.names.add(name)
        text = self._text(source)
        about = from_note(_words(source, "Description"), ABOUT)
        self.project.documents.append(Document(name, text, about))
        if source.find("./{*}Coding") is not None:
            self.project.left["coding| of a whole document"] += 1
        selections = [one for one in source if _tag(one) == "PlainTextSelection"]
        if text is None and selections:
            raise ValueError(f"{name[:80]!r}: no text in the archive; expected its plain text")
        for selection in selections:
            yield self._selection(selection, name)

    def _selection(self, selection: Element, document: str) -> _Selection:
        codes: dict[str, list[str]] = {}
        own = self.users.get((selection.get("creatingUser") or "").lower(), "")
        notes = [_words(selection, "Description")]
        for child in selection:
            if _tag(child) == "NoteRef":
                guid = (child.get("targetGUID") or "").lower()
                self.said.add(guid)
                notes.append(self.notes.get(guid, ""))
            elif _tag(child) == "Coding":
                user = self.users.get((child.get("creatingUser") or "").lower(), "") or own
                for ref in child:
                    if _tag(ref) == "CodeRef":
                        code = self.codes.get((ref.get("targetGUID") or "").lower())
                        if code is None:
                            raise ValueError("a CodeRef that leads to no Code of the codebook")
                        codes.setdefault(user, []).append(code)
        start, end = (_number(selection, one) for one in ("startPosition", "endPosition"))
        place = f"{document} {start}-{end}"
        note = "\n".join(one for one in notes if one.strip())
        return _Selection(document, start, end, codes, note, place)

    def _add(self, selections: list[_Selection]) -> None:
        """Make records of the selections, when it is known how all of them were counted."""
        texts = {one.name: one.text or "" for one in self.project.documents}
        coded = [one for one in selections if one.codes]
        if idle := len(selections) - len(coded):
            self.project.left["selection| without a code"] = idle
        way, told = counting_of((texts[one.document], one.start, one.end) for one in coded)
        self.project.told += [told] if told else []
        for one in coded:
            span = way.span(texts[one.document], one.start, one.end)
            for user, codes in one.codes.items():
                self.project.records.append(
                    Record(
                        one.document,
                        span.start if span else one.start,
                        span.end if span else one.end,
                        codes=tuple(dict.fromkeys(codes)),
                        coder=user,
                        attributes=from_note(one.note, NOTED),
                        place=one.place,
                    )
                )

    def _text(self, source: Element) -> str | None:
        """The plain text of a source or a note; None where the archive does not hold it."""
        own = [one for one in source if _tag(one) == "PlainTextContent"]
        if own:
            return own[0].text or ""
        path = source.get("plainTextPath") or ""
        if not path:
            return None
        name = _plain(path.rpartition("://")[2])
        for one in (name, f"sources/{name}"):
            if one in self.inside:
                try:
                    return self.inside[one].decode("utf-8-sig")
                except UnicodeDecodeError as error:
                    raise ValueError(f"{path[:80]!r}: no text in UTF-8 ({error.reason})") from error
        raise ValueError(f"{path[:80]!r}: not in the archive")


def _codes(root: Element) -> Iterator[tuple[str, str, dict[str, str]]]:
    """The codes of a document: GUID, name (with those above it where it is not the only one)."""
    found: list[tuple[str, tuple[str, ...], dict[str, str]]] = []

    def walk(parent: Element, above: tuple[str, ...]) -> None:
        for one in parent:
            if _tag(one) == "Code":
                path = (*above, one.get("name") or _guid(one))
                said = from_note(_words(one, "Description"), SAID)
                found.append((_guid(one), path, said))
                walk(one, path)

    for codes in _all(root, "Codes"):
        walk(codes, ())
    times = Counter(path[-1] for _, path, _ in found)
    for guid, path, said in found:
        yield guid, path[-1] if times[path[-1]] == 1 else " / ".join(path), said


def _texts(root: Element) -> Iterator[tuple[str, Element]]:
    """The sources that are texts, with their names: a PDF has its text beside its pages."""
    for source in root.iter():
        name = source.get("name") or _guid(source)
        if _tag(source) == "TextSource":
            yield name, source
        elif _tag(source) == "PDFSource":
            yield from ((name, one) for one in source if _tag(one) == "Representation")


def _all(root: Element, tag: str) -> Iterator[Element]:
    return (one for one in root.iter() if _tag(one) == tag)


def _tag(element: Element) -> str:
    """The name of an element without its namespace: writers differ in it."""
    return element.tag.rpartition("}")[2]


def _guid(element: Element) -> str:
    return (element.get("guid") or "").lower()


def _words(element: Element, tag: str) -> str:
    return next((one.text or "" for one in element if _tag(one) == tag), "")


def _plain(path: str) -> str:
    return path.replace("\\", "/").lstrip("/").lower()


def _number(selection: Element, name: str) -> int:
    value = selection.get(name) or ""
    if not (value.isascii() and value.isdigit() and len(value) < 10):
        raise ValueError(f"{name} {value[:40]!r}; expected a whole number from 0")
    return int(value)


# Out.


def write(project: Project) -> bytes:
    """A project as a `.qdpx`."""
    root = Element("Project", xmlns=NAMES["project"], name=_fit(project.title))
    root.set("origin", "dispute")
    coders = dict.fromkeys(record.coder for record in project.records)
    if coders:
        users = SubElement(root, "Users")
        for coder in coders:
            SubElement(users, "User", guid=_made("user", coder), name=coder)
    if project.codes:
        _write_codes(SubElement(root, "CodeBook"), project)
    notes: list[tuple[str, str]] = []
    files: dict[str, bytes] = {}
    of: dict[str, list[tuple[int, Record]]] = defaultdict(list)
    for number, record in enumerate(project.records):
        of[record.document].append((number, record))
    sources = SubElement(root, "Sources")
    for document in project.documents:
        guid = _made("source", document.name)
        text = document.text or ""
        files[f"Sources/{guid}.txt"] = shortened(text).encode()
        attributes = {
            "guid": guid,
            "name": document.name,
            "plainTextPath": f"internal://{guid}.txt",
        }
        source = SubElement(sources, "TextSource", attributes)
        if about := as_note(document.about):
            SubElement(source, "Description").text = _fit(about)
        for number, record in of[document.name]:
            _write_selection(source, record, text, number, notes)
    if notes:
        element = SubElement(root, "Notes")
        for guid, words in notes:
            note = SubElement(element, "Note", guid=guid, name="statement")
            SubElement(note, "PlainTextContent").text = _fit(words)
    return packed({"project.qde": _document(root), **files})


def write_codes(project: Project) -> bytes:
    """The codes of a project as a `.qdc`."""
    root = Element("CodeBook", xmlns=NAMES["codebook"], origin="dispute")
    _write_codes(root, project)
    return _document(root)


def _write_codes(book: Element, project: Project) -> None:
    codes = SubElement(book, "Codes")
    for code, said in project.codes.items():
        attributes = {"guid": _made("code", code), "name": code, "isCodable": "true"}
        element = SubElement(codes, "Code", attributes)
        if words := as_note(said):
            SubElement(element, "Description").text = _fit(words)


def _write_selection(
    source: Element, record: Record, text: str, number: int, notes: list[tuple[str, str]]
) -> None:
    """A selection with its codings; what else is known of the statement is a note."""
    assert record.start is not None and record.end is not None
    own = record.attributes.get("statement_id") or str(number)
    user = _made("user", record.coder)
    selection = SubElement(
        source,
        "PlainTextSelection",
        guid=_made("selection", own),
        startPosition=str(len(shortened(text[: record.start]))),
        endPosition=str(len(shortened(text[: record.end]))),
        creatingUser=user,
    )
    for code in record.codes:
        coding = SubElement(
            selection, "Coding", guid=_made("coding", f"{own}/{code}"), creatingUser=user
        )
        SubElement(coding, "CodeRef", targetGUID=_made("code", code))
    if words := as_note(record.attributes):
        guid = _made("note", own)
        SubElement(selection, "NoteRef", targetGUID=guid)
        notes.append((guid, words))


def _made(kind: str, name: str) -> str:
    """A GUID that is the same whenever the same case goes out."""
    return str(uuid.uuid5(uuid.NAMESPACE_URL, f"urn:dispute:{kind}:{name}"))


def _fit(words: str) -> str:
    return UNFIT.sub("", words)


def _document(root: Element) -> bytes:
    """An XML document. A carriage return in a text would come back as a line feed."""
    text = tostring(root, encoding="unicode").replace("\r", "&#13;")
    return f'<?xml version="1.0" encoding="utf-8"?>\n{text}\n'.encode()
