"""An edit of the codebook is several files: all of them, or none, whatever comes between."""

import os

import pytest

from dispute.desk.codebook import Codebook
from dispute.desk.settling import Settling
from helpers.case.load import CaseError, check

LABEL = {"label": "A safe lamp"}
OPERATIONS = ("replace", "unlink")


def edit(folder):
    codebook = Codebook(Settling(folder), lambda: "2019-07-01")
    lamp = codebook.rows("issues")[1]
    codebook.change("issues", lamp, lamp | LABEL, "clearer")


def failing(monkeypatch, number, fail):
    """The files of the system are moved and removed; before one of these, something happens."""
    left = [number]

    def before(operation):
        def operate(*given, **named):
            left[0] -= 1
            if left[0] == -1:
                fail()
            return operation(*given, **named)

        return operate

    for name in OPERATIONS:
        monkeypatch.setattr(os, name, before(getattr(os, name)))


def edit_and_die(folder, number, monkeypatch):
    """Edit in a child that is killed at an operation; whether it came to its end."""
    child = os.fork()
    if not child:
        failing(monkeypatch, number, lambda: os._exit(9))
        edit(folder)
        os._exit(0)
    return os.waitpid(child, 0)[1] == 0


def is_edited(folder):
    """Whether the edit is there as it is read again: its three files say the same."""
    told = Codebook(Settling(folder)).told()
    labels = [row["label"] for row in told["tables"][0]["rows"]]
    found = {LABEL["label"] in labels, bool(told["changes"]), bool(told["looks"])}
    assert len(found) == 1, told
    assert list(folder.glob("codebook/.*")) == []
    assert check(folder) == []
    return found.pop()


@pytest.mark.skipif(not hasattr(os, "fork"), reason="a system without fork")
def test_an_edit_that_a_kill_cuts_short_is_ended_or_forgotten(broken, monkeypatch):
    files = {path: path.read_bytes() for path in broken.glob("codebook/*.csv")}
    states, number, is_done = [], 0, False
    while not is_done:
        is_done = edit_and_die(broken, number, monkeypatch)
        number += 1
        states.append(is_edited(broken))
        for path in broken.glob("codebook/*.csv"):
            path.unlink()
        for path, content in files.items():
            path.write_bytes(content)
    assert states == sorted(states) and len(states) > 4 and set(states) == {False, True}


def test_an_edit_that_the_disk_refuses_is_ended_or_forgotten(broken, monkeypatch):
    def refuse():
        raise OSError(28, "No space left on device")

    number, states = 0, []
    while not states or not states[-1]:
        with monkeypatch.context() as patched, pytest.raises(OSError, match="No space"):
            failing(patched, number, refuse)
            edit(broken)
        number += 1
        states.append(is_edited(broken))
    assert number > 4


def test_an_edit_cut_short_is_not_put_over_what_somebody_wrote_since(broken, monkeypatch):
    assert not edit_and_die(broken, 2, monkeypatch)
    path = broken / "codebook/issues.csv"
    path.write_text(path.read_text().replace("Lamp is safe", "Lamp by hand"))
    with pytest.raises(CaseError, match=r"codebook/issues.csv: found .* since .*remove codebook/"):
        Settling(broken)
    assert "Lamp by hand" in path.read_text()
