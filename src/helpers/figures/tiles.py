"""The marks of the stance figures, and the grid that they stand on.

Shape says which sides an actor takes, fill how strongly, the number how many positions. Cells are
the unit of length.
"""

from textwrap import wrap
from typing import NamedTuple

import matplotlib.pyplot as plt
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.colors import to_hex, to_rgb
from matplotlib.figure import Figure
from matplotlib.patches import Polygon

from helpers.analysis.stances import Side, side_of, strength_of
from helpers.figures.legend import SIDES
from helpers.figures.style import INK

# The width of a cell in inches, and dots an inch.
CELL, DPI = 0.27, 200
# In cells: room for the names of actors.
NAMES = 5.2
# Characters of a cell's width in a small line, and the height of one.
CHARACTERS, LINE = 3.2, 0.62
PALE = "#e3e3e3"
MUTED = "#555555"
# Blue and orange stay apart for the colour-blind.
COLOURS: dict[Side, str] = {
    "for": "#005f99",
    "against": "#b34700",
    "both": "#6a4c78",
    "neutral": "#6f6f6f",
}
UP = [(-0.42, 0.36), (0.42, 0.36), (0.42, -0.14), (0, -0.44), (-0.42, -0.14)]
SHAPES: dict[Side, list[tuple[float, float]]] = {
    "for": UP,
    "against": [(x, -y) for x, y in UP],
    "both": [(-0.42, -0.16), (0, -0.46), (0.42, -0.16), (0.42, 0.16), (0, 0.46), (-0.42, 0.16)],
    "neutral": [(-0.36, -0.36), (0.36, -0.36), (0.36, 0.36), (-0.36, 0.36)],
}


class Tile(NamedTuple):
    """One mark: its side, how strong (0 to 1, None without a mean), and what stands in it.

    `on_condition`: for, but only if a condition is met.
    """

    side: Side
    strength: float | None = 1.0
    on_condition: bool = False
    words: str = ""


KEY = [
    (Tile("for"), SIDES["for"].meaning),
    (Tile("against"), SIDES["against"].meaning),
    (Tile("for", None, on_condition=True), SIDES["conditional"].meaning),
    (Tile("both"), SIDES["both"].meaning),
    (Tile("neutral"), SIDES["neutral"].meaning),
    (Tile("for", None), "too few for a mean"),
    (Tile("for", 0.1), "paler: weaker mean"),
]


class Grid(NamedTuple):
    """Where actors (rows) and issues or periods (columns) stand: the upper left corner in cells."""

    rows: list[str]
    columns: list[str]
    left: float
    top: float

    def x(self, column: int) -> float:
        """The middle of a column."""
        return self.left + NAMES + column + 0.5

    def y(self, row: int) -> float:
        """The middle of a row."""
        return self.top + row + 0.5


def canvas(width: float, height: float, title: str = "") -> tuple[Figure, Axes]:
    """A figure without axes in which one unit is a cell, y downwards; `title`: a line above all."""
    figure = plt.figure(figsize=(width * CELL, height * CELL), dpi=DPI)
    axes = figure.add_axes((0, 0, 1, 1), xlim=(0, width), ylim=(height, 0))
    axes.set_axis_off()
    for number, line in enumerate(title_lines(title, width)):
        axes.text(0, (number + 0.5) * LINE, line, va="center", fontsize=9, color=MUTED)
    return figure, axes


def title_lines(title: str, width: float) -> list[str]:
    """A title in lines of a width in cells."""
    return wrap(title, int(width * CHARACTERS))


def room_of(title: str, width: float) -> float:
    """The height of a title of a width, in cells."""
    return LINE * len(title_lines(title, width)) + 0.4 if title else 0.0


def draw_grid(axes: Axes, grid: Grid, names: dict[str, str]) -> None:
    """Pale lines and the names of the actors; a sentence where there is none."""
    name, edge = grid.left + NAMES - 0.2, grid.left + NAMES
    for row, actor in enumerate(grid.rows):
        words = "\n".join(wrap(names.get(actor, actor), 17, max_lines=2, placeholder=" …"))
        y = grid.y(row)
        axes.text(name, y, words, ha="right", va="center", fontsize=10, linespacing=0.85)
        axes.plot([edge, edge + len(grid.columns)], [y, y], color=PALE, linewidth=0.7, zorder=0)
    height = max(1, len(grid.rows))
    for column in range(len(grid.columns)):
        x = grid.x(column)
        axes.plot([x, x], [grid.top, grid.top + height], color=PALE, linewidth=0.7, zorder=0)
    if not grid.rows:
        words, y = "nobody speaks to it", grid.y(0)
        axes.text(name, y, words, ha="right", va="center", fontsize=9.5, style="italic")


def draw_cells(axes: Axes, grid: Grid, cells: pd.DataFrame, stances: pd.DataFrame) -> None:
    """A tile for each cell. `cells`: row, column, and the counts and the mean of `stance_table`."""
    for cell in cells.itertuples():
        side = side_of(cell.n_for, cell.n_conditional, cell.n_against)
        strength = strength_of(cell.mean_stance, stances.stance)
        on_condition = side == "for" and not cell.n_for
        x, y = grid.x(grid.columns.index(cell.column)), grid.y(grid.rows.index(cell.row))
        _draw_tile(axes, x, y, Tile(side, strength, on_condition, str(cell.n)))


def _draw_tile(axes: Axes, x: float, y: float, tile: Tile) -> None:
    """One mark: hollow without a strength, else the paler the weaker; dashed on a condition."""
    colour = COLOURS[tile.side]
    filling = _filling(tile)
    red, green, blue = (1 - filling * (1 - part) for part in to_rgb(colour))
    mark = Polygon(
        [(x + a, y + b) for a, b in SHAPES[tile.side]],
        facecolor=to_hex((red, green, blue)),
        edgecolor=colour,
        linewidth=1.1,
        linestyle=(0, (2, 1.2)) if tile.on_condition else "-",
    )
    axes.add_patch(mark)
    ink = "white" if filling > 0.85 else INK
    axes.text(x, y + 0.02, tile.words, ha="center", va="center", fontsize=10, color=ink)


def _filling(tile: Tile) -> float:
    """How full a mark is of its colour, 0 to 1. Between the sides, strength means nothing."""
    if tile.strength is None:
        return 0
    if tile.side in ("for", "against"):
        return 0.3 + 0.7 * min(1.0, tile.strength)
    return 1


def draw_key(axes: Axes, top: float) -> None:
    """What shape and fill mean, in two columns."""
    for number, (tile, words) in enumerate(KEY):
        x, y = 0.5 + 7.5 * (number % 2), top + 0.5 + 1.15 * (number // 2)
        _draw_tile(axes, x, y, tile)
        axes.text(x + 0.7, y, words, va="center", fontsize=9.5)
    y = top + 0.5 + 1.15 * 3
    axes.text(8.0, y, "3", ha="center", va="center", fontsize=9.5)
    axes.text(8.7, y, "number of positions", va="center", fontsize=9.5)
