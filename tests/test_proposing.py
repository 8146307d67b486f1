"""Proposals by rules: every kind of attribution, in English and Swahili; who, whose, what, when."""

from pathlib import Path

import pytest
from proposed import READER, codebook, happened, one, said

from helpers.proposing import Reader, Rules, propose
from helpers.proposing.lexicon import LEXICON

# ---- where the report stands


ATTRIBUTIONS = {
    "before, indirect": "Amina Sefu said that the salt works must be closed.",
    "before, with a colon": 'Amina Sefu said: "The salt works must be closed at once."',
    "behind": '"The salt works must be closed at once," Amina Sefu said.',
    "behind, inverted": "“The salt works must be closed at once,” said Amina Sefu.",
    "in the middle": '"The salt works," Amina Sefu said, "must be closed at once, and for good."',
    "with words between": '"The salt works must be closed," Amina Sefu told reporters in Tarina.',
    "title": "Alliance chairwoman Amina Sefu said the salt works must be closed.",
    "surname": "Ms Sefu said the salt works must be closed.",
    "apposition": "Amina Sefu, the chairwoman of the alliance, said the salt works must be closed.",
    "clause between": "Amina Sefu, who lives by the shore, insisted the salt works must be closed.",
    "according": "According to Amina Sefu, the salt works must be closed.",
    "according, behind": "The salt works must be closed, according to Amina Sefu.",
    "without a verb of saying": "Amina Sefu rejected the salt works and all its plans.",
    "demanded": "Amina Sefu has demanded the closure of the salt works.",
    "passive": "The plans of the salt works were rejected by Amina Sefu.",
    "state": "Amina Sefu is opposed to the salt works.",
    "object before": "Speaking with Peter Lund at the shore, Amina Sefu said the works must close.",
    "second verb": "Amina Sefu went to Peter Lund and demanded that the works be closed.",
}


@pytest.mark.parametrize("text", ATTRIBUTIONS.values(), ids=ATTRIBUTIONS)
def test_a_report_is_found_wherever_its_verb_stands(text):
    row = one(text)
    assert row["speaker"] == "amina-sefu"
    assert row["quote"] == text[row["start"] : row["end"]] == text
    assert row["issue"] == "close-works"
    assert row["why"]


def test_a_quotation_over_several_paragraphs_is_one_passage():
    text = (
        "Amina Sefu met the press.\n\n“The salt works must be closed.\n\n“The works has had its "
        "time, and the works must be closed for good,” she said.\n\nIt rained."
    )
    row = one(text)
    assert row["speaker"] == "amina-sefu" and row["speech"] == "direct"
    assert row["quote"].startswith("“The salt works") and row["quote"].endswith("she said.")


def test_a_passage_runs_on_while_the_speaker_stays_and_ends_where_another_begins():
    text = (
        "Amina Sefu said the salt works must be closed. She added that the works had no future. "
        "“Close the works,” she said.\n\nPeter Lund said the works would not be closed."
    )
    first, second = said(text)
    assert (first["speaker"], second["speaker"]) == ("amina-sefu", "peter-lund")
    assert first["quote"].endswith("“Close the works,” she said.") and first["speech"] == "mixed"


def test_a_sentence_on_something_else_ends_a_passage():
    text = (
        "Amina Sefu said the works must be closed. Rain fell on the square all day. "
        "Sefu said the works must be closed by June."
    )
    assert [row["speaker"] for row in said(text)] == ["amina-sefu", "amina-sefu"]


def test_another_issue_begins_another_passage():
    text = (
        "Amina Sefu said the salt works must be closed.\n\nShe said families who lost their wells "
        "must be paid compensation."
    )
    assert [row["issue"] for row in said(text)] == ["close-works", "pay-families"]


def test_another_speaker_in_a_clause_of_its_own_is_another_passage():
    text = "Amina Sefu said the works must be closed, but Peter Lund rejected the closure."
    first, second = said(text)
    assert first["quote"] == "Amina Sefu said the works must be closed"
    assert (second["speaker"], second["quote"]) == (
        "peter-lund",
        "Peter Lund rejected the closure.",
    )


def test_headlines_and_furniture_are_never_proposed():
    text = (
        "Sefu says the salt works must close\n\nRead also: Amina Sefu said the works must close.\n"
        "Amina Sefu said that the salt works must be closed.\n\nThe works, Amina Sefu says."
    )
    last = text.rindex("The works")
    row = one(text, furniture=[(last, len(text), "menu")])
    assert row["start"] == text.index("Amina Sefu said that")


@pytest.mark.parametrize(
    "text",
    [
        "The claims of the salt works were long.",
        "Amina Sefu declined to comment on the salt works.",
        "Amina Sefu wants nothing.".replace("wants", "bought"),
        "The salt works will ask for a licence.",
        "Amina Sefu met Peter Lund at the salt works on Monday.",
        "It was said that the salt works must be closed.",
    ],
)
def test_what_reports_nothing_is_no_passage(text):
    assert said(text) == []


# ---- who speaks


@pytest.mark.parametrize(
    "text, speaker",
    [
        ("Peter Lund came. He said the works must be closed.", "peter-lund"),
        ("Mr Lund met Ms Sefu. She said the works must be closed.", "amina-sefu"),
        ("The Green Shore Alliance met. They said the works must be closed.", "green-shore"),
        ("Peter Lund came. The minister said the works must be closed.", "peter-lund"),
        ("The environment minister said the works must be closed.", "peter-lund"),
        ("John Otto spoke. The director said the works must stay.", "john-otto"),
        ("The Tarina Salt Company (TSC) was late. TSC said the works must stay.", "tarina-salt"),
        ("The Tarina Salt Company was late. The company said the works must stay.", "tarina-salt"),
        ("Residents said the works must be closed.", "residents"),
        ("The residents of Tarina said the works must be closed.", "residents"),
        ("Local fishermen demanded that the works be closed.", "fishermen"),
        ("The High Court ordered the works to be closed.", "high-court"),
        ("Jane Doe, a teacher, said the works must be closed.", ""),
        ("Grace Mwita's brother came. Lund said the works must be closed.", "peter-lund"),
        ("After the council met Amina Sefu, Peter Lund said the works must close.", "peter-lund"),
    ],
)
def test_names_offices_pronouns_and_groups_are_brought_to_an_actor(text, speaker):
    assert said(text)[-1]["speaker"] == speaker


def test_who_is_no_actor_is_given_as_printed():
    assert one("Jane Doe said the works must be closed.")["printed"] == "Jane Doe"
    later = said("Jane Doe, a teacher, came. Doe said the works must be closed.")[-1]
    assert (later["speaker"], later["printed"]) == ("", "Jane Doe")


def test_a_pronoun_goes_back_to_a_stranger_too_and_not_past_her():
    rows = said("Peter Lund left. Jane Doe came. She said the salt works must be closed.")
    assert (rows[-1]["speaker"], rows[-1]["printed"]) == ("", "Jane Doe")


@pytest.mark.parametrize(
    "words",
    [
        "Lucy Ward, a lawyer for the Tarina Salt Company, said",
        "Lucy Ward, who represents the Tarina Salt Company, said",
        "Tarina Salt Company lawyer Lucy Ward said",
        "The Tarina Salt Company's lawyer, Lucy Ward, said",
        "Speaking on behalf of the Tarina Salt Company, Lucy Ward said",
    ],
)
def test_on_whose_behalf(words):
    row = one(f"{words} the works must not be closed.")
    assert (row["speaker"], row["on_behalf_of"]) == ("lucy-ward", "tarina-salt")


def test_a_person_takes_over_what_the_lead_gives_the_body_where_the_codebook_says_so():
    text = (
        "The Tarina Salt Company refused to close the works.\n\n"
        "Its director, John Otto, said the works was safe and would not be closed."
    )
    assert {(row["speaker"], row["on_behalf_of"]) for row in said(text)} == {
        ("john-otto", "tarina-salt")
    }
    without = Rules(codebook(rules=[("other", "Nothing.")]))
    assert said(text, rules=without)[0]["speaker"] == "tarina-salt"


def test_printed_names_count_in_their_article():
    text = "The firm was late. It said the works must not be closed, but the firm denied spills."
    assert said(text.replace("The firm", "On Monday the firm"), article="wire")[0]["speaker"] == (
        "tarina-salt"
    )


def test_a_request_told_inside_the_words_of_another_says_who_tells_it():
    text = (
        'Amina Sefu was there. "The council asked for the closure of the works last year, and '
        'nobody listened to us," she said.'
    )
    inner = next(row for row in said(text) if row["quoted_by"])
    assert (inner["speaker"], inner["quoted_by"]) == ("council", "amina-sefu")
    assert inner["quote"].startswith("The council asked for the closure")
    assert "only amina-sefu tells it" in inner["why"]
    own = text + "\n\nTarina Council asked for the closure of the works."
    assert not any(row["quoted_by"] for row in said(own))


# ---- Swahili


SWAHILI = {
    "kuwa": ("Amina Sefu alisema kuwa kiwanda hicho kifungwe.", "amina-sefu"),
    "behind": ("“Kiwanda kifungwe mara moja bila kuchelewa,” alisema Amina Sefu.", "amina-sefu"),
    "stance": ("Peter Lund amepinga kufungwa kwa kiwanda hicho.", "peter-lund"),
    "group": ("Wakazi wametaka kiwanda hicho kifungwe.", "residents"),
    "mujibu": ("Kwa mujibu wa Amina Sefu, kiwanda hicho kifungwe.", "amina-sefu"),
    "subject in the verb": (
        "Amina Sefu alifika Tarina. Aliongeza kuwa kiwanda kifungwe.",
        "amina-sefu",
    ),
    "office": ("Waziri Peter Lund amesema kwamba kiwanda hakitafungwa.", "peter-lund"),
    "alias": ("Bi Sefu alidai kuwa kiwanda hicho kifungwe.", "amina-sefu"),
}


@pytest.mark.parametrize("text, speaker", SWAHILI.values(), ids=SWAHILI)
def test_swahili_reports_are_found(text, speaker):
    row = said(text, article="habari", languages="sw")[-1]
    assert (row["speaker"], row["lang"], row["issue"]) == (speaker, "sw", "close-works")


def test_kwa_niaba_ya_says_on_whose_behalf():
    text = "Lucy Ward, akizungumza kwa niaba ya Tarina Salt Company, alisema kiwanda kisifungwe."
    row = one(text, languages="sw")
    assert (row["speaker"], row["on_behalf_of"]) == ("lucy-ward", "tarina-salt")


def test_swahili_is_read_only_where_the_article_has_it():
    assert said("Amina Sefu alisema kuwa kiwanda hicho kifungwe.", languages="en") == []


def test_a_passage_in_both_languages_says_so():
    text = (
        "Amina Sefu said the works must be closed. “Kiwanda hiki kifungwe kwa sababu maji yetu ya "
        "kunywa yameharibika,” she said of the water."
    )
    assert one(text, languages="en;sw")["lang"] == "en;sw"


# ---- issue, stance, date


def test_issues_are_ranked_by_the_words_they_share_and_empty_where_none_is_shared():
    row = one("Amina Sefu said the drinking water of the wells was spoiled by the salt works.")
    assert row["issues"].split(";")[0] == row["issue"] == "water-spoiled"
    both = said("Sefu said the works had spoiled the wells, and must be closed.")
    assert set(both[0]["issues"].split(";")) == {"close-works", "water-spoiled"}
    assert one("“It is a very fine morning to be out,” Amina Sefu said.")["issue"] == ""
    assert said("Amina Sefu said it was a fine morning.") == []
    assert one("Amina Sefu asked to see the permit.")["issue"] == "licence-lawful"


@pytest.mark.parametrize(
    "text, stance",
    [
        ("Amina Sefu demanded that the salt works be closed.", "2"),
        ("Peter Lund rejected calls to close the salt works.", "-2"),
        ("Peter Lund said the salt works should not be closed.", "-2"),
        ("Amina Sefu asked whether the salt works should be closed.", "0"),
        ("Peter Lund said he would agree to close the salt works if the council paid.", "1"),
        ('"Should the salt works be closed, or is there a way?" Amina Sefu asked.', "0"),
        ("John Otto said the salt works will stay open.", "-2"),
        ("John Otto said the works should be built.", ""),
        ("Amina Sefu backed the closure of the salt works.", "2"),
        ("Peter Lund mwenyewe amepinga kufungwa kwa works.", "-2"),
        ("“It is a very fine morning to be out,” Peter Lund said.", ""),
    ],
)
def test_a_stance_is_suggested_with_its_reason_or_not_at_all(text, stance):
    row = one(text, languages="en;sw")
    assert row["stance"] == stance
    assert bool(stance) == any(
        word in row["why"] for word in ("for it", "against it", "question", "condition")
    )


WEDNESDAY = ("2021-05-12", "resolved", "Wednesday")
MAY = ("2021-05-03", "stated", "May 3, 2021")
NONE = ("", "undated", "")
DATES = {
    "On Wednesday, Amina Sefu said the works must close.": WEDNESDAY,
    "Amina Sefu on Wednesday said the works must close.": WEDNESDAY,
    "Amina Sefu said on Wednesday that the works must close.": WEDNESDAY,
    '"The works must be closed now," she said on May 3, 2021.': MAY,
    "Speaking in Tarina on May 3, 2021, Amina Sefu said the works must close.": MAY,
    "In her 2019 report, Amina Sefu said the works must close.": ("2019", "stated", "2019"),
    "Amina Sefu said the works would close on Monday.": NONE,
    "Amina Sefu said that since 2015 the works had spoiled wells.": NONE,
    "According to Amina Sefu, the works closed on Monday.": NONE,
    "Amina Sefu has rejected the salt works.": NONE,
    "Amina Sefu now says the works must close.": ("2021-05-14~", "approximate", "now"),
}


@pytest.mark.parametrize("text, date", DATES.items(), ids=range(len(DATES)))
def test_the_date_is_that_of_the_saying(text, date):
    rows = said("Amina Sefu came.\n" + text)
    row = rows[-1]
    assert (row["date_edtf"], row["date_basis"], row["date_words"]) == date
    assert bool(row["date_note"]) == bool(row["date_edtf"])


def test_a_date_covers_the_speech_that_goes_on_and_nothing_told_as_earlier():
    text = (
        "Amina Sefu said on Wednesday that the works must close.\n\nShe added that families must be"
        " paid compensation for lost wells.\n\nPeter Lund said the works would stay.\n\n"
        "Amina Sefu had earlier rejected the licence of the company."
    )
    assert [row["date_edtf"] for row in said(text)] == ["2021-05-12", "2021-05-12", "", ""]


# ---- what happened


def test_an_event_has_its_date_place_and_who_took_part():
    text = "Amina Sefu met Peter Lund in Tarina Hall on Wednesday, while rain fell."
    (event,) = happened(text)
    assert event["quote"] == "Amina Sefu met Peter Lund in Tarina Hall on Wednesday"
    assert event["participants"] == "amina-sefu;peter-lund"
    assert (event["place"], event["date_edtf"]) == ("tarina-hall", "2021-05-12")
    assert event["according_to"] == "" and event["why"]


def test_what_is_only_claimed_says_according_to_whom():
    text = "Amina Sefu said that the Tarina Salt Company closed the road on Wednesday."
    (event,) = happened(text)
    assert event["according_to"] == "amina-sefu"
    assert event["quote"] == "the Tarina Salt Company closed the road on Wednesday"


@pytest.mark.parametrize(
    "text",
    [
        "Amina Sefu said the works must close.",
        "Amina Sefu will meet Peter Lund on Monday.",
        "Amina Sefu met nobody.",
        "The man met his brother in Tarina Hall.",
        "Amina Sefu did not meet Peter Lund on Wednesday.",
    ],
)
def test_no_event_without_a_deed_a_time_or_place_and_an_actor(text):
    assert happened(text) == []


def test_a_swahili_event():
    (event,) = happened("Wakazi waliandamana mjini Tarina Jumatano.", "habari", "sw")
    assert (event["place"], event["date_edtf"]) == ("tarina", "2021-05-12")


# ---- the table


def test_ids_number_the_passages_in_their_order():
    text = "Amina Sefu said the works must be closed.\n\nPeter Lund rejected the closure."
    frames = READER.read("news", text).tables()
    assert frames.statements.proposal_id.tolist() == ["news-p001", "news-p002"]
    assert frames.statements.start.is_monotonic_increasing
    empty = READER.read("none", "").tables()
    assert len(empty.statements) == 0 and list(empty.statements) == list(frames.statements)


def test_articles_of_a_case_are_read_by_their_ids(real):
    reader = Reader(real)
    article = real.articles.article_id[0]
    proposed = reader.read(article)
    assert proposed.statements.equals(propose(real, article).statements)
    assert set(proposed.statements.speaker) - {""} <= set(real.actors.actor_id)
    for row in [*proposed.statements.itertuples(), *proposed.event_mentions.itertuples()]:
        assert real.texts[article][row.start : row.end] == row.quote
    with pytest.raises(KeyError):
        reader.read("no-such-article")


def test_a_blind_pass_looks_at_no_coding(real):
    from dataclasses import replace

    bare = replace(real, statements=real.statements[:0], event_mentions=real.event_mentions[:0])
    for article in real.texts:
        assert propose(real, article).statements.equals(propose(bare, article).statements)


def test_every_list_of_the_lexicon_is_used(root):
    rooms = Path(root, "src/helpers/proposing").glob("*.py")
    code = "".join(room.read_text(encoding="utf-8") for room in rooms)
    assert [name for name in LEXICON if f'"{name}' not in code and f"{name}_" not in code] == []
