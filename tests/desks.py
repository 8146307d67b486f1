"""A desk that runs: started as a person starts it, and asked over a socket as a page asks it.

And passes to settle, read once for many tests.
"""

import http.client
import json
import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from copy import copy
from dataclasses import replace
from pathlib import Path

CALL = "import sys; from dispute.cli import main; sys.exit(main(sys.argv[1:]))"


class Answer:
    """What a desk answers: status, headers, and the body as bytes."""

    def __init__(self, answer):
        self.status, self.headers, self.body = answer.status, answer.headers, answer.read()

    @property
    def said(self):
        return json.loads(self.body)


class Running:
    """A desk that was started; `token` and `port` are those of the address that it printed."""

    def __init__(self, folder, coder, *options):
        self.port = free_port()
        home = Path(folder).with_name(Path(folder).name + "-home")
        home.mkdir(exist_ok=True)
        own = {"JUPYTER_RUNTIME_DIR": str(home), "HOME": str(home), "JUPYTER_CONFIG_DIR": str(home)}
        words = ["desk", str(folder), "--coder", coder, "--no-browser", "--port", str(self.port)]
        self.log = home / "log.txt"
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                [sys.executable, "-c", CALL, *words, *options],
                stdout=subprocess.PIPE,
                stderr=log,
                text=True,
                env={**os.environ, **own, "PYTHONUNBUFFERED": "1"},
                cwd=home,
            )
        said = []
        for line in self.process.stdout:
            said.append(line)
            if found := re.search(r"(http://\S+/desk/)\?token=(\w*)", line):
                self.address, self.token = found.groups()
                break
        else:
            raise RuntimeError("".join(said) + self.log.read_text())
        self.base = "/" + self.address.split("/", 3)[3]
        self.cookies = {}
        self._wait()

    def _wait(self):
        for _ in range(600):
            with suppress(OSError), socket.create_connection(("127.0.0.1", self.port), 1):
                return
            time.sleep(0.05)
        raise RuntimeError("nobody listens")

    def ask(self, path="", method="GET", body=None, token=True, headers=(), base=None):
        """Ask for an address below `desk/`; with the token in a header unless said otherwise."""
        line = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        given = {"Authorization": f"token {self.token}"} if token else {}
        content = json.dumps(body) if isinstance(body, dict) else body
        with_base = (self.base if base is None else base) + path
        line.request(method, with_base, content, {**given, **dict(headers)})
        answer = Answer(line.getresponse())
        line.close()
        return answer

    def enter(self):
        """Open the printed address as a browser does; returns the cookies it got, as a header."""
        answer = self.ask(f"?token={self.token}", token=False)
        assert answer.status == 200, answer.body
        set_now = [cookie.partition(";")[0] for cookie in answer.headers.get_all("Set-Cookie")]
        self.cookies = dict(cookie.split("=", 1) for cookie in set_now)
        return {"Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items())}

    def kill(self):
        """End it at once, as a power cut would."""
        self.process.kill()
        self.process.wait()
        self.process.stdout.close()

    def stop(self):
        """Close it as Ctrl-C does; returns the exit status."""
        self.process.send_signal(signal.SIGINT)
        try:
            return self.process.wait(60)
        finally:
            self.kill()


def settling_in(folder, known):
    """Passes that are settled in a folder, as they are known from another with the same files."""
    own = copy(known)
    own.folder, own._done, own._undone = folder, [], []
    own.pairs, own._undecided = dict(known.pairs), dict(known._undecided)
    own.raw = replace(known.raw, tables=dict(known.raw.tables))
    own.wrote()
    return own


def free_port():
    """A port that nobody listens at."""
    with socket.socket() as tried:
        tried.bind(("127.0.0.1", 0))
        return tried.getsockname()[1]


@contextmanager
def running(folder, coder="pass-a", *options) -> Iterator[Running]:
    """A desk that is closed at the end."""
    desk = Running(folder, coder, *options)
    try:
        yield desk
    finally:
        if desk.process.poll() is None:
            desk.stop()
