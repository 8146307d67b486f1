"""Happenings: one is one row, whoever tells it; one count of changes of position everywhere."""

import re
from dataclasses import replace

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dispute.changes.positions import turns
from dispute.cli.check import check_case
from helpers.analysis import chronology, happenings
from helpers.analysis.positions import change_pairs, position_changes, told_earlier
from helpers.case.load import check, coded, load
from helpers.figures.quotes import changed

BLANK = {"event": "", "date_edtf": "", "source": "a paper", "source_url": ""}
BLANK |= {"same_as": "", "distinct_because": ""}


def outside(*rows):
    return pd.DataFrame([BLANK | row for row in rows], columns=list(BLANK))


@pytest.fixture(scope="module")
def lighthouse(root):
    return load(root / "tests/cases/lighthouse")


def entries(case):
    accounts = chronology.accounts(coded(case, "event_mentions", case.coder), case.articles)
    events = chronology.events(accounts)
    same = happenings.same(case)
    return events, chronology.chronology(events, accounts, case.context_events, same)


# --- one row


def test_what_the_articles_and_an_outside_source_tell_is_one_row_with_both_sources(lighthouse):
    events, _ = entries(lighthouse)
    event = events.iloc[0]
    told = {"event": "The same, by the gazette.", "date_edtf": "2019-01-01", "source": "Gazette"}
    case = replace(lighthouse, context_events=outside(told | {"same_as": event.event_id}))
    _, rows = entries(case)
    assert len(rows) == len(events)
    row = rows[rows.entry_id == f"corpus.{event.event_id}"].iloc[0]
    assert row.members == f"corpus.{event.event_id};context.002"
    assert (row.event, row.outside_event) == (event.event, "The same, by the gazette.")
    assert row.source_text.endswith("; Gazette") and row.outside_source == "Gazette"


def test_two_events_of_a_coding_are_one_row_and_a_day_from_outside_dates_the_undated(lighthouse):
    events, _ = entries(lighthouse)
    one, other = events.event_id[0], events.event_id[1]
    links = pd.DataFrame({"event_id": [other], "same_as": [one], "distinct_because": [""]})
    _, rows = entries(replace(lighthouse, event_links=links))
    assert len(rows) == len(events) + len(lighthouse.context_events) - 1
    assert any({f"corpus.{one}", f"corpus.{other}"} <= set(m.split(";")) for m in rows.members)


@given(st.lists(st.tuples(st.sampled_from("abcdef"), st.sampled_from("abcdef")), max_size=8))
def test_being_the_same_goes_both_ways_and_on(pairs):
    group_of = chronology.groups(pairs)
    for one, other in pairs:
        assert group_of[one] == group_of[other]
    # And no further: entries are together only by a chain of pairs.
    for name in set(group_of.values()):
        members = {entry for entry in group_of if group_of[entry] == name}
        reached = {min(members)}
        for _ in pairs:
            for one, other in pairs:
                if {one, other} & reached:
                    reached |= {one, other}
        assert reached == members


def test_two_rows_of_a_day_with_one_person_are_doubted_until_somebody_decides(lighthouse):
    events, _ = entries(lighthouse)
    on_a_day = events[(events.earliest == events.latest) & (events.participants != "")]
    event = on_a_day.iloc[0]
    actor = event.participants.split(";")[0]
    words = {"event": f"{lighthouse.names()[actor]} did it.", "date_edtf": event.date_edtf}

    def doubts(**decided):
        case = replace(lighthouse, context_events=outside(words | decided))
        return [one for one in happenings.undecided(case) if one.file == "context_events.csv"]

    assert event.event_id in doubts()[0].found and actor in doubts()[0].found
    assert doubts(distinct_because="another meeting on that day") == []
    assert event.event_id not in " ".join(one.found for one in doubts(same_as=event.event_id))


@pytest.mark.data
def test_nothing_is_undecided_in_the_published_case(real, root, capsys):
    assert happenings.undecided(real) == []
    assert check_case(root / "data/raw") == 0
    assert "same_as" not in capsys.readouterr().out


def test_a_same_event_that_no_coding_has_is_a_problem_with_the_nearest(broken):
    path = broken / "codebook/events.csv"
    path.write_text("event_id,same_as,distinct_because\nno-such-event,,because\n")
    problems = check(broken)
    assert [problem.column for problem in problems] == ["event_id"]
    path.unlink()
    assert check(broken) == []


# --- changes of position


def said(number, stance, day, **more):
    row = {"statement_id": f"s{number}", "speaker": "a", "on_behalf_of": "", "issue": "i"}
    row |= {"stance": stance, "date_edtf": day, "earliest": day, "latest": day, "note": ""}
    return row | {"coder": "c", "article_id": "x", "start": number, "period": "p"} | more


def test_what_is_said_twice_before_or_after_is_one_change():
    rows = pd.DataFrame(
        [
            said(1, -2, "2019-01-01"),
            said(2, -2, "2019-01-01", speaker="b", on_behalf_of="a"),
            said(3, 2, "2019-03-01"),
            said(4, 2, "2019-03-01", speaker="b", on_behalf_of="a"),
        ]
    )
    of_agency = change_pairs(rows).query("actor_id == 'a'")
    assert len(of_agency) == 4
    (change,) = position_changes(rows).query("actor_id == 'a'").itertuples()
    assert (change.from_statements, change.to_statements) == ("s1;s2", "s3;s4")
    assert (change.from_speaker, change.to_date_edtf) == ("a;b", "2019-03-01")


def test_there_and_back_and_there_again_are_three_changes():
    days = ["2019-01-01", "2019-02-01", "2019-03-01", "2019-04-01"]
    rows = pd.DataFrame([said(n, (-2, 2)[n % 2], day) for n, day in enumerate(days)])
    assert len(position_changes(rows)) == 3


def test_an_undated_stance_told_as_earlier_stands_apart_and_is_no_change():
    rows = pd.DataFrame(
        [
            said(1, -2, "", note="Undated; told as earlier than the offer."),
            said(2, 2, "2019-03-01"),
            said(3, 2, "2019-04-01", article_id="y"),
        ]
    )
    assert position_changes(rows).empty
    (earlier,) = told_earlier(rows).itertuples()
    assert (earlier.from_statements, earlier.to_statements) == ("s1", "s2")
    assert told_earlier(rows.assign(note="")).empty


@pytest.mark.data
def test_the_number_of_changes_is_one_everywhere(real, root, tables, published):
    """On the front page, the page of stances, in notebook 4, in the table and in the news."""
    number = len(position_changes(coded(real, "statements", real.coder)))
    assert len(tables["position_changes"]) == number
    stances = published["stances.html"]
    assert stances.count('<section class="change">') == number
    if number:
        assert f"{number} change" in stances
    for counted in re.findall(r"one of (\d+) changes", published["index.html"]):
        assert int(counted) == number
    book = (root / "notebooks/4_stance_tables.ipynb").read_text(encoding="utf-8")
    assert f"Changes of position: {number}." in book
    assert len(changed(tables["position_changes"], real)) == number
    none = {**tables, "position_changes": tables["position_changes"][:0]}
    assert len(turns(none, tables)) == number
