"""Databases of Discourse Network Analyzer that come in: a sound case, and what is left is told."""

import csv
import io
import sqlite3
from operator import itemgetter

import pytest

from dispute.exchange.dna import to_case
from helpers.case.load import check, load

# Each wave is one code point and two UTF-16 units.
TEXT = "🌊🌊 Yes to the lamp. No to it.\r\nNo lamp, never."
LAYOUT = """
CREATE TABLE SETTINGS (Property TEXT, Value TEXT);
CREATE TABLE CODERS (
    ID INTEGER PRIMARY KEY, Name TEXT, Red INTEGER, Green INTEGER, Blue INTEGER, Password TEXT
);
CREATE TABLE CODERRELATIONS (ID INTEGER PRIMARY KEY, Coder INTEGER, OtherCoder INTEGER);
CREATE TABLE DOCUMENTS (
    ID INTEGER PRIMARY KEY, Title TEXT, Text TEXT, Coder INTEGER, Author TEXT, Source TEXT,
    Section TEXT, Notes TEXT, Type TEXT, Date INTEGER
);
CREATE TABLE STATEMENTTYPES (
    ID INTEGER PRIMARY KEY, Label TEXT, Red INTEGER, Green INTEGER, Blue INTEGER
);
CREATE TABLE VARIABLES (
    ID INTEGER PRIMARY KEY, Variable TEXT, DataType TEXT, StatementTypeId INTEGER
);
CREATE TABLE REGEXES (Label TEXT, Red INTEGER, Green INTEGER, Blue INTEGER);
CREATE TABLE STATEMENTS (
    ID INTEGER PRIMARY KEY, StatementTypeId INTEGER, DocumentId INTEGER, Start INTEGER,
    Stop INTEGER, Coder INTEGER
);
CREATE TABLE ENTITIES (
    ID INTEGER PRIMARY KEY, VariableId INTEGER, Value TEXT, Red INTEGER, Green INTEGER,
    Blue INTEGER, ChildOf INTEGER
);
CREATE TABLE DATABOOLEAN (
    ID INTEGER PRIMARY KEY, StatementId INTEGER, VariableId INTEGER, Value INTEGER
);
CREATE TABLE DATAINTEGER (
    ID INTEGER PRIMARY KEY, StatementId INTEGER, VariableId INTEGER, Value INTEGER
);
CREATE TABLE DATALONGTEXT (
    ID INTEGER PRIMARY KEY, StatementId INTEGER, VariableId INTEGER, Value TEXT
);
CREATE TABLE DATASHORTTEXT (
    ID INTEGER PRIMARY KEY, StatementId INTEGER, VariableId INTEGER, Entity INTEGER
);
CREATE TABLE ATTRIBUTEVARIABLES (
    ID INTEGER PRIMARY KEY, VariableId INTEGER, AttributeVariable TEXT
);
CREATE TABLE ATTRIBUTEVALUES (
    ID INTEGER PRIMARY KEY, EntityId INTEGER, AttributeVariableId INTEGER, AttributeValue TEXT
);
"""
# Document, start and stop in UTF-16 units, coder, person, organization, concept, agreement.
CODED = [
    (1, 5, 20, 2, 12, 22, 31, 1),
    (1, 22, 30, 3, 13, 20, 31, 0),
    (1, 33, 40, 2, 10, 21, 32, 0),
    (2, 0, 5, 2, 12, 20, 31, 0),
    # 5: nobody speaks
    (1, 5, 20, 2, 10, 20, 31, 1),
    # 6: on nothing
    (1, 5, 20, 2, 12, 20, 30, 1),
    # 7: says nothing
    (1, 7, 7, 2, 12, 20, 31, 1),
    # 8: beyond the text
    (1, 40, 60, 2, 12, 20, 31, 1),
    # 9: begins in the middle of a wave
    (1, 1, 4, 2, 12, 20, 31, 1),
    # 10: a document that is not there
    (7, 0, 5, 2, 12, 20, 31, 1),
    # 11: without agreement
    (1, 5, 20, 2, 12, 20, 31, None),
]


def debate(agreement="boolean", numbers=None, coded=CODED):
    """A small database: two statement types, three coders, two documents.

    `agreement`: the type of that variable; `numbers`: other values of it; `coded`: the statements.
    """
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
    data = "DATABOOLEAN" if agreement == "boolean" else "DATAINTEGER"
    for n, row in enumerate(coded, start=1):
        document, start, stop, coder, person, organization, concept, value = row
        value = numbers[n - 1] if numbers else value
        frame = 51 if n == 1 else 50
        put("STATEMENTS", (n, 1, document, start, stop, coder))
        put(
            "DATASHORTTEXT",
            (4 * n, n, 1, person),
            (4 * n + 1, n, 2, organization),
            (4 * n + 2, n, 3, concept),
            (4 * n + 3, n, 5, frame),
        )
        if value is not None:
            put(data, (n, n, 4, value))
    put("STATEMENTS", (101, 2, 1, 5, 8, 2), (102, 2, 1, 5, 9, 2))
    put("DATALONGTEXT", (1, 101, 6, "a remark"), (2, 102, 6, ""))
    return db


def laid(files, folder):
    """The folder, with the files laid into it."""
    for name, content in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(content)
    return folder


def table(files, name):
    """The rows of a raw table among the files."""
    return list(csv.DictReader(io.StringIO(files[name].decode(), newline="")))


def statements(files):
    """The rows of all coders, each with its coder, in the order of their numbers."""
    rows = []
    for name in files:
        if name.endswith("/statements.csv"):
            rows += [{**row, "coder": name.split("/")[1]} for row in table(files, name)]
    return sorted(rows, key=lambda row: int(row["statement_id"][1:]))


def columns(rows, *names):
    """The rows as tuples of some columns, two at least."""
    return list(map(itemgetter(*names), rows))


def test_an_import_is_a_sound_case(tmp_path):
    files, _ = to_case(debate(), title="Lamps")
    assert check(laid(files, tmp_path)) == []
    case = load(tmp_path)
    assert case.title == "Lamps" and case.texts["doc-1"] == TEXT
    known = ["article_id", "title", "publisher", "published", "language"]
    assert case.articles[known].values.tolist() == [
        ["doc-1", 'Lamp: "yes"', "The Post", "1997-05-03", "und"],
        ["doc-2", "Document 2", "", "2001-01-01", "und"],
    ]
    for name in (
        "relation_types",
        "relations",
        "event_mentions",
        "aliases",
        "affiliations",
        "adjudication",
        "context_events",
    ):
        assert getattr(case, name).empty, name


def test_statements_are_carried_with_their_words():
    rows = statements(to_case(debate())[0])
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
    note = "the date of the document; DNA keeps no other"
    assert set(columns(rows, "date_edtf", "date_basis", "date_note", "lang")) == {
        ("1997-05-03", "resolved", note, "und"),
        ("2001-01-01", "resolved", note, "und"),
    }


def test_entities_become_actors_and_issues():
    files, _ = to_case(debate())
    assert columns(table(files, "codebook/actors.csv"), "actor_id", "name", "kind", "note") == [
        ("ann-olund", "Ann Ölund", "person", ""),
        ("actor-13", "李明", "person", ""),
        ("harbour-board-the", "Harbour Board, the", "organisation", ""),
        ("ann-olund-2", "Ann Olund", "organisation", ""),
    ]
    assert columns(table(files, "codebook/issues.csv"), "issue", "label", "proposition") == [
        ("switch-on-the-lamp", "Switch on the lamp", "Switch on the lamp"),
        ("keep-the-keepers", "Keep the keepers", "Keep the keepers"),
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
    told = to_case(debate())[1]
    assert sorted(told) == sorted(
        [
            "Dropped: 1 statement without person and organization: 5.",
            "Dropped: 1 statement without concept: 6.",
            "Dropped: 1 statement with an empty span: 7.",
            "Dropped: 1 statement whose span goes beyond the text: 8.",
            "Dropped: 1 statement whose span cuts a character in two: 9.",
            "Counted in UTF-16 units in 1 document with CR LF: 8 of 10 selections (80 %) begin and"
            " end at the bounds of words.",
            "Dropped: 1 statement whose document is not there: 10.",
            "Dropped: 1 statement without a readable value of 'agreement': 11.",
            "Decided: 1 statement without a person; the organization stands as speaker"
            " and as the one spoken for.",
            "Decided: 1 document without title, now titled by number.",
            "Decided: 1 document without source, the publisher not known.",
            "Not carried: 2 statements of the type 'Annotation'.",
            "Not carried: 1 value of the variable 'frame' (short text).",
            "Not carried: 1 entity of other variables.",
            "Not carried: 1 document: time of day.",
            "Not carried: 1 coder without statements that are kept.",
            "Not carried: 1 setting.",
            "Not carried: 1 coder relation.",
            "Not carried: 1 regular expression.",
            "Not carried: 1 coder: colour.",
            "Not carried: 3 coders: password, settings and permissions.",
            "Not carried: 2 documents: Coder.",
            "Not carried: 2 statement types: colour.",
            "Not carried: 1 entity: ChildOf.",
        ]
    )


def test_a_name_in_both_variables_and_an_entity_that_is_gone_are_told():
    db = debate()
    db.execute("UPDATE ENTITIES SET Value = 'Ann Ölund' WHERE ID = 22")
    db.execute("UPDATE DATASHORTTEXT SET Entity = 999 WHERE StatementId = 1 AND VariableId = 2")
    files, told = to_case(db)
    assert (
        "Decided: 1 name both of a person and of an organization, kept as two actors each." in told
    )
    assert "Decided: 1 value with an entity that is not there, taken as empty." in told
    assert statements(files)[0]["on_behalf_of"] == ""


def test_tables_and_columns_beyond_dna_are_told_and_missing_ones_borne(tmp_path):
    db = debate()
    for name in (
        "SETTINGS",
        "CODERS",
        "CODERRELATIONS",
        "REGEXES",
        "ATTRIBUTEVARIABLES",
        "ATTRIBUTEVALUES",
        "DATALONGTEXT",
        "DATAINTEGER",
    ):
        db.execute(f"DROP TABLE {name}")
    db.executescript("""
        ALTER TABLE DOCUMENTS DROP COLUMN Source;
        ALTER TABLE ENTITIES DROP COLUMN ChildOf;
        ALTER TABLE DOCUMENTS RENAME TO papers;
        ALTER TABLE papers RENAME TO documents;
        ALTER TABLE STATEMENTS ADD COLUMN Mood TEXT;
        UPDATE STATEMENTS SET Mood = 'glad' WHERE ID = 2;
        CREATE TABLE TAGS (Tag TEXT);
        INSERT INTO TAGS VALUES ('a'), ('b');
    """)
    files, told = to_case(db)
    assert check(laid(files, tmp_path)) == []
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
    files, told = to_case(debate("integer", numbers, CODED[:4]))
    assert check(laid(files, tmp_path)) == []
    assert columns(table(files, "codebook/stances.csv"), "stance", "side") == sides
    stances = [row["stance"] for row in statements(files)]
    assert stances == [str(number) for number in numbers]
    words = ", ".join(f"{stance} {side}" for stance, side in sides)
    assert f"by their numbers: {words}." in "".join(told)


def test_yes_and_no_are_both_on_the_scale():
    files, told = to_case(debate(coded=CODED[:1]))
    assert columns(table(files, "codebook/stances.csv"), "stance", "side", "label") == [
        ("-1", "against", "no"),
        ("1", "for", "yes"),
    ]
    assert not any("sides" in sentence for sentence in told)


@pytest.mark.parametrize("agreement", ["", None])
def test_without_agreement_a_statement_is_a_mention(tmp_path, agreement):
    files, told = to_case(debate(), agreement=agreement)
    assert check(laid(files, tmp_path)) == []
    assert columns(table(files, "codebook/stances.csv"), "stance", "side", "label") == [
        ("1", "for", "mentioned")
    ]
    rows = statements(files)
    expected = [(f"s{number}", "1") for number in (1, 2, 3, 4, 11)]
    assert columns(rows, "statement_id", "stance") == expected
    assert "Not carried: 10 values of the variable 'agreement' (boolean)." in told


def test_another_statement_type_with_other_names(tmp_path):
    db = debate()
    db.executescript("""
        INSERT INTO VARIABLES VALUES
            (11, 'who', 'short text', 2), (12, 'for', 'short text', 2),
            (13, 'what', 'short text', 2);
        INSERT INTO ENTITIES VALUES
            (101, 11, 'Cy', 0, 0, 0, NULL), (103, 13, 'Ships', 0, 0, 0, NULL);
        INSERT INTO DATASHORTTEXT VALUES (201, 101, 11, 101), (202, 101, 13, 103);
    """)
    files, told = to_case(
        db, "Annotation", person="who", organization="for", concept="what", agreement=""
    )
    assert check(laid(files, tmp_path)) == []
    rows = statements(files)
    assert columns(rows, "statement_id", "speaker", "issue", "quote") == [
        ("s101", "cy", "ships", "Yes")
    ]
    assert "Not carried: 11 statements of the type 'DNA Statement'." in told
    assert "Not carried: 1 value of the variable 'note' (long text)." in told


def test_awkward_characters_pass(tmp_path):
    db = debate(coded=CODED[:4])
    db.execute("UPDATE ENTITIES SET Value = ? WHERE ID = 12", ('Ann\rÖlund, "A"',))
    db.execute(
        "UPDATE DOCUMENTS SET Title = ?, Source = ?, Date = -86400 WHERE ID = 1",
        ("- [x]: #\n'", "2019-01-01"),
    )
    db.execute("UPDATE DOCUMENTS SET Text = ? WHERE ID = 2", ("No\r I",))
    files, told = to_case(db)
    assert check(laid(files, tmp_path)) == []
    assert not any("time of day" in sentence for sentence in told)
    case = load(tmp_path)
    assert 'Ann\rÖlund, "A"' in set(case.actors.name)
    assert "No\r I" in set(case.statements.quote)
    first = case.articles.iloc[0]
    assert first.title == "- [x]: #\n'"
    assert (first.publisher, first.published) == ("2019-01-01", "1969-12-31")


def test_what_is_null_is_empty(tmp_path):
    db = debate(coded=[*CODED[:3], (2, 0, 5, None, 12, 20, 31, 1)])
    db.execute(
        "UPDATE DOCUMENTS SET Title = NULL, Text = NULL, Source = NULL, Author = NULL WHERE ID = 2"
    )
    db.execute("UPDATE ATTRIBUTEVALUES SET AttributeValue = NULL")
    files, told = to_case(db)
    assert check(laid(files, tmp_path)) == [] and files["articles/doc-2.txt"] == b""
    assert "Dropped: 1 statement whose span goes beyond the text: 4." in told
    assert not any("attribute" in sentence for sentence in told)


def test_a_control_character_is_dropped_from_words_and_refused_in_names():
    db = debate(coded=CODED[:4])
    db.execute("UPDATE DOCUMENTS SET Text = ? WHERE ID = 2", ("Ne\0er again.",))
    assert "Dropped: 1 statement with a control character: 4." in to_case(db)[1]
    db.execute("UPDATE ENTITIES SET Value = ? WHERE ID = 12", ("Ann\0",))
    with pytest.raises(ValueError, match=r"codebook/actors\.csv cannot hold it"):
        to_case(db)


# What is done to the database, what is asked for, and what is said.
REFUSED = {
    "a database of something else": (
        "CREATE TABLE TAGS (Tag TEXT)",
        {},
        "no table DOCUMENTS, no table STATEMENTS, no table STATEMENTTYPES, no table VARIABLES,"
        " no table ENTITIES, no table DATASHORTTEXT",
    ),
    "DNA 2": (
        "ALTER TABLE DATASHORTTEXT RENAME COLUMN Entity TO Value; DROP TABLE ENTITIES",
        {},
        "a database of DNA 2; make a new database in DNA 3 and bring it in there",
    ),
    "nothing in it": (
        "DELETE FROM DOCUMENTS; DELETE FROM STATEMENTS; DELETE FROM STATEMENTTYPES",
        {},
        "the database has no document; the database has no statement;"
        " the database has no statement type",
    ),
    "nothing to carry": (
        "DELETE FROM DATASHORTTEXT",
        {},
        "no statement of the type 'DNA Statement' can be carried."
        " Dropped: 7 statements without person and organization: 1, 2, 3, 4, 5, 6, 11",
    ),
    "no such variable": (
        "",
        {"concept": "concepts", "person": "frames"},
        "statement type 'DNA Statement': no variable 'frames' (did you mean frame?),"
        " no variable 'concepts' (did you mean concept?)",
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
        "INSERT INTO VARIABLES"
        " SELECT ID + 20, Variable, DataType, 2 FROM VARIABLES WHERE StatementTypeId = 1",
        {},
        "several statement types have these variables, choose one of 'DNA Statement', 'Annotation'",
    ),
    "one variable twice": (
        "",
        {"organization": "person"},
        "expected different variables for person, organization, concept and agreement,"
        " not 'person', 'person', 'concept', 'agreement'",
    ),
    "dates of no time": (
        "UPDATE DOCUMENTS SET Date = Date * 1000000; UPDATE DOCUMENTS SET Date = NULL WHERE ID = 2",
        {"concept": "x"},
        "the date of document 1, 862669800000000, is none of the years 1 to 9999;"
        " the date of document 2, None, is none of the years 1 to 9999; statement type",
    ),
}


@pytest.mark.parametrize("fault", REFUSED)
def test_what_cannot_be_read_is_refused_with_all_its_faults(fault):
    change, options, expected = REFUSED[fault]
    db = sqlite3.connect(":memory:") if fault == "a database of something else" else debate()
    db.executescript(change)
    with pytest.raises(ValueError) as refused:
        to_case(db, **options)
    assert expected in str(refused.value) and "\n" not in str(refused.value)


def test_a_file_of_another_kind_is_refused(tmp_path):
    (tmp_path / "letter.dna").write_text("Dear database, " * 100)
    with pytest.raises(ValueError, match="no DNA database: file is not a database"):
        to_case(sqlite3.connect(tmp_path / "letter.dna"))


def as_dictionary(cursor, row):
    """A row factory under which nothing can be unpacked by place."""
    names = [column[0] for column in cursor.description]
    return dict(zip(names, row, strict=True))


def test_the_same_database_gives_the_same_bytes_and_is_left_as_it_was():
    db = debate()
    before = list(db.iterdump())
    db.row_factory = as_dictionary
    one, other = to_case(db), to_case(debate())
    assert one == other and list(one[0]) == sorted(one[0])
    db.row_factory = None
    assert list(db.iterdump()) == before
