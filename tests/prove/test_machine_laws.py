"""How good proposals are: laws that hold for any proposals and any coding."""

import pandas as pd
from hypothesis import given, settings
from hypothesis import strategies as st

from helpers.analysis.machine_reading import SLOTS, measures

ROW = st.fixed_dictionaries(
    {
        "article_id": st.sampled_from(["one", "two"]),
        "speaker": st.sampled_from(["ada", "jun"]),
        "issue": st.sampled_from(["audit", "tax"]),
        "stance": st.sampled_from([-1, 0, 2]),
        "date_edtf": st.sampled_from(["", "2019", "2020-01-02"]),
        "start": st.integers(0, 40),
        "length": st.integers(1, 20),
    }
)
UNITS = st.lists(ROW, max_size=6)


def frame(rows):
    made = pd.DataFrame(rows, columns=["article_id", *SLOTS["statement"], "start", "length"])
    made = made.astype({"start": int, "length": int})
    return made.assign(end=made.start + made.length, stance=made.stance.astype(object))


def values(read, coded_ones):
    asked = measures(frame(read), frame(coded_ones), "statement", ["one", "two"], [-1, 0, 2])
    return {(one.variable, one.given, one.metric): one.value(pd.Series([1, 1])) for one in asked}


@settings(max_examples=25, deadline=None)
@given(UNITS)
def test_what_is_proposed_as_it_is_coded_is_all_right(rows):
    found = {key: value for key, value in values(rows, rows).items() if "alpha" not in key[2]}
    told = [value for value in found.values() if value is not None]
    assert set(told) <= {1.0}
    assert (found["passage", "all", "f1"] == 1) == bool(rows)


@settings(max_examples=25, deadline=None)
@given(UNITS)
def test_who_proposes_nothing_finds_nothing_and_has_no_precision(rows):
    found = values([], rows)
    for variable in ("passage", "exact", *SLOTS["statement"]):
        assert found[variable, "all", "precision"] is None
        assert found[variable, "all", "recall"] in (0, None)
    assert found["passage", "all", "recall"] == (0 if rows else None)


@settings(max_examples=25, deadline=None)
@given(UNITS, UNITS)
def test_one_for_one_and_never_more_than_all(read, coded_ones):
    found = values(read, coded_ones)
    assert all(0 <= one <= 1 for key, one in found.items() if "alpha" not in key[2] and one)
    exact, half = found["exact", "all", "f1"], found["passage", "all", "f1"]
    assert exact is None or exact <= half
    # The other way round, precision is recall.
    back = values(coded_ones, read)
    assert back["passage", "all", "precision"] == found["passage", "all", "recall"]


@settings(max_examples=25, deadline=None)
@given(st.lists(ROW, max_size=5, unique_by=lambda row: (row["article_id"], row["start"])))
def test_the_order_of_rows_changes_nothing(rows):
    some = [row | {"start": row["start"] + 3} for row in rows]
    told, turned = values(some, rows), values(some[::-1], rows[::-1])
    assert told["passage", "all", "f1"] == turned["passage", "all", "f1"]
    assert {key for key in told if told[key] is None} == {
        key for key in turned if turned[key] is None
    }
