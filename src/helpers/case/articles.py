"""The articles of a case: each a text as received (`ID.txt`) and what is known of it (`ID.yaml`).

A rule for a sidecar is one function that yields its problems.
"""

import hashlib
import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pandas as pd

from helpers.case.files import read_bytes
from helpers.case.furniture import Furniture, read_furniture
from helpers.case.problems import Problem, shown_cell
from helpers.case.schema import columns
from helpers.case.yaml_rows import YamlRow, read_row

# Bytes of the text of an article.
BYTES = 10_000_000


class Articles(NamedTuple):
    """The sidecars as a table of strings, and texts and furniture by article_id.

    An article whose text could not be read stands in the table alone.
    """

    table: pd.DataFrame
    texts: dict[str, str]
    furniture: dict[str, list[Furniture]]


def digest_of(text: str) -> str:
    """The SHA-256 of a text, as sidecars hold it."""
    return hashlib.sha256(text.encode("utf-8")).hexdigest()


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
        problems += _text_is_unchanged(article, text, sidecar)
        texts[article] = text
        furniture[article], faults = read_furniture(sidecar.file, sidecar.content, text)
        problems += faults
    table = pd.DataFrame(rows, columns=columns("articles", "raw"), dtype=object)
    return Articles(table, texts, furniture), problems


def _article_ids(home: Path) -> list[str]:
    """The names of all texts and sidecars, so that one without the other is told."""
    paths = [*home.glob("*.txt"), *home.glob("*.yaml")]
    return sorted({path.stem for path in paths})


def _read_sidecar(home: Path, article: str) -> tuple[YamlRow, list[Problem]]:
    known = columns("articles", "raw")
    path = home / f"{article}.yaml"
    sidecar, problems = read_row(path, sidecar_file(article), known, ["furniture"])
    sidecar.row["article_id"] = article
    if sidecar.content:
        problems += _languages_are_named(sidecar)
    return sidecar, problems


def _languages_are_named(sidecar: YamlRow) -> Iterator[Problem]:
    """A language that is missing is told with the line to write, and is not judged again."""
    if sidecar.row["language"] == "":
        sidecar.row["language"] = None
        expected = "its tag, as in `language: en` or `language: [en, sw]`; und where not known"
        yield Problem(sidecar.file, 0, "language", "nothing", expected)


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


def _text_is_unchanged(article: str, text: str, sidecar: YamlRow) -> Iterator[Problem]:
    """The text is the one whose SHA-256 the sidecar holds.

    One that is missing or no SHA-256 is told with the line to write, and is not judged again.
    """
    digest = digest_of(text)
    known = sidecar.row["sha256"]
    if known == digest or known is None:
        return
    if re.fullmatch("[0-9a-f]{64}", known):
        expected = f"{known[:12]}… as in {article}.yaml: the text has changed"
        yield Problem(f"articles/{article}.txt", 0, "sha256", f"{digest[:12]}…", expected)
        return
    sidecar.row["sha256"] = None
    expected = f"the line `sha256: {digest}`, if the text is as it was received"
    yield Problem(sidecar.file, 0, "sha256", shown_cell(known), expected)
