"""What articles of the daily press do with dates, and the resolver once missed: made up."""

import pytest

from helpers.dates.rows import read_article

DAY = "2023-03-08"  # a Wednesday


def dates(text, language="en"):
    """The words and the value of each expression."""
    return [(row.words, row.date_edtf) for row in read_article(text, DAY, language=language).rows]


@pytest.mark.parametrize(
    ("text", "language", "words", "value"),
    [
        ("He spoke yesterday, Tuesday, at the port.", "en", "yesterday, Tuesday", "2023-03-07"),
        ("The gates close today Wednesday March 8.", "en", "today Wednesday March 8", DAY),
        ("Alisema hayo jana Jumanne.", "sw", "jana Jumanne", "2023-03-07"),
        ("Walikutana leo Machi 8, 2023.", "sw", "leo Machi 8, 2023", DAY),
    ],
)
def test_a_day_that_is_told_twice_is_one(text, language, words, value):
    assert dates(text, language) == [(words, value)]


@pytest.mark.parametrize("beginning", ["starting on", "beginning", "starting from"])
def test_from_when_something_is_to_be_lies_ahead(beginning):
    text = f"She has called for a strike {beginning} Monday."
    assert dates(text) == [("Monday", "2023-03-13")]


def test_the_year_may_stand_before_month_and_day():
    assert dates("It was shut in the 2022 August 9 storm.") == [("2022 August 9", "2022-08-09")]
    assert dates("In 2022 May was cold.") == [("2022", "2022")]


def test_at_the_same_time_begins_a_sentence_and_names_no_time():
    text = "The port was shut in 2019. At the same time, the mill closed."
    assert dates(text) == [("2019", "2019")]


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("Two days after yesterday, Tuesday, it rained.", ["2023-03-09", "2023-03-07"]),
        ("Unlike yesterday, Monday was calm.", ["2023-03-07", "2023-03-06"]),
        ("Today, Wednesday’s paper says so.", [DAY, DAY]),
        ("It ran until today, next Monday is the day.", [DAY, "2023-03-13"]),
        ("Unlike today, March 3 was quiet.", [DAY, "2023-03-03"]),
        ("As of yesterday, last Tuesday’s order stands.", ["2023-03-07", "2023-03-07"]),
    ],
)
def test_days_that_are_not_one_stay_two(text, values):
    assert [value for _, value in dates(text)] == values


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("He will resign after the August 9 poll.", "2023-08-09"),
        ("The outcome of the August 9 poll will be known soon.", "2023-08-09"),
        ("The talks, beginning on Monday, ended well.", "2023-03-06"),
        ("The sit-in starting Monday lasted a week.", "2023-03-06"),
        ("He was suspended effective Friday.", "2023-03-03"),
    ],
)
def test_the_verb_of_the_sentence_says_whether_a_day_lies_ahead(text, value):
    assert next(value for _, value in dates(text)) == value


@pytest.mark.parametrize(
    "text", ["The day after 2014 came.", "It was the week after May.", "The week before May 2017."]
)
def test_a_count_from_what_is_coarser_stops_nothing(text):
    assert dates(text)


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("In 2017 August 8-10 the count ran.", ["2017", "2017-08-08", "2017-08-10"]),
        ("In 2017 March 15, 2018 is named.", ["2017", "2018-03-15"]),
    ],
)
def test_a_year_before_a_range_or_a_whole_date_stands_alone(text, values):
    assert [value for _, value in dates(text)] == values
