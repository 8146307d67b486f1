"""Cues: where a sentence says, in its own voice, that somebody said or did something with words.

A cue is a verb of saying or of taking a side, or a phrase such as `according to`, with the one who
is its subject. What is told between quotation marks is not looked at.
"""

import re
from collections.abc import Sequence

from helpers.proposing.according import NEAR, according, is_owned
from helpers.proposing.behind import subject_behind, through
from helpers.proposing.lexicon import WORDS, Verb, english_verbs, swahili_verbs, verbs_before
from helpers.proposing.page import Page
from helpers.proposing.reports import Cue, opening, says_something
from helpers.proposing.subjects import (
    WHO,
    Here,
    aside,
    before_verb,
    beginning,
    ending_at,
    is_behind_quotation,
    subject,
)

# So many words behind a passive verb, `by` is looked for; before `to`, a deed; before `opposing`,
# who leads others in it.
AGENT, PURPOSE, LEADS = 6, 10, 9
AUXILIARIES = frozenset({"has", "have", "had", "having", "did", "do", "does"})
# Participles that report without a comma before them.
REPORTING = WORDS["reporting"] | WORDS["wanting"]
# A side that is going to be taken; and who takes one with others: led residents in opposing.
WILL, WITH_OTHERS = frozenset("will ll shall".split()), frozenset("led joined".split())
# Behind many people, who leads them: students led by Jane Doe want.
LED_BY = ("led", "by")
# With such a word the name of a paper or station ends.
PRESS = frozenset("news tv radio fm times post daily star standard herald tribune press".split())
# What stands between a name and its verb: Jane Doe, 77, says.
APPOSED = re.compile(r",[^.;:“”\"]{1,80},\s*")


def cues(here: Here) -> list[Cue]:
    """The cues of a sentence in their order."""
    page = here.page
    found: list[Cue] = []
    past = -1
    english = english_verbs()
    for at in here.sentence.told:
        if at < past:
            continue
        low = page.tokens[at].low
        phrase = according(here, at)
        cue = Cue(at, *phrase, behind=True) if phrase else None
        if cue is None and low in english:
            cue = _of_verbs(here, at, _likely(page, at))
        if cue is None and here.swahili and (verbs := swahili_verbs(low)):
            cue = _of_verbs(here, at, verbs)
        if cue:
            found.append(cue)
            past = cue.last
    spoken = [cue for cue in found if not _is_of_media(here, cue)]
    return spoken or _introduced(here)


def _is_of_media(here: Here, cue: Cue) -> bool:
    """Whether it is a paper or station that reports: Coast News reported."""
    one = cue.subject
    return one is not None and one.kind == "name" and here.page.tokens[one.last - 1].low in PRESS


def _introduced(here: Here) -> list[Cue]:
    """Who is named before a colon and a quotation, where no verb says so: She was blunt: “…”"""
    for one in here.sentence.quotations:
        at = here.page.token_at(one.start)
        if here.page.text[here.sentence.start : one.start].rstrip().endswith(":"):
            if who := subject(here, at):
                return [Cue(at - 1, at, Verb(":", "say", "phrase"), who)]
    return []


def _likely(page: Page, at: int) -> list[Verb]:
    """The verbs that a word may begin, by the word behind it, a time or adverb between or not."""
    low, between = page.tokens[at].low, aside(page, at + 1)
    found = verbs_before(low, "".join(page.words(at + 1, at + 2)))
    if between:
        behind = "".join(page.words(at + 1 + between, at + 2 + between))
        found = [*(verb for verb in verbs_before(low, behind) if verb.rest), *found]
    return found


def _of_verbs(here: Here, at: int, verbs: Sequence[Verb]) -> Cue | None:
    page = here.page
    for verb in verbs:
        last = _end_of(page, at + 1, verb.rest)
        if last < 0 or last > here.sentence.last:
            continue
        cue = _swahili_cue(here, at, last, verb) if verb.swahili else _cue(here, at, last, verb)
        if cue and says_something(here, cue):
            return cue
    return None


def _end_of(page: Page, at: int, rest: Sequence[str]) -> int:
    """The token behind the words that belong to a verb, times and adverbs between; -1: not there.

    Stopped short yesterday of.
    """
    for word in rest:
        if page.words(at, at + 1) != [word]:
            at += aside(page, at)
            if page.words(at, at + 1) != [word]:
                return -1
        at += 1
    return at


def _cue(here: Here, at: int, last: int, verb: Verb) -> Cue | None:
    """An English verb as a cue, or None where it is a noun, an adjective, or not done."""
    page = here.page
    before, adverbs = before_verb(here, at)
    low = page.tokens[before].low if before >= here.sentence.first else ""
    denied = any(word in ("not", "t", "never") for word in adverbs)
    if low in WILL:
        return _will(here, before, last, verb, denied)
    if low in WORDS["not_done"]:
        return _behind_to(here, at, last, verb) if low == "to" else None
    if verb.form == "state":
        return _with_subject(here, at, last, verb, denied)
    if verb.form == "ing":
        return _participle(here, at, last, verb, low)
    if low in WORDS["be"] and verb.form in ("past", "participle"):
        return _passive(here, at, last, verb)
    if low in AUXILIARIES:
        return _with_subject(here, at, last, verb, denied)
    if low in WORDS["makes_noun"] and _is_before_noun(verb, adverbs):
        return None
    if _is_no_verb(here, at, before, verb):
        return None
    if verb.form == "past" and page.starts_with(last, ("by",)) and verb.does != "say":
        return _passive(here, at, last, verb)
    return _with_subject(here, at, last, verb, denied)


def _is_before_noun(verb: Verb, adverbs: Sequence[str]) -> bool:
    """Whether a form behind an article tells what a thing is: the hotly contested poll."""
    return not adverbs or (verb.form == "past" and all(one.endswith("ly") for one in adverbs))


def _is_no_verb(here: Here, at: int, before: int, verb: Verb) -> bool:
    """Whether a form is a noun or an adjective: the board's claims, claims by the board."""
    if is_owned(here.page, at) or verb.form == "participle":
        return True
    return verb.form in ("base", "s") and not _has_subject_before(here, before, verb.form)


def _will(here: Here, before: int, last: int, verb: Verb, denied: bool) -> Cue | None:
    """A side that somebody is going to take, by the article's own word: will oppose the plan."""
    words = here.page.words(here.sentence.first, before)
    if verb.does not in ("support", "reject") or WORDS["opens_saying"].intersection(words):
        return None
    return _with_subject(here, before, last, verb, denied)


def _behind_to(here: Here, at: int, last: int, verb: Verb) -> Cue | None:
    """What somebody goes on to do, is understood to do, or did something for: marched to ask."""
    page, to = here.page, before_verb(here, at)[0]
    words = page.words(to - 2, to)
    reported = len(words) == 2 and words[1] in WORDS["reported_as"] and words[0] in WORDS["be"]
    if reported or (words and words[-1] in WORDS["done_with"]):
        return _with_subject(here, to - 1 - reported, last, verb, False)
    if verb.form != "base" or verb.does in ("say", "claim", "question"):
        return None
    for deed in range(to - 1, max(to - PURPOSE, here.sentence.first), -1):
        if page.between(deed, deed + 1).strip():
            return None
        if page.tokens[deed].low in WORDS["purposes"]:
            did = verb._replace(form="past")
            return Cue(at, last, did, subject(here, deed), opens=opening(here, last))
    return None


def _has_subject_before(here: Here, before: int, form: str) -> bool:
    """Whether a mention ends right before: a form that may be a noun needs it, or a quotation."""
    page = here.page
    for one in ending_at(here, before + 1):
        many = one.head in WORDS["groups"] or one.head == "they" or one.head.endswith("s")
        many = many or page.words(one.first - 1, one.first) == ["and"]
        if form == "s" or many:
            return True
    if before >= 0 and page.tokens[before].low in WHO:
        return True
    far = subject(here, before + 1)
    if far and far.head in WORDS["groups"] and here.page.starts_with(far.last, LED_BY):
        return True
    if far and form == "s" and APPOSED.fullmatch(_between(page, far.last, before + 1)):
        return True
    if far and far.last < before and page.tokens[far.last].low in WHO:
        return form == "s" or far.head in WORDS["groups"]
    return form == "s" and is_behind_quotation(here, before + 1)


def _between(page: Page, last: int, at: int) -> str:
    """What stands between the end of a mention and a later token."""
    return page.text[page.tokens[last - 1].end : page.tokens[at].start]


def _participle(here: Here, at: int, last: int, verb: Verb, low: str) -> Cue | None:
    """`adding that`, `has been pushing for`; not `after rejecting`."""
    page = here.page
    if low in WORDS["be"]:
        return _with_subject(here, at, last, verb, False)
    if low == "in" and verb.does not in ("say", "claim", "question"):
        for led in range(at - 1, max(at - LEADS, here.sentence.first), -1):
            if page.tokens[led].low in WITH_OTHERS:
                return Cue(at, last, verb, subject(here, led), opens=opening(here, last))
    if low in WORDS["governs"] or low in WORDS["makes_noun"]:
        return None
    comma = at > 0 and "," in page.between(at - 1, at)
    starts = here.sentence.told and here.sentence.told[0] == at
    if comma or starts or low in ("while", "when") or page.tokens[at].low in REPORTING:
        return _with_subject(here, at, last, verb, False)._replace(bound=True)
    return None


def _passive(here: Here, at: int, last: int, verb: Verb) -> Cue | None:
    """A passive verb, by the one who is named behind `by`."""
    words = here.page.words(last, min(last + AGENT, here.sentence.last))
    if "by" not in words or (at == here.sentence.first and verb.base == "ask"):
        return None
    by = last + words.index("by")
    agent = beginning(here, by + 1, by + NEAR)
    return Cue(at, last, verb, agent, behind=True, opens=opening(here, last)) if agent else None


def _with_subject(here: Here, at: int, last: int, verb: Verb, denied: bool) -> Cue:
    opens = opening(here, last)
    if one := subject_behind(here, at, last, verb):
        return Cue(at, last, verb, one, denied, behind=True, opens=opens)
    return Cue(at, last, verb, through(here, subject(here, at), at), denied, opens=opens)


def _swahili_cue(here: Here, at: int, last: int, verb: Verb) -> Cue | None:
    """A Swahili verb as a cue: its subject stands before it, behind it, or in the verb alone."""
    if verb.form == "ta":
        return None
    opens = opening(here, last)
    if verb.form == "passive":
        by = here.page.words(last, last + 1) == ["na"]
        agent = beginning(here, last + 1, last + 2) if by else None
        return Cue(at, last, verb, agent, behind=True, opens=opens) if agent else None
    behind = beginning(here, last, last + 1)
    if is_behind_quotation(here, at) and behind:
        return Cue(at, last, verb, behind, verb.form == "denied", behind=True, opens=opens)
    before = subject(here, at)
    if before is None and behind and opens < 0 and not verb.to_whom:
        before = behind
    if verb.form == "now" and before is None:
        return None
    return Cue(at, last, verb, before, verb.form == "denied", verb.form == "ki", opens=opens)
