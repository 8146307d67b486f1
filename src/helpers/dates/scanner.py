"""Scanner: where a text speaks of time.

A head word (`March`, `years`, `yesterday`, `1998`) gives an expression away, and the rules of that
head are tried around it. What an expression means is told by `anchoring` and the rooms after it;
which day it falls on, by `resolve`.
"""

import re
from collections import deque
from collections.abc import Sequence

# Measures are imported for the checks that they enter.
from helpers.dates import measures  # noqa: F401
from helpers.dates.lexicon import LEADS, Rule, rules_by_head
from helpers.dates.neighbours import speaks_of_time

# The name of a rule and where it matched.
Expression = tuple[str, re.Match[str]]

TOKEN = re.compile(r"[A-Za-z]+|\d+(?:st|nd|rd|th|s)?")
DIGITS = frozenset("0123456789")
# How many leading words are looked at before a head word: a table of numbers has thousands.
LOOK_BACK = 12


def scan(text: str, swahili: bool = False) -> list[Expression]:
    """Every time expression of a text in its order, as `(rule, match)`.

    Names, counts and verbs that only look like time are left out. An expression begins at the
    first of the leading words before its head (`the`, `early`, `nearly nine`) from where a rule
    of that head matches.
    """
    by_head = rules_by_head(swahili)
    # Nearly all words have no rule: what is done with these is the time that a scan takes.
    rules_of = by_head.get
    expressions: list[Expression] = []
    done = 0
    # Where the words of the unbroken run of leading words before this word begin.
    lead: deque[int] = deque(maxlen=LOOK_BACK)
    for token in TOKEN.finditer(text):
        word = token[0]
        rules = rules_of(word)
        if rules is None:
            if word.isalpha():
                if lead:
                    lead.clear()
                continue
            rules = _rules_of_number(word, text, token, by_head)
        start = token.start()
        if rules and start >= done:
            beginnings = [first for first in (*lead, start) if first >= done]
            if expression := _expression(text, beginnings, start, rules):
                expressions.append(expression)
                done = expression[1].end()
        if word in LEADS or word[0] in DIGITS:
            lead.append(start)
        elif lead:
            lead.clear()
    return expressions


def _expression(
    text: str, beginnings: Sequence[int], head: int, rules: Sequence[Rule]
) -> Expression | None:
    """The first match that holds the head word and speaks of time."""
    for first in beginnings:
        for rule in rules:
            match = rule.match(text, first)
            if match and match.end() > head and speaks_of_time(rule.name, match):
                return rule.name, match
    return None


def _rules_of_number(
    word: str, text: str, token: re.Match[str], by_head: dict[str, list[Rule]]
) -> list[Rule] | None:
    """The rules of a number: a time before a colon, a date before a stroke, a decade, a year.

    A year of two figures stands behind an apostrophe.
    """
    following = text[token.end() : token.end() + 1]
    if following == ":":
        return by_head["<clock>"]
    if following == "/":
        return by_head["<slash>"]
    if word[-1] == "s":
        return by_head["<decade>"]
    if len(word) == 2 and text[token.start() - 1 : token.start()] in ("'", "’"):
        return by_head["<short>"]
    return by_head["<year>"] if len(word) == 4 and word.isdigit() else None
