"""Acts: a stance that an article only names, by a noun: the council's opposition to the works.

The rule `object-of-act`: it is proposed only where the article does not report it in its own right.
"""

import re
from collections.abc import Iterator, Sequence
from functools import cache
from typing import NamedTuple

from helpers.proposing.cues import Cue
from helpers.proposing.issues import Content, Ranking
from helpers.proposing.lexicon import LEXICON, Verb
from helpers.proposing.mentions import Mention
from helpers.proposing.page import Page, Span
from helpers.proposing.speakers import Memory, Speaker
from helpers.proposing.subjects import Here
from helpers.proposing.units import Unit
from helpers.proposing.utterances import Utterance

# Between the owner and the noun, and behind the noun, stand so many code points at most.
NEAR, LONGEST = 40, 240
# What is behind the noun: of something, that something is so.
OWNS = re.compile(r"[’'](?:s)? (?:own |long |repeated |public |earlier |latest |\w+ly )*(\w+)")
BEHIND = re.compile(r" (?:of|to|for|that|about|against|over)\b")
EDGE = re.compile(r"[.!?…]|[,;—]| (?:is|are|was|were|has|have|had|will|would|and|but|while)\b")
# Below this score an issue is not meant.
LEAST = 1.0


class Act(NamedTuple):
    """A noun of saying with its owner, and where its clause stands."""

    start: int
    end: int
    sentence: int
    cue: Cue


@cache
def _nouns() -> dict[str, str]:
    """What each noun of saying does."""
    return {word: does for does, words in LEXICON["nouns"].items() for word in words}


def units_named(
    page: Page,
    sentences: Sequence[Here],
    units: Sequence[Unit],
    memory: Memory,
    ranking: Ranking,
    content: Content,
) -> list[Unit]:
    """The units that are named only. `memory`: of the whole article."""
    own = {(unit.speaker.key, one.issue) for unit in units for one in unit.issues[:2]}
    found = []
    for act in _acts(page, sentences):
        subject = act.cue.subject
        speaker = memory.who(page, subject) if subject else None
        ranked = ranking(content.counts(act.start, act.end))
        if speaker is None or not speaker.actor or not ranked or ranked[0].score < LEAST:
            continue
        if (speaker.key, ranked[0].issue) not in own:
            own.add((speaker.key, ranked[0].issue))
            words = content.printed(act.start, act.end, ranked[0].words)
            said = (_said(page, act, speaker),)
            found.append(Unit(act.start, act.end, speaker, said, tuple(ranked), words=words))
    return found


def _said(page: Page, act: Act, speaker: Speaker) -> Utterance:
    noun = page.text[page.tokens[act.cue.first].start : page.tokens[act.cue.first].end]
    why = f"“{noun}” names what somebody says"
    return Utterance(act.start, act.end, act.sentence, speaker, act.cue, 0, why)


def _acts(page: Page, sentences: Sequence[Here]) -> Iterator[Act]:
    for number, looked in enumerate(sentences):
        for one in looked.mentions:
            if one.kind in ("actor", "described") and one.first in looked.told:
                if act := _act(page, number, looked, one):
                    yield act


def _act(page: Page, number: int, looked: Here, one: Mention) -> Act | None:
    end = page.tokens[one.last - 1].end
    owned = OWNS.match(page.text, end, min(end + NEAR, looked.sentence.end))
    noun = owned[1].lower() if owned else ""
    if owned is None or noun not in _nouns():
        return None
    if not BEHIND.match(page.text, owned.end(), looked.sentence.end):
        return None
    start, end = _clause(page, looked, one, owned.end())
    at = page.token_at(owned.start(1))
    verb = Verb(noun, _nouns()[noun], "noun")
    return Act(start, end, number, Cue(at, at + 1, verb, one))


def _clause(page: Page, looked: Here, one: Mention, behind: int) -> Span:
    """From the owner, its article included, to where the clause ends."""
    first = one.first
    if first > looked.sentence.first and page.tokens[first - 1].low in ("the", "a", "an"):
        first -= 1
    edge = EDGE.search(page.text, behind, min(looked.sentence.end, behind + LONGEST))
    return page.tokens[first].start, edge.start() if edge else looked.sentence.end
