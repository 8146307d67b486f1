"""Camps that were found: the dendrogram, and how often actors stand together, beside each other."""

from textwrap import shorten

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.image import AxesImage

from helpers.figures.pictures import done, say
from helpers.figures.sheets import Part, left_out, title
from helpers.figures.style import INK, QUIET

# So many actors have room, and so many characters of a name.
ACTORS, LETTERS = 40, 30
# In inches: a row, the tree, the names, what is above and below.
ROW, TREE, NAMES, HEAD, FOOT = 0.22, 1.7, 2.2, 0.35, 1.0
DPI = 130
# Light to dark is told apart in every kind of sight; what is not known is hatched.
SHADES = "Blues"

# Heights and rows of the corners of a bracket.
Bracket = tuple[list[float], list[float]]


def camps(merges: pd.DataFrame, together: pd.DataFrame, names: dict[str, str]) -> Figure:
    """The dendrogram of actors, and beside it a cell for each pair: the share of draws together.

    `merges`: merge, one, other, height, size; `together`: a square frame of shares, 0 to 1, NaN
    where two were never both in a camp. Actors stand in the order of the merges; of more than
    `ACTORS` the figure has cells for the first of them only, and no dendrogram.
    """
    if merges.empty:
        figure, axes = plt.subplots(figsize=(5.2, 1), dpi=DPI)
        say(axes, "No actor agrees with another: there are no camps.")
        return done(figure)
    rows, brackets = _tree(merges)
    shown = list(rows)[:ACTORS]
    tree = TREE if len(shown) == len(rows) else 0.0
    side = ROW * len(shown)
    width, height = max(TREE + side + NAMES, 5.2), HEAD + side + FOOT
    figure = plt.figure(figsize=(width, height), dpi=DPI)
    if tree:
        place = (0.1 / width, FOOT / height, (TREE - 0.15) / width, side / height)
        _draw_tree(figure.add_axes(place), brackets, len(shown))
    cells = figure.add_axes((tree / width, FOOT / height, side / width, side / height))
    shares = together.reindex(index=shown, columns=shown)
    drawn = _draw_cells(cells, shares, names)
    bar = figure.add_axes(((TREE + 0.2) / width, 0.3 / height, 1.3 / width, 0.1 / height))
    figure.colorbar(drawn, cax=bar, orientation="horizontal", ticks=[0, 0.5, 1])
    bar.tick_params(labelsize=7)
    bar.set_title("share of draws in one camp", fontsize=7, color=INK, pad=3)
    if shares.isna().any(axis=None):
        words = "hatched: never both in a camp"
        figure.text((TREE + 1.8) / width, 0.35 / height, words, va="center", fontsize=7, color=INK)
    parts = [Part("actor", len(shown), len(rows))]
    above = title(left_out(parts, "camp_pairs", "in the order of the merges"))
    figure.text(0.1 / width, 1 - HEAD / 2 / height, above, va="center", fontsize=7, color=INK)
    return done(figure)


def _tree(merges: pd.DataFrame) -> tuple[dict[str, float], list[Bracket]]:
    """The row of each actor, from above, and the bracket of each merge."""
    members: dict[str, list[str]] = {}
    for row in merges.itertuples():
        both = [*members.get(row.one, [row.one]), *members.get(row.other, [row.other])]
        members[f"merge {row.merge}"] = both
    rows = {actor: float(place) for place, actor in enumerate(both)}
    ends = {actor: (0.0, at) for actor, at in rows.items()}
    brackets = []
    for row in merges.itertuples():
        (low, one), (high, other) = ends[row.one], ends[row.other]
        brackets.append(([low, row.height, row.height, high], [one, one, other, other]))
        ends[f"merge {row.merge}"] = (row.height, (one + other) / 2)
    return rows, brackets


def _draw_tree(axes: Axes, brackets: list[Bracket], size: int) -> None:
    for heights, rows in brackets:
        axes.plot(heights, rows, color=INK, linewidth=0.9, solid_joinstyle="miter")
    highest = brackets[-1][0][1] or 1.0
    axes.set_xlim(1.04 * highest, -0.02 * highest)
    axes.set_ylim(size - 0.5, -0.5)
    axes.set_yticks([])
    axes.locator_params(axis="x", nbins=3)
    axes.tick_params(axis="x", labelsize=7)
    axes.set_xlabel("height of the merge", fontsize=7)
    axes.spines[["left", "right", "top"]].set_visible(False)


def _draw_cells(axes: Axes, shares: pd.DataFrame, names: dict[str, str]) -> AxesImage:
    """The cells, with the name of each row; what is not known stays hatched."""
    axes.patch.set(facecolor="white", edgecolor=QUIET, hatch="////")
    known = np.ma.masked_invalid(shares.to_numpy(float))
    drawn = axes.imshow(known, cmap=SHADES, vmin=0, vmax=1, interpolation="nearest")
    words = [shorten(names.get(one, one), LETTERS, placeholder=" …") for one in shares.index]
    axes.yaxis.tick_right()
    axes.set_yticks(range(len(words)), words, fontsize=8)
    axes.set_xticks([])
    axes.tick_params(length=0)
    return drawn
