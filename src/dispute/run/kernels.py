"""Run a notebook safely: beside its place, in surroundings that are the same everywhere.

What it makes is kept whole or not at all. papermill takes half a second to import: it is imported
where it is used.
"""

import os
import re
import shutil
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, NamedTuple

from dispute.run.environment import FIXED
from dispute.run.notebooks import as_bytes, cleaned, headings, pictures, preflight, read
from dispute.run.sockets import KEY, SOCKET, meeting

# Read by a kernel as it starts. One whose run has gone meanwhile ends. To look for garbage less
# often saves a tenth of the time.
KERNEL = """import gc, os
if str(os.getppid()) != os.environ.get("JPY_PARENT_PID", str(os.getppid())):
    os._exit(1)
gc.set_threshold(100_000)
get_config().IPKernelApp.log_level = "CRITICAL"
"""
CELL_SECONDS, NOTEBOOK_SECONDS = 300, 900


class NotebookError(RuntimeError):
    """A notebook that stopped in a cell. The message names the cell and the kept traceback."""


def execute(
    path: Path | str,
    given: Mapping[str, Any],
    work: Path | str,
    failed: Path | str,
    cell_seconds: float = CELL_SECONDS,
    notebook_seconds: float = NOTEBOOK_SECONDS,
) -> Any:
    """Execute a notebook with parameters in the folder `work`; returns it executed and cleaned.

    Raises ValueError on a bad parameter, before anything runs. Raises NotebookError where a cell
    fails, the kernel dies, or a cell or the whole takes longer than it may. Then the notebook and
    its traceback are kept in the folder `failed`, and nothing else has changed.
    """
    if problems := preflight(path, given):
        raise ValueError("\n".join(map(str, problems)))
    path, work, failed = Path(path), Path(work), Path(failed)
    shutil.rmtree(work, ignore_errors=True)
    work.mkdir(parents=True)
    _fix_kernels(work.parent / "ipython", path.stem)
    running = work / path.name
    stop = _run_cells(path, running, given, cell_seconds, notebook_seconds)
    kept, trace = failed / path.name, failed / f"{path.stem}.txt"
    if not stop:
        for old in (kept, trace):
            old.unlink(missing_ok=True)
        return cleaned(read(running))
    failed.mkdir(parents=True, exist_ok=True)
    if running.exists():
        shutil.move(running, kept)
    trace.write_text(stop.trace, encoding="utf-8")
    raise NotebookError(f"{path.name} {stop.what} (kept in {kept} and {trace.name})")


def _fix_kernels(folder: Path, name: str) -> None:
    """Give kernels the same surroundings everywhere.

    Their IPython folder is not the user's own, whose start-up files would be part of the run. The
    settings in it are whole at any time: the kernel of another notebook may be reading them.
    """
    profile = folder / "profile_default"
    profile.mkdir(parents=True, exist_ok=True)
    written = profile / f"{name}.py"
    written.write_text(KERNEL)
    os.replace(written, profile / "ipython_kernel_config.py")
    os.environ.update(FIXED, IPYTHONDIR=str(folder.absolute()))


class _Stop(NamedTuple):
    """Why a notebook stopped, in words, and the traceback of it."""

    what: str
    trace: str


def _run_cells(
    path: Path,
    running: Path,
    given: Mapping[str, Any],
    cell_seconds: float,
    notebook_seconds: float,
) -> _Stop | None:
    """Execute a notebook into the file `running`; where it stopped, the reason."""
    import papermill
    from nbclient.exceptions import CellTimeoutError, DeadKernelError

    ends = time.monotonic() + notebook_seconds
    begun: list[str] = []

    def seconds(cell: Mapping[str, Any]) -> float:
        """What is left for a cell, asked for as it begins."""
        begun.append(cell["source"])
        return max(0.1, min(cell_seconds, ends - time.monotonic()))

    try:
        _papermill(path, running, given, seconds)
    except papermill.PapermillExecutionError as error:
        what = f"stopped in cell {error.exec_count}: {error.ename}: {error.evalue}"
        return _Stop(what, "\n".join(error.traceback))
    except CellTimeoutError as error:
        whole = time.monotonic() >= ends
        limit = (
            f"more than {notebook_seconds:g} s in all (notebook_seconds)"
            if whole
            else f"more than {cell_seconds:g} s in one cell (cell_seconds)"
        )
        return _Stop(f"took too long: {limit}, {_at_work(path, begun)}", str(error))
    except (DeadKernelError, RuntimeError) as error:
        return _Stop(f"lost its kernel: {error}", f"{type(error).__name__}: {error}")
    return None


def _at_work(path: Path, begun: list[str]) -> str:
    """Which cell was at work: its number, the heading above it, and its first line."""
    source = begun[-1] if begun else ""
    heading = headings(path).get(source, "")
    under = f" under “{heading}”" if heading else ""
    first = next((line for line in source.splitlines() if line.strip()), "")
    return f"in cell {len(begun)}{under}: {first}"


def _papermill(
    path: Path,
    running: Path,
    given: Mapping[str, Any],
    seconds: Callable[[Mapping[str, Any]], float],
) -> None:
    """Have papermill execute a notebook.

    It talks with the kernel through sockets in a folder of their own, where the key lies too: a
    free port may be taken by another before the kernel has it. Cells write their files whole, so
    that a kernel that has run its last one can be killed; the notebook is saved at the end, however
    it ends.
    """
    import papermill
    from traitlets.config import Config

    with meeting() as place:
        talk = {"transport": "ipc", "ip": str(place / SOCKET), "connection_file": str(place / KEY)}
        papermill.execute_notebook(
            str(path),
            str(running),
            dict(given),
            progress_bar=False,
            record_timing=False,
            log_output=False,
            autosave_cell_every=0,
            shutdown_kernel="immediate",
            timeout_func=seconds,
            config=Config(KernelManager=talk),
        )


def run(
    path: Path | str,
    given: Mapping[str, Any],
    work: Path | str,
    failed: Path | str,
    folder: Path,
    **limits: float,
) -> None:
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
