"""A notebook as a page: its prose, its results, and its code for those who want it."""

import base64
import io
import re
from typing import Any, NamedTuple

from markupsafe import Markup, escape
from PIL import Image
from pygments import highlight
from pygments.formatters import HtmlFormatter
from pygments.lexers import PythonLexer

from dispute.site.prose import markdown

Notebook = dict[str, Any]

# Colours of a picture; more are not seen in a figure, and weigh twice as much.
COLOURS = 64
# What of an output is shown: the first that it has.
KINDS = ("text/html", "image/svg+xml", "image/png", "text/markdown", "text/plain")
FORMAT = HtmlFormatter(nowrap=True)
EMPTY_HEADING = re.compile(r"<th[^<>]*></th>")


class Cell(NamedTuple):
    """A cell as HTML: prose or code, and what came out; one of them may be empty."""

    prose: Markup
    code: Markup
    results: list[Markup]


class Shown(NamedTuple):
    """A notebook as its page shows it: cells, and the bytes of its pictures by their file."""

    cells: list[Cell]
    pictures: dict[str, bytes]


def show(name: str, book: Notebook, folder: str) -> Shown:
    """The cells of an executed notebook, and its pictures as files of a folder of the site."""
    pictures: dict[str, bytes] = {}
    cells = []
    for cell in book["cells"]:
        source = "".join(cell["source"])
        if cell["cell_type"] == "markdown":
            cells.append(Cell(markdown(source), Markup(), []))
        elif cell["cell_type"] == "code":
            image = cell["metadata"].get("image", {})
            results = [
                _result(output, image, f"{folder}/{name}", pictures)
                for output in _merged(cell["outputs"])
            ]
            cells.append(Cell(Markup(), _code(source), [one for one in results if one]))
    return Shown(cells, pictures)


def _code(source: str) -> Markup:
    # What is highlighted is escaped.
    return Markup(highlight(source, PythonLexer(), FORMAT))


def _merged(outputs: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The outputs of a cell, what it printed in one piece before them; errors are left out."""
    printed = ["".join(one["text"]) for one in outputs if one["output_type"] == "stream"]
    text = {"data": {"text/plain": "".join(printed)}}
    return [text] * bool(printed) + [one for one in outputs if "data" in one]


def _result(
    output: dict[str, Any], image: dict[str, str], path: str, pictures: dict[str, bytes]
) -> Markup:
    """An output as HTML; a picture goes to `pictures`, in a file that begins with `path`.

    `image`: what the cell says of its pictures, `alt` and `width`.
    """
    kind = next((kind for kind in KINDS if kind in output["data"]), "")
    content = "".join(output["data"].get(kind, ""))
    if kind == "image/png":
        file = f"{path}-{len(pictures) + 1}.png"
        pictures[file], *size = _picture(content)
        shape = Markup('<img src="{}" alt="{}" width="{}" height="{}" style="width: {}">')
        return shape.format(file, image.get("alt", ""), *size, image.get("width", "auto"))
    if kind == "text/markdown":
        return markdown(content)
    if kind in ("text/html", "image/svg+xml"):
        # Our own notebooks made it. A screen reader would read the empty headings of pandas.
        return Markup(EMPTY_HEADING.sub("<td></td>", content))
    return Markup("<pre>{}</pre>").format(escape(content)) if content else Markup()


def _picture(content: str) -> tuple[bytes, int, int]:
    """A picture in few colours, with a palette of its own, and its size in pixels."""
    picture = Image.open(io.BytesIO(base64.b64decode(content))).convert("RGB")
    file = io.BytesIO()
    picture.quantize(COLOURS, method=Image.Quantize.FASTOCTREE).save(file, "png")
    return file.getvalue(), *picture.size


def title(book: Notebook, name: str) -> str:
    """The first heading of the first degree in a notebook; its name where there is none."""
    words = "".join(
        "".join(cell["source"]) + "\n" for cell in book["cells"] if cell["cell_type"] == "markdown"
    )
    heading = re.search(r"^# +(.+)$", words, flags=re.M)
    return heading[1].strip() if heading else name


def without_outputs(book: Notebook) -> Notebook:
    """The notebook as it is to be taken away and run."""
    empty: dict[str, Any] = {"outputs": [], "execution_count": None}
    return {
        **book,
        "cells": [
            {**cell, **empty} if cell["cell_type"] == "code" else cell for cell in book["cells"]
        ],
    }
