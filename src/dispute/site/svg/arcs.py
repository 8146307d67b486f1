"""Networks on a narrow window as SVG: actors in a column, and their edges as arcs beside it."""

from typing import Any

import pandas as pd

from dispute.site.svg.elements import LINE, empty, figure, link, shape, tag, words_at, wrapped
from dispute.site.svg.network import FIRST, actors_of, camps, drawn_edge

# The width of the figure, the room for names, where the marks stand, and how far an arc may go.
WIDTH, ROOM, MARKS, REACH = 350.0, 190.0, 206.0, 132.0


def arcs(key: str, title: str, description: str, nodes: pd.DataFrame, edges: pd.DataFrame) -> str:
    """The strongest edges of a network; each row is an actor, in the order of the circle.

    `nodes` and `edges` are those of `network`; edges from the rank `FIRST` on are left out.
    """
    edges = edges[edges["rank"] < FIRST]
    shown, looks = actors_of(nodes, edges), camps(nodes)
    if shown.empty:
        return empty(key, title, "No edge in this selection.")
    rows, at, y = [], {}, 6.0
    for actor in shown.itertuples():
        lines = wrapped(actor.name, ROOM)
        high = max(24, LINE * len(lines) + 8)
        at[actor.actor_id] = y + high / 2
        rows.append(_actor(actor, lines, y + high / 2, looks[actor.camp]))
        y += high
    drawn = _edges(edges, at)
    inside = tag("g", *drawn), tag("g", *rows)
    return figure(key, title, description, WIDTH, y + 6, *inside, kind="network")


def _actor(actor: Any, lines: list[str], y: float, look: tuple[str, str]) -> str:
    kind, form = look
    up = y + 4.5 - LINE / 2 * (len(lines) - 1)
    label = words_at(lines, MARKS - 14, up, text_anchor="end")
    return link(
        actor.href,
        actor.title,
        tag("rect", x=0, y=y - 12, width=MARKS + 8, height=24, class_="hit"),
        shape(form, MARKS, y, 6.5),
        label,
        class_=f"node {kind}",
        data_actors=actor.actor_id,
        data_camp=actor.camp,
    )


def _edges(edges: pd.DataFrame, at: dict[str, float]) -> list[str]:
    """The edges, the weakest below; the farther two actors are, the farther goes the arc."""
    top = float(edges.weight.max()) or 1.0
    far = max(at.values()) - min(at.values()) or 1.0
    order = edges.sort_values(["rank", "href"], ascending=[False, True])
    lines = []
    for edge in order.itertuples():
        start, end = at[edge.source], at[edge.target]
        reach = 24 + (REACH - 24) * abs(end - start) / far
        pull = MARKS + 2 * reach, (start + end) / 2
        width = 0.8 + 3.2 * float(edge.weight) / top
        lines.append(drawn_edge(edge, (MARKS + 8, start), pull, (MARKS + 2, end), width))
    return lines
