"""JupyterLab as `dispute lab` starts it: the whole clone; a copy is changed, saved and run."""

import json
import os
import secrets
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request

import pytest

CALL = "import sys; from dispute.cli import main; sys.exit(main(sys.argv[1:]))"
BOOK = "4_stance_tables.ipynb"


def git(folder, *words):
    done = subprocess.run(["git", *words], cwd=folder, capture_output=True, text=True, check=True)
    return done.stdout


@pytest.fixture(scope="module")
def clone(root, tmp_path_factory):
    """A clone of what git would hold of the project now."""
    place = tmp_path_factory.mktemp("home") / "a clone"
    for name in git(root, "ls-files", "--cached", "--others", "--exclude-standard").splitlines():
        if (root / name).is_file():
            (place / name).parent.mkdir(parents=True, exist_ok=True)
            (place / name).write_bytes((root / name).read_bytes())
    git(place, "init", "-q")
    git(place, "add", ".")
    who = ["-c", "user.name=ada", "-c", "user.email=ada@example.org"]
    git(place, *who, "commit", "-qm", "all")
    return place


class Server:
    """A server at work: its address, and the way to ask its contents."""

    def __init__(self, port, token):
        self.address, self.token = f"http://127.0.0.1:{port}/api/contents/", token

    def ask(self, path, model=None):
        """What the server says of a path; with a model, it is saved there. Status and answer."""
        request = urllib.request.Request(
            self.address + path,
            json.dumps(model).encode() if model else None,
            {"Authorization": f"token {self.token}"},
            method="PUT" if model else "GET",
        )
        try:
            with urllib.request.urlopen(request, timeout=20) as answer:
                return answer.status, json.load(answer)
        except urllib.error.HTTPError as error:
            return error.code, json.load(error)


@pytest.fixture(scope="module")
def server(root, clone, tmp_path_factory):
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    token = secrets.token_hex(16)
    log = tmp_path_factory.mktemp("log") / "lab.txt"
    words = ["lab", "--no-browser", f"--port={port}", f"--IdentityProvider.token={token}"]
    home = str(tmp_path_factory.mktemp("user"))
    surroundings = {**os.environ, "PYTHONPATH": str(root / "src"), "HOME": home}
    with open(log, "wb") as said:
        started = subprocess.Popen(
            [sys.executable, "-c", CALL, *words],
            cwd=clone,
            env=surroundings,
            stdin=subprocess.DEVNULL,
            stdout=said,
            stderr=subprocess.STDOUT,
        )
    made = Server(port, token)
    for _ in range(200):
        try:
            made.ask("")
            break
        except urllib.error.URLError:
            assert started.poll() is None, log.read_text()
            time.sleep(0.2)
    yield made
    started.terminate()
    started.wait(20)


def test_a_reader_changes_a_copy_saves_it_and_runs_it_and_git_sees_nothing(root, clone, server):
    status, top = server.ask("")
    there = {entry["name"] for entry in top["content"]}
    assert status == 200 and {"data", "reports", "notebooks", "lab", "README.md"} <= there

    status, copy = server.ask(f"lab/{BOOK}")
    tagged = [one for one in copy["content"]["cells"] if "tags" in one["metadata"]]
    (cell,) = [one for one in tagged if "parameters" in one["metadata"]["tags"]]
    wrong = cell["source"].replace('"all"', '"1066"')
    assert status == 200 and wrong != cell["source"]
    cell["source"] = wrong
    model = {"type": "notebook", "content": copy["content"]}
    assert server.ask(f"lab/{BOOK}", model)[0] == 200
    assert "1066" in (clone / "lab" / BOOK).read_text(encoding="utf-8")

    status, answer = server.ask(f"notebooks/{BOOK}", model)
    assert status == 403 and "lab/" in answer["message"]
    assert server.ask(f"notebooks/{BOOK}")[0] == 200

    cell["source"] = wrong.replace('"1066"', '"all"')
    assert server.ask(f"lab/{BOOK}", model)[0] == 200
    run = [sys.executable, "-m", "papermill", BOOK, BOOK, "--no-progress-bar", "-p", "draws", "2"]
    surroundings = {**os.environ, "PYTHONPATH": str(root / "src")}
    done = subprocess.run(run, cwd=clone / "lab", env=surroundings, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    assert git(clone, "status", "--porcelain") == ""
