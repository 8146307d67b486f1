"""The codebook as the rules read it: tables, and outside a blind pass what was coded before."""

from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd

from helpers.case.model import Case

EMPTY_RULES = pd.DataFrame({"rule": [], "text": []})
# Columns that a table may lack.
_MAY_LACK = (
    ("actors", "about"),
    ("actors", "match"),
    ("actors", "camp"),
    ("aliases", "match"),
    ("issues", "issue_kind"),
    ("issues", "examples"),
)


@dataclass(frozen=True)
class Codebook:
    """What the rules read of a codebook: its tables, with the columns of `tables.yaml`.

    `coded`: triples of article, issue and passage that were coded before; none in a blind pass.
    """

    actors: pd.DataFrame
    aliases: pd.DataFrame
    affiliations: pd.DataFrame
    issues: pd.DataFrame
    stances: pd.DataFrame
    rules: pd.DataFrame
    coded: Sequence[tuple[str, str, str]] = ()


def codebook_of(case: Case, blind: bool = True) -> Codebook:
    """The codebook of a case; where not `blind`, with what was coded in it."""
    coded: list[tuple[str, str, str]] = []
    if not blind:
        said = case.statements
        coded = sorted(set(zip(said.article_id, said.issue, said.quote, strict=True)))
    return Codebook(
        case.actors, case.aliases, case.affiliations, case.issues, case.stances, case.rules, coded
    )


def without_gaps(book: Codebook) -> Codebook:
    """The same with no gaps in its cells, and with the columns that it may lack."""
    frames = {
        name: getattr(book, name).fillna("")
        for name in ("actors", "aliases", "affiliations", "issues", "stances", "rules")
    }
    for table, column in _MAY_LACK:
        if column not in frames[table]:
            frames[table] = frames[table].assign(**{column: ""})
    if not {"rule", "text"} <= set(frames["rules"]):
        frames["rules"] = EMPTY_RULES
    return Codebook(**frames, coded=book.coded)
