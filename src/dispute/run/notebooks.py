"""The file of a notebook: its parameters, its code, its pictures; cleaned, and with new prose.

nbformat takes half a second to import: it is imported where it is used, so that asking what is up
to date stays quick. `kernels` runs a notebook.
"""

import ast
import base64
import hashlib
import json
import re
import sys
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any, NamedTuple

from dispute.run.imports import parsed
from helpers.case.files import read_bytes
from helpers.case.problems import Problem, nearest, shown

# jsonschema looks for it while nbformat is imported. It takes two seconds to load, and checks
# addresses that no notebook has.
sys.modules.setdefault("rfc3987_syntax", None)  # type: ignore[arg-type]

TYPES: dict[str, tuple[type, ...]] = {
    "str": (str,),
    "int": (int,),
    "float": (int, float),
    "bool": (bool,),
}
# Bytes of a notebook, with its pictures.
BYTES = 50_000_000
WANTED = f"expected `name: type = literal` with a type of {', '.join(TYPES)}"


class Parameter(NamedTuple):
    """A declared parameter: the name of its type (see TYPES), and its default."""

    kind: str
    default: Any


def parameters(path: Path | str) -> dict[str, Parameter]:
    """The declared parameters of a notebook by name, from its cell tagged `parameters`.

    Raises ValueError where there is no such cell, or a line in it is not `name: type = literal`.
    """
    tagged = [cell for cell in _cells(path) if "parameters" in cell["metadata"].get("tags", [])]
    if len(tagged) != 1:
        raise ValueError(f"{path}: {len(tagged)} cells tagged `parameters`; expected one")
    try:
        lines = parsed("".join(tagged[0]["source"])).body
    except SyntaxError as error:
        raise ValueError(f"{path}: {error.msg} in the parameters cell; {WANTED}") from error
    return dict(_declared(line, path) for line in lines)


def _declared(line: ast.stmt, path: Path | str) -> tuple[str, Parameter]:
    """The name that a line of a parameters cell declares, with its type and default."""
    if (
        isinstance(line, ast.AnnAssign)
        and isinstance(line.target, ast.Name)
        and isinstance(line.annotation, ast.Name)
        and line.annotation.id in TYPES
        and line.value
    ):
        with suppress(ValueError, TypeError):
            return line.target.id, Parameter(line.annotation.id, ast.literal_eval(line.value))
    raise ValueError(f"{path}: {ast.unparse(line)!r} in the parameters cell; {WANTED}")


def fits(value: object, kind: str) -> bool:
    """Whether a value is of a type of TYPES. Truth is no number, though Python takes it for one."""
    return isinstance(value, TYPES[kind]) and (kind == "bool" or not isinstance(value, bool))


def preflight(path: Path | str, given: Mapping[str, Any]) -> list[Problem]:
    """The problems of parameters given to a notebook: unknown names, values of another type."""
    declared = parameters(path) if given else {}
    file = Path(path).name
    problems = []
    for name, value in given.items():
        if name not in declared:
            found = f"{shown(value)} for a parameter it does not have"
            expected = f"one of {', '.join(declared)}{nearest(name, declared)}"
            problems.append(Problem(file, 0, str(name), found, expected))
        elif not fits(value, declared[name].kind):
            found = f"{shown(value)} ({type(value).__name__})"
            problems.append(Problem(file, 0, name, found, declared[name].kind))
    return problems


def read(path: Path | str) -> Any:
    """A notebook file as nbformat gives it (version 4)."""
    import nbformat

    return nbformat.read(path, as_version=4)


def cleaned(notebook: Any) -> Any:
    """A notebook without what differs from run to run: clocks, machine, patch version, stderr.

    Cells are named by their content.
    """
    import nbformat

    notebook = nbformat.from_dict(notebook)
    kernel = {"display_name": "Python 3", "language": "python", "name": "python3"}
    # the ending is what `nbconvert --to script` gives the file
    language = {"file_extension": ".py", "name": "python"}
    metadata = {"kernelspec": kernel, "language_info": language}
    notebook.metadata = nbformat.from_dict(metadata)
    notebook.nbformat_minor = 5
    for number, cell in enumerate(notebook.cells):
        cell.id = hashlib.sha256(f"{number}\n{cell.source}".encode()).hexdigest()[:8]
        for key in ("papermill", "execution", "collapsed", "scrolled"):
            cell.metadata.pop(key, None)
        if not cell.metadata.get("tags"):
            cell.metadata.pop("tags", None)
        if cell.cell_type == "code":
            cell.outputs = [output for output in cell.outputs if output.get("name") != "stderr"]
    return notebook


def as_bytes(notebook: Any) -> bytes:
    """A notebook as the bytes of its file."""
    import nbformat

    text = nbformat.writes(notebook) + "\n"
    return text.encode("utf-8")


def code(path: Path | str) -> str:
    """The code cells of a notebook as one text: what decides whether it has to run again.

    Cells are parted by a mark, so that a cell that is split or joined counts as changed.
    """
    cells = [cell for cell in _cells(path) if cell["cell_type"] == "code"]
    return "\n# %%\n".join("".join(cell["source"]) for cell in cells)


def goes_without(code: str) -> list[str]:
    """The parts of the case that a notebook leaves out where it loads it, from its code.

    None where it loads the case twice, or says them otherwise than as a list of texts.
    """
    try:
        calls = [node for node in ast.walk(parsed(code)) if isinstance(node, ast.Call)]
    except SyntaxError:
        return []
    loads = [call for call in calls if ast.unparse(call.func).rpartition(".")[2] == "load"]
    said = [word.value for call in loads for word in call.keywords if word.arg == "without"]
    if len(loads) == len(said) == 1:
        with suppress(ValueError, TypeError):
            return [str(part) for part in ast.literal_eval(said[0])]
    return []


def _cells(path: Path | str) -> list[dict[str, Any]]:
    """The cells of a notebook file as JSON has them, without the slow nbformat.

    Raises ValueError for what is no notebook.
    """
    try:
        cells: list[dict[str, Any]] = json.loads(read_bytes(path, BYTES))["cells"]
        if not all(_is_cell(cell) for cell in cells):
            raise ValueError("a cell without source and metadata")
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise ValueError(f"{path}: no notebook ({type(error).__name__}: {error})") from error
    return cells


def headings(path: Path | str) -> dict[str, str]:
    """The text of every code cell to the last heading above it, empty where there is none."""
    heading, found = "", {}
    for cell in _cells(path):
        source = "".join(cell["source"])
        if cell["cell_type"] == "code":
            found[source] = heading
        else:
            lines = re.findall(r"^#+ +(.+)$", source, re.M)
            heading = lines[-1].strip() if lines else heading
    return found


def _is_cell(cell: Any) -> bool:
    source, metadata = cell["source"], cell["metadata"]
    lines = source if isinstance(source, list) else [source]
    return isinstance(metadata, dict) and all(isinstance(line, str) for line in lines)


def with_prose(source: Any, executed: Any) -> Any:
    """An executed notebook with the prose of its source.

    The code cells and outputs of the run stand between today's text. `executed` may hold one cell
    more, the injected parameters; it stays behind the parameters cell.
    """
    tags = [cell.metadata.get("tags", []) for cell in executed.cells]
    injected = any("injected-parameters" in of_cell for of_cell in tags)
    ran = iter([cell for cell in executed.cells if cell.cell_type == "code"])
    cells = []
    for cell in source.cells:
        if cell.cell_type != "code":
            cells.append(cell)
            continue
        cells.append(next(ran) | {"metadata": cell.metadata})
        if injected and "parameters" in cell.metadata.get("tags", []):
            cells.append(next(ran) | {"metadata": {"tags": ["injected-parameters", "hide-input"]}})
    return cleaned({**source, "cells": cells})


def pictures(notebook: Any) -> dict[str, bytes]:
    """The figures of a notebook: name (the cell's metadata `figure`) to PNG bytes.

    Of several sheets in one cell the second is NAME-2, and so on.
    """
    pngs = {}
    for cell in notebook.cells:
        data = [output.get("data", {}) for output in cell.get("outputs", [])]
        sheets = [one["image/png"] for one in data if "image/png" in one]
        for number, png in enumerate(sheets if "figure" in cell.metadata else [], start=1):
            name = cell.metadata["figure"]
            pngs[name if number == 1 else f"{name}-{number}"] = base64.b64decode(png)
    return pngs
