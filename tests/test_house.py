"""The house: what may import what, how long a line or room may be, what is installed for it."""

import ast
import graphlib
import re
import sys
import tomllib
from pathlib import Path

import pytest
import yaml
from house import ROOT, faults, rooms

# From the ground up. A room imports from its own floor or from one below it.
FLOORS = [
    "helpers.words",
    "helpers.dates",
    "helpers.case",
    "helpers.proposing",
    "helpers.analysis",
    "helpers.change",
    "helpers.figures",
    "dispute.messages",
    "dispute.exchange",
    "dispute.intake",
    "dispute.dictionary",
    "dispute.changes",
    "dispute.compendium",
    "dispute.site",
    "dispute.brief",
    "dispute.run",
    "dispute.proposing",
    "dispute.corpus",
    "dispute.desk",
    "dispute.exercise",
    "dispute.editions",
    "dispute.cli",
]
SRC = ROOT / "src"
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
PACKAGES = {  # what is imported, where the distribution has another name
    "jinja2": "jinja2",
    "markdown_it": "markdown-it-py",
    "yaml": "pyyaml",
    "PIL": "pillow",
    "docx": "python-docx",
}


def module(path: Path) -> str:
    """The dotted name of a room."""
    parts = path.relative_to(SRC).with_suffix("").parts
    return ".".join(part for part in parts if part != "__init__")


MODULES = {module(path): path for path in SRC.rglob("*.py")}


def imports(path: Path) -> set[str]:
    """The modules that a file imports, wherever in it: ours by their room, others by their top."""
    names = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            asked = {f"{node.module}.{alias.name}" for alias in node.names}
            names |= {name if name in MODULES else node.module for name in asked}
    return {name if name in MODULES else name.split(".")[0] for name in names}


def floor(name: str) -> int:
    """The floor on which a module lies; the faces of the two packages lie on the ground."""
    return next(
        (number for number, head in enumerate(FLOORS) if f"{name}.".startswith(f"{head}.")), 0
    )


@pytest.mark.parametrize("path", rooms(), ids=lambda path: path.relative_to(ROOT).as_posix())
def test_every_room_keeps_the_laws_of_the_house(path):
    assert list(faults(path)) == []


def test_nothing_imports_upward():
    upward = {
        (name, other)
        for name, path in MODULES.items()
        for other in imports(path) & MODULES.keys()
        if floor(other) > floor(name)
    }
    assert upward == set()


def test_helpers_and_notebooks_never_import_the_program():
    texts = [path for name, path in MODULES.items() if name.startswith("helpers")]
    texts += [*(ROOT / "notebooks").glob("*.ipynb")]
    pattern = re.compile(r"(from|import) dispute")
    assert [path.name for path in texts if pattern.search(path.read_text(encoding="utf-8"))] == []


def test_no_two_rooms_import_each_other():
    graph = {name: imports(path) & MODULES.keys() - {name} for name, path in MODULES.items()}
    graphlib.TopologicalSorter(graph).prepare()


def test_each_package_says_what_its_rooms_are():
    verbs = SRC / "dispute/cli/__init__.py"  # a new verb is a new file and nothing else
    for path in set(SRC.rglob("__init__.py")) - {verbs}:
        words = ast.get_docstring(ast.parse(path.read_text(encoding="utf-8"))) or ""
        below = [room for room in path.parent.glob("*.py") if room.stem != "__init__"]
        below += [room.parent for room in path.parent.glob("*/__init__.py")]
        missing = [room.stem for room in below if room.stem not in words]
        assert missing == [], f"{path}: its docstring does not name {missing}"


def names(requirements: list[str]) -> set[str]:
    """The packages that requirements name, without versions."""
    return {re.match(r"[A-Za-z0-9_-]+", requirement)[0].lower() for requirement in requirements}


def test_the_wheel_asks_for_what_its_code_imports_and_no_more():
    used = set.union(*map(imports, MODULES.values()))
    # Those that are imported only where somebody asks for what an extra does.
    for extra in ("model", "corpus"):
        used -= names(PROJECT["optional-dependencies"][extra])
    # pytest loads the room that is a plugin of it.
    used -= {*MODULES, *sys.stdlib_module_names, "helpers", "dispute", "pytest"}
    asked = names(PROJECT["dependencies"])
    assert {PACKAGES.get(name, name) for name in used} <= asked
    by_program = {"ipykernel"}  # started, not imported
    assert asked <= {PACKAGES.get(name, name) for name in used} | by_program


def test_conda_names_the_same_packages():
    extras = PROJECT["optional-dependencies"]
    environment = yaml.safe_load((ROOT / "environment.yml").read_text())["dependencies"]
    pip = next(entry["pip"] for entry in environment if isinstance(entry, dict))
    named = [entry for entry in [*environment, *pip] if isinstance(entry, str)]
    named = {entry for entry in named if not entry.startswith("--")} - {"pip", "python>=3.11"}
    assert named == {*PROJECT["dependencies"]}.union(
        *(extras[extra] for extra in ("lab", "model", "test", "lint"))
    )


@pytest.mark.parametrize(
    "lock, extras",
    [
        ("requirements.lock", []),
        ("requirements-dev.lock", ["lab", "model", "test", "lint", "setup"]),
    ],
)
def test_a_lock_holds_every_dependency_with_hashes_and_no_address(lock, extras):
    text = (ROOT / lock).read_text()
    asked = [*PROJECT["dependencies"]]
    for extra in extras:
        asked += PROJECT["optional-dependencies"][extra]
    for name in (name.replace("_", "-") for name in names(asked)):
        assert re.search(rf"^{name}==\S+ .*\\\n    --hash=sha256:", text, re.M), name
    assert "://" not in text


def test_the_locks_hold_the_same_versions():
    pinned = {}
    for lock in ("requirements.lock", "requirements-dev.lock"):
        found = re.findall(r"^([a-z0-9-]+)==(\S+)", (ROOT / lock).read_text(), re.M)
        pinned[lock] = dict(found)
    assert pinned["requirements.lock"].items() <= pinned["requirements-dev.lock"].items()
