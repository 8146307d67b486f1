"""Free words: what stands between the slots of a sentence holds no name, no number and no date.

A slot is a name in braces, `{actor}`. Text in, faults out.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import combinations_with_replacement

from helpers.case.problems import shown

SLOT = re.compile(r"\{([a-z_]*)\}")
# What stands for a slot where the free words are looked at: a letter that no language writes alone.
GAP = "\u02d1"
# A word with all before it in its sentence, which is nothing or marks where the sentence begins.
BEGINS = re.compile(r"(?:^|[.?!]\W*\s)\W*$")
WORD = re.compile(r"\w+")

Finder = Callable[[str], Iterable[re.Match[str]]]


def slots_of(sentence: str) -> list[str]:
    """The slots of a sentence, in their order."""
    return SLOT.findall(sentence)


def free_words(sentence: str) -> str:
    """A sentence with a gap for each slot."""
    return SLOT.sub(GAP, sentence)


def faults_of_words(words: str, names: re.Pattern[str] | None) -> Iterator[tuple[str, str]]:
    """What free words hold that they may not: pairs of what was found and what was expected.

    `names`: those of actors, as `any_of` gives them. What is one fault is told once.
    """
    finders: list[tuple[Finder, str, str]] = [
        (_times, "the date ", "a slot, such as {date}, where a date stands"),
        (numbers, "the number ", "no number outside a slot"),
        (_capitals, "", "no capital letter but where a sentence begins"),
        (_braces, "", "a slot, such as {actor}, and no other brace"),
    ]
    if names:
        expected = "a slot, such as {actor}, where a name stands"
        finders.insert(0, (names.finditer, "the name ", expected))
    for finder, noun, expected in finders:
        for match in [*finder(words)]:
            yield f"{noun}{shown(match[0].replace(GAP, '…'))}", expected
            words = words[: match.start()] + GAP * len(match[0]) + words[match.end() :]


def _times(words: str) -> Iterator[re.Match[str]]:
    """Expressions of time, as the articles are read for them."""
    from helpers.dates.scanner import scan

    return (match for _, match in scan(words, True))


def numbers(words: str) -> Iterator[re.Match[str]]:
    """Numbers in figures of any script, and number words from two on (`one` is a pronoun too)."""
    from helpers.dates.lexicon import WORDS

    spelled = {*WORDS["ones"], *WORDS["tens"], *WORDS["large"]} - {"one"}
    for match in WORD.finditer(words):
        if match[0].lower() in spelled or any(map(str.isdigit, match[0])):
            yield match


def _capitals(words: str) -> Iterator[re.Match[str]]:
    """Words with a capital, but for the first letter of a sentence."""
    for match in WORD.finditer(words):
        begins = bool(BEGINS.search(words[: match.start()]))
        if any(map(str.isupper, match[0][begins:])):
            yield match


def _braces(words: str) -> Iterator[re.Match[str]]:
    return re.finditer("[{}]", words)


def over_a_slot(names: Iterable[tuple[str, str]], usual: Mapping[str, str]) -> Iterator[str]:
    """The names that hold the usual one of somebody else, with a gap for it.

    Words beside a slot could make them: `Ann Bo's team` is not Ann Bo, and `{actor}'s team` would
    say it. `names`: each with its actor. `usual`: actor to the usual name.
    """
    whose = {name.casefold(): actor for actor, name in usual.items()}
    for name, actor in names:
        words = [*WORD.finditer(name)]
        for first, last in combinations_with_replacement(words, 2):
            start, end = first.start(), last.end()
            if whose.get(name[start:end].casefold(), actor) != actor:
                yield name[:start] + GAP + name[end:]


def any_of(names: Iterable[str]) -> re.Pattern[str] | None:
    """Names as whole words, whatever their capitals; None where there are none."""
    longest_first = sorted({*names} - {""}, key=lambda name: (-len(name), name))
    if not longest_first:
        return None
    either = "|".join(map(re.escape, longest_first))
    return re.compile(rf"(?<!\w)(?:{either})(?!\w)", re.IGNORECASE)
