"""The chronology for calendars and timelines: what the formats ask for, and what is not sure."""

import json
import re
from datetime import date

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dispute.exchange.calendars import STAMP, icalendar
from dispute.exchange.entries import GROUPS
from dispute.exchange.timelinejs import timelinejs
from helpers.case.cells import UNFIT
from helpers.case.tables import read_tables
from helpers.dates.edtf import days, wording

ENTRY = {
    "entry_id": "corpus.fire",
    "layer": "corpus",
    "voice": "reported",
    "claimants": "",
    "date_edtf": "",
    "date_basis": "resolved",
    "event": "A fire.",
    "matters": "",
    "source_text": "gazette",
    "source_url": "",
    "outside_event": "",
}
NO_SIDES = pd.DataFrame(columns=["event_id", "matter", "wording"], dtype=object)


def chronicle(*entries):
    """A chronology of entries, each told by what differs from a fire."""
    rows = []
    for number, cells in enumerate(entries):
        name = f"corpus.e{number}"
        row = {**ENTRY, "entry_id": name, "members": name, **cells}
        earliest, latest = days(row["date_edtf"])
        words = wording(row["date_edtf"])
        rows.append({**row, "wording": words, "earliest": earliest, "latest": latest})
    return pd.DataFrame(rows)


OUTSIDE = {"layer": "context", "voice": "", "date_basis": "external"}
ENTRIES = chronicle(
    {"date_edtf": "2019-03-28"},
    {"date_edtf": "2019-03", "date_basis": "approximate"},
    {"date_edtf": "2019-04-21/2019-04-22", "event": "A fire, <b>two days</b>; in the back\\yard."},
    {"date_edtf": "../2019-05-01"},
    {"date_edtf": "2019-06-01", "voice": "claimed", "claimants": "p;q", "matters": "date;whether"},
    {"date_edtf": "2019-06-02", "date_basis": "external"},
    {**OUTSIDE, "date_edtf": "2019-07-01~", "source_url": "https://gazette.example/1"},
    {"date_basis": "undated", "event": "A flood of no day."},
    {**OUTSIDE, "date_edtf": "2019-08-01", "source_url": "javascript:alert(1)"},
    {"date_edtf": "9999-12-31"},
)
SIDES = pd.DataFrame(
    {
        "event_id": ["e4"] * 4,
        "matter": ["date", "date", "whether", "whether"],
        "wording": ["1 June 2019", "3 June 2019", "it happened", "it did not happen"],
    }
)
NAMES = {"p": "Pia", "q": "Quin"}


def unescaped(value):
    def character(match):
        return "\n" if match[1] in "nN" else match[1]

    return re.sub(r"\\(.)", character, value)


def components(text):
    """A reader of iCalendar.

    Gives the calendar's own properties, and each component as (name, properties); a property's
    name has its parameters.
    """
    assert text.endswith("\r\n") and "\n" not in text.replace("\r\n", "")
    assert all(len(line.encode()) <= 75 for line in text.split("\r\n"))
    calendar, found, inside = {}, [], None
    for line in re.sub("\r\n[ \t]", "", text).split("\r\n")[:-1]:
        name, value = re.fullmatch(r"([A-Z-]+(?:;VALUE=DATE)?):(.*)", line, re.S).groups()
        if name == "BEGIN" and value != "VCALENDAR":
            inside = (value, {})
        elif name == "END" and value != "VCALENDAR":
            assert inside[0] == value
            found.append(inside)
            inside = None
        else:
            place = calendar if inside is None else inside[1]
            assert name in ("BEGIN", "END") or name not in place, "a property that may stand once"
            place[name] = unescaped(value)
    return calendar, found


@pytest.fixture(scope="module")
def calendar():
    """The calendar of ENTRIES: its own properties, the names of components, their properties."""
    head, found = components(icalendar(ENTRIES, SIDES, NAMES, "Fires; and floods"))
    kinds = [kind for kind, _ in found]
    properties = [properties for _, properties in found]
    return head, kinds, dict(zip(ENTRIES.entry_id, properties, strict=True))


def test_a_calendar_names_itself_and_each_entry_once(calendar):
    head, _, entries = calendar
    assert head["VERSION"] == "2.0" and head["PRODID"]
    assert head["X-WR-CALNAME"] == "Fires; and floods"
    assert len({entry["UID"] for entry in entries.values()}) == len(ENTRIES)
    assert {entry["DTSTAMP"] for entry in entries.values()} == {STAMP}


def test_a_calendar_has_whole_days_and_an_exclusive_end(calendar):
    _, _, entries = calendar
    spans = {
        name: (entry.get("DTSTART;VALUE=DATE"), entry.get("DTEND;VALUE=DATE"))
        for name, entry in entries.items()
    }
    assert spans == {
        "corpus.e0": ("20190328", "20190329"),
        "corpus.e1": ("20190301", "20190401"),
        "corpus.e2": ("20190421", "20190423"),
        "corpus.e3": ("20190501", "20190502"),
        "corpus.e4": ("20190601", "20190602"),
        "corpus.e5": ("20190602", "20190603"),
        "corpus.e6": ("20190701", "20190702"),
        "corpus.e7": (None, None),
        "corpus.e8": ("20190801", "20190802"),
        "corpus.e9": ("99991231", None),
    }


def test_a_calendar_says_what_is_not_sure(calendar):
    _, kinds, entries = calendar
    assert kinds.count("VJOURNAL") == 1 and kinds[7] == "VJOURNAL"
    assert "(no date)" in entries["corpus.e7"]["SUMMARY"]
    assert "STATUS" not in entries["corpus.e7"]

    confirmed = [name for name, entry in entries.items() if entry.get("STATUS") == "CONFIRMED"]
    assert confirmed == ["corpus.e0", "corpus.e8"]
    assert "(until 1 May 2019)" in entries["corpus.e3"]["SUMMARY"]
    assert "(March 2019)" in entries["corpus.e1"]["SUMMARY"]
    assert "only roughly" in entries["corpus.e1"]["DESCRIPTION"]


def test_a_calendar_says_by_whose_account_and_on_what_accounts_differ(calendar):
    _, _, entries = calendar
    assert entries["corpus.e4"]["SUMMARY"].startswith("Claimed: ")
    description = entries["corpus.e4"]["DESCRIPTION"]
    assert "A claim by Pia, Quin; no article" in description
    assert "(date): 1 June 2019; or 3 June 2019." in description
    assert "(whether): it happened; or it did not happen." in description

    summary = entries["corpus.e2"]["SUMMARY"]
    assert summary.startswith("A fire, <b>two days</b>; in the back\\yard.")
    assert entries["corpus.e6"]["URL"] == "https://gazette.example/1"
    assert "URL" not in entries["corpus.e8"]
    assert entries["corpus.e8"]["SUMMARY"].startswith("From outside: ")


def plain(text):
    return re.sub("[\t\n\r ]+", " ", UNFIT.sub("", text))


@settings(deadline=None)
@given(st.text(max_size=120), st.text(max_size=30))
def test_any_text_comes_back_from_a_calendar(event, source):
    entries = chronicle({"date_edtf": "2019-03-28", "event": event, "source_text": source})
    _, [(_, properties)] = components(icalendar(entries, NO_SIDES, {}, "t"))
    assert properties["SUMMARY"] == plain(event)
    assert properties["DESCRIPTION"].endswith(plain(f"Source: {source}."))


def identities(entries):
    """Summary to what a calendar tells the entry apart by."""
    _, found = components(icalendar(entries, NO_SIDES, {}, "t"))
    return {properties["SUMMARY"]: properties["UID"] for _, properties in found}


def test_a_calendars_entries_keep_their_names_when_rows_move():
    outside = chronicle(
        {"layer": "context", "date_edtf": "2019-01-01", "event": "A gale."},
        {"layer": "context", "date_edtf": "2019-01-02", "event": "A calm."},
    )
    moved = outside.iloc[::-1].assign(entry_id=["corpus.x", "corpus.y"])
    assert identities(outside) == identities(moved)


def test_timelinejs_keeps_its_format():
    """The keys and types of timeline.knightlab.com/docs/json-format.html."""
    timeline = json.loads(timelinejs(ENTRIES, SIDES, NAMES, "Fires & floods"))
    assert timeline.keys() == {"scale", "title", "events"} and timeline["scale"] == "human"
    assert timeline["title"]["text"]["headline"] == "Fires &amp; floods"
    assert len(timeline["events"]) == len(ENTRIES) - 1
    keys = {"unique_id", "group", "start_date", "display_date", "text"}
    for event in timeline["events"]:
        assert event.keys() - {"end_date"} == keys
        assert event["text"].keys() == {"headline", "text"}
        assert event["display_date"] and event["group"] in GROUPS.values()
        begin, end = date(**event["start_date"]), event.get("end_date")
        assert not end or begin < date(**end)


def test_timelinejs_says_what_is_not_sure():
    text = timelinejs(ENTRIES, SIDES, NAMES, "Fires & floods")
    timeline = json.loads(text)
    assert "A flood of no day." in timeline["title"]["text"]["text"]
    events = {event["unique_id"]: event for event in timeline["events"]}
    assert "end_date" not in events["corpus.e0"]
    assert events["corpus.e1"]["end_date"] == {"year": 2019, "month": 3, "day": 31}
    assert events["corpus.e3"]["display_date"] == "until 1 May 2019"

    claimed = events["corpus.e4"]["text"]
    assert claimed["headline"] == "Claimed: A fire."
    assert "1 June 2019; or 3 June 2019" in claimed["text"]
    assert "<b>" not in events["corpus.e2"]["text"]["headline"]
    assert 'href="https://gazette.example/1"' in events["corpus.e6"]["text"]["text"]
    assert "javascript" not in text


def test_a_chronology_of_nothing_is_written_too():
    head, found = components(icalendar(ENTRIES[:0], NO_SIDES, {}, "t"))
    assert found == [] and head["VERSION"] == "2.0"
    assert json.loads(timelinejs(ENTRIES[:0], NO_SIDES, {}, "t"))["events"] == []


def test_the_published_chronology_is_in_the_files(root):
    folder = root / "data/processed"
    entries = read_tables(folder)["chronology"]
    _, found = components((folder / "chronology.ics").read_bytes().decode())
    assert len(found) == len({properties["UID"] for _, properties in found}) == len(entries)

    text = (folder / "chronology.timelinejs.json").read_text(encoding="utf-8")
    told = [event["unique_id"] for event in json.loads(text)["events"]]
    dated = entries[(entries.earliest != "") | (entries.latest != "")]
    assert told == dated.entry_id.tolist()
