"""Anchors: each quote, coded or proposed, is found again in its article, letter for letter.

`with_positions` fills in where a quote stands if there is one place only. A rule for anchors is one
function that yields its problems; `RULES` lists them.
"""

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import NamedTuple

from helpers.case.copies import counted_otherwise
from helpers.case.near_passages import places_of, words_expected
from helpers.case.problems import FIRST_ROW, Problem, shown, shown_cell
from helpers.case.proposal_rules import stale
from helpers.case.raw_case import RawCase
from helpers.case.schema import PROPOSED, UNITS

# Of a quote that stands in many places, so many are told.
PLACES = 3
# The tables that hold quotes of articles.
TABLES = [*(unit.table for unit in UNITS.values()), *PROPOSED]
# A place in a text as a cell gives it.
PLACE = re.compile(r"0|[1-9][0-9]{0,8}")


class Passage(NamedTuple):
    """A quote with the positions that its row gives, as written, and the text it is taken from."""

    table: str
    file: str
    row: int
    article: str
    quote: str
    start: str
    end: str
    text: str

    @property
    def is_unplaced(self) -> bool:
        """Whether the row leaves it to the quote to say where it stands."""
        return self.start == self.end == ""

    @property
    def is_placed(self) -> bool:
        return bool(PLACE.fullmatch(self.start) and PLACE.fullmatch(self.end))

    @property
    def span(self) -> tuple[int, int]:
        """The first place and the one after the last; only where `is_placed`."""
        return int(self.start), int(self.end)

    @property
    def is_true(self) -> bool:
        """Whether the quote stands where the row says."""
        return self.is_placed and self.text[slice(*self.span)] == self.quote

    def places(self) -> list[int]:
        """Every place at which the quote begins in the text."""
        return places_of(self.quote, self.text)

    def printed(self) -> str:
        """What was expected of a quote that stands nowhere."""
        return words_expected(self.article, self.text, self.quote)

    def problem(self, column: str, found: str, expected: str) -> Problem:
        """A problem in this row."""
        return Problem(self.file, self.row, column, found, expected)


def passages(raw: RawCase) -> Iterator[Passage]:
    """Every quote whose article could be read.

    A proposal from a text that was changed since is not among them: that is told of the text.
    """
    changed = stale(raw)
    for table in TABLES:
        by = "proposer" if table in PROPOSED else "article_id"
        for row, cells in raw.rows(table, by, "article_id", "quote", "start", "end"):
            owner, article, quote, start, end = cells
            if quote and article in raw.texts and (owner, article) not in changed:
                text = raw.texts[article]
                yield Passage(table, raw.files[table], row, article, quote, start, end, text)


def with_positions(raw: RawCase) -> RawCase:
    """The case with start and end filled in where both are empty and the quote stands once."""
    tables = {table: raw.tables[table].copy() for table in TABLES}
    for passage in passages(raw):
        if passage.is_unplaced and len(places := passage.places()) == 1:
            start = places[0]
            positions = str(start), str(start + len(passage.quote))
            tables[passage.table].loc[passage.row - FIRST_ROW, ["start", "end"]] = positions
    return replace(raw, tables=raw.tables | tables)


def _quotes_have_a_position(raw: RawCase) -> Iterator[Problem]:
    """A quote that stands nowhere or more than once needs its positions."""
    for passage in passages(raw):
        if passage.is_unplaced:
            times = len(passage.places())
            if times == 0:
                yield passage.problem("quote", shown(passage.quote), passage.printed())
                continue
            expected = f"a position: the quote stands {times} times in {passage.article}"
            yield passage.problem("start", "nothing", expected)


def _positions_are_numbers(raw: RawCase) -> Iterator[Problem]:
    """Start and end are whole numbers, or both empty."""
    for passage in passages(raw):
        if not (passage.is_unplaced or passage.is_placed):
            found = f"{shown_cell(passage.start)} and {shown_cell(passage.end)}"
            expected = "two whole numbers from 0, or both empty"
            yield passage.problem("start + end", found, expected)


def _quotes_stand_where_they_say(raw: RawCase) -> Iterator[Problem]:
    """A quote is what stands between start and end."""
    for passage in passages(raw):
        if not passage.is_placed or passage.is_true:
            continue
        places = passage.places()
        if places:
            start, end = passage.span
            yield passage.problem("start + end", f"{start}-{end}", _right_places(passage, places))
        else:
            yield passage.problem("quote", shown(passage.quote), passage.printed())


def _right_places(passage: Passage, places: list[int]) -> str:
    """Where a quote stands, in words; one place alone, if the row counts it in another unit."""
    stands = f"where the quote stands in {passage.article}"
    if meant := counted_otherwise(passage.text, passage.quote, passage.span):
        start, end, reason = meant
        return f"{start}-{end}, {stands} ({reason})"
    told = " or ".join(f"{place}-{place + len(passage.quote)}" for place in places[:PLACES])
    more = f" or {len(places) - PLACES} others" if len(places) > PLACES else ""
    return f"{told}{more}, {stands}"


def _furniture_is_not_coded(raw: RawCase) -> Iterator[Problem]:
    """No headline, caption or menu is coded; one that stands within a passage does not end it."""
    for passage in passages(raw):
        if not passage.is_true:
            continue
        start, end = passage.span
        for first, last, what, _ in raw.furniture[passage.article]:
            stands_within = start < first and last < end
            if start < last and first < end and not stands_within:
                expected = f"words of the article itself; {first}-{last} is {what} and is not coded"
                yield passage.problem("quote", shown(passage.quote), expected)


RULES = (
    _quotes_have_a_position,
    _positions_are_numbers,
    _quotes_stand_where_they_say,
    _furniture_is_not_coded,
)
