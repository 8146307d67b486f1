"""What people and a machine read of a case that holds a sample, ready to be counted.

The machine is one of the case's proposers. Whatever it counts, the estimates are right on average,
as long as it reads the sampled articles as it reads all others: by the same version, and without
sight of what was coded in them.
"""

from typing import NamedTuple

import pandas as pd

from helpers.analysis.counts import tally
from helpers.analysis.estimates.ties import tie_estimates
from helpers.analysis.estimates.totals import Cells, cells, estimates
from helpers.analysis.estimates.validity import window_validity
from helpers.analysis.networks import deduplicate
from helpers.analysis.sampling import CALENDAR, WHOLE
from helpers.case.model import Case
from helpers.case.schema import columns
from helpers.case.selection import coded, inside, span
from helpers.case.tables import typed
from helpers.dates.edtf import days

# Of so many coded articles at least anything can be said of all.
LEAST = 2
UNIT = ["article_id", "speaker", "issue", "stance"]


class Readings(NamedTuple):
    """What both read. `sample`: the drawn articles that are coded, as `cells` takes them.

    `drawn`, `frame`: how many were drawn, and could be. `hand`, `machine`: statements with `month`
    of publication, the machine's those of all articles of the frame. `in_order`: whether the coded
    articles are the first of the drawn ones, so that they are a random part. `n_taken`: statements
    by hand that began as a proposal.
    """

    sample: pd.DataFrame
    drawn: int
    frame: int
    hand: pd.DataFrame
    machine: pd.DataFrame
    in_order: bool
    n_taken: int

    def can_tell(self) -> bool:
        """Whether enough is coded to say anything of all articles."""
        return LEAST <= len(self.sample)

    def cells(self) -> Cells:
        """What was counted where. Raises ValueError where not enough is coded."""
        return cells(self.hand, self.machine, tally(self.machine), self.sample)


def readings(
    case: Case, coder: str, proposer: str = "", period: str = "all", duplicates: str = "article"
) -> Readings:
    """The sample of a case, as one coder read it and one proposer did.

    `proposer`: empty, the first of the case; where there is none the machine counts nothing, and
    the estimates rest on the sample alone. A proposal without speaker, issue or stance counts as
    none. `period` as in `case.coded`: statements whose whole date lies in it. `duplicates` as in
    `networks.deduplicate`. Raises ValueError for an unknown coder, proposer or period.
    """
    # Of a case as it was known by some day, the articles of the frame that were there.
    frame = case.sample.assign(n_stratum=case.sample.groupby("stratum").stratum.transform("size"))
    drawn = frame[frame.place > 0].sort_values("place")
    is_done = drawn.article_id.isin(coded_articles(case, coder))
    sample = drawn[is_done].sort_values("article_id", ignore_index=True)
    statements = coded(case, "statements", coder, period)
    hand = statements[statements.article_id.isin(set(sample.article_id))]
    month = case.articles.published.str.extract(CALENDAR["month"], expand=False).fillna("")
    months = dict(zip(case.articles.article_id, month, strict=True))

    def ready(rows: pd.DataFrame) -> pd.DataFrame:
        named = rows[(rows.speaker != "") & (rows.issue != "") & rows.stance.notna()]
        once = deduplicate(named, duplicates)[UNIT].astype({"stance": int})
        return once.assign(month=once.article_id.map(months)).reset_index(drop=True)

    proposed = _proposed(case, proposer, period)
    read = proposed[proposed.article_id.isin(set(frame.article_id))]
    return Readings(
        _in_strata(sample, len(frame)),
        len(drawn),
        len(frame),
        ready(hand),
        ready(read),
        bool(is_done.iloc[: int(is_done.sum())].all()),
        int((hand.proposed_by != "").sum()),
    )


def strata(case: Case, coder: str) -> pd.DataFrame:
    """The strata of the sample: how many articles each has, were drawn, and are coded.

    Columns stratum, n_stratum, n_drawn, n_coded, probability.
    """
    is_drawn = case.sample.place > 0
    is_coded = is_drawn & case.sample.article_id.isin(coded_articles(case, coder))
    rows = case.sample.assign(n_drawn=is_drawn, n_coded=is_coded).groupby("stratum", sort=True)
    sums = rows[["n_drawn", "n_coded"]].sum().astype(int)
    sums.insert(0, "n_stratum", rows.size())
    return sums.assign(probability=sums.n_drawn / sums.n_stratum).reset_index()


def tables(
    read: Readings, stances: pd.DataFrame, least_sampled: int, draws: int
) -> dict[str, pd.DataFrame]:
    """The tables `estimates`, `estimated_ties` and `window_validity`, without rows where too little
    is coded. `stances`: the codebook's scale; the rest as in `tie_estimates`.
    """
    names = ("estimates", "estimated_ties", "window_validity")
    if not read.can_tell():
        return {name: typed(pd.DataFrame(columns=columns(name)), name) for name in names}
    found = read.cells()
    articles = read.sample.article_id.tolist()
    hand, machine = (rows[rows.month != ""] for rows in (read.hand, read.machine))
    made = (
        estimates(found),
        tie_estimates(found, stances, least=least_sampled, draws=draws),
        window_validity(hand, machine, articles),
    )
    return dict(zip(names, made, strict=True))


def _proposed(case: Case, proposer: str, period: str) -> pd.DataFrame:
    """The statements of one proposer in a period, with what `deduplicate` asks of them."""
    known = case.proposers.proposer.tolist()
    if proposer and proposer not in known:
        raise ValueError(f"proposer {proposer!r}: expected one of {', '.join(known) or 'none'}")
    frame = case.proposed_statements
    own = frame[frame.proposer == (proposer or next(iter(known), ""))]
    placed = inside(own, span(case, period))
    ends = [days(value) for value in placed.date_edtf]
    return placed.assign(
        statement_id=placed.proposal_id,
        earliest=[first for first, _ in ends],
        latest=[last for _, last in ends],
    )


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


def _in_strata(sample: pd.DataFrame, frame: int) -> pd.DataFrame:
    """The sample; its strata put together where of one of them too little is coded yet.

    They were drawn in proportion to their sizes, so together they are one sample.
    """
    number = sample.groupby("stratum").stratum.transform("size")
    if (number >= sample.n_stratum.clip(upper=LEAST)).all():
        return sample
    return sample.assign(stratum=WHOLE, n_stratum=frame)
