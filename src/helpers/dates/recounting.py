"""Recounting: whether a paragraph tells of a year long past, in which its bare days then fall.

`In 2017 the judges annulled the poll. The repeat was held on 26 October.` News names old years too
and goes on with its own: `It was the worst flood since 1998. Rescue work ended on 20 August.` So
a year is recounted only where nothing in the paragraph points to the day of publication.
"""

import re
from datetime import date

from helpers.dates.scanner import Expression
from helpers.dates.tense import WINDOW, sentence_around

# A year so many years before the article, or more, is one of long ago.
LONG_AGO = 3
# Rules whose expressions count from the day of publication.
DEICTIC = {
    "weekday",
    "relday",
    "tonight",
    "around_day",
    "day_week",
    "before_last",
    "year_ago",
    "present",
    "recent_n",
    "sw_weekday",
    "sw_day",
    "sw_unit",
    "sw_now",
}
# Words that make an expression of another rule count from the day of publication.
NEAR = {"this", "last", "next", "this past", "this coming", "the current", "past"}
# Before a year to which something is only compared, or since which it lasts.
COMPARED = re.compile(
    r"\b(?:since|than|until|till|like|unlike|from|after|before|compared|those of|that of|under)\b"
    r"[^.,;]{0,30}$",
    re.I,
)
# Before a year that stands in a clause beside the story: the firm, founded in 1974, …
ASIDE = re.compile(r",[^,.;]{0,60}$")
OPENING = re.compile(
    r"^\W*(?:Born|Founded|Built|Opened|Formed|Created|Established|Launched|Set up|Made|Written)\b"
    r"[^,.;]*$"
)
# A year that describes a thing: the 1999 constitution.
DESCRIBED = re.compile(
    r" (?!and|or|to|but|when|the|a|in|on|with|by|for|as|he|she|it|they)[a-z]{3,}"
)
# Words of a paragraph that speaks of its own time.
PRESENT = re.compile(
    r"\b(?:is|are|has|have|will|says?|said|told|announced|according to|now|still|yet|remains?"
    r"|wants?|needs?|faces?|plans?|hopes?|seeks?|does|do)\b|['’](?:s|re|ve|ll) (?:been|not)"
)


def points_to_publication(expression: Expression) -> bool:
    """Whether an expression counts from the day of publication."""
    rule, match = expression
    groups = match.groupdict()
    if rule in DEICTIC:
        return True
    if rule == "ago":
        return groups["side"].lower() in {"ago", "from now", "hence", "back"}
    related = groups.get("rel") or groups.get("relyear") or groups.get("which") or ""
    return related.lower() in NEAR


def is_aside(text: str, begun_from: int, begun_at: int) -> bool:
    """Whether a year is only compared to, or stands in a clause that has ended.

    `text[begun_from:begun_at]` names it.
    """
    low, _ = sentence_around(text, begun_from, begun_at)
    before = text[low:begun_from]
    if COMPARED.search(before):
        return True
    word = before.rsplit(None, 1)[-1:] or [""]
    if word[0].lower() in ("the", "its", "their", "his", "a") and DESCRIBED.match(text, begun_at):
        return True
    ended = text[begun_at : begun_at + 1] == "," or text.startswith(" and ", begun_at)
    return ended and bool(ASIDE.search(before) or OPENING.search(before))


def is_recounted(
    text: str, day: date, year: int, begun_by: tuple[int, int], words: tuple[int, int]
) -> bool:
    """Whether a year that the paragraph has named is that of some words behind it too.

    `begun_by`, `words`: where the date with that year stands, and those words. The paragraph is
    known to hold no expression that points to the day of publication.
    """
    begun_at, (start, end) = begun_by[1], words
    if day.year - year < LONG_AGO or text.rfind("\n", begun_at, start) >= 0:
        return False
    if start - begun_at > 2 * WINDOW or is_aside(text, *begun_by):
        return False
    _, high = sentence_around(text, start, end)
    return not PRESENT.search(text, begun_at, high)
