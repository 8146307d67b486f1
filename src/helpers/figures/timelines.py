"""Timelines: entries of the chronology to matplotlib figures. What is sure, what is claimed and what comes from outside differ in lane, shape and word."""

import textwrap
from datetime import date, timedelta

import matplotlib.dates as mdates
import matplotlib.pyplot as plt
from matplotlib.lines import Line2D
from matplotlib.patches import Rectangle

from helpers.analysis.chronology import kind
from helpers.dates.edtf import is_vague
from helpers.figures.network import done
from helpers.figures.style import INK

LANES = {  # colour, marker, filled, heading
    "reported": ("#0072B2", "o", True, "Reported by the articles"),
    "claimed": ("#B34700", "D", False, "Claimed: somebody says so in the articles"),
    "context": ("#5f5f5f", "s", False, "From outside the articles"),
}
WORDS, LINE, DPI = 38, 0.165, 130  # characters a line, its height in inches, and dots an inch


def overview(entries):
    """All entries on one axis of time, a lane each for what is reported, claimed and from outside; marks that meet stand above each other.

    `entries`: layer, voice, date_basis, earliest, latest. Undated entries are counted in the heading of their lane.
    """
    spans = [(kind(entry), entry, *_span(entry)) for entry in entries.itertuples()]
    known = [day for _, _, *days in spans for day in days if day]
    if not known:
        return _nothing()
    room = _room(min(known), max(known), 40)
    rows, ticks, top = [], [], 0
    for name in [name for name in LANES if any(name == span[0] for span in spans)]:
        ends, begin = [], top
        for _, entry, first, last in sorted(
            (s for s in spans if s[0] == name and s[2]), key=lambda s: s[2:]
        ):
            left, right = (
                (first - 3 * room if not entry.earliest else first),
                max(last, first + room) + (3 * room if not entry.latest else 0 * room),
            )
            row = next((i for i, end in enumerate(ends) if left > end), len(ends))
            ends[row : row + 1] = [right + room * 0.6]
            rows.append((top + row, entry, first, last))
        top += max(1, len(ends)) + 1
        undated = sum(s[0] == name and not s[2] for s in spans)
        ticks.append(
            (
                begin,
                top - 1,
                f"{LANES[name][3]}: {sum(s[0] == name for s in spans)}"
                + (f" ({undated} without a date)" if undated else ""),
            )
        )
    figure, axes = plt.subplots(figsize=(5.2, 0.9 + 0.15 * top), dpi=DPI)
    figure.subplots_adjust(bottom=0.45 / (0.9 + 0.15 * top))
    for begin, end, words in ticks:
        axes.axhspan(
            begin - 1,
            end - 0.5,
            color="#f2f2f2" if ticks.index((begin, end, words)) % 2 == 0 else "white",
            zorder=0,
            linewidth=0,
        )
        axes.text(
            0.01,
            begin - 0.95,
            words,
            transform=axes.get_yaxis_transform(),
            va="top",
            fontsize=8.5,
            fontweight="bold",
        )
    for row, entry, first, last in rows:
        _mark(axes, row + 0.55, entry, first, last, room, 0.5, 5)
    axes.set_ylim(top - 0.5, -1.05)
    axes.set_yticks([])
    axes.spines["left"].set_visible(False)
    axes.set_xlim(min(known) - 1.5 * room, max(known) + 1.5 * room)
    locator = mdates.AutoDateLocator(minticks=4, maxticks=8)
    axes.xaxis.set_major_locator(locator)
    axes.xaxis.set_major_formatter(
        mdates.ConciseDateFormatter(
            locator, show_offset=False, zero_formats=["", "%Y", "%b", "%-d %b", "", ""]
        )
    )
    axes.grid(axis="x", color="#dddddd", linewidth=0.6)
    axes.tick_params(axis="x", labelsize=8.5)
    _legend(figure, entries)
    return done(figure)


def detail(entries, heading):
    """The entries of one period with their words: on the left when, on the right what; lanes as in `overview`, each in order of time.

    `entries`: also event, wording, source_text. Every word stands in the figure, wrapped; none is cut.
    """
    spans = [_span(entry) for entry in entries.itertuples()]
    known = [day for span in spans for day in span if day] or [date(2000, 1, 1)]
    room = _room(min(known), max(known), 12)
    blocks, height = [], 0.0
    for name in LANES:
        chosen = [
            (entry, span) for entry, span in zip(entries.itertuples(), spans) if kind(entry) == name
        ]
        if chosen:
            blocks.append((height, LANES[name][3], None))
            height += 1.6
        for entry, span in chosen:
            when, what = _words(entry)
            blocks.append((height, (when, what), (entry, *span)))
            height += len(when) + len(what) + 0.55
    figure, axes = plt.subplots(figsize=(1.3, max(0.5, LINE * height)), dpi=DPI)
    for at, words, marked in blocks:
        if marked is None:
            axes.text(
                -0.02,
                at + 0.75,
                words,
                transform=axes.get_yaxis_transform(),
                va="center",
                fontsize=9,
                fontweight="bold",
            )
            axes.axhline(
                at + 1.3, xmin=-0.02, xmax=3.1, color="#bbbbbb", linewidth=0.8, clip_on=False
            )
            continue
        entry, first, last = marked
        for i, line in enumerate([*words[0], *words[1]]):
            weight = "bold" if i < len(words[0]) else "normal"
            axes.text(
                1.05,
                at + i,
                line,
                transform=axes.get_yaxis_transform(),
                va="top",
                fontsize=8.5,
                fontweight=weight,
                parse_math=False,
            )
        if first:
            _mark(axes, at + 0.55, entry, first, last, room, 0.6, 6)
        else:
            axes.text(
                0.5,
                at + 0.5,
                "?",
                transform=axes.get_yaxis_transform(),
                color=LANES[kind(entry)][0],
                ha="center",
                va="center",
                fontweight="bold",
                fontsize=11,
            )
    axes.set_ylim(height, -0.3)
    axes.set_yticks([])
    axes.spines["left"].set_visible(False)
    if any(first for first, _ in spans):
        axes.set_xlim(min(known) - room, max(known) + room)
        ends = sorted({min(known), max(known)})
        axes.set_xticks(ends, [f"{day.day} {day:%b}\n{day.year:04}" for day in ends], fontsize=7.5)
        axes.tick_params(axis="x", top=True, labeltop=True)
        axes.vlines(ends, 0, height, color="#dddddd", linewidth=0.6, zorder=0)
    else:
        axes.set_xticks([])
        axes.spines["bottom"].set_visible(False)
    axes.set_title(heading, x=-0.02, fontweight="bold", pad=18, parse_math=False)
    return done(figure)


def _words(entry):
    """The words of an entry, wrapped: the date, and what happened, marked where it is a claim, with the source where it is from outside."""
    outside, mark = entry.layer == "context", "Claimed: " if kind(entry) == "claimed" else ""
    when = entry.wording + (
        " (outside source)" if entry.date_basis == "external" and not outside else ""
    )
    differ = f" (accounts differ: {entry.matters.replace(';', ', ')})" if entry.matters else ""
    what = mark + entry.event + (f" [{entry.source_text}]" if outside else "") + differ
    return textwrap.wrap(when, WORDS - 4), textwrap.wrap(what, WORDS)


def _span(entry):
    """First and last day that an entry is drawn at; an open end is drawn at the other one; (None, None) without a date."""
    days = (entry.earliest or entry.latest, entry.latest or entry.earliest)
    return tuple(date.fromisoformat(day) if day else None for day in days)


def _room(first, last, parts):
    """The least width of a bar, so that two days can be seen: a part of the axis."""
    return timedelta(days=max(1.0, (last - first).days / parts))


def _mark(axes, y, entry, first, last, room, height, size):
    """Draw one entry: a point for a day; a bar with end caps for a span; fading where approximate, or to the side that is open."""
    colour, marker, filled, _ = LANES[kind(entry)]
    left, right = (mdates.date2num(day) for day in (first, last))
    wide = room / timedelta(days=1)
    if not entry.earliest or not entry.latest:
        step = -1 if not entry.earliest else 1
        _fade(axes, left, left + step * 2.5 * wide, y, height, colour)
        axes.plot([left], [y], marker="|", markersize=size + 3, color=colour, markeredgewidth=1.6)
        axes.plot(
            [left + step * 2.5 * wide],
            [y],
            marker="<" if step < 0 else ">",
            markersize=size - 1,
            color=colour,
            markerfacecolor="white",
        )
        return
    vague = is_vague(entry.date_edtf, entry.date_basis)
    if first == last and not vague:
        axes.plot(
            [left],
            [y],
            marker=marker,
            linestyle="",
            color=colour,
            markerfacecolor=colour if filled else "white",
            markersize=size,
            markeredgewidth=1.3,
        )
        return
    middle, half = (left + right) / 2, max(right - left, wide) / 2
    if vague:
        for side in (-1, 1):
            _fade(axes, middle, middle + side * (half + wide), y, height, colour)
        if not filled:
            axes.plot(
                [middle],
                [y],
                marker=marker,
                linestyle="",
                color=colour,
                markerfacecolor="white",
                markersize=size - 1,
            )
        return
    look = (
        {"facecolor": colour}
        if filled
        else {"facecolor": "white", "hatch": "//////" if kind(entry) == "claimed" else ""}
    )
    axes.add_patch(
        Rectangle(
            (middle - half, y - height / 2),
            2 * half,
            height,
            edgecolor=colour,
            linewidth=1.1,
            **look,
        )
    )
    axes.plot(
        [middle - half, middle + half],
        [y, y],
        marker="|",
        linestyle="",
        markersize=size + 3,
        color=colour,
        markeredgewidth=1.6,
    )


def _fade(axes, start, end, y, height, colour, steps=12):
    """A bar that grows pale from `start` to `end`."""
    width = (end - start) / steps
    for i in range(steps):
        axes.add_patch(
            Rectangle(
                (start + i * width, y - height / 2),
                width,
                height,
                facecolor=colour,
                alpha=0.85 * (1 - i / steps),
                linewidth=0,
            )
        )


def _legend(figure, entries):
    present = {kind(entry) for entry in entries.itertuples()}
    handles = []
    for name, words in (
        ("reported", "reported: a day"),
        ("claimed", "claimed: a day"),
        ("context", "outside source: a day"),
    ):
        colour, marker, filled, _ = LANES[name]
        if name in present:
            handles.append(
                Line2D(
                    [],
                    [],
                    color=colour,
                    marker=marker,
                    linestyle="",
                    markerfacecolor=colour if filled else "white",
                    markersize=6,
                    label=words,
                )
            )
    for look, words in (
        ({"facecolor": INK}, "capped bar: within this span"),
        ({"facecolor": "white", "edgecolor": INK, "hatch": "//////"}, "hatched: a claimed span"),
        ({"facecolor": INK, "alpha": 0.35}, "fading bar: about then"),
    ):
        handles.append(Rectangle((0, 0), 1, 1, label=words, **look))
    handles.append(
        Line2D(
            [],
            [],
            color=INK,
            marker="<",
            linestyle="",
            markerfacecolor="white",
            label="arrow: until, or from, this day",
        )
    )
    figure.legend(
        handles=handles,
        loc="upper center",
        bbox_to_anchor=(0.5, 0.0),
        ncols=2,
        fontsize=8.5,
        columnspacing=1.2,
        handlelength=1.6,
    )


def _nothing():
    figure, axes = plt.subplots(figsize=(5.2, 1))
    axes.set_axis_off()
    axes.text(
        0.5,
        0.5,
        "no dated event in this selection",
        ha="center",
        va="center",
        transform=axes.transAxes,
    )
    return done(figure)
