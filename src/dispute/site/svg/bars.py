"""Horizontal bars as SVG."""

from typing import NamedTuple

from dispute.site.svg.elements import LETTER, empty, figure, link, shorten, tag, text

# The letters of a label, the height of a row, and the width of all bars.
LETTERS, ROW, WIDTH = 40, 26, 330


class Bar(NamedTuple):
    """A row of bars: what it is called, where it leads, and the number that its bar shows."""

    label: str
    href: str
    number: int
    title: str


def bars(key: str, title: str, description: str, rows: list[Bar]) -> str:
    """One bar a row, with its number in it where there is room."""
    if not any(row.number for row in rows):
        return empty(key, title, "Nothing to count in this selection.")
    left = 12 + 13 * LETTER * max(min(len(row.label), LETTERS) for row in rows)
    unit = WIDTH / max(row.number for row in rows)
    line = tag("line", x1=left, x2=left, y1=2, y2=ROW * len(rows) + 2, class_="grid")
    drawn = [_bar(row, place, left, unit) for place, row in enumerate(rows)]
    height = ROW * len(rows) + 6
    return figure(key, title, description, left + WIDTH + 10, height, line, *drawn, kind="bars")


def _bar(row: Bar, place: int, left: float, unit: float) -> str:
    y, width = float(ROW * place), unit * row.number
    name = tag("text", text(shorten(row.label, LETTERS)), x=left - 8, y=y + 19, text_anchor="end")
    inside = [name]
    if row.number:
        bar = tag("rect", x=left, y=y + 6, width=width, height=17, class_="count")
        inside.append(bar)
    if width > 34:
        middle = left + width / 2
        number = tag(
            "text", text(row.number), x=middle, y=y + 19, text_anchor="middle", class_="on"
        )
        inside.append(number)
    return link(row.href, f"{row.label}: {row.title}", *inside, class_="entry bars")
