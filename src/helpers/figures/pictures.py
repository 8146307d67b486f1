"""Figures as pictures: the look of the house, and few colours, so that a notebook stays small.

Whatever imports this room draws in the look of `style.mplstyle`.
"""

from dataclasses import dataclass
from importlib.resources import files
from io import BytesIO
from typing import Any

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.text import Text

from helpers.figures.letters import spelled
from helpers.figures.sheets import PIXELS

# So many colours that the edge of a letter is smooth. The most frequent ones, which are paper, pale
# ground and ink, are kept as they are; else paper would take up the pale ground.
SHADES, KEPT = 128, 3

plt.style.use(str(files("helpers.figures").joinpath("style.mplstyle")))


def done(figure: Figure) -> Figure:
    """The figure, closed for pyplot, so that a notebook shows it once; no letter of it is a box."""
    for text in figure.findobj(Text):
        if text.get_text() != (words := spelled(text.get_text())):
            text.set_text(words)
    plt.close(figure)
    return figure


def say(axes: Axes, words: str) -> None:
    """Write a sentence into the middle of axes that have nothing else to show."""
    axes.set_axis_off()
    middle = axes.transAxes
    axes.text(0.5, 0.5, words, ha="center", va="center", transform=middle)


@dataclass(frozen=True)
class Picture:
    """A figure as a notebook shows it: the bytes of a PNG."""

    data: bytes

    def __repr__(self) -> str:
        return "a picture"

    def _repr_png_(self) -> bytes:
        return self.data


def picture(figure: Figure) -> Picture:
    """A figure as a notebook shows it, in few colours (see `png`)."""
    return Picture(png(figure))


def png(figure: Figure) -> bytes:
    """A figure as PNG bytes with a palette of at most `SHADES` colours.

    A fourth of the bytes that matplotlib writes, at the same size. The same figure gives the same
    bytes: the palette depends on the picture alone, and nothing is dithered. An octree puts like
    colours together, each becoming the mean of its like. One above `PIXELS` is drawn smaller.
    """
    from PIL import Image

    written = BytesIO()
    full = _drawn(figure, figure.dpi)
    if (pixels := full.width * full.height) > PIXELS:
        full = _drawn(figure, 0.99 * figure.dpi * (PIXELS / pixels) ** 0.5)
    octree, plain = Image.Quantize.FASTOCTREE, Image.Dither.NONE
    few = full.quantize(SHADES - KEPT, method=octree, dither=plain)
    shades, palette = np.array(few), few.getpalette() or []
    red, green, blue = np.moveaxis(np.array(full, dtype=np.int32), 2, 0)
    places = (red << 16) + (green << 8) + blue
    colours, counts = np.unique(places, return_counts=True)
    for colour in colours[np.argsort(-counts, kind="stable")[:KEPT]].tolist():
        shades[places == colour] = len(palette) // 3
        palette += [colour >> 16, colour >> 8 & 255, colour & 255]
    exact = Image.fromarray(shades)
    exact.putpalette(palette)
    exact.save(written, format="png", optimize=True)
    return written.getvalue()


def _drawn(figure: Figure, dpi: float) -> Any:
    """A figure as an image of Pillow."""
    from PIL import Image

    drawn = BytesIO()
    figure.savefig(drawn, format="png", dpi=dpi, pil_kwargs={"compress_level": 0})
    return Image.open(drawn).convert("RGB")
