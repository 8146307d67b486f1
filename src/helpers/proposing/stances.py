"""Stances: which side a passage may take on an issue, as a suggestion with its reason.

By what the verb of saying does, by denials, and by whether the proposition itself denies. Where
these do not tell, there is none: a suggestion that is not sure is worse than an empty cell.
"""

import re
from collections.abc import Iterator, Sequence
from functools import cache
from typing import NamedTuple

import pandas as pd

from helpers.proposing.issues import Candidate
from helpers.proposing.lexicon import LEXICON, WORDS, english_verbs, undoing
from helpers.proposing.page import Page
from helpers.proposing.reports import Cue
from helpers.proposing.stems import stems
from helpers.proposing.units import Unit

# A wish begins with such a word, so many words behind `asked` at most.
WISHES, WISH = frozenset({"for", "to", "that"}), 8
SENTENCE = re.compile(r"(?<=[.!?])[\"”’)]*\s+")
DENIED_SWAHILI = re.compile(LEXICON["denied_swahili"])
NOT = re.compile(r"n[’']t\b")


class Suggestion(NamedTuple):
    """A stance of the scale, or None, and the reason in words."""

    stance: int | None
    why: str


class Scale:
    """The stance scale of a codebook by its sides, made once."""

    def __init__(self, stances: pd.DataFrame, issues: pd.DataFrame) -> None:
        sides: dict[str, list[int]] = {}
        for stance, side in zip(stances.stance, stances.side, strict=True):
            sides.setdefault(side, []).append(int(stance))
        # Of several stances of one side, the clearest: the one farthest out.
        self.value = {side: max(values, key=abs) for side, values in sides.items()}
        self.denies = {
            issue: _denials(proposition.partition(",")[0]) % 2 == 1
            for issue, proposition in zip(issues.issue, issues.proposition, strict=True)
        }

    def suggested(self, page: Page, unit: Unit) -> Suggestion:
        """The stance that a unit may take on its first issue."""
        if not unit.issues:
            return Suggestion(None, "")
        side, why = _side(page, unit, unit.issues[0], self.denies.get(unit.issues[0].issue, False))
        return Suggestion(self.value.get(side), why) if side in self.value else Suggestion(None, "")


def _side(page: Page, unit: Unit, issue: Candidate, denies: bool) -> tuple[str, str]:
    """The side and its reason; empty where nothing tells."""
    cues = [one.cue for one in unit.utterances if one.cue and _is_inside(page, unit, one.cue)]
    does = ["question" if _asks(page, cue) else cue.verb.does for cue in cues]
    text = page.text[unit.start : unit.end]
    if does and all(one == "question" for one in does):
        return "neutral", "it is a question"
    if not unit.words:
        return "", ""
    if _is_conditional(text):
        return "conditional", "it agrees on a condition"
    for cue, done in zip(cues, does, strict=True):
        if done in _SIDES and _is_on(_behind(page, unit, cue.last), issue):
            word = page.text[page.tokens[cue.first].start : page.tokens[cue.last - 1].end]
            against = (cue.verb.does != "support" and cue.verb.does != "ask") != cue.denied
            against ^= _denials(_behind(page, unit, cue.last)) % 2 == 1
            against ^= denies
            return _told(against, f"“{word}”")
    near = _sentences_on(text, issue)
    if not near or len(issue.words) < 2:
        return "", ""
    denials = [_denials(sentence) % 2 == 1 for sentence in near]
    against = (2 * sum(denials) > len(denials)) != denies
    reason = "what is said on it is denied" if any(denials) else "what is said on it is affirmed"
    return _told(against, reason)


def _is_inside(page: Page, unit: Unit, cue: Cue) -> bool:
    """Whether a verb stands in the passage itself, not in another part of its sentence."""
    return unit.start <= page.tokens[cue.first].start < unit.end


def _asks(page: Page, cue: Cue) -> bool:
    """Whether a verb of asking puts a question: no wish follows (asked for, asked that, to)."""
    if cue.verb.base not in ("ask", "uliza"):
        return False
    return not WISHES.intersection(page.words(cue.last, cue.last + WISH))


def _is_on(text: str, issue: Candidate) -> bool:
    """Whether a text has a word of an issue: `rejected the calls` alone says nothing of it."""
    wanted = {word.strip("=") for word in issue.words}
    return bool(wanted.intersection(_plain(text)))


COURT_ACTS = WORDS["court_acts"]
_SIDES = {"support", "reject", "ask"}


def _told(against: bool, why: str) -> tuple[str, str]:
    return ("against", f"against it: {why}") if against else ("for", f"for it: {why}")


def _behind(page: Page, unit: Unit, token: int) -> str:
    """What stands behind a verb in its sentence."""
    start = page.tokens[token - 1].end
    end = next((one.end for one in unit.utterances if one.start <= start <= one.end), unit.end)
    return page.text[start : min(end, start + 160)]


def _sentences_on(text: str, issue: Candidate) -> Sequence[str]:
    """The sentences that share words with an issue, those with the most of them."""
    wanted = {word.strip("=") for word in issue.words}
    sentences = SENTENCE.split(text)
    counted = [(len(wanted.intersection(_plain(sentence))), sentence) for sentence in sentences]
    most = max((count for count, _ in counted), default=0)
    return [sentence for count, sentence in counted if count == most and most > 0]


def _plain(text: str) -> Iterator[str]:
    return (word.strip("=") for word in stems(text))


def _negated(text: str) -> bool:
    """Whether a sentence has a small word that denies: not, never."""
    words = set(re.findall(r"\w+", text.lower()))
    return bool(words & WORDS["negations"] or NOT.search(text.lower()))


def _denials(text: str) -> int:
    """How many words deny: not, never, refuse; words that undo (closed) count as one in all."""
    words = re.findall(r"\w+", text.lower())
    count = len(NOT.findall(text.lower()))
    undone = False
    for word in words:
        verbs = [one for one in english_verbs().get(word, ()) if one.base not in COURT_ACTS]
        if word in WORDS["negations"] or DENIED_SWAHILI.fullmatch(word):
            count += 1
        elif word in undoing():
            undone = True
        elif verbs and not verbs[0].rest and verbs[0].does == "reject":
            count += 1
    return count + undone


@cache
def _listed(name: str) -> re.Pattern[str]:
    words = "|".join(re.escape(word) for word in LEXICON[name])
    return re.compile(rf"\b(?:{words})\b", re.I)


def _is_conditional(text: str) -> bool:
    """Whether a sentence agrees and names a condition; `would not` agrees to nothing."""
    for sentence in SENTENCE.split(text):
        if _listed("conditions").search(sentence) and _listed("readiness").search(sentence):
            if not _negated(sentence):
                return True
    return False
