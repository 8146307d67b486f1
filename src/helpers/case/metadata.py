"""What a case says of itself: `case.yaml`, and the rules of coding in `codebook/README.md`.

A rule for `case.yaml` is one function that yields its problems; `RULES` lists them.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from helpers.case.cells import UNFIT
from helpers.case.files import read_bytes
from helpers.case.problems import Problem, shown
from helpers.case.yaml_strict import read_mapping
from helpers.words import is_visible

FILE = "case.yaml"
TEXTS = ("title", "subtitle", "question")
RULES_FILE = "codebook/README.md"
# Bytes of the rules of coding, and characters of a text of `case.yaml`.
BYTES, LONGEST = 1_000_000, 2_000


@dataclass(frozen=True)
class Metadata:
    """Title, subtitle, question and authors of a case, and its rules of coding as Markdown."""

    title: str
    subtitle: str
    question: str
    authors: tuple[str, ...]
    rules: str


def read_metadata(folder: Path) -> tuple[Metadata, list[Problem]]:
    """What a case folder says of itself, and every problem; it holds only where there is none.

    Where no rules are written down, they are empty.
    """
    content, problems = read_mapping(folder / FILE, FILE)
    if content:
        for rule in RULES:
            problems += rule(content)
    authors = content.get("authors")
    rules, faults = _rules_of_coding(folder / RULES_FILE)
    problems += faults
    metadata = Metadata(
        **{name: content.get(name, "") for name in TEXTS},
        authors=tuple(authors) if isinstance(authors, list) else (),
        rules=rules,
    )
    return metadata, problems


def _rules_of_coding(path: Path) -> tuple[str, list[Problem]]:
    """The rules of coding, empty where there are none, and why they could not be read."""
    if not path.exists():
        return "", []
    try:
        text = read_bytes(path, BYTES).decode("utf-8")
    except OSError as error:
        found = error.strerror or "no file"
    except UnicodeDecodeError as error:
        found = f"a byte that is not UTF-8 at {error.start}"
    else:
        if not UNFIT.search(text):
            return text, []
        found = "a control character"
    return "", [Problem(RULES_FILE, 0, "", found, "the rules of coding as Markdown in UTF-8")]


def _is_text(value: object) -> bool:
    return isinstance(value, str) and not UNFIT.search(value) and len(value) <= LONGEST


def _is_name(value: object) -> bool:
    """Whether a value is a text of which something is seen."""
    return isinstance(value, str) and _is_text(value) and is_visible(value)


def _texts_are_texts(content: dict[Any, Any]) -> Iterator[Problem]:
    for name in TEXTS:
        if not _is_text(content.get(name)):
            found = shown(content.get(name, "nothing"))
            expected = f"a text without control characters, at most {LONGEST} characters"
            yield Problem(FILE, 0, name, found, expected)


def _a_title_can_be_seen(content: dict[Any, Any]) -> Iterator[Problem]:
    title = content.get("title")
    if _is_text(title) and not _is_name(title):
        yield Problem(FILE, 0, "title", shown(title), "a title that can be seen")


def _authors_are_names(content: dict[Any, Any]) -> Iterator[Problem]:
    authors = content.get("authors", [])
    if not isinstance(authors, list) or not all(map(_is_name, authors)):
        expected = "a list of names, such as [Ada Obi, Jun Mori]"
        yield Problem(FILE, 0, "authors", shown(authors), expected)


def _names_are_known(content: dict[Any, Any]) -> Iterator[Problem]:
    for name in sorted(set(content) - {*TEXTS, "authors"}, key=str):
        expected = "title, subtitle, question or authors"
        yield Problem(FILE, 0, str(name), "an unknown name", expected)


RULES = (_texts_are_texts, _a_title_can_be_seen, _authors_are_names, _names_are_known)
