"""`dispute withdraw`: an article, its rows and its words leave a case and its report."""

import sys
from datetime import date
from pathlib import Path

import click

from dispute.cli._telling import tell


@click.command()
@click.argument("case_dir", metavar="CASE")
@click.argument("article", metavar="ARTICLE")
@click.option("--why", required=True, help="The reason, which the page of corrections shows.")
@click.option("--on", "day", metavar="DAY", help="The day of it, as 2024-05-31; today otherwise.")
def withdraw(case_dir: str, article: str, why: str, day: str | None) -> int:
    """Take an article out of a case, with its rows and its words, and make the report again.

    What is left is a correction: which article, when and why. Desks of the case have to be closed;
    what a killed one had saved reaches its tables first. Where the case is that of
    `config.yaml`, all that runs made and kept is removed first: tables, report, feed, index,
    outputs of notebooks, cache, journals and failed runs. Nothing is changed where the case would
    have faults without the article.
    """
    from dispute.desk.closing import close_desks, forget_aside
    from dispute.run.forgetting import expect_forgettable, forget, forget_answers, left
    from dispute.run.locks import BusyError, lock
    from helpers.case import withdrawal
    from helpers.case.folder import locate
    from helpers.words import counted

    day = day or date.today().isoformat()
    folder, planned = locate(case_dir), withdrawal.plan(case_dir, article, day, why)
    if close_desks(folder):
        planned = withdrawal.plan(folder, article, day, why)
    project, kept = Path.cwd(), list[Path]()
    is_of_report = _is_of_the_report(case_dir)
    try:
        with lock(Path(".cache")):
            if is_of_report:
                expect_forgettable(project, Path(".cache"))
            forget_aside(folder, article)
            withdrawal.carry_out(planned)
            if is_of_report:
                kept = forget(project, Path(".cache"))
            else:
                forget_answers(Path(".cache"))
    except BusyError as error:
        tell(error, to=sys.stderr)
        return 1
    for name, number in sorted(planned.rows.items()):
        tell(f"{name}: {counted(number, 'row')} gone")
    for name, number in sorted(planned.struck.items()):
        tell(f"{name}: its words struck out in {counted(number, 'place')}")
    tell(f"{article} is withdrawn; corrections.csv says so")
    status = _make_again(kept) if is_of_report else 0
    still = list(left(project, planned.words))
    tell(*(f"{name}: still holds words of it" for name in still), to=sys.stderr)
    if (project / ".git").exists():
        tell("git's history still holds it; `git filter-repo` can take it out of there, too")
    return 1 if still else status


def _is_of_the_report(case_dir: str) -> bool:
    """Whether the report in the working folder is of a case."""
    from dispute.run.settings import read
    from helpers.case.folder import locate

    ours = read().shared["case_dir"] if Path("config.yaml").is_file() else None
    return isinstance(ours, str) and Path(ours).is_dir() and locate(ours).samefile(case_dir)


def _make_again(notebooks: list[Path]) -> int:
    """Make the report, then the outputs that notebooks keep, and what is made in texts."""
    from dispute.cli import main
    from dispute.cli.refresh import refresh_texts

    status = main(["run"])
    if notebooks and not status:
        status = main(["refresh", *map(str, notebooks)])
    if status or not notebooks:
        # A refresh that went well has renewed the texts already.
        refresh_texts()
    return status
