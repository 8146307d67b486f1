"""Names: where a text names actors, by usual names, printed names, surnames and initials.

Names are kept by their first word, and a text is read once, word by word. As elsewhere in the house
a usual name counts in every article and a printed one in its own; `match` says how it is looked
for. Here surnames, initials of bodies and names printed in other articles count as well, where no
two actors share them.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

import pandas as pd

from helpers.proposing.lexicon import LEXICON, WORDS
from helpers.proposing.page import Page

TITLES = frozenset(word for words in LEXICON["titles"].values() for word in words)
# A surname of fewer letters is looked for with its title or given name alone.
SHORTEST = 3
# What may stand between the words of a name that is looked for as words.
GAP = re.compile(r"[\s.'’\u02bc-]{1,2}")
PAREN = re.compile(r"\(([A-Z][A-Za-z&-]{1,11})\)")


class Known(NamedTuple):
    """A name: its words in small letters, as it is written, whose it is, and by what right."""

    words: tuple[str, ...]
    text: str
    actor: str
    loose: bool
    how: str


class Named(NamedTuple):
    """A name in a text: its tokens (the last exclusive), the actor, and by what right it is his."""

    first: int
    last: int
    actor: str
    how: str


def known(text: str, actor: str, match: str, how: str) -> Known:
    """A name as it is looked for."""
    words = tuple(re.findall(r"\w+", text.lower()))
    return Known(words, text, actor, match == "word", how)


class Names:
    """The names of all actors of a codebook, made once for all articles.

    `actors`: columns actor_id, name, kind, match. `aliases`: alias, actor_id, article_id, match.
    """

    def __init__(self, actors: pd.DataFrame, aliases: pd.DataFrame) -> None:
        self.kinds: dict[str, str] = dict(zip(actors.actor_id, actors.kind, strict=True))
        rows = list(zip(actors.actor_id, actors.name, actors.kind, actors["match"], strict=True))
        printed = zip(
            aliases.alias, aliases.actor_id, aliases.article_id, aliases["match"], strict=True
        )
        self.printed: dict[str, list[Known]] = defaultdict(list)
        self.never = frozenset(actor for actor, _, _, match in rows if match == "never")
        for alias, actor, article, match in printed:
            if match != "never" and alias.strip():
                self.printed[article].append(known(alias, actor, match, "printed"))
        shared = Counter(name for _, name, _, _ in rows)
        usual = [
            known(name, actor, match, "name")
            for actor, name, _, match in rows
            if match != "never" and shared[name] == 1 and name.strip()
        ]
        self.usual = usual
        everything = [*usual, *_unshared(_short(rows), usual), *self._elsewhere(usual)]
        self.by_word = _by_word(everything)
        # A description (`the board`) in small letters, with whose it is in each article.
        self.described: dict[str, dict[str, str]] = defaultdict(dict)
        for article, listed in self.printed.items():
            self.described[article] = {name.text.lower(): name.actor for name in listed}
        self.described_anywhere = _one_meaning(self.printed)

    def _elsewhere(self, usual: Iterable[Known]) -> list[Known]:
        """Proper names printed in any article, where they are one actor's alone."""
        proper = [
            name._replace(how="elsewhere")
            for listed in self.printed.values()
            for name in listed
            if name.text[0].isupper() and name.words[0] not in WORDS["determiners"]
        ]
        return _unshared(dict.fromkeys(proper), usual)

    def found(self, page: Page, article: str) -> list[Named]:
        """Every name in a page, the longest where several begin at one word; in their order."""
        own = _by_word(self.printed.get(article, []))
        defined: dict[str, list[Known]] = {}
        found, number, count = [], 0, len(page.tokens)
        while number < count:
            low = page.tokens[number].low
            listed = [*own.get(low, ()), *self.by_word.get(low, ()), *defined.get(low, ())]
            hits = [(_end(page, number, name), name) for name in listed]
            last, name = max(hits, key=lambda hit: hit[0], default=(0, None))
            if name is None or not last:
                number += 1
                continue
            found.append(Named(number, last, name.actor, name.how))
            if initials := PAREN.match(page.text, page.tokens[last - 1].end + 1):
                short = known(initials[1], name.actor, "", "initials")
                defined.setdefault(short.words[0], []).append(short)
            number = last
        return found


def _by_word(names: Iterable[Known]) -> dict[str, list[Known]]:
    found: dict[str, list[Known]] = {}
    for name in names:
        if name.words:
            found.setdefault(name.words[0], []).append(name)
    return found


def _end(page: Page, number: int, name: Known) -> int:
    """The token after a name that begins at a token; 0 where it does not stand there."""
    last = number + len(name.words)
    if page.words(number, last) != list(name.words):
        return 0
    start = page.tokens[number].start
    if name.loose:
        gaps = (page.between(at, at + 1) for at in range(number, last - 1))
        return last if all(GAP.fullmatch(gap) for gap in gaps) else 0
    lead = re.match(r"\W*", name.text)
    begin = start - (lead.end() if lead else 0)
    return last if page.text[begin : begin + len(name.text)].startswith(name.text.strip()) else 0


def _short(rows: Sequence[tuple[str, str, str, str]]) -> Iterator[Known]:
    """Shorter names that follow from the usual ones."""
    for actor, name, kind, match in rows:
        words = [word for word in name.split() if word.lower().strip(".") not in TITLES]
        if match == "never":
            continue
        if kind == "person" and len(words) > 1:
            yield from (known(one, actor, "", "surname") for one in _of_person(words))
        elif kind != "person":
            yield from (known(one, actor, "", "initials") for one in _of_body(name, words))


def _of_person(words: Sequence[str]) -> Iterator[str]:
    """Without title, given and family name, the family name, the given name."""
    yield " ".join(words)
    if len(words) > 2:
        yield f"{words[0]} {words[-1]}"
    for word in (words[-1], words[0]):
        if len(word) >= SHORTEST and word[0].isupper():
            yield word


def _of_body(name: str, words: Sequence[str]) -> Iterator[str]:
    """Initials, in brackets or made of its capitals; the name without `the`, without `Council`."""
    if bracket := re.search(r"\(([^)]+)\)", name):
        yield bracket[1]
        yield name[: bracket.start()].strip()
    if words and words[0].lower() == "the":
        yield " ".join(words[1:])
    if len(words) >= SHORTEST and words[-1].lower() in WORDS["bodies"]:
        yield " ".join(words[:-1])
    long = [word for word in words if len(word) > SHORTEST]
    capitals = [word[0] for word in words if word[0].isupper()]
    if len(capitals) >= SHORTEST and len(capitals) == len(long):
        yield "".join(capitals)


def _unshared(short: Iterable[Known], usual: Iterable[Known]) -> list[Known]:
    """The names that are no usual name, and of one actor alone."""
    taken = {name.text for name in usual}
    whose: dict[str, set[str]] = defaultdict(set)
    listed = list(short)
    for name in listed:
        whose[name.text].add(name.actor)
    return [
        name
        for name in listed
        if name.text and name.text not in taken and len(whose[name.text]) == 1
    ]


def _one_meaning(printed: Mapping[str, Sequence[Known]]) -> dict[str, str]:
    """Printed names in small letters that are one actor's in all articles."""
    whose: dict[str, set[str]] = defaultdict(set)
    for listed in printed.values():
        for name in listed:
            whose[name.text.lower()].add(name.actor)
    return {text: min(actors) for text, actors in whose.items() if len(actors) == 1}
