"""Capitals: a text in the letters in which time words are known.

A headline in capitals is read as if it stood in small letters (`JUDGES TO SIT ON MONDAY`), names
of days and months with their capital. Every character keeps its place.
"""

import re

from helpers.dates.lexicon import LEXICON

NAMES = [
    name for kind in ("month", "monthabbr", "weekday", "weekdayabbr") for name in LEXICON["proper"][kind]
]
TITLES = {name.upper(): name for name in NAMES}
SHOUTED = re.compile(r"[A-Z]{3}")
# A line, or the sentence that opens it, without a small letter.
LINE_IN_CAPITALS = re.compile(r"^(?=[^a-z\n]*[A-Z]{3})[^a-z\n]*[A-Z]{2}[^a-z\n]*$", re.M)
LONG_NAME = re.compile(
    r"\b(?:{})\b".format("|".join(name.upper() for name in NAMES if len(name) > 4 or name == "Sept"))
)
# A month that is also a verb, or cut short, only beside a number.
BESIDE_NUMBER = re.compile(
    r"\b(?:{})\b(?=\.? \d)|(?<=\d )(?:{})\b".format(*["|".join(name.upper() for name in NAMES)] * 2)
)
WORD = re.compile(r"[A-Z]+(?:['’][A-Z]+)?")


def in_known_letters(text: str) -> str:
    """A text with its lines in capitals in small letters, days and months with their capital."""
    if not SHOUTED.search(text):
        return text
    text = LINE_IN_CAPITALS.sub(_small_line, text)
    text = LONG_NAME.sub(_title, text)
    return BESIDE_NUMBER.sub(_title, text)


def _small_line(line: re.Match[str]) -> str:
    return WORD.sub(_small_word, line[0])


def _small_word(word: re.Match[str]) -> str:
    return TITLES.get(word[0]) or word[0].lower()


def _title(name: re.Match[str]) -> str:
    return TITLES[name[0]]
