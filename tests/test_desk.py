"""The desk's rows: steps, undo and redo, the bytes of the tables, the journal, the checks."""

import csv
import difflib
import io
import json
import shutil
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from click import BadParameter
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dispute.cli.desk import PORT
from dispute.desk.room import Desk
from dispute.desk.seating import seat
from dispute.desk.sent import RefusedError, id_from
from dispute.desk.sitting import Change, Sitting, Step
from dispute.desk.tables import Table
from helpers.case.files import csv_text
from helpers.case.load import check, check_passes, load
from helpers.case.problems import CaseError
from helpers.case.raw_tables import read_csv, records
from helpers.case.schema import SCHEMA, file_columns

# A sound row of the made-up case, as a page sends it.
ROW = {"article_id": "skerry-post", "speaker": "mira-solvik", "issue": "automate", "stance": "2"}
ROW |= {"start": "266", "end": "300"}
CSV = "coding/pass-a/statements.csv"
SPARE = SCHEMA["raw"]["relations"]["may_lack"]


def lines(folder, name=CSV):
    return (folder / name).read_text(encoding="utf-8").splitlines()


@pytest.fixture(scope="module")
def standing(root, tmp_path_factory):
    """A desk for tests that change nothing."""
    folder = tmp_path_factory.mktemp("standing") / "case"
    desk = Desk(Path(shutil.copytree(root / "tests/cases/lighthouse", folder)), "pass-a")
    yield desk
    desk.close()


def said(desk, *changes, words="a step"):
    return {"seen": desk.sitting.version, "changes": list(changes), "words": words}


def new(row=ROW, table="statements"):
    return {"table": table, "id": None, "before": None, "after": row}


# ---- steps and bytes


@st.composite
def files_and_steps(draw):
    """The content of a table in one of the forms that people write, and steps upon it."""
    names = file_columns("relations")
    ids = draw(st.lists(st.sampled_from(["r1", "r2", "q-3", "r10", "r04"]), unique=True))
    cell = st.sampled_from(["", "a", 'say "so"', "two\nlines", "a,b", "é🏮"])
    articles = st.sampled_from(["one", "two"])

    def row(name):
        cells = dict.fromkeys(names, "") | {"relation_id": name, "article_id": draw(articles)}
        return cells | {
            "note": draw(cell),
            "rules": draw(cell),
            "start": str(draw(st.integers(0, 9))),
        }

    end = draw(st.sampled_from(["\n", "\r\n"]))
    spare = draw(st.sampled_from([[], SPARE]))
    kept = [name for name in names if name not in spare]
    text = io.StringIO()
    quoting = draw(st.sampled_from([csv.QUOTE_MINIMAL, csv.QUOTE_ALL]))
    writer = csv.writer(text, lineterminator=end, quoting=quoting)
    writer.writerow(kept)
    for name in ids:
        cells = row(name)
        writer.writerow([cells[column] for column in kept])
    body = text.getvalue() + draw(st.sampled_from(["", end + end, "," * (len(kept) - 1) + end]))
    body = body if draw(st.booleans()) else body.removesuffix(end)
    content = draw(st.sampled_from([b"", b"\xef\xbb\xbf"])) + body.encode()
    content = draw(st.sampled_from([content, content, content, None, b" \n"]))
    # For each change: which row (a new one where there is none), and what it becomes.
    name = st.sampled_from([*ids, "r1", "n1", "n2"])
    changes = draw(st.lists(st.tuples(name, st.booleans()), max_size=8))
    return content, [(name, row(name) if stays else None) for name, stays in changes]


@given(files_and_steps())
@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_undo_of_all_gives_the_bytes_of_the_beginning_and_redo_those_of_the_end(made):
    content, wanted = made
    sitting = Sitting({"relations": Table("relations", "ada", content, {})})
    table = sitting.tables["relations"]
    assert table.content() == content
    states = [content]
    for name, after in wanted:
        before = table.rows.get(name)
        if before != after:
            sitting.take(Step((Change("relations", name, before, after),), "a step"))
            states.append(table.content())
    there = dict(table.rows)
    back = [table.content()]
    while sitting.done:
        sitting.undo()
        back.append(table.content())
    assert back == states[::-1]
    forth = [table.content()]
    while sitting.ahead:
        sitting.redo()
        forth.append(table.content())
    assert forth == states and table.rows == there


def written(content):
    """The header of a file and the text of each of its rows; nothing where there is none."""
    if not content or not content.strip():
        return None
    head, *rows = [(cells, text.rstrip("\r\n")) for cells, text in records(content.decode())]
    return head[1], {cells[0]: text for cells, text in rows if any(cells)}


@given(files_and_steps())
@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_what_is_written_is_read_as_the_same_rows_and_a_diff_has_only_the_changed_ones(made):
    content, wanted = made
    table = Table("relations", "ada", content, {})
    begun = dict(table.rows)
    for name, after in wanted:
        table.put(name, after)
    with TemporaryDirectory() as folder:
        path = Path(folder) / "relations.csv"
        path.write_bytes(table.content() or b"")
        read = read_csv(path, "relations.csv", file_columns("relations"), SPARE)
    found = {row["relation_id"]: row for row in read.frame.to_dict("records")}
    assert found == table.rows and (not read.problems or not table.rows)
    old, now = written(content), written(table.content())
    if old and old[0] == now[0]:
        same = [name for name in begun if table.rows.get(name) == begun[name]]
        assert {name: old[1][name] for name in same} == {name: now[1][name] for name in same}


def test_a_new_row_stands_in_its_place_and_is_formed_as_the_suite_forms_rows(broken):
    before = lines(broken)
    desk = Desk(broken, "pass-a")
    done = desk.step(said(desk, new()))
    desk.close()
    (name,) = done["rows"]["statements"]
    row = done["rows"]["statements"][name]
    header = before[0].split(",")
    written = csv_text([[row[column] for column in header]]).rstrip("\n")
    assert name == "a-s14" and row["quote"] == "She promised that every keeper wou"
    added = [line for line in difflib.ndiff(before, lines(broken)) if line[0] in "+-"]
    assert added == [f"+ {written}"]
    assert lines(broken)[3] == written  # after a-s02, which begins where it begins
    assert sorted(path.name for path in (broken / "coding/pass-a").iterdir()) == [
        "event_mentions.csv",
        "relations.csv",
        "statements.csv",
    ]


def test_ids_follow_those_that_are_there_and_are_never_given_twice(broken):
    desk = Desk(broken, "pass-a")
    (name,) = desk.step(said(desk, new()))["rows"]["statements"]
    desk.undo(said(desk))
    (other,) = desk.step(said(desk, new()))["rows"]["statements"]
    assert (name, other) == ("a-s14", "a-s15")
    desk.close()
    seat(broken, "ada")
    desk = Desk(broken, "ada")
    assert list(desk.step(said(desk, new()))["rows"]["statements"]) == ["ada-s001"]
    desk.close()


# ---- the journal


def killed(desk):
    """End a desk as a kill does: the lock goes, and nothing else happens."""
    desk.journal.close_lines()
    desk.journal._lock.release()


def test_what_was_kept_is_there_after_a_kill_and_can_still_be_undone(broken):
    begun = (broken / CSV).read_bytes()
    desk = Desk(broken, "pass-a")
    first = desk.step(said(desk, new()))
    desk.write_tables()
    second = desk.step(said(desk, new(ROW | {"stance": "-2"})))
    assert len(lines(broken)) == 15  # the second is in the journal alone
    killed(desk)
    with open(broken / "coding/pass-a/.desk/journal.jsonl", "ab") as file:
        file.write(b'{"step":{"changes":[{"table":"stat')  # never answered
    desk = Desk(broken, "pass-a")
    assert desk.sitting.version == second["version"] and len(lines(broken)) == 16
    assert {*first["rows"]["statements"], *second["rows"]["statements"]} <= {
        *desk.sitting.tables["statements"].rows
    }
    desk.undo(said(desk))
    desk.undo(said(desk))
    desk.close()
    assert (broken / CSV).read_bytes() == begun
    assert not (broken / "coding/pass-a/.desk").exists()


def test_a_table_changed_outside_is_told_and_never_overwritten(broken):
    desk = Desk(broken, "pass-a")
    seen = desk.sitting.version
    path = broken / CSV
    path.write_text(path.read_text().replace(",3,2019-03-06,stated", ",2,2019-03-06,stated"))
    with pytest.raises(RefusedError) as refused:
        desk.step({"seen": seen, "changes": [new()], "words": ""})
    assert refused.value.status == 409
    assert f"{CSV} was changed outside the desk" in refused.value.said["told"]
    assert desk.article("skerry-post")["rows"]["statements"][0]["stance"] == "2"
    desk.step(said(desk, new()))
    desk.close()
    assert ",2,2019-03-06,stated" in path.read_text() and len(lines(broken)) == 15


def test_one_coder_has_one_desk_and_two_windows_are_told(broken):
    desk = Desk(broken, "pass-a")
    with pytest.raises(ValueError, match="open in another desk"):
        Desk(broken, "pass-a")
    other = said(desk, new())
    desk.step(said(desk, new()))
    with pytest.raises(RefusedError) as refused:
        desk.step(other)
    assert (refused.value.status, refused.value.said["version"]) == (409, desk.sitting.version)
    assert "another window" in refused.value.said["told"]
    row = desk.sitting.tables["statements"].rows["a-s01"]
    stale = {"table": "statements", "id": "a-s01", "before": row | {"note": "?"}, "after": None}
    with pytest.raises(RefusedError) as refused:
        desk.step(said(desk, stale))
    assert refused.value.status == 409
    desk.close()


# ---- the checks


FAULTS = [
    {"speaker": "mira-solvk"},
    {"issue": ""},
    {"stance": "7"},
    {"date_edtf": "2019-13-01", "date_basis": "stated"},
    {"date_edtf": "2019-03-06", "date_basis": "undated"},
    {"date_edtf": "2019-03-06", "date_basis": "stated", "date_words": "6 march 2019"},
    {"alt_date_edtf": "2019-03-07"},
    {"lang": "English"},
    {"start": "0", "end": "30"},
    {"rules": "no-rule"},
    {"note": "\x01"},
    {"speaker": "x", "stance": "y", "issue": "z", "on_behalf_of": "q"},
]


def test_rows_are_judged_in_the_words_of_the_check_of_a_case(broken):
    desk = Desk(broken, "pass-a")
    table = Table("statements", "pass-a", (broken / CSV).read_bytes(), {})
    told = set()
    for number, fault in enumerate(FAULTS, start=80):
        said_at_once = desk.check("statements", ROW | fault, f"z-s{number}")
        with pytest.raises(RefusedError) as refused:
            desk.step(said(desk, new(ROW | fault)))
        problems = said_at_once["problems"]
        assert [{"change": 0, **one} for one in problems] == refused.value.said["problems"] != []
        table.put(f"z-s{number}", said_at_once["row"])
        told |= {(f"z-s{number}", *one.values()) for one in problems}
    desk.close()
    (broken / CSV).write_bytes(table.content())
    names = ids_in(broken / CSV)
    problems = {(names[one.row - 2], one.column, one.found, one.expected) for one in check(broken)}
    assert told == problems


def ids_in(path):
    """The ids of the rows of a table, in the order of its file."""
    with path.open(encoding="utf-8", newline="") as file:
        return [row["statement_id"] for row in csv.DictReader(file)]


def test_nothing_of_a_step_is_saved_where_one_row_has_a_problem(broken):
    desk = Desk(broken, "pass-a")
    before = {table: dict(one.rows) for table, one in desk.sitting.tables.items()}
    tie = {"article_id": "skerry-post", "source": "tobias-renn", "relation": "leads"}
    tie |= {"target": "nobody", "start": "440", "end": "479"}
    with pytest.raises(RefusedError) as refused:
        desk.step(said(desk, new(), new(tie, "relations")))
    assert [(one["change"], one["field"]) for one in refused.value.said["problems"]] == [
        (1, "target")
    ]
    assert before == {table: one.rows for table, one in desk.sitting.tables.items()}
    done = desk.step(said(desk, new(), new(tie | {"target": "keepers-league"}, "relations")))
    assert [row["sign"] for row in done["rows"]["relations"].values()] == ["0"]
    desk.close()


@pytest.mark.parametrize(
    "change, told",
    [
        ({"table": "decisions", "id": None, "before": None, "after": {}}, "one of the tables"),
        ({"table": "statements", "id": None, "before": None, "after": None}, "before or after"),
        ({"table": "statements", "id": 3, "before": {}, "after": None}, "the id of a row"),
        ("nothing", "one of the tables"),
        ({"table": [], "after": {}}, "one of the tables"),
    ],
)
def test_a_step_of_another_form_is_refused(standing, change, told):
    with pytest.raises(RefusedError, match=told) as refused:
        standing.step(said(standing, change))
    assert refused.value.status == 400


def test_a_row_that_is_not_there_is_not_taken_away(standing):
    change = {"table": "suggestions", "id": "x", "before": {"suggests": "actor"}, "after": None}
    with pytest.raises(RefusedError, match="is otherwise now") as refused:
        standing.step(said(standing, change))
    assert refused.value.status == 409


def test_a_row_cannot_be_another_coders(standing):
    with pytest.raises(RefusedError) as refused:
        standing.step(said(standing, new(ROW | {"coder": "pass-b"})))
    assert [one["field"] for one in refused.value.said["problems"]] == ["coder"]
    read = json.dumps([standing.heads(), standing.article("skerry-post"), standing.codebook()])
    assert "pass-b" not in read and "b-s" not in read.replace("desk-b-s", "")


# ---- suggestions


def test_a_suggestion_counts_as_a_row_of_the_codebook_until_that_has_it(broken):
    desk = Desk(broken, "pass-a")
    done = desk.suggest({**said(desk), "kind": "actor", "name": "Ola O’Nord", "about": "a keeper"})
    assert done["id"] == "ola-onord"
    alias = {"kind": "alias", "alias": "The keepers", "actor_id": "ola-onord"}
    desk.suggest({**said(desk), **alias, "article_id": "skerry-post"})
    issue = {"kind": "issue", "label": "A new one", "proposition": "It should be new."}
    assert desk.suggest({**said(desk), **issue})["id"] == "a-new-one"
    assert {"ola-onord"} < {actor["id"] for actor in desk.codebook()["actors"]}
    place = desk.article("skerry-post")["lines"]
    assert place and desk.near("skerry-post", 0, 10)
    own = {"speaker": "ola-onord", "issue": "a-new-one"}
    desk.step(said(desk, new(ROW | own)))
    suggested = desk.sitting.tables["suggestions"].rows
    name = next(name for name, row in suggested.items() if row["suggests"] == "actor")
    gone = {"table": "suggestions", "id": name, "before": suggested[name], "after": None}
    with pytest.raises(RefusedError) as refused:
        desk.step(said(desk, gone))
    assert "which" in refused.value.said["problems"][0]["found"]
    desk.close()
    assert check_passes(broken) == []
    (broken / "codebook/coders.csv").write_text(
        "coder,coder_role,note\npass-a,pass,\npass-b,pass,\n"
    )
    shutil.rmtree(broken / "coding/adjudicated")
    (broken / "findings.csv").unlink(missing_ok=True)
    config = broken / "case.yaml"
    config.write_text(config.read_text().replace("coder: adjudicated", "coder: pass-a"))
    case = load(broken)
    assert case.names()["ola-onord"] == "Ola O’Nord" and case.doubts == ()
    with open(broken / "codebook/actors.csv", "a", encoding="utf-8") as file:
        file.write("ola-onord,Ola Nord,person,,taken\n")
    case = load(broken)
    assert case.names()["ola-onord"] == "Ola Nord"
    (doubt,) = case.doubts
    assert doubt.file == "coding/pass-a/suggestions.csv" and "can be removed" in doubt.expected


def test_two_coders_who_suggest_one_id_otherwise_are_told(broken):
    head = ",".join(file_columns("suggestions"))
    row = dict.fromkeys(file_columns("suggestions"), "") | {"suggests": "actor", "kind": "person"}
    for coder, name in (("pass-a", "Ola Nord"), ("pass-b", "Olav Nord")):
        own = row | {"suggestion_id": f"{coder}-x1", "actor_id": "ola", "name": name}
        text = head + "\n" + ",".join(own.values()) + "\n"
        (broken / f"coding/{coder}/suggestions.csv").write_text(text)
    case = load(broken)
    assert case.names()["ola"] == "Ola Nord"
    assert [str(doubt) for doubt in case.doubts] == [
        "Warning: coding/pass-b/suggestions.csv, row 2, name: found the actor ola, told otherwise; "
        "expected one actor of that id; row 2 of coding/pass-a/suggestions.csv has another name"
    ]


def test_a_fault_of_a_suggestion_is_told_in_its_file(broken):
    head = ",".join(file_columns("suggestions"))
    row = dict.fromkeys(file_columns("suggestions"), "") | {"suggestion_id": "x1"}
    rows = [
        row | {"suggests": "actor", "actor_id": "ola", "kind": "person", "label": "not of actors"},
        row | {"suggestion_id": "x2", "suggests": "issue", "issue": "One", "label": "1"},
    ]
    text = "\n".join([head, *(",".join(one.values()) for one in rows)]) + "\n"
    (broken / "coding/pass-a/suggestions.csv").write_text(text)
    told = {(one.file, one.row, one.column) for one in check_passes(broken)}
    file = "coding/pass-a/suggestions.csv"
    expected = {(file, 2, "name"), (file, 2, "label"), (file, 3, "issue"), (file, 3, "proposition")}
    assert told == expected


# ---- who sits there


def test_a_new_coder_is_made_and_one_of_no_name_is_refused(broken):
    assert "apart" in seat(broken, "ada")[0] and seat(broken, "ada") == []
    assert lines(broken, "codebook/coders.csv")[-1] == "ada,apart,codes at the desk"
    assert check(broken) == []
    for name in ("Ada", "../ada", "adjudicated", "", "con"):
        with pytest.raises(CaseError):
            seat(broken, name)
    desk = Desk(broken, "ada")
    assert desk.heads()["articles"][0]["counts"] == {
        "statements": 0,
        "event_mentions": 0,
        "relations": 0,
    }
    desk.close()
    assert not (broken / "coding/ada").exists()


def test_a_port_that_the_system_would_choose_is_refused_for_it_would_not_be_told():
    with pytest.raises(BadParameter):
        PORT.convert("0", None, None)
    assert PORT.convert("8890", None, None) == 8890


def test_an_id_is_made_of_a_name():
    assert id_from("Kâte O’Hara-Lund (jr.)") == "kate-ohara-lund-jr"
    assert id_from("…") == ""


def test_a_desk_is_not_opened_on_tables_that_cannot_be_read(broken):
    path = broken / CSV
    path.write_text(path.read_text().replace("a-s02", "a-s01"))
    with pytest.raises(CaseError, match="a value of its own"):
        Desk(broken, "pass-a")
    assert not (broken / "coding/pass-a/.desk").exists()


def test_the_sitting_says_what_can_be_undone(broken):
    desk = Desk(broken, "pass-a")
    done = desk.step(said(desk, new(), words="code a statement"))
    assert (done["undo"], done["redo"]) == ("code a statement", "")
    done = desk.undo(said(desk))
    assert (done["undo"], done["redo"]) == ("", "code a statement")
    assert done["rows"] == {"statements": {"a-s14": None}}
    with pytest.raises(RefusedError, match="nothing to undo"):
        desk.undo(said(desk))
    assert desk.redo(said(desk))["rows"]["statements"]["a-s14"]["stance"] == "2"
    desk.close()


def test_a_reading_of_the_date_is_offered_with_its_reason(standing):
    found = standing.date("skerry-post", 173, 199)
    assert (found["edtf"], found["basis"], found["wording"]) == (
        "2019-03-06",
        "stated",
        "6 March 2019",
    )
    assert "printed whole" in found["reason"]
    with pytest.raises(RefusedError):
        standing.date("../case", 0, 1)


def test_a_step_back_is_the_step_the_other_way_round():
    change = Change("statements", "s1", None, {"note": "x"})
    step = Step((change, replace(change, id="s2")), "two")
    assert [one.id for one in step.undone().changes] == ["s2", "s1"]
    assert step.undone().undone() == step and Step.of_data(step.as_data()) == step


# ---- what is done, and what is looked at again


def done(before, after):
    return {"table": "progress", "id": "skerry-post", "before": before, "after": after}


def test_an_article_is_called_done_and_what_was_coded_before_a_change_is_listed(broken):
    progress = "article_id,done_on,change_id\nskerry-post,2019-07-01,\n"
    state = {"coding/pass-a/progress.csv": progress}
    changes = "change_id,date,table,key,column,before,after,reason\n"
    state["codebook/changes.csv"] = changes + "c0001,2019-07-02,issues,automate,label,a,b,clearer\n"
    looks = "change_id,unit,unit_id,looked\nc0001,statement,a-s01,\nc0001,statement,b-s01,\n"
    state["codebook/second_looks.csv"] = looks + "c0001,statement,a-s02,2019-07-03\n"
    for name, text in state.items():
        (broken / name).write_text(text)
    assert check(broken) == []
    desk = Desk(broken, "pass-a")
    heads = {one["id"]: (one["state"], one["looks"]) for one in desk.heads()["articles"]}
    assert heads["skerry-post"] == ("done", {"a-s01": "clearer"})
    assert heads["norvale-courier"] == ("begun", {})
    before = desk.sitting.tables["progress"].rows["skerry-post"]
    again = desk.step(said(desk, done(before, {"article_id": "skerry-post"})))
    row = again["rows"]["progress"]["skerry-post"]
    assert row["done_on"] > "2019-07-02" and row["change_id"] == "c0001"
    assert desk.article("skerry-post")["looks"] == {}
    desk.step(said(desk, done(row, None)))
    assert desk.article("skerry-post")["state"] == "begun"
    desk.undo(said(desk))
    desk.close()
    assert lines(broken, "coding/pass-a/progress.csv")[1] == f"skerry-post,{row['done_on']},c0001"
    assert check(broken) == []


@pytest.mark.parametrize("end, becomes", [("\r", "\n"), ("\r\n", "\r\n")])
def test_a_new_coder_is_a_line_of_the_file_whatever_its_line_ends(broken, end, becomes):
    path = broken / "codebook/coders.csv"
    content = path.read_bytes().replace(b"\n", end.encode())
    path.write_bytes(content)
    assert check(broken) == []
    seat(broken, "ada")
    content += f"ada,apart,codes at the desk{end}".encode()
    assert path.read_bytes() == content.replace(end.encode(), becomes.encode())
    assert check(broken) == []


def test_coders_whose_ids_are_of_one_form_get_no_id_twice(broken):
    """As those of DNA, and of one file that was parted by coder."""
    for number, letter in enumerate("ab"):
        path = broken / f"coding/pass-{letter}/statements.csv"
        rows = path.read_text(encoding="utf-8").splitlines(keepends=True)
        ids = (f"s{2 * place + number:02}" for place in range(1, len(rows)))
        rows[1:] = [next(ids) + row[row.index(",") :] for row in rows[1:]]
        path.write_text("".join(rows), encoding="utf-8")
    (broken / "coding/adjudicated/decisions.csv").unlink()
    ids = []
    for coder in ("pass-a", "pass-b"):
        desk = Desk(broken, coder)
        ids += desk.step(said(desk, new()))["rows"]["statements"]
        desk.close()
    assert ids == ["pass-a-s001", "pass-b-s001"]
    assert check_passes(broken) == []


def test_a_file_parted_by_carriage_returns_takes_a_quote_of_two_lines(broken):
    path = broken / CSV
    begun = path.read_bytes().replace(b"\n", b"\r")
    path.write_bytes(begun)
    desk = Desk(broken, "pass-a")
    desk.step(said(desk, new(ROW | {"start": "308", "end": "348"})))
    desk.write_tables()
    assert check_passes(broken) == []
    assert b"until retirement.\n\nCoast" in path.read_bytes()
    desk.undo(said(desk))
    desk.close()
    assert path.read_bytes() == begun
