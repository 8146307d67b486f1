"""How good proposals are: by hand on the made-up case.

By hand, `lighthouse_proposals` against pass-a (13 statements, 6 event mentions, three articles):
six statements are proposed. Four share half of the longer passage with a coded one (the fifth,
“We will not”, is 11 letters of 39, and only touched; the sixth is of nothing), two are the very
same words. Of the four, the speaker is said of three and right in all; the issue is right in three;
on these three the stance is right; the date is said of two and right.
"""

import math
from dataclasses import replace

import pandas as pd
import pytest
from lighthouse_proposals import ARTICLES, propose
from test_proposals_read import change, take

from helpers.analysis import agreement, machine_errors, machine_words
from helpers.analysis.answers import answers
from helpers.analysis.machine_reading import machine_reading, of_coders
from helpers.case.load import coded, load, of_proposer
from helpers.figures import machine

# Few draws: that they are drawn well is tested elsewhere.
DRAWS = 12
KEY = ["reader", "standard", "unit", "variable", "given", "metric"]


@pytest.fixture(scope="module")
def case(root, tmp_path_factory):
    from shutil import copytree

    folder = tmp_path_factory.mktemp("proposed") / "case"
    return load(propose(copytree(root / "tests/cases/lighthouse", folder)))


@pytest.fixture(scope="module")
def table(case):
    return machine_reading(case, draws=DRAWS)


def number(table, variable, given, metric, unit="statement", reader="rules", standard="pass-a"):
    return table.set_index(KEY).value[reader, standard, unit, variable, given, metric]


# --- by hand


@pytest.mark.parametrize(
    "variable, given, precision, recall",
    [
        ("passage", "all", (4, 6), (4, 13)),
        ("touched", "all", (5, 6), (5, 13)),
        ("exact", "all", (2, 6), (2, 13)),
        ("speaker", "found", (3, 3), (3, 4)),
        ("speaker", "all", (3, 5), (3, 13)),
        ("issue", "found", (3, 4), (3, 4)),
        ("issue", "all", (3, 6), (3, 13)),
        ("stance", "found", (3, 3), (3, 3)),
        ("stance", "all", (3, 5), (3, 13)),
        ("date_edtf", "found", (2, 2), (2, 4)),
        # One of the thirteen has no date.
        ("date_edtf", "all", (2, 2), (2, 12)),
    ],
)
def test_statements_by_hand(table, variable, given, precision, recall):
    (right, proposed), (also, coded_ones) = precision, recall
    assert right == also
    assert number(table, variable, given, "precision") == pytest.approx(right / proposed)
    assert number(table, variable, given, "recall") == pytest.approx(right / coded_ones)
    assert number(table, variable, given, "f1") == pytest.approx(
        2 * right / (proposed + coded_ones)
    )


def test_event_mentions_by_hand(table):
    """Two are proposed, both found, one exactly; pass-a dates one of them so, pass-b both."""
    assert number(table, "passage", "all", "recall", "event-mention") == pytest.approx(2 / 6)
    assert number(table, "exact", "all", "precision", "event-mention") == 1 / 2
    assert number(table, "date_edtf", "found", "share", "event-mention") == 1 / 2
    both = number(table, "date_edtf", "found", "share", "event-mention", standard="pass-b")
    assert both == 1


def test_alpha_by_hand(table):
    """Issues of four pairs: automate four times and three times automate, once pensions.

    Seen: one pair of four differs. By chance: of 8 values 7 are automate, 1 pensions.
    """
    expected = 1 - (2 * 1) * (8 - 1) / (8**2 - 7**2 - 1)
    assert number(table, "issue", "found", "alpha-nominal") == pytest.approx(expected)
    assert number(table, "stance", "found", "alpha-ordinal") == 1


def test_the_passes_are_the_ceiling_by_the_same_measure(table):
    among = table[table.reader_kind == "pass"]
    assert set(zip(among.reader, among.standard, strict=True)) == {
        ("pass-a", "pass-b"),
        ("pass-b", "pass-a"),
    }
    # The passes differ in one stance of thirteen (a-s03).
    assert number(among, "stance", "found", "share", reader="pass-b") == pytest.approx(12 / 13)
    one, other = (
        number(among, "date_edtf", "all", metric, "event-mention", *pair)
        for metric, pair in (
            ("precision", ("pass-a", "pass-b")),
            ("recall", ("pass-b", "pass-a")),
        )
    )
    assert one == other


def test_intervals_come_again_and_need_two_articles(case, table):
    again = machine_reading(case, draws=DRAWS)
    pd.testing.assert_frame_equal(table, again)
    recall = table[(table.variable == "passage") & (table.metric == "recall")]
    assert (recall.low <= recall.value).all() and (recall.value <= recall.high).all()
    one = machine_reading(case.only_articles({"skerry-post"}), draws=DRAWS)
    assert one.low.isna().all() and one.value.notna().any()


# --- where it fails


def test_every_passage_that_is_wrong_has_its_row_and_its_words(case):
    errors = machine_errors.errors(case, ["pass-a"])
    of_statements = errors[errors.unit == "statement"]
    assert of_statements.error.value_counts().to_dict() == {"missed": 9, "misread": 4, "extra": 2}
    extra = of_statements[of_statements.error == "extra"]
    assert set(extra.proposal_id) == {"norvale-courier-p002", "skerry-post-p001"}
    misread = of_statements[of_statements.error == "misread"]
    said = zip(misread.unit_id, misread.field, misread.proposed, misread.coded, strict=True)
    assert sorted(said) == [
        ("a-s02", "date_edtf", "", "2019-03-06"),
        ("a-s02", "issue", "automate", "pensions"),
        ("a-s03", "speaker", "", "jonas-hart"),
        ("a-s06", "date_edtf", "", "2019-06-14"),
    ]
    for row in errors.itertuples():
        assert case.texts[row.article_id][row.start : row.end] == row.quote


def test_what_fails_together_is_put_together(case):
    groups = (
        machine_errors.groups(case, ["pass-a"])
        .set_index(["unit", "grouping", "group"])
        .sort_index()
    )
    issue = groups.loc["statement", "issue", "automate"]
    assert (issue.n_coded, issue.n_found, issue.n_proposed, issue.n_right) == (6, 3, 6, 4)
    norwegian = groups.loc["statement", "language", "nb"]
    assert norwegian.recall == 0 and math.isnan(norwegian.precision)
    for grouping in ("issue", "speaker", "language", "speech"):
        some = groups.loc["statement", grouping]
        assert (some.n_coded.sum(), some.n_found.sum(), some.n_proposed.sum()) == (13, 4, 6)


@pytest.mark.parametrize(
    "text, span, kind",
    [
        ("“All of it,” she said.", (1, 11), "direct"),
        ("“All of it,” she said.", (13, 21), "indirect"),
        ("“No,” the chair of the whole committee said.", (0, 44), "mixed"),
        ("«Uten vokterne» sa hun", (0, 22), "direct"),
        ('"Never closed\nAnother paragraph', (14, 31), "indirect"),
        ("", (0, 0), "indirect"),
    ],
)
def test_speech_is_told_by_its_quotation_marks(text, span, kind):
    assert machine_errors.speech_of(text, *span) == kind


# --- in words


def test_the_answer_says_what_was_reached_and_of_what_it_falls_short(case, table):
    (answer,) = machine_words.answers(table, case.proposers, "pass-a", ())
    first = answer.reached[0]
    assert first.startswith(
        "Held against pass-a on 3 articles: of 13 coded statements it found 31%"
    )
    assert (
        "of the 6 that it proposed, 67%" in first and "0.42; the passes among themselves" in first
    )
    assert answer.verdict.startswith("Of statements it is short of what the passes reach")
    assert "and as good in the stance" in answer.verdict
    assert "development" not in answer.who


def test_a_score_on_articles_of_the_development_is_called_so(case, table):
    developed = replace(case, developed_here=("rules",))
    assert "a development score" in machine_words.told(table, developed, ["pass-a"])
    assert "development" not in machine_words.told(table, case, ["pass-a"])


def test_without_proposals_there_is_one_sentence_and_no_row(root):
    case = load(root / "tests/cases/lighthouse")
    table = machine_reading(case)
    assert table.empty and machine_words.told(table, case, ["pass-a"]) == machine_words.NOTHING
    assert machine_errors.errors(case, ["pass-a"]).empty
    assert machine_errors.groups(case, ["pass-a"]).empty
    assert machine.reached(table, "pass-a").axes[0].texts[0].get_text().startswith("No proposal")


def test_one_proposer_alone(case):
    with pytest.raises(ValueError, match="expected nothing, or one of rules"):
        of_proposer(case, "ruler")
    assert of_proposer(case, "rules").proposers.proposer.tolist() == ["rules"]


# --- who has coded under influence


def test_what_was_taken_from_a_machine_does_not_judge_it(broken):
    propose(broken)
    take(broken, ("skerry-post-p001", "rejected", ""))
    change(broken / "coding/pass-b/statements.csv", 5, proposed_by="rules")
    coders = of_coders(load(broken))
    assert coders["pass-a"].articles == set(ARTICLES) - {"skerry-post"}
    assert coders["pass-b"].articles == set(ARTICLES) - {"norvale-courier"}
    assert coders["adjudicated"].articles == {"island-mirror"}


def test_agreement_is_given_with_and_without_what_was_taken(broken):
    propose(broken)
    before = both(load(broken))
    assert before.n_proposed.isna().all() and not answers(before)[0].n_proposed
    # The one statement on whose stance the passes differ.
    change(broken / "coding/pass-a/statements.csv", 2, proposed_by="rules")
    after = both(load(broken))
    assert after.value.equals(before.value)
    of_two = after[after.coder_b != ""].set_index(["question", "variable", "metric"])
    assert set(of_two.n_proposed) == {2}
    stance = of_two.loc["matched", "stance", "share"]
    assert (stance.value, stance.without_proposed) == (pytest.approx(12 / 13), 1)
    assert [one for one in answers(after) if one.n_proposed and one.unproposed]


def both(case):
    passes = {one: coded(case, "statements", one) for one in case.passes()}
    return agreement.agreement(passes, "statement", case.stances, 0, on=agreement.ground(case))
