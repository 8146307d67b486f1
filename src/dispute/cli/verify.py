"""`dispute verify`: a published report against a new build of it."""

from __future__ import annotations

import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import click

from dispute.cli._options import asking
from dispute.cli._stopping import stoppable
from dispute.cli._telling import tell

if TYPE_CHECKING:
    from collections.abc import Callable

    from dispute.run.settings import Settings


@click.command()
@asking
def verify(settings: Callable[[], Settings], into: Path) -> int:
    """Build everything anew in a temporary folder, and compare it with what is published.

    The status is 1 where anything differs.
    """
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
            report.run(settings(), new, new / ".cache", news_of=into)
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
