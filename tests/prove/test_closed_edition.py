"""The whole closed edition: nothing of an article in any file, and a way back to the same bytes.

What a folder shows is read here a second time, by other means than the program's own: every room
that is added has to pass.
"""

import json
import re
import shutil
from html.parser import HTMLParser
from pathlib import Path

import pypdf
import pytest
from test_project import copied, dispute, few_draws

# No run of so many words; no more than this share of an article, in runs of so many words.
RUN, SHARE, SHORT = 12, 0.1, 5


class Reader(HTMLParser):
    """The text of a page, and what its attributes say."""

    def __init__(self):
        super().__init__()
        self.texts = [""]

    def handle_data(self, data):
        self.texts[0] += data

    def handle_starttag(self, tag, attrs):
        self.texts += [value for _, value in attrs if value]


def strings(value):
    """Every text within what JSON holds."""
    if isinstance(value, str):
        yield value
        return
    for part in value.values() if isinstance(value, dict) else value:
        if isinstance(part, (str, dict, list)):
            yield from strings(part)


def in_words(text):
    reader = Reader()
    reader.feed(text)
    return [*reader.texts, text]


def texts_of(path):
    """All that a file says, whatever kind it is of."""
    if path.suffix in (".png", ".ico"):
        return []
    if path.suffix == ".pdf":
        return [" ".join(page.extract_text() for page in pypdf.PdfReader(path).pages)]
    text = path.read_text(encoding="utf-8")
    if path.suffix in (".json", ".ipynb", ".jsonld"):
        return [told for one in strings(json.loads(text)) for told in in_words(one)]
    if path.suffix == ".js":
        inner = [json.loads(one) for one in re.findall(r'"(?:[^"\\]|\\.)*"', text)]
        return [told for one in inner for told in in_words(one)]
    if path.suffix == ".ics":
        return [re.sub(r"\r?\n[ \t]", "", text).replace("\\", "")]
    return in_words(text)


def words(text):
    return re.findall(r"[^\W_]+", text.casefold())


def grams(text, size):
    told = words(text)
    return {tuple(told[place : place + size]) for place in range(len(told) - size + 1)}


def shown(folder, articles):
    """The files with a run of twelve words of an article, and the share of each that is shown."""
    long = {name: grams(text, RUN) for name, text in articles.items()}
    every = set().union(*long.values())
    guilty, short = set(), set()
    for path in sorted(path for path in folder.rglob("*") if path.is_file()):
        for text in texts_of(path):
            if grams(text, RUN) & every:
                guilty.add(path.relative_to(folder).as_posix())
            short |= grams(text, SHORT)
    shares = {}
    for name, text in articles.items():
        own, places = words(text), set()
        for place in range(len(own) - SHORT + 1):
            if tuple(own[place : place + SHORT]) in short:
                places |= set(range(place, place + SHORT))
        shares[name] = len(places) / len(own)
    return guilty, shares


@pytest.fixture(scope="module")
def project(root, tmp_path_factory):
    """A project with a journal, a page that was fetched, and a report of its own."""
    folder = tmp_path_factory.mktemp("closed") / "project"
    folder.mkdir()
    copied(root, folder)
    few_draws(folder)
    articles = folder / "data/raw/articles"
    text = next(articles.glob("*.txt"))
    text.with_suffix(".html").write_bytes(b"<p>" + text.read_bytes())
    (folder / "data/raw/coding/pass-a/.desk-journal.jsonl").write_bytes(text.read_bytes())
    assert dispute(folder, "run").returncode == 0
    ended = dispute(folder, "export", "data/raw", "../deposit", "--closed")
    assert ended.returncode == 0, ended.stderr
    return folder


@pytest.fixture(scope="module")
def deposited(project):
    return project.parent / "deposit"


def articles_of(project):
    paths = (project / "data/raw/articles").glob("*.txt")
    return {path.stem: path.read_text(encoding="utf-8") for path in paths}


def files(folder):
    paths = [path for path in folder.rglob("*") if path.is_file()]
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in paths}


def test_no_file_shows_a_run_of_twelve_words_nor_more_than_a_tenth_of_an_article(
    project, deposited
):
    guilty, shares = shown(deposited, articles_of(project))
    assert guilty == set()
    assert max(shares.values()) <= SHARE, shares
    guilty, shares = shown(project / "reports", articles_of(project))
    assert len(guilty) > 50 and min(shares.values()) > 0.7  # it is read as a reader meets it


def test_the_closed_folder_holds_report_and_data_and_no_article_journal_or_fetched_page(deposited):
    names = set(files(deposited))
    wanted = "README.md closed.json config.yaml data/raw/case.yaml data/processed/statements.csv"
    wanted += " reports/site/index.html reports/site/story.html reports/brief.pdf"
    wanted += " reports/changes.atom reports/notebooks/4_stance_tables.ipynb reports/manifest.json"
    assert set(wanted.split()) <= names
    assert not [name for name in names if "journal" in name]
    assert not [name for name in names if Path(name).parent.name == "articles" and ".y" not in name]


def test_numbers_are_those_of_the_open_edition(project, deposited):
    ours, theirs = files(project / "data/processed"), files(deposited / "data/processed")
    assert ours.keys() == theirs.keys()
    same = {name for name in ours if ours[name] == theirs[name]}
    wordless = "edges nodes cells network_measures agreement robustness margins stance_table"
    wordless += " camp_divisions correspondence actor_mentions date_readings machine_reading"
    assert {f"{name}.csv" for name in wordless.split()} <= same


def test_with_the_articles_it_opens_to_the_same_case_and_the_same_report(project, deposited):
    opened = project.parent / "opened"
    opened.mkdir()
    copied(project, opened)
    shutil.rmtree(opened / "data/raw")
    shutil.copytree(project / "data/raw/articles", project.parent / "texts")
    for path in (project.parent / "texts").glob("*.yaml"):
        path.unlink()
    dispute(opened, "import", str(deposited), "data/raw", "--texts", str(project.parent / "texts"))
    raw = files(project / "data/raw")
    assert files(opened / "data/raw") == {n: raw[n] for n in raw if "journal" not in n}
    dispute(opened, "run")
    assert files(opened / "data/processed") == files(project / "data/processed")
    assert dispute(opened, "verify").returncode == 0


def test_one_letter_is_refused_by_the_name_of_its_article(project, deposited, tmp_path):
    texts = shutil.copytree(project / "data/raw/articles", tmp_path / "texts")
    path = sorted(texts.glob("*.txt"))[2]
    path.write_bytes(path.read_bytes().replace(b"a", b"o", 1))
    case = tmp_path / "case"
    ended = dispute(project, "import", str(deposited), str(case), "--texts", str(texts))
    assert ended.returncode == 2
    assert path.stem in ended.stderr and "Traceback" not in ended.stderr
    assert not case.exists()
