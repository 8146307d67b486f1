"""What the tests share: the environment of a run, the real case, and copies of it to break."""

import os
import shutil
from pathlib import Path

import pytest

from dispute.run.environment import FIXED
from helpers.case.load import load

os.environ.update(FIXED)
ROOT = Path(__file__).resolve().parents[1]


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


@pytest.fixture
def broken(tmp_path):
    """A copy of the made-up case in a folder of its own, to be broken."""
    return Path(shutil.copytree(ROOT / "tests/cases/lighthouse", tmp_path / "case"))
