"""What leads a reader: examples of two actors, why an event has its date, periods, glosses."""

import pytest

from dispute.site import prose
from dispute.site.events import Events
from dispute.site.lookups import Site
from dispute.site.places import Places
from dispute.site.ties import Ties

TO = Places().to("")


@pytest.fixture(scope="module")
def site(real, tables):
    return Site(real, tables, "adjudicated")


@pytest.mark.data
@pytest.mark.parametrize("network", ["congruence", "conflict"])
def test_an_example_of_two_actors_has_the_words_of_both_on_one_issue(site, network):
    edge, issue, passages = Ties(site).example(network)
    assert [p["speaker"] for p in passages] == [edge["source"], edge["target"]]
    assert {p["issue"] for p in passages} == {issue}
    same = len({site.sides[p["stance"]] for p in passages}) == 1
    assert same == (network == "congruence")


@pytest.mark.data
def test_there_is_no_example_of_what_no_two_actors_do(site):
    edges = site.tables["edges"]
    without = site.tables | {"edges": edges[edges.network != "conflict"]}
    assert Ties(Site(site.case, without, site.coder)).example("conflict") is None


@pytest.mark.data
def test_an_uncertain_date_of_the_articles_has_an_account_that_says_why(site):
    events, told = Events(site), 0
    for entry in events.entries.itertuples():
        account = events.dated_by(entry)
        if account:
            assert account["date_edtf"] == entry.date_edtf
            assert account["date_words"] or account["date_note"] or account["alt_date_edtf"]
        if entry.layer == "corpus" and entry.date_basis in ("external", "approximate"):
            assert account, entry.entry_id
            told += 1
    assert told > 3


@pytest.mark.data
def test_each_period_with_an_event_is_a_state_of_the_chronology(site):
    events = Events(site)
    periods = dict(events.of_periods(TO))
    assert next(iter(periods)) == "Petition, 2022"
    assert periods["Petition, 2022"] == "chronology.html?period=petition"
    firsts = events.first_of_periods()
    later = Places()
    later.later = {("chronology", f"period-{firsts[entry]}"): 2 for entry in firsts}
    assert {href.partition("?")[0] for _, href in events.of_periods(later.to(""))} == {
        "chronology-2.html"
    }


@pytest.mark.data
def test_what_was_put_into_english_is_listed_with_its_language(site):
    assert site.other_languages() == "Swahili"
    assert site.glossed and all(passage["gloss"] for passage in site.glossed)


def test_a_word_that_is_explained_is_a_section_to_be_found():
    body = '<h1 id="g">Words</h1><dl><dt id="a">Actor</dt><dd>Who acts.</dd></dl>'
    assert prose.by_section(body) == [("", "", "Words"), ("a", "Actor", "Who acts.")]
