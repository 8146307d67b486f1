"""The notebooks and whole reports on other cases, passes, periods and days."""

import csv
import shutil
from pathlib import Path

import pandas as pd
import papermill
import pytest
from fuzz import alive, hostile
from test_agreement import third_pass
from test_dna import debate, laid
from test_notebooks import NAMES

from dispute.exchange.dna import to_case
from dispute.run import kernels, notebooks, report, settings
from helpers.case.load import check, load
from helpers.case.tables import read_tables
from helpers.dates.edtf import bounds


@pytest.mark.parametrize(
    "case_dir, period",
    [("tests/cases/lighthouse", "all"), ("tests/cases/lighthouse", "1900"), ("data/raw", None)],
)
@pytest.mark.parametrize("name", NAMES)
def test_plain_papermill_runs_every_notebook_on_another_case_and_period(
    root, tmp_path, monkeypatch, name, case_dir, period
):
    """None: the first period of the case."""
    monkeypatch.chdir(root)
    given = {
        "case_dir": case_dir,
        "period": period or load(case_dir).periods.period.iloc[0],
        "out_dir": str(tmp_path / "tables"),
    }
    path, out = f"notebooks/{name}.ipynb", tmp_path / "out.ipynb"
    if "draws" in notebooks.parameters(path):
        given["draws"] = 5
    papermill.execute_notebook(path, str(out), given, progress_bar=False)
    assert "KeyError" not in out.read_text()
    assert list((tmp_path / "tables").glob("*.csv"))


def test_a_whole_report_as_of_the_day_of_the_first_article(root, tmp_path, monkeypatch):
    monkeypatch.chdir(root)
    case_dir, into = "tests/cases/lighthouse", tmp_path / "into"
    case = load(case_dir)
    first = min(bounds(day)[1] for day in case.articles.published).isoformat()
    words = [f"as_of={first}", "2_actor_network.draws=5", "4_stance_tables.draws=5"]
    report.run(settings.read(words=words, case_dir=case_dir), into, tmp_path / "cache")
    tables = read_tables(into / "data/processed")
    assert len(tables["articles"]) == 1
    assert 0 < len(tables["statements"]) < len(case.statements)
    assert set(tables["events"].event_id) < set(case.event_mentions.event_id)
    assert (into / "reports/site/index.html").exists()


def test_the_notebook_runs_for_a_third_pass_for_all_and_for_one_alone(root, broken, tmp_path):
    third_pass(broken, "apart")
    alone = shutil.copytree(root / "tests/cases/lighthouse", tmp_path / "alone")
    (alone / "codebook/coders.csv").write_text("coder,coder_role,note\npass-a,pass,alone\n")
    for name in ("pass-b", "adjudicated"):
        shutil.rmtree(alone / "coding" / name)
    for name, folder, parameters, others in (
        ("three", broken, {"coder": "all", "periods_by": "month"}, {"pass-b", "pass-c"}),
        ("alone", alone, {"coder": "pass-a", "period": "hearings"}, set()),
    ):
        out = tmp_path / f"out-{name}"
        kernels.execute(
            root / "notebooks/4_stance_tables.ipynb",
            {"case_dir": str(folder), "draws": 2, "out_dir": str(out), **parameters},
            tmp_path / f"work-{name}" / "nb",
            tmp_path / "failed",
        )
        # A pass alone, which is compared with no other, has an empty cell.
        assert set(pd.read_csv(out / "agreement.csv").coder_b.dropna()) == others
        assert len(pd.read_csv(out / "stance_table.csv"))


@pytest.mark.parametrize("period", ["all", "1900"])
def test_the_notebook_runs_without_mentions_and_without_context(
    root, broken, tmp_path, monkeypatch, period
):
    mentions = (broken / "coding").glob("*/event_mentions.csv")
    for path in (*mentions, broken / "context_events.csv", broken / "codebook/events.csv"):
        path.write_text(path.read_text(encoding="utf-8").splitlines()[0] + "\n", encoding="utf-8")
    path = broken / "coding/adjudicated/decisions.csv"
    decisions = path.read_text(encoding="utf-8").splitlines(keepends=True)
    kept = [line for line in decisions if not line.startswith("event-mention")]
    path.write_text("".join(kept), encoding="utf-8")
    monkeypatch.chdir(root)
    papermill.execute_notebook(
        "notebooks/3_chronology.ipynb",
        str(tmp_path / "out.ipynb"),
        {"case_dir": str(broken), "period": period, "out_dir": str(tmp_path / "tables")},
        progress_bar=False,
    )
    text = (tmp_path / "out.ipynb").read_text(encoding="utf-8")
    for sentence in (
        "nothing to draw",
        "No event to list",
        "No two accounts",
        "No account claims a number",
        "No account in this selection",
    ):
        assert sentence in text
    assert sorted(path.name for path in (tmp_path / "tables").iterdir()) == [
        "accounts.csv",
        "chronology.csv",
        "date_readings.csv",
        "disagreements.csv",
        "events.csv",
    ]


@pytest.mark.parametrize(
    "name, coder, made, more",
    [
        ("2_actor_network", "max", "nodes", {"draws": 10}),
        ("4_stance_tables", "all", "stance_table", {}),
    ],
)
def test_an_import_runs_through_the_notebooks(root, tmp_path, monkeypatch, name, coder, made, more):
    monkeypatch.chdir(root)
    laid(to_case(debate())[0], tmp_path / "case")
    given = {
        "case_dir": str(tmp_path / "case"),
        "coder": coder,
        "out_dir": str(tmp_path / "tables"),
        **more,
    }
    kernels.execute(f"notebooks/{name}.ipynb", given, tmp_path / "work", tmp_path / "failed")
    with (tmp_path / f"tables/{made}.csv").open(encoding="utf-8", newline="") as file:
        assert len(list(csv.reader(file))) > 1


def test_a_case_full_of_markup_becomes_a_report_without_any_that_lives(root, tmp_path, monkeypatch):
    monkeypatch.chdir(root)
    hostile(tmp_path / "case")
    assert check(tmp_path / "case") == []
    report.run(settings.read(case_dir=tmp_path / "case"), tmp_path / "into", tmp_path / "cache")
    site = tmp_path / "into/reports/site"
    for page in ("index.html", "4_stance_tables.html"):
        assert "alert(1)" in (site / page).read_text(encoding="utf-8")
    assert alive(site) == []
    assert not any(Path(path).exists() for path in (root / "x", tmp_path / "x"))
