"""Timelines: the chronology on one axis of time; its words are in `details`.

Drawn narrow and long, so that it can be read on a phone. What is reported, what is claimed and
what comes from outside stay apart by lane, shape and word.
"""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import NamedTuple

import matplotlib.dates as mdates
import matplotlib.pyplot as plt
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from helpers.figures.entries import (
    LANES,
    Placed,
    Size,
    counted_words,
    draw,
    key,
    known_days,
    least_width,
    most_told,
    placed,
)
from helpers.figures.pictures import done, say
from helpers.figures.sheets import PIXELS

# Dots an inch, and characters a line above the figure.
DPI, WORDS = 130, 70
# Inches of an overview: its width, what is beside its rows, and a row.
WIDE, BESIDE, ROW = 5.2, 0.9, 0.15
# So many rows have room.
ROWS = int((0.9 * PIXELS / (WIDE * DPI) / DPI - BESIDE) / ROW)
GREY, STRIPES = "#dddddd", ("#f2f2f2", "white")
DAY = timedelta(days=1)


class Stripe(NamedTuple):
    """A lane of the overview: its first row and the one after its last, and its entries by row."""

    begin: int
    end: int
    heading: str
    rows: list[tuple[int, Placed]]


def overview(entries: pd.DataFrame) -> Figure:
    """All entries on one axis of time, in lanes for what is reported, claimed and from outside.

    Marks that would meet stand above each other. `entries`: layer, voice, date_edtf, date_basis,
    earliest, latest, n_articles. Undated entries are counted in the heading of their lane. Without
    any dated entry the figure says so. Where there is no room for all, those are drawn that most
    articles tell.
    """
    every = placed(entries)
    days = known_days(every)
    if not days:
        return _nothing()
    room = least_width(days, 40)
    shown, stripes = every, _stripes(every, room)
    while stripes[-1].end >= ROWS:
        shown = most_told(every, len(shown) * 3 // 4)
        stripes = _stripes(shown, room)
    top = stripes[-1].end + 1
    height = BESIDE + ROW * top
    figure, axes = plt.subplots(figsize=(WIDE, height), dpi=DPI)
    figure.subplots_adjust(bottom=0.45 / height)
    if words := counted_words(shown, every, WORDS):
        axes.set_title(words, fontsize=8)
    for number, stripe in enumerate(stripes):
        _draw_stripe(axes, stripe, STRIPES[number % 2], Size(room / DAY, 0.5, 5))
    axes.set_ylim(top - 0.5, -1.05)
    axes.set_xlim(day_number(min(days) - 1.5 * room), day_number(max(days) + 1.5 * room))
    _draw_dates(axes)
    key(figure, {one.kind for one in shown})
    return done(figure)


def _stripes(shown: list[Placed], room: timedelta) -> list[Stripe]:
    """The lanes that have an entry, each below the last, with its entries in rows."""
    stripes, top = [], 0
    for name, lane in LANES.items():
        chosen = [one for one in shown if one.kind == name]
        if not chosen:
            continue
        dated = [one for one in chosen if one.first]
        rows = _rows(sorted(dated, key=lambda one: one[1:]), room)
        heading = f"{lane.heading}: {len(chosen)}"
        if undated := len(chosen) - len(dated):
            heading += f" ({undated} without a date)"
        below = top + max(rows, default=0) + 1
        stripes.append(Stripe(top, below, heading, _from_row(top, rows)))
        top = below + 1
    return stripes


def _rows(shown: Iterable[Placed], room: timedelta) -> dict[int, list[Placed]]:
    """Entries in order of time by row: each in the first row in which it meets no other."""
    rows: dict[int, list[Placed]] = {}
    ends: list[date] = []
    for one in shown:
        left, right = _extent(one, room)
        free = [row for row, end in enumerate(ends) if left > end]
        row = free[0] if free else len(ends)
        ends[row : row + 1] = [right + room * 0.6]
        rows.setdefault(row, []).append(one)
    return rows


def _extent(one: Placed, room: timedelta) -> tuple[date, date]:
    """From where to where an entry needs room on the axis, its arrow included."""
    assert one.first and one.last
    left = one.first if one.entry.earliest else one.first - 3 * room
    right = max(one.last, one.first + room)
    return left, right if one.entry.latest else right + 3 * room


def _from_row(top: int, rows: dict[int, list[Placed]]) -> list[tuple[int, Placed]]:
    pairs = []
    for row, shown in rows.items():
        pairs += [(top + row, one) for one in shown]
    return pairs


def _draw_stripe(axes: Axes, stripe: Stripe, colour: str, size: Size) -> None:
    axes.axhspan(stripe.begin - 1, stripe.end - 0.5, color=colour, zorder=0, linewidth=0)
    across = axes.get_yaxis_transform()
    y = stripe.begin - 0.95
    axes.text(0.01, y, stripe.heading, transform=across, va="top", fontsize=8.5, fontweight="bold")
    for row, shown in stripe.rows:
        draw(axes, row + 0.55, shown, size)


def _draw_dates(axes: Axes) -> None:
    """The axis of time below an overview, with the year written where it begins."""
    axes.set_yticks([])
    axes.spines["left"].set_visible(False)
    locator = mdates.AutoDateLocator(minticks=4, maxticks=8)
    wording = mdates.ConciseDateFormatter(
        locator, show_offset=False, zero_formats=["", "%Y", "%b", "%-d %b", "", ""]
    )
    axes.xaxis.set_major_locator(locator)
    axes.xaxis.set_major_formatter(wording)
    axes.grid(axis="x", color=GREY, linewidth=0.6)
    axes.tick_params(axis="x", labelsize=8.5)


def day_number(day: date) -> float:
    """A day as the axis of time counts it."""
    return float(mdates.date2num(day))


def _nothing() -> Figure:
    figure, axes = plt.subplots(figsize=(5.2, 1))
    say(axes, "no dated event in this selection")
    return done(figure)
