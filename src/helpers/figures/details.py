"""Details: the chronology of a period in words, drawn narrow and long, for a phone.

On the left when, on the right what; in lanes for what is reported, claimed and from outside.
"""

import textwrap
from collections.abc import Sequence
from datetime import date, timedelta
from typing import NamedTuple

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
    known_days,
    least_width,
    most_told,
    placed,
)
from helpers.figures.letters import in_lines
from helpers.figures.pictures import done
from helpers.figures.sheets import PIXELS
from helpers.figures.timelines import DAY, DPI, GREY, day_number

# Characters a line, below the heading of a period and beside the marks; the height of a line and
# the width of all of it, in inches.
ABOVE, WORDS, LINE, WIDE = 60, 38, 0.165, 3.9
# So many lines have room; so many entries of a period, and so many periods.
LINES = int(0.9 * PIXELS / (WIDE * DPI) / DPI / LINE)
ENTRIES, PERIODS = 30, 8
RULE = "#bbbbbb"


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


def details(parts: Sequence[tuple[str, pd.DataFrame]]) -> list[Figure]:
    """The figure of `detail` for each of some periods (heading, entries), `PERIODS` at most."""
    figures = [detail(entries, heading) for heading, entries in parts[: PERIODS - 1]]
    if rest := parts[PERIODS - 1 :]:
        heading = rest[0][0] if len(rest) == 1 else f"{rest[0][0]} and later"
        figures.append(detail(pd.concat([entries for _, entries in rest]), heading))
    return figures


def detail(entries: pd.DataFrame, heading: str) -> Figure:
    """The entries of one period with their words: on the left when, on the right what.

    Lanes are as in `overview`, each in order of time. `entries`: also event, wording, matters,
    source_text. Every word of an entry stands in the figure, wrapped; none is cut. Where there is
    no room for all entries, those stand there that most articles tell.
    """
    every = placed(entries)
    shown = most_told(every, ENTRIES)
    column = _column(shown)
    while column.height > LINES and len(shown) > 1:
        shown = most_told(every, len(shown) * 3 // 4)
        column = _column(shown)
    days = known_days(shown)
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
    _draw_title(axes, heading, counted_words(shown, every, ABOVE), 28 if days else 4)
    return done(figure)


def _draw_title(axes: Axes, heading: str, more: str, above: int) -> None:
    """The heading of a period, and so many points above what is drawn how much of it that is."""
    lines = more.count("\n") + 1 if more else 0
    pad = 18 + 16 * lines
    axes.set_title(heading, x=-0.02, fontweight="bold", pad=pad, parse_math=False)
    if more:
        place = (-0.02, 1.0)
        axes.annotate(
            more, place, (0, above), "axes fraction", "offset points", va="bottom", fontsize=8
        )


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
    return textwrap.wrap(when, WORDS - 4), in_lines(what, WORDS)


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
    axes.set_xlim(day_number(first - room), day_number(last + room))
    days = sorted({first, last})
    ends = [day_number(day) for day in days]
    labels = [f"{day.day} {day:%b}\n{day.year:04}" for day in days]
    axes.set_xticks(ends, labels, fontsize=7.5)
    axes.tick_params(axis="x", top=True, labeltop=True)
    axes.vlines(ends, 0, height, color=GREY, linewidth=0.6, zorder=0)
