"""REPLICATION.md: every number of README, front page and brief is in its list, with its program."""

import json
import random
import re
from pathlib import Path

import pytest
import yaml
from recomputed import recomputed

from dispute.run.replication import numbers
from dispute.run.replication.documents import normal, numbers_of, of_markdown, of_page, of_pdf
from dispute.run.replication.programs import made
from dispute.run.replication.seeds import seeds
from dispute.run.replication.sources import BRIEF, Report, sources

LINE = re.compile(r"- “(.*)”: ([\w ,]+)")
RULE = "name a room that prints a number in dispute.run.replication.sources, or words in a CSV"


def words_of(text):
    """The words that a REPLICATION.md lists, each with the heading that it stands under."""
    known = {}
    for part in text.partition("### Numbers in the text")[2].split("\n#### ")[1:]:
        for line in part.splitlines():
            if row := LINE.fullmatch(line):
                known[re.sub(r"\\(.)", r"\1", row[1])] = part.partition("\n")[0]
    return known


@pytest.fixture(scope="module")
def listed(root):
    """The words that the committed list holds."""
    return words_of((root / "REPLICATION.md").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def printed(root, published):
    """What the three documents say."""
    return {
        "README": of_markdown((root / "README.md").read_text(encoding="utf-8")),
        "front page": of_page(published["index.html"]),
        "brief": of_pdf((root / "reports/brief.pdf").read_bytes()),
    }


@pytest.mark.data
@pytest.mark.parametrize("document", ["README", "front page", "brief"])
def test_each_number_of_a_document_is_in_the_list(printed, listed, document):
    assert len(numbers_of(printed[document])) > 50, "the document was not read"
    assert numbers.unlisted(printed[document], listed) == [], RULE


@pytest.mark.long
def test_each_number_of_another_case_is_in_its_list(lighthouse):
    _, _, folder = lighthouse
    known = words_of((folder / "record/REPLICATION.md").read_text(encoding="utf-8"))
    page = of_page((folder / "site/index.html").read_text(encoding="utf-8"))
    brief = of_pdf((folder / "brief/brief.pdf").read_bytes())
    assert len(numbers_of(page)) > 20 and len(numbers_of(brief)) > 20
    assert numbers.unlisted(page, known) + numbers.unlisted(brief, known) == [], RULE


@pytest.mark.parametrize("number", ["71 statements", "seventy statements", "4,5", "2019-03-04"])
def test_a_number_of_no_source_is_told(printed, listed, number):
    for text in printed.values():
        (told, *_) = numbers.unlisted(f"{text} There are {number} more.", listed)
        assert "There are" in told


def test_a_listed_number_covers_no_longer_one():
    assert numbers.unlisted("5 articles", ["5 articles"]) == []
    assert numbers.unlisted("15 articles", ["5 articles"]) and numbers.unlisted("5 arti", ["5 art"])


@pytest.fixture(scope="module")
def fresh(root, real, tmp_path_factory):
    """A report whose tables the helpers made of the case."""
    given = yaml.safe_load((root / "config.yaml").read_text(encoding="utf-8"))["notebooks"]
    tables = recomputed(real, real.coder, given, tmp_path_factory.mktemp("fresh"))
    return Report(real, tables, real.coder)


@pytest.fixture(scope="module")
def said(fresh):
    """All that each source could print, by the tables that the helpers made."""
    words = {one.title: set(map(normal, one.words(fresh))) for one in sources()}
    return {title: some for title, some in words.items() if some}


@pytest.mark.data
def test_ten_numbers_at_random_are_recomputed_from_the_case(root, printed, listed, said):
    seed = random.randrange(2**32)
    places = [(name, at) for name, text in printed.items() for at in numbers_of(text)]
    known = {normal(words): words for words in listed}
    for name, (number, start) in random.Random(seed).sample(places, 10):
        (words,) = [
            match[0]
            for match in numbers._any_of(known, printed[name]).finditer(printed[name])
            if match.start() <= start < match.end()
        ]
        source = listed[known[words]]
        told = f"{number} in “{words}” ({name}; {source}; seed {seed})"
        if source in said:
            assert words in said[source], f"{told}: the helpers give another one"
        else:
            assert source == "Held by the program" and holds(root, known[words]), told


def holds(root, words):
    """Whether the file that is named for some fixed words has them, or the line named there."""
    (row,) = [one for one in numbers.fixed() if one.words == words]
    paths = [path for path in (root / row.file, root / "src" / row.file) if path.is_file()]
    return (row.line or words) in " ".join(paths[0].read_text(encoding="utf-8").split())


@pytest.mark.data
def test_all_listed_numbers_are_recomputed_from_the_case(root, listed, said):
    wrong = [
        words
        for words, source in listed.items()
        if not (normal(words) in said[source] if source in said else holds(root, words))
    ]
    assert wrong == []


def test_every_part_of_the_brief_is_of_the_case_or_names_its_tables(fresh):
    of_case = {"title", "subtitle", "question", "authors", "coder", "coders", "cite", "pages"}
    of_case |= {"marks", "address", "link", "lacking"}
    assert set(fresh.brief) == of_case | set(BRIEF)


def test_a_changed_row_changes_the_number(fresh):
    title = "Articles"
    before = [set(one.words(fresh)) for one in sources() if one.title == title]
    fewer = fresh.tables | {"articles": fresh.tables["articles"][1:]}
    after = Report(fresh.case, fewer, fresh.coder)
    assert before != [set(one.words(after)) for one in sources() if one.title == title]


BOOK = """
from helpers.case.load import load
from helpers.analysis import positions, stances
from helpers.analysis.networks import deduplicate
from helpers.case.tables import write_table
--
case = load("x")
table = deduplicate(case.statements)
table = stances.stance_table(table)
write_table(table, "stance_table", out)
table = positions.contradictions(case.statements)
--
tables = {"one": table, "other": deduplicate(table)}
tables["third"] = positions.told_earlier(table)
for name, frame in tables.items():
    write_table(frame, name, out)
write_table(case.actors, "actors", out)
"""


def test_a_table_leads_to_the_helpers_behind_it_and_to_no_others(tmp_path):
    cells = [
        {"cell_type": "code", "metadata": {}, "source": part.strip()} for part in BOOK.split("--")
    ]
    (tmp_path / "book.ipynb").write_text(json.dumps({"cells": cells}), encoding="utf-8")
    tables = made(tmp_path / "book.ipynb").tables
    room = "helpers.analysis"
    opposed, once = f"{room}.positions.contradictions", f"{room}.networks.deduplicate"
    assert tables["stance_table"] == [f"{room}.stances.stance_table", once]
    assert tables["one"] == [opposed] and set(tables["other"]) == {once, opposed}
    assert tables["third"] == [f"{room}.positions.told_earlier", opposed]
    assert tables["actors"] == ["helpers.case.load.load"]


def test_every_table_and_figure_names_a_program(root):
    text = (root / "REPLICATION.md").read_text(encoding="utf-8")
    rows = re.findall(r"(?m)^\| `(\w+)` \|.*\| `(\w+\.ipynb)` \| (.*) \|$", text)
    held = {path.name.partition(".")[0] for path in (root / "data/processed").glob("*.csv")}
    assert {name for name, _, _ in rows} == {one for one in held if not one.startswith("matrix-")}
    assert all(helpers for _, _, helpers in rows)
    drawn = {path.stem for path in (root / "reports/figures").glob("*.png")}
    assert set(re.findall(r"reports/figures/(\w+)\.png`: `\w+\.ipynb`, `helpers", text)) == drawn


def test_every_seed_stands_on_its_line(root):
    for seed in seeds():
        line = (root / "src" / seed.file).read_text(encoding="utf-8").splitlines()[seed.line - 1]
        assert re.search(r"seed|SEED", line) and seed.value in line, seed
    drawing = [
        path for path in (root / "src/helpers").rglob("*.py") if "default_rng(" in read(path)
    ]
    told = {seed.file for seed in seeds()}
    bare = [path for path in drawing if path.relative_to(root / "src").as_posix() not in told]
    assert [path for path in bare if re.search(r"default_rng\((?!seed\))", read(path))] == []


def read(path):
    return Path(path).read_text(encoding="utf-8")
