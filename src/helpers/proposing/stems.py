"""Stems: words brought to a common form, so that a passage and an issue can be compared.

A word goes to the first word of its line in `senses.yaml`, else it loses its ending (English) or
its subject, tense and ending (Swahili verbs). Words that every text has are left out.
"""

import re
from collections.abc import Iterator
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any

import yaml

WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?|\d{2,}")
ENDINGS = re.compile(
    r"(?:ations?|ating|ated|ates?|ments?|ness|ingly|edly|ings?|ions?|ives?|ists?|ers?|ors?|ables?|"
    r"ibles?|ly|ed|ies|es|s|e|y)$"
)
SWAHILI_VERB = re.compile(
    r"(?:(?:hawa|hatu|hai|haki|hau|hazi|hali|haya|havi|ha|ni|u|a|tu|m|wa|i|li|zi|ya|ki|vi|ku)"
    r"(?:li|me|na|ta|ka|ja|ku|nge)|ku)(?P<stem>[a-z]{4,})"
)
# A wish: a subject, perhaps a denial, and a stem that ends in `e`.
SWAHILI_WISH = re.compile(r"(?:ki|i|li|zi|vi|ya|u|wa|a|tu|m|ni)(?:si)?(?P<stem>[a-z]{3,})e")
# A stem has so many letters at least; a word is cut to so many at most.
SHORTEST, LONGEST = 3, 12
# What is left of a word has so many letters at least to be looked up: `denied` is no `deni`.
KNOWN = 5


@cache
def _senses() -> dict[str, str]:
    """Each word of the file with the first word of its line."""
    read: dict[str, Any] = yaml.safe_load(
        files("helpers.proposing").joinpath("senses.yaml").read_text(encoding="utf-8")
    )
    found = {word: f"={line[0]}" for line in reversed(read["senses"]) for word in line}
    return found | dict.fromkeys(read["stop"], "")


@lru_cache(50_000)
def stem(word: str) -> str:
    """The common form of a word in small letters; empty for one that every text has."""
    senses = _senses()
    word = re.split("['’]", word)[0]
    if word in senses:
        return senses[word]
    if len(word) < SHORTEST or word.isdigit():
        return ""
    if verb := SWAHILI_VERB.fullmatch(word):
        bare = verb["stem"]
        return senses.get(f"ku{bare}") or _ended(bare)
    wish = SWAHILI_WISH.fullmatch(word)
    if wish and f"ku{wish['stem']}a" in senses:
        return senses[f"ku{wish['stem']}a"]
    short = _ended(word)
    return (len(short) >= KNOWN and senses.get(short)) or short


def _ended(word: str) -> str:
    cut = ENDINGS.sub("", word[:40])
    cut = cut if len(cut) >= SHORTEST else word
    if len(cut) > SHORTEST and cut[-1] == cut[-2] and cut[-1] not in "aeiouls":
        cut = cut[:-1]
    return cut[:LONGEST]


def stems(text: str) -> Iterator[str]:
    """The common forms of the words of a text, in their order."""
    for found in WORD.finditer(text.lower()):
        if one := stem(found[0]):
            yield one


def is_looked_at(text: str) -> bool:
    """Whether each word of a text has a stem or is one that every text has: no numbers, and no
    words of one letter or two."""
    words = re.findall(r"[^\W_]+(?:['’][^\W_]+)*", text.lower())
    return all(WORD.fullmatch(word) and (stem(word) or _senses().get(word) == "") for word in words)
