"""Bodies: a person who speaks for a body on the same occasion takes over what the lead gives it.

The rule `body-or-person`: where a lead gives a body a stance and the next sentences have one person
speak for it, all of it is that person's, on behalf of the body. Used where the codebook has it.
"""

import re
from bisect import bisect_left
from collections.abc import Sequence

from helpers.proposing.authors import ISSUED
from helpers.proposing.book import PERSON, Book
from helpers.proposing.mentions import Mention
from helpers.proposing.page import Page
from helpers.proposing.speakers import Speaker
from helpers.proposing.utterances import Utterance

# Between a body's sentence and the person's, so many sentences may stand.
APART = 2
# The first sentences of an article are its lead.
LEAD = 5
# The name of the body stands so many words before the person's: the X director, Jane Doe.
NEAR = 7


def by_persons(
    page: Page, mentions: Sequence[Mention], said: Sequence[Utterance], book: Book
) -> list[Utterance]:
    """The utterances, those of a body given to the person who then speaks for it."""
    found = list(said)
    spoken_for = {
        (one.speaker.key, body)
        for one in said
        if one.speaker.kind == PERSON
        for body in _bodies_of(page, mentions, one, book)
    }
    for number in range(len(found) - 2, -1, -1):
        body, person = found[number].speaker, found[number + 1].speaker
        near = found[number + 1].sentence - found[number].sentence <= APART
        near = near and found[number].why != ISSUED and found[number].sentence < LEAD
        if near and (person.key, body.actor) in spoken_for and body.kind not in ("", PERSON):
            why = f"{body.why}; {person.actor or person.printed} then speaks for it"
            taken = person._replace(why=why, behalf=body.actor)
            found[number] = found[number]._replace(speaker=taken)
    return _on_behalf(found)


def _bodies_of(page: Page, mentions: Sequence[Mention], one: Utterance, book: Book) -> set[str]:
    """The bodies that a person is said to belong to, by the codebook and right before the name."""
    bodies = set(book.bodies.get(one.speaker.actor, ())) | {one.speaker.behalf}
    subject = one.cue.subject if one.cue else None
    if subject is not None and subject.kind in ("actor", "name"):
        for other in _before(mentions, subject):
            gap = page.text[page.tokens[other.last - 1].end : page.tokens[subject.first].start]
            if other.kind == "actor" and not re.search(r"[.;:\n]|\b(?:and|by|to|with|on)\b", gap):
                bodies.add(other.actor)
    return {body for body in bodies if body and book.kinds.get(body) != PERSON}


def _before(mentions: Sequence[Mention], subject: Mention) -> list[Mention]:
    at = bisect_left(mentions, subject.first - NEAR, key=lambda one: one.first)
    near = mentions[at : at + 2 * NEAR]
    return [one for one in near if one.last <= subject.first]


def _on_behalf(said: Sequence[Utterance]) -> list[Utterance]:
    """Who has taken over a body's words speaks for it from then on."""
    behalf: dict[str, str] = {}
    found = []
    for one in said:
        speaker: Speaker = one.speaker
        if speaker.kind == PERSON and speaker.behalf:
            behalf[speaker.key] = speaker.behalf
        elif speaker.key in behalf:
            speaker = speaker._replace(behalf=behalf[speaker.key])
        found.append(one._replace(speaker=speaker))
    return found
