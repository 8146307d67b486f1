"""Rules of a case that lie between its tables and its texts.

A rule is one function, named by what should hold: it takes the case as it was read and yields its
problems. `RULES` lists them, and a new one is written and added there. Those on quotes and their
positions are in `anchors`, those on single cells in `cells`.
"""

from collections.abc import Iterator
from datetime import date

from helpers.case.near_passages import nearest_passage, words_expected
from helpers.case.problems import Problem, shown, shown_cell
from helpers.case.raw_case import RawCase
from helpers.case.schema import CODED, PROPOSED, columns
from helpers.dates.edtf import bounds

# The tables whose rows give dates of what articles tell.
DATED = [*(unit.table for unit in CODED.values()), *PROPOSED]

# Names that a choice of period gives a meaning of their own.
RESERVED_PERIODS = ("all", "unplaced")


def _dates_have_a_basis(raw: RawCase) -> Iterator[Problem]:
    """A date and its basis go together."""
    for table in DATED:
        for row, (value, basis) in raw.rows(table, "date_edtf", "date_basis"):
            if (value == "") == (basis == "undated"):
                continue
            expected = (
                "no date where the basis is `undated`"
                if value
                else "a date, or the basis `undated`"
            )
            yield Problem(raw.files[table], row, "date_basis", shown(basis), expected)


def _date_words_are_printed(raw: RawCase) -> Iterator[Problem]:
    """The words that give a date stand in the article."""
    for table in DATED:
        for row, (article, words) in raw.rows(table, "article_id", "date_words"):
            if article in raw.texts and words not in raw.texts[article]:
                expected = words_expected(article, raw.texts[article], words)
                yield Problem(raw.files[table], row, "date_words", shown(words), expected)


def _second_dates_have_a_reason(raw: RawCase) -> Iterator[Problem]:
    """A second reading of a date has its reason, and no reason stands alone."""
    for table in DATED:
        if "alt_date_edtf" not in columns(table, "raw"):
            continue
        for row, (value, reason) in raw.rows(table, "alt_date_edtf", "alt_date_note"):
            if (value == "") == (reason == ""):
                continue
            expected = (
                "the reason of the second reading"
                if value
                else "nothing, where there is no second reading"
            )
            yield Problem(raw.files[table], row, "alt_date_note", shown_cell(reason), expected)


def _numbers_have_their_words(raw: RawCase) -> Iterator[Problem]:
    """A number goes with what it counts and with the words that give it."""
    together = ("number", "number_of", "number_words")
    for row, (number, number_of, words) in raw.rows("event_mentions", *together):
        if not (number or number_of):
            continue
        cells = zip(together, (number, number_of, words), strict=True)
        missing = [column for column, cell in cells if not cell]
        if missing:
            expected = "number, number_of and number_words together"
            file = raw.files["event_mentions"]
            yield Problem(file, row, missing[0], "nothing", expected)


def _a_scale_is_there(raw: RawCase) -> Iterator[Problem]:
    """There is a stance: the measures of the networks are made from the scale."""
    if raw.tables["stances"].empty and "stances" not in raw.unread:
        expected = "a scale: at least one stance, with its side, label and meaning"
        yield Problem(raw.files["stances"], 0, "", "no stance", expected)


def _aliases_are_printed(raw: RawCase) -> Iterator[Problem]:
    """An alias stands in its article as it is written."""
    for row, (alias, article) in raw.rows("aliases", "alias", "article_id"):
        if article in raw.texts and alias not in raw.texts[article]:
            expected = f"a name as printed in {article}"
            if near := nearest_passage(raw.texts[article], alias):
                expected += f"; the nearest stands at {near.start}-{near.end}: {near.difference}"
            yield Problem(raw.files["aliases"], row, "alias", shown(alias), expected)


def _signs_are_usual(raw: RawCase) -> Iterator[Problem]:
    """A relation has the sign of its kind, or a note that says why it has another."""
    usual = {}
    for _, (relation, sign) in raw.rows("relation_types", "relation", "sign"):
        usual[relation] = sign
    for row, (relation, sign, note) in raw.rows("relations", "relation", "sign", "note"):
        if relation in usual and sign != usual[relation] and not note:
            expected = f"{usual[relation]} as {relation} has, or a note that says why not"
            yield Problem(raw.files["relations"], row, "sign", shown(sign), expected)


def _period_names_are_free(raw: RawCase) -> Iterator[Problem]:
    """No period is called as a choice of period is."""
    for row, (period,) in raw.rows("periods", "period"):
        if period in RESERVED_PERIODS:
            expected = "another name: `all` and `unplaced` have a meaning of their own"
            yield Problem(raw.files["periods"], row, "period", shown(period), expected)


def _periods_lie_apart(raw: RawCase) -> Iterator[Problem]:
    """No day is in two periods."""
    earlier: list[tuple[str, date, date]] = []
    for row, (period, span) in raw.rows("periods", "period", "period_edtf"):
        try:
            lower, upper = bounds(span)
        except ValueError:
            # No interval: told as a fault of the cell.
            continue
        for other, first, last in earlier:
            if lower <= last and first <= upper:
                expected = f"days that are not in period {other} already"
                yield Problem(raw.files["periods"], row, "period_edtf", shown(span), expected)
        earlier.append((period, lower, upper))


def _one_set_is_adjudicated(raw: RawCase) -> Iterator[Problem]:
    """There is one adjudicated set at most, and decisions only where there is one."""
    file = raw.files["coders"]
    rows = raw.rows("coders", "coder", "coder_role")
    sets = [(row, coder) for row, (coder, role) in rows if role == "adjudicated"]
    for row, coder in sets[1:]:
        expected = f"one adjudicated set at most; {sets[0][1]} is one"
        yield Problem(file, row, "coder_role", shown(coder), expected)
    if not sets and len(raw.tables["decisions"]) and not raw.unread & {"coders", "decisions"}:
        expected = f"a coder with the role adjudicated in {file}"
        yield Problem(raw.files["decisions"], 0, "", "decisions", expected)


RULES = (
    _dates_have_a_basis,
    _date_words_are_printed,
    _second_dates_have_a_reason,
    _numbers_have_their_words,
    _a_scale_is_there,
    _aliases_are_printed,
    _signs_are_usual,
    _period_names_are_free,
    _periods_lie_apart,
    _one_set_is_adjudicated,
)
