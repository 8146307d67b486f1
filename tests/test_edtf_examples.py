"""The examples of ISO 8601-2 (EDTF, levels 0 to 2), as its specification lists them, one a row.

`cases/edtf.csv`: level, value, first and last day (empty where open), wording; or a sentence that
says what is not supported. Such a value is refused: no date is better than a wrong one.
"""

import csv
from pathlib import Path

import pytest

from helpers.dates.edtf import bounds, days, wording

CASES = Path(__file__).parent / "cases"
with open(CASES / "edtf.csv", encoding="utf-8", newline="") as file:
    EXAMPLES = list(csv.DictReader(file))
# Values that are still read wrongly.
WRONG = (CASES / "edtf_wrong.txt").read_text(encoding="utf-8").split()
READ = [row for row in EXAMPLES if not row["not_supported"]]
REFUSED = [row for row in EXAMPLES if row["not_supported"]]


def by_value(rows):
    return [pytest.param(row, id=row["value"], marks=_marks(row)) for row in rows]


def _marks(row):
    return [pytest.mark.xfail(strict=True)] if row["value"] in WRONG else []


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


@pytest.mark.xfail(strict=True)
def test_examples_are_put_in_order_by_their_first_and_last_day():
    """An open begin stands before every day, an open end after it."""
    by_bounds = sorted(READ, key=lambda row: bounds(row["value"]))
    by_days = sorted(READ, key=lambda row: (row["first"], row["last"] or "9999-12-31"))
    assert [row["value"] for row in by_bounds] == [row["value"] for row in by_days]


def test_all_levels_are_there():
    assert {row["level"] for row in EXAMPLES} == {"0", "1", "2"}
