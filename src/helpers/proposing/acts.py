"""Acts: a stance that an article only names, by a noun: the council's opposition to the works.

The rule `object-of-act`: it is proposed only where the article does not report it in its own right.
"""

import re
from collections.abc import Iterator, Sequence
from functools import cache
from typing import NamedTuple

from helpers.proposing.lexicon import LEXICON, WORDS, Verb, english_verbs
from helpers.proposing.mentions import Mention
from helpers.proposing.page import Page
from helpers.proposing.reports import Cue
from helpers.proposing.speakers import Speaker
from helpers.proposing.subjects import Here
from helpers.proposing.units import SURE, Ground, Unit, unit_of
from helpers.proposing.utterances import Utterance

# Between the owner and the noun, and behind the noun, stand so many code points at most.
NEAR, LONGEST = 40, 240
# So many words before an owner its noun is looked for: calls for a ban by the owner.
REACH = 12
OWNS = re.compile(
    r"[’'](?:s)? (?:own |long |repeated |public |earlier |latest |\w+ly |\w+ed )*(\w+)"
)
# What is behind the noun: of something, that something is so.
BEHIND = re.compile(r" (?:of|to|for|that|about|against|over|on|is|was)\b")
OPENS = re.compile(
    r",? (?:of|to|for|that|about|against|over|on|is|was|include[sd]?|wa|ya|la|za|ni|kuwa|kwamba)\b"
)
JOINS = frozenset({"by", "from", "of", "wa", "ya", "la", "za"})
# Between a noun and `by`: claims made by Okello.
MADE = frozenset({"made", "raised", "issued", "advanced"})
ARTICLES = frozenset({"the", "a", "an", "no", "any", "repeated", "renewed", "fresh", "new", "amid"})
EDGE = re.compile(r"[.!?…]|[,;—]| (?:is|are|was|were|has|have|had|will|would|and|but|while)\b")
# Where a clause ends that has a verb of its own: the claim that the works are closed.
FAR_EDGE = re.compile(r"[.!?…]|[,;—]| (?:but|while)\b")
# What a list follows, commas and all, to the end of its sentence: his demands include …
INCLUDE = frozenset({"include", "includes", "included"})
THAT = frozenset({"that", "kwamba", "kuwa", "is", "was", "ni"})
# Below this score an issue is not meant.
LEAST = 1.5


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


def units_named(ground: Ground, units: Sequence[Unit]) -> list[Unit]:
    """The units that are named only: on what their speaker has none of `units`."""
    own = {(unit.speaker.key, one.issue) for unit in units for one in unit.issues[:2]}
    found = []
    for act in _acts(ground.page, ground.sentences):
        subject = act.cue.subject
        speaker = ground.memory.who(ground.page, subject) if subject else None
        ranked = ground.ranked(act.start, act.end)
        if speaker is None or not speaker.actor or not ranked or ranked[0].score < LEAST:
            continue
        named = _said(ground.page, act, speaker)
        for first in [ranked[0], *(one for one in ranked[1:] if one.example >= SURE)]:
            if (speaker.key, first.issue) not in own:
                own.add((speaker.key, first.issue))
                others = [one for one in ranked if one is not first]
                found.append(unit_of(ground, named, [first, *others]))
    return found


def _said(page: Page, act: Act, speaker: Speaker) -> Utterance:
    noun = page.text[page.tokens[act.cue.first].start : page.tokens[act.cue.first].end]
    why = f"“{noun}” names what somebody says"
    return Utterance(act.start, act.end, act.sentence, speaker, act.cue, 0, why)


def _acts(page: Page, sentences: Sequence[Here]) -> Iterator[Act]:
    for number, looked in enumerate(sentences):
        for one in looked.mentions:
            if one.kind in ("actor", "described") and one.first in looked.told:
                act = _owned(page, number, looked, one) or _joined(page, number, looked, one)
                if act:
                    yield act


def _owned(page: Page, number: int, looked: Here, one: Mention) -> Act | None:
    """An act whose owner stands before it: the council's refusal to."""
    end = page.tokens[one.last - 1].end
    owned = OWNS.match(page.text, end, min(end + NEAR, looked.sentence.end))
    noun = owned[1].lower() if owned else ""
    if owned is None or noun not in _nouns():
        return None
    if not BEHIND.match(page.text, owned.end(), looked.sentence.end):
        return None
    return _act(page, number, looked, one, page.token_at(owned.start(1)), one.first)


def _joined(page: Page, number: int, looked: Here, one: Mention) -> Act | None:
    """An act whose owner stands behind it: the refusal by the council to; wito wa Okello wa."""
    at = one.first - 1
    if at > looked.sentence.first and page.tokens[at].low in WORDS["determiners"]:
        at -= 1
    if at <= looked.sentence.first - 1 or page.tokens[at].low not in JOINS:
        return None
    if page.tokens[at].low == "by" and page.tokens[at - 1].low in MADE:
        at -= 1
    if _nouns().get(page.tokens[at - 1].low) and at - 1 >= looked.sentence.first:
        end = page.tokens[one.last - 1].end
        if OPENS.match(page.text, end, looked.sentence.end):
            return _act(page, number, looked, one, at - 1, at - 1)
    if page.tokens[at].low in ("by", "from"):
        for noun in range(at - 2, max(at - REACH, looked.sentence.first - 1), -1):
            low = page.tokens[noun].low
            if low in _nouns() and noun in looked.told:
                near = OPENS.match(page.text, page.tokens[noun].end, page.tokens[one.first].start)
                return _act(page, number, looked, one, noun, noun) if near else None
            if low in WORDS["be"] or low in english_verbs():
                return None
    return None


def _act(page: Page, number: int, looked: Here, one: Mention, noun: int, first: int) -> Act:
    """From the owner or the noun, its article included, to where the clause ends."""
    while first > looked.sentence.first and page.tokens[first - 1].low in ARTICLES:
        first -= 1
    behind = page.tokens[max(one.last - 1, noun)].end
    words = page.words(page.token_at(behind), page.token_at(behind) + 1)
    edges = FAR_EDGE if THAT.intersection(words) else EDGE
    edge = edges.search(page.text, behind, min(looked.sentence.end, behind + LONGEST))
    end = edge.start() if edge and not INCLUDE.intersection(words) else looked.sentence.end
    low = page.tokens[noun].low
    cue = Cue(noun, noun + 1, Verb(low, _nouns()[low], "noun"), one)
    return Act(page.tokens[first].start, end, number, cue)
