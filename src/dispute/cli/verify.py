"""`dispute verify`: a published report against a new build of it."""

import sys
from pathlib import Path
from tempfile import TemporaryDirectory

import click

from dispute.cli._options import asking
from dispute.cli._stopping import stoppable
from dispute.run.settings import Settings


@click.command()
@asking
def verify(asked: Settings, into: Path) -> int:
    """Build everything anew in a temporary folder, and compare it with what is published.

    The status is 1 where anything differs.
    """
    from dispute.run import report
    from dispute.run.products.failed import FailedError
    from dispute.run.verify import compare, published

    if not published(into):
        print(
            f"{into / 'data/processed'}: found no table; expected a published report",
            file=sys.stderr,
        )
        return 1
    with TemporaryDirectory() as place:
        new = Path(place)
        stoppable(lambda: "nothing was compared", new)
        try:
            report.run(asked, new, new / ".cache", news_of=into)
        except FailedError as error:
            print(error, file=sys.stderr)
            return 1
        compared = compare(new, into)
    for path, difference in compared:
        print(f"{path}: {difference or 'identical'}")
    differing = [path for path, difference in compared if difference]
    same = f"{len(compared) - len(differing)} of {len(compared)} published files are identical"
    print(f"{same}; not {', '.join(differing)}" if differing else same)
    return 1 if differing else 0
