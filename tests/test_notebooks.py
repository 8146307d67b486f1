"""Running notebooks: parameters looked at first, failures kept apart, prose without a run.

Every notebook runs on another case, too, and on a period of its own.
"""

import json
from pathlib import Path

import nbformat
import pytest

from dispute.run import kernels, notebooks

FOLDER = Path(__file__).resolve().parents[1] / "notebooks"
NAMES = sorted(path.stem for path in FOLDER.glob("*.ipynb"))
KERNEL = {"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}}
SHARED = {
    "case_dir": ("str", "data/raw"),
    "coder": ("str", ""),
    "period": ("str", "all"),
    "as_of": ("str", ""),
    "out_dir": ("str", ""),
}
# A notebook that is larger is slow to open on a code host, or is not shown there at all.
LARGEST = 500_000


def book(path, *cells):
    """A notebook file of cells (kind, source, tags); `kind` is `code` or `text`."""
    written = []
    for kind, source, tags in cells:
        if kind == "code":
            cell = nbformat.v4.new_code_cell(source, metadata={"tags": tags})
        else:
            cell = nbformat.v4.new_markdown_cell(source)
        written.append(cell)
    nbformat.write(nbformat.v4.new_notebook(cells=written, metadata=KERNEL), path)
    return path


def committed(root, name):
    """The path of a committed notebook, and its code cells."""
    path = root / f"notebooks/{name}.ipynb"
    cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
    return path, [cell for cell in cells if cell["cell_type"] == "code"]


# --- parameters


@pytest.mark.parametrize("name", NAMES)
def test_every_notebook_declares_what_all_share(root, name):
    declared = notebooks.parameters(root / f"notebooks/{name}.ipynb")
    assert declared.items() >= SHARED.items()


def test_all_problems_of_the_parameters_are_told_at_once(root):
    given = {"perod": "all", "min_statements": "two", "coder": 7, "period": "all"}
    problems = notebooks.preflight(root / "notebooks/4_stance_tables.ipynb", given)
    unknown, least, coder = map(str, problems)
    assert "did you mean period?" in unknown
    assert "min_statements: found 'two' (str); expected int" in least
    assert "coder: found '7' (int); expected str" in coder


@pytest.mark.parametrize(
    "name, given, expected",
    [
        ("3_chronology", {"context": 1}, "bool"),
        ("4_stance_tables", {"min_statements": True}, "int"),
    ],
)
def test_a_yes_or_no_is_no_number(root, name, given, expected):
    (problem,) = notebooks.preflight(root / f"notebooks/{name}.ipynb", given)
    assert problem.expected == expected


def test_a_bad_parameter_is_refused_before_anything_runs(root, tmp_path):
    path, given = root / "notebooks/1_corpus.ipynb", {"case_dri": "x"}
    with pytest.raises(ValueError, match="a parameter it does not have"):
        kernels.execute(path, given, tmp_path / "work", tmp_path / "failed")
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


# --- a run


def test_a_kernel_talks_through_sockets_and_takes_no_port(tmp_path):
    source = (
        "import json\n"
        "from ipykernel.connect import get_connection_info\n"
        "print(json.loads(get_connection_info())['transport'])"
    )
    path = book(tmp_path / "book.ipynb", ("code", "", ["parameters"]), ("code", source, []))
    ran = kernels.execute(path, {}, tmp_path / "work/nb", tmp_path / "failed")
    outputs = [output for cell in ran.cells for output in cell.get("outputs", [])]
    assert [output["text"] for output in outputs] == ["ipc\n"]


def test_a_failing_notebook_is_kept_with_its_traceback(tmp_path):
    path = book(tmp_path / "bad.ipynb", ("code", "print('begun')", []), ("code", "1 / 0", []))
    stopped = "bad.ipynb stopped in cell 2: ZeroDivisionError"
    with pytest.raises(kernels.NotebookError, match=stopped):
        kernels.execute(path, {}, tmp_path / "work", tmp_path / "failed")
    assert "ZeroDivisionError" in (tmp_path / "failed/bad.txt").read_text()
    assert "begun" in (tmp_path / "failed/bad.ipynb").read_text()
    good = book(tmp_path / "bad.ipynb", ("code", "1", []))
    kernels.execute(good, {}, tmp_path / "work", tmp_path / "failed")
    assert list((tmp_path / "failed").iterdir()) == []


def test_an_executed_notebook_holds_no_clock_and_no_machine(tmp_path):
    source = "import sys\nprint('warned', file=sys.stderr)\nprint('said')"
    path = book(tmp_path / "a.ipynb", ("code", source, []))
    one, other = (
        notebooks.as_bytes(kernels.execute(path, {}, tmp_path / f"work {i}", tmp_path / "failed"))
        for i in (1, 2)
    )
    assert one == other
    assert b"stderr" not in one.replace(b"sys.stderr", b"")
    assert b"said" in one
    assert b"papermill" not in one
    assert str(tmp_path).encode() not in one


def test_new_prose_goes_around_an_old_run(tmp_path):
    given, doubled = ("code", "x: int = 1", ["parameters"]), ("code", "x * 2", [])
    path = book(tmp_path / "a.ipynb", ("text", "old words", []), given, doubled)
    executed = kernels.execute(path, {"x": 21}, tmp_path / "work", tmp_path / "failed")
    before = notebooks.code(path)
    book(path, ("text", "new words", []), given, ("text", "more", []), doubled)
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


# --- other cases, periods and days


# --- the committed notebooks


@pytest.mark.parametrize("name", NAMES)
def test_committed_notebooks_hold_their_outputs_and_are_small(root, name):
    path, cells = committed(root, name)
    assert [cell["execution_count"] for cell in cells] == list(range(1, len(cells) + 1))
    assert Path(path).stat().st_size < LARGEST


@pytest.mark.parametrize("name", NAMES)
def test_committed_notebooks_have_short_cells_of_short_lines(root, name):
    _, cells = committed(root, name)
    for cell in cells:
        source = "".join(cell["source"])
        lines = [line for line in source.splitlines() if line.strip()]
        assert len(lines) <= 10 or "parameters" in cell["metadata"]["tags"], source
        assert max(map(len, lines)) <= 100, source
        assert "class " not in source, source


@pytest.mark.parametrize("name", NAMES)
def test_every_committed_figure_has_an_alternative_text(root, name):
    _, cells = committed(root, name)
    for cell in cells:
        pictured = any("image/png" in output.get("data", {}) for output in cell["outputs"])
        if pictured:
            assert cell["metadata"]["image"]["alt"], "".join(cell["source"])
