"""Neighbours: whether a match speaks of time, by the words beside it.

`May` is a month or a name, `1998` a year or a number of votes, `second` a unit or an ordinal. A
check is given a match of its rules, the word before it and the word after (empty where there is
none), and gives whether the match is a time expression. A rule without a check always is one.
"""

import re
from collections.abc import Callable

from helpers.dates.lexicon import BESIDE, LEXICON

Match = re.Match[str]
Check = Callable[[Match, str, str], bool]

CHECKS: dict[str, Check] = {}
WORD_BEFORE = re.compile(r"([\w'’&-]+)[\"”“\u2018]?\s?$")
WORD_AFTER = re.compile(r"[-\s]{1,2}([\w'’]+)")
# How far a word beside a match is looked for, in code points.
REACH = 30
ARTICLES = {"the", "a", "an"}
WITHIN = {"in", "on", "during", "for", "of", "throughout", "through"}
# A month cut short without a stop (in Oct) is one behind these words only.
CUT_SHORT = frozenset(LEXICON["proper"]["monthabbr"])
ASKS_FOR_MONTH = {"in", "since", "during", "until", "till", "by", "last", "next", "early", "late"}
ASKS_FOR_SHORT_YEAR = set("in since of the from until by during and to early".split())
# Years that need no word before them that asks for a year.
RECENT_YEARS = range(1900, 2060)
# A name goes on behind its first word: Sunday-Mirror.
NAME_GOES_ON = re.compile("-[A-Z]")
# Figures go on: 1998/5, 1998,500, 1998-acre-farm.
FIGURES_GO_ON = re.compile(r"[-/]\d|,\d|-[a-z]+-[a-z]")
BARE_HOUR = re.compile(r"\d?\d[:.]\d\d(?::\d\d)?")


def checks(*rules: str) -> Callable[[Check], Check]:
    """Enter a check for these rules."""

    def enter(check: Check) -> Check:
        CHECKS.update(dict.fromkeys(rules, check))
        return check

    return enter


def speaks_of_time(rule: str, match: Match) -> bool:
    """Whether a match of a rule is a time expression, by the words beside it."""
    check = CHECKS.get(rule)
    if check is None:
        return True
    after = WORD_AFTER.match(match.string, match.end(), match.end() + REACH)
    return check(match, word_before(match), after[1] if after else "")


def word_before(match: Match, between: int = 0) -> str:
    """The word before a match, or empty; `between`: so many characters may part them."""
    end = match.start() - between
    before = WORD_BEFORE.search(match.string, max(0, match.start() - REACH), end)
    return before[1] if before else ""


def following(match: Match, length: int) -> str:
    """The characters right behind a match."""
    return match.string[match.end() : match.end() + length]


# ---- dates


@checks("weekday")
def _weekday(match: Match, before: str, after: str) -> bool:
    """Not a newspaper (the Sunday Mirror) or a name (Striker Sunday Okafor, Black Friday)."""
    if after in BESIDE["names_after"] or before in BESIDE["names_before"]:
        return False
    if NAME_GOES_ON.match(following(match, 2)):
        return False
    bare = match.span() == match.span("wd")
    before_a_name = after[:1].isupper() and following(match, 1) == " "
    if not (bare and before_a_name):
        return True
    behind_a_name = before[:1].isupper() and before.lower() not in BESIDE["monthly"]
    return before.lower() not in ARTICLES and not behind_a_name


@checks("set_weekday")
def _weekdays(match: Match, before: str, after: str) -> bool:
    return after not in BESIDE["names_after"]


@checks("month")
def _month(match: Match, before: str, after: str) -> bool:
    """A month without its year: not a name (Douglas May), nor a word at a beginning (March)."""
    if match["y"]:
        return not before.isdigit()
    if match["part"] or match["rel"] or match["relyear"] or match["sameyear"]:
        return True
    if before in BESIDE["names_before"] or after in BESIDE["names_after"] or after == "of":
        return False
    cut_short = match["m"] in CUT_SHORT
    if cut_short and (before.lower() not in ASKS_FOR_MONTH or not following(match, 1).isspace()):
        return False
    if before.lower() in BESIDE["monthly"]:
        return True
    abbreviated = match["m"].endswith(".") and match["m"] != "Sept."
    unsure = match["m"] in BESIDE["unsure"] or abbreviated
    return not (unsure or after[:1].isupper() or before[:1].isupper())


@checks("dm")
def _day_of_month(match: Match, before: str, after: str) -> bool:
    return not before.isdigit()


@checks("numeric")
def _numeric(match: Match, before: str, after: str) -> bool:
    """Two figures that may be a day and a month, not the number of something."""
    month, day = sorted((int(match["a"]), int(match["b"])))
    return month in range(1, 13) and day <= 31 and before.lower() not in BESIDE["numbered"]


@checks("year")
def _year(match: Match, before: str, after: str) -> bool:
    """Four figures are a year, unless they count something (2,013 people, page 2013).

    Before 1900 they are one only after a word that asks for a year.
    """
    year, until = match["y"], match["y2"]
    if until and not 0 < int(year[: 4 - len(until)] + until) - int(year) < 100:
        return False
    if match["part"]:
        return True
    character_before = match.string[max(0, match.start() - 1) : match.start()]
    if character_before in ("-", "/", ".", ",") or FIGURES_GO_ON.match(following(match, 12)):
        return False
    if before.lower() in BESIDE["numbered"] or after in BESIDE["counted"]:
        return False
    return int(year) in RECENT_YEARS or before.lower() in BESIDE["yearly"]


@checks("short_year")
def _short_year(match: Match, before: str, after: str) -> bool:
    """In '92, the '94 crisis; not 5'10."""
    opening = match.string[max(0, match.start() - 2) : match.start()]
    return opening[:1] == " " and word_before(match, len("'")).lower() in ASKS_FOR_SHORT_YEAR


@checks("season")
def _season(match: Match, before: str, after: str) -> bool:
    """Not a verb (prices fall), a source (the spring of hope) or a name (the Arab Spring)."""
    if match[0][0].isupper() and before[:1].isupper() and before not in {"In", "The", "Last"}:
        return False
    if match["y"] or match["relyear"] or match["part"]:
        return True
    season, relation = match["season"], (match["rel"] or "").lower()
    if relation == "the":
        a_fall = season.lower() == "fall" and before.lower() != "in"
        return after != "of" and not a_fall
    if relation:
        return True
    asked_for = before.lower() in {"in", "since", "during", "until", "by", "through"}
    return asked_for and season.islower() and after not in {"of", "for", "to"}


@checks("quarter")
def _quarter(match: Match, before: str, after: str) -> bool:
    return after.lower() not in {"final", "finals", "back", "backs"}


@checks("sw_day")
def _swahili_day(match: Match, before: str, after: str) -> bool:
    """Not a name: Leo Messi."""
    return not (match[0][0].isupper() and (after[:1].isupper() or before[:1].isupper()))


# ---- hours and parts of a day


@checks("clock")
def _clock(match: Match, before: str, after: str) -> bool:
    return not BARE_HOUR.fullmatch(match[0]) or before.lower() in BESIDE["hourly"]


@checks("the_pod")
def _part_of_day(match: Match, before: str, after: str) -> bool:
    if match["m"] or match["m2"]:
        return True
    asked_for = before.lower() in WITHIN | {"into", "until", "by"}
    return asked_for and after not in {"of", "sky", "shift", "mail", "post", "news"}


# ---- vague times


@checks("present", "past", "future")
def _vague(match: Match, before: str, after: str) -> bool:
    """Not a measure (as soon as), a grammar (the past tense) or a number of times (once)."""
    words = match["ref"].lower()
    if words in {"long ago", "recently"} and before.lower() == "as":
        return False
    if words == "soon":
        return before.lower() != "as" and after.lower() not in {"after", "as"}
    if words == "in future":
        return not after
    if words == "the moment":
        return before.lower() in {"at", "for"}
    if words == "the past":
        return after != "tense"
    if words == "once":
        return before.lower() in {"was", "were", "had"}
    return True


@checks("the_time")
def _that_time(match: Match, before: str, after: str) -> bool:
    return before.lower() == "at" and (match["which"] != "e" or "point" not in match[0])
