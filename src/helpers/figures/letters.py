"""Letters: which of them figures can draw, and what stands for those that they cannot.

Figures have one font, which ships with matplotlib, so that they are the same on any machine. A font
of the system is never asked: another machine may have none, or another. Arabic and Hebrew run from
right to left, and are joined, by matplotlib itself. Chinese, Korean, Hindi, Amharic, Thai and
others are in no font at hand: a name stands as its id, other words as their script in brackets.
"""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path
from textwrap import wrap

import matplotlib
from matplotlib.ft2font import FT2Font

FONTS = Path(matplotlib.get_data_path()) / "fonts/ttf"
FACES = ("DejaVuSans.ttf", "DejaVuSans-Bold.ttf")
# Of letters that are lacking (x), those that stand together, with what is between words of a text.
RUN = re.compile("x(?:[x ]*x)?")
JOINERS = "\u200d\ufe0f"
# Before a line that is to run from left to right, whatever its first word is.
LEFT_TO_RIGHT = "\u200e"
# The name of a letter begins with its script; that of a Chinese one so.
IDEOGRAPHS = {"Cjk", "Ideographic"}
# The one blank with ink, which the brief cannot print.
OGHAM_BLANK = "\u1680"


@cache
def drawable() -> frozenset[str]:
    """The letters that the font has, in its two weights."""
    faces = [set(FT2Font(str(FONTS / face)).get_charmap()) for face in FACES]
    return frozenset(map(chr, set.intersection(*faces))) - {OGHAM_BLANK} | {"\n"}


def plain(words: str) -> str:
    """Words with a drawable form of each letter that has one: A for a full-width A.

    Blanks of any kind become blanks, and what has no shape goes.
    """
    return words if words.isascii() and words.isprintable() else "".join(map(_form, words))


def _form(letter: str) -> str:
    if letter in drawable():
        return letter
    if letter.isspace():
        return " "
    if unicodedata.category(letter) in ("Cc", "Cf"):
        return ""
    other = unicodedata.normalize("NFKC", letter)
    return other if drawable().issuperset(other) else letter


def lacking(words: str) -> set[str]:
    """The letters of words that cannot be drawn."""
    return set(plain(words)) - drawable()


def scripts(letters: Iterable[str]) -> list[str]:
    """The scripts of letters, as Unicode calls them, sorted; of a sign or an emoji `symbol`.

    Marks of punctuation belong to the letters that they stand with.
    """
    kinds = {letter: unicodedata.category(letter)[0] for letter in letters}
    names = {_script(letter, kind) for letter, kind in kinds.items() if kind != "P"}
    return sorted(names) or ["symbol"] * bool(kinds)


def _script(letter: str, kind: str) -> str:
    if kind == "S":
        return "symbol"
    name = re.split("[ -]", unicodedata.name(letter, "unknown"))[0].capitalize()
    return "Han" if name in IDEOGRAPHS else name


def spelled(words: str, names: Mapping[str, str] | None = None) -> str:
    """Words as they can be drawn.

    `names` (id to name): a name that cannot be drawn stands as its id. What is left of letters that
    cannot be drawn stands as its script in brackets, such as [Han].
    """
    words = plain(words)
    if not lacking(words):
        return words
    for identity, name in sorted((names or {}).items(), key=lambda pair: -len(pair[1])):
        if lacking(name):
            words = words.replace(plain(name), identity)
    marks = "".join(_mark(letter) for letter in words)
    parts, end = [], 0
    for run in RUN.finditer(marks):
        missing = set(words[run.start() : run.end()]) - drawable()
        parts += [words[end : run.start()], f"[{', '.join(scripts(missing))}]"]
        end = run.end()
    return "".join([*parts, words[end:]])


def _mark(letter: str) -> str:
    if letter not in drawable():
        return "x"
    between = letter.isspace() or letter in JOINERS or unicodedata.category(letter) == "Po"
    return " " if between else "-"


def in_lines(words: str, width: int) -> list[str]:
    """A sentence as it can be drawn, in lines of so many letters.

    The sentence is English: each line runs from left to right, also where it begins with Arabic.
    """
    lines = wrap(spelled(words), width)
    mixed = any(unicodedata.bidirectional(letter) in ("R", "AL") for letter in words)
    return [f"{LEFT_TO_RIGHT}{line}" for line in lines] if mixed else lines


def by_id(names: Mapping[str, str]) -> dict[str, str]:
    """Id to name, or to the id again where the name cannot be drawn."""
    return {one: one if lacking(name) else plain(name) for one, name in names.items()}
