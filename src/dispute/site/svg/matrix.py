"""The stance matrix as SVG: actors by issues."""

import math
from typing import Any, NamedTuple

import pandas as pd

from dispute.site.svg.elements import LETTER, empty, figure, link, shape, shorten, tag, text
from helpers.analysis.stances import side_of, strength_of
from helpers.figures.legend import SIDES

# The letters of a name or label, and the size of a cell.
LETTERS, ROW, COLUMN = 30, 27, 46


class Grid(NamedTuple):
    """Where rows (actors) and columns (issues) lie, and the size of the figure."""

    x: dict[str, float]
    y: dict[str, float]
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
    and camp and issues to filter by; `period` is empty for all periods together. A cell of one
    period has the class `when`: the style sheet hides it until a script asks for it. `actors`:
    actor_id to (name, href), in their order. `issues`: issue to label. `stances`: the scale of the
    codebook (stance).
    """
    if cells.empty:
        return empty(key, title, "No statement in this selection.")
    grid = _grid(actors, issues)
    right = grid.left + COLUMN * len(issues)
    lines = [
        tag("line", x1=grid.left, x2=right, y1=y, y2=y, class_="grid") for y in grid.y.values()
    ]
    heads = [_issue(issue, label, grid) for issue, label in issues.items()]
    names = [_actor(actor, *named, grid) for actor, named in actors.items()]
    drawn = [_cell(cell, grid, stances) for cell in cells.itertuples()]
    parts = [*lines, *heads, *names, *drawn]
    return figure(key, title, description, grid.width, grid.height, *parts, kind="matrix")


def _grid(actors: dict[str, tuple[str, str]], issues: dict[str, str]) -> Grid:
    widest = max(min(len(name), LETTERS) for name, _ in actors.values())
    left = 14 + 13 * LETTER * widest
    reach = 12.5 * LETTER * max(min(len(label), LETTERS) for label in issues.values())
    head = 22 + 0.64 * reach
    x = {issue: left + COLUMN * (i + 0.5) for i, issue in enumerate(issues)}
    y = {actor: head + ROW * (i + 0.5) for i, actor in enumerate(actors)}
    width = left + COLUMN * len(issues) + max(0.0, 0.77 * reach - COLUMN / 2) + 6
    return Grid(x, y, left, head, width, head + ROW * len(actors) + 6)


def _issue(issue: str, label: str, grid: Grid) -> str:
    """The heading of a column, turned."""
    x, y = grid.x[issue], grid.head - 8
    return tag(
        "text",
        text(shorten(label, LETTERS)),
        x=x,
        y=y,
        transform=f"rotate(-40 {text(x)} {text(y)})",
        class_="tick",
    )


def _actor(actor: str, name: str, href: str, grid: Grid) -> str:
    """The heading of a row: the name of an actor as a link."""
    words = text(shorten(name, LETTERS))
    label = tag("text", words, x=grid.left - 8, y=grid.y[actor] + 4.5, text_anchor="end")
    return link(href, name, label, class_="label")


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
        data_issue=cell.issues,
        data_camp=cell.camp,
        data_period=cell.period,
    )


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
