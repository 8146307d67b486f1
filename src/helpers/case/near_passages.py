"""Near passages: where a text says almost what a quote says, and what differs.

`nearest_passage` finds the place and says the difference in words. Nothing is mended by it.
"""

import re
from collections import Counter
from collections.abc import Iterator
from difflib import SequenceMatcher
from typing import NamedTuple

from helpers.case.copies import Folded, difference, folded

# Pieces of a quote that are looked for in a text: how long, how many, how often each may stand.
PIECE, PIECES, PLACES = 12, 48, 12
# Letters by which votes for a place are put together.
STEP = 16
# A passage of which less is like the quote is not near it.
LIKE = 0.6
# Words of a quote that are compared one by one; of a longer one, the beginning and the end.
COMPARED = 400
# A quote of so many words is compared letter by letter.
FEW = 8
# A word or sign as it is compared, and its place.
Words = list[tuple[str, int]]


class Passage(NamedTuple):
    """A part of a text; `end` is not part of it. `difference` from the quote is in words."""

    start: int
    end: int
    text: str
    difference: str


def nearest_passage(text: str, quote: str) -> Passage | None:
    """The passage of a text that says almost what a quote says; None where none is near.

    The first one where several are as near. Its difference is the first that meets the eye.
    """
    sought = folded(quote).text.strip()
    if not sought:
        return None
    held = folded(text)
    place = held.text.find(sought)
    if place < 0:
        return _passage_almost(text, quote, held, sought)
    start, end = held.span(text, place, place + len(sought))
    return Passage(start, end, text[start:end], difference(text[start:end], quote))


def words_expected(article: str, text: str, words: str) -> str:
    """What was expected of words that should stand in an article and do not, in words.

    The nearest passage is told, with its place and what differs.
    """
    expected = f"words of {article}, letter for letter"
    near = nearest_passage(text, words)
    if not near:
        return expected
    place = f"{near.start}-{near.end}"
    if near.difference.startswith("composed"):
        return f"{expected}; the words stand at {place}, but {near.difference}"
    return f"{expected}; the nearest stand at {place}: {near.difference}"


def places_of(words: str, text: str) -> list[int]:
    """Every place at which words begin in a text."""
    places = []
    place = text.find(words)
    while place >= 0:
        places.append(place)
        place = text.find(words, place + 1)
    return places


def _passage_almost(text: str, quote: str, held: Folded, sought: str) -> Passage | None:
    """The passage where most pieces of a quote stand, compared word by word."""
    shift = _shift(held.text, sought)
    if shift is None:
        return None
    slack = min(200, max(40, len(sought) // 10))
    first = max(0, shift - slack)
    window = list(_words(held.text[first : shift + len(sought) + slack], first))
    words = list(_words(sought, 0))
    if len(words) <= FEW:
        return _of_few_words(text, quote, held, words, window)
    if len(words) > COMPARED:
        words = words[: COMPARED // 2] + words[-COMPARED // 2 :]
    matcher = SequenceMatcher(
        None, [word for word, _ in words], [word for word, _ in window], autojunk=False
    )
    return _compared(text, quote, held, words, window, matcher)


def _of_few_words(
    text: str, quote: str, held: Folded, words: Words, window: Words
) -> Passage | None:
    """The passage of about as many words that is most like a short quote."""
    matcher = SequenceMatcher(None, autojunk=False)
    matcher.set_seq2(" ".join(word for word, _ in words))
    best, place = LIKE, (0, 0)
    for start in range(len(window)):
        for end in range(max(start + 1, start + len(words) - 1), start + len(words) + 2):
            matcher.set_seq1(" ".join(word for word, _ in window[start:end]))
            if matcher.real_quick_ratio() > best and matcher.quick_ratio() > best:
                ratio = matcher.ratio()
                if ratio > best:
                    best, place = ratio, (start, end)
    some = window[slice(*place)]
    if not some:
        return None
    return _passage_of(text, quote, held, some)


def _passage_of(text: str, quote: str, held: Folded, some: Words) -> Passage:
    """The passage from the first to the last of some words of a text."""
    last, place = some[-1]
    start, end = held.span(text, some[0][1], place + len(last))
    return Passage(start, end, text[start:end], _word_that_differs(text[start:end], quote))


def _shift(text: str, sought: str) -> int | None:
    """How far a quote is to be moved so that most of its pieces stand in a text; None if none does.

    Pieces are taken evenly over the quote; each votes for the places where it stands, in steps, for
    a letter more or less moves it.
    """
    length = max(4, min(PIECE, len(sought) // 3))
    step = max(1, (len(sought) - length) // PIECES)
    votes: Counter[int] = Counter()
    common: Counter[int] = Counter()
    for start in range(0, len(sought) - length + 1, step):
        places = _places(text, sought[start : start + length])
        # A piece that stands often says little.
        counted = votes if len(places) <= PLACES else common
        counted.update((place - start) // STEP for place in places)
    votes = votes or common
    if not votes:
        return None
    best = max(votes, key=lambda step: (votes[step] + votes[step + 1], -step))
    return best * STEP


def _places(text: str, piece: str) -> list[int]:
    """Where a piece stands in a text: all places, or a few too many."""
    places: list[int] = []
    place = text.find(piece)
    while place >= 0:
        places.append(place)
        if len(places) > PLACES:
            break
        place = text.find(piece, place + 1)
    return places


def _words(text: str, first: int) -> Iterator[tuple[str, int]]:
    """The words and signs of a text, each with its place; `first` is that of the text."""
    for word in re.finditer(r"\w+|[^\w\s]", text):
        yield word[0], first + word.start()


def _compared(
    text: str,
    quote: str,
    held: Folded,
    words: Words,
    window: Words,
    matcher: SequenceMatcher,
) -> Passage | None:
    """The passage that words of a window make, where enough of them are those of the quote."""
    blocks = [block for block in matcher.get_matching_blocks() if block.size]
    alike = sum(len(words[i][0]) for b in blocks for i in range(b.a, b.a + b.size))
    if not blocks:
        return None
    # What differs at either end is as long in the text as in the quote.
    start = max(0, blocks[0].b - blocks[0].a)
    last = blocks[-1]
    end = min(len(window), last.b + last.size + len(words) - last.a - last.size)
    letters = sum(len(word) for word, _ in words)
    others = sum(_likeness(words, window, step) for step in matcher.get_opcodes())
    if alike + others < LIKE * letters:
        return None
    return _passage_of(text, quote, held, window[start:end])


def _likeness(
    words: Words,
    window: Words,
    step: tuple[str, int, int, int, int],
) -> float:
    """How many letters of replaced words are those of the words in their place."""
    kind, a, b, c, d = step
    if kind != "replace" or max(b - a, d - c) > 8:
        return 0
    ours = " ".join(word for word, _ in words[a:b])
    theirs = " ".join(word for word, _ in window[c:d])
    return SequenceMatcher(None, ours, theirs, autojunk=False).ratio() * len(ours)


def _word_that_differs(passage: str, quote: str) -> str:
    """The first word in which a quote differs from a passage, in words."""
    theirs = re.findall(r"\w+|[^\w\s]", passage)
    ours = re.findall(r"\w+|[^\w\s]", quote)
    length = min(len(theirs), len(ours), COMPARED)
    same = next((n for n in range(length) if theirs[n] != ours[n]), length)
    matcher = SequenceMatcher(
        None, theirs[same : same + 60], ours[same : same + 60], autojunk=False
    )
    for kind, a, b, c, d in matcher.get_opcodes():
        there = " ".join(theirs[same + a : same + b])[:40]
        here = " ".join(ours[same + c : same + d])[:40]
        if kind == "replace":
            return f"there stands “{there}”, where the quote has “{here}”"
        if kind == "delete":
            return f"there stands “{there}”, which the quote lacks"
        if kind == "insert":
            return f"the quote has “{here}”, which is not there"
    return difference(passage, quote)
