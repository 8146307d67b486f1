"""Proposals and a sample in a whole report: only where a case holds them, and then linked."""

import re
import shutil

import pytest
from chain import made
from lighthouse_proposals import propose
from test_proposals_read import change, take

from dispute.cli import main
from dispute.run import settings
from helpers.case.load import load

TABLES = {"machine_reading", "machine_groups", "machine_errors"}
ESTIMATES = {"estimates", "estimated_ties", "window_validity"}


@pytest.fixture(scope="module")
def report(root, tmp_path_factory):
    """The case with proposals, its tables, and the folder of what is made of it."""
    place = tmp_path_factory.mktemp("machine")
    case = propose(shutil.copytree(root / "tests/cases/lighthouse", place / "case"))
    take(case, ("skerry-post-p002", "accepted", "a-s01"))
    change(case / "coding/pass-a/statements.csv", 0, proposed_by="rules")
    text = (case / "case.yaml").read_text(encoding="utf-8") + "developed_here: [rules]\n"
    (case / "case.yaml").write_text(text, encoding="utf-8")
    assert main(["draw", str(case), "--articles", "2"]) == 0
    (place / "made").mkdir()
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(root)
        return case, made(case, place / "made"), place / "made"


def html(folder, page):
    return (folder / f"site/{page}.html").read_text(encoding="utf-8")


def test_tables_page_and_notebook_are_there_with_proposals(report):
    _, tables, folder = report
    assert set(tables) >= TABLES
    assert 'href="machine.html"' in html(folder, "method")
    assert 'href="6_machine_reading.html"' in html(folder, "notebooks")
    assert "a development score" in html(folder, "machine")
    assert 'href="machine.html"' in html(folder, "6_machine_reading")


def test_without_proposals_nothing_is(lighthouse):
    _, tables, folder = lighthouse
    assert not set(tables) & TABLES
    names = [path.name for path in (folder / "site").rglob("*.html")]
    assert not {"machine.html", "6_machine_reading.html"} & set(names)
    assert "machine" not in html(folder, "method")
    assert "proposed_by" not in tables["statements"] and "n_proposed" not in tables["agreement"]


def test_a_sample_has_its_notebook_and_tables(report, lighthouse):
    _, tables, folder = report
    assert set(tables) >= ESTIMATES and not set(lighthouse[1]) & ESTIMATES
    assert tables["estimates"].query("quantity == 'all'").n_articles.item() == 2
    assert 'href="8_estimates.html"' in html(folder, "notebooks")
    assert "8_estimates" not in html(lighthouse[2], "notebooks")


def test_every_wrong_passage_stands_on_the_page_and_leads_to_its_article(report):
    _, tables, folder = report
    page = html(folder, "machine")
    for row in tables["machine_errors"].itertuples():
        assert row.quote.replace("'", "’") in page.replace("'", "’"), row.quote
    anchors = re.findall(r'href="(evidence/[^"#]+)\.html#([^"]+)"', page)
    assert anchors
    for name, anchor in anchors:
        assert f'id="{anchor}"' in html(folder, name)


def test_who_has_coded_under_influence_is_said(report):
    _, tables, folder = report
    assert tables["statements"].proposed_by.eq("rules").any()
    assert tables["agreement"].n_proposed.max() == 2
    page = html(folder, "method")
    assert "codes under its influence" in page and "without 2\u00a0passages" in page
    assert "Coded from what a machine proposed (rules)" in html(folder, "evidence/skerry-post")


def test_the_settings_of_a_run_know_which_notebooks_it_has(report, root, monkeypatch):
    case, _, _ = report
    monkeypatch.chdir(root)
    assert "6_machine_reading" in settings.read(case_dir=case).books
    assert "6_machine_reading" not in settings.read(case_dir="tests/cases/lighthouse").books
    asked = settings.read(words=["6_machine_reading.proposer=ruler"], case_dir=case)
    from dispute.run.choices import all_problems

    (problem,) = all_problems(asked)
    assert "expected one of rules (did you mean rules?)" in str(problem)
    assert load(case).developed_here == ("rules",)
