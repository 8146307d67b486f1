"""What a case says of itself: `case.yaml`, and the rules of coding in `codebook/README.md`.

A rule for `case.yaml` is one function that yields its problems; `RULES` lists them.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from helpers.case.cells import UNFIT
from helpers.case.problems import Problem, shown
from helpers.case.yaml_strict import read_mapping

FILE = "case.yaml"
TEXTS = ("title", "subtitle", "question")


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
    metadata = Metadata(
        **{name: content.get(name, "") for name in TEXTS},
        authors=tuple(authors) if isinstance(authors, list) else (),
        rules=_rules_of_coding(folder / "codebook/README.md"),
    )
    return metadata, problems


def _rules_of_coding(path: Path) -> str:
    return path.read_text(encoding="utf-8", errors="replace") if path.is_file() else ""


def _is_text(value: object) -> bool:
    return isinstance(value, str) and not UNFIT.search(value)


def _texts_are_texts(content: dict[Any, Any]) -> Iterator[Problem]:
    for name in TEXTS:
        if not _is_text(content.get(name)):
            found = shown(content.get(name, "nothing"))
            yield Problem(FILE, 0, name, found, "a text without control characters")


def _authors_are_names(content: dict[Any, Any]) -> Iterator[Problem]:
    authors = content.get("authors", [])
    if not isinstance(authors, list) or not all(map(_is_text, authors)):
        expected = "a list of names, such as [Ada Obi, Jun Mori]"
        yield Problem(FILE, 0, "authors", shown(authors), expected)


def _names_are_known(content: dict[Any, Any]) -> Iterator[Problem]:
    for name in sorted(set(content) - {*TEXTS, "authors"}, key=str):
        expected = "title, subtitle, question or authors"
        yield Problem(FILE, 0, str(name), "an unknown name", expected)


RULES = (_texts_are_texts, _authors_are_names, _names_are_known)
