"""Cells, keys and links of tables of strings: what each should hold, by the schema.

A rule for a cell is one function: it takes the field and the text, and gives what was expected, in
words, or None where all is well. `cell_problem` asks them in turn.
"""

import itertools
import locale
import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from functools import cache, partial
from typing import TYPE_CHECKING, NamedTuple

from helpers.case.problems import (
    FIRST_ROW,
    Problem,
    first_of,
    nearest,
    numbered,
    shown,
    shown_cell,
)
from helpers.case.schema import SCHEMA, Field, fields, is_open, only_filled, optional
from helpers.dates.edtf import bounds
from helpers.dates.edtf_bounds import EXPECTED
from helpers.words import is_visible

if TYPE_CHECKING:
    import pandas as pd

# What no XML can hold.
UNFIT = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


# The shape of a language tag (BCP 47): language, script, region, variants, extensions, private use.
LANGUAGE = (
    "([a-z]{2,3}(-[a-z]{3}){0,3}(-[a-z]{4})?(-([a-z]{2}|[0-9]{3}))?"
    "(-([a-z0-9]{5,8}|[0-9][a-z0-9]{3}))*(-[0-9a-wyz](-[a-z0-9]{2,8})+)*)?"
    "(-?x(-[a-z0-9]{1,8})+)?"
)


class Pattern(NamedTuple):
    """A regular expression for a whole value, and what it means in words."""

    regex: str
    words: str


PATTERNS = {
    "id": Pattern(
        # It becomes the name of a page: of a device (`con`) none can be made everywhere.
        r"(?=.{1,100}$)(?!(con|prn|aux|nul|com[0-9]|lpt[0-9])(\.|$))"
        r"[a-z0-9][a-z0-9_-]*(\.[a-z0-9_-]+)*",
        "an id: lower-case letters, digits, - _ ., at most 100, no device such as con",
    ),
    "day": Pattern(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", "a day like 2019-02-25"),
    "language": Pattern(
        f"(?i:{LANGUAGE})", "a language tag such as en, sw or en-KE (BCP 47); und where not known"
    ),
    "sha256": Pattern("[0-9a-f]{64}", "a SHA-256: 64 digits and small letters from a to f"),
}


# One way of writing each number, so that two cells are alike where their numbers are.
NUMBERS = {
    "integer": Pattern(r"0|-?[1-9][0-9]{0,8}", "a whole number such as 12 or -3"),
    "number": Pattern(
        r"(?!-0(\.0+)?$)-?(0|[1-9][0-9]{0,14})(\.[0-9]{1,9})?", "a number such as 12 or -0.5"
    ),
}
# Characters of a date, and of any other cell whose field says nothing else.
LONGEST_DATE, LONGEST = 200, 100_000
# For so many values of a column that lead nowhere, one near them is looked for.
LOOKED_UP = 20


class Link(NamedTuple):
    """The values that a column may point to, and the file where they are listed."""

    file: str
    values: set[str]


# Where the rows of a table stand: the file of each, and its number there.
Places = Sequence[tuple[str, int]]


class Column(NamedTuple):
    """A column of a table as its cells are judged: the file to name, its name and its field."""

    file: str
    name: str
    field: Field
    may_be_empty: bool


def cell_problem(field: Field, value: str, may_be_empty: bool) -> str | None:
    """What a cell should have held, or None where it is right. `value` is a string."""
    if value == "":
        return None if may_be_empty else "a value"
    if UNFIT.search(value):
        return "text without control characters"
    if not is_visible(value):
        return "text that can be seen"
    if len(value) > (longest := field.get("longest", LONGEST)):
        return f"at most {longest} characters"
    if expected := _type_problem(field["type"], value):
        return expected
    for part in parts(field, value):
        if expected := _pattern_problem(field, part) or _choice_problem(field, part):
            return expected
    return None


def _type_problem(kind: str, value: str) -> str | None:
    if kind in NUMBERS and not re.fullmatch(NUMBERS[kind].regex, value):
        return NUMBERS[kind].words
    if kind == "edtf":
        if not value.isascii() or len(value) > LONGEST_DATE:
            return EXPECTED
        try:
            bounds(value)
        except ValueError as error:
            return str(error)
    return None


def _pattern_problem(field: Field, part: str) -> str | None:
    if "pattern" not in field:
        return None
    written = field["pattern"]
    pattern = PATTERNS.get(written, Pattern(written, f"a value like {written}"))
    if re.fullmatch(pattern.regex, part):
        return None
    meant = tag_meant(part) if written == "language" else ""
    return pattern.words + (f" (did you mean {meant}?)" if meant else "")


def tag_meant(words: str) -> str:
    """The language tag that somebody meant by a name (`English`) or a locale (`en_KE`), if any."""
    tag = words.replace("_", "-")
    if re.fullmatch(PATTERNS["language"].regex, tag):
        return tag
    return locale.locale_alias.get(words.casefold(), "").partition("_")[0]


def _choice_problem(field: Field, part: str) -> str | None:
    if "enum" not in field:
        return None
    choices = [str(choice) for choice in field["enum"]]
    if part in choices:
        return None
    return "one of " + ", ".join(choices) + nearest(part, choices)


def parts(field: Field, value: str) -> list[str]:
    """The values in a cell: several where the field is a list, none where the cell is empty."""
    if value == "":
        return []
    return value.split(";") if field.get("list") else [value]


def table_problems(
    tables: Mapping[str, "pd.DataFrame"],
    floor: str = "processed",
    names: Mapping[str, str] | None = None,
    places: Mapping[str, Places] | None = None,
    judged: Collection[str] | None = None,
) -> list[Problem]:
    """All faults in the cells, keys and links of tables of strings.

    `tables` maps a table's name to its frame, with all columns of the schema; `names` maps it to
    the file to tell, else it is the name with `.csv`; `places` says of a table that is put together
    from several files where each row stands. A cell that is None was not read and is not
    judged, nor is a link to a table that is not among them. `judged`: the tables whose cells are
    judged, where those of the others are sound.
    """
    names = names or {}
    links = links_of(tables, floor, names)
    problems: list[Problem] = []
    for table, frame in tables.items():
        if judged is not None and table not in judged:
            continue
        file = names.get(table, f"{table}.csv")
        described, may_be_empty = fields(table, floor), optional(table, floor)
        if is_open(table, floor):
            own = [name for name in frame if name not in described]
            described |= {name: {"type": "string"} for name in own}
            may_be_empty |= {*own}
        for name in only_filled(table, floor):
            if name not in frame:
                described.pop(name)
        for name, field in described.items():
            column = Column(file, name, field, name in may_be_empty)
            problems += first_of(column_problems(frame[name].tolist(), column, links))
        key = SCHEMA[floor][table]["key"]
        problems += first_of(_key_problems(frame, key, file, (places or {}).get(table)))
    return problems


def links_of(
    tables: Mapping[str, "pd.DataFrame"], floor: str, names: Mapping[str, str]
) -> dict[str, Link]:
    """`table.column` to the values that stand there, of each that a cell points to and was read."""
    links = {}
    for home in {
        field.get("in", "") for table in SCHEMA[floor] for field in fields(table, floor).values()
    }:
        table, _, column = home.partition(".")
        if table not in tables:
            continue
        values = set(tables[table][column].dropna())
        if values or not len(tables[table]):
            links[home] = Link(names.get(table, table), values)
    return links


def column_problems(
    cells: Iterable[str | None], column: Column, links: Mapping[str, Link]
) -> Iterator[Problem]:
    """The faults of a column: a value that cannot stand there, or one that leads nowhere."""
    file, name, field, may_be_empty = column
    link = links.get(field.get("in", ""))
    # Columns repeat their values: each is judged once.
    judged = cache(partial(cell_problem, field, may_be_empty=may_be_empty))
    near = itertools.chain([True] * LOOKED_UP, itertools.repeat(False))
    for row, value in numbered(cells):
        if value is None:
            continue
        if expected := judged(value):
            yield Problem(file, row, name, shown_cell(value), expected)
        elif link:
            for part in parts(field, value):
                if part not in link.values:
                    hint = nearest(part, link.values) if next(near) else ""
                    expected = f"a value listed in {link.file}{hint}"
                    yield Problem(file, row, name, shown(part), expected)


def _key_problems(
    frame: "pd.DataFrame", key: list[str], file: str, places: Places | None
) -> Iterator[Problem]:
    """The rows whose key an earlier row has already."""
    first_row: dict[tuple[str, ...], int] = {}
    cells = zip(*(frame[column].tolist() for column in key), strict=True)
    for row, values in numbered(cells):
        if None not in values and values in first_row:
            earlier = _row_in_words(first_row[values], row, places)
            expected = f"a value of its own; {earlier} has it already"
            yield Problem(file, row, " + ".join(key), shown(" + ".join(values)), expected)
        first_row.setdefault(values, row)


def _row_in_words(row: int, other: int, places: Places | None) -> str:
    """A row as another row of the table names it: with its file, if that is another."""
    if places is None:
        return f"row {row}"
    file, number = places[row - FIRST_ROW]
    here = file == places[other - FIRST_ROW][0]
    return f"row {number}" if here else f"row {number} of {file}"
