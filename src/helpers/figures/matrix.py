"""The stance matrix as a figure. Shape says which sides an actor takes, fill how strongly, the number how many passages.

Drawn narrow and with large type (9 points and more), so that it can be read on a phone and on paper. Cells are the unit of length.
"""

from textwrap import wrap

import matplotlib.pyplot as plt
from matplotlib.colors import to_hex, to_rgb
from matplotlib.patches import Polygon

from helpers.analysis.stances import side_of, strength_of
from helpers.figures.network import done
from helpers.figures.style import INK

CELL = 0.27  # inches
NAMES, GAP, FOOT, LEAST = (
    5.2,
    0.6,
    5.2,
    15,
)  # room for names, between panels and for the key, and the least width, in cells
PALE = "#e3e3e3"
COLOURS = {
    "for": "#005f99",
    "against": "#b34700",
    "both": "#6a4c78",
    "neutral": "#6f6f6f",
}  # blue and orange stay apart for the colour-blind
SHAPES = {
    "for": [(-0.42, 0.36), (0.42, 0.36), (0.42, -0.14), (0, -0.44), (-0.42, -0.14)],
    "against": [(-0.42, -0.36), (0.42, -0.36), (0.42, 0.14), (0, 0.44), (-0.42, 0.14)],
    "both": [(-0.42, -0.16), (0, -0.46), (0.42, -0.16), (0.42, 0.16), (0, 0.46), (-0.42, 0.16)],
    "neutral": [(-0.36, -0.36), (0.36, -0.36), (0.36, 0.36), (-0.36, 0.36)],
}
KEY = [
    ("for", "full", "for"),
    ("against", "full", "against"),
    ("for", "condition", "for, on a condition"),
    ("both", "full", "on both sides"),
    ("neutral", "full", "takes no side"),
    ("for", "hollow", "too few for a mean"),
    ("for", "weak", "paler: weaker mean"),
]


def stance_matrix(table, stances, names, labels):
    """Actor by issue, over all periods at once. `table`: rows of `stance_table` of one period (actor_id, issue, counts, mean_stance).

    `names`: actor_id to name; `labels`: issue to label, in their order: an issue without a statement keeps its column.
    """
    actors = _by_size(table, "actor_id")
    figure, axes = _canvas(max(LEAST, NAMES + len(labels)), 4.4 + max(1, len(actors)) + FOOT)
    for column, label in enumerate(labels.values()):
        axes.text(
            NAMES + column + 0.5,
            4.1,
            "\n".join(wrap(label, 15, max_lines=2, placeholder=" …")),
            rotation=90,
            ha="center",
            va="bottom",
            fontsize=9,
            linespacing=0.95,
        )
    _grid(
        axes,
        table.assign(row=table.actor_id, column=table.issue),
        actors,
        list(labels),
        names,
        4.4,
        0,
        stances,
    )
    _key(axes, 4.4 + max(1, len(actors)) + 0.6)
    return done(figure)


def stance_periods(table, stances, names, labels, order):
    """A small panel for each issue: actors by period, so that a row is read from left to right as an actor's way.

    `table`: rows of `stance_table`; `order`: period to label, in time, periods without a statement included. An issue nobody speaks to says so.
    """
    panels = {issue: table[table.issue == issue] for issue in labels}
    heights = {issue: 1.6 + max(1, rows.actor_id.nunique()) + GAP for issue, rows in panels.items()}
    columns, wide = (2 if len(order) <= 6 else 1), NAMES + len(order) + 1
    lines = [f"{mark}  {label}" for mark, label in zip(_marks(order), order.values())]
    top, places, at, column = (len(lines) + 1) // 2 + 0.8, {}, 0.0, 0
    for issue, height in heights.items():
        if column < columns - 1 and at + height / 2 > sum(heights.values()) / columns:
            at, column = 0.0, column + 1
        places[issue], at = (column, at), at + height
    bottom = max((places[issue][1] + height for issue, height in heights.items()), default=0)
    figure, axes = _canvas(max(LEAST, wide * columns - 1), top + bottom + FOOT)
    for number, line in enumerate(lines):
        axes.text(8.5 * (number % 2), 0.5 + number // 2, line, va="center", fontsize=10)
    for issue, (column, at) in places.items():
        left, rows = column * wide, panels[issue]
        axes.text(
            left, top + at + 0.4, labels[issue], va="center", fontsize=10.5, fontweight="bold"
        )
        for number, mark in enumerate(_marks(order)):
            axes.text(
                left + NAMES + number + 0.5,
                top + at + 1.2,
                mark,
                ha="center",
                va="center",
                fontsize=9.5,
                color="#555555",
            )
        _grid(
            axes,
            rows.assign(row=rows.actor_id, column=rows.period),
            _by_size(rows, "actor_id"),
            list(order),
            names,
            top + at + 1.6,
            left,
            stances,
        )
    _key(axes, top + bottom + 0.2)
    return done(figure)


def _marks(order):
    return [
        "?" if period == "unplaced" else str(number) for number, period in enumerate(order, start=1)
    ]


def _by_size(table, column):
    return (
        table.groupby(column)
        .n.sum()
        .sort_index()
        .sort_values(ascending=False, kind="stable")
        .index.tolist()
    )


def _canvas(width, height):
    """A figure without axes in which one unit is a cell, y downwards."""
    figure = plt.figure(figsize=(width * CELL, height * CELL), dpi=200)
    axes = figure.add_axes((0, 0, 1, 1), xlim=(0, width), ylim=(height, 0))
    axes.set_axis_off()
    return figure, axes


def _grid(axes, cells, rows, columns, names, top, left, stances):
    for number, row in enumerate(rows):
        y = top + number + 0.5
        axes.text(
            left + NAMES - 0.2,
            y,
            "\n".join(wrap(names.get(row, row), 17, max_lines=2, placeholder=" …")),
            ha="right",
            va="center",
            fontsize=10,
            linespacing=0.85,
        )
        axes.plot(
            [left + NAMES, left + NAMES + len(columns)], [y, y], color=PALE, linewidth=0.7, zorder=0
        )
    for number in range(len(columns)):
        axes.plot(
            [left + NAMES + number + 0.5] * 2,
            [top, top + max(1, len(rows))],
            color=PALE,
            linewidth=0.7,
            zorder=0,
        )
    if not rows:
        axes.text(
            left + NAMES - 0.2,
            top + 0.5,
            "nobody speaks to it",
            ha="right",
            va="center",
            fontsize=9.5,
            style="italic",
        )
    for cell in cells.itertuples():
        side = side_of(cell.n_for, cell.n_conditional, cell.n_against)
        strength = strength_of(cell.mean_stance, stances.stance)
        _tile(
            axes,
            left + NAMES + columns.index(cell.column) + 0.5,
            top + rows.index(cell.row) + 0.5,
            side,
            strength,
            not cell.n_for and side == "for",
            str(cell.n),
        )


def _tile(axes, x, y, side, strength, condition, words=""):
    """One mark: hollow without a strength (0 to 1), else the paler the weaker; a dashed edge for "on a condition"."""
    share = (
        0
        if strength is None
        else 0.3 + 0.7 * min(1.0, strength)
        if side in ("for", "against")
        else 1.0
    )
    fill = to_hex([1 - share * (1 - part) for part in to_rgb(COLOURS[side])])
    axes.add_patch(
        Polygon(
            [(x + a, y + b) for a, b in SHAPES[side]],
            facecolor=fill,
            edgecolor=COLOURS[side],
            linewidth=1.1,
            linestyle=(0, (2, 1.2)) if condition else "-",
        )
    )
    axes.text(
        x,
        y + 0.02,
        words,
        ha="center",
        va="center",
        fontsize=10,
        color="white" if share > 0.85 else INK,
    )


def _key(axes, top):
    """What shape and fill mean, in two columns."""
    look = {
        "full": (1.0, False),
        "hollow": (None, False),
        "condition": (None, True),
        "weak": (0.1, False),
    }
    for number, (side, kind, words) in enumerate(KEY):
        x, y = 0.5 + 7.5 * (number % 2), top + 0.5 + 1.15 * (number // 2)
        _tile(axes, x, y, side, *look[kind])
        axes.text(x + 0.7, y, words, va="center", fontsize=9.5)
    axes.text(8.0, top + 0.5 + 1.15 * 3, "3", ha="center", va="center", fontsize=9.5)
    axes.text(8.7, top + 0.5 + 1.15 * 3, "number of passages", va="center", fontsize=9.5)
