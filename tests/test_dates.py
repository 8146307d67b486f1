"""EDTF values: their bounds, their order, their wording, and what is no date."""

import calendar
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from helpers.dates.edtf import bounds, days, within, wording

DAYS = st.dates(date(1, 1, 1), date(9999, 12, 31))
MONTHS = st.tuples(st.integers(1, 9999), st.integers(1, 12)).map(
    lambda ym: f"{ym[0]:04}-{ym[1]:02}"
)


@given(DAYS)
def test_a_day_is_its_own_bounds(day):
    assert bounds(day.isoformat()) == (day, day)


@settings(deadline=None)  # the first date waits for the parser of edtf
@given(DAYS, st.sampled_from("~?%"))
def test_a_qualifier_does_not_move_the_bounds(day, mark):
    assert bounds(day.isoformat() + mark) == (day, day)


@given(MONTHS)
def test_a_month_holds_all_its_days_and_no_other(month):
    first, last = bounds(month)
    assert first.day == 1 and (first.year, first.month) == (last.year, last.month)
    assert last == date.max or (last + timedelta(1)).day == 1


@given(DAYS, DAYS)
def test_an_interval_has_the_bounds_of_its_ends_or_is_refused(one, other):
    value = f"{one.isoformat()}/{other.isoformat()}"
    if one > other:
        with pytest.raises(ValueError, match="first day is not after"):
            bounds(value)
    else:
        assert bounds(value) == (one, other)
        assert within(one.isoformat(), value) and within(other.isoformat(), value)


@pytest.mark.parametrize(
    "value, first, last",
    [
        ("2023-03-2X", "2023-03-20", "2023-03-29"),
        ("2023-02-2X", "2023-02-20", "2023-02-28"),
        ("2023-02-XX", "2023-02-01", "2023-02-28"),
        ("2022", "2022-01-01", "2022-12-31"),
        ("2024-02", "2024-02-01", "2024-02-29"),
        ("202X", "2020-01-01", "2029-12-31"),
        ("../2022-08", "", "2022-08-31"),
        ("2022-08/..", "2022-08-01", ""),
        ("", "", ""),
        ("[2023-02-23,2023-04-13]", "2023-02-23", "2023-04-13"),
    ],
)
def test_known_bounds(value, first, last):
    assert days(value) == (first, last)


@pytest.mark.parametrize(
    "value",
    [
        "2023-02-31",
        "2023-13",
        "2023-02-3X-01",
        "0000",
        "text",
        "..",
        "../..",
        "/",
        "2023-02-30/2023-03-01",
        "2023-04-22/2023-04-21",
        "25/02/2023",
        "2023-2-5",
        " 2023",
        "2023-13-1X",
        "2023-02-9X",
        "99999",
        "2023-02-25\n",
    ],
)
def test_what_is_no_date_is_refused(value):
    with pytest.raises(ValueError, match=r"an EDTF date|an interval"):
        bounds(value)


@pytest.mark.parametrize(
    "value, words",
    [
        ("2023-02-25", "25 February 2023"),
        ("2023-03~", "about March 2023"),
        ("2022", "2022"),
        ("2022?", "perhaps 2022"),
        ("", "no date"),
        ("2023-04-21/2023-04-22", "21 to 22 April 2023"),
        ("2022-08/2023-01", "August 2022 to January 2023"),
        ("2023-07-19/2023-08-01", "19 July to 1 August 2023"),
        ("../2023-09-22", "until 22 September 2023"),
        ("2023-03-20/..", "from 20 March 2023"),
        ("2023-03-2X", "between 20 and 29 March 2023"),
        ("2022-21", "spring 2022"),
        ("2022-24~", "about winter 2022"),
        ("2022-34", "second quarter of 2022"),
        ("199X", "the 1990s"),
        ("18XX", "the years 1800 to 1899"),
        ("2023-03-22T09:30:00", "22 March 2023, 09:30"),
        ("[2023-09-01,2023-09-08,2023-09-15]", "1, 8 or 15 September 2023"),
        ("[2022-12-31,2023-01-07]", "31 December 2022 or 7 January 2023"),
        ("2022-21/2022-23", "spring to autumn 2022"),
        ("2023-XX-09", "between 9 January and 9 December 2023"),
        ("2022/2023", "2022 to 2023"),
        ("2023-04/2023-04-22", "April 2023 to 22 April 2023"),
    ],
)
def test_wording(value, words):
    assert wording(value) == words


def test_a_missing_date_lies_in_no_period():
    assert not within("", "2022/2023")
    assert not within("2022", "2022-02/2022-12")


@given(DAYS, st.sampled_from(["", "~", "?", "%"]))
def test_a_day_is_read_back_from_its_wording(day, mark):
    words = wording(day.isoformat() + mark)
    number, month, year = words.split()[-3:]
    assert (int(number), month) == (day.day, calendar.month_name[day.month])
    assert int(year) == day.year


@given(MONTHS, st.integers(0, 3))
def test_bounds_of_an_unspecified_day_are_within_its_month(month, tens):
    value = f"{month}-{tens}X"
    try:
        first, last = bounds(value)
    except ValueError:
        assert (month[-2:], tens) == ("02", 3)  # February has no day in its thirties
    else:
        assert within(value, month) and first.day // 10 == last.day // 10 == tens
        assert wording(value).startswith("between " if first < last else "30 ")
