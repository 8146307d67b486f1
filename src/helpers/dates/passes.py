"""Passes: an article read from one day, from its first time expression to its last.

What the text names on the way (a date, a day, a year) is what later expressions count from.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

# These rooms are imported for the anchors that they enter into MEANINGS.
from helpers.dates import deictics, durations, feasts, hours, seasons  # noqa: F401
from helpers.dates.anchoring import MEANINGS, Context, Meaning
from helpers.dates.calendar_days import full
from helpers.dates.lexicon import Groups
from helpers.dates.scanner import Expression, scan
from helpers.dates.tense import SENTENCE
from helpers.dates.timex import first_day, is_day

Span = tuple[int, int]
# For each span of words: its meaning, and the rule that was matched there.
Pass = dict[Span, tuple[Meaning, str]]


class Article(NamedTuple):
    """A text with its time expressions.

    `years`: those the text names. `aside`: the spans that are not the article's own text; they
    anchor nothing.
    """

    text: str
    expressions: list[Expression]
    years: tuple[int, ...]
    aside: list[Span]


@dataclass
class Named:
    """What the text has named up to here.

    `last`, `day`: the TIMEX3 date named last, and the day. `begun`: the first day of the date with
    its year named last, which ends at `begun_at`. `years`: of all such dates.
    """

    last: str = ""
    day: str = ""
    begun: date | None = None
    begun_at: int = 0
    years: list[int] = field(default_factory=list)

    def note(self, meaning: Meaning, end: int) -> None:
        """Keep in mind a date that the text names, in words that end there."""
        self.last = meaning.value
        if is_day(meaning.value):
            self.day = meaning.value
        if meaning.basis == "stated" and (begun := first_day(meaning.value)):
            self.begun, self.begun_at = begun, end
            self.years.append(begun.year)

    def in_sentence(self, text: str, start: int) -> date | None:
        """The first day of the date with its year that the sentence has named before `start`."""
        if self.begun and SENTENCE.search(text, self.begun_at, start):
            return None
        return self.begun


def scan_article(text: str, furniture: Iterable[tuple], swahili: bool) -> Article:
    """A text with its time expressions; a date that is a line of its own stands aside."""
    expressions = scan(text, swahili)
    alone = [match.span() for _, match in expressions if _stands_alone(match)]
    aside = spans(furniture) + alone
    with_year = [match for _, match in expressions if "y" in match.re.groupindex and match["y"]]
    own = [match["y"] for match in with_year if not lies_within(match.span(), aside)]
    years = tuple(int(year) for year in own if len(year) == 4)
    return Article(text, expressions, years, aside)


def spans(furniture: Iterable[tuple]) -> list[Span]:
    """The first two fields of each row: where it begins and ends."""
    return [(start, end) for start, end, *_ in furniture]


def lies_within(span: Span, others: Iterable[Span]) -> bool:
    """Whether a span lies in one of the others."""
    return any(start <= span[0] and span[1] <= end for start, end in others)


def _stands_alone(match: re.Match[str]) -> bool:
    """Whether an expression is a whole line of its own, as a page header is."""
    before = match.string[max(0, match.start() - 1) : match.start()]
    after = match.string[match.end() : match.end() + 2]
    begins_line = before in ("", "\n")
    ends_line = after.strip(" |") in ("", "\n") and after[:1] in ("", "\n", " ")
    return begins_line and ends_line


def read_from(day: date | None, article: Article) -> Pass:
    """The meanings of all expressions, counted from a day (or from none)."""
    meanings: Pass = {}
    named = Named()
    for rule, match in article.expressions:
        context = Context(
            match,
            day,
            named.last,
            named.day,
            named.in_sentence(article.text, match.start()),
            article.years,
            tuple(named.years),
            rule.startswith("sw_"),
        )
        for span, meaning in _meanings(rule, match, context):
            meanings[span] = meaning, rule
            if _is_dated(meaning) and not lies_within(span, article.aside):
                named.note(meaning, span[1])
    return meanings


def _is_dated(meaning: Meaning) -> bool:
    return meaning.value[:4].isdigit() and meaning.type in ("DATE", "TIME")


def _meanings(rule: str, match: re.Match[str], context: Context) -> list[tuple[Span, Meaning]]:
    """What a match means, each meaning with the span of its words.

    One, or two for a range; none where its numbers make no date.
    """
    groups = match.groupdict()
    if rule in ("md_range", "dm_range"):
        begin = match.start("m" if rule == "md_range" else "d")
        ends = _range_of_days(groups, context)
        places = [(begin, match.end("d")), (match.start("d2"), match.end())]
    elif rule == "year" and groups["y2"]:
        ends = _range_of_years(groups, context)
        places = [(match.start(), match.end("y")), match.span("y2")]
    else:
        ends = [MEANINGS[rule](groups, context)]
        places = [match.span()]
    return [(span, meaning) for span, meaning in zip(places, ends, strict=True) if meaning]


def _range_of_days(groups: Groups, context: Context) -> list[Meaning | None]:
    """April 2 and 4: the second day lies in the year of the first, for the same reason."""
    first = full(groups, context)
    if first is None:
        return [None, None]
    year = first.value[:4] if first.value[:4].isdigit() else groups["y"]
    last = full({**groups, "d": groups["d2"], "y": year}, context)
    if last and first.basis != "stated":
        last = last._replace(basis=first.basis, reason=first.reason)
    return [first, last]


def _range_of_years(groups: Groups, context: Context) -> list[Meaning | None]:
    """2011-12: the second year has the first figures of the first."""
    until = groups["y"][: 4 - len(groups["y2"])] + groups["y2"]
    read_year = MEANINGS["year"]
    return [read_year(groups, context), read_year({**groups, "y": until}, context)]
