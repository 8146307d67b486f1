"""Within: what somebody is said to have said, told inside the words of another.

“Our lawyers asked for access,” Okello said: the request is the lawyers', and Okello is the one who
tells it. It is proposed where the article does not report it in its own right.
"""

import re
from collections.abc import Iterator, Sequence

from helpers.proposing.cues import Cue, cues
from helpers.proposing.issues import Content, Ranking
from helpers.proposing.mentions import Mention
from helpers.proposing.page import Page, Span
from helpers.proposing.speakers import Memory, Speaker
from helpers.proposing.subjects import Here
from helpers.proposing.units import Unit
from helpers.proposing.utterances import Utterance

NAMED = ("actor", "described")
# What is told of another's saying, often by who speaks against him, is no statement of his: what
# counts is a request, a refusal, a support.
DEEDS = ("ask", "support", "reject")
# A subject stands so many code points before its verb at most.
NEAR = 40
# Where a clause inside a quotation ends.
EDGE = re.compile(r"[.!?…]+[\"”’')]*(?=\s|$)|;|—|…|, (?:but|while|and|which|who|yet)\b|[\"”]")


def units_within(
    page: Page,
    sentences: Sequence[Here],
    units: Sequence[Unit],
    memory: Memory,
    ranking: Ranking,
    content: Content,
) -> list[Unit]:
    """The units that stand inside others, each with who tells it as `told_by`.

    `memory`: of the whole article. What its speaker has a unit of his own on is left out.
    """
    own = {(unit.speaker.key, one.issue) for unit in units for one in unit.issues[:1]}
    found = []
    for unit in units:
        for one in unit.utterances:
            for cue, speaker in _others(sentences[one.sentence], one, memory):
                start, end = _clause(sentences[one.sentence], cue, one)
                ranked = ranking(content.counts(start, end, one.start))
                if ranked and (speaker.key, ranked[0].issue) not in own:
                    own.add((speaker.key, ranked[0].issue))
                    inner = Utterance(start, end, one.sentence, speaker, cue, 0, "told inside")
                    told_by = unit.speaker.actor
                    words = content.printed(start, end, ranked[0].words)
                    one_unit = Unit(start, end, speaker, (inner,), tuple(ranked), told_by, words)
                    found.append(one_unit)
    return found


def _others(looked: Here, one: Utterance, memory: Memory) -> Iterator[tuple[Cue, Speaker]]:
    """The cues inside an utterance whose subject is another actor than its speaker."""
    page, sentence = looked.page, looked.sentence
    tokens = range(page.token_at(one.start), page.token_at(one.end))
    inside = looked._replace(
        sentence=sentence._replace(told=tuple(tokens), quotations=()),
        told=frozenset(tokens),
        ends=[],
    )
    for cue in cues(inside):
        if cue.verb.does not in DEEDS:
            continue
        subject = cue.subject
        if subject is None or subject.kind not in NAMED or cue.bound or _is_own(cue, one):
            continue
        if not _is_one_clause(page, subject, cue) or page.tokens[subject.first].start >= one.end:
            continue
        speaker = memory.who(looked.page, subject)
        if speaker.actor and speaker.key != one.speaker.key:
            yield cue, speaker


def _is_one_clause(page: Page, subject: Mention, cue: Cue) -> bool:
    """Whether a subject stands near its verb, and no sentence ends between."""
    between = page.text[page.tokens[subject.last - 1].end : page.tokens[cue.first].start]
    return len(between) < NEAR and not re.search(r"[.!?…;,]", between)


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
