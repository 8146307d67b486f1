"""A case: a folder of articles, codebook and coding, read, checked and frozen.

    case.yaml                 title, subtitle, question, authors, licence, default coder, …
    articles/ID.txt, ID.yaml  an article as received, and what is known of it
    codebook/README.md        the rules of coding, where written down
    codebook/*.csv            actors, aliases, affiliations, issues, stances, relation types,
                              periods, coders
    codebook/actor_attributes.csv, codebook/issue_attributes.csv, article_attributes.csv
                              what another program knows of them, in columns of the case's own
    codebook/rules.csv        the same rules one by one, where an edition has them so
    codebook/changes.csv      what was changed in the codebook, when and why; second_looks.csv: what
                              was coded before
    coding/CODER/*.csv        statements, event mentions and relations that one coder marked
    coding/CODER/suggestions.csv    what one coder found missing in the codebook; progress.csv:
                              which articles are done
    coding/CODER/taken.csv    what one coder did with proposals
    coding/adjudicated/decisions.csv    what was decided where the coders differ
    proposals/PROPOSER/       what rules or a model propose, which is no coding: proposer.yaml,
                              statements, event mentions, and what was refused
    context_events.csv        dated events from outside the articles
    findings.csv, sentences.csv, story.csv    findings, and what is said of them: the answer on the
                              front page, the steps of the story
    questions.csv             what a class may discuss, each question on a finding
    search.csv, corrections.csv    where the articles are from, mends
    sample.csv                which articles are coded, where a random sample is
    machine_totals.csv, machine_counts.csv    what a machine counts in a corpus outside the case,
                              in all of it and in the articles that were drawn

A case that says `edition: closed` shows few words of its articles (`closed_edition`).

Every fault is a `Problem`; all are told at once. Nothing is mended in silence.

What one does with a case is imported from here: `load` and `check` a folder, and select from the
case by `as_of`, `coded`, `of_proposer`, `span`, `inside` and `described`.
"""

from collections.abc import Collection
from pathlib import Path

import pandas as pd

from helpers.case import (
    anchors,
    bindings,
    parts,
    proposal_rules,
    rules,
    sample_rules,
    sentences,
    suggestions,
)
from helpers.case.adjudication import (
    Adjudication,
    adjudicate,
    adjudicated_coder,
    only_decided,
    with_adjudicated,
)
from helpers.case.closed_edition import closed
from helpers.case.decisions import read_decisions
from helpers.case.folder import earlier_layout, locate, stray_paths, unread_files
from helpers.case.metadata import (
    Metadata,
    coder_problems,
    default_coder,
    issue_problems,
    proposer_problems,
    read_metadata,
)
from helpers.case.model import Case
from helpers.case.problems import CaseError, Problem
from helpers.case.raw_case import RawCase, raw_table_problems, read_raw_case
from helpers.case.schema import columns
from helpers.case.selection import as_of, coded, described, inside, of_proposer, span
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
    "load_open",
    "locate",
    "of_proposer",
    "span",
]

# Beside the rule of all cells (`raw_table_problems`).
RULES = (
    *anchors.RULES,
    *rules.RULES,
    *bindings.RULES,
    *sentences.RULES,
    *suggestions.RULES,
    *proposal_rules.RULES,
    *sample_rules.RULES,
)


def load(case_dir: Path | str, known_by: str = "", without: Collection[str] = ()) -> Case:
    """Read and check a case folder. Raises CaseError with every problem.

    Where a day is given (EDTF), the case is as far as it was known by then; see `as_of`. `without`
    names what is not needed: tables (`statements`, `event_mentions`, `relations`,
    `context_events`), which are empty then, `notes`, and `proposals`, which are not even read: who
    makes them anew need not mend them. A run makes a notebook again only where something else has
    changed.
    """
    case = load_open(case_dir, without)
    return as_of(closed(case) if case.edition else case, known_by)


def load_open(case_dir: Path | str, without: Collection[str] = ()) -> Case:
    """The same with all its words, also where a case is of the closed edition: to work on it."""
    case = _read(locate(case_dir), proposals=parts.PROPOSALS not in without)
    return parts.without(case, without)


def check(case_dir: Path | str) -> list[Problem]:
    """Every problem of a case folder, sorted by file and row: an empty list where there is none."""
    try:
        _read(locate(case_dir))
    except CaseError as error:
        return error.problems
    return []


def check_passes(case_dir: Path | str) -> list[Problem]:
    """The same, but for what is wrong with decisions: passes can be sound and undecided."""
    try:
        _, _, problems, _ = _read_and_check(locate(case_dir))
    except CaseError as error:
        problems = error.problems
    return sorted(set(problems))


def read_for_adjudication(case_dir: Path | str) -> tuple[RawCase, Adjudication]:
    """A case as it was read, with what came of its passes and decisions.

    Raises CaseError where there is any problem but that something is undecided, or one of the
    decisions themselves: those are in what came of them.
    """
    _, raw, problems, made = _read_and_check(locate(case_dir))
    if made is None and not problems:
        expected = "a coder with that role, as in the line `adjudicated,adjudicated,`"
        problems = [Problem(raw.files["coders"], 0, "coder_role", "none adjudicated", expected)]
    if problems or made is None:
        raise CaseError(sorted(set(problems)))
    return raw, made


def _read(folder: Path, proposals: bool = True) -> Case:
    """The whole case in a folder. Raises CaseError; where a path leads out, nothing is read."""
    metadata, raw, problems, made = _read_and_check(folder, proposals)
    adjudicated = pd.DataFrame(columns=columns("coding_differences"), dtype=object)
    if made is not None:
        coder = adjudicated_coder(raw)
        problems += made.told()
        problems += faults_of_decided(raw, made, coder)
        raw = with_adjudicated(raw, made, coder)
        adjudicated = made.table()
    for rule in sentences.RULES_OF_CODED:
        problems += rule(raw)
    if problems:
        raise CaseError(sorted(set(problems)))
    frames = {name: typed(frame, name, "raw") for name, frame in raw.tables.items()}
    coders = list(zip(raw.tables["coders"].coder, raw.tables["coders"].coder_role, strict=True))
    said = vars(metadata) | {"coder": default_coder(metadata.coder, coders)}
    return Case(
        **said,
        texts=raw.texts,
        furniture=raw.furniture,
        adjudication=typed(adjudicated, "coding_differences"),
        doubts=raw.doubts,
        **frames,
    )


def _read_and_check(
    folder: Path, proposals: bool = True
) -> tuple[Metadata, RawCase, list[Problem], Adjudication | None]:
    """A case with every problem, and what came of adjudication where nothing stood against it."""
    if strays := stray_paths(folder) or earlier_layout(folder):
        raise CaseError(strays)
    metadata, problems = read_metadata(folder)
    raw, faults = read_raw_case(folder, proposals=proposals)
    raw = proposal_rules.with_doubts(suggestions.with_suggestions(raw))
    problems += [*faults, *unread_files(folder)]
    if "coders" not in raw.unread:
        problems += coder_problems(metadata, list(raw.roles() or {}))
    if "issues" not in raw.unread:
        problems += issue_problems(metadata, raw.tables["issues"].issue)
    if "proposers" not in raw.unread:
        problems += proposer_problems(metadata, raw.tables["proposers"].proposer)
    raw = anchors.with_positions(raw)
    problems += raw_table_problems(raw)
    for rule in RULES:
        problems += rule(raw)
    problems = [raw.located(problem) for problem in problems]
    made = None
    is_sound = not any(_is_of_the_coding(problem, raw) for problem in problems)
    if is_sound and adjudicated_coder(raw):
        made = adjudicate(raw, read_decisions(raw))
    return metadata, raw, problems, made


def _is_of_the_coding(problem: Problem, raw: RawCase) -> bool:
    """Whether a problem stands in what adjudication rests on: then nothing is adjudicated."""
    return problem.file.startswith(("coding", "articles")) or problem.file == raw.files["coders"]


def faults_of_decided(raw: RawCase, made: Adjudication, coder: str) -> list[Problem]:
    """The faults of adjudicated rows on which something was decided, by the rules of all rows."""
    decided = only_decided(raw, made, coder)
    names = {decided.files[table] for table in decided.places}
    problems = list(raw_table_problems(decided, decided.places))
    problems += [problem for rule in RULES for problem in rule(decided)]
    return [decided.located(problem) for problem in problems if problem.file in names]
