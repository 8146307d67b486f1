"""Tables to be read, and passages that face each other: examples of use, on the made-up case."""

from io import BytesIO

import pandas as pd
import pytest
from matplotlib.figure import Figure
from PIL import Image as Pillow

from helpers.analysis.positions import change_pairs, contradictions
from helpers.analysis.stances import disputed_facts
from helpers.case.load import coded, load
from helpers.case.schema import columns
from helpers.figures import quotes
from helpers.figures.pictures import SHADES, picture, png
from helpers.figures.tables import (
    confused,
    counts,
    crossed,
    listed,
    named,
    readable,
    rounded,
    signed,
    with_intervals,
)


@pytest.fixture(scope="module")
def case(root):
    return load(root / "tests/cases/lighthouse")


TIES = pd.DataFrame(
    {
        "source": ["jonas-hart", "ada-moen"],
        "target": ["ada-moen", "somebody-else"],
        "weight": [2 / 3, float("nan")],
        "n_evidence": [3, 1],
    }
)


# --- names and labels in place of ids


def test_ids_of_actors_and_issues_are_shown_by_name(case):
    names, labels = case.names(), case.labels()
    actor, issue = next(iter(names)), next(iter(labels))
    table = pd.DataFrame({"speaker": [actor], "issue": [issue], "quote": [actor]})
    assert named(table, case).values.tolist() == [[names[actor], labels[issue], actor]]


def test_several_ids_in_a_cell_are_a_list_and_what_is_no_id_stays(case):
    (one, first), (two, second), *_ = case.names().items()
    table = pd.DataFrame({"claimants": [f"{one};{two}", "nobody", ""]})
    assert named(table, case).claimants.tolist() == [f"{first}, {second}", "nobody", ""]


def test_dates_are_put_into_words_and_an_empty_cell_says_what_it_means(case):
    table = pd.DataFrame(
        {
            "published": ["2019-03~", ""],
            "publisher": ["", "The Beacon"],
            "according_to": ["", "nobody"],
            "own_alternatives": ["2019-04;2019-05-01", ""],
            "matters": ["date;who", ""],
        }
    )
    assert named(table, case).values.tolist() == [
        [
            "about March 2019",
            "not identified",
            "the article",
            "April 2019, 1 May 2019",
            "date, who",
        ],
        ["undated", "The Beacon", "nobody", "", ""],
    ]


def test_a_column_can_hold_what_another_one_holds(case):
    camp = next(camp for camp in case.camps().values() if camp)
    groups = pd.DataFrame({"group": [camp, ""]})
    shown = named(groups, case, like={"group": "camp"})
    assert shown.group.tolist() == [case.names()[camp], "of no camp"]
    assert groups.group.tolist() == [camp, ""]


# --- the table that a notebook shows


def test_a_readable_table_has_its_index_its_headings_and_rounded_measures():
    shown = readable(
        TIES,
        index=["source", "target"],
        columns=["weight", "n_evidence"],
        called={"n_evidence": "mentions"},
    )
    assert list(shown.frame.columns) == ["weight", "mentions"]
    assert list(shown.frame.index.names) == ["source", "target"]
    assert shown.frame.values.tolist() == [["0.67", 3], ["–", 1]]


def test_the_index_has_a_heading_too_also_one_that_was_there():
    table = pd.DataFrame({"actor_id": ["a"], "n_articles": [1]})
    for shown in (readable(table, index="actor_id"), readable(table.set_index("actor_id"))):
        assert shown.frame.index.name == "actor"
        assert list(shown.frame.columns) == ["articles"]


def test_a_table_without_rows_says_so():
    shown = readable(TIES[:0], index="source", none="No tie <at all>.")
    assert repr(shown) == "No tie <at all>."
    assert shown._repr_html_() == "<p>No tie &lt;at all&gt;.</p>"


def test_no_cell_is_cut_no_row_left_out_and_nothing_is_markup():
    words = "word " * 100 + "<b>end</b>"
    shown = readable(pd.DataFrame({"quote": [words] * 100}))
    html = shown._repr_html_()
    assert html.count("word " * 100 + "&lt;b&gt;end&lt;/b&gt;") == 100
    assert "<b>" not in html
    assert repr(shown) == "a table of 100 rows"


def test_a_row_is_a_line_of_html():
    html = readable(pd.DataFrame({"quote": ["one", "> two <"]}))._repr_html_()
    assert html.splitlines()[-3:] == [
        "</thead><tbody><tr><th>0</th><td>one</td></tr>",
        "<tr><th>1</th><td>&gt; two &lt;</td></tr>",
        "</tbody></table>",
    ]


def test_an_unknown_column_is_an_error():
    with pytest.raises(KeyError, match="nothing"):
        readable(TIES, columns=["nothing"])


# --- what cells compute to be read


def test_measures_are_rounded_counts_and_words_are_not():
    table = pd.DataFrame(
        {
            "value": pd.Series([1 / 3, None], dtype="Float64"),
            "weight": pd.Series([2, "+2"], dtype=object),
            "n": pd.Series([3, None], dtype="Int64"),
        }
    )
    shown = rounded(table, 3)
    assert shown.value.tolist() == ["0.333", "–"]
    assert shown.weight.tolist() == ["2.000", "+2"]
    assert shown.n.tolist() == [3, pd.NA]


def test_values_are_counted_side_by_side():
    parts = {
        "statements": pd.DataFrame({"date_basis": ["stated", "stated", "undated"]}),
        "mentions": pd.DataFrame({"date_basis": []}),
    }
    table = counts(parts, "date_basis", ["stated", "resolved", "undated"])
    assert table.to_dict("index") == {
        "stated": {"statements": 2, "mentions": 0},
        "resolved": {"statements": 0, "mentions": 0},
        "undated": {"statements": 1, "mentions": 0},
    }


def test_a_crossed_table_keeps_an_order_and_leaves_silence_empty():
    sums = pd.DataFrame(
        {"actor": ["a", "a", "b"], "issue": ["x", "y", "x"], "weight": ["+2", "-1", "0"]}
    )
    table = crossed(sums, "actor", "issue", "weight", order=["y", "z", "x"])
    assert table.to_dict("index") == {"a": {"y": "-1", "x": "+2"}, "b": {"y": "", "x": "0"}}
    assert crossed(sums[:0], ["actor"], ["issue"], "weight").empty


def test_stances_of_two_passes_are_crossed_by_their_labels(case):
    scale = dict(zip(case.stances.stance, case.stances.label, strict=True))
    low, high = min(scale), max(scale)
    row = ("statement", "stance", "pass-a", "pass-b", str(low), str(high), 3)
    table = confused(pd.DataFrame([row], columns=columns("confusion")), case)
    assert list(table.columns) == [scale[stance] for stance in sorted(scale)]
    assert table.loc[("pass-a", "pass-b", scale[low]), scale[high]] == 3
    assert confused(pd.DataFrame(columns=columns("confusion")), case).empty


def test_small_words_for_cells():
    assert listed(["b", "a", "b"]) == "a, b"
    assert [signed(number) for number in (2, -1, 0)] == ["+2", "-1", "0"]
    measures = pd.DataFrame({"value": [0.5, 1], "low": [0.1, None], "high": [0.8, None]})
    assert with_intervals(measures) == ["0.50 (0.10 to 0.80)", "1.00"]


# --- passages that face each other


def test_changes_contradictions_and_disputed_facts_become_blocks(case):
    statements = coded(case, "statements", "adjudicated")
    changes = change_pairs(statements)
    pairs = contradictions(statements, case.stances)
    facts = disputed_facts(statements, case.stances, case.issues, case.camps())
    blocks = {
        "changed": quotes.changed(changes, case),
        "opposed": quotes.opposed(pairs, case),
        "disputed": quotes.disputed(facts, case),
    }
    passages = statements.set_index("statement_id")
    for kind, those in blocks.items():
        html = quotes.facing(those, passages, case.names())
        assert those and html.count('class="facing"') == len(those), kind
    assert [side.heading.split()[0] for side in blocks["changed"][0].sides] == [
        "earlier:",
        "later:",
    ]
    assert [side.heading for side in blocks["opposed"][0].sides] == ["for", "against"]
    assert blocks["disputed"][0].sides[0].heading.startswith("affirmed by ")


def test_no_block_is_made_of_an_empty_table(case):
    statements = coded(case, "statements", "adjudicated")[:0]
    pairs = contradictions(statements, case.stances)
    assert quotes.changed(change_pairs(statements), case) == []
    assert quotes.facing(quotes.opposed(pairs, case), statements, {}) == quotes.NONE


# --- pictures


def test_a_picture_has_few_colours_white_paper_and_the_same_bytes_each_time():
    figure = Figure(figsize=(2, 1))
    axes = figure.subplots()
    axes.axhspan(0, 1, color="#0072B2")
    axes.axhspan(1, 2, color="#f2f2f2")
    drawn = png(figure)
    assert drawn == png(figure) == picture(figure).data
    shown = Pillow.open(BytesIO(drawn))
    assert shown.mode == "P" and len(shown.getcolors()) <= SHADES
    colours = {colour for _, colour in shown.convert("RGB").getcolors()}
    assert {(255, 255, 255), (0xF2, 0xF2, 0xF2), (0, 0x72, 0xB2)} <= colours


def test_a_picture_is_as_large_as_the_figure_that_matplotlib_writes():
    figure = Figure(figsize=(2, 1))
    figure.subplots().plot([1, 2, 3])
    whole = BytesIO()
    figure.savefig(whole, format="png")
    assert Pillow.open(BytesIO(png(figure))).size == Pillow.open(whole).size
