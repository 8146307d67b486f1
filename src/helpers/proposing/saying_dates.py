"""Saying dates: when something was said, by the time expression that belongs to the verb of saying.

What is said may name other days; these are left aside. A time covers its passage, and what goes on
with the same speech. Where no words give a day, there is none: tense alone gives no date.
"""

import re
from bisect import bisect_left
from collections.abc import Sequence
from typing import NamedTuple

from helpers.dates.rows import Row
from helpers.proposing.authors import ISSUED
from helpers.proposing.cues import AUXILIARIES
from helpers.proposing.labels import TURN
from helpers.proposing.lexicon import WORDS, english_verbs, happenings
from helpers.proposing.page import Page
from helpers.proposing.reports import Cue
from helpers.proposing.utterances import Utterance

# Behind the verb, a day is looked for in so many code points.
BEHIND = 90
NOW = frozenset({"now", "sasa", "right now", "currently", "hivi sasa", "kwa sasa"})
# What joins two sentences and gives no time.
SAME_TIME = frozenset({"the same time", "same time", "that time", "the time"})
DAY = re.compile(r"\d{4}-\d\d-\d\d$")
# Words before an expression that make it a name: the August 9 election.
NAMING = re.compile(
    r"\b(?:the|its|his|her|their|this|last|a|of|since|by|until|from|for|before)\s+$", re.I
)
# Where a sentence begins with its time: On May 3; In his 2019 report.
OPENING = re.compile(
    r"(?:(?:On|In|At|By|Late|Early|Mnamo|Siku ya)\s+(?:(?:his|her|its|their|the|a)\s+)?)?"
)
# Before a date that is that of a letter or a speech: in a letter dated May 3.
IN_WHAT = re.compile(
    r"\b(?:[Ii]n|[Aa]t|[Dd]uring|[Bb]y) (?:an?|the|his|her|its|their|my) (?:\w+ ){0,2}?"
    r"(?:letter|statement|interview|speech|tweet|post|ruling|judge?ment|conference|briefing"
    r"|hearing|rally|meeting|petition|report|affidavit|memo|address|sermon|session|debate)\b"
    r"[^.;:“”\"]{0,60}$"
)
# From where a clause of its own stands before a verb to its time; one in which somebody speaks.
IN_A_CLAUSE = re.compile(r"\b(?:that|which|who|whose|kwamba|amba\w+)\b[^,.;“”\"]*$", re.I)
SPEAKING = re.compile(
    r"\b(?:spoke|speaking|spoken|addressed|addressing|appeared|testified|told|visited|toured"
    r"|attended|presided|led|joined|met|alizungumza|akizungumza|alihutubu)\b"
)
# How a sentence begins that first tells on what occasion: Speaking in Tarina on Friday, she said.
SPEAKS_FIRST = re.compile(
    r"(?:Speaking|Addressing|Appearing|Testifying|Responding|Akizungumza|Akihutubia)\b[^,.;“”\"]*$"
)
# Days of one month, as the end of March is read.
PART = re.compile(r"(?P<month>\d{4}-\d\d)-(?:01|1\d|2[01])/(?P=month)-(?:10|20|28|29|30|31)")
# Utterances that the article itself is: of who issues it, or a turn of what it prints.
OWN_WORDS = frozenset({ISSUED, TURN})
# How an entry of a live report begins: with the time of the day; so many make one.
ENTRY, ENTRIES = re.compile(r"^\s*\d{1,2}[.:]\d\d(?: ?[ap]\.?m\b)?", re.M), 3
# Who is told something, behind the verb.
RECIPIENT = re.compile(r" to (\w+)")
# Who speaks to the reporter, or a moment ago, does so on the day of the article.
TO_US, JUST = ("us",), "just"
# Who does what a passive verb says; and what joins a clause of time to one of saying.
BY = ("by",)
WHEN = frozenset("when while where as after during alipo walipo wakati baada".split())
VAGUE = ("SET", "DURATION")
# Before the day on which what is called for is to begin: protests starting on Monday.
TO_COME = frozenset({"starting", "beginning", "from", "ahead"})


class Said(NamedTuple):
    """The date of a passage: EDTF or empty, its basis, the words that give it, and why."""

    date_edtf: str = ""
    basis: str = "undated"
    words: str = ""
    note: str = ""


UNDATED = Said()


def said_dates(
    page: Page, said: Sequence[Utterance], rows: Sequence[Row], published: str
) -> list[Said]:
    """The date that its own words give each utterance; empty where they give none."""
    starts = [row.start for row in rows]
    live, issued = _is_live(page.text), any(one.why == ISSUED for one in said)
    found = []
    for one in said:
        low, high = bisect_left(starts, one.start), bisect_left(starts, one.end)
        own = [row for row in rows[low:high] if row.type not in VAGUE]
        date = _own_date(page, one, own, published)
        is_of_today = live or (issued and one.quoted)
        found.append(_day_of_article(published) if is_of_today and not date.date_edtf else date)
    return found


def _is_live(text: str) -> bool:
    """Whether entries begin with the time of the day, each with another."""
    entries = ENTRY.findall(text)
    return ENTRIES <= len(entries) == len(set(entries))


def _own_date(page: Page, one: Utterance, rows: Sequence[Row], published: str) -> Said:
    cue = one.cue
    if one.why in OWN_WORDS:
        return _day_of_article(published)
    if cue is None:
        return UNDATED
    told = page.sentences[one.sentence].told
    near: list[tuple[int, int, Row]] = []
    for row in rows:
        at = bisect_left(told, page.token_at(row.start))
        if at == len(told) or page.tokens[told[at]].start != row.start:
            continue
        rank = _rank(page, one, row, cue) if _may_date(row, cue, published) else None
        if rank is not None:
            near.append((rank, row.start, row))
    for _, _, row in sorted(near, key=lambda entry: entry[:2]):
        if given := _given(row, published):
            return given
    if page.starts_with(cue.last, TO_US) or page.tokens[cue.first - 1].low == JUST:
        return _day_of_article(published)
    return UNDATED


def _rank(page: Page, one: Utterance, row: Row, cue: Cue) -> int | None:
    """How well an expression fits a verb of saying, the best first; None where it does not."""
    verb, end = page.tokens[cue.first].start, page.tokens[cue.last - 1].end
    if row.end <= verb:
        if SPEAKS_FIRST.match(page.text, one.start, row.start) and not cue.behind:
            return 0
        if IN_WHAT.search(page.text, one.start, row.start) and not cue.behind:
            return 2
        return None if _is_said_before(page, row, cue) else _rank_before(page, one, row, verb)
    if cue.verb.form == "phrase":
        return None
    if row.start < end:
        return 0
    rank = _rank_behind(page, row, end)
    if rank is None and IN_WHAT.search(page.text, max(end, row.start - BEHIND), row.start):
        return 3
    return rank


def _is_said_before(page: Page, row: Row, cue: Cue) -> bool:
    """Whether a time before a verb is of what is said: it was shut on Monday, according to her."""
    if cue.verb.form == "phrase":
        return True
    if cue.subject is None or cue.behind:
        return cue.behind and not page.starts_with(cue.last, BY)
    between = page.text[row.end : page.tokens[cue.subject.first].start].lower()
    between = re.split(r",? (?:who|which|whose)\b", between)[0]
    words = re.findall(r"\w+", between)
    return not WHEN.intersection(words) and any(_is_verb(word) for word in words)


def _may_date(row: Row, cue: Cue, published: str) -> bool:
    """Whether a time may be that of a saying: not one to come, nor the `now` of what was said."""
    if DAY.match(published) and DAY.match(row.date_edtf) and row.date_edtf > published:
        return False
    if row.words.lower() in SAME_TIME:
        return False
    return row.words.lower() not in NOW or cue.verb.form not in ("past", "li")


def _day_of_article(published: str) -> Said:
    """The day on which an author writes, or a conversation is printed."""
    if not DAY.match(published):
        return UNDATED
    return Said(published, "resolved", "", "in the article's own voice, on its day")


def _rank_before(page: Page, one: Utterance, row: Row, verb: int) -> int | None:
    """How well an expression before the verb fits: right before it, or where the clause begins."""
    if OPENING.fullmatch(page.text[one.start : row.start]):
        return 2
    between = page.text[row.end : verb]
    if NAMING.search(page.text[max(one.start, row.start - 12) : row.start]):
        if (
            not re.match(r"on |last |this ", row.words.lower())
            and "on " not in page.text[max(one.start, row.start - 16) : row.start].lower()
        ):
            return None
    if not between.strip():
        return 0
    if clause := IN_A_CLAUSE.search(page.text, one.start, row.start):
        return 0 if SPEAKING.search(clause[0]) else None
    return 0 if len(re.findall(r"\w+", between)) <= 2 else 2


def _rank_behind(page: Page, row: Row, end: int) -> int | None:
    """How well an expression behind the verb fits: no clause of its own may stand between."""
    if row.start - end > BEHIND:
        return None
    end += _recipient(page, end, row.start)
    between = page.text[end : row.start]
    words = re.findall(r"\w+", between.lower())
    if any(word in WORDS["opens_saying"] or _is_verb(word) for word in words):
        return None
    if TO_COME.intersection(words[-2:]):
        return None
    if re.search(r"[.;:]\s|[“”\"]", between):
        return None
    if words and words[-1] in (
        "the",
        "its",
        "his",
        "their",
        "a",
        "of",
        "since",
        "until",
        "by",
        "for",
    ):
        return None
    return 1


def _recipient(page: Page, start: int, end: int) -> int:
    """How many code points say to whom: said to reporters; of an infinitive (asked to go) none."""
    found = RECIPIENT.match(page.text, start, end)
    if found is None:
        return 0
    named = found[1] in WORDS["determiners"] | WORDS["groups"] or found[1][0].isupper()
    return found.end() - start if named else 0


def _is_verb(word: str) -> bool:
    if word in WORDS["not_done"] or word in WORDS["be"] or word in AUXILIARIES:
        return True
    if word in ("speaking", "addressing"):
        return False
    verbs = (*happenings().get(word, ()), *english_verbs().get(word, ()))
    return any(verb.form in ("past", "participle", "s") for verb in verbs)


def _given(row: Row, published: str) -> Said | None:
    """The date of an expression; of `now` the day of the article, roughly."""
    if row.words.lower() in NOW:
        if DAY.match(published):
            note = f"“{row.words}” is the day of the article"
            return Said(f"{published}~", "approximate", row.words, note)
        return None
    return said_by(row) if row.date_edtf else None


def said_by(row: Row) -> Said:
    """The date of an expression; of a part of a month (its end) it is that month, roughly."""
    note = f"“{row.words}”: {row.reason}"
    if part := PART.fullmatch(row.date_edtf):
        return Said(f"{part['month']}~", "approximate", row.words, note)
    return Said(row.date_edtf, row.basis, row.words, note)
