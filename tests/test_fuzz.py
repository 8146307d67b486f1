"""Bad input: refused with its place, or shown as plain text.

A report of a case full of markup holds none that lives. `python tests/fuzz.py` tries more.
"""

import pytest
from fuzz import KINDS, shown
from fuzz_columns import tried

from dispute.exchange.spreadsheets import spreadsheet


@pytest.mark.parametrize("kind", KINDS)
def test_bad_input_is_refused_clearly_or_shown_harmlessly(kind):
    for seed in range(2):
        assert shown(kind, seed) in ("refused", "shown")


@pytest.mark.long
def test_what_is_refused_is_told_and_what_passes_runs(root, monkeypatch):
    """Ten of the three thousand of `make prove`: any column, sidecar, `case.yaml`, setting."""
    monkeypatch.chdir(root)
    shown = 0
    for seed in range(10):
        outcome, _ = tried(seed, chain=not shown)
        shown += outcome == "shown"
    assert shown


def test_a_spreadsheet_meets_no_formula_and_numbers_stay_numbers():
    table = 'a,b\n=1,-1\n-x,-1.5\n"+1,""2""",@a\n"\t=1",\'=1\n'
    harmless = "a,b\n'=1,-1\n'-x,-1.5\n\"'+1,\"\"2\"\"\",'@a\n'\t=1,''=1\n"
    assert spreadsheet(table) == harmless
