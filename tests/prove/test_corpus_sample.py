"""From a corpus to a case: articles that people code, with what the rules count in all of them."""

import json
import shutil

import pytest

from dispute.cli import main
from helpers.analysis.estimates import of_case
from helpers.case.load import load

WHO = ["Elin Marsh", "Jonas Hart", "Tobias Renn", "The Harbour Board"]
SAID = [
    "said that the lighthouse at Cape Skerry should be automated",
    "said that the keepers should keep their pensions",
    "said that the new lamp is not safe",
]


@pytest.fixture(scope="module")
def made(root, tmp_path_factory):
    """A case, the file of a corpus of sixty articles, and what `dispute corpus` makes of it."""
    place = tmp_path_factory.mktemp("corpus")
    case = shutil.copytree(root / "tests/cases/lighthouse", place / "case")
    corpus, out = place / "news.jsonl", place / "out"
    with open(corpus, "w", encoding="utf-8") as file:
        for number in range(60):
            said = [f"{WHO[(number + at) % 4]} {SAID[(number * at) % 3]}." for at in range(1, 4)]
            row = {"text": f"News {number}\n\n{' '.join(said)}\n", "publisher": "Skerry Post"}
            file.write(json.dumps({**row, "date": f"2019-0{1 + number % 3}-11"}) + "\n")
        file.write('{"text": ""}\n')
    assert main(["corpus", str(corpus), str(out), "--case", str(case), "--workers", "1"]) == 0
    return case, corpus, out


def drawn(case, corpus, out, *more):
    where = ["--from", str(out), "--texts", str(corpus)]
    return main(["draw", str(case), "--articles", "15", "--strata", "month", *where, *more])


@pytest.fixture
def case(made, tmp_path):
    return shutil.copytree(made[0], tmp_path / "case")


def test_drawn_articles_join_the_case_with_the_counts_of_all(made, case):
    _, corpus, out = made
    assert drawn(case, corpus, out) == 0
    whole = load(case)
    sample = whole.sample
    assert sorted(sample.place) == list(range(1, 16))
    assert sample.groupby("stratum").n_stratum.first().to_dict() == {
        "2019-01": 20,
        "2019-02": 20,
        "2019-03": 20,
    }
    places = whole.article_attributes.set_index("article_id").corpus_id
    lines = corpus.read_text(encoding="utf-8").splitlines()
    for article in sample.article_id:
        row = json.loads(lines[int(places[article].rpartition(":")[2]) - 1])
        assert whole.texts[article] == row["text"]
    read = of_case.readings(whole, "pass-a")
    assert (read.frame, read.drawn, len(read.hand)) == (60, 15, 0)
    assert read.whole.n.sum() == whole.machine_totals.n_statements.sum() > 60
    # People found nothing: the truth is 0, however much the machine counts.
    numbers = of_case.tables(read, whole.stances, 5, 20)["estimates"]
    total = numbers[numbers.quantity == "all"].iloc[0]
    assert total.low <= 0 <= total.high and total.machine == read.whole.n.sum()
    in_march = of_case.readings(whole, "pass-a", period="2019-03")
    assert 0 < in_march.whole.n.sum() < read.whole.n.sum()
    assert set(in_march.machine.month) == {"2019-03"}


def test_of_an_earlier_day_nothing_can_be_said(made, case):
    _, corpus, out = made
    assert drawn(case, corpus, out) == 0
    read = of_case.readings(load(case, known_by="2019-02-20"), "pass-a")
    assert not read.can_tell() and read.drawn < 15


def bytes_of(folder):
    return {path: path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


def other_files(case, corpus, out):
    corpus.write_text(corpus.read_text(encoding="utf-8") + "\n{}\n", encoding="utf-8")


def another_codebook(case, corpus, out):
    with open(case / "codebook/aliases.csv", "a", encoding="utf-8") as file:
        file.write("the board,harbour-board,skerry-post\n")


def not_finished(case, corpus, out):
    (out / "counts.parquet").unlink()


def drawn_before(case, corpus, out):
    assert drawn(case, corpus, out) == 0


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (other_files, "found other files"),
        (another_codebook, "found another codebook"),
        (not_finished, "has made, to its end"),
        (drawn_before, "a sample is drawn already"),
    ],
)
def test_what_does_not_belong_together_is_refused(made, case, tmp_path, capsys, change, told):
    corpus = shutil.copy(made[1], tmp_path / "news.jsonl")
    out = shutil.copytree(made[2], tmp_path / "out")
    change(case, corpus, out)
    before = bytes_of(case)
    assert drawn(case, corpus, out) == 2
    assert told in capsys.readouterr().err
    assert bytes_of(case) == before


def test_where_from_and_which_texts_go_together(case, capsys):
    assert main(["draw", str(case), "--articles", "3", "--from", "out"]) == 2
    assert "--from and --texts go together" in capsys.readouterr().err
