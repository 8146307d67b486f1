"""The legend: each mark and what it means, said once for site, notebooks, brief and README.

A mark is told by its shape, by whether it is full, and by its dashes; colour only repeats that.
"""

from typing import Literal, NamedTuple


class Mark(NamedTuple):
    """A mark: as a character in running text, as a shape in a figure, and what it means."""

    sign: str
    shape: str
    filled: bool
    meaning: str


class Line(NamedTuple):
    """A line: its dashes, and what it means."""

    dashes: Literal["-", "--", "-.", ":"]
    meaning: str


# What tells of an event, by the kind of an entry of the chronology.
EVENTS = {
    "reported": Mark("●", "circle", True, "reported by the articles"),
    "claimed": Mark("◇", "diamond", False, "claimed: somebody says so in the articles"),
    "context": Mark("□", "square", False, "from outside the articles"),
}
# On which side somebody stands.
SIDES = {
    "for": Mark("▲", "up", True, "for"),
    "conditional": Mark("△", "up", False, "for, on a condition"),
    "against": Mark("▼", "down", True, "against"),
    "both": Mark("◆", "both", True, "on both sides"),
    "neutral": Mark("■", "square", True, "takes no side"),
}
# The lines of the networks: a stated tie by its sign, all others by their network.
LINES = {
    "hostile": Line("--", "hostile"),
    "formal": Line("-", "formal"),
    "friendly": Line("-.", "friendly"),
    "conflict": Line(":", "disagree"),
    "congruence": Line("-", "agree"),
    "affiliation": Line("-", "belongs to"),
    "co-mention": Line("-", "named together"),
}
SIGNS = {-1: "hostile", 0: "formal", 1: "friendly"}
# The dashes of lines in words.
NAMES = {"-": "unbroken", "--": "dashed", "-.": "dots and dashes", ":": "dotted"}
# What follows the meaning of a line that is drawn hollow.
CLAIMED = "only claimed"
# How a date is drawn.
DATES = {
    "day": "a day",
    "span": "a span of time, in which the event lies",
    "about": "given only roughly",
    "open": "open to one side",
    "unknown": "not known",
}


def line_meaning(look: str, claimed: bool) -> str:
    """What a line means, and whether it is only claimed."""
    meaning = LINES[look].meaning
    return f"{meaning}, {CLAIMED}" if claimed else meaning


def as_markdown() -> str:
    """The marks of events, sides and lines as a list in Markdown."""
    rows = [
        ("Events", [f"{mark.sign} {mark.meaning}" for mark in EVENTS.values()]),
        ("Stances", [f"{mark.sign} {mark.meaning}" for mark in SIDES.values()]),
        ("Lines", [f"{line.meaning} ({NAMES[line.dashes]})" for line in LINES.values()]),
    ]
    lines = [f"- {heading}: {'; '.join(marks)}" for heading, marks in rows]
    return "\n".join(lines) + f"; hollow: {CLAIMED}\n"
