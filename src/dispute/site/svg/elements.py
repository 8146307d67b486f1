"""Elements of SVG as text: tags, links, marks, and the frame of a figure."""

import html
import unicodedata
from collections.abc import Iterable

Point = tuple[float, float]

# The height of letters in pixels, their mean width in units of it, and the height of a line.
SIZE, LETTER, LINE = 13, 0.58, 15
# Control characters that XML does not allow.
FORBIDDEN = {code: None for code in (*range(9), 11, 12, *range(14, 32))}
# The corners of each shape around its middle, in units of half its width, y downward.
CORNERS = {
    "square": "-1,-1 1,-1 1,1 -1,1",
    "up": "0,-1.1 1.1,0.9 -1.1,0.9",
    "down": "0,1.1 1.1,-0.9 -1.1,-0.9",
    "both": "-1,-0.4 0,-1.15 1,-0.4 1,0.4 0,1.15 -1,0.4",
    "diamond": "0,-1.25 1.25,0 0,1.25 -1.25,0",
    "left": "-1.1,0 0.9,-1.1 0.9,1.1",
    "right": "1.1,0 -0.9,-1.1 -0.9,1.1",
    "plus": "-0.4,-1.1 0.4,-1.1 0.4,-0.4 1.1,-0.4 1.1,0.4 0.4,0.4 "
    "0.4,1.1 -0.4,1.1 -0.4,0.4 -1.1,0.4 -1.1,-0.4 -0.4,-0.4",
}


def tag(name: str, *inside: str, **attributes: object) -> str:
    """One element. Attribute values are escaped, those that are empty left out.

    `inside` holds elements, or words that `text` has escaped.
    """
    given = "".join(
        f' {key.rstrip("_").replace("_", "-")}="{text(value)}"'
        for key, value in attributes.items()
        if value not in (None, "")
    )
    return f"<{name}{given}>{''.join(inside)}</{name}>" if inside else f"<{name}{given}/>"


def text(value: object) -> str:
    """A value as escaped text: a number with one digit behind the point."""
    if isinstance(value, float):
        return f"{value:.1f}".rstrip("0").rstrip(".")
    return html.escape(str(value).translate(FORBIDDEN))


def link(href: str, title: str, *inside: str, **attributes: object) -> str:
    """A link around elements; its title is what it says when it is hovered or read aloud.

    Without one, the words inside say it.
    """
    said = [tag("title", text(title))] if title else []
    return tag("a", *said, *inside, href=href, **attributes)


def figure(
    key: str,
    title: str,
    description: str,
    width: float,
    height: float,
    *inside: str,
    kind: str = "",
    **attributes: object,
) -> str:
    """A whole figure; its ids begin with `key`."""
    return tag(
        "svg",
        tag("title", text(title), id=f"{key}-title"),
        tag("desc", text(description), id=f"{key}-desc"),
        *inside,
        id=key,
        class_=f"explorable {kind}".strip(),
        viewBox=f"0 0 {text(float(width))} {text(float(height))}",
        width=float(width),
        height=float(height),
        role="group",
        aria_labelledby=f"{key}-title {key}-desc",
        **attributes,
    )


def empty(key: str, title: str, words: str) -> str:
    """A figure of nothing, which says so."""
    said = tag("text", text(words), x=200, y=35, text_anchor="middle")
    return figure(key, title, words, 400, 60, said)


def shape(kind: str, x: float, y: float, size: float, **attributes: object) -> str:
    """A mark of a kind around a point; `size` is half its width. Without corners it is a circle."""
    if kind not in CORNERS:
        return tag("circle", cx=float(x), cy=float(y), r=float(size), **attributes)
    corners = [map(float, corner.split(",")) for corner in CORNERS[kind].split()]
    path = closed((x + size * across, y + size * down) for across, down in corners)
    return tag("path", d=path, **attributes)


def closed(points: Iterable[Point]) -> str:
    """The path around some points."""
    return "M" + "L".join(f"{text(float(x))} {text(float(y))}" for x, y in points) + "Z"


def width_of(words: str) -> float:
    """About how wide some words are, in pixels."""
    wide = sum(unicodedata.east_asian_width(letter) in "WF" for letter in words)
    return SIZE * (LETTER * (len(words) - wide) + wide)


def wrapped(words: str, room: float) -> list[str]:
    """The words in lines that are no wider than `room` pixels.

    They part at blanks, and within a word only where it is wider than a line.
    """
    lines = [""]
    for word in words.split():
        both = f"{lines[-1]} {word}".strip()
        if width_of(both) <= room:
            lines[-1] = both
            continue
        lines += _pieces(word, room)
    return [line for line in lines if line] or [""]


def _pieces(word: str, room: float) -> list[str]:
    """A word in pieces that are no wider than a line."""
    pieces = [""]
    for letter in word:
        if pieces[-1] and width_of(pieces[-1] + letter) > room:
            pieces.append("")
        pieces[-1] += letter
    return pieces


def words_at(lines: list[str], x: float, y: float, **attributes: object) -> str:
    """Lines of words one under the other; the first stands on `y`."""
    if len(lines) == 1:
        return tag("text", text(lines[0]), x=x, y=y, **attributes)
    first, *others = lines
    # The blank between two lines keeps their words apart where they are read aloud or copied.
    below = [tag("tspan", text(f"{line} "), x=x, dy=float(LINE)) for line in others]
    return tag("text", tag("tspan", text(f"{first} "), x=x), *below, x=x, y=y, **attributes)


def sample(kind: str, look: str, inside: str = "") -> str:
    """One mark of a shape and class, to stand in a legend; a reader's machine does not read it.

    `inside` is what is drawn in place of the shape.
    """
    return tag(
        "svg",
        tag("g", inside or shape(kind, 8, 8, 6, class_="point"), class_=look),
        viewBox="0 0 16 16",
        width=16,
        height=16,
        class_="mark",
        aria_hidden="true",
    )
