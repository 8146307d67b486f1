"""Bad input: refused with its place, or shown as plain text.

A report of a case full of markup holds none that lives. `make fuzz` tries more.
"""

from pathlib import Path

import pytest
from fuzz import KINDS, alive, hostile, shown

from dispute.exchange.spreadsheets import spreadsheet
from dispute.run import report, settings
from helpers.case.load import check


@pytest.mark.parametrize("kind", KINDS)
def test_bad_input_is_refused_clearly_or_shown_harmlessly(kind):
    for seed in range(3):
        assert shown(kind, seed) in ("refused", "shown")


def test_a_case_full_of_markup_becomes_a_report_without_any_that_lives(root, tmp_path, monkeypatch):
    monkeypatch.chdir(root)
    hostile(tmp_path / "case")
    assert check(tmp_path / "case") == []
    report.run(settings.read(case_dir=tmp_path / "case"), tmp_path / "into", tmp_path / "cache")
    site = tmp_path / "into/reports/site"
    for page in ("index.html", "4_stance_tables.html"):
        assert "alert(1)" in (site / page).read_text(encoding="utf-8")
    assert alive(site) == []
    assert not any(Path(path).exists() for path in (root / "x", tmp_path / "x"))


def test_a_spreadsheet_meets_no_formula_and_numbers_stay_numbers():
    table = 'a,b\n=1,-1\n-x,-1.5\n"+1,""2""",@a\n"\t=1",\'=1\n'
    harmless = "a,b\n'=1,-1\n'-x,-1.5\n\"'+1,\"\"2\"\"\",'@a\n'\t=1,'=1\n"
    assert spreadsheet(table) == harmless
