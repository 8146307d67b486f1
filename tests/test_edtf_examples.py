"""The examples of ISO 8601-2 (EDTF, levels 0 to 2), as its specification lists them, one a row.

`cases/edtf.csv`: level, value, first and last day (empty where open), wording; or a sentence that
says what is not supported. Such a value is refused: no date is better than a wrong one.
"""

import csv
from pathlib import Path

import pytest
from edtf import parse_edtf
from hypothesis import given, settings
from hypothesis import strategies as st

from helpers.dates.edtf import bounds, days, wording

CASES = Path(__file__).parent / "cases"
with open(CASES / "edtf.csv", encoding="utf-8", newline="") as file:
    EXAMPLES = list(csv.DictReader(file))
READ = [row for row in EXAMPLES if not row["not_supported"]]
REFUSED = [row for row in EXAMPLES if row["not_supported"]]


def by_value(rows):
    return [pytest.param(row, id=row["value"]) for row in rows]


@pytest.mark.parametrize("row", by_value(READ))
def test_an_example_has_its_bounds_and_wording(row, capsys):
    assert days(row["value"]) == (row["first"], row["last"])
    assert wording(row["value"]) == row["wording"]
    assert capsys.readouterr() == ("", "")


@pytest.mark.parametrize("row", by_value(REFUSED))
def test_an_example_that_is_not_supported_is_refused(row, capsys):
    assert row["not_supported"].endswith("not supported.")
    with pytest.raises(ValueError, match="an EDTF date"):
        bounds(row["value"])
    assert capsys.readouterr() == ("", "")


def test_examples_are_put_in_order_by_their_first_and_last_day():
    """An open begin stands before every day, an open end after it."""
    by_bounds = sorted(READ, key=lambda row: bounds(row["value"]))
    by_days = sorted(READ, key=lambda row: (row["first"], row["last"] or "9999-12-31"))
    assert [row["value"] for row in by_bounds] == [row["value"] for row in by_days]


def test_all_levels_are_there():
    assert {row["level"] for row in EXAMPLES} == {"0", "1", "2"}


# What the package `edtf` 5.0.2 reads otherwise: a winter that ends with its first month.
OTHERWISE = {"2001-24"}


@pytest.mark.parametrize("row", [row for row in by_value(READ) if row.values[0]["level"] < "2"])
def test_the_package_edtf_gives_the_same_bounds_on_the_first_two_levels(row):
    value = row["value"]
    if value in OTHERWISE or "/" in value:
        return
    other = parse_edtf(value)
    first, last = (stamp[:3] for stamp in (other.lower_strict(), other.upper_strict()))
    assert tuple(day.timetuple()[:3] for day in bounds(value)) == (tuple(first), tuple(last))


@settings(deadline=None)
@given(st.text("0123456789X-~?%/.,[]{}TZ:+SYE ", max_size=24))
def test_any_text_is_a_date_or_refused_with_what_was_expected(text):
    try:
        first, last = bounds(text)
    except ValueError as error:
        assert str(error).startswith(("an EDTF date", "an interval", "a span"))
    else:
        assert first <= last and wording(text)
