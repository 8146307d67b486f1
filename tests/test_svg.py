"""Figures as SVG.

Well-formed, every mark a link with a title, labels apart, hostile names as text, and the same bytes
for the same table.
"""

import re
import xml.etree.ElementTree as ET
from datetime import date, timedelta

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dispute.site import svg
from dispute.site.svg.elements import wrapped

NASTY = [
    "<script>alert(1)</script>",
    '"><a href=x>',
    "O'Brien & `sons`",
    "\x00\x07 line\nbreak $x$",
    "]]>",
    "李明",
]
STANCES = pd.DataFrame({"stance": [-1, 1], "side": ["against", "for"]})


TAGS = {"svg", "title", "desc", "g", "a", "path", "circle", "rect", "line", "text", "tspan"}


def nodes(count, names=None):
    """Actors `a000`, `a001` and so on, in three camps; every fourth has none."""
    ids = [f"a{i:03}" for i in range(count)]
    return pd.DataFrame(
        {
            "actor_id": ids,
            "name": names or [f"Actor number {i}" for i in range(count)],
            "camp": [f"a{i % 3:03}" if i % 4 else "" for i in range(count)],
            "href": [f"p/{i}" for i in range(count)],
            "title": [f"t{i}" for i in range(count)],
        }
    )


def edges(pairs, network="conflict"):
    """Edges between actors, named by their numbers."""
    rows = [
        {
            "source": f"a{i:03}",
            "target": f"a{j:03}",
            "network": network,
            "account": "stated",
            "sign": 0,
            "weight": 1.0 + (i + j) % 5,
            "href": f"e/{i}-{j}",
            "title": f"{i} and {j}",
            "state": {"data-actors": f"a{i:03} a{j:03}", "data-issue": "1 2"},
            "rank": (i + j) % 50,
        }
        for i, j in pairs
    ]
    columns = ["source", "target", "network", "account", "sign", "weight", "href", "title"]
    return pd.DataFrame(rows, columns=[*columns, "state", "rank"])


def ring(count):
    """Each actor joined to the next, and the first half also to the seventh after."""
    near = [(i, (i + 1) % count) for i in range(count)]
    far = [(i, (i + 7) % count) for i in range(count // 2)]
    return near + far


def entries(rows):
    frame = pd.DataFrame(rows, columns=["event", "earliest", "latest", "date_basis", "kind"])
    links = [f"e/{i}" for i in frame.index]
    state = [{"data-account": kind} for kind in frame.kind]
    return frame.assign(href=links, title=frame.event, state=state, date_edtf="")


def cells(rows):
    columns = ["actor_id", "issue", "period", "n", "mean_stance", "n_for", "n_against"]
    frame = pd.DataFrame(rows, columns=columns)
    return frame.assign(
        state=[{"data-issue": "1"} for _ in frame.index],
        n_conditional=0,
        href=[f"c/{i}" for i in frame.index],
        title=[f"{cell.actor_id} on {cell.issue}" for cell in frame.itertuples()],
    )


def read(text):
    """The figure as a tree; every link in it has an address and a title."""
    root = ET.fromstring(text)
    for link in root.iter("a"):
        said = link.find("title") if link.find("title") is not None else link.find("text")
        assert link.get("href") and "".join(said.itertext()), "a mark without link or words"
    assert root.get("role") == "group"
    for one in root.get("aria-labelledby").split():
        assert root.find(f".//*[@id='{one}']") is not None
    return root


def links_of(root, kind):
    """The links of a figure that are of a class."""
    return [link for link in root.iter("a") if kind in link.get("class")]


@pytest.mark.parametrize("network", ["conflict", "relation"])
def test_a_network_links_every_edge_and_actor(network):
    ties = edges([(0, 1), (0, 1), (2, 3), (4, 4)], network)
    root = read(svg.network("n", "T", "D", nodes(6), ties))
    drawn = links_of(root, "edge")
    twice = [edge for edge in drawn if edge.get("href") == "e/0-1"]
    assert len(twice) == 2
    actors = {node.get("href") for node in links_of(root, "node")}
    assert actors == {f"p/{i}" for i in range(5)}, "an actor without an edge is not drawn"
    curves = {edge.find("path").get("d") for edge in twice}
    assert len(curves) == 2, "two ties of the same actors cover each other"
    assert bool(root.findall(".//*[@class='head']")) == (network == "relation")
    assert drawn[0].get("data-issue") == "1 2"
    assert len(drawn[0].get("data-actors").split()) == 2


def labels(root):
    """(degrees on the circle, link, whether it is seen) of every label.

    The degrees are read from its turn; labels on the left are turned over.
    """
    for link in root.iter("a"):
        for text in link.iter("text"):
            turn = float(re.match(r"rotate\((-?[\d.]+)", text.get("transform"))[1])
            over = 180 if text.get("text-anchor") == "end" else 0
            yield (turn + over) % 360, link.get("href"), text.get("class") != "silent"


@pytest.mark.parametrize("count", [2, 8, 30, 60, 200])
def test_labels_do_not_touch_and_the_least_connected_fall_silent(count):
    ties = ring(count)
    every = sorted(labels(read(svg.network("n", "T", "D", nodes(count), edges(ties)))))
    radius = min(235.0, max(110.0, 6.5 * count)) + 13

    def apart(a, b):
        return abs((a - b + 180) % 360 - 180) / 57.3 * radius

    seen = [(turn, href) for turn, href, shown in every if shown]
    for (turn, _), (following, _) in zip(seen, [*seen[1:], seen[0]], strict=True):
        assert apart(turn, following) >= 13.5, "labels touch"
    if count <= 60:
        assert len(every) == len(seen) == count
    else:
        assert len(seen) < count, "on a full circle nobody falls silent"
    degree = {f"p/{i}": 0 for i in range(count)}
    for pair in ties:
        for i in set(pair):
            degree[f"p/{i}"] += 1
    for turn, href, shown in every:
        assert shown or any(
            apart(turn, other) < 14.5 and degree[louder] >= degree[href] for other, louder in seen
        ), "silent beside nobody better connected"


def test_a_timeline_draws_days_spans_and_doubt():
    rows = [
        ("a day", "2001-02-03", "2001-02-03", "stated", "reported"),
        ("a span", "2001-01-01", "2001-12-31", "approximate", "reported"),
        ("until", "", "2001-05-01", "stated", "reported"),
        ("unknown", "", "", "undated", "reported"),
        ("outside", "2001-03-01", "2001-03-01", "external", "context"),
    ]
    links = list(read(svg.timeline("t", "T", "D", entries(rows))).iter("a"))
    assert [link.get("href") for link in links] == [f"e/{i}" for i in range(5)]
    assert links[4].get("data-account") == "context"
    assert links[1].find("g/rect[@class='bar about']") is not None
    assert links[3].find("text[@class='unknown']").text == "?"


def test_a_strip_draws_every_event_of_one_day():
    day = ("x", "2001-02-03", "2001-02-03", "stated", "reported")
    assert svg.strip("s", "T", "D", entries([day] * 3)).count("<a ") == 3


@given(st.lists(st.tuples(st.dates(), st.integers(0, 4000)), min_size=1, max_size=12))
@settings(max_examples=60, deadline=None)
def test_any_dates_have_a_place_inside_the_timeline(days):
    rows = []
    for i, (first, width) in enumerate(days):
        last = min(first, date.max - timedelta(days=width)) + timedelta(days=width)
        last = max(first, last)
        rows.append((f"event {i}", first.isoformat(), last.isoformat(), "stated", "reported"))
    root = read(svg.timeline("t", "T", "D", entries(rows), narrow=bool(len(days) % 2)))
    width, marks = float(root.get("width")), root.findall(".//g[@class='at']")
    places = [float(re.search(r"[\d.]+", mark.get("transform"))[0]) for mark in marks]
    assert len(places) == len(days) and all(0 <= x <= width for x in places)
    ticks = [float(t.get("x")) for t in root.iter("text") if t.get("class") == "tick"]
    assert 1 <= len(ticks) <= 9 and all(0 <= x <= width for x in ticks)


def test_a_matrix_shows_the_side_and_hides_what_is_of_one_period():
    table = cells(
        [
            ("a", "x", "", 3, 1.0, 3, 0),
            ("a", "y", "", 2, 0.0, 1, 1),
            ("b", "x", "", 1, -1.0, 0, 1),
            ("b", "x", "early", 1, -1.0, 0, 1),
        ]
    )
    actors = {"a": ("A", "p/a"), "b": ("B", "p/b")}
    issues = {"x": "X", "y": "Y"}
    root = read(svg.matrix("m", "T", "D", table, actors, issues, STANCES))
    marks = [
        (link.get("class"), link.find("path").get("class"), link.find("text").text)
        for link in root.iter("a")
        if link.get("class") != "label"
    ]
    assert marks == [
        ("cell", "for", "3"),
        ("cell", "both", "2"),
        ("cell", "against", "1"),
        ("cell when", "against", "1"),
    ]


@pytest.mark.parametrize("name", NASTY)
def test_a_hostile_name_is_text(name):
    event = (name, "2001-02-03", "2001-02-03", "stated", "reported")
    cell = cells([("a", "x", "", 3, 1.0, 3, 0)])
    for text in (
        svg.network("n", name, name, nodes(2, [name, name]), edges([(0, 1)])),
        svg.arcs("n", name, name, nodes(2, [name, name]), edges([(0, 1)])),
        svg.bars("b", name, name, [svg.Bar(name, name, 2, name)]),
        svg.timeline("t", name, name, entries([event])),
        svg.matrix("m", name, name, cell, {"a": (name, name)}, {"x": name}, STANCES),
    ):
        assert {element.tag for element in read(text).iter()} <= TAGS


def test_empty_tables_give_a_figure_that_says_so():
    for text in (
        svg.network("n", "T", "D", nodes(0), edges([])),
        svg.arcs("n", "T", "D", nodes(0), edges([])),
        svg.timeline("t", "T", "D", entries([])),
        svg.strip("s", "T", "D", entries([])),
        svg.matrix("m", "T", "D", cells([]), {}, {}, STANCES),
        svg.bars("b", "T", "D", []),
    ):
        assert re.search(r"<text[^>]*>(No|Nothing) ", text) and ET.fromstring(text) is not None


def test_the_order_of_the_rows_does_not_matter():
    some, ties = nodes(12), edges(ring(12))
    drawn = svg.network("n", "T", "D", some, ties)
    assert drawn == svg.network("n", "T", "D", some[::-1], ties[::-1])


SENTENCE = "The servers of the election should be opened to independent scrutiny by all parties"


def seen(root):
    """The words of a figure as they are drawn, a text a time."""
    return ["".join(text.itertext()).strip() for text in root.iter("text")]


def test_a_sentence_is_put_in_lines_and_none_of_it_is_cut():
    table = cells([("a", "x", "", 3, 1.0, 3, 0)])
    event = (SENTENCE, "2001-02-03", "2001-02-03", "stated", "reported")
    bar = svg.Bar(SENTENCE, "p", 2, "two")
    for text in (
        svg.network("n", "T", "D", nodes(2, [SENTENCE, "B"]), edges([(0, 1)])),
        svg.arcs("n", "T", "D", nodes(2, [SENTENCE, "B"]), edges([(0, 1)])),
        svg.matrix("m", "T", "D", table, {"a": ("A", "p")}, {"x": SENTENCE}, STANCES),
        svg.timeline("t", "T", "D", entries([event])),
        svg.timeline("t", "T", "D", entries([event]), narrow=True),
        svg.bars("b", "T", "D", [bar]),
        svg.bars("b", "T", "D", [bar], narrow=True),
    ):
        assert SENTENCE in seen(read(text))


def test_words_without_blanks_are_parted():
    assert wrapped("one two", room=30) == ["one", "two"]
    assert wrapped("選挙管理委員会", room=40) == ["選挙管", "理委員", "会"]
    assert wrapped("a b c d e", room=8) == ["a", "b", "c", "d", "e"]


@pytest.mark.parametrize("words, number", [(5, 3), (40, 3), (5, 40)])
def test_where_headings_would_be_too_wide_columns_have_numbers_and_a_key(words, number):
    """Too long, or too many: a figure stays as wide as can be read on a desk."""
    labels = {f"i{n}": " ".join(["heading", str(n), *["word"] * words]) for n in range(number)}
    table = cells([("a", issue, "", 3, 1.0, 3, 0) for issue in labels])
    root = read(svg.matrix("m", "T", "D", table, {"a": ("A", "p")}, labels, STANCES))
    said = [" ".join("".join(text.itertext()).split()) for text in root.iter("text")]
    assert set(labels.values()) <= set(said), "a label is cut"
    heads = [text for text in root.iter("text") if text.get("class") == "tick"]
    turned = [head for head in heads if head.get("transform")]
    assert len(heads) == number and len(turned) == (number if (words, number) == (5, 3) else 0)
    if not turned:
        assert said.count("1") == 2 and float(root.get("width")) <= max(652, 46 * number + 60)


def test_a_slim_figure_is_no_wider_than_a_phone():
    rows = [("an event", "2001-02-03", "2001-12-03", "stated", "reported")]
    for text in (
        svg.arcs("n", "T", "D", nodes(30, [SENTENCE] * 30), edges(ring(30))),
        svg.timeline("t", "T", "D", entries(rows), narrow=True),
        svg.strip("s", "T", "D", entries(rows), narrow=True),
        svg.bars("b", "T", "D", [svg.Bar(SENTENCE, "p", 2, "two")], narrow=True),
    ):
        assert float(read(text).get("width")) <= 366


def test_the_first_lines_are_seen_at_first_and_who_has_none_of_them_is_faint():
    pairs = [(0, n) for n in range(1, 60)]
    ties = edges(pairs).assign(rank=range(59))
    root = read(svg.network("n", "T", "D", nodes(60), ties))
    more = {edge.get("href") for edge in links_of(root, "more")}
    assert more == {f"e/0-{n}" for n in range(svg.FIRST + 1, 60)}
    faint = {node.get("href") for node in links_of(root, "faint")}
    assert faint == {f"p/{n}" for n in range(svg.FIRST + 1, 60)}
    slim = read(svg.arcs("n", "T", "D", nodes(60), ties))
    assert len(links_of(slim, "edge")) == svg.FIRST and len(links_of(slim, "node")) == svg.FIRST + 1
