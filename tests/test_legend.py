"""One legend: site, notebooks, brief and README say the same of each mark."""

from dispute.brief.content import content
from dispute.site import svg
from dispute.site.svg.elements import CORNERS
from helpers.figures import entries, legend, network, tiles


def test_every_mark_has_a_shape_and_no_two_of_a_kind_look_alike():
    for marks in (legend.EVENTS, legend.SIDES):
        looks = [(mark.shape, mark.filled) for mark in marks.values()]
        assert len(set(looks)) == len(looks) == len({mark.sign for mark in marks.values()})
        assert {shape for shape, _ in looks} <= {*CORNERS, "circle"}


def test_the_site_shows_the_legend(published):
    for kind, mark in legend.EVENTS.items():
        assert mark.meaning in published["chronology.html"]
        assert svg.sample(mark.shape, f"entry {kind}") in published["chronology.html"]
    for side, mark in legend.SIDES.items():
        assert side == "conditional" or f"</svg> {mark.meaning}</li>" in published["stances.html"]
    assert all(meaning in published["chronology.html"] for meaning in legend.DATES.values())


def test_the_pictures_of_the_notebooks_take_marks_and_words_from_it():
    for kind, mark in legend.EVENTS.items():
        lane = entries.LANES[kind]
        assert lane.filled == mark.filled and lane.heading.lower() == mark.meaning
        assert lane.marker == {"circle": "o", "diamond": "D", "square": "s"}[mark.shape]
    words = {words for _, words in tiles.KEY}
    assert {mark.meaning for mark in legend.SIDES.values()} <= words
    assert network.COLOURS.keys() == legend.LINES.keys()


def test_the_brief_prints_the_same_signs(real, tables):
    printed = content(real, tables, "adjudicated", "")["marks"]
    assert printed == {kind: [mark.sign, mark.meaning] for kind, mark in legend.EVENTS.items()}


def test_the_readme_holds_it(root):
    assert legend.as_markdown() in (root / "README.md").read_text(encoding="utf-8")
