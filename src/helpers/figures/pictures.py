"""Figures as pictures: the look of the house, and few colours, so that a notebook stays small.

Whatever imports this room draws in the look of `style.mplstyle`.
"""

from importlib.resources import files
from io import BytesIO
from typing import TYPE_CHECKING

import matplotlib.pyplot as plt
from matplotlib.axes import Axes
from matplotlib.figure import Figure

if TYPE_CHECKING:
    from IPython.display import Image

# So many that the edge of a letter is smooth, and each colour of the house is still itself.
SHADES = 128
WHITE = (255, 255, 255)

plt.style.use(str(files("helpers.figures").joinpath("style.mplstyle")))


def done(figure: Figure) -> Figure:
    """The figure, closed for pyplot, so that a notebook shows it once."""
    plt.close(figure)
    return figure


def say(axes: Axes, words: str) -> None:
    """Write a sentence into the middle of axes that have nothing else to show."""
    axes.set_axis_off()
    middle = axes.transAxes
    axes.text(0.5, 0.5, words, ha="center", va="center", transform=middle)


def picture(figure: Figure) -> "Image":
    """A figure as a notebook shows it: a PNG of few colours."""
    from IPython.display import Image

    return Image(png(figure), format="png")


def png(figure: Figure) -> bytes:
    """A figure as PNG bytes with a palette of at most `SHADES` colours; the paper is white.

    A fourth of the bytes that matplotlib writes, at the same size. The colours are chosen by an
    octree, without dithering: the same figure gives the same bytes.
    """
    from PIL import Image

    drawn = BytesIO()
    figure.savefig(drawn, format="png")
    full = Image.open(drawn).convert("RGB")
    octree, plain = Image.Quantize.FASTOCTREE, Image.Dither.NONE
    few = full.quantize(SHADES, method=octree, dither=plain)
    few.putpalette(_with_white(few.getpalette() or []))
    written = BytesIO()
    few.save(written, format="png", optimize=True)
    return written.getvalue()


def _with_white(palette: list[int]) -> list[int]:
    """A palette (red, green, blue, red, …) whose lightest colour is white.

    An octree takes the mean of the colours that it puts together, which makes paper grey.
    """
    starts = range(0, len(palette), 3)
    lightest = max(starts, key=lambda start: sum(palette[start : start + 3]))
    return [*palette[:lightest], *WHITE, *palette[lightest + 3 :]]
