"""Which rows of two tables are one thing."""

from collections import defaultdict
from collections.abc import Callable, Hashable
from typing import Any, NamedTuple

import pandas as pd


class Matches(NamedTuple):
    """Ids of two tables: pairs (before, now) that are one thing, those that are new, and gone."""

    pairs: list[tuple[Any, Any]]
    new: list[Any]
    gone: list[Any]


def match(
    before: pd.DataFrame, now: pd.DataFrame, likeness: Callable[[pd.Series], Hashable]
) -> Matches:
    """Match the rows of two tables, both indexed by their ids.

    Rows of one id are one thing. Of the others, a row of now and one of before are one thing where
    `likeness` gives the same for both; each row is taken once, in the order of the ids.
    """
    pairs = [(identity, identity) for identity in sorted(set(before.index) & set(now.index))]
    waiting: dict[Hashable, list[Any]] = defaultdict(list)
    for identity in sorted(set(before.index) - set(now.index)):
        waiting[likeness(before.loc[identity])].append(identity)
    new = []
    for identity in sorted(set(now.index) - set(before.index)):
        alike = waiting[likeness(now.loc[identity])]
        if alike:
            pairs.append((alike.pop(0), identity))
        else:
            new.append(identity)
    gone = sorted(identity for alike in waiting.values() for identity in alike)
    return Matches(pairs, new, gone)
