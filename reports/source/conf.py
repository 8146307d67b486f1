"""Sphinx settings of the site.

Nothing is executed while it builds; title and pages come from the case.
"""

import json
from pathlib import Path

from PIL import Image  # comes with matplotlib
from sphinx.application import Sphinx

# The command line gives the title of the case in place of these two.
project = "report"
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
# What the case says of itself is written beside this file when a site is made.
SAID = Path(__file__).with_name("case.json")
said = json.loads(SAID.read_text(encoding="utf-8"))["case"] if SAID.exists() else {}
html_context = {"default_mode": "auto", "said": said}
html_sidebars = {"**": []}
html_static_path = ["_static"]
html_css_files = ["report.css"]
html_js_files = [("explore.js", {"defer": "defer"})]
html_extra_path = ["extra"]
templates_path = ["_templates"]
exclude_patterns = ["extra", "_pages"]

html_show_sourcelink = False
html_copy_source = False
html_use_index = False
html_last_updated_fmt = None
# A summary would be fetched from the page, which a browser forbids to a site opened as files.
html_show_search_summary = False

# Files of the theme that no page asks for: source maps, and the logos of firms.
UNUSED = ["*.map", "fa-brands-*"]
COLOURS = 64


def setup(app: Sphinx) -> None:
    """Have the site made smaller once it is built."""
    app.connect("build-finished", make_smaller)


def make_smaller(app: Sphinx, error: Exception | None) -> None:
    """Leave out the files that no page asks for, and keep pictures in few colours.

    The site is half as large then.
    """
    site = Path(app.outdir)
    for pattern in UNUSED:
        for path in list(site.rglob(pattern)):
            path.unlink()
    for path in site.glob("_images/*.png"):
        reduce_colours(path)


def reduce_colours(path: Path) -> None:
    """Write a picture again with a palette of its own."""
    picture = Image.open(path).convert("RGB")
    picture.quantize(COLOURS, method=Image.Quantize.FASTOCTREE).save(path)
