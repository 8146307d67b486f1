"""How news says that somebody said: verbs, constructions, and who is their subject."""

import pytest
from proposed import one, said

from helpers.proposing.lexicon import LEXICON, english_verbs

WORKS = "the closure of the salt works"
CLOSED = "the salt works must be closed"


@pytest.mark.parametrize(
    "text",
    [
        f"Amina Sefu slammed {WORKS}.",
        f"Amina Sefu raised concern over {WORKS}.",
        f"Amina Sefu has come out strongly against {WORKS}.",
        f"Amina Sefu stopped short yesterday of opposing {WORKS}.",
        f"Amina Sefu will oppose {WORKS}.",
        f"Amina Sefu believes {CLOSED}.",
        f"Amina Sefu was adamant that {CLOSED}.",
        f"Amina Sefu would like {WORKS}.",
        f"Amina Sefu had this to say: “{CLOSED}.”",
        f"Amina Sefu on X: {CLOSED}.",
        f"Said Amina Sefu: “{CLOSED}.”",
        f"Amina Sefu, a teacher, was more direct: “{CLOSED}.”",
        f"“{CLOSED},” read the statement by Amina Sefu.",
        f"“{CLOSED},” said the chairwoman of the group, Amina Sefu.",
        f"According to the chairwoman of the group, Amina Sefu, {CLOSED}.",
        f"A letter to residents from Amina Sefu says {CLOSED}.",
        f"His words were echoed by Amina Sefu, who said {CLOSED}.",
        f"It came days after chairwoman Amina Sefu said {CLOSED}.",
        f"Amina Sefu of the Tarina Council, who spoke first, said {CLOSED}.",
        f"Amina Sefu led residents in demanding {WORKS}.",
        f"Asked by Peter Lund about it, Amina Sefu said {CLOSED}.",
        f"Amina Sefu, who leads the lawyers of Peter Lund, told the High Court {CLOSED}.",
    ],
)
def test_who_says_it(text):
    assert one(text)["speaker"] == "amina-sefu"


@pytest.mark.parametrize(
    "text",
    [
        "Amina Sefu declined to say when the salt works would be closed.",
        "Amina Sefu did not answer calls seeking comment on the salt works.",
        "Amina Sefu decided to hold talks on the salt works.",
        "Amina Sefu suspended the licence of the salt works.",
        "Amina Sefu believes in the salt works.",
    ],
)
def test_what_takes_no_side_is_none(text):
    assert said(text) == []


def test_a_court_speaks_by_what_it_does():
    assert one("The High Court suspended the licence of the salt works.")["speaker"] == "high-court"


def test_verbs_of_one_short_syllable_double_their_last_letter():
    known = english_verbs()
    assert {"slammed", "begged", "quipped", "admitted", "warned"} <= set(known)
    assert not {"slamed", "warnned", "askked"} & set(known)


@pytest.mark.parametrize("language", ["english", "swahili"])
def test_a_verb_stands_in_one_list(language):
    listed = [verb.partition("/")[0] for verbs in LEXICON[language].values() for verb in verbs]
    assert sorted(listed) == sorted(set(listed))


@pytest.mark.parametrize(
    "text",
    [
        "Bi Sefu amesema kiwanda cha chumvi kifungwe.",
        "Amina Sefu alimtaka Peter Lund kufunga kiwanda cha chumvi.",
        "Kiwanda cha chumvi kimekosolewa na Amina Sefu.",
        "Amina Sefu alimrushia lawama Peter Lund kuhusu kiwanda cha chumvi.",
    ],
)
def test_who_says_it_in_swahili(text):
    assert one(text, article="habari", languages="sw")["speaker"] == "amina-sefu"


def test_to_whom_a_swahili_verb_speaks_is_not_its_subject():
    text = "Amina Sefu alikuja. Alimtaka Peter Lund kufunga kiwanda cha chumvi."
    assert one(text, languages="sw")["speaker"] == "amina-sefu"


# ---- one sentence with two


def test_while_one_argued_the_other_said():
    rows = said(f"While Peter Lund said the licence was lawful, Amina Sefu said {CLOSED}.")
    assert [row["speaker"] for row in rows] == ["peter-lund", "amina-sefu"]


def test_two_times_of_one_speaker_are_two_passages():
    text = "Amina Sefu has long praised the licence, but on Monday she demanded compensation."
    assert [row["date_edtf"] for row in said(text)] == ["", "2021-05-10"]


def test_sentences_of_a_quotation_hold_together():
    text = "“The salt works must be closed. The water is ours. Close the works,” Amina Sefu said."
    assert one(text)["issue"] == "close-works"


# ---- who is meant


def test_the_lawmaker_is_who_spoke_last_where_nobody_is_known_to_be_one():
    text = f"Amina Sefu said {CLOSED}. It rained.\n\nThe lawmaker accused the company of greed."
    assert [row["speaker"] for row in said(text)] == ["amina-sefu"] * 2
    other = text.replace("The lawmaker", "Their lawyer")
    assert [row["speaker"] for row in said(other)] == ["amina-sefu"]


def test_we_within_a_quotation_is_nobody_whom_it_names():
    text = "“We respect the High Court but we do not support its view of the licence,” Lund said."
    assert [row["speaker"] for row in said(text)] == ["peter-lund"]


def test_an_author_is_read_where_the_words_are_on_an_issue():
    text = "By Grace Mwita\n\nI must buy shoes.\n\nThe salt works must be closed."
    assert one(text)["quote"] == "The salt works must be closed."


def test_a_release_speaks_in_its_own_voice():
    text = "PRESS RELEASE\n\nTarina Salt Company is 40 years old.\n\nThe licence is lawful."
    assert one(text)["quote"] == "The licence is lawful."


def test_a_host_only_asks():
    text = (
        "Amina Sefu: Close the salt works.\n\nPresenter Grace Mwita: Is the licence lawful?\n\n"
        "Amina Sefu: The salt works must be closed.\n\nPresenter Grace Mwita: Thank you."
    )
    rows = said(text)
    assert [row["speaker"] for row in rows] == ["amina-sefu", "grace-mwita", "amina-sefu"]
