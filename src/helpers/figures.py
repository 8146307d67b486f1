"""Figures: a table to a matplotlib figure. Shape, line and sign carry what colour carries; colours are those of Okabe and Ito (2008)."""
import math
from importlib.resources import files

import matplotlib.pyplot as plt
from matplotlib.lines import Line2D
from matplotlib.patches import FancyArrowPatch

from helpers.exports import DIRECTED, PALETTE, QUIET

INK = "#1b1b1b"
MARKERS = ["o", "s", "^", "D", "v", "P"]
SIGNS = {-1: ("#D55E00", "--", "hostile"), 0: ("#8a8a8a", "-", "formal"), 1: ("#009E73", "-.", "friendly")}
LINES = {"congruence": ("#0072B2", "-", "agree"), "conflict": ("#8C2D6B", ":", "disagree"), "affiliation": ("#8a8a8a", "-", "belongs to"), "co-mention": ("#009E73", "-", "named together")}
BENDS = {"relation": 0.18, "conflict": 0.1, "congruence": -0.1, "affiliation": 0.0, "co-mention": 0.0}  # edges between the same actors do not cover each other

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


def stance_matrix(table, stances, names, labels):
    """Actor by issue: the mean stance as colour and shape (up for, down against, square between, a cross for both sides), n beside it.

    `table`: rows of `stance_table` of one period or several (then pooled by n).
    """
    pooled = table.assign(total=table.mean_stance * table.n).groupby(["actor_id", "issue"], as_index=False)[["total", "n", "n_for", "n_against"]].sum()
    figure, axes = plt.subplots(figsize=(7.5, 2.2 + 0.34 * max(1, pooled.actor_id.nunique())))
    if pooled.empty:
        axes.set_axis_off()
        axes.text(0.5, 0.5, "no statement in this selection", ha="center", va="center", transform=axes.transAxes)
        return _done(figure)
    actors = pooled.groupby("actor_id").n.sum().sort_index().sort_values(ascending=False, kind="stable").index.tolist()
    issues = [issue for issue in labels if issue in set(pooled.issue)]
    low, high = float(stances.stance.min()), float(stances.stance.max())
    middle = (low + high) / 2
    for cell in pooled.itertuples():
        mean = float(cell.total) / float(cell.n)
        x, y = issues.index(cell.issue), actors.index(cell.actor_id)
        strength = abs(mean - middle) / ((high - low) / 2 or 1)
        both = cell.n_for > 0 and cell.n_against > 0
        marker, colour = ("X", "#CC79A7") if both else ("s", QUIET) if strength < 0.25 else ("^", "#0072B2") if mean > middle else ("v", "#D55E00")
        axes.scatter([x - 0.12], [y], marker=marker, s=85, c=colour, alpha=1 if both else 0.4 + 0.6 * min(1.0, strength), linewidths=0)
        axes.text(x + 0.12, y, str(int(cell.n)), va="center", fontsize=8, color=INK)
    axes.set_xticks(range(len(issues)), [labels[i] for i in issues], rotation=40, ha="left", fontsize=9)
    axes.xaxis.tick_top()
    axes.set_yticks(range(len(actors)), [names[a] for a in actors], fontsize=9)
    axes.set_xlim(-0.6, len(issues) - 0.4)
    axes.set_ylim(len(actors) - 0.4, -0.6)
    axes.set_axisbelow(True)
    axes.grid(color="#e6e6e6", linewidth=0.6)
    axes.tick_params(length=0)
    for spine in axes.spines.values():
        spine.set_visible(False)
    handles = [Line2D([], [], color=c, marker=m, linestyle="", markersize=8, label=label) for m, c, label in (("^", "#0072B2", "for"), ("s", QUIET, "between"), ("v", "#D55E00", "against"), ("X", "#CC79A7", "both"))]
    axes.legend(handles=handles, loc="upper center", bbox_to_anchor=(0.4, -0.02), ncols=4, fontsize=9, title="mean stance, and number of statements", title_fontsize=9)
    figure.tight_layout()
    return _done(figure)


def _done(figure):
    """The figure, closed for pyplot, so that a notebook shows it once."""
    plt.close(figure)
    return figure
