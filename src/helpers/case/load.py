"""A case: a folder of articles, codebook and coding, read, checked and frozen.

    case.yaml                 title, subtitle, question, authors, licence, default coder, …
    articles/ID.txt, ID.yaml  an article as received, and what is known of it
    codebook/README.md        the rules of coding, where written down
    codebook/*.csv            actors, aliases, affiliations, issues, stances, relation types,
                              periods, coders
    coding/*.csv              statements, event mentions, relations, adjudication
    context_events.csv        dated events from outside the articles
    corrections.csv           what was corrected in the published report

Every fault is a `Problem`; all are told at once. Nothing is mended in silence.

What one does with a case is imported from here: `load` and `check` a folder, and select from the
case by `as_of`, `coded`, `span`, `inside` and `described`.
"""

from pathlib import Path

from helpers.case import anchors, rules
from helpers.case.folder import locate, stray_paths, unread_files
from helpers.case.metadata import coder_problems, default_coder, read_metadata
from helpers.case.model import Case
from helpers.case.problems import CaseError, Problem
from helpers.case.raw_case import raw_table_problems, read_raw_case
from helpers.case.selection import as_of, coded, described, inside, span
from helpers.case.tables import typed

__all__ = [
    "Case",
    "CaseError",
    "as_of",
    "check",
    "coded",
    "described",
    "inside",
    "load",
    "locate",
    "span",
]

RULES = (raw_table_problems, *anchors.RULES, *rules.RULES)


def load(case_dir: Path | str, known_by: str = "") -> Case:
    """Read and check a case folder. Raises CaseError with every problem.

    Where a day is given (EDTF), the case is as far as it was known by then; see `as_of`.
    """
    return as_of(_read(locate(case_dir)), known_by)


def check(case_dir: Path | str) -> list[Problem]:
    """Every problem of a case folder, sorted by file and row: an empty list where there is none."""
    try:
        _read(locate(case_dir))
    except CaseError as error:
        return error.problems
    return []


def _read(folder: Path) -> Case:
    """The whole case in a folder. Raises CaseError; where a path leads out, nothing is read."""
    if strays := stray_paths(folder):
        raise CaseError(strays)
    metadata, problems = read_metadata(folder)
    raw, faults = read_raw_case(folder)
    problems += [*faults, *unread_files(folder)]
    coders = list(zip(raw.tables["coders"].coder, raw.tables["coders"].coder_role, strict=True))
    if "coders" not in raw.unread:
        problems += coder_problems(metadata, [coder for coder, _ in coders])
    raw = anchors.with_positions(raw)
    for rule in RULES:
        problems += rule(raw)
    if problems:
        raise CaseError(sorted(set(problems)))
    frames = {name: typed(frame, name, "raw") for name, frame in raw.tables.items()}
    del frames["rules"]  # The words of the rules stand in `metadata`.
    said = vars(metadata) | {"coder": default_coder(metadata.coder, coders)}
    return Case(**said, texts=raw.texts, furniture=raw.furniture, **frames)
