"""Whatever has the shape of a time expression is read, or left alone: none ends a reading."""

import re

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from helpers.dates import resolve
from helpers.dates.lexicon import rules_by_head

DAYS = ["2019-04-17", "2019-04", "", "2020-02-29"]
RULES = {rule for rules in rules_by_head(True).values() for rule in rules}
SHAPES = {rule.name: re.compile(rule.shape, re.I) for rule in RULES}


@pytest.mark.parametrize("name", sorted(SHAPES))
@pytest.mark.filterwarnings("ignore")
def test_every_expression_of_a_shape_is_read_or_left_alone(name):
    @settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
    @given(st.from_regex(SHAPES[name]), st.sampled_from(DAYS))
    def is_read(words, day):
        rows = resolve.expressions(f"He spoke {words} again.", day, language="en;sw")
        assert rows.value.ne("").all()

    is_read()
