"""brat: files written by hand after its description of the standoff format, not by our writer."""

import pytest
from exchanged import GO, LAMP, TAA, TEXT, call, files_in, made, said
from test_exchange_refi import archive

MAP = """
codes:
  Support: {issue: keep-lamp, stance: 2}
  Speaker.Zoe: {speaker: zoe-olund}
  Speaker.Juma: {speaker: juma-mosi}
  Against: {stance: -2}
  About.lamp: {issue: keep-lamp}
  Angry: {}
"""
SHORT = TEXT.replace("\r\n", "\n")


def line(number, kind, quote):
    """A text-bound annotation: brat counts a line end as one, and shows it as a blank."""
    words = quote.replace("\r\n", "\n")
    start = SHORT.index(words)
    flat = words.replace("\n", " ")
    return f"T{number}\t{kind} {start} {start + len(words)}\t{flat}\n"


ANN = (
    line(1, "Support", LAMP)
    + "A1\tSpeaker T1 Zoe\n"
    + "#1\tAnnotatorNotes T1\tboth at once, C:\\new\n"
    + line(2, "Passage", TAA)
    + "A2\tAgainst T2\nA3\tSpeaker T2 Juma\nA4\tAbout T2 lamp\nA5\tAngry T2\n"
    + "T3\tSupport 0 2;4 6\tHa\nR1\tSame Arg1:T1 Arg2:T2\nE1\tSupport:T1\n*\tEquiv T1 T2\n"
)


def test_a_text_and_its_annotations_are_read(capsys, tmp_path):
    case = made(tmp_path / "case", coding={})
    (tmp_path / "harbour.txt").write_bytes(TEXT.encode())
    (tmp_path / "harbour.ann").write_text(ANN, encoding="utf-8")
    (tmp_path / "means.yaml").write_text(MAP, encoding="utf-8")
    files = [tmp_path / "harbour.ann", tmp_path / "harbour.txt"]
    options = ["--map", tmp_path / "means.yaml", "--coder", "ben"]
    status, words = call(capsys, "import", *files, case, *options)
    assert status == 0, words
    assert [(one[0], one[4], one[5], one[9], one[10]) for one in said(case, "note")] == [
        ("ben", LAMP, "zoe-olund", 2, "both at once, C:\\new"),
        ("ben", TAA, "juma-mosi", -2, ""),
    ]
    for told in ("1 passage of several parts", "2 relations", "1 event", "'Passage'", "'Angry'"):
        assert f"{told}" in words


def test_folders_of_an_archive_are_coders(capsys, tmp_path):
    case = made(tmp_path / "case", coding={})
    ann = line(1, "issue.keep-lamp.-2", GO) + "A1\tspeaker T1 board\n"
    (tmp_path / "all.zip").write_bytes(
        archive(**{"x/ann/harbour_ann": ann, "x/ann/harbour_txt": TEXT, "x/n_conf": "[entities]"})
    )
    status, words = call(capsys, "import", tmp_path / "all.zip", case)
    assert status == 0, words
    assert [one[:2] + one[4:6] for one in said(case)] == [("ann", "harbour", GO, "board")]


HOSTILE = {
    "without a text": (archive(a_ann="T1\tX 0 1\ta"), "without its text"),
    "a way out": (archive(**{"../a_ann": "", "../a_txt": ""}), "leads out"),
    "no places": (archive(a_ann="T1\tX 0 b\ta", a_txt="a"), "expected a type and two places"),
    "huge places": (archive(a_ann=f"T1\tX 0 {10**30}\ta", a_txt="a"), "expected a type"),
    "another kind": (archive(a_ann="<html>", a_txt="a"), "expected a line of brat's standoff"),
    "no text in it": (archive(a_ann=b"\xff\xfe", a_txt="a"), "no text in UTF-8"),
    "two texts": (
        archive(**{"x/a_ann": "", "x/a_txt": "a", "y/a_ann": "", "y/a_txt": "b"}),
        "two texts of that name",
    ),
    "nothing": (archive(a_txt="a"), "no file with annotations"),
}


@pytest.mark.parametrize("kind", HOSTILE)
def test_a_hostile_archive_is_refused_in_a_line(capsys, tmp_path, kind):
    content, told = HOSTILE[kind]
    (tmp_path / "x.zip").write_bytes(content)
    before = files_in(tmp_path)
    status, words = call(capsys, "import", tmp_path / "x.zip", tmp_path / "new", "--as", "brat")
    assert status == 2 and told in words and words.count("\n") == 1, words
    assert files_in(tmp_path) == before
