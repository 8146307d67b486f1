"""Frames: sentences that tell when somebody spoke and not what: she was speaking on Sunday."""

import re
from bisect import bisect_left
from collections.abc import Sequence
from typing import NamedTuple

from helpers.dates.rows import Row
from helpers.proposing.book import PERSON
from helpers.proposing.saying_dates import DAY, NAMING, Said, said_by
from helpers.proposing.speakers import Memory
from helpers.proposing.subjects import Here

SPEAKS = re.compile(
    r"\b(?:was|were) (?:speaking|addressing|responding|reacting)\b|\bspoke\b"
    r"|\b[aw]a?li(?:zungumza|hutubu|hutubia|yasema hayo|kuwa (?:wa)?a?ki(?:zungumza|hutubu))\b"
    r"|\b(?:made|issued|gave|raised) (?:the|his|her|their|these|those) (?P<said>remarks?|comments?"
    r"|sentiments?|statements?|announcements?|calls?|claims?|demands?|appeals?)\b"
    r"|\b(?:[Tt]he|[Tt]hese|[Hh]is|[Hh]er|[Tt]heir) (?:remarks?|comments?|sentiments?|statements?"
    r"|announcements?|calls?|claims?|demands?|appeals?) (?:was|were) (?:made|issued|announced)\b"
)


class Frame(NamedTuple):
    """The date of a speech, and the people whom its sentence names or means."""

    date: Said
    people: frozenset[str]


def frames(sentences: Sequence[Here], memory: Memory, rows: Sequence[Row]) -> dict[int, Frame]:
    """The frames of an article by the numbers of their sentences.

    `memory`: of the whole article. `rows`: its time expressions.
    """
    found = {}
    for number, looked in enumerate(sentences):
        start, end = looked.sentence.start, looked.sentence.end
        if looked.sentence.quotations or not SPEAKS.search(looked.page.text, start, end):
            continue
        low = bisect_left(rows, start, key=lambda row: row.start)
        high = bisect_left(rows, end, key=lambda row: row.start)
        for row in rows[low:high]:
            before = looked.page.text[max(start, row.start - 12) : row.start]
            if DAY.match(row.date_edtf) and not NAMING.search(before):
                actors = {memory.meant.get(one.first, "") for one in looked.mentions}
                people = {one for one in actors if memory.book.kinds.get(one) == PERSON}
                found[number] = Frame(said_by(row), frozenset(people))
                break
    return found
