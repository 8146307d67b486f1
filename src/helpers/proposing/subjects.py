"""Subjects: who does what a verb says, by the words before it or, behind a quotation, behind it.

A mention is no subject where a preposition or another verb governs it.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from typing import NamedTuple

from helpers.proposing.lexicon import WORDS, english_verbs
from helpers.proposing.mentions import DAYS_LOW, Mention
from helpers.proposing.names import TITLES
from helpers.proposing.page import Page, Sentence

ADVERB = re.compile(
    r"\w+ly|also|now|still|again|then|further|however|later|earlier|even|not|t|never"
    r"|already|once|long|always|very|more|today|yesterday|pia|tena|sasa|previously|repeatedly"
)
DATED = re.compile(
    rf"\d{{1,2}} (?:{'|'.join(sorted(DAYS_LOW))})|(?:{'|'.join(sorted(DAYS_LOW))}) \d{{1,2}}"
)
WHO = frozenset({"who", "which", "ambaye", "ambao"})
# So many words behind a description its name begins; so many before an author, `from` stands.
NAMED, FROM = 5, 2
PERFECT = frozenset({"has", "have", "had"})
# So many mentions before a verb are looked at.
REACH = 12
# Words of a noun phrase before a name: the party leader Jane Doe.
OF_A_NAME = TITLES | WORDS["persons"] | WORDS["bodies"] | WORDS["determiners"]
BLANK = (" ", ". ")
# Words before which a clause begins with its subject: after the board ordered.
BEGINS = frozenset({"after", "before", "since", "until", "despite"})


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


def looked_at(page: Page, mentions: Sequence[Mention], swahili: bool) -> list[Here]:
    """Every sentence of a page as it is looked at, with the mentions that stand in it."""
    found, first = [], 0
    for sentence in page.sentences:
        while first < len(mentions) and mentions[first].first < sentence.first:
            first += 1
        last = first
        while last < len(mentions) and mentions[last].first < sentence.last:
            last += 1
        ends = [one.end for one in sentence.quotations]
        own, told = mentions[first:last], frozenset(sentence.told)
        found.append(Here(page, sentence, own, swahili, told, ends))
    return found


def subject(here: Here, at: int, quoted: bool = False) -> Mention | None:
    """Who does what a verb says: the nearest mention before it that nothing governs.

    `quoted`: the verb stands in a quotation, and so may its subject.
    """
    page, mentions, sentence = here.page, here.mentions, here.sentence
    if one := _antecedent(here, at, quoted):
        return one
    until = bisect_left(mentions, at, key=lambda one: one.first)
    first, joined = None, _is_joined(here, at)
    for number in range(until - 1, max(until - 1 - REACH, -1), -1):
        one = mentions[number]
        if one.first < sentence.first:
            break
        if one.last > at or _is_quoted(here, one) != quoted or _in_brackets(page, one):
            continue
        governed = is_governed(here, one, sentence.first)
        if joined:
            first = first if governed else one
        elif not governed or _is_clause_subject(here, one, at):
            return _leader(here, _renamed(here, number))
        else:
            first = one
    if joined:
        return first
    if author := _author(here, first):
        return author
    if first and first.first <= sentence.first + 1 and page.tokens[first.first].low != "it":
        return first
    return None


def _author(here: Here, first: Mention | None) -> Mention | None:
    """Whose letter or statement it is, where one is what says something: a letter from Okello."""
    if first is None:
        return None
    words = here.page.words(here.sentence.first, first.first)
    if not WORDS["last_one"].intersection(words):
        return None
    behind = [one for one in here.mentions if one.first >= first.first]
    return next((one for one in behind if _is_from(here, one)), None)


def _is_from(here: Here, one: Mention) -> bool:
    """Whether `from` or `by` stands before a mention, a few words of its own between."""
    words = here.page.words(one.first - FROM, one.first)
    return any(word in ("from", "by") for word in words)


def _antecedent(here: Here, at: int, quoted: bool) -> Mention | None:
    """Whom `who` right before a verb means, whatever governs it: a plea by Okello, who said.

    Of `Okello of the Union, who said` it is Okello.
    """
    who, _ = before_verb(here, at)
    if who <= here.sentence.first or here.page.tokens[who].low not in ("who", "ambaye", "ambao"):
        return None
    ended = [one for one in ending_at(here, who) if _is_quoted(here, one) == quoted]
    for one in ended:
        of = one.first - 1 - (here.page.tokens[one.first - 1].low == "the")
        if here.page.tokens[of].low in ("of", "from") and (person := ending_at(here, of)):
            return person[0]
    return ended[0] if ended else None


def _in_brackets(page: Page, one: Mention) -> bool:
    """Whether a mention only stands in brackets: the initials of the name before it."""
    return page.text[page.tokens[one.first].start - 1] == "(" and one.first > 0


def _is_joined(here: Here, at: int) -> bool:
    """Whether a verb is the second of one subject: he came and said."""
    before, _ = before_verb(here, at)
    return before > here.sentence.first and here.page.tokens[before].low in ("and", "but")


def _is_clause_subject(here: Here, one: Mention, at: int) -> bool:
    """Whether a clause begins before a mention right before its verb: after the board ordered."""
    first = one.first - 1
    while first > here.sentence.first and _is_of_a_name(here, first):
        first -= 1
    begins = first >= here.sentence.first and here.page.tokens[first].low in BEGINS
    return begins and before_verb(here, at)[0] + 1 == one.last


def _renamed(here: Here, number: int) -> Mention:
    """The name of which a description is only said: Jane Doe, the minister, said."""
    one = here.mentions[number]
    for other in reversed(here.mentions[max(number - 3, 0) : number]):
        if one.kind != "described" or other.first < here.sentence.first:
            break
        if other.kind in ("actor", "name") and other.last <= one.first:
            if here.page.between(other.last - 1, other.last) == ", " and (
                one.first == other.last and here.page.between(one.first - 1, one.first) == ", "
            ):
                return other
    return one


def _leader(here: Here, one: Mention) -> Mention:
    """Of those whom somebody has with him that one: Okello and his men said."""
    words = here.page.words(one.first - 1, one.first + 1)
    if len(words) == 2 and words[0] == "and" and words[1] in ("his", "her"):
        led = [other for other in ending_at(here, one.first - 1) if other.kind in ("actor", "name")]
        return led[0] if led else one
    return one


def _is_quoted(here: Here, one: Mention) -> bool:
    return one.first not in here.told


def _is_of_a_name(here: Here, at: int) -> bool:
    """Whether a word before a name belongs to it: a title, an office, a capital."""
    token = here.page.tokens[at]
    if token.low in OF_A_NAME:
        return True
    return token.capital and at > here.sentence.first and token.low not in DAYS_LOW


def _before_name(here: Here, one: Mention, low_limit: int) -> int:
    """The token before a mention and all that belongs to its name: the title, the party that she
    leads; one before `low_limit` where another name stands there that takes its place."""
    page, at = here.page, one.first - 1
    while at >= low_limit and page.between(at, at + 1) in BLANK and _is_of_a_name(here, at):
        ended = ending_at(here, at + 1)
        actors = [other for other in ended if other.kind == "actor"]
        if at < one.first - 1:
            at = min((other.first for other in actors), default=at)
        elif ended and ((actors and one.kind == "actor") or page.tokens[at].low not in OF_A_NAME):
            return low_limit - 1
        at -= 1
    return at


def is_begun_by(here: Here, one: Mention) -> bool:
    """Whether a clause begins with a mention: nothing stands before it, a comma does, or both."""
    at = _before_name(here, one, here.sentence.first)
    if at < here.sentence.first:
        return True
    low = here.page.tokens[at].low
    parted = re.search(r"[,;:—–]", here.page.between(at, at + 1)) is not None
    return parted or low == "both" or low in WORDS["opens_clause"] | WORDS["opens_saying"]


def is_governed(here: Here, one: Mention, low_limit: int, joined: int = 3) -> bool:
    """Whether a mention is an object: a preposition or another verb stands before it.

    `joined`: of so many more that are joined by `and` the first is asked.
    """
    page, at = here.page, _before_name(here, one, low_limit)
    if at < low_limit or at < here.sentence.first:
        return False
    between, low = page.between(at, at + 1), page.tokens[at].low
    if re.search(r"[,;:—–(]", between) or '"' in between or "”" in between:
        return False
    if low == "and":
        ended = ending_at(here, at) if joined else []
        return any(is_governed(here, other, low_limit, joined - 1) for other in ended)
    if low in WORDS["opens_clause"] and low not in WORDS["governs"]:
        return False
    if low == "of" and at > here.sentence.first and page.tokens[at - 1].low in WORDS["quantities"]:
        return False
    if low in WORDS["governs"] or (at > 0 and page.tokens[at - 1].low in WHO):
        return True
    return low not in WORDS["opens_saying"] and _is_verb(low)


def _is_verb(low: str) -> bool:
    return low in english_verbs() or (len(low) > 4 and low.endswith(("ing", "ed")))


def before_verb(here: Here, at: int) -> tuple[int, list[str]]:
    """The token before a verb, adverbs aside, and the adverbs."""
    adverbs, before = [], at - 1
    while before >= here.sentence.first and ADVERB.fullmatch(here.page.tokens[before].low):
        adverbs.append(here.page.tokens[before].low)
        before -= 1
    return before, adverbs


def is_perfect(page: Page, at: int) -> bool:
    """Whether a verb tells what was done at no time: has said, had long said."""
    return bool(PERFECT.intersection(page.words(at - 3, at)))


def ending_at(here: Here, last: int) -> list[Mention]:
    at = bisect_left(here.mentions, last, key=lambda one: one.first)
    return [one for one in here.mentions[max(at - 3, 0) : at] if one.last == last]


def beginning(here: Here, first: int, last: int) -> Mention | None:
    """The first mention that begins among some tokens; of a title and a name it is the name."""
    at = bisect_left(here.mentions, first, key=lambda one: one.first)
    for one in here.mentions[at : at + 1]:
        if one.first <= last and one.first < here.sentence.last:
            return one
    return None


def named_behind(here: Here, one: Mention) -> Mention:
    """The name behind a description, if one is there: the party's lawyer, Jane Doe."""
    if one.kind != "described":
        return one
    behind = [other for other in here.mentions if one.last <= other.first <= one.last + NAMED]
    for other in behind:
        comma = here.page.between(other.first - 1, other.first) == ", "
        if comma and other.kind in ("actor", "name") and not _is_quoted(here, other):
            between = here.page.text[
                here.page.tokens[one.last - 1].end : here.page.tokens[other.first].start - 2
            ]
            return other if not re.search(r"[,.;:]", between) else one
    return one


def is_behind_quotation(here: Here, at: int) -> bool:
    """Whether a verb stands right behind a quotation: “…,” said she."""
    start = here.page.tokens[at].start
    at = bisect_right(here.ends, start) - 1
    return at >= 0 and bool(re.fullmatch(r"[\s,;–—-]{0,4}", here.page.text[here.ends[at] : start]))


def aside(page: Page, at: int) -> int:
    """How many words of time or manner stand within a verb: called on Monday for."""
    words = page.words(at, at + 3)
    if words[:1] == ["on"] and DATED.fullmatch(" ".join(words[1:])):
        return 3
    first = 1 if words[:1] and words[0] in ("on", "last", "late", "this") else 0
    if words[first : first + 1] and words[first] in DAYS_LOW:
        return first + 1
    return 1 if words and ADVERB.fullmatch(words[0]) and words[0] not in ("not", "t") else 0
