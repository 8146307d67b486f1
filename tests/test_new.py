"""`dispute new`: a compendium of one's own, which passes at once and says what comes next."""

import json
import os
import re
import shlex
import shutil
from hashlib import sha256
from pathlib import Path

import pytest
import yaml
from markdown_it import MarkdownIt

from dispute.cli import main
from dispute.compendium.files import FILLED, HEADED, MADE
from dispute.compendium.shared import program, read_shared
from dispute.compendium.wishes import scales
from dispute.run import settings
from dispute.run.choices import all_problems
from dispute.run.run_lines import run_lines
from helpers.case import files
from helpers.case.load import load
from helpers.case.metadata import read_metadata
from helpers.case.schema import SCHEMA, columns_with, file_columns

OURS = ["server-dispute", "CC BY 4.0", "CC-BY-4.0", "Kenya", "IEBC"]


@pytest.fixture
def made(tmp_path, monkeypatch, capsys):
    """Make a compendium by the words of a call; returns its folder, in which one works then."""

    def make(*words):
        monkeypatch.chdir(tmp_path)
        assert main(["new", "water", *words]) == 0
        monkeypatch.chdir(tmp_path / "water")
        return tmp_path / "water"

    return make


def refused(capsys, *words):
    """The lines of a call that is refused."""
    assert main(["new", *words]) == 2
    return capsys.readouterr().err.splitlines()


# What is made.


def test_it_passes_every_check_at_once_and_says_what_comes_next(made, capsys):
    made()
    assert main(["check"]) == 0
    said = capsys.readouterr().out
    assert "no problem" in said and "no article yet; next: dispute add data/raw" in said
    assert all_problems(settings.read()) == []


@pytest.mark.parametrize("scale, number", [("yes-no", 2), ("4", 4), ("5", 5), ("7", 7)])
def test_it_has_the_scale_that_was_asked_for(made, scale, number):
    case = load(made("--scale", scale) / "data/raw")
    assert len(case.stances) == number and {"for", "against"} <= set(case.stances.side)
    assert scales() == ["yes-no", "4", "5", "7"]


def test_what_was_asked_stands_in_the_case(made):
    folder = made("--title", "The well", "--question", "Who owns it?", "--language", "en", "no")
    case, _ = read_metadata(folder / "data/raw")
    assert (case.title, case.question) == ("The well", "Who owns it?")
    assert (case.authors, case.licence) == ((), "")
    assert "English and Norwegian" in case.guide
    sidecar = (folder / "data/raw/articles/README.md").read_text(encoding="utf-8")
    first, *_ = re.findall("```yaml\n(.*?)```", sidecar, re.S)
    assert yaml.safe_load(first)["language"] == ["en", "no"]


@pytest.mark.parametrize(
    "coders, default, roles",
    [
        ([], "coder-1", {"coder-1": "pass"}),
        (["--coders=ada"], "ada", {"ada": "pass"}),
        (
            ["--coders=null", "jun", "1e5", "--scale", "5"],
            "all",
            {"null": "pass", "jun": "pass", "1e5": "pass"},
        ),
    ],
)
def test_coders_are_independent_passes(made, coders, default, roles):
    folder = made(*coders) / "data/raw"
    case = load(folder)
    assert case.coder == default
    assert dict(zip(case.coders.coder, case.coders.coder_role, strict=True)) == roles
    passes = [coder for coder, role in roles.items() if role == "pass"]
    assert sorted(path.name for path in (folder / "coding").iterdir()) == sorted(passes)
    for coder in passes:
        tables = {path.name for path in (folder / f"coding/{coder}").iterdir()}
        assert tables == {"statements.csv", "event_mentions.csv", "relations.csv"}


def test_every_table_is_there_with_its_header_or_told_with_it(made):
    folder = made() / "data/raw"
    told = (folder / "README.md").read_text(encoding="utf-8")
    for name, spec in SCHEMA["raw"].items():
        path = folder / spec["file"].replace("<coder>", "coder-1")
        if name == "articles" or name in MADE:
            continue
        header = ",".join(columns_with(name) if path.exists() else file_columns(name))
        if path.exists():
            lines = path.read_text(encoding="utf-8").splitlines()
            assert lines[0] == header, name
            assert (len(lines) > 1) == (name in FILLED), name
        else:
            assert f"| `{spec['file']}` |" in told and f"| `{header}` |" in told, name
    assert all((folder / SCHEMA["raw"][name]["file"]).exists() for name in HEADED)


TITLES = [
    'He said: "no" # not yet',
    "# A heading",
    "'single' and \\ back",
    "水の争い – Jua kali? نزاع",
    "yes",
    "- a list, *stars*, <b>, [x](y) & {z: 1} | 2020-01-01 🌊",
    "%YAML 1.2 @x `y` !!python/none ${{ x }} {% raw %} {{ title }}",
]


@pytest.mark.parametrize("title", TITLES)
def test_a_title_survives_as_it_is_typed(made, title):
    folder = made("--title", title, "--question", title)
    case, problems = read_metadata(folder / "data/raw")
    assert (case.title, case.question, problems) == (title, title, [])
    cff = yaml.safe_load((folder / "CITATION.cff").read_text(encoding="utf-8"))
    assert cff["title"] == title and cff["authors"] == [{"name": f"The authors of “{title}”"}]
    tokens = MarkdownIt().parse((folder / "README.md").read_text(encoding="utf-8"))
    assert tokens[0].tag == "h1"
    assert "".join(part.content for part in tokens[1].children) == title


def test_a_folder_without_a_title_is_called_by_its_name(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert main(["new", "deep/the-well_again"]) == 0
    assert read_metadata(Path("deep/the-well_again/data/raw"))[0].title == "The well again"


def test_it_knows_nothing_of_another_case(made):
    folder = made("--coders", "ada", "jun")
    texts = {path: path.read_text("utf-8") for path in folder.rglob("*") if path.is_file()}
    assert [(path, word) for word in OURS for path, text in texts.items() if word in text] == []
    for path in (folder / "notebooks").iterdir():
        book = json.loads(texts[path])
        assert "dispute" not in book["metadata"]
        assert not any(cell.get("outputs") for cell in book["cells"])


def test_notebooks_are_those_of_the_project(made, root):
    folder = made()
    shared = read_shared(root)
    assert len(shared) == 9
    assert {name: (folder / name).read_bytes() for name in shared} == shared


def test_lines_to_run_a_notebook_again_are_those_of_its_makefile(made, root, monkeypatch):
    folder = made()
    setup, line = run_lines(folder / "notebooks/1_corpus.ipynb", {"coder": "ada"})
    target = setup.removeprefix("make ")
    assert re.search(f"^{re.escape(target)}:", (folder / "Makefile").read_text(), re.M)
    assert shlex.split(line)[1:3] == ["notebooks/1_corpus.ipynb", "out.ipynb"]
    monkeypatch.chdir(root)
    assert run_lines(folder / "notebooks/1_corpus.ipynb", {})[0] == "make .venv/dev"


def test_the_commands_of_its_readme_are_verbs(made):
    from dispute.cli import Verbs

    for coders in (["ada"], ["ada", "jun"]):
        text = (made("--coders", *coders) / "README.md").read_text(encoding="utf-8")
        block = re.search("```sh\n(.*?)```", text, re.S)[1]
        verbs = re.findall("^dispute ([a-z-]+)", block, re.M)
        assert len(verbs) == 5 and set(verbs) <= set(Verbs("x").list_commands(None))
        shutil.rmtree(Path.cwd())


def test_a_workflow_installs_by_the_makefile_what_lies_beside_it(made):
    folder = made()
    workflow = yaml.safe_load((folder / ".github/workflows/report.yml").read_text("utf-8"))
    steps = workflow["jobs"]["build"]["steps"]
    runs = [step["run"] for step in steps if "run" in step]
    assert runs == ["make report", ".venv/bin/dispute verify"]
    makefile = (folder / "Makefile").read_text("utf-8")
    assert "--require-hashes -r requirements.lock" in makefile and "program/*.whl" in makefile
    url = workflow["jobs"]["publish"]["environment"]["url"]
    assert url == "${{ steps.deployed.outputs.page_url }}"


# What is refused.


def test_all_that_is_wrong_is_told_at_once_and_nothing_is_made(tmp_path, capsys):
    folder = tmp_path / "full"
    folder.mkdir()
    (folder / "mine.txt").write_text("mine")
    words = ["--title", " \n", "--question", "x" * 1001, "--scale", "6"]
    words += ["--language", "English please", "--coders", "Ada Obi", "con", "all", "jun", "jun"]
    lines = refused(capsys, str(folder), *words)
    told = "\n".join(lines)
    for place, found in (
        (f"{folder}: ", "a folder that holds something"),
        ("--title: ", "a line of text that can be seen"),
        ("--question: ", "at most 1000 characters"),
        ("--scale: found '6'", "one of yes-no, 4, 5, 7"),
        ("--language: found 'English please'", "a language tag such as en"),
        ("--coders: found 'Ada Obi'", "lower-case letters, digits, - _ ., at most 100"),
        ("--coders: found 'all'", "another name: this one is that of all passes together"),
        ("--coders: found 'jun' twice", "each coder once"),
    ):
        assert any(line.startswith(place) and found in line for line in lines), (place, told)
    assert "as in ada-obi" in told and "'con'" in told and len(lines) == 9
    assert [path.name for path in tmp_path.rglob("*")] == ["full", "mine.txt"]


@pytest.mark.parametrize("name", ["a file", "a link", "a\0b", "x" * 300, "a:b", "."])
def test_what_is_no_new_folder_is_refused(tmp_path, monkeypatch, capsys, name):
    (tmp_path / "a file").write_text("mine")
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "a link").symlink_to(tmp_path / "elsewhere")
    before = sorted(tmp_path.rglob("*"))
    monkeypatch.chdir(tmp_path)
    (line,) = refused(capsys, name, "--title", "x")
    assert "expected the name of a new folder" in line
    assert sorted(tmp_path.rglob("*")) == before


def test_an_empty_folder_may_be_there(tmp_path):
    (tmp_path / "well").mkdir()
    assert main(["new", str(tmp_path / "well")]) == 0
    assert read_metadata(tmp_path / "well/data/raw")[0].title == "Well"


@pytest.mark.parametrize("at", [1, 12, 26])
def test_killed_at_any_file_it_leaves_no_folder_and_the_next_call_makes_it(
    tmp_path, monkeypatch, at
):
    """Killed by the system: no line of Python runs any more."""
    written = []

    def until(folder, relative, content, write=files.write_into):
        written.append(relative)
        if len(written) > at:
            os._exit(9)
        write(folder, relative, content)

    child = os.fork()
    if child == 0:
        monkeypatch.setattr(files, "write_into", until)
        main(["new", str(tmp_path / "well")])
        os._exit(0)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 9
    assert not (tmp_path / "well").exists()
    assert main(["new", str(tmp_path / "well")]) == 0
    assert (tmp_path / "well/data/raw/case.yaml").is_file()


# The program taken along.


class Installed:
    """A distribution as pip leaves it."""

    def __init__(self, said):
        self.said = said

    def read_text(self, name):
        assert name == "direct_url.json"
        return None if self.said is None else json.dumps(self.said)


def test_the_wheel_it_was_installed_from_is_taken_along_if_it_is_still_the_same(
    tmp_path, monkeypatch
):
    wheel = tmp_path / "a wheel-0.1.0-py3-none-any.whl"
    wheel.write_bytes(b"a wheel")
    here = {"url": wheel.as_uri(), "archive_info": {}}
    same = {"archive_info": {"hashes": {"sha256": sha256(b"a wheel").hexdigest()}}}
    other = {"archive_info": {"hashes": {"sha256": "0" * 64}}}
    taken = {f"program/{wheel.name}": b"a wheel"}
    for said, expected in (
        (here, taken),
        (here | same, taken),
        (here | other, {}),
        ({"url": tmp_path.as_uri(), "dir_info": {"editable": True}}, {}),
        ({"url": (tmp_path / "gone.whl").as_uri()}, {}),
        ({"url": "https://x.example/a.whl"}, {}),
        (None, {}),
    ):
        monkeypatch.setattr(
            "dispute.compendium.shared.distribution", lambda name, said=said: Installed(said)
        )
        assert program() == expected, said
