"""Labels: who speaks in a transcript or interview, where each turn begins with a name and a colon.

A turn runs on to the next label. All that an actor of the codebook says in a turn is that actor's;
what a presenter says is read as any other text, but for the questions.
"""

import re
from collections.abc import Mapping, Sequence

from helpers.proposing.lexicon import WORDS
from helpers.proposing.mentions import Mention
from helpers.proposing.page import Page
from helpers.proposing.speakers import Memory, Speaker
from helpers.proposing.utterances import Utterance

# A label stands at the beginning of a line; so many make a transcript. Who asks is short: Q:
LABEL = re.compile(r"(?:[A-Z][\w.'’-]*)(?: [A-Z(][\w.'’)-]*){0,5} ?: +(?=\S)")
LEAST = 3
TURN = "it is a turn of a conversation"


def with_labels(
    page: Page, found: Sequence[Mention], said: Sequence[Utterance], memory: Memory
) -> list[Utterance]:
    """The utterances, those of each turn given to its speaker; without labels the same."""
    labels = {
        number: label
        for number, (start, end) in enumerate(page.paragraphs)
        if (label := LABEL.match(page.text, start, end))
    }
    if len(labels) < LEAST:
        return list(said)
    turns, hosts = _turns(page, found, labels, memory)
    kept = [one for one in said if page.sentences[one.sentence].paragraph not in turns]
    for number, sentence in enumerate(page.sentences):
        speaker = turns.get(sentence.paragraph)
        if page.text[sentence.end - 1] == "?":
            speaker = speaker or hosts.get(sentence.paragraph)
        if speaker is not None:
            start = sentence.start
            label = labels.get(sentence.paragraph)
            if label and label.start() == start:
                start = label.end()
            kept.append(Utterance(start, sentence.end, number, speaker, None, 0, TURN))
    return sorted(kept, key=lambda one: (one.start, one.end))


def _turns(
    page: Page, found: Sequence[Mention], labels: Mapping[int, re.Match[str]], memory: Memory
) -> tuple[dict[int, Speaker], dict[int, Speaker]]:
    """The speaker of each paragraph that belongs to a turn of an actor; those who ask apart."""
    named = {page.tokens[one.first].start: one for one in found if one.kind == "actor"}
    turns: dict[int, Speaker] = {}
    hosts: dict[int, Speaker] = {}
    speaker: Speaker | None = None
    home = turns
    for number in range(len(page.paragraphs)):
        if label := labels.get(number):
            is_host = WORDS["hosts"].intersection(label[0].lower().strip(": ").split())
            home = hosts if is_host else turns
            places = [place for place in named if label.start() <= place < label.end()]
            one = named[places[-1]] if places else None
            speaker = memory.who(page, one) if one else None
        if speaker is not None:
            home[number] = speaker._replace(why=f"“{speaker.printed}” stands before the turn")
    return turns, hosts
