"""Build a report and publish it, whole or not at all; or tell what would be done."""

import shutil
import tempfile
from pathlib import Path
from typing import cast

from dispute.run.graph import BRIEF, FOLDERS, NEWS, RECORD, Graph
from dispute.run.limits import at_once, expect_files
from dispute.run.locks import lock
from dispute.run.log import Log, say
from dispute.run.products.check import told
from dispute.run.publishing import contents, expect_room, publish, recover, strangers
from dispute.run.settings import RefusedError, Settings
from dispute.run.sockets import clear_dead
from dispute.run.steps import UNKNOWN, Steps
from helpers.case.problems import Problem

PARTS = [*FOLDERS, *NEWS, *RECORD, BRIEF]


def run(
    asked: Settings,
    into: Path = Path("."),
    cache: Path = Path(".cache"),
    news_of: Path | None = None,
) -> list[str]:
    """Build and publish a report; returns the names of the parts that changed.

    `into` is where the report belongs, `cache` where steps are kept; `news_of`: see `Graph`.
    Raises RefusedError for bad input, and for a folder `into` with files that are no report's,
    before anything runs. Raises FailedError, BusyError or OSError where it could not be done: then
    the last report stands as it was.
    """
    _refuse_faults(asked)
    expect_files(at_once(asked.books))
    log = Log(into / "reports" / "log.jsonl")
    with lock(cache) as dead:
        if dead:
            process, since = dead.get("pid"), dead.get("since")
            say(f"the run of process {process} (since {since}) did not end by itself; taken over")
        if mended := recover(into):
            say(mended)
        log("begin", "", f"{dead or ''}{mended}")
        _refuse_strangers(into)
        clear_dead()
        for old in cache.glob("run-*"):
            shutil.rmtree(old, ignore_errors=True)
        expect_room(into, [*PARTS, "reports/failed"])
        work = Path(tempfile.mkdtemp(prefix="run-", dir=cache))
        try:
            kept = Steps(cache / "steps", work, log)
            changed = _publish(Graph(kept, asked, work, into, news_of), into)
            kept.forget_others()
            log("end", "", ", ".join(changed))
        except BaseException as error:
            log("failed", "", f"{type(error).__name__}: {error}")
            raise
        finally:
            shutil.rmtree(work, ignore_errors=True)
    return changed


def why(
    asked: Settings, into: Path = Path("."), cache: Path = Path(".cache")
) -> list[tuple[str, str]]:
    """What a run would do and why: pairs of (step, reason). Nothing is written.

    The reason is empty where nothing is to do. Raises RefusedError for bad input.
    """
    _refuse_faults(asked)
    dry = Steps(cache / "steps", dry=True)
    with tempfile.TemporaryDirectory() as work:
        graph = Graph(dry, asked, Path(work), into)
        _refuse_what_a_run_would(graph, asked)
        parts = graph.parts()
        known = {name: made for name, made in parts.items() if made != UNKNOWN}
        astray = [name for name, made in known.items() if contents(into / name) != contents(made)]
    reason = "what stands there is not what the steps made: would be published"
    return dry.reasons + [(name, reason) for name in astray]


def _refuse_what_a_run_would(graph: Graph, asked: Settings) -> None:
    """Look at settings and case, unless that was done of these very ones and nothing was wrong."""
    if graph.checked() == UNKNOWN:
        from dispute.run.choices import all_problems

        if faults := all_problems(asked):
            raise RefusedError(faults)
    graph.kept.reasons.clear()


def _publish(graph: Graph, into: Path) -> list[str]:
    """Tell what is to be told, make all parts, and put them in their place."""
    say(*told(graph.checked()))
    changed = publish(cast(dict[str, Path | bytes], graph.parts()), into)
    (into / "reports/failed/run.txt").unlink(missing_ok=True)
    return changed


def _refuse_faults(asked: Settings) -> None:
    if asked.faults:
        from dispute.run.choices import all_problems

        raise RefusedError(all_problems(asked))


def _refuse_strangers(into: Path) -> None:
    """Refuse a folder with files of one's own: a report replaces whole folders."""
    if into.resolve() == Path.cwd():
        return
    expected = "a folder of a report, or a new one: the file would be lost"
    names = strangers(into, FOLDERS)
    faults = [
        Problem(str(into / name), 0, "", "a file that no report made", expected) for name in names
    ]
    if faults:
        raise RefusedError(faults)
