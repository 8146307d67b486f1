"""What an author asks for, and every fault of it.

A rule for the wishes is one function that yields its problems; `RULES` lists them.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from helpers.case.cells import PATTERNS, UNFIT
from helpers.case.files import name_fault
from helpers.case.metadata import short_name
from helpers.case.problems import Problem, nearest, shown
from helpers.words import is_visible

SCALES = Path(__file__).parent / "template/scales"
# Words that already mean something in the place of a coder.
TAKEN = {
    "adjudicated": "the set that follows from the passes",
    "all": "all passes together",
    "neither": "a decision against both passes",
    "own": "a decision that no pass has",
}
# Characters of a title and of a question.
LONGEST = {"--title": 200, "--question": 1_000}


@dataclass(frozen=True)
class Wishes:
    """What a new compendium should say: its folder, texts, languages (BCP 47), scale and coders.

    `scale` is one of `scales()`.
    """

    folder: Path
    title: str
    question: str
    languages: tuple[str, ...]
    scale: str
    coders: tuple[str, ...]


def scales() -> list[str]:
    """The stance scales there are: `yes-no`, then by their number of stances."""
    names = sorted(path.stem for path in SCALES.glob("*.csv"))
    return sorted(names, key=str.isdecimal)


def problems(wishes: Wishes) -> list[Problem]:
    """Every fault of what was asked; an empty list where there is none."""
    return [problem for rule in RULES for problem in rule(wishes)]


def _the_folder_is_new(wishes: Wishes) -> Iterator[Problem]:
    if found := _found_at(wishes.folder):
        expected = "the name of a new folder, or an empty one, so that nothing is overwritten"
        yield Problem(str(wishes.folder), 0, "", found, expected)


def _found_at(folder: Path) -> str:
    """What keeps a compendium from standing at a path, in words; empty where nothing does."""
    if fault := name_fault(folder.name):
        return fault
    try:
        if folder.is_symlink() or (folder.exists() and not folder.is_dir()):
            return "something that is no folder"
        return "a folder that holds something" if folder.exists() and any(folder.iterdir()) else ""
    except (OSError, ValueError) as error:  # no right to look, or a NUL on the way
        return str(error)


def _texts_are_a_line(wishes: Wishes) -> Iterator[Problem]:
    for option, text in (("--title", wishes.title), ("--question", wishes.question)):
        longest = LONGEST[option]
        is_line = not UNFIT.search(text) and not re.search(r"[\t\n\r\x85\u2028\u2029]", text)
        if not (is_line and is_visible(text) and len(text) <= longest):
            expected = f"a line of text that can be seen, at most {longest} characters"
            yield Problem(option, 0, "", shown(text), expected)


def _languages_are_tags(wishes: Wishes) -> Iterator[Problem]:
    pattern = PATTERNS["language"]
    for tag in wishes.languages:
        if not tag or not re.fullmatch(pattern.regex, tag):
            yield Problem("--language", 0, "", shown(tag), pattern.words)


def _the_scale_is_known(wishes: Wishes) -> Iterator[Problem]:
    if wishes.scale not in scales():
        expected = f"one of {', '.join(scales())}{nearest(wishes.scale, scales())}"
        yield Problem("--scale", 0, "", shown(wishes.scale), expected)


def _coders_are_ids(wishes: Wishes) -> Iterator[Problem]:
    pattern = PATTERNS["id"]
    for number, coder in enumerate(wishes.coders):
        if not re.fullmatch(pattern.regex, coder):
            expected = f"{pattern.words}; as in {short_name(coder)}"
            yield Problem("--coders", 0, "", shown(coder), expected)
        elif coder in TAKEN:
            expected = f"another name: this one is that of {TAKEN[coder]}"
            yield Problem("--coders", 0, "", shown(coder), expected)
        elif coder in wishes.coders[:number]:
            yield Problem("--coders", 0, "", f"{shown(coder)} twice", "each coder once")


RULES = (
    _the_folder_is_new,
    _texts_are_a_line,
    _languages_are_tags,
    _the_scale_is_known,
    _coders_are_ids,
)
