"""The wheel: both packages with their data, installed into an empty environment."""

import json
import os
import re
import shutil
import subprocess
import sys
import threading
import zipfile
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from made_sources import page
from test_own_report import OURS, read
from test_project import words_of
from test_withdraw import places

# What a wheel is built from.
PARTS = ("src/", "notebooks/", "README", "LICENSE", "pyproject", "setup.py", "requirements.lock")
EMPTY = {"PATH": "/usr/bin:/bin"}


@pytest.fixture(scope="module")
def wheel(root, tmp_path_factory):
    """The project's wheel, built from what git holds: nothing that is left in the folder counts."""
    place = tmp_path_factory.mktemp("wheel")
    git = subprocess.run(["git", "ls-files"], cwd=root, capture_output=True, text=True, check=True)
    for name in git.stdout.splitlines():
        if name.startswith(PARTS) and (root / name).is_file():
            (place / name).parent.mkdir(parents=True, exist_ok=True)
            (place / name).write_bytes((root / name).read_bytes())
    build = ["-m", "pip", "wheel", "-q", "--no-deps", "--no-build-isolation", "-w", "dist", "."]
    subprocess.run([sys.executable, *build], cwd=place, check=True)
    (made,) = (place / "dist").glob("*.whl")
    return made


@pytest.fixture(scope="module")
def program(root, wheel, tmp_path_factory):
    """`dispute` in an environment that holds the lock of a report and the wheel, nothing else."""
    place = tmp_path_factory.mktemp("environment")
    uv = [sys.executable, "-m", "uv"]
    subprocess.run([*uv, "venv", "-q", "--python", sys.executable, "empty"], cwd=place, check=True)
    install = [*uv, "pip", "install", "-q", "--python", "empty"]
    lock = str(root / "requirements.lock")
    subprocess.run([*install, "--require-hashes", "-r", lock], cwd=place, check=True)
    subprocess.run([*install, "--no-deps", str(wheel)], cwd=place, check=True)
    return place / "empty/bin/dispute"


def ran(program, folder, *words):
    """What a verb says in a folder, without an environment of ours."""
    done = subprocess.run([program, *words], cwd=folder, capture_output=True, text=True, env=EMPTY)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def test_it_holds_every_room_and_its_data(root, wheel):
    held = set(zipfile.ZipFile(wheel).namelist())
    git = ["git", "ls-files", "src"]
    listed = subprocess.run(git, cwd=root, capture_output=True, text=True, check=True).stdout
    assert {name.removeprefix("src/") for name in listed.splitlines()} <= held
    assert not {name for name in held if name.startswith(("tests", "data", "notebooks"))}


def test_its_notebooks_and_pages_say_nothing_of_the_published_case(wheel, real):
    held = zipfile.ZipFile(wheel)
    names = [name for name in held.namelist() if "dist-info" not in name]
    texts = {name: held.read(name).decode() for name in names}
    books = [name for name in names if name.endswith(".ipynb")]
    assert len(books) == 8
    for name in books:
        cells = json.loads(texts[name])["cells"]
        assert not any(cell.get("outputs") for cell in cells), name
    known = [(name, word) for word in words_of(real) for name in books if word in texts[name]]
    assert known == []


def test_in_an_empty_environment_it_checks_a_case(root, program, tmp_path):
    assert "no problem" in ran(program, tmp_path, "check", str(root / "tests/cases/lighthouse"))


def test_in_an_empty_environment_it_adds_an_article(root, program, tmp_path):
    shutil.copytree(root / "tests/cases/lighthouse", tmp_path / "case")
    (tmp_path / "lamp.html").write_bytes(page("The lamp must wait", ["The board waits."] * 9))
    assert "1 article added" in ran(program, tmp_path, "add", "case", "lamp.html")
    assert "4 articles" in ran(program, tmp_path, "check", "case")


@pytest.fixture(scope="module")
def compendium(program, tmp_path_factory):
    """A compendium of one's own, with its first report, made by the installed program alone."""
    home = tmp_path_factory.mktemp("any folder")
    words = ["--title", '水: "who?" #1', "--scale", "5", "--coders", "ada", "jun"]
    said = ran(program, home, "new", "my own case", *words)
    assert "next: cd 'my own case' && dispute check && dispute run" in said
    folder = home / "my own case"
    assert "0 articles" in (checked := ran(program, folder, "check"))
    assert "next: dispute add data/raw SOURCE" in checked
    said = ran(program, folder, "run")
    assert "published" in said and "next: dispute add data/raw SOURCE" in said
    return folder


def test_in_any_folder_it_makes_a_whole_site_that_says_what_is_empty(root, program, compendium):
    site = compendium / "reports/site"
    pages = {path.stem for path in (root / "src/dispute/templates/pages").glob("*.html")}
    pages -= {"base", "macros", "panel", "article", "person", "ties", "notebook"}
    pages -= {"measures", "events", "decisions", "machine", "camps"}  # to which nothing leads yet
    assert {f"{name}.html" for name in pages} <= {path.name for path in site.glob("*.html")}
    assert len(list(site.glob("[1-57]_*.html"))) == 6
    for name, words in {
        "index": "Nothing is here yet",
        "chronology": "No event was coded.",
        "evidence": "There is no article yet.",
        "network": "The tables hold no edge.",
        "people": "No actor is in the codebook yet.",
        "stances": "No statement was coded.",
        "method": "one speaker takes one stance on one issue",
    }.items():
        assert words in (site / f"{name}.html").read_text(encoding="utf-8"), name
    assert (compendium / "reports/brief.pdf").read_bytes().startswith(b"%PDF")
    assert "nothing has changed" in ran(program, compendium, "run")
    assert "are identical" in ran(program, compendium, "verify").splitlines()[-1]


def test_an_empty_report_says_nothing_of_ours_and_its_crate_names_files_that_are_there(
    compendium, real
):
    texts = read(compendium)
    known = [*OURS, *words_of(real)]
    found = [(path, word) for path, text in texts.items() for word in known if _has(text, word)]
    assert found == []
    crate = json.loads(texts["ro-crate-metadata.json"])
    files = [entity["@id"] for entity in crate["@graph"] if "File" in entity["@type"]]
    assert len(files) > 50 and all((compendium / path).is_file() for path in files)


def _has(text, word):
    return word in text and re.search(rf"(?<![\w-]){re.escape(word)}(?![\w-])", text)


# A case from nothing: four pages of a paper on the loopback, and what one coder types.
PROOF = '<meta property="article:published_time" content="{}T08:00:00+01:00">'
PAGES = {
    "/lamp": (
        "The lamp must wait",
        PROOF.format("2019-03-08"),
        "The harbour board of Norvale has put off its vote on the lamp of Cape Skerry.",
        "Mira Solvik, who chairs the board, said that the lamp should be automated this year.",
    ),
    "/keepers": (
        "Keepers say no",
        PROOF.format("2019-03-12"),
        "The league of keepers met in the hall of Havn on Monday evening.",
        "Jon Aasen told the hall that no machine can see a boat in the fog.",
    ),
    "/fog": (
        "Fog over the strait",
        "",
        "The ferry Alma waited two hours before the strait on its way home.",
        "Its captain, Liv Dahl, said that she would rather trust a keeper than a wire.",
    ),
    "/mnara": (
        "Mnara wa Skerry",
        PROOF.format("2019-03-20"),
        "Bodi ya bandari ilikutana jana kuzungumza kuhusu taa ya mnara wa Skerry na walinzi wake.",
        "Mwenyekiti Mira Solvik alisema kwamba taa hiyo itajiendesha yenyewe kabla ya mwisho "
        "wa mwaka huu.",
    ),
}
HEADER = "article,quote,coder,speaker,issue,stance"
QUOTES = [
    'The lamp must wait,"the lamp should be automated this year",ada,Mira Solvik,Automate,for',
    "Keepers say no,no machine can see a boat in the fog,ada,Jon Aasen,Automate,against",
    "Fog over the strait,would rather trust a keeper than a wire,ada,Liv Dahl,Automate,against",
    "Mnara wa Skerry,taa hiyo itajiendesha yenyewe,ada,Mira Solvik,Automate,for",
]


class Paper(BaseHTTPRequestHandler):
    """A paper with four pages."""

    def do_GET(self):
        known = PAGES.get(self.path)
        self.send_response(200 if known else 404)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.end_headers()
        if known:
            title, meta, *paragraphs = known
            self.wfile.write(page(title, paragraphs, meta))

    def log_message(self, *words):
        """Say nothing."""


@pytest.fixture
def paper():
    with ThreadingHTTPServer(("127.0.0.1", 0), Paper) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


def test_from_addresses_and_quotes_to_a_report_without_typing_an_offset(
    program, paper, real, tmp_path
):
    """Six cells a passage are typed, all of them in one table of quotes."""
    ran(program, tmp_path, "new", "lamp", "--title", "The lamp", "--coders", "ada")
    folder = tmp_path / "lamp"
    addresses = [f"{paper}{path}" for path in PAGES]
    said = ran(program, folder, "add", "data/raw", "--own-network", *addresses)
    assert "4 articles added" in said
    (folder / "quotes.csv").write_text("\n".join([HEADER, *QUOTES]) + "\n", encoding="utf-8")
    ran(program, folder, "import", "quotes.csv", "data/raw")
    assert "4 articles, 4 statements" in ran(program, folder, "check")
    ran(program, folder, "run")
    pages = (folder / "reports/site/evidence").glob("*.html")
    articles = {path.stem: path.read_text(encoding="utf-8") for path in pages}
    assert len(articles) == 4
    assert sum("Swahili" in text for text in articles.values()) == 1
    assert ["undated" in text for text in articles.values() if "Liv Dahl" in text] == [True]
    stances = (folder / "reports/site/stances.html").read_text(encoding="utf-8")
    assert "Mira Solvik" in stances and "Automate" in stances
    known = [*OURS, *words_of(real)]
    found = [
        (path, word) for path, text in read(folder).items() for word in known if _has(text, word)
    ]
    assert found == []
    (folder / "quotes.csv").unlink()
    words = ["withdraw", "data/raw", "norvale-times-2019-03-12", "--why", "asked by the paper"]
    assert "is withdrawn" in ran(program, folder, *words)
    assert places(folder, ["no machine can see a boat in the fog"]) == set()


def test_elsewhere_make_sets_it_up_from_its_own_lock_and_wheel(wheel, compendium, tmp_path):
    """What the workflow does, but for the run."""
    built = (".cache", "reports", "processed", "ro-crate-metadata.json")
    clone = shutil.copytree(compendium, tmp_path / "clone", ignore=shutil.ignore_patterns(*built))
    assert (clone / "program" / wheel.name).read_bytes() == wheel.read_bytes()
    make = ["make", f"PYTHON={sys.executable}", ".venv/ready"]
    quick = {**os.environ, "PIP_NO_COMPILE": "1"}
    done = subprocess.run(make, cwd=clone, capture_output=True, text=True, env=quick)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "no problem" in ran(clone / ".venv/bin/dispute", clone, "check")
