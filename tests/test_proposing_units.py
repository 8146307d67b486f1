"""Where passages begin and end, what one date covers, and what is only named or told again."""

import pytest
from proposed import ISSUES, PUBLISHED, RULES, codebook, happened, one, said

from helpers.proposing import Rules

CODED = [
    *RULES,
    ("told-twice", "What is told twice is coded once, from the fuller telling."),
    ("object-of-act", "What is only named is coded where it is not reported in its own right."),
]
STRICT = Rules(codebook(rules=CODED))


# ---- two issues


def issues_of(text, **given):
    return [(row["issue"], row["quote"]) for row in said(text, **given)]


def test_clauses_of_their_own_are_passages_of_their_own():
    text = (
        "Amina Sefu said the works had spoiled the drinking water, adding that the families must "
        "be paid compensation."
    )
    assert issues_of(text) == [
        ("water-spoiled", "Amina Sefu said the works had spoiled the drinking water"),
        ("pay-families", "adding that the families must be paid compensation."),
    ]


def test_where_no_clause_parts_them_both_take_the_whole_sentence():
    text = (
        "Amina Sefu asked for the closure of the salt works and compensation for the families of "
        "the lost wells."
    )
    assert issues_of(text) == [("pay-families", text), ("close-works", text)] or issues_of(
        text
    ) == [("close-works", text), ("pay-families", text)]


def test_one_issue_over_quotation_and_report_is_one_passage():
    text = (
        "Amina Sefu demanded the closure of the salt works.\n\n“Close the salt works. They have "
        "had their time,” she said."
    )
    assert issues_of(text) == [("close-works", text)]


def test_sentences_of_a_quotation_part_where_the_issue_changes():
    text = (
        "“The salt works must be closed before June. The families of the lost wells must be paid "
        "compensation,” Amina Sefu said."
    )
    assert [issue for issue, _ in issues_of(text)] == ["close-works", "pay-families"]


def test_words_in_the_reason_stand_as_in_the_text():
    assert (
        "shares with the issue: Closure, works, salt"
        in one("Closure of the salt works was demanded by Amina Sefu.")["why"]
    )


def test_what_should_be_goes_before_what_is_where_something_is_wished():
    book = codebook()
    kinds = ["position", "fact", "position", "fact"]
    fact = [("works-closed", "Works closed", "The salt works was closed.")]
    frame = book.issues.assign(issue_kind=kinds)
    rows = dict(zip(["issue", "label", "proposition"], fact[0], strict=True), issue_kind="fact")
    frame.loc[len(ISSUES)] = rows
    rules = Rules(type(book)(**{**vars(book), "issues": frame}))
    wish = one("Amina Sefu demanded that the salt works be closed.", rules=rules)
    told = one("Amina Sefu said the salt works was closed.", rules=rules)
    assert (wish["issue"], told["issue"]) == ("close-works", "works-closed")


# ---- answers, and who speaks where nobody is named


def test_a_refusal_that_names_no_issue_takes_that_of_what_it_answers():
    rows = said("Amina Sefu said the works must be closed.\n\nPeter Lund rejected her view.")
    assert [row["issue"] for row in rows] == ["close-works", "close-works"]
    assert rows[1]["stance"] == "" and "answers what stands before it" in rows[1]["why"]


@pytest.mark.parametrize(
    "words, speaker",
    [
        ("A spokesman for the Tarina Council", "council"),
        ("Officials of the Tarina Council", "council"),
        ("Residents", "residents"),
    ],
)
def test_where_nobody_is_named_the_body_speaks(words, speaker):
    assert one(f"{words} said the salt works must be closed.")["speaker"] == speaker


def test_an_author_who_is_an_actor_says_what_must_be():
    text = "By Grace Mwita\n\nThe smell is old. The salt works must be closed, closed for good."
    assert (one(text)["speaker"], one(text)["stance"]) == ("grace-mwita", "2")
    assert said(text.replace("By Grace Mwita", "By Jane Doe")) == []


# ---- told twice, and only named


def test_a_lead_is_left_out_where_its_speaker_is_quoted_on_it_further_down():
    text = (
        "Amina Sefu wants the salt works closed.\n\nIt rained.\n\n“The salt works must be closed "
        "before June,” Sefu said."
    )
    assert len(said(text)) == 2
    assert one(text, rules=STRICT)["quote"].startswith("“The salt works")


def test_a_stance_that_is_only_named_is_proposed_where_it_is_not_reported():
    text = "The Tarina Council's opposition to the closure of the salt works has cost it friends."
    row = one(text, rules=STRICT)
    assert row["quote"] == ("The Tarina Council's opposition to the closure of the salt works")
    assert (row["speaker"], row["issue"]) == ("council", "close-works")
    assert said(text) == []
    own = "Tarina Council said the salt works must not be closed.\n\n" + text
    assert len(said(own, rules=STRICT)) == 1


# ---- what a date covers

SEFU = "Amina Sefu said on Wednesday that the salt works must be closed."
LUND = "Peter Lund said the works would stay."


@pytest.mark.parametrize(
    "text, day",
    [
        (f"{SEFU}\n\n{LUND}\n\nSefu added that families must be paid.", "2021-05-12"),
        (f"{SEFU}\n\n{LUND}\n\nSefu has rejected the licence.", ""),
        (f"{SEFU}\n\n{LUND}\n\nSefu says families must be paid.", ""),
        (f"{SEFU}\n\n{LUND}\n\nSefu had earlier rejected the licence.", ""),
        ("Amina Sefu met residents on Monday. She said families must be paid.", "2021-05-10"),
        (
            "The hearing was held on Monday.\n\nLund told the court the works was safe.",
            "2021-05-10",
        ),
        ("It rained on Monday.\n\nLund told the court the works was safe.", ""),
        (
            "The High Court held a hearing on Monday.\n\nLund told the court that the licence was "
            "lawful.",
            "2021-05-10",
        ),
        (
            "Peter Lund rejected the closure of the works in a letter to residents dated May 3.",
            "2021-05-03",
        ),
    ],
)
def test_a_date_covers_the_occasion_and_no_more(text, day):
    assert said(text)[-1]["date_edtf"] == day


def test_a_date_covers_what_is_said_right_before_it_in_the_same_speech():
    text = (
        "Amina Sefu demanded that families be paid compensation. Speaking on Wednesday, she said "
        "the salt works must be closed."
    )
    assert {row["date_edtf"] for row in said(text)} == {"2021-05-12"}


def test_the_end_of_a_month_is_that_month_roughly():
    row = one("Towards the end of March 2021, Amina Sefu said the salt works must be closed.")
    assert (row["date_edtf"], row["date_basis"]) == ("2021-03~", "approximate")


def test_a_gathering_covers_what_others_say_after_it():
    text = (
        "The council held a sitting on Monday.\n\nAmina Sefu said the salt works must be closed. "
        "Peter Lund replied that the licence was lawful. Sefu says families must be paid."
    )
    assert [row["date_edtf"] for row in said(text)] == ["2021-05-10", "2021-05-10", ""]


def test_to_whom_it_is_said_hides_no_day_and_no_day_to_come_dates_it():
    assert one("Amina Sefu wrote to residents on Monday that the salt works must be closed.")[
        "date_edtf"
    ]
    text = "Amina Sefu said on Monday, May 24, the salt works must be closed."
    assert one(text)["date_edtf"] == ""


def test_who_tells_the_reporter_does_so_on_the_day_of_the_article():
    assert one("Amina Sefu told us that the salt works must be closed.")["date_edtf"] == PUBLISHED


# ---- sides


def test_another_side_begins_a_passage():
    text = (
        "Amina Sefu said the salt works must be closed. She rejected the licence of the salt works."
    )
    assert len(said(text)) == 2


def test_what_an_actor_clearly_says_needs_no_word_of_an_issue():
    assert one("Amina Sefu claimed that it rained.")["issue"] == ""
    assert said("Amina Sefu added a word.") == []


@pytest.mark.parametrize(
    "text",
    [
        "Amina Sefu continues to demand the closure of the salt works.",
        "Amina Sefu is understood to demand the closure of the salt works.",
        "Amina Sefu, who supported the licence, demanded the closure of the salt works.",
        "Amina Sefu was long opposed to the licence of the salt works.",
        "Amina Sefu has also been opposed to the licence of the salt works.",
    ],
)
def test_a_stance_is_found_behind_other_verbs_and_adverbs(text):
    assert one(text)["speaker"] == "amina-sefu"


# ---- happenings


@pytest.mark.parametrize(
    "text, quote, who",
    [
        (
            "Peter Lund came. Speaking at a rally in Tarina on Sunday, May 9, he smiled.",
            "Speaking at a rally in Tarina on Sunday, May 9",
            "peter-lund",
        ),
        ("Amina Sefu left. She met Peter Lund on Monday.", "She met Peter Lund on Monday", None),
        (
            "Amina Sefu and Peter Lund marched through Tarina on Monday.",
            "Amina Sefu and Peter Lund marched through Tarina on Monday",
            "amina-sefu;peter-lund",
        ),
        (
            "“I gave Peter Lund a letter on Monday,” Amina Sefu said.",
            "I gave Peter Lund a letter on Monday",
            None,
        ),
        (
            "It was said that three men were arrested near Tarina on Sunday night.",
            "three men were arrested near Tarina on Sunday night",
            "",
        ),
        (
            "John Otto appeared before the High Court, and nobody spoke.",
            "John Otto appeared before the High Court",
            "john-otto;high-court",
        ),
    ],
)
def test_what_happened_is_told_by_verbs_and_nouns(text, quote, who):
    event = next(row for row in happened(text) if row["quote"] == quote)
    assert who is None or event["participants"] == who


@pytest.mark.parametrize(
    "text",
    [
        "Amina Sefu won the August 9 election fairly.",
        "Amina Sefu said that she won the vote fairly.",
        "Amina Sefu grew quiet.",
        "Tarina Council says the road is closed on Monday.",
    ],
)
def test_a_name_with_a_date_and_a_bare_claim_are_no_event(text):
    assert happened(text) == []
