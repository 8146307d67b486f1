"""Passes: an article read from one day, from its first time expression to its last.

What the text names on the way (a date, a day, a year) is what later expressions count from.
"""

import re
from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

# These rooms are imported for the anchors that they enter into MEANINGS.
from helpers.dates import deictics, durations, feasts, hours, seasons, swahili  # noqa: F401
from helpers.dates.anchoring import MEANINGS, Context, Meaning
from helpers.dates.calendar_days import full
from helpers.dates.capitals import in_known_letters
from helpers.dates.lexicon import Groups
from helpers.dates.links import (
    COUNTING,
    PREFIXES,
    WAITING,
    WEEKDAYS,
    Link,
    counted_from,
    in_order,
    told_twice,
    weekdays_in_order,
    with_links,
    years_after,
)
from helpers.dates.recounting import is_aside, is_recounted, points_to_publication
from helpers.dates.scanner import Expression, scan
from helpers.dates.tense import SENTENCE, WINDOW, tense
from helpers.dates.timex import first_day, is_day

Span = tuple[int, int]
# For each span of words: its meaning, and the rule that was matched there.
Pass = dict[Span, tuple[Meaning, str]]
# Rules of what falls in the year that a paragraph recounts, where it has none of its own.
RECOUNTED = ("md", "dm", "md_range", "dm_range", "month", "sw_date", "sw_month")


class Article(NamedTuple):
    """A text with its time expressions.

    The text is in known letters (see `capitals`). `links`: how an expression, by its number,
    belongs to the next; `years_after`: the year that is printed there. `years`: those the text
    names. `aside`: the spans that are not the article's own text; they anchor nothing.
    """

    text: str
    expressions: list[Expression]
    links: dict[int, Link]
    years_after: dict[int, int]
    years: tuple[int, ...]
    aside: list[Span]


@dataclass
class Named:
    """What the text has named up to here.

    `last`, `day`: the TIMEX3 date named last, which ends at `last_at`, and the day. `begun`: the
    first day of the date with its year named last, whose words are `begun_by`.
    """

    last: str = ""
    last_at: int = 0
    day: str = ""
    begun: date | None = None
    begun_by: Span = (0, 0)

    def note(self, meaning: Meaning, span: Span, rule: str) -> None:
        """Keep in mind a date that the text names, in the words of a span."""
        self.last, self.last_at = meaning.value, span[1]
        if is_day(meaning.value):
            self.day = meaning.value
        if meaning.basis == "stated" and rule != "fiscal" and (begun := first_day(meaning.value)):
            self.begun, self.begun_by = begun, span

    def in_sentence(self, text: str, start: int) -> date | None:
        """The first day of the date with its year that the sentence has named before `start`.

        None where that date stands beside the story: the firm, founded in 1974, …
        """
        if not self.begun or SENTENCE.search(text, self.begun_by[1], start + 1):
            return None
        return None if is_aside(text, *self.begun_by) else self.begun

    def recounted(self, article: Article, match: re.Match[str], day: date | None) -> date | None:
        """The first day of the date of long ago that the paragraph recounts; see `recounting`."""
        begun, text = self.begun, article.text
        if day is None or begun is None or not self.last.startswith(f"{begun.year:04}"):
            return None
        if not is_recounted(text, day, begun.year, self.begun_by, match.span()):
            return None
        low, high = (
            bisect_left(article.expressions, place, key=_start)
            for place in _near(text, *match.span())
        )
        beside = article.expressions[low:high]
        return None if any(map(points_to_publication, beside)) else begun


def _start(expression: Expression) -> int:
    return expression[1].start()


def _near(text: str, start: int, end: int) -> Span:
    """Where the paragraph that holds a span begins and ends, of a long one what is near."""
    low, high = max(0, start - 2 * WINDOW), min(len(text), end + 2 * WINDOW)
    last = text.find("\n", end, high)
    return max(low, text.rfind("\n", low, start) + 1), last if last >= 0 else high


def scan_article(text: str, furniture: Iterable[tuple], in_swahili: bool) -> Article:
    """A text with its time expressions; a date that is a line of its own stands aside."""
    text = in_known_letters(text)
    expressions, links = with_links(scan(text, in_swahili))
    alone = [match.span() for _, match in expressions if _stands_alone(match)]
    aside = spans(furniture) + alone
    with_year = [match for _, match in expressions if "y" in match.re.groupindex and match["y"]]
    own = [match["y"] for match in with_year if not lies_within(match.span(), aside)]
    return Article(
        text,
        expressions,
        links,
        years_after(expressions, links),
        tuple(int(year) for year in own if len(year) == 4),
        aside,
    )


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
    for number, (rule, match) in enumerate(article.expressions):
        link = article.links.get(number)
        if link and link.kind in WAITING:
            continue
        context = _context(match, day, named, article, rule)
        year = article.years_after.get(number)
        own = (
            _in_year_after(rule, match, context, year) if year else _meanings(rule, match, context)
        )
        for span, meaning in _with_previous(number, own, article, meanings, context):
            meanings[span] = meaning, rule
            if _is_dated(meaning) and not lies_within(span, article.aside):
                named.note(meaning, span, rule)
    return meanings


def _context(
    match: re.Match[str], day: date | None, named: Named, article: Article, rule: str
) -> Context:
    may_lack_year = rule in RECOUNTED
    return Context(
        match=match,
        day=day,
        named=named.last,
        named_at=named.last_at,
        named_day=named.day,
        start=named.in_sentence(article.text, match.start()) if may_lack_year else None,
        recounted=named.recounted(article, match, day) if may_lack_year else None,
        years=article.years,
        year_before=named.begun.year if named.begun else 0,
        swahili=rule.startswith("sw_"),
    )


def _in_year_after(
    rule: str, match: re.Match[str], context: Context, year: int
) -> list[tuple[Span, Meaning]]:
    """January to April 2019: the year is printed after the end of the range."""
    meaning = MEANINGS[rule]({**match.groupdict(), "y": f"{year:04}"}, context)
    if meaning is None:
        return []
    reason = "the year is printed after the end of the range"
    return [(match.span(), meaning._replace(basis="resolved", reason=reason))]


def _with_previous(
    number: int,
    own: list[tuple[Span, Meaning]],
    article: Article,
    meanings: Pass,
    context: Context,
) -> list[tuple[Span, Meaning]]:
    """What an expression means together with the one before, where the two belong together."""
    link = article.links.get(number - 1)
    if link is None or not own:
        return own
    rule, before = article.expressions[number - 1]
    (span, meaning), *others = own
    if link.kind in COUNTING:
        if link.words == " from " and context.tense() == 0:
            # Three days from Monday lie ahead, and so does the Monday.
            meaning = _coming(article.expressions[number], context) or meaning
        counted = counted_from(link, before.groupdict(), meaning)
        if counted is None:
            return own if rule in PREFIXES else [*_meanings(rule, before, context), *own]
        return [((before.start(), span[1]), counted), *others]
    if link.kind == "same":
        days = _meanings(rule, before, context)
        again = article.expressions[number][0]
        day = told_twice(days[0][1], meaning, again) if days else None
        return [*days, *own] if day is None else [((before.start(), span[1]), day), *others]
    if link.kind == "range" and before.span() in meanings:
        first, last = _ordered(rule, before, meanings[before.span()][0], meaning, context)
        meanings[before.span()] = first, rule
        return [(span, last), *others]
    return own


def _coming(expression: Expression, context: Context) -> Meaning | None:
    """A bare weekday as the next one; None for any other expression."""
    rule, match = expression
    if rule != "weekday" or match["rel"]:
        return None
    return MEANINGS[rule]({**match.groupdict(), "rel": "next"}, context)


def _ordered(
    rule: str, before: re.Match[str], first: Meaning, last: Meaning, context: Context
) -> tuple[Meaning, Meaning]:
    """The two ends of a range in their order."""
    fixed = bool(before.groupdict().get("rel"))
    if rule in WEEKDAYS:
        return weekdays_in_order(first, last, fixed)
    looks_back = tense(before.string, *before.span()) < 0
    return in_order(first, last, context.day, looks_back, fixed)


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
