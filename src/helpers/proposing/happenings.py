"""Happenings: clauses that report what happened at a time or place, with a named actor in them.

A mere act of saying is none. What somebody only claims has `according_to`.
"""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from itertools import takewhile
from typing import NamedTuple

from helpers.dates.rows import Row
from helpers.proposing.lexicon import LEXICON, WORDS, Verb, happenings, swahili_verbs
from helpers.proposing.mentions import DAYS_LOW, Mention
from helpers.proposing.page import Page, Sentence
from helpers.proposing.saying_dates import UNDATED, Said
from helpers.proposing.subjects import Here, subject

# Where a clause ends: before a subordinate clause, a second verb, or a pause.
EDGE = re.compile(
    r"[;—]|,? (?:who|which|where|whereas|while|but|after|before|because|saying|adding|claiming"
    r"|arguing|although|as|when|huku|lakini|ambapo|baada ya|kabla ya)\b"
    r"|, (?=\w+ing\b)|,? and (?=\w+ed\b)|[.!?…]+[\"”’]*\s|[\"”]|\.\.+"
    r"|, (?=(?:[A-Z][\w'’]+|he|she|they|it) (?:\w+ )?(?:said|told|\w+ed)\b)"
)
PLACE = re.compile(
    r"\b(?:{})(?: the)? ((?:[A-Z][\w'’-]*)(?: (?:of )?[A-Z][\w'’-]*)*)".format(
        "|".join(re.escape(word) for word in LEXICON["place_words"])
    )
)
# A subject stands so many code points before its verb at most.
NEAR = 60
# A time before the subject has so many code points at most.
ADJUNCT = 60
UNLIKELY = frozenset({"SET", "DURATION"})
# A clause has so many code points at most.
LONGEST = 320


class Happening(NamedTuple):
    """A clause with its date, place, who took part, and the verb by which it was found."""

    start: int
    end: int
    date: Said
    place: str
    participants: tuple[str, ...]
    verb: str


def happened(here: Here, rows: Sequence[Row]) -> Iterator[Happening]:
    """The happenings that a sentence reports; `rows`: the time expressions of the article.

    One without time and place counts where it is claimed only: see `cells.is_event`.
    """
    past = -1
    for at in range(here.sentence.first, here.sentence.last):
        low = here.page.tokens[at].low
        verbs: Sequence[Verb] = happenings().get(low, ())
        if not verbs and here.swahili:
            verbs = swahili_verbs(low, happening=True)
        verb = next((one for one in verbs if here.page.starts_with(at + 1, one.rest)), None)
        if verb is None or at < past or _is_no_act(here, at, verb):
            continue
        if one := _of_verb(here, at, verb, rows):
            yield one
            past = here.page.token_at(one.end)


def _is_no_act(here: Here, at: int, verb: Verb) -> bool:
    """Whether a form is an adjective or a noun, or tells what is only planned or denied."""
    if at == here.sentence.first:
        return True
    page = here.page
    low = page.tokens[at - 1].low
    near = page.words(max(at - 3, here.sentence.first), at)
    if any(word in ("not", "t", "never", "to", "will", "would", "should", "if") for word in near):
        return True
    if not verb.swahili and page.starts_with(at + 1, ("by",)) and low not in WORDS["be"]:
        return True
    return not verb.swahili and (low in WORDS["makes_noun"] or low in WORDS["governs"])


def _of_verb(here: Here, at: int, verb: Verb, rows: Sequence[Row]) -> Happening | None:
    page = here.page
    who = subject(here, at, quoted=at not in here.told)
    start = page.tokens[who.first].start if who else page.tokens[at].start
    end = _end(page, here.sentence, page.tokens[at].end)
    if who is None or end - start > LONGEST or _is_apart(page, who, at):
        return None
    start = _with_time_before(page, here.sentence, start)
    first, last = (
        bisect_left(here.mentions, page.token_at(place), key=lambda one: one.first)
        for place in (start, end)
    )
    named = [one for one in here.mentions[first:last] if one.kind == "actor"]
    inside = [one.actor for one in named]
    date = _date(rows, start, end)
    place = _place(page, named, start, end)
    if not inside:
        return None
    words = " ".join((page.tokens[at].low, *verb.rest))
    return Happening(start, end, date, place, tuple(dict.fromkeys(inside)), words)


def _is_apart(page: Page, who: Mention, at: int) -> bool:
    """Whether a sentence or clause ends between a subject and a verb, or they are far apart."""
    between = page.text[page.tokens[who.last - 1].end : page.tokens[at].start]
    return len(between) > NEAR or bool(re.search(r"[.!?…;]|\bthat\b", between))


def _end(page: Page, sentence: Sentence, place: int) -> int:
    """Where the clause behind a verb ends."""
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


def _date(rows: Sequence[Row], start: int, end: int) -> Said:
    """The most exact date in a clause."""
    low = bisect_left(rows, start, key=lambda row: row.start)
    inside = [row for row in rows[low : low + 8] if row.end <= end and row.type not in UNLIKELY]
    dated = [row for row in inside if row.date_edtf]
    if not dated:
        return UNDATED
    best = max(dated, key=lambda row: (len(row.date_edtf) == 10, -row.start))
    return Said(best.date_edtf, best.basis, best.words, f"“{best.words}”: {best.reason}")


def _place(page: Page, named: Sequence[Mention], start: int, end: int) -> str:
    """The place that a clause names, as an id; an actor or a day is none."""
    actors = {page.tokens[one.first].start for one in named}
    for found in PLACE.finditer(page.text, start, end):
        words = re.findall(r"\w+", re.sub("['’]", "", found[1].lower()))
        name = list(takewhile(lambda word: word not in DAYS_LOW, words))
        if found.start(1) not in actors and name:
            return "-".join(name)
    return ""
