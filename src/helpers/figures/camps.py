"""Camps that were found: the dendrogram, and how often actors stand together, beside each other."""

from textwrap import shorten

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from helpers.figures.pictures import done, say
from helpers.figures.sheets import Part, left_out, title
from helpers.figures.style import INK, QUIET

# So many actors have room, so many characters of a name, and so many inches a row.
ACTORS, LETTERS, ROW = 40, 30, 0.22
# Light to dark is told apart in every kind of sight; what is not known is hatched.
SHADES = "cividis_r"


def camps(merges: pd.DataFrame, together: pd.DataFrame, names: dict[str, str]) -> Figure:
    """The dendrogram of actors, and beside it a cell for each pair: the share of draws together.

    `merges`: merge, one, other, height, size; `together`: a square frame of shares, 0 to 1, NaN
    where two were never both in a camp. Actors stand in the order of the merges; of more than
    `ACTORS` the figure has cells only for the first of them, and no dendrogram.
    """
    if merges.empty:
        figure, axes = plt.subplots(figsize=(5.2, 1))
        say(axes, "No actor agrees with another: there are no camps.")
        return done(figure)
    places, lines = _tree(merges)
    order = sorted((one for one in places if one in together.index), key=lambda one: places[one])
    shown = order[:ACTORS]
    whole = len(shown) == len(order) == len(together)
    head, foot = 0.6, 0.9
    height = head + ROW * max(len(shown), 4) + foot
    side, left, tree = ROW * len(shown), 2.3, 1.7
    figure = plt.figure(figsize=(max(left + tree + side + 0.2, 5.2), height), dpi=130)
    width = figure.get_figwidth()

    def room(x: float, wide: float) -> tuple[float, float, float, float]:
        """A column of the figure, in inches, as wide as the rows are high in all."""
        return x / width, foot / height, wide / width, side / height

    if whole:
        _draw_tree(figure.add_axes(room(0.1, tree)), lines, len(shown))
    cells = figure.add_axes(room(left + tree, side))
    drawn = _draw_cells(cells, together.loc[shown, shown], names)
    bar = figure.add_axes((left / width, 0.45 / height, tree / width, 0.1 / height))
    figure.colorbar(drawn, cax=bar, orientation="horizontal", ticks=[0, 0.5, 1])
    words = "share of draws in one camp"
    bar.set_title(words, fontsize=7, color=INK, pad=3)
    above = title(left_out([Part("actor", len(shown), len(together))], "co_assignment"))
    figure.text(0.1 / width, 1 - 0.25 / height, above, va="center", fontsize=7, color=INK)
    return done(figure)


def _tree(merges: pd.DataFrame) -> tuple[dict[str, float], list[tuple[list[float], list[float]]]]:
    """The row of each actor, and the bracket of each merge: heights and rows of its corners."""
    members: dict[str, list[str]] = {}
    for row in merges.itertuples():
        both = [*members.get(row.one, [row.one]), *members.get(row.other, [row.other])]
        members[f"merge {row.merge}"] = both
    places = {actor: float(place) for place, actor in enumerate(both)}
    heights = dict.fromkeys(both, 0.0)
    at = dict(places)
    lines = []
    for row in merges.itertuples():
        one, other, name = row.one, row.other, f"merge {row.merge}"
        corners = [heights[one], row.height, row.height, heights[other]]
        lines.append((corners, [at[one], at[one], at[other], at[other]]))
        at[name], heights[name] = (at[one] + at[other]) / 2, row.height
    return places, lines


def _draw_tree(axes: Axes, lines: list[tuple[list[float], list[float]]], size: int) -> None:
    for heights, rows in lines:
        axes.plot(heights, rows, color=INK, linewidth=0.9, solid_joinstyle="miter")
    axes.set_ylim(size - 0.5, -0.5)
    axes.invert_xaxis()
    axes.set_yticks([])
    axes.tick_params(axis="x", labelsize=7)
    axes.locator_params(axis="x", nbins=3)
    axes.set_xlabel("height of the merge", fontsize=7)
    axes.spines[["left", "right", "top"]].set_visible(False)


def _draw_cells(axes: Axes, shares: pd.DataFrame, names: dict[str, str]) -> object:
    """The cells, with the name of each row; what is not known stays hatched."""
    size = len(shares)
    known = np.ma.masked_invalid(shares.to_numpy(float))
    axes.set_facecolor("white")
    axes.patch.set(hatch="////", edgecolor=QUIET)
    drawn = axes.imshow(known, cmap=SHADES, vmin=0, vmax=1, interpolation="nearest")
    words = [shorten(names.get(one, one), LETTERS, placeholder=" …") for one in shares.index]
    axes.set_yticks(range(size), words, fontsize=8)
    axes.set_xticks([])
    axes.tick_params(length=0)
    axes.grid(visible=False)
    return drawn
