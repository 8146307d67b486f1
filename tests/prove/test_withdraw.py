"""`dispute withdraw` in a project with a report: the words of the article are nowhere then."""

import csv
import gzip
import json
import re

from test_project import copied, dispute

from dispute.run.lab import make_copies
from dispute.site.notebook import without_outputs


def own_sentences(case, article):
    """The longer sentences of an article that no other article has."""
    texts = {path.stem: path.read_text(encoding="utf-8") for path in case.glob("articles/*.txt")}
    others = " ".join(text for name, text in texts.items() if name != article)
    sentences = [" ".join(one.split()) for one in re.split(r"[.\n]", texts[article])]
    return [one for one in sentences if len(one.split()) >= 10 and one not in others]


def texts_of(folder):
    """Every file as one line of text; ends of lines that are written out are blanks, too."""
    for path in folder.rglob("*"):
        if path.is_file():
            content = path.read_bytes()
            content = gzip.decompress(content) if path.suffix == ".gz" else content
            text = content.decode("utf-8", "ignore").replace("\\n", " ")
            yield path.relative_to(folder).as_posix(), " ".join(text.split())


def places(folder, sentences):
    def holds(text):
        return any(one in text for one in sentences)

    return {name for name, text in texts_of(folder) if holds(text)}


def read_in_the_lab(folder, sentence):
    """A copy of a notebook with a sentence among its outputs, and one that is broken."""
    make_copies(folder)
    copy = min((folder / "lab").glob("*.ipynb"))
    book = json.loads(copy.read_text(encoding="utf-8"))
    shown = next(cell for cell in book["cells"] if cell["cell_type"] == "code")
    shown["outputs"] = [{"output_type": "stream", "name": "stdout", "text": sentence}]
    copy.write_text(json.dumps(book), encoding="utf-8")
    (folder / "lab/broken.ipynb").write_text("{", encoding="utf-8")


def test_afterwards_its_words_are_nowhere_in_the_project(root, tmp_path):
    folder = copied(root, tmp_path)
    config = folder / "config.yaml"
    few = re.sub("(draws|permutations): [0-9]+", r"\1: 5", config.read_text(encoding="utf-8"))
    config.write_text(few, encoding="utf-8")
    for book in sorted(folder.glob("notebooks/*.ipynb"))[1:]:
        # One notebook with outputs is enough: each is run again.
        book.write_text(json.dumps(without_outputs(json.loads(book.read_text()))))
    article = min(path.stem for path in folder.glob("data/raw/articles/*.txt"))
    sentences = own_sentences(folder / "data/raw", article)
    run = dispute(folder, "run")
    assert run.returncode == 0, run.stdout + run.stderr
    (folder / "reports/failed").mkdir(exist_ok=True)
    (folder / "reports/failed/run.txt").write_text(sentences[0], encoding="utf-8")
    read_in_the_lab(folder, sentences[0])
    before = places(folder, sentences)
    for part in (
        ".cache",
        "data/raw",
        "data/processed",
        "reports/site/search",
        "reports/failed",
        "lab",
    ):
        assert any(name.startswith(part) for name in before), part

    done = dispute(folder, "withdraw", "data/raw", article, "--why", "asked by its publisher")
    assert done.returncode == 0, done.stdout + done.stderr
    assert places(folder, sentences) == set()
    page = (folder / "reports/site/corrections.html").read_text(encoding="utf-8")
    assert "withdrawn" in page and "asked by its publisher" in page
    with (folder / "data/processed/articles.csv").open(encoding="utf-8", newline="") as file:
        assert article not in {row["article_id"] for row in csv.DictReader(file)}
    assert dispute(folder, "run", "--why").stdout.count("nothing to do") > 5
