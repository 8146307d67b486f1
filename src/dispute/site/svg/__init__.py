"""Figures as text: a table of marks in, one SVG element out.

Every mark that stands for evidence is a link to it, with a title that says what it shows. A figure
needs no script: links, titles and focus are the browser's own. What a script may filter by stands
in `data-` attributes (several values parted by blanks). Colours are classes, given by the style
sheet of the site; shape and dash say the same (but an actor of no camp has the circle of the
largest camp). Positions follow from the rows alone, so that the same table gives the same text.

- `elements`: tags, links, shapes, the frame of a figure
- `network`, `time`, `matrix`, `bars`: one kind of figure each; `time` has timeline and strip
- `arcs`: a network on a narrow window
"""

from dispute.site.svg.arcs import arcs
from dispute.site.svg.bars import Bar, bars
from dispute.site.svg.elements import sample
from dispute.site.svg.matrix import cell_sample, matrix, pointing, strength_sample
from dispute.site.svg.network import (
    FIRST,
    arrow_sample,
    camps,
    line_sample,
    look_of,
    network,
    weight_sample,
)
from dispute.site.svg.time import date_sample, strip, timeline

__all__ = [
    "FIRST",
    "Bar",
    "arcs",
    "arrow_sample",
    "bars",
    "camps",
    "cell_sample",
    "date_sample",
    "line_sample",
    "look_of",
    "matrix",
    "network",
    "pointing",
    "sample",
    "strength_sample",
    "strip",
    "timeline",
    "weight_sample",
]
