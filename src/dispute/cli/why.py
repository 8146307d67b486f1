"""`dispute why`: what a run would do."""

from pathlib import Path

import click

from dispute.cli._options import asking
from dispute.run.settings import Settings


@click.command()
@asking
def why(asked: Settings, into: Path) -> int:
    """Tell for each step why it would run, or that there is nothing to do."""
    from dispute.run import report

    for step, reason in report.why(asked, into):
        print(f"{step}: {reason or 'nothing to do'}")
    return 0
