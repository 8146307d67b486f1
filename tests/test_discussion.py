"""Questions for discussion: what check refuses, and what is asked where a case writes none."""

import pytest

from helpers.analysis import discussion, finding_basis
from helpers.analysis.findings import findings
from helpers.case.load import check, load

HEAD = "finding_id,question\n"


def written(case, *rows):
    (case / "questions.csv").write_text(HEAD + "".join(f"{row}\n" for row in rows))
    return case


def told(case):
    return [(one.file, one.row, one.column, one.found) for one in check(case)]


def asked(case):
    case = load(case)
    basis = finding_basis.basis(case)
    return discussion.table(case, findings(basis, 0), basis)


@pytest.mark.parametrize(
    ("row", "column", "found"),
    [
        ("renn-against,Why does Tobias Renn refuse?", "question", "the name 'Tobias Renn'"),
        ("renn-against,Why 40 signatures?", "question", "the number '40'"),
        ("renn-against,What of March?", "question", "the date 'March'"),
        ("renn-against,What of {other}?", "question", "{other}"),
        ("renn-aganst,What of {actor}?", "finding_id", "'renn-aganst'"),
        (",What of it?", "finding_id", "nothing"),
    ],
)
def test_a_question_with_a_name_or_without_finding_is_refused_with_file_and_row(
    broken, row, column, found
):
    assert told(written(broken, row)) == [("questions.csv", 2, column, found)]


def test_more_questions_than_the_brief_has_room_for_are_refused(broken):
    rows = [f"renn-against,What of {{actor}}{'?' * number}" for number in range(1, 7)]
    faults = told(written(broken, *rows))
    assert faults == [("questions.csv", 7, "question", "one more question")]


def test_a_question_needs_no_slot_and_is_filled_by_its_finding(broken):
    case = written(broken, "renn-against,Why so?", "renn-against,Would {actor} say {issue} again?")
    table = asked(case)
    assert table.question[:2].tolist() == [
        "Why so?",
        "Would Tobias Renn say “Automate the light” again?",
    ]
    assert table.question[2:].tolist() == list(discussion.OF_ANY[:3])
    assert table.finding_id.tolist() == ["renn-against", "renn-against", "", "", ""]


def test_where_none_is_written_findings_are_asked_about_and_then_any_case(broken):
    table = asked(broken)
    assert len(table) == 5 and table.question.is_unique
    assert table.question[0].startswith("“Automate the light”: some support it, others oppose")
    assert "Jonas Hart first opposed (in words of 6 March 2019)" in table.question[1]
    assert table.finding_id[4] == ""


def test_a_question_on_a_finding_of_a_period_says_its_period(broken):
    path = broken / "findings.csv"
    bound = path.read_text(encoding="utf-8").splitlines()
    header = bound[0].split(",")
    row = dict.fromkeys(header, "") | {"finding_id": "renn-early", "kind": "position"}
    row |= {"actor_id": "tobias-renn", "issue": "automate", "side": "against", "period": "decision"}
    path.write_text("\n".join([bound[0], ",".join(row.values())]) + "\n", encoding="utf-8")
    question = asked(broken).question[0]
    assert question.startswith("In the period “Decision”: Tobias Renn opposes “Automate the light”")
