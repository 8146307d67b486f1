"""The adjudicated set follows from the passes and the decisions; nothing else makes it."""

import csv
import random
from types import SimpleNamespace

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from scipy.optimize import linear_sum_assignment

from dispute.cli import main
from helpers.case import decided_fields as of
from helpers.case import pairing
from helpers.case.decided_fields import Decision
from helpers.case.load import CaseError, check, coded, load
from helpers.case.pairing import groups
from helpers.case.schema import CODED

DECISIONS = "coding/adjudicated/decisions.csv"
HEAD = "unit,ids,field,take,value,basis,overrides,reason\n"


def change(folder, coder, identity, **cells):
    """Set cells of one unit of a coder."""
    for path in (folder / f"coding/{coder}").glob("*.csv"):
        with open(path, encoding="utf-8", newline="") as file:
            header, *rows = csv.reader(file)
        for row in rows:
            if row[0] == identity:
                for column, value in cells.items():
                    row[header.index(column)] = value
        with open(path, "w", encoding="utf-8", newline="") as file:
            csv.writer(file, lineterminator="\n").writerows([header, *rows])


def decide(folder, *lines):
    """Add decisions to those of a case."""
    path = folder / DECISIONS
    path.write_text(path.read_text(encoding="utf-8") + "".join(f"{line}\n" for line in lines))


def row_of(folder, identity):
    """An adjudicated statement."""
    return coded(load(folder), "statements", "adjudicated").set_index("statement_id").loc[identity]


def told(folder):
    return [str(problem) for problem in check(folder)]


# --- by rule


def test_what_the_passes_agree_on_follows_with_an_id_of_its_own(broken):
    case = load(broken)
    agreed = case.adjudication[case.adjudication.decision == "agreed"]
    assert len(agreed) == 22 and (agreed.note == "").all()
    first = case.statements[case.statements.coder == "pass-a"].set_index("statement_id")
    adjudicated = case.statements[case.statements.coder == "adjudicated"]
    for row in adjudicated.itertuples():
        assert row.statement_id.startswith("adj-a-")
        assert row.quote == first.quote[row.statement_id.removeprefix("adj-")]


def test_the_longer_passage_is_taken_with_its_language_and_gloss(broken):
    change(
        broken, "pass-b", "b-s05", quote="vokterne blir natten", start="672", end="692", gloss="x"
    )
    assert row_of(broken, "adj-a-s05").gloss.startswith("Without the keepers")
    change(broken, "pass-a", "a-s05", quote="vokterne blir", start="672", end="685")
    row = row_of(broken, "adj-a-s05")
    assert (row.quote, row.start, row.gloss) == ("vokterne blir natten", 672, "x")


def test_free_words_follow_the_first_pass(broken):
    change(broken, "pass-b", "b-s11", note="another note", date_note="another")
    assert row_of(broken, "adj-a-s11").note.startswith("the same hearing")


def test_without_an_adjudicated_coder_nothing_is_undecided(broken):
    path = broken / "codebook/coders.csv"
    lines = path.read_text(encoding="utf-8").splitlines()[:3]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    assert any("a coder with the role adjudicated" in line for line in told(broken))
    (broken / DECISIONS).unlink()
    assert check(broken) == []
    assert "adjudicated" not in set(load(broken).statements.coder)


# --- what needs a decision


def test_a_field_that_differs_and_a_unit_that_one_pass_marked_are_undecided(broken):
    (broken / DECISIONS).write_text(HEAD, encoding="utf-8")
    lines = told(broken)
    assert len(lines) == 3
    for words in (
        "stance: found statement a-s03;b-s03 undecided: pass-a -3, pass-b -2",
        "date: found event-mention a-m03;b-m03 undecided: pass-a 2019-06-14 resolved, pass-b 2019-",
        "unit: found relation b-r06 undecided: pass-b 2019-03~ approximate · jonas-hart",
    ):
        assert any(words in line for line in lines), words


def test_a_decision_on_the_whole_unit_takes_a_pass_s_row(broken):
    text = (broken / DECISIONS).read_text(encoding="utf-8")
    kept = [line for line in text.splitlines() if not line.startswith("statement")]
    (broken / DECISIONS).write_text("\n".join(kept) + "\n", encoding="utf-8")
    decide(broken, "statement,b-s03;a-s03,,pass-b,,,,the second reads it better")
    assert row_of(broken, "adj-a-s03").stance == -2


@pytest.mark.parametrize(
    "line, words",
    [
        ("statement,a-s01;b-s01,stance,pass-a,,,,why", "it follows from the passes by rule"),
        ("statement,a-s01;b-s01,,pass-a,,,,why", "all passes marked the unit, and agree"),
        ("statement,a-s01;b-s02,stance,pass-a,,,,why", "one passage: a-s01;b-s01"),
        ("statement,a-s99,stance,pass-a,,,,why", "units of the passes"),
        ("statement,a-s01;b-s01,stanze,pass-a,,,,why", "did you mean stance?"),
        ("statement,a-s01;b-s01,stance,pass-c,,,,why", "one of pass-a, pass-b, own"),
        ("statement,a-s01;b-s01,stance,neither,,,,why", "one of pass-a, pass-b, own"),
        ("statement,a-s01;b-s01,stance,own,2,,,why", "yes: all passes agree on what is left"),
        ("statement,a-s01;b-s01,stance,own,9,,yes,why", "codebook/stances.csv"),
        ("statement,a-s01;b-s01,speaker,own,nobody,,yes,why", "codebook/actors.csv"),
        ("statement,a-s01;b-s01,,neither,,,,why", "yes: all passes agree on what is left"),
        ("statement,a-s01;b-s01,date,own,2019-03-07,,yes,why", "the basis of the own date"),
        ("statement,a-s01;b-s01,date,own,2019-13,stated,yes,why", "an EDTF date"),
        ("statement,a-s01;b-s01,stance,pass-a,2,,,why", "nothing, where a pass is taken"),
        ("statement,a-s01;b-s01,stance,own,2,stated,yes,why", "only an own date has a basis"),
        ("statement,a-s01;b-s01,passage,own,5-3,,yes,why", "start and end of the passage"),
        ("statement,a-s01;b-s01,passage,own,0-26,,yes,why", "is headline and is not coded"),
        ("statement,a-s01;b-s01,note,own,x,,yes,why", "nothing: the decision leaves nothing"),
        ("statement,a-s01;b-s01,stance,own,2,,yes,", "a value"),
        ("statement,a-s03;b-s03,stance,pass-b,,,,why", "a value of its own"),
        ("statement,b-s03;a-s03,stance,pass-b,,,,why", "one decision on a field"),
        ("relation,b-r06,sign,own,0,,yes,why", "a unit that is left out"),
        ("relation,a-r01;b-r01,sign,own,1,,yes,why", "a note that says why not"),
    ],
)
def test_a_decision_that_nothing_needs_or_that_is_none_is_told_with_its_row(broken, line, words):
    decide(broken, line)
    lines = told(broken)
    assert lines and all(DECISIONS in one for one in lines)
    assert any(words in one and ", row " in one for one in lines), lines


# --- what decisions do


def test_an_override_is_marked(broken):
    decide(broken, "statement,a-s01;b-s01,stance,own,2,,yes,a promise with a condition")
    assert row_of(broken, "adj-a-s01").stance == 2
    made = load(broken).adjudication.set_index("adjudicated").loc["adj-a-s01"]
    assert (made.decision, made.overrides, made.differs) == ("own", "stance", "")


def test_an_outside_date_for_what_all_left_undated_is_no_override(broken):
    decide(broken, "statement,a-s05;b-s05,date,own,2019-03-07,external,,the Gazette prints it")
    assert check(broken) == []
    row = row_of(broken, "adj-a-s05")
    assert (row.date_edtf, row.date_basis) == ("2019-03-07", "external")
    assert row.date_note == "the Gazette prints it"


def test_any_other_date_for_what_all_left_undated_is_one(broken):
    decide(broken, "statement,a-s05;b-s05,date,own,2019-03-07,resolved,,because")
    assert any("all passes agree on what is left" in line for line in told(broken))


def test_both_readings_of_a_date_can_be_kept(broken):
    mentions = coded(load(broken), "event_mentions", "adjudicated").set_index("mention_id")
    row = mentions.loc["adj-a-m03"]
    assert (row.date_edtf, row.alt_date_edtf) == ("2019-06-14", "2019-06-07")
    assert row.alt_date_note == "the Friday before, if the paper is a week older"


def test_a_unit_is_left_out_by_neither(broken):
    decide(broken, "statement,a-s01;b-s01,,neither,,,yes,no stance in the words")
    case = load(broken)
    assert "adj-a-s01" not in set(case.statements.statement_id)
    made = case.adjudication.set_index("ids").loc["a-s01;b-s01"]
    assert (made.decision, made.adjudicated, made.overrides) == ("dropped", "", "unit")


def test_an_own_passage_is_read_from_the_article(broken):
    decide(broken, "statement,a-s01;b-s01,passage,own,177-199,,yes,without the article")
    assert row_of(broken, "adj-a-s01").quote == "keepers must come down"


# --- any number of passes


def a_pass(dice, name):
    rows = []
    for number in range(dice.randrange(6)):
        start = dice.randrange(100)
        article = dice.choice(["a", "b"])
        end = start + dice.randrange(5, 40)
        rows.append((f"{name}{number}", article, start, end, dice.choice("xy")))
    return pd.DataFrame(rows, columns=["statement_id", "article_id", "start", "end", "issue"])


@pytest.mark.parametrize("seed", range(30))
def test_every_unit_stands_in_one_group_of_one_article(seed):
    dice = random.Random(seed)
    passes = [a_pass(dice, name) for name in "pqrs"[: dice.randrange(5)]]
    places = groups(passes, "statement")
    flat = [place for group in places for place in group]
    assert sorted(flat) == [(n, row) for n, one in enumerate(passes) for row in range(len(one))]
    for group in places:
        assert len({passes[number].article_id[row] for number, row in group}) == 1
        assert group == sorted(group)
        if len(passes) < 3:
            assert len({number for number, _ in group}) == len(group)


def test_three_passes_are_one_unit_by_way_of_the_third():
    spans = {"p": (0, 20), "q": (10, 60), "r": (40, 75)}
    passes = [
        pd.DataFrame([(name, "a", *span, "x")], columns=[*"iabcd"]).set_axis(
            ["statement_id", "article_id", "start", "end", "issue"], axis=1
        )
        for name, span in spans.items()
    ]
    assert groups(passes, "statement") == [[(0, 0), (1, 0), (2, 0)]]
    assert groups(passes[::2], "statement") == [[(0, 0)], [(1, 0)]]


# --- fields


@pytest.mark.parametrize("unit", CODED)
def test_every_coded_column_is_decided_on_somewhere(unit):
    fields = of.decidable(unit)
    assert len(set(fields)) == len(fields)
    assert {"passage", "date"} <= set(fields) and set(of.needed(unit)) < set(fields)
    assert not of.FOLLOW & set(of.needed(unit))


def test_a_denial_is_another_polarity_and_an_empty_one_is_affirmed():
    rows = [{"polarity": value} for value in ("", "affirmed", "denied")]
    said = [of.said("polarity", row, "event-mention") for row in rows]
    assert said[0] == said[1] != said[2]


# --- the sheet


@pytest.fixture
def undecided(broken):
    """The made-up case without decisions."""
    (broken / DECISIONS).write_text(HEAD, encoding="utf-8")
    return SimpleNamespace(folder=broken, sheet=broken.parent / "sheet.csv")


def filled(sheet, answers):
    """Fill in a sheet: (field, ids) to take, value, basis, overrides, reason."""
    with open(sheet, encoding="utf-8", newline="") as file:
        header, *rows = csv.reader(file)
    for row in rows:
        answer = answers.get((row[4], row[1]))
        if answer:
            row[-5:] = answer
    with open(sheet, "w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([header, *rows])


STANCE = ("stance", "a-s03;b-s03")
ANSWERS = {
    STANCE: ["pass-b", "", "", "", "he leaves a door open"],
    ("date", "a-m03;b-m03"): ["pass-a", "", "", "", "the day of the debate"],
    ("", "b-r06"): ["neither", "", "", "", "no tie"],
}


def settled(folder, option, sheet):
    """The status of the desk on paper."""
    return main(["desk", str(folder), "--adjudicate", option, str(sheet)])


def test_a_sheet_goes_out_is_filled_in_and_comes_back(undecided, capsys):
    folder, sheet = undecided.folder, undecided.sheet
    assert settled(folder, "--sheet", sheet) == 0
    said = capsys.readouterr().out
    assert "25 units" in said and "22 agreed, 3 undecided" in said
    assert "undecided: 1 statement stance" in said
    assert f"dispute desk {folder} --adjudicate --take {sheet}" in said
    header, *rows = csv.reader(sheet.read_text(encoding="utf-8").splitlines())
    assert header[:7] == ["unit", "ids", "article_id", "words", "field", "pass-a", "pass-b"]
    assert [row[5:7] for row in rows if row[4] == "stance"] == [["-3", "-2"]]
    filled(sheet, ANSWERS)
    assert settled(folder, "--take", sheet) == 0
    assert "3 decisions taken\nnothing is undecided" in capsys.readouterr().out
    assert check(folder) == [] and row_of(folder, "adj-a-s03").stance == -2


def test_a_sheet_that_is_half_filled_leaves_the_rest_undecided(undecided, capsys):
    settled(undecided.folder, "--sheet", undecided.sheet)
    filled(undecided.sheet, {STANCE: ANSWERS[STANCE]})
    assert settled(undecided.folder, "--take", undecided.sheet) == 0
    said = capsys.readouterr().out
    assert "1 decision taken" in said
    assert f"next: dispute desk {undecided.folder} --adjudicate --sheet FILE" in said
    assert len(check(undecided.folder)) == 2


def test_a_sheet_with_faults_is_refused_whole_with_all_of_them(undecided, capsys):
    settled(undecided.folder, "--sheet", undecided.sheet)
    wrong = {STANCE: ["pass-c", "", "", "", "why"], ("", "b-r06"): ["own", "", "", "", "why"]}
    filled(undecided.sheet, ANSWERS | wrong)
    assert settled(undecided.folder, "--take", undecided.sheet) == 2
    said = capsys.readouterr().err
    assert "sheet.csv, row" in said and said.count("expected one of") == 2
    assert (undecided.folder / DECISIONS).read_text(encoding="utf-8") == HEAD


def test_a_decision_without_reason_is_refused(undecided, capsys):
    settled(undecided.folder, "--sheet", undecided.sheet)
    filled(undecided.sheet, {STANCE: ["pass-a", "", "", "", ""]})
    assert settled(undecided.folder, "--take", undecided.sheet) == 2
    assert ", reason: found nothing" in capsys.readouterr().err


def test_what_follows_by_rule_is_not_kept(undecided, capsys):
    settled(undecided.folder, "--sheet", undecided.sheet)
    with open(undecided.sheet, "a", encoding="utf-8") as file:
        file.write("statement,a-s01;b-s01,skerry-post,words,stance,3,3,pass-a,,,,they agree\n")
    filled(undecided.sheet, ANSWERS)
    assert settled(undecided.folder, "--take", undecided.sheet) == 0
    assert "1 left out, for they follow by rule" in capsys.readouterr().out
    assert "a-s01" not in (undecided.folder / DECISIONS).read_text(encoding="utf-8")


@pytest.mark.parametrize(
    "words, told",
    [
        (["--sheet", "a.csv"], "--sheet is for a desk with --adjudicate"),
        (["--take", "a.csv"], "--take is for a desk with --adjudicate"),
        (["--adjudicate", "--sheet", "a.csv", "--take", "b.csv"], "not with --take"),
        (["--adjudicate", "--sheet", "a.csv", "--coder", "ada"], "not with --coder"),
        (["--adjudicate", "--take", "a.csv", "--proposals"], "not with --proposals"),
        (["--adjudicate", "--take", "a.csv", "--port", "8890"], "not with --port"),
        (["--adjudicate"], "Missing option '--coder'"),
        ([], "Missing option '--coder'"),
    ],
)
def test_a_desk_is_in_the_browser_or_on_paper(undecided, capsys, words, told):
    assert main(["desk", str(undecided.folder), *words]) == 2
    assert told in capsys.readouterr().err


def test_a_sheet_overwrites_nothing_and_a_case_without_the_role_is_told(undecided, capsys):
    undecided.sheet.write_text("mine")
    assert settled(undecided.folder, "--sheet", undecided.sheet) == 2
    assert undecided.sheet.read_text() == "mine"
    coders = undecided.folder / "codebook/coders.csv"
    coders.write_text("coder,coder_role,note\npass-a,pass,\npass-b,pass,\n")
    assert settled(undecided.folder, "--sheet", undecided.folder / "new.csv") == 2
    assert "adjudicated,adjudicated," in capsys.readouterr().err


def test_a_decision_names_its_fields():
    assert Decision._fields[1:] == tuple(HEAD.strip().split(","))
    with pytest.raises(CaseError):
        load("nowhere")


@given(
    arrays(np.float64, st.tuples(st.integers(1, 9), st.integers(1, 9)), elements=st.floats(0, 1)),
    st.floats(0, 1),
)
def test_no_pairing_has_a_greater_overlap_than_the_one_that_is_taken(score, least):
    score = np.where(score < least, 0, score)
    rows, columns = linear_sum_assignment(score, maximize=True)
    pairs = pairing._assigned(score)
    assert len(dict(pairs)) == len(pairs) == len({column for _, column in pairs})
    assert sum(score[pair] for pair in pairs) == pytest.approx(score[rows, columns].sum())
