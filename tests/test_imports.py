"""What a step's code depends on: every file of the packages that its text imports."""

import subprocess
import sys

import pytest

from dispute.run import imports

FILES = {
    "words.py": "",
    "house.yaml": "",
    "dates/edtf.py": "from .. import words\n",
    "dates/lexicon.py": "from importlib.resources import files\n"
    "WORDS = files('pack.dates').joinpath('lexicon.yaml')\n",
    "dates/lexicon.yaml": "",
    "dates/resolve.py": "from pack.dates import edtf\nfrom .lexicon import WORDS\n",
    "figures/style.py": "STYLE = 'look.mplstyle'\n",
    "figures/look.mplstyle": "",
    "figures/network.py": "import pack.figures.style\n",
    "figures/deep/down.py": "from ...dates.edtf import x\nfrom .. import style\n",
    "alone.py": "",
}


@pytest.fixture
def pack(tmp_path):
    """A package with sub-packages, each with an `__init__`."""
    for name, text in FILES.items():
        path = tmp_path / "pack" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    for folder in ("", "dates", "figures", "figures/deep"):
        (tmp_path / "pack" / folder / "__init__.py").write_text("", encoding="utf-8")
    return tmp_path / "pack"


def names(source, *homes):
    """The files that a text imports, by their path in the package, without each `__init__`."""
    found = {path.relative_to(homes[0]).as_posix() for path in imports.imported(source, *homes)}
    return {name for name in found if not name.endswith("__init__.py")}


@pytest.mark.parametrize(
    "source, expected",
    [
        ("import pack.dates.edtf", {"dates/edtf.py", "words.py"}),
        ("import pack.dates.edtf as dates", {"dates/edtf.py", "words.py"}),
        ("from pack.dates.edtf import bounds", {"dates/edtf.py", "words.py"}),
        ("from pack.dates import edtf", {"dates/edtf.py", "words.py"}),
        (
            "from pack.dates import edtf as e, lexicon",
            {"dates/edtf.py", "words.py", "dates/lexicon.py", "dates/lexicon.yaml"},
        ),
        (
            "from pack.dates.resolve import resolve",
            {
                "dates/resolve.py",
                "dates/edtf.py",
                "words.py",
                "dates/lexicon.py",
                "dates/lexicon.yaml",
            },
        ),
        (
            "from pack.figures import network",
            {"figures/network.py", "figures/style.py", "figures/look.mplstyle"},
        ),
        (
            "import pack.figures.deep.down",
            {
                "figures/deep/down.py",
                "dates/edtf.py",
                "words.py",
                "figures/style.py",
                "figures/look.mplstyle",
            },
        ),
        ("import importlib\nimportlib.import_module('pack.alone')", {"alone.py"}),
        ("open('house.yaml')", {"house.yaml"}),
    ],
)
def test_imports_are_followed_into_sub_packages_and_to_data(pack, source, expected):
    assert names(source, pack) == expected


@pytest.mark.parametrize(
    "source, expected",
    [
        ("def f():\n    from pack import alone", {"alone.py"}),
        ("import pandas", set()),
        ("'pack.mplstyle'", set()),
        ("def f():\n    'reads house.yaml, and no more'", set()),
    ],
)
def test_imports_inside_functions_count_and_those_of_others_do_not(pack, source, expected):
    assert names(source, pack) == expected


def test_the_face_of_each_package_on_the_way_counts(pack):
    found = imports.imported("from pack.figures.deep import down", pack)
    faces = {path.parent.name for path in found if path.name == "__init__.py"}
    assert faces == {"pack", "figures", "deep", "dates"}


def test_a_face_that_hands_names_on_is_followed(pack):
    (pack / "dates/__init__.py").write_text("from .edtf import x\n", encoding="utf-8")
    assert names("import pack.dates", pack) == {"dates/edtf.py", "words.py"}


def test_text_that_is_no_python_counts_as_importing_all(pack):
    everything = {path for path in pack.rglob("*") if path.is_file()}
    assert set(imports.imported("%time x = ", pack)) == everything


def test_imports_cross_from_one_package_to_another(pack):
    other = pack.with_name("other")
    other.mkdir()
    (other / "__init__.py").write_text("", encoding="utf-8")
    (other / "run.py").write_text("from pack import alone\n", encoding="utf-8")
    found = imports.imported("import other.run", pack, other)
    assert {path.name for path in found} == {"__init__.py", "run.py", "alone.py"}


@pytest.mark.parametrize(
    "module", ["helpers.dates.resolve", "dispute.run.graph", "dispute.cli.run"]
)
def test_what_python_loads_is_what_a_step_counts(root, module):
    """Every file of the house that an import loads is among those that `imported` names."""
    packages = [root / "src/helpers", root / "src/dispute"]
    ask = f"""
import sys, {module}
for name, loaded in sys.modules.items():
    if name.split('.')[0] in ('helpers', 'dispute'):
        print(loaded.__file__)
"""
    done = subprocess.run([sys.executable, "-c", ask], capture_output=True, text=True, check=True)
    counted = {str(path) for path in imports.imported(f"import {module}", *packages)}
    assert set(done.stdout.splitlines()) <= counted
