"""One article: the row of a record, by the rules. This is what the workers do.

What goes wrong with an article is said in its row. One that takes longer than a limit ends its
process, as one does that uses up the memory: `over_articles` finds out which it was.
"""

import faulthandler
import os
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

import pyarrow as pa

from dispute.corpus.article import Article, article_of
from dispute.corpus.columns import ARTICLES
from dispute.corpus.records import Record
from dispute.corpus.signature import signature
from dispute.corpus.sources import Fields
from dispute.intake.languages import languages_of
from helpers.proposing import VERSION, Rules
from helpers.proposing.codebook import Codebook

Row = dict[str, Any]

SECONDS = 60
LOST = f"the process that read it died, or it took longer than {SECONDS} seconds"


@dataclass(frozen=True)
class Reader:
    """Reads batches by a codebook, the same in each process; `digest` stands for the codebook."""

    digest: str
    codebook: Codebook = field(compare=False, repr=False)
    fields: Fields
    rules_version: str = VERSION

    def __call__(self, batch: Sequence[Record]) -> pa.Table:
        """A row for each record, its columns `columns.ARTICLES`.

        Raises RuntimeError where the rules here are of another version than those of the command.
        """
        if self.rules_version != VERSION:
            told = f"a worker has the rules of version {VERSION}"
            raise RuntimeError(f"{told}; expected {self.rules_version}, as the command has")
        rules = _prepared(self)
        return pa.Table.from_pylist([self._row(record, rules) for record in batch], ARTICLES)

    def lost(self, record: Record) -> pa.Table:
        """The row of a record that cannot be read without the end of the process."""
        return pa.Table.from_pylist([_faulty(record, LOST)], ARTICLES)

    def _row(self, record: Record, rules: Rules) -> Row:
        try:
            with _limit():
                article = article_of(record, self.fields)
                return {"article_id": record.article_id, **_read(record.article_id, article, rules)}
        except Exception as error:  # whatever it is, it is this article's, and the others go on
            told = (
                str(error) if isinstance(error, ValueError) else f"{type(error).__name__}: {error}"
            )
            return _faulty(record, told)


@lru_cache(maxsize=1)
def _prepared(reader: Reader) -> Rules:
    """The rules with a codebook, once in a process."""
    return Rules(reader.codebook)


@contextmanager
def _limit() -> Iterator[None]:
    """End the process where what follows takes too long, also within a regular expression."""
    with open(os.devnull, "w") as nowhere:
        faulthandler.dump_traceback_later(SECONDS, exit=True, file=nowhere)
        try:
            yield
        finally:
            faulthandler.cancel_dump_traceback_later()


def _faulty(record: Record, why: str) -> Row:
    """The row of a record that is no article."""
    words = why.encode("utf-8", "backslashreplace").decode()[:400]
    texts = dict.fromkeys(("address", "publisher", "published", "month", "language"), "")
    lists: Row = {
        name: [] for name in ARTICLES.names if pa.types.is_list(ARTICLES.field(name).type)
    }
    return {"article_id": record.article_id, **texts, "characters": 0, "fault": words, **lists}


def _read(article_id: str, article: Article, rules: Rules) -> Row:
    """The other cells of an article."""
    language = article.language or ";".join(languages_of(article.text))
    read = rules.read(article_id, article.text, article.furniture, article.published, language)
    statements = [_with_stance(row) for row in read.statements]
    return {
        "address": article.address,
        "publisher": article.publisher,
        "published": article.published,
        "month": article.month,
        "language": language,
        "characters": len(article.text),
        "fault": "",
        "names": read.names,
        "times": [row._asdict() for row in read.times],
        "statements": statements,
        "events": read.event_mentions,
        "counts": list(_counts(statements)),
        "signature": signature(article.text),
    }


def _with_stance(row: Row) -> Row:
    """A proposal with its stance as a number, and none where none is proposed."""
    return {**row, "stance": int(row["stance"]) if row["stance"] else None}


def _counts(statements: Sequence[Row]) -> Iterator[Row]:
    """How many statements of an actor on an issue with a stance an article has."""
    cells = Counter(
        (row["speaker"], row["issue"], row["stance"])
        for row in statements
        if row["speaker"] and row["issue"] and row["stance"] is not None
    )
    for (actor, issue, stance), number in sorted(cells.items()):
        yield {"actor_id": actor, "issue": issue, "stance": stance, "n": number}
