"""The pages of `helpers`: they are what the docstrings say, and hold all that notebooks import."""

import ast
import re

import pytest

from dispute.api import api
from dispute.run.notebooks import code

PAGES = api()


def test_the_committed_pages_are_what_the_docstrings_say(root):
    kept = {path.name: path.read_text("utf-8") for path in (root / "docs/api").iterdir()}
    assert kept.keys() == PAGES.keys()
    assert [name for name in PAGES if PAGES[name] != kept[name]] == [], "run `make refresh`"


@pytest.mark.parametrize("name", ["README.md", *PAGES])
def test_a_page_begins_with_its_name_and_leaves_no_markup(name):
    assert PAGES[name].startswith("# `helpers")
    prose = re.sub(r"```.*?```|`[^`]*`", "", PAGES[name], flags=re.S)
    assert not re.search(r"(?<!\\)<", prose)
    assert PAGES[name].count("```") % 2 == 0


def test_all_that_notebooks_import_is_there(root):
    told = {word for text in PAGES.values() for word in re.findall(r"(?m)^#+ `([\w.]+)`", text)}
    rooms = {word for word in told if word.startswith("helpers.")}
    for path in (root / "notebooks").glob("*.ipynb"):
        for node in ast.walk(ast.parse(code(path))):
            if isinstance(node, ast.ImportFrom) and str(node.module).startswith("helpers"):
                for one in node.names:
                    known = f"{node.module}.{one.name}" in rooms or one.name in told
                    assert known or one.name.isupper(), one.name


def test_a_long_signature_has_a_line_for_each_argument():
    told = PAGES["analysis.md"].partition("### `people_agreement`")[2].partition("```\n\n")[0]
    assert "    draws: int=500,\n    seed: int=0,\n) -> pd.DataFrame" in told
