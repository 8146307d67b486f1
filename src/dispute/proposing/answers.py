"""What a model answered, held to its form: rows as they were said, and what was refused at once.

An answer is a stranger's. It may be half, empty, huge, or none at all.
"""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any

import jsonschema

from dispute.proposing.forms import LISTS, MOST, row_form
from dispute.proposing.kept import Answer
from helpers.case.spreadsheets import guarded
from helpers.words import printable

# Words and characters of what a model said that are shown at most.
WORDS, LETTERS = 20, 200
# What some models put around an answer: their thoughts, the fence of a code block.
THOUGHTS = re.compile(r"\A\s*<think>.*?</think>", re.DOTALL)
FENCED = re.compile(r"\A\s*```[a-z]*\n(.*)\n```\s*\Z", re.DOTALL)


@dataclass(frozen=True)
class Refused:
    """Something that was refused: its kind, a few words of what was found, and why."""

    kind: str
    found: str
    why: str


@dataclass
class Said:
    """The rows of an answer by the lists they stand in, and what is none."""

    rows: list[tuple[str, dict[str, Any]]] = field(default_factory=list)
    refused: list[Refused] = field(default_factory=list)


def few_words(said: object) -> str:
    """The first words of what a model said, on one line, as a table may hold them."""
    words = printable(" ".join(str(said)[: LETTERS * 2].split()))
    return guarded(" ".join(words.split()[:WORDS])[:LETTERS])


def read_answer(answer: Answer) -> Said:
    """The rows of an answer, each of its form. What is not of its form is refused by itself."""
    said = Said()
    words = FENCED.sub(r"\1", THOUGHTS.sub("", answer.words)).strip()
    if fault := _cut_off(answer, words):
        said.refused.append(Refused("answer", "", fault))
        return said
    try:
        content = json.loads(words)
    except (ValueError, RecursionError):
        said.refused.append(Refused("answer", few_words(words), "it is no JSON"))
        return said
    if fault := _wrong_lists(content):
        said.refused.append(Refused("answer", few_words(words), fault))
        return said
    for table in LISTS:
        for row in content.get(table, [])[:MOST]:
            if fault := _wrong_row(table, row):
                said.refused.append(Refused("form", few_words(_shown(row)), fault))
            else:
                said.rows.append((table, row))
    return said


def _cut_off(answer: Answer, words: str) -> str:
    if answer.ended == "length":
        return "the answer was cut off: max_tokens is too small for it"
    return "" if words else "the answer is empty"


def _wrong_lists(content: object) -> str:
    """What is wrong with the outside of an answer, in words; empty where nothing is."""
    if not isinstance(content, Mapping) or not set(content) & set(LISTS):
        return "it is no object with the lists statements and event_mentions"
    for name in content:
        if name not in LISTS:
            return "it has another name than statements and event_mentions"
        if not isinstance(content[name], list):
            return f"{name} is no list"
        if len(content[name]) > MOST:
            return f"{name} has more than {MOST} rows"
    return ""


def _wrong_row(table: str, row: object) -> str:
    """How a row is not of its form, without the words of it; empty where it is."""
    faults = sorted(set(_told(error) for error in _judge(table).iter_errors(row)))
    return "; ".join(faults[:3])


def _told(error: jsonschema.ValidationError) -> str:
    """A fault of the form in our own words: those of the library repeat what was said."""
    place = str(error.absolute_path[0]) if error.absolute_path else "the row"
    told = {
        "type": f"{place} is of another type",
        "enum": f"{place} is none of the values that there are",
        "required": "a name is missing that each row has",
        "additionalProperties": "it has a name that no row has",
        "maxItems": f"{place} has too many values",
    }
    return told.get(str(error.validator), f"{place} is not of its form")


@cache
def _judge(table: str) -> jsonschema.Draft202012Validator:
    return jsonschema.Draft202012Validator(row_form(table))


def _shown(row: object) -> object:
    """Of a row its quote, where it has one: that says most to a reader."""
    return row.get("quote", row) if isinstance(row, Mapping) else row
