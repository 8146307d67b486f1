"""Networks as SVG: actors on a circle, grouped by camp, and their edges."""

import math
from collections import Counter
from collections.abc import Callable
from typing import Any, NamedTuple

import pandas as pd

from dispute.site.svg.elements import (
    LETTER,
    Point,
    closed,
    empty,
    figure,
    link,
    shape,
    shorten,
    tag,
    text,
)
from helpers.analysis.by_account import CLAIMED
from helpers.figures.legend import SIGNS
from helpers.figures.style import DIRECTED, camps_by_size

SHAPES = ["circle", "square", "up", "diamond", "down", "plus"]
# The letters of a label, and its height in a figure.
LETTERS, HEIGHT = 34, 13


class Circle(NamedTuple):
    """Where the actors stand: on which angle, who has a label, and where each comes to lie."""

    angles: dict[str, float]
    labelled: set[str]
    middle: Point
    size: Point
    at: dict[str, Point]


def camps(nodes: pd.DataFrame) -> dict[str, tuple[str, str]]:
    """camp to (class, shape), the largest camp first, as in the other figures.

    `nodes`: camp. The empty camp is a grey circle and comes last.
    """
    looks = {}
    for place, camp in enumerate(camps_by_size(nodes.camp)):
        number = place % len(SHAPES)
        looks[camp] = (f"camp-{number}", SHAPES[number])
    return looks | {"": ("camp-none", "circle")}


def network(
    key: str, title: str, description: str, nodes: pd.DataFrame, edges: pd.DataFrame
) -> str:
    """Actors on a circle, grouped by camp, and their edges.

    An edge is wide where its weight is great, and an arrow where its network is directed.
    One that is only claimed is hollow.
    `nodes`: actor_id, name, camp, href, title. `edges`: source, target, network, sign, weight,
    account, href, title, and issues, camps, periods to filter by (blanks between the values).
    Only actors with an edge are drawn. Where two labels would touch, that of the less connected
    actor falls silent: it is seen only while its mark is looked at, and its mark keeps the title.
    """
    linked: Counter[str] = Counter([*edges.source, *edges.target])
    looks = camps(nodes)
    order = list(looks)
    shown = (
        nodes[nodes.actor_id.isin(linked)]
        .assign(place=lambda n: n.camp.map(order.index))
        .sort_values(["place", "actor_id"])
    )
    if shown.empty:
        return empty(key, title, "No edge in this selection.")
    circle = _circle(shown, linked)
    marks = [_actor(actor, circle, looks[actor.camp]) for actor in shown.itertuples()]
    lines = tag("g", *_edges(edges, circle))
    return figure(key, title, description, *circle.size, lines, tag("g", *marks), kind="network")


def _circle(shown: pd.DataFrame, linked: Counter[str]) -> Circle:
    """The places of the actors that are shown, in their order."""
    radius = min(235.0, max(110.0, 6.5 * len(shown)))
    step = 2 * math.pi / len(shown)
    angles = {actor: place * step - math.pi / 2 for place, actor in enumerate(shown.actor_id)}
    labelled = _labelled(angles, linked, radius)
    names = dict(zip(shown.actor_id, shown.name, strict=True))

    def reach(actor: str) -> float:
        letters = min(len(names[actor]), LETTERS) if actor in labelled else 0
        return radius + 16 + HEIGHT * LETTER * letters

    def ends(turn: Callable[[float], float]) -> list[float]:
        return [0.0, *(reach(actor) * turn(angle) for actor, angle in angles.items())]

    across, down = ends(math.cos), ends(math.sin)
    x, y = 12 - min(across), 12 - min(down)
    at = {
        actor: (x + radius * math.cos(angle), y + radius * math.sin(angle))
        for actor, angle in angles.items()
    }
    return Circle(angles, labelled, (x, y), (max(across) + x + 12, max(down) + y + 12), at)


def _labelled(
    angles: dict[str, float], linked: Counter[str], radius: float, height: float = 14
) -> set[str]:
    """The actors whose labels find room on the circle, the most connected first."""
    apart = height / (radius + 13)
    kept: list[str] = []
    for actor in sorted(angles, key=lambda actor: (-linked[actor], actor)):
        if all(
            abs((angles[actor] - angles[other] + math.pi) % (2 * math.pi) - math.pi) >= apart
            for other in kept
        ):
            kept.append(actor)
    return set(kept)


def _actor(actor: Any, circle: Circle, look: tuple[str, str]) -> str:
    """The mark of an actor, and its name turned outward."""
    kind, form = look
    x, y = circle.at[actor.actor_id]
    angle = circle.angles[actor.actor_id]
    left = math.cos(angle) < -1e-9
    degrees = math.degrees(angle) + (180 if left else 0)
    label = tag(
        "text",
        text(shorten(actor.name, LETTERS)),
        x=x + (-13 if left else 13),
        y=y + 4.2,
        text_anchor="end" if left else "start",
        transform=f"rotate({text(degrees)} {text(x)} {text(y)})",
        class_="" if actor.actor_id in circle.labelled else "silent",
    )
    return link(
        actor.href,
        actor.title,
        shape(form, x, y, 6.5),
        label,
        class_=f"node {kind}",
        data_actors=actor.actor_id,
        data_camp=actor.camp,
    )


def _edges(edges: pd.DataFrame, circle: Circle) -> list[str]:
    """The edges, the weakest below; those of the same two actors are each bent otherwise."""
    top = float(edges.weight.max()) or 1.0
    seen: Counter[frozenset[str]] = Counter()
    lines = []
    for edge in edges.sort_values(["weight", "source", "target", "href"]).itertuples():
        pair = frozenset((edge.source, edge.target))
        lines.append(_edge(edge, circle, 0.8 + 3.2 * float(edge.weight) / top, seen[pair]))
        seen[pair] += 1
    return lines


def _edge(edge: Any, circle: Circle, width: float, rank: int) -> str:
    """A curve between two actors, bent to the middle.

    `rank` counts the edges of the same two actors from 0: each is bent otherwise.
    """
    at, middle = circle.at, circle.middle
    (x1, y1), (x2, y2) = at[edge.source], at[edge.target]
    length = math.hypot(x2 - x1, y2 - y1) or 1.0
    bend = 16 * ((rank + 1) // 2) * (-1) ** rank * (1 if edge.source < edge.target else -1)
    cx = middle[0] + 0.45 * ((x1 + x2) / 2 - middle[0]) + bend * (y1 - y2) / length
    cy = middle[1] + 0.45 * ((y1 + y2) / 2 - middle[1]) + bend * (x2 - x1) / length
    reach = math.hypot(x2 - cx, y2 - cy) or 1.0
    ux, uy = (x2 - cx) / reach, (y2 - cy) / reach
    # The edge ends beside the mark of its target.
    x3, y3 = x2 - 9 * ux, y2 - 9 * uy
    path = "M{} {}Q{} {} {} {}".format(*(text(float(v)) for v in (x1, y1, cx, cy, x3, y3)))
    inside = [tag("path", d=path, class_="hit"), *_strokes(path, width, edge.account == CLAIMED)]
    if edge.network in DIRECTED:
        points = [
            (x3, y3),
            (x3 - 8 * ux + 3.6 * uy, y3 - 8 * uy - 3.6 * ux),
            (x3 - 8 * ux - 3.6 * uy, y3 - 8 * uy + 3.6 * ux),
        ]
        inside.append(tag("path", d=closed(points), class_="head"))
    return link(
        edge.href,
        edge.title,
        *inside,
        class_=f"edge {look_of(edge)}",
        data_actors=f"{edge.source} {edge.target}",
        data_issue=edge.issues,
        data_camp=edge.camps,
        data_period=edge.periods,
    )


def look_of(edge: Any) -> str:
    """The look of a line: its sign or network, and whether it is only claimed."""
    look = SIGNS[int(edge.sign)] if edge.network == "relation" else str(edge.network)
    return f"{look} claimed" if edge.account == CLAIMED else look


def _strokes(path: str, width: float, claimed: bool) -> list[str]:
    """The line along a path: full, or hollow where it is only claimed."""
    if not claimed:
        return [tag("path", d=path, class_="line", stroke_width=float(width))]
    edge = tag("path", d=path, class_="line", stroke_width=float(width) + 2.4)
    return [edge, tag("path", d=path, class_="core", stroke_width=float(width))]


def line_sample(look: str) -> str:
    """One line of a look (`hostile`, `conflict claimed` …) to stand in a legend; not read aloud."""
    strokes = _strokes("M1 6L41 6", 2.0, look.endswith(" claimed"))
    return tag(
        "svg",
        tag("g", *strokes, class_=f"edge {look}"),
        viewBox="0 0 42 12",
        width=42,
        height=12,
        class_="mark",
        aria_hidden="true",
    )
