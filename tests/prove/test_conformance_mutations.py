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
        "_adding",
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
        "_by_camps",
        "_balance",
        "_ei_index",
        "_modularity",
        "balance_over_time",
    ],
    "helpers.change.variables": ["filtered", "_crossed"],
    "helpers.change.kernels": [
        "SHAPES",
        "kernel_weight",
        "weights_in_time",
        "_days",
        "_mean",
        "smoothed",
    ],
    "helpers.change.edge_changes": ["_changed", "_upper"],
    "helpers.change.chance": ["_dealt", "chance_table"],
    "helpers.change.phases": [
        "absolute_distance",
        "spectrum",
        "distances",
        "silhouette",
        "modularity",
        "shared_by_neighbours",
    ],
    "helpers.change.backbone": ["losses", "nested"],
    "helpers.change.correspondence": ["correspondence"],
    "helpers.change.found_camps": ["merges", "cut", "adjusted_rand", "_pairs"],
    "helpers.analysis.structure": ["_polarisation", "_weight_of_camps"],
}
# Changes that change no number that a case asks for.
SAME = {
    "helpers.analysis.networks": {
        # On a scale of one stance, 0 is divided by this.
        "_adding: np.ptp(values) or 1 | 1 -> 2",
        # On a scale of one stance, what is multiplied by this is divided by it.
        "weights_of: max(counts.scale) - min(counts.scale) or 1 | 1 -> 2",
    },
    "helpers.analysis.counts": {
        # All of them have one shape, and two zeros at a place are as one.
        "_plain_products: x[0] | 0 -> 1",
        "counts: (number > 0) & (self.actor >= 0) | number > 0 -> number >= 0",
        # Plain or sparse, the numbers are the same.
        "counts: max(shape) <= SMALL and number.dtype.kind == 'i' "
        "| max(shape) <= SMALL -> max(shape) < SMALL",
        "counts: max(shape) <= SMALL and number.dtype.kind == 'i' "
        "| number.dtype.kind == 'i' -> number.dtype.kind != 'i'",
    },
    "helpers.analysis.structure": {
        # Numbers of camps: any that are above 0.
        "_weight_of_camps: start=1 | 1 -> 2",
    },
    "helpers.change.balance": {
        # The matrix is symmetric.
        "_modularity: axis=0 | 0 -> 1",
        # Intervals, which the suite leaves to each program.
        "balance_over_time: size < 2 | 2 -> 3",
        "balance_over_time: {} if size < 2 else bootstrap(size, measured, draws, seed) "
        "| size < 2 -> size <= 2",
    },
    "helpers.change.phases": {
        # 1 is added to all eigenvalues of both networks.
        "spectrum: np.diag((degree > 0) * 1.0) | (degree > 0) * 1.0 -> (degree > 0) + 1.0",
        # 0 is divided by this.
        "modularity: apart.max() or 1 | 1 -> 2",
    },
    "helpers.change.chance": {
        # How near is equal.
        "chance_table: 1 + observed.abs() | 1 -> 2",
        "chance_table: ~(by_chance < least) | by_chance < least -> by_chance <= least",
    },
    "helpers.change.kernels": {
        # What is refused.
        "weights_in_time: if width <= 0: | width <= 0 -> width < 0",
        "weights_in_time: width <= 0 | 0 -> 1",
        # A date that lacks an end has no days, and of no statement there is no weight.
        "weights_in_time: ((statements.earliest != '') & (statements.latest != '')).to_numpy "
        "| (statements.earliest != '') & (statements.latest != '') "
        "-> (statements.earliest != '') | (statements.latest != '')",
        "weights_in_time: np.array(means)[place] if means else 0 | 0 -> 1",
    },
    "helpers.change.backbone": {
        # The statements behind an issue, beside the loss.
        "nested: statements[statements.speaker != ''] "
        "| statements.speaker != '' -> statements.speaker == ''",
    },
    "helpers.change.correspondence": {
        # A table of nothing is divided by this.
        "correspondence: table.to_numpy().sum() or 1 | 1 -> 2",
        # What is rounded or so small that it is no axis.
        "correspondence: told = value ** 2 > LEAST | value ** 2 > LEAST -> value ** 2 >= LEAST",
        "correspondence: value ** 2 > LEAST | value ** 2 -> value * 2",
        "correspondence: value ** 2 | 2 -> 3",
        # Which axes are told apart: their order is the same.
        "correspondence: value[told] ** 2 | 2 -> 3",
        "correspondence: _told_apart(value[told] ** 2) | value[told] ** 2 -> value[told] * 2",
        "correspondence: rows.abs().round(9) | 9 -> 10",
    },
    "helpers.change.found_camps": {
        # What is rounded.
        "merges: np.round(apart, 9) | 9 -> 10",
        # The index is a quotient of numbers of pairs.
        "_pairs: (sizes * (sizes - 1) / 2).sum "
        "| sizes * (sizes - 1) / 2 -> sizes * (sizes - 1) * 2",
        "_pairs: sizes * (sizes - 1) / 2 | 2 -> 3",
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


def places(tree: ast.Module, formulas: list[str]) -> Iterator[tuple[str, ast.AST]]:
    """What can be changed in these functions and constants, and where it stands."""
    for name, statement in named(tree):
        if name in formulas:
            for around in ast.walk(statement):
                for node in filter(changed, ast.iter_child_nodes(around)):
                    yield f"{name}: {ast.unparse(around).splitlines()[0]}", node


def named(tree: ast.Module) -> Iterator[tuple[str, ast.stmt]]:
    """The statements of functions, and the constants that have a type, by their names."""
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef):
            yield from ((node.name, statement) for statement in node.body)
        elif isinstance(node, ast.AnnAssign):
            yield ast.unparse(node.target), node


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
    rooms = [name for name in sys.modules if name.startswith(ROOMS)]
    for name in sorted(rooms, reverse=True):  # a package after its rooms
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
        if not all(map(holds, CASES_OF[name])):
            return True
        if name != "helpers.analysis.counts":
            return False
        # The other ways to multiply: those of large tables, and of large and full ones.
        counts = import_module(name)
        for least in ("SMALL", "FEW"):
            setattr(counts, least, 0)
            if not all(map(holds, CASES_OF[name])):
                return True
        return False
    finally:
        sys.meta_path.remove(finder)


def holds(case: dict) -> bool:
    try:
        return conforms(case)
    except Exception:
        return False


def cases_of() -> dict[str, list[dict]]:
    """The cases that need each room, by its name; first those that need the fewest rooms."""
    needed = []
    for case in CASES.values():
        forget()
        assert holds(case), case["id"]
        needed.append((case, FORMULAS.keys() & sys.modules.keys()))
    needed.sort(key=lambda one: len(one[1]))
    of_room = {room: [] for room in FORMULAS}
    for case, rooms in needed:
        for room in rooms:
            of_room[room].append(case)
    # Of counts, what all the others are made of.
    few = of_room["helpers.analysis.counts"]
    few[:] = [case for case in few if case["measure"] in ("one_mode", "two_mode")]
    return of_room


CASES_OF = cases_of()


def mutants(room: str) -> Iterator[tuple[str, ast.Module]]:
    """Each change of a room's formulas, told by where it stands, and the changed tree."""
    text = Path(importlib.util.find_spec(room).origin).read_text(encoding="utf-8")
    for number in range(len(list(places(ast.parse(text), FORMULAS[room])))):
        tree = ast.parse(text)
        where, place = list(places(tree, FORMULAS[room]))[number]
        told = f"{where} | {ast.unparse(place)} -> {ast.unparse(changed(place))}"
        yield told, ast.fix_missing_locations(Put(place).visit(tree))


@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize("room", FORMULAS)
def test_a_changed_formula_breaks_a_case(room, as_before):
    unnoticed = {told for told, tree in mutants(room) if not noticed(room, tree)}
    assert unnoticed == SAME.get(room, set())
