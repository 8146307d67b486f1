"""Dask: processes of this machine, or a cluster by the address of its scheduler."""

import asyncio
import concurrent.futures
import logging
import warnings
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from threading import Thread
from typing import Any

import dask
from distributed import Client, Future, KilledWorker, LocalCluster, Status, wait

HERE = "here"
# Seconds that a scheduler has to answer, and for saying goodbye to it.
PATIENCE, GOODBYE = 4, 1
GONE = (Status.closed, Status.failed)
DEAD = "the scheduler does not answer any more"
CANCELLED = (asyncio.CancelledError, concurrent.futures.CancelledError)
SETTINGS = {
    # A task whose process died twice is looked at alone; see `over_articles`.
    "distributed.scheduler.allowed-failures": 1,
    "distributed.nanny.pre-spawn-environ.PYTHONHASHSEED": "0",
    "distributed.nanny.pre-spawn-environ.DASK_LOGGING__DISTRIBUTED": "critical",
    # For an hour a worker would keep a sample of its stack for every second, 40 MB of them in all.
    "distributed.worker.profile.enabled": False,
    "distributed.admin.low-level-log-length": 10,
    # Dask would close a process that takes long to begin anew, with the article that it reads.
    "distributed.deploy.lost-worker-timeout": "1 day",
}


class EngineError(RuntimeError):
    """The scheduler or its workers do not work any more, in words."""


@contextmanager
def opened(scheduler: str, workers: int | None = None) -> Iterator[Client]:
    """A client of a scheduler, or of so many processes of this machine; it is closed at the end.

    Processes of this machine speak by TLS with a key of their own, so that nobody else here can
    give them work. Raises ValueError where the scheduler does not answer.
    """
    # What Dask logs while a line breaks is of no use to a reader: the command says it in a line.
    logging.disable()
    warnings.filterwarnings("ignore", module="distributed")
    with dask.config.set(SETTINGS):
        client = _local(workers) if scheduler == HERE else _remote(scheduler)
        try:
            yield client
        finally:
            _close(client)
            logging.disable(logging.NOTSET)


def expect_answer(scheduler: str) -> None:
    """Raise ValueError where a scheduler does not answer."""
    if scheduler != HERE:
        with opened(scheduler):
            pass


def _local(workers: int | None) -> Client:
    cluster = LocalCluster(
        n_workers=workers,
        threads_per_worker=1,
        dashboard_address="127.0.0.1:0",
        memory_limit=0,
        host="127.0.0.1",
        security=True,
        silence_logs=logging.CRITICAL,
    )
    return Client(cluster)


def _remote(address: str) -> Client:
    try:
        return Client(address, timeout=PATIENCE)
    except (OSError, ValueError) as error:
        told = f"{address}: the scheduler does not answer ({type(error).__name__})"
        raise ValueError(
            f"{told}; expected the address of one that runs, as tcp://HOST:8786"
        ) from None


def _close(client: Client) -> None:
    """Close a client, and the processes that were begun for it; wait for no dead scheduler."""
    if client.cluster is not None:
        client.cluster.close()
    closing = Thread(target=client.close, daemon=True)
    closing.start()
    closing.join(GOODBYE)


def threads(client: Client) -> int:
    """How many batches the workers can do at once; raises EngineError where nobody answers.

    Processes of this machine that are gone for good are begun again.
    """
    try:
        if client.status == "running" and client.scheduler is not None:
            answer = client.sync(client.scheduler.ncores, callback_timeout=PATIENCE)
            if client.cluster is not None:
                _begin_again(client.cluster)
            return sum(answer.values())
    except Exception:  # a line that broke, or a time that is over, has many names
        pass
    raise EngineError(DEAD)


def _begin_again(cluster: LocalCluster) -> None:
    """Begin the processes again that died while they began: Dask itself gives those up."""
    gone = [name for name, one in cluster.workers.items() if one.status in GONE]
    for name in gone:
        del cluster.workers[name]
    if gone:
        cluster.scale(len(cluster.worker_spec))


def result(future: Future, client: Client) -> Any:
    """What came of a task, as soon as it is there; None where its process died again and again.

    Raises EngineError where the scheduler does not answer any more, or the task failed.
    """
    while True:
        try:
            return future.result(timeout=PATIENCE)
        except KilledWorker:
            return None
        except TimeoutError:
            threads(client)
        except CANCELLED:
            raise EngineError(DEAD) from None
        except Exception as error:
            threads(client)
            raise EngineError(
                f"the workers cannot do it: {type(error).__name__}: {error}"
            ) from None


def first_done(futures: Collection[Future], client: Client) -> set[Future]:
    """Those of some tasks that are done, one at least. Raises EngineError as `result` does."""
    while True:
        try:
            return set(wait(list(futures), PATIENCE, "FIRST_COMPLETED").done)
        except TimeoutError:
            threads(client)
        except CANCELLED:
            raise EngineError(DEAD) from None
