"""Where a record of another tool stands in an article of the case, in code points.

What is exact is taken as it is; what went through another program is found again although its
quotation marks, accents, blanks or line ends differ. Where several places fit, none is chosen.
"""

from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from dispute.exchange.counting import (
    Counting,
    are_alike,
    counting_of,
    is_bound,
    moved,
    shortened,
    way_by_words,
)
from dispute.exchange.offsets import ENCODINGS, Span, code_points
from dispute.exchange.passages.record import Record
from helpers.case.copies import folded
from helpers.case.near_passages import places_of, words_expected

# Of many places, so many are told.
TOLD = 3
# Characters around a quote that are compared.
AROUND = 32


class UnplacedError(ValueError):
    """A record that has no one place. Its words say what was expected."""


class Article(NamedTuple):
    """An article of the case; `furniture` are the spans of it that are never coded."""

    name: str
    text: str
    furniture: Sequence[tuple[int, int]] = ()


def way_of_file(
    records: Iterable[Record], articles: Mapping[str, Article]
) -> tuple[Counting | None, str]:
    """How a file counts that has no texts and, somewhere, no words; with a sentence that says so.

    As those of its places count that have words; where none has, as the bounds of words tell. None
    where all have words. Raises ValueError where that does not tell it.
    """
    with_words: list[tuple[str, int, int, str]] = []
    without: list[tuple[str, int, int]] = []
    for record in records:
        article = articles.get(record.document)
        if article and record.start is not None and record.end is not None:
            selection = article.text, record.start, record.end
            if record.quote.strip():
                with_words.append((*selection, record.quote))
            else:
                without.append(selection)
    if not without:
        return None, ""
    way = way_by_words(with_words)
    return (way, "") if way else counting_of(without)


def place(
    record: Record, document: str | None, article: Article, way: Counting | None = None
) -> Span:
    """The place of a record in an article; `document` is the text that the file has, if any.

    `way` is how a file without texts counts, where it is known. Raises UnplacedError.
    """
    if document is None:
        return _by_words(record, article, way)
    span = None
    if record.start is not None:
        span = code_points(document, record.start, record.end, record.unit)
        if span is None:
            length = len(document)
            raise UnplacedError(f"positions within its text (of {length} characters)")
    elif record.quote:
        span = _by_words(record, Article(record.document, document))
    if span is None:
        raise UnplacedError("positions or words")
    words = document[span.start : span.end]
    if record.quote and not are_alike(record.quote, words):
        raise UnplacedError(f"the words that stand there: {words[:60]!r}")
    return _moved(span, document, article)


def _moved(span: Span, document: str, article: Article) -> Span:
    """A span of a text as that of an article that has the same words."""
    if document == article.text:
        return span
    if shortened(document) == shortened(article.text):
        return moved(span, document, article.text)
    there, here = folded(document), folded(article.text)
    words = document[span.start : span.end]
    if there.text == here.text:
        first = bisect_left(there.places, span.start)
        last = bisect_left(there.places, span.end)
        if first < last:
            return Span(*here.span(article.text, first, last))
    return _by_words(Record(document=article.name, quote=words), article)


def _by_words(record: Record, article: Article, way: Counting | None = None) -> Span:
    """The place of words, by themselves, by what stands around them, or by their positions."""
    name, text = article.name, article.text
    if not record.quote.strip():
        way = way or Counting(record.unit)
        span = None
        if record.start is not None and record.end is not None:
            span = way.span(text, record.start, record.end)
        if span is None:
            raise UnplacedError("words, or positions in the article")
        return span
    for unit in dict.fromkeys((record.unit, *ENCODINGS)):
        span = code_points(text, record.start, record.end, unit)
        if span and text[span.start : span.end] == record.quote:
            return span
    exact = places_of(record.quote, text)
    spans = [Span(start, start + len(record.quote)) for start in exact]
    spans = spans or _alike(record.quote, text)
    for rule in (_not_in_furniture, _at_bounds, _in_context):
        if len(spans) > 1:
            spans = rule(spans, record, article) or spans
    if len(spans) == 1:
        return spans[0]
    if not spans:
        raise UnplacedError(words_expected(name, text, record.quote))
    some = ", ".join(f"{span.start}-{span.end}" for span in spans[:TOLD])
    more = f" and {len(spans) - TOLD} more" if len(spans) > TOLD else ""
    raise UnplacedError(
        f"words that stand once in {name}; they stand at {some}{more}: none was chosen"
    )


def _alike(quote: str, article: str) -> list[Span]:
    """Where words stand although marks, accents, blanks or line ends differ."""
    sought, held = folded(quote).text.strip(), folded(article)
    if not sought:
        return []
    starts = places_of(sought, held.text)
    return [Span(*held.span(article, start, start + len(sought))) for start in starts]


# Each rule gives the places that it leaves; where it leaves none, it says nothing.


def _not_in_furniture(spans: list[Span], record: Record, article: Article) -> list[Span]:
    def is_own(span: Span) -> bool:
        return not any(span.start < last and first < span.end for first, last in article.furniture)

    return list(filter(is_own, spans))


def _at_bounds(spans: list[Span], record: Record, article: Article) -> list[Span]:
    text = article.text
    return [span for span in spans if is_bound(text, span.start) and is_bound(text, span.end)]


def _in_context(spans: list[Span], record: Record, article: Article) -> list[Span]:
    """The places around which stands what the file says."""
    before, after = folded(record.before).text[-AROUND:], folded(record.after).text[:AROUND]
    before, after = before.strip(), after.strip()
    if not before and not after:
        return []
    return [
        span
        for span in spans
        if folded(article.text[: span.start][-4 * AROUND :]).text.strip().endswith(before)
        and folded(article.text[span.end :][: 4 * AROUND]).text.strip().startswith(after)
    ]
