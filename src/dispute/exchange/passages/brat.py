"""brat standoff: a text (`.txt`) and its annotations (`.ann`), or a ZIP archive of many.

Places count code points of the text as it stands; the way under which the words of a passage stand
at its place is taken, for versions count a line end or an emoji otherwise. A passage over a line
end is in parts. brat knows no coder: each has a folder. A type that says what it means has `_` for
each point (`issue_keep_2`), as brat stores it. A statement goes out as a `Statement` with an
attribute for each code (`issue.keep.2` is the attribute `issue` with the value `keep.2`) and a
note, of a text with line feeds.
"""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import replace

from dispute.exchange.counting import shortened, way_by_words
from dispute.exchange.notes import as_note, from_note
from dispute.exchange.passages.archives import packed, unpacked
from dispute.exchange.passages.mapping import NOTED
from dispute.exchange.passages.record import Document, Project, Record
from helpers.case.cells import UNFIT

TYPE = "Statement"
PLACES = re.compile(r"(\S+) ([0-9]{1,9}) (?:[0-9]{1,9};[0-9]{1,9} )*([0-9]{1,9})")
# What begins a line that is told and not taken.
LEFT = {
    "E": "event",
    "R": "relation",
    "*": "relation",
    "N": "normalization",
    "M": "attribute| of an event",
}
ESCAPES = {"\\\\": "\\", "\\n": "\n", "\\r": "\r", "\\t": "\t"}


def read(files: Mapping[str, bytes]) -> Project:
    """The project of some files. Raises ValueError for what is no standoff."""
    inside: dict[str, bytes] = {}
    for name, content in files.items():
        inside |= unpacked(content) if content.startswith(b"PK\x03\x04") else {name: content}
    project = Project()
    texts: dict[str, str] = {}
    for name in sorted(inside):
        stem, _, ending = name.rpartition(".")
        if ending != "ann":
            continue
        if f"{stem}.txt" not in inside:
            raise ValueError(
                f"{name[:80]!r}: without its text; expected {stem[-60:]}.txt beside it"
            )
        folder, _, document = stem.rpartition("/")
        text = _decoded(inside[f"{stem}.txt"], f"{stem}.txt")
        if texts.setdefault(document, text) != text:
            raise ValueError(f"{document[:80]!r}: two texts of that name with other words")
        coder = folder.rpartition("/")[2]
        _read_lines(project, _decoded(inside[name], name), Document(document, text), coder)
    if not texts:
        raise ValueError("no file with annotations; expected .ann and .txt")
    project.documents = [Document(name, text) for name, text in texts.items()]
    return project


def _decoded(content: bytes, name: str) -> str:
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise ValueError(f"{name[:80]!r}: no text in UTF-8 ({error.reason})") from error


def _read_lines(project: Project, content: str, document: Document, coder: str) -> None:
    """Put the passages of an `.ann` to a project."""
    passages: dict[str, tuple[str, Record | None]] = {}
    codes: dict[str, list[str]] = defaultdict(list)
    notes: dict[str, list[str]] = defaultdict(list)
    for number, line in enumerate(content.replace("\r\n", "\n").split("\n"), start=1):
        parts = line.split("\t")
        where = f"line {number} of {document.name}"
        if line.startswith("T") and len(parts) >= 2:
            if not (match := PLACES.fullmatch(parts[1])):
                raise ValueError(f"{where}: {line[:60]!r}; expected a type and two places")
            passages[parts[0]] = match[1], _passage(match, "\t".join(parts[2:]), document)
        elif line.startswith("A") and len(parts) == 2:
            name, _, rest = parts[1].partition(" ")
            target, _, value = rest.partition(" ")
            codes[target].append(f"{name}.{value}" if value else name)
        elif line.startswith("#") and len(parts) == 3:
            notes[parts[1].partition(" ")[2]].append(parts[2])
        elif line[:1] in LEFT and len(parts) >= 2:
            project.left[LEFT[line[0]]] += 1
        elif line.strip():
            raise ValueError(f"{where}: {line[:60]!r}; expected a line of brat's standoff")
    for identity, (kind, passage) in passages.items():
        if passage is None:
            project.left["passage| of several parts"] += 1
            continue
        own = [] if kind == TYPE else [kind]
        coded = replace(
            passage,
            codes=(*own, *codes[identity]),
            coder=coder,
            attributes=_attributes(notes[identity]),
            place=f"{identity} of {document.name}",
        )
        project.records.append(coded)


def _passage(places: re.Match[str], words: str, document: Document) -> Record | None:
    """The passage of a text-bound annotation; None where its parts have other words between."""
    text, start, end = document.text or "", int(places[2]), int(places[3])
    if way := way_by_words([(text, start, end, words)]):
        start, end = way.span(text, start, end) or (start, end)
    elif ";" in places[0]:
        return None
    return Record(document.name, start, end, quote=words)


def _attributes(notes: list[str]) -> dict[str, str]:
    """The fields of notes; one that this program wrote has its line ends escaped."""
    fields: dict[str, str] = {}
    for note in notes:
        whole = re.sub(r"\\[\\nrt]", lambda match: ESCAPES[match[0]], note)
        read = from_note(whole, NOTED)
        fields |= read if set(read) != {"note"} or note.startswith("note: ") else {"note": note}
    return fields


# Out.


def write(project: Project) -> bytes:
    """A project as a ZIP archive: a folder for each coder, with texts and annotations."""
    files: dict[str, bytes] = {}
    texts = {one.name: one.text or "" for one in project.documents}
    for (coder, document), own in project.by_document().items():
        text = texts[document]
        lines = [line for number, one in enumerate(own, 1) for line in _lines(one, text, number)]
        files[f"{coder}/annotation.conf"] = _configuration(project).encode()
        files[f"{coder}/{document}.txt"] = shortened(text).encode()
        files[f"{coder}/{document}.ann"] = "".join(f"{line}\n" for line in lines).encode()
    return packed(files)


def _lines(record: Record, text: str, number: int) -> Iterator[str]:
    start = len(shortened(text[: record.start]))
    words = shortened(record.quote)
    flat = words.replace("\n", " ")
    yield f"T{number}\t{TYPE} {start} {start + len(words)}\t{flat}"
    for place, code in enumerate(record.codes):
        name, _, value = code.partition(".")
        yield f"A{10 * number + place}\t{name} T{number} {value}"
    if note := as_note(record.attributes):
        escaped = UNFIT.sub("", note)
        for written, sign in ESCAPES.items():
            escaped = escaped.replace(sign, written)
        yield f"#{number}\tAnnotatorNotes T{number}\t{escaped}"


def _configuration(project: Project) -> str:
    """What brat has to know to show them: the type, the attributes and their values."""
    values: dict[str, list[str]] = defaultdict(list)
    for code in project.codes:
        name, _, value = code.partition(".")
        values[name].append(value)
    attributes = [f"{name}\tArg:{TYPE}, Value:{'|'.join(some)}" for name, some in values.items()]
    head = f"[entities]\n{TYPE}\n\n[relations]\n\n[events]\n\n[attributes]\n"
    return head + "".join(f"{line}\n" for line in attributes)
