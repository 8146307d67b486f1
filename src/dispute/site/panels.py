"""Panels: what a view shows of an actor when its mark is chosen, and the names it is found by.

Each is a small script, since a page opened from a disk can load no other file. The panel of an
actor lies beside its page and holds a bounded number of rows.
"""

import json
from collections import Counter
from collections.abc import Iterator
from typing import Any

from dispute.site.lookups import Site
from dispute.site.passages import Statement, in_time
from dispute.site.ties import Ties
from helpers.analysis.stances import side_of

# Issues and ties of a panel, passages that it quotes, and letters of one that it shows.
ISSUES, TIES, QUOTED, LETTERS = 6, 3, 2, 240


def names(site: Site) -> str:
    """The script with all actors: id, usual name, and every other name that is printed."""
    rows = []
    for actor in site.by_name():
        others = (name for name, _ in site.printed(actor))
        rows.append([actor, site.name(actor), *others])
    return f"people({_json(rows)})\n"


def script(actor: str, html: str) -> str:
    """The script that hands over the panel of an actor."""
    return f"panel({_json(actor)}, {_json(html.strip())})\n"


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


class Panels:
    """What the panels tell."""

    def __init__(self, site: Site, ties: Ties) -> None:
        self.site = site
        self.ties = ties

    def stands(self, actor: str) -> list[tuple[str, str, int]]:
        """Where an actor stands: (issue, side, statements), what was spoken of most first."""
        rows: list[tuple[str, str, int]] = []
        for issue, (own, lent) in self.site.said(actor).items():
            sides = Counter(self.site.sides[record["stance"]] for record in own + lent)
            side = side_of(sides["for"], sides["conditional"], sides["against"])
            rows.append((issue, side, len(own) + len(lent)))
        return sorted(rows, key=lambda row: -row[2])[:ISSUES]

    def partners(self, actor: str, network: str) -> list[tuple[str, dict[str, Any]]]:
        """The others with whom an actor has the strongest ties, each with the tie."""
        edges = filter(self.ties.is_shown, self.ties.of_actor(actor, network))
        return list(_others(actor, edges))[:TIES]

    def changes(self, actor: str) -> list[Any]:
        """The changes of position of an actor."""
        table = self.site.tables["position_changes"]
        return list(table[table.actor_id == actor].head(TIES).itertuples())

    def words(self, actor: str) -> list[Statement]:
        """The first and the last dated statement of an actor itself."""
        said = self.site.said(actor).values()
        own = sorted((record for mine, _ in said for record in mine), key=in_time)
        return own if len(own) <= QUOTED else [own[0], own[-1]]

    def first_words(self, quote: str) -> str:
        """The beginning of a passage, cut at a blank where it is long."""
        return quote if len(quote) <= LETTERS else quote[:LETTERS].rsplit(" ", 1)[0] + " …"


def _others(actor: str, edges: Any) -> Iterator[tuple[str, dict[str, Any]]]:
    for edge in edges:
        yield (edge["target"] if edge["source"] == actor else edge["source"]), edge
