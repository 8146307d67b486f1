"""The proofs of a room run on one worker: what one has made stands for the next."""

import os

import pytest


@pytest.mark.parametrize("number", range(4))
def test_the_proofs_of_a_room_run_on_one_worker(number, tmp_path_factory):
    worker = tmp_path_factory.getbasetemp().parent / "worker-of-this-room"
    if number == 0:
        worker.write_text(str(os.getpid()), encoding="utf-8")
    assert worker.read_text(encoding="utf-8") == str(os.getpid())
