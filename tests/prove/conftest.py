"""The proofs of one room run on one worker, but for the parts of the long fuzzer."""

import pytest


def pytest_collection_modifyitems(items):
    for item in items:
        room = item.path.stem
        if room != "test_fuzz_long":
            item.add_marker(pytest.mark.xdist_group(room))
