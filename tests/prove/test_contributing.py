"""The six changes of CONTRIBUTING, each applied to a copy of the project, where its tests pass."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

PATCHES = sorted((Path(__file__).parent / "patches").glob("*.patch"))


def told(patch: Path, name: str) -> list[str]:
    """The words of a line at the head of a patch: `Proof: …` or `Forgotten: …`."""
    head = patch.read_text(encoding="utf-8").partition("\n\n")[0]
    line = re.search(rf"^{name}: (.*)$", head, re.M)
    return line[1].split() if line else []


@pytest.fixture
def copy(root, tmp_path):
    """What git holds of the project, in a folder of its own."""
    git = subprocess.run(["git", "ls-files"], cwd=root, capture_output=True, text=True, check=True)
    for name in git.stdout.splitlines():
        if (root / name).is_file():
            (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(root / name, tmp_path / name)
    return tmp_path


def apply(patch: Path, folder: Path, *leave: str) -> None:
    """Apply a patch to a folder; `leave` are files that it shall not touch."""
    excluded = [f"--exclude={name}" for name in leave]
    call = ["git", "apply", "--whitespace=nowarn", *excluded, str(patch)]
    subprocess.run(call, cwd=folder, check=True)


def run_tests(folder: Path, *names: str) -> subprocess.CompletedProcess:
    call = [sys.executable, "-m", "pytest", "-q", "--numprocesses", "0", *names]
    environment = {**os.environ, "PYTHONPATH": str(folder / "src")}
    environment = {k: v for k, v in environment.items() if not k.startswith("PYTEST_")}
    return subprocess.run(call, cwd=folder, env=environment, capture_output=True, text=True)


@pytest.mark.parametrize("patch", PATCHES, ids=lambda patch: patch.stem)
def test_the_change_is_made_as_the_page_says(copy, patch):
    apply(patch, copy)
    done = run_tests(copy, *told(patch, "Proof"), "tests/test_house.py")
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize(
    "patch", [patch for patch in PATCHES if told(patch, "Forgotten")], ids=lambda patch: patch.stem
)
def test_what_was_forgotten_is_told(copy, patch):
    apply(patch, copy, *told(patch, "Forgotten"))
    assert run_tests(copy, *told(patch, "Proof")).returncode == 1


def test_the_page_names_every_patch(root):
    page = (root / "CONTRIBUTING.md").read_text(encoding="utf-8")
    assert [patch.name for patch in PATCHES if f"patches/{patch.name}" not in page] == []
