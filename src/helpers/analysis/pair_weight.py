"""The weight of agreement of one pair, from its rows alone, and its curve over specifications.

The weight is that of the network of agreement: for each issue, the stances of the two multiplied by
how near they are, divided by the mean number of what both say (`networks`: congruence, average). A
specification curve shows it under every choice (Simonsohn, Simmons and Nelson 2020, Specification
curve analysis): sorted, with a joint test by permutation.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import product
from math import sqrt
from typing import NamedTuple

import numpy as np

from helpers.analysis.coded_rows import STATEMENT, Coding, Row
from helpers.analysis.predicates import Binding
from helpers.analysis.views import View

NORMALISATIONS = ["none", "average", "activity_product", "cosine"]
SEED = 7


def weight(
    binding: Binding,
    coding: Coding,
    view: View | None = None,
    without: str = "",
    normalisation: str = "average",
) -> float:
    """The weight of agreement of a pair; 0 where one of them says nothing.

    `without`: an article that is left out. `normalisation`: one of `NORMALISATIONS`, as `networks`
    defines them.
    """
    own = [_of_actor(actor, coding, without) for actor in (binding.actor_id, binding.other_id)]
    one, other = _counts_of_both(binding, own, view or View())
    return _weight(one, other, coding, normalisation)


def _of_actor(actor: str, coding: Coding, without: str = "") -> list[Row]:
    """All that is said by or for an actor, but for one article."""
    issues = coding.issues_of.get(actor, [])
    rows = [row for issue in issues for row in coding.by_voice[actor, issue]]
    return [row for row in rows if row.article_id != without]


def _counts_of_both(
    binding: Binding, own: Sequence[list[Row]], view: View
) -> tuple[Counter[tuple[str, int]], Counter[tuple[str, int]]]:
    one, other = own
    return _counts(binding.actor_id, one, view), _counts(binding.other_id, other, view)


def _weight(one: Counter, other: Counter, coding: Coding, normalisation: str) -> float:
    """The weight of two actors, by how often each takes each stance."""
    width = (max(coding.scale) - min(coding.scale)) or 1
    total = 0.0
    for (issue, stance), number in one.items():
        for near in coding.scale:
            both = number * other.get((issue, near), 0)
            total += both * (1 - abs(stance - near) / width)
    divisor = _divisor(one, other, normalisation)
    return total / divisor if divisor else 0.0


def _counts(actor: str, rows: Sequence[Row], view: View) -> Counter[tuple[str, int]]:
    """How often an actor takes each stance on each issue, as rows are read."""
    read = view.read(row for row in rows if actor in view.names(row))
    return Counter((row.about, row.stance) for row in read)


def _divisor(one: Counter, other: Counter, normalisation: str) -> float:
    active = sum(one.values()), sum(other.values())
    if normalisation == "none":
        return 1.0
    if normalisation == "average":
        return sum(active) / 2
    if normalisation == "activity_product":
        return float(active[0] * active[1])
    return sqrt(_squares(one) * _squares(other))


def _squares(counts: Counter) -> int:
    return sum(number * number for number in counts.values())


class Point(NamedTuple):
    """A specification of a curve: coding, duplicates, actor and normalisation, and its weight.

    `z`: how many standard deviations it lies above the mean of the permuted ones; 0 where these do
    not differ.
    """

    coder: str
    duplicates: str
    actor: str
    normalisation: str
    weight: float
    z: float


class Curve(NamedTuple):
    """A specification curve: its points, lowest first, and its joint test.

    `p`: the share of draws (the real one among them) in which the mean `z` is as high.
    """

    points: list[Point]
    p: float
    draws: int


def curve(binding: Binding, codings: Mapping[str, Coding], draws: int = 99) -> Curve:
    """The specification curve of a pair. `codings`: the published coding and each pass, by name.

    In each draw, the stances of all statements on an issue of the pair are dealt out anew among
    these statements, so that who speaks where on what stays and only agreement is by chance.
    """
    dice = np.random.default_rng(SEED)
    ways = list(product(["article", "include"], ["speaker", "on_behalf_of"], NORMALISATIONS))
    specs = [(coder, *way) for coder in codings for way in ways]
    rows = [[_weights(binding, codings[coder], None, ways) for coder in codings]]
    for _ in range(draws):
        rows.append([_weights(binding, codings[coder], dice, ways) for coder in codings])
    table = np.array(rows, dtype=float).reshape(draws + 1, len(specs))
    means, spread = table.mean(axis=0), table.std(axis=0)
    z = np.divide(table - means, spread, out=np.zeros_like(table), where=spread > 0)
    joint = z.mean(axis=1)
    p = float((joint >= joint[0] - 1e-12).mean())
    points = [
        Point(*spec, float(table[0, number]), float(z[0, number]))
        for number, spec in enumerate(specs)
    ]
    return Curve(sorted(points, key=lambda point: (point.z, point)), p, draws)


def _weights(
    binding: Binding,
    coding: Coding,
    dice: np.random.Generator | None,
    ways: Sequence[tuple[str, str, str]],
) -> list[float]:
    """The weight under each way, as coded or (with dice) with stances dealt out anew."""
    actors = (binding.actor_id, binding.other_id)
    own = [_of_actor(actor, coding) for actor in actors]
    if dice is not None:
        dealt = _dealt({row.row_id: row.about for rows in own for row in rows}, coding, dice)
        own = [_with_stances(rows, dealt) for rows in own]
    counted = {}
    for per, actor, _ in ways:
        if (per, actor) not in counted:
            counted[per, actor] = _counts_of_both(binding, own, View(actor=actor, duplicates=per))
    return [_weight(*counted[per, actor], coding, how) for per, actor, how in ways]


def _with_stances(rows: Sequence[Row], stances: Mapping[str, int]) -> list[Row]:
    return [row._replace(stance=stances[row.row_id]) for row in rows]


def _dealt(own: Mapping[str, str], coding: Coding, dice: np.random.Generator) -> dict[str, int]:
    """Some statements to the stances that they get where all on their issues are dealt out anew.

    `own`: row_id to issue.
    """
    stances = {}
    for issue in sorted(set(own.values())):
        rows = coding.about(STATEMENT, issue)
        for row, place in zip(rows, dice.permutation(len(rows)).tolist(), strict=True):
            if row.row_id in own:
                stances[row.row_id] = rows[place].stance
    return stances
