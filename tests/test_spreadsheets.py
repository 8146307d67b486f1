"""No cell of a table that people open in a spreadsheet is a formula there, and all come back.

The rule is `helpers.case.spreadsheets`. It serves the downloads of the site, the tables of quotes,
and the sheets that people fill in. What stands in data/processed and in a case is exact.
"""

import csv
import hashlib
import io
import re

import pytest
from exchanged import CODING, call, made, row, said

from dispute.cli import main
from dispute.exchange.passages.workbooks import read_sheet
from dispute.exchange.spreadsheets import spreadsheet
from helpers.case.files import csv_text
from helpers.case.spreadsheets import guarded, unguarded

SIGNS = ["=", "+", "-", "@", "\uff1d", "\uff0b", "\uff0d", "\uff20", "\ufe66", "\ufe62", "\ufe6b"]
# Blanks, line ends, and letters without ink.
LEADS = ["", " ", "\n", "\t", "\r", "\r\n", "\u00a0", "\u3000", "\u200b", "\ufeff", "\u2060"]
LEADS += ["\u202e", "\u2028", "\u3164", " \u200b\n "]
FORMULAS = [f"{lead}{sign}cmd|' /C calc'!A0" for lead in LEADS for sign in SIGNS]
PLAIN = [
    "",
    "a=1",
    " a",
    "'",
    "'tis",
    "-1.5",
    "-2e-07",
    "3",
    "\u2013 he said",
    "\u00a0",
    "1-2",
    "#",
]


def cells(text):
    return ["".join(line) for line in csv.reader(io.StringIO(text, newline=""))]


def test_a_formula_gets_an_apostrophe_whatever_blank_stands_before_it():
    harmless = cells(spreadsheet(csv_text([[one] for one in FORMULAS])))
    assert harmless == [f"'{one}" for one in FORMULAS]


def test_other_words_and_negative_numbers_stay_as_they_are():
    assert cells(spreadsheet(csv_text([[one] for one in PLAIN]))) == PLAIN


def test_what_is_made_harmless_comes_back_letter_for_letter():
    """Also what had an apostrophe of its own: no two texts become one."""
    every = [*FORMULAS, *PLAIN, *(f"'{one}" for one in FORMULAS), "''=1", "''"]
    assert [unguarded(guarded(one)) for one in every] == every
    assert len({guarded(one) for one in every}) == len(every)


NOTE = "\n\uff1dHYPERLINK(1)"


@pytest.fixture
def noted(tmp_path):
    """A case in which one note is a formula to a spreadsheet."""
    first = row("a-1", "The lamp must go", "board", "keep-lamp", -2, note=NOTE)
    return made(tmp_path / "case", CODING | {"ann": [first]})


@pytest.mark.parametrize("ending", ["csv", "xlsx"])
def test_a_table_of_quotes_is_harmless_and_comes_back_the_same(noted, capsys, ending):
    file, again = noted.parent / f"quotes.{ending}", made(noted.parent / "again", {})
    assert call(capsys, "export", noted, file)[0] == 0
    content = file.read_bytes()
    if ending == "xlsx":
        rows = read_sheet(content)
    else:
        rows = list(csv.reader(io.StringIO(content.decode(), newline="")))
    assert f"'{NOTE}" in rows[1]
    assert call(capsys, "import", file, again)[0] == 0
    assert said(again, "note") == said(noted, "note")


SAYS = "+1, she wrote"


@pytest.fixture
def written(broken):
    """The made-up case with words in an article that are a formula, marked by one pass alone."""
    path, sidecar = (broken / f"articles/skerry-post.{ending}" for ending in ("txt", "yaml"))
    text = path.read_text(encoding="utf-8")
    path.write_text(f"{text}{SAYS}\n", encoding="utf-8")
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    known = re.sub("sha256: .*", f"sha256: {digest}", sidecar.read_text(encoding="utf-8"))
    sidecar.write_text(known, encoding="utf-8")
    with open(broken / "coding/pass-a/statements.csv", "a", encoding="utf-8") as file:
        place = f"{len(text)},{len(text) + len(SAYS)}"
        file.write(f'x,skerry-post,harbour-board,,,automate,3,,undated,,,,,en,"{SAYS}",{place},,\n')
    return broken


def test_the_sheet_of_adjudication_is_harmless_and_a_reason_is_taken_as_it_was_meant(written):
    sheet = written.parent / "sheet.csv"
    assert main(["desk", str(written), "--adjudicate", "--sheet", str(sheet)]) == 0
    header, one = csv.reader(io.StringIO(sheet.read_text(encoding="utf-8"), newline=""))
    assert one[header.index("words")] == f"'{SAYS}"
    one[-5:] = ["neither", "", "", "", "'=5 is no stance"]
    sheet.write_text(csv_text([header, one]), encoding="utf-8")
    assert main(["desk", str(written), "--adjudicate", "--take", str(sheet)]) == 0
    decisions = (written / "coding/adjudicated/decisions.csv").read_text(encoding="utf-8")
    assert ",=5 is no stance\n" in decisions


@pytest.mark.parametrize("kind", ["passages", "articles"])
def test_a_drawn_sheet_is_harmless_and_its_words_are_found_again(written, kind):
    with open(written / "coding/adjudicated/decisions.csv", "a", encoding="utf-8") as file:
        file.write("statement,x,,neither,,,,no stance\n")
    folder = written.parent / "class"
    draw = ["draw", str(written), str(folder), "--coder", "pass-a", f"--{kind}", "99"]
    assert main(draw) == 0
    with open(folder / "sheet.csv", encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    if kind == "articles":
        rows[0] |= {"words": f"'{SAYS}", "article_id": "skerry-post"}
    (one,) = [row for row in rows if row["words"] == f"'{SAYS}"]
    one |= {"speaker": "harbour-board", "issue": "automate", "stance": "3"}
    lines = [list(one), *(row.values() for row in rows)]
    (folder / "sheet.csv").write_text(csv_text(lines), encoding="utf-8")
    assert main(["draw", str(written), str(folder), "--read"]) == 0
