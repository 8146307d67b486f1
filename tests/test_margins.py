"""Margins: how few coded rows would end a finding, against brute force and by hand.

A coding is made of a few rows; what a margin says is then looked up by trying everything.
"""

from itertools import combinations, product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from helpers.analysis.candidates import candidates
from helpers.analysis.coded_rows import MENTION, STATEMENT, TIE, Coding, Row
from helpers.analysis.cuts import pair_survives
from helpers.analysis.margins import (
    AT_MOST,
    alternatives,
    changed,
    ended,
    margin,
    rows_of_others,
)
from helpers.analysis.predicates import KINDS, Binding, holds, touching

SCALE = {-2: "against", 0: "neutral", 1: "conditional", 2: "for"}
PERIODS = {"early": ("2022-01-01", "2022-06-30"), "late": ("2022-07-01", "2022-12-31")}
DAYS = ["", "2022-03-01", "2022-08-01", "2022-11-01"]


def statement(number, actor, stance, article="a1", issue="open", day="", alt="", whom=""):
    """A statement; its place in the text is its number."""
    row = Row(
        STATEMENT,
        f"s{number:02}",
        article,
        number * 10,
        number * 10 + 5,
        actor,
        issue,
        on_behalf_of=whom,
        stance=stance,
        side=SCALE[stance],
    )
    return spanning(row, day, alt)


def mention(number, event, article="a1", day="", alt="", teller=""):
    """A mention of an event."""
    place = number * 10
    row = Row(MENTION, f"m{number:02}", article, place, place + 5, "", event, teller=teller)
    return spanning(row, day, alt)


def tie(number, source, target, article="a1", teller=""):
    """A tie that an article tells."""
    ends = {"other": target, "teller": teller}
    return Row(TIE, f"r{number:02}", article, number * 10, number * 10 + 5, source, "meets", **ends)


def spanning(row, day, alt):
    """A row with one day, or with two of which each may be it."""
    known = sorted(filter(None, {day, alt}))
    first, last = (known[0], known[-1]) if known else ("", "")
    return row._replace(date_edtf=day, alt=alt, earliest=first, latest=last)


def made(*rows):
    """A coding of some rows, in the order of the text."""
    return Coding(tuple(rows), SCALE, PERIODS)


def fewest(binding, coding, most=2):
    """The size of the smallest change that ends a finding, by trying all; None above `most`."""
    rows = touching(binding, coding)
    options = [alternatives(row, coding) for row in rows]
    for size in range(1, most + 1):
        for some in combinations(options, size):
            for changes in product(*some):
                if not holds(binding, changed(rows, changes), coding):
                    return size
    return None


# --- by brute force

days = st.sampled_from(DAYS)
actors = st.sampled_from(["ada", "ben", "cy"])
articles = st.sampled_from(["a1", "a2", "a3"])
said = st.tuples(
    st.just(statement),
    actors,
    st.sampled_from(list(SCALE)),
    articles,
    st.sampled_from(["open", "image"]),
    days,
    days,
    st.sampled_from(["", "", "ben"]),
)
told = st.tuples(
    st.just(mention), st.sampled_from(["vote", "ruling"]), articles, days, days,
    st.sampled_from(["", "ada"]),
)  # fmt: skip
tied = st.tuples(st.just(tie), actors, actors, articles, st.sampled_from(["", "cy"]))


ANY = st.one_of(said, said, told, tied)


@st.composite
def codings(draw, kinds=ANY, most=9):
    """A coding of at most nine rows."""
    drawn = draw(st.lists(kinds, min_size=1, max_size=most))
    return made(*(make(number, *rest) for number, (make, *rest) in enumerate(drawn)))


def is_the_margin(binding, coding):
    """A margin ends its finding, has each row once, and nothing smaller, up to two rows, does."""
    found = margin(binding, coding)
    assert ended(binding, coding, found.changes), (binding, found)
    assert len(set(found.row_ids)) == found.size
    assert set(found.row_ids) <= {row.row_id for row in touching(binding, coding)}
    smaller = fewest(binding, coding)
    assert found.size == smaller if smaller else found.size > 2, (binding, found, smaller)


@settings(max_examples=60, deadline=None)
@given(codings())
def test_no_smaller_change_ends_a_finding(coding):
    for some in candidates(coding).values():
        for binding in some:
            is_the_margin(binding, coding)


@settings(max_examples=50, deadline=None)
@given(codings(said), actors, st.sampled_from(list(SCALE.values())), st.sampled_from(list(PERIODS)))
def test_nor_one_of_a_period(coding, actor, side, period):
    binding = Binding("position", actor_id=actor, issue="open", side=side, period=period)
    if holds(binding, touching(binding, coding), coding):
        is_the_margin(binding, coding)


@settings(max_examples=60, deadline=None)
@given(codings(st.one_of(said, told), most=7))
def test_a_margin_said_to_be_exact_is(coding):
    for some in candidates(coding, ["position", "opposed", "disputed", "order"]).values():
        for binding in some:
            found = margin(binding, coding)
            if AT_MOST not in found.note and found.size <= 4:
                assert fewest(binding, coding, found.size) == found.size, (binding, found)


# --- planted


@pytest.mark.parametrize("size", [1, 2, 5])
def test_planted_margins_come_out(size):
    said = [statement(number, "ada", 2, article=f"a{number}") for number in range(size)]
    coding = made(*said, *(statement(9 + n, "ben", -2, article=f"b{n}") for n in range(6)))
    one = Binding("position", actor_id="ada", issue="open", side="for")
    two = Binding("opposed", actor_id="ada", other_id="ben", issue="open")
    three = Binding("disputed", issue="open")
    for binding in (one, two, three):
        found = margin(binding, coding)
        assert found.size == size
        assert found.row_ids == [row.row_id for row in said]


def test_one_passage_given_to_the_other_actor_ends_a_dispute_of_two():
    rows = [statement(n, "ada", 2, article=f"a{n}") for n in range(3)]
    rows += [statement(3 + n, "ben", -2, article=f"a{n}") for n in range(3)]
    coding = made(*rows)
    binding = Binding("opposed", actor_id="ada", other_id="ben", issue="open")
    found = margin(binding, coding)
    (change,) = found.changes
    assert change.how == "speaker ben"


def test_a_condition_is_one_step_from_for_and_two_from_against():
    coding = made(statement(0, "ada", -2, "a0"), statement(1, "ada", -2, "a1"))
    binding = Binding("position", actor_id="ada", issue="open", side="against")
    assert margin(binding, coding).size == 2
    told_neutral = made(statement(0, "ada", 0, "a0"), statement(1, "ada", 0, "a1"))
    neutral = binding._replace(side="neutral")
    assert margin(neutral, told_neutral).size == 1


def test_a_passage_that_repeats_a_stance_has_to_go_too():
    coding = made(statement(0, "ada", 2), statement(1, "ada", 2), statement(2, "ada", 2))
    binding = Binding("position", actor_id="ada", issue="open", side="for")
    assert margin(binding, coding).row_ids == ["s00", "s01", "s02"]


def test_a_change_needs_every_reading_of_its_dates():
    old = statement(0, "ada", 2, "a0", day="2022-03-01")
    new = statement(1, "ada", -2, "a1", day="2022-08-01", alt="2022-01-01")
    changes = {"actor_id": "ada", "issue": "open", "side": "for", "other_side": "against"}
    binding = Binding("change", **changes)
    assert not holds(binding, [old, new], made(old, new))
    sure = spanning(new, "2022-08-01", "2022-09-01")
    found = margin(binding, made(old, sure))
    assert found.size == 1


def test_what_does_not_hold_has_no_margin():
    coding = made(statement(0, "ada", -2))
    binding = Binding("position", actor_id="ada", issue="open", side="for")
    with pytest.raises(ValueError, match="does not hold"):
        margin(binding, coding)


def test_every_kind_of_the_plan_has_a_predicate(root):
    plan = (root / "docs/analysis-plan.md").read_text(encoding="utf-8")
    table = plan.partition("## The kinds of finding")[2].partition("\n## ")[0]
    named = [line.split("`")[1] for line in table.splitlines() if line.startswith("| `")]
    assert named == list(KINDS)


def test_a_pair_of_many_issues_and_articles_is_known_to_survive_two_changes():
    ways = list(product(("ada", "ben"), ("open", "image", "tax", "road", "tram"), range(5)))
    rows = [
        statement(number, actor, 2, f"a{place}", issue)
        for number, (actor, issue, place) in enumerate(ways)
    ]
    binding, few = Binding("pair", actor_id="ada", other_id="ben"), rows[:14] + rows[25:40]
    assert pair_survives(binding, rows, KINDS["pair"].view, 2)
    assert "two ends it" in margin(binding, made(*rows)).note
    for number in (1, 2):
        if pair_survives(binding, few, KINDS["pair"].view, number):
            assert not fewest(binding, made(*few), number)


# --- size


def test_a_large_coding_has_its_candidates_within_seconds():
    """5,000 articles, 30,000 statements, 300 actors: nothing is squared in Python."""
    from time import perf_counter

    stances = [*SCALE]
    rows = [
        statement(
            number,
            f"actor-{number * 7919 % 300}",
            stances[number * 31 % 4],
            article=f"a{number % 5000}",
            issue=f"i{number * 13 % 16}",
            day=f"2022-{number % 12 + 1:02}-{number % 28 + 1:02}",
        )
        for number in range(30_000)
    ]
    begun = perf_counter()
    found = candidates(made(*rows))
    assert set(found) == set(KINDS)
    assert perf_counter() - begun < 30


# --- beside the margin


@settings(max_examples=40, deadline=None)
@given(codings(said))
def test_passages_of_others_that_would_end_it_are_those_that_do(coding):
    for some in candidates(coding, ["position", "opposed", "pair"]).values():
        for binding in some:
            own = touching(binding, coding)
            expected = set()
            for row in set(coding.rows) - set(own):
                for actor in filter(None, (binding.actor_id, binding.other_id)):
                    is_asked = row.about in {one.about for one in own}
                    is_heard = actor in coding.speakers[row.article_id]
                    read = row._replace(actor=actor, on_behalf_of="")
                    if is_asked and is_heard and not holds(binding, [*own, read], coding):
                        expected.add(row.row_id)
            assert rows_of_others(binding, coding) == sorted(expected)


def test_what_another_says_on_the_other_side_in_the_same_article_is_told_beside_the_margin():
    own = [statement(1, "ada", 2), statement(2, "ada", 2, "a2")]
    coding = made(*own, statement(3, "ben", -2), statement(4, "ben", -2, "a3"))
    binding = Binding("position", actor_id="ada", issue="open", side="for")
    assert margin(binding, coding).size == 2
    assert rows_of_others(binding, coding) == ["s03"]
