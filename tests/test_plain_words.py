"""Plain words: who somebody is in a sentence, what taunts is called that, ids stay in tables."""

import re
from html.parser import HTMLParser

import pytest
from sites import html_of

from dispute.site.lookups import Site
from dispute.site.prose import curled
from helpers.case.load import check, load

# Where an id may stand.
APART = {"table", "code", "pre", "script", "q", "blockquote"}


class Running(HTMLParser):
    """The words of a page outside tables, code and quotations."""

    def __init__(self, text):
        super().__init__()
        self.depth, self.words = 0, []
        self.feed(text)

    def handle_starttag(self, tag, attributes):
        self.depth += tag in APART

    def handle_endtag(self, tag):
        self.depth -= tag in APART

    def handle_data(self, data):
        if not self.depth:
            self.words.append(data)


@pytest.fixture(scope="module")
def pages(published):
    return html_of(published)


def test_no_id_of_an_actor_or_issue_stands_in_running_text(pages, real):
    ids = {one for one in [*real.actors.actor_id, *real.issues.issue] if "-" in one}
    anyone = re.compile(rf"(?<![\w-])({'|'.join(sorted(ids, key=len, reverse=True))})(?![\w-])")
    for name, text in pages.items():
        found = anyone.findall(" ".join(Running(text).words))
        assert not found, (name, found)


@pytest.mark.data
def test_every_actor_has_a_plain_sentence_in_place_of_the_coder_s_note(pages, real):
    for actor in real.actors.itertuples():
        page = Running(pages[f"people/{actor.actor_id}.html"]).words
        words = " ".join(" ".join(page).split())
        assert actor.about.endswith(".") and curled(actor.about) in words
        assert "The coder’s note" not in words


@pytest.mark.data
def test_a_nickname_that_taunts_is_called_that(pages):
    for actor, name in (("kenya-kwanza", "Kenya kwisha"), ("wafula-chebukati", "Chebuchieta")):
        assert f"<q>{name}</q> (a nickname that taunts" in pages[f"people/{actor}.html"]


def test_a_case_may_say_nothing_of_its_actors_and_names(broken, tables):
    """Neither column has to be there: then the coder's note is shown as what it is."""
    assert check(broken) == []
    case = load(broken)
    assert set(case.actors.about) == {""} == set(case.aliases.note)


def test_an_id_in_a_coder_s_note_becomes_the_name(real, tables):
    site = Site(real, tables, real.coder)
    assert site.plainly("both say azimio-legal-team, not well-known") == (
        "both say Odinga's legal team, not well-known"
    )
