"""Mentions: everybody whom a page names, describes (`the minister`) or means by a pronoun.

Each is told with its tokens, so that what governs it and what it governs can be asked. Who is meant
by a description or a pronoun is `speakers`' business.
"""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from helpers.dates.lexicon import WORDS as DAY_WORDS
from helpers.proposing.lexicon import LEXICON, WORDS, english_verbs, happenings, office
from helpers.proposing.names import TITLES, Named
from helpers.proposing.page import Page

# How many words a description has before its head at most, the article included.
BEFORE_HEAD = 5
# A name that is spelled out before its initials has so many words at most, some of them small.
SPELLED, JOINS = 9, frozenset({"of", "and", "for", "the", "ya", "wa", "la", "na"})
INSIDE = re.compile(r"[ \u00a0]?[('’\u2019-]?|[ \u00a0]|\) |[’']s? ?|, ")
BLANK = re.compile(r"[ \u00a0]|\. ")
POSSESSIVE = re.compile(r"[’']")
DAYS = frozenset(
    word
    for name in ("month", "monthabbr", "weekday", "weekdayabbr", "mwezi", "siku")
    for word in DAY_WORDS[name]
)
DAYS_LOW = frozenset(word.lower() for word in DAYS)
NO_NAME = (
    DAYS_LOW
    | WORDS["determiners"]
    | WORDS["governs"]
    | WORDS["opens_clause"]
    | WORDS["carries_on"]
    | WORDS["not_done"]
    | WORDS["be"]
    | WORDS["opens_saying"]
    | frozenset(LEXICON["pronouns"])
    | {
        "i",
        "we",
        "you",
        "there",
        "despite",
        "meanwhile",
        "speaking",
        "earlier",
        "then",
        "here",
        "not",
        "no",
        "yes",
        "who",
        "what",
        "why",
        "according",
        "instead",
        "still",
        "once",
    }
)
# Words before a statement that was told of.
THE = WORDS["determiners"] - {"a", "an", "another"}
RELATIVE = frozenset({"ambaye", "ambao", "ambayo"})
SWAHILI_HEADS = WORDS["persons_swahili"] | WORDS["bodies_swahili"] | WORDS["groups_swahili"]
HEADS = WORDS["persons"] | WORDS["bodies"] | WORDS["groups"]


class Mention(NamedTuple):
    """Somebody in the text.

    `first`, `last`: tokens, the last exclusive. `kind`: actor (a name of the codebook), name (one
    that it does not know), described, pronoun. `actor`: where it is known by its name. `head`: the
    office, trade or body of a description, or the pronoun. `of`: the actor who stands before the
    head (`X's lawyer`). `roles`: offices told with a name. `he`: he or she, where a title tells.
    """

    first: int
    last: int
    kind: str
    actor: str = ""
    head: str = ""
    of: str = ""
    roles: tuple[str, ...] = ()
    he: str = ""

    def words(self, page: Page) -> str:
        """As it is printed."""
        return page.text[page.tokens[self.first].start : page.tokens[self.last - 1].end]


def mentions(page: Page, named: Sequence[Named]) -> list[Mention]:
    """All mentions of a page, in their order; `named`: the names of actors that stand in it."""
    owner: dict[int, int] = {}
    names = [Mention(one.first, one.last, "actor", one.actor) for one in named]
    taken = {at for one in names for at in range(one.first, one.last)}
    spelled = list(_spelled_out(page, named, taken))
    taken.update(at for one in spelled for at in range(one.first, one.last))
    names += [*spelled, *_unknown(page, taken)]
    names.sort()
    for number, one in enumerate(names):
        owner.update(dict.fromkeys(range(one.first, one.last), number))
    described = [one for one in _described(page, names, owner) if one]
    said = [
        Mention(first - 1, at + 1, "pronoun", head="last")
        for at, token in enumerate(page.tokens)
        if token.low in WORDS["last_one"]
        and (first := at - (page.words(at - 1, at + 1) == ["e", "mail"]))
        and page.tokens[first - 1].low in THE
    ]
    pronouns = [
        Mention(at, at + 1, "pronoun", head=LEXICON["pronouns"][token.low])
        for at, token in enumerate(page.tokens)
        if token.low in LEXICON["pronouns"]
    ]
    titled = [_with_title(page, one) for one in names]
    return sorted([*titled, *described, *pronouns, *said])


def _spelled_out(page: Page, named: Sequence[Named], taken: set[int]) -> Iterator[Mention]:
    """Names that stand before initials in brackets: what these are short for."""
    for one in named:
        start = page.tokens[one.first].start
        if one.first == 0 or page.text[max(start - 2, 0) : start] != " (":
            continue
        first = at = one.first
        while at > max(one.first - SPELLED, 0) and page.between(at - 1, at) in (" ", " ("):
            at -= 1
            if at in taken or not (page.tokens[at].capital or page.tokens[at].low in JOINS):
                break
            first = at if page.tokens[at].capital else first
        if first < one.first - 1:
            yield Mention(first, one.first, "actor", one.actor)


def _unknown(page: Page, taken: set[int]) -> Iterator[Mention]:
    """Names that the codebook does not have: words with capitals; a surname that came before."""
    surnames: set[str] = set()
    number, count = 0, len(page.tokens)
    while number < count:
        last = number
        while (
            last < count
            and _is_name_word(page, last, taken)
            and (last == number or BLANK.fullmatch(page.between(last - 1, last)))
        ):
            last += 1
        first = number
        number = max(last, number + 1)
        while first < last and page.tokens[first].low in TITLES:
            first += 1
        ends = page.tokens[last - 1].low
        if first == last or ends in HEADS or ends in WORDS["places"] or _is_before_head(page, last):
            continue
        surname = page.tokens[last - 1].low
        titled = first > 0 and page.tokens[first - 1].low in TITLES
        if last - first > 1 or titled:
            surnames.add(surname)
        if last - first > 1 or titled or surname in surnames:
            yield Mention(first, last, "name")


def _is_before_head(page: Page, at: int) -> bool:
    """Whether an office or body stands right behind: the Green Shore chairwoman."""
    if at >= len(page.tokens) or page.between(at - 1, at) != " ":
        return False
    return page.tokens[at].low in HEADS and not page.tokens[at].capital


def _is_name_word(page: Page, number: int, taken: set[int]) -> bool:
    token = page.tokens[number]
    if not token.capital or number in taken or token.low in NO_NAME:
        return False
    return token.low not in english_verbs() or not token.low.endswith(("ed", "ing"))


def _with_title(page: Page, one: Mention) -> Mention:
    """A name with the offices and titles that stand right before it."""
    roles, he, at = [], "", one.first - 1
    while (
        at >= 0 and one.first - at <= BEFORE_HEAD and page.between(at, at + 1) in (" ", ". ", ", ")
    ):
        low = page.tokens[at].low
        if low in WORDS["persons"]:
            roles.append(office(low))
        elif low not in TITLES:
            break
        he = he or _told_by_title(low)
        at -= 1
    return one._replace(roles=tuple(roles), he=he)


def _told_by_title(low: str) -> str:
    return next((he for he in ("he", "she") if low in LEXICON["titles"][he]), "")


# ---- descriptions


def _described(
    page: Page, names: Sequence[Mention], owner: dict[int, int]
) -> Iterator[Mention | None]:
    for number, token in enumerate(page.tokens):
        if token.low in HEADS or _singular(token.low) in HEADS:
            if number not in owner and not _leads_on(page, number, owner):
                yield _description(page, number, names, owner)


def _of_whom(page: Page, at: int, names: Sequence[Mention], owner: dict[int, int]) -> str:
    """The actor behind a head to whom it belongs: campaigners of the alliance."""
    if at + 1 >= len(page.tokens) or page.tokens[at].low not in WORDS["joins_for"]:
        return ""
    at += 2 if page.tokens[at + 1].low in WORDS["determiners"] else 1
    return names[owner[at]].actor if at in owner else ""


def _singular(low: str) -> str:
    return low[:-1] if low.endswith("s") else low


def _leads_on(page: Page, number: int, owner: dict[int, int]) -> bool:
    """Whether a word is no head: a name or another head stands right behind it."""
    behind = number + 1
    if behind >= len(page.tokens) or page.between(number, behind) not in (" ", "-"):
        return False
    return behind in owner or page.tokens[behind].low in HEADS


def _description(
    page: Page, number: int, names: Sequence[Mention], owner: dict[int, int]
) -> Mention | None:
    head, of = page.tokens[number].low, ""
    first = number
    for at in range(number - 1, max(number - 1 - BEFORE_HEAD, -1), -1):
        if not INSIDE.fullmatch(page.between(at, at + 1)) or ", " in page.between(at, at + 1):
            break
        low = page.tokens[at].low
        if at in owner:
            one = names[owner[at]]
            of = of or one.actor
            first = names[_spelled_before(page, owner[at], names)].first
            break
        if low in WORDS["determiners"]:
            first, of = at, of or _of_whom(page, number + 1, names, owner)
            return Mention(first, number + 1, "described", head=head, of=of)
        if low != "s" and (low in NO_NAME or low in english_verbs() or low in RELATIVE):
            break
        if at - 1 in owner and low in happenings():
            break
        if low != "s":
            first = at
    of = of or _of_whom(page, number + 1, names, owner)
    many = head in WORDS["groups"]
    swahili = head in SWAHILI_HEADS
    bare = many or swahili
    if of or bare or (page.tokens[first].capital and first < number):
        return Mention(
            first if of or not bare else number, number + 1, "described", head=head, of=of
        )
    return None


def _spelled_before(page: Page, number: int, names: Sequence[Mention]) -> int:
    """The name that initials in brackets are short for, by its number; else that of the name."""
    one, before = names[number], names[max(number - 1, 0)]
    opened = page.text[max(page.tokens[one.first].start - 2, 0) : page.tokens[one.first].start]
    return number - 1 if number and opened == " (" and before.actor == one.actor else number
