"""The proofs of one room run on one worker, in their order; each part of the long fuzzer alone.

The marks of pytest-xdist's `loadgroup` are lost with pytest 9.2 (pytest-xdist #1386), in silence:
its tests then run anywhere, and what a room sets up is set up twice.
"""

from xdist.scheduler import LoadScopeScheduling


class ByRoom(LoadScopeScheduling):
    """Whole rooms, the one with most tests first."""

    def _split_scope(self, nodeid):
        return nodeid if "/test_fuzz_long.py" in nodeid else nodeid.split("::")[0]


def pytest_xdist_make_scheduler(config, log):
    return ByRoom(config, log)
