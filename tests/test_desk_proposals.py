"""What is proposed, at the desk: sent only where asked for, taken or rejected, and kept."""

import csv
import shutil
from pathlib import Path

import pytest
from lighthouse_proposals import propose

from dispute.desk.room import Desk, RefusedError
from helpers.case.load import check

CASE = Path(__file__).parent / "cases/lighthouse"
COLUMNS = ("proposer", "proposal_id", "done", "row_id")


@pytest.fixture
def folder(tmp_path):
    return propose(shutil.copytree(CASE, tmp_path / "case"))


def names(desk, article="skerry-post"):
    return [one["proposal_id"] for one in desk.article(article)["proposed"]]


def proposal(desk, name):
    (found,) = [
        one
        for one in desk.article(name.rpartition("-")[0])["proposed"]
        if one["proposal_id"] == name
    ]
    return found


def take(desk, name, done="accepted", **otherwise):
    """What the page sends when a proposal is accepted, perhaps changed, or rejected."""
    found = proposal(desk, name)
    said = {"article_id": found["row"]["article_id"], "proposal_id": name}
    taken = said | {"proposer": found["proposer"], "done": done, "row_id": ""}
    changes = [{"table": "taken", "id": None, "before": None, "after": taken}]
    if done != "rejected":
        row = {column: cell for column, cell in found["row"].items() if column != "quote"}
        new = {"table": found["table"], "id": None, "before": None, "after": row | otherwise}
        changes.insert(0, new)
    return desk.step({"seen": desk.sitting.version, "changes": changes, "words": "take"})


def table(folder, name):
    file = folder / f"coding/pass-a/{name}.csv"
    if not file.exists():
        return []
    with file.open(encoding="utf-8", newline="") as opened:
        return list(csv.DictReader(opened))


def test_a_desk_is_blind_to_proposals_unless_it_is_opened_for_them(folder):
    desk = Desk(folder, "pass-a")
    assert names(desk) == []
    assert not desk.library.proposals.rows
    desk.close()
    desk = Desk(folder, "pass-a", proposals=True)
    assert names(desk) == [f"skerry-post-{one}" for one in ("p001", "p002", "p003", "p004", "e001")]
    proposed = {one["id"]: one["proposed"] for one in desk.heads()["articles"]}
    assert proposed["skerry-post"] == 5
    desk.close()


def test_what_is_accepted_changed_and_rejected_is_kept_and_the_row_says_who_proposed_it(folder):
    desk = Desk(folder, "pass-a", proposals=True)
    (accepted,) = take(desk, "skerry-post-p002")["rows"]["statements"]
    (changed,) = take(desk, "skerry-post-p003", stance="-1", issue="pensions")["rows"]["statements"]
    take(desk, "skerry-post-p001", "rejected")
    assert names(desk) == ["skerry-post-p004", "skerry-post-e001"]
    desk.close()
    kept = [(*map(row.get, COLUMNS),) for row in table(folder, "taken")]
    assert kept == [
        ("rules", "skerry-post-p002", "accepted", accepted),
        ("rules", "skerry-post-p003", "changed", changed),
        ("rules", "skerry-post-p001", "rejected", ""),
    ]
    by = {row["statement_id"]: row["proposed_by"] for row in table(folder, "statements")}
    assert {by.pop(accepted), by.pop(changed)} == {"rules"}
    assert set(by.values()) == {""}


def test_what_a_proposal_leaves_open_is_asked_for_and_then_nothing_is_saved(folder):
    desk = Desk(folder, "pass-a", proposals=True)
    with pytest.raises(RefusedError) as refused:
        take(desk, "skerry-post-p003")
    assert [one["field"] for one in refused.value.said["problems"]] == ["stance"]
    assert "skerry-post-p003" in names(desk)
    desk.close()
    assert table(folder, "taken") == []


def test_all_of_it_is_undone_and_a_row_that_goes_is_named_no_more(folder):
    before = (folder / "coding/pass-a/statements.csv").read_bytes()
    desk = Desk(folder, "pass-a", proposals=True)
    (name,) = take(desk, "skerry-post-p002")["rows"]["statements"]
    row = desk.sitting.tables["statements"].rows[name]
    gone = {"table": "statements", "id": name, "before": row, "after": None}
    desk.step({"seen": desk.sitting.version, "changes": [gone], "words": "remove"})
    (taken,) = desk.sitting.tables["taken"].rows.values()
    assert (taken["done"], taken["row_id"]) == ("accepted", "")
    desk.undo({"seen": desk.sitting.version})
    (taken,) = desk.sitting.tables["taken"].rows.values()
    assert taken["row_id"] == name
    desk.undo({"seen": desk.sitting.version})
    assert "skerry-post-p002" in names(desk)
    desk.close()
    assert (folder / "coding/pass-a/statements.csv").read_bytes() == before


def test_a_proposal_is_taken_once_and_one_that_is_none_is_refused(folder):
    desk = Desk(folder, "pass-a", proposals=True)
    found = proposal(desk, "skerry-post-p002")
    take(desk, "skerry-post-p002")
    row = {"article_id": "skerry-post", "proposer": "rules", "done": "rejected", "row_id": ""}
    for name in ("skerry-post-p002", "skerry-post-p099"):
        change = {
            "table": "taken",
            "id": None,
            "before": None,
            "after": row | {"proposal_id": name},
        }
        with pytest.raises(RefusedError) as refused:
            desk.step({"seen": desk.sitting.version, "changes": [change], "words": "again"})
        assert [one["field"] for one in refused.value.said["problems"]] == ["proposal_id"]
    assert found["why"]
    desk.close()


def test_a_coder_who_was_not_blind_leaves_a_sound_case_and_a_blind_desk_edits_such_rows(folder):
    desk = Desk(folder, "pass-a", proposals=True)
    (name,) = take(desk, "norvale-courier-p001", issue="pensions")["rows"]["statements"]
    desk.close()
    problems = check(folder)
    assert not [one for one in problems if one.file.startswith("coding/pass-a")], problems
    desk = Desk(folder, "pass-a")
    row = desk.sitting.tables["statements"].rows[name]
    change = {"table": "statements", "id": name, "before": row, "after": row | {"note": "sure"}}
    desk.step({"seen": desk.sitting.version, "changes": [change], "words": "a note"})
    desk.close()
    (found,) = [row for row in table(folder, "statements") if row["statement_id"] == name]
    assert (found["note"], found["proposed_by"]) == ("sure", "rules")
