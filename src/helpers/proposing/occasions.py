"""Occasions: what a date covers: one speech, hearing or letter, and all that is said on it.

A date covers its passage and what the same speaker goes on to say. That of a sitting (a hearing, a
council) covers what anybody says behind it, that of another gathering (a rally, a funeral) what is
said to be said there. It covers nothing that is told as earlier, as still done (`says`), as done at
no time (`has said`), or on an occasion of its own (in a letter): tense alone gives no date.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from helpers.proposing.book import PERSON
from helpers.proposing.frames import Frame
from helpers.proposing.happenings import Happening
from helpers.proposing.lexicon import WORDS, phrases
from helpers.proposing.page import Page
from helpers.proposing.saying_dates import DAY, UNDATED, Said
from helpers.proposing.subjects import is_perfect
from helpers.proposing.utterances import Utterance

# Forms of a verb that tell of one act in the past.
ONCE = frozenset({"past", "li", "me", "ka", "ki", "ing", "phrase", "state"})
# Words by which somebody is at a gathering; so many words before it, behind `the` if it is known.
AT = frozenset("at before during in told addressed addressing attended of kwa katika mbele".split())
KNOWN = frozenset("the this that same hiyo huo huyo hilo".split())
NEAR, SUBJECT = 4, 6
# Behind a court, what is none itself: a court order, a court registry.
PAPERS = frozenset(
    "order orders ruling rulings registry battle papers documents decision judgment case".split()
)
# Words before a letter or an interview of which nothing was told; so many stand between.
NEW, OF_MEDIA = frozenset("a an his her its their in on via by".split()), 3
WRITES = frozenset("wrote tweeted posted emailed".split())
# What a frame covers stands so many sentences before it at most.
FRAMED = 2
GOES_ON = "; the same speech goes on"


@dataclass
class Occasions:
    """What was told up to here. `spoken`: of each speaker the date of what was said last;
    `sitting`, `gathering`: the dates of the last ones."""

    page: Page
    spoken: dict[str, Said] = field(default_factory=dict)
    sitting: Said = UNDATED
    gathering: Said = UNDATED

    def keep(self, tokens: Sequence[int], date: Said, subject: int = 0) -> None:
        """Keep the date of a clause, told by its tokens, where it is at a sitting or gathering, or
        that is its subject: among the first words, `subject` of them."""
        if not DAY.match(date.date_edtf) or _is_apart(self.page, tokens):
            return
        if _is_at(self.page, tokens, WORDS["sittings"], AT, subject):
            self.sitting = date
        else:
            self.keep_gathering(tokens, date, subject)

    def keep_gathering(self, tokens: Sequence[int], date: Said, subject: int = 0) -> None:
        """The same of a gathering alone: what goes on with a speech may name any committee."""
        is_there = _is_at(self.page, tokens, WORDS["gatherings"], AT, subject)
        if is_there and DAY.match(date.date_edtf):
            self.gathering = date
            if self.sitting.date_edtf != date.date_edtf:
                self.sitting = UNDATED

    def date_of(self, one: Utterance, before: Said) -> Said:
        """The date of an utterance without one of its own. `before`: of what was told before."""
        key, page = one.speaker.key, self.page
        tokens = _told(page, one)
        if one.cue and not _is_once(page, one):
            before_it = told_as_earlier(page, one) or is_perfect(page, one.cue.first)
            if key in self.spoken and not before_it:
                self.spoken[key] = UNDATED
            return UNDATED
        if _is_apart(page, tokens) or _is_writing(one):
            self.spoken[key] = UNDATED
        if key in self.spoken:
            return self.spoken[key]
        there = _is_at(page, tokens, WORDS["gatherings"], KNOWN)
        dates = (before, self.sitting, self.gathering if there else UNDATED)
        return next((date for date in dates if date.date_edtf), UNDATED)


def carried(
    page: Page,
    said: Sequence[Utterance],
    own: Sequence[Said],
    happened: Mapping[int, Sequence[Happening]],
    framed: Mapping[int, Frame],
) -> list[Said]:
    """The date of each utterance: its own, or that of the occasion on which it was said.

    `happened`: what each sentence tells that happened; `framed`: what tells when somebody spoke.
    """
    dates = _framed(said, own, framed)
    told = Occasions(page)
    found: list[Said] = []
    sentence = 0
    for number, (one, date) in enumerate(zip(said, dates, strict=True)):
        while sentence <= one.sentence:
            for event in happened.get(sentence, ()):
                tokens = range(page.token_at(event.start), page.token_at(event.end))
                told.keep(tokens, event.date, SUBJECT)
            if frame := framed.get(sentence):
                told.spoken.update(dict.fromkeys(frame.people, frame.date))
            sentence += 1
        if not date.date_edtf and one.speaker.key:
            date = _carried(said, number, found, told, happened)
            if date.date_edtf:
                date = date._replace(note=f"{date.note.removesuffix(GOES_ON)}{GOES_ON}")
                told.spoken[one.speaker.key] = date
                told.keep_gathering(_told(page, one), date)
        elif date.date_edtf:
            told.spoken[one.speaker.key] = date
            told.keep(_told(page, one), date)
        found.append(date)
    return _back(page, said, found)


def _carried(
    said: Sequence[Utterance],
    number: int,
    found: Sequence[Said],
    told: Occasions,
    happened: Mapping[int, Sequence[Happening]],
) -> Said:
    """The date of an utterance that has none of its own."""
    one = said[number]
    goes_on = number > 0 and _goes_on(said[number - 1], one)
    if one.cue is None and goes_on:
        return found[-1]
    date = told.date_of(one, _before(one, happened))
    return date if goes_on or DAY.match(date.date_edtf) else UNDATED


def _goes_on(before: Utterance, one: Utterance) -> bool:
    """Whether two utterances stand one behind the other and are of one speaker."""
    key = one.speaker.key
    return bool(key) and before.speaker.key == key and one.sentence <= before.sentence + 1


def _framed(
    said: Sequence[Utterance], own: Sequence[Said], framed: Mapping[int, Frame]
) -> list[Said]:
    """The dates, with those of the frames for what stands right before them."""
    dates = list(own)
    for sentence, frame in sorted(framed.items()):
        at = bisect_right(said, sentence, key=lambda one: one.sentence) - 1
        if at < 0 or said[at].sentence < sentence - FRAMED or dates[at].date_edtf:
            continue
        if not frame.people or said[at].speaker.actor in frame.people:
            dates[at] = frame.date
    return dates


def _before(one: Utterance, happened: Mapping[int, Sequence[Happening]]) -> Said:
    """The date of what the speaker is told to have done right before."""
    for event in happened.get(one.sentence - 1, ()):
        if DAY.match(event.date.date_edtf) and one.speaker.actor in event.participants:
            return event.date
    return UNDATED


def _told(page: Page, one: Utterance) -> Sequence[int]:
    """The tokens of an utterance that stand outside quotation marks."""
    told = page.sentences[one.sentence].told
    first, last = (bisect_left(told, page.token_at(place)) for place in (one.start, one.end))
    return told[first:last]


def _is_at(
    page: Page,
    tokens: Sequence[int],
    places: frozenset[str],
    before: frozenset[str],
    subject: int = 0,
) -> bool:
    """Whether a word of a gathering stands behind one of `before`, or among the first words."""
    for number, at in enumerate(tokens):
        if page.tokens[at].low in places and not PAPERS.intersection(page.words(at + 1, at + 2)):
            near = page.words(max(at - NEAR, tokens[0]), at)
            if number < subject or before.intersection(near):
                return True
    return False


def _is_apart(page: Page, tokens: Sequence[int]) -> bool:
    """Whether a clause tells of an occasion of its own: in a letter, on Twitter, wrote."""
    for at in tokens:
        low = page.tokens[at].low
        near = page.words(max(at - OF_MEDIA, tokens[0]), at) if low in WORDS["media"] else []
        if low in WRITES or (NEW.intersection(near) and "the" not in near):
            return True
    return False


def _is_writing(one: Utterance) -> bool:
    """Whether what somebody wrote speaks for its author: it stated."""
    subject = one.cue.subject if one.cue else None
    return subject is not None and subject.head == "it" and one.speaker.kind == PERSON


def _is_once(page: Page, one: Utterance) -> bool:
    """Whether an utterance is told as one act in the past: said, did not say."""
    first = one.cue.first if one.cue else 0
    if one.cue is None or told_as_earlier(page, one) or is_perfect(page, first):
        return False
    return one.cue.verb.form in ONCE or "did" in page.words(first - 3, first)


def _back(page: Page, said: Sequence[Utterance], dates: Sequence[Said]) -> list[Said]:
    """A date covers what its speaker says right before it, too, in the same speech."""
    found = list(dates)
    for number in range(len(said) - 2, -1, -1):
        one, behind = said[number], said[number + 1]
        if found[number].date_edtf or not DAY.match(found[number + 1].date_edtf):
            continue
        wrote = WRITES.intersection(page.tokens[at].low for at in _told(page, behind))
        if wrote or not _goes_on(one, behind):
            continue
        if not any(told_as_earlier(page, both) for both in (one, behind)):
            note = f"{found[number + 1].note.removesuffix(GOES_ON)}{GOES_ON}"
            found[number] = found[number + 1]._replace(note=note)
    return found


def told_as_earlier(page: Page, one: Utterance) -> bool:
    """Whether an utterance tells of what was before that beside it: had earlier said."""
    if one.cue and page.tokens[one.cue.first - 1].low in ("had", "previously", "earlier"):
        return True
    for at in _told(page, one):
        for phrase in phrases("earlier").get(page.tokens[at].low, ()):
            if page.starts_with(at, phrase):
                return True
    return False
