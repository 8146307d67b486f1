"""Figures: a table of edges to a figure of a network.

Shape, line and sign carry what colour carries; colours are those of Okabe and Ito (2008).
"""

import math
from collections.abc import Iterable
from textwrap import wrap
from typing import Any, NamedTuple

import matplotlib.pyplot as plt
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import FancyArrowPatch
from matplotlib.patheffects import Normal, Stroke
from matplotlib.typing import LineStyleType

from helpers.analysis.by_account import CLAIMED
from helpers.case.schema import columns
from helpers.figures.legend import LINES, SIGNS, line_meaning
from helpers.figures.letters import by_id
from helpers.figures.pictures import done, say
from helpers.figures.sheets import SHEETS, Part, in_parts, left_out, strongest, title
from helpers.figures.style import CAMPS, DIRECTED, QUIET, camps_by_size

MARKERS = ["o", "s", "^", "D", "v", "P"]


class Line(NamedTuple):
    """How an edge looks, and what the key says of it. What is only claimed is hollow."""

    colour: str
    dashes: LineStyleType
    label: str
    hollow: bool = False


class Mark(NamedTuple):
    """How the actors of a camp look, and what the key says of them."""

    colour: str
    marker: str
    label: str


COLOURS = {
    "hostile": "#D55E00",
    "formal": "#8a8a8a",
    "friendly": "#009E73",
    "congruence": "#0072B2",
    "conflict": "#8C2D6B",
    "affiliation": "#8a8a8a",
    "co-mention": "#009E73",
}
# How far a line bends, so that edges between the same actors do not cover each other.
BENDS = {
    "relation": 0.18,
    "conflict": 0.1,
    "congruence": -0.1,
    "affiliation": 0.0,
    "co-mention": 0.0,
}
# How much of an actor, and of its name, is left where it has no edge.
FAINT, FAINT_NAME = 0.25, 0.45
# Room on a circle for so many actors, of whom few may have names of three lines, for so many lines
# between them, and on a sheet for so many circles. A line of a name has so many characters.
ACTORS, FEW, LINES_DRAWN, PANELS, WORDS = 32, 24, 150, 6, 21


def network(nodes: pd.DataFrame, edges: pd.DataFrame, names: dict[str, str]) -> Figure:
    """Actors on a circle, grouped by camp; curved lines for edges.

    An edge has an arrow where it is directed, is wide where its weight is great, and hollow where
    it is only claimed (`account`). The strongest are drawn, as far as there is room; what is left
    out is counted above the circle.
    `nodes`: actor_id, camp. `edges`: source, target, sign, weight, network. `names`: actor_id to
    name. An empty network gives a figure that says so.
    """
    return networks(nodes, {"": edges}, names)[0]


def networks(
    nodes: pd.DataFrame, panels: dict[str, pd.DataFrame], names: dict[str, str]
) -> list[Figure]:
    """Several networks below one another; an actor has its place in all, and is pale where silent.

    `panels`: heading to edges; where there is none, the figure says so. `nodes`, edges and `names`
    as in `network`; a name that cannot be drawn stands as its id. A sheet has `PANELS`, and there
    are `SHEETS` at most.
    """
    names = by_id(names)
    panels = panels or {"No period": pd.DataFrame(columns=columns("edges"))}
    drawn = strongest(panels, ACTORS, LINES_DRAWN)
    shown = _in_order(nodes, drawn.values(), list(_camps(nodes, names)))
    headings = {one: _heading(one, drawn[one], edges) for one, edges in panels.items()}
    sheets = in_parts(list(drawn), PANELS)
    more = sum(map(len, sheets[SHEETS:]))
    if more:
        headings[sheets[SHEETS - 1][-1]] += f"\n{more} later periods are in the tables alone."
    figures = []
    for sheet in sheets[:SHEETS]:
        some = {headings[one]: drawn[one] for one in sheet}
        figures.append(_sheet(shown, some, nodes, names))
    return figures


def _sheet(
    shown: pd.DataFrame,
    panels: dict[str, pd.DataFrame],
    nodes: pd.DataFrame,
    names: dict[str, str],
) -> Figure:
    """Networks with their headings, below one another, and a key. `shown`: the actors in order."""
    count = len(panels)
    figure, every = plt.subplots(count, figsize=(7.5, 7 * count), squeeze=False)
    figure.subplots_adjust(bottom=0.11 / count, top=1 - 0.06 / count, hspace=0.1)
    camps = _camps(nodes, names)
    for axes, (heading, edges) in zip(every.flat, panels.items(), strict=True):
        _circle(axes, shown, edges, names, camps)
        _draw_heading(axes, heading)
    handles = _camp_key(shown, camps) + _line_key(panels.values())
    if handles:
        place = (0.5, 0.1 / count)
        figure.legend(
            handles=handles, loc="upper center", bbox_to_anchor=place, ncols=3, fontsize=9
        )
    return done(figure)


def _draw_heading(axes: Axes, heading: str) -> None:
    """The heading of a network, and below it what is left out."""
    first, _, rest = heading.partition("\n")
    axes.set_title(first, loc="center", fontweight="bold", pad=8 + 12 * bool(rest))
    if rest:
        middle = axes.transAxes
        axes.text(0.5, 1.01, rest, ha="center", va="bottom", fontsize=8.5, transform=middle)


def _heading(heading: str, drawn: pd.DataFrame, edges: pd.DataFrame) -> str:
    """A heading, and in a line of its own what there was no room for."""
    actors = [len({*some.source, *some.target}) for some in (drawn, edges)]
    parts = [Part("line", len(drawn), len(edges)), Part("actor", *actors)]
    words = title(left_out(parts, "edges", "the strongest first"))
    return f"{heading}\n{words}" if words else heading


def _camps(nodes: pd.DataFrame, names: dict[str, str]) -> dict[str, Mark]:
    """Each camp's mark, the largest camp first; the actors of no camp come last, grey."""
    marks = {
        camp: Mark(CAMPS[place % 6], MARKERS[place % 6], names.get(camp, camp))
        for place, camp in enumerate(camps_by_size(nodes.camp))
    }
    return marks | {"": Mark(QUIET, "h", "no camp")}


def _in_order(
    nodes: pd.DataFrame, panels: Iterable[pd.DataFrame], camps: list[str]
) -> pd.DataFrame:
    """The actors with an edge in any panel, in the order of their camps and then of their ids."""
    linked: set[str] = set()
    for edges in panels:
        linked.update(edges.source, edges.target)
    chosen = nodes[nodes.actor_id.isin(linked)]
    return chosen.assign(place=chosen.camp.map(camps.index)).sort_values(["place", "actor_id"])


def _camp_key(nodes: pd.DataFrame, camps: dict[str, Mark]) -> list[Line2D]:
    present = set(nodes.camp)
    return [
        Line2D([], [], color=colour, marker=marker, linestyle="", markersize=8, label=label)
        for camp, (colour, marker, label) in camps.items()
        if camp in present
    ]


def _line_key(panels: Iterable[pd.DataFrame]) -> list[Line2D]:
    lines: set[Line] = set()
    for edges in panels:
        lines.update(map(_line, edges.itertuples()))
    return [
        Line2D([], [], linestyle=line.dashes, label=line.label, **_stroke(line, 1.5))
        for line in sorted(lines, key=lambda line: line.label)
    ]


def _line(edge: Any) -> Line:
    look = SIGNS[int(edge.sign)] if edge.network == "relation" else edge.network
    hollow = edge.account == CLAIMED
    return Line(COLOURS[look], LINES[look].dashes, line_meaning(look, hollow), hollow)


def _stroke(line: Line, width: float) -> dict[str, Any]:
    """Colour and width of a line; a hollow one is white between two edges of its colour."""
    if not line.hollow:
        return {"color": line.colour, "linewidth": width}
    effects = [Stroke(linewidth=width + 1.8, foreground=line.colour), Normal()]
    return {"color": "white", "linewidth": width, "path_effects": effects}


def _circle(
    axes: Axes,
    nodes: pd.DataFrame,
    edges: pd.DataFrame,
    names: dict[str, str],
    camps: dict[str, Mark],
) -> None:
    """Draw one network on a circle of actors that is given in its order."""
    axes.set_aspect("equal")
    axes.set_axis_off()
    if edges.empty:
        say(axes, "no edge in this selection")
        return
    step = 2 * math.pi / len(nodes)
    angles = {actor: math.pi / 2 - step * place for place, actor in enumerate(nodes.actor_id)}
    places = {actor: (math.cos(angle), math.sin(angle)) for actor, angle in angles.items()}
    top = float(edges.weight.max())
    for edge in edges.sort_values(["weight", "source", "target"]).itertuples():
        _draw_edge(axes, edge, places, top)
    linked = {*edges.source, *edges.target}
    lines = 3 if len(nodes) <= FEW else 2
    words = {actor: _in_lines(names[actor], lines) for actor in nodes.actor_id}
    for actor, camp in zip(nodes.actor_id, nodes.camp, strict=True):
        silent = actor not in linked
        _draw_actor(axes, places[actor], camps[camp], silent)
        _draw_name(axes, angles[actor], words[actor], silent)
    longest = max(len(line) for text in words.values() for line in text.split("\n"))
    reach = 1.1 + 0.043 * longest
    axes.set_xlim(-reach, reach)
    axes.set_ylim(-reach, reach)


def _in_lines(name: str, most: int) -> str:
    """A name in lines, so many at most."""
    return "\n".join(wrap(name, WORDS, max_lines=most, placeholder=" …"))


def _draw_edge(axes: Axes, edge: Any, places: dict[str, tuple[float, float]], top: float) -> None:
    """Draw one edge; `top` is the greatest weight, whose line is the widest."""
    look = _line(edge)
    arrow = FancyArrowPatch(
        places[edge.source],
        places[edge.target],
        arrowstyle="-|>" if edge.network in DIRECTED else "-",
        mutation_scale=11,
        shrinkA=7,
        shrinkB=7,
        connectionstyle=f"arc3,rad={BENDS[edge.network]}",
        linestyle=look.dashes,
        alpha=1 if look.hollow else 0.75,
        zorder=1,
        **_stroke(look, 0.8 + 2.4 * edge.weight / top),
    )
    axes.add_patch(arrow)


def _draw_actor(axes: Axes, place: tuple[float, float], mark: Mark, silent: bool) -> None:
    x, y = place
    axes.scatter(
        [x],
        [y],
        s=90,
        c=mark.colour,
        marker=mark.marker,
        edgecolors="white",
        linewidths=1,
        alpha=FAINT if silent else 1,
        zorder=2,
    )


def _draw_name(axes: Axes, angle: float, words: str, silent: bool) -> None:
    """Write a name outwards from its actor; on the left half it is turned, so as to be legible."""
    x, y = math.cos(angle), math.sin(angle)
    left = x < -1e-9
    side = "right" if left else "left"
    degrees = math.degrees(angle)
    axes.text(
        1.07 * x,
        1.07 * y,
        words,
        rotation=degrees + 180 if left else degrees,
        rotation_mode="anchor",
        ha=side,
        multialignment=side,
        va="center",
        fontsize=9,
        linespacing=1.1,
        alpha=FAINT_NAME if silent else 1,
    )
