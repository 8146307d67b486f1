"""Behind: who says something where the subject stands behind the verb, or speaks through others."""

from helpers.proposing.according import NEAR
from helpers.proposing.lexicon import Verb
from helpers.proposing.mentions import Mention
from helpers.proposing.subjects import (
    Here,
    beginning,
    is_behind_quotation,
    is_governed,
    named_behind,
)

# Behind what was written, its author: the statement by Jane Doe; signed by.
AUTHORS = frozenset("by from signed issued released of".split())
# Verbs behind which stands who is told, not who tells.
TELLS = frozenset("tell inform assure reassure remind advise warn urge accuse".split())
# Verbs with which a sentence may begin before its subject and a colon.
BEGINS = frozenset({"said", "says", "asked"})
THROUGH = frozenset({"through", "kupitia"})


def subject_behind(here: Here, at: int, last: int, verb: Verb) -> Mention | None:
    """Who stands behind a verb and says what stands before it, or behind a colon; None: nobody."""
    if is_behind_quotation(here, at) and (one := beginning(here, last, last + NEAR)):
        if not is_governed(here, one, last):
            return named_behind(here, _author_of(here, one))
    if at == here.sentence.first and here.page.tokens[at].low in BEGINS:
        return _before_colon(here, last)
    return _inverted(here, at, last) if verb.form == "past" and verb.base not in TELLS else None


def _author_of(here: Here, one: Mention) -> Mention:
    """Of a statement the one who made it: read the statement by Jane Doe."""
    if one.head == "last" and AUTHORS.intersection(here.page.words(one.last, one.last + 1)):
        return beginning(here, one.last + 1, one.last + NEAR) or one
    return one


def _before_colon(here: Here, last: int) -> Mention | None:
    """The subject with which a sentence begins behind its verb: Said Okello: …"""
    one = beginning(here, last, last + NEAR)
    if one is None or one.last >= here.sentence.last:
        return None
    return one if here.page.between(one.last - 1, one.last).startswith(":") else None


def _inverted(here: Here, at: int, last: int) -> Mention | None:
    """The subject right behind a verb that a comma parts from what is said: …, said Okello, …"""
    if at <= here.sentence.first or here.page.between(at - 1, at) != ", ":
        return None
    one = beginning(here, last, last)
    if one is None or one.kind == "pronoun":
        return None
    if one.last >= here.sentence.last:
        return one
    return one if here.page.between(one.last - 1, one.last)[:1] in (",", ".", ";") else None


def through(here: Here, one: Mention | None, at: int) -> Mention | None:
    """Those through whom somebody speaks: the board through its counsel said."""
    if one is None:
        return None
    page = here.page
    if one.last < at and page.tokens[one.last].low in THROUGH:
        other = beginning(here, one.last + 1, one.last + 2)
    elif one.kind == "pronoun" and page.tokens[here.sentence.first].low in THROUGH:
        other = beginning(here, here.sentence.first + 1, here.sentence.first + 2)
    else:
        return one
    return other._replace(of=other.of or one.actor) if other else one
