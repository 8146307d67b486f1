"""A closed edition, opened: the case as it was, byte for byte, where the articles are at hand.

What a folder says of itself is not trusted: its names stay in their folder, and each file has to
come out with the SHA-256 that is told.
"""

import hashlib
import json
from collections.abc import Iterator, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

from dispute.editions.edits import Edit, opened
from helpers.case.articles import BYTES as LARGEST_TEXT
from helpers.case.files import inside, read_bytes
from helpers.case.folder import FILES, FOLDERS
from helpers.case.problems import Problem, shown

RECORD, FORMAT = "closed.json", "closed edition 1"
RAW = "data/raw"
PARTS, TEXT = ("articles", "files", "left_out"), "articles/{}.txt"
# Bytes of the record, and of one closed file.
LARGEST = 500_000_000
FAULTS = (KeyError, IndexError, TypeError, ValueError, AttributeError)


def is_closed(folder: Path) -> bool:
    """Whether a folder holds a closed edition."""
    return (folder / RECORD).is_file()


def open_files(folder: Path, texts: Path) -> tuple[dict[str, bytes], list[Problem]]:
    """The files of the open case (relative path to bytes), and every problem; none where one is.

    `folder` holds a closed edition, `texts` the texts of its articles. Of what was left out, those
    files are taken that lie in `texts` under the same name with the same SHA-256.
    """
    try:
        record = json.loads(read_bytes(folder / RECORD, LARGEST))
        articles, files, left_out = (record[part] | {} for part in PARTS)  # or TypeError
        for name in [*map(TEXT.format, articles), *files, *left_out]:
            _expect_of_a_case(name)
        if not all(isinstance(digest, str) for digest in articles.values()):
            raise TypeError("a SHA-256")
        is_known = record["format"] == FORMAT
    except (*FAULTS, RecursionError) as error:
        found = f"no record that can be read ({type(error).__name__})"
        return {}, [Problem(RECORD, 0, "", found, "as `dispute export --closed` writes it")]
    if not is_known:
        return {}, [Problem(RECORD, 0, "format", shown(record["format"]), FORMAT)]
    at_hand, problems = _read_texts(articles, texts)
    if problems:
        return {}, problems
    made = {TEXT.format(article): text.encode() for article, text in at_hand.items()}
    for name, said in files.items():
        content = _opened(folder, name, said, at_hand)
        if isinstance(content, Problem):
            problems.append(content)
        else:
            made[name] = content
    made |= dict(_left_out(left_out, texts))
    return ({}, problems) if problems else (made, [])


def _expect_of_a_case(name: str) -> None:
    """Raise ValueError where a name is not that of a file of a case."""
    inside(RAW, name)
    first, *others = name.split("/")
    is_hidden = any(part.startswith(".") for part in others)
    if is_hidden or first not in (FOLDERS if others else FILES):
        raise ValueError(name)


def _read_texts(articles: Mapping[str, str], texts: Path) -> tuple[dict[str, str], list[Problem]]:
    """The texts of the articles, found by their SHA-256, and a problem for each that is not."""
    there = {}
    for path in sorted(texts.rglob("*.txt")):
        with suppress(OSError, UnicodeDecodeError):  # no text, or larger than any article
            content = read_bytes(path, LARGEST_TEXT)
            there[hashlib.sha256(content).hexdigest()] = content.decode("utf-8")
    found, problems = {}, []
    for article, digest in articles.items():
        if digest in there:
            found[article] = there[digest]
            continue
        own = texts / f"{article}.txt"
        stands = "another text, by its SHA-256" if own.is_file() else "no text of it"
        expected = f"the text of {article}, letter for letter (SHA-256 {digest})"
        problems.append(Problem(own.as_posix(), 0, "", stands, expected))
    return found, problems


def _opened(folder: Path, name: str, said: Any, texts: Mapping[str, str]) -> bytes | Problem:
    """The bytes of an open file, or why they do not come out."""
    try:
        text = read_bytes(inside(folder, f"{RAW}/{name}"), LARGEST).decode("utf-8")
        edits = [Edit(*edit) for edit in said["edits"]]
        content = opened(text, edits, texts).encode("utf-8")
        is_same = hashlib.sha256(content).hexdigest() == said["sha256"]
    except (*FAULTS, OSError):
        is_same = False
    expected = "the file as it was exported: it opens to another one now"
    place = (folder / RAW / name).as_posix()
    return content if is_same else Problem(place, 0, "", "a change", expected)


def _left_out(left_out: Mapping[str, str], texts: Path) -> Iterator[tuple[str, bytes]]:
    """What was left out and lies beside the texts, as it was."""
    for name, digest in left_out.items():
        path = texts / Path(name).name
        with suppress(OSError):
            content = read_bytes(path, LARGEST)
            if hashlib.sha256(content).hexdigest() == digest:
                yield name, content
