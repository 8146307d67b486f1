"""REFI-QDA: the file of another tool, how positions are told, and the shape of what goes out."""

import io
import zipfile
from xml.etree import ElementTree

import pytest
from exchanged import LAMP, TAA, TEXT, call, files_in, made, said

from dispute.exchange.counting import Counting, counting_of, with_line_ends
from dispute.exchange.passages import refi
from dispute.exchange.passages.giving import project_of
from helpers.case.load import load

MAP = """
codes:
  For the lamp: {issue: keep-lamp, stance: 2}
  Against the lamp: {issue: keep-lamp, stance: -2}
  Zoë: {speaker: zoe-olund}
  Juma: {speaker: juma-mosi}
  The board: {speaker: board}
  Exciting: {}
"""
Q = "{urn:QDA-XML:project:1.0}"
TEXT_PATH = "internal://a.txt"
SELECTION = '<PlainTextSelection guid="s{0}" startPosition="{1}" endPosition="{2}">{3}'
CODING = '<Coding guid="x"><CodeRef targetGUID="c"/></Coding></PlainTextSelection>'


def archive(**files):
    """A ZIP archive; `_` in a name stands for a dot."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as zipped:
        for name, content in files.items():
            zipped.writestr(name.replace("_", "."), content)
    return target.getvalue()


def project(*spans, text=TEXT, coding=CODING, path=TEXT_PATH):
    """A project as another writer may have it: one code, selections of one text."""
    selections = [
        SELECTION.format(number, start, end, coding) for number, (start, end) in enumerate(spans)
    ]
    qde = (
        '<Project xmlns="urn:QDA-XML:project:1.0" name="x"><CodeBook><Codes><Code guid="C"'
        ' name="issue.keep-lamp.2" isCodable="true"/></Codes></CodeBook><Sources>'
        f'<TextSource guid="t" name="harbour" plainTextPath="{path}">{"".join(selections)}'
        "</TextSource></Sources></Project>"
    )
    return archive(project_qde=qde, a_txt=text.encode())


def read(content):
    return refi.read({"x.qdpx": content})


def test_a_project_of_qc_is_read_with_a_mapping_file(root, capsys, tmp_path):
    case = made(tmp_path / "case", coding={})
    (tmp_path / "means.yaml").write_text(MAP, encoding="utf-8")
    file = root / "tests/cases/exchange/qc.qdpx"
    status, words = call(capsys, "import", file, case, "--map", tmp_path / "means.yaml")
    assert status == 0, words
    assert "Counted in code points, CR LF as one: 3 of 3 selections (100 %)" in words
    assert "Not used: 1 coding with the code 'Exciting', left out." in words
    rows = said(case)
    assert [(row[0], row[5], row[9]) for row in rows] == [
        ("ann", "zoe-olund", 2),
        ("ann", "board", -2),
        ("ben", "juma-mosi", -2),
    ]
    assert all(row[4] == TEXT[row[2] : row[3]] for row in rows)
    assert TAA in rows[2][4] and rows[0][4].endswith("The lamp must stay,\r\n")


def test_without_a_mapping_file_it_is_told_what_one_is_needed_for(root, capsys, tmp_path):
    case = made(tmp_path / "case", coding={})
    before = files_in(case)
    status, words = call(capsys, "import", root / "tests/cases/exchange/qc.qdpx", case)
    assert status == 2 and "1 coding with the code 'Zoë', of which nothing says" in words
    assert "qc.qdpx: nothing was written" in words and files_in(case) == before


@pytest.mark.parametrize(
    "way",
    [
        Counting("code point"),
        Counting("code point", line_ends="LF"),
        Counting("UTF-16"),
        Counting("UTF-16", line_ends="LF"),
        Counting("UTF-8"),
        Counting("UTF-8", line_ends="CR LF"),
        Counting("code point", end_is_last=True),
    ],
)
def test_a_way_of_counting_is_told_by_where_words_begin_and_end(way):
    # A text with line feeds, where they are counted as two.
    text = with_line_ends(TEXT, "LF" if way.line_ends == "CR LF" else "")
    lamp = with_line_ends(LAMP, "LF" if way.line_ends == "CR LF" else "")
    quotes = [lamp, TAA, "The lamp must go", "Juma", "haifai", "abaki", "chair"]
    units = {"code point": ("utf-32-le", 4), "UTF-16": ("utf-16-le", 2), "UTF-8": ("utf-8", 1)}
    encoding, size = units[way.unit]

    def place(before):
        counted = with_line_ends(before, way.line_ends)
        return len(counted.encode(encoding)) // size

    spans = []
    for quote in quotes:
        start = text.index(quote)
        spans.append((place(text[:start]), place(text[: start + len(quote)]) - way.end_is_last))
    found, told = counting_of([(text, *span) for span in spans])
    assert found == way and "7 of 7 selections (100 %)" in told
    places = [found.span(text, *span) for span in spans]
    assert [text[place.start : place.end] for place in places] == quotes


def test_positions_that_fit_under_no_way_of_counting_are_refused():
    words = [TEXT.index(word) + 1 for word in ("Harbour", "said", "alijibu", "board")]
    with pytest.raises(ValueError, match=r"0 of 4 selections \(0 %\).*expected 95 %"):
        read(project(*[(start, start + 2) for start in words]))


def test_another_way_that_fits_as_well_is_told():
    text = "a\r\nb c d e f"
    start = text.index("d")
    found, told = counting_of([(text, start, start + 1)])
    assert found == Counting()
    assert "As many do in code points, CR LF as one, where 1 would be other words." in told
    start = TEXT.index("Harbour")
    assert "As many" not in counting_of([(TEXT, start, start + 7)])[1]


def test_any_place_may_be_a_bound_where_a_script_has_no_blanks():
    text = "灯台は残すべきだ。"
    assert counting_of([(text, 0, 3), (text, 3, 6)])[0] == Counting()


def test_the_text_of_a_pdf_is_read_and_its_pictures_are_told():
    start = TEXT.index(TAA)
    selection = SELECTION.format(1, start, start + len(TAA), CODING)
    text = '<Representation guid="r" plainTextPath="internal://a.txt">' + selection
    qde = (
        '<Project xmlns="urn:QDA-XML:project:1.0" name="x"><CodeBook><Codes><Code guid="C"'
        ' name="issue.keep-lamp.2" isCodable="true"/></Codes></CodeBook><Sources>'
        f'<PDFSource guid="p" name="harbour" path="internal://p.pdf">{text}</Representation>'
        '<PDFSelection guid="q" page="1"/></PDFSource><PictureSource guid="i"/></Sources></Project>'
    )
    found = read(archive(project_qde=qde, sources_a_txt="", **{"sources/a_txt": TEXT}))
    assert [one.document for one in found.records] == ["harbour"]
    assert TEXT[found.records[0].start : found.records[0].end] == TAA
    assert dict(found.left) == {"picture": 1, "selection| of an area of a PDF": 1}


def test_what_goes_out_has_the_shape_of_the_standard(tmp_path):
    case = load(made(tmp_path / "case"))
    out, _ = project_of(case, [])
    content = refi.write(out)
    assert content == refi.write(out)
    with zipfile.ZipFile(io.BytesIO(content)) as zipped:
        root = ElementTree.fromstring(zipped.read("project.qde"))
        names = zipped.namelist()
        texts = {name: zipped.read(name).decode() for name in names if name.endswith(".txt")}
    assert [child.tag for child in root] == [
        f"{Q}{name}" for name in ("Users", "CodeBook", "Sources", "Notes")
    ]
    guids = [one.get("guid") for one in root.iter() if one.get("guid")]
    assert len(set(guids)) == len(guids) and names[0] == "project.qde"
    refs = {one.get("targetGUID") for one in root.iter() if one.get("targetGUID")}
    assert refs | {user.get("guid") for user in root.iter(f"{Q}User")} <= set(guids)
    assert "\r" not in "".join(texts.values())
    source = next(root.iter(f"{Q}TextSource"))
    text = texts["Sources/" + source.get("plainTextPath").removeprefix("internal://")]
    order = {"Description": 0, "PlainTextSelection": 1, "Coding": 2, "NoteRef": 3}
    for parent in [source, *source.iter(f"{Q}PlainTextSelection")]:
        kinds = [order[child.tag.removeprefix(Q)] for child in parent]
        assert kinds == sorted(kinds)
    first = next(source.iter(f"{Q}PlainTextSelection"))
    span = slice(int(first.get("startPosition")), int(first.get("endPosition")))
    assert text[span] == LAMP.replace("\r\n", "\n")


def test_a_project_with_its_texts_becomes_a_case_of_its_own(capsys, tmp_path):
    case = made(tmp_path / "case")
    file = tmp_path / "out.qdpx"
    assert call(capsys, "export", case, file)[0] == 0
    status, words = call(capsys, "import", file, tmp_path / "new")
    assert status == 0, words
    assert f"dispute run --case {tmp_path}/new" in words
    new, old = load(tmp_path / "new"), load(case)
    known = ["article_id", "title", "publisher", "published", "published_basis", "language"]
    assert new.articles[known].equals(old.articles[known]) and new.title == old.title
    for table in ("actors", "issues", "stances"):
        rows = [sorted(map(tuple, getattr(one, table).values)) for one in (new, old)]
        assert rows[0] == rows[1]


def test_a_codebook_goes_out_and_comes_into_an_empty_codebook(capsys, tmp_path):
    case, file = made(tmp_path / "case"), tmp_path / "codes.qdc"
    assert call(capsys, "export", case, file)[0] == 0
    bare = made(tmp_path / "bare", coding={})
    for name in ("actors", "issues"):
        path = bare / f"codebook/{name}.csv"
        path.write_text(path.read_text(encoding="utf-8").split("\n")[0] + "\n", encoding="utf-8")
    status, words = call(capsys, "import", file, bare)
    assert status == 0 and "3 actors new in the codebook" in words, words
    assert load(bare).names() == load(case).names()
    assert load(bare).propositions() == load(case).propositions()


# Files that are broken, or that want more than to be read; what is said of them.
HOSTILE = {
    "no archive": (b"PK\x03\x04 no archive", "no ZIP archive"),
    "cut off": (project((16, 40))[:-40], "no ZIP archive"),
    "no project": (archive(a_txt="x"), "0 files project.qde"),
    "a bomb": (archive(project_qde=b"<a>" + b"0" * 99_000_000), "unpacks to more than"),
    "a way out": (archive(**{"../../etc/x_txt": "x", "project_qde": "<Project/>"}), "leads out"),
    "entities": (
        archive(project_qde='<!DOCTYPE a [<!ENTITY b "c">]><Project name="&b;"/>'),
        "a document type or entities",
    ),
    "a file from outside": (
        archive(project_qde='<!DOCTYPE a SYSTEM "file:///etc/passwd"><Project/>'),
        "a document type or entities",
    ),
    "no XML": (archive(project_qde="<Project>"), "no XML"),
    "very deep": (archive(project_qde="<a>" * 9_000), "too deep"),
    "another root": (archive(project_qde="<html/>"), "the element html"),
    "a text elsewhere": (project((1, 2), path="internal://../../etc/passwd"), "not in the archive"),
    "a text on the disk": (project((1, 2), path="file:///etc/passwd"), "not in the archive"),
    "huge numbers": (project((1, 10**30)), "expected a whole number"),
    "no numbers": (project(("a", "b")), "expected a whole number"),
    "beyond the text": (project((1, 99_999)), "0 of 1 selection"),
    "a code that is not there": (
        project((16, 19), coding=CODING.replace('"c"', '"d"')),
        "leads to no Code",
    ),
}


@pytest.mark.parametrize("kind", HOSTILE)
def test_a_hostile_file_is_refused_in_a_line_and_nothing_is_written(capsys, tmp_path, kind):
    content, expected = HOSTILE[kind]
    case = made(tmp_path / "case", coding={})
    (tmp_path / "x.qdpx").write_bytes(content)
    before = files_in(tmp_path)
    status, words = call(capsys, "import", tmp_path / "x.qdpx", case, "--coder", "ann")
    assert status == 2 and expected in words and words.count("\n") == 1, words
    assert files_in(tmp_path) == before
