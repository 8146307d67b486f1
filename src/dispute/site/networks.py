"""The networks in words: their headings, what a line of a figure says, and how a tie reads."""

from typing import NamedTuple

from helpers.analysis.rankings import CAUTION

# The networks of opinions: their words stand on the pages of the two actors, by issue.
OPINIONS = {"congruence", "conflict"}


class NetworkWords(NamedTuple):
    """A network in words: its heading, what a line of its figure says, and how an edge reads.

    `evidence` is the noun of what an edge rests on.
    """

    heading: str
    line: str
    edge: str
    evidence: str


NETWORKS = {
    "relation": NetworkWords(
        "Ties that the articles state or report as claims",
        "An arrow is a tie that an article states, from the one who acts. A hollow arrow is a tie "
        "that no article states in its own voice: somebody says so.",
        "{} {} {}",
        "passage",
    ),
    "conflict": NetworkWords(
        "Who disagrees",
        "A line joins two actors who take different stances on the same issue. "
        "The wider it is, the more they do so.",
        "{} and {} disagree",
        "statement",
    ),
    "congruence": NetworkWords(
        "Who agrees",
        f"A line joins two actors who take the same or near stances on the same issue. {CAUTION}",
        "{} and {} agree",
        "statement",
    ),
    "affiliation": NetworkWords(
        "Who belongs where",
        "An arrow goes from an actor to the body in which an article gives that actor an office "
        "or membership, also a former one.",
        "{}: office or membership in {}",
        "passage",
    ),
    "co-mention": NetworkWords(
        "Who is named together",
        "A line joins two actors whom one paragraph names. "
        "This is nearness on the page, not a tie.",
        "{} and {} are named together",
        "paragraph",
    ),
}
