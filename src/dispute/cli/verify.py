"""`dispute verify`: a published report against a new build of it."""

from __future__ import annotations

import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import click

from dispute.cli._options import asking, expect_beside
from dispute.cli._stopping import stoppable
from dispute.cli._telling import tell

if TYPE_CHECKING:
    from collections.abc import Callable

    from dispute.run.settings import Settings


@click.command()
@asking
@click.option("--cite", is_flag=True, help="Tell how to cite what git holds here; build nothing.")
def verify(settings: Callable[[], Settings], into: Path, cite: bool) -> int:
    """Build everything anew in a temporary folder, and compare it with what is published.

    The status is 1 where anything differs.

    --cite tells how to cite the compendium, with the SWHIDs of its last commit and its parts: git's
    own hashes, which whoever has the files can compute, whatever became of the address.
    """
    if cite:
        expect_beside("--cite", "--case")
        return _tell_how_to_cite(settings())
    return _verify(settings(), into)


def _tell_how_to_cite(asked: Settings) -> int:
    from dispute.swhids import changed, swhids
    from helpers.case.load import load
    from helpers.words import counted

    here = Path()
    named = swhids(here)
    tell(load(asked.shared["case_dir"]).cite())
    for one in named:
        tell(f"{one.name}: {one.swhid}")
    if number := changed(here):
        tell(f"{counted(number, 'file')} not as in that commit: not cited so", to=sys.stderr)
    return 0


def _verify(asked: Settings, into: Path) -> int:
    from dispute.run import report
    from dispute.run.products.failed import FailedError
    from dispute.run.verify import compare, published

    if not published(into):
        tell(
            f"{into / 'data/processed'}: found no table; expected a published report",
            to=sys.stderr,
        )
        return 1
    with TemporaryDirectory() as place:
        new = Path(place)
        stoppable(lambda: "nothing was compared", new)
        try:
            report.run(asked, new, new / ".cache", news_of=into)
        except FailedError as error:
            tell(error, to=sys.stderr)
            return 1
        compared = compare(new, into)
    for path, difference in compared:
        tell(f"{path}: {difference or 'identical'}")
    differing = [path for path, difference in compared if difference]
    same = f"{len(compared) - len(differing)} of {len(compared)} published files are identical"
    tell(f"{same}; not {', '.join(differing)}" if differing else same)
    return 1 if differing else 0
