"""Events on an axis of time as SVG: a row an entry, or all of them on one line."""

from collections import Counter
from collections.abc import Callable
from datetime import date
from typing import Any, NamedTuple

import pandas as pd

from dispute.site.svg.elements import LETTER, empty, figure, link, sample, shape, shorten, tag, text
from helpers.dates.edtf import is_vague
from helpers.figures.legend import EVENTS

NOTHING = "No dated event in this selection."
# Months between ticks: the first that gives eight at most is taken.
STEPS = (1, 2, 3, 6, 12, 24, 60, 120, 240, 600, 1200, 6000)
# Of a timeline: its width, the height of a row and of the head.
WIDTH, ROW, HEAD = 660, 21, 30


class Axis(NamedTuple):
    """A scale from days to x, and the ticks as (x, label)."""

    scale: Callable[[date], float]
    ticks: list[tuple[float, str]]


class Drawn(NamedTuple):
    """The marks of an entry, and where they begin and end."""

    marks: list[str]
    first: float
    last: float


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


def timeline(key: str, title: str, description: str, entries: pd.DataFrame) -> str:
    """One row an entry in the order given.

    A point stands for a day, a bar for a span, a dashed bar for a span that is only roughly given,
    a triangle for a date that is open on one side, a question mark for none.
    `entries`: event, earliest, latest, date_edtf, date_basis, kind (reported, claimed, context),
    href, title, and camps, periods to filter by.
    """
    known = _days(entries)
    if not known:
        return empty(key, title, NOTHING)
    axis = _axis(known, 24, WIDTH - 24)
    height = HEAD + ROW * len(entries) + 8
    grid = [
        tag(
            "g",
            tag("line", x1=x, x2=x, y1=float(HEAD - 6), y2=float(height - 4), class_="grid"),
            tag("text", text(label), x=x, y=16, text_anchor="middle", class_="tick"),
        )
        for x, label in axis.ticks
    ]
    rows = [_entry(entry, n, axis.scale) for n, entry in enumerate(entries.itertuples())]
    return figure(key, title, description, WIDTH, height, *grid, *rows, kind="timeline")


def _entry(entry: Any, number: int, scale: Callable[[date], float]) -> str:
    """The row of an entry; its words stand on the side of the mark that has more room."""
    y = float(HEAD + ROW * number + ROW / 2)
    drawn = _drawn(entry, scale, y)
    right = drawn.first + drawn.last < WIDTH
    room = WIDTH - drawn.last - 12 if right else drawn.first - 12
    words = tag(
        "text",
        text(shorten(entry.event, int(room / 13 / LETTER * 1.08))),
        x=drawn.last + 10 if right else drawn.first - 10,
        y=y + 4,
        text_anchor="start" if right else "end",
    )
    box = tag("rect", x=0, y=y - ROW / 2, width=WIDTH, height=ROW, class_="row")
    return link(
        entry.href,
        entry.title,
        box,
        *drawn.marks,
        words,
        class_=f"entry {entry.kind}",
        data_camp=entry.camps,
        data_period=entry.periods,
        data_kind=entry.kind,
    )


def _drawn(entry: Any, scale: Callable[[date], float], y: float) -> Drawn:
    """The marks of an entry at the height `y`."""
    if not entry.earliest and not entry.latest:
        return Drawn([tag("text", "?", x=10, y=y + 4, class_="unknown")], 10.0, 14.0)
    first = float(scale(date.fromisoformat(entry.earliest or entry.latest)))
    last = float(scale(date.fromisoformat(entry.latest or entry.earliest)))
    if entry.earliest and entry.latest and entry.earliest != entry.latest:
        last = max(first + 5, last)
        look = "bar about" if is_vague(entry.date_edtf, entry.date_basis) else "bar"
        bar = tag("rect", x=first, y=y - 4, width=last - first, height=8, class_=look)
        return Drawn([bar], first, last)
    return Drawn([shape(_shape(entry), first, y, 5, class_="point")], first, first)


def _shape(entry: Any) -> str:
    """The shape of an entry of one known day: to which side it is open, or by its kind."""
    if not entry.earliest:
        return "left"
    return EVENTS[entry.kind].shape if entry.latest else "right"


def strip(key: str, title: str, description: str, entries: pd.DataFrame) -> str:
    """The entries with a first and a last day on one line of time.

    One mark each at the middle of its date, stacked where marks would touch. `entries`: earliest,
    latest, kind, href, title, as in `timeline`.
    """
    dated = entries[(entries.earliest != "") & (entries.latest != "")]
    if dated.empty:
        return empty(key, title, NOTHING)
    axis = _axis(_days(dated), 20, 640)
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
    line = tag("line", x1=10, x2=650, y1=base, y2=base, class_="grid")
    ticks = [
        tag("text", text(label), x=x, y=base + 18, text_anchor="middle", class_="tick")
        for x, label in axis.ticks
    ]
    return figure(key, title, description, 660, base + 26, line, *ticks, *drawn, kind="timeline")


def date_sample(kind: str) -> str:
    """How a date of a kind (`helpers.figures.legend.DATES`) is drawn, to stand in a legend."""
    inside = {
        "span": tag("rect", x=1, y=4, width=14, height=8, class_="bar"),
        "about": tag("rect", x=1, y=4, width=14, height=8, class_="bar about"),
        "open": shape("right", 8, 8, 5, class_="point"),
        "unknown": tag("text", "?", x=5, y=13, class_="unknown"),
    }
    return sample("circle", "entry", inside.get(kind, ""))
