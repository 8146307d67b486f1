"""The desk killed a hundred times while somebody codes: nothing shown as saved is lost."""

import http.client
import json
import os
import random
import shutil
import signal
import sys
import threading
import time
from contextlib import suppress
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
from desks import free_port

# Imported before the forks, so that a desk begins at once.
from dispute.desk.room import Desk
from dispute.desk.server import Place, make_server
from helpers.case.load import check_passes
from helpers.case.raw_tables import read_csv
from helpers.case.schema import file_columns

LIGHTHOUSE = Path(__file__).resolve().parents[1] / "cases/lighthouse"
TIMES, TOKEN = 100, "0123456789abcdef"
ROW = {"article_id": "skerry-post", "speaker": "mira-solvik", "issue": "automate", "stance": "2"}
ROW |= {"start": "266", "end": "300", "lang": "en"}
CSV = "coding/pass-a/statements.csv"


class KilledError(Exception):
    """The desk did not answer any more."""


class Session:
    """Somebody who codes: the states of the notes that were shown as saved, by undo and redo.

    `coming`: the place and state that the last request would lead to, where it was not answered.
    """

    def __init__(self, dice):
        self.dice, self.states, self.at, self.count = dice, [frozenset()], 0, 0
        self.coming, self.seen, self.rows = None, "", {}

    def begin(self, desk):
        """Look at what is there: what was shown as saved, and at most the one step besides."""
        said = desk.ask("GET", "article/skerry-post")
        own = [row for row in said["rows"]["statements"] if row["note"].startswith("n")]
        self.rows = {row["statement_id"]: row for row in own}
        found = frozenset(row["note"] for row in own)
        if self.coming and found == self.coming[1][self.coming[0]] != self.states[self.at]:
            self.at, self.states = self.coming
        assert found == self.states[self.at], (found, self.states[self.at], self.coming)
        self.seen, self.coming = said["version"], None

    def go_on(self, desk):
        """Do one thing at random, and take it as saved when it is answered."""
        kind = self.dice.choice(["new", "new", "new", "edit", "delete", "undo", "redo"])
        now = self.states[self.at]
        if kind in ("undo", "redo"):
            at = self.at + (1 if kind == "redo" else -1)
            if not 0 <= at < len(self.states):
                return
            self._say(desk, kind, {"seen": self.seen}, (at, self.states))
            return
        self.count += 1
        note = f"n{self.count}"
        change = {"table": "statements", "id": None, "before": None, "after": {**ROW, "note": note}}
        after = now | {note}
        if kind != "new" and self.rows:
            name, row = self.dice.choice(sorted(self.rows.items()))
            becomes = None if kind == "delete" else {**row, "note": note}
            change = {"table": "statements", "id": name, "before": row, "after": becomes}
            after = now - {row["note"]} | ({note} if becomes else set())
        states = [*self.states[: self.at + 1], after]
        said = {"seen": self.seen, "changes": [change], "words": kind}
        self._say(desk, "step", said, (self.at + 1, states))

    def _say(self, desk, address, said, coming):
        self.coming = coming
        answer = desk.ask("POST", address, said)
        self.seen = answer["version"]
        for name, row in answer["rows"].get("statements", {}).items():
            self.rows.pop(name, None)
            self.rows |= {name: row} if row else {}
        self.at, self.states = coming
        self.coming = None


class Forked:
    """A desk in a child of this process."""

    def __init__(self, folder, port):
        self.port = port
        self.child = os.fork()
        if not self.child:
            with suppress(BaseException):
                self._serve(folder, port)
            os._exit(1)
        self.line = http.client.HTTPConnection("127.0.0.1", port, timeout=30)

    def _serve(self, folder, port):
        quiet = os.open(os.devnull, os.O_RDWR)
        for number in (0, 1, 2):
            os.dup2(quiet, number)
        desk = Desk(folder, "pass-a")
        make_server(desk, Place("127.0.0.1", port), opens_browser=False).start()

    def wait(self):
        """Until it answers."""
        for _ in range(2000):
            with suppress(KilledError):
                self.ask("GET", "articles")
                return
            time.sleep(0.01)
        raise RuntimeError("it does not answer")

    def ask(self, method, address, said=None):
        try:
            head = {"Authorization": f"token {TOKEN}"}
            body = json.dumps(said) if said else None
            self.line.request(method, f"/desk/api/{address}", body, head)
            answer = self.line.getresponse()
            content = answer.read()
        except (OSError, http.client.HTTPException):
            self.line.close()
            raise KilledError from None
        assert answer.status == 200, content
        return json.loads(content)

    def kill(self):
        with suppress(ProcessLookupError):
            os.kill(self.child, signal.SIGKILL)

    def end(self):
        os.waitpid(self.child, 0)


@pytest.mark.skipif(not hasattr(os, "fork"), reason="a system without fork")
def test_a_kill_at_any_moment_loses_nothing_that_was_shown_as_saved(tmp_path, monkeypatch):
    monkeypatch.setenv("JUPYTER_TOKEN", TOKEN)
    monkeypatch.setenv("JUPYTER_RUNTIME_DIR", str(tmp_path / "runtime"))
    folder = Path(shutil.copytree(LIGHTHOUSE, tmp_path / "case"))
    begun = {path.name: path.read_bytes() for path in (folder / "coding/pass-a").iterdir()}
    dice = random.Random(20)
    session = Session(dice)
    answered = 0
    for number in range(TIMES):
        desk = Forked(folder, free_port())
        if number % 5 == 4:
            # While it begins, with what the last kill left.
            time.sleep(dice.uniform(0, 0.6))
            desk.kill()
        else:
            desk.wait()
            session.begin(desk)
            # So many steps at least; then at some moment of the next, or of writing the tables.
            least = dice.randint(0, 5)
            with suppress(KilledError):
                for done in range(10_000):
                    if done == least:
                        threading.Timer(dice.uniform(0, 0.4), desk.kill).start()
                    session.go_on(desk)
                    answered += 1
        desk.end()
        for path in (folder / "coding/pass-a").glob("*.csv"):
            read = read_csv(
                path,
                path.name,
                file_columns(path.stem),
                ["rules", "proposed_by", "participants_all"],
            )
            assert read.problems == [] and path.read_bytes().endswith(b"\n"), path
    desk = Forked(folder, free_port())
    desk.wait()
    session.begin(desk)
    assert check_passes(folder) == []
    assert answered > TIMES
    while session.at:
        session.seen = desk.ask("POST", "undo", {"seen": session.seen})["version"]
        session.at -= 1
    os.kill(desk.child, signal.SIGTERM)
    desk.end()
    after = {path.name: path.read_bytes() for path in (folder / "coding/pass-a").iterdir()}
    assert after == begun
