"""Small inputs with the date that is right for each, by kind of trap.

`cases/dates.csv` is a list that others made of what the resolver once read wrongly in silence;
`cases/dates_own.csv` has brothers of each kind, and sentences beside them that must not be bent by
the same rule. `cases/dates_news.csv` has thirty sentences of news that name an old year and then a
day or month of the year of publication; they stood there before years were recounted.
"""

import csv
from pathlib import Path

import pytest

from helpers.dates import resolve
from helpers.dates.edtf import bounds, days

CASES = Path(__file__).parent / "cases"
SENTENCES = ("dates.csv", "dates_own.csv", "dates_news.csv")
OPEN = ".."


def rows_of(name):
    with open(CASES / name, encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def by_id(rows):
    return [pytest.param(row, id=row["id"]) for row in rows]


EVERY = [row for name in SENTENCES for row in rows_of(name)]
IN_SENTENCES = by_id(row for row in EVERY if row["kind"] != "edtf-bounds")
VALUES = by_id(row for row in EVERY if row["kind"] == "edtf-bounds")


def readings(row):
    """The dates of all expressions that touch the words of a row."""
    text, words = row["text"], row["words"]
    start = text.index(words)
    end = start + len(words)
    found = resolve.expressions(text, row["anchor"], language=f"en;{row['language']}")
    touching = found[(found.start < end) & (found.end > start)]
    return list(zip(touching.words, touching.date_edtf, strict=True))


@pytest.mark.parametrize("row", IN_SENTENCES)
def test_a_sentence_gives_the_date_that_is_right(row):
    dates = readings(row)
    if not row["expected_edtf"]:
        assert all(edtf == "" for _, edtf in dates)
        return
    assert len(dates) == 1, f"one expression, not {dates}"
    (_, edtf) = dates[0]
    assert edtf and bounds(edtf) == bounds(row["expected_edtf"]), dates


@pytest.mark.parametrize("row", VALUES)
def test_a_value_has_the_bounds_that_are_right(row):
    first, last = row["expected_edtf"].split("/")
    assert days(row["text"]) == (first.replace(OPEN, ""), last.replace(OPEN, ""))
