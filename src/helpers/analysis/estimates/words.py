"""The tables of a sample in sentences: how much is coded, and what the machine gets wrong."""

from collections.abc import Iterator

import pandas as pd

from helpers.analysis.estimates.of_case import Readings
from helpers.analysis.estimates.validity import LEAST_F1, shortest
from helpers.case.model import Case
from helpers.words import counted, plain

NOTHING = "This case holds no sample: every article is there to be coded."
TOO_LITTLE = (
    "Nothing can be said of all articles: fewer than two of the drawn ones are coded, or a part"
    " of a corpus is looked at that lies outside the case."
)
NETWORKS = {"two-mode": "who takes which stance on what", "agreement": "who agrees with whom"}


def told(
    case: Case,
    read: Readings,
    numbers: pd.DataFrame,
    validity: pd.DataFrame,
    least_f1: float = LEAST_F1,
) -> str:
    """The answer as Markdown: what is coded, what that says of all, and of which windows."""
    if not read.frame:
        return NOTHING
    said = [_sampled(read)]
    if not read.can_tell():
        said.append(TOO_LITTLE)
    else:
        said += [*_all(numbers), *_most_wrong(case, numbers), *_windows(validity, least_f1)]
    return "\n".join(f"- {plain(sentence)}" for sentence in said)


def _sampled(read: Readings) -> str:
    strata = read.sample.stratum.nunique()
    words = f"Of {counted(read.frame, 'article')} {read.drawn} were drawn at random; "
    words += f"{len(read.sample)} of these are coded"
    words += f", in {counted(strata, 'stratum').replace('stratums', 'strata')}." if strata else "."
    if not read.in_order:
        words += " They are not the first of the drawn ones: what was passed over may differ."
    if read.n_taken:
        words += f" {counted(read.n_taken, 'coded statement')} began as a proposal of a machine."
    return words


def _all(numbers: pd.DataFrame) -> Iterator[str]:
    for row in numbers[numbers.quantity == "all"].itertuples():
        yield (
            f"All articles are estimated to hold {row.estimate:,.0f} statements"
            f"{_interval(row.low, row.high, ',.0f')}; the machine alone counts {row.machine:,.0f}."
        )


def _interval(low: float, high: float, form: str) -> str:
    return "" if pd.isna(low) else f" ({low:{form}} to {high:{form}})"


def _most_wrong(case: Case, numbers: pd.DataFrame) -> Iterator[str]:
    """The issue on which the machine's mean stance lies farthest outside the interval."""
    means = numbers[(numbers.quantity == "mean of issue") & numbers.machine.notna()]
    outside = means[(means.machine < means.low) | (means.machine > means.high)]
    known = means.low.notna().sum()
    if known:
        yield (
            f"Of {counted(int(known), 'issue')} with an interval, the machine's mean stance lies"
            f" outside it on {len(outside)}."
        )
    if len(outside):
        apart = (outside.machine - outside.estimate).abs()
        row = outside.loc[apart.idxmax()]
        yield (
            f"It is most wrong on “{case.labels()[row.issue]}”: {row.machine:+.2f}, where the"
            f" estimate is {row.estimate:+.2f}{_interval(row.low, row.high, '+.2f')}."
        )


def _windows(validity: pd.DataFrame, least_f1: float) -> Iterator[str]:
    for network, words in NETWORKS.items():
        months = shortest(validity, network, least_f1)
        if months is None:
            yield f"Of no window of time may the machine's network of {words} be spoken of."
        else:
            yield (
                f"The shortest window of which the machine's network of {words} may be spoken of is"
                f" {counted(months, 'month')}: from there on its F1 is {least_f1:g} or more, with"
                " all of its interval."
            )
