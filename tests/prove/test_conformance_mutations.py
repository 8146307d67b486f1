"""The conformance suite notices each formula that is changed.

Each sign, factor, comparison and number in the functions that compute is changed once, in a copy
of the source, and the rooms are loaded anew from it. At least one case must then fail. Written
here are the few changes that change no number, with the reason.
"""

import ast
import copy
import importlib.abc
import importlib.util
import sys
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from types import CodeType, ModuleType

import pytest

sys.path.insert(0, str(Path(__file__).parents[1]))
from conformed import CASES, conforms

# The functions whose formulas are changed, by their room.
FORMULAS = {
    "helpers.analysis.networks": [
        "deduplicate",
        "_span",
        "windows",
        "_window_ends",
        "distance",
        "kernel",
        "weights_of",
        "_divisor",
        "two_mode",
        "_quotient",
    ],
    "helpers.analysis.counts": [
        "activity",
        "products",
        "products_with_self",
        "unions",
        "_weighted",
        "counts",
        "_plain_products",
    ],
    "helpers.change.balance": [
        "balance",
        "ei_index",
        "modularity",
        "_by_camps",
        "balance_over_time",
    ],
    "helpers.change.camp_search": ["best_camps", "_all_tried"],
    "helpers.change.chance": ["_dealt", "chance_table"],
    "helpers.analysis.structure": ["_polarisation", "_weight_of_camps"],
}
# Changes that change no number.
SAME = {
    "helpers.analysis.networks": {
        # On a scale of one stance, 0 is divided by this.
        "distance: scale.max() - scale.min() or 1 | 1 -> 2",
        # The matrix is square.
        "weights_of: total.shape[0] | 0 -> 1",
    },
    "helpers.analysis.counts": {
        # All of them have one shape, and two zeros at a place are as one.
        "_plain_products: x[0] | 0 -> 1",
        "counts: (number > 0) & (self.actor >= 0) | number > 0 -> number >= 0",
    },
}
OPERATORS = {
    ast.Add: ast.Sub,
    ast.Sub: ast.Add,
    ast.Mult: ast.Add,
    ast.Div: ast.Mult,
    ast.MatMult: ast.Mult,
    ast.Pow: ast.Mult,
    ast.BitAnd: ast.BitOr,
    ast.BitOr: ast.BitAnd,
}
COMPARISONS = {
    ast.Gt: ast.GtE,
    ast.GtE: ast.Gt,
    ast.Lt: ast.LtE,
    ast.LtE: ast.Lt,
    ast.Eq: ast.NotEq,
    ast.NotEq: ast.Eq,
}


def places(tree: ast.AST, functions: list[str]) -> Iterator[tuple[str, ast.AST]]:
    """What can be changed in the bodies of these functions, and where it stands."""
    for function in ast.walk(tree):
        if not isinstance(function, ast.FunctionDef) or function.name not in functions:
            continue
        for statement in function.body:
            for around in ast.walk(statement):
                for node in filter(changed, ast.iter_child_nodes(around)):
                    yield f"{function.name}: {ast.unparse(around).splitlines()[0]}", node


def changed(node: ast.AST) -> ast.AST | None:
    """A copy of a node with its formula changed; None where it is no formula."""
    other = copy.copy(node)
    if isinstance(node, ast.BinOp) and type(node.op) in OPERATORS:
        other.op = OPERATORS[type(node.op)]()
    elif isinstance(node, ast.Compare) and type(node.ops[0]) in COMPARISONS:
        other.ops = [COMPARISONS[type(node.ops[0])](), *node.ops[1:]]
    elif isinstance(node, ast.Constant) and type(node.value) in (int, float):
        other.value = node.value + 1
    elif isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub | ast.Invert):
        return node.operand
    else:
        return None
    return other


class Put(ast.NodeTransformer):
    """A tree with the node at one place put in for another."""

    def __init__(self, place: ast.AST) -> None:
        self.place = place

    def visit(self, node: ast.AST) -> ast.AST:
        return changed(node) if node is self.place else self.generic_visit(node)


class Finder(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    """Loads one room from other code than that of its file."""

    def __init__(self, name: str, code: CodeType) -> None:
        self.name, self.code = name, code

    def find_spec(self, name, path=None, target=None):
        return importlib.util.spec_from_loader(name, self) if name == self.name else None

    def exec_module(self, module: ModuleType) -> None:
        exec(self.code, module.__dict__)


ROOMS = ("helpers.analysis.", "helpers.change.")


@pytest.fixture
def as_before():
    """The rooms are those of the files again after a test."""
    kept = {name: module for name, module in sys.modules.items() if name.startswith(ROOMS)}
    yield
    forget()
    for name, module in kept.items():
        put(name, module)


def forget() -> None:
    for name in [name for name in sys.modules if name.startswith(ROOMS)]:
        del sys.modules[name]
        package, _, room = name.rpartition(".")
        vars(sys.modules[package]).pop(room, None)


def put(name: str, module: ModuleType) -> None:
    package, _, room = name.rpartition(".")
    sys.modules[name] = module
    setattr(sys.modules[package], room, module)


def noticed(name: str, tree: ast.Module) -> bool:
    """Whether a case fails where a room is loaded from a tree."""
    finder = Finder(name, compile(tree, name, "exec"))
    forget()
    sys.meta_path.insert(0, finder)
    try:
        if not all(map(holds, HELD)):
            return True
        # The other way to multiply, which is taken for large and full tables.
        import_module("helpers.analysis.counts").FEW = 0
        return not all(map(holds, HELD))
    finally:
        sys.meta_path.remove(finder)


def holds(case: dict) -> bool:
    try:
        return conforms(case)
    except Exception:
        return False


HELD = list(filter(holds, CASES.values()))


def mutants(room: str) -> Iterator[tuple[str, ast.Module]]:
    """Each change of a room's formulas, told by where it stands, and the changed tree."""
    text = Path(importlib.util.find_spec(room).origin).read_text(encoding="utf-8")
    for number in range(len(list(places(ast.parse(text), FORMULAS[room])))):
        tree = ast.parse(text)
        where, place = list(places(tree, FORMULAS[room]))[number]
        told = f"{where} | {ast.unparse(place)} -> {ast.unparse(changed(place))}"
        yield told, ast.fix_missing_locations(Put(place).visit(tree))


@pytest.mark.parametrize("room", FORMULAS)
def test_a_changed_formula_breaks_a_case(room, as_before):
    unnoticed = {told for told, tree in mutants(room) if not noticed(room, tree)}
    assert unnoticed == SAME.get(room, set())
