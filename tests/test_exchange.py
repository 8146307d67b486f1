"""Coded passages of other tools: out of a case in every format, and back as the same statements."""

import pytest
from exchanged import call, files_in, made, said

from dispute.exchange.passages.formats import FORMATS
from helpers.case.load import check

# Formats that hold passages, by the name of a file; DNA has tests of its own.
PASSAGES = [form for form in FORMATS if form not in ("dna", "refi-codebook")]


@pytest.fixture
def case(tmp_path):
    return made(tmp_path / "case")


@pytest.fixture
def bare(tmp_path):
    """The same articles and codebook, and nothing coded."""
    return made(tmp_path / "bare", coding={})


@pytest.mark.parametrize("form", PASSAGES)
def test_what_goes_out_comes_back_in_the_same_statements(capsys, tmp_path, case, bare, form):
    file = tmp_path / f"out{FORMATS[form].ending}"
    assert check(case) == [] == check(bare)
    status, words = call(capsys, "export", case, file, "--as", form)
    assert status == 0, words
    status, words = call(capsys, "import", file, bare, "--as", form)
    assert status == 0, words
    assert said(bare) == said(case)
    if FORMATS[form].holds_notes:
        more = ["statement_id", "date_edtf", "date_basis", "lang", "gloss", "note"]
        assert said(bare, *more) == said(case, *more)
    # What is there already is told, and not put in twice.
    before = files_in(bare)
    status, words = call(capsys, "import", file, bare, "--as", form)
    assert status == 0 and "6 statements that the case has already" in words
    assert files_in(bare) == before
