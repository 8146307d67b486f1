"""Sites of a case, in memory: what tests of pages read."""

from dispute.site import pages
from dispute.site.shell import Sources


def a_notebook():
    """An executed notebook of two cells."""
    words = {"cell_type": "markdown", "id": "a", "metadata": {}, "source": "# A notebook"}
    output = {"output_type": "stream", "name": "stdout", "text": "1 < 2"}
    code = {"cell_type": "code", "id": "b", "metadata": {}, "source": "print('1 < 2')"}
    code |= {"execution_count": 1, "outputs": [output]}
    return {"cells": [words, code], "metadata": {}, "nbformat": 4, "nbformat_minor": 5}


def written(root, case, tables, kept=None, news=None):
    """The files of the site of a case, with one notebook, by their path."""
    source = root / "src/dispute/templates"
    templates = {path.name: path.read_text("utf-8") for path in (source / "pages").iterdir()}
    sources = Sources(
        templates,
        (source / "glossary.md").read_text(encoding="utf-8"),
        {"4_stance_tables": a_notebook()},
        {"4_stance_tables": {"coder": "adjudicated"}},
        {name: [f"{name}.csv"] for name in tables},
        {"x.gexf": "a network"},
        news,
        lines={"4_stance_tables": ["make .venv/dev", "papermill x out.ipynb"]},
    )
    return dict(pages.site(case, tables, "adjudicated", sources, kept))


def html_of(files):
    """The pages among the files of a site."""
    return {name: text for name, text in files.items() if name.endswith(".html")}
