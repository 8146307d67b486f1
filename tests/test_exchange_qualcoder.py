"""QualCoder: a project laid out by hand, by the tables that QualCoder makes and not by our writer.

QualCoder itself is in no package registry: nothing here was written by it.
"""

import sqlite3
from contextlib import closing

import pytest
from exchanged import CODING, GO, LAMP, TAA, TEXT, call, files_in, made, row, said
from test_exchange_refi import MAP

# As version 3.5 makes them, those that hold text codings.
LAYOUT = """
CREATE TABLE source (id integer primary key, name text, fulltext text, mediapath text, memo text,
    owner text, date text, av_text_id integer, risid integer, unique(name));
CREATE TABLE code_name (cid integer primary key, name text, memo text, catid integer, owner text,
    date text, color text, unique(name));
CREATE TABLE code_text (ctid integer primary key, cid integer, fid integer, seltext text,
    pos0 integer, pos1 integer, owner text, date text, memo text, avid integer, important integer,
    unique(cid,fid,pos0,pos1, owner));
CREATE TABLE code_image (imid integer primary key, id integer, cid integer);
CREATE TABLE code_av (avid integer primary key, id integer, cid integer);
CREATE TABLE annotation (anid integer primary key, fid integer, pos0 integer, pos1 integer);
CREATE TABLE cases (caseid integer primary key, name text);
CREATE TABLE journal (jid integer primary key, name text);
INSERT INTO cases VALUES (1, 'harbour');
INSERT INTO code_name VALUES (1, 'For the lamp', NULL, NULL, 'ann', '', ''),
    (2, 'Against the lamp', '', NULL, 'ann', '', ''), (3, 'Zoë', '', 1, 'ann', '', ''),
    (4, 'Juma', '', NULL, 'ann', '', ''), (5, 'The board', '', NULL, 'ann', '', '');
"""


def laid(folder, unit="utf-16-le", change=""):
    """A project whose editor counted in a unit; `change` is done to it at last."""
    text = TEXT.replace("\r\n", "\n")
    size = {"utf-16-le": 2, "utf-32-le": 4}[unit]
    folder.mkdir()
    with closing(sqlite3.connect(folder / "data.qda")) as database:
        database.executescript(LAYOUT)
        database.execute(
            "INSERT INTO source VALUES (7, 'harbour', ?, NULL, '', '', '', 0, 0)", [text]
        )
        codings = [(LAMP, 1, "ann"), (LAMP, 3, "ann"), (TAA, 2, "ben"), (TAA, 4, "ben")]
        for quote, code, owner in [*codings, (GO, 2, "ann"), (GO, 5, "ann")]:
            words = quote.replace("\r\n", "\n")
            start = len(text[: text.index(words)].encode(unit)) // size
            end = start + len(words.encode(unit)) // size
            # Qt parts the lines of a selection by a sign of its own.
            values = (code, 7, words.replace("\n", "\u2029"), start, end, owner, "seen", 0)
            database.execute(
                "INSERT INTO code_text (cid, fid, seltext, pos0, pos1, owner, memo, important)"
                " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                values,
            )
        database.executescript(change)
    (folder.parent / f"{folder.name}.map.yaml").write_text(MAP, encoding="utf-8")
    return folder


@pytest.mark.parametrize("unit", ["utf-16-le", "utf-32-le"])
def test_codings_on_one_selection_are_one_statement(capsys, tmp_path, unit):
    case = made(tmp_path / "case", coding={})
    status, words = call(capsys, "import", laid(tmp_path / "p.qda", unit), case)
    assert status == 0 and "Not used: 1 case." in words, words
    assert [(one[0], one[4], one[5], one[9], one[10]) for one in said(case, "note")] == [
        ("ann", LAMP, "zoe-olund", 2, "seen"),
        ("ann", GO, "board", -2, "seen"),
        ("ben", TAA, "juma-mosi", -2, "seen"),
    ]


def test_two_speakers_on_one_selection_come_back_apart(capsys, tmp_path):
    more = [
        row("a-7", LAMP, "board", "keep-cafe", -2, on_behalf_of="juma-mosi", note="and the board"),
        row("a-8", LAMP, "board", "keep-lamp", 2, note="as she says"),
        *CODING["ann"],
    ]
    case = made(tmp_path / "case", coding={"ann": more})
    bare = made(tmp_path / "bare", coding={})
    assert call(capsys, "export", case, tmp_path / "p.qda")[0] == 0
    with closing(sqlite3.connect(tmp_path / "p.qda/data.qda")) as database:
        # Somebody puts one more code on it, which nothing gives a meaning.
        database.executescript(
            "INSERT INTO code_name (cid, name) VALUES (99, 'Exciting');"
            "INSERT INTO code_text (cid, fid, seltext, pos0, pos1, owner)"
            " SELECT 99, fid, seltext, pos0, pos1, owner FROM code_text LIMIT 1"
        )
    status, words = call(capsys, "import", tmp_path / "p.qda", bare)
    assert status == 0 and "1 coding with the code 'Exciting', of which nothing" in words, words
    assert said(bare, "statement_id", "note") == said(case, "statement_id", "note")


HOSTILE = {
    "codes that belong to nobody knows whom": (
        "INSERT INTO code_text (cid, fid, seltext, pos0, pos1, owner)"
        " SELECT 5, fid, seltext, pos0, pos1, owner FROM code_text WHERE cid = 3;"
        "INSERT INTO code_name VALUES (9, 'issue.keep-cafe.2', '', NULL, '', '', '');"
        "INSERT INTO code_text (cid, fid, seltext, pos0, pos1, owner)"
        " SELECT 9, fid, seltext, pos0, pos1, owner FROM code_text WHERE cid = 3",
        "found 2 issues and 2 speakers; expected one",
    ),
    "a source that is gone": ("DELETE FROM source", "a source or a code that is not there"),
    "places beyond the text": ("UPDATE code_text SET pos1 = 1 << 60", "within its text"),
    "other words": ("UPDATE code_text SET seltext = 'x'", "the words that stand there"),
    "places that are no numbers": ("UPDATE code_text SET pos0 = 'x' WHERE cid = 1", "pos0 in code"),
    "a view": (
        "DROP TABLE cases; CREATE VIEW cases AS SELECT 1 AS caseid",
        "no column caseid in a table cases",
    ),
}


@pytest.mark.parametrize("kind", HOSTILE)
def test_a_strange_project_is_refused_and_nothing_is_written(capsys, tmp_path, kind):
    change, told = HOSTILE[kind]
    case = made(tmp_path / "case", coding={})
    project = laid(tmp_path / "p.qda", change=change)
    before = files_in(tmp_path)
    status, words = call(capsys, "import", project, case)
    assert status == 2 and told in words and "Traceback" not in words, words
    assert files_in(tmp_path) == before
