"""`dispute import-dna`: a case from a database of Discourse Network Analyzer 3."""

import shlex
import sqlite3
import sys
from contextlib import closing
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import click

from dispute.cli._places import expect_new
from dispute.cli._telling import tell
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
    The last line is the command that makes a report of it.
    """
    from dispute.exchange.dna import to_case
    from helpers.case.files import make_folder
    from helpers.case.load import check
    from helpers.case.problems import told

    source, folder = Path(file), Path(case_dir)
    if not source.is_file():
        raise ValueError(f"{file}: no such file; expected a DNA database")
    expect_new(folder)
    with closing(sqlite3.connect(f"{source.absolute().as_uri()}?mode=ro", uri=True)) as connection:
        try:
            files, losses = to_case(connection, title=title or source.stem, **choices)
        except ValueError as error:
            raise ValueError(f"{file}: {error}") from error
    with TemporaryDirectory() as elsewhere:
        tried = Path(elsewhere) / "case"
        make_folder(tried, files)
        if problems := check(tried):
            tell(*told(problems), to=sys.stderr)
            tell(f"{file}: what it holds is no sound case: nothing was written", to=sys.stderr)
            return 2
    make_folder(folder, files)
    tell(*losses)
    status = check_case(folder)
    if not status:
        report = folder.with_name(f"{folder.name}-report")
        tell(shlex.join(["dispute", "run", "--case", str(folder), "--into", str(report)]))
    return status
