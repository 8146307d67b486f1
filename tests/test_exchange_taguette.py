"""Taguette: a database that it filled itself, and one that it could have filled."""

import sqlite3
from contextlib import closing

import pytest
from exchanged import LAMP, TAA, call, files_in, made, said
from test_exchange_refi import MAP

from dispute.exchange.passages import taguette
from dispute.exchange.passages.giving import project_of
from helpers.case.load import load

FILE = "tests/cases/exchange/taguette.sqlite3"


def test_a_database_of_taguette_is_read_with_its_coders(root, capsys, tmp_path):
    case = made(tmp_path / "case", coding={})
    (tmp_path / "means.yaml").write_text(MAP, encoding="utf-8")
    status, words = call(capsys, "import", root / FILE, case, "--map", tmp_path / "means.yaml")
    assert status == 0, words
    assert [(row[0], row[4], row[5], row[9]) for row in said(case)] == [
        ("ann", LAMP, "zoe-olund", 2),
        ("ann", TAA, "juma-mosi", -2),
        ("ben", TAA, "juma-mosi", -2),
        ("ben", "The lamp must go", "board", -2),
    ]


def test_what_goes_out_is_laid_out_as_taguette_does(root, tmp_path):
    content = taguette.write(project_of(load(made(tmp_path / "case")), [])[0])
    with closing(sqlite3.connect(":memory:")) as ours, closing(sqlite3.connect(root / FILE)) as own:
        ours.deserialize(content)
        query = "SELECT name FROM sqlite_master WHERE name NOT LIKE 'sqlite_%' ORDER BY name"
        tables = own.execute(query).fetchall()
        assert ours.execute(query).fetchall() == tables
        for (name,) in tables:
            described = f"SELECT name, type, \"notnull\" FROM pragma_table_info('{name}')"
            assert ours.execute(described).fetchall() == own.execute(described).fetchall()
        assert ours.execute("PRAGMA foreign_key_check").fetchall() == []
        pages = ours.execute("SELECT contents FROM documents").fetchall()
    assert pages[0][0].startswith("<p>🌊 Harbour news</p>\n\n<p>Zoe")


def test_a_text_comes_back_from_its_page_whatever_is_in_it():
    for text in ("a\n\nb\n", "\n \na", "<b>&amp; &lt;\n</p>", " a  b ", "🌊\n"):
        assert taguette._text(taguette._page(text)) == text


CHANGES = {
    "a table less": ("DROP TABLE highlights", "no column id in a table highlights"),
    "a view": (
        "DROP TABLE highlights; CREATE VIEW highlights AS WITH RECURSIVE n(i) AS (SELECT 1 UNION"
        " ALL SELECT i + 1 FROM n) SELECT i AS id, 1 AS document_id, 1 AS start_offset,"
        " 2 AS end_offset, 'x' AS snippet FROM n",
        "no column id in a table highlights",
    ),
    "a text for a number": (
        "UPDATE highlights SET start_offset = 'x'",
        "start_offset in highlights is 'x', expected a whole number",
    ),
    "bytes for a text": ("UPDATE documents SET contents = zeroblob(9)", "contents in documents"),
    "a very long text": (
        "UPDATE documents SET contents = printf('%.*c', 20000000, 'x')",
        "computes more",
    ),
    "a huge number": ("UPDATE highlights SET end_offset = 9000000000000000000", "within its text"),
    "a negative number": ("UPDATE highlights SET start_offset = -5", "within its text"),
    "half a character": ("UPDATE highlights SET start_offset = 1", "within its text"),
    "other words": ("UPDATE highlights SET snippet = 'x'", "the words that stand there"),
    "no such document": ("UPDATE highlights SET document_id = 7", "a document that is not there"),
    "two projects": ("INSERT INTO projects VALUES (7, 'b', '', '')", "2 projects"),
}


@pytest.mark.parametrize("kind", [*CHANGES, "cut off", "no database"])
def test_a_strange_database_is_refused_and_nothing_is_written(root, capsys, tmp_path, kind):
    change, told = CHANGES.get(kind, ("", "no Taguette database"))
    content = (root / FILE).read_bytes()
    with closing(sqlite3.connect(":memory:")) as database:
        database.deserialize(content)
        database.executescript("PRAGMA foreign_keys = OFF;" + change)
        content = database.serialize()
    content = {"cut off": content[:3000], "no database": b"Dear database"}.get(kind, content)
    case = made(tmp_path / "case", coding={})
    (tmp_path / "x.sqlite3").write_bytes(content)
    (tmp_path / "x.sqlite3.map.yaml").write_text(MAP, encoding="utf-8")
    before = files_in(tmp_path)
    status, words = call(capsys, "import", tmp_path / "x.sqlite3", case)
    assert status == 2 and told in words and "Traceback" not in words, words
    assert files_in(tmp_path) == before
