"""Occasions: what a date covers: one speech, hearing or letter, and all that is said on it.

A date covers its passage, what the same speaker goes on to say, and what anybody said after a
gathering that the article has dated: the hearing on Friday. It covers nothing that is told as
earlier, as still done (`says`), or as done at no time (`has said`): tense alone gives no date.
"""

from bisect import bisect_left
from collections.abc import Mapping, Sequence

from helpers.proposing.happenings import Happening
from helpers.proposing.lexicon import WORDS, phrases
from helpers.proposing.page import Page
from helpers.proposing.saying_dates import DAY, UNDATED, Said
from helpers.proposing.utterances import Utterance

# Forms of a verb that tell of one act in the past.
ONCE = frozenset({"past", "li", "me", "ka", "ki"})
PERFECT = frozenset({"has", "have", "had"})


def carried(
    page: Page,
    said: Sequence[Utterance],
    own: Sequence[Said],
    happened: Mapping[int, Sequence[Happening]],
) -> list[Said]:
    """The date of each utterance: its own, or that of the occasion on which it was said.

    `happened`: what each sentence tells that happened.
    """
    found: list[Said] = []
    spoken: dict[str, Said] = {}
    gathered = UNDATED
    sentence = 0
    for one, date in zip(said, own, strict=True):
        while sentence <= one.sentence:
            gathered = _gathered(page, happened.get(sentence, ()), gathered)
            sentence += 1
        if not date.date_edtf and one.speaker.key and _is_of_one_time(page, one):
            date = spoken.get(one.speaker.key) or _before(one, happened) or gathered
            if date.date_edtf:
                date = date._replace(note=f"{_bare(date.note)}; the same speech goes on")
        if date.date_edtf:
            spoken[one.speaker.key] = date
        found.append(date)
    return _back(page, said, found)


def _bare(note: str) -> str:
    return note.removesuffix("; the same speech goes on")


def _gathered(page: Page, happened: Sequence[Happening], before: Said) -> Said:
    """The day of the last gathering that was told of."""
    for one in happened:
        words = set(page.words(page.token_at(one.start), page.token_at(one.end)))
        if DAY.match(one.date.date_edtf) and words & WORDS["gatherings"]:
            before = one.date
    return before


def _before(one: Utterance, happened: Mapping[int, Sequence[Happening]]) -> Said | None:
    """The date of what the speaker is told to have done right before."""
    for number in (one.sentence, one.sentence - 1):
        for event in happened.get(number, ()):
            if event.date.date_edtf and event.start < one.end:
                if one.speaker.actor and one.speaker.actor in event.participants:
                    return event.date
    return None


def _is_of_one_time(page: Page, one: Utterance) -> bool:
    """Whether an utterance may be of a time told before it."""
    if one.cue is None:
        return True
    if told_as_earlier(page, one) or one.cue.verb.form not in ONCE | {"ing", "phrase", "state"}:
        return False
    return not PERFECT.intersection(page.words(one.cue.first - 3, one.cue.first))


def _back(page: Page, said: Sequence[Utterance], dates: Sequence[Said]) -> list[Said]:
    """A date covers what its speaker says right before it, too, in the same speech."""
    found = list(dates)
    for number in range(len(said) - 2, -1, -1):
        one, behind = said[number], said[number + 1]
        near = one.speaker.key == behind.speaker.key and behind.sentence <= one.sentence + 1
        if near and not found[number].date_edtf and found[number + 1].date_edtf:
            if one.speaker.key and not told_as_earlier(page, one):
                if not told_as_earlier(page, behind):
                    note = f"{_bare(found[number + 1].note)}; the same speech goes on"
                    found[number] = found[number + 1]._replace(note=note)
    return found


def told_as_earlier(page: Page, one: Utterance) -> bool:
    """Whether an utterance tells of what was before that beside it: had earlier said."""
    told = page.sentences[one.sentence].told
    first = bisect_left(told, page.token_at(one.start))
    last = bisect_left(told, page.token_at(one.end))
    if one.cue and page.tokens[one.cue.first - 1].low in ("had", "previously", "earlier"):
        return True
    for at in told[first:last]:
        for phrase in phrases("earlier").get(page.tokens[at].low, ()):
            if page.starts_with(at, phrase):
                return True
    return False
