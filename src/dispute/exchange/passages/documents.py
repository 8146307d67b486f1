"""Documents of a file as articles of a case: those that are there, and new ones of their texts."""

import hashlib
import itertools
import re
from collections.abc import Mapping

import yaml

from dispute.exchange.passages.anchoring import Article
from dispute.exchange.passages.giving import ABOUT
from dispute.exchange.passages.mapping import Meanings
from dispute.exchange.passages.record import Document
from dispute.exchange.wording import plain_id
from helpers.case.cells import PATTERNS
from helpers.case.copies import folded
from helpers.case.load import Case
from helpers.case.problems import nearest, shown

UNSAID = "not stated in the file it came from"


class Articles:
    """The articles that documents of a file are: `of` by the name of the document.

    `languages` are those of each article; `files` are the new ones, by path.
    """

    def __init__(self, meanings: Meanings, case: Case | None) -> None:
        self.meanings, self.case = meanings, case
        self.of: dict[str, Article] = {}
        self.files: dict[str, bytes] = {}
        self.languages: dict[str, str] = {}
        self.titles: list[tuple[str, str]] = []
        self.words: dict[str, list[str]] | None = None
        if case is not None:
            rows = case.articles
            self.languages = dict(zip(rows.article_id, rows.language, strict=True))
            self.titles = list(zip(map(_plain, rows.title), rows.article_id, strict=True))

    def take(self, document: Document) -> str:
        """Find the article of a document, or make one of its text; else what was expected."""
        if self.case and (identity := self._article_of(document)):
            spans = [(one[0], one[1]) for one in self.case.furniture[identity]]
            self.of[document.name] = Article(identity, self.case.texts[identity], spans)
            return ""
        if document.text is not None:
            wished = self.meanings.documents.get(document.name)
            if wished and not re.fullmatch(PATTERNS["id"].regex, wished):
                return f"{PATTERNS['id'].words}; found {shown(wished)} in the mapping file"
            self._add(document, document.text)
            return ""
        articles = list(self.case.texts) if self.case else []
        return (
            f"an article of the case{nearest(document.name, articles)}: its id, its title, or a "
            "line under `documents` of the mapping file"
        )

    def _article_of(self, document: Document) -> str:
        """The article of the case that a document is, by id, title or text; else empty."""
        assert self.case is not None
        name = self.meanings.documents.get(document.name, document.name)
        for one in (name, _stem(name), plain_id(_stem(name))):
            if one in self.case.texts:
                return one
        plain = {_plain(one) for one in (name, _stem(name), document.about.get("title", "")) if one}
        found = {identity for title, identity in self.titles if title in plain}
        if not found and document.text is not None:
            found = set(self._by_words().get(_plain(document.text), []))
        return found.pop() if len(found) == 1 else ""

    def _by_words(self) -> dict[str, list[str]]:
        """The articles of the case by their words, as they are compared."""
        if self.words is None:
            self.words = {}
            for article, text in self.case.texts.items() if self.case else ():
                self.words.setdefault(_plain(text), []).append(article)
        return self.words

    def _add(self, document: Document, text: str) -> None:
        """A new article: its text and its sidecar."""
        taken = {article.name for article in self.of.values()}
        taken |= set(self.case.texts) if self.case else set()
        wished = self.meanings.documents.get(document.name) or plain_id(_stem(document.name))
        identity = wished = wished or "document"
        for number in itertools.count(2):
            if identity not in taken:
                break
            identity = f"{wished}-{number}"
        self.languages[identity] = document.about.get("language") or "und"
        self.of[document.name] = Article(identity, text)
        self.files[f"articles/{identity}.txt"] = text.encode()
        self.files[f"articles/{identity}.yaml"] = as_yaml(_sidecar(document, text))


def _sidecar(document: Document, text: str) -> dict[str, object]:
    """What is known of a document, as the sidecar of an article says it."""
    said = {name: document.about.get(name, "") for name in ABOUT}
    return {
        **{name: one for name, one in said.items() if one},
        "title": said["title"] or document.name,
        "publisher": said["publisher"],
        "published": said["published"],
        "published_basis": said["published_basis"] or UNSAID,
        "language": (said["language"] or "und").split(";"),
        "rights": said["rights"] or UNSAID,
        "sha256": hashlib.sha256(text.encode()).hexdigest(),
    }


def as_yaml(value: Mapping[str, object]) -> bytes:
    """A mapping as YAML, its keys in their order."""
    content: bytes = yaml.safe_dump(
        dict(value), allow_unicode=True, sort_keys=False, encoding="utf-8"
    )
    return content


def _stem(name: str) -> str:
    return name.rsplit(".", 1)[0] if "." in name else name


def _plain(words: str) -> str:
    return folded(words).text
