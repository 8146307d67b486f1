"""`dispute add`, at length: each format and kind of list, furniture, traps of exports and pages."""

import gzip
import io
import json
import zipfile

import docx
import pytest
import yaml
from made_sources import article, export, export_of_one, page, pdf, rich_text, word_file
from test_add import BODY, HTML, LAMP, PROOF, SEA, STORY, added, case, paper, put, sidecar, state

from dispute.cli import main
from dispute.intake import adding
from helpers.case.load import load

# The fixtures that it shares.
__all__ = ["case", "paper"]


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


def test_a_headline_is_the_one_that_is_printed(case, tmp_path, capsys):
    body = page("The lamp must wait", STORY, PROOF).decode()
    told = 'property="og:title" content="'
    body = body.replace(f"{told}The lamp", f"{told}Lamp of Cape Skerry must wait, and The lamp")
    body = body.replace("<nav>", "<h1>Norvale Times</h1><nav>")
    added(capsys, case, put(tmp_path, "lamp.html", body))
    assert sidecar(case, "norvale-times-2019-03-08")["title"] == "The lamp must wait"
    text = (case / "articles/norvale-times-2019-03-08.txt").read_text(encoding="utf-8")
    assert text.count("The lamp must wait") == 1 and "Norvale Times" not in text


def test_a_case_without_articles_gets_its_first(case, tmp_path, capsys):
    for path in [*(case / "articles").iterdir(), *(case / "coding/me").iterdir()]:
        path.unlink()
    (case / "articles").rmdir()
    added(capsys, case, put(tmp_path, "lamp.txt", LAMP))
    assert load(case).articles.article_id.tolist() == ["unidentified-2019-03-09"]


def test_an_export_of_one_article_needs_no_cover(case, tmp_path, capsys):
    one = article("Keepers stay", BODY, below=[("Load-Date:", " July 2, 2019")])
    told = added(capsys, case, put(tmp_path, "one.docx", export_of_one(one)))
    said = sidecar(case, "skerry-post-2019-07-01")
    assert said["title"] == "Keepers stay" and "untested: compare it with the file" in told
    assert "Load-Date: July 2, 2019" in [span["words"] for span in said["furniture"]]
    assert not (case / "search.csv").exists()


def test_a_zip_of_exports_is_one_source(case, tmp_path, capsys):
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as made:
        for number, words in enumerate([LAMP, SEA]):
            made.writestr(f"{number}.docx", export([article(f"Story {number}", [words])]))
    told = added(capsys, case, put(tmp_path, "search.zip", content.getvalue()))
    assert "2 articles added" in told and told.count("search.csv: a row") == 1
    assert (case / "search.csv").read_text(encoding="utf-8").count("\n") == 2
    again = added(capsys, case, put(tmp_path, "search.zip", content.getvalue()))
    assert "0 articles added, 2 left out" in again
    assert (case / "search.csv").read_text(encoding="utf-8").count("\n") == 2


def test_text_keeps_its_bytes_whatever_they_are(case, tmp_path, capsys):
    """An emoji, line ends of two characters, accents apart, a byte order mark."""
    text = "\ufeffThe lamp 🌊 must wait\r\n\r\n" + LAMP.replace("\n", "\r\n") + "cafe\u0301\r\n"
    added(capsys, case, put(tmp_path, "lamp.txt", text))
    kept = (case / "articles/unidentified-2019-03-09.txt").read_bytes()
    assert kept == text.encode()
    old = "Der Turm bleibt, sagte der Bund der W\u00e4rter am Montag in Havn, bis zum Herbst."
    told = added(capsys, case, put(tmp_path, "turm.txt", old.encode("cp1252")))
    assert "was read as windows-1252" in told
    assert sidecar(case, "unidentified-undated")["language"] == ["de"]
    latin = "<html><head><meta charset='iso-8859-1'></head><body><p>" + "“Sea”, said he. " * 9
    added(capsys, case, put(tmp_path, "sea.html", latin.encode("cp1252")))
    assert "“Sea”" in (case / "articles/unidentified-undated-2.txt").read_text(encoding="utf-8")


def test_a_source_whose_search_cannot_be_written_leaves_nothing(case, tmp_path, capsys):
    """All of a source or nothing, whatever file it is that fails."""
    put(case, "search.csv", "archive,query\nLibrary,lamp\n")
    told = main(
        ["add", str(case), str(put(tmp_path, "search.docx", export([article("A", [LAMP])])))]
    )
    assert told == 1 and "for the search of this export" in capsys.readouterr().err
    (case / "search.csv").unlink()
    before = state(case)
    (case / "search.csv").mkdir()
    assert main(["add", str(case), str(tmp_path / "search.docx")]) == 1
    assert "search.docx" in capsys.readouterr().err and state(case) == before


def test_a_pdf_or_a_text_at_an_address_is_kept_too(case, paper, capsys):
    content = pdf(
        [["The lamp must wait", "Havn, 9 March 2019 - The harbour board waits for spring."]]
    )
    paper.pages["/lamp"] = (200, {"Content-Type": "application/pdf"}, content)
    paper.pages["/sea"] = (200, {"Content-Type": "text/plain; charset=utf-8"}, SEA.encode())
    added(capsys, case, "--own-network", f"{paper.home}/lamp", f"{paper.home}/sea")
    kept = (case / "articles/127-0-0-1-2019-03-09.pdf.gz").read_bytes()
    assert gzip.decompress(kept) == content
    assert (
        gzip.decompress((case / "articles/127-0-0-1-undated.txt.gz").read_bytes()) == SEA.encode()
    )


def test_what_a_person_mended_in_a_sidecar_does_not_make_a_copy_new(case, tmp_path, capsys):
    file = put(tmp_path, "lamp.txt", f"The lamp must wait\n\n{LAMP}")
    added(capsys, case, file)
    path = case / "articles/unidentified-2019-03-09.yaml"
    said = yaml.safe_load(path.read_text(encoding="utf-8")) | {"furniture": [], "publisher": "Echo"}
    path.write_text(yaml.safe_dump(said), encoding="utf-8")
    assert "its words are there already" in added(capsys, case, file)


def test_who_stops_a_long_list_keeps_what_was_added_before(
    case, paper, tmp_path, capsys, monkeypatch
):
    monkeypatch.setattr(adding, "BATCH", 2)
    for number, words in enumerate([LAMP, SEA, LAMP[40:] + SEA]):
        paper.pages[f"/{number}"] = (200, HTML, page(f"Story {number}", [words], PROOF))
    rows = "".join(f"{paper.home}/{number}\n" for number in range(3))
    file = put(tmp_path, "list.csv", f"address\n{rows}")
    read = adding.read_source

    def stopped(source, client):
        if source.address.endswith("/2"):
            raise KeyboardInterrupt
        return read(source, client)

    monkeypatch.setattr(adding, "read_source", stopped)
    assert main(["add", str(case), "--own-network", str(file)]) == 130
    assert "what was added before stays" in capsys.readouterr().err
    monkeypatch.setattr(adding, "read_source", read)
    assert "1 article added, 2 left out" in added(capsys, case, "--own-network", file)
    assert paper.asked.count("/0") == 1


def test_a_list_of_addresses_is_fetched_and_says_what_the_pages_do_not(
    case, paper, tmp_path, capsys
):
    paper.pages["/lamp"] = (200, HTML, page("The lamp must wait", STORY))
    paper.pages["/moved"] = (301, {"Location": "/"}, b"")
    paper.pages["/"] = (200, HTML, page("Norvale Times", [SEA, LAMP[30:]]))
    rows = f"address,publisher,date\n{paper.home}/lamp,The Times of Norvale,2019-03-09?\n"
    file = put(tmp_path, "list.csv", f"{rows}{paper.home}/moved,,\n{paper.home}/gone,,\n")
    assert "own network" in added(capsys, case, file, status=1)
    told = added(capsys, case, "--own-network", file, status=1)
    said = sidecar(case, "times-of-norvale-2019-03-09")
    assert said["published"] == "2019-03-09?" and said["publisher"] == "The Times of Norvale"
    assert said["published_basis"] == "given by the list (list.csv, row 2)"
    assert "itself it says 'Norvale Times'" in told and "leads to the front page now" in told
    assert "list.csv, row 4" in told and "status 404" in told
