"""What a run needs beside its settings: files that no setting names, and none that hides ours."""

from pathlib import Path
from typing import Any

from dispute.run.shadows import shadows
from helpers.case.problems import Problem
from helpers.case.yaml_strict import read as read_yaml

BESIDE = {
    "requirements.lock": "the versions that a run depends on",
}


def needs(folder: Path) -> list[Problem]:
    """The faults of what a run needs and no setting names; its notebooks are in `folder`."""
    missing = [
        Problem(name, 0, "", "no such file", meaning)
        for name, meaning in BESIDE.items()
        if not Path(name).is_file()
    ]
    return missing + shadows(Path("."), folder)


def read_mapping(path: Path | str, faults: list[Problem]) -> dict[Any, Any] | None:
    """What a YAML file says.

    None, with the fault told, where it cannot be read as `name: value` lines.
    """
    content: dict[Any, Any] | None
    content, found = read_yaml(path)
    if content is None:
        faults.append(Problem(str(path), 0, "", found, "a YAML file of `name: value` lines"))
    return content
