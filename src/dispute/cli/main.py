"""The few verbs a person types."""

import argparse
import atexit
import gc
import os
import shutil
import signal
import sqlite3
import sys
from contextlib import closing, suppress
from pathlib import Path
from tempfile import TemporaryDirectory


def main(arguments=None):
    """Run a verb; returns the exit status: 0 all well, 1 something failed, 2 the input or the call is wrong.

    Each verb imports what it needs: pandas alone takes most of a second, and a run with nothing to do should not.
    """
    parser = argparse.ArgumentParser(
        prog="dispute",
        description="News articles about one public dispute, as an actor network, a chronology and stance tables.",
    )
    verbs = parser.add_subparsers(dest="verb", required=True, metavar="VERB")
    asking = argparse.ArgumentParser(add_help=False)
    asking.add_argument(
        "--case", metavar="DIR", help="the case folder, instead of that of the settings"
    )
    asking.add_argument(
        "--config",
        default="config.yaml",
        metavar="FILE",
        help="the settings (default: %(default)s)",
    )
    asking.add_argument(
        "-p",
        dest="words",
        action="append",
        default=[],
        metavar="NAME=VALUE",
        help="one setting otherwise: coder=pass-a, or 4_stance_tables.min_statements=2",
    )
    asking.add_argument(
        "--into",
        default=".",
        metavar="DIR",
        help="where data/processed and reports belong (default: here)",
    )
    verbs.add_parser(
        "run",
        parents=[asking],
        help="build the report: run what has changed, then publish all of it or nothing",
    )
    verbs.add_parser("why", parents=[asking], help="tell for each step why it would run, or not")
    verbs.add_parser(
        "verify",
        parents=[asking],
        help="build everything anew in a temporary folder, and compare it with what is published",
    )
    verb = verbs.add_parser(
        "changes", help="say in sentences what changed between two folders of processed tables"
    )
    verb.add_argument("old", metavar="OLD")
    verb.add_argument("new", nargs="?", default="data/processed", metavar="NEW")
    verb = verbs.add_parser(
        "check", help="check a case folder; tell every problem with file and row"
    )
    verb.add_argument("case_dir", nargs="?", default="data/raw", metavar="CASE")
    verb = verbs.add_parser(
        "refresh",
        help="run notebooks with their own parameters and keep the outputs in them; renew what is made in the README",
    )
    verb.add_argument(
        "notebooks",
        nargs="*",
        metavar="NOTEBOOK",
        help="default: notebooks/*.ipynb and tests/*.ipynb",
    )
    verb = verbs.add_parser(
        "import-dna", help="make a case folder from a database of Discourse Network Analyzer 3"
    )
    verb.add_argument("file", metavar="FILE.dna")
    verb.add_argument("case_dir", metavar="CASE", help="a new folder")
    verb.add_argument("--title", help="title of the case; default: the name of the file")
    verb.add_argument(
        "--statement-type",
        help="label of the statement type; default: the only one that has the variables",
    )
    for name, meaning in (
        ("person", "who speaks"),
        ("organization", "for whom"),
        ("concept", "the issue"),
        ("agreement", "the stance; empty where there is none"),
    ):
        verb.add_argument(
            f"--{name}",
            default=name,
            metavar="VARIABLE",
            help=f"variable of {meaning} (default: %(default)s)",
        )
    verb = verbs.add_parser(
        "export-dna", help="write a case as a database of Discourse Network Analyzer 3"
    )
    verb.add_argument("case_dir", metavar="CASE")
    verb.add_argument("file", metavar="FILE.dna", help="a new file")
    verb.add_argument(
        "--coder", default="adjudicated", help="the coding pass to write (default: %(default)s)"
    )
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(
                errors="backslashreplace"
            )  # a terminal that lacks a letter of a name stops no run
    given = parser.parse_args(arguments)
    atexit.register(
        gc.freeze
    )  # the memory goes with the process: to look for garbage before would take half a second
    run = {
        "run": lambda: run_report(given),
        "why": lambda: why(given),
        "verify": lambda: verify(given),
        "changes": lambda: changes(given.old, given.new),
        "check": lambda: check(given.case_dir),
        "refresh": lambda: refresh(given.notebooks),
        "export-dna": lambda: export_dna(given.case_dir, given.file, given.coder),
        "import-dna": lambda: import_dna(
            given.file,
            given.case_dir,
            title=given.title or Path(given.file).stem,
            statement_type=given.statement_type,
            person=given.person,
            organization=given.organization,
            concept=given.concept,
            agreement=given.agreement,
        ),
    }
    try:
        return run[given.verb]()
    except (ValueError, OSError, sqlite3.Error) as error:
        print(error, file=sys.stderr)
        return 2


def _asked(given):
    from dispute.run import settings

    return settings.read(given.config, given.words, given.case)


def run_report(given):
    """Build the report and publish it; tell a failure in words, and keep a traceback that nobody foresaw in reports/failed/run.txt."""
    from dispute.run import graph as report
    from dispute.run import publishing, settings

    into = Path(given.into)
    _stoppable(lambda: publishing.standing(into))
    try:
        changed = report.run(_asked(given), into)
    except settings.Refused as error:
        from helpers.words import counted

        print(
            f"{error}\n{counted(len(error.problems), 'problem')}: nothing was run", file=sys.stderr
        )
        return 2
    except (report.Failed, publishing.Busy, OSError) as error:
        print(f"{error}\nfailed: {publishing.standing(into)}", file=sys.stderr)
        return 1
    except Exception as error:
        import traceback

        kept = into / "reports/failed/run.txt"
        kept.parent.mkdir(parents=True, exist_ok=True)
        kept.write_text(traceback.format_exc(), encoding="utf-8")
        print(
            f"{type(error).__name__}: {error} (kept in {kept})\nfailed: {publishing.standing(into)}",
            file=sys.stderr,
        )
        return 1
    report.say(
        f"published: {', '.join(changed)}" if changed else "nothing has changed",
        f"open {into / 'reports/site/index.html'}",
    )
    return 0


def _stoppable(words, place=None):
    """On Ctrl-C or SIGTERM stop at once, and all processes that were started with it; say `words()`. What is unfinished stands apart, and the next run clears it away."""

    def stop(number, _):
        import psutil  # comes with ipykernel

        for child in psutil.Process().children(recursive=True):
            with suppress(psutil.Error):
                child.kill()
        if place:
            shutil.rmtree(place, ignore_errors=True)
        print(f"stopped: {words()}", file=sys.stderr, flush=True)
        os._exit(128 + number)

    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, stop)


def why(given):
    """Tell for each step why it would run, or that there is nothing to do."""
    from dispute.run import graph as report

    for step, reason in report.why(_asked(given), Path(given.into)):
        print(f"{step}: {reason or 'nothing to do'}")
    return 0


def verify(given):
    """Build everything anew and compare; the status is 1 where anything differs."""
    from dispute.run import graph as report
    from dispute.run import verify

    with TemporaryDirectory() as place:
        new, old = Path(place), Path(given.into)
        if not verify.published(old):
            print(
                f"{old / 'data/processed'}: found no table; expected a published report",
                file=sys.stderr,
            )
            return 1
        _stoppable(lambda: "nothing was compared", place)
        try:
            report.run(_asked(given), new, new / ".cache", news_of=old)
        except report.Failed as error:
            print(error, file=sys.stderr)
            return 1
        told = verify.compare(new, old)
    for path, difference in told:
        print(f"{path}: {difference or 'identical'}")
    differing = [path for path, difference in told if difference]
    print(
        f"{len(told) - len(differing)} of {len(told)} published files are identical"
        + (f"; not {', '.join(differing)}" if differing else "")
    )
    return 1 if differing else 0


def changes(old, new):
    """Say what changed between two folders of tables: a sentence a line, with the ids behind it."""
    from dispute import changes
    from helpers.case.tables import read_tables

    tables = [read_tables(folder) for folder in (old, new)]
    for folder, found in zip((old, new), tables):
        if missing := [
            name
            for name in (
                "articles",
                "actors",
                "issues",
                "statements",
                "event_mentions",
                "relations",
                "edges",
                "edge_evidence",
                "stance_table",
                "position_changes",
                "chronology",
            )
            if name not in found
        ]:
            raise ValueError(
                f"{folder}: found no {', '.join(missing)}; expected a folder of processed tables"
            )
    told = changes.changes(*tables)
    print(
        "\n".join(f"{row.sentence} [{row.evidence}]" for row in told.itertuples())
        or "nothing has changed"
    )
    return 0


def check(case_dir):
    """Tell every problem of a case, or what it holds."""
    from helpers.case import load as case

    problems = case.check(case_dir)
    for problem in problems:
        print(problem)
    if problems:
        print(
            f"{len(problems)} problem{'' if len(problems) == 1 else 's'} in {case_dir}",
            file=sys.stderr,
        )
        return 2
    found = case.load(case_dir)
    print(
        f"{case_dir}: {len(found.articles)} articles, {len(found.statements)} statements, {len(found.event_mentions)} event mentions, {len(found.relations)} relation mentions: no problem"
    )
    return 0


def refresh(paths):
    """Run notebooks and keep their outputs in them; renew the README's made parts."""
    from dispute.dictionary import dictionary
    from dispute.run import notebooks
    from helpers.case.files import write_file
    from helpers.case.tables import read_tables

    for path in [Path(p) for p in paths] or sorted(
        [*Path("notebooks").glob("*.ipynb"), *Path("tests").glob("*.ipynb")]
    ):
        print(f"running {path} …", flush=True)
        try:
            executed = notebooks.execute(
                path, {}, Path(".cache/refresh") / path.stem, Path("reports/failed")
            )
        except notebooks.NotebookError as error:
            print(error, file=sys.stderr)
            return 1
        write_file(path, notebooks.as_bytes(executed))
    readme, made = Path("README.md"), read_tables("data/processed").get("findings")
    text = _renewed(readme.read_text(encoding="utf-8"), "dictionary", dictionary())
    if made is not None:
        text = _renewed(text, "findings", "".join(f"- {sentence}\n" for sentence in made.sentence))
    write_file(readme, text.encode())
    return 0


def _renewed(text, name, content):
    """The text with what stands between the two marks of a made part renewed."""
    head, begin, rest = text.partition(f"<!-- {name}: made by `make refresh` -->\n")
    _, end, tail = rest.partition(f"<!-- end of {name} -->")
    return head + begin + content + end + tail


def import_dna(file, case_dir, **choices):
    """Make a new case folder, whole or not at all, and tell what of the database it does not hold."""
    from dispute.exchange import dna
    from helpers.case.files import write_file

    source, folder = Path(file), Path(case_dir)
    if not source.is_file():
        raise ValueError(f"{file}: no such file; expected a DNA database")
    _new(folder)
    with closing(sqlite3.connect(f"{source.absolute().as_uri()}?mode=ro", uri=True)) as connection:
        try:
            files, told = dna.to_case(connection, **choices)
        except ValueError as error:
            raise ValueError(f"{file}: {error}") from error
    folder.parent.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory(dir=folder.parent) as beside:
        made = Path(beside) / "case"
        for name, content in files.items():
            write_file(made / name, content)
        os.rename(made, folder)
    print(*told, sep="\n")
    return check(case_dir)


def export_dna(case_dir, file, coder):
    """Write a new DNA database, whole or not at all, and tell what of the case it does not hold."""
    from dispute.exchange import dna
    from helpers.case import load as case
    from helpers.case.files import write_file

    found, target = case.load(case_dir), Path(file)
    _new(target)
    with closing(sqlite3.connect(":memory:")) as connection:
        told = dna.from_case(found, connection, coder)
        content = connection.serialize()
    write_file(target, content)
    print(*told, sep="\n")
    return 0


def _new(path):
    if path.exists():
        raise ValueError(
            f"{path}: is there already; expected the name of something new, so that nothing is overwritten"
        )
