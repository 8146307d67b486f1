"""Tense: where a sentence ends, and whether the verb beside an expression looks back or ahead."""

import re

from helpers.dates.lexicon import LEXICON

Cue = re.Match[str]


TENSE = re.compile(
    r"\b(?:(?P<future>{future})|(?P<deciding>{deciding})|(?P<past>{past}))\b".format(
        **LEXICON["tense"]
    )
)
SWAHILI = re.compile(
    r"\b(?:(?P<future>{sw_future})|(?P<past>{sw_past}))\b".format(**LEXICON["tense"]), re.I
)
# Imeahirishwa hadi Jumatatu: put off until Monday.
PUT_OFF_SWAHILI = re.compile(
    r"(?:ahirish|songez|sogez)\w*\b.{0,40}\b(?:hadi|mpaka) (?:siku ya )?$", re.I
)
MODAL = re.compile(
    r"(?:\b(?:will|would|shall|could|may|might|should|must|can|to)|n't|['’]ll)"
    r"(?: (?:not|be|have|been|get|become|stay|remain|also|already|never|well|then|\w+ly))* $"
)
# Might have, could have: what is said of has happened, or has not. Will have lies ahead.
PERFECT = re.compile(
    r"(?:\b(?:would|could|may|might|should|must|can|cannot|to)|n['’]t)"
    r"(?: (?:not|already|also|well|never|then|\w+ly))* have\b"
)
PERFECT_AFTER = re.compile(r"(?:n['’]t| not| already| also| well| \w+ly)* have\b")
# Is banned, are closed: a state of now, which looks neither way.
STATE = re.compile(r"(?:\b(?:is|are)|['’](?:s|re))(?: (?:not|now|\w+ly))* $")
# Participles that look ahead behind a form of be; alone behind a day they are past: on Monday the
# court scheduled a hearing.
PLANNED = {"scheduled", "expected", "planned", "slated"}
HAD = re.compile(r"\bhad (?:\w+ly )?$")
BE = re.compile(r"\b(?:is|are|was|were|be|been|being|not|\w+ly) $")
# What is put off, or given, until a day; what is moved to a day, or fixed for it.
PUT_OFF = re.compile(LEXICON["tense"]["put_off"])
BEFORE_PUT_OFF = ("until ", "till ", "to ", "for ", "the ", "next ")
UNTIL = re.compile(r"\b(?:by|until|till) $", re.I)
# The funeral is Friday; the vote is on Tuesday.
COPULA = re.compile(r"\b(?:is|are) (?:on |this |next |not until )?$")
# The beginning of a headline or of a clause without a verb that looks either way: Judges to sit.
TO_DO = re.compile(r"\W*(?:[\w'’-]+ ){1,5}to (?!the |a |an |his |her |its |their )[a-z]+\b")
# From when something is to be: protests starting on Monday.
STARTING = re.compile(r"\b(?:starting|beginning)(?: from)? (?:on |this |next )?$")
# A sentence ends at a mark before a capital, or at a line's end; not after an initial or a title.
# The mark comes first, by which it is found quickly; what stands before it is looked at then.
SENTENCE = re.compile(
    r"[.!?\n](?:(?<=\n)"
    r"|(?<!\b[A-Z].)(?<!\b[A-Z][a-z].)(?<!\b[A-Z][a-z][a-z].)(?<!\.[A-Zm].)"
    r"[\"”’')]*\s+(?=[\"“\u2018(]?[A-Z]))"
)
# A verb right behind the expression: the jury on Monday agreed.
VERB_FOLLOWS = re.compile(r",? (?:(?:also|\w+ly) )?$")
# The day was to come when somebody spoke of it: was to open, had to be handed over.
WAS_TO = re.compile(r"\b(?:was|were|had)(?: (?:due|supposed|meant|scheduled|expected))? to\b")
# How far a sentence is followed to either side, in code points.
WINDOW = 300
# How far the words right before an expression reach.
NEAR = 20


def tense(text: str, start: int, end: int, swahili: bool = False) -> int:
    """Whether the verb that governs `text[start:end]` looks back (-1) or ahead (1).

    The nearest cue before the expression in its sentence decides, else the nearest after it. A
    participle behind a modal looks ahead. 0 where nothing tells.
    """
    low, high = sentence_around(text, start, end)
    if swahili:
        return _swahili_tense(text, low, start, end, high)
    if COPULA.search(text, max(low, start - NEAR), start):
        return 1
    if text.endswith(BEFORE_PUT_OFF, low, start) and PUT_OFF.search(text, low, start):
        return 1
    cues = list(TENSE.finditer(text, low, start))
    after = TENSE.search(text, end, high)
    if not (after and after["past"]) and STARTING.search(text, max(low, start - NEAR), start):
        return 1
    if after and _governs_from_behind(text, cues, after, start, end):
        return _direction(text, end, after, behind=True)
    if cues:
        return _direction(text, low, cues[-1])
    if after:
        return _direction(text, end, after, behind=True)
    ahead = UNTIL.search(text, max(low, start - 6), start) or TO_DO.match(text, low, start)
    return 1 if ahead else 0


def sentence_around(text: str, start: int, end: int) -> tuple[int, int]:
    """Where the sentence of `text[start:end]` begins and ends, at most `WINDOW` away."""
    low, high = max(0, start - WINDOW), min(len(text), end + WINDOW)
    # The sentence may begin with the expression.
    for stop in SENTENCE.finditer(text, low, start + 1):
        low = stop.end()
    if after := SENTENCE.search(text, end, high):
        high = after.start()
    return low, high


def was_to_come(text: str, start: int, end: int) -> bool:
    """Whether an expression was ahead when somebody spoke of it, and may be past by now."""
    low, _ = sentence_around(text, start, end)
    return bool(WAS_TO.search(text, low, start))


def _governs_from_behind(text: str, cues: list[Cue], after: Cue, start: int, end: int) -> bool:
    """Whether a past verb right behind the expression governs it, not a clause that has ended."""
    if after["future"] or not VERB_FOLLOWS.fullmatch(text[end : after.start()]):
        return False
    return bool(cues) and "," in text[cues[-1].end() : start]


def _direction(text: str, low: int, cue: Cue, behind: bool = False) -> int:
    """Where a cue looks; `behind`: it stands behind the expression, which then is its own time."""
    if cue["deciding"]:
        return -1 if behind or HAD.search(text, low, cue.start()) else 1
    if cue["future"]:
        if PERFECT.match(text, cue.start()) or _may_have(text, cue):
            return -1
        decided = behind and cue[0] in PLANNED and not BE.search(text, low, cue.start())
        return -1 if decided else 1
    modal = MODAL.search(text, low, cue.start())
    if modal:
        return -1 if PERFECT.match(text, modal.start()) else 1
    return 0 if STATE.search(text, low, cue.start()) else -1


def _may_have(text: str, cue: Cue) -> bool:
    """May have come: the participle of which is no cue of its own."""
    is_modal = cue[0] in {"would", "may", "might", "can", "could", "should", "must"}
    return is_modal and bool(PERFECT_AFTER.match(text, cue.end()))


def _swahili_tense(text: str, low: int, start: int, end: int, high: int) -> int:
    """By the marker of the verb: `-ta-` looks ahead, `-li-` and `-me-` back."""
    if PUT_OFF_SWAHILI.search(text, low, start):
        return 1
    cues = list(SWAHILI.finditer(text, low, start))
    cue = cues[-1] if cues else SWAHILI.search(text, end, high)
    if cue is None:
        return 0
    return 1 if cue["future"] else -1
