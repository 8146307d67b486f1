"""Networks between any two variables, and filters: values by hand are in the conformance suite."""

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from helpers.analysis import networks
from helpers.change import variables

STANCES = pd.DataFrame({"stance": [-1, 1]})
ROWS = [
    ("s1", "x", "ann", "bridge", 1),
    ("s2", "x", "ben", "bridge", -1),
    ("s3", "y", "ann", "toll", 1),
    ("s4", "y", "ben", "toll", 1),
    ("s5", "y", "", "toll", 1),
]
STATEMENTS = pd.DataFrame(
    ROWS, columns=["statement_id", "article_id", "speaker", "issue", "stance"]
)
ACTORS = pd.DataFrame({"actor_id": ["ann", "ben"], "camp": ["north", "south"]})
ARTICLES = pd.DataFrame({"article_id": ["x", "y"], "publisher": ["Post", "Star"]})
ISSUES = pd.DataFrame({"issue": ["bridge"], "kind": ["position"]})


@pytest.fixture
def known():
    return variables.with_attributes(STATEMENTS, ACTORS, ARTICLES, ISSUES)


def test_attributes_are_those_of_speaker_article_and_issue(known):
    assert known.speaker_camp.tolist() == ["north", "south", "north", "south", ""]
    assert known.article_publisher.tolist() == ["Post", "Post", "Star", "Star", "Star"]
    assert known.issue_kind.tolist() == ["position", "position", "", "", ""]
    assert known[STATEMENTS.columns].equals(STATEMENTS)


def test_publishers_meet_over_the_camps_that_they_quote(known):
    """north: Post 1 for, Star 1 for: 1. south: Post against, Star for: 0."""
    network = variables.one_mode(known, STANCES, "article_publisher", "speaker_camp")
    assert network.at["Post", "Star"] == network.at["Star", "Post"] == 1
    assert network.at["Post", "Post"] == 0


def test_camps_by_issues_sum_stances(known):
    table = variables.two_mode(known, STANCES, "speaker_camp", "issue")
    assert table.loc["north"].to_dict() == {"bridge": 1, "toll": 1}
    assert table.loc["south"].to_dict() == {"bridge": -1, "toll": 1}


@pytest.mark.parametrize("measure", networks.MEASURES)
@pytest.mark.parametrize("normalisation", networks.NORMALISATIONS)
def test_speakers_over_issues_are_the_network_of_actors(measure, normalisation):
    of_any = variables.one_mode(STATEMENTS, STANCES, "speaker", "issue", measure, normalisation)
    pd.testing.assert_frame_equal(
        of_any, networks.one_mode(STATEMENTS, STANCES, measure, normalisation)
    )


@settings(deadline=None, max_examples=40)
@given(st.lists(st.sampled_from(ROWS), max_size=20), st.sampled_from(["speaker", "issue"]))
def test_a_filter_and_its_opposite_part_the_statements(rows, column):
    some = pd.DataFrame(rows, columns=STATEMENTS.columns).reset_index(drop=True)
    for value in set(some[column]) - {""}:
        kept = variables.filtered(some, {column: [value]}, {})
        left = variables.filtered(some, {}, {column: [value]})
        assert sorted([*kept.index, *left.index]) == list(some.index)
        assert set(kept[column]) == {value} and value not in set(left[column])


def test_a_filter_in_words():
    words = " speaker = ann , ben; issue=bridge;; speaker=cat "
    chosen = {"speaker": ["ann", "ben", "cat"], "issue": ["bridge"]}
    assert variables.read_filter(words) == chosen
    assert variables.read_filter("") == {}


@pytest.mark.parametrize("words", ["speaker", "=ann", "speaker=", "speaker=,;"])
def test_half_a_filter_is_refused(words):
    with pytest.raises(ValueError, match="expected COLUMN=VALUE"):
        variables.read_filter(words)


def test_what_is_misspelt_is_refused_with_what_is_known(known):
    with pytest.raises(ValueError, match=r"'speeker': expected one of .*did you mean speaker"):
        variables.filtered(known, {"speeker": ["ann"]}, {})
    with pytest.raises(ValueError, match=r"'Pots': expected a value of article_publisher.*Post"):
        variables.refuse_unknown(known, {"article_publisher": ["Pots"]})
    variables.refuse_unknown(known, {"article_publisher": ["Post"], "issue": ["toll"]})
    assert variables.filtered(known, {"article_publisher": ["Pots"]}, {}).empty


def test_a_variable_over_itself_has_no_ties():
    assert not variables.one_mode(STATEMENTS, STANCES, "issue", "issue").to_numpy().any()


def test_the_busiest_are_those_of_most_statements_on_most_issues():
    """ann and ben have two statements each, ann is the first by her id; so is bridge of hers."""
    assert variables.busiest(STATEMENTS, 2).equals(STATEMENTS[:4])
    assert variables.busiest(STATEMENTS, 1).statement_id.tolist() == ["s1"]
