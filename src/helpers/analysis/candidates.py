"""Candidates: every binding that holds in a coding, by kind.

Nothing is squared by the number of actors: positions come from groups of rows, and of what is made
of two (opposed actors, events in order, pairs) only the strongest are made, by the number of rows
that they rest on; `MOST` bounds each kind.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import permutations, product

import numpy as np
import pandas as pd
from scipy import sparse

from helpers.analysis.coded_rows import MENTION, STATEMENT, TIE, Coding
from helpers.analysis.predicates import AGREES, ISSUES, Binding, holds, stands

# So many candidates of a kind that is made of two, and so many actors of a side of an issue.
MOST = 200
EACH = 12


def candidates(coding: Coding, kinds: Sequence[str] = ()) -> dict[str, list[Binding]]:
    """Every kind, or some, to its bindings that hold, in the order of their slots.

    Of `position` one with a period is listed only where the same without a period does not hold. Of
    opposed actors, events in order and pairs the strongest are listed, at most about `MOST`.
    """
    made = {kind: list(MAKERS[kind](coding)) for kind in kinds or MAKERS}
    return {kind: sorted(some) for kind, some in made.items()}


def _that_hold(bindings: Iterable[Binding], coding: Coding) -> Iterator[Binding]:
    for binding in bindings:
        if stands(binding, coding):
            yield binding


def _positions(coding: Coding) -> Iterator[Binding]:
    for (actor, issue), rows in coding.by_voice.items():
        for side in dict.fromkeys(row.side for row in rows if row.actor == actor):
            whole = Binding("position", actor_id=actor, issue=issue, side=side)
            if holds(whole, rows, coding):
                yield whole
            else:
                parts = (whole._replace(period=period) for period in coding.periods)
                yield from (part for part in parts if holds(part, rows, coding))


def _opposed(coding: Coding) -> Iterator[Binding]:
    """The actors who are only for an issue with those who are only against it."""
    ranked = []
    for issue, (agreeing, refusing) in _parties(coding).items():
        for one, other in product(agreeing[:EACH], refusing[:EACH]):
            binding = Binding("opposed", actor_id=one[1], other_id=other[1], issue=issue)
            ranked.append((max(one[0], other[0]), binding))
    ranked.sort()
    return _that_hold((binding for _, binding in ranked[:MOST]), coding)


def _parties(coding: Coding) -> dict[str, tuple[list[tuple[int, str]], list[tuple[int, str]]]]:
    """Each issue to those only for it and those only against it, each with minus its rows."""
    rows: dict[tuple[str, str], list[str]] = {}
    for row in coding.rows:
        if row.unit == STATEMENT:
            rows.setdefault((row.about, row.actor), []).append(row.side)
    found: dict[str, tuple[list[tuple[int, str]], list[tuple[int, str]]]] = {}
    for (issue, actor), sides in rows.items():
        number = sum(side in AGREES for side in sides), sides.count("against")
        parties = found.setdefault(issue, ([], []))
        for end in (0, 1):
            if number[end] and not number[1 - end]:
                parties[end].append((-number[end], actor))
    for parties in found.values():
        for some in parties:
            some.sort()
    return found


def _disputed(coding: Coding) -> Iterator[Binding]:
    issues = sorted({row.about for row in coding.rows if row.unit == STATEMENT})
    return _that_hold((Binding("disputed", issue=issue) for issue in issues), coding)


def _changes(coding: Coding) -> Iterator[Binding]:
    for (actor, issue), rows in coding.by_voice.items():
        sides = dict.fromkeys(row.side for row in rows)
        for side, other in permutations(sides, 2):
            binding = Binding("change", actor_id=actor, issue=issue, side=side, other_side=other)
            if holds(binding, rows, coding):
                yield binding


def _orders(coding: Coding) -> Iterator[Binding]:
    """The events of most dated mentions, two by two."""
    dated = Counter(row.about for row in coding.rows if row.unit == MENTION and row.date_edtf)
    ranked = sorted(dated, key=lambda event: (-dated[event], event))
    # As many events as make about so many pairs.
    chosen = ranked[: int((2 * MOST) ** 0.5) + 1]
    pairs = permutations(chosen, 2)
    bound = (Binding("order", event_id=one, other_event_id=other) for one, other in pairs)
    return _that_hold(bound, coding)


def _only_by_claim(coding: Coding) -> Iterator[Binding]:
    events = sorted({row.about for row in coding.rows if row.unit == MENTION})
    return _that_hold((Binding("only-by-claim", event_id=event) for event in events), coding)


def _pairs(coding: Coding) -> Iterator[Binding]:
    """The actors who take one side on most issues together, by a product of counts."""
    taken = _sides_taken(coding)
    if taken.empty:
        return iter(())
    actors, names = pd.factorize(taken.actor, sort=True)
    cells, _ = pd.factorize(taken.issue + "\n" + taken.side)
    shape = (len(names), int(cells.max()) + 1)
    matrix = sparse.csr_array((np.ones(len(taken)), (actors, cells)), shape=shape)
    common = sparse.triu(matrix @ matrix.T, 1).tocoo()
    enough = common.data >= ISSUES
    shared, one, other = (part[enough] for part in (common.data, *common.coords))
    order = np.lexsort((other, one, -shared))[:MOST]
    bound = (Binding("pair", actor_id=names[one[i]], other_id=names[other[i]]) for i in order)
    return _that_hold(bound, coding)


def _sides_taken(coding: Coding) -> pd.DataFrame:
    """Which actor takes which side of which issue, neutral left out; columns actor, issue, side."""
    rows = [
        (actor, issue, row.side)
        for (actor, issue), some in coding.by_voice.items()
        for row in some
        if row.actor == actor and row.side != "neutral"
    ]
    return pd.DataFrame(rows, columns=["actor", "issue", "side"]).drop_duplicates()


def _claimed_ties(coding: Coding) -> Iterator[Binding]:
    ties = {(row.actor, row.other, row.about) for row in coding.rows if row.unit == TIE}
    bound = (
        Binding("by-claim-tie", actor_id=one, other_id=other, relation=relation)
        for one, other, relation in sorted(ties)
    )
    return _that_hold(bound, coding)


MAKERS = {
    "position": _positions,
    "opposed": _opposed,
    "disputed": _disputed,
    "change": _changes,
    "order": _orders,
    "only-by-claim": _only_by_claim,
    "pair": _pairs,
    "by-claim-tie": _claimed_ties,
}
