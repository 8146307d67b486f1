"""A small server that speaks the chat API of OpenAI, for tests: no model is behind it.

It answers as a test says, and counts what it was asked. Nothing that it says is a model's.
"""

import json
import re
import socket
import threading
import time
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


def statement(quote, **said):
    """A statement as a model would say it."""
    row = {
        "quote": quote,
        "speaker": "mira-solvik",
        "printed": "",
        "on_behalf_of": "",
        "quoted_by": "",
        "issues": ["automate"],
        "stance": 3,
        "date": "",
        "date_basis": "undated",
        "date_words": "",
        "date_note": "",
        "speech": "direct",
        "lang": "en",
        "why": "The words say so.",
    }
    return row | said


def mention(quote, **said):
    """An event mention as a model would say it."""
    row = {
        "quote": quote,
        "date": "",
        "date_basis": "undated",
        "date_words": "",
        "date_note": "",
        "place": "",
        "participants": [],
        "according_to": "",
        "description": "Something happens.",
        "lang": "en",
        "why": "The words say so.",
    }
    return row | said


def said(statements=(), event_mentions=()):
    """The words of an answer."""
    rows = {"statements": list(statements), "event_mentions": list(event_mentions)}
    return json.dumps(rows, ensure_ascii=False)


def text_of(asked):
    """The article, or part of one, that a request hands over."""
    content = asked["messages"][-1]["content"]
    return re.search(r"begins>>\n(.*)\n<<article-\w+: the article ends", content, re.DOTALL)[1]


def good(asked):
    """A good answer: the first words of the last paragraph, whatever they say."""
    paragraph = text_of(asked).strip().split("\n\n")[-1]
    return said([statement(" ".join(paragraph.split()[:5]))])


class Fake:
    """What the server was asked, and how it answers.

    `answer` takes a request and gives words, or a `Reply`; `requests` are all that came, each with
    its headers and its body.
    """

    def __init__(self, answer=good):
        self.answer = answer
        self.requests = []
        self.at_once = self.most_at_once = 0
        self.lock = threading.Lock()

    @property
    def n_requests(self):
        """How often it was asked."""
        return len(self.requests)


class Reply:
    """An answer that is none of words alone: a status, headers, a body as it is, or what breaks.

    `after` seconds pass first; `broken` closes the line in the middle of the body; `slowly` sends a
    byte at a time.
    """

    def __init__(self, status=200, headers=(), body=b"", after=0, broken=False, slowly=False):
        self.status, self.headers, self.body = status, dict(headers), body
        self.after, self.broken, self.slowly = after, broken, slowly


def envelope(words, ended="stop", tokens=None):
    """The body around the words of an answer."""
    choice = {"index": 0, "finish_reason": ended, "message": {"role": "assistant"}}
    choice["message"]["content"] = words
    body = {"id": "x", "object": "chat.completion", "created": 1, "model": "fake"}
    body["choices"] = [choice]
    if tokens is not None:
        body["usage"] = {"prompt_tokens": 0, "completion_tokens": tokens, "total_tokens": tokens}
    return json.dumps(body).encode()


class Handler(BaseHTTPRequestHandler):
    """One request to the server."""

    protocol_version = "HTTP/1.1"

    def do_POST(self):
        """Take a request in and answer it."""
        fake = self.server.fake
        body = self.rfile.read(int(self.headers["Content-Length"]))
        asked = json.loads(body)
        with fake.lock:
            fake.requests.append((self.path, dict(self.headers.items()), asked))
            fake.at_once += 1
            fake.most_at_once = max(fake.most_at_once, fake.at_once)
        try:
            reply = fake.answer(asked)
            self.reply(reply if isinstance(reply, Reply) else Reply(body=envelope(reply)))
        except OSError:
            self.close_connection = True
        finally:
            with fake.lock:
                fake.at_once -= 1

    def reply(self, reply):
        """Send an answer, or break off."""
        time.sleep(reply.after)
        self.send_response(reply.status)
        headers = {"Content-Type": "application/json", "Content-Length": str(len(reply.body))}
        for name, value in (headers | reply.headers).items():
            self.send_header(name, value)
        self.end_headers()
        if reply.broken:
            self.wfile.write(reply.body[: len(reply.body) // 2])
            self.close_connection = True
        elif reply.slowly:
            for number in range(len(reply.body)):
                self.wfile.write(reply.body[number : number + 1])
                self.wfile.flush()
                time.sleep(0.05)
        else:
            self.wfile.write(reply.body)

    def log_message(self, *words):
        """Nothing is written anywhere."""


class Server(ThreadingHTTPServer):
    """The server; a client that goes away is none of its business."""

    daemon_threads = True

    def handle_error(self, request, client_address):
        """A line that breaks is part of a test."""


@contextmanager
def served(answer=good):
    """A server while a test runs: what it was asked, and its address."""
    fake = Fake(answer)
    server = Server(("127.0.0.1", 0), Handler)
    server.fake = fake
    threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
    fake.address = f"http://127.0.0.1:{server.server_port}/v1"
    fake.port = server.server_port
    try:
        yield fake
    finally:
        server.shutdown()
        server.server_close()


@contextmanager
def listening():
    """A socket that listens, and what reached it: for what should never be sent."""
    with socket.create_server(("127.0.0.1", 0)) as ear:
        ear.settimeout(0.05)
        reached, over = [], threading.Event()

        def listen():
            while not over.is_set():
                try:
                    line, _ = ear.accept()
                except OSError:
                    continue
                with line:
                    line.settimeout(0.5)
                    try:
                        reached.append(line.recv(65_536))
                    except OSError:
                        reached.append(b"")

        thread = threading.Thread(target=listen, daemon=True)
        thread.start()
        try:
            yield ear.getsockname()[1], reached
        finally:
            over.set()
            thread.join()
