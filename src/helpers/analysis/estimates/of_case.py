"""What people and a machine read of a case that holds a sample, ready to be counted.

The machine is one of the case's proposers. Whatever it counts, the estimates are right on average,
as long as it reads the sampled articles as it reads all others: by the same version, and without
sight of what was coded in them.
"""

from typing import NamedTuple

import pandas as pd

from helpers.analysis.estimates.readers import (
    coded_articles,
    countable,
    frame_of,
    is_outside,
    of_corpus,
    of_proposer,
)
from helpers.analysis.estimates.ties import tie_estimates
from helpers.analysis.estimates.totals import Cells, cells, estimates
from helpers.analysis.estimates.validity import window_validity
from helpers.analysis.sampling import WHOLE
from helpers.case.model import Case
from helpers.case.schema import columns
from helpers.case.selection import coded
from helpers.case.tables import typed

# Of so many coded articles at least anything can be said of all.
LEAST = 2


class Readings(NamedTuple):
    """What both read. `sample`: the drawn articles that are coded, as `cells` takes them.

    `drawn`, `frame`: how many were drawn, and could be. `hand`, `machine`: statements with `month`
    of publication, the machine's those of all articles of the frame that the case has; `whole`: its
    counts in all of them, as `counts.tally` gives them. `in_order`: whether the coded articles are
    the first of the drawn ones, so that they are a random part. `n_taken`: statements by hand that
    began as a proposal.
    """

    sample: pd.DataFrame
    drawn: int
    frame: int
    hand: pd.DataFrame
    machine: pd.DataFrame
    whole: pd.DataFrame
    in_order: bool
    n_taken: int

    def can_tell(self) -> bool:
        """Whether enough is coded to say anything of all articles."""
        return LEAST <= len(self.sample)

    def cells(self) -> Cells:
        """What was counted where. Raises ValueError where not enough is coded."""
        return cells(self.hand, self.machine, self.whole, self.sample)


def readings(
    case: Case, coder: str, proposer: str = "", period: str = "all", duplicates: str = "article"
) -> Readings:
    """The sample of a case, as one coder read it and one proposer did.

    `proposer`: empty, the first of the case; where there is none the machine counts nothing, and
    the estimates rest on the sample alone. A proposal without speaker, issue or stance counts as
    none. `period` as in `case.coded`: statements whose whole date lies in it. `duplicates` as in
    `networks.deduplicate`. Raises ValueError for an unknown coder, proposer or period.
    """
    frame = frame_of(case)
    drawn = frame[frame.place > 0].sort_values("place")
    is_done = drawn.article_id.isin(coded_articles(case, coder))
    sample = drawn[is_done].sort_values("article_id", ignore_index=True)
    if is_outside(case) and len(drawn) < drawn.place.max():
        # By that day only a part of what was drawn was there, and of the rest nothing is known.
        sample = sample.head(0)
    size = int(frame.groupby("stratum").n_stratum.first().sum())
    hand = coded(case, "statements", coder, period)
    hand = hand[hand.article_id.isin(set(sample.article_id))]
    if is_outside(case):
        machine, whole = of_corpus(case, period)
    else:
        machine, whole = of_proposer(case, proposer, period, duplicates)
    return Readings(
        _in_strata(sample, size),
        len(drawn),
        size,
        countable(hand, case, duplicates),
        machine,
        whole,
        bool(is_done.iloc[: int(is_done.sum())].all()),
        int((hand.proposed_by != "").sum()),
    )


def strata(case: Case, coder: str) -> pd.DataFrame:
    """The strata of the sample: how many articles each has, were drawn, and are coded.

    Columns stratum, n_stratum, n_drawn, n_coded, probability.
    """
    frame = frame_of(case)
    is_drawn = frame.place > 0
    is_coded = is_drawn & frame.article_id.isin(coded_articles(case, coder))
    rows = frame.assign(n_drawn=is_drawn, n_coded=is_coded).groupby("stratum", sort=True)
    sums = rows.agg({"n_stratum": "first", "n_drawn": "sum", "n_coded": "sum"}).astype(int)
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


def _in_strata(sample: pd.DataFrame, frame: int) -> pd.DataFrame:
    """The sample; its strata put together where of one of them too little is coded yet.

    They were drawn in proportion to their sizes, so together they are one sample.
    """
    number = sample.groupby("stratum").stratum.transform("size")
    if (number >= sample.n_stratum.clip(upper=LEAST)).all():
        return sample
    return sample.assign(stratum=WHOLE, n_stratum=frame)
