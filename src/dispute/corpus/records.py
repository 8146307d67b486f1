"""The articles of a corpus as they stand in its files, one after the other, cut into batches.

Nothing of an article is looked at here: that is for the workers, so that one that is broken, or
breaks the process that reads it, harms nothing else.
"""

from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

import pyarrow.parquet as pq
from warcio.archiveiterator import ArchiveIterator

from dispute.corpus.sources import JSON, MOST, PARQUET, WARC, Fields, Source

# What a record is: bytes of JSON, the cells of a row, a page of the web, or a sentence on why it
# could not be had.
ROW, PAGE, FAULT = "row", "page", "fault"
# Rows of Parquet that are read at once, and bytes of a batch.
ROWS, BATCH = 500, 16_000_000
PAGES = ("text/html", "application/xhtml+xml")


class Record(NamedTuple):
    """An article as it stands in a file: its id (the file and the row there), form and content."""

    article_id: str
    form: str
    content: Any
    bytes: int = 0


def records_of(sources: Iterable[Source], fields: Fields) -> Iterator[Record]:
    """The articles of some files in their order.

    Where a file cannot be read to its end the last of its records says so. Raises OSError where
    the machine fails.
    """
    for source in sources:
        records = READERS[source.form](source, fields)
        try:
            yield from records
        except Exception as error:  # each library has its own for a file that is damaged
            if isinstance(error, OSError) and error.errno:
                raise
            why = f"from here on the file cannot be read: {type(error).__name__}: {error}"
            yield Record(f"{source.name}:end", FAULT, why)


def batches_of(records: Iterable[Record], articles: int) -> Iterator[list[Record]]:
    """Batches of so many articles, or fewer where they are long: the same for the same records."""
    batch: list[Record] = []
    size = 0
    for record in records:
        batch.append(record)
        size += record.bytes
        if len(batch) == articles or size >= BATCH:
            yield batch
            batch, size = [], 0
    if batch:
        yield batch


def _lines(source: Source, fields: Fields) -> Iterator[Record]:
    """The lines of a file that are not empty."""
    with source.opened() as file:
        number = 0
        while line := file.readline(MOST):
            number += 1
            article_id = f"{source.name}:{number}"
            if len(line) == MOST and not line.endswith(b"\n"):
                while line and not line.endswith(b"\n"):
                    line = file.readline(MOST)
                yield Record(article_id, FAULT, f"a line of more than {MOST:,} bytes")
            elif line.strip():
                yield Record(article_id, JSON, line, len(line))


def _rows(source: Source, fields: Fields) -> Iterator[Record]:
    """The rows of a Parquet file, with the columns that are needed."""
    with pq.ParquetFile(source.path) as file:
        wanted = [name for name in vars(fields).values() if name in file.schema_arrow.names]
        number = 0
        for batch in file.iter_batches(ROWS, columns=wanted):
            for row in batch.to_pylist():
                number += 1
                size = sum(len(cell) for cell in row.values() if isinstance(cell, str))
                yield Record(f"{source.name}:{number}", ROW, row, size)


def _pages(source: Source, fields: Fields) -> Iterator[Record]:
    """The pages of the web that a WARC file has: answers with a text in HTML, and no error."""
    with open(source.path, "rb") as file:
        for number, entry in enumerate(ArchiveIterator(file), start=1):
            if entry.rec_type != "response" or entry.http_headers is None:
                continue
            kind = entry.http_headers.get_header("Content-Type") or ""
            if entry.http_headers.get_statuscode() != "200" or not kind.startswith(PAGES):
                continue
            body = entry.content_stream().read(MOST)
            page = {
                "address": entry.rec_headers.get_header("WARC-Target-URI") or "",
                "captured": entry.rec_headers.get_header("WARC-Date") or "",
                "kind": kind,
                "body": body,
            }
            yield Record(f"{source.name}:{number}", PAGE, page, len(body))


READERS = {JSON: _lines, PARQUET: _rows, WARC: _pages}
