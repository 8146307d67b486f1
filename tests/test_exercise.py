"""An exercise for a class: nothing coded is given away, and what its readers agree on."""

import csv

import pandas as pd
import pytest
import yaml
from markupsafe import escape

from dispute.cli import main
from dispute.exercise.lesson import in_words
from helpers.analysis.alpha import alpha
from helpers.analysis.class_agreement import class_agreement
from helpers.analysis.same_positions import stances as two_stances
from helpers.case.load import coded, load

NAMES = ["article_id", "speaker", "issue", "stance"]


def rows(*given):
    return pd.DataFrame(given, columns=NAMES)


# --- the measure, by hand

REPORT = rows(("a", "ann", "x", 1), ("a", "bo", "x", -1))
CLASS = {
    "ada": rows(("a", "ann", "x", 1), ("a", "bo", "x", -1), ("a", "bo", "x", -1)),
    "jun": rows(("a", "ann", "x", 1), ("a", "bo", "x", 1), ("z", "ann", "x", 1)),
}


def test_readers_are_compared_with_each_other_and_with_the_report():
    agreed = class_agreement(CLASS, REPORT, ["a"])
    # Cells: ann on x (1, 1) and bo on x (-1, 1). Values 1 three times, -1 once: the expected
    # disagreement is 2 * 3 * 1 / (4 * 3) = 1/2, the observed one is 1/2.
    assert agreed.together == pytest.approx(0)
    table = agreed.readers.set_index("reader")
    assert table.loc["ada"].tolist()[:4] == [3, 2, 2, 2] and table.alpha["ada"] == 1
    assert table.loc["jun"].tolist()[:4] == [2, 2, 1, 3]  # what is not drawn does not count
    parted = agreed.parted.to_dict("records")
    assert [(one["speaker"], one["report"], one["readers"]) for one in parted] == [
        ("bo", "-1", {"-1": 1, "1": 1})
    ]


def test_what_nobody_has_is_a_value_too():
    nothing = {"ada": REPORT, "jun": REPORT[:0]}
    agreed = class_agreement(nothing, REPORT, ["a", "b"])
    one = ["1", "-1", "", ""]
    assert agreed.together == pytest.approx(alpha([one, [""] * 4]))
    assert agreed.parted.readers[0] == {"": 1, "1": 1}


def test_with_two_readers_it_is_the_alpha_of_two_passes(root):
    case = load(root / "tests/cases/lighthouse")
    passes = {name: coded(case, "statements", name) for name in ("pass-a", "pass-b")}
    articles = sorted(case.texts)
    agreed = class_agreement(passes, passes["pass-a"], articles)
    of_two = two_stances(*passes.values(), articles).alpha()
    assert agreed.together == pytest.approx(of_two)
    assert agreed.readers.alpha.tolist() == pytest.approx([1, of_two])


def test_one_reader_alone_has_no_alpha_with_others():
    agreed = class_agreement({"ada": REPORT}, REPORT, ["a"])
    assert agreed.together is None and agreed.parted.empty


# --- the folder


@pytest.fixture
def folder(broken):
    folder = broken.parent / "class"
    assert main(["draw", str(broken), str(folder), "--exercise", "--language", "sw"]) == 0
    return folder


def fill(folder, reader, units):
    header = ["article_id", "words", "speaker", "issue", "stance", "note"]
    with open(folder / f"sheets/{reader}.csv", "w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(header)
        for one in units.itertuples():
            writer.writerow([one.article_id, one.quote, one.speaker, one.issue, one.stance, ""])


def drawn(folder):
    with open(folder / "drawn.csv", encoding="utf-8", newline="") as file:
        return [row["article_id"] for row in csv.DictReader(file)]


@pytest.fixture
def own(broken, folder):
    """What the report has of the drawn articles."""
    rows = coded(load(broken), "statements", "adjudicated")
    return rows[rows.article_id.isin(drawn(folder))]


def test_two_articles_are_drawn_with_a_page_in_the_language_asked_for(folder, broken):
    assert len(drawn(folder)) == 2
    page = (folder / "exercise.html").read_text(encoding="utf-8")
    assert '<html lang="sw">' in page and "Fanya kazi peke yako" in page
    assert "haijasomwa na mhariri" in page and "sw.po" in page
    case = load(broken)
    for article in drawn(folder):
        spans = case.furniture[article]
        for unit in coded(case, "statements", "pass-a").query("article_id == @article").quote:
            assert str(escape(unit.splitlines()[0])) in page
        assert spans and all(
            f"<p>{case.texts[article][span.start : span.end]}<" not in page for span in spans
        )


def test_the_case_of_a_class_is_sound_and_gives_nothing_away(folder, capsys):
    assert main(["check", str(folder / "case")]) == 0
    blank = load(folder / "case")
    assert sorted(blank.texts) == drawn(folder)
    assert blank.statements.empty and blank.event_mentions.empty and blank.coders.empty
    assert set(blank.aliases.article_id) <= set(drawn(folder))
    said = yaml.safe_load((folder / "case/case.yaml").read_text(encoding="utf-8"))
    assert set(said) == {"title", "subtitle", "question", "rights", "authors"}
    assert not (folder / "case/findings.csv").exists()


def test_a_class_is_told_how_far_it_agrees_and_gets_a_page(folder, broken, own, capsys):
    fill(folder, "ada", own)
    fill(folder, "jun", own[1:])
    assert main(["draw", str(broken), str(folder), "--read", "--language", "sw"]) == 0
    told = capsys.readouterr().out
    assert "2 readers, 2 articles" in told and "with each other: alpha 0." in told
    assert f"ada and “adjudicated”: {len(own)} of {len(own)} positions shared, alpha 1.00" in told
    assert "they part on: " in told and "1 × none" in told
    page = (folder / "lesson.html").read_text(encoding="utf-8")
    assert "Wasomaji wanakubaliana kwa kiasi gani?" in page and "1 × hakuna" in page
    with open(folder / "positions.csv", encoding="utf-8", newline="") as file:
        assert len(list(csv.DictReader(file))) == 1
    with open(folder / "agreement.csv", encoding="utf-8", newline="") as file:
        assert [row["reader"] for row in csv.DictReader(file)] == ["ada", "jun"]


def test_readers_at_the_desk_are_of_the_class(folder, broken, own, capsys):
    coders = folder / "case/codebook/coders.csv"
    coders.write_text(coders.read_text(encoding="utf-8") + "kei,pass,\n", encoding="utf-8")
    made = broken / "coding/pass-a/statements.csv"
    with open(made, encoding="utf-8", newline="") as file:
        header, *given = csv.reader(file)
    at, actors = header.index("article_id"), folder / "case/coding/kei"
    actors.mkdir(parents=True)
    with open(actors / "statements.csv", "w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([header, *(row for row in given if row[at] in drawn(folder))])
    fill(folder, "ada", own)
    assert main(["draw", str(broken), str(folder), "--read"]) == 0
    told = capsys.readouterr().out
    assert "2 readers" in told and "kei and “adjudicated”" in told


def test_faults_of_all_sheets_are_told_with_their_names(folder, broken, own, capsys):
    fill(folder, "ada", own.assign(speaker="nobody"))
    fill(folder, "jun", own.assign(quote="words that nobody printed"))
    assert main(["draw", str(broken), str(folder), "--read"]) == 2
    told = capsys.readouterr().err
    assert "sheets/ada.csv, row 2, speaker" in told and "sheets/jun.csv, row 2, words" in told
    assert not (folder / "lesson.html").exists()


def test_a_class_without_a_sheet_and_a_language_without_a_file_are_told(folder, broken, capsys):
    assert main(["draw", str(broken), str(folder), "--read"]) == 2
    assert "no filled sheet" in capsys.readouterr().err
    there = broken.parent / "other"
    assert main(["draw", str(broken), str(there), "--exercise", "--language", "xx"]) == 2
    assert "expected one of en, sw" in capsys.readouterr().err and not there.exists()
    with_passages = ["--exercise", "--passages", "3"]
    assert main(["draw", str(broken), str(there), *with_passages]) == 2
    assert main(["draw", str(broken), "--exercise"]) == 2


def test_a_reader_with_several_stances_is_told_with_all_of_them(root):
    case = load(root / "tests/cases/lighthouse")
    both = rows(("a", "jonas-hart", "automate", 2), ("a", "jonas-hart", "automate", -2))
    agreed = class_agreement({"ada": both, "jun": both[:1]}, both, ["a"])
    (one,) = in_words(case, agreed.parted)
    assert one.speaker == "Jonas Hart" and one.issue == "Automate the light"
    assert sorted(one.readers) == [("against, for", 1), ("for", 1)]
