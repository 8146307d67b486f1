"""Readers' pages: no id, no name of a file, column or pass; quotation marks of one kind.

And no file that no page leads to.
"""

import re
import shutil
from html.parser import HTMLParser
from pathlib import Path

import pytest
from site_files import astray
from sites import html_of, written
from test_pages import VOID

from helpers.case.schema import SCHEMA, UNITS

LIGHTHOUSE = "tests/cases/lighthouse"
# Pages for those who look behind the report: they may name files, columns, passes and ids.
BEHIND = re.compile(r"(method|machine|decisions|corrections|data|notebooks|\d_.*)(-\d+)?\.html")
# What is quoted is left as it was printed, what is code as it is typed.
PRINTED = {"q", "blockquote", "cite", "code", "pre", "script", "style"}
SHOWN = ("title", "aria-label", "alt", "placeholder")


class Words(HTMLParser):
    """The words of a page: `own` are the report's, `all` are with what it quotes."""

    def __init__(self, text):
        super().__init__()
        self.open, self.own, self.all = [], [], []
        self.feed(text)

    def handle_starttag(self, tag, attributes):
        self.all += [words for name, words in attributes if name in SHOWN and words]
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag):
        if tag not in VOID:
            self.open.pop()

    def handle_data(self, words):
        if not {"script", "style", "pre"} & set(self.open):
            self.all.append(words)
        if not PRINTED & set(self.open):
            self.own.append(words)


@pytest.fixture(scope="module")
def ours(real, tables, published):
    return real, tables, html_of(published)


@pytest.fixture(scope="module")
def made_up(root, lighthouse):
    case, tables, _ = lighthouse
    return case, tables, html_of(written(root, case, tables))


@pytest.fixture(scope="module", params=["ours", "made_up"])
def site(request):
    """A case, its tables and its readers' pages."""
    case, tables, pages = request.getfixturevalue(request.param)
    return case, tables, {name: Words(text) for name, text in pages.items()}


def readers(pages):
    """The pages that are not for those who look behind the report."""
    return {name: words for name, words in pages.items() if not BEHIND.fullmatch(name)}


def ids_of(case, tables):
    """The ids of units, articles, events and actors that no word of a language is."""
    ids = {one for kind in UNITS.values() for one in tables[kind.table][kind.id]}
    ids |= {*case.articles.article_id, *case.actors.actor_id, *tables["events"].event_id}
    ids |= set(case.coders.coder)
    ids |= {one for one, said in case.labels().items() if one.replace("-", " ") != said.lower()}
    return {one for one in ids if re.search(r"[-\d]", one)}


def test_no_readers_page_shows_an_id(site):
    case, tables, pages = site
    ids = ids_of(case, tables)
    shown = {
        name: set(re.findall(r"[\w-]+", " ".join(words.all))) & ids
        for name, words in readers(pages).items()
    }
    assert not {name: some for name, some in shown.items() if some}


def test_no_readers_page_names_a_table_a_column_a_file_or_a_pass(site):
    _, _, pages = site
    tables = "|".join(name for name in SCHEMA["processed"] if "_" in name)
    files, columns = r"\w+\.(?:csv|yaml|txt|ipynb)\b", r"\b[a-z]+_[a-z_]+\b"
    technical = rf"{files}|{columns}|\b(?:{tables})\b|\badjudicated\b"
    shown = {
        name: set(re.findall(technical, " ".join(words.all)))
        for name, words in readers(pages).items()
    }
    assert not {name: some for name, some in shown.items() if some}


def test_quotation_marks_and_apostrophes_are_of_one_kind(site):
    _, _, pages = site
    own = {name: page.own for name, page in pages.items() if name[0] not in "123456789"}
    straight = [
        (name, text)
        for name, words in own.items()
        for text in words
        if re.search("[\"']", re.sub("“[^”]*”", "", text))
    ]
    assert straight == []


def test_a_reader_comes_to_each_file_of_the_site(lighthouse, tmp_path):
    """No template, no leftover of a build, nothing of an unknown kind."""
    _, _, folder = lighthouse
    site = Path(shutil.copytree(folder / "site", tmp_path / "site"))
    assert astray(site) == []
    for name in ("people/mira-solvik.html_t", "layout.jinja", "objects.inv", "people/lost.html"):
        (site / name).write_text("", encoding="utf-8")
    assert astray(site) == [
        "layout.jinja",
        "objects.inv",
        "people/lost.html",
        "people/mira-solvik.html_t",
    ]
