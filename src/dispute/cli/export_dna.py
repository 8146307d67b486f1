"""`dispute export-dna`: a case as a database of Discourse Network Analyzer 3."""

import sqlite3
from contextlib import closing
from pathlib import Path

import click

from dispute.cli._places import expect_new


@click.command()
@click.argument("case_dir", metavar="CASE")
@click.argument("file", metavar="FILE.dna")
@click.option(
    "--coder",
    metavar="CODER",
    default="adjudicated",
    show_default=True,
    help="The coding pass to write.",
)
def export_dna(case_dir: str, file: str, coder: str) -> int:
    """Write a case as a database of Discourse Network Analyzer 3.

    FILE.dna is a new file, made whole or not at all. What of the case it does not hold is told.
    """
    from dispute.exchange.dna import from_case
    from helpers.case.files import write_file
    from helpers.case.load import load

    case, target = load(case_dir), Path(file)
    expect_new(target)
    with closing(sqlite3.connect(":memory:")) as connection:
        losses = from_case(case, connection, coder)
        content = connection.serialize()
    write_file(target, content)
    print(*losses, sep="\n")
    return 0
