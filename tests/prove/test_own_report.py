"""Whole reports of cases of one's own: by our defaults, and without a word of ours."""

import html
import json
import shlex
import shutil
import xml.etree.ElementTree as ET
from contextlib import closing

import pytest
from site_files import astray
from test_dna import debate
from test_own_case import OWN, bare, say
from test_project import copied, dispute, few_draws

from dispute.cli import main

# What only our own case says of itself.
OURS = ["The Server Dispute project", "CC BY 4.0", "CC-BY-4.0", "creativecommons", "server-dispute"]


def read(folder):
    """Every text of a report that a reader may open, by its path."""
    paths = [path for part in ("data/processed", "reports") for path in (folder / part).rglob("*")]
    paths += [folder / "ro-crate-metadata.json"]
    kinds = {".html", ".json", ".csv", ".atom", ".bib", ".ipynb", ".gexf", ".graphml", ".ics"}
    return {
        path.relative_to(folder).as_posix(): path.read_text(encoding="utf-8")
        for path in paths
        if path.suffix in kinds and "source" not in path.parts
    }


def project(root, folder):
    """A copy of the project with the defaults that a clone has; few draws, to be quick."""
    folder.mkdir()
    copied(root, folder)
    few_draws(folder)
    return folder


def ran(root, folder, fill, *words):
    """A report of a case beside the project, by `dispute run --case` and no other word."""
    home = project(root, folder / "project")
    case = fill(folder / "elsewhere/case")
    run = dispute(home, "run", "--case", str(case), "--into", "out", *words)
    assert run.returncode == 0, run.stdout + run.stderr
    return home / "out"


@pytest.fixture(scope="module")
def bare_report(root, tmp_path_factory):
    return ran(root, tmp_path_factory.mktemp("bare"), bare)


def test_articles_and_a_scale_alone_make_a_report(root, tmp_path):
    """Nothing is coded yet: what a newcomer has on the first day."""

    def fill(folder):
        bare(folder)
        for name in ("actors", "issues", "coders"):
            (folder / f"codebook/{name}.csv").unlink()
        (folder / "coding/me/statements.csv").unlink()
        return folder

    site = ran(root, tmp_path, fill) / "reports/site"
    assert "The bridge" in (site / "evidence.html").read_text(encoding="utf-8")
    front = (site / "index.html").read_text(encoding="utf-8")
    assert "Nothing is coded yet" in front and "Nothing is here yet" not in front


@pytest.fixture(scope="module")
def own_report(root, tmp_path_factory):
    def fill(folder):
        shutil.copytree(root / "tests/cases/lighthouse", folder)
        say(folder, **OWN, coder="pass-a")
        return folder

    return ran(root, tmp_path_factory.mktemp("own"), fill, "-p", "period=decision")


def test_the_barest_case_runs_with_our_defaults_and_says_nothing_of_us(bare_report):
    texts = read(bare_report)
    told = [(path, word) for path, text in texts.items() for word in OURS if word in text]
    assert told == []
    for words in ("adjudicated set", "Two passes", "independent coding passes"):
        assert words not in texts["reports/site/method.html"]


def test_a_reader_comes_to_each_file_of_a_site(bare_report, own_report):
    assert astray(bare_report / "reports/site") == astray(own_report / "reports/site") == []


def test_no_page_and_no_table_holds_an_absolute_path(own_report):
    base = own_report.parents[1].as_posix()
    assert [path for path, text in read(own_report).items() if base in text] == []


def test_a_report_says_of_its_case_what_the_case_says(own_report):
    texts = read(own_report)
    told = [(path, word) for path, text in texts.items() for word in OURS if word in text]
    assert told == []
    package = json.loads(texts["data/processed/datapackage.json"])
    assert package["name"] == "cape-skerry" and package["version"] == "1.2"
    assert [one["name"] for one in package["licenses"]] == ["ODbL-1.0"]
    assert package["homepage"] == OWN["address"]
    assert [one["title"] for one in package["contributors"]] == ["Invented for the tests"]
    crate = json.loads(texts["ro-crate-metadata.json"])
    root = next(one for one in crate["@graph"] if one["@id"] == "./")
    licence = next(one for one in crate["@graph"] if one["@id"] == root["license"]["@id"])
    assert "Open Data Commons" in licence["name"] and root["url"] == OWN["address"]
    bib = texts["reports/site/data/articles.bib"]
    assert "date = {2019}" in bib and OWN["address"] in bib and "version = {1.2}" in bib
    feed = ET.fromstring(texts["reports/site/data/changes.atom"])
    atom = "{http://www.w3.org/2005/Atom}"
    assert feed.find(f"{atom}author/{atom}name").text == "Invented for the tests"
    page = html.unescape(texts["reports/site/index.html"]).replace("’", "'")
    assert "ODbL-1.0" in page and OWN["rights"] in page
    assert "Denials were not looked for." in texts["reports/site/method.html"]
    assert '"coder": "pass-a"' in texts["reports/manifest.json"]


def test_names_that_figures_lack_letters_for_are_told_before_the_run_and_leave_no_warning(
    root, tmp_path
):
    home, case = project(root, tmp_path / "project"), tmp_path / "case"
    shutil.copytree(root / "tests/cases/lighthouse", case)
    actors = case / "codebook/actors.csv"
    text = actors.read_text(encoding="utf-8").replace("Harbour Board", "張偉")
    text = text.replace("Jonas Hart", "नरेन्द्र मोदी").replace("Astrid Lund", "محمد")
    actors.write_text(text, encoding="utf-8")
    run = dispute(home, "run", "--case", str(case), "--into", "out")
    assert run.returncode == 0, run.stdout + run.stderr
    told = run.stdout.partition("notebook-")[0]
    assert "found 張偉" in told and "found नरेन्द्र मोदी" in told and "محمد" not in told
    texts = read(home / "out")
    assert [path for path, text in texts.items() if "missing from" in text] == []
    assert "張偉" in texts["reports/site/network.html"], "the site shows every letter"


def test_a_case_without_a_licence_gives_none_away(bare_report):
    texts = read(bare_report)
    package = json.loads(texts["data/processed/datapackage.json"])
    assert "licenses" not in package and package["name"] == "a-bridge"
    crate = json.loads(texts["ro-crate-metadata.json"])
    root = next(one for one in crate["@graph"] if one["@id"] == "./")
    licence = next(one for one in crate["@graph"] if one["@id"] == root["license"]["@id"])
    assert licence["@id"] == "#licence" and licence["name"] == "none"


def test_no_file_of_ours_is_needed_to_cite_another_case(root, tmp_path):
    home = project(root, tmp_path / "project")
    (home / "CITATION.cff").unlink()
    told = dispute(home, "run", "--why", "--case", "tests/nowhere")
    assert "CITATION" not in told.stdout + told.stderr


# What is printed to be run.


def test_import_dna_ends_with_the_command_that_runs_the_case(root, tmp_path, capsys):
    file = tmp_path / "a debate.dna"
    with closing(debate()) as source:
        source.commit()
        file.write_bytes(source.serialize())
    case = tmp_path / "my case"
    assert main(["import", str(file), str(case)]) == 0
    last = capsys.readouterr().out.splitlines()[-1]
    words = shlex.split(last)
    assert words[:2] == ["dispute", "run"] and words[words.index("--case") + 1] == str(case)
    home = project(root, tmp_path / "project")
    run = dispute(home, *words[1:])
    assert run.returncode == 0, run.stdout + run.stderr
