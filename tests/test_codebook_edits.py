"""The codebook edited by its owner: with day and reason, and what was coded before it."""

import csv

import pytest
from desks import settling_in

from dispute.cli import main
from dispute.desk.codebook import Codebook
from dispute.desk.pairs import NotTakenError
from dispute.desk.settling import Settling
from dispute.desk.whole import NOTE, finish
from helpers.case.edited_rows import with_row, with_rows
from helpers.case.load import check, load
from helpers.case.problems import CaseError

BOM = b"\xef\xbb\xbf"
DAY, HEAD = "2019-07-01", "article_id,done_on,change_id\n"


@pytest.fixture(scope="module")
def known(root):
    """The made-up case, read once."""
    return Settling(root / "tests/cases/lighthouse")


@pytest.fixture
def codebook(broken, known):
    return Codebook(settling_in(broken, known), lambda: DAY)


def rows(codebook, name):
    path = codebook.folder / f"codebook/{name}.csv"
    with open(path, encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def lines(codebook, name):
    return (codebook.folder / f"codebook/{name}.csv").read_text(encoding="utf-8").splitlines()


def refused(codebook, *what):
    """What is told, with no file changed."""

    def state():
        return {path: path.read_bytes() for path in codebook.folder.rglob("*.csv")}

    before = state()
    with pytest.raises(NotTakenError) as error:
        codebook.change(*what)
    assert state() == before
    return str(error.value)


def test_a_change_has_its_day_and_reason_and_lists_what_was_coded_before(codebook):
    before = lines(codebook, "issues")
    lamp = codebook.rows("issues")[1]
    codebook.change(
        "issues", lamp, lamp | {"label": "A safe lamp", "proposition": "Safe."}, "clearer"
    )
    after = lines(codebook, "issues")
    assert [one for one in after if one not in before] == ["lamp-safe,A safe lamp,Safe.,fact"]
    changes = rows(codebook, "changes")
    assert next((one["column"], one["before"]) for one in changes) == ("label", "Lamp is safe")
    assert {(one["date"], one["key"], one["reason"]) for one in changes} == {
        (DAY, "lamp-safe", "clearer")
    }
    looks = [one["unit_id"] for one in rows(codebook, "second_looks")]
    assert looks == ["a-s04", "a-s07", "a-s10", "b-s04", "b-s07", "b-s10"]
    assert check(codebook.folder) == []
    assert load(codebook.folder).codebook_changes.change_id.tolist() == ["c0001", "c0002"]


def test_what_was_looked_at_again_is_listed_no_more(codebook):
    lamp = codebook.rows("issues")[1]
    codebook.change("issues", lamp, lamp | {"label": "A safe lamp"}, "clearer")
    codebook.look("c0001", ["a-s04", "b-s04"])
    left = {one["unit_id"]: one["quote"] for one in codebook.told()["looks"]}
    assert (
        list(left) == ["a-s07", "a-s10", "b-s07", "b-s10"]
        and left["a-s10"] == "We can trust the lamp"
    )
    assert [one["looked"] for one in rows(codebook, "second_looks")][:2] == [DAY, ""]
    with pytest.raises(NotTakenError, match="listed for another look"):
        codebook.look("c0001", ["a-s01"])


def test_what_a_coder_called_done_after_a_change_is_listed_no_more(codebook):
    lamp = codebook.rows("issues")[1]
    codebook.change("issues", lamp, lamp | {"label": "A safe lamp"}, "clearer")
    articles = {one["unit_id"]: one["article_id"] for one in codebook.told()["looks"]}
    done = f"{articles['a-s04']},{DAY},c0001\n{articles['a-s07']},{DAY},\n"
    (codebook.folder / "coding/pass-a/progress.csv").write_text(HEAD + done)
    codebook._settling.read()
    left = [one["unit_id"] for one in codebook.told()["looks"]]
    own = [name for name in articles if name[0] == "a" and articles[name] == articles["a-s04"]]
    assert left == [name for name in articles if name not in own] and "a-s07" in left
    assert check(codebook.folder) == []


def test_a_change_that_needs_no_second_look_lists_nothing(codebook):
    lamp = codebook.rows("issues")[1]
    codebook.change("issues", lamp, lamp | {"label": "Lamp's safe"}, "spelling", False)
    assert not (codebook.folder / "codebook/second_looks.csv").exists()


def test_nothing_is_written_that_the_check_would_not_pass(codebook):
    lamp = codebook.rows("issues")[1]
    assert "coding/pass-b/statements.csv, row 5, issue" in refused(
        codebook, "issues", lamp, None, "x"
    )
    assert "issue: found 'lamp-safe'" in refused(
        codebook, "issues", lamp, lamp | {"issue": "l"}, "x"
    )
    assert "reason: found nothing" in refused(codebook, "issues", lamp, lamp | {"label": "l"}, "")
    assert "as it stands" in refused(codebook, "issues", lamp | {"label": "?"}, lamp, "x")
    assert "no change" in refused(codebook, "issues", lamp, dict(lamp), "x")
    assert "one of issues" in refused(codebook, "coders", None, {"coder": "x"}, "x")
    alias = {"alias": "Nobody", "actor_id": "jonas-hart", "article_id": "island-mirror"}
    assert "as printed in island-mirror" in refused(codebook, "aliases", None, alias, "x")
    twice = {"actor_id": "jonas-hart", "name": "Hart", "kind": "person"}
    assert "a value of its own" in refused(codebook, "actors", None, twice, "x")


def test_a_rule_that_no_unit_names_bears_all_of_its_kind(codebook):
    rule = codebook.rows("rules")[0]
    codebook.change("rules", rule, rule | {"text": 'One, and "no" other.'}, "sharper")
    assert len(rows(codebook, "second_looks")) == 26
    assert lines(codebook, "rules")[1] == 'one-stance,statement,1,,"One, and ""no"" other."'
    codebook.change("rules", codebook.rows("rules")[1], None, "said elsewhere")
    gone = rows(codebook, "changes")[-1]
    assert (gone["key"], gone["column"], gone["after"]) == ("spokesman", "", "")
    assert gone["before"].startswith("unit: statement; edition: 1; text: A spokesman")


def test_a_suggestion_of_a_coder_is_taken_with_a_reason(broken):
    row = {"suggestion_id": "x-1", "suggests": "actor", "actor_id": "anna-lie"}
    row |= {"name": "Anna Lie", "kind": "person"}
    path = broken / "coding/pass-a/suggestions.csv"
    path.write_bytes(with_rows(b"", "suggestions", [row]))
    codebook = Codebook(Settling(broken), lambda: DAY)
    assert [one["row"]["actor_id"] for one in codebook.suggestions()] == ["anna-lie"]
    assert "anna-lie" not in [row["actor_id"] for row in codebook.rows("actors")]
    codebook.take("pass-a", "x-1", "she speaks in two articles")
    assert lines(codebook, "actors")[-1] == "anna-lie,Anna Lie,person,,"
    assert rows(codebook, "changes")[0]["after"] == "name: Anna Lie; kind: person"
    assert list(codebook.suggestions()) == [] and check(broken) == []
    with pytest.raises(NotTakenError, match="not taken"):
        codebook.take("pass-a", "x-1", "again")


def test_other_rows_of_a_table_stay_byte_for_byte():
    content = b'stance,side,label,meaning\n"0",neutral,"a\nb",m\n1,for,f,m'
    zero = {"stance": "0", "side": "neutral", "label": "x, y", "meaning": "m"}
    assert with_row(content, "stances", zero, zero).decode().splitlines() == [
        "stance,side,label,meaning",
        '0,neutral,"x, y",m',
        "1,for,f,m",
    ]
    assert with_row(content, "stances", zero | {"stance": "1"}, None) == content[:-9]
    assert with_row(content, "stances", None, zero | {"stance": "2"}).startswith(content + b"\n2,")
    with pytest.raises(ValueError, match="stances: no row 7"):
        with_row(content, "stances", zero | {"stance": "7"}, None)


def test_a_column_that_a_file_lacks_comes_with_its_first_value():
    content = b"alias,actor_id,article_id\nThe board,harbour-board,x\n"
    row = {"alias": "B", "actor_id": "b", "article_id": "x", "note": "a taunt", "match": ""}
    made = with_rows(content, "aliases", [row]).decode().splitlines()
    assert made == ["alias,actor_id,article_id,note", "The board,harbour-board,x,", "B,b,x,a taunt"]
    assert with_rows(b"", "aliases", []) == b"alias,actor_id,article_id,match,note\n"


NOTES = {
    "leads out": '{"../outside.csv": {"before": "", "after": "x"}}',
    "another file": '{"case.yaml": {"before": "", "after": "x"}}',
    "another form": '{"codebook/issues.csv": 7}',
    "no text": '{"codebook/issues.csv": {"before": "", "after": null}}',
    "a list": "[1]",
    "half of it": "{",
}


@pytest.mark.parametrize("note", NOTES.values(), ids=NOTES)
def test_a_note_of_an_edit_that_no_desk_has_written_changes_nothing(broken, note):
    (broken / NOTE).write_text(note, encoding="utf-8")
    before = {path: path.read_bytes() for path in broken.parent.rglob("*") if path.is_file()}
    with pytest.raises(CaseError, match=r"codebook/\.desk-edit.json: found"):
        finish(broken)
    after = {path: path.read_bytes() for path in broken.parent.rglob("*") if path.is_file()}
    assert after == before


def test_the_check_of_a_case_tells_an_edit_that_was_cut_short(broken, monkeypatch, capsys):
    (broken / NOTE).write_text("{}", encoding="utf-8")
    main(["check", str(broken)])
    assert "an edit of the codebook that was cut short" in capsys.readouterr().out
    finish(broken)
    main(["check", str(broken)])
    assert "cut short" not in capsys.readouterr().out


def test_a_table_that_is_none_is_refused(codebook):
    assert "nothing_such" in refused(codebook, "nothing_such", {"a": "b"}, None, "why")


@pytest.mark.parametrize("mark, end", [(BOM, "\n"), (BOM, "\r\n"), (b"", "\r\n")])
def test_a_file_of_a_spreadsheet_keeps_its_mark_and_its_line_ends(mark, end):
    content = mark + f"issue,label{end}a,One{end}b,Two{end}".encode()
    with_one = with_rows(content, "issues", [{"issue": "c", "label": "Three"}])
    assert with_one == content + f"c,Three{end}".encode()
    row = {"issue": "b", "label": "Two"}
    changed = with_row(content, "issues", row, row | {"label": "Other"})
    assert changed == content.replace(b"Two", b"Other")
