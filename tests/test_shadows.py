"""A file of one's own that hides the package from a notebook is told before any work."""

import pytest

from dispute.cli import main
from dispute.run import settings
from dispute.run.choices import all_problems
from dispute.run.shadows import shadows

PACKAGE = "the package of this name from notebooks"


SHADOWS = [
    ("helpers.py", "helpers.py"),
    ("dispute.py", "dispute.py"),
    ("notebooks/helpers.py", "notebooks/helpers.py"),
    ("helpers/mine.py", "helpers"),
    ("notebooks/dispute/deep/mine.py", "notebooks/dispute"),
]


@pytest.mark.parametrize("path, place", SHADOWS)
def test_a_file_that_hides_the_package_is_told_before_any_work(desk, capsys, path, place):
    (desk / path).parent.mkdir(parents=True, exist_ok=True)
    (desk / path).write_text("x = 1\n")
    told = [str(problem) for problem in all_problems(settings.read())]
    assert len(told) == 1 and told[0].startswith(f"{place}: found ")
    assert PACKAGE in told[0] and "; expected another name" in told[0]
    for words in (["run"], ["run", "--why"], ["verify"], ["check"], ["lab"]):
        if words == ["verify"]:
            (desk / "data/processed").mkdir()
            (desk / "data/processed/articles.csv").write_text("")
        assert main(words) == 2
        seen = capsys.readouterr()
        assert told[0] in seen.out + seen.err and "…" not in seen.out
    assert not (desk / ".cache").exists() and not (desk / "reports/site").exists()


@pytest.mark.parametrize(
    "path", ["helpers/notes.txt", "dispute/data.csv", "helper.py", "x/helpers.py"]
)
def test_other_files_hide_nothing(desk, path):
    (desk / path).parent.mkdir(parents=True, exist_ok=True)
    (desk / path).write_text("")
    assert shadows() == []


def test_the_package_itself_is_no_shadow(root, monkeypatch):
    monkeypatch.chdir(root / "src")
    assert shadows() == []
