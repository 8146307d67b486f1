"""Labels that cover each other in a figure: what the tests of figures ask at many sizes."""

from typing import NamedTuple

import numpy as np
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.text import Text

# So many points of two labels may overlap: the room of a line is higher than its letters.
SLACK = 1.5


class Label(NamedTuple):
    """A text where it is drawn: its words, and its four corners in points, turned as it is."""

    words: str
    corners: np.ndarray


def labels(figure: Figure) -> list[Label]:
    """Every text of a figure that is seen."""
    figure.draw_without_rendering()
    renderer = FigureCanvasAgg(figure).get_renderer()
    points = 72 / figure.dpi
    texts = [text for text in figure.findobj(Text) if text.get_visible() and text.get_text()]
    return [Label(one.get_text(), _corners(one, renderer) * points) for one in texts]


def _corners(text: Text, renderer) -> np.ndarray:
    """The corners of a text: of it unturned, then turned about its anchor."""
    turned, mode = text.get_rotation(), text.get_rotation_mode()
    if mode != "anchor":
        box = text.get_window_extent(renderer)
        return np.array([[box.x0, box.y0], [box.x1, box.y0], [box.x1, box.y1], [box.x0, box.y1]])
    text.set_rotation(0)
    box = text.get_window_extent(renderer)
    text.set_rotation(turned)
    corners = np.array([[box.x0, box.y0], [box.x1, box.y0], [box.x1, box.y1], [box.x0, box.y1]])
    anchor = text.get_transform().transform(text.get_unitless_position())
    cos, sin = np.cos(np.radians(turned)), np.sin(np.radians(turned))
    return (corners - anchor) @ np.array([[cos, sin], [-sin, cos]]) + anchor


def collisions(figure: Figure) -> list[tuple[str, str]]:
    """The pairs of labels that cover each other, by their words."""
    every = labels(figure)
    low = np.array([one.corners.min(axis=0) for one in every])
    high = np.array([one.corners.max(axis=0) for one in every])
    begins_before = (low[:, None] < high[None, :]).all(axis=2)
    near = np.argwhere(np.triu(begins_before & begins_before.T, 1))
    pairs = [(every[a], every[b]) for a, b in near]
    return [(a.words, b.words) for a, b in pairs if _overlap(a.corners, b.corners)]


def _overlap(one: np.ndarray, other: np.ndarray) -> bool:
    """Whether two rectangles overlap: no side of either parts them (separating axes)."""
    for corners in (one, other):
        for side in (corners[1] - corners[0], corners[3] - corners[0]):
            axis = side / (np.linalg.norm(side) or 1)
            ours, theirs = one @ axis, other @ axis
            if min(ours.max(), theirs.max()) - max(ours.min(), theirs.min()) <= SLACK:
                return False
    return True
