"""How much of each article the files of a folder show, whatever kind of file it is.

Every text of a page, table, notebook, feed, paper or script is read as it stands (alternative texts
are in the marks), without the marks in it, and with its escapes undone: no way of writing hides a
passage. Pictures hold labels, no passages.
"""

import gzip
import html
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from dispute.run.replication.documents import pages
from helpers.case.article_words import ArticleWords, unescaped

# What the closed edition may not show: words of an article in a row, and a share of all its words.
FEWEST_TOO_MANY, MOST_SHARED = 12, 0.1
PICTURES = {".png", ".ico", ".jpg", ".woff2"}
MARK = re.compile(r"<[/!?a-zA-Z][^<>]*>")


@dataclass(frozen=True)
class ShownWords:
    """What was found: the longest run of each file, and the words of each article that stand there.

    `longest` is by path, in words; `shown` by article_id, as places of words.
    """

    longest: dict[str, int] = field(default_factory=dict)
    shown: dict[str, set[int]] = field(default_factory=lambda: defaultdict(set))

    def shares(self, words: ArticleWords) -> dict[str, float]:
        """article_id to the share of its words that stands in a run of five or more, 0 to 1."""
        return {
            article: len(self.shown[article]) / max(len(own), 1)
            for article, own in words.words.items()
        }

    def faults(self, words: ArticleWords) -> list[str]:
        """In words, what a closed edition may not show; empty where all is well."""
        told = [
            f"{name}: {longest} words of an article in a row; expected fewer than {FEWEST_TOO_MANY}"
            for name, longest in sorted(self.longest.items())
            if longest >= FEWEST_TOO_MANY
        ]
        return told + [
            f"{article}: {share:.1%} of its words; expected at most {MOST_SHARED:.0%}"
            for article, share in self.shares(words).items()
            if share > MOST_SHARED
        ]


def words_shown(folder: Path, words: ArticleWords) -> ShownWords:
    """What the files of a folder show of some articles."""
    found = ShownWords()
    for path in sorted(path for path in folder.rglob("*") if path.is_file()):
        name = path.relative_to(folder).as_posix()
        for text in texts_of(path):
            for run in words.runs(text):
                found.longest[name] = max(found.longest.get(name, 0), run.last - run.first)
            for article, places in words.everywhere(text).items():
                found.shown[article] |= places
    return found


def texts_of(path: Path) -> Iterator[str]:
    """The texts of a file, as a reader meets them."""
    kind = path.name.removesuffix(".gz").rpartition(".")[2]
    kind = f".{kind}".lower()
    if kind in PICTURES:
        return
    content = path.read_bytes()
    if path.suffix == ".gz":
        content = gzip.decompress(content)
    if kind == ".pdf":
        yield "\n".join(pages(content))
        return
    text = content.decode("utf-8", errors="replace")
    if kind == ".ics":
        text = text.replace("\r\n ", "").replace("\n ", "")
    yield from dict.fromkeys(_readings(text))


def _readings(text: str) -> Iterator[str]:
    """A text as it stands and with its escapes undone, each with its marks and without.

    Marks stand in a word, or part two cells. A feed holds pages, whose entities are escaped twice.
    """
    for one in (text, _unescaped(text)):
        whole = html.unescape(html.unescape(one))
        yield from (whole, MARK.sub("", whole), MARK.sub(" ", whole))


def _unescaped(text: str) -> str:
    """A text of JSON, YAML, a script or a calendar with its escapes undone, as far as words go."""
    text = unescaped(text).replace("\u00ad", "")
    return re.sub(r"\\(.)", lambda found: " " if found[1] == "N" else found[1], text)


def described(shares: Mapping[str, float]) -> str:
    """The shares of all articles in words: the least and the most."""
    values = sorted(shares.values()) or [0.0]
    return f"{values[0]:.0%} to {values[-1]:.0%}"
