"""One entry of a timeline: its lane, the days it spans, its mark, and the key to the marks.

What is known of a date is told by shape: a point is a day, a capped bar a span, a fading bar is
about then, and an arrow is open to one side.
"""

import textwrap
from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any, NamedTuple

import matplotlib.dates as mdates
import pandas as pd
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import Rectangle

from helpers.analysis.chronology import kind
from helpers.dates.edtf import is_vague
from helpers.figures.legend import EVENTS
from helpers.figures.sheets import Part, left_out, title
from helpers.figures.style import INK

HATCH = "//////"
FADING_STEPS = 12


class Lane(NamedTuple):
    """How a kind of entries looks; `filled` where the articles tell it in their own voice."""

    colour: str
    marker: str
    filled: bool
    heading: str
    a_day: str

    @property
    def face(self) -> str:
        """The colour inside a mark."""
        return self.colour if self.filled else "white"


COLOURS = {"reported": "#0072B2", "claimed": "#B34700", "context": "#5f5f5f"}
MARKERS = {"circle": "o", "diamond": "D", "square": "s"}
A_DAY = {"reported": "reported", "claimed": "claimed", "context": "outside source"}
LANES = {
    kind: Lane(
        COLOURS[kind],
        MARKERS[mark.shape],
        mark.filled,
        mark.meaning.capitalize(),
        f"{A_DAY[kind]}: a day",
    )
    for kind, mark in EVENTS.items()
}


class Placed(NamedTuple):
    """An entry (a row of the chronology) with the first and the last day that it is drawn at.

    An open end is drawn at the other one; both are None without a date.
    """

    entry: Any
    first: date | None
    last: date | None

    @property
    def kind(self) -> str:
        """`reported`, `claimed` or `context`: its lane."""
        return kind(self.entry)


class Size(NamedTuple):
    """How large marks are: the least width of a bar in days, its height in rows, and points."""

    days: float
    height: float
    points: float


def placed(entries: pd.DataFrame) -> list[Placed]:
    """The entries with the days they are drawn at. `entries`: earliest, latest (ISO, or empty)."""
    return [_placed(entry) for entry in entries.itertuples()]


def _placed(entry: Any) -> Placed:
    first = entry.earliest or entry.latest
    last = entry.latest or entry.earliest
    if not first:
        return Placed(entry, None, None)
    return Placed(entry, date.fromisoformat(first), date.fromisoformat(last))


def most_told(shown: list[Placed], count: int) -> list[Placed]:
    """So many entries that most articles tell, in the order in which they come."""
    articles = [getattr(one.entry, "n_articles", 1) for one in shown]
    ranked = sorted(range(len(shown)), key=lambda place: -articles[place])
    return [shown[place] for place in sorted(ranked[:count])]


def counted_words(shown: list[Placed], every: list[Placed], width: int) -> str:
    """How many entries are drawn, in lines of a width; empty where all of them are."""
    order = "those first that most articles tell"
    words = left_out([Part("entry", len(shown), len(every))], "chronology", order)
    return textwrap.fill(title(words).replace("entrys", "entries"), width)


def known_days(entries: Iterable[Placed]) -> list[date]:
    """Every day that an entry begins or ends on."""
    days: list[date] = []
    for _, first, last in entries:
        days += [day for day in (first, last) if day]
    return days


def least_width(days: list[date], parts: int) -> timedelta:
    """The least width of a bar, so that two days can be seen: a part of the axis."""
    return timedelta(days=max(1.0, (max(days) - min(days)).days / parts))


def draw(axes: Axes, y: float, shown: Placed, size: Size) -> None:
    """Draw the mark of an entry that has a date, at the height `y`."""
    entry, lane = shown.entry, LANES[shown.kind]
    left, right = (mdates.date2num(day) for day in (shown.first, shown.last))
    vague = is_vague(entry.date_edtf, entry.date_basis)
    if not entry.earliest:
        _draw_open(axes, left, y, lane, size, -1)
    elif not entry.latest:
        _draw_open(axes, left, y, lane, size, 1)
    elif vague:
        _draw_about(axes, left, right, y, lane, size)
    elif left == right:
        _draw_point(axes, left, y, lane, size.points, edge=1.3)
    else:
        hatched = shown.kind == "claimed"
        _draw_span(axes, left, right, y, lane, size, hatched)


def _draw_open(axes: Axes, day: float, y: float, lane: Lane, size: Size, way: int) -> None:
    """A day with a fading bar and an arrow to the side (-1 left, 1 right) that is open."""
    end = day + way * 2.5 * size.days
    _fade(axes, day, end, y, size.height, lane.colour)
    _cap(axes, [day], y, lane.colour, size)
    arrow = "<" if way < 0 else ">"
    _draw_point(axes, end, y, lane._replace(marker=arrow, filled=False), size.points - 1)


def _draw_about(axes: Axes, left: float, right: float, y: float, lane: Lane, size: Size) -> None:
    """A bar that fades to both sides, with the mark of its lane in it where that is hollow."""
    middle, half = _middle(left, right, size)
    for side in (-1, 1):
        _fade(axes, middle, middle + side * (half + size.days), y, size.height, lane.colour)
    if not lane.filled:
        _draw_point(axes, middle, y, lane, size.points - 1)


def _draw_span(
    axes: Axes, left: float, right: float, y: float, lane: Lane, size: Size, hatched: bool
) -> None:
    """A bar with a cap at each end."""
    middle, half = _middle(left, right, size)
    bar = Rectangle(
        (middle - half, y - size.height / 2),
        2 * half,
        size.height,
        facecolor=lane.face,
        edgecolor=lane.colour,
        linewidth=1.1,
        hatch=HATCH if hatched else "",
    )
    axes.add_patch(bar)
    _cap(axes, [middle - half, middle + half], y, lane.colour, size)


def _middle(left: float, right: float, size: Size) -> tuple[float, float]:
    """The middle of a bar, and the half of its width, which is never too little to be seen."""
    return (left + right) / 2, max(right - left, size.days) / 2


def _draw_point(
    axes: Axes, x: float, y: float, lane: Lane, points: float, edge: float = 1.0
) -> None:
    axes.plot(
        [x],
        [y],
        marker=lane.marker,
        linestyle="",
        color=lane.colour,
        markerfacecolor=lane.face,
        markersize=points,
        markeredgewidth=edge,
    )


def _cap(axes: Axes, days: list[float], y: float, colour: str, size: Size) -> None:
    """The ends of a bar."""
    axes.plot(
        days,
        [y] * len(days),
        marker="|",
        linestyle="",
        markersize=size.points + 3,
        color=colour,
        markeredgewidth=1.6,
    )


def _fade(axes: Axes, start: float, end: float, y: float, height: float, colour: str) -> None:
    """A bar that grows pale from `start` to `end`."""
    width = (end - start) / FADING_STEPS
    for step in range(FADING_STEPS):
        part = Rectangle(
            (start + step * width, y - height / 2),
            width,
            height,
            facecolor=colour,
            alpha=0.85 * (1 - step / FADING_STEPS),
            linewidth=0,
        )
        axes.add_patch(part)


def key(figure: Figure, kinds: set[str]) -> None:
    """Write below a figure what the marks mean; `kinds`: the lanes that have an entry."""
    handles: list[Artist] = [
        _key_point(lane.colour, lane.marker, lane.face, lane.a_day)
        for name, lane in LANES.items()
        if name in kinds
    ]
    handles += [
        _key_bar("capped bar: within this span", facecolor=INK),
        _key_bar("hatched: a claimed span", facecolor="white", edgecolor=INK, hatch=HATCH),
        _key_bar("fading bar: about then", facecolor=INK, alpha=0.35),
        _key_point(INK, "<", "white", "arrow: until, or from, this day"),
    ]
    figure.legend(
        handles=handles,
        loc="upper center",
        bbox_to_anchor=(0.5, 0.0),
        ncols=2,
        fontsize=8.5,
        columnspacing=1.2,
        handlelength=1.6,
    )


def _key_point(colour: str, marker: str, face: str, words: str) -> Line2D:
    return Line2D(
        [], [], color=colour, marker=marker, linestyle="", markerfacecolor=face, label=words
    )


def _key_bar(words: str, **look: Any) -> Rectangle:
    return Rectangle((0, 0), 1, 1, label=words, **look)
