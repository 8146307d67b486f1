"""Running notebooks: parameters looked at first, failures kept apart, prose without a run, other cases and periods."""

import json
from pathlib import Path

import nbformat
import papermill
import pytest

from dispute.run import kernels, notebooks

NAMES = ["1_corpus", "2_actor_network", "3_chronology", "4_stance_tables"]


def book(path, *cells):
    made = [
        nbformat.v4.new_code_cell(source, metadata={"tags": tags})
        if kind == "code"
        else nbformat.v4.new_markdown_cell(source)
        for kind, source, tags in cells
    ]
    nbformat.write(
        nbformat.v4.new_notebook(
            cells=made,
            metadata={
                "kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}
            },
        ),
        path,
    )
    return path


@pytest.mark.parametrize("name", NAMES)
def test_every_notebook_declares_what_all_share(root, name):
    declared = notebooks.parameters(root / f"notebooks/{name}.ipynb")
    assert (
        declared.items()
        >= {
            "case_dir": ("str", "data/raw"),
            "coder": ("str", "adjudicated"),
            "period": ("str", "all"),
            "as_of": ("str", ""),
            "out_dir": ("str", ""),
        }.items()
    )


def test_all_problems_of_the_parameters_are_told_at_once(root):
    problems = notebooks.preflight(
        root / "notebooks/4_stance_tables.ipynb",
        {"perod": "all", "min_statements": "two", "coder": 7, "period": "all"},
    )
    told = [str(problem) for problem in problems]
    assert len(told) == 3
    assert (
        "did you mean period?" in told[0]
        and "min_statements: found 'two' (str); expected int" in told[1]
        and "coder: found '7' (int); expected str" in told[2]
    )
    assert (
        notebooks.preflight(root / "notebooks/3_chronology.ipynb", {"context": 1})[0].expected
        == "bool"
    )
    assert (
        notebooks.preflight(root / "notebooks/4_stance_tables.ipynb", {"min_statements": True})[
            0
        ].expected
        == "int"
    )


def test_a_bad_parameter_is_refused_before_anything_runs(root, tmp_path):
    with pytest.raises(ValueError, match="a parameter it does not have"):
        kernels.execute(
            root / "notebooks/1_corpus.ipynb",
            {"case_dri": "x"},
            tmp_path / "work",
            tmp_path / "failed",
        )
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("source", ["x = 1", "x: list = []", "x: int = f()", "x: int"])
def test_a_parameters_cell_that_cannot_be_read_is_told(tmp_path, source):
    with pytest.raises(ValueError, match="expected `name: type = literal`"):
        notebooks.parameters(book(tmp_path / "a.ipynb", ("code", source, ["parameters"])))


def test_a_notebook_without_parameters_cell_takes_none(tmp_path):
    path = book(tmp_path / "a.ipynb", ("code", "1 + 1", []))
    assert notebooks.preflight(path, {}) == []
    with pytest.raises(ValueError, match="0 cells tagged"):
        notebooks.preflight(path, {"x": 1})


def test_a_kernel_talks_through_sockets_and_takes_no_port(tmp_path):
    book = nbformat.v4.new_notebook(
        cells=[
            nbformat.v4.new_code_cell("", metadata={"tags": ["parameters"]}),
            nbformat.v4.new_code_cell(
                "import json\nfrom ipykernel.connect import get_connection_info\nprint(json.loads(get_connection_info())['transport'])"
            ),
        ],
        metadata={
            "kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}
        },
    )
    nbformat.write(book, tmp_path / "book.ipynb")
    ran = kernels.execute(tmp_path / "book.ipynb", {}, tmp_path / "work/nb", tmp_path / "failed")
    assert [output["text"] for cell in ran.cells for output in cell.get("outputs", [])] == ["ipc\n"]


def test_a_failing_notebook_is_kept_with_its_traceback(tmp_path):
    path = book(tmp_path / "bad.ipynb", ("code", "print('begun')", []), ("code", "1 / 0", []))
    with pytest.raises(
        kernels.NotebookError, match="bad.ipynb stopped in cell 2: ZeroDivisionError"
    ):
        kernels.execute(path, {}, tmp_path / "work", tmp_path / "failed")
    assert "ZeroDivisionError" in (tmp_path / "failed/bad.txt").read_text()
    assert "begun" in (tmp_path / "failed/bad.ipynb").read_text()
    good = book(tmp_path / "bad.ipynb", ("code", "1", []))
    kernels.execute(good, {}, tmp_path / "work", tmp_path / "failed")
    assert list((tmp_path / "failed").iterdir()) == []


def test_an_executed_notebook_holds_no_clock_and_no_machine(tmp_path):
    path = book(
        tmp_path / "a.ipynb",
        ("code", "import sys\nprint('warned', file=sys.stderr)\nprint('said')", []),
    )
    one, other = (
        notebooks.as_bytes(kernels.execute(path, {}, tmp_path / f"work {i}", tmp_path / "failed"))
        for i in (1, 2)
    )
    assert one == other
    assert (
        b"stderr" not in one.replace(b"sys.stderr", b"")
        and b"said" in one
        and b"papermill" not in one
        and str(tmp_path).encode() not in one
    )


def test_new_prose_goes_around_an_old_run(tmp_path):
    path = book(
        tmp_path / "a.ipynb",
        ("text", "old words", []),
        ("code", "x: int = 1", ["parameters"]),
        ("code", "x * 2", []),
    )
    executed = kernels.execute(path, {"x": 21}, tmp_path / "work", tmp_path / "failed")
    before = notebooks.code(path)
    book(
        path,
        ("text", "new words", []),
        ("code", "x: int = 1", ["parameters"]),
        ("text", "more", []),
        ("code", "x * 2", []),
    )
    assert notebooks.code(path) == before
    published = notebooks.with_prose(notebooks.read(path), executed)
    assert [cell.source for cell in published.cells] == [
        "new words",
        "x: int = 1",
        "# Parameters\nx = 21\n",
        "more",
        "x * 2",
    ]
    assert published.cells[-1].outputs[0].data["text/plain"] == "42"


@pytest.mark.parametrize(
    "case_dir, period",
    [("tests/cases/lighthouse", "all"), ("tests/cases/lighthouse", "1900"), ("data/raw", None)],
)
@pytest.mark.parametrize("name", NAMES)
def test_plain_papermill_runs_every_notebook_on_another_case_and_period(
    root, tmp_path, monkeypatch, name, case_dir, period
):
    monkeypatch.chdir(root)
    if period is None:
        from helpers.case import load as case

        period = case.load(case_dir).periods.period.iloc[0]
    papermill.execute_notebook(
        f"notebooks/{name}.ipynb",
        str(tmp_path / "out.ipynb"),
        {
            "case_dir": case_dir,
            "period": period,
            "out_dir": str(tmp_path / "tables"),
            **({"draws": 5} if "draws" in notebooks.parameters(f"notebooks/{name}.ipynb") else {}),
        },
        progress_bar=False,
    )
    assert "KeyError" not in (tmp_path / "out.ipynb").read_text()
    assert list((tmp_path / "tables").glob("*.csv"))


def test_a_whole_report_as_of_the_day_of_the_first_article(root, tmp_path, monkeypatch):
    from dispute.run import report, settings
    from helpers.case import load as case
    from helpers.case.tables import read_tables

    monkeypatch.chdir(root)
    found = case.load("tests/cases/lighthouse")
    first = min(case.dates.bounds(day)[1] for day in found.articles.published).isoformat()
    report.run(
        settings.read(
            words=[f"as_of={first}", "2_actor_network.draws=5", "4_stance_tables.draws=5"],
            case_dir="tests/cases/lighthouse",
        ),
        tmp_path / "into",
        tmp_path / "cache",
    )
    tables = read_tables(tmp_path / "into/data/processed")
    assert len(tables["articles"]) == 1 and 0 < len(tables["statements"]) < len(found.statements)
    assert (
        set(tables["events"].event_id) < set(found.event_mentions.event_id)
        and (tmp_path / "into/reports/site/index.html").exists()
    )


@pytest.mark.parametrize("name", NAMES)
def test_committed_notebooks_hold_their_outputs_and_short_cells(root, name):
    notebook = json.loads(Path(root / f"notebooks/{name}.ipynb").read_text(encoding="utf-8"))
    ran = [cell for cell in notebook["cells"] if cell["cell_type"] == "code"]
    assert [cell["execution_count"] for cell in ran] == list(range(1, len(ran) + 1))
    for cell in ran:
        source = "".join(cell["source"])
        assert (
            len([line for line in source.splitlines() if line.strip()]) <= 10
            or "parameters" in cell["metadata"]["tags"]
        ), source
        assert "class " not in source, source
        pictured = any("image/png" in output.get("data", {}) for output in cell["outputs"])
        assert not pictured or cell["metadata"]["mystnb"]["image"]["alt"], (
            "a figure without alternative text"
        )
