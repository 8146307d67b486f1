"""The conformance suite of discourse network analysis: its form, and our own numbers."""

import pytest
from conformed import CASES, COMPUTED, FILES, found, alike


@pytest.mark.parametrize("case", CASES.values(), ids=CASES)
def test_our_value_is_the_one_by_hand(case):
    try:
        value = found(case)
    except (ModuleNotFoundError, KeyError) as err:
        pytest.skip(str(err))
    assert alike(value, case["expected"]), value
