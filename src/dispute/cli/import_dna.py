"""`dispute import-dna`: a case from a database of Discourse Network Analyzer 3."""

import os
import sqlite3
from contextlib import closing
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import click

from dispute.cli._places import expect_new
from dispute.cli.check import check_case


@click.command()
@click.argument("file", metavar="FILE.dna")
@click.argument("case_dir", metavar="CASE")
@click.option("--title", help="Title of the case; default: the name of the file.")
@click.option(
    "--statement-type",
    help="Label of the statement type; default: the only one that has the variables.",
)
@click.option(
    "--person",
    metavar="VARIABLE",
    default="person",
    show_default=True,
    help="Variable of who speaks.",
)
@click.option(
    "--organization",
    metavar="VARIABLE",
    default="organization",
    show_default=True,
    help="Variable of for whom.",
)
@click.option(
    "--concept",
    metavar="VARIABLE",
    default="concept",
    show_default=True,
    help="Variable of the issue.",
)
@click.option(
    "--agreement",
    metavar="VARIABLE",
    default="agreement",
    show_default=True,
    help="Variable of the stance; empty where there is none.",
)
def import_dna(file: str, case_dir: str, title: str | None, **choices: Any) -> int:
    """Make a case folder from a database of Discourse Network Analyzer 3.

    CASE is a new folder, made whole or not at all. What of the database it does not hold is told.
    """
    from dispute.exchange.dna import to_case
    from helpers.case.files import write_file

    source, folder = Path(file), Path(case_dir)
    if not source.is_file():
        raise ValueError(f"{file}: no such file; expected a DNA database")
    expect_new(folder)
    with closing(sqlite3.connect(f"{source.absolute().as_uri()}?mode=ro", uri=True)) as connection:
        try:
            files, losses = to_case(connection, title=title or source.stem, **choices)
        except ValueError as error:
            raise ValueError(f"{file}: {error}") from error
    folder.parent.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory(dir=folder.parent) as beside:
        made = Path(beside) / "case"
        for name, content in files.items():
            write_file(made / name, content)
        os.rename(made, folder)
    print(*losses, sep="\n")
    return check_case(folder)
