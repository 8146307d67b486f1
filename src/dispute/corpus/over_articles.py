"""A function over all batches of articles, by Dask: all that is our own of its machinery."""

from collections.abc import Callable, Iterable, Iterator
from typing import Protocol

import pyarrow as pa
from distributed import Client, Future

from dispute.corpus.engine import first_done, result, threads
from dispute.corpus.parts import Parts
from dispute.corpus.records import Record

IN_FLIGHT = 8
Batch = list[Record]
Running = dict[Future, tuple[int, Batch]]


class Function(Protocol):
    """What is done to a batch: a row for each record; and the row of one that cannot be done."""

    def __call__(self, batch: Batch) -> pa.Table: ...

    def lost(self, record: Record) -> pa.Table: ...


def over_articles(
    function: Function,
    batches: Iterable[Batch],
    engine: Client,
    into: Parts,
    each: Callable[[int], object] = lambda number: None,
) -> None:
    """Put what a function makes of each batch into the part of its number; those that stand stay.

    At least eight batches are under way, and two for each worker. A batch whose worker died is
    done again by another; where that died too, the batch waits until all others are done, is done
    alone, and halved until the record is alone that no process outlives: its row is `lost`. `each`
    is told the number of records of each part that stands. Raises EngineError where the scheduler
    does not answer any more, or the function itself fails.
    """
    running: Running = {}
    suspects: list[tuple[int, Batch]] = []
    for number, batch in enumerate(batches):
        if into.has(number):
            each(len(batch))
            continue
        running[engine.submit(function, batch, pure=False)] = number, batch
        while len(running) >= max(IN_FLIGHT, 2 * threads(engine)):
            suspects += _collected(running, engine, into, each)
    while running:
        suspects += _collected(running, engine, into, each)
    for number, batch in sorted(suspects):
        into.put(number, _alone(function, batch, engine))
        each(len(batch))


def _collected(
    running: Running, engine: Client, into: Parts, each: Callable[[int], object]
) -> Iterator[tuple[int, Batch]]:
    """Put what is done into its part; gives the batches whose processes died."""
    for future in first_done(running, engine):
        table = result(future, engine)
        number, batch = running.pop(future)
        if table is None:
            yield number, batch
        else:
            into.put(number, table)
            each(len(batch))


def _alone(function: Function, batch: Batch, engine: Client) -> pa.Table:
    """What a function makes of a batch whose processes died, while nothing else is done."""
    table = result(engine.submit(function, batch, pure=False), engine)
    if table is not None:
        return table
    if len(batch) == 1:
        return function.lost(batch[0])
    middle = len(batch) // 2
    halves = (batch[:middle], batch[middle:])
    return pa.concat_tables([_alone(function, half, engine) for half in halves])
