"""Which articles share their words: copies, and reprints that a person should look at.

The words of an article, without its furniture, are cut into runs of five (shingles). The share is
that of the shorter article's runs that stand in the other as well.
"""

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from itertools import chain
from typing import NamedTuple

from helpers.case.copies import folded

RUN = 5
# From this share on two articles are told to a person.
REPRINT = 0.3


class Shared(NamedTuple):
    """An article that has words of another: which, and what share of the shorter one.

    `same`: both have the same runs, and so the same words.
    """

    other: str
    share: float
    same: bool


def words_of(text: str) -> list[str]:
    """The words of a text as they are compared."""
    return re.findall(r"\w+", folded(text).text)


def shingles(words: list[str]) -> set[int]:
    """The runs of a text's words; a text of fewer words is one run."""
    last = max(1, len(words) - RUN + 1)
    return {hash(tuple(words[place : place + RUN])) for place in range(last)}


def alike(new: Mapping[str, str], old: Iterable[tuple[str, str]]) -> dict[str, list[Shared]]:
    """For each new text the articles that share at least `REPRINT` with it, the most alike first.

    `new` and `old`: the words of articles by their ids. A new one is compared with all old ones and
    with the other new ones. Only the runs of the new ones are kept in memory.
    """
    runs = {name: shingles(words_of(text)) for name, text in new.items()}
    holders: dict[int, list[str]] = {}
    for name, some in runs.items():
        for run in some:
            holders.setdefault(run, []).append(name)
    found: dict[str, list[Shared]] = {name: [] for name in new}
    for other, text in old:
        _compare(other, shingles(words_of(text)), list(new), runs, holders, found)
    for other in new:
        _compare(other, runs[other], [name for name in new if name != other], runs, holders, found)
    return {
        name: sorted(some, key=lambda one: (-one.share, one.other)) for name, some in found.items()
    }


def _compare(
    other: str,
    of_other: set[int],
    names: list[str],
    runs: Mapping[str, set[int]],
    holders: Mapping[int, list[str]],
    found: dict[str, list[Shared]],
) -> None:
    """Add what an article shares with some of the new ones to what was found."""
    counts = Counter(chain.from_iterable(holders.get(run, ()) for run in of_other))
    for name in names:
        share = counts[name] / min(len(runs[name]), len(of_other))
        if share >= REPRINT:
            found[name].append(Shared(other, share, runs[name] == of_other))
