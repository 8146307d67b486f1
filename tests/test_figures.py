"""Figures of cases of any size: no label covers another, no picture passes its room.

What is left out is counted in the picture itself.
"""

from io import BytesIO

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
import pytest
from collisions import collisions, labels
from PIL import Image

from helpers.figures import details, matrix, network, quotes, timelines
from helpers.figures.pictures import done, png
from helpers.figures.sheets import PIXELS, SHEETS
from helpers.figures.tables import readable

# Names and labels as long as they are in the press.
NAMES = ["Ada Aas", "The Council of the United Bridges", "Independent Board of Ferries and Boats"]
LABELS = ["Build it", "Build the bridge of the lower town before the winter of the next year"]


def names(count):
    return {f"a{n:04}": f"{NAMES[n % 3]} {n}" for n in range(count)}


def labelled(count):
    return {f"i{n:03}": f"{LABELS[n % 2]} {n}" for n in range(count)}


def ties(count):
    """Agreement of some actors, some of it strong and most of it weak."""
    dice = np.random.default_rng(1)
    source, target = dice.integers(0, count, (2, 5 * count))
    frame = pd.DataFrame({"source": source, "target": target}).query("source < target")
    frame = frame.drop_duplicates().assign(weight=1.0, network="congruence", sign=0)
    frame = frame.assign(weight=1 / np.arange(1, len(frame) + 1), account="stated")
    for end in ("source", "target"):
        frame[end] = "a" + frame[end].astype(str).str.zfill(4)
    return frame.reset_index(drop=True)


def nodes(count):
    return pd.DataFrame({"actor_id": list(names(count)), "camp": ""})


def stances(actors, issues, periods):
    """A stance table in which some actors speak much and most speak little."""
    dice = np.random.default_rng(2)
    rows = 12 * actors
    frame = pd.DataFrame(
        {
            "actor_id": [f"a{int(actors**one) - 1:04}" for one in dice.random(rows)],
            "issue": [f"i{int(issues**one) - 1:03}" for one in dice.random(rows)],
            "period": [f"p{n}" for n in dice.integers(0, periods, rows)],
        }
    )
    table = frame.groupby(["actor_id", "issue", "period"]).size().rename("n").reset_index()
    sides = {"n_for": table.n, "n_conditional": 0, "n_against": 0, "mean_stance": 1.0}
    return table.assign(**sides)


SCALE = pd.DataFrame({"stance": [-1, 1], "side": ["against", "for"]})


def entries(count):
    """A chronology of a year, an event for each."""
    days = pd.date_range("2019-01-01", periods=365).strftime("%Y-%m-%d")
    day = [days[n * 365 // count] for n in range(count)]
    text = {"layer": "event", "voice": "reported", "date_basis": "stated", "matters": ""}
    frame = pd.DataFrame({"date_edtf": day, "earliest": day, "latest": day, "wording": day})
    told = {"n_articles": [1 + n % 7 for n in range(count)], "source_text": ""}
    return frame.assign(**text, **told, event=[f"{LABELS[n % 2]} {n}" for n in range(count)])


def pixels(figure):
    width, height = Image.open(BytesIO(png(figure))).size
    return width * height


def words(figure):
    return " ".join(" ".join(label.words for label in labels(figure)).split())


def sheets_of(kind, count):
    """The sheets of a kind of figure, at a number of actors."""
    if kind == "network":
        return [network.network(nodes(count), ties(count), names(count))]
    if kind == "networks":
        panels = {f"Period {n}": ties(count) for n in range(8)}
        return network.networks(nodes(count), panels, names(count))
    if kind == "matrix":
        table = stances(count, max(10, count // 7), 1)
        return matrix.stance_matrix(table, SCALE, names(count), labelled(max(10, count // 7)))
    if kind == "periods":
        table = stances(count, max(10, count // 7), 5)
        order = {f"p{n}": f"Period {n}" for n in range(5)}
        many = labelled(max(10, count // 7))
        return matrix.stance_periods(table, SCALE, names(count), many, order)
    if kind == "overview":
        return [timelines.overview(entries(count))]
    return [details.detail(entries(count), "2019")]


KINDS = ["network", "networks", "matrix", "periods", "overview", "detail"]


@pytest.mark.parametrize("kind", ["network", "overview", "detail"])
def test_no_label_covers_another_and_no_picture_is_too_large(kind, count=1000):
    """The other kinds, and fewer actors, where more of them are drawn: `make prove`."""
    sheets = sheets_of(kind, count)
    assert 1 <= len(sheets) <= SHEETS
    assert pixels(sheets[0]) <= PIXELS
    for figure in sheets:
        assert not collisions(figure)


def test_the_test_finds_labels_that_cover_each_other():
    (figure,) = sheets_of("network", 30)
    texts = figure.axes[0].texts
    texts[0].set_position(texts[1].get_position())
    texts[0].set_rotation(texts[1].get_rotation())
    assert (texts[0].get_text(), texts[1].get_text()) in collisions(figure)


def test_what_a_sheet_leaves_out_is_counted_on_it():
    first, second, third = sheets_of("matrix", 300)
    assert "Sheet 1 of 3; on all shown: 37 of" in words(first)
    assert "actors, 42 issues, " in words(first) and "in the table stance_table." in words(first)
    assert "Sheet 3 of 3" in words(third) and "Build it 20" in words(second)
    (circle,) = sheets_of("network", 1000)
    assert "32 of" in words(circle)
    assert "all are in the table edges." in words(circle)


def test_what_has_room_says_nothing_of_sheets():
    for kind in ("matrix", "periods", "network"):
        (figure,) = sheets_of(kind, 10)
        assert "Sheet" not in words(figure) and "the table" not in words(figure)


def test_the_busiest_come_first_and_every_mark_is_of_the_table():
    table = stances(300, 42, 1)
    first, *_ = matrix.stance_matrix(table, SCALE, names(300), labelled(42))
    busiest = table.groupby("actor_id").n.sum().idxmax()
    assert names(300)[busiest] in words(first)


def test_entries_that_most_articles_tell_are_drawn():
    figure = details.detail(entries(300), "2019")
    assert "30 of 300 entries" in words(figure)
    told = entries(300)
    most = told[told.n_articles == 7].event.tolist()
    assert most[0] in words(figure) and told.event[0] not in words(figure)


def test_periods_beyond_the_room_stand_together():
    parts = [(f"Year {n}", entries(10)) for n in range(12)]
    figures = details.details(parts)
    assert len(figures) == details.PERIODS and "Year 7 and later" in words(figures[-1])


def test_a_picture_that_would_be_too_large_is_drawn_smaller():
    figure, _ = plt.subplots(figsize=(40, 40), dpi=100)
    assert 0.9 * PIXELS < pixels(done(figure)) <= PIXELS


def test_a_large_table_shows_its_first_rows_and_says_where_the_rest_is():
    many = pd.DataFrame({"n": range(1234)})
    shown = readable(many, whole="edges")._repr_html_()
    assert shown.count("<tr") == 101 and "1134 more rows: all are in the table edges." in shown
    assert "Not shown" not in readable(many[:100], whole="edges")._repr_html_()
    wide = readable(pd.DataFrame([range(50)]))._repr_html_()
    assert "Not shown: 10 more columns." in wide


def test_of_many_passages_that_face_each_other_the_rest_is_counted():
    row = {"lang": "en", "gloss": "", "speaker": "a", "on_behalf_of": "", "date_edtf": "2019"}
    row |= {"quote": "We agree", "article_id": "x"}
    said = pd.DataFrame({f"s{n}": row for n in range(9)}).T
    ids = ";".join(said.index)
    block = quotes.Block("A on B", [quotes.Side("for", ids)])
    shown = quotes.facing([block] * 50, said, {"a": "Ada"}, "contradictions")
    assert "and 6 more passages" in shown
    assert "Not shown: 10 more: all are in the table contradictions." in shown
    assert shown.count("We agree") == 3 * quotes.BLOCKS


def test_nobody_is_said_to_speak_for_himself():
    row = {"lang": "en", "gloss": "", "speaker": "a", "date_edtf": "2019"}
    row |= {"quote": "We agree", "article_id": "x"}
    said = pd.DataFrame({"s1": row | {"on_behalf_of": "a"}, "s2": row | {"on_behalf_of": "b"}}).T
    names = {"a": "Ada", "b": "Bo"}
    for one, spokesman in (("s1", False), ("s2", True)):
        block = quotes.Block("A on B", [quotes.Side("for", one)])
        assert (" for Bo" in quotes.facing([block], said, names, "contradictions")) == spokesman
        assert " for Ada" not in quotes.facing([block], said, names, "contradictions")
