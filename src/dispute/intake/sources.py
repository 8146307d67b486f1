"""What the words of a call stand for: addresses, files, folders of them, lists of either."""

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

from dispute.intake import formats, furniture
from dispute.intake.client import Client
from dispute.intake.drafts import GUESSED, Dated, Draft, Entry, Reading, RefusedError
from dispute.intake.printed_days import as_edtf
from helpers.case.files import read_bytes
from helpers.words import printable

BYTES = 50_000_000
# Files of a folder that are looked at.
MOST = 10_000


class Source(NamedTuple):
    """One source: its name in the report, and what is known of it.

    Either `address` or `path` is given; `entry` is what a list says. `fault`: why it is none.
    """

    name: str
    address: str = ""
    path: Path | None = None
    entry: Entry | None = None
    fault: str = ""


def sources_of(words: Sequence[str]) -> list[Source]:
    """The sources that some words of a call stand for, each file once.

    A file that a list names is read as the list says, wherever its folder is named beside it.
    """
    found = [source for word in words for source in _sources(word)]
    listed = {source.path.resolve() for source in found if source.path and source.entry}
    kept, seen = [], set()
    for source in found:
        if source.path and not source.entry and source.path.resolve() in listed:
            continue
        key = (source.address, source.path.resolve() if source.path else None, source.entry)
        if key not in seen or source.fault:
            seen.add(key)
            kept.append(source)
    return kept


def read_source(source: Source, client: Client) -> Reading:
    """The articles of a source, with what its list says of them.

    Raises RefusedError where it is none, cannot be had or cannot be read.
    """
    if source.fault:
        raise RefusedError(source.fault)
    if source.path is not None:
        content = _bytes(source.path)
        came_from, ending = printable(source.path.name), source.path.suffix.lower()
        reading = formats.read_document(content, came_from, ending)
        digest = hashlib.sha256(content).hexdigest()
        drafts = [replace(draft, source_sha256=digest) for draft in reading.drafts]
        reading = reading._replace(drafts=tuple(drafts))
    else:
        page = client.fetch(source.address)
        if page.status != 200:
            raise RefusedError(f"status {page.status}; expected a page (200)")
        reading = formats.read_document(page.body, printable(source.address), "", page)
    if source.entry is None:
        return reading
    if len(reading.drafts) > 1:
        raise RefusedError(f"{len(reading.drafts)} articles; expected one, as the list has it")
    return reading._replace(drafts=(_as_listed(reading.drafts[0], source.entry),))


def is_address(word: str) -> bool:
    """Whether a word of a call is an address and no file."""
    return "://" in word


def _sources(word: str) -> Iterator[Source]:
    if is_address(word):
        yield Source(word, address=word)
        return
    path = Path(word)
    if path.is_dir():
        yield from _of_folder(path)
    elif path.is_file():
        yield from _of_file(path, word)
    else:
        yield Source(word, fault="no such file; expected an address, a file or a folder")


def _of_folder(folder: Path) -> Iterator[Source]:
    paths = []
    for path in sorted(folder.rglob("*")):
        parts = path.relative_to(folder).parts
        if not any(part.startswith((".", "~$", "__MACOSX")) for part in parts):
            paths.append(path)
    if len(paths) > MOST:
        yield Source(str(folder), fault=f"more than {MOST} files; expected a folder of articles")
        return
    files = [path for path in paths if path.is_file() or path.is_symlink()]
    if not files:
        yield Source(str(folder), fault="no file in it; expected a folder of articles")
    for path in files:
        name = path.as_posix()
        if path.is_symlink():
            yield Source(name, fault="a link; expected a file")
        elif path.suffix.lower() not in formats.ENDINGS:
            known = " ".join(sorted(formats.ENDINGS))
            yield Source(name, fault=f"a file of a kind that is not read; expected {known}")
        else:
            yield from _of_file(path, name)


def _of_file(path: Path, name: str) -> Iterator[Source]:
    """A file as a source, or the sources that it lists."""
    ending = path.suffix.lower()
    try:
        entries = None
        if ending in formats.LISTS:
            entries = formats.read_entries(_bytes(path), printable(path.name), ending)
    except RefusedError as error:
        yield Source(name, fault=str(error))
        return
    if entries is None:
        yield Source(name, path=path)
        return
    for entry in entries:
        yield _listed(entry, path.parent)


def _listed(entry: Entry, folder: Path) -> Source:
    """The source that a list names: a file beside it, else an address."""
    if entry.file:
        path = folder / entry.file
        if Path(entry.file).is_absolute() or not _is_inside(path, folder):
            told = f"the file {entry.file[:120]!r}, which is not in the list's folder"
            fault = f"{told}; expected one beside it, or below"
            return Source(entry.place, entry=entry, fault=fault)
        if path.is_file():
            return Source(f"{entry.place}: {entry.file}", path=path, entry=entry)
        if not entry.address:
            fault = f"no file {entry.file[:120]!r} beside the list"
            return Source(entry.place, entry=entry, fault=fault)
    if entry.address:
        return Source(f"{entry.place}: {entry.address}", address=entry.address, entry=entry)
    return Source(entry.place, entry=entry, fault="no address and no file; expected one of them")


def _is_inside(path: Path, folder: Path) -> bool:
    try:
        return path.resolve().is_relative_to(folder.resolve())
    except (OSError, ValueError):
        return False


def _bytes(path: Path) -> bytes:
    try:
        return read_bytes(path, BYTES)
    except OSError as error:
        raise RefusedError(error.strerror or "no file") from error


def _as_listed(draft: Draft, entry: Entry) -> Draft:
    """An article with what a list says of it: that counts, and where its source differs is told."""
    edtf, doubt = as_edtf(entry.date)
    doubts = [*draft.doubts, doubt]
    date = draft.published
    if edtf:
        if date.edtf and date.edtf != edtf:
            doubts.append(f"the list dates it {edtf}; itself it says {date.edtf} ({date.basis})")
        date = Dated(edtf, f"given by the list ({entry.place})")
    if entry.publisher and draft.publisher and entry.publisher != draft.publisher:
        doubts.append(f"the list calls its publisher so; itself it says {draft.publisher!r}")
    title, spans = entry.title or draft.title, draft.furniture
    if title != draft.title:
        # A first line that was only taken for a headline is none where the list knows the headline.
        guessed = GUESSED in doubts
        known = [one for one in spans if not (guessed and one.what == "headline" and not one.note)]
        more = furniture.spans(draft.text, furniture.Words(title))
        starts = {span.start for span in known}
        spans = tuple(sorted([*known, *(one for one in more if one.start not in starts)]))
        doubts = [one for one in doubts if one != GUESSED]
    return replace(
        draft,
        title=title,
        publisher=entry.publisher or draft.publisher,
        published=date,
        furniture=spans,
        doubts=tuple(filter(None, doubts)),
    )
