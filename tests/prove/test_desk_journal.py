"""The journal of a desk: tables changed outside after a kill, unsound files, a full disk."""

import json
import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
from test_desk import CSV, killed, lines, new, said

from dispute.desk.journal import Journal
from dispute.desk.room import Desk
from dispute.desk.sent import RefusedError
from helpers.case.load import check_passes


def test_what_had_not_reached_a_table_is_put_upon_the_changed_one_or_put_aside(broken):
    desk = Desk(broken, "pass-a")
    row = desk.sitting.tables["statements"].rows["a-s01"]
    changed = {"table": "statements", "id": "a-s01", "before": row, "after": row | {"note": "x"}}
    desk.step(said(desk, new()))
    desk.step(said(desk, changed))
    path = broken / CSV
    path.write_text(path.read_text().replace(",3,2019-03-06,stated", ",2,2019-03-06,stated"))
    killed(desk)
    desk = Desk(broken, "pass-a")
    assert "a-s14" in desk.sitting.tables["statements"].rows
    assert desk.sitting.tables["statements"].rows["a-s01"]["stance"] == "2"
    desk.close()
    assert "a-s14" in path.read_text() and ",x" not in path.read_text()
    (aside,) = (broken / "coding/pass-a/.desk-aside.jsonl").read_text().splitlines()
    assert json.loads(aside)["changes"][0]["after"]["note"] == "x"
    assert check_passes(broken) == []


def test_a_file_that_is_unsound_while_one_codes_is_left_alone(broken):
    desk = Desk(broken, "pass-a")
    path, whole = broken / CSV, (broken / CSV).read_text()
    path.write_text(whole.replace("a-s02,", "a-s02,one,cell,more,"))
    with pytest.raises(RefusedError) as refused:
        desk.step(said(desk, new()))
    assert "until it is mended nothing can be saved" in refused.value.said["told"]
    desk.write_tables()
    assert "one,cell,more" in path.read_text()
    path.write_text(whole)
    desk.step(said(desk, new()))
    desk.close()
    assert len(lines(broken)) == 15


def test_a_full_disk_is_told_and_leaves_no_half_line(broken, monkeypatch):
    desk = Desk(broken, "pass-a")
    desk.step(said(desk, new()))
    journal = broken / "coding/pass-a/.desk/journal.jsonl"
    before, version = journal.read_bytes(), desk.sitting.version
    put = Journal._put

    def full(self, line):
        put(self, {"half": 1})
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Journal, "_put", full)
    with pytest.raises(OSError, match="No space"):
        desk.step(said(desk, new()))
    monkeypatch.setattr(Journal, "_put", put)
    assert journal.read_bytes() == before and desk.sitting.version == version
    desk.step(said(desk, new()))
    desk.close()
    assert len(lines(broken)) == 16
