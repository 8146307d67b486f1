"""What findings are asked of: the coding that is read, each pass alone, and words for ids."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd

from helpers.analysis.coded_rows import Coding, coding, same_events
from helpers.analysis.finding_words import Names
from helpers.analysis.one_row import groups
from helpers.analysis.predicates import Binding
from helpers.analysis.simulated_error import Rates, rates
from helpers.case.bindings import SLOTS
from helpers.case.model import Case
from helpers.case.schema import CODED
from helpers.case.selection import coded
from helpers.dates.edtf import wording


@dataclass(frozen=True)
class Basis:
    """What findings are asked of: the coding that is read, each pass alone, and words for ids.

    `bound` are the findings that the case binds; `order`: each issue to its place, those first that
    the question is about.
    """

    published: Coding
    passes: Mapping[str, Coding]
    rates: Mapping[str, Rates]
    names: Names
    bound: tuple[Binding, ...]
    order: Mapping[str, int]


def basis(case: Case, coder: str = "", period: str = "all") -> Basis:
    """What the findings of a case are asked of; `coder`, `period` as in `case.coded`.

    The events of a pass take the names of the published ones whose passages they share; events
    that people say are one (`same_as`) take one name.
    """
    happening = _happenings(case)
    tables = {name: _coded(case, name, coder or case.coder, period) for name in _sources(case)}
    published = _coding(case, tables[""], happening)
    mentions = tables[""]["event-mention"]
    passes = {}
    for name in case.passes():
        renamed = same_events(tables[name]["event-mention"], mentions)
        passes[name] = _coding(case, tables[name] | {"event-mention": renamed}, happening)
    errors = rates({name: tables[name] for name in case.passes()})
    first = [*case.first_issues, *case.issues.issue]
    order = {issue: place for place, issue in enumerate(dict.fromkeys(first))}
    bound = tuple(_bound(row, happening) for row in case.findings.itertuples())
    return Basis(published, passes, errors, _names(case), bound, order)


def _happenings(case: Case) -> dict[str, str]:
    """Each event that is the same as another to the one name of all that are one with it."""
    links = case.event_links[case.event_links.same_as != ""]
    return groups(zip(links.event_id, links.same_as, strict=True))


def _bound(row: Any, happening: Mapping[str, str]) -> Binding:
    """A row of `findings.csv` as a binding."""
    slots = {slot: getattr(row, slot) for slot in SLOTS}
    for slot in ("event_id", "other_event_id"):
        slots[slot] = happening.get(slots[slot], slots[slot])
    return Binding(row.kind, **slots, finding_id=row.finding_id, exploratory=row.exploratory)


def _sources(case: Case) -> list[str]:
    """The coding that is read (empty), and each pass."""
    return ["", *case.passes()]


def _coded(case: Case, name: str, coder: str, period: str) -> dict[str, pd.DataFrame]:
    """The coded tables of one source by kind of unit."""
    return {unit: coded(case, kind.table, name or coder, period) for unit, kind in CODED.items()}


def _coding(case: Case, tables: Mapping[str, pd.DataFrame], happening: Mapping[str, str]) -> Coding:
    statements, mentions, relations = (tables[unit] for unit in CODED)
    mentions = mentions.assign(event_id=mentions.event_id.replace(dict(happening)))
    return coding(statements, mentions, relations, case.stances, case.periods)


def _names(case: Case) -> Names:
    days = dict(zip(case.articles.article_id, case.articles.published, strict=True))
    often = case.articles.published.value_counts()
    articles = {}
    for article, day in days.items():
        is_alone = bool(day) and often[day] == 1
        articles[article] = f"the article of {wording(day)}" if is_alone else f"article {article}"
    facts = frozenset(case.issues.issue[case.issues.issue_kind == "fact"])
    periods = case.period_labels()
    return Names(case.names_apart(), case.labels(), periods, articles, case.ties(), facts)
