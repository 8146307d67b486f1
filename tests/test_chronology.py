"""Chronology: accounts, claims and denials, events with their sources, disagreements shown.

One order of time; every case, also an empty one.
"""

import csv
import re
from itertools import permutations
from typing import NamedTuple

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from matplotlib.patches import Rectangle

from dispute import cli
from helpers.analysis import chronology
from helpers.analysis.disagreements import disagreements, readings, rival
from helpers.case.load import check, coded
from helpers.case.schema import columns
from helpers.case.tables import table_text
from helpers.dates.edtf import bounds, days, wording
from helpers.figures import details, timelines

# A claim is described as one.
SAID = r"\b(?:says?|claims?|told)\b"
ARTICLES = pd.DataFrame(
    {
        "article_id": ["a", "b", "c", "d"],
        "publisher": ["Gazette", "Courier", "Wire", "not known"],
        "origin": ["", "", "Gazette", "unknown"],
    }
)


def told(*mentions):
    """Accounts of the event `fire`, from cells that differ from those of a plain mention.

    A plain mention is undated, and in the own voice of article a.
    """
    rows = []
    for number, cells in enumerate(mentions, start=1):
        plain = dict.fromkeys(columns("event_mentions"), "") | {
            "mention_id": f"m{number}",
            "event_id": "fire",
            "article_id": "a",
            "start": number,
            "end": number + 1,
            "description": "A fire.",
            "quote": f"quote {number}",
            "lang": "en",
            "number": pd.NA,
            "date_basis": "resolved" if "date_edtf" in cells else "undated",
        }
        rows.append(plain | cells)
    frame = pd.DataFrame(rows).astype({"number": "Float64"})
    spans = [days(value) for value in frame.date_edtf]
    frame = frame.assign(earliest=[first for first, _ in spans], latest=[last for _, last in spans])
    return chronology.accounts(frame, ARTICLES)


class Published(NamedTuple):
    """The tables of the published case."""

    accounts: pd.DataFrame
    events: pd.DataFrame
    sides: pd.DataFrame
    entries: pd.DataFrame


@pytest.fixture(scope="module")
def published(real):
    accounts = chronology.accounts(coded(real, "event_mentions", "adjudicated"), real.articles)
    events = chronology.events(accounts)
    return Published(
        accounts,
        events,
        disagreements(accounts, real.names()),
        chronology.chronology(events, accounts, real.context_events),
    )


def test_the_surest_account_dates_the_event_and_the_others_stay():
    accounts = told(
        {
            "date_edtf": "2019-03~",
            "date_basis": "approximate",
            "description": "A fire in March.",
            "participants": "b;a",
        },
        {
            "date_edtf": "2019-03-28",
            "description": "A fire on the 28th.",
            "article_id": "b",
            "place": "the harbour",
            "participants": "c",
        },
        {"date_edtf": "2019-03-29", "article_id": "c"},
        {},
    )
    event = chronology.events(accounts).iloc[0]
    assert event.event == "A fire on the 28th."
    assert (event.date_edtf, event.date_basis) == ("2019-03-28", "resolved")
    assert (event.place, event.participants) == ("the harbour", "a;b;c")
    assert (event.n_mentions, event.n_articles, event.n_readings) == (4, 3, 2)
    assert event.matters == "date"
    assert readings(accounts).date_edtf.tolist() == ["2019-03-28", "2019-03-29", "2019-03~"]


def test_a_claim_is_no_report_and_the_sentence_is_the_articles_own():
    claim = {
        "according_to": "x",
        "date_edtf": "2019-03-28",
        "date_basis": "stated",
        "description": "X says that there was a fire.",
    }
    report = {"date_edtf": "2019-03", "date_basis": "approximate"}
    both = chronology.events(told(claim, report)).iloc[0]
    assert (both.voice, both.claimants) == ("reported", "")
    assert (both.event, both.date_edtf) == ("A fire.", "2019-03-28")
    other = claim | {"according_to": "y", "article_id": "b"}
    alone = chronology.events(told(claim, other)).iloc[0]
    assert (alone.voice, alone.claimants) == ("claimed", "x;y")
    assert (alone.event, alone.n_sources) == ("X says that there was a fire.", 0)


@pytest.mark.parametrize(
    "articles, n_sources",
    [
        ("a", 1),
        ("ab", 2),
        ("ac", 1),
        ("abc", 2),
        ("ad", 1),
        ("d", 1),
        ("dd", 1),
        ("c", 1),
        ("bc", 2),
    ],
)
def test_a_reprint_or_an_unknown_origin_is_no_further_source(articles, n_sources):
    """c reprints a; where d comes from is not known."""
    accounts = told(*({"article_id": article} for article in articles))
    assert chronology.events(accounts).n_sources[0] == n_sources


def test_a_denial_is_an_account_and_dates_nothing():
    accounts = told(
        {"date_edtf": "2019-03-28", "according_to": "x", "participants": "x"},
        {
            "polarity": "denied",
            "date_edtf": "2019-04-01",
            "date_basis": "stated",
            "according_to": "y",
            "description": "Y says that there was none.",
            "participants": "y",
        },
    )
    event = chronology.events(accounts).iloc[0]
    assert (event.date_edtf, event.claimants, event.participants) == ("2019-03-28", "x", "x")
    assert (event.n_mentions, event.n_readings, event.matters) == (2, 1, "whether")
    sides = disagreements(accounts)[["matter", "reading", "mention_ids", "words"]]
    assert sides.values.tolist() == [
        ["whether", "affirmed", "m1", "quote 1"],
        ["whether", "denied", "m2", "quote 2"],
    ]
    alone = chronology.events(told({"polarity": "denied", "description": "No fire."}))
    assert alone.event[0] == "No fire."


def test_each_matter_of_disagreement_has_its_sides_with_their_words():
    accounts = told(
        {
            "date_edtf": "2019-02-23",
            "alt_date_edtf": "2019-04-13",
            "alt_date_note": "from the other article",
            "number": 30.0,
            "number_of": "boats",
            "number_words": "thirty boats",
        },
        {
            "date_edtf": "2019-02-23",
            "article_id": "b",
            "number": 8900000.5,
            "number_of": "boats",
            "number_words": "8.9 million",
            "participants": "p;q",
        },
        {
            "article_id": "b",
            "participants": "r",
            "number": 2.0,
            "number_of": "piers",
            "number_words": "two",
        },
        {"according_to": "x", "participants": "s;r", "participants_all": "yes"},
        {"according_to": "y", "participants": "p"},
    )
    sides = disagreements(accounts, {"p": "Pia", "q": "Quin", "r": "Ro", "s": "Sam"})
    assert sides[["matter", "side_no", "reading", "wording", "mention_ids"]].values.tolist() == [
        ["date", 1, "2019-02-23", "23 February 2019", "m1;m2"],
        ["date", 2, "2019-04-13", "13 April 2019", "m1"],
        ["number", 1, "30 boats", "30 boats", "m1"],
        ["number", 2, "8900000.5 boats", "8,900,000.5 boats", "m2"],
        ["who", 1, "p", "Pia", "m5"],
        ["who", 2, "p;q;r", "Pia, Quin, Ro", "m2;m3"],
        ["who", 3, "r;s", "Ro, Sam", "m4"],
    ]
    assert sides.reason[1] == "from the other article" and sides.words[0] == "quote 1 | quote 2"


def test_claims_that_name_different_people_are_no_disagreement_until_one_says_nobody_else():
    parts = [
        {"according_to": "x", "participants": "p"},
        {"according_to": "y", "participants": "q"},
        {"participants": "r"},
    ]
    assert disagreements(told(*parts)).empty
    parts[0] |= {"participants_all": "yes"}
    assert set(disagreements(told(*parts)).matter) == {"who"}
    # What one claimant says in two articles is one account: he need not name everybody twice.
    again = [parts[0], {"according_to": "x", "participants": "q", "article_id": "b"}]
    assert disagreements(told(*again)).empty


def test_a_vaguer_account_does_not_disagree():
    accounts = told(
        {
            "date_edtf": "2019-03",
            "participants": "p",
            "number": 3.0,
            "number_of": "boats",
            "number_words": "3",
        },
        {"date_edtf": "2019-03-28", "article_id": "b", "participants": "p;q"},
        {"number": 4.0, "number_of": "piers", "number_words": "4"},
        {"number": 3.0, "number_of": "boats", "number_words": "tatu", "article_id": "c"},
    )
    assert disagreements(accounts).empty


DAYS = st.dates(pd.Timestamp("1900-01-01").date(), pd.Timestamp("2100-12-31").date()).map(str)
EDTF = st.one_of(
    DAYS,
    DAYS.map(lambda day: day[:7]),
    DAYS.map(lambda day: day[:4]),
    DAYS.map(lambda day: f"{day[:7]}~"),
    DAYS.map(lambda day: f"../{day}"),
    DAYS.map(lambda day: f"{day}/.."),
    st.tuples(DAYS, DAYS).map(lambda two: "/".join(sorted(two))),
)


def holds(outer, inner):
    """Whether all days of one date are days of another."""
    first, last = bounds(inner)
    return bounds(outer)[0] <= first and last <= bounds(outer)[1]


@settings(deadline=None)
@given(st.lists(EDTF, max_size=6))
def test_every_reading_holds_a_rival_and_no_rival_holds_another(values):
    rivals = rival(values)
    assert set(rivals) <= set(values) and bool(rivals) == bool(values)
    for value in values:
        assert any(holds(value, one) for one in rivals)
    assert not any(holds(one, other) for one, other in permutations(rivals, 2))
    assert rival(values[::-1]) == rivals


@settings(deadline=None)
@given(st.lists(st.one_of(st.just(""), EDTF), max_size=8), st.randoms(use_true_random=False))
def test_the_order_of_time_is_total_and_stable(values, random):
    frame = pd.DataFrame(
        {
            "key": [f"k{i}" for i in range(len(values))],
            "earliest": [days(value)[0] for value in values],
            "latest": [days(value)[1] for value in values],
        },
        dtype=object,
    )
    mixed = list(range(len(values)))
    random.shuffle(mixed)
    ordered = chronology.in_order(frame, "key")
    assert ordered.equals(chronology.in_order(frame.iloc[mixed], "key"))
    assert ordered.equals(chronology.in_order(ordered, "key"))
    assert chronology.begins(ordered).is_monotonic_increasing
    assert sorted(ordered.key) == sorted(frame.key)


def test_nothing_in_gives_tables_of_nothing(real):
    none = real.event_mentions[:0].assign(earliest="", latest="")
    accounts = chronology.accounts(none, real.articles)
    events = chronology.events(accounts)
    entries = chronology.chronology(events, accounts, real.context_events[:0])
    tables = {
        "accounts": accounts,
        "events": events,
        "disagreements": disagreements(accounts),
        "chronology": entries,
    }
    for name, frame in tables.items():
        assert frame.empty and table_text(frame, name).count("\n") == 1
    assert chronology.certainty(entries).empty
    assert chronology.by_period(entries, real.periods) == []
    assert chronology.told(entries, {}).empty
    assert "no dated event" in timelines.overview(entries).axes[0].texts[0].get_text()
    context = chronology.chronology(events, accounts, real.context_events)
    assert len(context) == len(real.context_events)


@pytest.mark.data
def test_every_account_has_a_date_with_basis_and_reason_or_says_why_not(published):
    accounts, events = published.accounts, published.events
    worked_out = accounts.date_basis.isin(["resolved", "approximate", "external"])
    assert (accounts.date_note[worked_out] != "").all() and (accounts.date_basis != "").all()
    assert set(accounts[accounts.date_edtf == ""].date_basis) <= {"undated"}
    for account in accounts[accounts.date_edtf != ""].itertuples():
        assert (account.earliest, account.latest) == days(account.date_edtf)
        assert account.wording == wording(account.date_edtf)
    assert set(events.event_id) == set(accounts.event_id)
    assert events.n_mentions.sum() == len(accounts)


def test_a_claim_of_the_articles_is_worded_as_one_and_never_drawn_as_a_report(published):
    accounts, entries = published.accounts, published.entries
    claims = accounts[accounts.voice == "claimed"]
    assert len(claims) > 15 and claims.description.str.contains(SAID).all()
    claimed = published.events[published.events.voice == "claimed"]
    assert (claimed.claimants != "").all() and (claimed.n_sources == 0).all()
    assert claimed.event.str.contains(SAID).all()
    assert set(entries[entries.voice == "claimed"].entry_id) == set("corpus." + claimed.event_id)
    affirmed = claims[claims.polarity == "affirmed"].groupby("event_id")
    assert set(affirmed.according_to.nunique()) == {1}, "opposite claims are one event"


def test_statements_of_votes_are_accounts(published):
    accounts = published.accounts
    claimed = accounts[accounts.number.notna()].set_index("number_words")
    assert {
        "8.9 Million votes": 8900000,
        "36 counties": 36,
    }.items() <= claimed.number.to_dict().items()
    assert (claimed.according_to != "").all()


def test_what_the_articles_dispute_is_shown_with_both_sides(published):
    """By the second codebook what is disputed stands in the issues of fact: no event has sides."""
    events, sides = published.events, published.sides
    assert (sides.groupby(["event_id", "matter"]).side_no.max() > 1).all()
    assert (sides.words != "").all()
    assert set(events[events.matters != ""].event_id) == set(sides.event_id)


def test_the_chronology_is_in_order_and_loses_nothing(real, published):
    entries = published.entries
    assert len(entries) == len(published.events) + len(real.context_events)
    assert chronology.begins(entries).is_monotonic_increasing
    assert (entries.source_text != "").all()
    assert (entries.voice == "").eq(entries.layer == "context").all()
    for entry in entries.itertuples():
        assert days(entry.date_edtf) == (entry.earliest, entry.latest)
    sure = chronology.certainty(entries)
    assert sure[["n_day", "n_span", "n_undated"]].sum().sum() == len(entries)
    parts = chronology.by_period(entries, real.periods)
    assert pd.concat([part for _, part in parts]).entry_id.tolist() == entries.entry_id.tolist()
    from_petition_to_committee = [label for label, _ in parts][1:-1]
    assert from_petition_to_committee == real.periods.label.tolist()


def test_a_speech_repeated_by_another_article_keeps_both_readings(real):
    statements = coded(real, "statements", "adjudicated")
    repeated = statements[
        (statements.article_id == "allafrica-2023-04-17") & (statements.date_words == "on Thursday")
    ]
    assert {"2023-02-23", "2023-04-13"} <= {*repeated.date_edtf, *repeated.alt_date_edtf}


@pytest.mark.parametrize(
    "weekday, day",
    [
        ("Tuesday", "2022-08-30"),
        ("Wednesday", "2022-08-31"),
        ("Thursday morning", "2022-09-01"),
    ],
)
def test_the_weekdays_of_the_undated_article_resolve_from_its_order(real, weekday, day):
    coded_there = pd.concat(
        [coded(real, table, "adjudicated") for table in ("statements", "event_mentions")]
    )
    undated = coded_there[
        (coded_there.article_id == "unidentified-2022-09-01")
        & (coded_there.date_basis == "resolved")
    ]
    assert set(undated[undated.date_words.str.contains(weekday)].date_edtf) == {day}
    published = real.articles.set_index("article_id").published
    assert published["unidentified-2022-09-01"] == "2022-09-01"


def test_the_timeline_cuts_no_word_and_tells_the_lanes_apart(real, published):
    for heading, part in chronology.by_period(published.entries, real.periods):
        figure = details.detail(part, heading)
        words = " ".join(text.get_text() for text in figure.axes[0].texts).replace("- ", "-")
        for row in chronology.told(part, real.names()).itertuples(index=False):
            assert f"{row.when}" in words and row.what.replace("- ", "-") in words
        in_the_key = "Claimed: somebody" in words
        assert words.count("Claimed: ") - in_the_key == (part.voice == "claimed").sum()
    (axes,) = timelines.overview(published.entries).axes
    assert {"o", "D", "s", "|"} <= {line.get_marker() for line in axes.lines}
    lanes = [text.get_text()[:7] for text in axes.texts]
    assert lanes == ["Reporte", "Claimed", "From ou"]


def entry(basis, value, voice="reported"):
    """A row of the chronology, from the articles."""
    first, last = days(value)
    return dict.fromkeys(columns("chronology"), "") | {
        "entry_id": "e",
        "layer": "corpus",
        "voice": voice,
        "date_edtf": value,
        "date_basis": basis,
        "wording": wording(value),
        "earliest": first,
        "latest": last,
        "event": "A $5 fire and a $6 one.",
        "source_text": "a",
    }


def test_a_span_of_two_days_can_be_seen_and_what_is_about_fades():
    entries = pd.DataFrame(
        [
            entry("stated", "2019-01-01"),
            entry("resolved", "2019-06-01/2019-06-02"),
            entry("approximate", "2019-11"),
            entry("resolved", "2019-06-01/2019-06-20", "claimed"),
            entry("stated", "2019-12-31"),
        ]
    )
    for figure in (timelines.overview(entries), details.detail(entries, "2019")):
        axes = figure.axes[0]
        left, right = axes.get_xlim()
        boxes = [bar for bar in axes.patches if isinstance(bar, Rectangle)]
        bars = [bar for bar in boxes if bar.get_linewidth() > 0]
        assert len(bars) == 2
        assert all(bar.get_width() > (right - left) / 60 for bar in bars)
        assert sorted(bool(bar.get_hatch()) for bar in bars) == [False, True]
        fading = [patch for patch in axes.patches if patch.get_linewidth() == 0]
        assert len({patch.get_alpha() for patch in fading} - {None, 0}) > 5
        figure.savefig("/dev/null", format="png")


BAD = {
    "31 February": "2023-02-31",
    "month 13": "2023-13",
    "a reversed interval": "2023-04-22/2023-04-21",
    "year 0": "0000-01-01",
    "text": "next spring",
    "a day first": "25/02/2023",
}


@pytest.mark.parametrize(
    "file, column",
    [
        ("coding/pass-a/event_mentions.csv", "date_edtf"),
        ("coding/pass-a/event_mentions.csv", "alt_date_edtf"),
        ("context_events.csv", "date_edtf"),
    ],
)
def test_bad_dates_are_all_told_with_file_and_row(broken, capsys, file, column):
    with open(broken / file, encoding="utf-8", newline="") as handle:
        header, *rows = csv.reader(handle)
    few = max(0, len(BAD) - len(rows))
    rows += [list(rows[0]) for _ in range(few)]
    for row, value in zip(rows, BAD.values(), strict=False):
        row[header.index(column)] = value
    with open(broken / file, "w", encoding="utf-8", newline="") as handle:
        csv.writer(handle, lineterminator="\n").writerows([header, *rows])
    assert cli.main(["check", str(broken)]) == 2
    assert "more such problems: rows" in capsys.readouterr().out
    lines = [str(problem) for problem in check(broken)]
    for number, (name, value) in enumerate(BAD.items(), start=2):
        place = f"{file}, row {number}, {column}"
        problem = rf"{place}: found '{value}'; expected (an EDTF date|an interval)"
        assert any(re.match(problem, line) for line in lines), f"{name}: {lines}"


@pytest.mark.parametrize(
    "cells, column",
    [
        ({"number": "3"}, "number_of"),
        ({"number": "3", "number_of": "boats"}, "number_words"),
        ({"number_of": "boats"}, "number"),
        ({"polarity": "maybe"}, "polarity"),
        ({"number": "many", "number_of": "b", "number_words": "w"}, "number"),
    ],
)
def test_a_number_without_its_words_or_meaning_and_an_unknown_polarity_are_told(
    broken, cells, column
):
    path = broken / "coding/pass-a/event_mentions.csv"
    frame = pd.read_csv(path, dtype=str, keep_default_na=False)
    frame.loc[1, list(cells)] = list(cells.values())
    frame.to_csv(path, index=False)
    places = [(problem.file, problem.row, problem.column) for problem in check(broken)]
    assert places == [("coding/pass-a/event_mentions.csv", 3, column)]
