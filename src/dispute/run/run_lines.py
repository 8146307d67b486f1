"""The lines that run a notebook again as it ran for the report, to be printed beside it."""

import shlex
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from dispute.run.notebooks import parameters

# The target that sets up JupyterLab too; a compendium of one's own has none.
WITH_LAB = ".venv/dev"


def run_lines(path: Path, given: Mapping[str, Any]) -> list[str]:
    """What to type in the folder of the project: set up, run, and look at what it made.

    The last only where JupyterLab is set up with the rest.

    `given` are the parameters of the run; those that are as the notebook declares them are left
    out. papermill would make a number of a text that looks like one: `-r` hands on a text.
    """
    declared = parameters(path)
    words = [".venv/bin/papermill", f"notebooks/{path.name}", "out.ipynb"]
    for name, value in given.items():
        if name in declared and value != declared[name].default:
            words += ["-r" if isinstance(value, str) else "-p", name, str(value)]
    target = set_up_by()
    lines = [f"make {target}", shlex.join(words)]
    return [*lines, ".venv/bin/dispute lab out.ipynb"] if target == WITH_LAB else lines


def set_up_by() -> str:
    """The target of the Makefile at hand that sets up what a notebook needs."""
    makefile = Path("Makefile")
    lines = makefile.read_text(encoding="utf-8").splitlines() if makefile.is_file() else []
    return WITH_LAB if any(line.startswith(f"{WITH_LAB}:") for line in lines) else ".venv/ready"
