"""What a Python text depends on: the files of our own packages that it imports, and their data.

The text is read, never run. So a step knows what its code rests on before anything happens.
"""

import ast
import re
import threading
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

PARSING = threading.Lock()
# Folders in a package that are none of it: compiled files, and notebooks for a new compendium.
BESIDE = {"__pycache__", "packed"}
# A string that is the dotted name of a module.
MODULE = re.compile(r"""["']([A-Za-z_]\w*(?:\.[A-Za-z_]\w*)+)["']""")


def parsed(text: str) -> ast.Module:
    """`ast.parse`, one thread at a time.

    Python 3.11 counts the depth of all threads together, and stops with a SystemError.
    """
    with PARSING:
        return ast.parse(text)


def imported(source: str, *packages: Path) -> list[Path]:
    """The files of packages that a Python text imports, directly or through others, sorted.

    `packages` are folders; a folder's name is its package's. Sub-packages, relative imports,
    the `__init__` of each package on the way, and modules that are named in a text of their own
    (`"package.room"`) are followed. A data file counts where a string of the code ends with its
    name; what a docstring or a comment says does not count. A text that cannot be read as Python
    counts as importing all.
    """
    homes = {package.name: package for package in packages}
    reached: dict[Path, str] = {}
    waiting = [("", source)]
    while waiting:
        module, text = waiting.pop()
        try:
            names = _named_modules(text, module, frozenset(homes))
        except SyntaxError:
            return sorted(path for package in packages for path in files(package))
        for name in names:
            for module, path in _way_to(name, homes[name.partition(".")[0]]):
                if path not in reached:
                    reached[path] = path.read_text(encoding="utf-8")
                    waiting.append((module, reached[path]))
    words = "\n".join([source, *reached.values()])
    data = [path for package in packages for path in files(package) if path.suffix != ".py"]
    named = {path for path in data if f'{path.name}"' in words or f"{path.name}'" in words}
    return sorted({*reached, *named})


def files(package: Path) -> Iterator[Path]:
    """All files of a package, but for what Python and the wheel leave beside them."""
    for path in package.rglob("*"):
        if path.is_file() and BESIDE.isdisjoint(path.parts):
            yield path


@cache
def _named_modules(text: str, module: str, tops: frozenset[str]) -> frozenset[str]:
    """The dotted names in a text that may be modules of ours.

    `module` is the name of the text's own module, for relative imports; that of a package ends
    with `.__init__`. `tops` are the packages that matter.
    """
    names = {match[1] for match in MODULE.finditer(text)}
    for node in _statements(parsed(text)):
        if isinstance(node, ast.Import):
            names.update(alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            home = _home(node, module)
            names.update([home, *(f"{home}.{alias.name}" for alias in node.names)])
    return frozenset(name for name in names if name.split(".")[0] in tops)


def _statements(tree: ast.Module) -> Iterator[ast.stmt]:
    """Every statement, also those within others. Expressions, the most of a tree, are passed by."""
    waiting: list[Any] = [tree]
    while waiting:
        node = waiting.pop()
        for part in ("body", "orelse", "finalbody", "handlers", "cases"):
            waiting += getattr(node, part, [])
        if isinstance(node, ast.stmt):
            yield node


def _home(node: ast.ImportFrom, module: str) -> str:
    """The module that a `from … import` names: `.` is the package that the text is in."""
    if not node.level:
        return node.module or ""
    package = module.split(".")[: -node.level]
    return ".".join([*package, *([node.module] if node.module else [])])


@cache
def _way_to(name: str, home: Path) -> list[tuple[str, Path]]:
    """A module and each package above it: its full name and file. Nothing where it is no module."""
    parts = name.split(".")
    way = []
    for length in range(1, len(parts) + 1):
        folder = home.joinpath(*parts[1:length])
        face, room = folder / "__init__.py", folder.with_name(f"{folder.name}.py")
        module = ".".join(parts[:length])
        if face.is_file():
            way.append((f"{module}.__init__", face))
        elif room.is_file() and length > 1:
            way.append((module, room))
        elif not folder.is_dir():
            return []
    return way
