"""References in CSL JSON, as Zotero writes them."""

import json
from typing import Any

from dispute.intake.drafts import Entry, RefusedError
from dispute.intake.encodings import decoded

PUBLISHERS = ("container-title", "publisher")


def is_csl(beginning: str) -> bool:
    """Whether a text begins as a list of references in JSON does."""
    return beginning.lstrip("\ufeff \r\n\t").startswith(("[", "{"))


def read_csl(content: bytes, name: str) -> list[Entry]:
    """The references of a file. Raises RefusedError for what is no list of them."""
    text, _ = decoded(content)
    try:
        references = json.loads(text.lstrip("\ufeff"))
    except (ValueError, RecursionError) as error:
        raise RefusedError(f"no JSON ({error})") from error
    if isinstance(references, dict):
        references = references.get("items", [references])
    if not isinstance(references, list) or not all(isinstance(one, dict) for one in references):
        raise RefusedError("JSON that is no list of references; expected CSL JSON")
    numbered = enumerate(references, start=1)
    return [_entry(one, f"{name}, reference {number}") for number, one in numbered]


def _entry(said: dict[str, Any], place: str) -> Entry:
    publishers = [_text(said.get(key)) for key in PUBLISHERS]
    return Entry(
        place,
        address=_text(said.get("URL")),
        file=_text(said.get("file")),
        title=_text(said.get("title")),
        publisher=next(filter(None, publishers), ""),
        date=_date(said.get("issued")),
    )


def _text(value: Any) -> str:
    return " ".join(value.split()) if isinstance(value, str) else ""


def _date(issued: Any) -> str:
    """The date of `issued`: its parts as EDTF, two of them as an interval; else its words."""
    if not isinstance(issued, dict):
        return _text(issued)
    parts = issued.get("date-parts")
    days = [_day(one) for one in parts] if isinstance(parts, list) else []
    if days and all(days):
        return "/".join(days[:2])
    return _text(issued.get("raw")) or _text(issued.get("literal"))


def _day(parts: Any) -> str:
    """The parts of a date, year first, as EDTF; empty where they are none."""
    try:
        numbers = [int(part) for part in parts][:3]
    except (TypeError, ValueError):
        return ""
    widths = zip(numbers, (4, 2, 2), strict=False)
    return "-".join(f"{number:0{width}}" for number, width in widths)
