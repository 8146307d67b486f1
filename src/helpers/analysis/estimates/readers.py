"""What people and a machine read, of a case that holds a sample: statements that can be counted.

The machine is a proposer of the case; or, where the sample was drawn from a corpus that lies
outside the case, whatever has counted there (`machine_totals`, `machine_counts`).
"""

import pandas as pd

from helpers.analysis.counts import tally
from helpers.analysis.networks import deduplicate
from helpers.analysis.sampling import part_of
from helpers.case import selection
from helpers.case.model import Case
from helpers.dates.edtf import within

UNIT = ["article_id", "speaker", "issue", "stance"]


def coded_articles(case: Case, coder: str) -> set[str]:
    """The articles that a coder has done.

    The adjudicated set has done what all passes have. A coder who has not kept a list of what is
    done, here or anywhere, has done every article: so coding comes from another program.
    """
    roles = dict(zip(case.coders.coder, case.coders.coder_role, strict=True))
    coders = case.passes() if roles.get(coder) == "adjudicated" else [coder]
    found = set(case.articles.article_id)
    for one in coders:
        own = case.progress.article_id[case.progress.coder == one]
        found &= set(own) if len(own) else found
    return found


def is_outside(case: Case) -> bool:
    """Whether the sample was drawn from a corpus of which the case has only the drawn articles."""
    return len(case.machine_totals) > 0


def frame_of(case: Case) -> pd.DataFrame:
    """The rows of the sample with the size of each stratum.

    Of a case as it was known by some day, a stratum has the articles that were there then.
    """
    if is_outside(case):
        return case.sample
    sizes = case.sample.groupby("stratum").stratum.transform("size")
    return case.sample.assign(n_stratum=sizes)


def _months(case: Case) -> dict[str, str]:
    """article_id to its month of publication, empty where it is not known."""
    months = part_of(case.articles.published, "month")
    return dict(zip(case.articles.article_id, months, strict=True))


def countable(rows: pd.DataFrame, case: Case, duplicates: str) -> pd.DataFrame:
    """Statements that can be counted, with the month of their article."""
    named = rows[(rows.speaker != "") & (rows.issue != "") & rows.stance.notna()]
    once = deduplicate(named, duplicates)[UNIT].astype({"stance": int})
    return once.assign(month=once.article_id.map(_months(case))).reset_index(drop=True)


def of_proposer(
    case: Case, proposer: str, period: str, duplicates: str
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """What one proposer reads in all articles of the frame, and the counts of it."""
    proposed = _proposed(case, proposer, period)
    read = proposed[proposed.article_id.isin(set(case.sample.article_id))]
    machine = countable(read, case, duplicates)
    return machine, tally(machine)


def of_corpus(case: Case, period: str) -> tuple[pd.DataFrame, pd.DataFrame]:
    """What the machine counts in the drawn articles, as statements, and in the whole corpus.

    Its statements have no dates: those count whose article was published in a period.
    """
    limits = selection.span(case, period)

    def inside_of(rows: pd.DataFrame) -> pd.DataFrame:
        return rows[[not limits or within(month, limits) for month in rows.month]]

    own = inside_of(
        case.machine_counts.assign(month=case.machine_counts.article_id.map(_months(case)))
    )
    every = inside_of(case.machine_totals)
    repeated = own.loc[own.index.repeat(own.n_statements)].rename(columns={"actor_id": "speaker"})
    machine = repeated[[*UNIT, "month"]].astype({"stance": int}).reset_index(drop=True)
    return machine, every.rename(columns={"n_statements": "n", "month": "span"})


def _proposed(case: Case, proposer: str, period: str) -> pd.DataFrame:
    """The statements of one proposer in a period, with what `deduplicate` asks of them."""
    chosen = proposer or next(iter(case.proposers.proposer), "")
    own = selection.of_proposer(case, chosen).proposed_statements
    placed = selection.inside(own, selection.span(case, period))
    return selection.with_days(placed).assign(statement_id=placed.proposal_id)
