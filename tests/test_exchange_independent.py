"""Files of four tools, by somebody who knew their descriptions and had not seen our code."""

import csv
import shutil
from operator import itemgetter
from pathlib import Path

import pytest
from exchanged import call, files_in

FILES = Path(__file__).parent / "cases/exchange/independent"
cells = itemgetter("coder", "issue", "stance", "speaker", "quote", "note")
HAVE_TEXTS = ["brat.zip", "data.qda"]
ALL = [*HAVE_TEXTS, "skerry-letter.jsonld", "hypothesis.json"]


def rows(path):
    """The rows of a table by name; a line end of CR LF and of LF are the same."""
    text = path.read_bytes().decode().replace("\r\n", "\n")
    return list(csv.DictReader(text.splitlines(keepends=True)))


def said(case):
    """What each coder of a case says."""
    tables = sorted(case.glob("coding/*/statements.csv"))
    coded = [{**row, "coder": path.parent.name} for path in tables for row in rows(path)]
    return [cells(row) for row in coded]


def truth():
    return [cells(row) for row in rows(FILES / "truth.csv")]


@pytest.fixture
def imported(capsys, tmp_path):
    """A new case of a file."""

    def make(name):
        case = tmp_path / f"case-{name}"
        status, words = call(capsys, "import", FILES / name, case)
        assert status == 0, words
        return case

    return make


@pytest.mark.parametrize("name", HAVE_TEXTS)
def test_statements_are_those_that_were_meant(name, imported):
    assert said(imported(name)) == truth()


@pytest.mark.parametrize("first", HAVE_TEXTS)
@pytest.mark.parametrize("name", ALL)
def test_each_file_says_the_same_of_a_text_with_any_line_ends(first, name, capsys, imported):
    case = imported(first)
    before = files_in(case)
    status, words = call(capsys, "import", FILES / name, case)
    assert status == 0, words
    assert "Not used: 10 statements that the case has already." in words
    assert files_in(case) == before


@pytest.mark.parametrize("first", HAVE_TEXTS)
@pytest.mark.parametrize("name", ALL)
def test_each_file_gives_all_statements_to_a_case_without_codes(first, name, capsys, imported):
    case = imported(first)
    shutil.rmtree(case / "coding")
    status, words = call(capsys, "import", FILES / name, case)
    assert status == 0, words
    assert sorted(said(case)) == sorted(truth())
