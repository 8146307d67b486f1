"""Figures as SVG: well-formed, every mark a link with a title, labels apart, hostile names as text, the same bytes for the same table."""

import re
import xml.etree.ElementTree as ET

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dispute.site import svg

NASTY = [
    "<script>alert(1)</script>",
    '"><a href=x>',
    "O'Brien & `sons`",
    "\x00\x07 line\nbreak $x$",
    "]]>",
    "李明",
]
STANCES = pd.DataFrame({"stance": [-1, 1], "side": ["against", "for"]})


def nodes(count, names=None):
    return pd.DataFrame(
        [
            (
                f"a{i:03}",
                names[i] if names else f"Actor number {i}",
                f"a{i % 3:03}" if i % 4 else "",
                f"p/{i}",
                f"t{i}",
            )
            for i in range(count)
        ],
        columns=["actor_id", "name", "camp", "href", "title"],
    )


def edges(pairs, network="conflict"):
    rows = [
        (
            f"a{i:03}",
            f"a{j:03}",
            network,
            0,
            1.0 + (i + j) % 5,
            f"e/{i}-{j}",
            f"{i} and {j}",
            "x y",
            "",
            "early",
        )
        for i, j in pairs
    ]
    return pd.DataFrame(
        rows,
        columns=[
            "source",
            "target",
            "network",
            "sign",
            "weight",
            "href",
            "title",
            "issues",
            "camps",
            "periods",
        ],
    )


def ring(count):
    return [
        (i, (i + step) % count)
        for i in range(count)
        for step in (1, 7)
        if step == 1 or i < count // 2
    ]


def entries(rows):
    made = pd.DataFrame(rows, columns=["event", "earliest", "latest", "date_basis", "kind"])
    return made.assign(
        href=[f"e/{i}" for i in made.index], title=made.event, camps="", periods="", date_edtf=""
    )


def cells(rows):
    made = pd.DataFrame(
        rows, columns=["actor_id", "issue", "period", "n", "mean_stance", "n_for", "n_against"]
    )
    return made.assign(
        camp="",
        n_conditional=0,
        href=[f"c/{i}" for i in made.index],
        title=[f"{r.actor_id} on {r.issue}" for r in made.itertuples()],
    )


def read(text):
    root = ET.fromstring(text)
    for link in root.iter("a"):
        assert link.get("href") and link.find("title").text, "a mark without link or title"
    assert root.get("role") == "group" and all(
        root.find(f".//*[@id='{one}']") is not None for one in root.get("aria-labelledby").split()
    )
    return root


@pytest.mark.parametrize("network", ["conflict", "relation"])
def test_a_network_links_every_edge_and_actor(network):
    root = read(
        svg.network("n", "T", "D", nodes(6), edges([(0, 1), (0, 1), (2, 3), (4, 4)], network))
    )
    assert [a.get("href") for a in root.iter("a") if "edge" in a.get("class")].count("e/0-1") == 2
    assert {a.get("href") for a in root.iter("a") if "node" in a.get("class")} == {
        f"p/{i}" for i in range(5)
    }, "an actor without an edge is not drawn"
    assert (
        len({a.find("path").get("d") for a in root.iter("a") if a.get("href") == "e/0-1"}) == 2
    ), "two ties of the same actors cover each other"
    assert bool(root.findall(".//*[@class='head']")) == (network == "relation")
    edge = next(a for a in root.iter("a") if "edge" in a.get("class"))
    assert (
        edge.get("data-issue") == "x y"
        and edge.get("data-period") == "early"
        and len(edge.get("data-actors").split()) == 2
    )


def labels(root):
    """(degrees on the circle, link, whether it is seen) of every label, from its turn; those on the left are turned over."""
    for link in root.iter("a"):
        for text in link.iter("text"):
            turn = float(re.match(r"rotate\((-?[\d.]+)", text.get("transform"))[1])
            yield (
                (turn + (180 if text.get("text-anchor") == "end" else 0)) % 360,
                link.get("href"),
                text.get("class") != "silent",
            )


@pytest.mark.parametrize("count", [2, 8, 30, 60, 200])
def test_labels_do_not_touch_and_the_least_connected_fall_silent(count):
    found = sorted(labels(read(svg.network("n", "T", "D", nodes(count), edges(ring(count))))))
    radius = min(235.0, max(110.0, 6.5 * count)) + 13
    apart = lambda a, b: abs((a - b + 180) % 360 - 180) / 57.3 * radius
    seen = [(turn, href) for turn, href, shown in found if shown]
    assert all(apart(a, b) >= 13.5 for (a, _), (b, _) in zip(seen, [*seen[1:], seen[0]])), (
        "labels touch"
    )
    assert len(found) == count and len(seen) == count if count <= 60 else len(seen) < count
    degree = {f"p/{i}": sum(i in pair for pair in ring(count)) for i in range(count)}
    for turn, href, shown in found:
        assert shown or any(
            apart(turn, other) < 14.5 and degree[louder] >= degree[href] for other, louder in seen
        ), "silent beside nobody better connected"


def test_a_timeline_draws_days_spans_and_doubt():
    root = read(
        svg.timeline(
            "t",
            "T",
            "D",
            entries(
                [
                    ("a day", "2001-02-03", "2001-02-03", "stated", "reported"),
                    ("a span", "2001-01-01", "2001-12-31", "approximate", "reported"),
                    ("until", "", "2001-05-01", "stated", "reported"),
                    ("unknown", "", "", "undated", "reported"),
                    ("outside", "2001-03-01", "2001-03-01", "external", "context"),
                ]
            ),
        )
    )
    links = list(root.iter("a"))
    assert [a.get("href") for a in links] == [f"e/{i}" for i in range(5)] and links[4].get(
        "data-kind"
    ) == "context"
    assert (
        links[1].find("rect[@class='bar about']") is not None
        and links[3].find("text[@class='unknown']").text == "?"
    )
    assert (
        len(
            list(
                svg.strip(
                    "s",
                    "T",
                    "D",
                    entries([("x", "2001-02-03", "2001-02-03", "stated", "reported")] * 3),
                ).split("<a ")
            )
        )
        == 4
    )


@given(st.lists(st.tuples(st.dates(), st.integers(0, 4000)), min_size=1, max_size=12))
@settings(max_examples=60, deadline=None)
def test_any_dates_have_a_place_inside_the_timeline(days):
    from datetime import date, timedelta

    spans = [
        (day, min(day, date.max - timedelta(days=width)) + timedelta(days=width))
        for day, width in days
    ]
    root = read(
        svg.timeline(
            "t",
            "T",
            "D",
            entries(
                [
                    (f"event {i}", a.isoformat(), max(a, b).isoformat(), "stated", "reported")
                    for i, (a, b) in enumerate(spans)
                ]
            ),
        )
    )
    places = [
        float(mark.get("cx") or mark.get("x"))
        for a in root.iter("a")
        for mark in a
        if mark.get("class") in ("point", "bar")
    ]
    assert len(places) == len(days) and all(0 <= x <= 660 for x in places)
    ticks = [float(t.get("x")) for t in root.iter("text") if t.get("class") == "tick"]
    assert 1 <= len(ticks) <= 9 and all(0 <= x <= 660 for x in ticks)


def test_a_matrix_shows_the_side_and_hides_what_is_of_one_period():
    table = cells(
        [
            ("a", "x", "", 3, 1.0, 3, 0),
            ("a", "y", "", 2, 0.0, 1, 1),
            ("b", "x", "", 1, -1.0, 0, 1),
            ("b", "x", "early", 1, -1.0, 0, 1),
        ]
    )
    root = read(
        svg.matrix(
            "m",
            "T",
            "D",
            table,
            {"a": ("A", "p/a"), "b": ("B", "p/b")},
            {"x": "X", "y": "Y"},
            STANCES,
        )
    )
    marks = [
        (a.get("class"), a.find("path").get("class"), a.find("text").text)
        for a in root.iter("a")
        if a.get("class") != "label"
    ]
    assert marks == [
        ("cell", "for", "3"),
        ("cell", "both", "2"),
        ("cell", "against", "1"),
        ("cell when", "against", "1"),
    ]


@pytest.mark.parametrize("name", NASTY)
def test_a_hostile_name_is_text(name):
    drawn = [
        svg.network("n", name, name, nodes(2, [name, name]), edges([(0, 1)])),
        svg.bars("b", name, name, [(name, name, [("for", 2, name)])]),
        svg.timeline(
            "t", name, name, entries([(name, "2001-02-03", "2001-02-03", "stated", "reported")])
        ),
        svg.matrix(
            "m",
            name,
            name,
            cells([("a", "x", "", 3, 1.0, 3, 0)]),
            {"a": (name, name)},
            {"x": name},
            STANCES,
        ),
    ]
    for text in drawn:
        root = read(text)
        assert not list(root.iter("script")) and {a.tag for a in root.iter()} <= {
            "svg",
            "title",
            "desc",
            "g",
            "a",
            "path",
            "circle",
            "rect",
            "line",
            "text",
        }


def test_empty_tables_give_a_figure_that_says_so():
    for text in (
        svg.network("n", "T", "D", nodes(0), edges([])),
        svg.timeline("t", "T", "D", entries([])),
        svg.strip("s", "T", "D", entries([])),
        svg.matrix("m", "T", "D", cells([]), {}, {}, STANCES),
        svg.bars("b", "T", "D", []),
    ):
        assert re.search(r"<text[^>]*>(No|Nothing) ", text) and ET.fromstring(text) is not None


def test_the_order_of_the_rows_does_not_matter():
    some, ties = nodes(12), edges(ring(12))
    assert svg.network("n", "T", "D", some, ties) == svg.network(
        "n", "T", "D", some[::-1], ties[::-1]
    )
