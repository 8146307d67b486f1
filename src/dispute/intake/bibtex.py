"""References in BibTeX and BibLaTeX."""

import re
from collections.abc import Iterator

from dispute.intake.drafts import Entry, RefusedError
from dispute.intake.encodings import decoded

ENTRY = re.compile(r"@\s*([A-Za-z]+)\s*\{\s*([^,{}\s]*)\s*,")
FIELD = re.compile(r"\s*,?\s*([A-Za-z][\w-]*)\s*=\s*")
NO_REFERENCES = ("comment", "string", "preamble")
FIELDS = {
    "address": ("url",),
    "file": ("file",),
    "title": ("title",),
    "publisher": ("journaltitle", "journal", "newspaper", "publisher", "organization"),
    "date": ("date",),
}
MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec".split()


def is_bibtex(beginning: str) -> bool:
    """Whether a text begins as BibTeX does, comments aside."""
    lines = [line for line in beginning.lstrip("\ufeff").splitlines() if line.strip()]
    first = next((line for line in lines if not line.lstrip().startswith("%")), "")
    return bool(re.match(r"\s*@\s*[A-Za-z]+\s*\{", first))


def read_bibtex(content: bytes, name: str) -> list[Entry]:
    """The references of a file. Raises RefusedError where a bracket or quotation mark is open."""
    text, _ = decoded(content)
    entries: list[Entry] = []
    for match in ENTRY.finditer(text):
        if match[1].lower() not in NO_REFERENCES:
            said = dict(_fields(text, match.end()))
            entries.append(_entry(said, f"{name}, {match[2] or len(entries) + 1}"))
    return entries


def _fields(text: str, place: int) -> Iterator[tuple[str, str]]:
    while match := FIELD.match(text, place):
        value, place = _value(text, match.end())
        yield match[1].lower(), value


def _value(text: str, start: int) -> tuple[str, int]:
    """A value and the place behind it: in braces, in quotation marks, or a bare word."""
    opening = text[start : start + 1]
    if opening not in ("{", '"'):
        bare = re.compile(r"[^\s,}]*").match(text, start)
        return (bare[0], bare.end()) if bare else ("", start)
    depth = 0
    for place in range(start, len(text)):
        char = text[place]
        escaped = text[place - 1] == "\\"
        if char == "{" and not escaped:
            depth += 1
        elif char == "}" and not escaped:
            depth -= 1
        closes = depth == 0 and place > start and char == ("}" if opening == "{" else '"')
        if closes and not escaped:
            return _plain(text[start + 1 : place]), place + 1
    raise RefusedError(f"a value without an end: {text[start : start + 40]!r}")


def _plain(value: str) -> str:
    words = re.sub(r"\\([&%$#_{}])", r"\1", " ".join(value.split()))
    return words.replace("{", "").replace("}", "").replace("---", "—").replace("--", "–")


def _entry(said: dict[str, str], place: str) -> Entry:
    found = {}
    for part, names in FIELDS.items():
        found[part] = next((said[name] for name in names if said.get(name)), "")
    found["file"] = _attached(found["file"])
    if not found["date"] and said.get("year"):
        month = said.get("month", "").lower()[:3]
        number = MONTHS.index(month) + 1 if month in MONTHS else 0
        found["date"] = f"{said['year']}-{number:02}" if number else said["year"]
    return Entry(place, **found)


def _attached(written: str) -> str:
    """The first file of a field such as `Full text:files/1/story.pdf:application/pdf`."""
    first = written.partition(";")[0]
    parts = [part for part in first.split(":") if part]
    if len(parts) == 3:
        return parts[1]
    return first
