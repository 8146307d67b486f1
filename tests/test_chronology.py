"""Chronology: events from mentions, every reading kept, and one order of time."""
import pandas as pd

from helpers import case, chronology, dates


def mention(**cells):
    empty = dict.fromkeys(["alt_date_edtf", "alt_date_note", "date_note", "place", "participants"], "")
    return {"event_id": "fire", "mention_id": "m1", "article_id": "a", "start": 0, "description": "A fire.", "date_edtf": "", "date_basis": "undated"} | empty | cells


def test_the_surest_account_dates_the_event_and_the_others_stay():
    mentions = pd.DataFrame([
        mention(mention_id="m1", date_edtf="2023-03~", date_basis="approximate", description="A fire in March.", participants="b;a"),
        mention(mention_id="m2", date_edtf="2023-03-28", date_basis="resolved", description="A fire on the 28th.", article_id="b", place="the harbour", participants="c"),
        mention(mention_id="m3", date_edtf="2023-03-29", date_basis="resolved", article_id="c"),
        mention(mention_id="m4")])
    event = chronology.events(mentions).iloc[0]
    assert (event.event, event.date_edtf, event.date_basis, event.place, event.participants) == ("A fire on the 28th.", "2023-03-28", "resolved", "the harbour", "a;b;c")
    assert (event.n_mentions, event.n_articles, event.n_readings) == (4, 3, 2)
    assert chronology.readings(mentions).date_edtf.tolist() == ["2023-03-28", "2023-03-29", "2023-03~"]


def test_a_vaguer_date_is_no_rival_and_a_second_reading_is():
    assert chronology.rival(["2023-03", "2023-03-28", "2023"]) == ["2023-03-28"]
    assert chronology.rival(["2023-03-28", "2023-03-28"]) == ["2023-03-28"]
    assert chronology.rival([]) == []
    both = pd.DataFrame([mention(date_edtf="2023-02-23", date_basis="stated", alt_date_edtf="2023-04-13", alt_date_note="read from the other article")])
    assert chronology.events(both).n_readings[0] == 2
    assert chronology.readings(both).reason.tolist() == ["", "read from the other article"]


def test_the_chronology_is_in_order_and_loses_nothing(real):
    mentions = case.coded(real, "event_mentions", "adjudicated")
    events = chronology.events(mentions)
    entries = chronology.chronology(events, mentions, real.context_events)
    assert len(entries) == len(events) + len(real.context_events)
    begins = (entries.earliest.where(entries.earliest != "", entries.latest)).replace("", "9999")
    assert begins.is_monotonic_increasing
    assert (entries[entries.layer == "context"].source_text != "").all()
    assert all(dates.days(e.date_edtf) == (e.earliest, e.latest) for e in entries.itertuples())


def test_the_traps_of_the_articles(real):
    """A speech repeated by another article keeps both readings; the undated article's weekdays resolve from its order."""
    mentions = case.coded(real, "event_mentions", "adjudicated")
    repeated = mentions[(mentions.article_id == "allafrica-2023-04-17") & (mentions.date_words == "on Thursday")]
    assert {"2023-02-23", "2023-04-13"} <= {*repeated.date_edtf, *repeated.alt_date_edtf}
    undated = mentions[(mentions.article_id == "unidentified-2022-09-01") & (mentions.date_basis == "resolved")].set_index("date_words").date_edtf
    said = {words: set(undated[[words]]) for words in undated.index if words}
    for weekday, day in (("Tuesday", "2022-08-30"), ("Wednesday", "2022-08-31"), ("Thursday morning", "2022-09-01")):
        found = {value for words, values in said.items() if weekday in words for value in values}
        assert found == {day}, f"{weekday}: {found}"
    assert real.articles.set_index("article_id").published["unidentified-2022-09-01"] == "2022-09-01"
