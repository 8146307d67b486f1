"""What passes the check, runs; what would spoil a run is told by it, with file and row."""

import csv
import io
import re

import pytest
from chain import made
from fuzz import digest, read_rows, replace
from fuzz_columns import write_rows_quoted

from dispute.cli import main
from dispute.exchange.dna.case_files import raw_table
from dispute.exchange.spreadsheets import spreadsheet
from helpers.case.load import check, load
from helpers.case.tables import read_tables, table_text, write_table

pytestmark = pytest.mark.usefixtures("soon")
ACTORS, STATEMENTS = "codebook/actors.csv", "coding/pass-a/statements.csv"
STANCES, MENTIONS = "codebook/stances.csv", "coding/pass-a/event_mentions.csv"
ISSUES, PERIODS = "codebook/issues.csv", "codebook/periods.csv"


def put(folder, file, column, value, row=2):
    """Set a cell; the row as a spreadsheet counts."""
    header, *rows = read_rows(folder / file)
    rows[row - 2][header.index(column)] = value
    write_rows_quoted(folder / file, [header, *rows])


def in_sidecar(folder, name, value, article="skerry-post"):
    path = folder / f"articles/{article}.yaml"
    text = path.read_text(encoding="utf-8")
    line = f"{name}: {value}"
    path.write_text(re.sub(f"(?m)^{name}: .*$", lambda _: line, text), encoding="utf-8")


# ---- a lone carriage return

FREE = [
    (ACTORS, "note"),
    (ACTORS, "name"),
    (ISSUES, "label"),
    (ISSUES, "proposition"),
    (PERIODS, "label"),
    (STATEMENTS, "note"),
    (MENTIONS, "description"),
    (MENTIONS, "place"),
    ("codebook/affiliations.csv", "role"),
    ("context_events.csv", "event"),
    ("coding/adjudicated/decisions.csv", "reason"),
    ("coding/pass-a/relations.csv", "note"),
]


@pytest.mark.long
def test_a_line_end_in_a_cell_makes_no_row(broken, tmp_path, root, monkeypatch):
    monkeypatch.chdir(root)
    words = "one\rtwo\nthree\r\nfour"
    for file, column in FREE:
        put(broken, file, column, words, 3 if file == ACTORS else 2)
    assert check(broken) == []
    frames = made(broken, tmp_path)
    case = load(broken)
    for table in ("actors", "issues", "statements", "event_mentions", "affiliations"):
        assert len(frames[table]) == len(getattr(case, table)), table
    assert words in set(frames["actors"].note)


def test_tables_are_written_so_that_any_reader_finds_the_same_rows(broken, tmp_path):
    put(broken, ACTORS, "note", "one\rtwo")
    case = load(broken)
    text = table_text(case.actors, "actors")
    rows = list(csv.reader(io.StringIO(text, newline=""), strict=True))
    assert len(rows) == len(case.actors) + 1
    write_table(case.actors, "actors", tmp_path)
    assert "one\rtwo" in set(read_tables(tmp_path)["actors"].note)
    assert len(list(csv.reader(io.StringIO(spreadsheet(text), newline="")))) == len(rows)
    assert '"one\rtwo"' in text and '"one\rtwo"' in spreadsheet(text)


def test_an_import_writes_it_in_quotation_marks():
    rows = [{"actor_id": "a", "name": "one\rtwo", "kind": "person"}]
    assert b'"one\rtwo"' in raw_table(rows, "actors")


def test_a_carriage_return_that_parts_rows_in_a_file_of_other_lines_is_told(broken):
    """Outside quotation marks it would make a row that nobody sees."""
    path = broken / "codebook/actors.csv"
    text = path.read_text(encoding="utf-8")
    path.write_bytes(text.replace("union of the", "union\rof,the,person,,x").encode())
    words = "\n".join(map(str, check(broken)))
    assert "actors.csv, row 3" in words and "carriage return" in words


# ---- numbers

NUMBERS = {
    "Arabic-Indic digits": "١٢",
    "Devanagari digits": "१२",
    "superscript": "²",
    "a leading zero": "03",
    "a negative leading zero": "-03",
    "minus zero": "-0",
    "400 digits": "9" * 400,
    "5000 digits": "9" * 5000,
    "a plus": "+3",
    "a blank": " 3",
    "fullwidth": "\uff13",
}
PLACES = [(STANCES, "stance"), (STATEMENTS, "start"), (STATEMENTS, "end"), (MENTIONS, "number")]
PLACES += [("coding/pass-a/relations.csv", "sign"), ("codebook/affiliations.csv", "start")]
PLACES += [(STATEMENTS, "stance")]


@pytest.mark.parametrize("kind", NUMBERS)
def test_an_odd_number_is_told_with_file_and_row_beside_all_others(broken, kind):
    for file, column in PLACES:
        put(broken, file, column, NUMBERS[kind])
    put(broken, ISSUES, "issue_kind", "fcat")
    problems = check(broken)
    for file, column in PLACES:
        assert [p for p in problems if (p.file, p.row) == (file, 2) and column in p.column]
    assert [p for p in problems if p.column == "issue_kind"]
    assert all(len(str(problem)) < 600 for problem in problems)


@pytest.mark.parametrize("number", ["0", "-3", "12.5", "1000000", "0.25"])
def test_a_usual_number_is_taken(broken, number):
    for file in (MENTIONS, MENTIONS.replace("pass-a", "pass-b")):
        put(broken, file, "number", number)
        put(broken, file, "number_of", "keepers")
        put(broken, file, "number_words", "some")
    assert check(broken) == []


ARABIC = "".join(map(chr, range(0x660, 0x66A)))
DATES = [
    f"{ARABIC[2]}{ARABIC[0]}{ARABIC[1]}{ARABIC[9]}-03-08",
    "2019-0" + ARABIC[3] + "-0X",
    "2019-" + ARABIC[0] + ARABIC[3],
    "2" * 5000,
    "[" + "2019," * 20000 + "2020]",
]


@pytest.mark.parametrize("value", DATES, ids=lambda value: value[:12])
@pytest.mark.parametrize("file, column", [(STATEMENTS, "date_edtf"), (PERIODS, "period_edtf")])
def test_an_odd_date_is_told_with_file_and_row(broken, file, column, value):
    put(broken, file, column, value)
    problems = check(broken)
    assert [p for p in problems if (p.file, p.row, p.column) == (file, 2, column)]


FURNITURE = [
    "{start: true, end: 34, what: headline}",
    "{start: 0, end: true, what: headline}",
    "{start: false, end: 34, what: headline}",
    "{start: 0.0, end: 34, what: headline}",
    "{start: 0, end: 34, what: [a, {b: c}]}",
    "{start: 0, end: 34}",
    "{start: 0, end: 34, what: headline, wath: x}",
    "{start: 0, end: 34, what: '\u200b'}",
    "{start: 0, end: 34, what: headline, note: {a: b}}",
]


@pytest.mark.parametrize("span", FURNITURE)
def test_odd_furniture_is_told(broken, span):
    path = broken / "articles/skerry-post.yaml"
    text = path.read_text(encoding="utf-8")
    path.write_text(re.sub(r"  - \{.*\}", f"  - {span}", text), encoding="utf-8")
    assert [p for p in check(broken) if p.file.endswith("skerry-post.yaml")]


# ---- names

INVISIBLE = {
    "empty": "",
    "blank": "   ",
    "no-break blank": "\u00a0",
    "zero width": "\u200b\u200c\u200d\ufeff",
    "marks of direction": "\u202a\u202c",
    "Hangul filler": "\u3164",
    "Braille blank": "\u2800",
    "soft hyphen": "\u00ad",
    "line ends": "\n\n",
    "a mark without a letter": "\u0301",
    "tags": "\U000e0041\U000e0042",
    "private use": "\ue000",
}
NAMED = [
    (ACTORS, "name"),
    (ISSUES, "label"),
    (ISSUES, "proposition"),
    (PERIODS, "label"),
    (STANCES, "label"),
    (STANCES, "meaning"),
    (MENTIONS, "description"),
    ("context_events.csv", "event"),
    ("context_events.csv", "source"),
    ("codebook/affiliations.csv", "role"),
]


@pytest.mark.parametrize("kind", INVISIBLE)
def test_every_name_that_cannot_be_seen_is_told(broken, kind):
    for file, column in NAMED:
        put(broken, file, column, INVISIBLE[kind])
    told = {(problem.file, problem.column) for problem in check(broken) if problem.row == 2}
    assert set(NAMED) <= told


@pytest.mark.parametrize("kind", INVISIBLE)
def test_a_sidecar_that_says_what_cannot_be_seen_is_told(broken, kind):
    names = {"title", "published_basis", "rights"}
    for name in names:
        in_sidecar(broken, name, ascii(INVISIBLE[kind]).replace("'", '"'))
    assert names <= {problem.column for problem in check(broken)}


@pytest.mark.parametrize("kind", INVISIBLE)
def test_a_case_without_a_title_that_can_be_seen_is_told(broken, kind):
    path = broken / "case.yaml"
    words = ascii(INVISIBLE[kind]).replace("'", '"')
    line = f"title: {words}"
    text = re.sub("(?m)^title: .*$", lambda _: line, path.read_text(encoding="utf-8"))
    path.write_text(text, encoding="utf-8")
    assert [p for p in check(broken) if (p.file, p.column) == ("case.yaml", "title")]


@pytest.mark.parametrize("author", ["''", "' '", '"\\u200b"', "null", "{a: b}"])
def test_an_author_who_cannot_be_seen_is_told(broken, author):
    replace(broken / "case.yaml", "[Invented for the tests]", f"[Ada Obi, {author}]")
    assert [p for p in check(broken) if p.column == "authors"]


@pytest.mark.parametrize("name", ["Ōta", "張 偉", "Đặng", "ⵜⵉⴼⵉⵏⴰⵖ", "علي", "किरण", "N’Golo", "7"])
def test_a_name_in_any_script_is_taken(broken, name):
    put(broken, ACTORS, "name", name)
    assert check(broken) == []


LONG = {ACTORS: "name", ISSUES: "label", PERIODS: "label", STANCES: "label"}


@pytest.mark.parametrize("file", LONG)
def test_a_name_that_fills_a_page_is_told(broken, file):
    put(broken, file, LONG[file], "x" * 5000)
    (problem,) = check(broken)
    assert problem.column == LONG[file] and "characters" in problem.expected


@pytest.mark.parametrize("name", ["title", "published_basis", "rights"])
def test_a_title_that_fills_a_page_is_told(broken, name):
    in_sidecar(broken, name, "x" * 20_000)
    assert [p for p in check(broken) if p.column == name]


# ---- ids


@pytest.mark.parametrize("identity", ["x" * 300, "con", "nul.a", "lpt1", "a" * 101])
def test_an_id_that_is_no_name_of_a_file_is_told(broken, identity):
    for path in broken.rglob("*.csv"):
        replace(path, "mira-solvik", identity)
    assert [p for p in check(broken) if (p.file, p.column) == (ACTORS, "actor_id")]


def test_an_article_with_such_a_name_is_told(broken):
    for ending in (".txt", ".yaml"):
        path = broken / f"articles/skerry-post{ending}"
        path.rename(path.with_stem("aux"))
    for path in broken.rglob("*.csv"):
        replace(path, "skerry-post", "aux")
    assert [p for p in check(broken) if p.file == "articles/aux.yaml"]


@pytest.mark.parametrize("identity", ["a" * 100, "console", "a.b_c-d", "0"])
def test_a_usual_id_is_taken(broken, identity):
    for path in broken.rglob("*.csv"):
        replace(path, "mira-solvik", identity)
    assert check(broken) == []


# ---- files that nobody reads

IGNORED = [
    "articles/more.TXT",
    "articles/more.Yaml",
    "articles/more.yml",
    "coding/statments.csv",
    "coding/pass-a/Statements.CSV",
    "codebook/actor.csv",
    "coding/pass-a/more/statements.csv",
    "codebook/more/issues.csv",
    "articles/more/a.txt",
    "context_event.csv",
    "statements.csv",
    "case.yml",
    "Case.YAML",
]


@pytest.mark.parametrize("name", IGNORED)
def test_a_file_that_is_not_read_is_told(broken, name):
    path = broken / name
    path.parent.mkdir(exist_ok=True)
    path.write_text("x\n", encoding="utf-8")
    (problem,) = check(broken)
    assert problem.file == name and "not read" in problem.found


@pytest.mark.parametrize(
    "name", ["README.md", ".DS_Store", "articles/.gitkeep", "articles/more.pdf", "coding/notes.md"]
)
def test_a_file_beside_them_is_left_alone(broken, name):
    (broken / name).write_text("x\n", encoding="utf-8")
    assert check(broken) == []


def test_rules_of_coding_that_are_no_file_are_told(broken):
    (broken / "codebook/README.md").mkdir()
    (problem,) = check(broken)
    assert problem.file == "codebook/README.md"


def test_rules_of_coding_that_are_no_text_are_told(broken):
    (broken / "codebook/README.md").write_bytes(b"a\xff\x00b")
    (problem,) = check(broken)
    assert problem.file == "codebook/README.md"


# ---- settings

SETTINGS = {
    "coder": ["coder=nobody"],
    "period": ["period=never"],
    "as_of": ["as_of=tomorrow"],
    "a measure": ["2_actor_network.normalisation=x"],
    "a number": ["4_stance_tables.min_statements=-1"],
    "a time before the first article": ["as_of=1900"],
}


@pytest.mark.parametrize("kind", SETTINGS)
def test_what_a_run_refuses_why_refuses(root, broken, monkeypatch, tmp_path, capsys, kind):
    monkeypatch.chdir(root)
    given = ["--case", str(broken), "--into", str(tmp_path / "into")]
    for word in SETTINGS[kind]:
        given += ["-p", word]
    refused = main(["run", *given]), capsys.readouterr().err
    asked = main(["run", "--why", *given]), capsys.readouterr().err
    assert refused[0] == asked[0] == 2
    assert refused[1].splitlines()[0] == asked[1].splitlines()[0]


# ---- together


@pytest.mark.long
def test_the_whole_chain_takes_a_case_of_odd_words(broken, tmp_path, root, monkeypatch):
    """Line ends, other scripts, the longest id and the longest name, all at once."""
    monkeypatch.chdir(root)
    for path in broken.rglob("*.csv"):
        replace(path, "mira-solvik", "m" * 100)
    put(broken, ACTORS, "name", "Harbour\rBoard", 2)
    put(broken, ACTORS, "name", "張 偉" * 20, 4)
    put(broken, ISSUES, "label", "One\nlabel")
    before = (broken / "articles/skerry-post.txt").read_bytes()
    after = before + b"\rmore\r"
    (broken / "articles/skerry-post.txt").write_bytes(after)
    replace(broken / "articles/skerry-post.yaml", digest(before), digest(after))
    assert check(broken) == []
    made(broken, tmp_path)
    assert (tmp_path / "site/index.html").exists()
