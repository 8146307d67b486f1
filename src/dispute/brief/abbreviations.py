"""Abbreviations: written out once, where they are first used.

An abbreviation is a name of an actor in capitals, `UNO`, for which the same actor has a name whose
words begin with these letters, `United Nations Organization`. So a case needs no list of them.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from helpers.case.model import Case

SHORT = re.compile(r"[A-Z]{2,}")
# Keys of what is printed word for word, and of addresses: they stay as they are.
LEFT = {"words", "gloss", "link", "address", "title", "subtitle", "cite", "source", "code"}


def abbreviations(case: Case) -> dict[str, str]:
    """Each abbreviation to what it stands for; one that two actors share is none."""
    names: dict[str, set[str]] = {actor: {name} for actor, name in case.names().items()}
    for row in case.aliases.itertuples():
        names[row.actor_id].add(row.alias)
    meanings: dict[str, set[str]] = {}
    for own in names.values():
        for short, whole in _pairs(own):
            meanings.setdefault(short, set()).add(whole)
    return {short: min(wholes) for short, wholes in meanings.items() if len(wholes) == 1}


def _pairs(names: Iterable[str]) -> Iterator[tuple[str, str]]:
    every = sorted(names)
    for short in filter(SHORT.fullmatch, every):
        yield from ((short, whole) for whole in every if _initials(whole) == short)


def _initials(name: str) -> str:
    """The capitals with which the words of a name begin; of one word, none."""
    words = re.split(r"[\s-]+", name)
    return "".join(word[0] for word in words if word[:1].isupper()) if len(words) > 1 else ""


def written_out(printed: dict[str, Any], known: dict[str, str]) -> dict[str, Any]:
    """What is printed, in its order, with each abbreviation written out where it first stands."""
    left = dict(known)

    def first(found: re.Match[str]) -> str:
        whole = left.pop(found[0], "")
        return f"{whole} ({found[0]})" if whole else found[0]

    return _through(printed, lambda words: SHORT.sub(first, _without_twice(words, left)))


def _without_twice(words: str, left: dict[str, str]) -> str:
    """Words in which a name with its abbreviation in brackets is the abbreviation alone."""
    for short, whole in left.items():
        words = words.replace(f"{whole} ({short})", short)
    return words


def _through(value: Any, change: Callable[[str], str]) -> Any:
    if isinstance(value, str):
        return change(value)
    if isinstance(value, list):
        return [_through(one, change) for one in value]
    if isinstance(value, dict):
        return {key: one if key in LEFT else _through(one, change) for key, one in value.items()}
    return value
