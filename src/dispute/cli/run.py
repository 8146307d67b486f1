"""`dispute run`: build the report and publish it."""

import sys
import traceback
from pathlib import Path

import click

from dispute.cli._options import asking
from dispute.cli._stopping import stoppable
from dispute.run.settings import Settings


@click.command()
@asking
def run(asked: Settings, into: Path) -> int:
    """Build the report: run what has changed, then publish all of it or nothing.

    A failure is told in words. A traceback that nobody foresaw is kept in reports/failed/run.txt.
    """
    from dispute.run import report
    from dispute.run.locks import BusyError
    from dispute.run.log import say
    from dispute.run.products.failed import FailedError
    from dispute.run.publishing import standing
    from dispute.run.settings import RefusedError

    stoppable(lambda: standing(into))
    try:
        changed = report.run(asked, into)
    except RefusedError as error:
        from helpers.words import counted

        number = counted(len(error.problems), "problem")
        print(f"{error}\n{number}: nothing was run", file=sys.stderr)
        return 2
    except (FailedError, BusyError, OSError) as error:
        print(f"{error}\nfailed: {standing(into)}", file=sys.stderr)
        return 1
    except Exception as error:
        kept = into / "reports/failed/run.txt"
        kept.parent.mkdir(parents=True, exist_ok=True)
        kept.write_text(traceback.format_exc(), encoding="utf-8")
        print(f"{type(error).__name__}: {error} (kept in {kept})", file=sys.stderr)
        print(f"failed: {standing(into)}", file=sys.stderr)
        return 1
    news = f"published: {', '.join(changed)}" if changed else "nothing has changed"
    say(news, f"open {into / 'reports/site/index.html'}")
    return 0
