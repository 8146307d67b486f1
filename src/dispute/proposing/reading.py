"""The case and the articles for which something is proposed.

A blind reading takes articles and codebook alone. So it goes while coders are at work, whatever
state their tables are in, and nothing that anybody coded can reach a proposal.
"""

from collections.abc import Iterable, Iterator
from pathlib import Path

import pandas as pd

from dispute.proposing.files import HOME
from helpers.case import anchors, parts, rules
from helpers.case.folder import earlier_layout, locate, stray_paths
from helpers.case.load import load_open
from helpers.case.metadata import read_metadata
from helpers.case.model import Case
from helpers.case.problems import CaseError, Problem, nearest, shown
from helpers.case.raw_case import RawCase, raw_table_problems, read_raw_case
from helpers.case.schema import columns
from helpers.case.tables import typed

# The tables that a blind reading takes; of the others it has the columns, and no row.
READ = (
    "articles actors actor_attributes aliases affiliations issues issue_attributes stances "
    "relation_types periods coders rules"
).split()
# No coder is called so: it is no id.
NOBODY = "(nobody)"


def read_case(case_dir: str, blind: bool = True) -> tuple[Path, Case]:
    """The folder of a case, and the case, without its coding where `blind`.

    Raises CaseError with every fault of what is read.
    """
    folder = locate(case_dir)
    return folder, _read_blind(folder) if blind else load_open(folder, without=[parts.PROPOSALS])


def _read_blind(folder: Path) -> Case:
    """A case as its articles and its codebook say it, and nothing else."""
    if strays := stray_paths(folder) or earlier_layout(folder):
        raise CaseError(strays)
    metadata, problems = read_metadata(folder)
    raw, faults = read_raw_case(folder, only=NOBODY, proposals=False)
    raw = anchors.with_positions(raw)
    problems += [fault for fault in faults if not fault.file.startswith(("coding", HOME))]
    problems += _faults(raw)
    if problems:
        raise CaseError(sorted(set(problems)))
    frames = {}
    for name, frame in raw.tables.items():
        frames[name] = typed(frame if name in READ else frame[:0], name, "raw")
    none = typed(
        pd.DataFrame(columns=columns("coding_differences"), dtype=object), "coding_differences"
    )
    return Case(
        **vars(metadata), texts=raw.texts, furniture=raw.furniture, adjudication=none, **frames
    )


def _faults(raw: RawCase) -> Iterator[Problem]:
    """The faults of the tables that are read."""
    files = {raw.files[name] for name in READ} - {raw.files["articles"]}
    yield from raw_table_problems(raw, READ)
    for rule in (*anchors.RULES, *rules.RULES):
        yield from (problem for problem in rule(raw) if problem.file in files)


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
