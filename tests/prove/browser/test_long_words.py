"""Long titles, names and words widen no page on a phone, whatever kind of page it is.

The made-up case, in which every text that a person is free to write has 95 letters: as a sentence,
and as one word without a blank. An article has such a word too, and it is coded.
"""

import csv
import hashlib
import re
import shutil

import pytest
import yaml
from test_every_page import OPEN_ALL
from test_other_cases import OVERPRINTED, rewrite, site_of, some_pages
from test_project import copied
from test_views import CUT, OUTSIDE, TOO_WIDE

from helpers.case.schema import CODER, SCHEMA, fields, file_columns

LONG = 95
SENTENCE = "The Independent Commission of Inquiry into the Light and its Keepers on Northern Shores"
WORD = "Leuchtturmwärterversorgungskassenverwaltungsratsvorsitzendenstellvertreterwahlausschussmit"
# What quotes an article, or is looked for in one.
OF_TEXT = {"quote", "alias", "date_words", "number_words", "number_of", "source_url"}
HEAD = ["title", "subtitle", "question", "licence", "rights", "citation"]
# What reaches beyond the window, with its words, for a reader of the failure.
BEYOND = """() => [...document.querySelectorAll("body *")]
  .filter(one => one.getBoundingClientRect().right > innerWidth + 1)
  .filter(one => !one.closest(".table-scroll, .pane, .result, svg, pre"))
  .map(one => `${one.tagName}.${one.className}: ${one.textContent.slice(0, 60)}`).slice(0, 5)"""
# The drawings and lists of figures that one has to move sideways to see them whole.
SIDEWAYS = """() => [...document.querySelectorAll(".pane")]
  .filter(pane => pane.getClientRects().length && pane.scrollWidth > pane.clientWidth + 1)
  .map(pane => pane.className)"""


def sentence(number):
    return f"{SENTENCE} {number:0{LONG - len(SENTENCE) - 1}}"


def word(number):
    return f"{WORD}{number:0{LONG - len(WORD)}}"


KINDS = {make.__name__: make for make in (sentence, word)}


def free(table):
    """The columns of a raw table in which people write as they like."""
    ruled = {"pattern", "enum", "in", "list"}
    described = {name: fields(table, "raw")[name] for name in file_columns(table)}
    return {
        name
        for name, field in described.items()
        if field["type"] == "string" and not ruled & set(field) and name not in OF_TEXT
    }


def lengthen(case, kind):
    """Put a long text in place of each that people may write."""
    texts = map(KINDS[kind], range(10_000))
    for table, spec in SCHEMA["raw"].items():
        if not spec.get("file", "").endswith(".csv"):
            continue
        for path in sorted(case.glob(spec["file"].replace(CODER, "*"))):
            columns = free(table)

            def say(row, columns=columns):
                return row | {name: next(texts) for name in sorted(columns & set(row)) if row[name]}

            rewrite(path, say)
    for path in sorted(case.glob("articles/*.yaml")):
        known = yaml.safe_load(path.read_text(encoding="utf-8"))
        known |= {name: next(texts) for name in ("title", "publisher", "origin", "rights")}
        path.write_text(yaml.safe_dump(known, allow_unicode=True), encoding="utf-8")
    said = {name: next(texts) for name in HEAD} | {"authors": [next(texts), next(texts)]}
    (case / "case.yaml").write_text(yaml.safe_dump(said, allow_unicode=True), encoding="utf-8")


def say_in_text(case, words):
    """Let an article end with words on which both passes code a statement."""
    path, sidecar = (case / f"articles/skerry-post.{ending}" for ending in ("txt", "yaml"))
    start = len(path.read_text(encoding="utf-8"))
    with open(path, "a", encoding="utf-8") as file:
        file.write(f"{words}\n")
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    known = re.sub("sha256: .*", f"sha256: {digest}", sidecar.read_text(encoding="utf-8"))
    sidecar.write_text(known, encoding="utf-8")
    for coder in ("pass-a", "pass-b"):
        one = {"statement_id": f"{coder}-long", "article_id": "skerry-post", "quote": words}
        one |= {"speaker": "harbour-board", "issue": "automate", "stance": "3", "lang": "en"}
        one |= {"start": start, "end": start + len(words), "date_basis": "undated"}
        with open(case / f"coding/{coder}/statements.csv", "a", encoding="utf-8") as file:
            csv.DictWriter(file, file_columns("statements"), lineterminator="\n").writerow(one)


@pytest.fixture(scope="session", params=KINDS)
def site(request, root, tmp_path_factory):
    """The site of the case whose texts are long."""
    project = copied(root, tmp_path_factory.mktemp(request.param))
    case = shutil.copytree(root / "tests/cases/lighthouse", project / "case")
    lengthen(case, request.param)
    say_in_text(case, KINDS[request.param](99))
    return site_of(project)


def test_every_text_that_people_write_is_long(site):
    text = (site / "index.html").read_text(encoding="utf-8")
    assert all(len(make(7)) == LONG for make in KINDS.values())
    assert len(re.search("<title>(.*)</title>", text)[1]) == LONG


@pytest.mark.parametrize("width", [390, 320])
def test_no_page_is_wider_than_a_phone(opened, site, width):
    page, wide = opened(width=width), {}
    paths = sorted(site.rglob("*.html"))
    assert len(paths) > 30
    for path in paths:
        page.goto(path.as_uri())
        page.evaluate(OPEN_ALL)
        if page.evaluate("document.documentElement.scrollWidth") > width:
            wide[path.relative_to(site).as_posix()] = page.evaluate(BEYOND)
    assert wide == {}


def test_figures_hold_their_words(opened, site):
    page = opened(width=390)
    for name in some_pages(site):
        page.goto(f"{site.as_uri()}/{name}.html")
        for fault in (TOO_WIDE, OUTSIDE, OVERPRINTED, CUT, SIDEWAYS):
            assert page.evaluate(fault) == [], name
