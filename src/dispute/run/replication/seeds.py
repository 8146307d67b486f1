"""Every seed of the program, with its file and line. Code is read, never run."""

import ast
import re
from collections.abc import Iterator
from typing import NamedTuple

from dispute.run.imports import files, parsed
from dispute.run.inputs import PACKAGES, SRC

# What draws at random, and the names of seeds.
DRAWS = {"default_rng", "setSeed", "louvain_communities"}
SEEDS = {"seed", "SEED", "PYTHONHASHSEED"}
# What no text lacks that has one: a text without it is not read as code, which takes long.
NAMED = re.compile("|".join(sorted(DRAWS | SEEDS)))

Found = Iterator[tuple[str, str, int]]


class Seed(NamedTuple):
    """A seed: its value, its function (or constant), its file below `src`, its line."""

    value: str
    name: str
    file: str
    line: int


def seeds() -> list[Seed]:
    """Every seed of our packages, by file and line: defaults of arguments, constants, options."""
    found = []
    paths = [path for package in PACKAGES for path in files(package) if path.suffix == ".py"]
    for path in paths:
        name, text = path.relative_to(SRC).as_posix(), path.read_text(encoding="utf-8")
        for node in ast.walk(parsed(text)) if NAMED.search(text) else ():
            found += [Seed(value, what, name, line) for value, what, line in _of(node)]
    return sorted(found, key=lambda seed: (seed.file, seed.line))


def _of(node: ast.AST) -> Found:
    """The seeds that a node of code itself sets: their values, names and lines."""
    if isinstance(node, ast.FunctionDef):
        given = node.args.args[len(node.args.args) - len(node.args.defaults) :]
        for argument, default in zip(given, node.args.defaults, strict=True):
            if argument.arg in SEEDS:
                yield ast.unparse(default), node.name, argument.lineno
    elif isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) in SEEDS:
        yield ast.unparse(node.value), ast.unparse(node.targets[0]), node.lineno
    elif isinstance(node, ast.Dict):
        for key, value in zip(node.keys, node.values, strict=True):
            if isinstance(key, ast.Constant) and str(key.value).rpartition(".")[2] in SEEDS:
                yield ast.literal_eval(value), str(key.value), key.lineno
    elif isinstance(node, ast.Call) and node.args and isinstance(node.args[0], ast.Constant):
        yield from _of_call(node, node.args[0].value)


def _of_call(call: ast.Call, first: object) -> Found:
    """A seed that a call has as a number, or that is an option of a command."""
    name = ast.unparse(call.func).rpartition(".")[2]
    if first == "--seed":
        (default,) = (one.value for one in call.keywords if one.arg == "default")
        yield ast.unparse(default), str(first), call.lineno
    elif name in DRAWS:
        yield str(first), name, call.lineno
