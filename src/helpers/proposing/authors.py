"""Authors: what the author of a column holds, in sentences that report nobody else.

An author is an actor of the codebook who stands in the byline, or in a line that says who the
writer is. Only sentences with a word of the author's own judgement are taken: must, should, I.
"""

import re
from collections.abc import Sequence

from helpers.proposing.book import PERSON
from helpers.proposing.lexicon import WORDS
from helpers.proposing.mentions import Mention
from helpers.proposing.page import Page
from helpers.proposing.speakers import Memory, Speaker
from helpers.proposing.utterances import Utterance

# Right before the name of an author.
BYLINE = re.compile(
    r"(?:(?:^|\n|\|)\s*(?:by|na|opinion by|column by|written by|imeandikwa na)"
    r"|\bthe (?:writer|author|columnist),?(?: is)?|\bmwandishi(?: ni)?):? +$",
    re.I,
)
NEAR = 40
# How a press release begins, in its first code points.
RELEASE = re.compile(
    r"^\W*(?:press|media|public|joint) (?:statement|release|notice)|for immediate release"
    r"|taarifa kwa (?:vyombo|umma|wanahabari)",
    re.I,
)
HEAD = 200
JUDGES, ISSUED = "the author judges", "it is a statement that the article prints"


def with_author(
    page: Page, found: Sequence[Mention], said: Sequence[Utterance], memory: Memory
) -> list[Utterance]:
    """The utterances, with those of the author; the same where no actor is the author."""
    author, why = _author(page, found, memory), JUDGES
    if author is None:
        author, why = _issuer(page, found, memory), ISSUED
    if author is None:
        return list(said)
    reported = {one.sentence for one in said}
    own = [
        Utterance(sentence.start, sentence.end, number, author, None, 0, why)
        for number, sentence in enumerate(page.sentences)
        if number not in reported and (why == ISSUED or _judges(page, sentence.told))
    ]
    here = [
        one._replace(why=why) if _is_now(one) and one.speaker.key == author.key else one
        for one in said
    ]
    return sorted([*here, *own], key=lambda one: (one.start, one.end))


def _is_now(one: Utterance) -> bool:
    """Whether the verb is one of the present: what the author says in the article itself."""
    return one.cue is not None and one.cue.verb.form in ("base", "s", "state", "ing")


def _author(page: Page, found: Sequence[Mention], memory: Memory) -> Speaker | None:
    for one in found:
        start = page.tokens[one.first].start
        if one.kind == "actor" and memory.book.kinds.get(one.actor) == PERSON:
            if BYLINE.search(page.text[max(start - NEAR, 0) : start]):
                printed = one.words(page)
                return Speaker(one.actor, printed, PERSON, f"“{printed}” is the author")
    return None


def _issuer(page: Page, found: Sequence[Mention], memory: Memory) -> Speaker | None:
    """Who issues a press release: the first body that it names, which it then calls `the …`."""
    if not RELEASE.search(page.text[:HEAD]):
        return None
    for one in found:
        kind = memory.book.kinds.get(one.actor, "")
        if one.kind == "actor" and kind not in ("", PERSON):
            printed = one.words(page)
            return Speaker(one.actor, printed, kind, f"“{printed}” issues the statement")
    return None


def _judges(page: Page, told: Sequence[int]) -> bool:
    return any(page.tokens[at].low in WORDS["author_judges"] | WORDS["negations"] for at in told)
