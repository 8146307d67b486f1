"""`dispute export`: the articles and statements of a case as a file of another tool."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import click

from dispute.cli._places import expect_new
from dispute.cli._stopping import stoppable
from dispute.cli._telling import tell

if TYPE_CHECKING:
    from collections.abc import Sequence

    from helpers.case.load import Case


@click.command("export")
@click.argument("case_dir", metavar="CASE")
@click.argument("file", metavar="FILE")
@click.option("--as", "form", metavar="FORMAT", default="", help="The format; default: by FILE.")
@click.option("--map", "mapping", metavar="FILE", help="Where the mapping file goes.")
@click.option(
    "--coder",
    "coders",
    metavar="CODER",
    multiple=True,
    help="A coding pass to write, may be given again; default: all (of DNA: the case's own).",
)
@click.option(
    "--closed",
    is_flag=True,
    help="Write FILE, a new folder, as a closed edition: report and data without the articles.",
)
def export(
    case_dir: str,
    file: str,
    form: str,
    mapping: str | None,
    coders: tuple[str, ...],
    closed: bool,
) -> int:
    """Write the articles and statements of a case as a file of another tool.

    FILE is a new file; beside it goes FILE.map.yaml, which says what each code means, so that what
    comes back is understood. What of the case the file does not hold is told.

    FORMAT is one of: dna, refi-qda, refi-codebook, csv, xlsx, taguette, qualcoder, web-annotation,
    brat, uima-cas.

    With --closed FILE is a folder that can be deposited where articles cannot: the whole report,
    built by config.yaml, and the data, with at most a few words of each passage. `dispute import`
    opens it again for those who have the articles.
    """
    from dispute.exchange.passages.formats import DNA, format_by_name, not_told
    from helpers.case.load import load_open

    case, target = load_open(case_dir), Path(file)
    if closed:
        if form or mapping or coders:
            raise ValueError("--closed takes neither --as nor --map nor --coder")
        return _deposit(case_dir, case, target)
    form = format_by_name(target.name, form) or not_told(target.name)
    expect_new(target)
    if form == DNA:
        if mapping or len(coders) > 1:
            raise ValueError("a DNA database has one coder and no mapping file")
        return _export_dna(case, target, coders[0] if coders else case.coder)
    return _export(case, target, form, mapping, coders)


def _deposit(case_dir: str, case: Case, target: Path) -> int:
    """Write the folder of a closed edition, and tell how many words it shows."""
    from dispute.editions.deposit import deposit

    expect_new(target)
    home = next(folder for folder in target.absolute().parents if folder.is_dir())
    config = Path("config.yaml")
    if not config.is_file():
        raise ValueError("config.yaml: no such file; expected the settings of the report, here")
    with TemporaryDirectory(dir=home) as place:
        stoppable(lambda: "nothing was written", Path(place))
        told = deposit(case_dir, case, target, config, Path(place))
    tell(*told)
    return 0


def _export(case: Case, target: Path, form: str, mapping: str | None, coders: Sequence[str]) -> int:
    """Write the file and its mapping file, and tell what they do not hold."""
    from dispute.exchange.passages.formats import FORMATS, write
    from dispute.exchange.passages.giving import project_of, unheld_notes
    from dispute.exchange.passages.mapping import mapping_text
    from helpers.case.files import write_file

    beside = Path(mapping) if mapping else target.with_name(f"{target.name}.map.yaml")
    expect_new(beside)
    # A QualCoder project is a folder that holds its database.
    place = target / "data.qda" if form == "qualcoder" else target
    project, told = project_of(case, coders)
    content = write(form, project)
    names = dict.fromkeys(record.coder for record in project.records)
    write_file(place, content)
    write_file(beside, mapping_text(list(project.codes), list(names)).encode())
    tell(*told)
    if not FORMATS[form].holds_notes:
        tell(*unheld_notes(project))
    tell(f"{target}: {len(project.records)} statements; what its codes mean: {beside}")
    return 0


def _export_dna(case: Case, target: Path, coder: str) -> int:
    """Write a DNA database, whole or not at all."""
    from dispute.exchange.dna import from_case
    from helpers.case.files import write_file

    with closing(sqlite3.connect(":memory:")) as connection:
        losses = from_case(case, connection, coder)
        content = connection.serialize()
    write_file(target, content)
    tell(*losses)
    return 0
