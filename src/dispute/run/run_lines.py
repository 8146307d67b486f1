"""The lines that run a notebook again as it ran for the report, to be printed beside it."""

import shlex
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from dispute.run.notebooks import parameters


def run_lines(path: Path, given: Mapping[str, Any]) -> list[str]:
    """What to type in the folder of the project: set up, run, and look at what it made.

    `given` are the parameters of the run; those that are as the notebook declares them are left
    out. papermill would make a number of a text that looks like one: `-r` hands on a text.
    """
    declared = parameters(path)
    words = [".venv/bin/papermill", f"notebooks/{path.name}", "out.ipynb"]
    for name, value in given.items():
        if name in declared and value != declared[name].default:
            words += ["-r" if isinstance(value, str) else "-p", name, str(value)]
    return ["make .venv/dev", shlex.join(words), ".venv/bin/jupyter lab out.ipynb"]
