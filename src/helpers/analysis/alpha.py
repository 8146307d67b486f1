"""Krippendorff's alpha, computed here: from values that stand side by side.

alpha = 1 - D_o / D_e: the disagreement seen over the one that chance would give. With o(v, w), how
often values v and w stand side by side, n_v the sum of a row of o, and n that of all:

    D_o = sum of o(v, w) d(v, w)        D_e = n / (n^2 - own) * sum of n_v n_w d(v, w)

`own` is what values would form with themselves, which no two coders can: n where each is counted
once, as in the alpha of coded units; of continua see `continua`. d is 0 between equal values.
Krippendorff (2019), Content Analysis, 4th ed., chapter 12.

- nominal: d = 1 between different values;
- ordinal: d = (sum of n_g from v to w - (n_v + n_w) / 2)^2, ranks in the middle of their ties;
- interval: d = (v - w)^2.
"""

from collections.abc import Hashable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Any, Literal

import numpy as np

Level = Literal["nominal", "ordinal", "interval"]


@dataclass(frozen=True)
class Coincidences:
    """Values side by side: in each entry two coders of one thing.

    `left`, `right`: the places of the two values in `scale`, which is in order. `weight`: what the
    entry adds to o(left, right) and again to o(right, left). `article`: the place of its article.
    `own`: by article, what values would form with themselves.
    """

    scale: Sequence[Any]
    left: np.ndarray
    right: np.ndarray
    weight: np.ndarray
    article: np.ndarray
    own: np.ndarray

    def alpha(self, level: Level = "nominal", times: np.ndarray | None = None) -> float | None:
        """Alpha: at most 1; 0 is agreement as by chance, below 0 it is less.

        `times`: how often each article is there, once where it is not given. None where fewer than
        two values occur.
        """
        if times is None:
            times = np.ones(len(self.own))
        weight = self.weight * times[self.article]
        rows = [np.bincount(side, weight, len(self.scale)) for side in (self.left, self.right)]
        margins = rows[0] + rows[1]
        if np.count_nonzero(margins) < 2:
            return None
        n = margins.sum()
        if level == "nominal":
            seen = 2 * weight[self.left != self.right].sum()
            by_chance = n**2 - (margins**2).sum()
        else:
            ranks = np.cumsum(margins) - margins / 2
            place = np.asarray(self.scale, dtype=float) if level == "interval" else ranks
            seen = 2 * (weight * (place[self.left] - place[self.right]) ** 2).sum()
            # The sum of n_v n_w (v - w)^2 is 2 n times that of n_v (v - mean)^2.
            by_chance = 2 * n * (margins * (place - margins @ place / n) ** 2).sum()
        return float(1 - seen * (n**2 - self.own @ times) / (n * by_chance))


def paired(
    left: Sequence[Hashable],
    right: Sequence[Hashable],
    article: np.ndarray,
    n_articles: int,
    scale: Sequence[Any] | None = None,
) -> Coincidences:
    """What two coders said of the same units, one by one; `scale`: the values in their order."""
    scale = in_order({*left, *right}) if scale is None else sorted(set(scale))
    place = {value: number for number, value in enumerate(scale)}
    one, other = (np.array(list(map(place.get, side)), dtype=int) for side in (left, right))
    own = 2.0 * np.bincount(article, minlength=n_articles)
    return Coincidences(scale, one, other, np.ones(len(article)), article, own)


def in_order(values: set[Any]) -> list[Any]:
    """Values sorted: numbers as numbers, all else as text."""
    numbers = all(isinstance(value, int | float | np.number) for value in values)
    return sorted(values) if numbers else sorted(values, key=str)


def alpha(
    codings: Sequence[Sequence[Any]], level: Level = "nominal", domain: Sequence[Any] | None = None
) -> float | None:
    """Krippendorff's alpha of two or more coders: at most 1; 0 is agreement as by chance.

    `codings`: a list for each coder, unit by unit, None where the coder has none. `level`:
    `nominal`, `ordinal` (ranks by `domain`, the values of the scale; those that occur, where it is
    not given) or `interval` (the values are numbers). Below 0 it is less than by chance. None
    where fewer than two values occur in units that two coders coded, so also of one coder alone.

    Raises ValueError for codings of unequal length, and for a value outside the domain.
    """
    units = list(zip(*codings, strict=True))
    known = {value for unit in units for value in unit if value is not None}
    scale = in_order(known) if domain is None else sorted(set(domain))
    if not known <= set(scale):
        raise ValueError(f"alpha: {in_order(known - set(scale))} not in the domain {scale}")
    place: dict[Any, int] = {value: number for number, value in enumerate(scale)}
    if len(codings) < 2:
        return None
    codes = np.array([place.get(value, -1) for unit in units for value in unit], dtype=int)
    codes = codes.reshape(len(units), len(codings)).T
    coded = (codes >= 0).sum(axis=0)
    # Every two coders of every unit, one below the other.
    one, other, of_unit = (
        np.concatenate([*parts, np.array([], dtype=int)])
        for parts in zip(*_two_by_two(codes), strict=True)
    )
    own = np.array([coded[coded > 1].sum()], dtype=float)
    nowhere = np.zeros(len(one), dtype=int)
    return Coincidences(scale, one, other, 1 / (coded[of_unit] - 1), nowhere, own).alpha(level)


def _two_by_two(codes: np.ndarray) -> Iterator[tuple[np.ndarray, np.ndarray, np.ndarray]]:
    """What each two coders said of the units that both coded, and which units these are."""
    for one, other in combinations(codes, 2):
        both = np.flatnonzero((one >= 0) & (other >= 0))
        yield one[both], other[both], both
