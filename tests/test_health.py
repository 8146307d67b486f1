"""`reports/health.json`: when a run last ended well, when the next is due, and why not."""

import json
import os
import signal
import subprocess
import sys
from datetime import UTC, datetime, timedelta

import pytest
import yaml

from dispute.cli import main
from dispute.run import report, settings
from dispute.run.locks import lock
from dispute.run.log import Log
from dispute.run.products.failed import FailedError
from dispute.run.steps import Steps


def ends(monkeypatch, error=None):
    """Runs do nothing; they end well, or by an error."""

    def run(asked, into):
        if error:
            raise error
        return []

    monkeypatch.setattr(report, "run", run)


def seen(folder):
    """What stands in the file: good, due, status and why not."""
    health = json.loads((folder / "reports/health.json").read_text(encoding="utf-8"))
    last = health["last_run"]
    assert not last["ended"] or last["began"] <= last["ended"]
    return health["last_good"], health["next_due"], last["status"], last["why_not"]


def asked(capsys):
    """What `dispute run --health` says, and its status."""
    capsys.readouterr()
    status = main(["run", "--health"])
    return status, capsys.readouterr().out.strip()


def test_a_good_run_says_when_it_was_and_when_the_next_is_due(desk, monkeypatch, capsys):
    assert asked(capsys) == (1, "reports/health.json: no run has been recorded here")
    ends(monkeypatch)
    for words, days in ([], 8), (["-p", "due_days=1.5"], 1.5):
        assert main(["run", *words]) == 0
        good, due, status, why_not = seen(desk)
        assert (status, why_not) == (0, "")
        day, until = datetime.fromisoformat(good), datetime.fromisoformat(due)
        assert until - day == timedelta(days=days) and day.utcoffset() == timedelta(0)
        assert datetime.now(UTC) - day < timedelta(minutes=1)
    status, said = asked(capsys)
    assert status == 0 and said == f"well: the last run ended at {good}; the next is due by {due}"


@pytest.mark.parametrize(
    "error, status, why_not",
    [
        (FailedError("3_chronology.ipynb stopped in cell 5: KeyError"), 1, "stopped in cell 5"),
        (OSError(28, "No space left on device"), 1, "No space left"),
        (KeyError("nobody foresaw"), 1, "KeyError: 'nobody foresaw'"),
    ],
)
def test_a_failed_run_says_why_and_keeps_the_last_good_one(
    desk,
    monkeypatch,
    capsys,
    error,
    status,
    why_not,
):
    ends(monkeypatch)
    main(["run"])
    before = seen(desk)
    ends(monkeypatch, error)
    assert main(["run"]) == status
    now = seen(desk)
    assert now[:2] == before[:2] and now[2] == status and why_not in now[3]
    assert asked(capsys)[0] == 1 and why_not in asked(capsys)[1]


def test_bad_input_is_told_too(desk, capsys):
    (desk / "config.yaml").write_text("case_dir: nowhere\n", encoding="utf-8")
    assert main(["run"]) == 2
    good, due, status, why_not = seen(desk)
    assert (good, due, status) == (None, None, 2) and "nowhere: found no such folder" in why_not
    assert asked(capsys)[0] == 1
    assert main(["run", "--health", "--into", "elsewhere"]) == 1
    assert "elsewhere/reports/health.json: no run" in capsys.readouterr().out
    assert main(["run", "--into", "elsewhere"]) == 2 and not (desk / "elsewhere").exists()


def test_a_run_that_meets_another_says_so(desk, capsys):
    with lock(desk / ".cache"):
        assert main(["run"]) == 1
    _, _, status, why_not = seen(desk)
    assert status == 1 and why_not.startswith(f"another run is going: process {os.getpid()}")


def test_while_a_run_goes_it_says_so_and_a_killed_one_leaves_no_end(desk, root, capsys):
    """Nothing can be written by what is killed: that no end stands there tells the next reader."""
    begin = "from dispute.run import health, locks; from pathlib import Path; import time\n"
    begin += "health.begin(Path('.'))\nwith locks.lock(Path('.cache')):\n"
    begin += "    print('going', flush=True); time.sleep(60)"
    surroundings = {**os.environ, "PYTHONPATH": str(root / "src")}
    run = subprocess.Popen(
        [sys.executable, "-c", begin], stdout=subprocess.PIPE, env=surroundings, text=True
    )
    assert run.stdout.readline() == "going\n"
    status, said = asked(capsys)
    assert status == 0 and said.startswith("a run is going since ")
    run.send_signal(signal.SIGKILL)
    run.wait()
    run.stdout.close()
    status, said = asked(capsys)
    assert status == 1 and "was killed or stopped" in said
    assert json.loads((desk / "reports/health.json").read_text())["last_run"]["ended"] is None


def test_a_schedule_that_never_starts_is_overdue(desk, monkeypatch, capsys):
    ends(monkeypatch)
    main(["run"])
    path = desk / "reports/health.json"
    health = json.loads(path.read_text())
    health["next_due"] = "2023-01-01T00:00:00+00:00"
    path.write_text(json.dumps(health))
    status, said = asked(capsys)
    assert status == 1 and said.startswith("overdue: ") and "2023-01-01" in said
    for spoilt in ("", "{", "[1]", '{"last_run": 1}', '{"last_run": {"status": 0}}'):
        path.write_text(spoilt)
        assert asked(capsys) == (1, "reports/health.json: damaged; the next run writes it anew")
        assert main(["run"]) == 0 and asked(capsys)[0] == 0


def test_due_days_is_looked_at_as_other_settings(desk):
    for value in ("0", "soon", "-1"):
        faults = settings.read(words=[f"due_days={value}"]).faults
        assert [fault.expected for fault in faults] == ["days, more than 0"]


# What is kept has bounds.


def test_steps_that_no_run_asks_for_any_more_are_not_kept(tmp_path):
    for name in ("notebook-old", "notebook-new"):
        Steps(tmp_path / "steps", tmp_path).make(name, {"x": "1"}, lambda folder: None)
    kept = Steps(tmp_path / "steps", tmp_path)
    kept.make("notebook-new", {"x": "1"}, lambda folder: None)
    kept.forget_others()
    assert [path.name for path in (tmp_path / "steps").iterdir()] == ["notebook-new"]


def test_the_log_keeps_its_last_lines(tmp_path):
    path = tmp_path / "log.jsonl"
    path.write_text("".join(f'{{"line": {number}}}\n' for number in range(30_000)))
    Log(path)("begin", "", "")
    lines = path.read_text().splitlines()
    assert len(lines) == 10_001 and lines[0] == '{"line": 20000}'
    assert json.loads(lines[-1])["event"] == "begin"


def test_git_holds_nothing_of_it(root):
    for name in (".gitignore", "src/dispute/compendium/template/dot-gitignore.jinja"):
        assert "reports/health.json\n" in (root / name).read_text()
    workflow = yaml.safe_load((root / ".github/workflows/report.yml").read_text())
    steps = workflow["jobs"]["build"]["steps"]
    kept = next(step for step in steps if "upload-artifact" in step.get("uses", ""))
    assert "reports/health.json" in kept["with"]["path"]
