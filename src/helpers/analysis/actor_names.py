"""Actor names: where the articles name the actors, by usual names and by names as printed."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from itertools import chain
from typing import NamedTuple

import pandas as pd

from helpers.case.doubts import Doubt
from helpers.case.model import Case
from helpers.case.problems import FIRST_ROW, numbered, shown
from helpers.case.schema import CODER, SCHEMA, columns

PARAGRAPH = re.compile(r"[^\n]+")
WORD = re.compile(r"\w+")
# A blank and an apostrophe of a name that is looked for as a word.
BLANK, APOSTROPHE = r"[^\S\r\n]+", "['\u2019\u02bc]"


class Name(NamedTuple):
    """A name of an actor. `loose`: capitals, blanks and apostrophes may be others (`word`)."""

    text: str
    actor: str
    loose: bool

    @property
    def words(self) -> list[str]:
        """Its words in small letters."""
        return _words(self.text)

    @property
    def pattern(self) -> str:
        if not self.loose:
            return re.escape(self.text)
        parts = map(re.escape, self.text.split())
        words = [re.sub("['\u2019\u02bc]", APOSTROPHE, part) for part in parts]
        return f"(?i:{BLANK.join(words)})"


# A name as it is looked for in many articles, with the words that a text needs to hold it.
Sought = tuple[frozenset[str], Name]


def _words(text: str) -> list[str]:
    return [word.casefold() for word in WORD.findall(text)]


def named(
    texts: Mapping[str, str],
    furniture: Mapping[str, Sequence[Sequence]],
    aliases: pd.DataFrame,
    actors: pd.DataFrame,
) -> pd.DataFrame:
    """Every name of an actor in the articles' own text: the table `actor_mentions`.

    One row each, with the paragraph it stands in; `passage_id` is `article_id:start-end` in code
    points. `texts`: article_id to text. `furniture`: article_id to spans `(start, end, …)` that are
    left out. `aliases`: columns alias, actor_id, article_id, match; such a name counts in the
    article it was seen in. `actors`: columns actor_id, name, match; a usual name counts in every
    article, but where an alias is the same name, or two actors share it.

    A name counts as a whole word, the longest first. `match` says how it is looked for: as it is
    written (`exact`, or empty), in capitals or small letters alike (`word`), or not (`never`).
    """
    usual = _usual_names(actors)
    by_word: dict[str, list[Sought]] = {}
    for name in usual:
        first, needed = next(iter(name.words), ""), frozenset(name.words)
        by_word.setdefault(first, []).append((needed, name))
    printed = dict(tuple(aliases.groupby("article_id")))
    rows = []
    for article in sorted(texts):
        names = _names_in(texts[article], by_word, printed.get(article, aliases[:0]))
        for start, end, passage, actor in _found(texts[article], names, furniture.get(article, [])):
            words = texts[article][start:end]
            rows.append((article, f"{article}:{passage[0]}-{passage[1]}", actor, words, start, end))
    return pd.DataFrame(rows, columns=columns("actor_mentions"))


def _usual_names(actors: pd.DataFrame) -> list[Name]:
    """The usual names, but those that never count, and those that two actors share."""
    shared = Counter(actors.name)
    rows = zip(actors.name, actors.actor_id, actors["match"], strict=True)
    return [
        Name(name, actor, match == "word")
        for name, actor, match in rows
        if match != "never" and name and shared[name] == 1
    ]


def _names_in(text: str, by_word: Mapping[str, list[Sought]], printed: pd.DataFrame) -> list[Name]:
    """The names to look for in an article: its own, and the usual ones that may stand in it.

    `by_word`: the usual names by their first word; a text that lacks a word lacks the name.
    """
    own = list(zip(printed.alias, printed.actor_id, printed["match"], strict=True))
    said = {alias for alias, _, _ in own}
    words = {"", *_words(text)}
    near = chain.from_iterable(by_word[word] for word in sorted(words & by_word.keys()))
    usual = [name for needed, name in near if needed <= words]
    names = [Name(alias, actor, match == "word") for alias, actor, match in own if match != "never"]
    return names + [name for name in usual if name.text not in said]


def _found(
    text: str, names: list[Name], furniture: Sequence[Sequence]
) -> Iterable[tuple[int, int, tuple[int, int], str]]:
    """Where names stand in a text: start, end, the span of the paragraph, the actor."""
    if not names:
        return
    longest_first = sorted(names, key=lambda name: (-len(name.text), name.text))
    choices = "|".join(f"({name.pattern})" for name in longest_first)
    pattern = re.compile(rf"(?<!\w)(?:{choices})(?!\w)")
    for paragraph in PARAGRAPH.finditer(text):
        for found in pattern.finditer(text, *paragraph.span()):
            if not _overlaps(found.span(), furniture):
                actor = longest_first[(found.lastindex or 1) - 1].actor
                yield *found.span(), paragraph.span(), actor


def _overlaps(name: tuple[int, int], spans: Sequence[Sequence]) -> bool:
    return any(name[0] < end and start < name[1] for start, end, *_ in spans)


def unnamed_speakers(case: Case) -> list[Doubt]:
    """A doubt for each actor and article in which the actor speaks and none of its names stands.

    Then the networks know nothing of whom the actor is named with there. Each is told once, with
    the first statement of it.
    """
    printed = named(case.texts, case.furniture, case.aliases, case.actors)
    known = set(zip(printed.actor_id, printed.article_id, strict=True))
    names = case.names()
    doubts = []
    first_row: dict[str, int] = {}
    said = case.statements
    spoken = list(numbered(zip(said.speaker, said.article_id, strict=True)))
    for (number, (speaker, article)), coder in zip(spoken, said.coder, strict=True):
        first_row.setdefault(coder, number - FIRST_ROW)
        if (speaker, article) in known:
            continue
        known.add((speaker, article))
        found = f"{speaker}, who is not named in {article}"
        expected = (
            f"the name {shown(names[speaker])} in its text, "
            f"or how it is printed there, in {SCHEMA['raw']['aliases']['file']}"
        )
        file = SCHEMA["raw"]["statements"]["file"].replace(CODER, coder)
        row = number - first_row[coder]
        doubts.append(Doubt(file, row, "speaker", found, expected))
    return doubts
