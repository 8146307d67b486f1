"""Agreement: units matched by overlap, and the table of the four questions for any passes."""

from time import process_time

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from made_case import articles, names

from helpers.analysis import agreement, same_positions
from helpers.analysis.answers import answers
from helpers.analysis.matching import COMPARED, aligned
from helpers.case.load import check, coded, load
from helpers.case.pairing import matched
from helpers.case.schema import CODED, columns

TABLES = {unit: kind.table for unit, kind in CODED.items()}
SCALE = pd.DataFrame({"stance": [-2, 0, 1, 2]})


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
    assert matched(first, second, "statement").values.tolist() == [[1, 1]]
    wider = second.assign(start=[50, 204, 0])
    assert matched(first, wider, "statement").values.tolist() == [[0, 0], [1, 1]]


def test_a_passage_on_two_issues_is_not_crossed():
    first = frame(unit("x", 0, 50, "i"), unit("x", 0, 50, "j"))
    turned = first[::-1].reset_index(drop=True)
    assert matched(first, turned, "statement").values.tolist() == [[0, 1], [1, 0]]
    shorter = frame(unit("x", 0, 48, "j"), unit("x", 0, 48, "i"))
    assert matched(first, shorter, "statement").values.tolist() == [[0, 1], [1, 0]]


def test_one_code_point_more_of_overlap_decides_against_being_coded_alike():
    first = frame(unit("x", 0, 1000, "i"))
    second = frame(unit("x", 0, 998, "i"), unit("x", 0, 999, "j"))
    assert matched(first, second, "statement").values.tolist() == [[0, 1]]
    nested = frame(unit("x", 0, 100, "i"), unit("x", 0, 30, "j"))
    crossed = frame(unit("x", 0, 30, "i"), unit("x", 0, 100, "j"))
    assert matched(nested, crossed, "statement").values.tolist() == [[0, 1], [1, 0]]


SPANS = st.lists(
    st.tuples(st.sampled_from("xy"), st.integers(0, 30), st.integers(1, 15), st.sampled_from("ij")),
    max_size=5,
).map(lambda rows: frame(*(unit(a, s, s + n, i) for a, s, n, i in rows)))


@settings(max_examples=60, deadline=None)
@given(SPANS, SPANS)
def test_matching_takes_each_unit_once_only_where_allowed_and_in_both_directions_alike(
    first, second
):
    pairs = matched(first, second, "statement")
    assert pairs.a.is_unique and pairs.b.is_unique
    for a, b in pairs.itertuples(index=False):
        x, y = first.loc[a], second.loc[b]
        shared = min(x.end, y.end) - max(x.start, y.start)
        assert x.article_id == y.article_id
        assert 2 * shared >= min(x.end - x.start, y.end - y.start)
    assert len(matched(second, first, "statement")) == len(pairs)
    both = aligned(first, second, "statement")
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


def of(table, question, *more):
    """The rows that answer a question, by variable and metric (and what more names them)."""
    return table[table.question == question].set_index([*more, "variable", "metric"])


def test_every_pair_of_passes_is_compared_without_a_change():
    table = agreement.agreement({"a": A, "b": B, "c": A}, "statement", SCALE, draws=20)
    assert table[["coder_a", "coder_b"]].drop_duplicates().values.tolist() == [
        ["a", "b"],
        ["a", "c"],
        ["b", "c"],
        ["a", ""],
        ["b", ""],
        ["c", ""],
    ]
    values = of(table, "matched", "coder_a", "coder_b")
    assert values.at[("a", "b", "unit", "share"), "value"] == 6 / 8
    assert values.at[("a", "b", "issue", "share"), "value"] == 2 / 3
    assert values.at[("a", "b", "stance", "share"), "n_units"] == 2
    assert values.at[("a", "b", "stance", "share"), "value"] == 1 / 2
    alike = table[(table.coder_a == "a") & (table.coder_b == "c")]
    assert (alike.value == 1).all() and set(alike.question) == set(table.question) - {"cut"}


def test_positions_are_counted_once_wherever_they_are_cut():
    # Another stance, another issue, another speaker, another stance: nothing is in both.
    found = of(agreement.agreement({"a": A, "b": B}, "statement", SCALE, draws=1), "positions")
    assert found.value["position", "jaccard"] == 0
    first = frame(unit("x", 0, 5), unit("x", 5, 9), unit("x", 20, 30, "j", -2), unit("y", 0, 9))
    second = frame(unit("x", 0, 9), unit("x", 20, 30, "j", 0), unit("y", 40, 50))
    table = agreement.agreement({"a": first, "b": second}, "statement", SCALE, draws=1)
    found = of(table, "positions")
    # 2 of 4 are in both; 2 * 2 of the 3 and 3 that they have.
    assert found.value["position", "jaccard"] == 2 / 4
    assert found.value["position", "dice"] == 4 / 6
    # One actor, two issues, two articles: (2, 2), (-2, 0), (2, 2), (none, none). Of eight values
    # four are 2, two none, one each -2 and 0.
    assert found.n_units["stance", "alpha-nominal"] == 4
    expected = 1 - (16 + 4 + 1 + 1 - 8) / 56
    assert found.value["stance", "alpha-nominal"] == pytest.approx(1 - (1 / 4) / expected)
    # Who cuts finer has more units, and marks the same words.
    cut = of(table, "cut", "coder_a").value
    assert cut["a", "unit", "units-per-article"] == 2
    assert cut["a", "unit", "units-per-maximal"] == 4 / 3
    assert cut["b", "unit", "units-per-maximal"] == 1


def test_an_actor_with_several_stances_in_one_article_has_their_set():
    both = frame(unit("x", 0, 5, stance=2), unit("x", 5, 9, stance=1))
    turned = both[::-1].reset_index(drop=True)
    assert same_positions.stances(both, turned, ["x"]).alpha() is None
    one = frame(unit("x", 0, 5, stance=2), unit("x", 5, 9, "j", 0))
    found = same_positions.stances(both, one, ["x"])
    assert found.scale == [(), (0,), (1, 2), (2,)]
    # On i both stances against one, on j none against one: four values, as different as by chance.
    assert found.alpha() == 0


def test_ties_of_two_passes():
    columns_of = [
        "relation_id",
        "article_id",
        "start",
        "end",
        "source",
        "relation",
        "target",
        "sign",
    ]
    first = pd.DataFrame(
        [("r1", "x", 0, 9, "a", "accuses", "b", -1), ("r2", "x", 20, 29, "a", "meets", "b", 0)],
        columns=columns_of,
    )
    second = first.assign(target=["b", "c"], start=[3, 50], end=[12, 59])
    table = agreement.agreement({"a": first, "b": second}, "relation", SCALE, draws=1)
    assert of(table, "positions").value.to_dict() == {
        ("tie", "jaccard"): 1 / 3,
        ("tie", "dice"): 1 / 2,
    }


def test_what_a_marked_rule_decides_is_left_out_with_what_it_is_matched_with():
    first = A.assign(rules=["", "told-twice;dare", "", ""])
    table = agreement.agreement(
        {"a": first, "b": B.assign(rules="told-twice")},
        "statement",
        SCALE,
        draws=5,
        on=agreement.Ground(marked={"dare"}),
    )
    pairs = table[table.coder_b == "b"]
    assert set(pairs.n_marked) == {2}
    without = of(pairs, "matched").without_marked
    # Of the three pairs the one on which they differ in the issue is gone.
    assert without["issue", "share"] == 1 and without["unit", "share"] == 4 / 6
    assert of(pairs, "matched").value["issue", "share"] == 2 / 3
    alone = table[table.coder_b == ""].set_index(["coder_a", "metric"])
    assert alone.n_marked["a", "units-per-article"] == 1
    assert alone.without_marked["a", "units-per-article"] == 3 / 2
    assert alone.n_marked["b", "units-per-article"] == 0


def test_without_marked_rules_nothing_is_left_out():
    table = agreement.agreement({"a": A, "b": B}, "statement", SCALE, draws=1)
    pd.testing.assert_series_equal(table.value, table.without_marked, check_names=False)
    assert set(table.n_marked) == {0}


def test_the_marked_rules_of_a_case_are_those_whose_example_is_a_passage_of_it(real):
    known = agreement.ground(real)
    rules = real.rules.set_index("rule").example_in_corpus
    assert known.marked == set(rules[rules == "yes"].index) and "dare" in known.marked
    assert known.texts == real.texts


def test_page_furniture_is_no_part_of_a_continuum():
    # "Menu" stands between; of the own text a marks all, b the first half.
    text = "aaaaa MENU bbbbb"
    first, second = frame(unit("x", 0, 6), unit("x", 11, 16)), frame(unit("x", 0, 6))
    ground = agreement.Ground({"x": text}, {"x": [(6, 11, "menu")]})
    plain = agreement.Ground({"x": "aaaaa bbbbb"})
    moved = first.assign(start=[0, 6], end=[6, 11])
    with_menu = agreement.agreement({"a": first, "b": second}, "statement", SCALE, 1, on=ground)
    without = agreement.agreement({"a": moved, "b": second}, "statement", SCALE, 1, on=plain)
    pd.testing.assert_frame_equal(with_menu, without)
    assert of(with_menu, "cut", "coder_a").value["a", "unit", "units-per-maximal"] == 2


def test_one_pass_alone_or_none_is_no_row_and_no_crash():
    for passes in ({}, {"a": A}):
        table = agreement.agreement(passes, "statement", SCALE)
        assert table.empty and list(table.columns) == columns("agreement")
        assert agreement.confusion(passes, "statement").empty
    table = agreement.agreement({"a": A, "b": A[:0]}, "statement", SCALE, draws=20)
    value = of(table, "matched").value
    assert value["unit", "share"] == 0 and pd.isna(value["stance", "alpha-ordinal"])
    assert pd.isna(of(table, "common-words").value["speaker", "cu-alpha-nominal"])
    assert of(table, "same-words").value["unit", "bar-u-alpha"] < 0
    nobody = agreement.agreement({"a": A[:0], "b": A[:0]}, "statement", SCALE, draws=20)
    assert nobody.value.isna().all()


def test_intervals_hold_the_value_come_again_with_the_seed_and_need_two_articles():
    first, again = (
        agreement.agreement({"a": A, "b": B}, "statement", SCALE, draws=60, seed=3)
        for _ in range(2)
    )
    pd.testing.assert_frame_equal(first, again)
    bounded = first[first.low.notna()]
    assert {"same-words", "cut", "positions", "matched"} <= set(bounded.question)
    assert (bounded.low <= bounded.value).all() and (bounded.value <= bounded.high).all()
    of_one_article = {"a": A[A.article_id == "x"], "b": B[B.article_id == "x"]}
    one = agreement.agreement(of_one_article, "statement", SCALE, draws=20)
    assert one.low.isna().all() and one.value.notna().any()


def test_the_confusion_adds_up_to_the_units_compared(real):
    for name, table in TABLES.items():
        passes = {one: coded(real, table, one) for one in ("pass-a", "pass-b")}
        measured = of(agreement.agreement(passes, name, real.stances, draws=1), "matched")
        assert 0 < measured.value["unit", "share"] <= 1
        for variable, rows in agreement.confusion(passes, name).groupby("variable"):
            alike = rows[rows.value_a == rows.value_b].n.sum()
            assert rows.n.sum() == measured.n_units[variable, "share"]
            assert alike / rows.n.sum() == pytest.approx(measured.value[variable, "share"])


@pytest.mark.long
def test_five_hundred_articles_take_not_much_more_than_four_times_as_long():
    texts, units = {}, []
    people, issues = names(300), [f"lot-{number}" for number in range(40)]
    for article in articles(500, 6, people, issues, seed=7):
        texts[article.article_id] = article.text
        units += article.rows["statements"]
    first = pd.DataFrame(units).assign(statement_id=[f"s{number}" for number in range(3000)])
    second = first.drop(first.index[::9]).assign(end=first.end - 3, stance=first.stance.shift(2))
    second = second.fillna({"stance": 2}).astype({"stance": int})

    def seconds(size):
        some = set(list(texts)[:size])
        passes = {
            name: frame[frame.article_id.isin(some)]
            for name, frame in (("a", first), ("b", second))
        }
        begun = process_time()
        agreement.agreement(passes, "statement", SCALE, 100, on=agreement.Ground(texts))
        return process_time() - begun

    seconds(50)
    small, large = seconds(125), seconds(500)
    assert large < 8 * small and large < 20


# --- in words


def test_each_question_is_answered_in_words():
    first = A.assign(rules=["", "dare", "", ""])
    ground = agreement.Ground(marked={"dare"})
    table = agreement.agreement({"a": first, "b": B}, "statement", SCALE, draws=1, on=ground)
    said = {answer.question: answer for answer in answers(table)}
    assert list(said) == ["same-words", "common-words", "cut", "positions", "matched"]
    assert said["positions"].said == "0% of all are in both, alpha 0.09"
    assert said["matched"].said.startswith("75% of all are matched, ")
    assert said["matched"].without.startswith("67% of all are matched, ")
    assert said["matched"].n_marked == 2
    assert said["cut"].said == (
        "a: 2.00 an article, 1.00 times as many as when joined; "
        "b: 2.00 an article, 1.00 times as many as when joined"
    )
    assert answers(table[:0]) == [] and answers(table, "relation") == []


# --- adjudication


def test_the_differences_are_those_of_the_passes_with_the_adjudicator_s_note(real):
    units = {unit: getattr(real, name) for unit, name in TABLES.items()}
    table = agreement.differences(real.adjudication)
    assert len(table) == (real.adjudication.decision != "agreed").sum()
    assert (table.note != "").all()
    by_id = pd.concat([frame.set_index(CODED[unit].id) for unit, frame in units.items()])
    by_id = by_id.astype(str)
    for row in table.itertuples():
        ids, differs = row.ids.split(";"), row.differs.split(";")
        if len(ids) == 1:
            assert row.differs == "unit"
            continue
        for column in set(differs) & set(by_id):
            assert by_id.at[ids[0], column] != by_id.at[ids[1], column]
        for column in set(COMPARED[row.unit].variables) - {"date_edtf", "date_basis"}:
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
