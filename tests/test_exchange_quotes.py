"""Tables of quotes: what people and Taguette write, found again by its words."""

import unicodedata

import pytest
from exchanged import LAMP, OTHER, TEXT, call, files_in, made, said
from test_exchange_refi import MAP, archive

from dispute.exchange.passages import quotes
from dispute.exchange.passages.workbooks import day_of, read_sheet, write_sheet
from helpers.case.load import load

HEAD = "article,quote,coder,speaker,issue,stance,date,note\n"


@pytest.fixture
def case(tmp_path):
    return made(tmp_path / "case", coding={})


def brought(capsys, case, text, *options):
    """Import a table, written as it is; the status and what was said."""
    file = case.parent / "quotes.csv"
    file.write_bytes(text.encode())
    return call(capsys, "import", file, case, *options)


def test_a_table_that_a_person_typed_needs_no_offset_and_no_id(capsys, case):
    status, words = brought(
        capsys,
        case,
        HEAD
        + 'Harbour news,"""The lamp must stay, and the cafe too.""",Cai,Zoe Olund,Keep the lamp,'
        + "for,2020-05,as told\n"
        + "harbour.txt,Taa haifai kabisa,Cai,Juma Mosi,keep-lamp,-2,,\n"
        + "The paper,the paper writes,Cai,The paper,Print it,2,,\n",
    )
    assert status == 0, words
    rows = said(case, "date_edtf", "date_basis", "note", "lang")
    assert [row[0] for row in rows] == ["cai"] * 3
    assert rows[0][4] == unicodedata.normalize("NFD", "“The lamp must stay,\r\nand the café too.”")
    assert rows[0][5:] == (
        *("zoe-olund", "", "", "keep-lamp", 2, "2020-05", "resolved", "as told", "und"),
    )
    assert rows[1][4:6] == ("Taa haifai kabisa", "juma-mosi") and rows[1][10:12] == ("", "undated")
    assert rows[2][1] == "paper" and rows[2][5] == "the-paper" and rows[2][13] == "en"
    assert "1 actor new in the codebook: the-paper" in words and "taken to be a person" in words
    assert "1 issue new in the codebook: print-it" in words
    assert load(case).coders.note.tolist() == ["Ann A.", "", "Cai"]


@pytest.mark.parametrize("ending", ["csv", "xlsx"])
def test_highlights_of_taguette_are_read(root, capsys, tmp_path, case, ending):
    (tmp_path / "means.yaml").write_text(MAP, encoding="utf-8")
    file = root / f"tests/cases/exchange/taguette-highlights.{ending}"
    status, words = call(
        capsys, "import", file, case, "--map", tmp_path / "means.yaml", "--coder", "ann"
    )
    assert status == 0, words
    assert [(row[4], row[5], row[9]) for row in said(case)] == [
        (LAMP, "zoe-olund", 2),
        ("Taa haifai kabisa, na mlinzi abaki.", "juma-mosi", -2),
        ("The lamp must go", "board", -2),
    ]


def test_what_is_ambiguous_is_told_and_nothing_is_chosen(capsys, case):
    row = "paper,The lamp must go,ann,board,keep-lamp,-2,,\n"
    before = files_in(case)
    status, words = brought(capsys, case, HEAD + row + row.replace("go", "fly"))
    assert status == 2 and files_in(case) == before
    assert "row 2: found 'The lamp must go'; expected words that stand once in paper" in words
    assert "they stand at 0-16, 36-52: none was chosen" in words
    assert "row 3: found 'The lamp must fly'" in words and "the nearest stand at" in words
    # Its positions say which, in whatever unit they were counted.
    placed = "article,quote,start,end,coder,speaker,issue,stance\n"
    start = OTHER.index("The lamp", 5)
    row = f"paper,The lamp must go,{start},{start + 16},ann,board,keep-lamp,-2\n"
    assert brought(capsys, case, placed + row)[0] == 0
    assert said(case)[0][2] == start


def test_a_row_borrows_no_speaker_from_another_row(capsys, case):
    row = "harbour,Taa haifai kabisa,ann,juma-mosi,keep-lamp,-2,,\n"
    status, words = brought(
        capsys, case, HEAD + row + row.replace("juma-mosi,keep-lamp", ",keep-cafe")
    )
    assert status == 0 and "Not used: 1 passage without a speaker: row 3." in words, words
    assert [one[5:9:3] for one in said(case)] == [("juma-mosi", "keep-lamp")]


def test_headlines_are_never_meant(capsys, case):
    path = case / "articles/harbour.yaml"
    furniture = "furniture:\n  - {start: 0, end: 14, words: 🌊 Harbour news, what: headline}\n"
    path.write_text(path.read_text(encoding="utf-8") + furniture, encoding="utf-8")
    status, words = brought(capsys, case, HEAD + "harbour,harbour news,ann,board,keep-lamp,-2,,\n")
    assert status == 2 and "is headline and is not coded" in words


@pytest.mark.parametrize(
    "row, told",
    [
        ("harbor,The lamp must go,ann,board,keep-lamp,-2,,", "(did you mean harbour?)"),
        ("harbour,The lamp must go,ann,bord,keep-lamp,-2,,", "(did you mean board?)"),
        ("harbour,The lamp must go,ann,board,keep-lmp,-2,,", "(did you mean keep-lamp?)"),
        ("harbour,The lamp must go,ann,board,keep-lamp,7,,", "expected one of -2, 2, against"),
        ("harbour,The lamp must go,,board,keep-lamp,-2,,", "`--coder NAME` does"),
        ("harbour,The lamp must go,ann,board,keep-lamp,-2,,,x", "9 cells; expected 8"),
        ("harbour,,ann,board,keep-lamp,-2,,", "expected words, or positions"),
        ("harbour,The lamp must go,ann,board,keep-lamp,-2,soon,", "date_edtf: found 'soon'"),
        ('harbour,"The lamp must go,ann', "no CSV file"),
    ],
)
def test_what_is_wrong_is_told_with_its_row_and_nothing_is_written(capsys, case, row, told):
    before = files_in(case)
    status, words = brought(capsys, case, HEAD + row + "\n")
    assert status == 2 and told in words and files_in(case) == before


def test_another_stance_on_the_same_passage_is_a_conflict(capsys, case):
    row = "harbour,Taa haifai kabisa,ann,juma-mosi,keep-lamp,-2,,\n"
    assert brought(capsys, case, HEAD + row)[0] == 0
    before = files_in(case)
    status, words = brought(capsys, case, HEAD + row.replace("-2", "2"))
    assert status == 2 and "-2, which ann has there already (ann-s001)" in words
    assert files_in(case) == before


def test_a_mapping_file_says_what_cells_mean(capsys, tmp_path, case):
    (tmp_path / "means.yaml").write_text(
        "codes:\n  stance.aye: {stance: 2}\n  issue.The lamp: {issue: keep-lamp}\n"
        "coders: {A.: ann}\ndocuments: {p. 1: harbour}\nalways: {lang: sw}\n",
        encoding="utf-8",
    )
    row = "p. 1,Taa haifai kabisa,A.,juma-mosi,The lamp,aye,,\n"
    status, words = brought(capsys, case, HEAD + row, "--map", tmp_path / "means.yaml")
    assert status == 0, words
    assert said(case, "lang")[0][8:] == ("keep-lamp", 2, "sw") and said(case)[0][0] == "ann"


@pytest.mark.parametrize(
    "text, told",
    [
        ("codes: [a]\n", "codes: found no mapping"),
        ("codes:\n  a: {isue: x}\n", "(did you mean issue?)"),
        ("cods: {}\n", "(did you mean codes?)"),
        ("codes: {a: b}\n", "codes, a: found 'b'; expected fields"),
        ("a: &a [b]\n? *a\n: c\n", "means.yaml: found"),
    ],
)
def test_a_mapping_file_with_faults_is_refused(capsys, tmp_path, case, text, told):
    (tmp_path / "means.yaml").write_text(text, encoding="utf-8")
    status, words = brought(capsys, case, HEAD, "--map", tmp_path / "means.yaml")
    assert status == 2 and told in words


def test_a_sheet_comes_back_as_it_was():
    rows = [["a\r\nb", " _x000D_ ", "=1+1"], ["", "🌊 <&>\t", TEXT]]
    assert read_sheet(write_sheet(rows)) == rows
    assert [day_of(cell) for cell in ("43952", "2020", "2020-05~", "")] == [
        "2020-05-01",
        "2020",
        "2020-05~",
        "",
    ]


SHEET = '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
HOSTILE = {
    "semicolons": (HEAD.replace(",", ";").encode(), 'parted by ";"'),
    "UTF-16": (HEAD.encode("utf-16"), "text in UTF-16"),
    "not text": (b"article,quote\n\xff,a\n", "the byte 0xff"),
    "no columns": (b"a,b\n1,2\n", "no column article"),
    "empty": (b"", "no column article"),
    "huge numbers": (b"article,quote,start,end\nharbour,lamp,1,1" + b"0" * 40, "two whole numbers"),
    "no workbook": (archive(a_txt="x"), "no sheet in the workbook"),
    "cut off": (write_sheet([["article", "quote"]])[:-30], "no ZIP archive"),
    "entities": (
        archive(**{"xl/worksheets/sheet1_xml": '<!DOCTYPE a [<!ENTITY b "c">]><a/>'}),
        "a document type or entities",
    ),
    "a far cell": (
        archive(**{"xl/worksheets/sheet1_xml": SHEET + '<row><c r="XFD1"/></row>'}),
        "no XML",
    ),
    "a far cell, whole": (
        archive(
            **{
                "xl/worksheets/sheet1_xml": SHEET
                + '<row><c r="XFD1"/></row></sheetData></worksheet>'
            }
        ),
        "expected cells in their order",
    ),
    "a text that is not there": (
        archive(
            **{
                "xl/worksheets/sheet1_xml": SHEET
                + '<row><c t="s"><v>7</v></c></row></sheetData></worksheet>'
            }
        ),
        "which the workbook does not have",
    ),
}


@pytest.mark.parametrize("kind", HOSTILE)
def test_a_file_that_is_no_table_of_quotes_is_refused_in_a_line(kind):
    content, told = HOSTILE[kind]
    with pytest.raises(ValueError) as refused:
        quotes.read({"x.csv": content})
    assert told in str(refused.value) and "\n" not in str(refused.value)
