"""`dispute cite`: how to cite a compendium, and the SWHIDs of its release and parts."""

import sys
from pathlib import Path

import click

from dispute.cli._telling import tell


@click.command()
@click.argument("case_dir", metavar="[CASE]", default="data/raw")
def cite(case_dir: str) -> int:
    """Tell how to cite the compendium here, with the SWHIDs of its last commit and its parts.

    They are git's own hashes: whoever has the files can compute them, whatever became of the
    address.
    """
    from dispute.swhids import changed, swhids
    from helpers.case.load import load
    from helpers.words import counted

    here = Path()
    named = swhids(here)
    tell(load(case_dir).cite())
    for one in named:
        tell(f"{one.name}: {one.swhid}")
    if number := changed(here):
        tell(f"{counted(number, 'file')} not as in that commit: not cited so", to=sys.stderr)
    return 0
