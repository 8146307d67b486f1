"""An article that is withdrawn leaves what desks keep of it, too: journals, and what is aside."""

from dispute.cli import main
from dispute.desk.room import Desk
from dispute.desk.seating import seat
from helpers.case.load import check_passes

POST = {"article_id": "skerry-post", "speaker": "mira-solvik", "issue": "automate", "stance": "2"}
POST |= {"start": "266", "end": "300"}
MIRROR = POST | {"article_id": "island-mirror", "start": "400", "end": "440"}
OWN = "She promised that every keeper wou"


def begun(folder):
    """A desk at which a passage of each of two articles was saved, and one of them put aside."""
    seat(folder, "ada")
    desk = Desk(folder, "ada")
    for row in (POST, MIRROR):
        change = {"table": "statements", "id": None, "before": None, "after": row}
        desk.step({"seen": desk.sitting.version, "changes": [change], "words": "a step"})
    for step in desk.sitting.done:
        desk.journal._put_aside(step)
    return desk


def killed(desk):
    desk.journal.close_lines()
    desk.journal._lock.release()


def withdraw(folder, monkeypatch):
    monkeypatch.chdir(folder.parent)
    return main(["withdraw", str(folder), "skerry-post", "--why", "asked", "--on", "2024-05-31"])


def holding(folder, words):
    files = [path for path in folder.rglob("*") if path.is_file()]
    return [path.name for path in files if words.encode() in path.read_bytes()]


def test_what_a_killed_desk_keeps_of_an_article_goes_with_it(broken, monkeypatch):
    killed(begun(broken))
    assert len(holding(broken, OWN)) > 1
    assert withdraw(broken, monkeypatch) == 0
    assert holding(broken, OWN) == []
    assert not (broken / "coding/ada/.desk").exists()
    assert "ada-s002" in (broken / "coding/ada/statements.csv").read_text()
    aside = (broken / "coding/ada/.desk-aside.jsonl").read_text()
    assert aside.count("\n") == 1 and "island-mirror" in aside
    assert check_passes(broken) == []


def test_nothing_is_withdrawn_while_a_desk_is_open(broken, monkeypatch, capsys):
    desk = begun(broken)
    assert withdraw(broken, monkeypatch) == 2
    assert "coding/ada: open in another desk" in capsys.readouterr().err
    assert (broken / "articles/skerry-post.txt").exists()
    desk.close()


def test_where_no_desk_is_nothing_of_one_is_made(broken, monkeypatch):
    assert withdraw(broken, monkeypatch) == 0
    assert list(broken.rglob(".desk*")) == []
