"""Sphinx settings of the site. Nothing is executed while it builds; title and pages come from the case."""

from pathlib import Path

from PIL import Image  # comes with matplotlib

project = "report"  # given on the command line
html_title = "report"
author = ""
extensions = ["myst_nb"]
nb_execution_mode = "off"
nb_merge_streams = True
nb_code_prompt_show = "Show the code"
nb_code_prompt_hide = "Hide the code"
myst_enable_extensions = ["attrs_inline", "colon_fence", "deflist"]
myst_heading_anchors = 3
html_theme = "pydata_sphinx_theme"
html_theme_options = {
    "search_bar_text": "Search the report",
    "navbar_end": ["theme-switcher"],
    "show_prev_next": False,
    "show_nav_level": 2,
    "secondary_sidebar_items": ["page-toc"],
    "footer_start": ["provenance"],
    "footer_end": [],
    "use_edit_page_button": False,
    "header_links_before_dropdown": 10,
}
html_context = {"default_mode": "auto"}
html_sidebars = {"**": []}
html_static_path = ["_static"]
html_css_files = ["report.css"]
html_js_files = [("explore.js", {"defer": "defer"})]
html_extra_path = ["extra"]
templates_path = ["_templates"]
html_show_sourcelink = False
html_copy_source = False
html_use_index = False
html_show_search_summary = False  # it would fetch the pages, which a browser forbids to a file
html_last_updated_fmt = None
exclude_patterns = ["extra", "_pages"]


def setup(app):
    app.connect("build-finished", _light)


def _light(app, error):
    """Leave out what no page asks for (source maps, and the logos of firms), and keep pictures in few colours: the site is half as large."""
    for path in [*Path(app.outdir).rglob("*.map"), *Path(app.outdir).rglob("fa-brands-*")]:
        path.unlink()
    for path in Path(app.outdir, "_images").glob("*.png"):
        Image.open(path).convert("RGB").quantize(64, method=Image.Quantize.FASTOCTREE).save(path)
