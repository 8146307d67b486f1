"""Timelines: the chronology drawn narrow and long, so that it can be read on a phone.

What is reported, what is claimed and what comes from outside stay apart by lane, shape and word.
"""

import textwrap
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
    draw,
    key,
    known_days,
    least_width,
    placed,
)
from helpers.figures.pictures import done, say

# Characters a line, the height of a line in inches, and dots an inch.
WORDS, LINE, DPI = 38, 0.165, 130
GREY, RULE, STRIPES = "#dddddd", "#bbbbbb", ("#f2f2f2", "white")
DAY = timedelta(days=1)


class Stripe(NamedTuple):
    """A lane of the overview: its first row and the one after its last, and its entries by row."""

    begin: int
    end: int
    heading: str
    rows: list[tuple[int, Placed]]


class Paragraph(NamedTuple):
    """An entry in words: at what height (in lines) it begins, its date, and what happened."""

    at: float
    shown: Placed
    when: list[str]
    what: list[str]


class Column(NamedTuple):
    """The words of a period, below one another: headings by height, entries, and all its lines."""

    headings: dict[float, str]
    paragraphs: list[Paragraph]
    height: float


def overview(entries: pd.DataFrame) -> Figure:
    """All entries on one axis of time, in lanes for what is reported, claimed and from outside.

    Marks that would meet stand above each other. `entries`: layer, voice, date_edtf, date_basis,
    earliest, latest. Undated entries are counted in the heading of their lane. Without any dated
    entry the figure says so.
    """
    shown = placed(entries)
    days = known_days(shown)
    if not days:
        return _nothing()
    room = least_width(days, 40)
    stripes = _stripes(shown, room)
    top = stripes[-1].end + 1
    figure, axes = plt.subplots(figsize=(5.2, 0.9 + 0.15 * top), dpi=DPI)
    figure.subplots_adjust(bottom=0.45 / (0.9 + 0.15 * top))
    for number, stripe in enumerate(stripes):
        _draw_stripe(axes, stripe, STRIPES[number % 2], Size(room / DAY, 0.5, 5))
    axes.set_ylim(top - 0.5, -1.05)
    axes.set_xlim(_number(min(days) - 1.5 * room), _number(max(days) + 1.5 * room))
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


def detail(entries: pd.DataFrame, heading: str) -> Figure:
    """The entries of one period with their words: on the left when, on the right what.

    Lanes are as in `overview`, each in order of time. `entries`: also event, wording, matters,
    source_text. Every word stands in the figure, wrapped; none is cut.
    """
    shown = placed(entries)
    days = known_days(shown)
    column = _column(shown)
    figure, axes = plt.subplots(figsize=(1.3, max(0.5, LINE * column.height)), dpi=DPI)
    for at, words in column.headings.items():
        _draw_heading(axes, at, words)
    room = least_width(days or [date(2000, 1, 1)], 12)
    for paragraph in column.paragraphs:
        _draw_paragraph(axes, paragraph, Size(room / DAY, 0.6, 6))
    axes.set_ylim(column.height, -0.3)
    axes.set_yticks([])
    axes.spines["left"].set_visible(False)
    if days:
        _draw_ends(axes, min(days), max(days), room, column.height)
    else:
        axes.set_xticks([])
        axes.spines["bottom"].set_visible(False)
    axes.set_title(heading, x=-0.02, fontweight="bold", pad=18, parse_math=False)
    return done(figure)


def _column(shown: list[Placed]) -> Column:
    """The words of entries, lane by lane, with the height at which each begins."""
    headings: dict[float, str] = {}
    paragraphs = []
    height = 0.0
    for name, lane in LANES.items():
        chosen = [one for one in shown if one.kind == name]
        if chosen:
            headings[height] = lane.heading
            height += 1.6
        for one in chosen:
            when, what = _words(one)
            paragraphs.append(Paragraph(height, one, when, what))
            height += len(when) + len(what) + 0.55
    return Column(headings, paragraphs, height)


def _words(one: Placed) -> tuple[list[str], list[str]]:
    """The words of an entry, wrapped: the date, and what happened.

    A claim is marked as one, and the source is named where it is from outside.
    """
    entry = one.entry
    outside = entry.layer == "context"
    when, what = entry.wording, entry.event
    if entry.date_basis == "external" and not outside:
        when += " (outside source)"
    if one.kind == "claimed":
        what = f"Claimed: {what}"
    if outside:
        what += f" [{entry.source_text}]"
    if entry.matters:
        what += f" (accounts differ: {entry.matters.replace(';', ', ')})"
    return textwrap.wrap(when, WORDS - 4), textwrap.wrap(what, WORDS)


def _draw_heading(axes: Axes, at: float, words: str) -> None:
    across = axes.get_yaxis_transform()
    axes.text(-0.02, at + 0.75, words, transform=across, va="center", fontsize=9, fontweight="bold")
    axes.axhline(at + 1.3, xmin=-0.02, xmax=3.1, color=RULE, linewidth=0.8, clip_on=False)


def _draw_paragraph(axes: Axes, paragraph: Paragraph, size: Size) -> None:
    at, shown, when, what = paragraph
    across = axes.get_yaxis_transform()
    weights = ["bold"] * len(when) + ["normal"] * len(what)
    for place, (line, weight) in enumerate(zip([*when, *what], weights, strict=True)):
        axes.text(
            1.05,
            at + place,
            line,
            transform=across,
            va="top",
            fontsize=8.5,
            fontweight=weight,
            parse_math=False,
        )
    if shown.first:
        draw(axes, at + 0.55, shown, size)
        return
    axes.text(
        0.5,
        at + 0.5,
        "?",
        transform=across,
        color=LANES[shown.kind].colour,
        ha="center",
        va="center",
        fontweight="bold",
        fontsize=11,
    )


def _draw_ends(axes: Axes, first: date, last: date, room: timedelta, height: float) -> None:
    """The first and the last day of a period, above and below, with a line between them."""
    axes.set_xlim(_number(first - room), _number(last + room))
    days = sorted({first, last})
    ends = [_number(day) for day in days]
    labels = [f"{day.day} {day:%b}\n{day.year:04}" for day in days]
    axes.set_xticks(ends, labels, fontsize=7.5)
    axes.tick_params(axis="x", top=True, labeltop=True)
    axes.vlines(ends, 0, height, color=GREY, linewidth=0.6, zorder=0)


def _number(day: date) -> float:
    """A day as the axis of time counts it."""
    return float(mdates.date2num(day))


def _nothing() -> Figure:
    figure, axes = plt.subplots(figsize=(5.2, 1))
    say(axes, "no dated event in this selection")
    return done(figure)
