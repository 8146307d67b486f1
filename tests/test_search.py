"""The search: its files as data, read here as the script reads them."""

import json
import re

import pytest
from hypothesis import given
from hypothesis import strategies as some
from sites import html_of, written

from dispute.site import search


class Index:
    """The files of an index, asked as `search.js` asks them."""

    def __init__(self, files):
        pattern = re.compile(r'found\("([^"]+)",(.*)\)\n', flags=re.S)
        found = [pattern.fullmatch(text) for text in files.values()]
        self.files = {one[1]: json.loads(one[2]) for one in found}
        self.directory = self.files["directory"]

    def units(self, line):
        """The numbers of units, from their differences in base 36."""
        at = 0
        for step in line.split(" "):
            at += int(step, 36)
            yield at

    def unit(self, number):
        firsts = self.directory["texts"]
        file = max(n for n, first in enumerate(firsts) if first <= number)
        return self.files[f"texts-{file}"][number - firsts[file]]

    def having(self, term):
        """The units of a term, from the one file that can hold it."""
        starts = self.directory["terms"]
        file = max((n for n, start in enumerate(starts) if start <= term), default=0)
        return list(self.units(self.files[f"terms-{file}"].get(term, ""))) if term else []


@pytest.fixture(scope="module")
def files(published):
    return published


@pytest.fixture(scope="module")
def index(files):
    return Index({name: text for name, text in files.items() if name.startswith("search/")})


@pytest.mark.data
def test_a_word_leads_to_its_passages_with_their_words_and_their_place(index, files):
    pages = html_of(files)
    hits = [index.unit(number) for number in index.having("majambazi")]
    assert hits
    for href, title, text in hits:
        page, _, anchor = href.partition("#")
        assert "majambazi" in text.lower() and title
        assert f' id="{anchor}"' in pages[page]


@pytest.mark.data
def test_every_coded_passage_is_found_by_each_of_its_words(index, files):
    passages = 0
    for number in range(index.directory["people"], index.directory["pages"]):
        href, title, text = index.unit(number)
        passages += "#" in href
        for word in search.words(f"{title} {text}"):
            assert number in index.having(word), (href, word)
    pages = "".join(text for name, text in files.items() if name.startswith("evidence/"))
    assert passages == len(re.findall(r'<div id="[^"]+">', pages))


@pytest.mark.data
def test_a_person_comes_first_and_is_one_under_every_name(index):
    people = index.directory["people"]
    names = ("chebukati", "chebuchieta")
    found = [index.having(name) for name in names]
    assert all(index.unit(some[0])[0] == "people/wafula-chebukati.html" for some in found)
    (person,) = {n for n in found[0] if n < people and n in found[1]}
    said = index.having(f"@{person}")
    assert {n for n in index.having("chebuchieta") if people <= n < index.directory["pages"]} <= {
        *said
    }, "who prints the nickname prints the person"


def test_evidence_comes_before_other_pages(index):
    first = index.unit(index.directory["pages"])[0]
    assert not first.startswith(("people/", "evidence/"))
    assert index.unit(index.directory["pages"] - 1)[0].startswith("evidence/")


@given(some.text())
def test_folded_words_have_no_capitals_and_no_accents(text):
    for word in search.words(text):
        assert word == search.fold(word) and word.isalnum()


def test_words_are_told_apart_as_a_reader_types_them():
    assert search.words("Café-Ölung, İstanbul: l'État 2022") == [
        "cafe",
        "olung",
        "istanbul",
        "l",
        "etat",
        "2022",
    ]


@given(some.integers(0, 10**9))
def test_numbers_are_written_as_a_script_reads_them(number):
    assert int(search.base36(number), 36) == number


def test_what_is_nearly_everywhere_is_named_and_left_out():
    units = [search.Unit("x", "the word", f"number {n % 7}") for n in range(search.MANY)]
    postings, common = search._postings(units, {})
    assert common == ["number", "the", "word"]
    assert len(postings["3"]) == pytest.approx(search.MANY / 7, abs=1)


def test_the_files_are_small_and_the_same_again(root, real, tables, files):
    again = written(root, real, tables)
    for name in (name for name in files if name.startswith("search/")):
        assert files[name] == again[name]
        assert len(files[name].encode()) < 2 * search.TEXTS
