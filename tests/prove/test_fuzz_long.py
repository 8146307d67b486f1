"""A thousand spoiled cases are checked, and a hundred that pass go through a whole run.

`tests/fuzz_columns.py` says what is spoiled, and prints the same as a table.
"""

import pytest
from fuzz_columns import tried

# Seeds of a part, and how many of those that pass go on.
EACH, CHAINS = 100, 10


@pytest.mark.parametrize("part", range(10))
def test_what_is_refused_is_told_and_what_passes_runs(root, monkeypatch, part):
    monkeypatch.chdir(root)
    shown = 0
    for seed in range(part * EACH, (part + 1) * EACH):
        outcome, _ = tried(seed, chain=shown < CHAINS)
        shown += outcome == "shown"
    assert shown == CHAINS
