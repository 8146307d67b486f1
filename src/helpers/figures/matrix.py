"""The stance matrix as figures: actors by issues, or a panel of periods for each issue.

Drawn narrow and with large type (9 points and more), so that it can be read on a phone and on
paper. Cells are the unit of length. Where a sheet has no room for all, the busiest actors and
issues come first, and each sheet says what none of them shows. A name that cannot be drawn stands
as its id (`letters`).
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import islice, product
from textwrap import shorten, wrap

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from helpers.figures.letters import by_id
from helpers.figures.pictures import done
from helpers.figures.sheets import PIXELS, SHEETS, Part, busiest, in_parts, left_out, packed, title
from helpers.figures.tiles import (
    CELL,
    DPI,
    MUTED,
    NAMES,
    Grid,
    canvas,
    draw_cells,
    draw_grid,
    draw_key,
    room_of,
)

# In cells: room for the headings of columns, between panels and for the key; the least width of a
# figure; the room of a title, at most.
HEADINGS, GAP, FOOT, LEAST, TITLE = 4.4, 0.6, 5.2, 15, 3.6
# Cells of a sheet, with some room for its edge.
AREA = 0.93 * PIXELS / (CELL * DPI) ** 2
# Characters of a cell's width in the title of a panel.
BOLD = 2.6
# Issues of a sheet of the matrix; periods of a panel, and actors where not all of them have room.
ISSUES, PERIODS, ACTORS = 20, 24, 12


def stance_matrix(
    table: pd.DataFrame, stances: pd.DataFrame, names: dict[str, str], labels: dict[str, str]
) -> list[Figure]:
    """Actor by issue, over all periods at once; one sheet, or a few, the busiest first.

    `table`: rows of `stance_table` of one period (actor_id, issue, counts, mean_stance).
    `stances`: the codebook's scale. `names`: actor_id to name. `labels`: issue to label, in their
    order: an issue without a statement keeps its column.
    """
    names, labels = by_id(names), by_id(labels)
    actors, order = busiest(table, "actor_id"), list(labels)
    if len(order) > ISSUES:
        spoken = busiest(table, "issue")
        order = spoken + [issue for issue in order if issue not in set(spoken)]
    width = max(LEAST, NAMES + min(len(order), ISSUES))
    rows = int(AREA / width - HEADINGS - FOOT - TITLE)
    parts = product(in_parts(actors, rows), in_parts(order, ISSUES))
    sheets = list(islice(parts, SHEETS))
    shown = [_of_sheet(table, *sheet) for sheet in sheets]
    words = left_out(
        [
            Part("actor", len({one for some, _ in sheets for one in some}), len(actors)),
            Part("issue", len({one for _, some in sheets for one in some}), len(order)),
            Part("position", sum(part.n.sum() for part in shown), table.n.sum()),
        ],
        "stance_table",
    )
    figures = []
    for number, ((some, columns), cells) in enumerate(zip(sheets, shown, strict=True), start=1):
        above = title(words, number, len(sheets))
        grid = Grid(list(some), [one for one in labels if one in set(columns)], 0, HEADINGS)
        figures.append(_matrix(cells, stances, names, labels, grid, above))
    return figures


def _of_sheet(table: pd.DataFrame, actors: Sequence[str], issues: Sequence[str]) -> pd.DataFrame:
    return table[table.actor_id.isin(list(actors)) & table.issue.isin(list(issues))]


def _matrix(
    table: pd.DataFrame,
    stances: pd.DataFrame,
    names: dict[str, str],
    labels: dict[str, str],
    grid: Grid,
    above: str,
) -> Figure:
    """One sheet of the matrix."""
    width = max(LEAST, NAMES + len(grid.columns))
    grid = grid._replace(top=grid.top + room_of(above, width))
    bottom = grid.top + max(1, len(grid.rows))
    figure, axes = canvas(width, bottom + FOOT, above)
    for column, issue in enumerate(grid.columns):
        axes.text(
            grid.x(column),
            grid.top - 0.3,
            "\n".join(wrap(labels[issue], 15, max_lines=2, placeholder=" …")),
            rotation=90,
            ha="center",
            va="bottom",
            fontsize=9,
            linespacing=0.95,
        )
    draw_grid(axes, grid, names)
    draw_cells(axes, grid, table.assign(row=table.actor_id, column=table.issue), stances)
    draw_key(axes, bottom + 0.6)
    return done(figure)


def stance_periods(
    table: pd.DataFrame,
    stances: pd.DataFrame,
    names: dict[str, str],
    labels: dict[str, str],
    order: dict[str, str],
) -> list[Figure]:
    """A small panel for each issue: actors by period, so that a row is an actor's way.

    `table`: rows of `stance_table`. `order`: period to label, in time, periods without a statement
    included. The rest as in `stance_matrix`. An issue nobody speaks to says so. Where one sheet has
    no room for all, the busiest issues come first, each with its busiest actors.
    """
    names, labels, order = by_id(names), by_id(labels), by_id(order)
    kept = list(order)
    if len(order) > PERIODS:
        most = set(busiest(table, "period")[:PERIODS])
        kept = [period for period in order if period in most]
    marks = {period: mark for mark, period in _marks(order).items() if period in kept}
    layout = Layout({mark: order[period] for period, mark in marks.items()})
    shown = table[table.period.isin(kept)]
    panels = {issue: shown[shown.issue == issue] for issue in labels}
    sheets = [list(panels)]
    if not layout.fits(panels):
        panels = {issue: _busiest_actors(rows) for issue, rows in panels.items()}
        ranked = sorted(panels, key=lambda issue: -int(panels[issue].n.sum()))
        sheets = packed(ranked, lambda some: layout.fits({one: panels[one] for one in some}))
    drawn = sum(panels[one].n.sum() for some in sheets for one in some)
    parts = [
        Part("issue", sum(map(len, sheets)), len(labels)),
        Part("period", len(kept), len(order)),
        Part("position", drawn, table.n.sum()),
    ]
    words = left_out(
        parts, "stance_table", f"the busiest first, {ACTORS} actors of an issue at most"
    )
    figures = []
    for number, some in enumerate(sheets, start=1):
        above = title(words, number, len(sheets))
        chosen = {issue: panels[issue] for issue in labels if issue in set(some)}
        figures.append(_panels(chosen, stances, names, labels, layout, list(marks), above))
    return figures


@dataclass(frozen=True)
class Layout:
    """How panels stand on a sheet. `marks`: the mark above each column to what it means."""

    marks: dict[str, str]

    @property
    def columns(self) -> int:
        """How many panels stand beside each other."""
        return 2 if len(self.marks) <= 6 else 1

    @property
    def wide(self) -> float:
        """The width of a panel, and what parts it from the next."""
        return NAMES + len(self.marks) + 1

    @property
    def width(self) -> float:
        """The width of a sheet."""
        return max(LEAST, self.wide * self.columns - 1)

    @property
    def top(self) -> float:
        """The height of what the marks mean."""
        return (len(self.marks) + 1) // 2 + 0.8

    def fits(self, panels: dict[str, pd.DataFrame]) -> bool:
        """Whether panels have room on one sheet."""
        _, bottom = _places(panels, self.columns)
        return self.width * (TITLE + self.top + bottom + FOOT) <= AREA


def _busiest_actors(rows: pd.DataFrame) -> pd.DataFrame:
    """The rows of a panel whose actors have room in it."""
    return rows[rows.actor_id.isin(busiest(rows, "actor_id")[:ACTORS])]


def _panels(
    panels: dict[str, pd.DataFrame],
    stances: pd.DataFrame,
    names: dict[str, str],
    labels: dict[str, str],
    layout: Layout,
    periods: list[str],
    above: str,
) -> Figure:
    """One sheet of panels."""
    head = room_of(above, layout.width)
    top = head + layout.top
    places, bottom = _places(panels, layout.columns)
    figure, axes = canvas(layout.width, top + bottom + FOOT, above)
    for number, (mark, label) in enumerate(layout.marks.items()):
        x, y = 8.5 * (number % 2), head + 0.5 + number // 2
        axes.text(x, y, f"{mark}  {label}", va="center", fontsize=10)
    for issue, (column, at) in places.items():
        rows = panels[issue]
        grid = Grid(busiest(rows, "actor_id"), periods, column * layout.wide, top + at + 1.6)
        _draw_titles(axes, grid, labels[issue], list(layout.marks))
        draw_grid(axes, grid, names)
        draw_cells(axes, grid, rows.assign(row=rows.actor_id, column=rows.period), stances)
    draw_key(axes, top + bottom + 0.2)
    return done(figure)


def _places(
    panels: dict[str, pd.DataFrame], columns: int
) -> tuple[dict[str, tuple[int, float]], float]:
    """In which column and at what height each panel stands, and how high the highest column is.

    A new column begins where the panels so far hold their share of the whole height.
    """
    heights = {issue: 1.6 + max(1, rows.actor_id.nunique()) + GAP for issue, rows in panels.items()}
    share = sum(heights.values()) / columns
    places: dict[str, tuple[int, float]] = {}
    column, at, bottom = 0, 0.0, 0.0
    for issue, height in heights.items():
        if column < columns - 1 and at + height / 2 > share:
            column, at = column + 1, 0.0
        places[issue] = (column, at)
        at += height
        bottom = max(bottom, at)
    return places, bottom


def _marks(order: Iterable[str]) -> dict[str, str]:
    """The periods by the mark that stands above their column: a number, or `?` for no period."""
    return {
        "?" if period == "unplaced" else str(number): period
        for number, period in enumerate(order, start=1)
    }


def _draw_titles(axes: Axes, grid: Grid, label: str, marks: list[str]) -> None:
    """The issue of a panel, as far as it has room, and the marks of its periods."""
    height = grid.top - 1.2
    room = int((NAMES + len(marks)) * BOLD)
    words = label if len(label) <= room else shorten(label, room, placeholder=" …")
    axes.text(grid.left, height, words, va="center", fontsize=10.5, fontweight="bold")
    for column, mark in enumerate(marks):
        x, y = grid.x(column), grid.top - 0.4
        axes.text(x, y, mark, ha="center", va="center", fontsize=9.5, color=MUTED)
