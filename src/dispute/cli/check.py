"""`dispute check`: a case folder."""

import sys
from pathlib import Path

import click

from dispute.cli._next import next_step
from dispute.cli._telling import tell

# So many warnings are told one by one.
DOUBTS = 20


@click.command()
@click.argument("case_dir", metavar="[CASE]", default="data/raw")
@click.option("--migrate", is_flag=True, help="First bring a case of the earlier layout over.")
def check(case_dir: str, migrate: bool) -> int:
    """Check a case folder; tell every problem with file and row.

    CASE is data/raw where nothing else is named. Files beside it that would hide the package from
    notebooks are told as well.
    """
    from dispute.run.shadows import shadows

    hiding = shadows()
    for problem in hiding:
        tell(problem)
    if hiding:
        tell("nothing was checked", to=sys.stderr)
        return 2
    if migrate:
        from helpers.case.folder import locate
        from helpers.case.migration import migrate as bring_over

        tell(*bring_over(locate(case_dir)))
    return check_case(Path(case_dir))


def check_case(case_dir: Path) -> int:
    """Tell every problem of a case, or what it holds; returns the exit status.

    What is likely not meant is told as a warning, and changes no status.
    """
    from dispute.desk.whole import unfinished
    from dispute.run.letters import unspelled
    from dispute.run.size import estimate, in_words
    from helpers.analysis.actor_names import unnamed_speakers
    from helpers.analysis.happenings import undecided
    from helpers.case.folder import locate
    from helpers.case.load import load
    from helpers.case.problems import CaseError, told
    from helpers.words import counted

    try:
        if warning := unfinished(locate(case_dir)):
            tell(warning)
        case = load(case_dir)
    except CaseError as error:
        tell(*told(error.problems))
        tell(f"{counted(len(error.problems), 'problem')} in {case_dir}", to=sys.stderr)
        return 2
    for doubts in (case.doubts, unspelled(case), unnamed_speakers(case), undecided(case)):
        tell(*doubts[:DOUBTS])
        if len(doubts) > DOUBTS:
            tell(f"Warning: and {len(doubts) - DOUBTS} more of this kind")
    units = [
        f"{len(case.articles)} articles",
        f"{len(case.statements)} statements",
        f"{len(case.event_mentions)} event mentions",
        f"{len(case.relations)} relation mentions",
    ]
    tell(f"{case_dir}: {', '.join(units)}: no problem")
    statements = case.statements.coder.value_counts()
    tell(in_words(estimate(int(statements.max()) if len(statements) else 0)))
    if step := next_step(case_dir):
        tell(step)
    return 0
