"""Citing: the report, a page, a figure and a passage; and what the head of a page says."""

import json
import re
from dataclasses import replace

import pandas as pd
import pytest
from markupsafe import Markup
from sites import html_of, written

from dispute.changes import COLUMNS
from dispute.site.cite import Cites, swhid
from dispute.site.lookups import Site
from dispute.site.passages import is_coded
from dispute.site.places import Places


def cites(case, tables, **changed):
    """The citations of a case that says something else of itself."""
    return Cites(Site(replace(case, **changed), tables, "adjudicated"), Places().to(""))


def test_a_swhid_is_what_git_calls_the_blob():
    assert swhid("") == "swh:1:cnt:e69de29bb2d1d6434b8b29ae775ad8c2e48c5391"
    assert swhid("hello\n") == "swh:1:cnt:ce013625030ba8dba906f756967f9e9ca394464a"


@pytest.mark.data
def test_the_bytes_of_a_passage_are_its_words_in_the_file_of_the_article(real, tables):
    made = cites(real, tables)
    for record in filter(is_coded, made.site.passages.values()):
        first, last = made.where(record).bytes.split("-")
        content = real.texts[record["article_id"]].encode()
        assert f"{swhid(content.decode())};bytes={first}-{last}" in made.passage(record).words
        said = content[int(first) : int(last) + 1].decode()
        assert said == real.texts[record["article_id"]][record["start"] : record["end"]]


@pytest.mark.data
def test_a_passage_is_cited_with_article_publisher_date_offsets_and_address(real, tables):
    made = cites(real, tables, address="https://example.org/report/")
    record = made.site.passages["adj-a-s001"]
    article = real.articles.set_index("article_id").loc[record["article_id"]]
    address = f"https://example.org/report/evidence/{record['article_id']}.html#adj-a-s001"
    where = f"characters {record['start']} to {record['end']}"
    cited = made.passage(record)
    for part in (article.title, article.publisher, "17 April 2023", where, address, "swh:1:cnt:"):
        assert part in cited.words
    (item,) = json.loads(cited.csl)
    assert item["issued"] == {"date-parts": [[2023, 4, 17]]} and item["URL"] == address
    assert where in item["note"] and where in cited.bibtex
    assert address not in cites(real, tables).passage(record).words


@pytest.mark.data
@pytest.mark.parametrize("address", ["", "https://example.org/report/"])
def test_the_form_for_any_passage_of_an_article_filled_is_the_citation_of_one(
    real, tables, address
):
    """So a page holds BibTeX and CSL JSON once, and a script fills them."""
    made = cites(real, tables, address=address)
    for record in filter(is_coded, made.site.passages.values()):
        for form, cited in zip(
            made.any_passage(record["article_id"]), made.passage(record), strict=True
        ):
            for name, value in made.where(record)._asdict().items():
                form = form.replace(f"‹{name}›", value)
            assert form == cited


@pytest.mark.data
def test_pages_lie_below_an_address_that_ends_with_a_slash_and_a_doi_is_that_of_the_whole(
    real, tables
):
    doi = cites(real, tables, address="https://doi.org/10.1/x")
    assert doi.page("stances", "Stances").words.endswith(" https://doi.org/10.1/x")
    folder = cites(real, tables, address="https://example.org/")
    assert folder.page("stances", "Stances").words.endswith(" https://example.org/stances.html")
    assert folder.report().words.endswith(" https://example.org/")
    assert cites(real, tables).report().words == real.cite()


@pytest.mark.data
def test_a_case_that_says_nothing_of_itself_can_be_cited(real, tables):
    nothing = {"authors": (), "year": "", "version": "", "licence": "", "citation": ""}
    made = cites(real, tables, **nothing)
    assert made.report().words == f"{real.title}."
    (item,) = json.loads(made.report().csl)
    assert set(item) == {"id", "title", "type"}
    assert "{}" not in made.report().bibtex and "author" not in made.report().bibtex


@pytest.mark.data
def test_what_tex_reads_is_escaped_and_json_stays_json(real, tables):
    tricky = cites(real, tables, title='100% "sure" & {no} </script>', citation="")
    assert r"100\% " in tricky.report().bibtex and r"\{no\}" in tricky.report().bibtex
    assert json.loads(tricky.report().csl)[0]["title"] == tricky.case.title


NEWS = pd.DataFrame([("0001", "event", "An event came.", "e1", "chronology")], columns=COLUMNS)


@pytest.mark.data
def test_every_page_can_be_cited_and_says_to_machines_what_it_is(root, real, tables):
    for name, text in html_of(written(root, real, tables, news=NEWS)).items():
        (described,) = re.findall(r'<meta name="description" content="([^"]+)">', text)
        assert real.title in described or name == "index.html", name
        (feed,) = re.findall(r'<link rel="alternate" type="application/atom.xml"[^>]*>', text)
        assert f'href="{"../" * name.count("/")}data/changes.atom"' in feed, name
        assert len(re.findall("Cite this (?:page|report)</summary>", text)) == 1, name
        tags = dict(re.findall(r'<meta name="citation_(\w+)" content="([^"]*)">', text))
        assert tags["title"] and tags["author"] and tags["publication_date"] == real.year, name
        described = json.loads(re.search(r'ld\+json">(.*?)</script>', text)[1])
        assert described["name"] == Markup(tags["title"]).unescape(), name
        whole = described.get("isPartOf", described)
        assert whole["@type"] == "Dataset" and whole["name"] == real.title, name
        for item in re.findall(r'<pre aria-label="CSL JSON">(.*?)</pre>', text):
            assert json.loads(Markup(item).unescape())[0]["title"], name


@pytest.mark.data
def test_a_figure_of_a_page_is_cited_by_its_title(published):
    text = published["stances.html"]
    titles = re.findall("Cite the figure: (.*?)</summary>", text)
    assert titles and all(title in text.partition("</figure>")[0] for title in titles)
