"""What articles of the daily press do, and the rules once missed: made up after their manner."""

import pytest
from proposed import PUBLISHED, codebook, one, said

from helpers.proposing import Rules
from helpers.proposing.stems import stem

CLOSE = "the salt works should be closed"
NAMED = Rules(
    codebook(rules=[("object-of-act", "What is only named is coded where it stands alone.")])
)


def speakers(text, **given):
    return [row["speaker"] for row in said(text, **given)]


# ---- who speaks


@pytest.mark.parametrize(
    "who",
    [
        "The Green Shore Alliance (GSA) leader",
        "Amina Sefu, who is also the Green Shore Alliance (GSA) leader,",
        "Umoja la Pwani party leader Amina Sefu yesterday",
        "Amina Sefu and her people",
    ],
)
def test_a_leader_and_not_the_body_speaks(who):
    text = f"Amina Sefu came to Tarina.\n\n{who} said {CLOSE}."
    rules = Rules(codebook(aliases=[("Umoja la Pwani", "green-shore", "a", "")]))
    assert speakers(text, rules=rules) == ["amina-sefu"]


def test_the_last_who_spoke_is_the_one_described():
    text = (
        f"Grace Mwita said {CLOSE}.\n\n"
        "“Families who lost their wells should be paid compensation,” the former blogger said."
    )
    assert set(speakers(text)) == {"grace-mwita"}


def test_a_paper_that_reports_does_not_speak():
    text = "Amina Sefu came by bus. Coast News reported that the salt works should be closed soon."
    assert said(text) == []


def test_a_judge_orders_as_a_court_does():
    text = "Judge Lucy Ward suspended the licence of the company."
    assert one(text)["speaker"] == "lucy-ward"


def test_two_who_say_the_same_have_a_passage_each():
    text = f"Amina Sefu and Grace Mwita maintain that {CLOSE}."
    rows = said(text)
    assert sorted(row["speaker"] for row in rows) == ["amina-sefu", "grace-mwita"]
    assert {row["quote"] for row in rows} == {text}


def test_a_body_below_the_lead_speaks_for_itself():
    filler = "The road was long. " * 6
    text = (
        f"{filler}\n\nThe Green Shore Alliance said {CLOSE}.\n\n"
        "Amina Sefu of the Green Shore Alliance said the drinking water of the wells was spoiled."
    )
    assert speakers(text)[0] == "green-shore"


# ---- what is said


def test_a_quotation_may_lack_the_mark_that_opens_it():
    text = (
        "Grace Mwita came to the wells.\n\n"
        "The salt works should be closed. We have seen enough,” Grace Mwita said."
    )
    assert one(text)["quote"] == text.split("\n\n")[1]


def test_what_is_hotly_contested_is_contested_by_nobody():
    assert (
        said("Amina Sefu finished second in the hotly contested closure of the salt works.") == []
    )


def test_demands_that_are_listed_are_each_a_passage():
    text = (
        "The demands by the Green Shore Alliance include the closure of the salt works and "
        "compensation for the families of the lost wells."
    )
    examples = {"close-works": "closure of the works", "pay-families": "compensation for families"}
    rules = Rules(codebook(rules=[("object-of-act", "Coded.")], examples=examples))
    found = {(row["speaker"], row["issue"]) for row in said(text, rules=rules)}
    assert found == {("green-shore", "close-works"), ("green-shore", "pay-families")}


def test_a_claim_made_by_somebody_is_his():
    text = (
        "The council met to look at the claims made by Amina Sefu that the salt works has spoiled "
        "the drinking water of the wells."
    )
    assert "amina-sefu" in speakers(text, rules=NAMED)


# ---- when


def test_the_day_in_a_dateline_is_no_day_of_saying():
    for line in ("Friday, May 14, 2021 – ", "Tarina, 14 May 2021 - ", "TARINA, May 14 (Wire) — "):
        row = one(f"{line}Amina Sefu said {CLOSE}.")
        assert (row["date_edtf"], row["quote"][:10]) == ("", "Amina Sefu")


def test_at_the_same_time_is_no_time():
    text = f"The wells dried up in 2019.\n\nAt the same time, Amina Sefu said {CLOSE}."
    assert one(text)["date_edtf"] == ""


def test_a_clause_on_who_speaks_parts_no_day_from_the_speech():
    text = f"Speaking on Thursday, Amina Sefu, who is a chairwoman, said {CLOSE}."
    assert one(text)["date_edtf"] == "2021-05-13"


def test_a_sentence_that_begins_with_the_occasion_has_its_day():
    text = (
        "Speaking on Thursday before she toured the new harbour, Amina Sefu said the "
        "salt works had spoiled the drinking water of the wells early on May 3, 2019."
    )
    assert one(text)["date_edtf"] == "2021-05-13"


def test_from_when_something_is_to_be_is_no_day_of_saying():
    text = "Amina Sefu has called for the closure of the salt works starting on Monday."
    assert one(text)["date_edtf"] == ""


def test_an_apostrophe_does_not_hide_that_a_quotation_lacks_its_mark():
    text = (
        "Grace Mwita came to the wells.\n\n"
        "Don’t tell us to wait. The salt works should be closed,” Grace Mwita said."
    )
    assert one(text)["quote"] == text.split("\n\n")[1]


def test_the_day_of_a_speech_is_that_of_the_rally_at_which_it_is_held():
    text = (
        f"Amina Sefu on Thursday said {CLOSE}.\n\n"
        "Addressing a rally in Tarina, she said families should be paid compensation.\n\n"
        "Grace Mwita told the same rally that the drinking water of the wells was spoiled."
    )
    days = {row["speaker"]: row["date_edtf"] for row in said(text)}
    assert days == {"amina-sefu": "2021-05-13", "grace-mwita": "2021-05-13"}
    assert PUBLISHED == "2021-05-14"


# ---- issues


@pytest.mark.parametrize(("word", "other"), [("denied", "deni"), ("basis", "basi")])
def test_what_is_left_of_a_word_is_not_taken_for_another(word, other):
    assert stem(word) != stem(other)


EXAMPLES = {
    "close-works": "switch off the pumps; end of the pumps",
    "licence-lawful": "nothing to hide; end of the pumps",
}
KNOWING = Rules(codebook(examples=EXAMPLES))


def test_an_example_tells_the_issue_where_all_its_words_stand():
    text = "Amina Sefu said they must switch off those old pumps."
    assert one(text, rules=KNOWING)["issue"] == "close-works"
    assert "shares with the issue: off, pumps, switch" in one(text, rules=KNOWING)["why"]
    assert not any(row["issue"] for row in said(text))


def test_an_example_of_two_issues_makes_a_passage_of_each():
    text = "Amina Sefu said that it was the end of the pumps."
    found = sorted(row["issue"] for row in said(text, rules=KNOWING))
    assert found == ["close-works", "licence-lawful"]


def test_what_is_on_no_issue_is_not_proposed_where_examples_are_known():
    text = "Amina Sefu said that she would come back."
    assert said(text, rules=KNOWING) == []
    assert [row["issue"] for row in said(f"{text[:-1]} “before the week is out”.")] == [""]


def test_a_codebook_may_have_no_examples_or_empty_ones():
    text = f"Amina Sefu said {CLOSE}."
    assert one(text, rules=Rules(codebook(examples={}))) == one(text)


@pytest.mark.parametrize(
    "text",
    [
        f"Amina Sefu said: ”{CLOSE.capitalize()}.”",
        f"Amina Sefu said »{CLOSE}«.",
        f"Amina Sefu said a 12” pipe leaks and {CLOSE}.",
        f"Amina Sefu said {CLOSE}.”",
        f"Amina Sefu said that {CLOSE} now.” Peter Lund came by bus.",
    ],
)
def test_a_mark_that_closes_nothing_hides_no_report(text):
    assert speakers(text) == ["amina-sefu"]


@pytest.mark.parametrize("before", ["Grace Mwita met", "Nobody will ever forgive"])
def test_whom_another_verb_governs_says_nothing(before):
    assert speakers(f"{before} Peter Lund and Amina Sefu said {CLOSE}.") == ["amina-sefu"]


@pytest.mark.parametrize(
    ("example", "text"),
    [
        ("Form 34A", "Amina Sefu said girls in Form Two sang."),
        ("leave EU", "Amina Sefu said that she would leave early."),
        ("kuuza ng'ombe", "Amina Sefu said they sell salt."),
    ],
)
def test_an_example_of_which_a_word_is_not_looked_at_tells_nothing(example, text):
    rules = Rules(codebook(examples={"licence-lawful": example}))
    assert "licence-lawful" not in [row["issue"] for row in said(text, rules=rules)]
