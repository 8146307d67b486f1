"""State: what marks and rows carry, so that an address moves every view; panels and names."""

import json
from datetime import date, timedelta

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dispute.site import panels, stances, state
from dispute.site.lookups import Site
from dispute.site.stances import Stances
from dispute.site.ties import Ties
from helpers.case.load import load


@pytest.fixture(scope="module")
def site(real, tables):
    return Site(real, tables, "adjudicated")


@pytest.mark.parametrize(
    "label, span, words",
    [
        ("Petition", "2022-08-09/2022-09-30", "Petition, 2022"),
        ("Claims", "2022-10-01/2023-03-19", "Claims, 2022–2023"),
        ("After", "2023-03-19/..", "After, 2023–"),
        ("Before", "../2022-08-08", "Before, –2022"),
        ("The year 2022", "2022", "The year 2022"),
    ],
)
def test_a_period_is_called_with_its_years(label, span, words):
    assert state.with_years(label, span) == words


@pytest.mark.parametrize(
    "days, words",
    [
        ([], ""),
        ([("", "")], ""),
        ([("2022-08-22", "2022-08-22")], "2022-08-22"),
        ([("2022-08-22", "2022-08-31"), ("2022-08-30", "2022-09-02")], "2022-08-22/2022-09-02"),
        ([("2022-08-22", ""), ("", "2021-01-01")], "/2021-01-01 2022-08-22/"),
    ],
)
def test_days_are_spans_that_do_not_overlap(days, words):
    assert state.spans(days) == words


def test_of_many_days_the_nearest_are_joined():
    days = [(f"2022-{month:02}-01", f"2022-{month:02}-01") for month in range(1, 13)]
    found = state.spans([*days, ("2022-01-03", "2022-01-03")]).split()
    assert len(found) == state.SPANS and found[0].startswith("2022-01-01/")
    assert found[-1].endswith("2022-12-01")


def test_a_tie_carries_its_ends_issues_and_times(site):
    ties = Ties(site)
    edge = ties.of("conflict")[0]
    carried = ties.state(edge)
    assert carried["data-actors"].split() == sorted([edge["source"], edge["target"]])
    behind = [p for p in ties.cited(edge) if p["unit"] == "statement"]
    assert set(carried["data-issue"].split()) == {site.numbers[p["issue"]] for p in behind}
    assert all(carried.values()), "an empty attribute says nothing"


def test_a_case_without_a_choice_is_not_asked_for_it(root, tables):
    case = load(root / "tests/cases/lighthouse")
    choices = {choice.key: choice for choice in state.choices(Site(case, tables, "adjudicated"))}
    assert all(len(choice.options) > 1 for choice in choices.values())
    assert {"certainty", "account"} <= set(choices)


def test_an_actor_is_found_by_each_printed_name(site):
    text = panels.names(site)
    rows = json.loads(text.removeprefix("people(").rstrip()[:-1])
    assert [row[0] for row in rows] == site.by_name()
    for actor, name, *others in rows:
        assert name == site.name(actor)
        assert others == [printed for printed, _ in site.printed(actor)]


def test_a_panel_is_bounded_however_much_an_actor_says(site):
    rooms = panels.Panels(site, Ties(site))
    for actor in site.by_name():
        assert len(rooms.stands(actor)) <= panels.ISSUES
        assert len(rooms.words(actor)) <= panels.QUOTED
        for network in ("congruence", "conflict"):
            assert len(rooms.partners(actor, network)) <= panels.TIES
    assert rooms.first_words("word " * 100).endswith("word …")
    assert len(rooms.first_words("word " * 100)) <= panels.LETTERS + 2


def test_the_figure_of_stances_is_bounded_however_many_say_much(site):
    """So many actors of the busiest as have cells enough for one page, and none of them in part."""
    rooms = Stances(site, site.tables["stance_table"])
    (row,) = rooms.table[rooms.table.capacity == "speaker"].head(1).to_dict("records")
    said = [(actor, issue) for actor in site.by_name() for issue in site.labels]
    every = [row | {"actor_id": actor, "issue": issue} for actor, issue in said]
    rooms.table = pd.DataFrame(every)
    for most in (stances.CELLS, 20):
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(stances, "CELLS", most)
            drawn = rooms.drawn(lambda *place: "#".join(place))
        assert len(drawn.cells) <= most
        assert drawn.more_actors == len(site.names) - len(drawn.actors)
        whole = drawn.cells[drawn.cells.period == ""].groupby("actor_id").issue.nunique()
        assert set(whole) == {min(stances.ISSUES, len(site.labels))}


def test_spans_that_overlap_are_one_and_an_open_end_stays_open():
    days = [("2020-01-01", "2020-01-09"), ("2020-01-05", "2020-02-01"), ("2021-03-01", "")]
    assert state.spans(days) == "2020-01-01/2020-02-01 2021-03-01/"
    assert (
        state.spans([("", "2020-01-01"), ("2020-05-05", "2020-05-05")]) == "/2020-01-01 2020-05-05"
    )
    assert state.spans([("", "")]) == ""


def joined_one_by_one(days):
    """Of sorted days without repetition: the nearest two are joined, again and again."""
    apart = [(day, day) for day in days]
    while len(apart) > state.SPANS:
        gaps = [state._days_between(apart[n][1], apart[n + 1][0]) for n in range(len(apart) - 1)]
        at = gaps.index(min(gaps))
        apart[at : at + 2] = [(apart[at][0], apart[at + 1][1])]
    return " ".join(one if one == other else f"{one}/{other}" for one, other in apart)


@given(st.sets(st.integers(0, 2000), max_size=30))
def test_the_widest_gaps_stay_which_is_joining_the_nearest_again_and_again(numbers):
    days = [(date(2019, 1, 1) + timedelta(days=n)).isoformat() for n in sorted(numbers)]
    assert state.spans((day, day) for day in days) == joined_one_by_one(days)


def test_many_days_cost_little():
    """Ten thousand days, where one more cost as many steps as there were days."""
    first = date(1990, 1, 1)
    days = [(first + timedelta(days=3 * n)).isoformat() for n in range(10_000)]
    assert len(state.spans((day, day) for day in days).split()) == state.SPANS
