"""Reports: whether a verb of saying reports something, or what somebody holds of it."""

from typing import NamedTuple

from helpers.proposing.lexicon import WORDS, Verb
from helpers.proposing.mentions import Mention
from helpers.proposing.subjects import Here, beginning

# So many words behind a verb, what opens what is said is looked for; what is wished; and the verb
# of what is believed.
OPENS, WISH, BELIEVED = 6, 9, 10
# What is judged stands so many code points behind the verb at most.
JUDGED, QUOTED = 60, '"“\u2018'
OBJECTS = frozenset({"it", "him", "her", "them", "this", "that", "these", "those"})
COMMENT = (["comment"], ["comments"])
# Whose deeds are words: a court suspends, a judge grants.
COURTS = frozenset(
    "court courts judge judges justice magistrate tribunal bench mahakama jaji hakimu".split()
)


class Cue(NamedTuple):
    """That somebody says: the verb and its tokens (the last exclusive), its subject, or None.

    `denied`: the verb is (`did not agree`). `bound`: a participle that says nothing of its own
    subject (`adding that`). `behind`: the subject stands behind the verb. `opens`: the token with
    which what is said begins (`that`), or -1.
    """

    first: int
    last: int
    verb: Verb
    subject: Mention | None
    denied: bool = False
    bound: bool = False
    behind: bool = False
    opens: int = -1


def opening(here: Here, last: int) -> int:
    """The token right behind a verb, or two behind, with which what is said begins; -1: none."""
    for at in range(last, min(last + OPENS, here.sentence.last)):
        if here.page.tokens[at].low in WORDS["opens_saying"]:
            return at
    return -1


def _is_near(here: Here, cue: Cue) -> bool:
    """Whether what is said begins near: that, or of a wish or an order, to."""
    words = here.page.words(cue.last, min(cue.last + WISH, here.sentence.last))
    to = words[:1] == ["to"] or (cue.verb.does == "ask" and "to" in words)
    return cue.opens >= 0 or (to and cue.verb.base != "decide")


def _judges(here: Here, cue: Cue) -> bool:
    """Whether a verb says what somebody holds of something: called it “madness”, or unlawful."""
    page, end = here.page, here.page.tokens[cue.last - 1].end
    words = page.words(cue.last, min(cue.last + WISH, here.sentence.last))
    behind = page.text[end : min(end + JUDGED, here.sentence.end)]
    judged = cue.verb.base == "call" and words[:1] and words[0] in OBJECTS
    judged = judged or bool(WORDS["judgements"].intersection(words))
    return "as" in words or bool(judged) or any(mark in behind for mark in QUOTED)


def says_something(here: Here, cue: Cue) -> bool:
    """Whether something is said: not `declined to comment`, nor `read the letter`."""
    page = here.page
    if page.tokens[cue.last : cue.last + 2] and page.tokens[cue.last].low == "to":
        mute = WORDS["mute"] | (WORDS["declined"] if cue.verb.base == "decline" else set())
        if page.tokens[min(cue.last + 1, len(page.tokens) - 1)].low in mute:
            return False
    if page.words(cue.last, cue.last + 1) in COMMENT:
        return False
    if cue.denied and cue.verb.does in ("say", "question"):
        return False
    if cue.verb.base in WORDS["court_acts"]:
        one = cue.subject
        return one is not None and bool(COURTS.intersection(page.words(one.first - 1, one.last)))
    if cue.verb.base in WORDS["judges"]:
        return _judges(here, cue)
    if cue.verb.base in WORDS["needs_that"] and not cue.verb.swahili:
        near = _is_near(here, cue) or bool(here.sentence.quotations) or cue.bound
        return near or _is_believed(here, cue)
    return True


def _is_believed(here: Here, cue: Cue) -> bool:
    """Whether a clause stands behind a verb without `that`: believes the ban is lawful."""
    if cue.verb.base not in WORDS["may_lack_that"]:
        return False
    words = here.page.words(cue.last, min(cue.last + BELIEVED, here.sentence.last))
    is_subject = beginning(here, cue.last, cue.last + 1) or words[:1] in (["the"], ["there"])
    return bool(is_subject) and bool(WORDS["finite"].intersection(words))
