"""Pages that grow are parted by weight: none too heavy, nothing lost, every place found."""

import re

import pandas as pd
import pytest
from sites import html_of, written
from test_pages import Reader

from dispute.exchange.spreadsheets import in_parts
from dispute.run.products.site import shell
from dispute.site.places import Places, Section, file_of, parted
from dispute.site.ties import DRAWN, STRONGEST, Ties

MOST = 500_000


def section(*sizes, **more):
    return Section("words", list(enumerate(sizes)), lambda item: item[1], **{"head": 0, **more})


def numbers(parts):
    """The items of each part, by their number."""

    def of(part):
        return [number for group in part.groups for number, _ in group.items]

    return [of(part) for part in parts]


def test_a_page_is_parted_before_it_is_too_heavy_and_keeps_its_order():
    parts = parted([section(40, 40, 40, 200, 10)], most=100)
    assert numbers(parts) == [[0, 1], [2], [3], [4]]
    assert [(part.number, part.of) for part in parts] == [(1, 4), (2, 4), (3, 4), (4, 4)]
    assert [part.groups[0].begins for part in parts] == [True, False, False, False]
    assert numbers(parted([section(40, 40)], most=100)) == [[0, 1]]


def test_sections_share_a_part_and_an_empty_one_stands_in_its_turn():
    first, none, second = section(30, key="a"), section(key="b"), section(30, 80, key="c")
    parts = parted([first, none, second], most=100)
    assert [group.key for group in parts[0].groups] == ["a", "b", "c"]
    assert [group.key for group in parts[1].groups] == ["c"] and len(parts) == 2
    assert len(parted([])) == 1, "a page of nothing is a page"


def test_a_place_is_found_on_whichever_part_it_is():
    def anchors(item):
        return [f"s{item[0]}"]

    places = Places()
    words = section(60, 60, 60, anchor="on-x", anchors=anchors)
    places.add("people/ada", parted([words], most=100))
    to = places.to("../")
    assert to("people/ada", "s0") == "../people/ada.html#s0"
    assert to("people/ada", "s2") == "../people/ada/3.html#s2"
    assert to("people/ada", "on-x") == "../people/ada.html#on-x", "a section is where it begins"
    assert to("people/bo") == "../people/bo.html"
    assert places.known("people/ada.html#s1", "") == "people/ada/2.html#s1"


def test_the_parts_of_a_page_have_names_of_their_own():
    assert file_of("events") == "events.html" and file_of("events", 2) == "events-2.html"
    assert file_of("people/ada", 2) == "people/ada/2.html", "there may be an actor ada-2"


def many_times(frame, key, times):
    """The rows of a table so many times, each with a key of its own."""
    copies = [frame.assign(**{key: frame[key] + f"-{n}"}) for n in range(times)]
    return pd.concat([frame, *copies], ignore_index=True)


@pytest.fixture(scope="module")
def dense(root, real, tables):
    """The site of a case in which each article holds sixty times as many statements."""
    statements = tables["statements"]
    mine = statements[statements.coder == "adjudicated"]
    more = tables | {"statements": many_times(mine, "statement_id", 60)}
    return html_of(written(root, real, more))


@pytest.mark.data
def test_no_page_of_a_dense_case_is_too_heavy_and_each_passage_stands_once(dense, tables):
    heavy = {name: len(text.encode()) for name, text in dense.items() if len(text.encode()) > MOST}
    assert heavy == {}
    assert any(re.fullmatch(r"people/[^/]+/\d+\.html", name) for name in dense)
    places = [
        anchor
        for name, text in dense.items()
        if name.startswith("evidence/")
        for anchor in re.findall(r'<li class="statement"><details>.*?<div id="(.+?)">', text, re.S)
    ]
    number = (tables["statements"].coder == "adjudicated").sum()
    assert len(places) == len(set(places)) == 61 * number


@pytest.mark.data
def test_each_part_leads_to_all_others_and_says_which_it_is(dense):
    name = next(name for name in dense if re.fullmatch(r"evidence/[^/]+/2\.html", name))
    text = dense[name]
    whole = dense[name.replace("/2.html", ".html")]
    parts = int(re.search(r"Part 1 of (\d+)", whole)[1])
    assert f"Part 2 of {parts}" in text and "continued" in text
    links = Reader(text).links
    first = name.removeprefix("evidence/").replace("/2.html", ".html")
    assert f"../../evidence/{first}" in links
    assert sum(f"/{first.removesuffix('.html')}/" in link for link in links) >= parts - 2


def test_the_first_view_is_light(root, published, monkeypatch):
    monkeypatch.chdir(root)
    first = published["index.html"]
    frame = shell()
    asked = [link for link in Reader(first).links if link.startswith("report.")]
    assert sorted(asked) == sorted(frame)
    weight = len(first.encode()) + sum(len(text.encode()) for text in frame.values())
    assert weight < 150_000, "half of what a first view may weigh"


def some_edges(count):
    """A network in which everybody disagrees with everybody, the first ones most."""
    people = [f"a{number:03}" for number in range(count)]
    pairs = [(one, two) for one in people for two in people if one < two]
    frame = pd.DataFrame(pairs, columns=["source", "target"])
    weights = [1.0 / (1 + int(one[1:]) + int(two[1:])) for one, two in pairs]
    numbers = {"n_evidence": 2, "n_articles": 2, "n_source_articles": 2, "n_target_articles": 2}
    ids = [f"conflict:{one}--{two}" for one, two in pairs]
    told = {"network": "conflict", "account": "stated", "claimants": "", "relation": ""}
    return frame.assign(weight=weights, edge_id=ids, sign=0, **numbers, **told)


class Named:
    """Of a site what ties ask for."""

    def __init__(self, edges):
        empty = {"edge_issues": ["edge_id", "issue", "share", "source_stances", "target_stances"]}
        self.tables = {name: pd.DataFrame(columns=columns) for name, columns in empty.items()}
        self.tables["edges"], self.passages = edges, {}

    def in_order(self, actor):
        return actor, actor


def test_of_a_large_network_the_strongest_ties_of_each_actor_are_shown_and_the_rest_counted():
    few, many = Ties(Named(some_edges(20))), Ties(Named(some_edges(80)))
    assert len(few.shown("conflict")) == len(few.of("conflict")) == 190
    every, shown = many.of("conflict"), many.shown("conflict")
    assert len(every) == 3160 and len(shown) < 80 * STRONGEST
    assert shown[:DRAWN] == every[:DRAWN], "what a figure draws has a row"
    for actor in ("a000", "a040", "a079"):
        stands = len(many.stands(actor))
        assert stands >= STRONGEST and stands + many.left_out(actor) == 79


def test_a_large_table_can_be_had_in_parts_that_are_tables():
    rows = [f'{number},"two\nlines"' for number in range(50)]
    text = "\n".join(["id,words", *rows]) + "\n"
    parts = list(in_parts(text, 100))
    assert len(parts) > 5 and all(part.startswith("id,words\n") for part in parts)
    assert "id,words\n" + "".join(part.removeprefix("id,words\n") for part in parts) == text
    assert list(in_parts("id\n", 100)) == ["id\n"]
