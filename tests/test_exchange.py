"""Coded passages of other tools: out of a case in every format, and back as the same statements."""

import pytest
from exchanged import NOTED, PASSAGES, call, files_in, made, said

from dispute.cli import export, import_
from dispute.exchange.passages.formats import FORMATS, write
from dispute.exchange.passages.giving import project_of
from helpers.case.load import load


@pytest.fixture(scope="module")
def case(tmp_path_factory):
    return made(tmp_path_factory.mktemp("exchange") / "case")


@pytest.fixture(scope="module")
def project(case):
    return project_of(load(case), [])[0]


@pytest.fixture
def bare(tmp_path):
    """The same articles and codebook, and nothing coded."""
    return made(tmp_path / "bare", coding={})


@pytest.mark.parametrize("form", PASSAGES)
def test_what_goes_out_comes_back_in_the_same_statements(
    capsys, tmp_path, case, project, bare, form
):
    file = tmp_path / f"out{FORMATS[form].ending}"
    file.write_bytes(write(form, project))
    assert write(form, project) == file.read_bytes()
    status, words = call(capsys, "import", file, bare)
    assert status == 0, words
    more = NOTED if FORMATS[form].holds_notes else []
    assert said(bare, *more) == said(case, *more)


def test_the_verbs_write_a_mapping_file_and_put_nothing_in_twice(capsys, tmp_path, case, bare):
    file = tmp_path / "out.qdpx"
    status, words = call(capsys, "export", case, file)
    assert status == 0 and f"6 statements; what its codes mean: {file}.map.yaml" in words
    mapping = (tmp_path / "out.qdpx.map.yaml").read_text(encoding="utf-8")
    assert "issue.keep-lamp.2: {issue: keep-lamp, stance: 2}" in mapping
    # Whoever edits it decides what comes back.
    mapping = mapping.replace("{ann: ann, ben: ben}", "{ann: ann, ben: cai}")
    (tmp_path / "out.qdpx.map.yaml").write_text(mapping, encoding="utf-8")
    assert call(capsys, "import", file, bare)[0] == 0
    assert {one[0] for one in said(bare)} == {"ann", "cai"}
    before = files_in(bare)
    status, words = call(capsys, "import", file, bare)
    assert status == 0 and "Not used: 6 statements that the case has already." in words
    assert files_in(bare) == before
    assert call(capsys, "export", case, file)[0] == 2


def test_rows_that_are_there_stay_byte_for_byte(capsys, tmp_path, case):
    some = made(tmp_path / "some")
    path = some / "coding/ann/statements.csv"
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes().replace(b"\n", b"\r\n", 1) + b"\r\n\r\n")
    before = path.read_bytes().rstrip(b"\r\n")
    (tmp_path / "more.csv").write_text(
        "article,quote,coder,speaker,issue,stance\nharbour,café too,ann,board,keep-cafe,2\n",
        encoding="utf-8",
    )
    status, words = call(capsys, "import", tmp_path / "more.csv", some)
    assert status == 0, words
    after = path.read_bytes()
    assert after.startswith(before) and after[len(before) :].count(b"ann-s001") == 1


def test_a_case_that_is_decided_takes_one_more_pass_apart(root, capsys, broken, tmp_path):
    text = "article,quote,coder,speaker,issue,stance\nskerry-post,The keepers must come down,{},"
    file = tmp_path / "more.csv"
    file.write_text(text.format("adjudicated") + "mira-solvik,automate,3\n", encoding="utf-8")
    status, words = call(capsys, "import", file, broken)
    assert status == 2 and "the adjudicated set follows from the passes" in words
    file.write_text(text.format("Cai") + "mira-solvik,automate,3\n", encoding="utf-8")
    status, words = call(capsys, "import", file, broken)
    assert status == 0 and "cai is new in coders.csv, with the role apart" in words


@pytest.mark.parametrize("name", ["../../x", "/x", "a\\\\b", "con", "a/b", "\\e[31m"])
def test_a_name_in_a_mapping_file_leads_nowhere(capsys, tmp_path, project, name):
    (tmp_path / "out.qdpx").write_bytes(write("refi-qda", project))
    (tmp_path / "out.qdpx.map.yaml").write_text(f'documents: {{harbour: "{name}"}}\n')
    before = files_in(tmp_path)
    status, words = call(capsys, "import", tmp_path / "out.qdpx", tmp_path / "new/case")
    assert status == 2 and "\x1b" not in words and words.count("\n") <= 2, words
    assert files_in(tmp_path) == before


@pytest.mark.parametrize(
    "arguments, told",
    [
        (["import", "gone.csv", "case"], "gone.csv: no such file; expected a file with coded"),
        (["import", "case", "case"], "case: the case itself; expected cases of others"),
        (["import", "letter", "case"], "letter: a format that the file does not tell"),
        (["import", "letter", "case", "--as", "cvs"], "expected one of dna, refi-qda"),
        (["import", "letter", "letter.csv", "case"], "a format that the file does not tell"),
        (["import", "a.csv", "b.ann", "case"], "files of several formats (brat, csv)"),
        (["import", "a.csv", "gone"], "a mapping file says what a code means (--map)"),
        (["import", "a.csv", "case", "--map", "gone.yaml"], "gone.yaml"),
        (["export", "case", "out.odt"], "out.odt: a format that the file does not tell"),
        (["export", "case", "out.txt"], "out.txt: a format that the file does not tell"),
        (["export", "case", "a.csv"], "a.csv: is there already; expected the name of something"),
        (["export", "case", "new.csv", "--coder", "dan"], "coder 'dan': expected one of ann, ben"),
        (["export", "case", "new.dna", "--map", "x"], "no mapping file"),
    ],
)
def test_a_wrong_call_is_told_in_a_line_and_leaves_nothing(
    capsys, tmp_path, monkeypatch, bare, arguments, told
):
    monkeypatch.chdir(tmp_path)
    bare.rename("case")
    for name in ("letter", "letter.csv", "a.csv", "b.ann"):
        (tmp_path / name).write_text("article,quote\nharbour,lamp\n" * (name == "a.csv"))
    before = files_in(tmp_path)
    status, words = call(capsys, *arguments)
    assert status == 2 and told in words and "Traceback" not in words, words
    assert files_in(tmp_path) == before


def test_the_help_names_every_format():
    for verb in (import_.import_, export.export):
        assert f"FORMAT is one of: {', '.join(FORMATS)}." in " ".join(verb.help.split())
