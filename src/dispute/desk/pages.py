"""Pages: templates to HTML. Every value is escaped: what stands in a case is text, never markup."""

from functools import cache
from importlib.resources import files

import jinja2

# The files that a page may ask for, and what they are.
STATIC = {"desk.css": "text/css; charset=utf-8", "desk.js": "text/javascript; charset=utf-8"}


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
    return files("dispute").joinpath(f"templates/desk/{name}").read_bytes()
