"""Cite: how the report, a page, a figure and a passage are cited, and what a page says to machines.

Each is cited in words, as BibTeX and as CSL JSON, which reference managers read. The address is
made from that of the case. A passage has a SoftWare Hash IDentifier besides (ISO/IEC 18670): it is
computed from the text of the article alone, so that whoever has the text finds the same words in
it, also where the report has no address.
"""

import hashlib
import json
import re
from functools import cache
from typing import Any, NamedTuple

from markupsafe import Markup

from dispute.site.lookups import Site
from dispute.site.passages import Record
from dispute.site.places import To
from dispute.site.prose import slug
from dispute.site.references import entry, tex
from helpers.case.licences import licence_of
from helpers.case.selection import publication

# A whole day, month or year: what CSL calls date parts.
PLAIN = re.compile(r"\d{4}(-\d\d){0,2}")
# A figure with a place of its own, up to its title.
FIGURE = re.compile(
    r'<figure\b[^>]*\bid="([^"]+)"(?:(?!</figure>).)*?<title\b[^>]*>(.*?)</title>', re.S
)


class Citation(NamedTuple):
    """How one thing is cited: in words, as BibTeX, and as CSL JSON."""

    words: str
    bibtex: str
    csl: str


class Where(NamedTuple):
    """Where a passage stands: its characters, its number, its bytes (SWHID), and its address."""

    start: str
    end: str
    number: str
    bytes: str
    address: str


class Cites:
    """The citations of a case; `to` gives the address of a place from the root of the site."""

    def __init__(self, site: Site, to: To) -> None:
        self.site = site
        self.case = site.case
        self._to = to
        self._swhid = cache(lambda article: swhid(self.case.texts[article]))

    def report(self) -> Citation:
        """The whole report."""
        words = self.case.cite()
        address = self.case.address
        if address and address not in words:
            words = f"{words} {address}"
        return _citation("report", words, self.case.title, self._csl("report"), self._bib(address))

    def page(self, name: str, title: str, anchor: str = "") -> Citation:
        """A page, or a place on it."""
        address = self.address(name, anchor)
        words = f"“{title}”. In: {self._in_words()} {address}".strip()
        more = {"container-title": self.case.title, "URL": address}
        known = self._bib(address) | {"booktitle": self.case.title}
        return _citation(slug(title), words, title, self._csl("webpage", **more), known)

    def figures(self, name: str, body: str) -> list[tuple[str, Citation]]:
        """The figures on a page that have a place of their own, by their titles."""
        titled = [(anchor, Markup(title).unescape()) for anchor, title in FIGURE.findall(body)]
        return [(title, self.page(name, f"{title} (figure)", anchor)) for anchor, title in titled]

    def passage(self, record: Record) -> Citation:
        """A coded passage: its article, publisher, date, offsets and address."""
        return self._passage(record["article_id"], self.where(record))

    def any_passage(self, article_id: str) -> Citation:
        """How each passage of an article is cited: `‹start›` and the like where `where` differs."""
        marks = Where(*(f"‹{name}›" for name in Where._fields))
        return self._passage(article_id, marks if self.case.address else marks._replace(address=""))

    def where(self, record: Record) -> Where:
        """What the citation of a passage says besides that of any other of its article."""
        text, name = self.case.texts[record["article_id"]], f"evidence/{record['article_id']}"
        first = len(text[: record["start"]].encode())
        size = len(text[record["start"] : record["end"]].encode())
        return Where(
            start=str(record["start"]),
            end=str(record["end"]),
            number=str(self.site.number(record)),
            bytes=f"{first}-{first + size - 1}",
            address=self.address(name, record["anchor"]),
        )

    def _passage(self, article_id: str, where: Where) -> Citation:
        article, publisher = self.site.article(article_id), self.site.publisher(article_id)
        published = publication(article.published)
        place = f"characters {where.start} to {where.end}"
        number = f"passage {where.number}"
        swh = f"{self._swhid(article_id)};bytes={where.bytes}"
        words = (
            f"{publisher}, “{article.title}”, {published}, {place} ({number}). Coded in: "
            f"{self._in_words()} {where.address} {swh}"
        )
        csl = {
            "type": "article",
            "container-title": publisher,
            "issued": _issued(article.published, published),
            "note": f"{place}, {number} of {self.case.title}; {swh}",
            "URL": where.address,
        }
        known = {
            "publisher": publisher,
            "year": article.published[:4] if PLAIN.match(article.published) else "",
            "note": f"{published}, {place}, {number} of {self.case.title}",
            "howpublished": swh,
            "url": where.address,
        }
        key = f"{slug(self.site.called(article_id))}-passage-{where.number}"
        return _citation(key, words, article.title, csl, known)

    def address(self, name: str, anchor: str = "") -> str:
        """Where a page is to be found; empty where that is not known.

        Pages lie below an address of the case that ends with a slash. Another, such as a DOI, is
        that of the whole.
        """
        known = self.case.address
        return known + self._to(name, anchor) if known.endswith("/") else known

    def summary(self, name: str, title: str) -> str:
        """What a page is, for a list of search results: of the front page, the question."""
        case = self.case
        if name != "index":
            return f"{title}. {case.title}: {case.subtitle}".removesuffix(": ")
        return case.question or case.subtitle or case.title

    def for_machines(self, name: str, title: str) -> tuple[list[tuple[str, str]], dict[str, Any]]:
        """What the head of a page says: Highwire's tags, and schema.org's description."""
        case, address = self.case, self.address(name)
        tags = [("title", title), *(("author", author) for author in case.authors)]
        tags += [("publication_date", case.year), ("fulltext_html_url", address)]
        tags += [("inbook_title", case.title)] if name != "index" else []
        whole = {
            "@type": "Dataset",
            "name": case.title,
            "description": self.summary("index", case.title),
            "creator": [{"@type": "Organization", "name": author} for author in case.authors],
            "datePublished": case.year,
            "version": case.version,
            "license": licence_of(case.licence).address if case.licence else "",
            "url": case.address,
        }
        page = {"@type": "WebPage", "name": title, "inLanguage": "en", "url": address}
        part = {"@type": "Dataset", "name": case.title, "url": case.address}
        described = _full(whole) if name == "index" else _full(page | {"isPartOf": _full(part)})
        return [tag for tag in tags if tag[1]], {"@context": "https://schema.org"} | described

    def _in_words(self) -> str:
        """The report in words, without its address."""
        return self.case.cite().removesuffix(self.case.address).strip()

    def _csl(self, kind: str, **more: Any) -> dict[str, Any]:
        authors = [{"literal": author} for author in self.case.authors]
        year = self.case.year
        known = {"type": kind, "author": authors, "issued": _issued(year, year)}
        return known | {"version": self.case.version, "URL": self.case.address} | more

    def _bib(self, address: str) -> dict[str, str]:
        authors = " and ".join("{" + tex(author) + "}" for author in self.case.authors)
        version = f"Version {self.case.version}" if self.case.version else ""
        return {"author": authors, "year": self.case.year, "note": version, "url": address}


def swhid(text: str) -> str:
    """The SWHID of a text as a file in UTF-8: SHA-1 of what git makes of it as a blob."""
    content = text.encode()
    blob = f"blob {len(content)}\0".encode() + content
    return f"swh:1:cnt:{hashlib.sha1(blob, usedforsecurity=False).hexdigest()}"


def _citation(
    key: str, words: str, title: str, csl: dict[str, Any], bib: dict[str, str]
) -> Citation:
    own = {name: value for name, value in bib.items() if name in ("author", "url")}
    rest = {name: tex(value) for name, value in bib.items() if name not in own}
    item = _full({"id": key, "title": title} | csl)
    return Citation(
        " ".join(words.split()),
        entry("misc", key, title="{" + tex(title) + "}", **own, **rest).strip(),
        json.dumps([item], ensure_ascii=False),
    )


def _issued(date: str, words: str) -> dict[str, Any]:
    """A date as CSL JSON has it: its parts, or, where it is vague, in words; empty without one."""
    if not date:
        return {}
    plain = PLAIN.fullmatch(date)
    return {"date-parts": [[int(part) for part in date.split("-")]]} if plain else {"raw": words}


def _full(known: dict[str, Any]) -> dict[str, Any]:
    """What of it is not empty."""
    return {name: value for name, value in known.items() if value}
