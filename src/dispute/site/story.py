"""Story: the answer on the front page and the steps of the story, with what stood in their days.

A step is drawn as a reader would see it who sets its days in the views: what rests on a passage, or
is an event, that may lie in them. A tie of opinion stands where both its actors speak to one issue.
"""

from functools import cached_property
from typing import NamedTuple, cast
from urllib.parse import urlencode

import pandas as pd

from dispute.site.lookups import Site
from dispute.site.networks import OPINIONS
from dispute.site.passages import Coded, Record, first_words
from dispute.site.places import Section
from dispute.site.stances import CELLS, Stances
from dispute.site.svg import FIRST
from dispute.site.ties import DRAWN, Edge, Ties
from helpers.analysis.sentences import Step, steps
from helpers.analysis.stances import UNPLACED, stance_table
from helpers.dates.edtf import days
from helpers.figures.sheets import busiest

# The networks that a step shows, the entries of the chronology, those whose stances stand there,
# and the characters of a quotation that nobody chose.
NETWORKS = ("relation", "conflict", "congruence")
ENTRIES, ACTORS, QUOTED = 20, 10, 90
# Bytes of what a step holds: a sentence with its words, an entry, a line, an actor, a stance.
SENTENCE, ENTRY, LINE, ACTOR, CELL = 1500, 1100, 1000, 500, 400


class Words(NamedTuple):
    """A few words of a passage."""

    record: Coded
    quote: str


class Told(NamedTuple):
    """A sentence with its slots filled, on how little it rests, and words of each side."""

    finding_id: str
    sentence: str
    rests_on: str
    words: list[Words]


class Then(NamedTuple):
    """What stood in some days: entries of the chronology, ties by network and weight, stances."""

    entries: pd.DataFrame
    edges: list[Edge]
    stances: Stances


class Story:
    """The answer of a case and the steps of its story."""

    def __init__(self, site: Site, ties: Ties) -> None:
        self.site = site
        self.ties = ties
        self.steps = steps(site.case)
        self._told: dict[str, list[Told]] = {}
        for row in site.tables["sentences"].itertuples():
            quoted = (row.quoted_id, row.quote), (row.other_quoted_id, row.other_quote)
            words = [self._words(*one) for one in quoted if one[0] in site.passages]
            told = Told(row.finding_id, row.sentence, row.rests_on, words)
            self._told.setdefault(row.step, []).append(told)

    def _words(self, passage: str, quote: str) -> Words:
        record = cast(Coded, self.site.passages[passage])
        return Words(record, quote or first_words(record["quote"], QUOTED))

    def told(self, step: str = "") -> list[Told]:
        """The sentences of a step; of the answer without one."""
        return self._told.get(step, [])

    def days(self, step: Step) -> str:
        """The days of a step as the address of a view has them."""
        first, last = days(step.span_edtf)
        return urlencode({key: day for key, day in (("from", first), ("to", last)) if day})

    # What stood in the days of a step.

    def then(self, step: Step) -> Then:
        """What stood in the days of a step."""
        return self._then[step.step]

    @cached_property
    def _then(self) -> dict[str, Then]:
        return {step.step: self._standing(step) for step in self.steps}

    @property
    def edges(self) -> list[Edge]:
        """The ties of all steps."""
        return [edge for then in self._then.values() for edge in then.edges]

    def _standing(self, step: Step) -> Then:
        tables = self.site.tables
        statements = within(tables["statements"], step)
        there = {*statements.statement_id, *within(tables["relations"], step).relation_id}
        edges = [edge for edge, behind in self._behind if _stands(edge, behind, there)]
        counted = set(";".join(tables["stance_table"].statement_ids).split(";"))
        own = statements[statements.statement_id.isin(counted)]
        return Then(within(tables["chronology"], step), edges[:FIRST], self._stances(own))

    @cached_property
    def _behind(self) -> list[tuple[Edge, list[Record]]]:
        """The ties that figures draw, with the passages behind each."""
        drawn = [edge for network in NETWORKS for edge in self.ties.of(network)[:DRAWN]]
        return [(edge, self.ties.cited(edge)) for edge in drawn]

    def _stances(self, statements: pd.DataFrame) -> Stances:
        """The stances of the busiest in some statements, as the table of stances counts them."""
        table = self.site.tables["stance_table"]
        least = 1 + max(table.n[table.mean_stance.isna()], default=0)
        in_no_period = statements.assign(period=UNPLACED)
        counted = stance_table(in_no_period, self.site.case.stances, least)
        few = busiest(counted, "actor_id")[:ACTORS]
        return Stances(self.site, counted[counted.actor_id.isin(few)])

    def sections(self) -> list[Section]:
        """The page of the story: its steps."""
        return [Section("steps", self.steps, self._weigh, anchors=lambda step: [step.step])]

    def _weigh(self, step: Step) -> int:
        """The bytes of a step on its page."""
        then = self.then(step)
        actors = {actor for edge in then.edges for actor in (edge["source"], edge["target"])}
        return (
            6000
            + SENTENCE * len(self.told(step.step))
            + ENTRY * min(ENTRIES, len(then.entries))
            + LINE * len(then.edges)
            + ACTOR * len(actors)
            + CELL * min(CELLS, len(then.stances.table))
        )


def within(frame: pd.DataFrame, step: Step) -> pd.DataFrame:
    """The rows of a table that may lie in the days of a step; what has no date does not."""
    first, last = days(step.span_edtf)
    known = (frame.earliest != "") | (frame.latest != "")
    ends = (frame.latest == "") | (frame.latest >= first)
    return frame[known & ends & (frame.earliest <= (last or "9999"))]


def _stands(edge: Edge, behind: list[Record], there: set[str]) -> bool:
    """Whether a tie rests on passages of `there`; one of opinion on words of both on an issue."""
    records = [record for record in behind if record["id"] in there]
    if edge["network"] not in OPINIONS:
        return bool(records)
    heard: dict[str, set[str]] = {}
    for record in records:
        if record["unit"] == "statement":
            actors = heard.setdefault(record["issue"], set())
            actors |= {record["speaker"], record["on_behalf_of"]}
    return any({edge["source"], edge["target"]} <= actors for actors in heard.values())
