"""Tense: where a sentence ends, and whether the verb beside an expression looks back or ahead."""

import re

from helpers.dates.lexicon import LEXICON

TENSE = re.compile(r"\b(?:(?P<future>{future})|(?P<past>{past}))\b".format(**LEXICON["tense"]))
MODAL = re.compile(
    r"(?:\b(?:will|would|shall|could|may|might|should|must|can|to)|n't|['’]ll)"
    r"(?: (?:not|be|have|been|get|become|stay|remain|also|\w+ly))* $"
)
# A sentence ends at a mark before a capital, or at a line's end; not after an initial or a title.
SENTENCE = re.compile(
    r"(?<!\b[A-Z])(?<!\b[A-Z][a-z])(?<!\b[A-Z][a-z][a-z])(?<!\.[A-Zm])"
    r"[.!?][\"”’')]*\s+(?=[\"“\u2018(]?[A-Z])"
    r"|\n"
)
UNTIL = re.compile(r"\b(?:by|until|till) $", re.I)
# How far a sentence is followed to either side, in code points.
WINDOW = 300


def tense(text: str, start: int, end: int) -> int:
    """Whether the verb that governs `text[start:end]` looks back (-1) or ahead (1).

    The nearest cue before the expression in its sentence decides, else the nearest after it. A
    participle behind a modal looks ahead. 0 where nothing tells.
    """
    low, high = max(0, start - WINDOW), min(len(text), end + WINDOW)
    # The sentence may begin with the expression.
    for stop in SENTENCE.finditer(text, low, start + 1):
        low = stop.end()
    if after := SENTENCE.search(text, end, high):
        high = after.start()
    cues = list(TENSE.finditer(text, low, start))
    cue = cues[-1] if cues else TENSE.search(text, end, high)
    if cue is None:
        return 1 if UNTIL.search(text[max(0, start - 6) : start]) else 0
    return 1 if cue["future"] or MODAL.search(text, low, cue.start()) else -1
