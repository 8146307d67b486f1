"""The stance matrix as SVG: actors by issues."""

import math
from collections.abc import Iterator
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
# The most lines of a heading, how wide a figure may be with headings, and at least with a key.
LINES, WIDEST, KEY = 4, 1200.0, 640.0


class Heads(NamedTuple):
    """The headings of the columns: their lines, and how wide and high they make the figure."""

    lines: dict[str, list[str]]
    column: float
    high: float
    width: float


class Grid(NamedTuple):
    """Where rows (actors) and columns (issues) lie, and the size of the figure.

    `key`: where each label stands under the columns, and its lines, where a column has a number
    for a heading.
    """

    x: dict[str, float]
    y: dict[str, float]
    names: dict[str, list[str]]
    heads: Heads
    key: dict[str, tuple[float, list[str]]]
    left: float
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

    Columns have the labels of the issues for headings; where these are too long (whole sentences),
    numbers, and a key below. The mark of a side is that of the legend (`helpers.figures.legend`).
    It is hollow where the mean is missing.

    `cells`: actor_id, issue, period, n, mean_stance, n_for, n_conditional, n_against, href, title,
    and state; `period` is empty for all periods together. A cell of one period has the class
    `when`: the style sheet hides it until a script asks for it. `actors`: actor_id to (name,
    href), in their order. `issues`: issue to label. `stances`: the scale of the codebook (stance).
    """
    if cells.empty:
        return empty(key, title, "No statement in this selection.")
    # A mark with its number beside it; two figures have room in any column.
    column = max(float(COLUMN), 26 + width_of(text(int(cells.n.max()))))
    grid = _grid(actors, issues, column)
    heads = [_issue(issue, grid) for issue in issues]
    marks: dict[str, list[str]] = {actor: [] for actor in actors}
    for cell in cells.itertuples():
        marks[cell.actor_id].append(_cell(cell, grid, stances))
    rows = [_row(actor, href, marks[actor], grid) for actor, (_, href) in actors.items()]
    parts = [*heads, *rows, tag("g", *_key(grid), class_="rest")]
    return figure(key, title, description, grid.heads.width, grid.height, *parts, kind="matrix")


def _grid(actors: dict[str, tuple[str, str]], issues: dict[str, str], column: float) -> Grid:
    """The plan of a matrix whose columns are so wide at least."""
    names = {actor: wrapped(name, ROOM) for actor, (name, _) in actors.items()}
    left = 14 + _widest(names)
    heads, key = _turned(issues, left, column), {}
    numbered = heads.width > WIDEST or max(map(len, heads.lines.values())) > LINES
    if numbered:
        heads = _numbered(issues, left, column)
    y, down = {}, heads.high
    for actor, lines in names.items():
        high = _high(lines)
        y[actor], down = down + high / 2, down + high
    for issue, label in issues.items() if numbered else ():
        lines = wrapped(label, heads.width - left - 6)
        key[issue] = down + 20, lines
        down += LINE * len(lines) + 5
    x = {issue: left + heads.column * (i + 0.5) for i, issue in enumerate(issues)}
    return Grid(x, y, names, heads, key, left, down + (16 if numbered else 6))


def _widest(lines: dict[str, list[str]]) -> float:
    return max(width_of(line) for some in lines.values() for line in some)


def _turned(issues: dict[str, str], left: float, column: float) -> Heads:
    """Labels as headings. Turned lines stand as deep as they are many; so wide is a column."""
    lines = {issue: wrapped(label, 1.2 * ROOM) for issue, label in issues.items()}
    reach, deep = _widest(lines), LINE * max(map(len, lines.values()))
    column = max(column, deep / math.sin(TURN))
    head = 18 + math.sin(TURN) * reach + math.cos(TURN) * deep
    over = max(0.0, math.cos(TURN) * reach - column / 2)
    return Heads(lines, column, head, left + column * len(issues) + over + 6)


def _numbered(issues: dict[str, str], left: float, column: float) -> Heads:
    """Numbers as headings."""
    lines = {issue: [str(number)] for number, issue in enumerate(issues, start=1)}
    return Heads(lines, column, 30.0, max(left + column * len(issues), KEY) + 6)


def _issue(issue: str, grid: Grid) -> str:
    """The heading of a column; of several turned lines the last stands over the column."""
    x, y = grid.x[issue], grid.heads.high - 8
    lines = grid.heads.lines[issue]
    if grid.key:
        return words_at(lines, x, y, text_anchor="middle", class_="tick")
    turn = f"rotate(-40 {text(x)} {text(y)})"
    up = y - LINE * (len(lines) - 1)
    return words_at(lines, x, up, transform=turn, class_="tick")


def _key(grid: Grid) -> Iterator[str]:
    """The numbers of the columns with what they stand for."""
    for issue, (y, lines) in grid.key.items():
        yield words_at(grid.heads.lines[issue], grid.left - 8, y, text_anchor="end")
        yield words_at(lines, grid.left, y)


def _row(actor: str, href: str, cells: list[str], grid: Grid) -> str:
    """A row: the name of an actor as a link, and its cells; a script folds those without any."""
    lines, middle = grid.names[actor], grid.y[actor]
    right = grid.left + grid.heads.column * len(grid.x)
    line = tag("line", x1=grid.left, x2=right, y1=middle, y2=middle, class_="grid")
    y = middle + 4.5 - LINE / 2 * (len(lines) - 1)
    label = words_at(lines, grid.left - 8, y, text_anchor="end")
    name = link(href, "", label, class_="label", data_actors=actor)
    return tag("g", line, name, *cells, class_="of-actor", data_high=_high(lines))


def _high(lines: list[str]) -> float:
    """How high a row is whose name has some lines."""
    return max(ROW, LINE * len(lines) + 6)


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
