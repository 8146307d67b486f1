"""Pairs: units of the passes that are one passage, with what is decided on them.

Of more than two passes a pair has more units, and one alone where a single pass marked it.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from helpers.case.adjudication import Adjudication
from helpers.case.decided_fields import Decision, Record
from helpers.case.decisions import read_decisions
from helpers.case.problems import FIRST_ROW, Problem
from helpers.case.raw_case import RawCase
from helpers.case.schema import CODED

Key = tuple[str, frozenset[str]]


class NotTakenError(ValueError):
    """What is not taken, with every problem; nothing was written."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        self.problems = list(problems)
        super().__init__("\n".join(map(str, problems)))


class StaleError(ValueError):
    """What was asked of another state than there is; the words say what came between."""


class Asked(NamedTuple):
    """What a person decides.

    `take` is a pass, `own` or `neither`, as in the table of the decisions; empty, it takes the
    decision on the field back.
    """

    unit: str
    ids: tuple[str, ...]
    field: str
    take: str
    value: str = ""
    basis: str = ""
    overrides: str = ""
    reason: str = ""


@dataclass(frozen=True)
class Pair:
    """Units of the passes that are one passage, with the decisions on them."""

    unit: str
    members: tuple[Record, ...]
    decisions: tuple[Decision, ...] = ()

    @property
    def ids(self) -> tuple[str, ...]:
        """The units of the passes, in the order of the passes."""
        return tuple(member[CODED[self.unit].id] for member in self.members)

    @property
    def key(self) -> Key:
        """What tells it from all others, whatever is decided on it."""
        return self.unit, frozenset(self.ids)

    @property
    def article(self) -> str:
        """The article in which it stands."""
        return self.members[0]["article_id"]


def pairs_of(raw: RawCase, made: Adjudication) -> dict[Key, Pair]:
    """The pairs of a case that was adjudicated, with their decisions."""
    rows: dict[str, dict[str, Record]] = {}
    for unit, kind in CODED.items():
        records = raw.tables[kind.table].to_dict("records")
        rows[unit] = {record[kind.id]: record for record in records}
    pairs: dict[Key, Pair] = {}
    for one in made.summary:
        members = tuple(rows[one["unit"]][name] for name in one["ids"].split(";"))
        pair = Pair(one["unit"], members)
        pairs[pair.key] = pair
    for decision in read_decisions(raw):
        key = decision.unit, frozenset(decision.ids)
        pair = pairs[key]
        pairs[key] = replace(pair, decisions=numbered((*pair.decisions, decision)))
    return pairs


def numbered(decisions: Iterable[Decision]) -> tuple[Decision, ...]:
    """Decisions on a pair in the order of their fields, with numbers of their own."""
    ordered = sorted(decisions, key=lambda one: one.field)
    return tuple(one._replace(row=number) for number, one in enumerate(ordered, FIRST_ROW))
