"""The workflows, ours and that of a new compendium: what they may, and how they tell a failure.

What GitHub does with them is known by reading only; what they run of ours is run here.
"""

import json
import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).resolve().parents[1]
OURS, THEIRS = ".github/workflows", "src/dispute/compendium/template/dot-github/workflows"
FILES = [f"{OURS}/report.yml", f"{OURS}/tests.yml", f"{THEIRS}/report.yml"]
REPORTS = [name for name in FILES if name.endswith("report.yml")]
# What a job may besides reading the code.
RIGHTS = {
    "awake": {"actions": "write"},
    "build": {"contents": "read"},
    "tests": {"contents": "read"},
    "publish": {"pages": "write", "id-token": "write"},
    "tell": {"issues": "write"},
}
every_file = pytest.mark.parametrize("name", FILES)
every_report = pytest.mark.parametrize("name", REPORTS)


def jobs(name):
    return yaml.safe_load((ROOT / name).read_text(encoding="utf-8"))["jobs"]


def steps(name):
    return [step for job in jobs(name).values() for step in job["steps"]]


@every_file
def test_actions_are_pinned_by_commit_with_their_version_beside(name):
    used = re.findall(r"uses: (.*)", (ROOT / name).read_text(encoding="utf-8"))
    assert len(used) == len([step for step in steps(name) if "uses" in step]) >= 3
    pinned = r"actions/[a-z-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+"
    assert [words for words in used if not re.fullmatch(pinned, words)] == []


def test_one_action_is_one_commit_everywhere():
    texts = [(ROOT / name).read_text(encoding="utf-8") for name in FILES]
    used = {words for text in texts for words in re.findall(r"uses: (.*)", text)}
    assert len(used) == len({words.partition("@")[0] for words in used}) == 5


@every_file
def test_a_job_may_do_what_it_needs_and_no_more_and_not_for_ever(name):
    assert yaml.safe_load((ROOT / name).read_text(encoding="utf-8"))["permissions"] == {}
    for job, content in jobs(name).items():
        assert content["permissions"] == RIGHTS[job], job
        assert 0 < content["timeout-minutes"] <= 40, job


@every_file
def test_a_checkout_leaves_no_credentials_behind(name):
    checkouts = [step for step in steps(name) if "actions/checkout" in step.get("uses", "")]
    assert [step["with"]["persist-credentials"] for step in checkouts] == [False]


@every_file
def test_no_line_that_runs_is_filled_in_by_github(name):
    """What stands in `${{ }}` would become part of the script; a variable does not."""
    assert [step["run"] for step in steps(name) if "${{" in step.get("run", "")] == []


def test_the_linter_of_workflows_reads_them_all_without_a_network():
    lint = re.search(r"(?m)^lint:(.*\n(?:  .*\n)*)", (ROOT / "Makefile").read_text())[1]
    assert "zizmor" in lint and "--offline" in lint and OURS in lint and THEIRS in lint


# The schedule stays on, and what goes wrong is told once.


@every_report
def test_the_schedule_is_kept_on_by_a_job_that_enables_its_own_workflow(name):
    (step,) = jobs(name)["awake"]["steps"]
    call = "gh api --method PUT repos/$GITHUB_REPOSITORY/actions/workflows/report.yml/enable"
    assert step["run"].replace('"', "") == call and "needs" not in jobs(name)["awake"]


@every_report
def test_any_end_but_a_good_one_is_told(name):
    """`failure()` is false of a job that was cancelled, as one is that took too long."""
    others = [job for job in jobs(name) if job != "tell"]
    tell = jobs(name)["tell"]
    assert sorted(tell["needs"]) == sorted(others) and tell["if"] == "always()"
    told = set(tell["steps"][0]["env"].values())
    assert {f"${{{{ needs.{job}.result }}}}" for job in others} <= told


def test_a_compendium_tells_as_we_do():
    for job in ("awake", "tell", "publish"):
        assert jobs(REPORTS[0])[job] == jobs(REPORTS[1])[job]


GH = """import json, sys
from pathlib import Path

path = Path({state!r})
issues = json.loads(path.read_text()) if path.exists() else []
words = sys.argv[1:]
given = dict(zip(words, words[1:]))
match words[:2]:
    case ["label", "create"]:
        assert "--force" in words
    case ["issue", "list"]:
        assert given["--label"] and given["--state"] == "open" and given["--limit"] == "1"
        numbers = [n for n, issue in enumerate(issues) if issue["open"]]
        print(*numbers[-1:])
    case ["issue", "create"]:
        issues.append({{"open": True, "title": given["--title"], "said": [given["--body"]]}})
    case ["issue", "comment"]:
        issues[int(words[2])]["said"].append(given["--body"])
    case ["issue", "close"]:
        issues[int(words[2])]["open"] = False
        issues[int(words[2])]["said"].append(given["--comment"])
    case _:
        sys.exit(f"unknown: {{words}}")
path.write_text(json.dumps(issues))
"""


def test_one_issue_is_open_while_it_fails_and_closed_when_it_works_again(tmp_path):
    """The script of the job, with a `gh` that keeps issues in a file."""
    state, gh = tmp_path / "issues.json", tmp_path / "gh"
    (tmp_path / "gh.py").write_text(GH.format(state=str(state)))
    # The path of a Python may have a blank, and no line that begins with `#!` can.
    gh.write_text(f'#!/bin/sh\nexec {shlex.join([sys.executable, "-IS", f"{gh}.py"])} "$@"\n')
    gh.chmod(0o755)
    (step,) = jobs(REPORTS[0])["tell"]["steps"]
    variables = {name: "x" for name in step["env"]} | {"RUN": "https://example.org/runs/1"}

    def week(build, publish):
        ends = {"AWAKE": "success", "BUILD": build, "PUBLISH": publish}
        assert ends.keys() <= step["env"].keys()
        path = f"{tmp_path}{os.pathsep}{os.environ['PATH']}"
        surroundings = {**os.environ, **variables, **ends, "PATH": path}
        subprocess.run(["bash", "-e", "-c", step["run"]], env=surroundings, check=True)
        issues = json.loads(state.read_text()) if state.exists() else []
        return [(issue["open"], len(issue["said"])) for issue in issues]

    assert week("success", "success") == []
    assert week("failure", "skipped") == [(True, 1)]
    assert week("cancelled", "skipped") == [(True, 2)]
    assert week("success", "failure") == [(True, 3)]
    assert week("success", "success") == [(False, 4)]
    assert week("cancelled", "skipped") == [(False, 4), (True, 1)]
    issue = json.loads(state.read_text())[0]
    assert "build: failure" in issue["said"][0] and "runs/1" in issue["said"][0]
