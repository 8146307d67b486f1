"""Databases of Discourse Network Analyzer that go out: laid out as DNA does, and coming back."""

import base64
import csv
import hashlib
import shutil
import sqlite3

import pytest
from test_dna import CODED, debate, laid

from dispute import cli
from dispute.exchange.dna import from_case, to_case
from dispute.exchange.dna.exporting import PASSWORD
from helpers.case.load import check, load


@pytest.fixture(scope="module")
def lighthouse(root):
    return load(root / "tests/cases/lighthouse")


def statements_of(case, coder):
    return case.statements[case.statements.coder == coder]


def lines(case):
    """The texts with line feeds alone, as DNA counts and gets them."""
    return {article: text.replace("\r\n", "\n") for article, text in case.texts.items()}


def spoken(case, coder):
    """The statements of a coder as words, in texts with line feeds alone."""
    names, labels = case.names(), case.labels()
    return sorted(
        (
            row.quote,
            len(case.texts[row.article_id][: row.start].replace("\r\n", "\n")),
            len(case.texts[row.article_id][: row.end].replace("\r\n", "\n")),
            names[row.speaker],
            names.get(row.on_behalf_of, ""),
            labels[row.issue],
            row.stance,
            row.date_edtf,
        )
        for row in statements_of(case, coder).itertuples()
    )


def there_and_back(case, coder, folder):
    """The case that comes back, what was told on the way out, and the database."""
    db = sqlite3.connect(":memory:")
    db.execute("PRAGMA foreign_keys = ON")
    told = from_case(case, db, coder)
    assert db.execute("PRAGMA foreign_key_check").fetchall() == [] and not db.in_transaction
    assert check(laid(to_case(db)[0], folder)) == []
    return load(folder), told, db


def all_rows(db, query):
    return db.execute(query).fetchall()


@pytest.mark.parametrize(
    "agreement, numbers, values",
    [
        ("boolean", None, [1, 0, 0]),
        ("integer", (-2, 0, 1, 3), [-2, 1, 3]),
        ("integer", (1, 3, 5, 5), [1, 5, 5]),
    ],
)
def test_an_import_goes_out_and_comes_back_the_same(tmp_path, agreement, numbers, values):
    files, _ = to_case(debate(agreement, numbers, CODED[:4]))
    first = load(laid(files, tmp_path / "first"))
    again, _, db = there_and_back(first, "zoe-q", tmp_path / "again")
    assert len(spoken(first, "zoe-q")) == 3
    assert spoken(again, "zoe-q") == spoken(first, "zoe-q")
    assert again.texts == lines(first)
    assert again.articles.title.tolist() == first.articles.title.tolist()

    places = all_rows(db, "SELECT Start, Stop, DocumentId FROM STATEMENTS ORDER BY ID")
    assert places == [(5, 20, 1), (32, 39, 1), (0, 5, 2)]
    types = all_rows(db, "SELECT DataType FROM VARIABLES ORDER BY ID")
    assert types == [("short text",)] * 3 + [(agreement,)]
    stances = all_rows(db, f"SELECT Value FROM DATA{agreement} ORDER BY StatementId")
    assert stances == [(value,) for value in values]


def test_the_lighthouse_goes_out_and_comes_back(lighthouse, tmp_path):
    again, _, _ = there_and_back(lighthouse, "adjudicated", tmp_path)
    assert list(again.texts.values()) == list(lighthouse.texts.values())

    def kept(case):
        names, labels = case.names(), case.labels()
        return [
            (row.quote, row.start, row.end, names[row.speaker], labels[row.issue], row.stance)
            for row in statements_of(case, "adjudicated").itertuples()
        ]

    def kinds(case):
        return dict(zip(case.actors.name, case.actors.kind, strict=True))

    assert len(kept(lighthouse)) == 13 and kept(again) == kept(lighthouse)
    assert kinds(again) == kinds(lighthouse)
    marsh = again.actors.set_index("name").loc["Elin Marsh"]
    assert marsh.note == "spokeswoman of the Harbour Board" and marsh.camp == "harbour-board"
    # The League speaks for itself.
    spoken_for = [actor for actor in again.statements.on_behalf_of if actor]
    assert spoken_for == ["keepers-league", "harbour-board", "harbour-board"]
    assert again.articles.published.tolist() == lighthouse.articles.published.tolist()


def test_a_written_database_is_laid_out_as_dna_does(lighthouse):
    db = sqlite3.connect(":memory:")
    from_case(lighthouse, db, "adjudicated")
    tables = {name for (name,) in all_rows(db, "SELECT name FROM sqlite_master WHERE type='table'")}
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


def test_a_written_database_is_filled_as_dna_does(lighthouse):
    db = sqlite3.connect(":memory:")
    from_case(lighthouse, db, "adjudicated")
    nobody = all_rows(db, "SELECT VariableId FROM ENTITIES WHERE Value = '' ORDER BY 1")
    assert nobody == [(1,), (2,), (3,)]
    permissions = "PermissionEditCoders, PermissionViewOthersStatements"
    coders = all_rows(db, f"SELECT Name, FontSize, PopupWidth, {permissions} FROM CODERS")
    assert coders == [("Admin", 14, 300, 1, 1), ("adjudicated", 14, 300, 1, 1)]
    assert all_rows(db, "SELECT count(*) FROM DATASHORTTEXT") == [(39,)]
    assert all_rows(db, "SELECT count(*) FROM DATABOOLEAN") == [(0,)]
    [(source, day, notes)] = all_rows(db, "SELECT Source, Date, Notes FROM DOCUMENTS WHERE ID = 3")
    assert (source, day) == ("The Skerry Post (Norvale)", 1552003200)
    assert "rights: invented for the tests" in notes
    # Every entity has every attribute of its variable, as DNA writes them.
    assert all_rows(db, "SELECT count(*) FROM ENTITIES") == [(14,)]
    attributes = "SELECT VariableId, AttributeVariable FROM ATTRIBUTEVARIABLES ORDER BY ID"
    assert all_rows(db, attributes) == [
        (1, "camp"),
        (1, "note"),
        (2, "camp"),
        (2, "note"),
        (3, "proposition"),
        (3, "issue_kind"),
    ]


def test_the_password_is_the_one_told():
    """StrongPasswordEncryptor of jasypt 1.9.3, with which DNA checks it."""
    kept = base64.b64decode(PASSWORD)
    digest = kept[:16] + b"dna"
    for _ in range(100_000):
        digest = hashlib.sha256(digest).digest()
    assert kept[16:] == digest


def test_what_dna_cannot_hold_is_told(lighthouse):
    told = from_case(lighthouse, sqlite3.connect(":memory:"), "adjudicated")
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
        "5 decisions",
        "3 context events",
        "5 spans of page furniture",
        "7 stances: side, label and meaning",
    ):
        assert f"Not carried: {expected}." in told, expected
    assert not any("who read it out" in sentence or "beyond" in sentence for sentence in told)
    assert "Decided: 2 coders, Admin and the one chosen, each with the password “dna”." in told


def edited(root, folder, **files):
    """A copy of the lighthouse with words of its files replaced.

    `files`: name of the file (of every coder) to (old, new) pairs.
    """
    shutil.copytree(root / "tests/cases/lighthouse", folder)
    for name, pairs in files.items():
        for path in folder.rglob(f"{name}.csv"):
            text = path.read_text(encoding="utf-8")
            for old, new in pairs:
                assert old in text
                text = text.replace(old, new)
            path.write_text(text, encoding="utf-8")
    return load(folder)


def test_names_too_long_or_alike_stay_apart(root, tmp_path):
    long = "The League of " + "very " * 40
    case = edited(
        root,
        tmp_path / "case",
        actors=[
            ("Mira Solvik", "Elin Marsh"),
            ("Harbour Board,org", long + "old,org"),
            ("Coast Ministry", long + "new"),
        ],
        issues=[("Lamp is safe", "L" * 200)],
    )
    again, told, db = there_and_back(case, "adjudicated", tmp_path / "again")
    names = [name for (name,) in all_rows(db, "SELECT Value FROM ENTITIES WHERE VariableId < 3")]
    alike = [name for name in names if name.startswith(("Elin", "The League"))]
    assert alike == ["Elin Marsh", "Elin Marsh (2)", long[:180], long[:180] + " (2)"]
    assert len(again.statements) == 13
    assert "Not carried: 3 texts: what goes beyond 180 characters." in told


def test_examples_of_an_issue_go_out_whole_as_far_as_they_fit(root, tmp_path):
    folder = tmp_path / "case"
    shutil.copytree(root / "tests/cases/lighthouse", folder)
    path = folder / "codebook/issues.csv"
    with path.open(encoding="utf-8", newline="") as file:
        header, first, *rest = csv.reader(file)
    with path.open("w", encoding="utf-8", newline="") as file:
        many = "; ".join(f"light number {number}" for number in range(20))
        rows = [[*header, "examples"], [*first, many], *([*row, "dim"] for row in rest)]
        csv.writer(file, lineterminator="\n").writerows(rows)
    again, told, _ = there_and_back(load(folder), "adjudicated", tmp_path / "again")
    back = dict(zip(again.issues.label, again.issues.examples, strict=True))
    assert back[first[1]] == "; ".join(f"light number {number}" for number in range(11))
    assert {back[row[1]] for row in rest} == {"dim"}
    assert "Not carried: 1 text: what goes beyond 180 characters." in told


def test_who_speaks_for_whom_as_far_as_dna_can_say_it(root, tmp_path):
    case = edited(
        root,
        tmp_path / "case",
        statements=[
            (
                "s03,skerry-post,jonas-hart,,",
                "s03,skerry-post,jonas-hart,astrid-lund,",
            ),
            (
                "s04,skerry-post,keepers-league,,",
                "s04,skerry-post,keepers-league,coast-ministry,",
            ),
        ],
    )
    again, told, _ = there_and_back(case, "adjudicated", tmp_path / "again")
    assert "Decided: 1 person spoken for by others, also kept as organization." in told
    assert "Not carried: 1 statement: the actor for whom an organization speaks." in told
    names = again.names()
    assert sorted(names.values()) == sorted(case.names().values())
    spoken_for = [
        (names[row.speaker], names[row.on_behalf_of])
        for row in again.statements.itertuples()
        if row.on_behalf_of
    ]
    assert spoken_for[:2] == [
        ("Jonas Hart", "Astrid Lund"),
        ("Keepers’ League", "Keepers’ League"),
    ]


def test_a_document_of_an_open_date_has_the_day_that_is_known(root, tmp_path):
    case = edited(root, tmp_path / "case")
    published = ["../2019-06-30", "2019-06-15/..", "2019-06"]
    object.__setattr__(case, "articles", case.articles.assign(published=published))
    again, told, db = there_and_back(case, "adjudicated", tmp_path / "again")
    days = "SELECT date(Date, 'unixepoch') FROM DOCUMENTS ORDER BY ID"
    assert all_rows(db, days) == [("2019-06-30",), ("2019-06-15",), ("2019-06-01",)]
    assert again.articles.published.tolist() == published
    assert "Decided: 3 documents of a date of several days, dated by one of them." in told


def test_only_an_empty_database_and_a_known_coder_will_do(lighthouse):
    with pytest.raises(ValueError, match="the database is not empty"):
        from_case(lighthouse, debate(), "adjudicated")
    expected = "coder 'nobody': expected one of pass-a, pass-b, adjudicated"
    with pytest.raises(ValueError, match=expected):
        from_case(lighthouse, sqlite3.connect(":memory:"), "nobody")


def test_a_written_database_is_the_same_each_time(lighthouse):
    dumps = []
    for _ in range(2):
        db = sqlite3.connect(":memory:")
        from_case(lighthouse, db, "pass-b")
        dumps.append(db.serialize())
    assert dumps[0] == dumps[1] and b"pass-b" in dumps[0]


def test_the_published_case_goes_out_and_comes_back(real, tmp_path):
    def words(case):
        """All but for whom one speaks and the date, which DNA cannot always say."""
        return [row[:4] + row[5:-1] for row in spoken(case, "adjudicated")]

    again, _, _ = there_and_back(real, "adjudicated", tmp_path)
    assert len(words(real)) > 60 and words(again) == words(real)
    assert again.articles.equals(real.articles)


def filed(connection, path):
    """A database as a file."""
    connection.commit()
    path.write_bytes(connection.serialize())
    return path


def names_in(folder):
    return sorted(path.name for path in folder.iterdir())


def test_the_verbs_carry_a_case_there_and_back(tmp_path, capsys):
    source = filed(debate("integer", (-2, 0, 1, 3), CODED[:4]), tmp_path / "Lamps & keepers.dna")
    first, again = str(tmp_path / "new/first"), str(tmp_path / "again")
    target = str(tmp_path / "out/again.dna")
    before = source.read_bytes()
    assert cli.main(["import", str(source), first]) == 0
    counts = "4 statements, 0 event mentions, 0 relation mentions: no problem"
    assert counts in capsys.readouterr().out and source.read_bytes() == before
    assert cli.main(["check", first]) == 0
    assert cli.main(["export", first, target, "--coder", "zoe-q"]) == 0
    assert "Not carried: 1 statement of other coders." in capsys.readouterr().out
    assert cli.main(["import", target, again, "--title", "Lamps: again"]) == 0

    case, back = load(first), load(again)
    assert (case.title, back.title) == ("Lamps & keepers", "Lamps: again")
    assert len(spoken(case, "zoe-q")) == 3
    assert spoken(back, "zoe-q") == spoken(case, "zoe-q") and back.texts == lines(case)
    assert names_in(tmp_path) == ["Lamps & keepers.dna", "again", "new", "out"]
    assert names_in(tmp_path / "out") == ["again.dna"]
    assert names_in(tmp_path / "new") == ["first"]


@pytest.mark.parametrize(
    "arguments, expected",
    [
        ("import gone.dna new/case", "gone.dna: no such file; expected a file with coded passages"),
        ("import there new/case", "there: no such file; expected a file with coded passages"),
        ("import letter.dna new/case", "letter.dna: no DNA database: file is not a database"),
        ("import silent.dna new/case", "silent.dna: the database has no statement"),
        (
            "import whole.dna new/case --concept concepts",
            "no variable 'concepts' (did you mean concept?)",
        ),
        (
            "import whole.dna there",
            "there: is there already; expected the name of something new",
        ),
        (
            "export lighthouse whole.dna",
            "whole.dna: is there already; expected the name of something new",
        ),
        (
            "export lighthouse new/case.dna --coder nobody",
            "coder 'nobody': expected one of pass-a, pass-b, adjudicated",
        ),
        ("export gone new/case.dna", "gone: found no such folder"),
        ("export lighthouse whole.dna/case.dna", "whole.dna"),
    ],
)
def test_the_verbs_refuse_in_one_line_and_leave_nothing_behind(
    root, tmp_path, capsys, arguments, expected
):
    (tmp_path / "there").mkdir()
    (tmp_path / "letter.dna").write_text("Dear database, " * 100)
    filed(debate(), tmp_path / "whole.dna")
    silent = debate()
    silent.execute("DELETE FROM STATEMENTS")
    filed(silent, tmp_path / "silent.dna")
    before = {path: path.read_bytes() for path in tmp_path.glob("*.dna")}

    verb, source, target, *options = arguments.split()
    case = root / "tests/cases/lighthouse"
    place = case if source == "lighthouse" else tmp_path / source
    assert cli.main([verb, str(place), str(tmp_path / target), *options]) == 2
    out, err = capsys.readouterr()
    assert expected in err and err.count("\n") == 1 and out == "" and "Traceback" not in err

    assert names_in(tmp_path) == ["letter.dna", "silent.dna", "there", "whole.dna"]
    assert {path: path.read_bytes() for path in tmp_path.glob("*.dna")} == before
    assert names_in(tmp_path / "there") == []
