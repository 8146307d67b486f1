"""`dispute health`: whether a report is looked after."""

from pathlib import Path

import click

from dispute.cli._telling import tell


@click.command()
@click.option(
    "--into",
    metavar="DIR",
    default=".",
    show_default="here",
    help="Where the report belongs.",
)
def health(into: str) -> int:
    """Tell when a run last ended well, when the next is due, and why it did not.

    The status is 1 where all is not well: a run failed, was refused or killed, or is overdue.
    """
    from dispute.run.health import state

    now = state(Path(into), Path(".cache"))
    tell(now.words)
    return 0 if now.well else 1
