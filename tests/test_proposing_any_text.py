"""Proposals for any text: places that hold, none twice, the same bytes, time in proportion."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from proposed import READER, codebook, happened, one, said

from helpers.analysis.actor_names import named
from helpers.proposing.names import Names
from helpers.proposing.page import read_page

PIECES = (
    "Amina Sefu|Peter Lund|the minister|said|said that|rejected|demanded|she|They|according to"
    "|the works must be closed|on Wednesday|in Tarina|, |. |\"|“|”|\u2018|’|'|\n|\n\n|\r\n|\r"
    "|\u2028|🙂|é|a\u0301|\u200b|alisema kuwa|wakazi|amepinga|met|(TSC)|:|;|—|...|!|?|who |by"
    "|through its lawyers|Read also|Mr.|\x00|ß|İ|\ufeff|but | "
).split("|")
TEXTS = st.one_of(
    st.text(max_size=80), st.lists(st.sampled_from(PIECES), max_size=40).map(" ".join)
)


@settings(max_examples=50, deadline=None, derandomize=True)
@given(TEXTS, st.lists(st.tuples(st.integers(0, 80), st.integers(0, 80)), max_size=2))
def test_every_proposal_stands_in_the_text_word_for_word_and_once(text, spans):
    furniture = [(min(span), max(span), "menu") for span in spans]
    read = READER.read("a", text, furniture, "2021-05-14", "en;sw")
    places = set()
    for row in [*read.statements, *read.event_mentions]:
        assert 0 <= row["start"] < row["end"] <= len(text)
        assert row["quote"] == text[row["start"] : row["end"]]
        assert row["quote"] == row["quote"].strip() and row["why"]
    for row in read.statements:
        assert not any(s < row["end"] and row["start"] < e for s, e, _ in furniture if s < e)
        place = (row["start"], row["end"], row["issue"])
        assert place not in places
        places.add(place)
    assert read == READER.read("a", text, furniture, "2021-05-14", "en;sw")


def test_places_are_code_points_with_emoji_and_windows_line_ends():
    text = (
        "🙂🙂 News\r\n\r\nIt rained 🙂 on Monday.\r\n\r\nAmina Sefu 🙂 said the works must close."
    )
    row = one(text)
    assert row["start"] == text.index("Amina") and row["quote"].endswith("must close.")


def test_the_same_words_give_the_same_bytes():
    text = "Amina Sefu said the works must be closed. Peter Lund met her in Tarina on Wednesday."
    first, second = (READER.read("a", text, (), "2021-05-14").tables() for _ in range(2))
    assert first.statements.to_csv() == second.statements.to_csv()
    assert first.event_mentions.to_csv() == second.event_mentions.to_csv()


HOSTILE = {
    "no blank": "a" * 100_000,
    "quotation marks": '"' * 10_000,
    "one sentence": "Amina Sefu said it, but Peter Lund rejected it, but " * 50,
}


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_a_hostile_text_is_read_in_time(text):
    begun = time.process_time()
    said(text, languages="en;sw")
    assert time.process_time() - begun < 2


def test_names_are_those_that_the_house_finds(real):
    """Usual and printed names stand where `actor_names` finds them."""
    names = Names(real.actors.fillna(""), real.aliases.fillna(""))
    theirs = named(real.texts, {}, real.aliases, real.actors)
    for article, text in real.texts.items():
        page = read_page(text)
        found = names.found(page, article)
        sure = {(one.first, one.actor) for one in found if one.how in ("name", "printed")}
        own = theirs[theirs.article_id == article]
        places = set(zip(map(page.token_at, own.start), own.actor_id, strict=True))
        covered = {(at, one.actor) for one in found for at in range(one.first, one.last)}
        assert sure <= places <= covered


def test_nothing_is_proposed_for_an_empty_codebook_but_no_error_either():
    from dataclasses import replace

    from helpers.proposing import Rules

    full = codebook()
    frames = ("actors", "aliases", "affiliations", "issues", "stances", "rules")
    empty = Rules(replace(full, **{name: getattr(full, name)[:0] for name in frames}))
    assert said("Amina Sefu said the works must be closed.", rules=empty) == []
    assert happened("") == []
