"""What a page says of itself to machines: title, publisher, day of publication, captions."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any

# The names under which pages tell their day of publication, the surest first.
DAYS = (
    "article:published_time",
    "og:article:published_time",
    "datepublished",
    "dc.date.issued",
    "dcterms.issued",
    "citation_publication_date",
    "parsely-pub-date",
    "sailthru.date",
    "pubdate",
    "publish-date",
    "publication_date",
)
TITLES = ("og:title", "headline", "citation_title", "dc.title")
PUBLISHERS = ("og:site_name", "publisher", "citation_journal_title", "dc.publisher")
# The parts of a page whose words are kept, by what they are.
PARTS = {"h1": "h1", "h2": "sub", "h3": "sub", "h4": "sub", "figcaption": "caption"}
# Characters of one such part, parts of a page, depth of what is written for machines.
LONGEST, MOST, DEPTH = 2_000, 200, 20


@dataclass
class Head:
    """What was found, each in the order of the page: `said` by the name under which it is told."""

    said: dict[str, list[str]] = field(default_factory=dict)
    parts: dict[str, list[str]] = field(default_factory=dict)
    language: str = ""

    def first(self, names: tuple[str, ...]) -> str:
        """The first that is told under one of some names; empty where none is."""
        values = [value for name in names for value in self.said.get(name, [])]
        return values[0] if values else ""

    def days(self) -> Iterator[tuple[str, str]]:
        """Each day of publication that is told, with the name under which it stands."""
        for name in DAYS:
            for value in self.said.get(name, []):
                yield name, value

    def title(self) -> str:
        """The headline as it is printed: a first heading that is near to what machines are told.

        Else what they are told: a paper's own name may be the first heading of its pages. Where
        they are told nothing, the first heading, or the page's name.
        """
        headings = self.parts.get("h1", [])
        told = self.first(TITLES)
        if not told:
            return [*headings, *self.said.get("title", []), ""][0]
        return next((one for one in headings if _near(one, told)), told)


def _near(one: str, other: str) -> bool:
    """Whether two headlines share half of the words of the shorter one."""
    words = [set(re.findall(r"\w+", title.casefold())) for title in (one, other)]
    shared, shorter = words[0] & words[1], min(len(words[0]), len(words[1]))
    return shorter > 0 and 2 * len(shared) >= shorter


def read_head(text: str) -> Head:
    """What a page says of itself. A page that is no sound HTML says as much as can be read."""
    reader = _Reader()
    reader.feed(text)
    return reader.head


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.head = Head()
        self.open: list[tuple[str, list[str]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "html":
            self.head.language = given.get("lang", "")
        if tag == "meta":
            name = given.get("property") or given.get("name") or given.get("itemprop") or ""
            self._say(name.lower(), given.get("content", ""))
        elif given.get("itemprop", "").lower() == "datepublished":
            self._say("datepublished", given.get("datetime") or given.get("content", ""))
        is_data = tag == "script" and given.get("type", "").lower() == "application/ld+json"
        if tag in PARTS or tag == "title" or is_data:
            self.open.append((tag, []))

    def handle_data(self, data: str) -> None:
        for _, words in self.open[-3:]:
            words.append(data)

    def handle_endtag(self, tag: str) -> None:
        if not self.open or self.open[-1][0] != tag:
            return
        _, words = self.open.pop()
        if tag == "script":
            for name, value in _from_data("".join(words)):
                self._say(name, value)
        elif tag == "title":
            self._say("title", "".join(words))
        else:
            self._add(self.head.parts, PARTS[tag], "".join(words))

    def _say(self, name: str, value: str) -> None:
        self._add(self.head.said, name, value)

    def _add(self, where: dict[str, list[str]], name: str, value: str) -> None:
        words = " ".join(value.split())[:LONGEST]
        kept = where.setdefault(name, [])
        if words and words not in kept and len(kept) < MOST:
            kept.append(words)


def _from_data(text: str) -> Iterator[tuple[str, str]]:
    """Of linked data (JSON-LD) what it says of an article: headline, day, publisher."""
    try:
        content = json.loads(text)
    except (ValueError, RecursionError):
        return
    for one in _mappings(content, DEPTH):
        kinds = str(one.get("@type", ""))
        if not re.search("Article|Report|BlogPosting", kinds):
            continue
        publisher = one.get("publisher")
        name = publisher.get("name") if isinstance(publisher, dict) else publisher
        found = {"headline": one.get("headline"), "publisher": name}
        found["datepublished"] = one.get("datePublished")
        for key, value in found.items():
            if isinstance(value, str):
                yield key, value


def _mappings(content: Any, depth: int) -> Iterator[dict[str, Any]]:
    if depth == 0:
        return
    if isinstance(content, dict):
        yield content
        content = list(content.values())
    if isinstance(content, list):
        for one in content:
            yield from _mappings(one, depth - 1)
