"""The laws of the house, counted from the syntax.

`python tests/house.py [FILE …]` lists what breaks one.

A room (file) over 300 lines or a function over 60 needs a reason beside it: a comment that begins
with `# Long:`, in the room's first twenty lines or in the function.
"""

import ast
import sys
from collections.abc import Iterator
from itertools import chain
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
WIDTH, ROOM, FUNCTION, NODES = 100, 300, 60, 150
COMPREHENSIONS = (ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp)
FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)


def rooms() -> list[Path]:
    """The Python files of the project."""
    places = [ROOT / "src", ROOT / "tests"]
    return sorted(path for place in places for path in place.rglob("*.py"))


def faults(path: Path) -> Iterator[str]:
    """What in a file breaks a law, one sentence each, with its line."""
    text = path.read_text(encoding="utf-8")
    lines = text.splitlines()
    name = path.relative_to(ROOT).as_posix()
    for number, line in enumerate(lines, start=1):
        if len(line) > WIDTH:
            yield f"{name}:{number}: a line of {len(line)} columns"
    in_src = name.startswith("src")
    if in_src and len(lines) > ROOM and not _reasoned(lines[:20]):
        yield f"{name}:1: a room of {len(lines)} lines"
    for node in ast.walk(ast.parse(text)):
        for fault in _nested(node):
            yield f"{name}:{node.lineno}: {fault}"
        if in_src:
            yield from (f"{name}:{node.lineno}: {fault}" for fault in _long(node, lines))


def _nested(node: ast.AST) -> Iterator[str]:
    if isinstance(node, COMPREHENSIONS) and _holds(node, COMPREHENSIONS):
        yield "a comprehension within a comprehension"
    if isinstance(node, ast.IfExp) and _holds(node, ast.IfExp):
        yield "a conditional within a conditional"


def _long(node: ast.AST, lines: list[str]) -> Iterator[str]:
    if isinstance(node, FUNCTIONS):
        body = lines[node.lineno - 1 : node.end_lineno]
        if len(body) > FUNCTION and not _reasoned(body):
            yield f"a function of {len(body)} lines ({node.name})"
    if isinstance(node, ast.stmt) and (size := _size(node)) > NODES:
        yield f"a statement of {size} syntax nodes"


def _reasoned(lines: list[str]) -> bool:
    return any(line.strip().startswith("# Long:") for line in lines)


def _holds(node: ast.AST, kinds: type | tuple[type, ...]) -> bool:
    return any(isinstance(inner, kinds) for inner in ast.walk(node) if inner is not node)


def _size(statement: ast.stmt) -> int:
    """The syntax nodes of a statement, those of the statements in it left out."""
    size, waiting = 0, [statement]
    while waiting:
        node = waiting.pop()
        size += 1
        inside = ast.iter_child_nodes(node)
        waiting += [inner for inner in inside if not isinstance(inner, ast.stmt)]
    return size


if __name__ == "__main__":
    chosen = [Path(name).resolve() for name in sys.argv[1:]] or rooms()
    told = list(chain.from_iterable(map(faults, chosen)))
    print("\n".join(told) or "no law is broken")
    sys.exit(bool(told))
