"""Near: who is named near a passage, and how an issue was coded before, by this coder alone."""

from functools import lru_cache
from typing import Any

import pandas as pd

from dispute.desk.tables import Table
from helpers.analysis.actor_names import named
from helpers.case.raw_case import RawCase

# Of an issue, so many of the coder's own passages are shown, each of so many characters at most.
EXAMPLES, LONGEST = 3, 300


class Names:
    """The names of actors in the articles. `book`: the codebook, own suggestions included."""

    def __init__(self, raw: RawCase, book: RawCase) -> None:
        self.raw = raw
        self.actors = _without_gaps(book.tables["actors"])
        self.aliases = _without_gaps(book.tables["aliases"])
        self._in = lru_cache(16)(self._named)

    def near(self, article: str, start: int, end: int) -> list[dict[str, Any]]:
        """The actors named in an article: in the passage first, then by how far the name is."""
        found: dict[str, tuple[int, str]] = {}
        for actor, words, first, last in self._in(article):
            distance = max(start - last, first - end, 0)
            if actor not in found or distance < found[actor][0]:
                found[actor] = distance, words
        ordered = sorted(found.items(), key=lambda one: (one[1][0], one[0]))
        return [
            {"id": actor, "words": words, "distance": distance}
            for actor, (distance, words) in ordered
        ]

    def _named(self, article: str) -> list[tuple[str, str, int, int]]:
        texts, furniture = {article: self.raw.texts[article]}, self.raw.furniture
        own = self.aliases[self.aliases.article_id == article]
        found = named(texts, furniture, own, self.actors)
        return list(zip(found.actor_id, found.alias, found.start, found.end, strict=True))


def _without_gaps(frame: pd.DataFrame) -> pd.DataFrame:
    return frame.fillna("")


def examples(statements: Table) -> dict[str, list[dict[str, Any]]]:
    """The first passages of the coder's own on each issue, at most one of each stance."""
    found: dict[str, list[dict[str, Any]]] = {}
    stances: dict[str, set[str]] = {}
    for row in statements.rows.values():
        own, seen = found.setdefault(row["issue"], []), stances.setdefault(row["issue"], set())
        if len(own) < EXAMPLES and row["stance"] not in seen:
            seen.add(row["stance"])
            said = {name: row[name] for name in ("article_id", "speaker", "stance")}
            own.append({"id": row["statement_id"], "quote": row["quote"][:LONGEST], **said})
    return found


def events(mentions: Table) -> list[dict[str, str]]:
    """The events that the coder has named, each with what its first mention reports."""
    found: dict[str, str] = {}
    for row in mentions.rows.values():
        found.setdefault(row["event_id"], row["description"])
    return [{"id": event, "description": words} for event, words in found.items()]
