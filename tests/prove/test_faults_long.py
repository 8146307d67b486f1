"""Kills, full disks, damaged caches and lost kernels, done to a real report: `tests/faults.py`."""

import faults


def test_whatever_strikes_the_last_report_stands_and_the_next_run_is_well(capsys):
    broken = faults.main(points=12, times=1)
    assert not broken, capsys.readouterr().out
