"""Findings: which are shown, what ends them, and how they stand simulated errors."""

from dataclasses import replace

import pandas as pd
import pytest
from test_margins import made, statement

from helpers.analysis import simulated_error
from helpers.analysis.choices_tried import NOTHING, ended_by, tried
from helpers.analysis.coded_rows import MENTION
from helpers.analysis.finding_basis import basis
from helpers.analysis.finding_tables import tables
from helpers.analysis.findings import IN_NO_PASS, OTHERS, SHOWN, by_rule, findings, parted
from helpers.analysis.margins import ended
from helpers.analysis.predicates import KINDS, Binding, holds, touching
from helpers.case.load import check, load

ADA = Binding("position", actor_id="ada", issue="open", side="for")


@pytest.fixture(scope="module")
def given(real):
    return basis(real)


@pytest.fixture(scope="module")
def found(given):
    return findings(given, draws=20)


def bind(case, *rows):
    """Write the findings that a case binds; a row is a dictionary of its slots."""
    path = case / "findings.csv"
    head = path.read_text(encoding="utf-8").splitlines()[0].split(",")
    pd.DataFrame(rows, columns=head).to_csv(path, index=False)


# --- which are shown


def test_of_the_published_case_each_finding_holds_in_a_pass(given, found):
    assert found.shown
    for one in found.shown:
        some = [holds(one.binding, touching(one.binding, c), c) for c in given.passes.values()]
        assert any(some), one.binding
        assert ended(one.binding, given.published, one.margin.changes)


def test_of_a_kind_no_more_are_shown_than_the_plan_allows(found):
    by_the_plan = [one.binding.kind for one in found.shown if not one.binding.exploratory]
    shown = pd.Series(by_the_plan).value_counts()
    assert all(number <= SHOWN.get(kind, OTHERS) for kind, number in shown.items())
    assert set(shown.index) <= set(KINDS)


def test_an_actor_and_issue_are_shown_once_and_the_largest_margin_first(found):
    by_the_plan = [one for one in found.shown if not one.binding.exploratory]
    own = [one for one in by_the_plan if one.binding.kind == "position"]
    assert len({(one.binding.actor_id, one.binding.issue) for one in own}) == len(own)
    sizes = [one.margin.size for one in own]
    assert sizes == sorted(sizes, reverse=True)


def test_each_sentence_says_its_margin(found):
    for one in found.shown:
        words = "rests on one passage" if one.margin.size == 1 else str(one.margin.size)
        assert words in one.words


def test_what_holds_in_no_pass_is_listed_and_not_shown(given):
    nobody = {name: coding.with_rows([]) for name, coding in given.passes.items()}
    alone = findings(type(given)(**{**vars(given), "passes": nobody}), draws=0)
    assert not alone.shown
    assert {reason for _, reason in alone.left_out} == {IN_NO_PASS}


def test_the_tables_say_what_the_findings_say(given, found):
    made_tables = tables(found, given, draws=20)
    margins = made_tables["margins"].set_index("finding_id")
    for row in made_tables["findings"].itertuples():
        if row.kind != "absence":
            rows = row.margin_rows.split(";")
            assert len(rows) == row.margin == margins.margin[row.finding_id]
    asked = set(made_tables["robustness"].finding_id)
    assert asked == set(margins.index)


# --- bound by the case


def test_a_bound_finding_that_does_not_hold_is_told_apart(broken):
    row = load(broken).statements.iloc[0]
    own = {"finding_id": "f", "kind": "change", "actor_id": row.speaker, "issue": row.issue}
    bind(broken, own | {"side": "against", "other_side": "neutral"})
    apart = findings(basis(load(broken)), draws=0)
    assert not apart.shown
    ((binding, reason),) = apart.left_out
    assert binding.finding_id == "f" and "does not hold" in reason


@pytest.mark.parametrize(
    "slots, column",
    [
        ({"kind": "postion"}, "kind"),
        ({"kind": "position", "actor_id": "nobody"}, "actor_id"),
        ({"kind": "position", "side": "pro"}, "side"),
        ({"kind": "position", "issue": ""}, "issue"),
        ({"kind": "position", "event_id": "storm"}, "event_id"),
        ({"kind": "order", "event_id": "no-such-event"}, "event_id"),
    ],
)
def test_a_binding_is_checked(broken, slots, column):
    row = load(broken).statements.iloc[0]
    usual = {"finding_id": "f", "actor_id": row.speaker, "issue": row.issue, "side": "for"}
    bind(broken, usual | slots)
    problems = [one for one in check(broken) if one.file.endswith("findings.csv")]
    assert column in {one.column for one in problems}


# --- choices


def test_a_choice_that_ends_it_is_told_in_words():
    published = made(statement(0, "ada", 2, "a0"), statement(1, "ada", 2, "a1"))
    passes = {"pass-a": published, "pass-b": made()}
    result = tried(ADA, published, passes)
    assert result.passes() == {"pass-a": True, "pass-b": False}
    assert ended_by(result, {}) == "Not in pass-b."


def test_two_choices_end_it_together_where_neither_does_alone():
    rows = statement(0, "ada", 2, "a0"), statement(1, "ada", 2, "a1")
    result = tried(ADA, made(*rows), {"pass-a": made(rows[0])})
    assert [len(levels) for levels in result.ends()] == [2]
    assert ended_by(result, {"a0": "the first article"}) == (
        "Not both in pass-a and without the first article."
    )


def test_choices_that_give_the_same_rows_are_one():
    coding = made(statement(0, "ada", 2, "a0"), statement(1, "ada", 2, "a1"))
    result = tried(ADA, coding, {"pass-a": coding})
    tried_alone = [one.choice for one in result.outcomes if len(one.levels) == 1]
    assert tried_alone == ["coder", "article", "article"]


def test_what_nothing_ends_says_so():
    coding = made(*(statement(number, "ada", 2, f"a{number}") for number in range(3)))
    assert ended_by(tried(ADA, coding, {"pass-a": coding}), {}) == NOTHING


# --- simulated errors


def test_without_errors_it_always_holds_and_with_many_it_falls():
    coding = made(statement(0, "ada", 2, "a0"), statement(1, "ben", -2, "a0"))
    none = {"statement": simulated_error.Rates(0.0, {})}
    all_lost = {"statement": simulated_error.Rates(1.0, {})}
    half = {"statement": simulated_error.Rates(0.5, {})}
    assert simulated_error.held(ADA, coding, none, 50) == 50
    assert simulated_error.held(ADA, coding, all_lost, 50) == 0
    draws = simulated_error.held(ADA, coding, half, 400)
    assert 150 < draws < 250
    assert draws == simulated_error.held(ADA, coding, half, 400), "the same seed, the same draws"


def test_equal_passes_show_no_error(real):
    one = {unit: getattr(real, table) for unit, table in {
        "statement": "statements", "event-mention": "event_mentions", "relation": "relations",
    }.items()}  # fmt: skip
    first = {unit: frame[frame.coder == "pass-a"] for unit, frame in one.items()}
    first = {unit: frame.assign(earliest="", latest="") for unit, frame in first.items()}
    for rate in simulated_error.rates({"a": first, "b": first}).values():
        assert rate.left_out == 0 and not any(rate.aspects.values())


def test_the_published_case_binds_what_the_rules_of_its_plan_choose(given):
    chosen = by_rule(parted(given)[0], given)
    planned = [binding for binding in given.bound if not binding.exploratory]
    assert planned == chosen


def test_events_that_are_one_happening_are_one_in_the_findings(broken):
    case = load(broken)
    events = sorted(case.event_mentions.event_id.unique())[:2]
    links = pd.DataFrame([{"event_id": events[1], "same_as": events[0]}])
    links = links.reindex(columns=["event_id", "same_as", "distinct_because"], fill_value="")
    links.to_csv(broken / "codebook/events.csv", index=False)
    names = {row.about for row in basis(load(broken)).published.rows if row.unit == MENTION}
    assert events[0] in names and events[1] not in names


def test_a_finding_is_told_apart_once_whenever_it_was_thought_of(given):
    one = next(iter(parted(given)[1]))
    bound = one._replace(finding_id="mine", exploratory="yes")
    apart = findings(replace(given, bound=(bound,)), draws=0).left_out
    slots = [binding._replace(finding_id="", exploratory="") for binding, _ in apart]
    assert len(set(slots)) == len(slots) and bound in [binding for binding, _ in apart]
