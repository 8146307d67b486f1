"""References in RIS: a line a field, `TY` to `ER` a reference."""

import re

from dispute.intake.drafts import Entry
from dispute.intake.encodings import decoded

LINE = re.compile(r"([A-Z][A-Z0-9])  - ?(.*)")
# Each part of an entry, and the fields that may hold it, the surest first.
FIELDS = {
    "address": ("UR", "L2"),
    "file": ("L1",),
    "title": ("TI", "T1", "CT"),
    "publisher": ("T2", "JO", "JF", "JA", "BT", "PB"),
    "date": ("DA", "PY", "Y1"),
}


def is_ris(beginning: str) -> bool:
    """Whether a text begins as RIS does."""
    return bool(re.match(r"\ufeff?\s*TY  - ", beginning))


def read_ris(content: bytes, name: str) -> list[Entry]:
    """The references of a file, those that name neither an address nor a file among them."""
    text, _ = decoded(content)
    entries: list[Entry] = []
    said: dict[str, str] = {}
    for line in text.lstrip("\ufeff").splitlines():
        match = LINE.match(line)
        if not match:
            continue
        if match[1] == "TY":
            said = {}
        elif match[1] == "ER":
            entries.append(_entry(said, f"{name}, reference {len(entries) + 1}"))
            said = {}
        else:
            said.setdefault(match[1], match[2].strip())
    return entries


def _entry(said: dict[str, str], place: str) -> Entry:
    found = {}
    for part, names in FIELDS.items():
        found[part] = next((said[name] for name in names if said.get(name)), "")
    return Entry(place, **found)
