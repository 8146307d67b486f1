"""The wheel: both packages with their data, installed into an empty environment."""

import shutil
import subprocess
import sys
import zipfile

import pytest
from made_sources import page


@pytest.fixture(scope="module")
def wheel(root, tmp_path_factory):
    """The project's wheel, built from what git holds: nothing that is left in the folder counts."""
    place = tmp_path_factory.mktemp("wheel")
    git = subprocess.run(["git", "ls-files"], cwd=root, capture_output=True, text=True, check=True)
    for name in git.stdout.splitlines():
        if name.startswith(("src/", "README", "LICENSE", "pyproject")) and (root / name).is_file():
            (place / name).parent.mkdir(parents=True, exist_ok=True)
            (place / name).write_bytes((root / name).read_bytes())
    build = ["-m", "pip", "wheel", "-q", "--no-deps", "--no-build-isolation", "-w", "dist", "."]
    subprocess.run([sys.executable, *build], cwd=place, check=True)
    (made,) = (place / "dist").glob("*.whl")
    return made


def test_it_holds_every_room_and_its_data(root, wheel):
    held = set(zipfile.ZipFile(wheel).namelist())
    wanted = {
        path.relative_to(root / "src").as_posix()
        for path in (root / "src").rglob("*.*")
        if path.is_file() and path.suffix in (".py", ".yaml", ".sql", ".mplstyle")
    }
    assert wanted <= held
    assert not {name for name in held if name.startswith(("tests", "data"))}


def test_in_an_empty_environment_it_checks_a_case_and_adds_to_it(root, wheel, tmp_path):
    """The dependencies come from the lock of a report, and from nowhere else."""
    uv = [sys.executable, "-m", "uv"]
    subprocess.run(
        [*uv, "venv", "-q", "--python", sys.executable, "empty"], cwd=tmp_path, check=True
    )
    install = [*uv, "pip", "install", "-q", "--python", "empty"]
    lock = str(root / "requirements.lock")
    subprocess.run([*install, "--require-hashes", "-r", lock], cwd=tmp_path, check=True)
    subprocess.run([*install, "--no-deps", str(wheel)], cwd=tmp_path, check=True)
    shutil.copytree(root / "tests/cases/lighthouse", tmp_path / "case")
    (tmp_path / "lamp.html").write_bytes(page("The lamp must wait", ["The board waits."] * 9))
    for verb, told in (
        ("check", "no problem"),
        ("add", "1 article added"),
        ("check", "4 articles"),
    ):
        done = subprocess.run(
            ["empty/bin/dispute", verb, "case", *(["lamp.html"] if verb == "add" else [])],
            cwd=tmp_path,
            capture_output=True,
            text=True,
            env={"PATH": "/usr/bin:/bin"},
        )
        assert done.returncode == 0 and told in done.stdout, done.stdout + done.stderr
