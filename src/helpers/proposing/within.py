"""Within: what somebody is said to have said, told inside the words of another.

“Our lawyers asked for access,” Okello said: the request is the lawyers', and Okello is the one who
tells it. It is proposed where the article does not report it in its own right.
"""

import re
from collections.abc import Iterator, Sequence

from helpers.proposing.cues import cues
from helpers.proposing.mentions import Mention
from helpers.proposing.page import Page, Span
from helpers.proposing.reports import Cue
from helpers.proposing.speakers import Memory, Speaker
from helpers.proposing.subjects import Here
from helpers.proposing.units import SURE, Ground, Unit, unit_of
from helpers.proposing.utterances import Utterance

NAMED = ("actor", "described")
# What is told of another's saying, often by who speaks against him, is no statement of his: what
# counts is a request, a refusal, a support.
DEEDS = ("ask", "support", "reject")
# A claim counts where it has the words of an example of an issue.
CLAIMS = ("claim", "say")
# A subject stands so many code points before its verb at most.
NEAR = 40
# Where a clause inside a quotation ends.
EDGE = re.compile(r"[.!?…]+[\"”’')]*(?=\s|$)|;|—|…|, (?:but|while|and|which|who|yet)\b|[\"”]")


def units_within(ground: Ground, units: Sequence[Unit]) -> list[Unit]:
    """The units that stand inside others, each with who tells it as `told_by`.

    What its speaker has a unit of his own on is left out.
    """
    own = {(unit.speaker.key, one.issue) for unit in units for one in unit.issues[:1]}
    inside = {one: unit.speaker.actor for unit in units for one in unit.utterances}
    found = []
    for one, told_by in inside.items():
        looked = ground.sentences[one.sentence]
        for cue, speaker in _others(looked, ground.cues[one.sentence], one, ground.memory):
            start, end = _clause(looked, cue, one)
            ranked = ground.ranked(start, end, one.start)
            if cue.verb.does not in DEEDS and not (ranked and ranked[0].example >= SURE):
                continue
            if ranked and (speaker.key, ranked[0].issue) not in own:
                own.add((speaker.key, ranked[0].issue))
                inner = Utterance(start, end, one.sentence, speaker, cue, 0, "told inside")
                found.append(unit_of(ground, inner, ranked, told_by))
    return found


def _others(
    looked: Here, told: Sequence[Cue], one: Utterance, memory: Memory
) -> Iterator[tuple[Cue, Speaker]]:
    """The cues inside an utterance whose subject is another actor than its speaker.

    `told`: those outside quotation marks; those inside are looked for.
    """
    page, sentence = looked.page, looked.sentence
    found = [cue for cue in told if one.start <= page.tokens[cue.first].start < one.end]
    if sentence.quotations:
        tokens = range(page.token_at(one.start), page.token_at(one.end))
        aside = sentence._replace(told=tuple(tokens), quotations=())
        found = cues(looked._replace(sentence=aside, told=frozenset(tokens), ends=[]))
    for cue in found:
        subject = cue.subject
        if cue.verb.does not in (*DEEDS, *CLAIMS) or cue.bound:
            continue
        if subject is None or subject.kind not in NAMED:
            continue
        if _is_own(cue, one) or not _is_one_clause(page, subject, cue):
            continue
        speaker = memory.who(page, subject)
        if speaker.actor and speaker.key != one.speaker.key:
            if page.tokens[subject.first].start < one.end:
                yield cue, speaker


def _is_one_clause(page: Page, subject: Mention, cue: Cue) -> bool:
    """Whether a subject stands near its verb, and no sentence ends between."""
    between = page.text[page.tokens[subject.last - 1].end : page.tokens[cue.first].start]
    return len(between) < NEAR and not re.search(r"[.!?…;,]|\b(?:I|[Ww]e|[Yy]ou)\b", between)


def _is_own(cue: Cue, one: Utterance) -> bool:
    """Whether it is the report itself."""
    return one.cue is not None and cue.first == one.cue.first


def _clause(looked: Here, cue: Cue, one: Utterance) -> Span:
    """From the subject of a cue to where its clause ends."""
    page = looked.page
    subject = cue.subject
    first = min(cue.first, subject.first if subject else cue.first)
    start = page.tokens[first].start
    edge = EDGE.search(page.text, page.tokens[cue.last - 1].end, one.end)
    if edge is None:
        return start, one.end
    return start, edge.end() if edge[0][0] in ".!?" else edge.start()
