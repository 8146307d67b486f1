"""A corpus read: what was asked for is looked at, the parts are made, and what is known of all."""

import hashlib
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import asdict, dataclass, fields
from pathlib import Path
from typing import Any

import pandas as pd

from dispute.corpus import summary
from dispute.corpus.engine import HERE, expect_answer, opened
from dispute.corpus.one_article import Reader
from dispute.corpus.over_articles import over_articles
from dispute.corpus.parts import LOCK, Parts
from dispute.corpus.records import batches_of, records_of
from dispute.corpus.sources import Fields, Source, problems_of, sources_of
from dispute.run.locks import lock
from helpers.case.load import load_open
from helpers.case.owners import in_words
from helpers.case.problems import CaseError
from helpers.proposing import VERSION
from helpers.proposing.codebook import Codebook, codebook_of

# Changed with every change of what is written here that is none of the rules'.
FORMAT = 1
# What of a case is not needed to read other articles by its codebook.
UNREAD = ("statements", "event_mentions", "relations", "context_events", "notes", "proposals")
SUMMARY = {
    "faults": summary.faults,
    "counts": summary.counts,
    "near_duplicates": summary.near_duplicates,
}


@dataclass(frozen=True)
class Order:
    """What a person asks for: folders, names of fields, articles of a part, and where to work."""

    corpus: Path
    out: Path
    case_dir: Path
    fields: Fields
    articles: int
    scheduler: str = HERE
    workers: int | None = None


@dataclass(frozen=True)
class Begun:
    """A corpus that can be read: its files, those that are none, the reader, and its parts."""

    sources: list[Source]
    others: list[str]
    reader: Reader
    parts: Parts


def begin(order: Order) -> Begun:
    """Look at all that was asked for; nothing is written.

    Raises ValueError with every fault of the corpus, the case, the folder and the scheduler.
    """
    faults: list[str] = []
    with _told(faults):
        expect_answer(order.scheduler)
    with _told(faults):
        book = codebook_of(load_open(order.case_dir, without=UNREAD))
    with _told(faults):
        _expect_apart(order.corpus, order.out)
        sources, others = sources_of(order.corpus)
        if problems := problems_of(sources, order.fields):
            raise CaseError(problems)
    if faults:
        raise ValueError("\n".join(faults))
    reader = Reader(digest_of(book), book, order.fields)
    identity = {
        "articles_a_part": order.articles,
        "codebook": reader.digest,
        "fields": asdict(order.fields),
        "files": [source.fingerprint() for source in sources],
        "format": FORMAT,
        "rules": VERSION,
    }
    parts = Parts(order.out, identity)
    parts.expect_own()
    return Begun(sources, others, reader, parts)


@contextmanager
def _told(faults: list[str]) -> Iterator[None]:
    """Add what is raised within a `with` to the faults."""
    try:
        yield
    except (OSError, ValueError) as error:
        faults.append(in_words(error) if isinstance(error, OSError) else str(error))


def read_corpus(
    order: Order,
    begun: Begun,
    each: Callable[[int], object],
) -> dict[str, int]:
    """Make the parts that are missing, and the tables of all; gives the rows of each table.

    `each` is told the number of records of each part. Raises ValueError where the scheduler does
    not answer, EngineError where it does not any more, BusyError where somebody else writes there.
    """
    records = records_of(begun.sources, order.fields)
    with ExitStack() as held:
        with opened(order.scheduler, order.workers) as engine:
            held.enter_context(lock(order.out / LOCK))
            begun.parts.begin()
            batches = batches_of(records, order.articles)
            over_articles(begun.reader, batches, engine, begun.parts, each)
        return {name: _sum_up(name, begun.parts) for name in SUMMARY}


def _sum_up(name: str, parts: Parts) -> int:
    """Make a table of all parts; gives its number of rows."""
    table = SUMMARY[name](parts.paths())
    parts.put_table(f"{name}.parquet", table)
    return table.num_rows


def digest_of(book: Codebook) -> str:
    """What tells a codebook from any other: sha256 of its tables."""
    digest = hashlib.sha256()
    for name in (one.name for one in fields(book)):
        part: Any = getattr(book, name)
        text = part.to_csv(index=False) if isinstance(part, pd.DataFrame) else repr(part)
        digest.update(f"{name}\n{text}\0".encode())
    return digest.hexdigest()


def _expect_apart(corpus: Path, out: Path) -> None:
    """Raise ValueError where what is written would lie in what is read, or the other way round."""
    first, second = corpus.resolve(), out.resolve()
    if first == second or first in second.parents or second in first.parents:
        raise ValueError(f"{out}: found it within {corpus}; expected a folder beside it")
