"""`dispute add`: articles from files, lists, exports and addresses, with their sidecars."""

import gzip
import hashlib
import json
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import docx
import pytest
import yaml
from made_sources import article, export, page, pdf, rich_text, word_file
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


@pytest.mark.parametrize(
    "name, content",
    [
        ("lamp.pdf", pdf([["The lamp must wait", *LAMP.replace("–", "-").splitlines()]])),
        ("lamp.rtf", rich_text(["The lamp must wait", *LAMP.replace("–", "-").splitlines()])),
        ("lamp.html", page("The lamp must wait", LAMP.split("\n\n"))),
    ],
)
def test_each_format_gives_the_same_article(case, tmp_path, capsys, name, content):
    added(capsys, case, put(tmp_path, name, content))
    (file,) = [path for path in (case / "articles").glob("*2019-03-09.txt")]
    said = sidecar(case, file.stem)
    assert said["title"] == "The lamp must wait" and said["language"] == ["en"]
    assert said["published_basis"].startswith("printed in the dateline: Havn")
    assert "The league of keepers called this" in " ".join(file.read_text().split())


def test_a_word_file_has_its_headings_and_captions_as_furniture(case, tmp_path, capsys):
    document = docx.Document()
    document.add_paragraph("The lamp must wait", style="Title")
    document.add_paragraph("The tower in winter", style="Caption")
    for words in LAMP.strip().split("\n\n"):
        document.add_paragraph(words)
    added(capsys, case, put(tmp_path, "lamp.docx", word_file(document)))
    kinds = {
        one["words"]: one["what"] for one in sidecar(case, "unidentified-2019-03-09")["furniture"]
    }
    assert kinds == {"The lamp must wait": "headline", "The tower in winter": "caption"}


def test_running_lines_of_a_pdf_are_furniture(case, tmp_path, capsys):
    pages = [
        [f"Norvale Times, page {n}", f"On day {n} the lamp of the tower burnt."] for n in (1, 2, 3)
    ]
    added(capsys, case, put(tmp_path, "lamp.pdf", pdf(pages)))
    spans = sidecar(case, "unidentified-undated")["furniture"]
    assert "Norvale Times, page 3" in [span["words"] for span in spans]


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


def test_lines_that_others_have_too_are_furniture_but_not_those_of_a_reprint(
    case, tmp_path, capsys
):
    about = "Norvale Times prints what the sea brings, six days a week."
    days = [
        "On Monday the tower was painted white, from its foot up to the gallery, by six men, "
        "who came from Havn in the morning and went back when the tide was at its lowest.",
        "A ship from Havn brought oil, bread and letters to the keepers, who had waited "
        "long, for no boat could land at the cape in the storms of the weeks before Easter.",
    ]
    for number, words in enumerate([*days, LAMP, LAMP + "\nOnce more.\n", LAMP + "\nAnd again.\n"]):
        put(tmp_path, f"in/{number}.txt", f"Story {number}\n\n{words}\n\n{about}\n")
    added(capsys, case, tmp_path / "in")
    for path in (case / "articles").glob("unidentified-*.yaml"):
        spans = yaml.safe_load(path.read_text(encoding="utf-8"))["furniture"]
        assert [one["words"] for one in spans if one["what"] == "boilerplate"] == [about]


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


REFERENCES = {
    "list.ris": "TY  - NEWS\nTI  - The lamp must wait\nT2  - Norvale Times\nDA  - 2019/03/09/\n"
    "L1  - files/a.txt\nER  - \n",
    "list.bib": "@comment{x}\n@article{lamp,\n  title = {The {Lamp} must wait},\n"
    '  journaltitle = "Norvale Times",\n  date = {2019-03-09},\n'
    "  file = {Text:files/a.txt:text/plain},\n}\n",
    "list.json": json.dumps(
        [
            {
                "title": "The lamp must wait",
                "container-title": "Norvale Times",
                "issued": {"date-parts": [["2019", 3, 9]]},
                "file": "files/a.txt",
            }
        ]
    ),
}


@pytest.mark.parametrize("name", REFERENCES)
def test_references_of_three_kinds_give_the_same_metadata(case, tmp_path, capsys, name):
    put(tmp_path, "files/a.txt", LAMP)
    added(capsys, case, put(tmp_path, name, REFERENCES[name]))
    said = sidecar(case, "norvale-times-2019-03-09")
    assert said["title"].lower() == "the lamp must wait" and said["publisher"] == "Norvale Times"
    assert said["published"] == "2019-03-09" and name in said["published_basis"]


def test_a_date_that_can_be_read_in_two_ways_is_left_empty(case, tmp_path, capsys):
    put(tmp_path, "a.txt", LAMP.replace("9 March 2019", "here"))
    told = added(capsys, case, put(tmp_path, "list.csv", "file,date\na.txt,04/05/2019\n"))
    assert "“04/05/2019” is no date that can be read in one way" in told
    assert sidecar(case, "unidentified-undated")["published"] == ""


@pytest.mark.parametrize(
    "rows, reason",
    [
        ("file,titel\na.txt,x\n", "an unknown column 'titel'; expected address, file, title"),
        ("file,title\na.txt\n", "row 2: found 1 cells; expected 2"),
        ("file\n/etc/hostname\n", "which is not in the list's folder"),
        ("file\n../../a.txt\n", "which is not in the list's folder"),
        ("file\nnowhere.txt\n", "no file 'nowhere.txt' beside the list"),
        ("title,date\nx,2019\n", "no list or reference of the kind that .csv says"),
    ],
)
def test_a_wrong_list_is_told_and_adds_nothing(case, tmp_path, capsys, rows, reason):
    before = state(case)
    told = added(capsys, case, put(tmp_path, "in/list.csv", rows), status=1)
    assert reason in told and "1 source not added" in told and state(case) == before


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


def test_the_traps_of_an_export_are_told(case, tmp_path, capsys):
    day = "1. Juli 2019 Dienstag"
    articles = [
        article("Keepers stay", BODY, labels=[("Section:", " NEWS; Version:1")]),
        article("Keepers stay", [*BODY, "More."], labels=[("Section:", " NEWS; Version:28")]),
        article("Only a picture", [], labels=[("Length:", " 5 words")]),
        article(
            "Der Turm",
            ["Der Turm bleibt, sagte der Bund der Wärter am Montag in Havn."],
            paper="Blatt",
            day=day,
            end="Ende des Dokuments",
            labels=[("Länge:", " 90 Wörter")],
        ),
    ]
    told = added(capsys, case, put(tmp_path, "search.docx", export(articles, n_documents=5)))
    assert "version 28 is taken, version 1 left out" in told
    assert "(“Only a picture”) has no text" in told
    assert "its cover says 5 documents, and 4 were found" in told
    assert "the archive says it has 90 words, and 12 were found" in told
    assert "names another day of the week" in told and "this form is untested" in told
    assert "2 articles added" in told
    assert load(case).texts["skerry-post-2019-07-01"].count("More.") == 1


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
    assert "metadata (article:published_time)" in said["published_basis"]
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


def test_a_page_without_a_proof_of_its_day_is_undated(case, paper, capsys):
    above = '<span class="post-date">March 31, 2025</span>'
    paper.pages["/lamp"] = (200, HTML, page("The lamp must wait", STORY, "", above))
    two = PROOF + '<meta itemprop="datePublished" content="2019-03-09">'
    paper.pages["/two"] = (200, HTML, page("Another lamp", [SEA, *STORY[:1]], two))
    paper.pages["/2019/03/x/"] = (200, HTML, page("Third lamp", [LAMP[30:], SEA]))
    told = added(capsys, case, "--own-network", *(f"{paper.home}{one}" for one in paper.pages))
    assert sidecar(case, "norvale-times-undated")["published"] == ""
    assert "may be the day of a capture" in told
    assert sidecar(case, "norvale-times-2019-03-08")["published"] == "[2019-03-08,2019-03-09]"
    third = sidecar(case, "norvale-times-2019-03")
    assert third["published_basis"].endswith("the page's address holds /2019/03/")


def test_no_page_leads_into_ones_own_network(case, paper, capsys):
    before = state(case)
    told = added(capsys, case, f"{paper.home}/lamp", status=1)
    assert "leads into one's own network (127.0.0.1)" in told and paper.asked == []
    assert state(case) == before


def test_robots_are_obeyed_and_bad_sources_do_not_keep_good_ones_out(case, paper, tmp_path, capsys):
    paper.pages["/robots.txt"] = (200, {}, b"User-agent: *\nDisallow: /private/*.html$\n")
    paper.pages["/private/a.html"] = paper.pages["/a"] = (200, HTML, page("A", STORY, PROOF))
    paper.pages["/round"] = (302, {"Location": "/round"}, b"")
    paper.pages["/bomb"] = (200, HTML | {"Content-Encoding": "gzip"}, gzip.compress(b"0" * 30**5))
    bad = ["/private/a.html", "/round", "/bomb", "/gone"]
    sources = [f"{paper.home}{path}" for path in [*bad, "/a"]]
    told = added(capsys, case, "--own-network", *sources, status=1)
    for reason in ("robots.txt asks", "more than 5 redirects", "unpacks to more", "status 404"):
        assert reason in told, reason
    assert "1 article added, 4 sources not added" in told
