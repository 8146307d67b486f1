"""Agreement: units matched by overlap, alpha as Krippendorff publishes it, any number of passes."""

import math
from itertools import permutations

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from helpers.analysis import agreement
from helpers.case.load import check, coded, load
from helpers.case.schema import CODED, columns

TABLES = {unit: kind.table for unit, kind in CODED.items()}
SCALE = pd.DataFrame({"stance": [-2, 0, 1, 2]})
N = None


def unit(article, start, end, issue="i", stance=2, speaker="a"):
    return {
        "statement_id": f"{article}{start}{issue}",
        "article_id": article,
        "start": start,
        "end": end,
        "issue": issue,
        "stance": stance,
        "speaker": speaker,
        "coder": "c",
    }


def frame(*units):
    return pd.DataFrame(units, columns=list(unit("", 0, 0)))


# --- matching


def test_units_match_by_half_of_the_shorter_passage():
    first = frame(unit("x", 0, 100), unit("x", 200, 210))
    second = frame(unit("x", 61, 141), unit("x", 204, 300), unit("y", 0, 100))
    assert agreement.matched(first, second, "statement").values.tolist() == [[1, 1]]
    wider = second.assign(start=[50, 204, 0])
    assert agreement.matched(first, wider, "statement").values.tolist() == [[0, 0], [1, 1]]


def test_a_passage_on_two_issues_is_not_crossed():
    first = frame(unit("x", 0, 50, "i"), unit("x", 0, 50, "j"))
    turned = first[::-1].reset_index(drop=True)
    assert agreement.matched(first, turned, "statement").values.tolist() == [[0, 1], [1, 0]]
    shorter = frame(unit("x", 0, 48, "j"), unit("x", 0, 48, "i"))
    assert agreement.matched(first, shorter, "statement").values.tolist() == [[0, 1], [1, 0]]


def test_one_code_point_more_of_overlap_decides_against_being_coded_alike():
    first = frame(unit("x", 0, 1000, "i"))
    second = frame(unit("x", 0, 998, "i"), unit("x", 0, 999, "j"))
    assert agreement.matched(first, second, "statement").values.tolist() == [[0, 1]]
    nested = frame(unit("x", 0, 100, "i"), unit("x", 0, 30, "j"))
    crossed = frame(unit("x", 0, 30, "i"), unit("x", 0, 100, "j"))
    assert agreement.matched(nested, crossed, "statement").values.tolist() == [[0, 1], [1, 0]]


SPANS = st.lists(
    st.tuples(st.sampled_from("xy"), st.integers(0, 30), st.integers(1, 15), st.sampled_from("ij")),
    max_size=5,
).map(lambda rows: frame(*(unit(a, s, s + n, i) for a, s, n, i in rows)))


@settings(max_examples=60, deadline=None)
@given(SPANS, SPANS)
def test_matching_takes_each_unit_once_only_where_allowed_and_in_both_directions_alike(
    first, second
):
    pairs = agreement.matched(first, second, "statement")
    assert pairs.a.is_unique and pairs.b.is_unique
    for a, b in pairs.itertuples(index=False):
        x, y = first.loc[a], second.loc[b]
        shared = min(x.end, y.end) - max(x.start, y.start)
        assert x.article_id == y.article_id
        assert 2 * shared >= min(x.end - x.start, y.end - y.start)
    assert len(agreement.matched(second, first, "statement")) == len(pairs)
    both = agreement.aligned(first, second, "statement")
    assert len(both) == len(first) + len(second) - len(pairs)
    assert int(both.both.sum()) == len(pairs)


# --- alpha

KRIPPENDORFF = [
    [N, N, N, N, N, 3, 4, 1, 2, 1, 1, 3, 3, N, 3],
    [1, N, 2, 1, 3, 3, 4, 3, N, N, N, N, N, N, N],
    [N, N, 2, 1, 3, 4, 4, N, 2, 1, 1, 3, 3, N, 4],
]


@pytest.mark.parametrize("level, value", [("nominal", 0.691), ("interval", 0.811)])
def test_alpha_on_krippendorff_s_published_example(level, value):
    assert round(agreement.alpha(KRIPPENDORFF, level), 3) == value


def test_alpha_is_one_for_the_same_and_missing_where_nothing_varies():
    assert agreement.alpha([["i", "j", "i"], ["i", "j", "i"]]) == pytest.approx(1)
    assert agreement.alpha([[-2, 2, 1], [-2, 2, 1]], "ordinal", [-2, 0, 1, 2]) == pytest.approx(1)
    assert agreement.alpha([["i", "i"], ["i", "i"]]) is None
    assert agreement.alpha([[], []]) is None
    assert agreement.alpha([["i", "j", N], [N, N, "i"]]) is None
    assert agreement.alpha([["i", "j"], ["j", "i"]]) < 0


def test_a_near_miss_on_an_ordered_scale_costs_less_than_a_far_one():
    base = [-2, -2, 0, 1, 2, 2]
    near, far = [-2, -2, 0, 2, 2, 2], [-2, -2, 0, -2, 2, 2]
    close, wide = (
        agreement.alpha([base, other], "ordinal", [-2, 0, 1, 2]) for other in (near, far)
    )
    assert close > wide


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(*[st.sampled_from("ijk")] * 2), min_size=2, max_size=12))
def test_nominal_alpha_of_two_coders_is_its_definition(pairs):
    values = [value for pair in pairs for value in pair]
    alpha = agreement.alpha(list(zip(*pairs, strict=True)))
    if len(set(values)) == 1:
        assert alpha is None
        return
    expected = sum(x != y for x, y in permutations(values, 2)) / math.perm(len(values), 2)
    observed = sum(x != y for x, y in pairs) / len(pairs)
    assert alpha == pytest.approx(1 - observed / expected)


# --- passes

A = frame(
    unit("x", 0, 10),
    unit("x", 20, 30, "j", -2),
    unit("y", 0, 10, "j", 0, "b"),
    unit("y", 50, 60, "i", 1),
)
B = frame(
    unit("x", 0, 10, stance=1),
    unit("x", 20, 30, "i", -2),
    unit("y", 0, 10, "j", 0),
    unit("y", 70, 80),
)


def test_every_pair_of_passes_is_compared_without_a_change():
    table = agreement.agreement({"a": A, "b": B, "c": A}, "statement", SCALE, draws=20)
    assert table[["coder_a", "coder_b"]].drop_duplicates().values.tolist() == [
        ["a", "b"],
        ["a", "c"],
        ["b", "c"],
    ]
    values = table.set_index(["coder_a", "coder_b", "variable", "metric"])
    assert values.at[("a", "b", "unit", "share"), "value"] == 6 / 8
    assert values.at[("a", "b", "issue", "share"), "value"] == 2 / 3
    assert values.at[("a", "b", "stance", "share"), "n_units"] == 2
    assert values.at[("a", "b", "stance", "share"), "value"] == 1 / 2
    assert (values.loc[("a", "c")].value == 1).all()


def test_one_pass_alone_or_none_is_no_row_and_no_crash():
    for passes in ({}, {"a": A}):
        table = agreement.agreement(passes, "statement", SCALE)
        assert table.empty and list(table.columns) == columns("agreement")
        assert agreement.confusion(passes, "statement").empty
    table = agreement.agreement({"a": A, "b": A[:0]}, "statement", SCALE, draws=20)
    value = table.set_index(["variable", "metric"]).value
    assert value["unit", "share"] == 0 and pd.isna(value["stance", "alpha-ordinal"])


def test_intervals_hold_the_value_come_again_with_the_seed_and_need_two_articles():
    first, again = (
        agreement.agreement({"a": A, "b": B}, "statement", SCALE, draws=60, seed=3)
        for _ in range(2)
    )
    pd.testing.assert_frame_equal(first, again)
    bounded = first[first.low.notna()]
    assert len(bounded) >= 3
    assert (bounded.low <= bounded.value).all() and (bounded.value <= bounded.high).all()
    of_one_article = {"a": A[A.article_id == "x"], "b": B[B.article_id == "x"]}
    one = agreement.agreement(of_one_article, "statement", SCALE, draws=20)
    assert one.low.isna().all() and one.value.notna().any()


def test_the_confusion_adds_up_to_the_units_compared(real):
    for name, table in TABLES.items():
        passes = {one: coded(real, table, one) for one in ("pass-a", "pass-b")}
        measured = agreement.agreement(passes, name, real.stances, draws=1)
        measured = measured.set_index(["variable", "metric"])
        assert 0 < measured.value["unit", "share"] <= 1
        for variable, rows in agreement.confusion(passes, name).groupby("variable"):
            alike = rows[rows.value_a == rows.value_b].n.sum()
            assert rows.n.sum() == measured.n_units[variable, "share"]
            assert alike / rows.n.sum() == pytest.approx(measured.value[variable, "share"])


# --- adjudication


def test_the_differences_are_those_of_the_passes_with_the_adjudicator_s_note(real):
    units = {unit: getattr(real, name) for unit, name in TABLES.items()}
    table = agreement.differences(real.adjudication)
    assert len(table) == (real.adjudication.decision != "agreed").sum()
    assert (table.note != "").all()
    by_id = pd.concat([frame.set_index(CODED[unit].id) for unit, frame in units.items()])
    for row in table.itertuples():
        ids, differs = row.ids.split(";"), row.differs.split(";")
        if len(ids) == 1:
            assert row.differs == "unit"
            continue
        for column in set(differs) & set(by_id):
            assert by_id.at[ids[0], column] != by_id.at[ids[1], column]
        for column in set(agreement.COMPARED[row.unit].variables) - {"date_edtf", "date_basis"}:
            alike = by_id.at[ids[0], column] == by_id.at[ids[1], column]
            assert alike == (column not in differs)


def third_pass(folder, role):
    """Add a third pass to a case: the second one's coding under another name."""
    coders = folder / "codebook/coders.csv"
    known = coders.read_text(encoding="utf-8")
    coders.write_text(f"{known}pass-c,{role},a human reader\n", encoding="utf-8")
    (folder / "coding/pass-c").mkdir()
    for path in (folder / "coding/pass-b").iterdir():
        text = path.read_text(encoding="utf-8").replace("\nb-", "\nc-")
        (folder / "coding/pass-c" / path.name).write_text(text, encoding="utf-8")


def test_a_pass_that_stands_apart_is_compared_and_needs_no_decision(broken):
    third_pass(broken, "apart")
    assert check(broken) == []
    case = load(broken)
    assert case.passes() == ["pass-a", "pass-b", "pass-c"]
    passes = {one: coded(case, "statements", one) for one in case.passes()}
    table = agreement.agreement(passes, "statement", case.stances, draws=2)
    values = table.set_index(["coder_a", "coder_b", "variable", "metric"]).value
    assert values["pass-b", "pass-c", "stance", "alpha-ordinal"] == pytest.approx(1)


def test_a_third_pass_that_adjudication_covers_needs_its_decisions(broken):
    third_pass(broken, "pass")
    problems = [str(problem) for problem in check(broken)]
    assert any("a-s03;b-s03;c-s03" in problem for problem in problems)


def test_an_older_codebook_without_kinds_of_issues_is_read(broken):
    path = broken / "codebook/issues.csv"
    pd.read_csv(path, dtype=str).drop(columns="issue_kind").to_csv(path, index=False)
    assert check(broken) == []
    assert set(load(broken).issues.issue_kind) == {""}
