"""Page furniture: the parts of a text that are not the article's own, as a sidecar lists them.

A span may carry its words. They are what it is checked by, and may stand in place of its numbers.
"""

from collections.abc import Mapping
from typing import Any, NamedTuple

from helpers.case.near_passages import places_of, words_expected
from helpers.case.problems import Problem, nearest, shown
from helpers.words import is_visible

NAMES = ("start", "end", "what", "note", "words")


class Furniture(NamedTuple):
    """A part of a text that is not the article's own: a headline, a caption, a menu.

    `start` and `end` count Unicode code points from 0; `end` is not part of it.
    """

    start: int
    end: int
    what: str
    note: str


class Fault(NamedTuple):
    """What is wrong with a span, and what it should have been."""

    found: str
    expected: str


def read_furniture(
    file: str, content: Mapping[Any, Any], text: str
) -> tuple[list[Furniture], list[Problem]]:
    """The furniture that a sidecar lists of a text, and a problem for each span that is none.

    `file` is the name of the sidecar in the problems, `content` what it holds.
    """
    written = content.get("furniture") or []
    spans, problems = [], []
    for number, span in enumerate(written if isinstance(written, list) else [written], start=1):
        read = _read_span(span, text)
        if isinstance(read, Fault):
            problems.append(Problem(file, 0, f"furniture {number}", *read))
        else:
            spans.append(read)
    return spans, problems


def _read_span(span: object, text: str) -> Furniture | Fault:
    length = len(text)
    if not isinstance(span, dict):
        return Fault(shown(span), f"start and end with 0 ≤ start < end ≤ {length}, or its words")
    if strange := [name for name in span if name not in NAMES]:
        expected = f"one of {', '.join(NAMES)}{nearest(strange[0], NAMES)}"
        return Fault(f"an unknown name {shown(strange[0])}", expected)
    what, note, words = span.get("what"), span.get("note", ""), span.get("words", "")
    if not (isinstance(what, str) and is_visible(what)):
        return Fault(shown(span), "what it is, in a word such as headline")
    if not (isinstance(note, str) and isinstance(words, str)):
        return Fault(shown(span), "a note and words that are texts")
    if "start" not in span and "end" not in span and words:
        return _span_of_words(words, text, what, note)
    start, end = span.get("start"), span.get("end")
    if not _lies_within(start, end, length):
        return Fault(shown(span), f"start and end with 0 ≤ start < end ≤ {length}")
    if words and text[start:end] != words:
        return Fault(f"{start}-{end}", _right_place(words, text))
    return Furniture(int(start), int(end), what, note)  # type: ignore[arg-type]


def _span_of_words(words: str, text: str, what: str, note: str) -> Furniture | Fault:
    """A span that leaves its place to its words, which must stand once."""
    places = places_of(words, text)
    if len(places) == 1:
        return Furniture(places[0], places[0] + len(words), what, note)
    if places:
        return Fault(shown(words), f"start and end: the words stand {len(places)} times")
    return Fault(shown(words), words_expected("the text", text, words))


def _right_place(words: str, text: str) -> str:
    """What was expected of a span whose words are not there."""
    places = places_of(words, text)[:4]
    if not places:
        return words_expected("the text", text, words)
    spans = " or ".join(f"{place}-{place + len(words)}" for place in places)
    return f"{spans}, where its words {shown(words)} stand"


def _lies_within(start: object, end: object, length: int) -> bool:
    whole = [type(place) is int for place in (start, end)]
    return all(whole) and 0 <= start < end <= length  # type: ignore[operator]
