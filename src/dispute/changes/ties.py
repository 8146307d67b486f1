"""Changes of the networks: edges that appeared, went, turned, or have another sign."""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd

from dispute.changes.matching import match
from dispute.changes.wording import Change, Tables, actor_names
from helpers.analysis.by_account import CLAIMED
from helpers.analysis.evidence import behind
from helpers.words import and_joined

# The networks of opinions, and what the two ends of an edge do.
OPINIONS = {"congruence": "agree", "conflict": "disagree"}

Pair = frozenset[str]
Names = Mapping[str, str]
# The ids of the coded units behind the edge of an id.
Evidence = Callable[[str], set[str]]


def edges(old: Tables, new: Tables) -> list[Change]:
    """Edges by network and ends; a pair that turned is told once, as such."""
    before, now = old["edges"].set_index("edge_id"), new["edges"].set_index("edge_id")
    names = {**actor_names(old), **actor_names(new)}
    evidence = _evidence(old, new)
    turned = _turned(before, now)
    of_pair = _behind_pairs(before, now, evidence, turned)
    told = sorted(
        _turn(pair, did, does, names, of_pair[pair]) for pair, (did, does) in turned.items()
    )
    matches = match(before, now, _likeness)
    for frame, ids, happened in (
        (now, matches.new, "New edge"),
        (before, matches.gone, "Edge gone"),
    ):
        for edge in ids:
            row = frame.loc[edge]
            if row.network not in OPINIONS or _ends(row) not in turned:
                sentence = f"{happened}: {_words(row, names)}."
                told.append(Change("edge", sentence, _ids(evidence(edge))))
    for one, other in _unlike(before, now, matches.pairs):
        told += _otherwise_told(before.loc[one], now.loc[other], names, evidence(other))
        was, is_now = before.sign[one], now.sign[other]
        if str(was) != str(is_now):
            words = _words(now.loc[other], names)
            sentence = f"Edge of another sign, {was} → {is_now}: {words}."
            told.append(Change("edge", sentence, _ids(evidence(other))))
    return told


def _unlike(
    before: pd.DataFrame, now: pd.DataFrame, pairs: Sequence[tuple[str, str]]
) -> list[tuple[str, str]]:
    """Of the pairs of edges that are one those whose sign or account differs."""
    was = before.loc[[one for one, _ in pairs]]
    is_now = now.loc[[other for _, other in pairs]]
    differs = np.zeros(len(pairs), dtype=bool)
    for column in ("sign", "account"):
        if column in was:
            texts = [frame[column].astype("str").fillna("") for frame in (was, is_now)]
            differs |= texts[0].to_numpy() != texts[1].to_numpy()
    return [pair for pair, is_unlike in zip(pairs, differs, strict=True) if is_unlike]


def _evidence(old: Tables, new: Tables) -> Evidence:
    """What is behind the edges, before and now together."""
    then, now = behind(old), behind(new)

    def ids(edge_id: str) -> set[str]:
        return {*then.get(edge_id, ()), *now.get(edge_id, ())}

    return ids


def _turned(before: pd.DataFrame, now: pd.DataFrame) -> dict[Pair, tuple[str, str]]:
    """Pairs of actors who did agree and now disagree, or the other way: to what they did and do.

    A pair that did both, or does both now, has not turned.
    """
    was = {network: _pairs(before, network) for network in OPINIONS}
    are = {network: _pairs(now, network) for network in OPINIONS}
    turned = {}
    for one, other in (("congruence", "conflict"), ("conflict", "congruence")):
        for pair in (was[one] - was[other]) & (are[other] - are[one]):
            turned[pair] = OPINIONS[one], OPINIONS[other]
    return turned


def _pairs(edges: pd.DataFrame, network: str) -> set[Pair]:
    """The pairs of actors that an edge of a network joins."""
    return {_ends(edge) for edge in edges[edges.network == network].itertuples()}


def _ends(edge: Any) -> Pair:
    return frozenset((edge.source, edge.target))


def _turn(pair: Pair, did: str, does: str, names: Names, units: set[str]) -> Change:
    a, b = (names.get(actor, actor) for actor in sorted(pair))
    return Change("edge", f"{a} and {b}, who did {did}, now {does}.", _ids(units))


def _behind_pairs(
    before: pd.DataFrame, now: pd.DataFrame, evidence: Evidence, pairs: Collection[Pair]
) -> dict[Pair, set[str]]:
    """The coded units behind the opinions that two actors share or not, before and now."""
    units: dict[Pair, set[str]] = defaultdict(set)
    for frame in (before, now):
        for edge in frame[frame.network.isin(OPINIONS)].itertuples():
            if _ends(edge) in pairs:
                units[_ends(edge)] |= evidence(edge.Index)
    return units


def _likeness(edge: pd.Series) -> tuple[str, ...]:
    """What makes two edges one, whatever their ids."""
    return edge.network, edge.source, edge.target, str(edge.relation)


def _words(edge: pd.Series, names: Names) -> str:
    """The ends of an edge and its kind."""
    ends = f"{names.get(edge.source, edge.source)} and {names.get(edge.target, edge.target)}"
    kind = " ".join(filter(None, (edge.network, edge.relation)))
    # Tables of an earlier version do not say by whose account an edge stands.
    if edge.get("account") != CLAIMED:
        return f"{ends} ({kind})"
    claimants = and_joined([names.get(one, one) for one in edge.claimants.split(";")])
    return f"{ends} ({kind}, only according to {claimants})"


def _otherwise_told(was: pd.Series, now: pd.Series, names: Names, units: set[str]) -> list[Change]:
    """That an edge was only claimed and an article states it now, or the other way."""
    # Tables of an earlier version have no accounts.
    if "account" not in was or was.account == now.account:
        return []
    happened = "Now stated by an article" if now.account != CLAIMED else "Now only claimed"
    return [Change("edge", f"{happened}: {_words(now, names)}.", _ids(units))]


def _ids(units: Iterable[str]) -> str:
    return ";".join(sorted(units))
