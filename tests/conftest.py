"""What the tests share: the environment of a run, the real case, and copies of it to break."""

import os
import shutil
import signal
from pathlib import Path

import pytest

from dispute.run.environment import FIXED
from dispute.run.outputs import case_digest
from helpers.case.load import load
from helpers.case.tables import read_tables

os.environ.update(FIXED)
# No test cuts the power: none waits for the disk.
os.fsync = lambda number: None
ROOT = Path(__file__).resolve().parents[1]
LIGHTHOUSE = "tests/cases/lighthouse"


@pytest.fixture(autouse=True)
def own_profile():
    """A run tells the kernels of this process where their IPython folder is.

    What starts a kernel after it must not be told so.
    """
    yield
    os.environ.pop("IPYTHONDIR", None)


@pytest.fixture(scope="session")
def root():
    return ROOT


@pytest.fixture(scope="session")
def real():
    """The published case."""
    return load(ROOT / "data/raw")


@pytest.fixture(scope="session")
def tables(root):
    """The published tables."""
    return read_tables(root / "data/processed")


@pytest.fixture(scope="session")
def published(root, real, tables):
    """The files of the site of the published case, by their path. No test changes them."""
    from sites import written

    return written(root, real, tables)


@pytest.fixture(scope="session")
def lighthouse(root, tmp_path_factory):
    """The made-up case, its tables, and the folder of all that is made of it, for reading."""
    from chain import made

    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(root)
        folder = tmp_path_factory.mktemp("made")
        return load(LIGHTHOUSE), made(LIGHTHOUSE, folder), folder


@pytest.fixture
def broken(tmp_path):
    """A copy of the made-up case in a folder of its own, to be broken."""
    return Path(shutil.copytree(ROOT / LIGHTHOUSE, tmp_path / "case"))


@pytest.fixture
def desk(tmp_path, monkeypatch):
    """A student's own working folder."""
    for part in ("CITATION.cff", "config.yaml", "requirements.lock"):
        shutil.copy(ROOT / part, tmp_path)
    shutil.copytree(ROOT / "notebooks", tmp_path / "notebooks")
    shutil.copytree(ROOT / "tests/cases/lighthouse", tmp_path / "data/raw")
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def soon():
    """A test that hangs fails after a minute and a half."""

    def stop(number, frame):
        raise TimeoutError("it hangs")

    signal.signal(signal.SIGALRM, stop)
    signal.alarm(90)
    yield
    signal.alarm(0)


def pytest_collection_modifyitems(items):
    """Tests that are not to pass now, or not to run.

    Those whose fault is not mended yet are listed in `not_yet.txt`; each must fail. Those that
    expect what the published case holds are skipped where data/raw is another.
    """
    path = ROOT / "tests/not_yet.txt"
    known = set(path.read_text(encoding="utf-8").splitlines()) if path.exists() else set()
    published = (ROOT / "tests/published.sha256").read_text(encoding="utf-8").split()[0]
    other = case_digest(ROOT / "data/raw") != published
    reason = "data/raw is not the published case (tests/published.sha256)"
    for item in items:
        if item.nodeid in known:
            item.add_marker(pytest.mark.xfail(strict=True))
        if other and item.get_closest_marker("data"):
            item.add_marker(pytest.mark.skip(reason=reason))
