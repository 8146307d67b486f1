"""The articles of a case: each a text as received (`ID.txt`) and what is known of it (`ID.yaml`).

A rule for a sidecar is one function that yields its problems; `SIDECAR_RULES` lists them.
"""

import hashlib
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import pandas as pd

from helpers.case.files import read_bytes
from helpers.case.furniture import Furniture, read_furniture
from helpers.case.problems import Problem, nearest, shown_cell
from helpers.case.schema import columns
from helpers.case.yaml_strict import read_mapping

# Bytes of the text of an article.
BYTES = 10_000_000


class Articles(NamedTuple):
    """The sidecars as a table of strings, and texts and furniture by article_id.

    An article whose text could not be read stands in the table alone.
    """

    table: pd.DataFrame
    texts: dict[str, str]
    furniture: dict[str, list[Furniture]]


class Sidecar(NamedTuple):
    """A sidecar as it was read: its name in problems, its content, and its row of the table.

    A value that no cell can hold is None in the row, as is every value of one that is unreadable.
    """

    article: str
    content: dict[Any, Any]
    row: dict[str, str | None]

    @property
    def file(self) -> str:
        return sidecar_file(self.article)


def sidecar_file(article: str) -> str:
    """The file of an article's sidecar, as problems name it."""
    return f"articles/{article}.yaml"


def read_articles(folder: Path) -> tuple[Articles, list[Problem]]:
    """The articles of a case folder, and every problem of their files."""
    home = folder / "articles"
    texts: dict[str, str] = {}
    furniture: dict[str, list[Furniture]] = {}
    rows = []
    problems: list[Problem] = []
    for article in _article_ids(home):
        sidecar, faults = _read_sidecar(home, article)
        rows.append(sidecar.row)
        problems += faults
        text = _read_text(home, article)
        if isinstance(text, Problem):
            problems.append(text)
            continue
        problems += _text_is_unchanged(text, sidecar)
        texts[article] = text
        furniture[article], faults = read_furniture(sidecar.file, sidecar.content, text)
        problems += faults
    table = pd.DataFrame(rows, columns=columns("articles", "raw"), dtype=object)
    return Articles(table, texts, furniture), problems


def _article_ids(home: Path) -> list[str]:
    """The names of all texts and sidecars, so that one without the other is told."""
    paths = [*home.glob("*.txt"), *home.glob("*.yaml")]
    return sorted({path.stem for path in paths})


def _read_sidecar(home: Path, article: str) -> tuple[Sidecar, list[Problem]]:
    content, problems = read_mapping(home / f"{article}.yaml", sidecar_file(article))
    row: dict[str, str | None] = {}
    for column in columns("articles", "raw"):
        row[column] = _cell(content.get(column)) if content else None
    row["article_id"] = article
    if isinstance(leave := content.get("send"), bool):
        # To YAML the words yes and no are true and false.
        row["send"] = "yes" if leave else "no"
    sidecar = Sidecar(article, content, row)
    if content:
        for rule in SIDECAR_RULES:
            problems += rule(sidecar)
    return sidecar, problems


def _cell(value: object) -> str | None:
    """A value of a sidecar as text, a list parted by ";"; None for what a cell cannot hold."""
    values = value if isinstance(value, list) else [value]
    if any(isinstance(one, list | dict | set) for one in values):
        return None
    return ";".join("" if one is None else str(one) for one in values)


def _values_fit_a_cell(sidecar: Sidecar) -> Iterator[Problem]:
    for column, cell in sidecar.row.items():
        if cell is None:
            expected = "a value, or a list of values"
            yield Problem(sidecar.file, 0, column, "a mapping or a list of lists", expected)


def _names_are_known(sidecar: Sidecar) -> Iterator[Problem]:
    known = columns("articles", "raw")
    for name in sorted(set(sidecar.content) - {*known, "furniture"}, key=str):
        expected = f"one of {', '.join(known[1:])}, furniture{nearest(name, known)}"
        yield Problem(sidecar.file, 0, str(name), "an unknown name", expected)


def _languages_are_named(sidecar: Sidecar) -> Iterator[Problem]:
    """A language that is missing is told with the line to write, and is not judged again."""
    if sidecar.row["language"] == "":
        sidecar.row["language"] = None
        expected = "its tag, as in `language: en` or `language: [en, sw]`; und where not known"
        yield Problem(sidecar.file, 0, "language", "nothing", expected)


SIDECAR_RULES = (_values_fit_a_cell, _names_are_known, _languages_are_named)


def _read_text(home: Path, article: str) -> str | Problem:
    """The text of an article, or why it cannot be read."""
    file = f"articles/{article}.txt"
    try:
        return read_bytes(home / f"{article}.txt", BYTES).decode("utf-8")
    except OSError as error:
        return Problem(file, 0, "", error.strerror or "no file", "the text of the article")
    except UnicodeDecodeError as error:
        found = f"a byte that is not UTF-8 at {error.start}"
        return Problem(file, 0, "", found, "text in UTF-8")


def _text_is_unchanged(text: str, sidecar: Sidecar) -> Iterator[Problem]:
    """The text is the one whose SHA-256 the sidecar holds.

    One that is missing or no SHA-256 is told with the line to write, and is not judged again.
    """
    digest = hashlib.sha256(text.encode("utf-8")).hexdigest()
    known = sidecar.row["sha256"]
    if known == digest or known is None:
        return
    if re.fullmatch("[0-9a-f]{64}", known):
        article = sidecar.article
        expected = f"{known[:12]}… as in {article}.yaml: the text has changed"
        yield Problem(f"articles/{article}.txt", 0, "sha256", f"{digest[:12]}…", expected)
        return
    sidecar.row["sha256"] = None
    expected = f"the line `sha256: {digest}`, if the text is as it was received"
    yield Problem(sidecar.file, 0, "sha256", shown_cell(known), expected)
