"""`reports/health.json` of real runs: good, idle, failed, refused, beside another, killed."""

import json
import os
import re
import signal
import subprocess
import sys
import time

import pytest
from test_project import copied, dispute

from dispute.run.locks import lock

BOOK = "notebooks/4_stance_tables.ipynb"
CALL = "import sys; from dispute.cli import main; sys.exit(main(sys.argv[1:]))"


@pytest.fixture(scope="module")
def home(root, tmp_path_factory):
    """A project whose notebooks draw little."""
    folder = copied(root, tmp_path_factory.mktemp("home"))
    config = folder / "config.yaml"
    few = re.sub("(draws|permutations): [0-9]+", r"\1: 2", config.read_text(encoding="utf-8"))
    config.write_text(few, encoding="utf-8")
    return folder


def seen(home):
    return json.loads((home / "reports/health.json").read_text(encoding="utf-8"))


def ran(home, *words):
    """Run; gives the record, once it says the status that the run ended with."""
    before = seen(home)["last_good"] if (home / "reports/health.json").exists() else None
    done = dispute(home, "run", *words)
    health = seen(home)
    assert health["last_run"]["status"] == done.returncode, done.stdout + done.stderr
    assert health["last_run"]["ended"] and "Traceback" not in done.stderr
    assert health["last_good"] == before or done.returncode == 0
    well = dispute(home, "run", "--health")
    assert (well.returncode == 0) == (done.returncode == 0), well.stdout
    return done.returncode, health["last_run"]["why_not"]


def killed(home, *words, by=signal.SIGKILL):
    """Kill a run with all its kernels once it is at work; gives its status."""
    with subprocess.Popen(
        [sys.executable, "-c", CALL, "run", *words],
        cwd=home,
        env={**os.environ, "PYTHONPATH": str(home / "src")},
        stdout=subprocess.PIPE,
        text=True,
        start_new_session=True,
    ) as run:
        while not (line := run.stdout.readline()).startswith("notebook-"):
            assert line, "it ended by itself"
        time.sleep(0.5)
        assert dispute(home, "run", "--health").stdout.startswith("a run is going since ")
        os.killpg(run.pid, by)
        run.stdout.read()
    return run.returncode


def test_the_next_reader_sees_how_it_stands_after_each_kind_of_end(home):
    assert dispute(home, "run", "--health").returncode == 1
    killed(home)
    assert seen(home)["last_run"]["ended"] is None and seen(home)["last_good"] is None
    assert "killed or stopped; the last good run ended at no time yet" in (
        dispute(home, "run", "--health").stdout
    )
    assert ran(home) == (0, "")
    first = (home / "reports/manifest.json").read_bytes()
    assert ran(home) == (0, "")
    assert (home / "reports/manifest.json").read_bytes() == first

    path = home / BOOK
    source = path.read_text(encoding="utf-8")
    call = "table = stances.stance_table"
    path.write_text(source.replace(call, f"1 / 0\\n{call}", 1), encoding="utf-8")
    status, why_not = ran(home)
    assert status == 1 and "4_stance_tables.ipynb stopped in cell" in why_not
    path.write_text(source, encoding="utf-8")

    actors = home / "data/raw/codebook/actors.csv"
    good = actors.read_bytes()
    actors.write_bytes(good.replace(b",person,", b",persn,", 1))
    status, why_not = ran(home)
    assert status == 2 and "actors.csv, row" in why_not and "persn" in why_not
    actors.write_bytes(good)

    with lock(home / ".cache"):
        status, why_not = ran(home)
    assert status == 1 and "another run is going" in why_not

    for by, status in ((signal.SIGINT, 130), (signal.SIGTERM, 143)):
        assert killed(home, "-p", "period=2022", by=by) == status
        assert seen(home)["last_run"]["ended"] is None
    assert killed(home, "-p", "period=2022") == -signal.SIGKILL
    health = seen(home)
    assert health["last_run"]["ended"] is None and health["last_good"]
    assert ran(home) == (0, "")
    assert (home / "reports/manifest.json").read_bytes() == first
