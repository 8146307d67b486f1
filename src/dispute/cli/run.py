"""`dispute run`: build the report and publish it."""

import sys
import traceback
from contextlib import suppress
from pathlib import Path

import click

from dispute.cli._next import next_step
from dispute.cli._options import asking
from dispute.cli._stopping import stoppable
from dispute.cli._telling import tell
from dispute.run.settings import Settings


@click.command()
@asking
def run(asked: Settings, into: Path) -> int:
    """Build the report: run what has changed, then publish all of it or nothing.

    A failure is told in words. A traceback that nobody foresaw is kept in reports/failed/run.txt.
    """
    from dispute.run import health, report
    from dispute.run.locks import BusyError
    from dispute.run.log import say
    from dispute.run.products.failed import FailedError
    from dispute.run.publishing import standing
    from dispute.run.settings import RefusedError
    from helpers.case.owners import in_words

    stoppable(lambda: standing(into))
    health.begin(into)
    try:
        changed = report.run(asked, into)
    except RefusedError as error:
        from helpers.words import counted

        number = counted(len(error.problems), "problem")
        tell(f"{error}\n{number}: nothing was run", to=sys.stderr)
        health.end(into, 2, error)
        return 2
    except OSError as error:
        return _failed(into, in_words(error))
    except (FailedError, BusyError) as error:
        return _failed(into, error)
    except MemoryError:
        return _failed(into, "the machine gives this run no more memory (see `ulimit -v`)")
    except Exception as error:
        kept = into / "reports/failed/run.txt"
        with suppress(OSError):
            kept.parent.mkdir(parents=True, exist_ok=True)
            kept.write_text(traceback.format_exc(), encoding="utf-8")
        where = f" (kept in {kept})" if kept.exists() else ""
        return _failed(into, f"{type(error).__name__}: {error}{where}")
    health.end(into, 0, due_days=asked.limits["due_days"])
    news = f"published: {', '.join(changed)}" if changed else "nothing has changed"
    say(news, f"open {into / 'reports/site/index.html'}")
    if step := next_step(asked.shared["case_dir"]):
        say(step)
    if _is_the_published_run(asked, into):
        from dispute.run.outputs import stale_words

        for line in stale_words():
            say(line)
    return 0


def _failed(into: Path, why: object) -> int:
    """Tell why a run failed and what stands, record it, and give the exit status."""
    from dispute.run import health
    from dispute.run.publishing import standing

    tell(f"{why}\nfailed: {standing(into)}", to=sys.stderr)
    health.end(into, 1, why)
    return 1


def _is_the_published_run(asked: Settings, into: Path) -> bool:
    """Whether the run is that of `config.yaml`, in the project: what git keeps is of it."""
    from dispute.run.settings import read

    return into.resolve() == Path.cwd() and asked.flat() == read().flat()
