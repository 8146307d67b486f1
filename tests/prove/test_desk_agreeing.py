"""Agreement at the desk is what the report says of it, and grows with the decisions."""

import pytest

from dispute.desk.agreeing import Agreeing, Measured, by_coder, rules_touched
from dispute.desk.pairs import Asked
from dispute.desk.settling import Settling
from helpers.analysis.answers import answers
from helpers.case.folder import DECISIONS
from helpers.case.schema import CODED
from helpers.case.tables import read_tables

HEAD = "unit,ids,field,take,value,basis,overrides,reason\n"


@pytest.mark.data
def test_between_the_passes_it_is_what_the_published_table_says(root):
    settling = Settling(root / "data/raw")
    table = read_tables(root / "data/processed", ["agreement"])["agreement"]
    published = {}
    for unit, kind in CODED.items():
        for answer in answers(table, unit):
            published[kind.noun, answer.coder_a, answer.coder_b, answer.question] = answer.said
    told = Measured(settling.raw, settling.coders).between()
    assert {
        (one["noun"], *one["coders"], one["question"]): one["said"] for one in told
    } == published
    assert len(published) > 10


def test_by_issue_and_by_coder_it_grows(broken):
    (broken / DECISIONS).write_text(HEAD, encoding="utf-8")
    settling = Settling(broken)
    agreeing = Agreeing(settling)
    told = agreeing.told()
    issues = {one["issue"]: one for one in told["by_issue"]}
    assert list(issues) == ["automate", "lamp-safe", "pensions"]
    automate = issues["automate"]
    assert automate["n"] == [6, 6] and automate["same-words"][0]["value"] == 1
    # Six positions of each pass, five of them the same: the passes differ on one stance.
    assert automate["positions"][0]["value"] == pytest.approx(5 / 7, abs=1e-3)
    assert [one["value"] for one in automate["cut"]] == [2.0, 2.0]
    assert [(one["coder"], one["units"]) for one in told["by_coder"]] == [
        ("pass-a", 12),
        ("pass-b", 12),
    ]
    settling.decide(Asked("statement", ("a-s03", "b-s03"), "stance", "pass-b", reason="why"))
    a, b = by_coder(settling)
    assert (a["units"], a["taken"], b["taken"]) == (13, 0, 1)
    said = {one["question"]: one["said"] for one in a["answers"]}
    assert said["positions"].startswith("86% of all are in both")
    said = {one["question"]: one["said"] for one in b["answers"]}
    assert said["positions"].startswith("100% of all are in both")
    again = agreeing.told()
    assert again["by_issue"] is told["by_issue"] and again["by_coder"] != told["by_coder"]


def test_the_rules_are_told_that_units_name_on_which_the_passes_differ(broken):
    (broken / DECISIONS).write_text(HEAD, encoding="utf-8")
    path = broken / "coding/pass-a/statements.csv"
    lines = path.read_text(encoding="utf-8").splitlines()
    marked = [f"{line},{'left-open;spokesman' if 'a-s03' in line else ''}" for line in lines[1:]]
    path.write_text("\n".join([f"{lines[0]},rules", *marked]) + "\n", encoding="utf-8")
    settling = Settling(broken)
    told = {one["rule"]: (one["units"], one["undecided"]) for one in rules_touched(settling)}
    assert told == {"": (2, 2), "left-open": (1, 1), "spokesman": (1, 1)}
    settling.decide(Asked("statement", ("a-s03", "b-s03"), "stance", "pass-b", reason="why"))
    told = {one["rule"]: (one["units"], one["undecided"]) for one in rules_touched(settling)}
    assert told["left-open"] == (1, 0)


def test_who_asks_while_it_is_measured_is_not_told_that_there_is_nothing(broken, monkeypatch):
    agreeing, meanwhile = Agreeing(Settling(broken)), []
    measure = Measured.between

    def slowly(self):
        if not meanwhile:
            meanwhile.append({})
            meanwhile[0] = agreeing.told()
        return measure(self)

    monkeypatch.setattr(Measured, "between", slowly)
    told = agreeing.told()
    assert told["between"] and meanwhile[0]["between"] == told["between"]
