"""Pages: templates to HTML. Every value is escaped: what stands in a case is text, never markup."""

from functools import cache
from importlib.resources import files

import jinja2

# The files that a page may ask for, what they are, and where they lie. The report's stylesheet has
# the colours of the house.
CSS, JS = "text/css; charset=utf-8", "text/javascript; charset=utf-8"
STATIC = {"desk.css": CSS, "desk.js": JS, "report.css": CSS}
PLACES = {"desk.css": "desk/desk.css", "desk.js": "desk/desk.js", "report.css": "report.css"}
STATIC |= {"settle.css": CSS, "settle.js": JS, "codebook.js": JS}
PLACES |= {name: f"desk/{name}" for name in ("settle.css", "settle.js", "codebook.js")}


@cache
def _templates() -> jinja2.Environment:
    return jinja2.Environment(
        loader=jinja2.PackageLoader("dispute", "templates/desk"),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=jinja2.StrictUndefined,
    )


def page(name: str, root: str, **values: object) -> str:
    """A page by its template; `root` is the address of the desk, with a slash behind."""
    return _templates().get_template(f"{name}.html.jinja").render(root=root, **values)


def static(name: str) -> bytes:
    """A stylesheet or script of the desk."""
    return files("dispute").joinpath(f"templates/{PLACES[name]}").read_bytes()
