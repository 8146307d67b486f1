"""Clauses: the parts of an utterance that could each be on an issue of its own.

A part begins with a sentence inside a quotation, with a participle of saying (`arguing that`), or
with a conjunction that has a subject behind it (`because the`, `and that`).
"""

import re
from collections.abc import Iterator

from helpers.proposing.cues import BARE
from helpers.proposing.page import Page, Span
from helpers.proposing.utterances import Utterance

# A part has so many words at least; else it belongs to the one beside it.
FEW = 5
SUBJECT = (
    r"(?:that|the|he|she|they|we|i|it|if|you|there|this|these|our|his|her|their|its|some|many"
    r"|no|[A-Z]\w+(?: [A-Z]\w+)* (?:is|was|has|had|will|should|must|\w+ed|\w+s))"
)
EDGE = re.compile(
    r"[.!?…]+[\"”’')]*\s+(?=\S)"
    rf"|,? (?=(?:{'|'.join(sorted(BARE))})\b(?! (?:to|with)\b))"
    r"|[,;]? (?=(?:because|whereas|even as|even though|although|with the \w+ that|owing to"
    r"|huku|lakini|kwa sababu|ingawa)\b)"
    rf"|(?i:[,;:]? (?=(?:and|but|while|as|yet|so) {SUBJECT}\b))"
    r"|[;—] ?|, (?=(?:akisema|akidai|akiongeza|wakisema|wakidai|akisisitiza|wakisisitiza)\b)"
)


def clauses(page: Page, one: Utterance) -> Iterator[Span]:
    """The parts of an utterance in their order; together they are all of it."""
    start = one.start
    for edge in EDGE.finditer(page.text, one.start, one.end):
        if _words(page, start, edge.start()) >= FEW and _words(page, edge.end(), one.end) >= FEW:
            yield start, edge.start() + len(edge[0].rstrip(" ,;—\n\r\t"))
            start = edge.end()
    yield start, one.end


def _words(page: Page, start: int, end: int) -> int:
    return page.token_at(end) - page.token_at(start)
