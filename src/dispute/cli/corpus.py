"""`dispute corpus`: the rules over more articles than people can read."""

import sys
import time
from importlib.util import find_spec
from pathlib import Path

import click

from dispute.cli._telling import tell

# The packages of the extra, as they are imported.
NEEDED = ("cryptography", "distributed", "duckdb", "pyarrow", "warcio", "zstandard")
ARTICLES = 500
# Seconds between two lines on how far it is.
PAUSE = 10


@click.command()
@click.argument("corpus_path", metavar="IN")
@click.argument("out", metavar="OUT")
@click.option("--case", "case_dir", metavar="DIR", required=True, help="Whose codebook is used.")
@click.option(
    "--scheduler",
    metavar="WHERE",
    default="here",
    show_default=True,
    help="here: processes of this machine; tcp://HOST:PORT: a Dask cluster.",
)
@click.option("--workers", metavar="N", type=click.IntRange(1), help="Processes of this machine.")
@click.option(
    "--articles",
    metavar="N",
    type=click.IntRange(1, 100_000),
    default=ARTICLES,
    show_default=True,
    help="Articles of one part.",
)
@click.option(
    "--field",
    "named",
    metavar="ROLE=NAME",
    multiple=True,
    help="A field of another name: text, date, address, publisher or language.",
)
def corpus(
    corpus_path: str,
    out: str,
    case_dir: str,
    scheduler: str,
    workers: int | None,
    articles: int,
    named: tuple[str, ...],
) -> int:
    """Read all articles of IN by the codebook of a case, and write into OUT what the rules propose.

    IN is a file or a folder: JSON lines (plain, .gz, .zst), Parquet, or WARC. OUT gets Parquet: a
    row for each article in parts/, and faults, counts and near-duplicates of all. The same call
    goes on where another one stopped. The status is 1 where the scheduler died. docs/corpus.md
    says more.
    """
    if told := lacking():
        tell(told, to=sys.stderr)
        return 1
    if workers and scheduler != "here":
        raise click.UsageError("--workers is for this machine; a cluster has its own.")
    from dispute.corpus.engine import EngineError
    from dispute.corpus.reading import Order, begin, read_corpus
    from dispute.corpus.sources import fields_of
    from dispute.run.locks import BusyError
    from helpers.words import counted

    paths = (Path(corpus_path), Path(out), Path(case_dir))
    order = Order(*paths, fields_of(named), articles, scheduler, workers)
    begun = begin(order)
    for name in begun.others:
        tell(f"{name}: not read", to=sys.stderr)
    progress = Progress()
    try:
        rows = read_corpus(order, begun, progress.take)
    except (EngineError, BusyError) as error:
        tell(error, to=sys.stderr)
        return 1
    read = f"{counted(progress.articles, 'article')}, {counted(rows['faults'], 'fault')}"
    tell(f"{out}: {read}, {counted(rows['near_duplicates'], 'near-duplicate')}")
    return 0


def lacking() -> str:
    """Which packages of the extra are not installed, and how to get them; empty where all are."""
    missing = ", ".join(name for name in NEEDED if not find_spec(name))
    told = f"a corpus needs packages that are not installed ({missing})"
    return f"{told}: python -m pip install '.[corpus]'" if missing else ""


class Progress:
    """Says every few seconds how many articles are done."""

    def __init__(self) -> None:
        self.articles = 0
        self.said = time.monotonic()

    def take(self, number: int) -> None:
        """So many articles more are done."""
        self.articles += number
        if time.monotonic() - self.said >= PAUSE:
            self.said = time.monotonic()
            tell(f"{self.articles:,} articles", to=sys.stderr)
