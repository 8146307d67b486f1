"""How the cost of each step grows: `python tests/bench.py grow [STEP ...]`.

Two made cases, one of twice as many articles as the other, and for each step the processor seconds
of the one over those of the other. A step that takes more than 2.5 times as long is quadratic in
the making, and the program ends with status 1. The seconds themselves are no law.
"""

import tempfile
import time
from functools import cached_property
from pathlib import Path

import made_case

from helpers.analysis import (
    actor_names,
    chronology,
    disagreements,
    edges,
    evidence,
    finding_basis,
    findings,
    positions,
    stances,
    structure,
)
from helpers.case.load import coded, load
from helpers.case.tables import table_text
from helpers.dates import resolve

ARTICLES = 1000
MOST = 2.5
# A step is repeated for so long, and its quickest time is taken.
SECONDS = 0.4
AT_LEAST = 2


class Given:
    """A made case, and what a step takes that another step makes."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.case = load(folder)
        self.statements = coded(self.case, "statements", "reader")
        self.mentions = coded(self.case, "event_mentions", "reader")
        self.relations = coded(self.case, "relations", "reader")

    @cached_property
    def agreement(self):
        return discourse_edges(self)

    @cached_property
    def named(self):
        return names_of_actors(self)

    @cached_property
    def cells(self):
        return evidence.cells(self.statements)

    @cached_property
    def accounts(self):
        return accounts(self)

    @cached_property
    def events(self):
        return events(self)


def reading_the_case(given):
    return load(given.folder)


def discourse_edges(given):
    return edges.discourse_edges(given.statements, given.case.stances)


def edges_to_issues(given):
    return edges.two_mode_edges(given.statements, given.case.stances)


def stated_ties(given):
    return edges.relation_edges(given.relations)


def names_of_actors(given):
    case = given.case
    return actor_names.named(case.texts, case.furniture, case.aliases, case.actors)


def co_mentions(given):
    return edges.co_mention_edges(given.named)


def cells(given):
    return evidence.cells(given.statements)


def words_of_the_heaviest_edges(given):
    table, issues = given.agreement
    behind = evidence.behind({"edges": table, "edge_issues": issues, "cells": given.cells})
    return [behind[edge] for edge in edges.heaviest(table, 100).edge_id]


def communities(given):
    return structure.communities(given.agreement[0])


def measures_in_five_draws(given):
    return structure.measures(
        given.statements, given.relations, given.case.stances, given.case.camps(), draws=5
    )


def writing_edge_issues(given):
    return table_text(given.agreement[1], "edge_issues")


def stance_table(given):
    return stances.stance_table(given.statements, given.case.stances)


def stance_groups(given):
    case = given.case
    return stances.group_table(given.statements, case.stances, case.camps(), case.publishers())


def position_changes(given):
    return positions.position_changes(given.statements)


def contradictions(given):
    return positions.contradictions(given.statements, given.case.stances)


def disputed_facts(given):
    case = given.case
    return stances.disputed_facts(given.statements, case.stances, case.issues, case.camps())


def accounts(given):
    return chronology.accounts(given.mentions, given.case.articles)


def events(given):
    return chronology.events(given.accounts)


def disagreements_of_accounts(given):
    return disagreements.disagreements(given.accounts)


def chronology_of_events(given):
    return chronology.chronology(given.events, given.accounts, given.case.context_events)


def dates_beside_the_resolver_s(given):
    case = given.case
    return resolve.beside(given.mentions, case.articles, case.texts, case.furniture)


def findings_with_margins_and_choices(given):
    return findings.findings(finding_basis.basis(given.case), draws=20)


STEPS = [
    reading_the_case,
    discourse_edges,
    edges_to_issues,
    stated_ties,
    names_of_actors,
    co_mentions,
    cells,
    words_of_the_heaviest_edges,
    communities,
    measures_in_five_draws,
    writing_edge_issues,
    stance_table,
    stance_groups,
    position_changes,
    contradictions,
    disputed_facts,
    accounts,
    events,
    disagreements_of_accounts,
    chronology_of_events,
    dates_beside_the_resolver_s,
    findings_with_margins_and_choices,
]


def seconds(step, given) -> float:
    """The processor seconds of a step, the quickest of several times."""
    step(given)
    taken: list[float] = []
    while len(taken) < AT_LEAST or sum(taken) < SECONDS:
        start = time.process_time()
        step(given)
        taken.append(time.process_time() - start)
    return min(taken)


def grow(*names: str, articles: int = ARTICLES) -> int:
    """Print the table of some steps, or all; returns how many grow too much."""
    steps = [step for step in STEPS if not names or step.__name__ in names]
    with tempfile.TemporaryDirectory() as place:
        sizes = articles, 2 * articles
        one, two = (Given(made_case.make(Path(place, str(size)), size)) for size in sizes)
        print(f"\nprocessor seconds of each step; {sizes[0]:,} and {sizes[1]:,} articles")
        print(f"| step | {sizes[0]:,} | {sizes[1]:,} | ratio |\n|---|---|---|---|")
        too_much = 0
        for step in steps:
            small, large = seconds(step, one), seconds(step, two)
            ratio = large / small
            too_much += ratio > MOST
            mark = f" more than {MOST}" if ratio > MOST else ""
            name = step.__name__.replace("_", " ")
            print(f"| {name} | {small:.3f} | {large:.3f} | {ratio:.2f}{mark} |", flush=True)
    return too_much
