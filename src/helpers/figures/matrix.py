"""The stance matrix as a figure.

Shape says which sides an actor takes, fill how strongly, the number how many positions. Drawn
narrow and with large type (9 points and more), so that it can be read on a phone and on paper.
Cells are the unit of length.
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
from helpers.figures.pictures import done
from helpers.figures.style import INK

# The width of a cell in inches.
CELL = 0.27
# In cells: room for names, for the headings of columns, between panels and for the key; and the
# least width of a figure.
NAMES, HEADINGS, GAP, FOOT, LEAST = 5.2, 4.4, 0.6, 5.2, 15
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


def stance_matrix(
    table: pd.DataFrame, stances: pd.DataFrame, names: dict[str, str], labels: dict[str, str]
) -> Figure:
    """Actor by issue, over all periods at once.

    `table`: rows of `stance_table` of one period (actor_id, issue, counts, mean_stance).
    `stances`: the codebook's scale. `names`: actor_id to name. `labels`: issue to label, in their
    order: an issue without a statement keeps its column.
    """
    grid = Grid(_by_size(table), list(labels), 0, HEADINGS)
    bottom = HEADINGS + max(1, len(grid.rows))
    figure, axes = _canvas(max(LEAST, NAMES + len(labels)), bottom + FOOT)
    for column, label in enumerate(labels.values()):
        axes.text(
            grid.x(column),
            HEADINGS - 0.3,
            "\n".join(wrap(label, 15, max_lines=2, placeholder=" …")),
            rotation=90,
            ha="center",
            va="bottom",
            fontsize=9,
            linespacing=0.95,
        )
    _draw_grid(axes, grid, names)
    _draw_cells(axes, grid, table.assign(row=table.actor_id, column=table.issue), stances)
    _draw_key(axes, bottom + 0.6)
    return done(figure)


def stance_periods(
    table: pd.DataFrame,
    stances: pd.DataFrame,
    names: dict[str, str],
    labels: dict[str, str],
    order: dict[str, str],
) -> Figure:
    """A small panel for each issue: actors by period, so that a row is an actor's way.

    `table`: rows of `stance_table`. `order`: period to label, in time, periods without a statement
    included. The rest as in `stance_matrix`. An issue nobody speaks to says so.
    """
    panels = {issue: table[table.issue == issue] for issue in labels}
    columns = 2 if len(order) <= 6 else 1
    wide = NAMES + len(order) + 1
    lines = [f"{mark}  {label}" for mark, label in _marks(order).items()]
    top = (len(lines) + 1) // 2 + 0.8
    places, bottom = _places(panels, columns)
    figure, axes = _canvas(max(LEAST, wide * columns - 1), top + bottom + FOOT)
    for number, line in enumerate(lines):
        axes.text(8.5 * (number % 2), 0.5 + number // 2, line, va="center", fontsize=10)
    for issue, (column, at) in places.items():
        rows = panels[issue]
        grid = Grid(_by_size(rows), list(order), column * wide, top + at + 1.6)
        _draw_titles(axes, grid, labels[issue], list(_marks(order)))
        _draw_grid(axes, grid, names)
        _draw_cells(axes, grid, rows.assign(row=rows.actor_id, column=rows.period), stances)
    _draw_key(axes, top + bottom + 0.2)
    return done(figure)


def _places(
    panels: dict[str, pd.DataFrame], columns: int
) -> tuple[dict[str, tuple[int, float]], float]:
    """In which column and at what height each panel stands, and how high the highest column is.

    A new column begins where the panels so far hold their share of the whole height.
    """
    heights = {issue: 1.6 + max(1, rows.actor_id.nunique()) + GAP for issue, rows in panels.items()}
    share = sum(heights.values()) / columns
    places: dict[str, tuple[int, float]] = {}
    column, at, bottom = 0, 0.0, 0.0
    for issue, height in heights.items():
        if column < columns - 1 and at + height / 2 > share:
            column, at = column + 1, 0.0
        places[issue] = (column, at)
        at += height
        bottom = max(bottom, at)
    return places, bottom


def _marks(order: dict[str, str]) -> dict[str, str]:
    """The periods by the mark that stands above their column: a number, or `?` for no period."""
    return {
        "?" if period == "unplaced" else str(number): label
        for number, (period, label) in enumerate(order.items(), start=1)
    }


def _by_size(table: pd.DataFrame) -> list[str]:
    """The actors, the one of most passages first; equal ones in the order of their ids."""
    passages = table.groupby("actor_id").n.sum().sort_index()
    return passages.sort_values(ascending=False, kind="stable").index.tolist()


def _canvas(width: float, height: float) -> tuple[Figure, Axes]:
    """A figure without axes in which one unit is a cell, y downwards."""
    figure = plt.figure(figsize=(width * CELL, height * CELL), dpi=200)
    axes = figure.add_axes((0, 0, 1, 1), xlim=(0, width), ylim=(height, 0))
    axes.set_axis_off()
    return figure, axes


def _draw_titles(axes: Axes, grid: Grid, label: str, marks: list[str]) -> None:
    """The issue of a panel, and the marks of its periods."""
    title = grid.top - 1.2
    axes.text(grid.left, title, label, va="center", fontsize=10.5, fontweight="bold")
    for column, mark in enumerate(marks):
        x, y = grid.x(column), grid.top - 0.4
        axes.text(x, y, mark, ha="center", va="center", fontsize=9.5, color=MUTED)


def _draw_grid(axes: Axes, grid: Grid, names: dict[str, str]) -> None:
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


def _draw_cells(axes: Axes, grid: Grid, cells: pd.DataFrame, stances: pd.DataFrame) -> None:
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


def _draw_key(axes: Axes, top: float) -> None:
    """What shape and fill mean, in two columns."""
    for number, (tile, words) in enumerate(KEY):
        x, y = 0.5 + 7.5 * (number % 2), top + 0.5 + 1.15 * (number // 2)
        _draw_tile(axes, x, y, tile)
        axes.text(x + 0.7, y, words, va="center", fontsize=9.5)
    y = top + 0.5 + 1.15 * 3
    axes.text(8.0, y, "3", ha="center", va="center", fontsize=9.5)
    axes.text(8.7, y, "number of positions", va="center", fontsize=9.5)
