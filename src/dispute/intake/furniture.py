"""Furniture of a text: headline, captions, menus, lines that stand in every text of a paper.

A person can take a span away or add one: each carries its words. Only whole lines are taken.
"""

import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import NamedTuple

import yaml

from dispute.intake.drafts import Span
from helpers.case.copies import folded

BY_FORM = "by its form"
REPEATED = "stands in other articles of the case too"
# A line that so many other articles have is no article's own; a shorter one is not looked at.
OTHERS, SHORTEST = 2, 8


class Words(NamedTuple):
    """What is known of lines of a text: headline, subheadings, captions, days above the text."""

    title: str = ""
    subheadings: Collection[str] = ()
    captions: Collection[str] = ()
    days: Collection[str] = ()


def spans(text: str, words: Words) -> tuple[Span, ...]:
    """The furniture of a text, in its order; each span a line of it without blanks at its ends."""
    return tuple(_spans(text, words))


def _spans(text: str, words: Words) -> Iterator[Span]:
    title = _folded(words.title)
    kinds = dict.fromkeys(map(_folded, words.subheadings), ("headline", "subheading"))
    kinds |= dict.fromkeys(map(_folded, words.captions), ("caption", ""))
    kinds |= dict.fromkeys(map(_folded, words.days), ("header", "a day above the text"))
    title_waits = bool(title)
    for start, line in lines_of(text):
        key = _folded(line)
        if title_waits and key == title:
            title_waits = False
            yield Span(start, start + len(line), "headline", "")
        elif key in kinds:
            yield Span(start, start + len(line), *kinds[key])
        elif kind := by_form(line):
            yield Span(start, start + len(line), kind, BY_FORM)


def with_repeated(text: str, taken: Iterable[Span], counts: Counter[str]) -> tuple[Span, ...]:
    """The furniture of a text, with those lines of it that other articles have as well.

    `counts`: of each line, as `line_keys` gives it, in how many other articles it stands.
    """
    known = list(taken)
    starts = {span.start for span in known}
    for start, line in lines_of(text):
        inside = any(span.start <= start < span.end for span in known)
        is_new = start not in starts and not inside
        if is_new and len(line) >= SHORTEST and counts[_folded(line)] >= OTHERS:
            known.append(Span(start, start + len(line), "boilerplate", REPEATED))
    return tuple(sorted(known))


def line_keys(text: str) -> set[str]:
    """The lines of a text as they are compared."""
    return {_folded(line) for _, line in lines_of(text)}


def lines_of(text: str) -> Iterator[tuple[int, str]]:
    """The lines of a text that hold anything, each with its place, without blanks at its ends."""
    for match in re.finditer(r"[^\r\n]+", text):
        line = match[0].strip()
        if line:
            yield match.start() + match[0].index(line), line


def running_lines(pages: Sequence[str]) -> set[str]:
    """The first and last lines that most pages of a paper share, their figures left out."""
    if len(pages) < 2:
        return set()
    ends: Counter[str] = Counter()
    for page in pages:
        lines = [line for _, line in lines_of(page)]
        ends.update({without_figures(line) for line in [*lines[:2], *lines[-2:]]})
    return {line for line, number in ends.items() if number > len(pages) / 2}


def without_figures(line: str) -> str:
    """A line as running lines are compared."""
    return re.sub("[0-9]+", "0", _folded(line))


def _folded(words: str) -> str:
    return folded(words).text.strip()


def by_form(line: str) -> str:
    """What kind of furniture a line is by its form alone; empty where it is none."""
    if len(line) > 300:
        return ""
    for kind, forms in _forms().items():
        if any(form.fullmatch(line) for form in forms):
            return kind
    return ""


@cache
def _forms() -> dict[str, list[re.Pattern[str]]]:
    path = Path(__file__).with_name("furniture.yaml")
    table = yaml.safe_load(path.read_text(encoding="utf-8"))
    forms = {}
    for kind, some in table.items():
        forms[kind] = [re.compile(one, re.IGNORECASE) for one in some]
    return forms
