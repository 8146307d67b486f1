"""What strangers send: nothing is written outside its place, nothing hangs, nothing speaks raw.

A database, a case or a setting that somebody else made is read with limits, and what is told of it
is short, on one line and without a character that a terminal would obey.
"""

import csv
import io
import os
import re
import sqlite3
from pathlib import Path

import at_once
import pytest
from fuzz import read_rows, replace, write_rows
from test_dna import LAYOUT, debate

from dispute.cli import main
from dispute.exchange.dna import to_case
from dispute.run import health, notebooks
from helpers.case import files
from helpers.case.load import check, load
from helpers.case.problems import CaseError, Problem

pytestmark = pytest.mark.usefixtures("soon")
ROOT = Path(__file__).resolve().parents[1]
# What a terminal would obey: escape sequences, carriage returns, marks that turn the order of words
OBEYED = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]")
EVIL = "\x1b[31mred\x1b]0;title\x07\u202egpj"


def called(*words, folder=ROOT):
    """A verb in a process of its own, with limits of time and memory."""
    return at_once.called([*map(str, words)], folder)


def told(run):
    """What a verb said of bad input: status 2, short lines, no traceback, nothing raw."""
    words = run.stdout + run.stderr
    assert run.returncode == 2, (run.returncode, words[:2000])
    assert "Traceback" not in words, words[-2000:]
    assert not OBEYED.search(words), OBEYED.search(words)
    assert max(map(len, words.splitlines())) < 1000
    return words


# ---- nothing is written outside its place

PLACES = [
    "/etc/x",
    "../x",
    "a/../../x",
    "..",
    ".",
    "",
    "a//b",
    "./a",
    "a\\b",
    "C:x",
    "a\0b",
    "a\nb",
    "\u202ea",
    "x" * 300,
    "a/" + "é" * 150,
    "con",
    "NUL.txt",
    "a/com1.csv",
    "a.",
    "a ",
    " a",
    "~",
    "-a",
]


@pytest.mark.parametrize("name", PLACES)
def test_a_name_that_leads_out_of_a_folder_or_is_none_everywhere_is_refused(tmp_path, name):
    folder = tmp_path / "into"
    folder.mkdir()
    with pytest.raises(ValueError, match="expected"):
        files.write_into(folder, name, b"x")
    assert list(tmp_path.rglob("*")) == [folder]


def test_a_file_is_written_into_its_folder_and_below():
    assert files.write_into.__doc__


def test_a_usual_name_is_written(tmp_path):
    for name in ("a.txt", "articles/doc-1.txt", "coding/pass-a/statements.csv", "é/ß.yaml"):
        files.write_into(tmp_path, name, b"x")
        assert (tmp_path / name).read_bytes() == b"x"


@pytest.mark.parametrize("link", ["articles", "articles/a.txt", "articles/inner"])
def test_a_link_on_the_way_is_not_followed(tmp_path, link):
    outside, folder = tmp_path / "outside", tmp_path / "into"
    outside.mkdir()
    (folder / link).parent.mkdir(parents=True)
    (folder / link).symlink_to(outside)
    name = "articles/inner/a.txt" if link.endswith("inner") else "articles/a.txt"
    with pytest.raises(ValueError, match="link"):
        files.write_into(folder, name, b"x")
    assert list(outside.iterdir()) == []


def test_what_is_written_beside_its_place_follows_no_link(tmp_path):
    """Whoever guesses the name of the file that is moved gets nothing written."""
    victim = tmp_path / "victim"
    victim.write_bytes(b"mine")
    (tmp_path / f".a.txt.{os.getpid()}").symlink_to(victim)
    files.write_file(tmp_path / "a.txt", b"x")
    assert victim.read_bytes() == b"mine" and (tmp_path / "a.txt").read_bytes() == b"x"


@pytest.mark.parametrize(
    "names",
    [["a.txt", "../x"], ["a.txt", "A.TXT"], ["a", "a/b"], ["a.txt", "con.txt"]],
    ids=["leads out", "one name on a Mac", "file and folder", "a device"],
)
def test_a_folder_is_made_whole_or_not_at_all(tmp_path, names):
    with pytest.raises(ValueError, match="expected"):
        files.make_folder(tmp_path / "new/case", dict.fromkeys(names, b"x"))
    assert list(tmp_path.iterdir()) == []


def test_no_importer_or_exporter_writes_but_by_the_one_function():
    """A bare write in the rooms that take names from others would be a hole."""
    places = [*ROOT.glob("src/dispute/exchange/**/*.py"), *ROOT.glob("src/dispute/cli/import*.py")]
    places += ROOT.glob("src/dispute/run/products/site.py")
    bare = re.compile(r"write_bytes|write_text|\bopen\(|write_file|os\.rename|mkdir|makedirs")
    assert [path.name for path in places if bare.search(path.read_text(encoding="utf-8"))] == []


def hostile(tmp_path, change):
    """A database in which `change` (SQL) was made, its ids of any type, as a file."""
    source = debate()
    path = tmp_path / "strange.dna"
    with sqlite3.connect(path) as database:
        database.executescript(LAYOUT.replace("ID INTEGER PRIMARY KEY", "ID"))
        for line in source.iterdump():
            if line.startswith("INSERT"):
                database.execute(line)
        database.executescript(change)
    database.close()
    return path


IDS = ["/../../../../x", "../x", "", "a b", "1.5", "x" * 300, "con", "\x1b[31m", "-1'"]


@pytest.mark.parametrize("identity", IDS)
@pytest.mark.parametrize("table", ["DOCUMENTS", "STATEMENTS"])
def test_an_id_that_is_no_number_is_refused_and_nothing_is_written(tmp_path, table, identity):
    home = tmp_path / "a/b/c/d/e"
    home.mkdir(parents=True)
    words = identity.replace("'", "''")
    change = f"UPDATE {table} SET ID = '{words}' WHERE ID = 1"
    if table == "DOCUMENTS":
        change += f"; UPDATE STATEMENTS SET DocumentId = '{words}' WHERE DocumentId = 1"
    file = hostile(tmp_path, change)
    before = sorted(tmp_path.rglob("*"))
    words = told(called("import", file, home / "case"))
    assert f"in {table}" in words and "whole number" in words
    assert sorted(tmp_path.rglob("*")) == before


@pytest.mark.parametrize("table", ["DOCUMENTS", "STATEMENTS", "ENTITIES", "VARIABLES", "CODERS"])
def test_an_id_that_two_rows_have_is_refused(tmp_path, table):
    file = hostile(tmp_path, f"INSERT INTO {table} SELECT * FROM {table} WHERE ID = 2 OR ID = 12")
    with sqlite3.connect(file) as database, pytest.raises(ValueError, match=f"twice in {table}"):
        to_case(database)


def test_an_import_that_is_no_sound_case_writes_nothing(tmp_path):
    file = hostile(tmp_path, "UPDATE DOCUMENTS SET Title = 'a' || char(27) || '[31m'")
    before = sorted(tmp_path.rglob("*"))
    told(called("import", file, tmp_path / "new/case"))
    assert sorted(tmp_path.rglob("*")) == before


def test_bytes_in_the_place_of_a_text_are_refused(tmp_path):
    file = hostile(tmp_path, "UPDATE DOCUMENTS SET Text = zeroblob(10) WHERE ID = 1")
    with sqlite3.connect(file) as database, pytest.raises(ValueError, match="Text in DOCUMENTS"):
        to_case(database)


# ---- nothing hangs, and nothing fills the memory

LARGE = "printf('%.*c', 200000000, 'x')"
COMPUTED = {
    "generated column": "ALTER TABLE DOCUMENTS ADD COLUMN More TEXT AS (" + LARGE + ")",
    "a view in the place of a table": "DROP TABLE CODERS; CREATE VIEW CODERS AS"
    " WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n)"
    " SELECT i AS ID, 'x' AS Name FROM n",
    "a virtual table": "CREATE VIRTUAL TABLE MORE USING fts5(a)",
}
GROWN = {
    "generated text": "DROP TABLE ENTITIES; CREATE TABLE ENTITIES (ID INTEGER, VariableId INTEGER,"
    " Value TEXT AS (printf('%.*c', 5000000, 'x')), Red, Green, Blue, ChildOf);"
    "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 1000)"
    " INSERT INTO ENTITIES (ID, VariableId) SELECT i, 1 FROM n",
    "a text of 200 MB": f"UPDATE DOCUMENTS SET Text = {LARGE} WHERE ID = 1",
    "many texts of 5 MB": "WITH RECURSIVE n(i) AS (SELECT 10 UNION ALL SELECT i + 1 FROM n"
    " WHERE i < 110) INSERT INTO DOCUMENTS SELECT i, 'x', printf('%.*c', 5000000, 'x'), 2, '', '',"
    " '', '', '', 862669800 FROM n",
}


@pytest.mark.long
@pytest.mark.parametrize("kind", GROWN)
def test_a_database_that_grows_while_it_is_read_is_refused(tmp_path, kind):
    file = hostile(tmp_path, GROWN[kind])
    words = told(called("import", file, tmp_path / "case"))
    assert "no DNA" in words and not (tmp_path / "case").exists()


@pytest.mark.parametrize("kind", COMPUTED)
def test_what_a_database_computes_beside_its_tables_is_not_read(tmp_path, kind):
    file = hostile(tmp_path, COMPUTED[kind])
    run = called("import", file, tmp_path / "case")
    assert run.returncode == 0 and check(tmp_path / "case") == []
    assert not any("x" * 100 in path.read_text() for path in (tmp_path / "case").rglob("*.yaml"))


def bomb(depth=10):
    """YAML of a few lines that stands for ten to the power of `depth` words."""
    lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x, x]"]
    for n in range(1, depth):
        lines.append(f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]")
    return "\n".join([*lines, f"title: *a{depth - 1}"]) + "\n"


YAMLS = {
    "aliases of aliases": bomb(),
    "merged aliases": "a: &a {x: 1}\n"
    + "".join(f"b{n}: &b{n}\n  <<: [*a, *a]\n" for n in range(2000)),
    "an alias of itself": "title: &t [*t]\n",
    "a deep list": "title: " + "[" * 5000 + "]" * 5000 + "\n",
    "a deep mapping": "".join(" " * n + "a:\n" for n in range(400)),
    "a long list": "title: [" + "x, " * 400_000 + "]\n",
    "a large file": "title: " + "x" * 3_000_000 + "\n",
    "a number of many digits": "title: " + "9" * 6000 + "\n",
    "a hexadecimal number": "title: 0x" + "f" * 6000 + "\n",
    "a number in sixties": "title: 1" + ":10" * 200_000 + "\n",
    "timestamp": "title: !!timestamp x\n",
    "bool": "title: !!bool x\n",
    "int": "title: !!int x\n",
    "float": "title: !!float x\n",
    "null": "title: !!null x\n",
    "binary": "title: !!binary '!'\n",
    "set": "title: !!set {a, b}\n",
    "omap": "title: !!omap [a: 1]\n",
    "python": "title: !!python/object/apply:os.system ['touch spoiled']\n",
    "another tag": "title: !x y\n",
    "a day that is none, with its zone": "title: 0001-01-01 00:00:00 +23:59\n",
    "many names": "".join(f"n{n}: x\n" for n in range(40_000)),
}


@pytest.mark.long
@pytest.mark.parametrize("kind", YAMLS)
def test_yaml_that_plays_tricks_is_told_in_a_line(tmp_path, broken, kind):
    config = tmp_path / "config.yaml"
    verbs = {
        ("check", broken): [broken / "case.yaml", broken / "articles/skerry-post.yaml"],
        ("run", "--why", "--config", config, "--into", tmp_path / "into"): [config],
    }
    for words, paths in verbs.items():
        for path in paths:
            path.write_text(YAMLS[kind], encoding="utf-8")
        lines = told(called(*words)).splitlines()
        assert len(lines) < 60
        for path in paths:
            assert any(path.name in line for line in lines)


def wide(folder):
    path = folder / "codebook/actors.csv"
    path.write_text(",".join(f"c{n}" for n in range(300_000)) + "\n" + "x\n" * 300_000)


def long_rows(folder):
    path = folder / "codebook/actors.csv"
    path.write_text("actor_id,name,kind,camp,note\n" + "\n" * 20_000_000)


def many_unknown(folder):
    path = folder / "codebook/actors.csv"
    rows = "".join(f"a{n},Name {n},persn,a{n + 7}x,\n" for n in range(50_000))
    path.write_text("actor_id,name,kind,camp,note\n" + rows)


def quoted_letter(folder):
    """A letter that stands a million times, at a wrong place."""
    article = folder / "articles/skerry-post.txt"
    article.write_bytes(article.read_bytes() + b"e" * 3_000_000)
    path = folder / "coding/pass-a/statements.csv"
    header, *rows = read_rows(path)
    rows[0][header.index("quote")] = "e"
    rows[0][header.index("start")], rows[0][header.index("end")] = "0", "1"
    write_rows(path, [header, *rows])


def hollow(path, size):
    """A file of many bytes that takes no room on the disk."""
    with open(path, "wb") as file:
        file.truncate(size)


SWOLLEN = {
    "a table of many columns": wide,
    "a table of empty rows": long_rows,
    "a table of unknown values": many_unknown,
    "a quote that stands everywhere": quoted_letter,
    "a huge table": lambda folder: hollow(folder / "codebook/actors.csv", 4_000_000_000),
    "a huge article": lambda folder: hollow(folder / "articles/skerry-post.txt", 4_000_000_000),
    "a huge sidecar": lambda folder: hollow(folder / "articles/skerry-post.yaml", 4_000_000_000),
    "huge rules": lambda folder: hollow(folder / "codebook/README.md", 4_000_000_000),
}


@pytest.mark.long
@pytest.mark.parametrize("kind", SWOLLEN)
def test_a_file_that_is_too_much_is_told_in_short(broken, kind):
    SWOLLEN[kind](broken)
    words = told(called("check", broken))
    assert len(words) < 20_000, len(words)


@pytest.mark.parametrize("content", ["[" * 100_000, '{"cells": ' * 100_000, '{"cells": 5}', "5"])
def test_a_notebook_that_plays_tricks_is_told_in_a_line(tmp_path, content):
    path = tmp_path / "x.ipynb"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(ValueError, match="no notebook"):
        notebooks.code(path)
    with pytest.raises(ValueError, match="no notebook"):
        notebooks.parameters(path)


# ---- nothing speaks raw to a terminal


def test_a_problem_is_shown_on_one_line_without_what_a_terminal_obeys():
    line = str(Problem(EVIL, 3, EVIL, EVIL + "\n" + "x" * 100_000, EVIL + "y" * 100_000))
    assert not OBEYED.search(line) and "\n" not in line and len(line) < 1000
    assert "\\x1b[31mred" in line and "\\u202e" in line
    assert not OBEYED.search(str(CaseError([Problem(EVIL, 0, "", EVIL, EVIL)])))


def header(folder):
    replace(folder / "codebook/actors.csv", "camp,note", f"camp,{EVIL}")


def cell(folder):
    replace(folder / "codebook/actors.csv", "mira-solvik", EVIL)


def a_kind(folder):
    replace(folder / "codebook/actors.csv", "person", EVIL)


def a_name_in_yaml(folder):
    path = folder / "articles/skerry-post.yaml"
    path.write_text(path.read_text(encoding="utf-8") + '"\\e[31m\\u202e": x\n', encoding="utf-8")


def furniture(folder):
    replace(folder / "articles/skerry-post.yaml", "what: headline", 'what: "\\e[31m\\u202e"')
    replace(folder / "coding/pass-a/statements.csv", "173,199", "0,26")
    path = folder / "coding/pass-a/statements.csv"
    header, *rows = read_rows(path)
    rows[0][header.index("quote")] = "Keepers vow to stay at Cap"
    write_rows(path, [header, *rows])


def period(folder):
    replace(folder / "codebook/periods.csv", "2019-05-01/2019-07-31", "2019-04-01/2019-07-31")
    replace(folder / "codebook/periods.csv", "hearings", EVIL)


def sign(folder):
    replace(folder / "codebook/relation_types.csv", "accuses", EVIL)
    replace(folder / "codebook/relation_types.csv", ",-1,", f",{EVIL},")


def a_file(folder):
    (folder / "articles" / f"{EVIL}.txt").write_text("x")


def a_digest(folder):
    path = folder / "articles/skerry-post.yaml"
    text = re.sub("sha256: .*", 'sha256: "\\\\e[31m\\\\u202e"', path.read_text(encoding="utf-8"))
    path.write_text(text, encoding="utf-8")


RAW = [header, cell, a_kind, a_name_in_yaml, furniture, period, sign, a_file, a_digest]


@pytest.mark.parametrize("spoil", RAW)
@pytest.mark.parametrize("verb", ["check", "run --why", "run", "export"])
def test_what_a_case_says_never_reaches_the_terminal_raw(tmp_path, broken, verb, spoil, capsys):
    spoil(broken)
    words = {
        "check": ["check", broken],
        "export": ["export", broken, tmp_path / "x.dna"],
    }.get(verb, [*verb.split(), "--case", broken, "--into", tmp_path / "into"])
    assert main(list(map(str, words))) == 2
    shown = capsys.readouterr()
    assert not OBEYED.search(shown.out + shown.err)


SAID = [
    [EVIL],
    ["check", EVIL],
    ["check", "--" + EVIL],
    ["check", "a", EVIL],
    ["run", "--case", EVIL],
    ["run", "-p", EVIL],
    ["run", "-p", f"coder={EVIL}"],
    ["run", "-p", f"{EVIL}={EVIL}"],
    ["run", "-p", f"as_of={EVIL}"],
    ["run", "--why", "--config", EVIL],
    ["changes", EVIL],
    ["export", "tests/cases/lighthouse", "/tmp/never.dna", "--coder", EVIL],
    ["export", EVIL, "x.dna"],
    ["import", EVIL, "x"],
    ["import", "README.md", f"/tmp/{EVIL}"],
]


@pytest.mark.parametrize("words", SAID, ids=lambda words: " ".join(words).replace(EVIL, "EVIL"))
def test_what_a_call_says_never_reaches_the_terminal_raw(root, monkeypatch, capsys, words):
    monkeypatch.chdir(root)
    monkeypatch.setattr(health, "write_file", lambda *_: None)  # that of the clone stays
    assert main(words) == 2
    shown = capsys.readouterr()
    assert not OBEYED.search(shown.out + shown.err)


def test_what_an_import_tells_never_reaches_the_terminal_raw(tmp_path, capsys):
    file = hostile(
        tmp_path,
        "CREATE TABLE 'x' (a);"
        "UPDATE VARIABLES SET Variable = char(27) || '[31m' WHERE ID = 5;"
        "UPDATE VARIABLES SET DataType = char(27) || '[31m' WHERE ID = 5;"
        'CREATE TABLE "\x1b[31m" (a); INSERT INTO "\x1b[31m" VALUES (1)',
    )
    assert main(["import", str(file), str(tmp_path / "case")]) == 0
    shown = capsys.readouterr()
    assert not OBEYED.search(shown.out + shown.err)


# ---- what is told is short


def test_many_problems_of_one_kind_are_told_together(broken, capsys):
    rows = "".join(f"x{n},Name,persn,nobody{n},\n" for n in range(1000))
    with open(broken / "codebook/actors.csv", "a", encoding="utf-8") as file:
        file.write(rows)
    assert main(["check", str(broken)]) == 2
    shown = capsys.readouterr()
    lines = shown.out.splitlines()
    assert len(lines) < 12, len(lines)
    kinds = [line for line in lines if "actors.csv" in line and "kind" in line]
    assert "row 10, kind: found 'persn'" in kinds[0] and "997 more" in kinds[-1]
    assert "2000 problems" in shown.err


def test_a_refused_run_tells_many_problems_of_one_kind_together(root, broken, monkeypatch, capsys):
    monkeypatch.chdir(root)
    rows = "".join(f"x{n},Name,persn,,\n" for n in range(1000))
    with open(broken / "codebook/actors.csv", "a", encoding="utf-8") as file:
        file.write(rows)
    for words in (["run"], ["run", "--why"]):
        assert main([*words, "--case", str(broken), "--into", str(broken / "into")]) == 2
        shown = capsys.readouterr()
        assert len((shown.out + shown.err).splitlines()) < 12


def test_all_problems_of_a_case_are_still_there_for_a_program(broken):
    rows = "".join(f"x{n},Name,persn,,\n" for n in range(900))
    with open(broken / "codebook/actors.csv", "a", encoding="utf-8") as file:
        file.write(rows)
    assert len(check(broken)) == 900
    with pytest.raises(CaseError) as refused:
        load(broken)
    assert len(refused.value.problems) == 900


# ---- a folder that is no case is not walked


@pytest.mark.parametrize("verb", ["check", "run", "run --why", "verify", "export"])
@pytest.mark.parametrize("place", ["/", "home", "/proc"])
def test_a_folder_that_is_no_case_is_told_at_once(tmp_path, verb, place):
    if place == "home":
        place = tmp_path / "home"
        for n in range(20):
            (place / f"Documents/{n}").mkdir(parents=True)
            hollow(place / f"Documents/{n}/film.mkv", 500_000_000)
    words = {
        "check": ["check", place],
        "export": ["export", place, tmp_path / "x.dna"],
    }.get(verb, [*verb.split(), "--case", place, "--into", tmp_path / "into"])
    if verb == "verify":
        words = ["verify", "--case", place]
    lines = told(called(*words)).strip().splitlines()
    assert len(lines) <= 2 and "no case.yaml" in lines[0]


def test_what_lies_beside_a_case_is_not_hashed(root, broken, monkeypatch, tmp_path, capsys):
    """A film in the folder of a case is none of its files."""
    hollow(broken / "film.mkv", 60_000_000_000)
    monkeypatch.chdir(root)
    assert main(["run", "--why", "--case", str(broken), "--into", str(tmp_path / "into")]) == 0


def test_a_table_of_tricks_is_csv_for_a_spreadsheet():
    """What is written is read back the same by Python's own reader."""
    rows = [["a", "b"], ["x\ry", 'q"q'], ["\n", ","]]
    text = io.StringIO(newline="")
    csv.writer(text, lineterminator="\n", quoting=csv.QUOTE_ALL).writerows(rows)
    assert list(csv.reader(io.StringIO(text.getvalue(), newline=""), strict=True)) == rows
