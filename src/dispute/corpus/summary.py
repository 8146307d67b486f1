"""What is known of a corpus when all its parts stand: faults, counts and near-duplicates."""

from collections.abc import Iterator, Sequence
from pathlib import Path

import duckdb
import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.dataset as ds
import pyarrow.parquet as pq

from dispute.corpus.signature import ORDERS, bands

# From this estimated Jaccard index of their runs of five words on, two texts are near-duplicates.
ALIKE = 0.8
# Pairs whose signatures are compared at once.
PAIRS = 100_000

COUNTED = """
    SELECT cell.actor_id, cell.issue, cell.stance, month, publisher,
           sum(cell.n)::BIGINT AS n, count(*)::BIGINT AS articles
    FROM (SELECT month, publisher, unnest(counts) AS cell FROM parts)
    GROUP BY ALL ORDER BY ALL
"""


def faults(paths: Sequence[Path]) -> pa.Table:
    """The records that could not be read: article_id and fault, in the order of the corpus."""
    names = ["article_id", "fault"]
    tables = [pq.read_table(path, columns=names) for path in paths]
    whole = pa.concat_tables(tables)
    return whole.filter(pc.not_equal(whole["fault"], ""))


def counts(paths: Sequence[Path]) -> pa.Table:
    """The proposed statements counted by actor, issue, stance, month of the article, publisher.

    `n` counts statements, `articles` the articles that have one. DuckDB goes through the parts one
    after the other.
    """
    with duckdb.connect() as connection:
        connection.register("parts", ds.dataset([str(path) for path in paths]))
        return connection.sql(COUNTED).to_arrow_table()


def near_duplicates(paths: Sequence[Path]) -> pa.Table:
    """Which articles are nearly the same as an earlier one: article_id, same_as, likeness.

    `same_as` is the earliest that was found; `likeness` the estimated Jaccard index of both. All
    signatures are kept in memory: 128 bytes for each article.
    """
    tables = [pq.read_table(path, columns=["article_id", "signature"]) for path in paths]
    whole = pa.concat_tables(tables)
    whole = whole.filter(pc.greater(pc.list_value_length(whole["signature"]), 0))
    numbers = whole["signature"].combine_chunks().flatten().to_numpy()
    signatures = numbers.reshape(-1, ORDERS)
    first = np.arange(len(signatures))
    for article, other in _candidates(signatures):
        alike = _likeness(signatures, article, other) >= ALIKE
        np.minimum.at(first, article[alike], other[alike])
    copies = np.flatnonzero(first < np.arange(len(first)))
    share = _likeness(signatures, copies, first[copies])
    ids = whole["article_id"]
    same_as = ids.take(pa.array(first[copies]))
    return pa.table(
        {"article_id": ids.take(pa.array(copies)), "same_as": same_as, "likeness": share}
    )


def _candidates(signatures: np.ndarray) -> Iterator[tuple[np.ndarray, np.ndarray]]:
    """Pairs that share a band: each article with the first and with the last before it."""
    for band in bands(signatures).T:
        order = np.argsort(band, kind="stable")
        begins = np.append(True, band[order][1:] != band[order][:-1])
        place = np.arange(len(order))
        of_first = np.maximum.accumulate(np.where(begins, place, 0))
        later = ~begins
        yield order[later], order[of_first[later]]
        yield order[later], order[place[later] - 1]


def _likeness(signatures: np.ndarray, some: np.ndarray, others: np.ndarray) -> np.ndarray:
    """The share of equal numbers of each pair of signatures."""
    places = np.arange(0, len(some), PAIRS)
    shares = [
        (signatures[some[at : at + PAIRS]] == signatures[others[at : at + PAIRS]]).mean(axis=1)
        for at in places
    ]
    return np.concatenate(shares) if shares else np.empty(0)
