"""The stance matrix as SVG: actors by issues."""

import math
from typing import Any, NamedTuple

import pandas as pd

from dispute.site.svg.elements import (
    LINE,
    empty,
    figure,
    link,
    sample,
    shape,
    tag,
    text,
    width_of,
    words_at,
    wrapped,
)
from helpers.analysis.stances import side_of, strength_of
from helpers.figures.legend import SIDES

# The room for a line of a name or label, the size of a cell, and how far headings are turned.
ROOM, ROW, COLUMN, TURN = 230.0, 27, 46, math.radians(40)


class Grid(NamedTuple):
    """Where rows (actors) and columns (issues) lie, and the size of the figure."""

    x: dict[str, float]
    y: dict[str, float]
    names: dict[str, list[str]]
    labels: dict[str, list[str]]
    column: float
    left: float
    head: float
    width: float
    height: float


def matrix(
    key: str,
    title: str,
    description: str,
    cells: pd.DataFrame,
    actors: dict[str, tuple[str, str]],
    issues: dict[str, str],
    stances: pd.DataFrame,
) -> str:
    """Actor by issue: on which side, with the number of statements beside it.

    The mark of a side is that of the legend (`helpers.figures.legend`). It is hollow where the
    mean is missing.

    `cells`: actor_id, issue, period, n, mean_stance, n_for, n_conditional, n_against, href, title,
    and state; `period` is empty for all periods together. A cell of one period has the class
    `when`: the style sheet hides it until a script asks for it. `actors`: actor_id to (name,
    href), in their order. `issues`: issue to label. `stances`: the scale of the codebook (stance).
    """
    if cells.empty:
        return empty(key, title, "No statement in this selection.")
    grid = _grid(actors, issues)
    right = grid.left + grid.column * len(issues)
    lines = [
        tag("line", x1=grid.left, x2=right, y1=y, y2=y, class_="grid") for y in grid.y.values()
    ]
    heads = [_issue(issue, grid) for issue in issues]
    names = [_actor(actor, href, grid) for actor, (_, href) in actors.items()]
    drawn = [_cell(cell, grid, stances) for cell in cells.itertuples()]
    parts = [*lines, *heads, *names, *drawn]
    return figure(key, title, description, grid.width, grid.height, *parts, kind="matrix")


def _grid(actors: dict[str, tuple[str, str]], issues: dict[str, str]) -> Grid:
    names = {actor: wrapped(name, ROOM, most=4) for actor, (name, _) in actors.items()}
    labels = {issue: wrapped(label, 1.2 * ROOM, most=4) for issue, label in issues.items()}
    left = 14 + max(width_of(line) for lines in names.values() for line in lines)
    reach = max(width_of(line) for lines in labels.values() for line in lines)
    deep = LINE * max(map(len, labels.values()))
    # Turned lines stand as deep as they are many; no column is narrower than that.
    column = max(float(COLUMN), deep / math.sin(TURN))
    head = 18 + math.sin(TURN) * reach + math.cos(TURN) * deep
    y, down = {}, head
    for actor, lines in names.items():
        high = max(ROW, LINE * len(lines) + 6)
        y[actor], down = down + high / 2, down + high
    x = {issue: left + column * (i + 0.5) for i, issue in enumerate(issues)}
    width = left + column * len(issues) + max(0.0, math.cos(TURN) * reach - column / 2) + 6
    return Grid(x, y, names, labels, column, left, head, width, down + 6)


def _issue(issue: str, grid: Grid) -> str:
    """The heading of a column, turned; of several lines the last stands over the column."""
    x, y = grid.x[issue], grid.head - 8
    lines = grid.labels[issue]
    turn = f"rotate(-40 {text(x)} {text(y)})"
    up = y - LINE * (len(lines) - 1)
    return words_at(lines, x, up, transform=turn, class_="tick")


def _actor(actor: str, href: str, grid: Grid) -> str:
    """The heading of a row: the name of an actor as a link."""
    lines = grid.names[actor]
    y = grid.y[actor] + 4.5 - LINE / 2 * (len(lines) - 1)
    label = words_at(lines, grid.left - 8, y, text_anchor="end")
    return link(href, "", label, class_="label", data_actors=actor)


def _cell(cell: Any, grid: Grid, stances: pd.DataFrame) -> str:
    x, y = grid.x[cell.issue], grid.y[cell.actor_id]
    side, form, strength = pointing(cell, stances)
    few = " few" if math.isnan(cell.mean_stance) else ""
    opacity = round(strength, 2) if strength < 1 else None
    return link(
        cell.href,
        cell.title,
        tag("rect", x=x - 21, y=y - 12, width=42, height=24, class_="hit"),
        shape(form, x - 9, y, 7, class_=side + few, fill_opacity=opacity),
        tag("text", text(int(cell.n)), x=x + 4, y=y + 4.5),
        class_=f"cell {'when' if cell.period else ''}".strip(),
        **cell.state,
    )


def cell_sample(cell: Any, stances: pd.DataFrame) -> str:
    """The mark of a cell in a row of words; not read aloud."""
    side, form, strength = pointing(cell, stances)
    few = " few" if math.isnan(cell.mean_stance) else ""
    opacity = round(strength, 2) if strength < 1 else None
    return sample(form, "", shape(form, 8, 8, 7, class_=side + few, fill_opacity=opacity))


def strength_sample(few: bool) -> str:
    """How a weak mean stance is drawn, or one of too few statements, to stand in a legend."""
    look = {"class_": "for few"} if few else {"class_": "for", "fill_opacity": 0.5}
    return sample("up", "", shape("up", 8, 8, 7, **look))


def pointing(cell: Any, stances: pd.DataFrame) -> tuple[str, str, float]:
    """How a cell of the stance table is drawn: (side, shape, strength from 0.45 to 1).

    The strength is that of the mean stance; 1 where there is no mean, or no one side.
    """
    side = side_of(cell.n_for, cell.n_conditional, cell.n_against)
    form = SIDES[side].shape
    strength = strength_of(cell.mean_stance, stances.stance)
    if side in ("both", "neutral") or strength is None:
        return side, form, 1
    return side, form, 0.45 + 0.55 * strength
