"""Cues: where a sentence says, in its own voice, that somebody said or did something with words.

A cue is a verb of saying or of taking a side, or a phrase such as `according to`, with the one who
is its subject. What is told between quotation marks is not looked at.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from typing import NamedTuple

from helpers.proposing.lexicon import WORDS, Verb, english_verbs, phrases, swahili_verbs
from helpers.proposing.mentions import DAYS_LOW, Mention
from helpers.proposing.names import TITLES
from helpers.proposing.page import Page, Sentence

ADVERB = re.compile(
    r"\w+ly|also|now|still|again|then|further|however|later|earlier|even|not|t|never"
    r"|already|once|long|today|yesterday|pia|tena|sasa|previously|repeatedly"
)
AUXILIARIES = frozenset("has have had having been did do does".split())
AGENT = 6  # so many words behind a passive verb, `by` is looked for
NEAR = 4  # so many words behind an inverted verb its subject begins
REACH = 12  # so many mentions before a verb are looked at
MUTE = frozenset({"comment", "speak", "respond", "answer"})
SAYING_ING = frozenset(
    "confirming denying rejecting declaring announcing promising insisting saying adding arguing claiming insisting alleging noting stating warning"
    " maintaining explaining demanding asking urging calling accusing".split()
)
THROUGH = frozenset({"through", "kupitia"})
WHO = frozenset({"who", "which", "ambaye", "ambao"})


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


class Here(NamedTuple):
    """A sentence with the mentions of its page, and whether Swahili is looked for.

    `told`: the tokens outside quotations. `ends`: where its quotations end.
    """

    page: Page
    sentence: Sentence
    mentions: Sequence[Mention]
    swahili: bool
    told: frozenset[int]
    ends: list[int]


def here(page: Page, sentence: Sentence, mentions: Sequence[Mention], swahili: bool) -> Here:
    """A sentence as it is looked at."""
    ends = [one.end for one in sentence.quotations]
    return Here(page, sentence, mentions, swahili, frozenset(sentence.told), ends)


def cues(here: Here) -> list[Cue]:
    """The cues of a sentence in their order."""
    page = here.page
    found: list[Cue] = []
    past = -1
    for at in here.sentence.told:
        if at < past:
            continue
        low = page.tokens[at].low
        cue = _according(here, at) or _of_verbs(here, at, english_verbs().get(low, ()))
        if cue is None and here.swahili:
            cue = _of_verbs(here, at, swahili_verbs(low))
        if cue:
            found.append(cue)
            past = cue.last
    return found


def _of_verbs(here: Here, at: int, verbs: Sequence[Verb]) -> Cue | None:
    page, sentence = here.page, here.sentence
    for verb in verbs:
        last = at + 1 + len(verb.rest)
        if last > sentence.last or not page.starts_with(at + 1, verb.rest):
            continue
        cue = _swahili_cue(here, at, last, verb) if verb.swahili else _cue(here, at, last, verb)
        if cue and _says_something(here, cue):
            return cue
    return None


# ---- verbs


def _cue(here: Here, at: int, last: int, verb: Verb) -> Cue | None:
    """An English verb as a cue, or None where it is a noun, an adjective, or not done."""
    page = here.page
    before, adverbs = _before(here, at)
    low = page.tokens[before].low if before >= here.sentence.first else ""
    denied = any(word in ("not", "t", "never") for word in adverbs)
    if low in WORDS["not_done"] or low == "let":
        return None
    if verb.form == "state":
        return _with_subject(here, at, last, verb, denied)
    if verb.form == "ing":
        return _participle(here, at, last, verb, low)
    if low in WORDS["be"] and verb.form in ("past", "participle"):
        return _passive(here, at, last, verb)
    if low in AUXILIARIES:
        return _with_subject(here, at, last, verb, denied)
    if low in WORDS["makes_noun"] and not adverbs or _owned(page, at):
        return None
    if verb.form in ("base", "s") and not _has_subject_before(here, before, verb.form):
        return None
    if verb.form == "participle":
        return None
    if verb.form == "past" and page.starts_with(last, ("by",)) and verb.does != "say":
        return _passive(here, at, last, verb)
    return _with_subject(here, at, last, verb, denied)


def _before(here: Here, at: int) -> tuple[int, list[str]]:
    """The token before a verb, adverbs aside, and the adverbs."""
    adverbs, before = [], at - 1
    while before >= here.sentence.first and ADVERB.fullmatch(here.page.tokens[before].low):
        adverbs.append(here.page.tokens[before].low)
        before -= 1
    return before, adverbs


def _owned(page: Page, at: int) -> bool:
    """Whether a word belongs to somebody: the allies' claims."""
    return (
        at > 0
        and bool(
            re.search(
                r"[’']s?\s$", page.text[max(page.tokens[at].start - 3, 0) : page.tokens[at].start]
            )
        )
        and (page.tokens[at - 1].low == "s" or page.between(at - 1, at).strip() in ("'", "’"))
    )


def _has_subject_before(here: Here, before: int, form: str) -> bool:
    """Whether a mention ends right before: a form that may be a noun needs it, or a quotation."""
    page = here.page
    for one in _ending_at(here, before + 1):
        many = one.head in WORDS["groups"] or one.head == "they" or one.head.endswith("s")
        if form == "s" or many:
            return True
    if before >= 0 and page.tokens[before].low in WHO:
        return True
    return form == "s" and _behind_quotation(here, before + 1)


def _ending_at(here: Here, last: int) -> list[Mention]:
    at = bisect_left(here.mentions, last, key=lambda one: one.first)
    return [one for one in here.mentions[max(at - 3, 0) : at] if one.last == last]


def _participle(here: Here, at: int, last: int, verb: Verb, low: str) -> Cue | None:
    """`adding that`, `has been pushing for`; not `after rejecting`."""
    page = here.page
    if low in WORDS["be"]:
        return _with_subject(here, at, last, verb, False)
    if low in WORDS["governs"] or low in WORDS["makes_noun"]:
        return None
    comma = at > 0 and "," in page.between(at - 1, at)
    starts = here.sentence.told and here.sentence.told[0] == at
    if comma or starts or low in ("while", "when") or page.tokens[at].low in SAYING_ING:
        return _with_subject(here, at, last, verb, False)._replace(bound=True)
    return None


def _passive(here: Here, at: int, last: int, verb: Verb) -> Cue | None:
    """A passive verb, by the one who is named behind `by`."""
    words = here.page.words(last, min(last + AGENT, here.sentence.last))
    if "by" not in words:
        return None
    by = last + words.index("by")
    agent = _beginning(here, by + 1, by + NEAR)
    return Cue(at, last, verb, agent, behind=True, opens=_opens(here, last)) if agent else None


def _beginning(here: Here, first: int, last: int) -> Mention | None:
    """The first mention that begins among some tokens; of a title and a name it is the name."""
    at = bisect_left(here.mentions, first, key=lambda one: one.first)
    for one in here.mentions[at : at + 1]:
        if one.first <= last and one.first < here.sentence.last:
            return one
    return None


def _with_subject(here: Here, at: int, last: int, verb: Verb, denied: bool) -> Cue:
    opens = _opens(here, last)
    if _behind_quotation(here, at) and (one := _beginning(here, last, last + NEAR)):
        if not is_governed(here, one, last):
            return Cue(at, last, verb, one, denied, behind=True, opens=opens)
    return Cue(at, last, verb, _through(here, subject(here, at), at), denied, opens=opens)


def _through(here: Here, one: Mention | None, at: int) -> Mention | None:
    """Those through whom somebody speaks: the board through its lawyers said."""
    if one is None:
        return None
    page = here.page
    if one.last < at and page.tokens[one.last].low in THROUGH:
        other = _beginning(here, one.last + 1, one.last + 2)
    elif one.kind == "pronoun" and page.tokens[here.sentence.first].low in THROUGH:
        other = _beginning(here, here.sentence.first + 1, here.sentence.first + 2)
    else:
        return one
    return other._replace(of=other.of or one.actor) if other else one


def _behind_quotation(here: Here, at: int) -> bool:
    """Whether a verb stands right behind a quotation: “…,” said she."""
    start = here.page.tokens[at].start
    at = bisect_right(here.ends, start) - 1
    return at >= 0 and bool(re.fullmatch(r"[\s,;–—-]{0,4}", here.page.text[here.ends[at] : start]))


def _opens(here: Here, last: int) -> int:
    """The token right behind a verb, or two behind, with which what is said begins; -1: none."""
    for at in range(last, min(last + 6, here.sentence.last)):
        if here.page.tokens[at].low in WORDS["opens_saying"]:
            return at
    return -1


def _is_near(here: Here, cue: Cue) -> bool:
    """Whether what is said begins near: that, or of a wish or an order, to."""
    words = here.page.words(cue.last, min(cue.last + 9, here.sentence.last))
    return cue.opens >= 0 or cue.verb.does == "ask" and "to" in words or words[:1] == ["to"]


def _says_something(here: Here, cue: Cue) -> bool:
    """Whether something is said: not `declined to comment`, nor `read the letter`."""
    page = here.page
    if page.tokens[cue.last : cue.last + 2] and page.tokens[cue.last].low == "to":
        if page.tokens[min(cue.last + 1, len(page.tokens) - 1)].low in MUTE:
            return False
    if cue.denied and cue.verb.does in ("say", "question"):
        return False
    if cue.verb.base in WORDS["needs_that"] and not cue.verb.swahili:
        return _is_near(here, cue) or bool(here.sentence.quotations) or cue.bound
    return True


# ---- subjects


def subject(here: Here, at: int, quoted: bool = False) -> Mention | None:
    """Who does what a verb says: the nearest mention before it that nothing governs.

    `quoted`: the verb stands in a quotation, and so may its subject.
    """
    page, mentions, sentence = here.page, here.mentions, here.sentence
    until = bisect_left(mentions, at, key=lambda one: one.first)
    first = None
    for number in range(until - 1, max(until - 1 - REACH, -1), -1):
        one = mentions[number]
        if one.first < sentence.first:
            break
        if one.last > at or _is_quoted(here, one) != quoted or _in_brackets(page, one):
            continue
        if _is_joined(here, at):
            first = one if not is_governed(here, one, sentence.first) else first
            continue
        if not is_governed(here, one, sentence.first) or _is_clause_subject(here, one, at):
            return _renamed(here, number)
        first = one
    if first and first.first <= sentence.first + 1 and page.tokens[first.first].low != "it":
        return first
    return None


def _in_brackets(page: Page, one: Mention) -> bool:
    """Whether a mention only stands in brackets: the initials of the name before it."""
    return page.text[page.tokens[one.first].start - 1] == "(" and one.first > 0


def _is_joined(here: Here, at: int) -> bool:
    """Whether a verb is the second of one subject: he came and said."""
    before, _ = _before(here, at)
    return before > here.sentence.first and here.page.tokens[before].low in ("and", "but")


def _is_clause_subject(here: Here, one: Mention, at: int) -> bool:
    """Whether a clause begins before a mention right before its verb: after the court ordered."""
    before, low = _before(here, at)[0], here.page.tokens[max(one.first - 1, 0)].low
    while low in WORDS["determiners"] and one.first > 1:
        low = here.page.tokens[one.first - 2].low
        break
    return before + 1 == one.last and low in ("after", "before", "since", "until", "despite")


def _renamed(here: Here, number: int) -> Mention:
    """The name of which a description is only said: Jane Doe, the minister, said."""
    one = here.mentions[number]
    for other in reversed(here.mentions[max(number - 3, 0) : number]):
        if one.kind != "described" or other.first < here.sentence.first:
            break
        if other.kind in ("actor", "name") and other.last <= one.first:
            if here.page.text[here.page.tokens[other.last - 1].end :][:2] == ", " and (
                one.first == other.last and here.page.between(one.first - 1, one.first) == ", "
            ):
                return other
    return one


def _is_quoted(here: Here, one: Mention) -> bool:
    return one.first not in here.told


def is_governed(here: Here, one: Mention, low_limit: int, joined: int = 3) -> bool:
    """Whether a mention is an object: a preposition or another verb stands before it.

    `joined`: of so many more that are joined by `and` the first is asked.
    """
    page, at = here.page, one.first - 1
    while (
        at >= low_limit
        and page.between(at, at + 1) in (" ", ". ")
        and (
            page.tokens[at].low in TITLES
            or page.tokens[at].low in WORDS["persons"]
            or page.tokens[at].low in WORDS["bodies"]
            or page.tokens[at].low in WORDS["determiners"] - {"that"}
            or page.tokens[at].capital
            and at > here.sentence.first
            and page.tokens[at].low not in DAYS_LOW
        )
    ):
        at -= 1
    if at < low_limit or at < here.sentence.first:
        return False
    between, low = page.between(at, at + 1), page.tokens[at].low
    if re.search(r"[,;:—–(]", between) or '"' in between or "”" in between:
        return False
    if low == "and":
        ended = _ending_at(here, at) if joined else []
        return any(is_governed(here, other, low_limit, joined - 1) for other in ended)
    if low in WORDS["opens_clause"] and low not in WORDS["governs"]:
        return False
    if low in WORDS["governs"] or at > 0 and page.tokens[at - 1].low in WHO:
        return True
    return low not in WORDS["opens_saying"] and _is_verb(low)


def _is_verb(low: str) -> bool:
    return low in english_verbs() or len(low) > 4 and low.endswith(("ing", "ed"))


# ---- Swahili and phrases


def _swahili_cue(here: Here, at: int, last: int, verb: Verb) -> Cue | None:
    """A Swahili verb as a cue: its subject stands before it, behind it, or in the verb alone."""
    if verb.form == "ta":
        return None
    opens = _opens(here, last)
    behind = _beginning(here, last, last + 1)
    if _behind_quotation(here, at) and behind:
        return Cue(at, last, verb, behind, verb.form == "denied", behind=True, opens=opens)
    before = subject(here, at)
    if before is None and behind and opens < 0:
        before = behind
    if verb.form == "now" and before is None:
        return None
    return Cue(at, last, verb, before, verb.form == "denied", verb.form == "ki", opens=opens)


def _according(here: Here, at: int) -> Cue | None:
    """`according to X`, `kwa mujibu wa X`."""
    page, low = here.page, here.page.tokens[at].low
    for name in ("according", "swahili_according"):
        for phrase in phrases(name).get(low, ()):
            last = at + len(phrase)
            if page.starts_with(at, phrase):
                verb = Verb(
                    " ".join(phrase), "say", "phrase", phrase[1:], swahili=name != "according"
                )
                one = _beginning(here, last, last + NEAR)
                if one:
                    return Cue(at, last, verb, one, behind=True)
                if page.words(last, last + 1) == ["them"]:
                    return Cue(at, last, verb, Mention(last, last + 1, "pronoun", head="they"))
                if page.words(last, last + 1)[:1] and page.words(last, last + 1)[0] in (
                    "him",
                    "her",
                ):
                    return Cue(at, last, verb, Mention(last, last + 1, "pronoun", head="he"))
    return None
