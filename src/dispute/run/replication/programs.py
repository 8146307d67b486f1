"""Which program makes what: the helpers behind each table and figure of a notebook.

Code is read, never run: what a notebook writes is followed back through its assignments, in the
order of its cells, to the helpers that were called.
"""

import ast
import json
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

from dispute.run.imports import parsed
from dispute.run.inputs import SRC

# Rooms that read, write and show: they say nothing on how a number is computed.
BESIDE = ("helpers.case.", "helpers.figures.", "helpers.words.", "helpers.dates.edtf.")
WRITE, PICTURE = "write_table", "helpers.figures.pictures."

Helpers = dict[str, None]  # dotted names in their order


class Made(NamedTuple):
    """What a notebook makes: helpers behind each table and figure; "" is of those not named."""

    tables: dict[str, list[str]]
    figures: dict[str, list[str]]


def made(path: Path) -> Made:
    """What the notebook at a path makes, by its code."""
    reader, figures = _Reader(), {}
    for cell in json.loads(path.read_text(encoding="utf-8"))["cells"]:
        if cell["cell_type"] == "code":
            body = parsed("".join(cell["source"])).body
            reader.follow(body)
            if figure := cell["metadata"].get("figure"):
                drawn = [name for one in body for name in reader.called(one)]
                own = [name for name in drawn if not name.startswith(PICTURE)]
                figures[figure] = [name for name in own if name.startswith("helpers.figures.")]
    return Made({name: _computing(some) for name, some in reader.written.items()}, figures)


def _computing(helpers: Helpers) -> list[str]:
    """The helpers that compute; where none does, those that read."""
    some = [name for name in helpers if not name.startswith(BESIDE)]
    return some or [name for name in helpers if name.startswith("helpers.case.load.")]


class _Reader:
    """Follows the code of a notebook: by which helpers each name, and each table, came about."""

    def __init__(self) -> None:
        self.written: dict[str, Helpers] = {}
        self._imported: dict[str, str] = {}
        self._behind: dict[str, Helpers] = {}
        self._keys: dict[str, dict[str, Helpers]] = {}
        self._looped: dict[str, Helpers] = {}

    def follow(self, body: Iterable[ast.stmt]) -> None:
        """Read statements in their order."""
        for one in body:
            if isinstance(one, ast.ImportFrom):
                for name in one.names:
                    self._imported[name.asname or name.name] = f"{one.module}.{name.name}"
            elif isinstance(one, ast.FunctionDef):
                self._behind[one.name] = self._of(one)
            elif isinstance(one, ast.For):
                self._name(one.target, self._of(one.iter))
                self._looped = self._keys.get(_whole_of(one.iter), {})
                self.follow(one.body)
            elif isinstance(one, ast.Assign | ast.AugAssign | ast.AnnAssign) and one.value:
                self._assign(one, one.value)
            elif isinstance(one, ast.Expr):
                self._call(one.value)

    def called(self, node: ast.AST) -> list[str]:
        """The helpers that a piece of code calls or names itself."""
        found = []
        for one in ast.walk(node):
            if isinstance(one, ast.Attribute) and isinstance(one.value, ast.Name):
                found.append(f"{self._imported.get(one.value.id, '')}.{one.attr}")
            elif isinstance(one, ast.Name):
                found.append(self._imported.get(one.id, ""))
        return [name for name in found if name.startswith("helpers.") and not _is_room(name)]

    def _of(self, node: ast.AST) -> Helpers:
        """The helpers behind a piece of code: those it calls, then those behind its names."""
        behind = dict.fromkeys(self.called(node))
        for one in ast.walk(node):
            if isinstance(one, ast.Name):
                behind |= self._behind.get(one.id, {})
        return behind

    def _assign(self, one: ast.Assign | ast.AugAssign | ast.AnnAssign, value: ast.expr) -> None:
        behind = self._of(value)
        for target in one.targets if isinstance(one, ast.Assign) else [one.target]:
            if isinstance(target, ast.Subscript) and isinstance(target.slice, ast.Constant):
                known = self._keys.setdefault(ast.unparse(target.value), {})
                known[str(target.slice.value)] = behind
            elif isinstance(target, ast.Subscript):
                self._name(target.value, self._of(target.value) | behind)
            elif isinstance(one, ast.AugAssign):
                self._name(target, self._of(target) | behind)
            else:
                self._name(target, behind)
            if isinstance(value, ast.Dict):
                known = self._keys.setdefault(ast.unparse(target), {})
                for key, made_by in zip(value.keys, value.values, strict=True):
                    known[getattr(key, "value", "")] = self._of(made_by)

    def _name(self, target: ast.AST, behind: Helpers) -> None:
        for name in ast.walk(target):
            if isinstance(name, ast.Name):
                self._behind[name.id] = behind

    def _call(self, call: ast.expr) -> None:
        """A call that stands alone: a table that is written, or something put into a list."""
        if not isinstance(call, ast.Call):
            return
        if isinstance(call.func, ast.Name) and call.func.id == WRITE:
            frame, name = call.args[:2]
            if isinstance(name, ast.Constant):
                self.written[str(name.value)] = self._of(frame)
            else:
                self.written |= {"": self._of(frame), **self._looped}
        elif isinstance(call.func, ast.Attribute) and isinstance(call.func.value, ast.Name):
            filled = call.func.value.id
            for value in call.args:
                self._behind[filled] = self._behind.get(filled, {}) | self._of(value)


def _whole_of(loop: ast.expr) -> str:
    """The name of the dict over whose items a loop goes; empty for another loop."""
    items = isinstance(loop, ast.Call) and isinstance(loop.func, ast.Attribute)
    return ast.unparse(loop.func.value) if items else ""  # type: ignore[attr-defined]


def _is_room(name: str) -> bool:
    """Whether a dotted name is that of a room, not of something in it."""
    place = SRC / name.replace(".", "/")
    return place.is_dir() or place.with_suffix(".py").is_file()
