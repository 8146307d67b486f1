"""The case and the articles for which something is proposed."""

import shutil
from collections.abc import Iterable
from pathlib import Path
from tempfile import TemporaryDirectory

from dispute.proposing.files import HOME, recover
from helpers.case.files import inside
from helpers.case.folder import copy_case, locate
from helpers.case.load import load
from helpers.case.model import Case
from helpers.case.problems import CaseError, Problem, nearest, shown


def read_case(case_dir: str, proposer: str) -> tuple[Path, Case]:
    """The folder of a case, and the case. Raises CaseError with every fault of it.

    What a kill left of proposals that were being written is put right first.

    Earlier proposals of the same proposer may be behind the texts: they are about to be made anew,
    and are then no fault.
    """
    folder = locate(case_dir)
    own = inside(folder, f"{HOME}/{proposer}")
    recover(own)
    try:
        return folder, load(folder)
    except CaseError as error:
        place = f"{HOME}/{proposer}/"
        if not own.is_dir() or any(not one.file.startswith(place) for one in error.problems):
            raise
    with TemporaryDirectory() as elsewhere:
        copy = Path(elsewhere) / "case"
        copy_case(folder, copy)
        shutil.rmtree(copy / HOME / proposer, ignore_errors=True)
        return folder, load(copy)


def chosen(case: Case, articles: Iterable[str]) -> list[str]:
    """The articles of a case that are named, or all of them. Raises CaseError for what is none."""
    there = sorted(case.texts)
    named = list(dict.fromkeys(articles))
    faults = [
        Problem("ARTICLE", 0, "", shown(name), f"an article of the case{nearest(name, there)}")
        for name in named
        if name not in case.texts
    ]
    if not there:
        faults.append(Problem("articles", 0, "", "no article", "one; `dispute add` adds some"))
    if faults:
        raise CaseError(faults)
    return sorted(named) or there
