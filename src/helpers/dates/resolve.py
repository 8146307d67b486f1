"""Resolve: what a text and its day of publication say of time, for notebooks and for other rooms.

A function of the text and that day alone: no clock, no model, no other file. English news, and
Swahili day words. `expressions` gives every time expression of an article with the date it means
(see `rows`), `reading` the date of one passage, `beside` such readings beside the coder's dates.
"""

import re
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from typing import Any, NamedTuple

import pandas as pd

from helpers.dates.edtf import bounds, within
from helpers.dates.passes import Span, lies_within, spans
from helpers.dates.quotations import Dated, Passages
from helpers.dates.rows import Row, as_elsewhere, read_article
from helpers.dates.tense import SENTENCE


class Reading(NamedTuple):
    """The resolver's own date of a passage.

    EDTF or empty, basis, a plain reason, other readings as `(date_edtf, reason)`, and the words
    used.
    """

    date_edtf: str
    basis: str
    reason: str
    alternatives: tuple[tuple[str, str], ...]
    words: str


class Comparison(NamedTuple):
    """The coder's date of a mention beside the resolver's own: its columns are told by `beside`."""

    mention_id: str
    date_edtf: str
    date_basis: str
    own_edtf: str
    own_basis: str
    own_reason: str
    own_alternatives: str
    verdict: str


# ---- expressions


def expressions(
    text: str,
    published: str = "",
    known: Collection[Dated] = (),
    furniture: Collection[tuple] = (),
    spoken: str = "",
    language: str | Collection[str] = "en",
) -> pd.DataFrame:
    """Every time expression of an article: one row each, in the order of the text.

    `published`: EDTF date of the article, may be vague or empty. `known`: pairs
    `(passage, date_edtf)` of other articles (see `dated`), by which words quoted there too are
    dated. `furniture`: spans `(start, end, …)` that are not the article's own text; they anchor
    nothing, nor does a date that stands alone on its line. `spoken`: the day (EDTF) of the speeches
    that the article quotes; what stands between quotation marks is read from it. `language`: `en`,
    or a list or `;`-text of languages; with `sw`, Swahili day words are read too.

    Columns: start, end (code points, end exclusive), words, type (DATE, TIME, DURATION, SET), value
    and mod (TIMEX3), date_edtf (empty for durations, sets and vague times), basis (stated,
    resolved, approximate, undated), reason, alternatives (pairs `(date_edtf, reason)`).
    Raises ValueError where `published` or `spoken` is no EDTF date.
    """
    article = read_article(text, published, furniture, spoken, language)
    rows = as_elsewhere(article, Passages(known))
    # By columns, which is quicker than row by row.
    columns = zip(*rows, strict=True) if rows else [()] * len(Row._fields)
    return pd.DataFrame(dict(zip(Row._fields, map(list, columns), strict=True)))


# ---- passages


def dated(
    text: str,
    published: str = "",
    furniture: Collection[tuple] = (),
    language: str | Collection[str] = "en",
) -> list[Dated]:
    """The passages of an article that follow a day, each up to the next.

    Pairs `(passage, date_edtf)`, to be `known` to other articles.
    """
    article = read_article(text, published, furniture, language=language)
    return _passages_after_days(text, _dated_rows(article.rows, furniture))


def _passages_after_days(text: str, rows: Iterable[Row]) -> list[Dated]:
    of_day = [row for row in rows if len(row.date_edtf) == 10]
    ends = [row.start for row in of_day[1:]] + [len(text)]
    # Not strict: where there is no row, the end of the text is one too many.
    return [(text[row.start : end], row.date_edtf) for row, end in zip(of_day, ends, strict=False)]


def _dated_rows(rows: Iterable[Row], furniture: Iterable[tuple]) -> list[Row]:
    """The rows with a date that stand in the article's own text."""
    aside = spans(furniture)
    return [row for row in rows if row.date_edtf and not lies_within((row.start, row.end), aside)]


def reading(
    text: str,
    start: int,
    end: int,
    published: str = "",
    furniture: Collection[tuple] = (),
    words: str = "",
    known: Collection[Dated] = (),
    spoken: str = "",
    language: str | Collection[str] = "en",
) -> Reading:
    """The resolver's own date of the passage `text[start:end]`.

    It is that of the expression in `words` (where the article prints them nearest to the passage),
    else in the passage, else in its sentence; of several the most exact. Else it is the last date
    before: in the paragraph, or, approximate then, in the paragraphs before. `words` may be empty;
    the other parameters are those of `expressions`.
    """
    return reader(text, published, furniture, known, spoken, language)(start, end, words)


def reader(
    text: str,
    published: str = "",
    furniture: Collection[tuple] = (),
    known: Collection[Dated] = (),
    spoken: str = "",
    language: str | Collection[str] = "en",
) -> Callable[[int, int, str], Reading]:
    """What gives the `reading` of any passage (start, end, words) of an article read once."""
    article = read_article(text, published, furniture, spoken, language)
    rows = _dated_rows(as_elsewhere(article, Passages(known)), furniture)
    return lambda start, end, words: _reading_at(text, start, end, words, rows)


def _reading_at(text: str, start: int, end: int, words: str, rows: Sequence[Row]) -> Reading:
    """The reading of a passage by the rows with a date; see `reading`."""
    places = {
        "in the words that give the date": _nearest_place(words, text, start, end),
        "in the passage": (start, end),
        "in its sentence": _sentence(text, start, end),
    }
    for where, (low, high) in places.items():
        inside = [row for row in rows if low < row.end and row.start < high]
        if inside:
            return _reading(min(inside, key=_inexactness), where)
    before = [row for row in rows if row.end <= start]
    if not before:
        return Reading("", "undated", "no date in the article up to here", (), "")
    if before[-1].start > text.rfind("\n", 0, start):
        return _reading(before[-1], "before it in its paragraph")
    last = _reading(before[-1], "the last date before it, in another paragraph")
    return last._replace(basis="approximate")


def _nearest_place(words: str, text: str, start: int, end: int) -> Span:
    """Where a text prints some words nearest to a passage; an empty span where it does not."""

    def distance(place: Span) -> tuple[int, Span]:
        return max(start - place[1], place[0] - end, 0), place

    places = [match.span() for match in re.finditer(re.escape(words), text)] if words else []
    return min(places, key=distance, default=(0, 0))


def _inexactness(row: Row) -> tuple:
    first, last = bounds(row.date_edtf)
    return last - first, row.start


def _reading(row: Row, where: str) -> Reading:
    reason = f"“{row.words}” {where}: {row.reason}"
    return Reading(row.date_edtf, row.basis, reason, row.alternatives, row.words)


def _sentence(text: str, start: int, end: int) -> Span:
    low, line_end = text.rfind("\n", 0, start) + 1, text.find("\n", end)
    for stop in SENTENCE.finditer(text, low, start + 1):
        low = stop.end()
    if after := SENTENCE.search(text, end):
        return low, after.start()
    return low, line_end if line_end >= 0 else len(text)


# ---- beside the coder


def beside(
    mentions: pd.DataFrame,
    articles: pd.DataFrame,
    texts: Mapping[str, str],
    furniture: Mapping[str, Collection[tuple]],
) -> pd.DataFrame:
    """The resolver's own reading beside the coder's date: one row a mention.

    `mentions`: mention_id, article_id, start, end, date_edtf, date_basis, date_words. `articles`:
    article_id, published, language. `texts`, `furniture`: by article_id.

    Columns: mention_id, date_edtf, date_basis, own_edtf, own_basis, own_reason, own_alternatives
    (EDTF, `;` between) and verdict: `same` bounds; `near`, one lies in the other; `alternative`,
    the coder's date is another reading that stayed open; `different`; `none`, where either has no
    date.
    """
    passages = Passages()
    read = {}
    for fact in articles.itertuples():
        text, aside = texts[fact.article_id], furniture[fact.article_id]
        article = read_article(text, fact.published, aside, language=fact.language)
        own = passages.add(_passages_after_days(text, _dated_rows(article.rows, aside)))
        read[fact.article_id] = article, own
    rows_by_article = {
        article_id: _dated_rows(as_elsewhere(article, passages, own), furniture[article_id])
        for article_id, (article, own) in read.items()
    }
    comparisons = []
    for mention in mentions.itertuples():
        text, rows = texts[mention.article_id], rows_by_article[mention.article_id]
        reading = _reading_at(text, mention.start, mention.end, mention.date_words, rows)
        comparisons.append(_comparison(mention, reading))
    return pd.DataFrame(comparisons, columns=Comparison._fields)


def _comparison(mention: Any, own: Reading) -> Comparison:
    others = [value for value, _ in own.alternatives]
    return Comparison(
        mention.mention_id,
        mention.date_edtf,
        mention.date_basis,
        own.date_edtf,
        own.basis,
        own.reason,
        ";".join(others),
        _verdict(mention.date_edtf, own.date_edtf, others),
    )


def _verdict(coded: str, own: str, others: Iterable[str]) -> str:
    if not coded or not own:
        return "none"
    if bounds(coded) == bounds(own):
        return "same"
    if any(bounds(coded) == bounds(other) for other in others):
        return "alternative"
    return "near" if within(coded, own) or within(own, coded) else "different"
