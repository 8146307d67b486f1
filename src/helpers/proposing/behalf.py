"""On whose behalf: for whom a person speaks, by the words around the name."""

import re
from bisect import bisect_left
from collections.abc import Iterable, Sequence

from helpers.proposing.lexicon import WORDS, phrases
from helpers.proposing.mentions import Mention
from helpers.proposing.page import Page

# So many words around a name are looked at.
NEAR = 9


def spoken_for(page: Page, mentions: Sequence[Mention], one: Mention, until: int) -> str:
    """The actor for whom a person speaks, by the words around the name; empty where none says so.

    `until`: the token up to which the words belong to the name, mostly the verb.
    """
    low = max(one.first - NEAR, 0)
    while low < one.first and re.search(r"[.!?\n]\s", page.between(one.first - 1, one.first)):
        low = one.first
    high = min(max(until, one.last), one.last + NEAR)
    begin = bisect_left(mentions, low, key=lambda other: other.first)
    near = mentions[begin : begin + 3 * NEAR]
    actors = [other for other in near if other.kind == "actor" and other.first < high + 4]
    for at in range(low, high):
        token = page.tokens[at].low
        if any(page.starts_with(at, phrase) for phrase in phrases("for_whom").get(token, ())):
            behind = [other.actor for other in actors if at < other.first <= at + NEAR]
            if behind and behind[0] != one.actor:
                return behind[0]
        if token in WORDS["speaks_for"] and not one.first <= at < one.last:
            if found := _of_whom(page, actors, at, one):
                return found
    return ""


def _of_whom(page: Page, actors: Iterable[Mention], at: int, one: Mention) -> str:
    """Whose spokesperson: the actor right before the word, or behind `for` and `of`."""
    for other in actors:
        if other.actor == one.actor:
            continue
        if 0 <= at - other.last <= 2 and not re.search(
            r"[,.;]", page.between(other.last - 1, other.last)
        ):
            return other.actor
        if at < other.first <= at + 5 and page.tokens[at + 1].low in WORDS["joins_for"]:
            return other.actor
    return ""
