"""Agreement: units matched by overlap, alpha as Krippendorff publishes it, any number of passes."""

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
    table = agreement.differences(real.adjudication, units)
    assert len(table) == (real.adjudication.decision != "agreed").sum()
    assert (table.note != "").all()
    by_id = pd.concat([frame.set_index(CODED[unit].id) for unit, frame in units.items()])
    for row in table.itertuples():
        if not (row.pass_a and row.pass_b):
            assert row.differs == "unit"
            continue
        for column in filter(None, row.differs.split(";")):
            assert by_id.at[row.pass_a, column] != by_id.at[row.pass_b, column]
        if row.differs == "":
            assert all(
                by_id.at[row.pass_a, c] == by_id.at[row.pass_b, c]
                or pd.isna(by_id.at[row.pass_a, c])
                for c in agreement.COMPARED[row.unit].variables
            )


def third_pass(folder):
    """Add a third pass to a case: the second one's statements under another name."""
    coders, statements = folder / "codebook/coders.csv", folder / "coding/statements.csv"
    coders.write_text(
        coders.read_text(encoding="utf-8") + "pass-c,pass,a human reader\n", encoding="utf-8"
    )
    rows = pd.read_csv(statements, dtype=str, keep_default_na=False)
    added = rows[rows.coder == "pass-b"]
    added = added.assign(coder="pass-c", statement_id=added.statement_id.str.replace("b-", "c-"))
    pd.concat([rows, added]).to_csv(statements, index=False, lineterminator="\n")
    return added


def test_a_third_pass_needs_no_decision_until_the_file_covers_it(broken):
    added = third_pass(broken)
    assert check(broken) == []
    case = load(broken)
    coders = case.coders[case.coders.coder_role == "pass"].coder
    passes = {one: coded(case, "statements", one) for one in coders}
    table = agreement.agreement(passes, "statement", case.stances, draws=2)
    values = table.set_index(["coder_a", "coder_b", "variable", "metric"]).value
    assert values["pass-b", "pass-c", "stance", "alpha-ordinal"] == pytest.approx(1)
    decisions = broken / "coding/adjudication.csv"
    decisions.write_text(
        decisions.read_text(encoding="utf-8")
        + f"statement,{added.statement_id.iloc[0]},,,dropped,as the second pass\n",
        encoding="utf-8",
    )
    problems = check(broken)
    assert len(problems) == len(added) - 1
    assert all("no row for c-" in str(problem) for problem in problems)


def test_an_older_codebook_without_kinds_of_issues_is_read(broken):
    path = broken / "codebook/issues.csv"
    pd.read_csv(path, dtype=str).drop(columns="issue_kind").to_csv(path, index=False)
    assert check(broken) == []
    assert set(load(broken).issues.issue_kind) == {""}
