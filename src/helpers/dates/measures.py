"""Measures: whether a unit, a length or a part of a year speaks of time, by the words beside it.

The functions are checks, of the kind that `neighbours` describes.
"""

import re

from helpers.dates.lexicon import BESIDE
from helpers.dates.neighbours import WITHIN, Match, checks, following
from helpers.dates.tense import sentence_around

# A sentence that tells of business, or of an economy.
BUSINESS = re.compile(
    r"%|\b(?:per ?cent|profits?|sales|growth|grew|earnings|net|output|revenues?|exports"
    r"|econom\w+)\b"
)


@checks("duration")
def _duration(match: Match, before: str, after: str) -> bool:
    """Not an ordinal (a second attempt), a share (three quarters of) or `some year`."""
    unit, number = match["u"].lower(), (match["n"] or match["n2"]).lower()
    if number in BESIDE["vague"] and not match["s"]:
        return False
    if unit == "second":
        counted = number not in {"a", "an", "one"} and not number.startswith("half")
        return counted and bool(match["s"] or match["n2"] or number.isdigit())
    if unit == "quarter":
        return number not in {"a", "an", "one", "three", "half a"} and after != "of"
    return True


@checks("units")
def _units(match: Match, before: str, after: str) -> bool:
    """Days, weeks, years without a number, where they measure: took weeks, in days, years of.

    Not in `office hours`.
    """
    if match["u"].lower() in {"quarter", "second"}:
        return False
    if before.lower() in BESIDE["spent"]:
        return True
    return after in {"before", "after", "of", "earlier"} and before.lower() not in BESIDE["owned"]


@checks("that_unit")
def _that_unit(match: Match, before: str, after: str) -> bool:
    if following(match, 1) == "-" or match["u"][0].isupper():
        return False
    if match["u"].lower() in {"weekend", "quarter"}:
        return True
    return before.lower() in WITHIN and after not in {"of", "and"}


@checks("next_n")
def _next_few(match: Match, before: str, after: str) -> bool:
    """Not a verb: to last two years."""
    if match["which"].lower() != "last":
        return True
    return before.lower() in {"over", "in", "for", "during", "within"}


@checks("rate")
def _rate(match: Match, before: str, after: str) -> bool:
    return match["u"].lower() not in {"second", "quarter"} or bool(match["times"])


@checks("half")
def _half(match: Match, before: str, after: str) -> bool:
    """Not of a game: alone, a half is one of a year only where the sentence tells of business."""
    if match["alone"] is None:
        return True
    low, high = sentence_around(match.string, *match.span())
    asked_for = before.lower() in {"in", "for", "during", "from"}
    return asked_for and bool(BUSINESS.search(match.string, low, high))


@checks("bare_pod")
def _bare_part_of_day(match: Match, before: str, after: str) -> bool:
    """By late afternoon, at dawn; not a late night show, a dawn raid."""
    if match["part"]:
        return before.lower() in {"by", "in", "until", "since", "till"} and not after[:1].isupper()
    return match["pod"].lower() == "dawn" and before.lower() in {"at", "before", "by", "until"}


@checks("full_year")
def _full_year(match: Match, before: str, after: str) -> bool:
    """For the full year; not a length: he worked a full year."""
    return bool(match["y"]) or before.lower() in {"for", "in"}


@checks("frequency")
def _frequency(match: Match, before: str, after: str) -> bool:
    """Not a name: the Daily Mail; nor a part of a word: semi-annual."""
    if match.string[max(0, match.start() - 1) : match.start()] == "-":
        return False
    return not (match[0][0].isupper() and after[:1].isupper())
