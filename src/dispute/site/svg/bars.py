"""Horizontal bars as SVG."""

from typing import NamedTuple

from dispute.site.svg.elements import (
    LINE,
    empty,
    figure,
    link,
    tag,
    text,
    width_of,
    words_at,
    wrapped,
)

# The room for labels, the height of a bar, and the width of all bars.
ROOM, HIGH, WIDTH = 340, 17, 330


class Bar(NamedTuple):
    """A row of bars: what it is called, where it leads, and the number that its bar shows."""

    label: str
    href: str
    number: int
    title: str


def bars(key: str, title: str, description: str, rows: list[Bar], narrow: bool = False) -> str:
    """One bar a row, with its number in it where there is room.

    The label stands beside its bar; on a narrow window above it.
    """
    if not any(row.number for row in rows):
        return empty(key, title, "Nothing to count in this selection.")
    widest = max(width_of(row.label) for row in rows)
    left = 0.0 if narrow else 12 + min(widest, float(ROOM))
    unit = WIDTH / max(row.number for row in rows)
    drawn, y = [], 2.0
    for row in rows:
        label = wrapped(row.label, ROOM)
        words = LINE * len(label)
        down = y + words + 2 if narrow else y + 5
        drawn.append(_bar(row, label, left, y, down, unit))
        y += words + HIGH + 8 if narrow else max(words, HIGH) + 9
    line = tag("line", x1=left, x2=left, y1=2, y2=y, class_="grid")
    return figure(key, title, description, left + WIDTH + 10, y + 4, line, *drawn, kind="bars")


def _bar(row: Bar, label: list[str], left: float, top: float, down: float, unit: float) -> str:
    """A row: its label at `left`, or from there on where that is 0, and its bar at `down`."""
    width = unit * row.number
    name = (
        words_at(label, left - 8, down + 13, text_anchor="end")
        if left
        else words_at(label, 0.0, top + 12)
    )
    inside = [name]
    if row.number:
        inside.append(tag("rect", x=left, y=down, width=width, height=HIGH, class_="count"))
    if width > 34:
        middle = {"x": left + width / 2, "y": down + 13, "text_anchor": "middle"}
        inside.append(tag("text", text(row.number), class_="on", **middle))
    return link(row.href, f"{row.label}: {row.title}", *inside, class_="entry bars")
