"""Findings as predicates: what each kind asks of coded rows, and what it does not."""

import pytest
from rows import coding, says, tells, ties

from helpers.analysis.candidates import candidates
from helpers.analysis.coded_rows import same_events
from helpers.analysis.finding_words import Names, sentence
from helpers.analysis.predicates import Binding, choices, counting, holds, touching
from helpers.analysis.views import View
from helpers.case.load import coded, load

SUPPORTS = Binding("position", actor_id="ann", issue="audit", side="for")
OPPOSED = Binding("opposed", actor_id="ann", other_id="bo", issue="audit")
DISPUTED = Binding("disputed", issue="audit")
CHANGE = Binding("change", actor_id="ann", issue="audit", side="against", other_side="for")
ORDER = Binding("order", event_id="vote", other_event_id="riot")
CLAIMED = Binding("only-by-claim", event_id="vote")
PAIR = Binding("pair", actor_id="ann", other_id="bo")
TIE = Binding("by-claim-tie", actor_id="ann", other_id="bo", relation="meets")


def held(binding, *rows, view=None):
    whole = coding(*rows)
    return holds(binding, touching(binding, whole), whole, view)


def test_a_position_needs_the_side_and_nothing_opposite():
    assert held(SUPPORTS, says("ann", "for"))
    assert held(SUPPORTS, says("ann", "for"), says("ann", "conditional"), says("bo", "against"))
    assert not held(SUPPORTS, says("ann", "for"), says("ann", "against"))
    assert not held(SUPPORTS, says("ann", "conditional"))
    against = SUPPORTS._replace(side="against")
    assert not held(against, says("ann", "against"), says("ann", "conditional"))


def test_what_takes_no_side_ends_where_a_side_is_taken():
    neutral = SUPPORTS._replace(side="neutral")
    assert held(neutral, says("ann", "neutral"))
    assert not held(neutral, says("ann", "neutral"), says("ann", "conditional"))


def test_a_position_in_a_period_lies_wholly_in_it_and_what_may_lie_there_speaks_against_it():
    spring = SUPPORTS._replace(period="spring")
    inside = says("ann", "for", day="2019-04-02")
    assert held(spring, inside)
    assert not held(spring, says("ann", "for", day="2019-05/2019-06")), "only in part"
    assert not held(spring, says("ann", "for")), "without a date"
    assert held(spring, inside, says("ann", "against", day="2019-07-01"))
    assert not held(spring, inside, says("ann", "against", article="y")), "it may lie in it"


def test_who_speaks_for_another_counts_for_himself_unless_it_is_chosen_otherwise():
    lawyer = says("cy", "for", on_behalf_of="ann")
    assert not held(SUPPORTS, lawyer)
    assert held(SUPPORTS, lawyer, view=View(actor="on_behalf_of"))


def test_who_speaks_for_himself_is_one_voice():
    own, alike = says("ann", "for", on_behalf_of="ann"), says("ann", "for")
    for actor in ("speaker", "on_behalf_of", "voice"):
        assert View(actor=actor).names(own) == ("ann",)
    assert len(list(View(actor="voice").read([own, alike]))) == 1


def test_opposed_are_one_who_only_agrees_and_one_who_only_refuses():
    assert held(OPPOSED, says("ann", "conditional"), says("bo", "against"))
    assert not held(OPPOSED, says("ann", "for"), says("bo", "against"), says("bo", "conditional"))
    assert not held(OPPOSED, says("ann", "for"), says("ann", "against"), says("bo", "against"))
    assert not held(OPPOSED, says("ann", "for"))
    apart = View(conditional="apart")
    assert not held(OPPOSED, says("ann", "conditional"), says("bo", "against"), view=apart)


def test_one_alone_disputes_nothing():
    assert not held(DISPUTED, says("ann", "for"), says("ann", "against"))
    assert held(DISPUTED, says("ann", "for"), says("bo", "against"))
    assert not held(DISPUTED, says("ann", "conditional"), says("bo", "against"))
    as_for = View(conditional="for")
    assert held(DISPUTED, says("ann", "conditional"), says("bo", "against"), view=as_for)


def test_a_change_needs_every_day_of_the_one_before_every_day_of_the_other():
    early = says("ann", "against", day="2019-03-01")
    assert held(CHANGE, early, says("ann", "for", day="2019-03-02"))
    assert held(CHANGE, early, says("cy", "for", day="2019-03-02", on_behalf_of="ann"))
    assert not held(CHANGE, early, says("ann", "for", day="2019-03-01"))
    assert not held(CHANGE, early, says("ann", "for", day="2019-02/2019-04"))
    assert not held(CHANGE, early, says("ann", "for", day="2019-03-02", alt="2019-02-01"))
    assert not held(CHANGE, early, says("ann", "for")), "what has no date is in no order"
    assert not held(CHANGE, says("ann", "against", day="../2019-04"), says("ann", "for"))


def test_a_stance_counts_once_an_article_at_its_first_place():
    late, early = says("ann", "against", day="2019-08-01"), says("ann", "against", day="2019-03-01")
    rows = late, early, says("ann", "for", article="y", day="2019-06-01")
    assert not held(CHANGE, *rows), "the first of the article is the late one"
    assert held(CHANGE, *rows, view=View(actor="voice", duplicates="include"))


def test_joined_passages_have_the_dates_of_their_parts():
    one = says("ann", "against", day="2019-03-01", start=0, end=10)
    touching_it = says("ann", "against", day="2019-08-01", start=11, end=20)
    rows = one, touching_it, says("ann", "for", article="y", day="2019-06-01")
    assert held(CHANGE, *rows)
    assert not held(CHANGE, *rows, view=View(actor="voice", units="maximal"))


def test_events_are_in_order_by_every_reading():
    vote, riot = tells("vote", day="2019-03-01"), tells("riot", day="2019-03-05")
    assert held(ORDER, vote, riot)
    assert not held(ORDER, tells("vote", day="2019-03-01", alt="2019-03-07"), riot)
    assert not held(ORDER, vote, riot, tells("riot", day="2019-02"))
    assert held(ORDER, vote, riot, tells("riot")), "what has no date has no reading"
    assert not held(ORDER, vote, tells("riot"))
    assert not held(ORDER, vote, tells("riot", day="../2019-03-05"))


def test_one_mention_in_an_articles_own_voice_makes_more_than_a_claim():
    assert held(CLAIMED, tells("vote", "ann"), tells("vote", "bo"))
    assert not held(CLAIMED, tells("vote", "ann"), tells("vote"))
    assert not held(CLAIMED, tells("riot", "ann"))
    assert held(TIE, ties("ann", "meets", "bo", "cy"))
    assert not held(TIE, ties("ann", "meets", "bo", "cy"), ties("ann", "meets", "bo"))
    assert not held(TIE, ties("bo", "meets", "ann", "cy")), "a tie has a direction"


def shared(*articles):
    """Two issues on which two actors take the same side, in these articles in turn."""
    for issue, article in zip(("audit", "toll"), articles, strict=True):
        for actor in ("ann", "bo"):
            yield says(actor, "against", issue, article)


def test_a_pair_needs_two_issues_and_two_articles_each():
    assert held(PAIR, *shared("x", "y"))
    assert not held(PAIR, *shared("x", "x"))
    assert not held(PAIR, *shared("x", "y"), says("bo", "for", "toll", "y"))
    mixed = [says("ann", "for", "audit", "z"), says("bo", "conditional", "audit", "z")]
    one = list(shared("x", "y"))[2:]
    assert not held(PAIR, *mixed, *one)
    assert held(
        PAIR,
        *mixed,
        *one,
        says("ann", "against", "toll", "z"),
        view=View(conditional="for", duplicates="include"),
    )


def test_a_finding_names_the_choices_that_can_touch_it():
    assert "period" not in choices(SUPPORTS) and "units" not in choices(SUPPORTS)
    assert {"period", "duplicates"} <= set(choices(SUPPORTS._replace(period="spring")))
    assert set(choices(ORDER)) == {"coder", "article"}


def test_candidates_are_all_that_hold_and_a_period_is_named_only_where_it_is_needed():
    whole = coding(
        says("ann", "for", day="2019-04-01"),
        says("ann", "against", day="2019-07-01"),
        says("bo", "against"),
        tells("vote", "ann", day="2019-03-01"),
        tells("riot", day="2019-03-05"),
        ties("ann", "meets", "bo", "cy"),
    )
    found = candidates(whole)
    positions = {(b.actor_id, b.side, b.period) for b in found["position"]}
    assert positions == {
        ("ann", "for", "spring"),
        ("ann", "against", "summer"),
        ("bo", "against", ""),
    }
    assert [b.event_id for b in found["only-by-claim"]] == ["vote"]
    assert found["change"] == [CHANGE._replace(side="for", other_side="against")]
    assert found["order"] == [ORDER] and found["by-claim-tie"] == [TIE]
    assert found["disputed"] == [DISPUTED] and found["opposed"] == found["pair"] == []
    for some in found.values():
        assert all(holds(b, touching(b, whole), whole) for b in some)


def test_pairs_and_opposed_actors_are_found_without_naming_them():
    whole = coding(*shared("x", "y"), says("cy", "conditional", "toll"))
    assert candidates(whole)["pair"] == [PAIR]
    assert {(b.actor_id, b.other_id) for b in candidates(whole)["opposed"]} == {
        ("cy", "ann"),
        ("cy", "bo"),
    }


def test_events_of_a_pass_take_the_published_names(broken):
    case = load(broken)
    published = coded(case, "event_mentions", "adjudicated")
    passes = coded(case, "event_mentions", "pass-a")
    own_names = passes.assign(event_id="own-" + passes.event_id)
    renamed = same_events(own_names, published)
    assert set(renamed.event_id) <= set(published.event_id)


NAMES = Names(
    {"ann": "Ann Lee", "bo": "Bo", "cy": "Cy"},
    {"audit": "Audit", "toll": "Toll"},
    {"spring": "Spring"},
    {"x": "the article of May"},
    {"meets": "meets"},
)
WORDS = {
    "Ann Lee supports “Audit”.": (SUPPORTS, [says("ann", "for")]),
    "Ann Lee supports “Audit” (as told by Bo).": (SUPPORTS, [says("ann", "for", teller="bo")]),
    "Exploratory: In the period “Spring”, Ann Lee supports “Audit”.": (
        SUPPORTS._replace(period="spring", exploratory="yes"),
        [says("ann", "for", day="2019-04-01")],
    ),
    "Ann Lee first opposed (1 March 2019) and later supported (2 March 2019) “Audit”.": (
        CHANGE,
        [says("ann", "against", day="2019-03-01"), says("ann", "for", day="2019-03-02")],
    ),
    "By every reading of the dates, this came first: “The vote” (as told by Cy); "
    "and this later: “The riot”.": (
        ORDER,
        [tells("vote", "cy", day="2019-03-01"), tells("riot", day="2019-03-05")],
    ),
    "Only a claim of Bo and Cy says: “The vote”.": (
        CLAIMED,
        [tells("vote", "bo"), tells("vote", "cy")],
    ),
    "Ann Lee and Bo take the same side on 2 issues: “Audit” and “Toll”.": (
        PAIR,
        list(shared("x", "y")),
    ),
    "Only a claim of Cy says: Ann Lee meets Bo.": (TIE, [ties("ann", "meets", "bo", "cy")]),
    "Ann Lee supports, on a condition, and Bo opposes “Audit”.": (
        OPPOSED,
        [says("ann", "conditional"), says("bo", "against")],
    ),
}


@pytest.mark.parametrize("words", WORDS)
def test_sentences_are_made_from_slots(words):
    binding, rows = WORDS[words]
    whole = coding(*rows)
    assert sentence(binding, counting(binding, rows, whole), NAMES) == words


def test_a_claim_of_fact_is_affirmed_or_denied():
    names = NAMES._replace(facts=frozenset({"audit"}))
    rows = [says("ann", "for"), says("bo", "against")]
    words = sentence(OPPOSED, counting(OPPOSED, rows, coding(*rows)), names)
    assert words == "Ann Lee affirms and Bo denies “Audit”."
