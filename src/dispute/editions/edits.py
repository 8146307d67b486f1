"""Edits: how a text becomes the open one again, told by places in articles and not by their words.

An edit replaces a part of the closed text by pieces. A piece is a text, or a part of an article:
its id with its first character and the one after its last (Unicode code points).
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from helpers.case.article_words import WORD, ArticleWords, Run

Piece = str | tuple[str, int, int]
# Characters of all pieces of one file: as many as a raw table may have bytes.
LARGEST = 100_000_000


class Edit(NamedTuple):
    """From `start` on, `length` characters of a closed text stand for these pieces."""

    start: int
    length: int
    pieces: list[Piece]


class Change(NamedTuple):
    """A part of an open text, from `start` to before `end`, and what stands in its place."""

    start: int
    end: int
    shown: str


def changed(text: str, changes: Iterable[Change], words: ArticleWords) -> tuple[str, list[Edit]]:
    """The text with all changes made (in their order, none over another), and the edits back."""
    pieces, edits, done, length = [], [], 0, 0
    for change in changes:
        pieces += [text[done : change.start], change.shown]
        length += change.start - done
        away = list(pieces_of(text[change.start : change.end], words))
        edits.append(Edit(length, len(change.shown), away))
        length += len(change.shown)
        done = change.end
    return "".join([*pieces, text[done:]]), edits


def pieces_of(text: str, words: ArticleWords) -> Iterator[Piece]:
    """A text in pieces: each run of an article's words as a place in it, the rest as it is."""
    done = 0
    for run in words.runs(text):
        if run.start > done:
            yield text[done : run.start]
        yield from filter(None, _pieces_of_run(text, run, words))
        done = run.end
    if done < len(text):
        yield text[done:]


def _pieces_of_run(text: str, run: Run, words: ArticleWords) -> Iterator[Piece]:
    """The pieces of a run: one where text and article are alike to the letter, else several."""
    article, spans = words.texts[run.article], words.spans[run.article][run.first : run.last]
    own = [found.span() for found in WORD.finditer(text, run.start, run.end)]
    begin, end, done = 0, 0, run.start
    for (start, stop), (first, last) in zip(own, spans, strict=True):
        is_same = text[start:stop] == article[first:last]
        goes_on = end and text[done:start] == article[end:first]
        if end and not (is_same and goes_on):
            yield run.article, begin, end
            end = 0
        if not end:
            yield text[done : start if is_same else stop]
            begin = first
        end, done = last if is_same else 0, stop
    if end:
        yield run.article, begin, end


def opened(text: str, edits: Iterable[Edit], texts: Mapping[str, str]) -> str:
    """The open text. Raises KeyError or IndexError where an edit does not fit, or all are huge."""
    pieces, done, room = [], 0, LARGEST
    for start, length, some in edits:
        if not done <= start <= start + length <= len(text):
            raise IndexError(start)
        pieces.append(text[done:start])
        for piece in some:
            pieces.append(_words(piece, texts))
            room -= len(pieces[-1])
            if room < 0:
                raise IndexError(start)
        done = start + length
    return "".join([*pieces, text[done:]])


def _words(piece: Piece, texts: Mapping[str, str]) -> str:
    if isinstance(piece, str):
        return piece
    article, start, end = piece
    if not 0 <= start <= end <= len(texts[article]):
        raise IndexError(start)
    return texts[article][start:end]
