"""What proposers reach, beside what the coding passes reach among themselves: figure and tables."""

from typing import Any

import matplotlib.pyplot as plt
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from helpers.figures.pictures import done, say
from helpers.figures.style import CAMPS, INK, QUIET
from helpers.figures.tables import with_intervals

# What is drawn of a kind of unit, from above: variable and given, in words.
LINES = {
    ("passage", "all"): "found",
    ("touched", "all"): "found, or cut otherwise",
    ("exact", "all"): "found with the very same words",
    ("speaker", "found"): "speaker, of those found",
    ("issue", "found"): "issue, of those found",
    ("stance", "found"): "stance, of those found",
    ("date_edtf", "found"): "date, of those found",
}
TITLES = {"statement": "Statements", "event-mention": "Event mentions"}
MARKS = ["o", "s", "D", "^", "v", "P"]
# Inches a line, dots an inch; so many proposers have room.
LINE, DPI, PROPOSERS = 0.32, 130, len(MARKS)


def reached(table: pd.DataFrame, standard: str) -> Figure:
    """F1 of each proposer against one coding, with its interval; a bar is what the passes reach.

    `table`: as `machine_reading` gives it. `standard`: the coding. The bar reaches from the lowest
    to the highest f1 of two passes among themselves. Without a proposer the figure says so.
    """
    scores = table[(table.metric == "f1") & table.value.notna()]
    own = scores[(scores.reader_kind == "proposer") & (scores.standard == standard)]
    if own.empty:
        figure, axes = plt.subplots(figsize=(5.2, 1), dpi=DPI)
        say(axes, "No proposal can be measured.")
        return done(figure)
    units = [unit for unit in TITLES if unit in set(own.unit)]
    lines = {unit: _lines(own[own.unit == unit]) for unit in units}
    sizes = [len(some) for some in lines.values()]
    height = LINE * sum(sizes) + 0.55 * len(units) + 0.5
    figure, grid = plt.subplots(
        len(units), 1, figsize=(5.6, height), dpi=DPI, height_ratios=sizes, squeeze=False
    )
    for unit, axes in zip(units, grid[:, 0], strict=True):
        _panel(axes, scores[scores.unit == unit], own[own.unit == unit], lines[unit])
        axes.set_title(TITLES[unit], loc="left", fontsize=8)
    grid[0, 0].legend(frameon=False, fontsize=7, loc="lower right", bbox_to_anchor=(1, 1), ncols=4)
    grid[-1, 0].set_xlabel("f1: 1 is all right, 0 none", fontsize=7)
    figure.subplots_adjust(
        left=0.36, right=0.97, top=1 - 0.35 / height, bottom=0.45 / height, hspace=0.35
    )
    return done(figure)


def _lines(own: pd.DataFrame) -> list[tuple[str, str]]:
    known = set(zip(own.variable, own.given, strict=True))
    return [line for line in LINES if line in known]


def _panel(
    axes: Axes, scores: pd.DataFrame, own: pd.DataFrame, lines: list[tuple[str, str]]
) -> None:
    passes = scores[scores.reader_kind == "pass"]
    for place, line in enumerate(lines):
        if len(among := _on(passes, line).value):
            low, high = among.min(), among.max()
            label = "the passes among themselves" if place == 0 else None
            wide = max(high - low, 0.012)
            axes.barh(place, wide, left=high - wide, height=0.7, color="#c9c9c9", label=label)
    readers = list(dict.fromkeys(own.reader))[:PROPOSERS]
    for number, reader in enumerate(readers):
        shift = (number - (len(readers) - 1) / 2) * 0.5 / len(readers)
        for place, line in enumerate(lines):
            label = reader if place == 0 else None
            for row in _on(own[own.reader == reader], line).itertuples():
                _mark(axes, place + shift, row, number, label)
    axes.set_yticks(range(len(lines)), [LINES[line] for line in lines], fontsize=7)
    axes.set_ylim(len(lines) - 0.4, -0.6)
    axes.set_xlim(-0.02, 1.02)
    axes.grid(axis="x", color="#e4e4e4", linewidth=0.6)
    axes.set_axisbelow(True)
    axes.tick_params(axis="x", labelsize=7, colors=INK)


def _on(scores: pd.DataFrame, line: tuple[str, str]) -> pd.DataFrame:
    variable, given = line
    return scores[(scores.variable == variable) & (scores.given == given)]


def _mark(axes: Axes, place: float, row: Any, number: int, label: str | None) -> None:
    """A value with its interval, where it has one."""
    if pd.notna(row.low):
        axes.plot([row.low, row.high], [place, place], color=QUIET, linewidth=1)
    colour = CAMPS[number % len(CAMPS)]
    axes.plot(row.value, place, MARKS[number], color=colour, markersize=5, label=label, zorder=3)


def with_bounds(scores: pd.DataFrame, name: str) -> pd.DataFrame:
    """Scores with a column `name`, each value with its interval where it has one."""
    variables = scores.variable.replace("date_edtf", "date")
    return scores.assign(variable=variables, **{name: with_intervals(scores)})


def side_by_side(scores: pd.DataFrame) -> pd.DataFrame:
    """Precision, recall, f1 and share in columns, each with its interval, a row for each variable.

    `scores`: rows of `machine_reading`. What has none is empty. In the order of the measures.
    """
    metrics = ["precision", "recall", "f1", "share"]
    chosen = with_bounds(scores[scores.metric.isin(metrics)], "words")
    index = ["reader", "standard", "unit", "variable", "given"]
    wide = chosen.pivot(index=index, columns="metric", values="words")
    order = chosen[index].drop_duplicates()
    return order.merge(wide.reindex(columns=metrics).fillna("").reset_index(), on=index)
