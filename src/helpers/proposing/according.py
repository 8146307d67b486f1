"""According: phrases behind or in which the speaker stands: `according to X`, `in X's view`."""

import re
from collections.abc import Mapping
from typing import NamedTuple

from helpers.proposing.lexicon import WORDS, Verb, phrases
from helpers.proposing.mentions import Mention
from helpers.proposing.page import Page
from helpers.proposing.subjects import Here, beginning, named_behind

# So many words behind a phrase, or a verb, its subject is looked for.
NEAR = 4
OWNER = re.compile(r"[’']s?\s$")
# What stands between who says something and a colon; so many words stand before a name.
COLON = re.compile(
    r"(?:,? (?:on (?:X|Twitter|Facebook|Instagram)|(?:in|via) (?:an? |the |his |her )?"
    r"(?:tweet|statement|post|letter|interview)))?: *(?=\S)"
)
TITLED = 4
HIM = {"them": "they", "him": "he", "her": "she"}
NAYE = {"naye": "either", "wake": "either", "nao": "they", "wao": "they"}
HIS = {"his": "he", "her": "she", "their": "they", "its": "it"}


class Phrase(NamedTuple):
    """A phrase up to a token (exclusive), what it does, and who speaks."""

    last: int
    verb: Verb
    subject: Mention


def according(here: Here, at: int) -> Phrase | None:
    """`according to X`, `kwa mujibu wa X`, `in X's view`."""
    page, low = here.page, here.page.tokens[at].low
    if at <= here.sentence.first + TITLED and (colon := _before_colon(here, at)):
        return colon
    if low == "in":
        return _in_view(here, at)
    for name in ("according", "swahili_according"):
        for phrase in phrases(name).get(low, ()):
            if page.starts_with(at, phrase):
                verb = Verb(" ".join(phrase), "say", "phrase", phrase[1:], swahili=name[0] == "s")
                last = at + len(phrase)
                one = beginning(here, last, last + NEAR)
                one = _him(page, last, NAYE) or (one and named_behind(here, one))
                one = one or _him(page, last, HIM)
                return Phrase(last, verb, one) if one else None
    return None


def _before_colon(here: Here, at: int) -> Phrase | None:
    """Who stands before a colon with which a sentence begins: Okello on Twitter: we are ready."""
    one = beginning(here, at, at)
    if one is None or one.kind not in ("actor", "name"):
        return None
    if WORDS["hosts"].intersection(here.page.words(here.sentence.first, one.last)):
        return None
    colon = COLON.match(here.page.text, here.page.tokens[one.last - 1].end, here.sentence.end)
    if colon is None:
        return None
    return Phrase(here.page.token_at(colon.end()), Verb(":", "say", "phrase"), one)


def _in_view(here: Here, at: int) -> Phrase | None:
    """`in the words of X`, `in X's view`, `in his opinion`."""
    page = here.page
    for phrase in phrases("according").get("in", ()):
        if page.starts_with(at, phrase):
            verb = Verb(" ".join(phrase), "say", "phrase", phrase[1:])
            one = beginning(here, at + len(phrase), at + len(phrase) + NEAR)
            return Phrase(at + len(phrase), verb, one) if one else None
    his = _him(page, at + 1, HIS)
    one = his or beginning(here, at + 1, at + 2)
    if one is None or one.last >= here.sentence.last:
        return None
    last = one.last + 1 if page.tokens[one.last].low == "s" and not his else one.last
    if last >= here.sentence.last or not (his or is_owned(page, last)):
        return None
    if page.tokens[last].low not in WORDS["views"]:
        return None
    verb = Verb(f"in … {page.tokens[last].low}", "say", "phrase")
    return Phrase(last + 1, verb, one)


def _him(page: Page, at: int, words: Mapping[str, str]) -> Mention | None:
    """`them`, `him` and `her` as a mention."""
    head = words.get("".join(page.words(at, at + 1)))
    return Mention(at, at + 1, "pronoun", head=head) if head else None


def is_owned(page: Page, at: int) -> bool:
    """Whether a word belongs to somebody: the farmers' claims."""
    if at == 0:
        return False
    start = page.tokens[at].start
    ends = page.tokens[at - 1].low == "s" or page.between(at - 1, at).strip() in ("'", "’")
    return ends and bool(OWNER.search(page.text[max(start - 3, 0) : start]))
