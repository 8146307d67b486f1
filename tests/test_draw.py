"""Blank sheets for people: what is drawn, with which probability, and what comes back."""

import csv
import io
from collections import Counter

import pandas as pd
import pytest

from dispute.cli import main
from helpers.analysis.drawing import compared, draw_articles, draw_passages, people_agreement
from helpers.case.load import coded, load


@pytest.fixture(scope="module")
def statements(root):
    return coded(load(root / "tests/cases/lighthouse"), "statements", "adjudicated")


@pytest.fixture
def drawn(broken):
    """A folder of six drawn passages."""
    folder = broken.parent / "drawn"
    assert main(["draw", str(broken), str(folder), "--passages", "6", "--seed", "3"]) == 0
    return folder


def read(path):
    with open(path, encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def write(path, rows):
    text = io.StringIO()
    writer = csv.DictWriter(text, list(rows[0]), lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    path.write_text(text.getvalue(), encoding="utf-8")


def answered(folder, broken, **wrong):
    """Fill the sheet in as the coder would have, but for what is wrong in its first row."""
    own = coded(load(broken), "statements", "adjudicated").set_index("quote")
    rows = read(folder / "sheet.csv")
    for row in rows:
        one = own.loc[row["words"]]
        row |= {"speaker": one.speaker, "issue": one.issue, "stance": str(one.stance)}
    rows[0] |= wrong
    write(folder / "sheet.csv", rows)
    return rows


# --- drawing


def test_one_seed_draws_the_same_and_each_passage_as_often(statements):
    assert draw_passages(statements, 5, 1).equals(draw_passages(statements, 5, 1))
    counts = Counter()
    for seed in range(600):
        drawn = draw_passages(statements, 4, seed)
        counts.update(zip(drawn.article_id, drawn.start, strict=True))
        assert (drawn.probability == 4 / 13).all() and drawn.drawn.is_unique
    # 600 x 4 / 13 = 185 on average, with a standard deviation of 11.
    assert len(counts) == 13 and all(130 < number < 240 for number in counts.values())


def test_more_than_there_are_is_all_of_them_surely(statements):
    drawn = draw_passages(statements, 99, 0)
    assert len(drawn) == 13 and (drawn.probability == 1).all()
    assert drawn.drawn.tolist()[::12] == ["p01", "p13"]


def test_two_statements_on_one_passage_are_drawn_together(statements):
    twice = pd.concat([statements, statements[:1].assign(statement_id="more", issue="pensions")])
    drawn = draw_passages(twice, 13, 0)
    assert len(drawn) == 13 and sorted(drawn.n_units)[-2:] == [1, 2]


def test_articles_are_drawn_with_their_probability(statements):
    articles = pd.DataFrame({"article_id": ["c", "a", "b", "d"]})
    drawn = draw_articles(articles, 3, 0)
    assert set(drawn.probability) == {0.75} and drawn.article_id.is_monotonic_increasing
    with pytest.raises(ValueError, match="expected at least 1"):
        draw_articles(articles[:0], 3, 0)


# --- agreement


def given(*rows):
    names = ["article_id", "start", "end", "speaker", "issue", "stance"]
    return pd.DataFrame(rows, columns=names)


def test_people_and_coder_are_compared_by_passage_and_issue():
    coder = given(
        ("a", 0, 9, "ann", "x", 1), ("a", 0, 9, "ann", "y", -1), ("b", 5, 9, "bo", "x", 1)
    )
    people = given(
        ("a", 0, 9, "ann", "y", 1), ("a", 0, 9, "cy", "x", 1), ("b", 5, 9, None, "none", None)
    )
    pairs = compared(people, coder)
    assert pairs[["issue_people", "issue_coder"]].values.tolist() == [
        ["y", "y"],
        ["x", "x"],
        ["none", "x"],
    ]
    table = people_agreement(pairs, pd.DataFrame({"stance": [-1, 0, 1]})).set_index("variable")
    assert table.n_units.to_dict() == {"speaker": 2, "issue": 3, "stance": 2}
    assert table.n_alike.to_dict() == {"speaker": 1, "issue": 2, "stance": 1}


def test_perfect_agreement_is_one_with_an_interval(statements):
    pairs = compared(statements, statements)
    table = people_agreement(pairs, pd.DataFrame({"stance": [-3, -2, -1, 0, 1, 2, 3]}), draws=50)
    assert table.alpha.tolist() == pytest.approx([1, 1, 1])
    assert table.low.tolist() == pytest.approx([1, 1, 1]) and (table.share == 1).all()


# --- sheets


def test_the_sheet_has_the_words_and_no_code(drawn, broken):
    rows = read(drawn / "sheet.csv")
    case = load(broken)
    assert len(rows) == 6
    for row in rows:
        assert row["before"] + row["words"] + row["after"] in case.texts[row["article_id"]]
        assert {row["speaker"], row["issue"], row["stance"]} == {""}
    kept = read(drawn / "drawn.csv")
    assert {row["probability"] for row in kept} == {str(6 / 13)}
    assert {(row["seed"], row["coder"]) for row in kept} == {("3", "adjudicated")}
    assert "`automate`: " in (drawn / "codebook.md").read_text(encoding="utf-8")


def test_a_filled_sheet_gives_agreement_with_its_interval(drawn, broken, capsys):
    answered(drawn, broken)
    assert main(["draw", str(broken), str(drawn), "--read"]) == 0
    said = capsys.readouterr().out
    assert "6 rows filled in" in said and "issue: 6 of 6 alike, alpha 1.00 (1.00 to 1.00)" in said
    assert [row["share"] for row in read(drawn / "agreement.csv")] == ["1.0"] * 3


def test_names_and_labels_do_as_well_as_ids(drawn, broken, capsys):
    case = load(broken)
    rows = answered(drawn, broken)
    for row in rows:
        row["speaker"] = case.names()[row["speaker"]].upper()
        row["issue"] = case.labels()[row["issue"]]
        row["stance"] = case.scale()[int(row["stance"])]
    write(drawn / "sheet.csv", rows)
    assert main(["draw", str(broken), str(drawn), "--read"]) == 0
    assert "6 of 6 alike" in capsys.readouterr().out


def test_a_passage_without_a_stance_and_an_empty_row(drawn, broken, capsys):
    rows = answered(drawn, broken, issue="none", speaker="", stance="")
    rows[1] |= {"speaker": "", "issue": "", "stance": ""}
    write(drawn / "sheet.csv", rows)
    assert main(["draw", str(broken), str(drawn), "--read"]) == 0
    said = capsys.readouterr().out
    assert "5 rows filled in" in said and "1 row left empty" in said and "4 of 5 alike" in said


@pytest.mark.parametrize(
    "wrong, words",
    [
        ({"speaker": "mira-solvick"}, "did you mean mira-solvik?"),
        ({"issue": ""}, "issue: found nothing"),
        ({"stance": "9"}, "stance: found '9'"),
        ({"issue": "none"}, "nothing beside `none`"),
        ({"drawn": "p9"}, "a passage of drawn.csv"),
    ],
)
def test_a_bad_cell_is_told_with_its_row_and_nothing_is_written(
    drawn, broken, wrong, words, capsys
):
    answered(drawn, broken, **wrong)
    assert main(["draw", str(broken), str(drawn), "--read"]) == 2
    said = capsys.readouterr().err
    assert "sheet.csv, row 2" in said and words in said
    assert not (drawn / "agreement.csv").exists()


def test_whole_articles_are_coded_by_their_words(broken, capsys):
    folder = broken.parent / "class"
    assert main(["draw", str(broken), str(folder), "--articles", "2"]) == 0
    articles = {row["article_id"] for row in read(folder / "drawn.csv")}
    assert {path.stem for path in (folder / "articles").iterdir()} == articles
    own = coded(load(broken), "statements", "adjudicated")
    rows = read(folder / "sheet.csv")
    mine = own[own.article_id.isin(articles)][:3]
    for row, one in zip(rows, mine.itertuples(), strict=False):
        row |= {"article_id": one.article_id, "words": one.quote, "speaker": one.speaker}
        row |= {"issue": one.issue, "stance": str(one.stance)}
    write(folder / "sheet.csv", rows)
    assert main(["draw", str(broken), str(folder), "--read"]) == 0
    assert "issue: share 1.00 on 3" in capsys.readouterr().out
    rows[0]["words"] = "words that nobody printed"
    write(folder / "sheet.csv", rows)
    assert main(["draw", str(broken), str(folder), "--read"]) == 2
    assert "sheet.csv, row 2, words" in capsys.readouterr().err


def test_a_folder_that_is_there_and_an_unknown_coder_are_told(drawn, broken, capsys):
    assert main(["draw", str(broken), str(drawn)]) == 2
    assert "is there already" in capsys.readouterr().err
    assert main(["draw", str(broken), str(broken.parent / "x"), "--coder", "nobody"]) == 2
    assert "expected `all` or one of" in capsys.readouterr().err
    assert main(["draw", str(broken), str(broken), "--read"]) == 2
    assert "drawn.csv" in capsys.readouterr().err


def test_one_pass_can_be_drawn_from(broken, capsys):
    folder = broken.parent / "b"
    assert main(["draw", str(broken), str(folder), "--coder", "pass-b", "--passages", "99"]) == 0
    assert {row["coder"] for row in read(folder / "drawn.csv")} == {"pass-b"}
    assert "p = 1.000" in capsys.readouterr().out
