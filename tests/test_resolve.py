"""The resolver: the traps of the real articles, and the laws it keeps for any text and day.

At the end its scores, on the sentences it was made with and on others.
"""

from datetime import date, timedelta

import pytest
import timex
from hypothesis import given, settings
from hypothesis import strategies as st

from helpers.dates import resolve
from helpers.dates.anchoring import MEANINGS
from helpers.dates.edtf import bounds, within, wording
from helpers.dates.lexicon import LEXICON
from helpers.dates.links import PREFIXES
from helpers.dates.neighbours import CHECKS
from helpers.dates.quotations import word_runs

DAYS = st.dates(date(2, 1, 1), date(9990, 12, 31))
# What an article may give as its day: nothing, a day, a month, three days.
ANCHORS = st.one_of(
    st.just(""),
    DAYS.map(str),
    DAYS.map(lambda day: str(day)[:7]),
    DAYS.map(lambda day: f"{day}/{day + timedelta(2)}"),
)
PIECES = [
    "Monday",
    "on Friday, April 21",
    "last week",
    "three days ago",
    "the end of March 2019",
    "between April 2 and 4",
    "two years",
    "every Sunday",
    "in 2014",
    "now",
    "the first quarter",
    "next summer",
    "at 9:30 a.m.",
    "that day",
    "a year earlier",
    "May 31",
    "February 29",
    "29 February 2019",
    "Easter",
    "last night",
    "the 1990s",
    "the 19th century",
    "two hours later",
    "the following month",
    "mid-October",
    "fiscal 2018",
    "12/11/2013",
    "2011-12",
    "this weekend",
    "the third Thursday in May",
    "last winter",
    "the first century",
    "the 2nd century BC",
    "January to April 2019",
    "from 28 December to 3 January",
    "between October and February",
    "Monday to Friday",
    "two days after 29 February 2020",
    "a month before 31 March",
    "the week of 31 December",
    "the week before last",
    "last Aug. 9",
    "5-Aug-2016",
    "ON MONDAY",
    "in '98",
    "the 1988 quarter",
    "every winter",
    "the new year",
    "a year earlier",
    "mwezi wa nane",
    "miaka mitano iliyopita",
    "tarehe kumi na tisa Agosti",
    "mwishoni mwa mwaka 2019",
    "watasoma",
    "juzi",
    "jana usiku",
    "wiki mbili zilizopita",
    "Jumatatu ijayo",
    "mwaka jana",
    "saa tatu asubuhi",
    "he said",
    "the court will meet",
    "May said",
    "\n\n",
    ". ",
    ", ",
    "“",
    "”",
]
TEXTS = st.one_of(
    st.lists(st.sampled_from(PIECES), max_size=12).map(" ".join),
    st.text(max_size=60),
    st.text("0123456789-/:., adeMyJuntrsp'’", max_size=40),
)
NEUTRAL = "The ministers spoke to reporters outside the building."


def read(text, published="", **options):
    rows = resolve.expressions(text, published, **options)
    return list(zip(rows.words, rows.date_edtf, strict=True))


def values_of(alternatives):
    return [value for value, _ in alternatives]


# ---- the real articles

WEEKDAYS = ["Tuesday", "Wednesday evening", "Wednesday", "Thursday morning"]


def of_article(real, article, **options):
    row = real.articles.set_index("article_id").loc[article]
    language = row.language if isinstance(row.language, str) else ";".join(row.language)
    own = {
        "published": row.published,
        "furniture": real.furniture[article],
        "language": language,
    }
    return resolve.expressions(real.texts[article], **(own | options))


def the(rows, words):
    """The first row with these words."""
    those = rows[rows.words == words]
    assert len(those), f"{words!r} is not among {list(rows.words)}"
    return those.iloc[0]


@pytest.mark.data
def test_the_weekday_is_a_checksum_for_the_year(real):
    rows = of_article(real, "viral-tea-2023-04-21")
    friday = the(rows, "Friday, April 21")
    assert (friday.date_edtf, friday.basis) == ("2023-04-21", "resolved")
    assert the(rows, "Thursday, April 20").date_edtf == "2023-04-20"
    # By the years that the article names.
    undated = of_article(real, "viral-tea-2023-04-21", published="")
    assert the(undated, "Friday, April 21").date_edtf == "2023-04-21"


@pytest.mark.data
@pytest.mark.parametrize("article", ["viral-tea-2023-04-21", "allafrica-2023-04-17"])
def test_a_day_without_year_falls_in_the_year_of_the_petition(real, article):
    assert the(of_article(real, article), "August 9").date_edtf == "2022-08-09"
    first = the(of_article(real, article, published=""), "August 9")
    assert "2022-08-09" in [first.date_edtf, *values_of(first.alternatives)]


@pytest.mark.data
def test_the_end_of_a_month_is_its_last_third(real):
    row = the(of_article(real, "viral-tea-2023-04-21"), "the end of March 2023")
    assert (row.value, row["mod"]) == ("2023-03", "END")
    assert (row.date_edtf, row.basis) == ("2023-03-20/2023-03-31", "approximate")
    assert wording(row.date_edtf) == "20 to 31 March 2023"


@pytest.mark.parametrize(
    "published, open_for_thursday",
    [
        ("2022-09-01", []),
        # Had it been published on the Wednesday.
        ("2022-08-31/2022-09-02", ["2022-08-25"]),
    ],
)
def test_the_weekdays_of_the_undated_article(real, published, open_for_thursday):
    rows = of_article(real, "unidentified-2022-09-01", published=published)
    dates = [the(rows, words).date_edtf for words in WEEKDAYS]
    assert dates == ["2022-08-30", "2022-08-31", "2022-08-31", "2022-09-01"]
    assert values_of(the(rows, "Thursday morning").alternatives) == open_for_thursday
    assert the(rows, "Tuesday").alternatives == ()


@pytest.mark.parametrize("options", [{}, {"furniture": ()}])
def test_a_page_header_is_not_the_day_of_publication(real, options):
    rows = of_article(real, "unidentified-2022-09-01", published="", **options)
    assert set(rows.date_edtf[rows.words.isin(WEEKDAYS)]) == {""}
    assert set(rows.basis[rows.words == "Tuesday"]) == {"undated"}


@pytest.mark.data
@pytest.mark.parametrize("options", [{}, {"published": "2023-02-27", "spoken": "2023-02-25"}])
def test_swahili_day_words_count_from_the_day_of_the_speech(real, options):
    rows = of_article(real, "people-daily-2023-02-25", **options)
    day_words = rows[rows.words.str.lower().isin(["juzi", "jana", "yesterday"])]
    assert list(zip(day_words.words, day_words.date_edtf, strict=True)) == [
        ("juzi", "2023-02-23"),
        ("jana", "2023-02-24"),
        ("Jana", "2023-02-24"),
        ("yesterday", "2023-02-24"),
    ]


@pytest.mark.data
def test_the_same_words_dated_elsewhere_leave_two_readings(real):
    article = "allafrica-2023-04-17"
    alone = the(of_article(real, article), "Thursday")
    assert (alone.date_edtf, alone.alternatives) == ("2023-04-13", ())
    elsewhere = []
    for other in real.articles.itertuples():
        if other.article_id != article:
            text, furniture = real.texts[other.article_id], real.furniture[other.article_id]
            elsewhere += resolve.dated(text, other.published, furniture)
    both = the(of_article(real, article, known=elsewhere), "Thursday")
    assert both.date_edtf == "2023-02-23"
    assert values_of(both.alternatives) == ["2023-04-13"]


@pytest.mark.data
def test_a_month_as_anchor_leaves_every_friday_open(real):
    row = the(of_article(real, "switch-tv-2023-09"), "Friday")
    assert row.date_edtf == "[2023-09-01,2023-09-08,2023-09-15,2023-09-22,2023-09-29]"
    assert row.basis == "approximate" and len(row.alternatives) == 5


@pytest.mark.data
def test_the_year_of_a_petition_is_a_date(real):
    row = the(of_article(real, "allafrica-2023-04-17"), "2022")
    assert (row.value, row.date_edtf, row.basis) == ("2022", "2022", "stated")


def test_the_coders_dates_are_read_alike_where_the_words_give_them(real):
    """Where coders dated from words of the article, nine in ten dates agree with the resolver's."""
    mentions = real.event_mentions[real.event_mentions.coder == "adjudicated"]
    rows = resolve.beside(mentions, real.articles, real.texts, real.furniture)
    assert rows.mention_id.tolist() == mentions.mention_id.tolist()
    assert (rows.own_reason != "").all()
    worded = rows[rows.date_basis.isin(["stated", "resolved"])]
    assert len(worded) > 8 and (worded.verdict == "same").mean() >= 0.9
    assert set(rows[rows.date_edtf == ""].verdict) == {"none"}
    assert len(resolve.beside(mentions[:0], real.articles, real.texts, real.furniture)) == 0


# ---- single expressions


@pytest.mark.parametrize(
    "text, published, words, date_edtf",
    [
        ("They met on Monday.", "2019-04-17", "Monday", "2019-04-15"),
        ("They will meet on Monday.", "2019-04-17", "Monday", "2019-04-22"),
        (
            "The board said Friday that it will meet on Monday.",
            "2019-04-17",
            "Friday",
            "2019-04-12",
        ),
        ("He fell ill in November.", "2019-04-17", "November", "2018-11"),
        ("The vote is due in November.", "2019-04-17", "November", "2019-11"),
        ("He spoke for two years.", "2019-04-17", "two years", ""),
        ("The bridge fell on August 9.", "2019-04-17", "August 9", "2018-08-09"),
        ("The bridge will open on August 9.", "2019-04-17", "August 9", "2019-08-09"),
        (
            "In May 2009 he took office; on August 9 he left it.",
            "2019-04-17",
            "August 9",
            "2009-08-09",
        ),
        ("It rained on February 29.", "2019-04-17", "February 29", "2016-02-29"),
        ("It rained three days ago.", "2019-03-01", "three days ago", "2019-02-26"),
        ("It rained last week.", "2019-01-02", "last week", "2018-12-24/2018-12-30"),
        ("It rained over the weekend.", "2019-04-16", "the weekend", "2019-04-13/2019-04-14"),
        ("It rained last summer.", "2019-04-16", "last summer", "2018-22"),
        ("Profit rose in the third quarter.", "2019-04-16", "the third quarter", "2018-07/2018-09"),
        ("It rained in the 1990s.", "", "the 1990s", "199X"),
        ("Between April 2 and 4 it rained.", "2019-05-01", "April 2", "2019-04-02"),
        ("Between April 2 and 4 it rained.", "2019-05-01", "4", "2019-04-04"),
        ("It rained on March 3-5, 2018.", "2019-05-01", "5, 2018", "2018-03-05"),
        ("It rained on 3-5 March 2018.", "2019-05-01", "3", "2018-03-03"),
        ("It rained in early March 2018.", "", "early March 2018", "2018-03-01/2018-03-10"),
        ("It rained in mid-February 2018.", "", "mid-February 2018", "2018-02-11/2018-02-20"),
        ("It rained late last year.", "2019-05-01", "late last year", "2018-09/2018-12"),
        ("It rained on Good Friday.", "2019-05-01", "Good Friday", "2019-04-19"),
        ("It rained on Thanksgiving.", "2019-05-01", "Thanksgiving", "2018-11-22"),
        (
            "The army was formed in 1871; the following year it rained.",
            "2019-05-01",
            "the following year",
            "1872",
        ),
        (
            "It met on the third Thursday in March.",
            "2019-05-01",
            "the third Thursday in March",
            "2019-03-21",
        ),
        (
            "Alisema wiki mbili zilizopita.",
            "2019-05-17",
            "wiki mbili zilizopita",
            "2019-04-29/2019-05-05",
        ),
        ("Mvua ilinyesha tarehe 9 Agosti 2018.", "", "tarehe 9 Agosti 2018", "2018-08-09"),
        ("Atarudi keshokutwa.", "2019-05-17", "keshokutwa", "2019-05-19"),
        ("Alikuja Jumatatu iliyopita.", "2019-05-17", "Jumatatu iliyopita", "2019-05-13"),
    ],
)
def test_what_an_expression_means(text, published, words, date_edtf):
    assert (words, date_edtf) in read(text, published, language="en;sw")


@pytest.mark.parametrize(
    "text, type_, value",
    [
        ("It takes 21 days.", "DURATION", "P21D"),
        ("a 21-year-old man", "DURATION", "P21Y"),
        ("an hour and a half", "DURATION", "PT90M"),
        ("two and a half years", "DURATION", "P2.5Y"),
        ("for decades", "DURATION", "PXDE"),
        ("the next two years", "DURATION", "P2Y"),
        ("They meet twice a week.", "SET", "P1W"),
        ("every Friday", "SET", "XXXX-WXX-5"),
        ("The daily report came.", "SET", "P1D"),
        ("at 9:30 a.m. on Friday", "TIME", "2019-04-12T09:30"),
        ("Wednesday evening", "TIME", "2019-04-17TEV"),
        ("last night", "TIME", "2019-04-16TNI"),
        ("Recently it rained.", "DATE", "PAST_REF"),
        ("this week", "DATE", "2019-W16"),
        ("the late 1980s", "DATE", "198"),
        ("fourth-quarter profit", "DATE", "2018-Q4"),
        ("saa tatu asubuhi", "TIME", "2019-04-17T09:00"),
        ("saa mbili usiku", "TIME", "2019-04-17T20:00"),
        ("saa kumi na moja jioni", "TIME", "2019-04-17T17:00"),
        ("saa kumi na mbili na nusu asubuhi", "TIME", "2019-04-17T06:30"),
        ("by year's end", "DATE", "2019"),
    ],
)
def test_timex_types_and_values(text, type_, value):
    rows = resolve.expressions(text, "2019-04-17", language="en;sw")
    assert (type_, value) in list(zip(rows.type, rows.value, strict=True))


@pytest.mark.parametrize(
    "text",
    [
        "Theresa May said so.",
        "They may march.",
        "the Sunday Mirror",
        "Striker Sunday Okafor scored.",
        "2,013 people",
        "flight 2013",
        "a second attempt",
        "three quarters of voters",
        "prices fall",
        "office hours",
        "$2013",
        "Call 555-1990.",
        "as soon as possible",
        "the Daily Mail",
        "Judge April Sunderland",
        "Leo Messi alicheza.",
        "1998 votes",
        "",
    ],
)
def test_what_is_no_time_expression(text):
    assert read(text, "2019-04-17", language="en;sw") == []


def test_a_stated_date_whose_weekday_does_not_fit_says_so():
    row = resolve.expressions("It rained on Friday, April 22, 2019.", "2019-05-01").iloc[0]
    assert (row.date_edtf, row.basis) == ("2019-04-22", "stated") and "Monday" in row.reason
    assert values_of(row.alternatives) in (["2016-04-22"], ["2022-04-22"])


def test_figures_in_two_orders_stay_open():
    row = resolve.expressions("It rained on 3/4/2019.").iloc[0]
    assert row.date_edtf == "2019-04-03"
    assert row.alternatives == (("2019-03-04", "read with the month first"),)


def test_a_bad_day_of_publication_is_refused():
    with pytest.raises(ValueError, match="an EDTF date"):
        resolve.expressions("It rained on Monday.", "17/04/2019")


def test_the_reading_of_a_passage_names_the_words_it_used():
    text = "The bridge fell on Monday. Ten men were hurt.\n\nThe mayor came on Tuesday."
    at, mayor = text.index("Ten men"), text.index("The mayor")
    near = resolve.reading(text, at, at + 17, "2019-04-17")
    assert (near.date_edtf, near.words) == ("2019-04-15", "Monday")
    assert "before it in its paragraph" in near.reason
    assert resolve.reading(text, mayor, len(text), "2019-04-17").date_edtf == "2019-04-16"
    worded = resolve.reading(text, at, at + 17, "2019-04-17", words="on Tuesday")
    assert worded.date_edtf == "2019-04-16"
    assert resolve.reading(NEUTRAL, 0, 5, "2019-04-17").basis == "undated"


# ---- laws


def test_every_rule_of_the_lexicon_has_a_meaning():
    assert set(LEXICON["rules"]) == set(MEANINGS) | {"md_range", "dm_range", *PREFIXES}
    assert set(CHECKS) <= set(LEXICON["rules"])


@given(TEXTS, ANCHORS, st.sampled_from(["en", "en;sw"]))
@settings(deadline=None, max_examples=60)
def test_every_row_is_sound(text, published, language):
    rows = resolve.expressions(text, published, language=language)
    last = 0
    for row in rows.itertuples():
        assert last <= row.start < row.end
        assert text[row.start : row.end] == row.words
        assert row.value and row.reason
        last = row.end
        assert row.type in ("DATE", "TIME", "DURATION", "SET")
        assert row.basis in ("stated", "resolved", "approximate", "undated")
        assert (row.date_edtf == "") == (row.basis == "undated")
        assert not (row.date_edtf and row.type in ("DURATION", "SET"))
        for value in filter(None, [row.date_edtf, *values_of(row.alternatives)]):
            first, final = bounds(value)
            assert first <= final and within(value, value) and wording(value)


@pytest.mark.parametrize("recounted", ["In 2013 the poll was held.", "The poll of 2013 was held."])
@pytest.mark.parametrize(
    "told, words, then, now",
    [
        ("The court upheld it on 30 March.", "30 March", "2013-03-30", "2022-03-30"),
        ("The court upheld it in March.", "March", "2013-03", "2022-03"),
    ],
)
def test_a_year_recounted_leaves_the_other_reading_open(recounted, told, words, then, now):
    row = the(resolve.expressions(f"{recounted} {told}", "2022-09-05"), words)
    assert (row.date_edtf, values_of(row.alternatives)) == (then, [now])
    pointed = f"{recounted} Now all is quiet. {told}"
    row = the(resolve.expressions(pointed, "2022-09-05"), words)
    assert (row.date_edtf, values_of(row.alternatives)) == (now, [then])


@settings(deadline=None, max_examples=60)
@given(
    st.dates(date(1990, 1, 1), date(2030, 12, 31)),
    st.dates(date(1990, 1, 1), date(1990, 12, 31)),
    st.dates(date(1990, 1, 1), date(1990, 12, 31)),
    st.sampled_from(["The gate is shut", "The gate was shut", "The gate will be shut"]),
    st.sampled_from(["{0.day} {0:%B}", "{0:%B} {0.day}", "{0:%B}", "{0:%A}"]),
)
def test_a_range_never_begins_after_it_ends(published, one, other, verb, shape):
    text = f"{verb} from {shape.format(one)} to {shape.format(other)}."
    rows = resolve.expressions(text, published.isoformat())
    if len(rows) == 2:
        (first, _), (_, last) = map(bounds, rows.date_edtf)
        assert first <= last and last - first <= timedelta(366)


@given(TEXTS, ANCHORS)
@settings(deadline=None, max_examples=60)
def test_resolving_depends_on_text_and_day_alone(text, published):
    own = resolve.expressions(text, published)
    assert own.equals(resolve.expressions(text, published))
    shift = len(NEUTRAL) + 2
    moved = resolve.expressions(f"{NEUTRAL}\n\n{text}\n\n{NEUTRAL}", published)
    assert moved.assign(start=moved.start - shift, end=moved.end - shift).equals(own)


# A day as news print it.
SHAPES = [
    "{0:%B} {0.day}, {0.year}",
    "{0.day} {0:%B} {0.year}",
    "{0:%A}, {0:%B} {0.day}, {0.year}",
]


@settings(deadline=None)
@given(
    st.dates(date(1900, 1, 1), date(2049, 12, 31)),
    st.sampled_from(SHAPES),
)
def test_a_day_that_is_printed_is_read_back(day, shape):
    printed = shape.format(day)
    row = resolve.expressions(f"It rained on {printed}.").iloc[0]
    assert (row.words, row.date_edtf, row.basis) == (printed, day.isoformat(), "stated")


@settings(deadline=None)
@given(st.dates(date(1901, 1, 1), date(2100, 1, 1)), st.integers(0, 6))
def test_a_bare_weekday_lies_in_the_week_before(day, back):
    then = date.fromordinal(day.toordinal() - back)
    assert read(f"It rained on {then:%A}.", day.isoformat()) == [(f"{then:%A}", then.isoformat())]


# ---- the measures of TempEval-3


FOUR_MARKS = """
<TimeML>
<DCT><TIMEX3 type="DATE" value="2019-04-17">2019-04-17</TIMEX3></DCT>
<TEXT>They met <TIMEX3 type="DATE" value="2019-04-15">Monday</TIMEX3>,
not <TIMEX3 type="DATE" value="2019-04-23">Tuesday</TIMEX3>,
for <TIMEX3 type="DURATION" value="P2D">two days or so</TIMEX3>
in <TIMEX3 type="DATE" value="2019-04-16">a fortnight's time past</TIMEX3>, in 2014.</TEXT>
</TimeML>
"""


def test_the_scorer_by_hand(tmp_path):
    """Four in the key: one right, one with the wrong value, one too short, one too short and wrong.

    And one found that is none: four of five overlap.
    """
    (tmp_path / "a.xml").write_text(FOUR_MARKS)
    measures = timex.score(tmp_path)
    assert measures["strict"] == pytest.approx((0.4, 0.5, 0.444), abs=0.0005)
    assert measures["relaxed"] == pytest.approx((0.8, 1.0, 0.889), abs=0.0005)
    assert measures["type"] == pytest.approx((0.6, 0.75, 0.667), abs=0.0005)
    assert measures["value"] == pytest.approx((0.4, 0.5, 0.444), abs=0.0005)
    assert measures["bounds"] == pytest.approx((0.4, 0.5, 0.444), abs=0.0005)


def test_scores_on_the_development_sentences_do_not_fall(root):
    measures = timex.score(root / "tests/timex/dev")
    assert measures["expressions"] > 400
    assert measures["relaxed"][2] >= 0.99 and measures["strict"][2] >= 0.98
    assert measures["value"][2] >= 0.98 and measures["bounds"][2] >= 0.98


def test_the_score_on_sentences_of_news_does_not_fall(root):
    measures = timex.score(root / "tests/timex/news")
    assert measures["expressions"] > 240
    assert measures["relaxed"][2] >= 0.97 and measures["value"][2] >= 0.935
    assert measures["bounds"][2] >= 0.945


def test_the_days_of_a_value_by_the_scorer_alone():
    winter = timex.days_of("DATE", "2018-WI", "")
    assert winter == ("2018-12-01", "2019-02-28")
    assert timex.days_of("DATE", "2018-W52-WE", "") == ("2018-12-29", "2018-12-30")
    assert timex.days_of("DATE", "2018-02", "END") == ("2018-02-20", "2018-02-28")
    assert timex.days_of("DATE", "00", "") == ("0001-01-01", "0099-12-31")
    assert timex.days_of("DURATION", "P1D", "") == timex.days_of("DATE", "PAST_REF", "") == ("", "")


def test_the_score_on_the_sentences_kept_unseen_does_not_fall(root):
    measures = timex.score(root / "tests/timex/heldout")
    assert measures["expressions"] > 200
    assert measures["relaxed"][2] >= 0.98 and measures["value"][2] >= 0.95


def test_the_annotated_sentences_are_none_of_the_articles(root, real):
    of_articles = set().union(*map(word_runs, real.texts.values()))
    for path in (root / "tests/timex").glob("*/*.xml"):
        assert not word_runs(timex.document(path).text) & of_articles, path.name
