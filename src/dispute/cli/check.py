"""`dispute check`: a case folder."""

import sys
from pathlib import Path

import click


@click.command()
@click.argument("case_dir", metavar="[CASE]", default="data/raw")
def check(case_dir: str) -> int:
    """Check a case folder; tell every problem with file and row.

    CASE is data/raw where nothing else is named. Files beside it that would hide the package from
    notebooks are told as well.
    """
    from dispute.run.shadows import shadows

    hiding = shadows()
    for problem in hiding:
        print(problem)
    if hiding:
        print("nothing was checked", file=sys.stderr)
        return 2
    return check_case(Path(case_dir))


def check_case(case_dir: Path) -> int:
    """Tell every problem of a case, or what it holds; returns the exit status."""
    from dispute.run.size import estimate, in_words
    from helpers.case.load import check as find_problems
    from helpers.case.load import load
    from helpers.words import counted

    problems = find_problems(case_dir)
    for problem in problems:
        print(problem)
    if problems:
        print(f"{counted(len(problems), 'problem')} in {case_dir}", file=sys.stderr)
        return 2
    case = load(case_dir)
    units = [
        f"{len(case.articles)} articles",
        f"{len(case.statements)} statements",
        f"{len(case.event_mentions)} event mentions",
        f"{len(case.relations)} relation mentions",
    ]
    print(f"{case_dir}: {', '.join(units)}: no problem")
    statements = case.statements.coder.value_counts()
    print(in_words(estimate(int(statements.max()) if len(statements) else 0)))
    return 0
