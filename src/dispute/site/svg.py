"""Inline SVG for the site: a table in, text out.

Every mark that stands for evidence is a link to it, with a title that says what it shows.

A figure needs no script: links, titles and focus are the browser's own. What a script may filter
by stands in `data-` attributes (several values parted by blanks). Colours are classes, given by
the style sheet of the site; shape and dash say the same (but an actor of no camp has the circle of
the largest camp). Positions follow from the rows alone, so that the same table gives the same text.
"""

import html
import math
from collections import Counter
from collections.abc import Callable, Iterable
from datetime import date
from typing import Any

import pandas as pd

from helpers.analysis.by_account import CLAIMED
from helpers.analysis.stances import side_of, strength_of
from helpers.dates.edtf import is_vague
from helpers.figures.style import DIRECTED, camps_by_size

Point = tuple[float, float]
Bar = tuple[str, str, list[tuple[str, int, str]]]

SHAPES = ["circle", "square", "up", "diamond", "down", "plus"]
# Mean width of a letter, in units of its height.
LETTER = 0.62
# Control characters that XML does not allow.
FORBIDDEN = {code: None for code in (*range(9), 11, 12, *range(14, 32))}
KINDS = {"reported": "circle", "claimed": "diamond", "context": "square"}
# The corners of each shape around its middle, in units of half its width, y downward.
CORNERS: dict[str, list[Point]] = {
    "square": [(-1, -1), (1, -1), (1, 1), (-1, 1)],
    "up": [(0, -1.1), (1.1, 0.9), (-1.1, 0.9)],
    "down": [(0, 1.1), (1.1, -0.9), (-1.1, -0.9)],
    "diamond": [(0, -1.25), (1.25, 0), (0, 1.25), (-1.25, 0)],
    "left": [(-1.1, 0), (0.9, -1.1), (0.9, 1.1)],
    "right": [(1.1, 0), (-0.9, -1.1), (-0.9, 1.1)],
    "plus": [
        (-0.4, -1.1),
        (0.4, -1.1),
        (0.4, -0.4),
        (1.1, -0.4),
        (1.1, 0.4),
        (0.4, 0.4),
        (0.4, 1.1),
        (-0.4, 1.1),
        (-0.4, 0.4),
        (-1.1, 0.4),
        (-1.1, -0.4),
        (-0.4, -0.4),
    ],
    "cross": [
        (0, -0.5),
        (0.6, -1.1),
        (1.1, -0.6),
        (0.5, 0),
        (1.1, 0.6),
        (0.6, 1.1),
        (0, 0.5),
        (-0.6, 1.1),
        (-1.1, 0.6),
        (-0.5, 0),
        (-1.1, -0.6),
        (-0.6, -1.1),
    ],
}
POINTING = {"for": "up", "against": "down", "both": "cross", "neutral": "square"}
SIGNS = {-1: "hostile", 0: "formal", 1: "friendly"}


def _tag(name: str, *inside: str, **attributes: object) -> str:
    """One element. Attribute values are escaped, those that are empty left out.

    `inside` holds elements, or words that `_text` has escaped.
    """
    given = "".join(
        f' {key.rstrip("_").replace("_", "-")}="{_text(value)}"'
        for key, value in attributes.items()
        if value not in (None, "")
    )
    return f"<{name}{given}>{''.join(inside)}</{name}>"


def _text(value: object) -> str:
    return html.escape(
        f"{value:.1f}".rstrip("0").rstrip(".")
        if isinstance(value, float)
        else str(value).translate(FORBIDDEN)
    )


def _link(href: str, title: str, *inside: str, **attributes: object) -> str:
    return _tag("a", _tag("title", _text(title)), *inside, href=href, **attributes)


def _svg(
    key: str,
    title: str,
    description: str,
    width: float,
    height: float,
    *inside: str,
    kind: str = "",
) -> str:
    return _tag(
        "svg",
        _tag("title", _text(title), id=f"{key}-title"),
        _tag("desc", _text(description), id=f"{key}-desc"),
        *inside,
        id=key,
        class_=f"explorable {kind}".strip(),
        viewBox=f"0 0 {_text(float(width))} {_text(float(height))}",
        width=float(width),
        height=float(height),
        role="group",
        aria_labelledby=f"{key}-title {key}-desc",
    )


def _empty(key: str, title: str, words: str) -> str:
    return _svg(
        key, title, words, 400, 60, _tag("text", _text(words), x=200, y=35, text_anchor="middle")
    )


def _shape(kind: str, x: float, y: float, size: float, **attributes: object) -> str:
    """A mark of a kind around a point; `size` is half its width. Without corners it is a circle."""
    if kind not in CORNERS:
        return _tag("circle", cx=float(x), cy=float(y), r=float(size), **attributes)
    path = _closed((x + size * across, y + size * down) for across, down in CORNERS[kind])
    return _tag("path", d=path, **attributes)


def _closed(points: Iterable[Point]) -> str:
    """The path around some points."""
    return "M" + "L".join(f"{_text(float(x))} {_text(float(y))}" for x, y in points) + "Z"


def shorten(words: str, letters: int) -> str:
    """The words, cut at a blank where they have more letters than that."""
    return words if len(words) <= letters else (words[: letters - 1].rsplit(" ", 1)[0] + " …")


def camps(nodes: pd.DataFrame) -> dict[str, tuple[str, str]]:
    """camp to (class, shape), the largest camp first, as in the other figures.

    `nodes`: camp. The empty camp is a grey circle and comes last.
    """
    order = camps_by_size(nodes.camp)
    looks = {}
    for i, camp in enumerate(order):
        number = i % len(SHAPES)
        looks[camp] = (f"camp-{number}", SHAPES[number])
    return looks | {"": ("camp-none", "circle")}


def sample(shape: str, look: str) -> str:
    """One mark of a shape and class, to stand in a legend; a reader's machine does not read it."""
    return _tag(
        "svg",
        _tag("g", _shape(shape, 8, 8, 6), class_=f"node {look}"),
        viewBox="0 0 16 16",
        width=16,
        height=16,
        aria_hidden="true",
    )


def network(
    key: str, title: str, description: str, nodes: pd.DataFrame, edges: pd.DataFrame
) -> str:
    """Actors on a circle, grouped by camp, and their edges.

    An edge is wide where its weight is great, and an arrow where its network is directed.
    One that is only claimed is hollow.
    `nodes`: actor_id, name, camp, href, title. `edges`: source, target, network, sign, weight,
    account, href, title, and issues, camps, periods to filter by (blanks between the values).
    Only actors with an edge are drawn. Where two labels would touch, that of the less connected
    actor falls silent: it is seen only while its mark is looked at, and its mark keeps the title.
    """
    linked: Counter[str] = Counter([*edges.source, *edges.target])
    looks = camps(nodes)
    order = list(looks)
    shown = (
        nodes[nodes.actor_id.isin(linked)]
        .assign(place=lambda n: n.camp.map(order.index))
        .sort_values(["place", "actor_id"])
    )
    if shown.empty:
        return _empty(key, title, "No edge in this selection.")
    radius = min(235.0, max(110.0, 6.5 * len(shown)))
    angles = {
        actor: -math.pi / 2 + 2 * math.pi * i / len(shown) for i, actor in enumerate(shown.actor_id)
    }
    labelled = _labelled(angles, linked, radius)
    reach = {
        actor.actor_id: radius
        + 16
        + (13 * LETTER * min(len(actor.name), 34) if actor.actor_id in labelled else 0)
        for actor in shown.itertuples()
    }
    ends = [
        [0.0, *(reach[actor] * turn(angle) for actor, angle in angles.items())]
        for turn in (math.cos, math.sin)
    ]
    middle = [12 - min(along) for along in ends]
    at = {
        actor: (middle[0] + radius * math.cos(angle), middle[1] + radius * math.sin(angle))
        for actor, angle in angles.items()
    }
    top = float(edges.weight.max()) or 1.0
    lines = []
    seen: Counter[frozenset[str]] = Counter()
    for edge in edges.sort_values(["weight", "source", "target", "href"]).itertuples():
        pair = frozenset((edge.source, edge.target))
        lines.append(_edge(edge, at, middle, 0.8 + 3.2 * float(edge.weight) / top, seen[pair]))
        seen[pair] += 1
    marks = []
    for actor in shown.itertuples():
        look, shape = looks[actor.camp]
        x, y = at[actor.actor_id]
        angle = math.degrees(angles[actor.actor_id])
        left = math.cos(angles[actor.actor_id]) < -1e-9
        turn = f"rotate({_text(angle + 180 if left else angle)} {_text(x)} {_text(y)})"
        label = _tag(
            "text",
            _text(shorten(actor.name, 34)),
            x=x + (-13 if left else 13),
            y=y + 4.2,
            text_anchor="end" if left else "start",
            transform=turn,
            class_="" if actor.actor_id in labelled else "silent",
        )
        marks.append(
            _link(
                actor.href,
                actor.title,
                _shape(shape, x, y, 6.5),
                label,
                class_=f"node {look}",
                data_actors=actor.actor_id,
                data_camp=actor.camp,
            )
        )
    return _svg(
        key,
        title,
        description,
        max(ends[0]) + middle[0] + 12,
        max(ends[1]) + middle[1] + 12,
        _tag("g", *lines),
        _tag("g", *marks),
        kind="network",
    )


def _labelled(
    angles: dict[str, float], linked: Counter[str], radius: float, height: float = 14
) -> set[str]:
    """The actors whose labels find room on the circle, the most connected first."""
    apart = height / (radius + 13)
    kept: list[str] = []
    for actor in sorted(angles, key=lambda actor: (-linked[actor], actor)):
        if all(
            abs((angles[actor] - angles[other] + math.pi) % (2 * math.pi) - math.pi) >= apart
            for other in kept
        ):
            kept.append(actor)
    return set(kept)


def _edge(edge: Any, at: dict[str, Point], middle: list[float], width: float, rank: int) -> str:
    """A curve between two actors, bent to the middle.

    `rank` counts the edges of the same two actors from 0: each is bent otherwise.
    """
    (x1, y1), (x2, y2) = at[edge.source], at[edge.target]
    length = math.hypot(x2 - x1, y2 - y1) or 1.0
    bend = 16 * ((rank + 1) // 2) * (-1) ** rank * (1 if edge.source < edge.target else -1)
    cx = middle[0] + 0.45 * ((x1 + x2) / 2 - middle[0]) + bend * (y1 - y2) / length
    cy = middle[1] + 0.45 * ((y1 + y2) / 2 - middle[1]) + bend * (x2 - x1) / length
    reach = math.hypot(x2 - cx, y2 - cy) or 1.0
    ux, uy = (x2 - cx) / reach, (y2 - cy) / reach
    # The edge ends beside the mark of its target.
    x3, y3 = x2 - 9 * ux, y2 - 9 * uy
    path = "M{} {}Q{} {} {} {}".format(*(_text(float(v)) for v in (x1, y1, cx, cy, x3, y3)))
    claimed = edge.account == CLAIMED
    inside = [_tag("path", d=path, class_="hit"), *_strokes(path, width, claimed)]
    if edge.network in DIRECTED:
        points = [
            (x3, y3),
            (x3 - 8 * ux + 3.6 * uy, y3 - 8 * uy - 3.6 * ux),
            (x3 - 8 * ux - 3.6 * uy, y3 - 8 * uy + 3.6 * ux),
        ]
        inside.append(_tag("path", d=_closed(points), class_="head"))
    return _link(
        edge.href,
        edge.title,
        *inside,
        class_=f"edge {look_of(edge)}",
        data_actors=f"{edge.source} {edge.target}",
        data_issue=edge.issues,
        data_camp=edge.camps,
        data_period=edge.periods,
    )


def look_of(edge: Any) -> str:
    """The look of a line: its sign or network, and whether it is only claimed."""
    look = SIGNS[int(edge.sign)] if edge.network == "relation" else str(edge.network)
    return f"{look} claimed" if edge.account == CLAIMED else look


def _strokes(path: str, width: float, claimed: bool) -> list[str]:
    """The line along a path: full, or hollow where it is only claimed."""
    if not claimed:
        return [_tag("path", d=path, class_="line", stroke_width=float(width))]
    edge = _tag("path", d=path, class_="line", stroke_width=float(width) + 2.4)
    return [edge, _tag("path", d=path, class_="core", stroke_width=float(width))]


def line_sample(look: str, claimed: bool = False) -> str:
    """One line of a look (`hostile`, `conflict` …) to stand in a legend; not read aloud."""
    kind = f"edge {look} claimed" if claimed else f"edge {look}"
    return _tag(
        "svg",
        _tag("g", *_strokes("M1 6L41 6", 2.0, claimed), class_=kind),
        viewBox="0 0 42 12",
        width=42,
        height=12,
        aria_hidden="true",
    )


def _days(entries: pd.DataFrame) -> list[date]:
    return [date.fromisoformat(day) for day in [*entries.earliest, *entries.latest] if day]


def _axis(
    known: list[date], left: float, right: float
) -> tuple[Callable[[date], float], list[tuple[float, str]]]:
    """A scale from days to x, and the ticks as (x, label): whole months or years, eight at most."""
    first, last = min(known), max(known)
    span = max(1, (last - first).days)

    def scale(day: date) -> float:
        return left + (right - left) * (day - first).days / span

    months = (last.year - first.year) * 12 + last.month - first.month + 1
    step = next(
        (s for s in (1, 2, 3, 6, 12, 24, 60, 120, 240, 600, 1200, 6000) if months / s <= 8), 12000
    )
    ticks = []
    for month in range(
        -(-(first.year * 12 + first.month - 1) // step) * step, last.year * 12 + last.month, step
    ):
        day = date(month // 12, month % 12 + 1, 1)
        if first <= day <= last:
            ticks.append(
                (scale(day), str(day.year) if step >= 12 or day.month == 1 else day.strftime("%b"))
            )
    if ticks and not any(label.isdigit() for _, label in ticks):
        ticks[0] = (ticks[0][0], f"{ticks[0][1]} {first.year}")
    return scale, ticks or [(left, str(first.year))]


def timeline(key: str, title: str, description: str, entries: pd.DataFrame) -> str:
    """One row an entry in the order given.

    A point stands for a day, a bar for a span, a dashed bar for a span that is only roughly given,
    a triangle for a date that is open on one side, a question mark for none.
    `entries`: event, earliest, latest, date_edtf, date_basis, kind (reported, claimed, context),
    href, title, and camps, periods to filter by.
    """
    known = _days(entries)
    if not known:
        return _empty(key, title, "No dated event in this selection.")
    width, row, head = 660, 21, 30
    scale, ticks = _axis(known, 24, width - 24)
    height = head + row * len(entries) + 8
    rows = [
        _tag(
            "g",
            _tag("line", x1=x, x2=x, y1=float(head - 6), y2=float(height - 4), class_="grid"),
            _tag("text", _text(label), x=x, y=16, text_anchor="middle", class_="tick"),
        )
        for x, label in ticks
    ]
    for n, entry in enumerate(entries.itertuples()):
        y = float(head + row * n + row / 2)
        marks, first, last = _when(entry, scale, y)
        # The words stand on the side that has more room.
        right = first + last < width
        x, letters = (
            (last + 10, (width - last - 12) / 13 / LETTER)
            if right
            else (first - 10, (first - 12) / 13 / LETTER)
        )
        words = _tag(
            "text",
            _text(shorten(entry.event, int(letters * 1.08))),
            x=x,
            y=y + 4,
            text_anchor="start" if right else "end",
        )
        box = _tag("rect", x=0, y=y - row / 2, width=width, height=row, class_="row")
        rows.append(
            _link(
                entry.href,
                entry.title,
                box,
                *marks,
                words,
                class_=f"entry {entry.kind}",
                data_camp=entry.camps,
                data_period=entry.periods,
                data_kind=entry.kind,
            )
        )
    return _svg(key, title, description, width, height, *rows, kind="timeline")


def _when(entry: Any, scale: Callable[[date], float], y: float) -> tuple[list[str], float, float]:
    """The marks of an entry, and where they begin and end."""
    if not entry.earliest and not entry.latest:
        return [_tag("text", "?", x=10, y=y + 4, class_="unknown")], 10.0, 14.0
    first, last = (
        float(scale(date.fromisoformat(day or other)))
        for day, other in ((entry.earliest, entry.latest), (entry.latest, entry.earliest))
    )
    if entry.earliest != entry.latest and entry.earliest and entry.latest:
        last = max(first + 5, last)
        return (
            [
                _tag(
                    "rect",
                    x=first,
                    y=y - 4,
                    width=last - first,
                    height=8,
                    class_="bar about" if is_vague(entry.date_edtf, entry.date_basis) else "bar",
                )
            ],
            first,
            last,
        )
    return (
        [
            _shape(
                "left"
                if not entry.earliest
                else "right"
                if not entry.latest
                else KINDS[entry.kind],
                first,
                y,
                5,
                class_="point",
            )
        ],
        first,
        first,
    )


def strip(key: str, title: str, description: str, entries: pd.DataFrame) -> str:
    """The entries with a first and a last day on one line of time.

    One mark each at the middle of its date, stacked where marks would touch. `entries`: earliest,
    latest, kind, href, title, as in `timeline`.
    """
    dated = entries[(entries.earliest != "") & (entries.latest != "")]
    if dated.empty:
        return _empty(key, title, "No dated event in this selection.")
    scale, ticks = _axis(_days(dated), 20, 640)
    stacks: Counter[int] = Counter()
    marks = []
    for entry in dated.itertuples():
        slot = round(
            (scale(date.fromisoformat(entry.earliest)) + scale(date.fromisoformat(entry.latest)))
            / 2
            / 12
        )
        stacks[slot] += 1
        marks.append((entry, slot * 12.0, stacks[slot]))
    base = 20 + 12 * max(stacks.values())
    drawn = [
        _link(
            e.href,
            e.title,
            _shape(KINDS[e.kind], x, base - 12.0 * level, 4.6, class_="point"),
            class_=f"entry {e.kind}",
        )
        for e, x, level in marks
    ]
    axis = [
        _tag("line", x1=10, x2=650, y1=base, y2=base, class_="grid"),
        *(
            _tag("text", _text(label), x=x, y=base + 18, text_anchor="middle", class_="tick")
            for x, label in ticks
        ),
    ]
    return _svg(key, title, description, 660, base + 26, *axis, *drawn, kind="timeline")


def matrix(
    key: str,
    title: str,
    description: str,
    cells: pd.DataFrame,
    actors: dict[str, tuple[str, str]],
    issues: dict[str, str],
    stances: pd.DataFrame,
) -> str:
    """Actor by issue: on which side, with the number of statements beside it.

    Up is for (a condition included), down against, a cross both, a square neither. The mark is
    hollow where the mean is missing.

    `cells`: actor_id, issue, period, n, mean_stance, n_for, n_conditional, n_against, camp, href,
    title; `period` is empty for all periods together. A cell of one period has the class `when`:
    the style sheet hides it until a script asks for it. `actors`: actor_id to (name, href), in
    their order. `issues`: issue to label. `stances`: the scale of the codebook (stance).
    """
    if cells.empty:
        return _empty(key, title, "No statement in this selection.")
    left, row, column = (
        14 + 13 * LETTER * max(min(len(name), 30) for name, _ in actors.values()),
        27,
        46,
    )
    reach = 12.5 * LETTER * max(min(len(label), 30) for label in issues.values())
    head, width = (
        22 + 0.64 * reach,
        left + column * len(issues) + max(0.0, 0.77 * reach - column / 2) + 6,
    )
    height = head + row * len(actors) + 6
    x = {issue: left + column * (i + 0.5) for i, issue in enumerate(issues)}
    y = {actor: head + row * (i + 0.5) for i, actor in enumerate(actors)}
    drawn = [
        _tag("line", x1=left, x2=left + column * len(issues), y1=place, y2=place, class_="grid")
        for place in y.values()
    ]
    for issue, label in issues.items():
        drawn.append(
            _tag(
                "text",
                _text(shorten(label, 30)),
                x=x[issue],
                y=head - 8,
                transform=f"rotate(-40 {_text(x[issue])} {_text(head - 8)})",
                class_="tick",
                data_issue=issue,
            )
        )
    for actor, (name, href) in actors.items():
        drawn.append(
            _link(
                href,
                name,
                _tag(
                    "text",
                    _text(shorten(name, 30)),
                    x=left - 8,
                    y=y[actor] + 4.5,
                    text_anchor="end",
                ),
                class_="label",
            )
        )
    for cell in cells.itertuples():
        side, shape, strength = pointing(cell, stances)
        few = " few" if math.isnan(cell.mean_stance) else ""
        mark = _shape(
            shape,
            x[cell.issue] - 9,
            y[cell.actor_id],
            7,
            class_=side + few,
            fill_opacity=round(strength, 2) if strength < 1 else None,
        )
        box = _tag(
            "rect", x=x[cell.issue] - 21, y=y[cell.actor_id] - 12, width=42, height=24, class_="hit"
        )
        n = _tag("text", _text(int(cell.n)), x=x[cell.issue] + 4, y=y[cell.actor_id] + 4.5)
        drawn.append(
            _link(
                cell.href,
                cell.title,
                box,
                mark,
                n,
                class_=f"cell {'when' if cell.period else ''}".strip(),
                data_issue=cell.issue,
                data_camp=cell.camp,
                data_period=cell.period,
            )
        )
    return _svg(key, title, description, width, height, *drawn, kind="matrix")


def pointing(cell: Any, stances: pd.DataFrame) -> tuple[str, str, float]:
    """How a cell of the stance table is drawn: (side, shape, strength from 0.45 to 1).

    The strength is that of the mean stance; 1 where there is no mean, or no one side.
    """
    side = side_of(cell.n_for, cell.n_conditional, cell.n_against)
    strength = strength_of(cell.mean_stance, stances.stance)
    if side in ("both", "neutral") or strength is None:
        return side, POINTING[side], 1
    return side, POINTING[side], 0.45 + 0.55 * strength


def bars(key: str, title: str, description: str, rows: list[Bar]) -> str:
    """Horizontal bars, one row each: `rows` of (label, href, [(class, number, title)]).

    Bars of class `against` go to the left, others to the right.
    """
    if not rows:
        return _empty(key, title, "Nothing to count in this selection.")
    left, row = 12 + 13 * LETTER * max(min(len(label), 40) for label, _, _ in rows), 26
    sums = [
        [sum(n for kind, n, _ in parts if (kind == "against") == side) for _, _, parts in rows]
        for side in (True, False)
    ]
    unit, zero = (
        330 / ((max(sums[0]) + max(sums[1])) or 1),
        left + 330 * max(sums[0]) / ((max(sums[0]) + max(sums[1])) or 1),
    )
    drawn = [_tag("line", x1=zero, x2=zero, y1=2, y2=row * len(rows) + 2, class_="grid")]
    for i, (label, href, parts) in enumerate(rows):
        ends, inside = {True: zero, False: zero}, []
        for kind, n, words in parts:
            back, width = kind == "against", unit * n
            x = ends[back] - width if back else ends[back]
            ends[back] += -width if back else width
            inside.append(
                _tag(
                    "g",
                    _tag("title", _text(words)),
                    _tag("rect", x=x, y=float(row * i + 6), width=width, height=17, class_=kind),
                    _tag(
                        "text",
                        _text(n),
                        x=x + width / 2,
                        y=float(row * i + 19),
                        text_anchor="middle",
                        class_="on",
                    )
                    if width > 14
                    else "",
                )
            )
        name = _tag(
            "text", _text(shorten(label, 40)), x=left - 8, y=float(row * i + 19), text_anchor="end"
        )
        drawn.append(
            _link(
                href,
                f"{label}: {'; '.join(words for _, _, words in parts)}",
                name,
                *inside,
                class_="entry bars",
            )
        )
    return _svg(key, title, description, left + 340, row * len(rows) + 6, *drawn, kind="bars")
