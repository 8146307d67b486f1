"""What a proposed row must hold to: each quote in the text, each id in the codebook, dates EDTF.

A rule is one function: it takes a row, where it was said and the codebook, and yields what is
refused. `RULES` lists them. A row of which anything is refused is no proposal.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from dispute.proposing.answers import Refused, few_words
from dispute.proposing.forms import NEW
from dispute.proposing.parts import Part
from helpers.case.cells import PATTERNS, UNFIT
from helpers.case.furniture import Furniture
from helpers.case.model import Case
from helpers.case.spreadsheets import guarded
from helpers.dates.edtf import bounds
from helpers.words import is_visible

Row = Mapping[str, Any]
# Names of one actor, and of several; texts of the model's own, and how long each may be.
SINGLE, SEVERAL = ("speaker", "on_behalf_of", "quoted_by", "according_to"), ("participants",)
FREE = {"why": 500, "description": 500, "place": 200, "date_note": 500}
LONGEST_DATE, LONGEST_NAME = 200, 500
# How markup begins.
MARKUP = re.compile(r"<[A-Za-z/!?]")


@dataclass(frozen=True)
class Codebook:
    """The ids and numbers that an answer may use."""

    actors: frozenset[str]
    issues: frozenset[str]
    stances: frozenset[int]

    @classmethod
    def of(cls, case: Case) -> "Codebook":
        """The codebook of a case."""
        stances = frozenset(map(int, case.stances.stance))
        return cls(frozenset(case.actors.actor_id), frozenset(case.issues.issue), stances)


@dataclass(frozen=True)
class Reading:
    """A part of an article as it was read."""

    text: str
    furniture: tuple[Furniture, ...]
    languages: tuple[str, ...]
    part: Part

    @cached_property
    def words(self) -> str:
        """The words of the part."""
        return self.text[self.part.start : self.part.end]


def _quotes_stand_in_the_text(row: Row, read: Reading, known: Codebook) -> Iterator[Refused]:
    quote = row["quote"]
    if not is_visible(quote):
        yield Refused("quote", "", "the quote is empty")
    elif quote not in read.words:
        why = "the quote does not stand in the article word for word"
        yield Refused("quote", few_words(quote), why)


def _actors_are_known(row: Row, read: Reading, known: Codebook) -> Iterator[Refused]:
    for name in SINGLE:
        value = row.get(name, "")
        is_new = name == "speaker" and value == NEW
        if value not in known.actors and not is_new and (value or name == "speaker" in row):
            yield Refused("id", few_words(value), f"{name} is no actor of the codebook")
    for name in SEVERAL:
        for value in row.get(name, []):
            if value not in known.actors:
                yield Refused("id", few_words(value), f"{name}: no actor of the codebook")


def _new_speakers_are_printed(row: Row, read: Reading, known: Codebook) -> Iterator[Refused]:
    if row.get("speaker") != NEW:
        return
    printed = row.get("printed", "")
    if not is_visible(printed) or len(printed) > LONGEST_NAME or printed not in read.text:
        why = "printed, the name of a new speaker, does not stand in the article"
        yield Refused("words", few_words(printed), why)


def _issues_are_known(row: Row, read: Reading, known: Codebook) -> Iterator[Refused]:
    for value in row.get("issues", []):
        if value not in known.issues:
            yield Refused("id", few_words(value), "it is no issue of the codebook")


def _stances_are_of_the_scale(row: Row, read: Reading, known: Codebook) -> Iterator[Refused]:
    stance = row.get("stance")
    if stance is None:
        return
    if stance not in known.stances:
        yield Refused("stance", few_words(stance), "it is no stance of the scale")
    elif not row["issues"]:
        yield Refused("stance", few_words(stance), "a stance on no issue")


def _dates_are_dates(row: Row, read: Reading, known: Codebook) -> Iterator[Refused]:
    date, basis = row.get("date", ""), row.get("date_basis", "undated")
    if (date == "") != (basis == "undated"):
        yield Refused("date", few_words(f"{date} {basis}"), "date and date_basis do not agree")
    if date == "":
        return
    try:
        if not date.isascii() or len(date) > LONGEST_DATE:
            raise ValueError
        bounds(date)
    except ValueError:
        yield Refused("date", few_words(date), "the date is no EDTF date")


def _date_words_are_printed(row: Row, read: Reading, known: Codebook) -> Iterator[Refused]:
    words = row.get("date_words", "")
    if words and (words not in read.text or not is_visible(words)):
        yield Refused("words", few_words(words), "date_words do not stand in the article")


def _languages_are_tags(row: Row, read: Reading, known: Codebook) -> Iterator[Refused]:
    for tag in filter(None, row.get("lang", "").split(";")):
        if not re.fullmatch(PATTERNS["language"].regex, tag) or len(tag) > 40:
            yield Refused("lang", few_words(tag), "it is no language tag")


def _texts_are_plain(row: Row, read: Reading, known: Codebook) -> Iterator[Refused]:
    """Prose of the model is one short line: no markup, no control signs, no formula of a sheet."""
    for name, longest in FREE.items():
        value = " ".join(row.get(name, "").split())
        if (value or name == "why") and not is_visible(value):
            yield Refused("text", "", f"{name} says nothing")
        elif len(value) > longest:
            yield Refused("text", few_words(value), f"{name} has more than {longest} characters")
        elif UNFIT.search(value) or not value.isprintable():
            yield Refused("text", few_words(value), f"{name} has signs that do not print")
        elif MARKUP.search(value):
            yield Refused("text", few_words(value), f"{name} has markup")
        elif guarded(value) != value:
            yield Refused("text", few_words(value), f"{name} begins as a formula does")


Rule = Callable[[Row, Reading, Codebook], Iterator[Refused]]
RULES: tuple[Rule, ...] = (
    _quotes_stand_in_the_text,
    _actors_are_known,
    _new_speakers_are_printed,
    _issues_are_known,
    _stances_are_of_the_scale,
    _dates_are_dates,
    _date_words_are_printed,
    _languages_are_tags,
    _texts_are_plain,
)


def refused_of(row: Row, read: Reading, known: Codebook) -> Refused | None:
    """What of a row is refused, as one: the first fault, and the reasons of all. None: nothing."""
    faults = [fault for rule in RULES for fault in rule(row, read, known)]
    if not faults:
        return None
    reasons = dict.fromkeys(fault.why for fault in faults)
    return Refused(faults[0].kind, faults[0].found, "; ".join(reasons)[:1000])
