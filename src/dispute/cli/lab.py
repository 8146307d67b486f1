"""`dispute lab`: the notebooks in JupyterLab."""

import importlib.util
import os
import runpy
import sys
from pathlib import Path

import click

from dispute.cli._telling import tell


@click.command(context_settings={"ignore_unknown_options": True})
@click.option("--originals", is_flag=True, help="Open and save the notebooks themselves.")
@click.argument("words", metavar="[WORD]...", nargs=-1, type=click.UNPROCESSED)
def lab(originals: bool, words: tuple[str, ...]) -> int:
    """Open copies of the notebooks in JupyterLab, in the folder of a project.

    A copy is made in lab/ where none is there, and never overwritten. All files of the project are
    shown; a notebook in notebooks/ is not saved. Other WORDs are handed on to JupyterLab: a file,
    --no-browser, --port 8899.
    """
    from dispute.run.lab import BOOKS, COPIES, make_copies
    from dispute.run.shadows import shadows

    project = Path.cwd()
    if not any((project / BOOKS).glob("*.ipynb")):
        raise ValueError(f"{BOOKS}: found no notebook; expected the folder of a project")
    if faults := shadows(Path("."), Path(BOOKS), Path(COPIES)):
        tell(*faults, to=sys.stderr)
        return 2
    if not importlib.util.find_spec("jupyterlab"):
        tell("JupyterLab is not installed here: python -m pip install jupyterlab", to=sys.stderr)
        return 1
    opened = BOOKS
    options = [f"--ServerApp.root_dir={project}"]
    if not originals:
        tell(*make_copies(project))
        opened = COPIES
        options += ["--ServerApp.jpserver_extensions=dispute.run.lab=True"]
    options += [f"--LabApp.default_url=/lab/tree/{opened}"]
    if hasattr(os, "geteuid") and os.geteuid() == 0:  # in a container there is nobody else
        options += ["--allow-root"]
    sys.argv = ["jupyter-lab", *options, *words]
    runpy.run_module("jupyterlab", run_name="__main__")
    return 0
