"""A page: the words, paragraphs, quotations and sentences of an article's own text.

All of it is found in one pass each, however long the text, and told in code points.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from helpers.proposing.lexicon import LEXICON, WORDS, english_verbs

WORD = re.compile(r"\w+")
LINE = re.compile(r"[^\r\n\u2028\u2029\x0b\x0c\x85]+")
MARK = re.compile("[\"“”„«»\u2018’']")
OPENING, CLOSING = "“„«", "”»"
DOUBLE = OPENING + CLOSING + '"'
CLAUSE_ENDS = ".,!?…"
SINGLE = "'\u2018"
# A sentence ends at such marks, with a blank behind them and no small letter after it.
STOP = re.compile(r"(?<![.!?…])[.!?…]++[\"”»’')\]]*+(?=\s++[^a-z])")
# How a line of prose ends: looked for in its last code points.
ENDED = re.compile(r"[.!?…:;,][\"”»’')\]]*$|[\"”»]$")
LAST = 12
# A line of fewer words without a mark at its end is a heading or caption, not a sentence.
HEADING = 14
# Words between quotation marks that are fewer are a term or a nickname, no speech.
TERM = 2
# A report behind an unclosed quotation has so many words, so many code points, at most.
FEW, FAR = 8, 80

Span = tuple[int, int]


class Token(NamedTuple):
    """A word: where it stands, in small letters, and whether it begins with a capital."""

    start: int
    end: int
    low: str
    capital: bool


class Quotation(NamedTuple):
    """Words between quotation marks, the marks included; `closed`: whether the last one stands."""

    start: int
    end: int
    closed: bool


class Sentence(NamedTuple):
    """A sentence that no quotation cuts: what is quoted within belongs to it.

    `paragraph`: the number of its paragraph. `first`, `last`: its tokens, the last exclusive.
    `quotations`: those within that are speech. `told`: the numbers of the tokens outside these.
    """

    start: int
    end: int
    paragraph: int
    first: int
    last: int
    quotations: tuple[Quotation, ...]
    told: tuple[int, ...]


class Page(NamedTuple):
    """An article as it is read. `starts`: those of its tokens. `open_before`: paragraphs that
    carry on an open quotation."""

    text: str
    tokens: list[Token]
    starts: list[int]
    paragraphs: list[Span]
    sentences: list[Sentence]
    open_before: frozenset[int]

    def words(self, first: int, last: int) -> list[str]:
        """The words of some tokens in small letters."""
        if first < 0 or last < 0:
            first, last = max(first, 0), max(last, 0)
        return [token.low for token in self.tokens[first:last]]

    def between(self, first: int, last: int) -> str:
        """What stands between two tokens."""
        return self.text[self.tokens[first].end : self.tokens[last].start]

    def starts_with(self, number: int, phrase: Sequence[str]) -> bool:
        """Whether these words stand from a token on."""
        return not phrase or self.words(number, number + len(phrase)) == list(phrase)

    def token_at(self, place: int) -> int:
        """The number of the first token that begins at a place or behind it."""
        return bisect_left(self.starts, place)


def read_page(text: str, furniture: Sequence[Sequence] = ()) -> Page:
    """Read a text; `furniture`: spans `(start, end, …)` that are not the article's own."""
    tokens = [
        Token(found.start(), found.end(), found[0].lower(), found[0][0].isupper())
        for found in WORD.finditer(text)
    ]
    paragraphs = list(_paragraphs(text, furniture))
    quotations, open_before = _quotations(text, paragraphs)
    starts = [token.start for token in tokens]
    page = Page(text, tokens, starts, paragraphs, [], open_before)
    for number, paragraph in enumerate(paragraphs):
        page.sentences.extend(_sentences(page, number, paragraph, quotations[number]))
    return page


# ---- paragraphs


def _paragraphs(text: str, furniture: Sequence[Sequence]) -> Iterator[Span]:
    """The lines of the article's own text that are prose, without blanks at their ends."""
    aside = sorted((span[0], span[1]) for span in furniture)
    starts = [start for start, _ in aside]
    for line in LINE.finditer(text):
        low, high = line.span()
        near = aside[max(bisect_right(starts, low) - 1, 0) : bisect_left(starts, high)]
        for start, end in _without(low, high, near):
            stripped = text[start:end].strip()
            if stripped and _is_prose(stripped):
                begin = start + text[start:end].index(stripped[0])
                yield begin, begin + len(stripped)


def _without(low: int, high: int, aside: Sequence[Span]) -> Iterator[Span]:
    for start, end in aside:
        if start < high and end > low:
            if low < start:
                yield low, start
            low = max(low, end)
    if low < high:
        yield low, high


def _is_prose(line: str) -> bool:
    """Whether a line is running text: it ends as a sentence does, or is too long for a heading."""
    low = line[:60].lower()
    for phrase in LEXICON["furniture_begins"]:
        if low.startswith(phrase) and not re.match(r"\w", low[len(phrase) : len(phrase) + 1]):
            if phrase not in ("by", "image", "watch", "listen") or not ENDED.search(line[-LAST:]):
                return False
    return bool(ENDED.search(line[-LAST:])) or len(line.split(None, HEADING)) > HEADING


# ---- quotations


def _quotations(
    text: str, paragraphs: Sequence[Span]
) -> tuple[list[list[Quotation]], frozenset[int]]:
    """The quotations of each paragraph, and the paragraphs that carry on an open one."""
    found, carried, is_open = [], set(), False
    for number, (start, end) in enumerate(paragraphs):
        if is_open and text[start] in '"“„«':
            carried.add(number)
        quotations = list(_in_paragraph(text, start, end))
        is_open = bool(quotations) and not quotations[-1].closed
        found.append(quotations)
    return found, frozenset(carried)


def _in_paragraph(text: str, low: int, high: int) -> Iterator[Quotation]:
    marks = [found.start() for found in MARK.finditer(text, low, high)]
    last_single = max((place for place in marks if _closes_single(text, place, high)), default=-1)
    first = next((place for place in marks if text[place] in DOUBLE), -1)
    first = first if first > low and _only_closes(text, low, first) else -1
    begun, single = -1, False
    for place in marks:
        mark = text[place]
        if begun < 0:
            if mark in OPENING or mark == '"':
                begun, single = place, False
            elif place == first:
                yield Quotation(low, place + 1, True)
            elif mark in SINGLE and place < last_single and _opens_single(text, place, low):
                begun, single = place, True
        elif (single and _closes_single(text, place, high)) or (
            not single and mark in CLOSING + '"'
        ):
            yield Quotation(begun, place + 1, True)
            begun = -1
    if begun >= 0 and not single:
        tail = _attribution_at_end(text, begun, high)
        yield Quotation(begun, tail or high, bool(tail))


def _only_closes(text: str, low: int, place: int) -> bool:
    """Whether a mark ends a quotation that lacks its first one, so that all before it is quoted:
    a clause ends at it, and no report stands before it."""
    if text[place] != "”" or text[place - 1] not in CLAUSE_ENDS:
        return False
    words = re.findall(r"\w+", text[low:place].lower())
    return not any(_reports(word) for word in words)


def _reports(word: str) -> bool:
    return any(verb.form == "past" and not verb.rest for verb in english_verbs().get(word, ()))


def _attribution_at_end(text: str, begun: int, high: int) -> int:
    """Where an unclosed quotation ends since a report follows (`…, Okello asked.`); 0: nowhere."""
    comma = text.rfind(", ", begun, high)
    words = [] if comma < 0 or high - comma > FAR else re.findall(r"\w+", text[comma:high].lower())
    last = words[-2:] + words[:2] if 1 < len(words) <= FEW else []
    is_report = any(verb.form == "past" for word in last for verb in english_verbs().get(word, ()))
    return comma + 1 if is_report and text[comma + 2].isupper() else 0


def _opens_single(text: str, place: int, low: int) -> bool:
    before = text[place - 1] if place > low else " "
    return not before.isalnum() and text[place + 1 : place + 2].strip() != ""


def _closes_single(text: str, place: int, high: int) -> bool:
    if text[place] not in "'’" or not text[place - 1 : place].strip():
        return False
    after = text[place + 1] if place + 1 < high else " "
    return not after.isalnum()


# ---- sentences


def _sentences(
    page: Page, number: int, paragraph: Span, quotations: Sequence[Quotation]
) -> Iterator[Sentence]:
    low, high = paragraph
    ends = [place for place in _ends(page, low, high) if not _within(place, quotations)]
    for end in (*ends, high):
        start = low + len(page.text[low:end]) - len(page.text[low:end].lstrip())
        if start < end:
            yield _sentence(page, number, start, end, quotations)
        low = end


def _ends(page: Page, low: int, high: int) -> Iterator[int]:
    """Where sentences end: not behind an abbreviation or an initial."""
    for stop in STOP.finditer(page.text, low, high):
        if len(stop[0]) > 1 or not is_abbreviated(page, stop.start()):
            yield stop.end()


def is_abbreviated(page: Page, place: int) -> bool:
    """Whether a full stop at a place is that of an abbreviation or an initial."""
    before = page.token_at(place) - 1
    token = page.tokens[before] if before >= 0 else None
    if token is None or token.end != place or page.text[place] != ".":
        return False
    return token.low in WORDS["abbreviations"] or (token.capital and token.end - token.start == 1)


def _within(place: int, quotations: Sequence[Quotation]) -> bool:
    """Whether a place lies inside a quotation, its last mark not counted."""
    at = bisect_right(quotations, place, key=lambda quotation: quotation.start) - 1
    return at >= 0 and place < quotations[at].end


def _sentence(
    page: Page, number: int, start: int, end: int, quotations: Sequence[Quotation]
) -> Sentence:
    first, last = page.token_at(start), page.token_at(end)
    at = bisect_left(quotations, start, key=lambda quotation: quotation.start)
    until = bisect_left(quotations, end, key=lambda quotation: quotation.start)
    spoken = [one for one in quotations[at:until] if _is_speech(page, one)]
    told: list[int] = []
    begun = first
    for one in spoken:
        told.extend(range(begun, page.token_at(one.start)))
        begun = page.token_at(one.end)
    told.extend(range(begun, last))
    return Sentence(start, end, number, first, last, tuple(spoken), tuple(told))


def _is_speech(page: Page, quotation: Quotation) -> bool:
    return page.token_at(quotation.end) - page.token_at(quotation.start) > TERM
