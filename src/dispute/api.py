"""The pages of `helpers`: every public room, function and class in the words of its docstring.

Code is read, never run. A page is Markdown, one for each package.
"""

import ast
import inspect
import re
from collections.abc import Iterator
from pathlib import Path

import helpers

HOME = Path(helpers.__file__).parent
FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)
# Columns of a signature on one line.
WIDTH = 88
# Paragraphs, and one that is a list in columns.
PARTED = re.compile(r"\n\n+").split
ALIGNED = re.compile(r"(?m)^\w+ {2,}\S")


def api() -> dict[str, str]:
    """The pages by their names (`analysis.md`), and `README.md`, which names them."""
    pages = {f"{path.name}.md": _page(path) for path in sorted(HOME.iterdir()) if _is_package(path)}
    rooms = {path.name: f"{path.stem}.md" for path in HOME.glob("*.py") if path.stem != "__init__"}
    pages |= {page: _heading("helpers") + _room(HOME / name) for name, page in rooms.items()}
    lines = [f"- [`helpers.{name[:-3]}`]({name}): {_first(name[:-3])}" for name in sorted(pages)]
    about = (
        "# `helpers`\n\n"
        "What notebooks import: tables in, tables and figures out. Made from the docstrings by "
        "`dispute refresh`; all that is public is here. A row of a table, and each column, is "
        "described in the dictionary of the README.\n\n"
    )
    return pages | {"README.md": about + "\n".join(lines) + "\n"}


def _is_package(path: Path) -> bool:
    return (path / "__init__.py").is_file()


def _first(name: str) -> str:
    """The first sentence of a package or room."""
    folder = HOME / name
    path = folder / "__init__.py" if folder.is_dir() else folder.with_suffix(".py")
    words = ast.get_docstring(ast.parse(path.read_text(encoding="utf-8"))) or ""
    return words.partition("\n")[0]


def _heading(name: str) -> str:
    return f"# `{name}`\n\n"


def _page(package: Path) -> str:
    """A package: what its `__init__` says, then its rooms."""
    words = _docstring(ast.parse((package / "__init__.py").read_text(encoding="utf-8")))
    rooms = (path for path in sorted(package.rglob("*.py")) if path.stem != "__init__")
    return _heading(f"helpers.{package.name}") + words + "".join(map(_room, rooms))


def _room(path: Path) -> str:
    """A room: its docstring, then what is public in it; nothing where nothing is."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    told = [text for node in tree.body for text in _told(node)]
    name = ".".join(path.relative_to(HOME.parent).with_suffix("").parts)
    return f"## `{name}`\n\n{_docstring(tree)}{''.join(told)}" if told else ""


def _told(node: ast.stmt) -> Iterator[str]:
    """A function or class with its docstring; of a class, its fields and methods too."""
    if not isinstance(node, (*FUNCTIONS, ast.ClassDef)) or node.name.startswith("_"):
        return
    if isinstance(node, FUNCTIONS):
        yield f"### `{node.name}`\n\n{_code(_signature(node))}{_docstring(node)}"
        return
    fields = [ast.unparse(one) for one in node.body if isinstance(one, ast.AnnAssign)]
    yield f"### `{node.name}`\n\n{_code(chr(10).join(fields)) if fields else ''}{_docstring(node)}"
    for one in node.body:
        if isinstance(one, FUNCTIONS) and not one.name.startswith("_"):
            yield f"#### `{node.name}.{one.name}`\n\n{_code(_signature(one))}{_docstring(one)}"


def _signature(node: ast.FunctionDef | ast.AsyncFunctionDef) -> str:
    """A function as it is called: its arguments with types and defaults, and what it gives."""
    gives = f" -> {ast.unparse(node.returns)}" if node.returns else ""
    line = f"{node.name}({ast.unparse(node.args)}){gives}"
    if len(line) <= WIDTH:
        return line
    bare = [ast.arguments([], [one], None, [], [], None, []) for one in node.args.args]
    first = len(bare) - len(node.args.defaults)
    for one, default in zip(bare[first:], node.args.defaults, strict=True):
        one.defaults = [default]
    rest = ast.arguments(
        [], [], node.args.vararg, node.args.kwonlyargs, node.args.kw_defaults, node.args.kwarg, []
    )
    arguments = [text for text in map(ast.unparse, [*bare, rest]) if text]
    return f"{node.name}(\n" + "".join(f"    {one},\n" for one in arguments) + f"){gives}"


def _code(text: str) -> str:
    return f"```python\n{text}\n```\n\n"


def _docstring(node: ast.AST) -> str:
    """A docstring as Markdown, its `<` outside code being no markup, its columns as they stand."""
    words = inspect.cleandoc(ast.get_docstring(node) or "")  # type: ignore[arg-type]
    parts = [f"```text\n{one}\n```" if ALIGNED.search(one) else _said(one) for one in PARTED(words)]
    return "".join(f"{one}\n\n" for one in parts if one)


def _said(words: str) -> str:
    parts = re.split("(`[^`]*`)", words)
    return "".join(one if one.startswith("`") else one.replace("<", "\\<") for one in parts)
