"""What a page prints to be run, run: the outputs are those of the page."""

import html
import json
import os
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from test_own_case import bare, say
from test_own_report import project
from test_project import dispute

from dispute.run.environment import FIXED

ROOT = Path(__file__).parents[2]


def lighthouse(folder):
    return Path(shutil.copytree(ROOT / "tests/cases/lighthouse", folder))


def with_blanks(folder):
    case = lighthouse(folder / "a case")
    say(case, coder="pass-b")
    return case


# A case, and the words of a run of it.
RUNS = {
    "the barest": (bare, []),
    "another": (lighthouse, []),
    "of a period": (lighthouse, ["-p", "period=decision", "-p", "coder=pass-a"]),
    "of a year": (lighthouse, ["-p", "period=2019"]),
    "as of a day": (lighthouse, ["-p", "as_of=2019-06-20"]),
    "with its own words": (with_blanks, ["-p", "4_stance_tables.min_statements=1"]),
}


def printed(page):
    """The lines under “Run this yourself”."""
    text = page.read_text(encoding="utf-8")
    lines = re.search(r'<pre class="lines">(.*?)</pre>', text, flags=re.S)[1]
    return html.unescape(re.sub("<[^>]*>", "", lines)).splitlines()


def outputs(path):
    cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
    ran = [cell for cell in cells if cell["cell_type"] == "code"]
    made = [dict(output) for cell in ran for output in cell["outputs"]]
    for output in made:  # a cell of parameters more or less counts otherwise
        output.pop("execution_count", None)
    return [output for output in made if output.get("name") != "stderr"]


@pytest.mark.parametrize("name", RUNS)
def test_each_printed_line_reproduces_its_page(tmp_path, name):
    fill, words = RUNS[name]
    home = project(ROOT, tmp_path / "project")
    case = fill(tmp_path / "beside/case")
    run = dispute(home, "run", "--case", str(case), *words)
    assert run.returncode == 0, run.stdout + run.stderr
    books = sorted((home / "reports/notebooks").glob("*.ipynb"))
    assert books
    for book in books:
        setup, line, _ = printed(home / f"reports/site/{book.stem}.html")
        target = setup.removeprefix("make ")
        assert re.search(f"^{re.escape(target)}:", (home / "Makefile").read_text(), re.M)
        program, *given = shlex.split(line)
        assert program == ".venv/bin/papermill"
        done = subprocess.run(
            [sys.executable, "-m", "papermill", *given],
            cwd=home,
            env=environment(home),
            capture_output=True,
            text=True,
        )
        assert done.returncode == 0, done.stderr[-2000:]
        assert outputs(home / "out.ipynb") == outputs(book), line


def environment(home):
    """That of a person who types the line: without what a run of ours sets."""
    own = {name: value for name, value in os.environ.items() if name not in FIXED}
    return {**own, "PYTHONPATH": str(home / "src")}
