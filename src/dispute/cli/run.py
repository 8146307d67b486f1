"""`dispute run`: build the report and publish it; what that would do; whether all is well."""

from __future__ import annotations

import sys
import traceback
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

import click

from dispute.cli._next import next_step
from dispute.cli._options import asking, expect_beside
from dispute.cli._stopping import stoppable
from dispute.cli._telling import tell

if TYPE_CHECKING:
    from collections.abc import Callable

    from dispute.run.settings import Settings


@click.command()
@asking
@click.option("--why", is_flag=True, help="Tell why each step would run, if it would; run nothing.")
@click.option("--health", is_flag=True, help="Tell whether all is well with --into; run nothing.")
def run(settings: Callable[[], Settings], into: Path, why: bool, health: bool) -> int:
    """Build the report: run what has changed, then publish all of it or nothing.

    A failure is told in words. A traceback that nobody foresaw is kept in reports/failed/run.txt.

    --health tells when a run last ended well, when the next is due, and why it did not. The status
    is 1 where all is not well: a run failed, was refused or killed, or is overdue.
    """
    if health:
        expect_beside("--health", "--into")
        return _tell_health(into)
    return _tell_why(settings(), into) if why else _build(settings(), into)


def _tell_health(into: Path) -> int:
    from dispute.run.health import state

    now = state(into, Path(".cache"))
    tell(now.words)
    return 0 if now.well else 1


def _tell_why(asked: Settings, into: Path) -> int:
    from dispute.run import report

    for step, reason in report.why(asked, into):
        tell(f"{step}: {reason or 'nothing to do'}")
    return 0


def _build(asked: Settings, into: Path) -> int:
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
