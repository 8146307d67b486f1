"""What a case says of itself: `case.yaml`, and the rules of coding in `codebook/README.md`.

A rule for `case.yaml` is one function that yields its problems; `RULES` lists them.
"""

import csv
import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from helpers.case.cells import PATTERNS, UNFIT
from helpers.case.files import read_bytes
from helpers.case.problems import Problem, nearest, shown
from helpers.case.schema import SCHEMA
from helpers.case.yaml_strict import read_mapping
from helpers.words import is_visible

FILE = "case.yaml"
# What a case has to say, and what it may say besides, as a text.
TEXTS = ("title", "subtitle", "question")
MORE = ("name", "year", "version", "licence", "rights", "address", "citation", "coder", "edition")
# What it may say as a list of texts.
LISTS = {
    "authors": "a list of names, such as [Ada Obi, Jun Mori]",
    "notes": "a list of sentences",
    "first_issues": "a list of issues, such as [open-servers]",
    "developed_here": "a list of proposers, such as [rules]",
}
NAMES = (*TEXTS, *MORE, *LISTS)
RULES_FILE = "codebook/README.md"
# Bytes of the rules of coding, and characters of a text of `case.yaml`.
BYTES, LONGEST = 1_000_000, 2_000


@dataclass(frozen=True)
class Metadata:
    """What a case says of itself; what it does not say is empty.

    `name` is a short name for a machine, made from the title where none is said. `licence` is that
    of the codings (an SPDX identifier, or words), `rights` a sentence on what else holds.
    `address` is where the report is to be found, `citation` how to cite it. `coder` is the coding
    that is read where no other is asked for. `edition` is empty, or `closed` (see
    `closed_edition`). `notes` are sentences for the page on the method.
    `developed_here` are the proposers that were developed on these articles: how good they are here
    is a development score. `guide` are the rules of coding as Markdown.
    """

    title: str
    subtitle: str
    question: str
    name: str
    year: str
    version: str
    licence: str
    rights: str
    address: str
    citation: str
    coder: str
    edition: str
    authors: tuple[str, ...]
    notes: tuple[str, ...]
    first_issues: tuple[str, ...]
    developed_here: tuple[str, ...]
    guide: str


def read_metadata(folder: Path) -> tuple[Metadata, list[Problem]]:
    """What a case folder says of itself, and every problem; it holds only where there is none.

    Where no rules are written down, they are empty.
    """
    content, problems = read_mapping(folder / FILE, FILE)
    if content:
        for rule in RULES:
            problems += rule(content)
    said: dict[str, Any] = {name: _text(content.get(name)) for name in (*TEXTS, *MORE)}
    said["name"] = said["name"] or short_name(said["title"])
    for name in LISTS:
        values = content.get(name)
        said[name] = tuple(values) if isinstance(values, list) else ()
    rules, faults = _rules_of_coding(folder / RULES_FILE)
    return Metadata(**said, guide=rules), problems + faults


def _text(value: object) -> str:
    """A value of YAML as text: a year or a version may have become a number."""
    return "" if value is None else str(value)


def short_name(title: str) -> str:
    """A name for a machine: the letters and digits of a title, as far as they are of ASCII."""
    parts = unicodedata.normalize("NFKD", title.casefold())
    plain = "".join(char for char in parts if not unicodedata.combining(char))
    return "-".join(re.findall("[a-z0-9]+", plain))[:60].strip("-") or "case"


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


# The coding that is read where no other is asked for.


def default_coder(said: str, coders: Iterable[tuple[str, str]]) -> str:
    """The coder that a case names; else the adjudicated set, else the only pass, else `all`.

    `coders` are pairs of coder and role.
    """
    roles = dict(coders)
    if said:
        return said
    decided = [coder for coder, role in roles.items() if role == "adjudicated"]
    if len(decided) == 1:
        return decided[0]
    return next(iter(roles)) if len(roles) == 1 else "all"


def read_default_coder(folder: Path) -> str:
    """The default coder of a case folder that is not checked yet, read without pandas.

    Where a file cannot be read, what is known without it.
    """
    content, _ = read_mapping(folder / FILE, FILE)
    path = folder / SCHEMA["raw"]["coders"]["file"]
    try:
        lines = read_bytes(path, BYTES).decode("utf-8-sig").splitlines()
        rows = [(row["coder"], row["coder_role"]) for row in csv.DictReader(lines)]
    except (OSError, ValueError, KeyError, csv.Error):
        rows = []
    said = content.get("coder")
    return default_coder(said if isinstance(said, str) else "", rows)


def coder_problems(metadata: Metadata, coders: Iterable[str]) -> Iterator[Problem]:
    """The default coder is one of the coders, or `all`."""
    known = ["all", *coders]
    if metadata.coder and metadata.coder not in known:
        expected = f"one of {', '.join(known)}{nearest(metadata.coder, known)}"
        yield Problem(FILE, 0, "coder", shown(metadata.coder), expected)


def issue_problems(metadata: Metadata, issues: Iterable[object]) -> Iterator[Problem]:
    """The issues that the question is about are issues of the codebook."""
    known = [str(issue) for issue in issues]
    for issue in metadata.first_issues:
        if issue not in known:
            expected = f"one of {', '.join(known)}{nearest(issue, known)}"
            yield Problem(FILE, 0, "first_issues", shown(issue), expected)


def proposer_problems(metadata: Metadata, proposers: Iterable[object]) -> Iterator[Problem]:
    """The proposers that were developed on the articles are proposers of the case."""
    known = [str(proposer) for proposer in proposers]
    for proposer in metadata.developed_here:
        if proposer not in known:
            expected = f"a folder of proposals: {', '.join(known) or 'there is none'}"
            expected += nearest(proposer, known)
            yield Problem(FILE, 0, "developed_here", shown(proposer), expected)


# The rules of case.yaml.


def _is_text(value: object) -> bool:
    return isinstance(value, str) and not UNFIT.search(value) and len(value) <= LONGEST


def _is_name(value: object) -> bool:
    """Whether a value is a text of which something is seen."""
    return isinstance(value, str) and _is_text(value) and is_visible(value)


def _texts_are_texts(content: dict[Any, Any]) -> Iterator[Problem]:
    expected = f"a text without control characters, at most {LONGEST} characters"
    for name in TEXTS:
        if not _is_text(content.get(name)):
            yield Problem(FILE, 0, name, shown(content.get(name, "nothing")), expected)
    for name in MORE:
        value = content.get(name)
        number = isinstance(value, int | float) and not isinstance(value, bool)
        if not (value is None or (number and _is_text(str(value))) or _is_text(value)):
            yield Problem(FILE, 0, name, shown(value), expected)


def _a_title_can_be_seen(content: dict[Any, Any]) -> Iterator[Problem]:
    title = content.get("title")
    if _is_text(title) and not _is_name(title):
        yield Problem(FILE, 0, "title", shown(title), "a title that can be seen")


def _lists_are_names(content: dict[Any, Any]) -> Iterator[Problem]:
    for name, expected in LISTS.items():
        values = content.get(name, [])
        if not isinstance(values, list) or not all(map(_is_name, values)):
            yield Problem(FILE, 0, name, shown(values), expected)


SHAPES = {
    "name": (PATTERNS["id"].regex, PATTERNS["id"].words),
    "year": ("[0-9]{4}", "a year, such as 2026"),
    "edition": (r"closed( 0(\.\d+)?)?", "closed, or closed with a share, such as closed 0.03"),
    "address": (r"https?://[^\s<>{}\"\\]+", "an address that begins with https://"),
}


def _shapes_fit(content: dict[Any, Any]) -> Iterator[Problem]:
    for name, (pattern, expected) in SHAPES.items():
        value = content.get(name)
        if isinstance(value, str | int) and not re.fullmatch(pattern, str(value)):
            if value != "":
                yield Problem(FILE, 0, name, shown(value), expected)


def _names_are_known(content: dict[Any, Any]) -> Iterator[Problem]:
    for name in sorted(set(content) - set(NAMES), key=str):
        expected = f"one of {', '.join(NAMES)}{nearest(name, NAMES)}"
        yield Problem(FILE, 0, str(name), "an unknown name", expected)


RULES = (_texts_are_texts, _a_title_can_be_seen, _lists_are_names, _shapes_fit, _names_are_known)
