"""Withdrawing an article: what goes, what stays, what is refused."""

import csv
import os
import re
import shutil
from pathlib import Path

import pytest

from helpers.case import withdrawal
from helpers.case.load import CaseError, check, load

WHY = "asked by its publisher"


def read_all(folder):
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }


def withdraw(folder, article):
    planned = withdrawal.plan(folder, article, "2024-05-31", WHY)
    withdrawal.carry_out(planned)
    return planned


def rows(folder, name):
    with (folder / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def articles(folder):
    return sorted(path.stem for path in (folder / "articles").glob("*.txt"))


@pytest.fixture
def case(root, tmp_path):
    folder = tmp_path / "case"
    shutil.copytree(root / "tests/cases/lighthouse", folder)
    return folder


@pytest.mark.parametrize("place", [0, 1, -1])
def test_the_article_its_rows_and_its_words_go_and_a_correction_says_so(case, place):
    article = articles(case)[place]
    text = (case / f"articles/{article}.txt").read_text(encoding="utf-8")
    others = "".join(
        (case / f"articles/{one}.txt").read_text(encoding="utf-8")
        for one in articles(case)
        if one != article
    )
    withdraw(case, article)
    assert check(case) == []
    assert article not in load(case).texts
    (correction,) = [row for row in rows(case, "corrections.csv") if row["page_or_id"] == article]
    assert (correction["date"], correction["why"]) == ("2024-05-31", WHY)
    left = "".join(content.decode() for content in read_all(case).values())
    assert len(re.findall(rf"(?m)(?:^|,){article}(?:,|$)", left)) == 1
    sentences = [one for one in re.split(r"[.\n]", text) if len(one.split()) >= 8]
    own = [sentence for sentence in sentences if sentence not in others]
    assert own and [sentence for sentence in own if sentence in left] == []


ARTICLES = Path(__file__).parents[1] / "data/raw/articles"
PUBLISHED = sorted(path.stem for path in ARTICLES.glob("*.txt"))


@pytest.mark.data
@pytest.mark.parametrize("article", PUBLISHED)
def test_what_the_case_says_of_itself_by_an_article_goes_with_it(root, tmp_path, article):
    case = tmp_path / "case"
    shutil.copytree(root / "data/raw", case)
    before = rows(case, "sentences.csv")
    planned = withdraw(case, article)
    assert check(case) == []
    after = rows(case, "sentences.csv")
    assert 0 < len(before) - len(after) == planned.rows["sentences.csv"]
    assert after and all(row in before for row in after)


@pytest.mark.data
def test_a_row_that_had_a_fault_before_is_no_reason_to_drop_it(root, tmp_path):
    case = tmp_path / "case"
    shutil.copytree(root / "data/raw", case)
    told = case / "sentences.csv"
    text = told.read_text(encoding="utf-8")
    told.write_text(text.replace(rows(case, "sentences.csv")[1]["quote"], "of nobody's", 1))
    before = read_all(case)
    with pytest.raises(CaseError, match="of nobody's"):
        withdrawal.plan(case, PUBLISHED[-1], "2024-05-31", WHY)
    assert read_all(case) == before


@pytest.mark.data
def test_words_struck_out_are_counted_where_they_are_left(root, tmp_path):
    case = tmp_path / "case"
    shutil.copytree(root / "data/raw", case)
    planned = withdraw(case, PUBLISHED[2])
    struck = (case / "sentences.csv").read_text(encoding="utf-8").count("[withdrawn]")
    assert planned.struck.get("sentences.csv", 0) == struck


def test_a_plan_changes_nothing(case):
    before = read_all(case)
    withdrawal.plan(case, articles(case)[0], "2024-05-31", WHY)
    assert read_all(case) == before


def test_tables_without_a_row_of_it_keep_their_bytes(case):
    before = read_all(case)
    planned = withdraw(case, articles(case)[0])
    after = read_all(case)
    same = {name for name in after if after[name] == before.get(name)}
    assert {"codebook/stances.csv", "codebook/actors.csv"} <= same
    assert set(planned.rows) <= before.keys() - same


def test_a_quotation_in_another_table_is_struck_and_a_chance_likeness_stays(case):
    article = articles(case)[0]
    words = (case / f"articles/{article}.txt").read_text(encoding="utf-8").split()
    actors = case / "codebook/actors.csv"
    table = rows(case, "codebook/actors.csv")
    said, near = " ".join(words[30:50]), " ".join(words[60:65])
    table[0]["note"] = f"It says: {said}, does it?"
    table[1]["note"] = f"It says: {near}, does it?"
    with actors.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, table[0].keys())
        writer.writeheader()
        writer.writerows(table)
    assert check(case) == []
    planned = withdraw(case, article)
    first, second, *_ = rows(case, "codebook/actors.csv")
    assert first["note"].startswith("It says: [withdrawn]") and words[40] not in first["note"]
    assert first["note"].endswith("does it?") and near in second["note"]
    assert planned.struck == {"codebook/actors.csv": 1}


def test_an_article_that_is_not_there_is_refused_with_the_nearest(case):
    article = articles(case)[0]
    with pytest.raises(CaseError, match=f"no article .*did you mean {article}"):
        withdrawal.plan(case, article[:-1], "2024-05-31", WHY)


def test_where_the_case_would_have_faults_nothing_is_changed(case):
    (case / "codebook/stances.csv").write_text("stance,side,label,meaning\n", encoding="utf-8")
    before = read_all(case)
    with pytest.raises(CaseError):
        withdraw(case, articles(case)[0])
    assert read_all(case) == before


@pytest.mark.parametrize("after", [0, 1, 3])
def test_what_was_stopped_between_is_ended_by_the_same_call(case, monkeypatch, after):
    article = articles(case)[0]
    whole = shutil.copytree(case, case.parent / "whole")
    withdraw(whole, article)
    written = []

    replace = os.replace

    def stop(made, path):
        if path.is_relative_to(case):
            if len(written) == after:
                raise OSError("stopped")
            written.append(path)
        replace(made, path)

    with monkeypatch.context() as patched, pytest.raises(OSError, match="stopped"):
        patched.setattr(os, "replace", stop)
        withdraw(case, article)
    withdraw(case, article)
    assert read_all(case) == read_all(whole)
