"""A class: how far many readers of the same articles end with the same positions.

A position is who takes which stance on which issue in one article (`same_positions`). Compared is
each actor on each issue in each article, of the actors and issues that anybody has; "none" is a
value. With two readers alpha is that of `same_positions.stances`.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import product
from typing import NamedTuple

import pandas as pd

from helpers.analysis.alpha import alpha
from helpers.analysis.same_positions import positions

# Each (article, speaker, issue) to the stances of one reader, sorted.
Taken = Mapping[tuple, tuple]
CELL = ["article_id", "speaker", "issue"]


class Agreed(NamedTuple):
    """How far a class agrees.

    `together`: alpha of all readers; None where fewer than two read. `readers`: columns `reader`,
    `n_passages`, `n_positions`, `n_shared` (positions that the report has too), `n_either` (those
    that either has) and `alpha`, with the report. `parted`: a row for each cell on which not all
    say the same, columns `article_id`, `speaker`, `issue`, `report` (its stances) and `readers`
    (each set of stances to how many have it), where most part first.
    """

    together: float | None
    readers: pd.DataFrame
    parted: pd.DataFrame


def class_agreement(
    readers: Mapping[str, pd.DataFrame], report: pd.DataFrame, articles: Sequence[str]
) -> Agreed:
    """How far readers agree with each other and with the report.

    `readers`: name to the passages of a reader, columns `article_id`, `speaker`, `issue`, `stance`;
    `report`: the same of the report. Only `articles` are looked at.
    """
    frames = {name: frame[frame.article_id.isin(articles)] for name, frame in readers.items()}
    taken = {name: positions(frame) for name, frame in frames.items()}
    own = positions(report[report.article_id.isin(articles)])
    every = [*taken.values(), own]
    cells = _cells(every, articles)
    values = {name: _values(one, cells) for name, one in taken.items()}
    of_report = _values(own, cells)
    rows = [
        (name, len(frames[name]), *_shared(taken[name], own), alpha([values[name], of_report]))
        for name in sorted(readers)
    ]
    names = ["reader", "n_passages", "n_positions", "n_shared", "n_either", "alpha"]
    table = pd.DataFrame(rows, columns=names)
    return Agreed(alpha(list(values.values())), table, _parted(taken, own))


def _cells(every: Sequence[Taken], articles: Sequence[str]) -> list[tuple]:
    had = set().union(*every)
    speakers = sorted({speaker for _, speaker, _ in had})
    issues = sorted({issue for _, _, issue in had})
    return list(product(sorted(articles), speakers, issues))


def _values(taken: Taken, cells: Sequence[tuple]) -> list[str]:
    return [_named(taken.get(cell, ())) for cell in cells]


def _named(stances: tuple[int, ...]) -> str:
    return ";".join(map(str, stances))


def _shared(one: Taken, other: Taken) -> tuple[int, int, int]:
    """How many positions the one has, how many both have, and how many either has."""
    first, second = (_single(taken) for taken in (one, other))
    return len(first), len(first & second), len(first | second)


def _single(taken: Taken) -> set[tuple]:
    return {(*cell, stance) for cell, stances in taken.items() for stance in stances}


def _parted(taken: Mapping[str, Taken], own: Taken) -> pd.DataFrame:
    rows = []
    for cell in sorted(set().union(*taken.values(), own)):
        said = Counter(_named(one.get(cell, ())) for one in taken.values())
        most = max(said.values(), default=0)
        report = _named(own.get(cell, ()))
        if len({*said, report}) > 1:
            rows.append((most, *cell, report, dict(sorted(said.items()))))
    rows.sort(key=lambda row: (row[0], row[1:4]))
    return pd.DataFrame([row[1:] for row in rows], columns=[*CELL, "report", "readers"])
