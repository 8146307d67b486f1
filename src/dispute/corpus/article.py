"""A record as an article: its text, its date and whose it is, or what is wrong with it."""

import json
from collections.abc import Mapping
from datetime import date
from typing import Any, NamedTuple
from urllib.parse import urlsplit

from dispute.corpus.records import FAULT, PAGE, Record
from dispute.corpus.sources import JSON, Fields
from dispute.intake.client import Page
from dispute.intake.pages import read_page
from dispute.intake.printed_days import as_edtf
from helpers.dates.edtf_bounds import bounds

# Characters of a text; a book has about so many.
LONGEST = 1_000_000


class FaultError(ValueError):
    """What keeps a record from being read as an article, in words."""


class Article(NamedTuple):
    """An article: `published` and `month` as EDTF, empty where not known; spans of furniture."""

    text: str
    published: str = ""
    month: str = ""
    address: str = ""
    publisher: str = ""
    language: str = ""
    furniture: tuple[tuple, ...] = ()


def article_of(record: Record, fields: Fields) -> Article:
    """The article that a record holds. Raises ValueError with what is wrong with it."""
    if record.form == FAULT:
        raise FaultError(record.content)
    if record.form == PAGE:
        return _of_page(record.content)
    cells = _parsed(record.content) if record.form == JSON else record.content
    published = _date(cells.get(fields.date))
    return Article(
        _text(cells.get(fields.text)),
        published,
        _month(published),
        _word(cells.get(fields.address), "address"),
        _word(cells.get(fields.publisher), "publisher"),
        _word(cells.get(fields.language), "language"),
    )


def _parsed(line: bytes) -> Mapping[str, Any]:
    try:
        cells = json.loads(line.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        raise FaultError(f"a byte that is not UTF-8, at {error.start}") from error
    except ValueError as error:
        raise FaultError(f"no JSON: {error}") from error
    if not isinstance(cells, dict):
        raise FaultError(f"no JSON object but {type(cells).__name__}")
    return cells


def _of_page(page: Mapping[str, Any]) -> Article:
    """The article of a page of the web; its publisher is the host of its address."""
    address = page["address"]
    headers = (("content-type", page["kind"]),)
    got = Page((address,), page["captured"], 200, headers, page["body"])
    draft = read_page(page["body"], address, got)
    published = draft.published.edtf
    host = (urlsplit(address).hostname or "").removeprefix("www.")
    text = _text(draft.text)
    return Article(text, published, _month(published), address, host, "", draft.furniture)


def _text(text: object) -> str:
    if text is None:
        raise FaultError("no text")
    if not isinstance(text, str):
        raise FaultError(f"its text is no text but {type(text).__name__}")
    if len(text) > LONGEST:
        raise FaultError(f"a text of {len(text):,} characters; expected {LONGEST:,} at most")
    if not text.strip():
        raise FaultError("an empty text")
    return _whole(text, "text")


def _word(cell: object, role: str) -> str:
    """The cell of a field that may be empty."""
    if cell is not None and not isinstance(cell, str):
        raise FaultError(f"its {role} is no text but {type(cell).__name__}")
    return _whole(cell or "", role).strip()


def _whole(text: str, role: str) -> str:
    """The same text; half a character (a lone surrogate) is in no text that can be written."""
    try:
        text.encode()
    except UnicodeEncodeError as error:
        raise FaultError(f"its {role} has half a character at {error.start}") from error
    return text


def _date(day: object) -> str:
    """A date as EDTF; a time of day is left out, for whose clock it is nobody says."""
    if day is None:
        return ""
    if isinstance(day, date):
        return day.isoformat()[:10]
    if not isinstance(day, str):
        raise FaultError(f"its date is no date but {type(day).__name__}")
    edtf, doubt = as_edtf(_whole(day, "date"))
    if doubt and not edtf:
        raise FaultError(f"its date {day.strip()[:60]!r} cannot be read in one way")
    return edtf


def _month(published: str) -> str:
    """The month of a date; empty where it is not known, or the date may lie in several."""
    if not published:
        return ""
    first, last = (day.isoformat()[:7] for day in bounds(published))
    return first if first == last else ""
