"""Sheets: what a figure has room for, the busiest first, and words for what it leaves out.

No picture is above `PIXELS`. What one sheet cannot hold goes to further ones, `SHEETS` in all; what
is still left out is counted on each of them, with the table that holds all of it.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, NamedTuple, TypeVar

import pandas as pd

PIXELS = 4_000_000
SHEETS = 3

T = TypeVar("T")


class Part(NamedTuple):
    """Of what is shown: a noun for one of it, how many are shown, and how many there are."""

    noun: str
    shown: int
    whole: int

    def in_words(self) -> str:
        """`12 of 1,300 actors`, or `12 actors` where these are all."""
        many = f"{self.whole:,} {self.noun}{'' if self.whole == 1 else 's'}"
        return many if self.shown == self.whole else f"{self.shown:,} of {many}"


def left_out(parts: Sequence[Part], table: str, order: str = "the busiest first") -> str:
    """What a figure leaves out, for `title`; empty where it shows all of it.

    `table` holds all; `order` says what is shown before the rest.
    """
    if all(part.shown == part.whole for part in parts):
        return ""
    words = ", ".join(part.in_words() for part in parts)
    return f"shown: {words}, {order}; all are in the table {table}"


def title(words: str, number: int = 1, count: int = 1) -> str:
    """What stands above a sheet: its number, if there are several, and what is left out of all."""
    if not words:
        return f"Sheet {number} of {count}." if count > 1 else ""
    if count > 1:
        return f"Sheet {number} of {count}; on all {words}."
    return f"{words[:1].upper()}{words[1:]}."


def busiest(table: pd.DataFrame, column: str, weight: str = "n") -> list[str]:
    """The values of a column, that of the greatest sum first; equal ones in the order of ids."""
    sums = table.groupby(column)[weight].sum().sort_index()
    return [str(one) for one in sums.sort_values(ascending=False, kind="stable").index]


def in_parts(some: Sequence[T], most: int) -> list[Sequence[T]]:
    """Parts of at most so many each, in their order; one empty part of nothing."""
    return [some[start : start + most] for start in range(0, len(some), most)] or [some]


def packed(some: Sequence[T], fits: Callable[[Sequence[T]], bool]) -> list[list[T]]:
    """Things on sheets, in their order: a sheet takes the next one as long as it `fits`.

    Each sheet has one at least. No more than `SHEETS`; the rest is on none.
    """
    sheets: list[list[T]] = []
    for one in some:
        if sheets and fits([*sheets[-1], one]):
            sheets[-1].append(one)
        elif len(sheets) == SHEETS:
            break
        else:
            sheets.append([one])
    return sheets or [[]]


def strongest(
    panels: Mapping[str, pd.DataFrame], actors: int, lines: int
) -> dict[str, pd.DataFrame]:
    """The strongest edges of each panel, in turn, as long as there is room for their actors.

    `actors`: on all panels together; `lines`: on each.
    """
    ranked = []
    for heading, edges in panels.items():
        order = ["weight", "source", "target"]
        some = edges.sort_values(order, ascending=[False, True, True], kind="stable")
        ends = zip(some.index, some.source, some.target, strict=True)
        ranked += [(rank, heading, *edge) for rank, edge in enumerate(ends)]
    ranked.sort(key=lambda edge: edge[0])
    linked: set[str] = set()
    kept: dict[str, list[Any]] = {heading: [] for heading in panels}
    for _, heading, place, source, target in ranked:
        if len(linked | {source, target}) <= actors and len(kept[heading]) < lines:
            linked |= {source, target}
            kept[heading].append(place)
    return {heading: edges[edges.index.isin(kept[heading])] for heading, edges in panels.items()}
