"""The book: what a codebook says of its actors, made once: names, offices, descriptions."""

import re
from collections import defaultdict
from collections.abc import Iterator

import pandas as pd

from helpers.proposing.lexicon import WORDS, office
from helpers.proposing.names import Names
from helpers.proposing.stems import stem

PERSON = "person"
OFFICES = frozenset(office(word) for word in WORDS["persons"])


class Book:
    """What is asked of the actors of a codebook.

    `offices`: of each actor; `holders`: the actors of each office. `words`: of a name, an office
    and the first sentence about somebody. `heads`: the bodies and groups by each word of their
    names, as a stem. `behalf`: for whom somebody speaks by office; `bodies`: to what somebody
    belongs. `gender`: `he` or `she`, where the codebook's own words tell.
    """

    def __init__(
        self, actors: pd.DataFrame, aliases: pd.DataFrame, affiliations: pd.DataFrame
    ) -> None:
        """`actors`: columns actor_id, name, kind, camp, about, match; `aliases` and `affiliations`
        as in `tables.yaml`."""
        self.names = Names(actors, aliases)
        self.kinds = self.names.kinds
        self.offices: dict[str, set[str]] = defaultdict(set)
        self.words: dict[str, set[str]] = {}
        self.heads: dict[str, list[str]] = defaultdict(list)
        self.behalf: dict[str, str] = {}
        self.bodies: dict[str, set[str]] = defaultdict(set)
        self.gender: dict[str, str] = {}
        self._take_actors(actors)
        self._take_affiliations(affiliations)
        self.holders: dict[str, list[str]] = defaultdict(list)
        for actor, offices in self.offices.items():
            for one in sorted(offices):
                self.holders[one].append(actor)

    def _take_actors(self, actors: pd.DataFrame) -> None:
        columns = (actors[name] for name in ("actor_id", "name", "camp", "about"))
        for actor, name, camp, about in zip(*columns, strict=True):
            first = re.split(r"[.;]", about)[0]
            self.words[actor] = {*words_of(name), *words_of(first)}
            self.bodies[actor].add(camp)
            if self.kinds[actor] == PERSON:
                self.offices[actor].update(_offices(first))
                self.gender[actor] = _gender(about)
                continue
            spelled = [word.lower() for word in re.findall(r"\b[A-Z][a-z]+", first)]
            bodies = [word for word in spelled if word in WORDS["bodies"]]
            for word in dict.fromkeys([*words_of(name), *bodies]):
                self.heads[stem(word)].append(actor)

    def _take_affiliations(self, affiliations: pd.DataFrame) -> None:
        columns = (affiliations[name] for name in ("actor_id", "organisation", "role"))
        for actor, organisation, role in zip(*columns, strict=True):
            self.offices[actor].update(_offices(role))
            self.bodies[actor].add(organisation)
            own = self.words.setdefault(actor, set())
            own.update(words_of(role), words_of(organisation))
            if WORDS["speaks_for"] & set(words_of(role)) and organisation in self.kinds:
                self.behalf[actor] = organisation


def words_of(text: str) -> list[str]:
    """The words of a text in small letters."""
    return re.findall(r"[^\W_]+", text.lower())


def _offices(text: str) -> Iterator[str]:
    return (office(word) for word in words_of(text) if office(word) in OFFICES)


def _gender(about: str) -> str:
    """`he` or `she`, by the pronouns of a description; empty where it has none, or both."""
    words = set(words_of(about))
    found = [
        who
        for who, forms in (("he", {"he", "his", "him"}), ("she", {"she", "her"}))
        if words & forms
    ]
    return found[0] if len(found) == 1 else ""
