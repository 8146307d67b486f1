"""Rows: every time expression of an article, with the date it means, why, and what stays open.

Expressions are found by `scanner` and given a meaning by the anchors, in one pass for each possible
day of publication (`passes`). `choices` makes one date of the meanings, `quotations` looks for the
same words in other articles.
"""

from collections.abc import Collection, Iterable, Sequence
from datetime import date
from itertools import chain
from typing import NamedTuple

from helpers.dates.choices import Dating, choose, possible_days
from helpers.dates.passes import Pass, Span, lies_within, read_from, scan_article
from helpers.dates.quotations import Passages, quoted_spans

# Rules whose day may be told by another article that prints the same words.
BARE_WEEKDAYS = ("weekday", "sw_weekday")


class Row(NamedTuple):
    """A time expression: its columns are told by `expressions`."""

    start: int
    end: int
    words: str
    type: str
    value: str
    mod: str
    date_edtf: str
    basis: str
    reason: str
    alternatives: tuple[tuple[str, str], ...]


class Expressions(NamedTuple):
    """The time expressions of an article, read from its own days alone, in the order of the text.

    `bare_weekdays`: the numbers of the rows whose day another article may tell.
    """

    text: str
    rows: list[Row]
    bare_weekdays: frozenset[int]


def read_article(
    text: str,
    published: str = "",
    furniture: Collection[tuple] = (),
    spoken: str = "",
    language: str | Collection[str] = "en",
) -> Expressions:
    """Every time expression of an article; see `resolve.expressions`."""
    days: Sequence[date | None] = possible_days(published) or [None]
    days_of_speech = possible_days(spoken)
    article = scan_article(text, furniture, "sw" in language)
    if not article.expressions:
        return Expressions(text, [], frozenset())
    quotes = quoted_spans(text) if spoken else []
    passes = [read_from(day, article) for day in days]
    passes_of_speech = [read_from(day, article) for day in days_of_speech] if quotes else passes
    rows: list[Row] = []
    bare_weekdays = set()
    for span in sorted(set(chain.from_iterable(passes))):
        start, end = span
        dating = _dating(span, passes_of_speech if lies_within(span, quotes) else passes)
        if dating is None:
            continue
        if _rule(span, passes) in BARE_WEEKDAYS:
            bare_weekdays.add(len(rows))
        rows.append(Row(start, end, text[start:end], *dating))
    return Expressions(text, rows, frozenset(bare_weekdays))


def as_elsewhere(article: Expressions, passages: Passages, own: range = range(0)) -> list[Row]:
    """The rows of an article, its bare weekdays as other articles date the same words.

    `own`: the numbers of the passages that are its own.
    """
    rows = list(article.rows)
    for number in article.bare_weekdays if passages else ():
        row = rows[number]
        elsewhere = passages.date_of(article.text, (row.start, row.end), row.date_edtf, own)
        if elsewhere:
            rows[number] = _dated_elsewhere(row, elsewhere)
    return rows


def _dating(span: Span, passes: Iterable[Pass]) -> Dating | None:
    """The date of an expression by all passes that give it a meaning; None where none does."""
    meanings = [meanings[span][0] for meanings in passes if span in meanings]
    return choose(meanings) if meanings else None


def _rule(span: Span, passes: Iterable[Pass]) -> str:
    return next(meanings[span][1] for meanings in passes if span in meanings)


def _dated_elsewhere(row: Row, date_edtf: str) -> Row:
    """The day that another article gives the same words; the own one stays as another reading."""
    own = ((row.date_edtf, row.reason),) if row.date_edtf else ()
    return row._replace(
        value=date_edtf + row.value[10:],
        date_edtf=date_edtf,
        basis="resolved",
        reason="the same words are dated elsewhere on such a day",
        alternatives=(*own, *row.alternatives),
    )
