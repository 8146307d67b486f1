"""Figures: a table to a matplotlib figure. Shape, line and sign carry what colour carries; colours are those of Okabe and Ito (2008)."""
import math
from datetime import date, timedelta
from importlib.resources import files

import matplotlib.dates as mdates
import matplotlib.pyplot as plt
from matplotlib.lines import Line2D
from matplotlib.patches import FancyArrowPatch

from helpers.exports import DIRECTED, PALETTE, QUIET

INK = "#1b1b1b"
MARKERS = ["o", "s", "^", "D", "v", "P"]
SIGNS = {-1: ("#D55E00", "--", "hostile"), 0: ("#8a8a8a", "-", "formal"), 1: ("#009E73", "-.", "friendly")}
LINES = {"congruence": ("#0072B2", "-", "agree"), "conflict": ("#8C2D6B", ":", "disagree"), "affiliation": ("#8a8a8a", "-", "belongs to"), "co-mention": ("#009E73", "-", "named together")}
BENDS = {"relation": 0.18, "conflict": 0.1, "congruence": -0.1, "affiliation": 0.0, "co-mention": 0.0}  # edges between the same actors do not cover each other
LAYERS = {"corpus": ("#0072B2", "o", "reported by the articles"), "context": ("#8a8a8a", "D", "from outside, with its source")}

plt.style.use(str(files("helpers").joinpath("dispute.mplstyle")))


def _camps(nodes, names):
    """camp to (colour, marker, label), the largest camp first; the actors of no camp come last, grey."""
    sizes = nodes[nodes.camp != ""].camp.value_counts().sort_index().sort_values(ascending=False, kind="stable")
    looks = {camp: (PALETTE[i % 6], MARKERS[i % 6], names.get(camp, camp)) for i, camp in enumerate(sizes.index)}
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
    shown = nodes[nodes.actor_id.isin(seen)].assign(place=lambda n: n.camp.map(order)).sort_values(["place", "actor_id"])
    for axes, (heading, edges) in zip(every.flat, panels.items()):
        _circle(axes, shown, edges, names, looks)
        axes.set_title(heading, loc="center", fontweight="bold")
    handles = [Line2D([], [], color=c, marker=m, linestyle="", markersize=8, label=label) for camp, (c, m, label) in looks.items() if camp in set(shown.camp)]
    lines = sorted({_edge_look(edge) for edges in panels.values() for edge in edges.itertuples()}, key=lambda look: look[2])
    handles += [Line2D([], [], color=c, linestyle=line, label=label) for c, line, label in lines]
    if handles:
        figure.legend(handles=handles, loc="upper center", bbox_to_anchor=(0.5, 0.1 / len(panels)), ncols=3, fontsize=9)
    return _done(figure)


def _circle(axes, nodes, edges, names, looks):
    """Draw one network on a circle of actors that is given in its order."""
    axes.set_aspect("equal")
    axes.set_axis_off()
    if edges.empty:
        axes.text(0.5, 0.5, "no edge in this selection", ha="center", va="center", transform=axes.transAxes)
        return
    linked = {*edges.source, *edges.target}
    angles = {actor: math.pi / 2 - 2 * math.pi * i / len(nodes) for i, actor in enumerate(nodes.actor_id)}
    at = {actor: (math.cos(angle), math.sin(angle)) for actor, angle in angles.items()}
    top = float(edges.weight.max())
    for edge in edges.sort_values(["weight", "source", "target"]).itertuples():
        colour, line, _ = _edge_look(edge)
        axes.add_patch(FancyArrowPatch(
            at[edge.source], at[edge.target], arrowstyle="-|>" if edge.network in DIRECTED else "-", mutation_scale=11, shrinkA=7, shrinkB=7,
            connectionstyle=f"arc3,rad={BENDS[edge.network]}", color=colour, linestyle=line, linewidth=0.8 + 2.4 * edge.weight / top, alpha=0.75, zorder=1))
    for actor in nodes.itertuples():
        colour, marker, _ = looks[actor.camp]
        faint = 1 if actor.actor_id in linked else 0.25
        x, y = at[actor.actor_id]
        axes.scatter([x], [y], s=90, c=colour, marker=marker, edgecolors="white", linewidths=1, alpha=faint, zorder=2)
        degrees, left = math.degrees(angles[actor.actor_id]), x < -1e-9
        axes.text(1.07 * x, 1.07 * y, names[actor.actor_id], rotation=degrees + 180 if left else degrees, rotation_mode="anchor", ha="right" if left else "left", va="center", fontsize=9, alpha=max(faint, 0.45))
    reach = 1.1 + 0.043 * max(len(names[actor]) for actor in nodes.actor_id)
    axes.set_xlim(-reach, reach)
    axes.set_ylim(-reach, reach)

def _edge_look(edge):
    return SIGNS[int(edge.sign)] if edge.network == "relation" else LINES[edge.network]


def timeline(chronology, width=46):
    """One row an entry, in order of time: a point for a day, a bar for an interval, a pale bar for an approximate date, `<` for "until".

    `chronology`: columns of the table. Undated entries stand at the foot with a question mark.
    """
    entries = chronology.reset_index(drop=True)
    figure, axes = plt.subplots(figsize=(7.5, max(1.6, 0.9 + 0.27 * len(entries))))
    known = [date.fromisoformat(day) for day in [*entries.earliest, *entries.latest] if day]
    if not known:
        axes.set_axis_off()
        axes.text(0.5, 0.5, "no dated event in this selection", ha="center", va="center", transform=axes.transAxes)
        return _done(figure)
    for row, entry in enumerate(entries.itertuples()):
        colour, marker, _ = LAYERS[entry.layer]
        hollow = entry.layer == "context"
        if not entry.earliest and not entry.latest:
            axes.text(min(known), row, "?", color=colour, ha="center", va="center", fontweight="bold")
            continue
        first, last = (date.fromisoformat(day or other) for day, other in ((entry.earliest, entry.latest), (entry.latest, entry.earliest)))
        if first == last:
            marker = "<" if not entry.earliest else ">" if not entry.latest else marker
            axes.plot([first], [row], marker=marker, color=colour, markerfacecolor="white" if hollow else colour, markersize=5.5)
        else:
            axes.plot([first, last], [row, row], color=colour, linewidth=6, alpha=0.3 if entry.date_basis == "approximate" else 0.7, solid_capstyle="butt")
    axes.set_yticks(range(len(entries)), [_short(event, width) for event in entries.event], fontsize=8)
    axes.set_ylim(len(entries) - 0.4, -0.6)
    room = timedelta(days=15 + (max(known) - min(known)).days // 30)
    axes.set_xlim(min(known) - room, max(known) + room)
    axes.xaxis.set_major_formatter(mdates.ConciseDateFormatter(axes.xaxis.get_major_locator()))
    axes.grid(axis="x", color="#dddddd", linewidth=0.6)
    axes.set_axisbelow(True)
    axes.tick_params(axis="y", length=0)
    axes.tick_params(axis="x", top=True, labeltop=True)
    handles = [Line2D([], [], color=c, marker=m, linestyle="", markerfacecolor="white" if name == "context" else c, label=label) for name, (c, m, label) in LAYERS.items() if name in set(entries.layer)]
    handles += [Line2D([], [], color=INK, linewidth=6, alpha=0.7, solid_capstyle="butt", label="interval"), Line2D([], [], color=INK, linewidth=6, alpha=0.3, solid_capstyle="butt", label="approximate")]
    figure.legend(handles=handles, loc="upper center", bbox_to_anchor=(0.5, 0.0), ncols=2, fontsize=9)
    figure.tight_layout()
    return _done(figure)


def _short(words, width):
    return words if len(words) <= width else words[:width - 1].rsplit(" ", 1)[0] + " …"


def _done(figure):
    """The figure, closed for pyplot, so that a notebook shows it once."""
    plt.close(figure)
    return figure
