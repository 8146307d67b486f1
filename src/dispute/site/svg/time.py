"""Events on an axis of time as SVG: a row an entry, or all of them on one line."""

from collections import Counter
from collections.abc import Callable
from datetime import date
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
    words_at,
    wrapped,
)
from helpers.dates.edtf import is_vague
from helpers.figures.legend import EVENTS

NOTHING = "No dated event in this selection."
# Months between ticks: the first that gives eight at most is taken.
STEPS = (1, 2, 3, 6, 12, 24, 60, 120, 240, 600, 1200, 6000)
# The height of the head of a timeline, and of its marks with the room around them.
HEAD, MARK = 30, 22
# The half of a label: so near an edge it stands on the other side of its tick.
HALF = 30.0


class Axis(NamedTuple):
    """A scale from days to x, and the ticks as (x, label)."""

    scale: Callable[[date], float]
    ticks: list[tuple[float, str]]


class Plan(NamedTuple):
    """Where words and axis of a timeline lie: beside each other, or the words above."""

    width: float
    words: float
    left: float
    right: float
    beside: bool


WIDE = Plan(960.0, 520.0, 548.0, 944.0, beside=True)
NARROW = Plan(350.0, 346.0, 12.0, 336.0, beside=False)


def _days(entries: pd.DataFrame) -> list[date]:
    return [date.fromisoformat(day) for day in [*entries.earliest, *entries.latest] if day]


def _axis(known: list[date], left: float, right: float) -> Axis:
    """The axis of some days; its ticks are whole months or years, eight at most."""
    first, last = min(known), max(known)
    span = max(1, (last - first).days)

    def scale(day: date) -> float:
        return left + (right - left) * (day - first).days / span

    months = (last.year - first.year) * 12 + last.month - first.month + 1
    step = next((step for step in STEPS if months / step <= 8), 12000)
    begin = -(-(first.year * 12 + first.month - 1) // step) * step
    whole = range(begin, last.year * 12 + last.month, step)
    days = [date(month // 12, month % 12 + 1, 1) for month in whole]
    ticks = [(scale(day), _tick(day, step)) for day in days if first <= day <= last]
    if ticks and not any(label.isdigit() for _, label in ticks):
        ticks[0] = (ticks[0][0], f"{ticks[0][1]} {first.year}")
    return Axis(scale, ticks or [(left, str(first.year))])


def _tick(day: date, step: int) -> str:
    return str(day.year) if step >= 12 or day.month == 1 else day.strftime("%b")


def timeline(
    key: str, title: str, description: str, entries: pd.DataFrame, narrow: bool = False
) -> str:
    """One row an entry in the order given: its words, and its mark on the axis.

    A point stands for a day, a bar for a span, a dashed bar for a span that is only roughly given,
    a triangle for a date that is open on one side, a question mark for none. Each row and mark has
    its place by `transform`, so that a script can close the gaps that a filter leaves, and stretch
    the axis over what is left.
    `entries`: event, earliest, latest, date_edtf, date_basis, kind (reported, claimed, context),
    href, title, and state.
    """
    known = _days(entries)
    if not known:
        return empty(key, title, NOTHING)
    plan = NARROW if narrow else WIDE
    axis = _axis(known, plan.left, plan.right)
    rows, y = [], float(HEAD)
    for entry in entries.itertuples():
        lines = wrapped(entry.event, plan.words)
        high = LINE * len(lines) + 8 if plan.beside else LINE * len(lines) + MARK + 4
        rows.append(_entry(entry, lines, y, high, axis.scale, plan))
        y += high
    ticks = [_grid(x, label, y, plan.width) for x, label in axis.ticks]
    ends = {"data_left": plan.left, "data_right": plan.right}
    ruled = tag("g", *ticks, class_="axis")
    return figure(key, title, description, plan.width, y + 4, ruled, *rows, kind="timeline", **ends)


def _grid(x: float, label: str, bottom: float, width: float) -> str:
    anchor = "middle"
    if x < HALF:
        anchor = "start"
    elif x > width - HALF:
        anchor = "end"
    return tag("line", x1=x, x2=x, y1=float(HEAD - 6), y2=bottom, class_="grid") + tag(
        "text", text(label), x=x, y=16, text_anchor=anchor, class_="tick"
    )


def _entry(
    entry: Any, lines: list[str], y: float, high: int, scale: Callable[[date], float], plan: Plan
) -> str:
    """The row of an entry."""
    return link(
        entry.href,
        entry.title if plan.beside else "",
        tag("rect", x=0, y=0, width=plan.width, height=high, class_="row"),
        words_at(lines, 4.0, 15.0),
        _mark(entry, scale, 12.0 if plan.beside else high - 12.0, plan),
        class_=f"entry {entry.kind}",
        transform=f"translate(0 {text(y)})",
        data_high=high,
        **entry.state,
    )


def _mark(entry: Any, scale: Callable[[date], float], middle: float, plan: Plan) -> str:
    """The mark of an entry, drawn around its own first day."""
    if not entry.earliest and not entry.latest:
        return tag("text", "?", x=plan.left - 4, y=middle + 4, class_="unknown")
    first = float(scale(date.fromisoformat(entry.earliest or entry.latest)))
    last = float(scale(date.fromisoformat(entry.latest or entry.earliest)))
    if entry.earliest and entry.latest and entry.earliest != entry.latest:
        look = "bar about" if is_vague(entry.date_edtf, entry.date_basis) else "bar"
        mark = tag("rect", x=0, y=-4, width=max(5.0, last - first), height=8, class_=look)
    else:
        mark = shape(_shape(entry), 0, 0, 5, class_="point")
    return tag("g", mark, class_="at", transform=f"translate({text(first)} {text(middle)})")


def _shape(entry: Any) -> str:
    """The shape of an entry of one known day: to which side it is open, or by its kind."""
    if not entry.earliest:
        return "left"
    return EVENTS[entry.kind].shape if entry.latest else "right"


def strip(
    key: str, title: str, description: str, entries: pd.DataFrame, narrow: bool = False
) -> str:
    """The entries with a first and a last day on one line of time.

    One mark each at the middle of its date, stacked where marks would touch. `entries`: earliest,
    latest, kind, href, title, as in `timeline`.
    """
    dated = entries[(entries.earliest != "") & (entries.latest != "")]
    if dated.empty:
        return empty(key, title, NOTHING)
    width = 350.0 if narrow else 660.0
    axis = _axis(_days(dated), 20, width - 20)
    stacks: Counter[int] = Counter()
    marks = []
    for entry in dated.itertuples():
        ends = [axis.scale(date.fromisoformat(day)) for day in (entry.earliest, entry.latest)]
        slot = round(sum(ends) / 2 / 12)
        stacks[slot] += 1
        marks.append((entry, slot * 12.0, stacks[slot]))
    base = 20 + 12 * max(stacks.values())
    drawn = []
    for entry, x, level in marks:
        point = shape(EVENTS[entry.kind].shape, x, base - 12.0 * level, 4.6, class_="point")
        drawn.append(link(entry.href, entry.title, point, class_=f"entry {entry.kind}"))
    line = tag("line", x1=10, x2=width - 10, y1=base, y2=base, class_="grid")
    ticks = [
        tag("text", text(label), x=x, y=base + 18, text_anchor="middle", class_="tick")
        for x, label in axis.ticks
    ]
    return figure(key, title, description, width, base + 26, line, *ticks, *drawn, kind="strip")


def date_sample(kind: str) -> str:
    """How a date of a kind (`helpers.figures.legend.DATES`) is drawn, to stand in a legend."""
    inside = {
        "span": tag("rect", x=1, y=4, width=14, height=8, class_="bar"),
        "about": tag("rect", x=1, y=4, width=14, height=8, class_="bar about"),
        "open": shape("right", 8, 8, 5, class_="point"),
        "unknown": tag("text", "?", x=5, y=13, class_="unknown"),
    }
    return sample("circle", "entry", inside.get(kind, ""))
