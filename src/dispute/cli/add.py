"""`dispute add`: articles for a case, from addresses, files, lists and library exports."""

import sys
from typing import TYPE_CHECKING

import click

from dispute.cli._telling import tell

if TYPE_CHECKING:
    from dispute.intake.adding import Added, Report


# The status of a program that Ctrl-C has ended.
STOPPED = 130


@click.command()
@click.argument("case_dir", metavar="CASE")
@click.argument("words", metavar="SOURCE...", nargs=-1, required=True)
@click.option("--own-network", is_flag=True, help="Allow addresses of your own network as well.")
def add(case_dir: str, words: tuple[str, ...], own_network: bool) -> int:
    """Add articles to a case, each with its sidecar.

    SOURCE is an address, a file (HTML, PDF, DOCX, RTF, text), a folder of files, a ZIP of DOCX, an
    export of Nexis Uni or Lexis+ (DOCX), or a list that names addresses or files: CSV (columns
    address or file, title, publisher, date), RIS, BibTeX or CSL JSON. Each source is added whole or
    not at all, and nothing is overwritten. At the end a report says what was added and what a
    person should look at. The status is 1 where a source was not added.
    """
    from dispute.intake.adding import add as add_articles
    from dispute.intake.client import Client
    from dispute.intake.sources import sources_of
    from helpers.case.folder import locate, stray_paths
    from helpers.case.problems import CaseError

    folder = locate(case_dir)
    if stray := stray_paths(folder):
        raise CaseError(stray)
    try:
        report = add_articles(folder, sources_of(words), Client(own_network=own_network))
    except KeyboardInterrupt:
        told = "stopped: what was added before stays, and is left out when you call it again"
        tell(told, f"dispute check {case_dir}", to=sys.stderr)
        return STOPPED
    _tell(report, case_dir)
    return 1 if report.refused else 0


def _tell(report: "Report", case_dir: str) -> None:
    from helpers.words import counted

    for new in report.added:
        tell(*_about(new))
    for search in report.searches:
        tell(f"search.csv: a row for the search {search.query!r} in {search.archive}")
    for told in report.left_out:
        tell(f"left out: {told}")
    for name, reason in report.refused:
        tell(f"not added: {name}: found {reason}", to=sys.stderr)
    n_doubts = sum(len(new.draft.doubts) for new in report.added)
    counts = [f"{counted(len(report.added), 'article')} added"]
    counts += [f"{len(report.left_out)} left out"] if report.left_out else []
    counts += [f"{counted(len(report.refused), 'source')} not added"] if report.refused else []
    counts += [f"{counted(n_doubts, 'thing')} to look at"] if n_doubts else []
    tell(f"{case_dir}: {', '.join(counts)}")
    if report.added:
        tell("to fill in: `rights` of each; look through `furniture`, which is never coded")
        tell(f"dispute check {case_dir}")


def _about(new: "Added") -> list[str]:
    """What is told of an article: what it is, and what a person should look at."""
    from helpers.dates.edtf import wording
    from helpers.words import languages

    draft = new.draft
    publisher = draft.publisher or "publisher not known"
    date = f"{wording(draft.published.edtf)}: " if draft.published.edtf else "date "
    lines = [
        f"added articles/{new.article_id}: “{draft.title[:80]}”, {publisher}",
        f"  from {draft.came_from}",
        f"  {date}{draft.published.basis}",
        f"  {languages(';'.join(draft.languages))}; furniture: {_spans(new)}",
    ]
    return lines + [f"  look: {doubt}" for doubt in draft.doubts]


def _spans(new: "Added") -> str:
    from collections import Counter

    from helpers.words import counted

    kinds = Counter(span.what for span in new.draft.furniture)
    return ", ".join(counted(number, kind) for kind, number in kinds.items()) or "none"
