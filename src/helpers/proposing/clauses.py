"""Clauses: the parts of an utterance that could each be on an issue of its own.

A part begins with a sentence inside a quotation, with a participle of saying (`arguing that`), or
with a conjunction that has a subject behind it (`because the`, `and that`).
"""

import re
from collections.abc import Iterator

from helpers.proposing.lexicon import WORDS
from helpers.proposing.page import Page, Span, is_abbreviated
from helpers.proposing.utterances import Utterance

# A part has so many words at least; else it belongs to the one beside it.
FEW = 4
SUBJECT = (
    r"(?:that|the|he|she|they|we|I|it|if|you|there|this|these|our|his|her|their|its|some|many|no"
    r"|(?:accus|call|demand|reject|dismiss|urg|deni|ask|challeng|warn|oppos|criticis|criticiz)\w*ed"
    r"|(?:argu|claim|insist|promis|vow|pray|declar|announc|prais|endors|back|welcom|disput)\w*ed"
    r"|said|told|sought|swore"
    r"|kwamba|kuwa|kuomba|kutaka|kudai|kulaani|kupinga|(?:wa|a)(?:na|li|me|ta)\w{3,})"
)
NAMED = r"[A-Z]\w+(?: [A-Z]\w+)* (?:is|are|was|were|has|had|will|would|should|must|\w+ed|\w+s)"
SWAHILI = r"(?:aki|waki)(?:sema|dai|ongeza|sisitiza|taka|omba|pinga|laumu|tuhumu|eleza)\w*"
# Participles of saying, as alternatives.
REPORTING = "|".join(sorted(WORDS["reporting"]))
EDGE = re.compile(
    r"[.!?…]+[\"”’')]*\s+(?=\S)"
    rf"|,? (?=(?:{REPORTING})\b(?! (?:to|with)\b))"
    r"|[,;]? (?=(?:because|whereas|even as|even though|although|owing to|kwa sababu|ingawa)\b)"
    r"|[,;]? (?=(?:as|since) (?:they|he|she|we|it)\b|failure to which\b)"
    r"|[,;]? (?=with (?:the|some) \w+ (?:that|of them)\b)"
    rf"|[,;:]? (?=(?:and|but|while|yet|so|na|huku|lakini|whose) {SUBJECT}\b)"
    rf"|[,;]? (?=(?:but|while|whose) {NAMED}\b)"
    rf"|[;—] ?|,? (?={SWAHILI})"
)


def clauses(page: Page, one: Utterance) -> Iterator[Span]:
    """The parts of an utterance in their order; together they are all of it."""
    start = one.start
    for edge in EDGE.finditer(page.text, one.start, one.end):
        if edge[0][0] in ".!?…" and is_abbreviated(page, edge.start()):
            continue
        if _words(page, start, edge.start()) >= FEW and _words(page, edge.end(), one.end) >= FEW:
            yield start, edge.start() + len(edge[0].rstrip(" ,;—\n\r\t"))
            start = edge.end()
    yield start, one.end


def _words(page: Page, start: int, end: int) -> int:
    return page.token_at(end) - page.token_at(start)
