"""Windows of time as small multiples: one small network for each, every actor in one place."""

import math

import matplotlib.pyplot as plt
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D

from helpers.figures.legend import LINES, line_meaning
from helpers.figures.letters import by_id
from helpers.figures.network import COLOURS
from helpers.figures.pictures import done, say
from helpers.figures.sheets import Part, left_out, strongest, title
from helpers.figures.style import INK, QUIET

# Room for so many windows, three beside each other, for so many actors and lines in each.
WINDOWS, COLUMNS, ACTORS, LINES_DRAWN = 12, 3, 24, 60
# In inches: a window, what stands above all, a line of the key.
SIDE, HEAD, KEY = 1.9, 0.35, 0.16
# An edge that bends one way agrees, the other way disagrees.
BENDS = {"congruence": 0.0, "conflict": 0.18}


def small_multiples(panels: dict[str, pd.DataFrame], names: dict[str, str]) -> Figure:
    """Small networks of agreement and disagreement beside each other, in order of time.

    Actors are numbers on a circle, and the key below says who they are. A full line joins those
    who agree, a dotted and bent one those who disagree; a wide one has more weight. `panels`:
    heading to edges (source, target, weight, network); without one the figure says so. The first
    `WINDOWS` are drawn, with the strongest edges; what is left out is counted above.
    """
    shown = dict(list(panels.items())[:WINDOWS])
    drawn = strongest(shown, ACTORS, LINES_DRAWN)
    ends = {end for edges in drawn.values() for end in (*edges.source, *edges.target)}
    if not ends:
        figure, axes = plt.subplots(figsize=(5.2, 1))
        say(axes, "In no window do two actors speak to one issue.")
        return done(figure)
    numbers = {actor: place for place, actor in enumerate(sorted(ends), start=1)}
    rows, lines = math.ceil(len(shown) / COLUMNS), math.ceil(len(numbers) / COLUMNS) + 1
    height = HEAD + rows * (SIDE + 0.25) + lines * KEY + 0.2
    figure, every = plt.subplots(
        rows, COLUMNS, figsize=(SIDE * COLUMNS + 0.6, height), squeeze=False
    )
    top, bottom = 1 - (HEAD + 0.2) / height, (lines * KEY + 0.2) / height
    figure.subplots_adjust(left=0.02, right=0.98, top=top, bottom=bottom, hspace=0.2)
    widest = max(float(edges.weight.max()) for edges in drawn.values() if len(edges))
    for axes in every.flat:
        axes.set_axis_off()
    for axes, (heading, edges) in zip(every.flat, drawn.items(), strict=False):
        axes.set_title(heading, fontsize=7, pad=2)
        _draw(axes, edges, numbers, widest)
        if edges.empty:
            axes.text(0, 0, "no tie", fontsize=6, color=QUIET, ha="center")
    parts = [Part("window", len(shown), len(panels))]
    figure.text(0.02, 1 - 0.2 / height, title(left_out(parts, "edge_changes", "the first")), size=7)
    _draw_key(figure, numbers, by_id(names), bottom - 0.1 / height, KEY / height)
    return done(figure)


def _draw(axes: Axes, edges: pd.DataFrame, numbers: dict[str, int], widest: float) -> None:
    """One network; who has no edge in it is pale."""
    step = 2 * math.pi / len(numbers)
    angle = {actor: math.pi / 2 - step * (number - 1) for actor, number in numbers.items()}
    place = {actor: (math.cos(at), math.sin(at)) for actor, at in angle.items()}
    for edge in edges.itertuples():
        arrow = {
            "arrowstyle": "-",
            "connectionstyle": f"arc3,rad={BENDS[edge.network]}",
            "linestyle": LINES[edge.network].dashes,
            "color": COLOURS[edge.network],
            "linewidth": 0.5 + 2 * edge.weight / widest,
            "alpha": 0.8,
        }
        axes.annotate("", place[edge.source], place[edge.target], arrowprops=arrow)
    linked = {*edges.source, *edges.target}
    for actor, (x, y) in place.items():
        colour = INK if actor in linked else QUIET
        axes.plot(x, y, "o", color=colour, markersize=3 if actor in linked else 1.5)
        weight = "bold" if actor in linked else "normal"
        axes.text(
            1.17 * x,
            1.17 * y,
            str(numbers[actor]),
            fontsize=5.5,
            color=colour,
            ha="center",
            va="center",
            fontweight=weight,
        )
    axes.set_xlim(-1.35, 1.35)
    axes.set_ylim(-1.35, 1.35)
    axes.set_aspect("equal")


def _draw_key(
    figure: Figure, numbers: dict[str, int], names: dict[str, str], top: float, line: float
) -> None:
    """Who the numbers are, in columns, and what the lines mean."""
    rows = math.ceil(len(numbers) / COLUMNS)
    for actor, number in numbers.items():
        column, row = divmod(number - 1, rows)
        where = 0.02 + column / COLUMNS, top - row * line
        figure.text(*where, f"{number} {names[actor]}"[:38], fontsize=6, va="top")
    handles = [
        Line2D(
            [],
            [],
            color=COLOURS[name],
            linestyle=LINES[name].dashes,
            label=line_meaning(name, False),
        )
        for name in BENDS
    ]
    figure.legend(handles=handles, loc="lower left", fontsize=6, ncols=2, frameon=False)
