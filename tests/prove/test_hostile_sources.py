"""`dispute add` among strangers: hostile files, pages and servers; a line each, nothing written."""

import gzip
import io
import os
import random
import shutil
import socket
import ssl
import subprocess
import sys
import threading
import time
import zipfile
import zlib

import docx
import pytest
from made_sources import article, export, page, pdf, rich_text, word_file
from test_add import HTML, LAMP, PROOF, STORY, paper, put, state
from test_own_case import bare

from dispute.cli import main
from dispute.intake import client
from dispute.intake.client import Client
from dispute.intake.drafts import RefusedError
from dispute.intake.own_network import is_own
from helpers.case.load import check

__all__ = ["paper"]


def word(text=LAMP):
    document = docx.Document()
    for words in text.split("\n\n"):
        document.add_paragraph(words)
    return word_file(document)


def archive(**files):
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as made:
        for name, part in files.items():
            made.writestr(name, part)
    return content.getvalue()


def with_part(content, name, part):
    """A Word file with one part of it otherwise."""
    old = zipfile.ZipFile(io.BytesIO(content))
    parts = {one: old.read(one) for one in old.namelist()} | {name: part}
    return archive(**parts)


ENTITY = b'<?xml version="1.0"?><!DOCTYPE d [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><d>&b;</d>'
FILE = b'<?xml version="1.0"?><!DOCTYPE d [<!ENTITY a SYSTEM "file:///etc/passwd">]><d>&a;</d>'
BOMB = zlib.compress(b"0" * 200_000_000, 9)
CATALOG = b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Count 1"
END = b"endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"
STREAM = b"<</Filter/FlateDecode/Length %d>>stream\n%s\nendstream " % (len(BOMB), BOMB)
PDF_BOMB = (
    CATALOG
    + b"/Kids[3 0 R]>>endobj\n3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]/Contents 4 0 R>>"
    + b"endobj\n4 0 obj"
    + STREAM
    + END
)
LOOP = CATALOG + b"/Kids[2 0 R]>>" + END
HOSTILE = {
    "bomb.zip": (archive(**{"a.docx": b"0" * 60_000_000}), "unpacks to more than"),
    "many.zip": (archive(**{f"{n}.docx": b"" for n in range(5_001)}), "more than 5000 files"),
    "up.zip": (archive(**{"../../a.docx": word()}), "leads out of it"),
    "root.zip": (archive(**{"/etc/a.docx": word()}), "leads out of it"),
    "back.zip": (archive(**{"..\\a.docx": word()}), "leads out of it"),
    "text.zip": (archive(**{"a.txt": LAMP}), "expected Word files (DOCX) alone"),
    "nested.zip": (archive(**{"a.docx": archive(**{"b.docx": word()})}), "Word files (DOCX) alone"),
    "empty.zip": (archive(), "in a file that ends in .zip"),
    "cut.zip": (archive(**{"a.docx": word()})[:-40], "an archive that cannot be read"),
    "part.zip": (archive(**{"good.docx": word(), "evil.docx": b"PK\x03\x04"}), "archive"),
    "bomb.docx": (with_part(word(), "word/document.xml", b" " * 60_000_000), "unpacks to more"),
    "entity.docx": (with_part(word(), "word/document.xml", ENTITY), "a document type or an entity"),
    "file.docx": (with_part(word(), "word/styles.xml", FILE), "a document type or an entity"),
    "utf16.docx": (
        with_part(word(), "word/document.xml", ENTITY.decode().encode("utf-16")),
        "a document type or an entity",
    ),
    "cut.docx": (word()[:3_000], "an archive that cannot be read"),
    "noxml.docx": (with_part(word(), "word/document.xml", b"<w"), "a Word file that cannot be"),
    "page.docx": (page("A", STORY), "page of HTML in a file that ends in .docx"),
    "old.docx": (b"\xd0\xcf\x11\xe0" + b"\0" * 99, "a Word file of the older form"),
    "cut.pdf": (pdf([["a b c"]])[:300], "a PDF that cannot be read"),
    "bomb.pdf": (PDF_BOMB, "a PDF that cannot be read"),
    "loop.pdf": (LOOP, "PDF"),
    "blank.pdf": (pdf([[]]), "no text in it, perhaps pictures"),
    "image.pdf": (b"\x89PNG\r\n\x1a\n\0\0\0", "text in a file that ends in .pdf"),
    "deep.rtf": (b"{\\rtf1" + b"{" * 99_999 + b"}" * 100_000, "brackets without end"),
    "cut.rtf": (rich_text([LAMP])[:-2], "cut off"),
    "deep.html": (b"<html><body>" + b"<div>" * 99_999 + b"a", "more than 2000 deep"),
    "none.html": (b"<html><body><nav>Home</nav></body></html>", "no text of an article"),
    "zero.txt": (b"a\0b\0" * 99, "bytes that are no text"),
    "nothing.txt": (b"", "nothing; expected an article"),
    "blank.txt": (b" \n\n ", "no words"),
    "large.txt": (b"word " * 600_000, "more than 2 million characters"),
    "deep.json": (b"[" * 99_999, "no JSON"),
    "no.json": (b"[1, 2]", "no list of references"),
    "open.bib": (b"@article{a, title = {open", "a value without an end"),
    "surrogate.json": (b'[{"title": "\\ud800", "URL": "http://a/\\ud800"}]', "no address"),
    "quote.csv": (b'file\n"open', "no table in CSV"),
}


@pytest.fixture
def case(tmp_path):
    return bare(tmp_path / "case")


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_file_is_refused_in_a_line_and_a_good_one_beside_it_is_added(
    case, tmp_path, capsys, soon, name
):
    content, reason = HOSTILE[name]
    put(tmp_path, f"in/{name}", content)
    before, around = state(case), sorted(tmp_path.iterdir())
    assert main(["add", str(case), str(tmp_path / "in")]) == 1
    told = capsys.readouterr().err
    assert reason in told and "Traceback" not in told and told.count("\n") == 1, told
    assert state(case) == before and sorted(tmp_path.iterdir()) == around
    put(tmp_path, "in/good.txt", LAMP)
    assert main(["add", str(case), str(tmp_path / "in")]) == 1
    assert len(state(case)) == len(before) + 2 and check(case) == []


def test_links_and_what_is_no_file_are_left_alone(case, tmp_path, capsys, soon):
    secret = put(tmp_path, "secret.txt", LAMP)
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "link.txt").symlink_to(secret)
    (folder / "home").symlink_to(tmp_path)
    os.mkfifo(folder / "pipe.txt")
    before = state(case)
    assert main(["add", str(case), str(folder), "/dev/zero", str(folder / "pipe.txt")]) == 1
    told = capsys.readouterr().err
    assert "a link; expected a file" in told and state(case) == before
    put(tmp_path, "in/list.csv", "file\nlink.txt\n")
    assert main(["add", str(case), str(folder / "list.csv")]) == 1
    assert "which is not in the list's folder" in capsys.readouterr().err and state(case) == before


SEEDS = {
    "a.docx": export([article("Keepers stay", [LAMP])]),
    "b.docx": word(),
    "c.pdf": pdf([["The lamp must wait", "Havn, 9 March 2019 - The board waits."]]),
    "d.rtf": rich_text(["The lamp must wait", "Havn, 9 March 2019 - The board waits."]),
    "e.html": page("The lamp must wait", STORY, PROOF),
    "f.zip": archive(**{"a.docx": word()}),
    "g.ris": b"TY  - NEWS\nTI  - a\nUR  - http://\nL1  - x.txt\nER  - \n",
    "h.bib": b"@article{lamp, title = {a {b} c}, file = {Text:a.txt:text/plain}, year = 2019}",
    "i.json": b'[{"title": "a", "issued": {"date-parts": [[2019, 3]]}, "file": "a.txt"}]',
}


@pytest.mark.parametrize("name", SEEDS)
def test_a_damaged_file_is_added_or_refused_and_the_case_stays_sound(
    case, tmp_path, capsys, soon, name
):
    drawn = random.Random(name)
    for number in range(25):
        content = bytearray(SEEDS[name])
        for _ in range(drawn.randint(1, 12)):
            if len(content) < 50:
                break
            place = drawn.randrange(len(content))
            if drawn.random() < 0.5:
                content[place] = drawn.randrange(256)
            else:
                del content[place : place + drawn.randint(1, 40)]
        put(tmp_path, f"in/{number}-{name}", bytes(content))
    assert main(["add", str(case), str(tmp_path / "in")]) in (0, 1)
    assert "Traceback" not in capsys.readouterr().err
    assert check(case) == []


def test_two_at_once_overwrite_nothing(case, tmp_path, root):
    put(tmp_path, "a/lamp.txt", LAMP)
    put(
        tmp_path,
        "b/lamp.txt",
        LAMP.replace("lamp", "light") + "\nAnother text, and a longer one.\n",
    )
    code = "import sys; from dispute.cli import main; sys.exit(main(sys.argv[1:]))"
    calls = [
        subprocess.Popen([sys.executable, "-c", code, "add", str(case), str(tmp_path / one)])
        for one in "ab"
    ]
    statuses = [call.wait() for call in calls]
    texts = [path.read_text() for path in (case / "articles").glob("unidentified*.txt")]
    assert check(case) == [] and len(texts) == statuses.count(0) >= 1


# The network.

OWN = """
127.0.0.1 127.9.9.9 0.0.0.0 10.1.2.3 172.16.0.1 192.168.1.1 169.254.169.254 100.64.0.1 224.0.0.1
255.255.255.255 ::1 :: fe80::1 fc00::1 fd12::1 fec0::1 ff02::1 ::ffff:127.0.0.1 ::ffff:10.0.0.1
::127.0.0.1 64:ff9b::7f00:1 64:ff9b::a00:1 64:ff9b:1::1 2002:7f00:1:: 2002:c0a8:101::
2001:0:4136:e378:8000:63bf:3fff:fdd2 2606:4700::5efe:10.0.0.1 fe80::1%eth0 nonsense
"""


def test_every_kind_of_address_of_ones_own_network_is_known():
    assert [address for address in OWN.split() if not is_own(address)] == []
    public = ["93.184.216.34", "2606:4700:4700::1111", "64:ff9b::808:808"]
    assert [address for address in public if is_own(address)] == []


@pytest.mark.parametrize(
    "address, reason",
    [
        ("file:///etc/passwd", "no address of a page"),
        ("ftp://paper.example/a", "no address of a page"),
        ("http://", "no address"),
        ("http://me:word@paper.example/", "a name or password"),
        ("http://[::1/", "no address"),
        ("http://paper.example:99999/", "no address"),
        ("http://paper_.exa mple/", "no name of a host"),
        (f"http://paper.example/{'a' * 2_000}", "no address"),
        ("http://2130706433/", "one's own network (127.0.0.1)"),
        ("http://0x7f.1/", "one's own network (127.0.0.1)"),
        ("http://[::ffff:127.0.0.1]/", "one's own network"),
        ("http://localhost/", "one's own network"),
    ],
)
def test_an_address_that_leads_to_no_public_page_is_refused(address, reason):
    with pytest.raises(RefusedError) as told:
        Client().fetch(address)
    assert reason in str(told.value)


def resolves(monkeypatch, *answers):
    """Let names lead to addresses, another list at each look-up; the names that were looked up."""
    asked, waiting = [], list(answers)

    def look_up(host, port, *words, **more):
        asked.append(host)
        addresses = waiting.pop(0) if len(waiting) > 1 else waiting[0]
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (one, port)) for one in addresses]

    monkeypatch.setattr(socket, "getaddrinfo", look_up)
    return asked


def test_a_name_is_resolved_once_and_that_address_is_connected_to(monkeypatch):
    asked = resolves(monkeypatch, ["93.184.216.34"], ["127.0.0.1"])
    connected = []

    def connect(address, timeout):
        connected.append(address)
        raise OSError("not reached")

    monkeypatch.setattr(socket, "create_connection", connect)
    with pytest.raises(RefusedError, match="not reached"):
        Client().fetch("http://paper.example/a")
    assert asked == ["paper.example"] and connected == [("93.184.216.34", 80)]


def test_one_own_address_among_public_ones_is_enough_to_refuse(monkeypatch):
    resolves(monkeypatch, ["93.184.216.34", "10.0.0.1"])
    with pytest.raises(RefusedError, match=r"own network \(10.0.0.1\)"):
        Client().fetch("https://paper.example/a")


def test_a_redirect_into_ones_own_network_is_refused(monkeypatch, paper):
    monkeypatch.setattr(client, "is_own", lambda address: address == "127.0.0.2")
    paper.pages["/a"] = (301, {"Location": f"http://127.0.0.2:{paper.server_port}/b"}, b"")
    with pytest.raises(RefusedError, match=r"own network \(127.0.0.2\)"):
        Client().fetch(f"{paper.home}/a")
    paper.pages["/robots.txt"] = (301, {"Location": "http://127.0.0.2/robots.txt"}, b"")
    with pytest.raises(RefusedError, match=r"own network \(127.0.0.2\)"):
        Client().fetch(f"{paper.home}/b")


@pytest.mark.parametrize(
    "status, body, reason",
    [
        (404, b"", ""),
        (403, b"", ""),
        (503, b"", "its robots.txt is not to be had (status 503)"),
        (200, b"User-agent: dispute\nDisallow: /\n", "its robots.txt asks"),
        (200, b"User-agent: *\nDisallow: /\nUser-agent: dispute\nAllow: /\n", ""),
        (200, b"User-agent: *\nDisallow: /*/print$\n", ""),
        (200, b"User-agent: *\nCrawl-delay: 3600\n", "asks for 3600 seconds"),
    ],
)
def test_robots_are_read_as_their_standard_says(paper, status, body, reason):
    paper.pages["/robots.txt"] = (status, {}, body)
    paper.pages["/a"] = (200, HTML, b"<html>")
    try:
        assert Client(own_network=True).fetch(f"{paper.home}/a").body == b"<html>" and not reason
    except RefusedError as error:
        assert reason and reason in str(error)


def test_a_second_lies_between_requests(paper, monkeypatch):
    monkeypatch.setattr(client, "PAUSE", 0.2)
    paper.pages["/a"] = (200, HTML, b"<html>")
    begun = time.monotonic()
    asking = Client(own_network=True)
    for _ in range(3):
        asking.fetch(f"{paper.home}/a")
    assert time.monotonic() - begun >= 0.6 and paper.asked.count("/robots.txt") == 1
    assert client.AGENT.startswith(client.PRODUCT)


def served(answer, wait=0.0):
    """The port of a server that sends some bytes, one by one where it waits, and then no more."""
    listening = socket.create_server(("127.0.0.1", 0))

    def serve():
        while True:
            try:
                connection, _ = listening.accept()
            except OSError:
                return
            with connection:
                connection.recv(65_536)
                try:
                    for byte in answer if wait else [0]:
                        connection.sendall(bytes([byte]) if wait else answer)
                        time.sleep(wait)
                except OSError:
                    pass

    threading.Thread(target=serve, daemon=True).start()
    return listening


RAW = {
    "slow": (b"HTTP/1.1 200 OK\r\n" + b"x-a: b\r\n" * 99, 0.05, "no whole answer within"),
    "slow body": (b"HTTP/1.1 200 OK\r\n\r\n" + b"a" * 99, 0.05, "no whole answer within"),
    "short": (b"HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\nabc", 0, "too early"),
    "cut": (
        b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n\r\n" + gzip.compress(b"abc" * 99)[:20],
        0,
        "ends too early",
    ),
    "chunks": (b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nab", 0, "gave no page"),
    "large": (b"HTTP/1.1 200 OK\r\n\r\n" + b"a" * 10_000_001, 0, "more than 10 MB"),
    "brotli": (b"HTTP/1.1 200 OK\r\nContent-Encoding: br\r\n\r\nabc", 0, "packed as 'br'"),
    "no gzip": (b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n\r\nabc", 0, "gave no page"),
    "headers": (b"HTTP/1.1 200 OK\r\n" + b"a: b\r\n" * 999 + b"\r\n", 0, "gave no page"),
    "no http": (b"hello\r\n\r\n", 0, "gave no page"),
    "silence": (b"", 0, "gave no page"),
}


@pytest.mark.parametrize("name", RAW)
def test_a_server_that_misbehaves_is_told_in_a_line(monkeypatch, soon, name):
    answer, wait, reason = RAW[name]
    monkeypatch.setattr(client, "PAUSE", 0.0)
    monkeypatch.setattr(client, "WHOLE", 1.0 if wait else 30.0)
    monkeypatch.setattr(Client, "_robots", lambda self, parts: "")
    with served(answer, wait) as listening, pytest.raises(RefusedError) as told:
        Client(own_network=True).fetch(f"http://127.0.0.1:{listening.getsockname()[1]}/")
    assert reason in str(told.value)


@pytest.mark.skipif(not shutil.which("openssl"), reason="no openssl to make a certificate")
def test_tls_is_checked_by_the_name_and_not_by_the_address(tmp_path, monkeypatch, paper):
    make = "openssl req -x509 -newkey rsa:2048 -nodes -days 2 -keyout key.pem -out cert.pem"
    words = [
        *make.split(),
        "-subj",
        "/CN=paper.example",
        "-addext",
        "subjectAltName=DNS:paper.example",
    ]
    subprocess.run(words, cwd=tmp_path, check=True, capture_output=True)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(tmp_path / "cert.pem", tmp_path / "key.pem")
    paper.socket = context.wrap_socket(paper.socket, server_side=True)
    paper.pages["/a"] = (200, HTML, b"<html>")
    resolves(monkeypatch, ["127.0.0.1"])
    trusting = ssl.create_default_context(cafile=tmp_path / "cert.pem")

    def asked(host, asking):
        return asking.fetch(f"https://{host}:{paper.server_port}/a").body

    assert asked("paper.example", Client(True, context=trusting)) == b"<html>"
    with pytest.raises(RefusedError, match="CERTIFICATE_VERIFY_FAILED"):
        asked("other.example", Client(True, context=trusting))
    with pytest.raises(RefusedError, match="CERTIFICATE_VERIFY_FAILED"):
        asked("paper.example", Client(True))
