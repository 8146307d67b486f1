"""Databases of Discourse Network Analyzer: what comes in is a sound case, what is left is told, and what goes out comes back."""

import base64
import csv
import hashlib
import io
import shutil
import sqlite3

import pytest
import yaml

from dispute import cli
from dispute.exchange import dna, dna_export
from dispute.run import kernels
from helpers.case import load as case

TEXT = "🌊🌊 Yes to the lamp. No to it.\r\nNo lamp, never."  # each wave is one code point and two UTF-16 units
LAYOUT = """
CREATE TABLE SETTINGS (Property TEXT, Value TEXT);
CREATE TABLE CODERS (ID INTEGER PRIMARY KEY, Name TEXT, Red INTEGER, Green INTEGER, Blue INTEGER, Password TEXT);
CREATE TABLE CODERRELATIONS (ID INTEGER PRIMARY KEY, Coder INTEGER, OtherCoder INTEGER);
CREATE TABLE DOCUMENTS (ID INTEGER PRIMARY KEY, Title TEXT, Text TEXT, Coder INTEGER, Author TEXT, Source TEXT, Section TEXT, Notes TEXT, Type TEXT, Date INTEGER);
CREATE TABLE STATEMENTTYPES (ID INTEGER PRIMARY KEY, Label TEXT, Red INTEGER, Green INTEGER, Blue INTEGER);
CREATE TABLE VARIABLES (ID INTEGER PRIMARY KEY, Variable TEXT, DataType TEXT, StatementTypeId INTEGER);
CREATE TABLE REGEXES (Label TEXT, Red INTEGER, Green INTEGER, Blue INTEGER);
CREATE TABLE STATEMENTS (ID INTEGER PRIMARY KEY, StatementTypeId INTEGER, DocumentId INTEGER, Start INTEGER, Stop INTEGER, Coder INTEGER);
CREATE TABLE ENTITIES (ID INTEGER PRIMARY KEY, VariableId INTEGER, Value TEXT, Red INTEGER, Green INTEGER, Blue INTEGER, ChildOf INTEGER);
CREATE TABLE DATABOOLEAN (ID INTEGER PRIMARY KEY, StatementId INTEGER, VariableId INTEGER, Value INTEGER);
CREATE TABLE DATAINTEGER (ID INTEGER PRIMARY KEY, StatementId INTEGER, VariableId INTEGER, Value INTEGER);
CREATE TABLE DATALONGTEXT (ID INTEGER PRIMARY KEY, StatementId INTEGER, VariableId INTEGER, Value TEXT);
CREATE TABLE DATASHORTTEXT (ID INTEGER PRIMARY KEY, StatementId INTEGER, VariableId INTEGER, Entity INTEGER);
CREATE TABLE ATTRIBUTEVARIABLES (ID INTEGER PRIMARY KEY, VariableId INTEGER, AttributeVariable TEXT);
CREATE TABLE ATTRIBUTEVALUES (ID INTEGER PRIMARY KEY, EntityId INTEGER, AttributeVariableId INTEGER, AttributeValue TEXT);
"""
CODED = [  # document, start and stop in UTF-16 units, coder, person, organization, concept, agreement
    (1, 5, 20, 2, 12, 22, 31, 1),
    (1, 22, 30, 3, 13, 20, 31, 0),
    (1, 33, 40, 2, 10, 21, 32, 0),
    (2, 0, 5, 2, 12, 20, 31, 0),
    (1, 5, 20, 2, 10, 20, 31, 1),  # 5: nobody speaks
    (1, 5, 20, 2, 12, 20, 30, 1),  # 6: on nothing
    (1, 7, 7, 2, 12, 20, 31, 1),  # 7: says nothing
    (1, 40, 60, 2, 12, 20, 31, 1),  # 8: beyond the text
    (1, 1, 4, 2, 12, 20, 31, 1),  # 9: begins in the middle of a wave
    (7, 0, 5, 2, 12, 20, 31, 1),  # 10: a document that is not there
    (1, 5, 20, 2, 12, 20, 31, None),
]  # 11: without agreement


def debate(agreement="boolean", numbers=None, coded=CODED):
    """A small database: two statement types, three coders, two documents."""
    db = sqlite3.connect(":memory:")
    db.executescript(LAYOUT)

    def put(table, *rows):
        db.executemany(f"INSERT INTO {table} VALUES ({', '.join('?' * len(rows[0]))})", rows)

    put("SETTINGS", ("version", "3.0.9"))
    put(
        "CODERS",
        (1, "Admin", 255, 0, 0, "x"),
        (2, "Zoë Q.", 0, 0, 0, "x"),
        (3, "Max", 0, 0, 0, "x"),
    )
    put("CODERRELATIONS", (1, 2, 3))
    put(
        "DOCUMENTS",
        (1, 'Lamp: "yes"', TEXT, 2, "I. Writer", "The Post", "p. 3", "scanned", "news", 862669800),
        (2, "", "Never again.", 2, "", "", "", "", "", 978307200),
    )
    put("STATEMENTTYPES", (1, "DNA Statement", 239, 208, 51), (2, "Annotation", 1, 1, 1))
    put(
        "VARIABLES",
        (1, "person", "short text", 1),
        (2, "organization", "short text", 1),
        (3, "concept", "short text", 1),
        (4, "agreement", agreement, 1),
        (5, "frame", "short text", 1),
        (6, "note", "long text", 2),
    )
    put("REGEXES", ("lamp", 255, 0, 0))
    put(
        "ENTITIES",
        (10, 1, "", 0, 0, 0, None),
        (12, 1, "Ann Ölund", 200, 0, 0, None),
        (13, 1, "李明", 0, 0, 0, None),
        (20, 2, "", 0, 0, 0, None),
        (21, 2, "Harbour Board, the", 0, 0, 0, None),
        (22, 2, "Ann Olund", 0, 0, 0, 21),
        (30, 3, "", 0, 0, 0, None),
        (31, 3, "Switch on the lamp", 0, 0, 0, None),
        (32, 3, "Keep the keepers", 0, 0, 0, None),
        (50, 5, "", 0, 0, 0, None),
        (51, 5, "safety", 0, 0, 0, None),
    )
    put("ATTRIBUTEVARIABLES", (1, 1, "Type"), (2, 1, "Alias"), (3, 3, "Notes"), (4, 2, "Seat"))
    put(
        "ATTRIBUTEVALUES",
        (1, 12, 2, "Annie"),
        (2, 12, 1, "minister"),
        (3, 13, 1, ""),
        (4, 31, 3, "main"),
        (5, 21, 4, "Havn"),
    )
    for n, (document, start, stop, coder, person, organization, concept, value) in enumerate(
        coded, start=1
    ):
        value = numbers[n - 1] if numbers else value
        put("STATEMENTS", (n, 1, document, start, stop, coder))
        put(
            "DATASHORTTEXT",
            (4 * n, n, 1, person),
            (4 * n + 1, n, 2, organization),
            (4 * n + 2, n, 3, concept),
            (4 * n + 3, n, 5, 51 if n == 1 else 50),
        )
        if value is not None:
            put("DATABOOLEAN" if agreement == "boolean" else "DATAINTEGER", (n, n, 4, value))
    put("STATEMENTS", (101, 2, 1, 5, 8, 2), (102, 2, 1, 5, 9, 2))
    put("DATALONGTEXT", (1, 101, 6, "a remark"), (2, 102, 6, ""))
    return db


def laid(files, folder):
    for name, content in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(content)
    return folder


def table(files, name):
    return list(csv.DictReader(io.StringIO(files[name].decode(), newline="")))


def columns(rows, *names):
    return [tuple(row[name] for name in names) for row in rows]


@pytest.fixture(scope="module")
def lighthouse(root):
    return case.load(root / "tests/cases/lighthouse")


def test_an_import_is_a_sound_case(tmp_path):
    files, _ = dna.to_case(debate(), title="Lamps")
    assert case.check(laid(files, tmp_path)) == []
    found = case.load(tmp_path)
    assert found.title == "Lamps" and found.texts["doc-1"] == TEXT
    assert found.articles[
        ["article_id", "title", "publisher", "published", "language"]
    ].values.tolist() == [
        ["doc-1", 'Lamp: "yes"', "The Post", "1997-05-03", "und"],
        ["doc-2", "Document 2", "not named", "2001-01-01", "und"],
    ]
    assert [
        len(getattr(found, name))
        for name in (
            "relation_types",
            "relations",
            "event_mentions",
            "aliases",
            "affiliations",
            "adjudication",
            "context_events",
        )
    ] == [0] * 7


def test_statements_are_carried_with_their_words():
    rows = table(dna.to_case(debate())[0], "coding/statements.csv")
    assert columns(rows, "statement_id", "article_id", "coder", "quote", "start", "end") == [
        ("s1", "doc-1", "zoe-q", "Yes to the lamp", "3", "18"),
        ("s2", "doc-1", "max", "No to it", "20", "28"),
        ("s3", "doc-1", "zoe-q", "No lamp", "31", "38"),
        ("s4", "doc-2", "zoe-q", "Never", "0", "5"),
    ]
    assert columns(rows, "speaker", "on_behalf_of", "issue", "stance") == [
        ("ann-olund", "ann-olund-2", "switch-on-the-lamp", "1"),
        ("actor-13", "", "switch-on-the-lamp", "-1"),
        ("harbour-board-the", "harbour-board-the", "keep-the-keepers", "-1"),
        ("ann-olund", "", "switch-on-the-lamp", "-1"),
    ]
    assert set(columns(rows, "date_edtf", "date_basis", "date_note", "lang")) == {
        (day, "resolved", "the date of the document; DNA keeps no other", "und")
        for day in ("1997-05-03", "2001-01-01")
    }


def test_entities_become_actors_and_issues():
    files, _ = dna.to_case(debate())
    assert columns(table(files, "codebook/actors.csv"), "actor_id", "name", "kind", "note") == [
        ("ann-olund", "Ann Ölund", "person", "Type: minister; Alias: Annie"),
        ("actor-13", "李明", "person", ""),
        ("harbour-board-the", "Harbour Board, the", "organisation", "Seat: Havn"),
        ("ann-olund-2", "Ann Olund", "organisation", ""),
    ]
    assert columns(table(files, "codebook/issues.csv"), "issue", "label", "proposition") == [
        (slug, label, label)
        for slug, label in (
            ("switch-on-the-lamp", "Switch on the lamp"),
            ("keep-the-keepers", "Keep the keepers"),
        )
    ]
    assert columns(table(files, "codebook/coders.csv"), "coder", "coder_role", "note") == [
        ("zoe-q", "pass", "Zoë Q."),
        ("max", "pass", "Max"),
    ]
    assert columns(table(files, "codebook/periods.csv"), "period", "label", "period_edtf") == [
        ("y1997", "1997", "1997-01-01/1997-12-31"),
        ("y2001", "2001", "2001-01-01/2001-12-31"),
    ]


def test_all_that_is_left_is_told():
    told = dna.to_case(debate())[1]
    assert sorted(told) == sorted(
        [
            "Dropped: 1 statement without person and organization: 5.",
            "Dropped: 1 statement without concept: 6.",
            "Dropped: 1 statement with an empty span: 7.",
            "Dropped: 2 statements whose span is not in the text: 8, 9.",
            "Dropped: 1 statement whose document is not there: 10.",
            "Dropped: 1 statement without a readable value of 'agreement': 11.",
            "Decided: 1 statement without a person; the organization stands as speaker and as the one spoken for.",
            "Decided: 1 document without title, now titled by number.",
            "Decided: 1 document without source, now of a publisher “not named”.",
            "Not carried: 2 statements of the type 'Annotation'.",
            "Not carried: 1 value of the variable 'frame' (short text).",
            "Not carried: 1 entity of other variables.",
            "Not carried: 1 attribute of concepts and others.",
            "Not carried: 1 document: time of day.",
            "Not carried: 1 coder without statements that are kept.",
            "Not carried: 1 setting.",
            "Not carried: 1 coder relation.",
            "Not carried: 1 regular expression.",
            "Not carried: 1 coder: colour.",
            "Not carried: 3 coders: password, settings and permissions.",
            "Not carried: 2 documents: Coder.",
            "Not carried: 1 document: Author.",
            "Not carried: 1 document: Section.",
            "Not carried: 1 document: Notes.",
            "Not carried: 1 document: Type.",
            "Not carried: 2 statement types: colour.",
            "Not carried: 1 entity: colour.",
            "Not carried: 1 entity: ChildOf.",
        ]
    )


def test_a_name_in_both_variables_and_an_entity_that_is_gone_are_told():
    db = debate()
    db.execute("UPDATE ENTITIES SET Value = 'Ann Ölund' WHERE ID = 22")
    db.execute("UPDATE DATASHORTTEXT SET Entity = 999 WHERE StatementId = 1 AND VariableId = 2")
    files, told = dna.to_case(db)
    assert (
        "Decided: 1 name both of a person and of an organization, kept as two actors each." in told
    )
    assert "Decided: 1 value with an entity that is not there, taken as empty." in told
    assert table(files, "coding/statements.csv")[0]["on_behalf_of"] == ""


def test_tables_and_columns_beyond_dna_are_told_and_missing_ones_borne(tmp_path):
    db = debate()
    for table_ in (
        "SETTINGS",
        "CODERS",
        "CODERRELATIONS",
        "REGEXES",
        "ATTRIBUTEVARIABLES",
        "ATTRIBUTEVALUES",
        "DATALONGTEXT",
        "DATAINTEGER",
    ):
        db.execute(f"DROP TABLE {table_}")
    db.executescript(
        "ALTER TABLE DOCUMENTS DROP COLUMN Source; ALTER TABLE ENTITIES DROP COLUMN ChildOf; ALTER TABLE DOCUMENTS RENAME TO papers; ALTER TABLE papers RENAME TO documents;"
        "ALTER TABLE STATEMENTS ADD COLUMN Mood TEXT; UPDATE STATEMENTS SET Mood = 'glad' WHERE ID = 2; CREATE TABLE TAGS (Tag TEXT); INSERT INTO TAGS VALUES ('a'), ('b');"
    )
    files, told = dna.to_case(db)
    assert case.check(laid(files, tmp_path)) == []
    assert columns(table(files, "codebook/coders.csv"), "coder", "note") == [
        ("coder-2", "coder 2"),
        ("coder-3", "coder 3"),
    ]
    assert {"Not carried: 1 statement: Mood.", "Not carried: 2 rows (in TAGS)."} <= set(told)


@pytest.mark.parametrize(
    "numbers, sides",
    [
        ((-2, 0, 1, 3), [("-2", "against"), ("0", "neutral"), ("1", "for"), ("3", "for")]),
        ((1, 3, 5, 5), [("1", "against"), ("3", "neutral"), ("5", "for")]),
        ((1, 2, 4, 4), [("1", "against"), ("2", "against"), ("4", "for")]),
        ((7, 7, 7, 7), [("7", "neutral")]),
    ],
)
def test_numbers_are_stances_with_sides_by_their_middle(tmp_path, numbers, sides):
    files, told = dna.to_case(debate("integer", numbers, CODED[:4]))
    assert case.check(laid(files, tmp_path)) == []
    assert columns(table(files, "codebook/stances.csv"), "stance", "side") == sides
    assert [row["stance"] for row in table(files, "coding/statements.csv")] == list(
        map(str, numbers)
    )
    assert f"{', '.join(' '.join(side) for side in sides)}." in "".join(told)


def test_yes_and_no_are_both_on_the_scale():
    files, told = dna.to_case(debate(coded=CODED[:1]))
    assert columns(table(files, "codebook/stances.csv"), "stance", "side", "label") == [
        ("-1", "against", "no"),
        ("1", "for", "yes"),
    ]
    assert not any("sides" in sentence for sentence in told)


@pytest.mark.parametrize("agreement", ["", None])
def test_without_agreement_a_statement_is_a_mention(tmp_path, agreement):
    files, told = dna.to_case(debate(), agreement=agreement)
    assert case.check(laid(files, tmp_path)) == []
    assert columns(table(files, "codebook/stances.csv"), "stance", "side", "label") == [
        ("1", "for", "mentioned")
    ]
    assert [
        (row["statement_id"], row["stance"]) for row in table(files, "coding/statements.csv")
    ] == [(f"s{n}", "1") for n in (1, 2, 3, 4, 11)]
    assert "Not carried: 10 values of the variable 'agreement' (boolean)." in told


def test_another_statement_type_with_other_names(tmp_path):
    db = debate()
    db.executescript("""INSERT INTO VARIABLES VALUES (11, 'who', 'short text', 2), (12, 'for', 'short text', 2), (13, 'what', 'short text', 2);
        INSERT INTO ENTITIES VALUES (101, 11, 'Cy', 0, 0, 0, NULL), (103, 13, 'Ships', 0, 0, 0, NULL);
        INSERT INTO DATASHORTTEXT VALUES (201, 101, 11, 101), (202, 101, 13, 103);""")
    files, told = dna.to_case(
        db, "Annotation", person="who", organization="for", concept="what", agreement=""
    )
    assert case.check(laid(files, tmp_path)) == []
    assert columns(
        table(files, "coding/statements.csv"), "statement_id", "speaker", "issue", "quote"
    ) == [("s101", "cy", "ships", "Yes")]
    assert (
        "Not carried: 11 statements of the type 'DNA Statement'." in told
        and "Not carried: 1 value of the variable 'note' (long text)." in told
    )


def test_awkward_characters_pass(tmp_path):
    db = debate(coded=CODED[:4])
    db.execute("UPDATE ENTITIES SET Value = ? WHERE ID = 12", ('Ann\rÖlund, "A"',))
    db.execute(
        "UPDATE DOCUMENTS SET Title = ?, Source = ?, Date = -86400 WHERE ID = 1",
        ("- [x]: #\n'", "2019-01-01"),
    )
    db.execute("UPDATE DOCUMENTS SET Text = ? WHERE ID = 2", ("No\r I",))
    files, told = dna.to_case(db)
    assert case.check(laid(files, tmp_path)) == [] and not any(
        "time of day" in sentence for sentence in told
    )
    found = case.load(tmp_path)
    assert 'Ann\rÖlund, "A"' in set(found.actors.name) and "No\r I" in set(found.statements.quote)
    assert found.articles[["title", "publisher", "published"]].values.tolist()[0] == [
        "- [x]: #\n'",
        "2019-01-01",
        "1969-12-31",
    ]


def test_what_is_null_is_empty(tmp_path):
    db = debate(coded=[*CODED[:3], (2, 0, 5, None, 12, 20, 31, 1)])
    db.execute(
        "UPDATE DOCUMENTS SET Title = NULL, Text = NULL, Source = NULL, Author = NULL WHERE ID = 2"
    )
    db.execute("UPDATE ATTRIBUTEVALUES SET AttributeValue = NULL")
    files, told = dna.to_case(db)
    assert case.check(laid(files, tmp_path)) == [] and files["articles/doc-2.txt"] == b""
    assert "Dropped: 1 statement whose span is not in the text: 4." in told and not any(
        "attribute" in sentence for sentence in told
    )


def test_a_control_character_is_dropped_from_words_and_refused_in_names():
    db = debate(coded=CODED[:4])
    db.execute("UPDATE DOCUMENTS SET Text = ? WHERE ID = 2", ("Ne\0er again.",))
    assert "Dropped: 1 statement with a control character: 4." in dna.to_case(db)[1]
    db.execute("UPDATE ENTITIES SET Value = ? WHERE ID = 12", ("Ann\0",))
    with pytest.raises(ValueError, match="codebook/actors.csv cannot hold it"):
        dna.to_case(db)


REFUSED = {
    "a file that is no database": (
        "",
        {},
        "no table DOCUMENTS, no table STATEMENTS, no table STATEMENTTYPES, no table VARIABLES, no table ENTITIES, no table DATASHORTTEXT",
    ),
    "DNA 2": (
        "ALTER TABLE DATASHORTTEXT RENAME COLUMN Entity TO Value; DROP TABLE ENTITIES",
        {},
        "no DNA 3 database: no table ENTITIES, no column Entity in DATASHORTTEXT",
    ),
    "nothing in it": (
        "DELETE FROM DOCUMENTS; DELETE FROM STATEMENTS; DELETE FROM STATEMENTTYPES",
        {},
        "the database has no document; the database has no statement; the database has no statement type",
    ),
    "nothing to carry": (
        "DELETE FROM DATASHORTTEXT",
        {},
        "no statement of the type 'DNA Statement' can be carried. Dropped: 7 statements without person and organization: 1, 2, 3, 4, 5, 6, 11",
    ),
    "no such variable": (
        "",
        {"concept": "concepts", "person": "frames"},
        "statement type 'DNA Statement': no variable 'frames' (did you mean frame?), no variable 'concepts' (did you mean concept?)",
    ),
    "variables of another kind": (
        "UPDATE VARIABLES SET DataType = 'long text' WHERE StatementTypeId = 1",
        {},
        "'agreement' is long text, not boolean or integer; statement type 'Annotation'",
    ),
    "no such type": (
        "",
        {"statement_type": "DNA"},
        "statement type 'DNA': expected one of 'DNA Statement', 'Annotation'",
    ),
    "two such types": (
        "INSERT INTO VARIABLES SELECT ID + 20, Variable, DataType, 2 FROM VARIABLES WHERE StatementTypeId = 1",
        {},
        "several statement types have these variables, choose one of 'DNA Statement', 'Annotation'",
    ),
    "one variable twice": (
        "",
        {"organization": "person"},
        "expected four variables for person, organization, concept and agreement, not 'person', 'person', 'concept', 'agreement'",
    ),
    "dates of no time": (
        "UPDATE DOCUMENTS SET Date = Date * 1000000; UPDATE DOCUMENTS SET Date = NULL WHERE ID = 2",
        {"concept": "x"},
        "the date of document 1, 862669800000000, is none of the years 1 to 9999; the date of document 2, None, is none of the years 1 to 9999; statement type",
    ),
}


@pytest.mark.parametrize("fault", REFUSED)
def test_what_cannot_be_read_is_refused_with_all_its_faults(fault):
    change, options, expected = REFUSED[fault]
    db = sqlite3.connect(":memory:") if fault == "a file that is no database" else debate()
    db.executescript(change)
    with pytest.raises(ValueError) as refused:
        dna.to_case(db, **options)
    assert expected in str(refused.value) and "\n" not in str(refused.value)


def test_a_file_of_another_kind_is_refused(tmp_path):
    (tmp_path / "letter.dna").write_text("Dear database, " * 100)
    with pytest.raises(ValueError, match="no DNA database: file is not a database"):
        dna.to_case(sqlite3.connect(tmp_path / "letter.dna"))


def test_the_same_database_gives_the_same_bytes_and_is_left_as_it_was():
    db = debate()
    before = list(db.iterdump())
    db.row_factory = lambda cursor, row: {
        column[0]: value for column, value in zip(cursor.description, row)
    }
    one, other = dna.to_case(db), dna.to_case(debate())
    assert one == other and list(one[0]) == sorted(one[0])
    db.row_factory = None
    assert list(db.iterdump()) == before


def spoken(found, coder):
    """The statements of a coder as words: none of the ids that DNA does not keep."""
    names, labels, rows = (
        found.names(),
        found.labels(),
        found.statements[found.statements.coder == coder],
    )
    return sorted(
        (
            row.quote,
            row.start,
            row.end,
            names[row.speaker],
            names.get(row.on_behalf_of, ""),
            labels[row.issue],
            row.stance,
            row.date_edtf,
        )
        for row in rows.itertuples()
    )


def there_and_back(found, coder, folder):
    db = sqlite3.connect(":memory:")
    db.execute("PRAGMA foreign_keys = ON")
    told = dna_export.from_case(found, db, coder)
    assert db.execute("PRAGMA foreign_key_check").fetchall() == [] and not db.in_transaction
    assert case.check(laid(dna.to_case(db)[0], folder)) == []
    return case.load(folder), told, db


@pytest.mark.parametrize(
    "agreement, numbers", [("boolean", None), ("integer", (-2, 0, 1, 3)), ("integer", (1, 3, 5, 5))]
)
def test_an_import_goes_out_and_comes_back_the_same(tmp_path, agreement, numbers):
    first = case.load(
        laid(dna.to_case(debate(agreement, numbers, CODED[:4]))[0], tmp_path / "first")
    )
    again, _, db = there_and_back(first, "zoe-q", tmp_path / "again")
    assert len(spoken(first, "zoe-q")) == 3
    assert spoken(again, "zoe-q") == spoken(first, "zoe-q")
    assert (
        again.texts == first.texts
        and again.articles.title.tolist() == first.articles.title.tolist()
    )
    assert db.execute("SELECT Start, Stop, DocumentId FROM STATEMENTS ORDER BY ID").fetchall() == [
        (5, 20, 1),
        (33, 40, 1),
        (0, 5, 2),
    ]
    assert db.execute("SELECT DataType FROM VARIABLES ORDER BY ID").fetchall() == [
        ("short text",)
    ] * 3 + [(agreement,)]
    assert db.execute(f"SELECT Value FROM DATA{agreement} ORDER BY StatementId").fetchall() == [
        (v,) for v in ([numbers[0], *numbers[2:]] if numbers else (1, 0, 0))
    ]


def test_the_lighthouse_goes_out_and_comes_back(lighthouse, tmp_path):
    again, _, db = there_and_back(lighthouse, "adjudicated", tmp_path)
    assert list(again.texts.values()) == list(lighthouse.texts.values())

    def kept(found):
        rows, names, labels = (
            found.statements[found.statements.coder == "adjudicated"],
            found.names(),
            found.labels(),
        )
        return [
            (row.quote, row.start, row.end, names[row.speaker], labels[row.issue], row.stance)
            for row in rows.itertuples()
        ]

    assert len(kept(lighthouse)) == 13 and kept(again) == kept(lighthouse)
    assert dict(zip(again.actors.name, again.actors.kind)) == dict(
        zip(lighthouse.actors.name, lighthouse.actors.kind)
    )
    assert (
        again.actors.set_index("name").note["Elin Marsh"]
        == "kind: person; camp: Harbour Board; note: spokeswoman of the Harbour Board"
    )
    assert [row.on_behalf_of for row in again.statements.itertuples() if row.on_behalf_of] == [
        "keepers-league",
        "harbour-board",
        "harbour-board",
    ]  # the League speaks for itself
    assert again.articles.published.tolist() == ["2019-06-21", "2019-06-15", "2019-03-08"]


def test_a_written_database_is_laid_out_as_dna_does(lighthouse):
    db = sqlite3.connect(":memory:")
    dna_export.from_case(lighthouse, db, "adjudicated")
    tables = {name for (name,) in db.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    assert tables == {
        "SETTINGS",
        "CODERS",
        "CODERRELATIONS",
        "DOCUMENTS",
        "STATEMENTTYPES",
        "VARIABLES",
        "VARIABLELINKS",
        "REGEXES",
        "ENTITIES",
        "STATEMENTS",
        "DATABOOLEAN",
        "DATAINTEGER",
        "DATALONGTEXT",
        "DATASHORTTEXT",
        "ATTRIBUTEVARIABLES",
        "ATTRIBUTEVALUES",
    }
    assert db.execute("SELECT VariableId FROM ENTITIES WHERE Value = '' ORDER BY 1").fetchall() == [
        (1,),
        (2,),
        (3,),
    ]
    assert db.execute(
        "SELECT Name, FontSize, PopupWidth, PermissionEditCoders, PermissionViewOthersStatements FROM CODERS"
    ).fetchall() == [("Admin", 14, 300, 1, 1), ("adjudicated", 14, 300, 1, 1)]
    assert db.execute("SELECT count(*) FROM DATASHORTTEXT").fetchone() == (39,) and db.execute(
        "SELECT count(*) FROM DATABOOLEAN"
    ).fetchone() == (0,)
    assert db.execute("SELECT Source, Date FROM DOCUMENTS WHERE ID = 3").fetchone() == (
        "The Skerry Post (Norvale)",
        1552003200,
    )
    assert (
        "rights: invented for the tests"
        in db.execute("SELECT Notes FROM DOCUMENTS WHERE ID = 3").fetchone()[0]
    )
    entities, attributes = (
        db.execute(f"SELECT count(*) FROM {name}").fetchone()[0]
        for name in ("ENTITIES", "ATTRIBUTEVALUES")
    )
    assert (entities, attributes) == (
        14,
        6 * 3 + 4 * 3 + 4,
    )  # every entity has every attribute of its variable, as DNA writes them


def test_the_password_is_the_one_told():
    kept = base64.b64decode(dna_export.PASSWORD)
    digest = kept[:16] + b"dna"
    for _ in range(100_000):  # StrongPasswordEncryptor of jasypt 1.9.3, with which DNA checks it
        digest = hashlib.sha256(digest).digest()
    assert kept[16:] == digest


def test_what_dna_cannot_hold_is_told(lighthouse):
    told = dna_export.from_case(lighthouse, sqlite3.connect(":memory:"), "adjudicated")
    for expected in (
        "26 statements of other coders",
        "13 statements: a date other than that of the document",
        "13 statements: id, date basis and language",
        "16 relation mentions",
        "18 event mentions",
        "1 statement: gloss",
        "2 statements: note",
        "9 statements: note on the date",
        "2 affiliations",
        "4 printed names",
        "25 decisions",
        "3 context events",
        "5 spans of page furniture",
        "1 document: a date of more than a day",
        "7 stances: side, label and meaning",
    ):
        assert f"Not carried: {expected}." in told, expected
    assert not any("who read it out" in sentence or "beyond" in sentence for sentence in told)
    assert "Decided: 2 coders, Admin and the one chosen, each with the password “dna”." in told


def edited(root, folder, **files):
    """A copy of the lighthouse with words of its files replaced: name of the file to (old, new) pairs."""
    shutil.copytree(root / "tests/cases/lighthouse", folder)
    for name, pairs in files.items():
        path = next(folder.rglob(f"{name}.csv"))
        text = path.read_text(encoding="utf-8")
        for old, new in pairs:
            assert old in text
            text = text.replace(old, new)
        path.write_text(text, encoding="utf-8")
    return case.load(folder)


def test_names_too_long_or_alike_stay_apart(root, tmp_path):
    long = "The League of " + "very " * 40
    found = edited(
        root,
        tmp_path / "case",
        actors=[
            ("Mira Solvik", "Elin Marsh"),
            ("Harbour Board,org", long + "old,org"),
            ("Coast Ministry", long + "new"),
        ],
        issues=[("Lamp is safe", "L" * 200)],
    )
    again, told, db = there_and_back(found, "adjudicated", tmp_path / "again")
    assert [
        name
        for (name,) in db.execute(
            "SELECT Value FROM ENTITIES WHERE VariableId < 3 AND (Value LIKE 'Elin%' OR Value LIKE 'The League%') ORDER BY ID"
        )
    ] == ["Elin Marsh", "Elin Marsh (2)", long[:180], long[:180] + " (2)"]
    assert (
        len(again.statements) == 13
        and "Not carried: 3 texts: what goes beyond 180 characters." in told
    )


def test_who_speaks_for_whom_as_far_as_dna_can_say_it(root, tmp_path):
    found = edited(
        root,
        tmp_path / "case",
        statements=[
            (
                "s03,skerry-post,adjudicated,jonas-hart,,",
                "s03,skerry-post,adjudicated,jonas-hart,astrid-lund,",
            ),
            (
                "s04,skerry-post,adjudicated,keepers-league,,",
                "s04,skerry-post,adjudicated,keepers-league,coast-ministry,",
            ),
        ],
    )
    again, told, _ = there_and_back(found, "adjudicated", tmp_path / "again")
    assert "Decided: 1 person spoken for by others, also kept as organization." in told
    assert "Not carried: 1 statement: the actor for whom an organization speaks." in told
    names = again.names()
    assert [
        (names[row.speaker], names[row.on_behalf_of])
        for row in again.statements.itertuples()
        if row.on_behalf_of
    ][:2] == [("Jonas Hart", "Astrid Lund"), ("Keepers’ League", "Keepers’ League")]


def test_a_document_of_an_open_date_has_the_day_that_is_known(root, tmp_path):
    found = edited(root, tmp_path / "case")
    object.__setattr__(
        found,
        "articles",
        found.articles.assign(published=["../2019-06-30", "2019-06-15/..", "2019-06"]),
    )
    again, told, _ = there_and_back(found, "adjudicated", tmp_path / "again")
    assert (
        again.articles.published.tolist() == ["2019-06-30", "2019-06-15", "2019-06-01"]
        and "Not carried: 3 documents: a date of more than a day." in told
    )


def test_only_an_empty_database_and_a_known_coder_will_do(lighthouse):
    with pytest.raises(ValueError, match="the database is not empty"):
        dna_export.from_case(lighthouse, debate(), "adjudicated")
    with pytest.raises(
        ValueError, match="coder 'nobody': expected one of pass-a, pass-b, adjudicated"
    ):
        dna_export.from_case(lighthouse, sqlite3.connect(":memory:"), "nobody")


def test_a_written_database_is_the_same_each_time(lighthouse):
    dumps = []
    for _ in range(2):
        db = sqlite3.connect(":memory:")
        dna_export.from_case(lighthouse, db, "pass-b")
        dumps.append(db.serialize())
    assert dumps[0] == dumps[1] and b"pass-b" in dumps[0]


def test_the_published_case_goes_out_and_comes_back(real, tmp_path):
    again, _, _ = there_and_back(real, "adjudicated", tmp_path)
    strip = [
        [row[:4] + row[5:-1] for row in spoken(found, "adjudicated")] for found in (real, again)
    ]
    assert len(strip[0]) > 60 and strip[0] == strip[1]
    assert (
        yaml.safe_load((tmp_path / "articles/doc-1.yaml").read_text(encoding="utf-8"))["sha256"]
        == real.articles.sha256[0]
    )


def filed(connection, path):
    """A database as a file."""
    connection.commit()
    path.write_bytes(connection.serialize())
    return path


def test_the_verbs_carry_a_case_there_and_back(tmp_path, capsys):
    source = filed(debate("integer", (-2, 0, 1, 3), CODED[:4]), tmp_path / "Lamps & keepers.dna")
    before = source.read_bytes()
    assert cli.main(["import-dna", str(source), str(tmp_path / "new/first")]) == 0
    assert (
        "4 statements, 0 event mentions, 0 relation mentions: no problem" in capsys.readouterr().out
        and source.read_bytes() == before
    )
    assert cli.main(["check", str(tmp_path / "new/first")]) == 0
    assert (
        cli.main(
            [
                "export-dna",
                str(tmp_path / "new/first"),
                str(tmp_path / "out/again.dna"),
                "--coder",
                "zoe-q",
            ]
        )
        == 0
    )
    assert "Not carried: 1 statement of other coders." in capsys.readouterr().out
    assert (
        cli.main(
            [
                "import-dna",
                str(tmp_path / "out/again.dna"),
                str(tmp_path / "again"),
                "--title",
                "Lamps: again",
            ]
        )
        == 0
    )
    first, again = case.load(tmp_path / "new/first"), case.load(tmp_path / "again")
    assert (first.title, again.title) == ("Lamps & keepers", "Lamps: again")
    assert (
        len(spoken(first, "zoe-q")) == 3
        and spoken(again, "zoe-q") == spoken(first, "zoe-q")
        and again.texts == first.texts
    )
    assert sorted(path.name for path in tmp_path.iterdir()) == [
        "Lamps & keepers.dna",
        "again",
        "new",
        "out",
    ]
    assert [path.name for path in (tmp_path / "out").iterdir()] == ["again.dna"] and [
        path.name for path in (tmp_path / "new").iterdir()
    ] == ["first"]


def test_the_verbs_refuse_in_one_line_and_leave_nothing_behind(root, tmp_path, capsys):
    lighthouse, there = str(root / "tests/cases/lighthouse"), tmp_path / "there"
    there.mkdir()
    whole = filed(debate(), tmp_path / "whole.dna")
    (tmp_path / "letter.dna").write_text("Dear database, " * 100)
    db = debate()
    db.execute("DELETE FROM STATEMENTS")
    filed(db, tmp_path / "silent.dna")
    before = {path: path.read_bytes() for path in tmp_path.iterdir() if path.is_file()}
    for arguments, expected in (
        (["import-dna", "gone.dna", "new/case"], "gone.dna: no such file; expected a DNA database"),
        (["import-dna", "there", "new/case"], "there: no such file; expected a DNA database"),
        (
            ["import-dna", "letter.dna", "new/case"],
            "letter.dna: no DNA database: file is not a database",
        ),
        (["import-dna", "silent.dna", "new/case"], "silent.dna: the database has no statement"),
        (
            ["import-dna", "whole.dna", "new/case", "--concept", "concepts"],
            "no variable 'concepts' (did you mean concept?)",
        ),
        (
            ["import-dna", "whole.dna", "there"],
            "there: is there already; expected the name of something new",
        ),
        (
            ["export-dna", lighthouse, "whole.dna"],
            "whole.dna: is there already; expected the name of something new",
        ),
        (
            ["export-dna", lighthouse, "new/case.dna", "--coder", "nobody"],
            "coder 'nobody': expected one of pass-a, pass-b, adjudicated",
        ),
        (["export-dna", "gone", "new/case.dna"], "gone: found no such folder"),
        (["export-dna", lighthouse, "whole.dna/case.dna"], "whole.dna"),
    ):
        verb, *rest = arguments
        assert (
            cli.main(
                [verb, *(str(tmp_path / word) if n < 2 else word for n, word in enumerate(rest))]
            )
            == 2
        ), arguments
        out, err = capsys.readouterr()
        assert expected in err and err.count("\n") == 1 and out == "" and "Traceback" not in err, (
            err
        )
    assert {path: path.read_bytes() for path in tmp_path.iterdir() if path.is_file()} == before
    assert (
        whole in before
        and sorted(path.name for path in tmp_path.iterdir() if path.is_dir()) == ["there"]
        and not list(there.iterdir())
    )


@pytest.mark.parametrize(
    "name, coder, made, more",
    [
        ("2_actor_network", "max", "nodes", {"draws": 10}),
        ("4_stance_tables", "all", "stance_table", {}),
    ],
)
def test_an_import_runs_through_the_notebooks(root, tmp_path, monkeypatch, name, coder, made, more):
    monkeypatch.chdir(root)
    laid(dna.to_case(debate())[0], tmp_path / "case")
    given = {
        "case_dir": str(tmp_path / "case"),
        "coder": coder,
        "out_dir": str(tmp_path / "tables"),
        **more,
    }
    kernels.execute(f"notebooks/{name}.ipynb", given, tmp_path / "work", tmp_path / "failed")
    assert (
        len(list(csv.reader((tmp_path / f"tables/{made}.csv").open(encoding="utf-8", newline=""))))
        > 1
    )
