"""What a sample says of all articles, beside the machine and the sample alone: figures."""

from typing import Any

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from helpers.figures.letters import by_id
from helpers.figures.pictures import done, say
from helpers.figures.style import CAMPS, INK, QUIET

# Room for so many lines; inches a line.
LINES, LINE = 25, 0.27
MACHINE, HAND = "#D55E00", "#56B4E9"
NETWORKS = {
    "two-mode": ("who takes which stance", "o", "-"),
    "agreement": ("who agrees", "s", "--"),
}


def beside_each_other(numbers: pd.DataFrame, labels: dict[str, str], axis: str) -> Figure:
    """An estimate with its interval a line, beside what the machine and the sample alone say.

    `numbers`: columns name, estimate, low, high, machine, hand. `labels`: name to what is written.
    `axis`: what is counted. The first `LINES`, from above; without one the figure says so.
    """
    shown = numbers.head(LINES)
    if shown.empty:
        figure, axes = plt.subplots(figsize=(5.2, 1))
        say(axes, "Nothing can be estimated yet.")
        return done(figure)
    height = LINE * len(shown) + 1.1
    figure, axes = plt.subplots(figsize=(6, height))
    at = np.arange(len(shown))
    axes.hlines(at, shown.low, shown.high, color=QUIET, linewidth=2, label="95 % interval")
    axes.plot(shown.estimate, at, "o", color=INK, markersize=5, label="estimate", zorder=4)
    axes.plot(shown.machine, at, "^", color=MACHINE, fillstyle="none", label="machine alone")
    axes.plot(shown.hand, at, "x", color=HAND, markersize=5, label="sample alone", zorder=3)
    names = by_id(labels)
    axes.set_yticks(at, [names.get(name, name) for name in shown.name], fontsize=7)
    axes.set_ylim(len(shown) - 0.4, -0.6)
    axes.set_xlabel(axis, fontsize=7)
    _quiet(axes)
    figure.legend(frameon=False, fontsize=7, loc="lower center", ncols=4)
    figure.subplots_adjust(left=0.36, right=0.97, top=1 - 0.1 / height, bottom=0.75 / height)
    return done(figure)


def windows(validity: pd.DataFrame, least_f1: float) -> Figure:
    """F1 of the machine's networks by length of window, with intervals; a line where it is enough.

    `validity`: as `window_validity` gives it; without a row the figure says so.
    """
    if validity.empty:
        figure, axes = plt.subplots(figsize=(5.2, 1))
        say(axes, "No window can be compared yet.")
        return done(figure)
    figure, axes = plt.subplots(figsize=(5.6, 2.9))
    sizes = sorted(set(validity["size"]))
    places = {size: place for place, size in enumerate(sizes)}
    for number, (network, look) in enumerate(NETWORKS.items()):
        _line(axes, validity[validity.network == network], places, number, look)
    axes.axhline(least_f1, color=QUIET, linewidth=0.8, linestyle=":")
    axes.text(len(sizes) - 0.6, least_f1, "enough", fontsize=7, color=INK, va="bottom", ha="right")
    axes.set_xticks(range(len(sizes)), [str(size) for size in sizes])
    axes.set_ylim(-0.02, 1.04)
    axes.set_xlabel("length of the window, in months", fontsize=7)
    axes.set_ylabel("f1 of the ties", fontsize=7)
    axes.legend(frameon=False, fontsize=7, loc="lower right")
    _quiet(axes)
    figure.subplots_adjust(left=0.1, right=0.97, top=0.96, bottom=0.16)
    return done(figure)


def _line(axes: Axes, own: pd.DataFrame, places: dict[int, int], number: int, look: Any) -> None:
    words, mark, line = look
    at = own["size"].map(places) + (number - 0.5) * 0.12
    colour = CAMPS[number]
    axes.vlines(at, own.low, own.high, color=colour, linewidth=1)
    axes.plot(at, own.f1, mark + line, color=colour, markersize=5, linewidth=1, label=words)


def _quiet(axes: Axes) -> None:
    axes.grid(axis="x", color="#e4e4e4", linewidth=0.6)
    axes.set_axisbelow(True)
    axes.tick_params(labelsize=7, colors=INK)
