"""Run a notebook safely: look at its parameters first, execute it beside its place, publish it whole or not at all.

nbformat, papermill and pandas (by `schema`) take half a second each to import; they are imported where they are used, so that asking what is up to date stays quick.
"""

import ast
import base64
import hashlib
import json
import os
import re
import shutil
import sys
import tempfile
import time
from pathlib import Path

from dispute.run.imports import parsed

sys.modules.setdefault(
    "rfc3987_syntax", None
)  # jsonschema looks for it while nbformat is imported: it takes two seconds to load, and checks addresses that no notebook has

TYPES = {"str": str, "int": int, "float": (int, float), "bool": bool}
FIXED = {
    "PYTHONHASHSEED": "0",
    "TZ": "UTC",
    "OMP_NUM_THREADS": "1",
    "SOURCE_DATE_EPOCH": "0",
    "MPLBACKEND": "module://matplotlib_inline.backend_inline",
    "PYDEVD_DISABLE_FILE_VALIDATION": "1",
}
# read by a kernel as it starts. One whose run has gone meanwhile ends; to look for garbage less often saves a tenth of the time
KERNEL = """import gc, os
if str(os.getppid()) != os.environ.get("JPY_PARENT_PID", str(os.getppid())):
    os._exit(1)
gc.set_threshold(100_000)
get_config().IPKernelApp.log_level = "CRITICAL"
"""
CELL_SECONDS, NOTEBOOK_SECONDS = 300, 900


class NotebookError(RuntimeError):
    """A notebook that stopped in a cell. The message names the cell and the kept traceback."""


def parameters(path):
    """The declared parameters of a notebook: name to (type name, default), from its cell tagged `parameters`.

    Raises ValueError where there is no such cell, or a line in it is not `name: type = literal`.
    """
    tagged = [cell for cell in _cells(path) if "parameters" in cell["metadata"].get("tags", [])]
    if len(tagged) != 1:
        raise ValueError(f"{path}: {len(tagged)} cells tagged `parameters`; expected one")
    declared = {}
    for line in parsed("".join(tagged[0]["source"])).body:
        try:
            declared[line.target.id] = (line.annotation.id, ast.literal_eval(line.value))
            TYPES[line.annotation.id]
        except (AttributeError, ValueError, KeyError, TypeError) as error:
            raise ValueError(
                f"{path}: {ast.unparse(line)!r} in the parameters cell; expected `name: type = literal` with a type of {', '.join(TYPES)}"
            ) from error
    return declared


def preflight(path, given):
    """The problems of parameters given to a notebook: names it does not declare, values of another type."""
    from helpers.case.problems import Problem, nearest, shown

    declared, problems, Problem, shown = (
        parameters(path) if given else {},
        [],
        Problem,
        shown,
    )
    for name, value in given.items():
        if name not in declared:
            problems.append(
                Problem(
                    Path(path).name,
                    0,
                    str(name),
                    f"{shown(value)} for a parameter it does not have",
                    f"one of {', '.join(declared)}{nearest(name, declared)}",
                )
            )
            continue
        kind = declared[name][0]
        if not isinstance(value, TYPES[kind]) or (isinstance(value, bool) and kind != "bool"):
            problems.append(
                Problem(Path(path).name, 0, name, f"{shown(value)} ({type(value).__name__})", kind)
            )
    return problems


def execute(
    path, given, work, failed, cell_seconds=CELL_SECONDS, notebook_seconds=NOTEBOOK_SECONDS
):
    """Execute a notebook with parameters in the folder `work`; returns the executed, cleaned notebook.

    Raises ValueError on a bad parameter, before anything runs, and NotebookError where a cell fails, the kernel dies, or a cell or the whole
    takes longer than it may: then the notebook and its traceback are kept in the folder `failed`, and nothing else has changed.
    """
    if problems := preflight(path, given):
        raise ValueError("\n".join(map(str, problems)))
    import papermill
    from nbclient.exceptions import CellTimeoutError, DeadKernelError

    path, work, failed = Path(path), Path(work), Path(failed)
    shutil.rmtree(work, ignore_errors=True)
    work.mkdir(parents=True)
    profile = (
        work.parent / "ipython" / "profile_default"
    )  # not the user's own: its start-up files would be part of the run
    profile.mkdir(parents=True, exist_ok=True)
    written = profile / f"{path.stem}.py"
    written.write_text(KERNEL)
    os.replace(
        written, profile / "ipython_kernel_config.py"
    )  # whole at any time: the kernel of another notebook may be reading it
    os.environ.update(FIXED, IPYTHONDIR=str(profile.parent.absolute()))
    running, ends = work / path.name, time.monotonic() + notebook_seconds
    try:
        _papermill(
            path, running, given, lambda _: max(0.1, min(cell_seconds, ends - time.monotonic()))
        )
    except papermill.PapermillExecutionError as error:
        what, trace = (
            f"stopped in cell {error.exec_count}: {error.ename}: {error.evalue}",
            "\n".join(error.traceback),
        )
    except CellTimeoutError as error:
        what, trace = (
            f"took too long: more than {cell_seconds:g} s in one cell, or {notebook_seconds:g} s in all",
            str(error),
        )
    except (DeadKernelError, RuntimeError) as error:
        what, trace = f"lost its kernel: {error}", f"{type(error).__name__}: {error}"
    else:
        for old in (failed / path.name, failed / f"{path.stem}.txt"):
            old.unlink(missing_ok=True)
        return cleaned(read(running))
    failed.mkdir(parents=True, exist_ok=True)
    if running.exists():
        shutil.move(running, failed / path.name)
    (failed / f"{path.stem}.txt").write_text(trace, encoding="utf-8")
    raise NotebookError(f"{path.name} {what} (kept in {failed / path.name} and {path.stem}.txt)")


def _papermill(path, running, given, seconds):
    """Have papermill execute a notebook. It talks with the kernel through sockets in a folder of their own: a free port may be taken by another before the kernel has it.

    Cells write their files whole, so that a kernel that has run its last one can be killed; the notebook is saved at the end, however it ends.
    """
    import papermill
    from traitlets.config import Config

    with tempfile.TemporaryDirectory(
        prefix="k"
    ) as sockets:  # not in `work`: the name of a socket has to be short
        talk = Config(KernelManager={"transport": "ipc", "ip": f"{sockets}/s"})
        papermill.execute_notebook(
            str(path),
            str(running),
            given,
            progress_bar=False,
            record_timing=False,
            log_output=False,
            autosave_cell_every=0,
            shutdown_kernel="immediate",
            timeout_func=seconds,
            config=talk,
        )


def run(path, given, work, failed, folder, **limits):
    """Execute a notebook (see `execute`) into a folder: executed.ipynb, tables/ and figures/."""
    tables = (Path(work) / "tables").as_posix()
    executed = execute(path, {**given, "out_dir": tables}, work, failed, **limits)
    for cell in executed.cells:  # where the tables are to be found, not where they were made
        if "injected-parameters" in cell.metadata.get("tags", []):
            cell.source = re.sub("(?m)^out_dir = .*$", 'out_dir = "data/processed"', cell.source)
    (folder / "executed.ipynb").write_bytes(as_bytes(cleaned(executed)))
    Path(tables).mkdir(exist_ok=True)
    shutil.move(tables, folder / "tables")
    (folder / "figures").mkdir()
    for figure, png in pictures(executed).items():
        (folder / "figures" / f"{figure}.png").write_bytes(png)


def read(path):
    """A notebook file as nbformat gives it (version 4)."""
    import nbformat

    return nbformat.read(path, as_version=4)


def cleaned(notebook):
    """A notebook without what differs from run to run: clocks, machine, patch version, stderr; cells are named by their content."""
    import nbformat

    notebook = nbformat.from_dict(notebook)
    notebook.metadata = nbformat.from_dict(
        {
            "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
            "language_info": {"name": "python"},
        }
    )
    notebook.nbformat_minor = 5
    for number, cell in enumerate(notebook.cells):
        cell.id = hashlib.sha256(f"{number}\n{cell.source}".encode()).hexdigest()[:8]
        for key in (
            "papermill",
            "execution",
            "collapsed",
            "scrolled",
            *([] if cell.metadata.get("tags") else ["tags"]),
        ):
            cell.metadata.pop(key, None)
        if cell.cell_type == "code":
            cell.outputs = [output for output in cell.outputs if output.get("name") != "stderr"]
    return notebook


def as_bytes(notebook):
    """A notebook as the bytes of its file."""
    import nbformat

    return (nbformat.writes(notebook) + "\n").encode("utf-8")


def code(path):
    """The code cells of a notebook as one text: what decides whether it has to run again.

    Cells are parted by a mark, so that a cell that is split or joined counts as changed.
    """
    cells = [cell for cell in _cells(path) if cell["cell_type"] == "code"]
    return "\n# %%\n".join("".join(cell["source"]) for cell in cells)


def _cells(path):
    """The cells of a notebook file as JSON has them: without nbformat, which takes a second to import. Raises ValueError for what is no notebook."""
    try:
        return json.loads(Path(path).read_text(encoding="utf-8"))["cells"]
    except (ValueError, KeyError, TypeError) as error:
        raise ValueError(f"{path}: no notebook ({type(error).__name__}: {error})") from error


def with_prose(source, executed):
    """An executed notebook with the prose of its source: the code cells and outputs of the run between today's text.

    `executed` may hold one cell more, the injected parameters; it stays behind the parameters cell.
    """
    ran = iter([cell for cell in executed.cells if cell.cell_type == "code"])
    cells = []
    for cell in source.cells:
        if cell.cell_type != "code":
            cells.append(cell)
            continue
        cells.append(next(ran) | {"metadata": cell.metadata})
        if "parameters" in cell.metadata.get("tags", []) and any(
            "injected-parameters" in c.metadata.get("tags", []) for c in executed.cells
        ):
            cells.append(next(ran) | {"metadata": {"tags": ["injected-parameters", "hide-input"]}})
    return cleaned({**source, "cells": cells})


def pictures(notebook):
    """The figures of a notebook: name (the cell's metadata `figure`) to PNG bytes."""
    found = {}
    for cell in notebook.cells:
        for output in cell.get("outputs", []):
            if "figure" in cell.metadata and "image/png" in output.get("data", {}):
                found[cell.metadata["figure"]] = base64.b64decode(output["data"]["image/png"])
    return found
