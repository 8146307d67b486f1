"""What ends each finding: marks under its sentence; and the curve of a finding's number."""

from collections.abc import Sequence
from typing import Any

import matplotlib.pyplot as plt
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from helpers.figures.letters import in_lines, lacking
from helpers.figures.pictures import done, say
from helpers.figures.sheets import Part, left_out, title
from helpers.figures.style import CAMPS, INK, QUIET

# Characters a line, inches a line, and dots an inch.
WORDS, LINE, DPI = 98, 0.155, 130
# So many findings have room.
FINDINGS = 50
HEADINGS = {
    "article": "article\nleft out",
    "units": "joined\nunits",
    "duplicates": "every\npassage",
    "actor": "who is\nthe actor",
    "conditional": "on a\ncondition",
    "period": "period\nmoved",
}
HOLDS, ENDS = CAMPS[0], CAMPS[1]
MARKS = ["o", "s", "D", "^", "v", "P"]


def what_ends(findings: pd.DataFrame, robustness: pd.DataFrame) -> Figure:
    """Each finding, its margin, and below it a mark for every choice that can touch it.

    A full circle: it holds whichever way the choice is made; a cross: one way ends it. Choices in
    pairs are not drawn. `findings`: finding_id, sentence, margin (those without a margin are left
    out). `robustness`: finding_id, choice, level, holds. Without a finding the figure says so.
    """
    every = findings[findings.margin.notna()]
    shown = every[:FINDINGS]
    if shown.empty:
        figure, axes = plt.subplots(figsize=(5.2, 1), dpi=DPI)
        say(axes, "No finding is shown.")
        return done(figure)
    passes = robustness.level[robustness.choice == "coder"].drop_duplicates().tolist()
    columns = [*passes, *(name for name in HEADINGS if name in set(robustness.choice))]
    lines = [in_lines(_sentence(row), WORDS) for row in shown.itertuples()]
    height = sum(map(len, lines)) + 2.2 * len(lines) + 3
    figure, axes = plt.subplots(figsize=(5.6, LINE * height), dpi=DPI)
    figure.subplots_adjust(left=0.01, right=0.99, bottom=0.0, top=1.0)
    axes.set_xlim(-1.2, max(len(columns), 6))
    axes.set_ylim(height, 0)
    axes.set_axis_off()
    for place, column in enumerate(["margin", *columns]):
        words = HEADINGS.get(column, column)
        axes.text(place - 0.6, 1.2, words, ha="center", va="center", fontsize=6.5, color=INK)
    if more := title(left_out([Part("finding", len(shown), len(every))], "findings", "the first")):
        axes.text(-1.1, 0, more, va="center", fontsize=6.5, color=INK)
    at = 3.0
    for row, words in zip(shown.itertuples(), lines, strict=True):
        outcomes = robustness[robustness.finding_id == row.finding_id]
        at = _finding(axes, at, row, words, [_marks(outcomes, name, passes) for name in columns])
    return done(figure)


def _sentence(row: Any) -> str:
    """The sentence of a finding, after its id where some of its letters cannot be drawn."""
    said = str(row.sentence)
    return f"{row.finding_id}: {said}" if lacking(said) else said


def _marks(outcomes: pd.DataFrame, column: str, passes: Sequence[str]) -> bool | None:
    """Whether a finding holds whichever way a choice is made; None where it cannot touch it."""
    if column in passes:
        tried = outcomes[(outcomes.choice == "coder") & (outcomes.level == column)]
    else:
        tried = outcomes[outcomes.choice == column]
    return None if tried.empty else bool((tried.holds == "yes").all())


def _finding(
    axes: Axes, at: float, row: Any, words: Sequence[str], marks: Sequence[bool | None]
) -> float:
    """Draw a finding at a height (in lines); returns the height of the next."""
    for number, line in enumerate(words):
        axes.text(-1.1, at + number, line, va="center", fontsize=7, color=INK)
    below = at + len(words)
    axes.text(-0.6, below, str(row.margin), ha="center", va="center", fontsize=8, weight="bold")
    for place, is_held in enumerate(marks):
        if is_held is None:
            axes.plot(place + 0.4, below, marker=".", color=QUIET, markersize=2)
        else:
            marker, colour = ("o", HOLDS) if is_held else ("X", ENDS)
            axes.plot(place + 0.4, below, marker=marker, color=colour, markersize=5.5)
    axes.axhline(below + 0.9, color="#dddddd", linewidth=0.6)
    return below + 2.2


def specification_curve(points: pd.DataFrame) -> Figure:
    """Specifications in the order of their weight above chance, one mark a coding.

    `points`: coder, z (standard deviations above what is dealt out by chance). Without a point the
    figure says so.
    """
    figure, axes = plt.subplots(figsize=(5.2, 2.2), dpi=DPI)
    if points.empty:
        say(axes, "No finding with a number is shown.")
        return done(figure)
    ordered = points.sort_values("z", kind="stable").reset_index(drop=True)
    for number, (coder, some) in enumerate(ordered.groupby("coder", sort=False)):
        marker, colour = MARKS[number % len(MARKS)], CAMPS[number % len(CAMPS)]
        axes.scatter(some.index, some.z, s=14, marker=marker, color=colour, label=str(coder))
    axes.axhline(0, color=QUIET, linewidth=0.8)
    axes.set_xlabel("specifications, sorted")
    axes.set_ylabel("weight above chance (s.d.)")
    axes.legend(frameon=False, fontsize=7)
    figure.subplots_adjust(bottom=0.22)
    return done(figure)
