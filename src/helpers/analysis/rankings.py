"""Rankings: the pairs that agree or disagree most, as far as they rest on more than one article.

A pair is ranked if either side speaks in two articles at least: one article alone makes a line, and
no order. Courts and unnamed groups are no parties; their pairs stand in a list of their own.
"""

from collections.abc import Mapping
from typing import NamedTuple

import pandas as pd

from helpers.analysis.edges import heaviest
from helpers.words import counted

# Articles that each side of a pair needs to be ranked.
LEAST = 2
# The kinds of actors that are no parties.
APART = {"court", "group"}
CAUTION = "The same stance on one question is no alliance."


class Ranking(NamedTuple):
    """The heaviest pairs of parties; those with a court or an unnamed group; how many are thin."""

    parties: pd.DataFrame
    apart: pd.DataFrame
    n_thin: int

    def both(self) -> pd.DataFrame:
        """All that is ranked, parties first; `among` says in words which list a pair is of."""
        parties = self.parties.assign(among="parties")
        apart = self.apart.assign(among="with a court or an unnamed group")
        return pd.concat([parties, apart], ignore_index=True)

    def thin_words(self) -> str:
        """How many pairs were too thin to be ranked, as a sentence; empty where none was."""
        if not self.n_thin:
            return ""
        verb = "rests" if self.n_thin == 1 else "rest"
        return (
            f"{counted(self.n_thin, 'more pair')} {verb} on fewer than "
            f"{LEAST} articles on one side: too thin to be ranked."
        )


def ranking(edges: pd.DataFrame, kinds: Mapping[str, str], count: int) -> Ranking:
    """The `count` heaviest pairs of either list. `edges`: those of one network of discourse.

    `kinds`: actor_id to kind. Weights are compared within one network only.
    """
    enough = edges[is_ranked(edges)]
    apart = enough.source.map(kinds).isin(APART) | enough.target.map(kinds).isin(APART)
    return Ranking(
        heaviest(enough[~apart], count),
        heaviest(enough[apart], count),
        len(edges) - len(enough),
    )


def is_ranked(edges: pd.DataFrame) -> pd.Series:
    """Which edges have articles enough on both sides."""
    fewer = edges[["n_source_articles", "n_target_articles"]].min(axis=1)
    return (fewer >= LEAST).fillna(False).astype(bool)
