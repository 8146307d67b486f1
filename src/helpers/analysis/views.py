"""How coded rows are read: who counts as the actor, which passages count, what a condition is.

A `View` is a choice of these; `PUBLISHED` is that of the published run.
"""

from collections.abc import Iterable
from typing import NamedTuple

from helpers.analysis.coded_rows import Row

# A stance on a condition that counts as a side of its own, and is no opposite of any.
APART = "on a condition, apart"
# Code points between two passages that hold no word: a full stop and a blank, an empty line.
GAP = 2


class View(NamedTuple):
    """How rows are read.

    `actor`: `speaker`, `on_behalf_of` (the one spoken for, where there is one) or `voice` (both).
    `duplicates`: a stance once per `article`, or `include` every passage. `units`: `coded`, or
    `maximal` ones. `conditional`: empty, `for` (on a condition counts as for) or `apart`. `shift`:
    days by which periods are moved.
    """

    actor: str = "speaker"
    duplicates: str = "article"
    units: str = "coded"
    conditional: str = ""
    shift: int = 0

    def names(self, row: Row) -> tuple[str, ...]:
        """The actors to whom a statement counts."""
        if self.actor == "speaker" or row.on_behalf_of in ("", row.actor):
            return (row.actor,)
        if self.actor == "on_behalf_of":
            return (row.on_behalf_of,)
        return (row.actor, row.on_behalf_of)

    def side(self, side: str) -> str:
        """A side as it counts."""
        if side != "conditional" or not self.conditional:
            return side
        return APART if self.conditional == "apart" else "for"

    def read(self, rows: Iterable[Row]) -> list[Row]:
        """Statements as they count: merged, each stance once per article, sides as they count."""
        chosen = list(rows)
        if self.units == "maximal":
            chosen = _maximal(chosen)
        if self.duplicates == "article":
            chosen = self._first_of_each(chosen)
        if self.conditional:
            chosen = [row._replace(side=self.side(row.side)) for row in chosen]
        return chosen

    def _first_of_each(self, rows: list[Row]) -> list[Row]:
        seen: set[tuple] = set()
        kept = []
        for row in sorted(rows, key=_place):
            key = (row.article_id, row.about, row.stance, *self.names(row))
            if key not in seen:
                seen.add(key)
                kept.append(row)
        return kept


def _place(row: Row) -> tuple:
    return (row.article_id, row.start, row.end, row.row_id)


def _maximal(rows: list[Row]) -> list[Row]:
    """Passages of one speaker, issue and stance joined where no word stands between them.

    The date of what is joined spans the dates of its parts; one part without a date leaves it open.
    """
    joined: dict[tuple, list[Row]] = {}
    for row in sorted(rows, key=_place):
        key = (row.article_id, row.actor, row.on_behalf_of, row.about, row.stance)
        parts = joined.setdefault(key, [])
        if parts and row.start <= parts[-1].end + GAP:
            parts[-1] = _united(parts[-1], row)
        else:
            parts.append(row)
    return [row for parts in joined.values() for row in parts]


def _united(one: Row, other: Row) -> Row:
    starts, ends = (one.earliest, other.earliest), (one.latest, other.latest)
    return one._replace(
        end=max(one.end, other.end),
        earliest=min(starts) if all(starts) else "",
        latest=max(ends) if all(ends) else "",
    )


PUBLISHED = View()
