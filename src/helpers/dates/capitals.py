"""Capitals: a text in the letters in which time words are known.

A headline in capitals is read as if it stood in small letters (`JUDGES TO SIT ON MONDAY`), names
of days and months with their capital. Every character keeps its place.
"""

import re

from helpers.dates.lexicon import LEXICON

KINDS = ("month", "monthabbr", "weekday", "weekdayabbr")
NAMES = [name for kind in KINDS for name in LEXICON["proper"][kind]]
TITLES = {name.upper(): name for name in NAMES}
LONG = [name for name in TITLES if len(name) > 4 and name != "MARCH"]
ANY_NAME = "|".join(TITLES)
LONG_NAME = re.compile(r"\b(?:{})\b".format("|".join(LONG)))
# A month of few letters, which may be a verb or a name, only beside a number.
BESIDE_NUMBER = re.compile(rf"\b(?:{ANY_NAME})\b(?=\.? \d)|(?<=\d )(?:{ANY_NAME})\b")
# One of these stands in each name of a day or month, long or short.
SIGNS = ("DAY", *(name.upper() for name in LEXICON["proper"]["monthabbr"]), "MAY")
WORD = re.compile(r"[A-Z]+(?:['’][A-Z]+)?")


def in_known_letters(text: str) -> str:
    """A text with its lines in capitals in small letters, days and months with their capital."""
    lines = text.split("\n")
    if any(map(str.isupper, lines)):
        text = "\n".join(WORD.sub(_small_word, line) if line.isupper() else line for line in lines)
    if any(sign in text for sign in SIGNS):
        text = BESIDE_NUMBER.sub(_title, LONG_NAME.sub(_title, text))
    return text


def _small_word(word: re.Match[str]) -> str:
    return TITLES.get(word[0]) or word[0].lower()


def _title(name: re.Match[str]) -> str:
    return TITLES[name[0]]
