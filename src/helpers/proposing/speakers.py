"""Speakers: whom a name, a description or a pronoun means, by what the article has said before.

The article is gone through from its first sentence to its last. What it tells of people on the way
(offices, whom they speak for, who was spoken of last) is kept in a `Memory`.
"""

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import chain
from typing import NamedTuple

from helpers.proposing.book import PERSON, Book
from helpers.proposing.lexicon import WORDS, office
from helpers.proposing.mentions import Mention
from helpers.proposing.page import Page
from helpers.proposing.stems import stem

# Parts of a body by which it speaks: the X team.
PARTS = frozenset(
    "team side camp brigade administration government leadership coalition party"
    " delegation office group board company management".split()
)


# Who speaks for a body without a name: then the body speaks.
SPEAK_AS = (
    WORDS["speaks_for"] | frozenset("official officials officer officers clerk secretary".split())
) | frozenset("representative representatives delegation afisa maafisa ofisa msemaji".split())
# By these an office is of somebody who was named.
KNOWN = frozenset({"the", "huyo", "yule"})
# Before an office, by these it is of somebody of whom was told: their lawyer.
OWNED = frozenset({"his", "her", "their", "its"})
COURTS = frozenset({"court", "mahakama", "tribunal", "bench", "judiciary"})


class Speaker(NamedTuple):
    """Who speaks: the actor or empty, the words as printed, on whose behalf, and why in words.

    `kind`: person, organisation, group, court, or empty where nothing tells.
    """

    actor: str
    printed: str
    kind: str
    why: str
    behalf: str = ""

    @property
    def key(self) -> str:
        """By what two utterances are told to be one speaker's."""
        return self.actor or self.printed.lower()


NOBODY = Speaker("", "", "", "nobody is named who says it")


@dataclass
class Memory:
    """What an article has told up to here.

    `people`, `bodies`: who was spoken of as one who acts, the last one at the end; `named`: all
    people whom it names. `offices`: what the article calls somebody. `behalf`: for whom somebody
    speaks. `full`: a surname's full name. `heads`: the bodies that it names, by the words for them.
    `meant`: the actor of each mention, by its first token. `seen`: where each actor was named
    last; `last`: who spoke last.
    """

    book: Book
    article: str
    people: list[Speaker] = field(default_factory=list)
    bodies: list[Speaker] = field(default_factory=list)
    named: list[Speaker] = field(default_factory=list)
    offices: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    behalf: dict[str, str] = field(default_factory=dict)
    gender: dict[str, str] = field(default_factory=dict)
    full: dict[str, str] = field(default_factory=dict)
    heads: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    seen: dict[str, int] = field(default_factory=dict)
    last: Speaker | None = None
    meant: dict[int, str] = field(default_factory=dict)

    # ---- what is kept

    def keep_meant(self, page: Page, found: Iterable[Mention]) -> None:
        """Keep which actor each mention of a sentence means, once the sentence is read."""
        for one in found:
            actor = one.actor or self.who(page, one).actor
            self.meant[one.first] = self.meant.get(one.first) or actor

    def note(self, page: Page, one: Mention) -> None:
        """Keep what a name tells: where it stood, its offices, whether it is he or she."""
        if one.kind == "actor":
            self.seen[one.actor] = one.first
            if self.book.kinds.get(one.actor) != PERSON:
                for word in page.words(one.first, one.last):
                    self.heads[stem(word)].add(one.actor)
        key = self._key(page, one)
        if not key:
            return
        self.offices[key].update(one.roles)
        who = self._meant(page, one)
        if who.kind == PERSON and not (self.named and self.named[-1].key == key):
            self.named.append(who)
        if one.he:
            self.gender[key] = one.he
        behind = page.words(one.last, one.last + 5)
        if one.last < len(page.tokens) and page.between(one.last - 1, one.last)[:1] == ",":
            self.offices[key] |= {office(word) for word in behind if word in WORDS["persons"]}

    def _key(self, page: Page, one: Mention) -> str:
        if one.kind == "actor":
            return one.actor
        if one.kind != "name":
            return ""
        printed = one.words(page)
        surname = page.tokens[one.last - 1].low
        if one.last - one.first > 1:
            self.full[surname] = printed
        return self.full.get(surname, printed).lower()

    def spoke(self, speaker: Speaker) -> None:
        """Keep who acted or spoke last."""
        if not speaker.key:
            return
        self.last = speaker
        home = self.people if speaker.kind == PERSON else self.bodies
        if not home or home[-1].key != speaker.key:
            home.append(speaker)

    # ---- who is meant

    def who(self, page: Page, one: Mention) -> Speaker:
        """Whom a mention means."""
        speaker = self._meant(page, one)
        behalf = speaker.behalf or self.behalf.get(speaker.key) or ""
        return speaker._replace(behalf=behalf or self.book.behalf.get(speaker.actor, ""))

    def _meant(self, page: Page, one: Mention) -> Speaker:
        printed = one.words(page)
        if one.kind == "actor":
            kind = self.book.kinds.get(one.actor, "")
            return Speaker(one.actor, printed, kind, f"“{printed}” is named")
        if one.kind == "name":
            surname = page.tokens[one.last - 1].low
            full = self.full.get(surname, printed)
            kind = "organisation" if surname in WORDS["bodies"] else PERSON
            return Speaker("", full, kind, f"“{full}” is no actor of the codebook")
        if one.kind == "pronoun":
            return self._pronoun(one, printed)
        return self._described(page, one, printed)

    def pronoun(self, who: str, printed: str) -> Speaker:
        """Whom `he`, `she`, `they` or `it` means."""
        return self._pronoun(Mention(0, 0, "pronoun", head=who), printed)

    def _pronoun(self, one: Mention, printed: str) -> Speaker:
        if one.head in ("he", "she", "either"):
            for person in chain(reversed(self.people), reversed(self.named)):
                gender = self.gender.get(person.key) or self.book.gender.get(person.actor, "")
                if not gender or one.head in (gender, "either"):
                    if one.head != "either":
                        self.gender.setdefault(person.key, one.head)
                    return _gone_back(person, printed)
            return Speaker("", printed, PERSON, f"“{printed}” goes back to nobody")
        if one.head == "last":
            return _gone_back(self.last, printed) if self.last else Speaker("", printed, "", "")
        order = [*self.people, *self.bodies] if one.head == "they" else self.bodies
        return _gone_back(order[-1], printed) if order else Speaker("", printed, "", NOBODY.why)

    def _described(self, page: Page, one: Mention, printed: str) -> Speaker:
        said = re.sub(r"\s+", " ", printed.lower())
        book = self.book
        own = book.names.described.get(self.article, {}).get(said)
        if own:
            return self._is(own, printed, "so it is printed in the codebook")
        head, many = one.head, one.head in WORDS["groups"]
        if head in WORDS["bodies"] and one.of and head in PARTS:
            if book.kinds.get(one.of) != PERSON:
                return self._is(one.of, printed, "a part of it speaks for it")
        chosen = self._by_office(page, one) if not many else ""
        chosen = chosen or self._by_head(page, one)
        if chosen:
            self.heads[stem(head)].add(chosen)
            return self._is(chosen, printed, "the last whom this describes")
        if other := book.names.described_anywhere.get(said):
            return self._is(other, printed, "so another article prints it")
        kind = "organisation" if head in WORDS["bodies"] else PERSON
        kind = "group" if many else kind
        unknown = self._unknown_holder(page, one) if kind == PERSON else None
        if unknown:
            return unknown
        if one.of and book.kinds.get(one.of) != PERSON and (head in SPEAK_AS or many):
            return self._is(one.of, printed, "nobody is named, so it speaks")
        behalf = one.of if head in WORDS["speaks_for"] else ""
        return Speaker("", printed, kind, f"“{printed}” is nobody whom the codebook names", behalf)

    def _is(self, actor: str, printed: str, why: str) -> Speaker:
        kind = self.book.kinds.get(actor, "")
        return Speaker(actor, printed, kind, f"“{printed}” is {actor}: {why}")

    def _by_office(self, page: Page, one: Mention) -> str:
        """The actor who holds an office: whom the article called so last, else the codebook."""
        if one.head not in WORDS["persons"]:
            return ""
        wanted = office(one.head)
        told = [key for key, offices in self.offices.items() if wanted in offices]
        held = [actor for actor in self.book.holders.get(wanted, ()) if actor in self.seen]
        words = set(page.words(one.first, one.last)) - {one.head} - WORDS["determiners"]
        if one.of:
            words |= self.book.words.get(one.of, set())
        choices = {key for key in [*told, *held] if self.book.kinds.get(key, PERSON) == PERSON}
        is_common = one.head in WORDS["common"] and bool(self.people)
        if not choices and (is_common or page.tokens[one.first].low in OWNED):
            return ""
        if not choices:
            everyone = self.book.holders.get(wanted, [])
            fitting = [actor for actor in everyone if words & self.book.words.get(actor, set())]
            if len(fitting) == 1:
                return fitting[0]
            return everyone[0] if len(everyone) == 1 and not words else ""
        recent = {person.key: number for number, person in enumerate(self.people)}
        best = max(
            sorted(choices),
            key=lambda key: (
                len(words & (self.book.words.get(key, set()) | self.offices.get(key, set()))),
                recent.get(key, -1),
                self.seen.get(key, -1),
            ),
        )
        return best if best in self.book.kinds else ""

    def _unknown_holder(self, page: Page, one: Mention) -> Speaker | None:
        """The last person who fits a description of whom the codebook does not know; of `the
        lawmaker`, whose office nobody was said to have, the one who spoke last."""
        wanted = office(one.head)
        for person in reversed(self.people):
            if wanted in self.offices.get(person.key, ()):
                return _gone_back(person, one.head)
        words = page.words(one.first - 1, one.last + 1)
        known = KNOWN.intersection((*words[:2], words[-1]))
        if one.head in WORDS["common"] and known and self.last and self.last.kind == PERSON:
            return _gone_back(self.last, one.head)
        return None

    def _by_head(self, page: Page, one: Mention) -> str:
        """The body or group whose name has the head word; of several the one named last."""
        words = page.words(one.first, one.last)
        forms = {one.head, one.head + "s", one.head[:-1] if one.head.endswith("s") else one.head}
        kin = {stem(form) for form in forms}
        choices = {actor for form in kin for actor in self.book.heads.get(form, ())}
        choices = choices.union(*(self.heads.get(form, ()) for form in kin))
        if one.head in COURTS:
            choices |= {actor for actor, kind in self.book.kinds.items() if kind == "court"}
        if one.of:
            related = self.book.words.get(one.of, set())
            near = {actor for actor in choices if self.book.words[actor] & related}
            choices = near or ({one.of} if one.head in PARTS else set())
        rest = set(words) - forms - WORDS["determiners"]
        if not choices:
            named = [self.book.heads.get(stem(word), []) for word in sorted(rest)]
            alone = {actors[0] for actors in named if len(actors) == 1}
            return alone.pop() if len(alone) == 1 and one.head in WORDS["bodies"] else ""
        scores = {actor: len(rest & self.book.words[actor]) for actor in choices}
        best = max(sorted(choices), key=lambda actor: (scores[actor], self.seen.get(actor, -1)))
        if not scores[best] and page.starts_with(one.last, ("led", "by")):
            return ""
        is_told = best in self.seen or len(choices) == 1 or scores[best] > 0
        return best if is_told and (scores[best] or not rest or best in self.seen) else ""


def _gone_back(person: Speaker, printed: str) -> Speaker:
    return person._replace(why=f"“{printed}” goes back to {person.actor or person.printed}")
