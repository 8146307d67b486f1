"""Continua: |u-alpha and cu-alpha worked by hand, and laws that hold for any units."""

from itertools import pairwise

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from helpers.analysis import continua

SCALE = [-2, 0, 1, 2]


def units(*rows, columns=("article_id", "start", "end", "issue", "speaker", "stance")):
    """Units as rows; what is left out at the end of a row is issue i, speaker a, stance 2."""
    usual = ("x", 0, 0, "i", "a", 2)
    return pd.DataFrame([(*row, *usual[len(row) :]) for row in rows], columns=columns)


def measured(passes, length, value=None, gaps=True, level="nominal", scale=None):
    """An alpha of passes over articles x (and y) of this length, one continuum for each issue."""
    texts = {"x": "w" * length, "y": "w" * length}
    articles = sorted({article for one in passes for article in one.article_id})
    line = continua.line(passes, articles, texts, by_issue=True)
    lanes = [continua.lane(one, value, line, texts) for one in passes]
    return continua.coincidences(lanes, line, gaps, scale).alpha(level)


# --- by hand, on four segments


def test_marked_or_not_on_four_segments():
    # An article of 10: the first marks 0-4, the second 2-6. The cuts are 0 2 4 6 10:
    # unit-gap 2, unit-unit 2, gap-unit 2, gap-gap 4.
    # o: unit-unit 4, gap-gap 8, unit-gap and gap-unit 4 each: 20 in all, 8 of units, 12 of gaps.
    # own: the units 4^2 + 4^2 = 32, the gaps 6 + 6 = 12.
    # D_o = 8. D_e = 20 / (400 - 44) * 2 * 8 * 12.
    found = measured([units(("x", 0, 4)), units(("x", 2, 6))], 10)
    assert found == pytest.approx(1 - 8 / (20 / 356 * 192))
    assert round(found, 4) == 0.2583


def test_values_on_common_words_on_four_segments():
    # The first: 0-4 by a, 4-10 by b. The second: 0-6 by a, 8-12 by b. Both are there on
    # 0-4 (a, a), 4-6 (b, a) and 8-10 (b, b); 6-8 and 10-12 have a gap.
    # o: a-a 8, a-b and b-a 2 each, b-b 4: 16 in all, 10 of a, 6 of b.
    # own: what is left of each unit, squared: 4^2 + 4^2 and 6^2 + 2^2 = 72.
    # D_o = 4. D_e = 16 / (256 - 72) * 2 * 10 * 6.
    first = units(("x", 0, 4, "i", "a"), ("x", 4, 10, "i", "b"))
    second = units(("x", 0, 6, "i", "a"), ("x", 8, 12, "i", "b"))
    found = measured([first, second], 20, "speaker", gaps=False)
    assert found == pytest.approx(1 - 4 / (16 / 184 * 120))
    assert round(found, 4) == 0.6167


def test_an_ordered_value_on_four_segments():
    # Stances 2 and -2 against 1 and -2, units of length 4, 2: (2, 1) on 4, (-2, -2) on 2.
    # Lengths of -2, 1, 2: 4, 4, 4. Ranks in the middle: 2, 6, 10.
    # D_o = 2 * 4 * (10 - 6)^2 = 128. own = 2 * (16 + 4) = 40.
    # D_e = 12 / (144 - 40) * 2 * 4 * 4 * (4^2 + 4^2 + 8^2).
    first = units(("x", 0, 4, "i", "a", 2), ("x", 6, 8, "i", "a", -2))
    second = units(("x", 0, 4, "i", "a", 1), ("x", 6, 8, "i", "a", -2))
    found = measured([first, second], 10, "stance", gaps=False, level="ordinal", scale=SCALE)
    assert found == pytest.approx(1 - 128 / (12 / 104 * 32 * 96))


def test_each_issue_is_a_continuum_of_its_own():
    # Two issues on an article of 10: the first marks 0-4 on both, the second on i alone.
    # gap-gap 6 + 6, unit-unit 4 (i), unit-gap 4 (j); 40 in all, 12 of units, 28 of gaps.
    # own: units 3 * 16, gaps 6 + 6 + 6 + 10.
    first, second = units(("x", 0, 4), ("x", 0, 4, "j")), units(("x", 0, 4))
    found = measured([first, second], 10)
    assert found == pytest.approx(1 - 8 / (40 / (1600 - 76) * 2 * 12 * 28))


def test_three_coders_two_by_two():
    # Marked on 4 segments of length 1: 1100, 1000, 1000. Two by two, divided by 2:
    # unit-unit 3 * 2 / 2, gap-gap (2 + 2 + 3) * 2 / 2, unit-gap 2 / 2 each way; 12 in all.
    # own: units 4 + 1 + 1, gaps 2 + 3 + 3.
    passes = [units(("x", 0, 2)), units(("x", 0, 1)), units(("x", 0, 1))]
    assert measured(passes, 4) == pytest.approx(1 - 2 / (12 / (144 - 14) * 2 * 4 * 8))


def test_alpha_is_undefined_where_nothing_varies():
    everything = units(("x", 0, 10))
    assert measured([everything, everything], 10) is None
    assert measured([everything, everything], 10, "speaker", gaps=False) is None
    assert measured([everything, everything[:0]], 10, "speaker", gaps=False) is None


# --- units that overlap


def test_words_of_two_units_are_those_of_the_shorter():
    inside = units(("x", 0, 9, "i", "a"), ("x", 2, 5, "i", "b"))
    line = continua.line([inside], ["x"], {"x": "w" * 12}, by_issue=True)
    assert continua.lane(inside, "speaker", line).values == [("a",), ("b",), ("a",), ()]
    assert continua.lane(inside, "speaker", line, together=True).values[1] == ("a", "b")
    # Of equal length the one that begins first, then the lower value.
    equal = units(("x", 2, 6, "i", "a"), ("x", 0, 4, "i", "c"), ("x", 0, 4, "i", "b"))
    lane = continua.lane(equal, "speaker", line)
    assert lane.starts.tolist() == [0, 4, 6] and lane.values == [("b",), ("a",), ()]


def test_units_that_overlap_on_one_issue_are_counted():
    some = units(("x", 0, 9), ("x", 2, 5), ("x", 9, 12), ("x", 0, 9, "j"), ("y", 0, 9))
    line = continua.line([some], ["x", "y"], by_issue=True)
    assert continua.overlapping(some, line).tolist() == [True, True, False, False, False]


# --- maximal units


def test_units_of_one_value_that_touch_are_one():
    text = "He said no. He said: no! They all left. (Caption) No, he said."
    whole = units(("x", 0, 11), ("x", 12, 24), ("x", 50, 62), ("x", 12, 24, "i", "b"))
    joined = continua.maximal(whole, ["speaker", "issue", "stance"], {"x": text})
    assert joined[["speaker", "start", "end", "n_units"]].values.tolist() == [
        ["a", 0, 24, 2],
        ["a", 50, 62, 1],
        ["b", 12, 24, 1],
    ]
    # Without the text nothing may stand between.
    assert len(continua.maximal(whole, ["speaker"])) == 4


def test_a_caption_in_between_is_no_word_of_the_article():
    furniture = {"x": [(5, 10, "caption")]}
    texts = continua.own_texts({"x": "aaaaaCCCCCbbbbb"}, furniture)
    assert texts == {"x": "aaaaabbbbb"}
    moved = continua.in_own_text(units(("x", 0, 5), ("x", 10, 15), ("x", 3, 12)), furniture)
    assert moved[["start", "end"]].values.tolist() == [[0, 5], [5, 10], [3, 7]]
    assert len(continua.maximal(moved, ["speaker"], texts)) == 1


# --- laws

MARKS = st.lists(
    st.tuples(
        st.sampled_from("xy"), st.integers(0, 25), st.integers(1, 12), st.sampled_from("ij"),
        st.sampled_from("ab"), st.sampled_from([-2, 1, 2]),
    ),
    min_size=1,
    max_size=6,
).map(lambda rows: units(*((a, s, s + n, i, who, k) for a, s, n, i, who, k in rows)))  # fmt: skip
HOW = st.sampled_from([(None, True, "nominal"), ("speaker", False, "nominal"),
                       ("stance", False, "ordinal")])  # fmt: skip


@settings(max_examples=40, deadline=None)
@given(MARKS, HOW)
def test_the_same_coding_twice_agrees_fully(one, how):
    assert measured([one, one], 40, *how) in (None, pytest.approx(1))


@settings(max_examples=40, deadline=None)
@given(MARKS, MARKS, HOW)
def test_the_order_of_coders_is_nothing(one, other, how):
    assert measured([one, other], 40, *how) == pytest.approx(measured([other, one], 40, *how))


@settings(max_examples=60, deadline=None)
@given(MARKS, MARKS, HOW, st.data())
def test_splitting_a_unit_into_touching_ones_changes_nothing(one, other, how, data):
    row = one.iloc[data.draw(st.integers(0, len(one) - 1))]
    middle = data.draw(st.integers(row.start, row.end))
    halves = pd.DataFrame([row, row]).assign(start=[row.start, middle], end=[middle, row.end])
    split = pd.concat([one.drop(row.name), halves], ignore_index=True)
    assert measured([split, other], 40, *how) == pytest.approx(measured([one, other], 40, *how))
    values = ["speaker", "issue", "stance"]
    whole, again = (continua.maximal(frame, values) for frame in (one, split))
    again = again[again.end > again.start]
    assert sorted(whole.iloc[:, :-1].values.tolist()) == sorted(again.iloc[:, :-1].values.tolist())


@settings(max_examples=40, deadline=None)
@given(MARKS, MARKS, HOW)
def test_it_is_what_counting_letter_by_letter_gives(one, other, how):
    value, gaps, level = how
    assert measured([one, other], 40, *how) == pytest.approx(slowly(one, other, value, gaps, level))


def slowly(one, other, value, gaps, level):
    """The same from its definition: letters side by side, runs of one value being a segment."""
    pairs, own = [], 0.0
    articles = sorted({*one.article_id, *other.article_id})
    for article in articles:
        for issue in sorted({*one.issue, *other.issue}):
            sides = [painted(frame, article, issue, value) for frame in (one, other)]
            kept = [gaps or (x and y) for x, y in zip(*sides, strict=True)]
            pairs += [(x, y) for x, y, k in zip(*sides, kept, strict=True) if k]
            for side in sides:
                runs = np.cumsum([True, *(x != y for x, y in pairwise(side))])
                for run in set(runs.tolist()):
                    places = [p for p in range(40) if runs[p] == run and kept[p]]
                    length = len(places)
                    own += length**2 if length and side[places[0]] else length
    values = [x for pair in pairs for x in pair]
    n, kinds = len(values), sorted(set(values), key=str)
    if len(kinds) < 2:
        return None
    count = {kind: values.count(kind) for kind in kinds}

    def far(x, y):
        if level == "nominal":
            return float(x != y)
        low, high = sorted((x[0], y[0]))
        inside = sum(number for kind, number in count.items() if low <= kind[0] <= high)
        return (inside - (count[x] + count[y]) / 2) ** 2 if x != y else 0.0

    seen = 2 * sum(far(x, y) for x, y in pairs)
    by_chance = 0.0
    for x in kinds:
        by_chance += sum(count[x] * count[y] * far(x, y) for y in kinds)
    return 1 - seen / (n / (n**2 - own) * by_chance)


def painted(frame, article, issue, value):
    """Letter by letter the value that a coder gives it on an issue; empty for a gap."""
    chosen = frame[(frame.article_id == article) & (frame.issue == issue)]
    by = [value] if value else []
    joined = continua.maximal(chosen, by)
    joined["what"] = joined[value] if value else True
    joined = joined.assign(length=joined.end - joined.start, name=joined.what.map(str))
    line = [()] * 40
    for row in joined.sort_values(["length", "start", "name"], ascending=False).itertuples():
        line[row.start : row.end] = [(row.what,)] * row.length
    return line
