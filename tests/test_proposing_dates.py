"""What dates a saying: the words around it, the occasion, and nothing else."""

import pytest
from proposed import PUBLISHED, said

CLOSE = "the salt works must be closed"
MONDAY, TUESDAY, WEDNESDAY = "2021-05-10", "2021-05-11", "2021-05-12"


def last_day(text, **given):
    return said(text, **given)[-1]["date_edtf"]


# ---- the words of the saying


@pytest.mark.parametrize(
    "text, day",
    [
        (f"Amina Sefu told a press conference in Tarina on Monday that {CLOSE}.", MONDAY),
        (f"Amina Sefu, who spoke in Tarina on Monday, said {CLOSE}.", MONDAY),
        (f"Amina Sefu, who was elected in May 2019, said {CLOSE}.", ""),
        (f"Amina Sefu, who leads the march, on Monday said {CLOSE}.", MONDAY),
        ("Amina Sefu voted on Monday to close the salt works.", MONDAY),
        (f"Speaking when she opened a market on Monday, Amina Sefu said {CLOSE}.", MONDAY),
        (f"In a letter dated May 11 and sent to residents, Amina Sefu said {CLOSE}.", TUESDAY),
    ],
)
def test_a_time_that_belongs_to_the_verb_dates_it(text, day):
    assert last_day(text) == day


@pytest.mark.parametrize(
    "text",
    [
        "The salt works opened last month has spoiled the wells, according to Amina Sefu.",
        "The salt works was shut on Monday, said Amina Sefu.",
        "Amina Sefu said the strike that began on Monday must close the salt works.",
        f"It comes days after Amina Sefu said {CLOSE}. The council sat on Monday.",
    ],
)
def test_the_time_of_what_is_said_is_not_that_of_the_saying(text):
    assert said(text)[0]["date_edtf"] == ""


# ---- frames


@pytest.mark.parametrize(
    "frame",
    [
        "She was speaking at a church in Tarina on Monday.",
        "The Green Shore chairwoman made the remarks on Monday.",
        "The remarks were made on Monday.",
    ],
)
def test_a_sentence_that_tells_when_somebody_spoke_dates_what_stands_before_it(frame):
    assert last_day(f"Amina Sefu has demanded the closure of the salt works. {frame}") == MONDAY


def test_it_dates_nobody_else():
    text = f"Peter Lund said the wells were safe. Amina Sefu said {CLOSE}. "
    rows = said(text + "Peter Lund spoke on Monday.")
    assert [row["date_edtf"] for row in rows] == ["", ""]


# ---- occasions

SITTING = f"Amina Sefu told the committee on Monday that {CLOSE}."
RALLY = f"Amina Sefu told a rally on Monday that {CLOSE}."
LUND = "Peter Lund said the licence was lawful."


@pytest.mark.parametrize(
    "text, day",
    [
        (f"{SITTING}\n\n{LUND}", MONDAY),
        (f"{RALLY}\n\n{LUND}", ""),
        (f"{RALLY}\n\nAt the rally, Peter Lund said the licence was lawful.", MONDAY),
        (f"{SITTING}\n\nPeter Lund did not say that the licence was lawful. {LUND}", MONDAY),
        (f"{SITTING}\n\nIn a letter, Peter Lund said the licence was lawful.", ""),
        (f"{SITTING}\n\nPeter Lund tweeted that the licence was lawful.", ""),
        (f"Despite a court order issued on Monday, the works is open.\n\n{LUND}", ""),
    ],
)
def test_a_sitting_dates_who_speaks_there_and_a_rally_who_is_said_to_be_there(text, day):
    assert last_day(text) == day


def test_words_of_writing_within_a_quotation_are_no_occasion_of_their_own():
    text = f'{SITTING}\n\n"You sent us a letter. The salt works must be closed," Sefu said.'
    assert {row["date_edtf"] for row in said(text)} == {MONDAY}


def test_a_month_dates_what_stands_beside_it_and_no_more():
    text = f"In April, Amina Sefu said {CLOSE}.\n\nIt rained.\n\nSefu said families must be paid."
    assert [row["date_edtf"] for row in said(text)] == ["2021-04", ""]


def test_the_present_ends_an_occasion():
    text = f'{RALLY}\n\nSefu says the wells are salty. "Families must be paid compensation."'
    assert last_day(text) == ""


# ---- the article's own day


def test_an_author_writes_at_no_time():
    assert last_day("By Grace Mwita\n\nThe smell is old. The salt works must be closed.") == ""


def test_an_entry_of_a_live_report_is_of_the_day():
    entries = f"08.10 Amina Sefu says {CLOSE}.\n\n09.30 It rains.\n\n10.15 The works is quiet."
    assert said(entries)[0]["date_edtf"] == PUBLISHED
    assert said(entries.replace("10.15 ", ""))[0]["date_edtf"] == ""


def test_a_release_and_who_is_quoted_in_it_speak_on_its_day():
    text = (
        "PRESS STATEMENT\n\nThe Tarina Salt Company has seen the papers. The licence was granted "
        'lawfully.\n\nSaid John Otto: "The salt works has not spoiled the drinking water."'
    )
    rows = said(text)
    assert [(row["speaker"], row["date_edtf"]) for row in rows] == [
        ("tarina-salt", PUBLISHED),
        ("john-otto", PUBLISHED),
    ]
