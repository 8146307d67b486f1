"""Happenings: clauses that report what happened at a time or place, with a named actor in them.

A mere act of saying is none. What somebody only claims has `according_to`.
"""

import re
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from itertools import takewhile
from typing import NamedTuple

from helpers.dates.rows import Row
from helpers.proposing.lexicon import (
    LEXICON,
    WORDS,
    Verb,
    english_verbs,
    happenings,
    swahili_verbs,
)
from helpers.proposing.mentions import DAYS_LOW, Mention
from helpers.proposing.page import Page, Sentence, Span
from helpers.proposing.saying_dates import UNDATED, Said, said_by
from helpers.proposing.subjects import Here, beginning, ending_at, subject

# Where a clause ends: before a subordinate clause, a second verb, or a pause.
EDGE = re.compile(
    r"[;—]|,? (?:who|which|that|where|whereas|while|but|after|because|saying|adding|claiming"
    r"|arguing|although|as|when|until|huku|lakini|ambapo|baada ya|kabla ya)\b"
    r"|(?<!appeared)(?<!testified)(?<!arraigned)(?<!gathered) before\b"
    r"|,? na (?=ku\w{4})|, and (?=[a-z])"
    r"|, (?=\w+ing\b)|,? and (?=\w+ed\b)|[.!?…]+[\"”’]*\s|[\"”]|\.\.+"
    r"|, (?=(?:[A-Z][\w'’]+|he|she|they|it) (?:\w+ )?(?:said|told|\w+ed)\b)"
)
# Behind what a clause begins.
CLAUSE = re.compile(
    r"[;:—–(\"“”] ?|, (?:and |but )?| (?:that|which|who|where|when|while|and|but|after|because|na) "
)
PLACE = re.compile(
    r"\b(?:{})(?: the)? ((?:[A-Z][\w'’-]*)(?: (?:of )?[A-Z][\w'’-]*)*)".format(
        "|".join(re.escape(word) for word in LEXICON["place_words"])
    )
)
# A past form of which nothing else is known.
PAST = re.compile(r"[a-z]{3,}(?<!e)ed")
NOT_DONE = frozenset("not t never to will would should if may might could can".split())
# Before a clause that is of the time of the one before it; so many subjects are joined at most.
BY_TIME, JOINED = ("when ", "here "), 4
# Among so many words, `next` says that it has not happened.
NEXT = 3
# A noun of a happening, with what leads to it.
NOUN = re.compile(
    r"(?:\b(?:[Ss]peaking|[Aa]ddressing|[Tt]estifying) )?"
    r"\b(?:(?:[Aa]t|[Dd]uring|[Ii]n|[Bb]efore) )?"
    r"(?:[Tt]he|[Aa]n?|[Hh]is|[Hh]er|[Tt]heir|[Ii]ts) (?:[\w’'-]+ ){{0,4}}?(?P<noun>{})\b".format(
        "|".join(re.escape(word) for word in LEXICON["happening_nouns"])
    )
)
# A subject stands so many code points before its verb at most; a time before it has so many.
NEAR, ADJUNCT = 60, 60
UNLIKELY = frozenset({"SET", "DURATION"})
# A clause has so many code points at most.
LONGEST = 320


class Happening(NamedTuple):
    """A clause with its date, place, who took part, and the words by which it was found.

    `weak`: it is one only with a time or place. `number`: it tells one.
    """

    start: int
    end: int
    date: Said
    place: str
    participants: tuple[str, ...]
    verb: str
    weak: bool = False
    number: bool = False


def happened(here: Here, rows: Sequence[Row], meant: Mapping[int, str]) -> list[Happening]:
    """The happenings that a sentence reports, in their order.

    `rows`: the time expressions of the article; `meant`: the actor of each mention by its first
    token. One without time and place counts where it is claimed only: see `cells.is_event`.
    """
    found: list[Happening] = []
    past = -1
    for at in range(here.sentence.first, here.sentence.last):
        verb = _verb_at(here, at)
        if verb is None or at < past or _is_no_act(here, at, verb):
            continue
        if verb.does == "weak" and here.page.starts_with(at + 1, ("that",)):
            continue
        if one := _of_verb(here, at, verb, rows, meant):
            found.append(one)
            past = here.page.token_at(one.end)
    verbs = list(found)
    for one in _of_nouns(here, rows, meant):
        at = bisect_left(verbs, one.end, key=lambda other: other.start)
        if at == 0 or verbs[at - 1].end <= one.start:
            found.append(one)
    return sorted(found)


def _verb_at(here: Here, at: int) -> Verb | None:
    """The verb of a happening at a token; any past form in `-ed` is one, if a weak one."""
    low = here.page.tokens[at].low
    verbs: Sequence[Verb] = happenings().get(low, ())
    if not verbs and here.swahili:
        verbs = swahili_verbs(low, happening=True)
    found = next((one for one in verbs if here.page.starts_with(at + 1, one.rest)), None)
    if found is None and PAST.fullmatch(low) and low not in english_verbs():
        return Verb(low, "weak", "past")
    return found


def _is_no_act(here: Here, at: int, verb: Verb) -> bool:
    """Whether a form is an adjective or a noun, or tells what is only planned or denied."""
    page = here.page
    if at == here.sentence.first:
        return not verb.swahili
    low = page.tokens[at - 1].low
    near = page.words(max(at - 3, here.sentence.first), at)
    if any(word in NOT_DONE for word in near):
        return True
    if low in ("is", "are", "be"):
        return True
    if not verb.swahili and page.starts_with(at + 1, ("by",)) and low not in WORDS["be"]:
        behind = page.tokens[min(at + 2, len(page.tokens) - 1)]
        return behind.capital or behind.low in WORDS["determiners"]
    return not verb.swahili and (low in WORDS["makes_noun"] or low in WORDS["governs"])


def _of_verb(
    here: Here, at: int, verb: Verb, rows: Sequence[Row], meant: Mapping[int, str]
) -> Happening | None:
    page = here.page
    who = subject(here, at, quoted=at not in here.told)
    if verb.swahili and (who is None or _is_apart(page, who, at)):
        who = beginning(here, at + 1, at + 3)
    if at - 1 not in here.told and page.tokens[at - 1].low in ("i", "we"):
        who = Mention(at - 1, at, "pronoun")
    if who is None or (who.first < at and _is_apart(page, who, at)):
        return _of_anybody(here, at, verb, rows, meant)
    start = page.tokens[min(_with_article(here, who), at)].start
    end = _end(page, here.sentence, page.tokens[at + len(verb.rest)].end)
    if end - start > LONGEST:
        return None
    start = _with_time_before(page, here.sentence, start)
    words = " ".join((page.tokens[at].low, *verb.rest))
    one = _happening(here, (start, end), words, rows, meant)
    own = bool(one.participants) or bool(one.date.date_edtf)
    return one._replace(weak=verb.does == "weak") if own else None


def _of_anybody(
    here: Here, at: int, verb: Verb, rows: Sequence[Row], meant: Mapping[int, str]
) -> Happening | None:
    """What happened to whom no name or office means: three men were arrested on Friday.

    It has a time or a place, and begins where its clause does.
    """
    page, place = here.page, here.page.tokens[at].start
    edges = list(CLAUSE.finditer(page.text, here.sentence.start, place))
    begins = edges[-1].end() if edges else here.sentence.start
    if at not in here.told or not 0 < place - begins <= NEAR:
        return None
    start = _with_time_before(page, here.sentence, begins)
    end = _end(page, here.sentence, page.tokens[at + len(verb.rest)].end)
    one = _happening(here, (start, end), page.tokens[at].low, rows, meant)
    return one._replace(weak=verb.does == "weak") if one.date.date_edtf or one.place else None


def _happening(
    here: Here, span: Span, words: str, rows: Sequence[Row], meant: Mapping[int, str]
) -> Happening:
    """What is told in a span: its time, its place, and who took part."""
    page, (start, end) = here.page, span
    date = _date(page, rows, start, end)
    if not date.date_edtf and page.text[max(start - 5, 0) : start] in BY_TIME:
        date = _date(page, rows, here.sentence.start, start)
    first, last = (
        bisect_left(here.mentions, page.token_at(place), key=lambda one: one.first)
        for place in (start, end)
    )
    inside = here.mentions[first:last]
    actors = [meant.get(one.first, one.actor) for one in inside]
    participants = tuple(dict.fromkeys(actor for actor in actors if actor))
    named = [one for one in inside if one.kind == "actor"]
    place = _place(page, named, start, end)
    number = bool(re.search(r"\d", page.text[start:end]))
    return Happening(start, end, date, place, participants, words, number=number)


def _with_article(here: Here, who: Mention) -> int:
    """The token with which a subject begins: its article, its adjective, those joined to it."""
    page, first = here.page, who.first
    for _ in range(JOINED):
        before = first - 1
        low = page.tokens[max(before, 0)]
        if before > here.sentence.first and low.capital and page.between(before, first) == " ":
            first = before
        if page.tokens[first - 1].low in WORDS["determiners"] and first > here.sentence.first:
            first -= 1
        others = [
            one for one in ending_at(here, first) if page.between(one.last - 1, first) == ", "
        ]
        if page.tokens[first - 1].low == "and" and first - 1 > here.sentence.first:
            others += ending_at(here, first - 1)
        if not others:
            return first
        first = others[0].first
    return first


def _of_nouns(here: Here, rows: Sequence[Row], meant: Mapping[int, str]) -> Iterator[Happening]:
    """What a noun names with a time or place behind it: during a rally in Tarina on Friday."""
    page, sentence = here.page, here.sentence
    until = sentence.start
    for noun in NOUN.finditer(page.text, sentence.start, sentence.end):
        at = page.token_at(noun.start())
        if noun.start() < until or at not in here.told or "next" in page.words(at, at + NEXT):
            continue
        end = _end(page, sentence, noun.end())
        pause = page.text.find(", ", noun.end(), end)
        while pause >= 0 and re.match(r", (?:\d|[A-Z][a-z]+ \d)", page.text[pause : pause + 16]):
            pause = page.text.find(", ", pause + 2, end)
        end = pause if pause >= 0 else end
        one = _happening(here, (noun.start(), end), noun["noun"], rows, meant)
        if one.date.date_edtf and (one.place or len(one.date.date_edtf) == 10):
            if end - noun.start() <= LONGEST:
                until = end
                yield one._replace(participants=one.participants or _actors(here, meant))


def _actors(here: Here, meant: Mapping[int, str]) -> tuple[str, ...]:
    """The first actor of a sentence whom its own words name."""
    told = [meant.get(one.first, "") for one in here.mentions if one.first in here.told]
    return tuple(dict.fromkeys(actor for actor in told if actor))[:1]


def _is_apart(page: Page, who: Mention, at: int) -> bool:
    """Whether a sentence or clause ends between a subject and a verb, or they are far apart."""
    between = page.text[page.tokens[who.last - 1].end : page.tokens[at].start]
    return len(between) > NEAR or bool(
        re.search(r"[.!?…;]|\b(?:that|if|unless|while|when|after|but)\b", between)
    )


def _end(page: Page, sentence: Sentence, place: int) -> int:
    """Where the clause behind a verb ends."""
    place += len(" that") if page.text.startswith(" that ", place) else 0
    edge = EDGE.search(page.text, place, min(sentence.end, place + LONGEST))
    end = edge.start() if edge else sentence.end
    return end - len(page.text[place:end]) + len(page.text[place:end].rstrip(" .,;!?\"”»'’"))


def _with_time_before(page: Page, sentence: Sentence, start: int) -> int:
    """The clause begins with the time before its subject: On Friday, the council met."""
    before = page.text[sentence.start : min(start, sentence.start + ADJUNCT + 1)]
    if start - sentence.start > ADJUNCT:
        return start
    time = re.match(
        r"(?:On|In|At|Late|Early|Siku ya|Mnamo|Jana|Juzi)\b[^,.;:“\"]{2,40},? (?:the |a )?$", before
    )
    return sentence.start if time else start


def _date(page: Page, rows: Sequence[Row], start: int, end: int) -> Said:
    """The most exact date in a clause; one that names something is none: the 2019 election."""
    low = bisect_left(rows, start, key=lambda row: row.start)
    inside = [row for row in rows[low : low + 8] if row.end <= end and row.type not in UNLIKELY]
    dated = [row for row in inside if row.date_edtf and not _names(page, row)]
    if not dated:
        return UNDATED
    best = max(dated, key=lambda row: (len(row.date_edtf) == 10, -row.start))
    return said_by(best)


def _names(page: Page, row: Row) -> bool:
    """Whether an expression stands between an article and a noun."""
    before = page.text[max(row.start - 5, 0) : row.start].lower()
    behind = re.match(r",? ([a-z]+)", page.text[row.end : row.end + 24])
    if not before.endswith((" the ", " its ", " his ", " her ", "the ", " a ")) or not behind:
        return False
    return behind[1] not in WORDS["governs"] and behind[1] not in WORDS["opens_clause"]


def _place(page: Page, named: Sequence[Mention], start: int, end: int) -> str:
    """The place that a clause names, as an id; an actor or a day is none."""
    actors = {page.tokens[one.first].start for one in named}
    for found in PLACE.finditer(page.text, start, end):
        words = re.findall(r"\w+", re.sub("['’]", "", found[1].lower()))
        name = list(takewhile(lambda word: word not in DAYS_LOW, words))
        if found.start(1) not in actors and name:
            return "-".join(name)
    return ""
