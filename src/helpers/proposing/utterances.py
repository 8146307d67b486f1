"""Utterances: the sentences of an article that report what somebody says, each with its speaker."""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from helpers.proposing.behalf import spoken_for
from helpers.proposing.book import PERSON
from helpers.proposing.mentions import Mention
from helpers.proposing.page import Page, Sentence, Span
from helpers.proposing.reports import Cue
from helpers.proposing.speakers import NOBODY, Memory, Speaker
from helpers.proposing.subjects import WHO, Here, is_governed, is_perfect

# Quoted words that are fewer, in a sentence that reports nothing, are a term and no speech.
FEW = 6
# With so few words behind it, a sentence with a verb of saying only says who spoke.
BARE = 12
# Before the subject of another cue, so far back is looked for what parts the two.
EDGE_NEAR = 200
# A relative clause has so many words at most before its verb: who last year supported.
ASIDE = 4
# The place or the day before an article's first words: TARINA, Coast, Aug 31 (Wire) —
DATELINE = re.compile(
    r"[A-Z][\w.'’-]*(?:,? (?:[A-Z][\w.'’-]*|\d{1,2}|\d{4}))*,?(?: ?\([^)\n]{1,40}\))? ?(?:—|–|-)+ "
)
BOUNDARY = re.compile(
    r"(?:[,;] (?:but|while|and|whereas|although|though|lakini|huku|na|bali)|;|—) ?"
)
# With such a word a sentence begins that sets two against each other: while one …, the other ….
AGAINST = frozenset("while whereas although though despite wakati ingawa".split())
COMMA = re.compile(", ")


class Utterance(NamedTuple):
    """What one speaker says in one sentence, or in a part of it.

    `sentence`: its number. `cue`: by which it was found; None where a quotation stands alone.
    `quoted`: the code points in quotation marks. `why`: how it was found.
    """

    start: int
    end: int
    sentence: int
    speaker: Speaker
    cue: Cue | None
    quoted: int
    why: str

    @property
    def is_a_stance(self) -> bool:
        """Whether a side is taken, or what is said stands behind `that`, whatever the issue."""
        cue = self.cue
        return cue is not None and (cue.opens >= 0 or cue.verb.does not in ("say", "question"))


def utterances(
    page: Page, sentences: Sequence[Here], cues: Sequence[Sequence[Cue]], memory: Memory
) -> list[Utterance]:
    """The utterances of an article, in their order. `cues`: those of each sentence.

    A quotation without a report belongs to whoever spoke right before it, else to the next who
    does.
    """
    found: list[Utterance] = []
    waiting: list[int] = []
    for number, looked in enumerate(sentences):
        said = list(_said(looked, cues[number], number, memory))
        for one in looked.mentions:
            memory.note(page, one)
        if said:
            found += [_given(page, earlier, said[0].speaker) for earlier in waiting] + said
            memory.spoke(said[-1].speaker)
            waiting = []
        elif not _is_quoted(page, looked.sentence):
            waiting = []
            _acted(looked, memory)
        elif before := _carried_from(page, number, found):
            found.append(_given(page, number, before))
        else:
            waiting.append(number)
        memory.keep_meant(page, looked.mentions)
    return sorted(found, key=lambda one: (one.start, one.end))


def _said(looked: Here, cues: Sequence[Cue], number: int, memory: Memory) -> Iterator[Utterance]:
    """The utterances of a sentence that has a cue."""
    spoken = list(_spoken(looked, cues, memory))
    ranked = sorted(spoken, key=lambda one: _is_aside(looked, one[0]))
    main = next(((cue, who) for cue, who in ranked if who), None)
    if main is None:
        return
    start, end = _without_dateline(looked.page, looked.sentence), looked.sentence.end
    parts, ends = [(start, *main)], []
    for cue, who in spoken:
        if who and cue.first > parts[-1][1].last and not cue.bound:
            edge = _edge(looked, parts[-1][1], cue)
            if edge and (who.key != parts[-1][2].key or _is_apart(looked, parts[-1][1], cue)):
                ends.append(edge[0])
                parts.append((edge[1], cue, who))
    for (begin, cue, who), until in zip(parts, [*ends, end], strict=True):
        yield _utterance(looked, number, begin, until, cue, who)


def _is_apart(looked: Here, before: Cue, cue: Cue) -> bool:
    """Whether what the same speaker says is of another time: has called for it, and now says."""
    first, second = (
        (one.verb.form == "s", is_perfect(looked.page, one.first)) for one in (before, cue)
    )
    return first != second


def _is_aside(looked: Here, cue: Cue) -> int:
    """How far a cue is from the main verb: that itself, one behind `who`, a participle."""
    if cue.bound:
        return 2
    near = looked.page.tokens[max(cue.first - ASIDE, looked.sentence.first) : cue.first]
    who = next((token.end for token in reversed(near) if token.low in WHO), None)
    return int(who is not None and "," not in looked.page.text[who : near[-1].end])


def _utterance(
    looked: Here, number: int, start: int, end: int, cue: Cue, who: Speaker
) -> Utterance:
    quotations = looked.sentence.quotations
    first = bisect_left(quotations, start, key=lambda one: one.end)
    last = bisect_left(quotations, end, key=lambda one: one.start)
    quoted = sum(min(one.end, end) - max(one.start, start) for one in quotations[first:last])
    words = looked.page.text[
        looked.page.tokens[cue.first].start : looked.page.tokens[cue.last - 1].end
    ]
    told = f"“{words}” {_REPORTS[cue.verb.does]}"
    return Utterance(start, end, number, who, cue, quoted, told)


_REPORTS = {
    "say": "reports speech",
    "claim": "reports a claim",
    "ask": "reports that something is asked for",
    "support": "reports support",
    "reject": "reports a refusal",
    "blame": "reports blame",
    "question": "reports a question",
}


def _edge(looked: Here, before: Cue, cue: Cue) -> Span | None:
    """What parts a clause with another cue from the one before; None where it is what is said."""
    if cue.subject is None or cue.behind:
        return None
    low = looked.page.tokens[before.last - 1].end
    high = looked.page.tokens[cue.subject.first].start
    edges = list(BOUNDARY.finditer(looked.page.text, max(low, high - EDGE_NEAR), high))
    if not edges and looked.page.tokens[looked.sentence.first].low in AGAINST:
        edges = list(COMMA.finditer(looked.page.text, max(low, high - EDGE_NEAR), high))
    return edges[-1].span() if edges else None


def _speaker(looked: Here, cue: Cue, memory: Memory) -> Speaker | None:
    """Who speaks by a cue; None where nobody does."""
    page, one = looked.page, cue.subject
    if one is None and cue.verb.swahili and not cue.bound:
        return memory.pronoun(cue.verb.who, page.tokens[cue.first].low)
    if one is None:
        return None
    speaker = memory.who(page, one)
    if (one.kind in ("actor", "name") and speaker.kind == PERSON) or one.kind == "described":
        behalf = spoken_for(page, looked.mentions, one, cue.first)
        if behalf:
            memory.behalf[speaker.key] = behalf
            speaker = speaker._replace(behalf=behalf)
    return speaker


def _spoken(
    looked: Here, cues: Sequence[Cue], memory: Memory
) -> Iterator[tuple[Cue, Speaker | None]]:
    """The cues of a sentence, each with who speaks; what stands before a cue is kept first.

    When Okello came, he said: `he` is Okello.
    """
    kept = 0
    acting: list[Mention] = []
    for cue in cues:
        while kept < len(looked.mentions) and looked.mentions[kept].first < cue.first:
            one = looked.mentions[kept]
            memory.note(looked.page, one)
            if one.kind in ("actor", "name") and one.first in looked.told:
                acting.append(one)
            kept += 1
        if cue.subject and cue.subject.kind == "pronoun":
            for one in acting:
                if not _is_object(looked, one) and one.first < cue.subject.first:
                    memory.spoke(memory.who(looked.page, one))
            acting = []
        yield cue, _speaker(looked, cue, memory)


def _acted(looked: Here, memory: Memory) -> None:
    """Keep who acts in a sentence without speech: the first whom nothing governs."""
    for kinds in (("actor", "name"), ("described",)):
        for one in looked.mentions:
            if one.kind in kinds and one.first in looked.told and not _is_object(looked, one):
                who = memory.who(looked.page, one)
                if who.actor or one.kind == "name":
                    memory.spoke(who)
                    return
    for one in looked.mentions:
        if one.kind == "actor" and "by" in looked.page.words(one.first - 2, one.first):
            memory.spoke(memory.who(looked.page, one))
            return


def _is_object(looked: Here, one: Mention) -> bool:
    return is_governed(looked, one, looked.sentence.first)


# ---- quotations that stand alone


def _is_quoted(page: Page, sentence: Sentence) -> bool:
    words = sum(page.token_at(one.end) - page.token_at(one.start) for one in sentence.quotations)
    return words >= FEW or (bool(words) and not sentence.told)


def _carried_from(page: Page, number: int, found: Sequence[Utterance]) -> Speaker | None:
    """Who goes on speaking in a quotation: whoever spoke in the sentence right before it."""
    if not found or found[-1].sentence != number - 1:
        return None
    nearer = page.sentences[number + 1] if number + 1 < len(page.sentences) else None
    here_paragraph = page.sentences[number].paragraph
    before = page.sentences[number - 1]
    is_open = (
        bool(page.sentences[number].quotations) and not page.sentences[number].quotations[-1].closed
    )
    if nearer and nearer.paragraph == here_paragraph and not nearer.quotations:
        if len(nearer.told) <= BARE and before.paragraph != here_paragraph:
            return None
    if is_open and before.paragraph != here_paragraph and number + 1 < len(page.sentences):
        if here_paragraph + 1 in page.open_before and not page.text[before.end - 1] == ":":
            return None if found[-1].speaker is NOBODY else found[-1].speaker
    return found[-1].speaker


def _given(page: Page, number: int, speaker: Speaker) -> Utterance:
    sentence = page.sentences[number]
    quoted = sum(one.end - one.start for one in sentence.quotations)
    who = speaker._replace(why=f"the quotation goes on from {speaker.actor or speaker.printed}")
    why = "words in quotation marks beside a report of speech"
    return Utterance(sentence.start, sentence.end, number, who, None, quoted, why)


def _without_dateline(page: Page, sentence: Sentence) -> int:
    start = page.paragraphs[sentence.paragraph][0]
    if sentence.start != start:
        return sentence.start
    line = DATELINE.match(page.text, start, min(start + 60, sentence.end))
    return line.end() if line else start
