"""The brief: four pages, tagged, each quotation led to its page, and no name is read as markup."""

import dataclasses
import io
import re

import pandas as pd
import pytest
from pypdf import PdfReader

from dispute.brief.abbreviations import abbreviations, written_out
from dispute.brief.content import content
from dispute.brief.typesetting import code_to_scan, typeset
from helpers.figures import legend

ADDRESS = "https://norvale.example/skerry/"


@pytest.fixture(scope="module")
def template(root):
    return (root / "src/dispute/templates/brief/brief.typ").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def printed(real, tables):
    return content(real, tables, "adjudicated", "site/")


@pytest.fixture(scope="module")
def pdf(printed, template):
    return typeset(template, printed)


@pytest.fixture(scope="module")
def skerry(lighthouse):
    """What is printed of the made-up case, and the files of its site."""
    case, frames, folder = lighthouse
    return content(case, frames, "adjudicated", "site/"), folder / "site"


def words_of(pdf):
    return " ".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages)


def links_of(page):
    notes = [note.get_object() for note in page.get("/Annots", [])]
    return [note["/A"]["/URI"] for note in notes if "/A" in note]


def links_in(value):
    """Every `link` of what is printed."""
    if isinstance(value, dict):
        yield from (one for key, one in value.items() if key == "link" and one)
        value = list(value.values())
    for one in value if isinstance(value, list) else []:
        yield from links_in(one)


def named(printed, row):
    """Of a row of the map, each sign to the names below it."""
    signs = [sign for sign, _ in printed["sides"]["columns"]]
    return {
        sign: list(map(plain_name, side)) for sign, side in zip(signs, row["sides"], strict=True)
    }


def plain_name(one):
    return one["name"].replace("\xa0", " ")


# ---- the published case


@pytest.mark.data
def test_the_brief_has_four_pages_with_a_link_on_each(pdf):
    pages = PdfReader(io.BytesIO(pdf)).pages
    assert len(pages) == 4
    assert all(links_of(page) for page in pages)


def test_the_same_words_give_the_same_bytes_tagged_for_readers_aloud(printed, pdf, template):
    assert pdf == typeset(template, printed)
    root = PdfReader(io.BytesIO(pdf)).trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"] and root["/Lang"] == "en"
    assert "<pdfuaid:part>1<" in root["/Metadata"].get_data().decode()


@pytest.mark.data
def test_at_least_eight_quotations_stand_word_for_word_in_their_articles(real, printed):
    quotations, signs = printed["quotations"], {mark.sign for mark in legend.SIDES.values()}
    assert len(quotations) >= 8
    for one in quotations:
        article = re.search(r"evidence/([^.#]+)", one["link"])[1]
        assert one["words"].rstrip("\xa0…") in " ".join(real.texts[article].split())
        assert one["mark"] in signs and len(one["words"]) < 160
    foreign = [one for one in quotations if one["lang"] == "sw"]
    assert foreign and all(one["gloss"] for one in foreign)
    assert any("nickname" in note for one in foreign for note in one["notes"])


@pytest.mark.data
def test_both_sides_of_the_first_issues_are_on_the_map_and_among_the_quotations(real, printed):
    rows = printed["sides"]["rows"]
    assert [row["issue"] for row in rows[:2]] == [real.labels()[one] for one in real.first_issues]
    assert all(named(printed, rows[0])[sign] for sign in "▲△▼")
    quoted = {one["mark"] for one in printed["quotations"] if rows[0]["issue"] in one["about"]}
    assert {"▲", "▼"} <= quoted


@pytest.mark.data
def test_the_name_of_the_commission_is_written_out_once(pdf):
    words = " ".join(words_of(pdf).split())
    assert words.count("Independent Electoral and Boundaries Commission") == 1
    assert "Independent Electoral and Boundaries Commission (IEBC)" in words


@pytest.mark.data
def test_the_agreement_is_told_with_and_without_what_marked_rules_decide(real, tables):
    some = tables | {"agreement": tables["agreement"].assign(n_marked=3)}
    rows = content(real, some, "adjudicated", "")["agreement"]
    assert rows[0][1] == "Do they mark the same words?" and all(row[3] for row in rows)
    assert rows[-1][1] == "Do they end with the same positions?"


@pytest.mark.data
def test_of_more_than_two_passes_the_brief_tells_the_positions(real, tables):
    known = tables["agreement"]
    of_pair = known[known.coder_b != ""].assign(coder_b="pass-c")
    more = tables | {"agreement": pd.concat([known, of_pair], ignore_index=True)}
    assert [row[:2] for row in content(real, more, "adjudicated", "")["agreement"]] == [
        ["pass-a and pass-b", "Do they end with the same positions?"],
        ["pass-a and pass-c", "Do they end with the same positions?"],
    ]


# ---- any case


def test_each_link_leads_to_a_place_of_the_site(skerry):
    printed, site = skerry
    links = [link for link in links_in(printed) if not link.startswith("http")]
    assert len(links) > 20
    for link in links:
        page, _, anchor = link.removeprefix("site/").partition("#")
        text = (site / page).read_text(encoding="utf-8")
        assert not anchor or f'id="{anchor}"' in text, link


def test_a_map_tells_who_stands_on_both_sides_and_for_whom(skerry):
    printed, _ = skerry
    rows = {row["issue"]: named(printed, row) for row in printed["sides"]["rows"]}
    light = rows["Automate the light"]
    assert light["◆"] == ["Astrid Lund (2 articles)", "Jonas Hart (2 articles)"]
    assert light["▲"] == ["Mira Solvik"] and light["▼"] == ["Tobias Renn"]
    assert "Elin Marsh (for Harbour Board)" in rows["Lamp is safe"]["▲"]


def test_turning_points_stand_in_order_each_step_once(skerry):
    printed, _ = skerry
    steps = [one["step"] for one in printed["turning_points"] if one["step"]]
    assert steps == ["–", "Hearings", "Decision"]
    alma = next(one for one in printed["turning_points"] if "Alma" in one["event"])
    assert alma["mark"] == "◇" and "claimed by" in alma["event"]


def test_what_differs_is_told_with_who_says_so(skerry):
    printed, _ = skerry
    assert ["The ferry Alma runs aground.", "date"] in [row[:2] for row in printed["differences"]]
    assert printed["facts"] == [["Lamp is safe", "Harbour Board and Jonas Hart", "Keepers’ League"]]


def test_where_the_case_has_an_address_links_are_whole_and_a_code_leads_there(lighthouse, template):
    case, frames, _ = lighthouse
    there = dataclasses.replace(case, address=ADDRESS)
    printed = content(there, frames, "adjudicated", "site/")
    assert all(link.startswith("http") for link in links_in(printed))
    pages = PdfReader(io.BytesIO(typeset(template, printed))).pages
    assert ADDRESS in links_of(pages[-1])
    assert code_to_scan(ADDRESS) == code_to_scan(ADDRESS) != code_to_scan(ADDRESS + "x")


def test_a_hostile_title_is_printed_and_not_run(real, tables, template):
    hostile = dataclasses.replace(
        real,
        title='#panic("x") $a$ *b* `c` <d> @e',
        question="= no heading\n- no list",
        authors=("#x",),
    )
    pdf = typeset(template, content(hostile, tables, "adjudicated", "site/"))
    assert '#panic("x") $a$' in words_of(pdf)


def test_empty_tables_still_make_a_brief(real, tables, template):
    empty = {name: frame.head(0) for name, frame in tables.items()}
    empty["articles"] = tables["articles"]
    printed = content(real, empty, "adjudicated", "site/")
    assert printed["quotations"] == printed["turning_points"] == printed["agreement"] == []
    assert "No passage is coded" in words_of(typeset(template, printed))


# ---- abbreviations


@pytest.fixture
def bodies(real):
    """A case with a body that has a short and a long name, and one whose letters do not fit."""
    names = [("uno", "UNO", "United Nations Organization"), ("abc", "ABC", "Quite Another")]
    actors = pd.DataFrame([(one, short) for one, short, _ in names], columns=["actor_id", "name"])
    aliases = pd.DataFrame([(one, long) for one, _, long in names], columns=["actor_id", "alias"])
    return dataclasses.replace(real, actors=actors, aliases=aliases)


def test_an_abbreviation_is_written_out_where_it_is_first_read(bodies):
    known = abbreviations(bodies)
    assert known == {"UNO": "United Nations Organization"}
    told = {"words": "UNO said", "a": ["the UNO asked", "UNO and ABC"], "b": "UNO"}
    whole = "the United Nations Organization (UNO) asked"
    expected = {"words": "UNO said", "a": [whole, "UNO and ABC"], "b": "UNO"}
    assert written_out(told, known) == expected


def test_what_is_written_out_already_is_not_written_twice(bodies):
    whole = "United Nations Organization (UNO) met"
    assert written_out({"a": [whole, "UNO"]}, abbreviations(bodies)) == {"a": [whole, "UNO"]}
