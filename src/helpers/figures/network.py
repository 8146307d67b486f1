"""Figures: a table to a matplotlib figure. Shape, line and sign carry what colour carries; colours are those of Okabe and Ito (2008)."""

import math
from importlib.resources import files
from textwrap import fill

import matplotlib.pyplot as plt
from matplotlib.lines import Line2D
from matplotlib.patches import FancyArrowPatch

from helpers.figures.style import CAMPS, DIRECTED, QUIET, camps_by_size

MARKERS = ["o", "s", "^", "D", "v", "P"]
SIGNS = {
    -1: ("#D55E00", "--", "hostile"),
    0: ("#8a8a8a", "-", "formal"),
    1: ("#009E73", "-.", "friendly"),
}
LINES = {
    "congruence": ("#0072B2", "-", "agree"),
    "conflict": ("#8C2D6B", ":", "disagree"),
    "affiliation": ("#8a8a8a", "-", "belongs to"),
    "co-mention": ("#009E73", "-", "named together"),
}
BENDS = {
    "relation": 0.18,
    "conflict": 0.1,
    "congruence": -0.1,
    "affiliation": 0.0,
    "co-mention": 0.0,
}  # edges between the same actors do not cover each other

plt.style.use(str(files("helpers.figures").joinpath("dispute.mplstyle")))


def _camps(nodes, names):
    """camp to (colour, marker, label), the largest camp first; the actors of no camp come last, grey."""
    looks = {
        camp: (CAMPS[i % 6], MARKERS[i % 6], names.get(camp, camp))
        for i, camp in enumerate(camps_by_size(nodes.camp))
    }
    return looks | {"": (QUIET, "h", "no camp")}


def network(nodes, edges, names):
    """Actors on a circle, grouped by camp; curved lines for edges, arrows where directed, wide where the weight is great.

    `nodes`: actor_id, camp. `edges`: source, target, sign, weight, network. An empty network gives a figure that says so.
    """
    return networks(nodes, {"": edges}, names)


def networks(nodes, panels, names):
    """Several networks below one another (`panels`: heading to edges); an actor has its place in all of them, and is pale where silent."""
    figure, every = plt.subplots(len(panels), figsize=(7.5, 7 * len(panels)), squeeze=False)
    figure.subplots_adjust(bottom=0.11 / len(panels), top=1 - 0.06 / len(panels), hspace=0.1)
    looks = _camps(nodes, names)
    order = {camp: place for place, camp in enumerate(looks)}
    seen = {actor for edges in panels.values() for actor in (*edges.source, *edges.target)}
    shown = (
        nodes[nodes.actor_id.isin(seen)]
        .assign(place=lambda n: n.camp.map(order))
        .sort_values(["place", "actor_id"])
    )
    for axes, (heading, edges) in zip(every.flat, panels.items()):
        _circle(axes, shown, edges, names, looks)
        axes.set_title(heading, loc="center", fontweight="bold")
    handles = [
        Line2D([], [], color=c, marker=m, linestyle="", markersize=8, label=label)
        for camp, (c, m, label) in looks.items()
        if camp in set(shown.camp)
    ]
    lines = sorted(
        {_edge_look(edge) for edges in panels.values() for edge in edges.itertuples()},
        key=lambda look: look[2],
    )
    handles += [Line2D([], [], color=c, linestyle=line, label=label) for c, line, label in lines]
    if handles:
        figure.legend(
            handles=handles,
            loc="upper center",
            bbox_to_anchor=(0.5, 0.1 / len(panels)),
            ncols=3,
            fontsize=9,
        )
    return done(figure)


def _circle(axes, nodes, edges, names, looks):
    """Draw one network on a circle of actors that is given in its order."""
    axes.set_aspect("equal")
    axes.set_axis_off()
    if edges.empty:
        axes.text(
            0.5,
            0.5,
            "no edge in this selection",
            ha="center",
            va="center",
            transform=axes.transAxes,
        )
        return
    linked = {*edges.source, *edges.target}
    angles = {
        actor: math.pi / 2 - 2 * math.pi * i / len(nodes) for i, actor in enumerate(nodes.actor_id)
    }
    at = {actor: (math.cos(angle), math.sin(angle)) for actor, angle in angles.items()}
    top, lines = (
        float(edges.weight.max()),
        {actor: fill(names[actor], 21) for actor in nodes.actor_id},
    )
    for edge in edges.sort_values(["weight", "source", "target"]).itertuples():
        colour, line, _ = _edge_look(edge)
        axes.add_patch(
            FancyArrowPatch(
                at[edge.source],
                at[edge.target],
                arrowstyle="-|>" if edge.network in DIRECTED else "-",
                mutation_scale=11,
                shrinkA=7,
                shrinkB=7,
                connectionstyle=f"arc3,rad={BENDS[edge.network]}",
                color=colour,
                linestyle=line,
                linewidth=0.8 + 2.4 * edge.weight / top,
                alpha=0.75,
                zorder=1,
            )
        )
    for actor in nodes.itertuples():
        colour, marker, _ = looks[actor.camp]
        faint = 1 if actor.actor_id in linked else 0.25
        x, y = at[actor.actor_id]
        axes.scatter(
            [x],
            [y],
            s=90,
            c=colour,
            marker=marker,
            edgecolors="white",
            linewidths=1,
            alpha=faint,
            zorder=2,
        )
        degrees, left = math.degrees(angles[actor.actor_id]), x < -1e-9
        side = "right" if left else "left"
        axes.text(
            1.07 * x,
            1.07 * y,
            lines[actor.actor_id],
            rotation=degrees + 180 if left else degrees,
            rotation_mode="anchor",
            ha=side,
            multialignment=side,
            va="center",
            fontsize=9,
            linespacing=1.1,
            alpha=max(faint, 0.45),
        )
    reach = 1.1 + 0.043 * max(len(line) for words in lines.values() for line in words.split("\n"))
    axes.set_xlim(-reach, reach)
    axes.set_ylim(-reach, reach)


def _edge_look(edge):
    return SIGNS[int(edge.sign)] if edge.network == "relation" else LINES[edge.network]


def done(figure):
    """The figure, closed for pyplot, so that a notebook shows it once."""
    plt.close(figure)
    return figure
