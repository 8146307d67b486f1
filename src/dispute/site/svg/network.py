"""Networks as SVG: actors on a circle, grouped by camp, and their edges."""

import math
from collections import Counter
from collections.abc import Callable
from typing import Any, NamedTuple

import pandas as pd

from dispute.site.svg.elements import (
    LINE,
    Point,
    closed,
    empty,
    figure,
    link,
    shape,
    tag,
    text,
    width_of,
    words_at,
    wrapped,
)
from helpers.analysis.by_account import CLAIMED
from helpers.figures.legend import SIGNS
from helpers.figures.style import DIRECTED, camps_by_size

SHAPES = ["circle", "square", "up", "diamond", "down", "plus"]
# The lines that are drawn at first; the reader can have more.
FIRST = 25
# The room for a line of a label, where that is enough.
ROOM = 270.0


class Circle(NamedTuple):
    """Where the actors stand: on which angle, who has a label, and where each comes to lie."""

    angles: dict[str, float]
    labelled: set[str]
    middle: Point
    size: Point
    at: dict[str, Point]
    names: dict[str, list[str]]


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
    account, href, title, state, and rank: those from `FIRST` on are seen when a script asks for
    more. Only actors with an edge are drawn, and faintly where none of theirs is seen. Where two
    labels would touch, that of the less connected actor falls silent: it is seen only while its
    mark is looked at, and its mark keeps the title.
    """
    linked: Counter[str] = Counter([*edges.source, *edges.target])
    looks = camps(nodes)
    shown = actors_of(nodes, edges)
    if shown.empty:
        return empty(key, title, "No edge in this selection.")
    circle = _circle(shown, linked)
    first = edges[edges["rank"] < FIRST]
    near = {*first.source, *first.target}
    marks = [
        _actor(actor, circle, looks[actor.camp], actor.actor_id in near)
        for actor in shown.itertuples()
    ]
    lines = tag("g", *_edges(edges, circle))
    return figure(key, title, description, *circle.size, lines, tag("g", *marks), kind="network")


def actors_of(nodes: pd.DataFrame, edges: pd.DataFrame) -> pd.DataFrame:
    """The actors with an edge, by camp, the largest first."""
    order = list(camps(nodes))
    return (
        nodes[nodes.actor_id.isin({*edges.source, *edges.target})]
        .assign(place=lambda n: n.camp.map(order.index))
        .sort_values(["place", "actor_id"])
    )


def _circle(shown: pd.DataFrame, linked: Counter[str]) -> Circle:
    """The places of the actors that are shown, in their order."""
    radius = min(235.0, max(110.0, 6.5 * len(shown)))
    step = 2 * math.pi / len(shown)
    angles = {actor: place * step - math.pi / 2 for place, actor in enumerate(shown.actor_id)}
    labelled = _labelled(angles, linked, radius)
    # As many lines as lie between two neighbours.
    most = max(1, min(3, int(step * radius / LINE)))
    names = {actor.actor_id: _lines(actor.name, most) for actor in shown.itertuples()}

    def reach(actor: str) -> float:
        widest = max(map(width_of, names[actor])) if actor in labelled else 0.0
        return radius + 16 + widest

    def ends(turn: Callable[[float], float]) -> list[float]:
        return [0.0, *(reach(actor) * turn(angle) for actor, angle in angles.items())]

    across, down = ends(math.cos), ends(math.sin)
    x, y = 24 - min(across), 24 - min(down)
    at = {
        actor: (x + radius * math.cos(angle), y + radius * math.sin(angle))
        for actor, angle in angles.items()
    }
    size = max(across) + x + 24, max(down) + y + 24
    return Circle(angles, labelled, (x, y), size, at, names)


def _lines(name: str, most: int) -> list[str]:
    """A name in a number of lines at most; where it is long, they are longer."""
    room = ROOM
    while len(lines := wrapped(name, room)) > most:
        room *= 1.1
    return lines


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


def _actor(actor: Any, circle: Circle, look: tuple[str, str], near: bool) -> str:
    """The mark of an actor, and its name turned outward; faint where no line of it is seen."""
    kind, form = look
    lines = circle.names[actor.actor_id]
    x, y = circle.at[actor.actor_id]
    angle = circle.angles[actor.actor_id]
    left = math.cos(angle) < -1e-9
    degrees = math.degrees(angle) + (180 if left else 0)
    label = words_at(
        lines,
        x + (-13 if left else 13),
        y + 4.2 - LINE / 2 * (len(lines) - 1),
        text_anchor="end" if left else "start",
        transform=f"rotate({text(degrees)} {text(x)} {text(y)})",
        class_="" if actor.actor_id in circle.labelled else "silent",
    )
    return link(
        actor.href,
        actor.title,
        shape(form, x, y, 6.5),
        label,
        class_=f"node {kind}" if near else f"node {kind} faint",
        data_actors=actor.actor_id,
        data_camp=actor.camp,
    )


def _edges(edges: pd.DataFrame, circle: Circle) -> list[str]:
    """The edges, the weakest below; those of the same two actors are each bent otherwise."""
    top = float(edges.weight.max()) or 1.0
    seen: Counter[frozenset[str]] = Counter()
    lines = []
    for edge in _weakest_first(edges).itertuples():
        pair = frozenset((edge.source, edge.target))
        bent = _bent(edge, circle, seen[pair])
        lines.append(drawn_edge(edge, *bent, 0.8 + 3.2 * float(edge.weight) / top))
        seen[pair] += 1
    return lines


def _weakest_first(edges: pd.DataFrame) -> pd.DataFrame:
    return edges.sort_values(
        ["rank", "weight", "source", "target", "href"], ascending=[False, True, True, True, True]
    )


def _bent(edge: Any, circle: Circle, number: int) -> tuple[Point, Point, Point]:
    """Where a curve between two actors begins, to what it is drawn, and where it ends.

    `number` counts the edges of the same two actors from 0: each is bent otherwise.
    """
    at, middle = circle.at, circle.middle
    (x1, y1), (x2, y2) = at[edge.source], at[edge.target]
    length = math.hypot(x2 - x1, y2 - y1) or 1.0
    bend = 16 * ((number + 1) // 2) * (-1) ** number * (1 if edge.source < edge.target else -1)
    cx = middle[0] + 0.45 * ((x1 + x2) / 2 - middle[0]) + bend * (y1 - y2) / length
    cy = middle[1] + 0.45 * ((y1 + y2) / 2 - middle[1]) + bend * (x2 - x1) / length
    return (x1, y1), (cx, cy), (x2, y2)


def drawn_edge(edge: Any, start: Point, pull: Point, end: Point, width: float) -> str:
    """An edge as a curve; it ends beside the mark of its target."""
    (x2, y2), (cx, cy) = end, pull
    reach = math.hypot(x2 - cx, y2 - cy) or 1.0
    ux, uy = (x2 - cx) / reach, (y2 - cy) / reach
    x3, y3 = x2 - 9 * ux, y2 - 9 * uy
    path = "M{} {}Q{} {} {} {}".format(*(text(float(v)) for v in (*start, cx, cy, x3, y3)))
    inside = _strokes(path, width, edge.account == CLAIMED)
    if edge.network in DIRECTED:
        points = [
            (x3, y3),
            (x3 - 8 * ux + 3.6 * uy, y3 - 8 * uy - 3.6 * ux),
            (x3 - 8 * ux - 3.6 * uy, y3 - 8 * uy + 3.6 * ux),
        ]
        inside.append(tag("path", d=closed(points), class_="head"))
    more = " more" if edge.rank >= FIRST else ""
    look = f"edge {look_of(edge)}{more}"
    return link(edge.href, edge.title, *inside, class_=look, **edge.state)


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


def weight_sample() -> str:
    """A light line and a heavy one, to stand in a legend; not read aloud."""
    return _sample(
        "congruence", *_strokes("M1 2L41 2", 0.8, False), *_strokes("M1 8L41 8", 4, False)
    )


def arrow_sample() -> str:
    """A line with its arrow, to stand in a legend; not read aloud."""
    head = tag("path", d="M41 6L32 2L32 10Z", class_="head")
    return _sample("formal", *_strokes("M1 6L34 6", 2, False), head)


def line_sample(look: str) -> str:
    """One line of a look (`hostile`, `conflict claimed` …) to stand in a legend; not read aloud."""
    return _sample(look, *_strokes("M1 6L41 6", 2.0, look.endswith(" claimed")))


def _sample(look: str, *inside: str) -> str:
    return tag(
        "svg",
        tag("g", *inside, class_=f"edge {look}"),
        viewBox="0 0 42 12",
        width=42,
        height=12,
        class_="mark",
        aria_hidden="true",
    )
