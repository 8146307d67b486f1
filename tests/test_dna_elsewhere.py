"""Databases of Discourse Network Analyzer as other people have them, there and back."""

import csv
import shutil
import sqlite3
from itertools import product

import pandas as pd
import pytest
from exchanged import made
from test_dna import CODED, TEXT, columns, debate, laid, statements, table

from dispute import cli
from dispute.exchange.dna import from_case, to_case
from helpers.analysis.networks import one_mode, two_mode
from helpers.case.load import check, load

SPOKEN = "SELECT s.ID, d.VariableId, e.Value FROM STATEMENTS s JOIN DATASHORTTEXT d"
SPOKEN += " ON d.StatementId = s.ID JOIN ENTITIES e ON e.ID = d.Entity WHERE s.StatementTypeId = 1"


def case_of(db, folder, **options):
    """The case of a database, checked as it is read, and what was told of it."""
    files, told = to_case(db, **options)
    return load(laid(files, folder)), told


def sent(case, coder):
    """The database that a case gives, and what was told of it."""
    db = sqlite3.connect(":memory:")
    db.execute("PRAGMA foreign_keys = ON")
    return db, from_case(case, db, coder)


# Networks, as DNA computes them (its Exporter), from the tables of a database alone.


def dna_coded(db, agreement):
    """(organization, concept, value) of the statements that have both, and the values in use."""
    names = {(statement, variable): value for statement, variable, value in db.execute(SPOKEN)}
    values = dict(db.execute(f"SELECT StatementId, Value FROM DATA{agreement.upper()}"))
    in_use = [0, 1] if agreement == "boolean" else sorted(set(values.values()))
    said = [(names[n, 2], names[n, 3], value) for n, value in values.items()]
    return [one for one in said if one[0] and one[1]], in_use


def dna_congruence(said, in_use, one, other):
    width = in_use[-1] - in_use[0]
    total = 0
    for (who, what, value), (whom, of, other_value) in product(said, said):
        if (who, whom) == (one, other) and what == of:
            total += 1 - abs(value - other_value) / width
    return total


def dna_subtract(said, agreement, actor, issue):
    mine = [value for who, what, value in said if (who, what) == (actor, issue)]
    if agreement == "boolean":
        return sum(1 if value else -1 for value in mine)
    return sum(mine)


SCALES = [
    ("boolean", None),
    ("integer", (0, 1, 1, 0, 1, 0, 1, 0)),
    ("integer", (-1, 1, 1, -1, 1, -1, 1, -1)),
    ("integer", (2, 5, 5, 2, 5, 2, 5, 2)),
    ("integer", (-3, 2, 2, -3, 2, -3, 2, -3)),
    ("integer", (0, 2, 2, 0, 2, 0, 2, -7)),
]


@pytest.mark.parametrize("agreement, values", SCALES)
def test_the_networks_of_an_import_are_those_of_dna(agreement, values):
    """Also where a value is in use in a statement alone that the case has no place for (-7)."""
    coded = [*CODED[:4], *CODED[:2], (2, 0, 5, 2, 12, 21, 31, 0), (2, 6, 99, 2, 12, 20, 31, 1)]
    db = debate(agreement, values, coded)
    files, _ = to_case(db)
    said, in_use = dna_coded(db, agreement)
    names = {row["actor_id"]: row["name"] for row in table(files, "codebook/actors.csv")}
    labels = {row["issue"]: row["label"] for row in table(files, "codebook/issues.csv")}
    rows = []
    for some in (statements(files), table(files, "codebook/stances.csv")):
        frame = pd.DataFrame(some)
        rows.append(frame.assign(stance=frame.stance.astype(int)))
    for i, row in two_mode(*rows, "subtract", actor="on_behalf_of").iterrows():
        for j, weight in row.items():
            assert weight == dna_subtract(said, agreement, names[i], labels[j])
    agreeing = one_mode(*rows, "congruence", actor="on_behalf_of")
    assert agreeing.shape == (2, 2)
    for i, j in product(agreeing, agreeing):
        if i != j:
            expected = dna_congruence(said, in_use, names[i], names[j])
            assert agreeing.at[i, j] == pytest.approx(expected)


@pytest.mark.parametrize("low, high", [(0, 1), (-1, 1)])
def test_a_scale_of_two_numbers_goes_out_as_these(tmp_path, low, high):
    case, _ = case_of(debate("integer", (low, high, high, low), CODED[:4]), tmp_path)
    db, told = sent(case, "zoe-q")
    assert db.execute("SELECT DataType FROM VARIABLES WHERE ID = 4").fetchone() == ("integer",)
    values = db.execute("SELECT Value FROM DATAINTEGER ORDER BY StatementId").fetchall()
    assert values == [(low,), (high,), (low,)]
    ends = f"the ends of the scale, {low} to {high}: DNA measures distances over the numbers in use"
    assert not any(ends in sentence for sentence in told)
    assert any(ends in sentence for sentence in sent(case, "max")[1])


# Texts with CR LF: DNA's window (a text pane of Java Swing) has one unit for each line end.

LINES = "🌊 A head\r\n\r\nThe lamp must stay,\r\nsaid Ann. No lamp,\r\nsaid Bo.\r\nNever more.\r\n"
IN_WINDOW = LINES.replace("\r\n", "\n")
QUOTES = ("The lamp must stay,\r\nsaid Ann", "No lamp", "Never more")


def utf16(text, words):
    """Start and stop of words in a text, in UTF-16 units."""
    start = len(text[: text.index(words)].encode("utf-16-le")) // 2
    return start, start + len(words.encode("utf-16-le")) // 2


def quotes_of(files, article):
    return sorted(row["quote"] for row in statements(files) if row["article_id"] == article)


def lined(text, quotes):
    """A database whose second document has lines, coded as somebody counts who sees `text`."""
    spans = [utf16(text, quote) for quote in quotes]
    coded = [(2, *span, 2, 12, 22, 31, 1) for span in spans]
    db = debate(coded=[*CODED[:2], *coded])
    db.execute("UPDATE DOCUMENTS SET Text = ? WHERE ID = 2", (LINES,))
    return db


def test_words_are_those_that_the_window_of_dna_shows():
    db = lined(IN_WINDOW, [quote.replace("\r\n", "\n") for quote in QUOTES])
    files, told = to_case(db)
    assert quotes_of(files, "doc-2") == sorted(QUOTES)
    assert files["articles/doc-2.txt"].decode() == LINES
    expected = "Counted in UTF-16 units, CR LF as one in 2 documents with CR LF: 7 of 7 selections"
    assert any(sentence.startswith(expected) for sentence in told), told


def test_a_writer_that_counts_cr_lf_as_two_is_found_out():
    files, told = to_case(lined(LINES, QUOTES))
    assert quotes_of(files, "doc-2") == sorted(QUOTES)
    expected = "Counted in UTF-16 units in 2 documents with CR LF: 7 of 7 selections"
    assert any(sentence.startswith(expected) for sentence in told), told


def test_what_goes_out_is_shown_so_by_each_window_of_dna(tmp_path):
    """The text pane drops carriage returns; the list of statements cuts the text by SQL."""
    case = load(made(tmp_path / "case"))
    db, told = sent(case, "ann")
    shown = []
    for text, start, stop in db.execute(
        "SELECT Text, Start, Stop FROM STATEMENTS s JOIN DOCUMENTS d ON d.ID = DocumentId"
        " ORDER BY s.ID"
    ):
        assert "\r" not in text
        shown.append(text.encode("utf-16-le")[2 * start : 2 * stop].decode("utf-16-le"))
    mine = case.statements.quote[case.statements.coder == "ann"]
    assert shown == [quote.replace("\r\n", "\n") for quote in mine]
    assert "Decided: 1 document, the line ends (CR LF) as line feeds, which DNA counts." in told


# Who speaks: both variables, or one of them.


def without(db, variable):
    """The database without one of its variables."""
    db.executescript(f"""
        DELETE FROM DATASHORTTEXT WHERE VariableId = {variable};
        DELETE FROM ENTITIES WHERE VariableId = {variable};
        DELETE FROM VARIABLES WHERE ID = {variable};
    """)
    return db


def test_a_type_without_persons_or_organizations_is_that_of_the_others(tmp_path):
    case, told = case_of(without(debate(coded=CODED[:4]), 1), tmp_path / "organizations")
    assert set(case.actors.kind) == {"organisation"}
    assert columns(case.statements.to_dict("records"), "statement_id", "speaker") == [
        ("s1", "ann-olund"),
        ("s3", "harbour-board-the"),
    ]
    assert "Decided: no variable 'person'; the actors are those of 'organization'." in told
    assert any("without organization: 2, 4" in sentence for sentence in told)
    again, _ = case_of(sent(case, "zoe-q")[0], tmp_path / "again")
    assert again.statements.speaker.tolist() == case.statements.speaker.tolist()

    files, told = to_case(without(debate(coded=CODED[:4]), 2))
    assert {row["kind"] for row in table(files, "codebook/actors.csv")} == {"person"}
    assert [row["on_behalf_of"] for row in statements(files)] == ["", "", ""]
    assert "Decided: no variable 'organization'; the actors are those of 'person'." in told

    files, told = to_case(debate(coded=CODED[:4]), person="")
    assert {row["kind"] for row in table(files, "codebook/actors.csv")} == {"organisation"}
    assert "Not carried: 3 values of the variable 'person' (short text)." in told


def test_a_variable_that_is_nearly_so_called_is_asked_about():
    db = debate()
    db.execute("UPDATE VARIABLES SET Variable = 'Person' WHERE ID = 1")
    with pytest.raises(ValueError, match=r"no variable 'person' \(did you mean Person\?\)"):
        to_case(db)
    for names in ({"person": "", "organization": ""}, {"concept": ""}):
        with pytest.raises(ValueError, match="expected a variable for"):
            to_case(debate(), **names)


def test_of_several_types_the_whole_one_is_taken():
    db = debate()
    db.executescript("""
        INSERT INTO VARIABLES VALUES (11, 'organization', 'short text', 2),
            (12, 'concept', 'short text', 2), (13, 'agreement', 'boolean', 2);
    """)
    told = to_case(db)[1]
    assert "Not carried: 2 statements of the type 'Annotation'." in told
    both = without(without(db, 1), 5)
    with pytest.raises(ValueError, match="several statement types have these variables"):
        to_case(both)


# What is known of entities and documents.


def known(db):
    """What a database says of its entities and documents, whatever the order of its rows."""
    entities = {}
    for number, role, name, *colour in db.execute(
        "SELECT e.ID, v.Variable, e.Value, e.Red, e.Green, e.Blue FROM ENTITIES e"
        " JOIN VARIABLES v ON v.ID = e.VariableId WHERE v.ID < 4"
    ):
        query = "SELECT AttributeVariable, AttributeValue FROM ATTRIBUTEVALUES v JOIN"
        query += " ATTRIBUTEVARIABLES n ON n.ID = AttributeVariableId WHERE EntityId = ?"
        said = {label: words for label, words in db.execute(query, (number,)) if words}
        entities[role, name] = colour, said
    query = "SELECT ID, Title, Text, Author, Source, Section, Notes, Type FROM DOCUMENTS"
    documents = db.execute(query).fetchall()
    query = "SELECT Variable, AttributeVariable FROM ATTRIBUTEVARIABLES a JOIN VARIABLES v"
    query += " ON v.ID = a.VariableId"
    return entities, sorted(documents), sorted(db.execute(query).fetchall())


def described():
    """A database with much that is known: attributes of each kind, colours, eleven documents."""
    db = debate(coded=CODED[:4])
    db.execute("UPDATE DOCUMENTS SET Text = replace(Text, char(13) || char(10), ' ')")
    db.execute("UPDATE STATEMENTS SET Start = Start - 1, Stop = Stop - 1 WHERE ID = 3")
    db.execute("INSERT INTO ATTRIBUTEVARIABLES VALUES (5, 2, 'Type'), (6, 3, 'Type')")
    db.execute("INSERT INTO ATTRIBUTEVALUES VALUES (6, 22, 5, 'firm; “old”, 2 lines\r\nof it')")
    db.execute("UPDATE ENTITIES SET Red = 18, Green = 52, Blue = 86 WHERE ID IN (21, 31)")
    for number in range(3, 12):
        row = (number, f"Paper {number}", "A lamp.", 2, "B. B.", "", "", "a\nb: c\n\nd", "", 86400)
        db.execute("INSERT INTO DOCUMENTS VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", row)
    return db


def test_attributes_and_variables_of_documents_become_columns(tmp_path):
    case, told = case_of(described(), tmp_path)
    actors = table_of(tmp_path / "codebook/actor_attributes.csv")
    assert list(actors[0]) == ["actor_id", "Type", "Alias", "Seat", "colour"]
    by_actor = {row.pop("actor_id"): tuple(row.values()) for row in actors}
    assert by_actor["ann-olund"] == ("minister", "Annie", "", "#c80000")
    assert by_actor["harbour-board-the"] == ("", "", "Havn", "#123456")
    assert by_actor["ann-olund-2"] == ("firm; “old”, 2 lines\r\nof it", "", "", "")
    [first, _] = table_of(tmp_path / "codebook/issue_attributes.csv")
    assert first == {
        "issue": "switch-on-the-lamp",
        "Notes": "main",
        "Type": "",
        "colour": "#123456",
    }
    articles = table_of(tmp_path / "article_attributes.csv")
    assert articles[0] == {
        "article_id": "doc-1",
        "author": "I. Writer",
        "section": "p. 3",
        "type": "news",
        "notes": "scanned",
    }
    assert case.article_attributes.notes.tolist()[2:4] == ["a\nb: c\n\nd"] * 2
    assert set(case.actors.note) == {""}
    assert not [line for line in told if "attribute" in line or "entity: colour" in line]
    assert not [line for line in told if line.endswith(("Author.", "Section.", "Notes.", "Type."))]


def table_of(path):
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_what_dna_knew_of_entities_and_documents_comes_back_to_it(tmp_path):
    before = described()
    case, _ = case_of(before, tmp_path)
    after, told = sent(case, "zoe-q")
    assert known(after) == known(before)
    assert not [line for line in told if "attribute" in line]
    ids = "SELECT ID, Start, Stop FROM STATEMENTS WHERE StatementTypeId = 1 AND Coder = 2"
    assert after.execute(ids).fetchall() == before.execute(ids).fetchall()


def test_what_a_case_knows_of_actors_issues_and_articles_comes_back_to_it(root, tmp_path):
    case = load(root / "tests/cases/lighthouse")
    again, _ = case_of(sent(case, "adjudicated")[0], tmp_path / "again")

    def actors(case):
        names = {"": "", **case.names()}
        rows = case.actors.assign(camp=case.actors.camp.map(names)).drop(columns="actor_id")
        return sorted(rows.itertuples(index=False, name=None))

    def issues(case):
        return sorted(case.issues.drop(columns="issue").itertuples(index=False, name=None))

    assert actors(again) == actors(case) and issues(again) == issues(case)
    kept = case.articles.drop(columns="sha256")
    assert again.articles.drop(columns="sha256").to_dict("records") == kept.to_dict("records")
    assert again.article_attributes.empty


def test_what_somebody_wrote_below_in_dna_is_a_note_and_a_changed_day_counts(root, tmp_path):
    db, _ = sent(load(root / "tests/cases/lighthouse"), "adjudicated")
    db.execute("UPDATE DOCUMENTS SET Notes = Notes || char(10) || 'seen again', Date = 0")
    case, told = case_of(db, tmp_path)
    assert set(case.articles.published) == {"1970-01-01"}
    assert set(case.article_attributes.notes) == {"seen again"}
    assert "Decided: 3 documents, the day as DNA has it, not as the notes." in told


def test_a_table_of_ones_own_columns_is_checked_and_joins(tmp_path, capsys):
    folder = tmp_path / "case"
    case_of(described(), folder)
    path = folder / "codebook/actor_attributes.csv"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("ann-olund,", "nobody,", 1) + "max,a,b\n", encoding="utf-8")
    found = [str(problem) for problem in check(folder)]
    assert any("'nobody'" in line for line in found), found
    assert any("row 6" in line and "3 cells" in line for line in found), found
    path.write_text(text.replace("Alias", "Type", 1), encoding="utf-8")
    assert any("repeated column" in str(problem) for problem in check(folder))
    path.write_text(text, encoding="utf-8")

    other = shutil.copytree(folder, tmp_path / "other")
    for name in ("actor_attributes.csv", "issue_attributes.csv"):
        (other / "codebook" / name).unlink()
    assert cli.main(["import", str(folder), str(other)]) == 0
    assert table_of(other / "codebook/actor_attributes.csv") == table_of(path)
    path.write_text(text.replace("minister", "other", 1), encoding="utf-8")
    assert cli.main(["import", str(folder), str(other)]) == 2
    assert "Type 'other'" in capsys.readouterr().err


# Files that are none, and what a database should not hold.

DNA_2 = """
CREATE TABLE SETTINGS (Property TEXT, Value TEXT);
CREATE TABLE CODERS (ID INTEGER PRIMARY KEY, Name TEXT);
CREATE TABLE DOCUMENTS (ID INTEGER PRIMARY KEY, Title TEXT, Text TEXT, Coder INTEGER, Date INTEGER);
CREATE TABLE STATEMENTS (ID INTEGER PRIMARY KEY, StatementTypeId INTEGER, DocumentId INTEGER,
    Start INTEGER, Stop INTEGER, Coder INTEGER);
CREATE TABLE STATEMENTTYPES (ID INTEGER PRIMARY KEY, Label TEXT);
CREATE TABLE VARIABLES (ID INTEGER PRIMARY KEY, Variable TEXT, DataType TEXT,
    StatementTypeId INTEGER);
CREATE TABLE STATEMENTLINKS (ID INTEGER PRIMARY KEY, SourceId INTEGER, TargetId INTEGER);
CREATE TABLE DATASHORTTEXT (ID INTEGER PRIMARY KEY, StatementId INTEGER, VariableId INTEGER,
    Value INTEGER);
CREATE TABLE ATTRIBUTES (ID INTEGER PRIMARY KEY, VariableId INTEGER, Value TEXT);
"""
LATER = "ALTER TABLE DATASHORTTEXT RENAME COLUMN VariableId TO RoleVariableLinkId;"
LATER += "CREATE TABLE ROLEVARIABLELINKS (ID INTEGER PRIMARY KEY)"


def test_a_file_that_is_no_database_of_dna_3_is_called_what_it_is(tmp_path, capsys):
    files = {"text": b"Dear database, " * 100, "empty": b""}
    two = sqlite3.connect(":memory:")
    two.executescript(DNA_2)
    files["two"] = two.serialize()
    later = debate()
    later.executescript(LATER)
    later.commit()
    files["later"] = later.serialize()
    expected = {
        "text": "no DNA database: file is not a database",
        "empty": "an empty file; expected a database of DNA 3",
        "two": "a database of DNA 2; make a new database in DNA 3 and bring it in there"
        " (menu Document, Import from DNA database), then import that one here",
        "later": "a database of a later DNA, with roles; expected one of DNA 3.0 or 3.1",
    }
    for name, content in files.items():
        path = tmp_path / f"{name}.dna"
        path.write_bytes(content)
        assert cli.main(["import", str(path), str(tmp_path / "case")]) == 2, name
        out, err = capsys.readouterr()
        assert expected[name] in err and err.count("\n") == 1 and out == "", err
        assert path.read_bytes() == content and not (tmp_path / "case").exists()


def test_spans_that_are_none_are_dropped_with_their_ids_and_a_reason():
    spans = [(5, 20), (20, 5), (-3, 4), (5, 4000), (900, 901), (1, 4), (7, 7)]
    db = debate(coded=[(1, *span, 2, 12, 20, 31, 1) for span in spans])
    db.execute("UPDATE DOCUMENTS SET Date = Date * 1000")
    files, told = to_case(db)
    assert quotes_of(files, "doc-1") == ["Yes to the lamp"]
    assert {row["date_edtf"] for row in statements(files)} == {"1997-05-03"}
    for expected in (
        "Dropped: 1 statement whose span ends before it begins: 2.",
        "Dropped: 3 statements whose span goes beyond the text: 3, 4, 5.",
        "Dropped: 1 statement whose span cuts a character in two: 6.",
        "Dropped: 1 statement with an empty span: 7.",
        "Decided: 2 documents, the date taken as milliseconds, as DNA 2 had it.",
    ):
        assert expected in told, (expected, told)


def test_names_that_make_no_id_have_one_and_what_is_alike_or_old_passes(tmp_path):
    db = debate(coded=[*CODED[:4], (2, 0, 5, 9, 12, 20, 31, 1)])
    db.executescript("""
        UPDATE CODERS SET Name = '../../con' WHERE ID = 2;
        UPDATE CODERS SET Name = 'Adjudicated' WHERE ID = 3;
        UPDATE ENTITIES SET Value = 'NUL' WHERE ID = 12;
        UPDATE ENTITIES SET Value = 'Com1' WHERE ID = 21;
        UPDATE ENTITIES SET Value = 'Prn' WHERE ID = 31;
        UPDATE DOCUMENTS SET Title = 'Twice', Date = -5364662400;
    """)
    case, _ = case_of(db, tmp_path)
    assert sorted(case.coders.note) == ["../../con", "Adjudicated", "coder 9"]
    assert set(case.coders.coder) == {"con_", "adjudicated", "coder-9"}
    assert set(case.coders.coder_role) == {"pass"}
    assert set(case.articles.title) == {"Twice"} and len(case.statements) == 5
    assert set(case.articles.published) == {"1800-01-01"}
    assert {"NUL", "Com1"} <= set(case.actors.name)


def test_variables_of_text_and_values_that_are_none_are_told():
    db = debate(coded=CODED[:4])
    db.executescript("""
        INSERT INTO VARIABLES VALUES (7, 'remark', 'long text', 1);
        INSERT INTO DATALONGTEXT VALUES (3, 1, 7, 'longer 🌊'), (4, 2, 7, '');
        UPDATE DATABOOLEAN SET Value = 7 WHERE StatementId = 3;
        UPDATE DATABOOLEAN SET Value = 1 WHERE StatementId IN (2, 4);
    """)
    files, told = to_case(db)
    assert "Not carried: 1 value of the variable 'remark' (long text)." in told
    assert "Dropped: 1 statement without a readable value of 'agreement': 3." in told
    scale = [row["stance"] for row in table(files, "codebook/stances.csv")]
    assert scale == ["-1", "1"] and {row["stance"] for row in statements(files)} == {"1"}
    assert TEXT.startswith("🌊🌊") and "Yes to the lamp" in quotes_of(files, "doc-1")
