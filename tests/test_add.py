"""`dispute add`: articles from files, lists, exports and addresses, with their sidecars."""

import gzip
import hashlib
import json
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
import yaml
from made_sources import article, export, page
from test_own_case import bare

from dispute.cli import main
from dispute.intake import client
from helpers.case.load import check, load

LAMP = (
    "Havn, 9 March 2019 – The harbour board of Norvale has put off its vote on the lamp of Cape "
    "Skerry. Its chair said that the keepers would be heard first, and that no tower would be shut "
    "before the summer.\n\nThe league of keepers called this a small victory for the sea.\n"
)
SEA = (
    "Mwenyekiti wa bodi ya bandari alisema kwamba walinzi wa mnara watasikilizwa kwanza kabla ya "
    "kura yoyote kupigwa, na kwamba mnara hautafungwa kabla ya mwisho wa mwaka huu."
)


@pytest.fixture
def case(tmp_path):
    """A case of one article, to add more to."""
    return bare(tmp_path / "case")


def added(capsys, case, *sources, status=0):
    """Add sources to a case, which stays sound; what was told."""
    assert main(["add", str(case), *map(str, sources)]) == status
    seen = capsys.readouterr()
    assert check(case) == []
    return seen.out + seen.err


def sidecar(case, article_id):
    return yaml.safe_load((case / f"articles/{article_id}.yaml").read_text(encoding="utf-8"))


def put(folder, name, content):
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def state(folder):
    return {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}


# Files.


def test_a_text_becomes_an_article_with_all_that_can_be_known_of_it(case, tmp_path, capsys):
    text = f"The lamp must wait\n\n{LAMP}\n“{SEA}”\n\nRead also: The sea this week\n"
    told = added(capsys, case, put(tmp_path, "lamp.txt", text))
    said = sidecar(case, "unidentified-2019-03-09")
    assert (case / "articles/unidentified-2019-03-09.txt").read_bytes() == text.encode()
    assert said["title"] == "The lamp must wait" and said["language"] == ["en", "sw"]
    assert said["published"] == "2019-03-09"
    assert said["published_basis"] == "printed in the dateline: Havn, 9 March 2019"
    assert said["sha256"] == hashlib.sha256(text.encode()).hexdigest()
    words = {span["words"]: span["what"] for span in said["furniture"]}
    assert words == {"The lamp must wait": "headline", "Read also: The sea this week": "menu"}
    assert "is to be filled in" in said["rights"] and "to fill in: `rights`" in told
    assert "its publisher is not known" in told and "1 article added" in told
    assert load(case).articles.article_id.tolist()[-1] == "unidentified-2019-03-09"


def test_a_day_above_a_text_proves_nothing(case, tmp_path, capsys):
    text = f"March 31, 2025\n\nThe lamp must wait\n\n{LAMP.replace('9 March 2019', 'Norvale')}"
    told = added(capsys, case, put(tmp_path, "lamp.txt", text))
    said = sidecar(case, "unidentified-undated")
    assert said["published"] == "" and said["published_basis"].startswith("not known")
    assert said["title"] == "The lamp must wait"
    assert "“March 31, 2025” above the text may be the day of a capture" in told
    assert "it is undated" in told


# What an article shares with others.


def test_the_same_words_are_not_added_twice_and_a_reprint_is_told(case, tmp_path, capsys):
    rows = "file,title,publisher,date\na.txt,The lamp must wait,Norvale Times,2019-03-09\n"
    rows += "b.txt,Lamp waits,Echo,2019-03-10\nc.txt,The lamp must wait,Norvale Times,2019-03-09\n"
    for name, more in (("a", ""), ("b", "\nThe Echo adds a line of its own.\n"), ("c", "")):
        put(tmp_path, f"{name}.txt", LAMP + more)
    told = added(capsys, case, put(tmp_path, "list.csv", rows))
    assert "c.txt: its words are there already, as norvale-times-2019-03-09" in told
    assert "It shares 100% of the shorter one's words with norvale-times-2019-03-09" in told
    assert "its `origin` may be Norvale Times" in told
    echo = (case / "articles/echo-2019-03-10.yaml").read_text(encoding="utf-8")
    assert '# origin: "Norvale Times"' in echo and "origin" not in yaml.safe_load(echo)
    again = added(capsys, case, tmp_path / "list.csv")
    assert "0 articles added, 3 left out" in again


# Lists and references.


def test_a_list_says_what_its_files_do_not(case, tmp_path, capsys):
    put(tmp_path, "in/texts/a.txt", LAMP)
    rows = "file,title,publisher,date\ntexts/a.txt,A lamp waits,Norvale Times (Havn),8 March 2019\n"
    put(tmp_path, "in/list.csv", rows)
    told = added(capsys, case, tmp_path / "in")
    said = sidecar(case, "norvale-times-2019-03-08")
    assert said["title"] == "A lamp waits" and said["publisher"] == "Norvale Times (Havn)"
    assert said["published_basis"].startswith("given by the list (") and said["furniture"] == []
    assert "the list dates it 2019-03-08; itself it says 2019-03-09" in told
    assert "1 article added" in told


# Exports of a library.

BODY = [
    "The keepers of Cape Skerry will not leave their tower, their league said on Monday.",
    "Section: so begins a sentence of the text, and it stays where it is.",
    "Language: is no label here either.\nA line is broken softly\u00a0here.",
]
LABELS = [("Section:", " NEWS; Pg. 12"), ("Length:", " 42 words"), ("Byline:", " Ada Obi")]
BELOW = [("Graphic", ""), ("Load-Date:", " July 2, 2019"), ("Language:", " ENGLISH")]


def test_an_export_is_split_into_articles_with_what_the_archive_prints(case, tmp_path, capsys):
    right = "Copyright 2019 Skerry Press  All Rights Reserved"
    articles = [
        article("Keepers stay", BODY, labels=LABELS, below=BELOW, copyright=right),
        article("Board waits", [LAMP], paper="Sea Monthly", day="July 2019"),
        article("No day", ["The tower stood as it had always stood, in the wind."], day=""),
    ]
    told = added(capsys, case, put(tmp_path, "search.docx", export(articles)))
    texts = load(case).texts
    assert texts["skerry-post-2019-07-01"].startswith("Keepers stay\n\nThe Skerry Post(Havn)\n")
    said = sidecar(case, "skerry-post-2019-07-01")
    assert (
        said["publisher"] == "The Skerry Post (Havn)" and right.replace("  ", " ") in said["rights"]
    )
    assert "“July 1, 2019 Monday" in said["published_basis"]
    text = texts["skerry-post-2019-07-01"]
    own, place = "", 0
    for span in said["furniture"]:
        own, place = own + text[place : span["start"]], span["end"]
    assert own.split() == " ".join(BODY).split()
    assert sidecar(case, "sea-monthly-2019-07")["published"] == "2019-07"
    assert sidecar(case, "skerry-post-undated")["published"] == ""
    assert "the archive prints no date that can be read" in told
    row = (case / "search.csv").read_text(encoding="utf-8").splitlines()[-1]
    assert row.startswith("LexisNexis (Nexis Uni or Lexis+),") and '""Cape Skerry"" AND lamp' in row
    assert ",2019-07-05," in row and "search.csv: a row for the search" in told


# Addresses.


class Paper(BaseHTTPRequestHandler):
    """A paper on the loopback; its pages are the server's own, by their paths."""

    def do_GET(self):
        self.server.asked.append(self.path)
        status, headers, body = self.server.pages.get(self.path, (404, {}, b"none"))
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *words):
        pass


@pytest.fixture
def paper(monkeypatch):
    """A server with pages to fill in, and a client that does not wait."""
    monkeypatch.setattr(client, "PAUSE", 0.0)
    server = ThreadingHTTPServer(("127.0.0.1", 0), Paper)
    server.pages, server.asked = {}, []
    server.home = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield server
    server.shutdown()
    thread.join()
    server.server_close()


HTML = {"Content-Type": "text/html; charset=utf-8", "Set-Cookie": "session=1"}
PROOF = '<meta property="article:published_time" content="2019-03-08T23:10:00+01:00">'
STORY = LAMP.replace("Havn, 9 March 2019 – ", "").split("\n\n")


def test_a_page_is_kept_as_it_was_fetched_beside_its_text(case, paper, capsys):
    body = page("The lamp must wait", STORY, PROOF)
    paper.pages["/lamp"] = (200, HTML | {"Content-Encoding": "gzip"}, gzip.compress(body))
    paper.pages["/old"] = (302, {"Location": "/lamp"}, b"")
    added(capsys, case, "--own-network", f"{paper.home}/old")
    assert paper.asked == ["/robots.txt", "/old", "/lamp"]
    said = sidecar(case, "norvale-times-2019-03-08")
    assert said["title"] == "The lamp must wait" and said["publisher"] == "Norvale Times"
    assert "metadata (article:published_time: 2019-03-08T" in said["published_basis"]
    text = (case / "articles/norvale-times-2019-03-08.txt").read_text(encoding="utf-8")
    assert text.startswith("The lamp must wait\n\nThe harbour board") and "About us" not in text
    kept = (case / "articles/norvale-times-2019-03-08.html.gz").read_bytes()
    assert gzip.decompress(kept) == body and kept == gzip.compress(body, mtime=0)
    record = json.loads((case / "articles/norvale-times-2019-03-08.fetched.json").read_bytes())
    assert record["addresses"] == [f"{paper.home}/old", f"{paper.home}/lamp"]
    assert record["sha256"] == hashlib.sha256(body).hexdigest() and record["status"] == 200
    names = [name.lower() for name, _ in record["headers"]]
    assert "content-type" in names and "set-cookie" not in names
    assert record["fetched"][:10] == said["captured"]
    told = added(capsys, case, "--own-network", f"{paper.home}/old")
    assert "its page is there already, as norvale-times-2019-03-08" in told
    assert len(paper.asked) == 3


def test_no_page_leads_into_ones_own_network(case, paper, capsys):
    before = state(case)
    told = added(capsys, case, f"{paper.home}/lamp", status=1)
    assert "leads into one's own network (127.0.0.1)" in told and paper.asked == []
    assert state(case) == before
