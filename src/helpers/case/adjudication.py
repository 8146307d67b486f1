"""Adjudication: the adjudicated set, computed from the passes and the decisions.

What the passes agree on follows by rule: the row of the first pass (in the order of the codebook),
with the longest passage. A field on which they differ needs a decision, and so does a unit that not
all passes marked. What is not decided yet is told as a problem; so is a decision that nothing
needs, and one that leaves what all passes agree on without saying so.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import NamedTuple

import pandas as pd

from helpers.case import decided_fields as of
from helpers.case.cells import Places
from helpers.case.decided_fields import Decision, Record
from helpers.case.decision_rules import judged, no_pair
from helpers.case.folder import DECISIONS
from helpers.case.pairing import groups
from helpers.case.problems import FIRST_ROW, Problem, shown
from helpers.case.raw_case import RawCase
from helpers.case.schema import CODED, columns

# What the ids of the adjudicated set begin with: the rest is the id of the first pass's unit.
PREFIX = "adj-"
# What is expected where something is undecided.
SHEET = "a decision (`dispute desk CASE --adjudicate` shows what is undecided)"


class Undecided(NamedTuple):
    """A field of a unit that needs a decision; `field` is empty where it is the unit itself."""

    unit: str
    members: tuple[Record, ...]
    field: str

    @property
    def ids(self) -> str:
        """The units of the passes."""
        return ";".join(member[CODED[self.unit].id] for member in self.members)

    def said(self) -> dict[str, str]:
        """Each pass that marked the unit with what it has; of the unit itself, all that counts."""
        names = [self.field] if self.field else of.needed(self.unit)
        said: dict[str, str] = {}
        for member in self.members:
            values = [value for name in names if (value := of.in_words(name, member))]
            said.setdefault(member["coder"], " · ".join(values))
        return said


@dataclass
class Adjudication:
    """What came of the passes and the decisions.

    `rows`: by table the rows of the adjudicated set, in the order of the passes. `origins`: by
    table where each of them comes from, the row of a decision or 0. `summary`: the table
    `coding_differences`, with the rows that are agreed too. `undecided`: what needs a decision.
    `by_rule`: the numbers of decisions that change nothing.
    """

    rows: dict[str, list[Record]] = field(default_factory=dict)
    origins: dict[str, list[int]] = field(default_factory=dict)
    summary: list[Record] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    undecided: list[Undecided] = field(default_factory=list)
    by_rule: set[int] = field(default_factory=set)

    def table(self) -> pd.DataFrame:
        """The summary as a frame."""
        return pd.DataFrame(self.summary, columns=columns("coding_differences"), dtype=object)

    def told(self) -> list[Problem]:
        """The problems, what is undecided among them."""
        missing = []
        for one in self.undecided:
            pairs = [f"{coder} {value or 'nothing'}" for coder, value in one.said().items()]
            found = f"{one.unit} {one.ids} undecided: {', '.join(pairs)}"
            missing.append(Problem(DECISIONS, 0, one.field or "unit", found, SHEET))
        return [*self.problems, *missing]


def adjudicated_coder(raw: RawCase) -> str:
    """The coder whose set follows from the passes; empty where there is none."""
    roles = raw.roles() or {}
    return next((coder for coder, role in roles.items() if role == "adjudicated"), "")


def adjudicate(raw: RawCase, decisions: Sequence[Decision]) -> Adjudication:
    """The adjudicated set of a case whose passes and decisions have no fault of their own.

    `decisions` are those that are carried out, whatever the case's own file holds.
    """
    made = Adjudication()
    coders = passes(raw)
    of_unit: dict[tuple[str, frozenset[str]], list[Decision]] = {}
    for decision in decisions:
        of_unit.setdefault((decision.unit, frozenset(decision.ids)), []).append(decision)
    # Each unit of the passes to those that are one passage with it.
    together: dict[str, dict[str, str]] = {unit: {} for unit in CODED}
    for unit in CODED:
        for members in grouped(raw, unit, coders):
            ids = [member[CODED[unit].id] for member in members]
            together[unit].update(dict.fromkeys(ids, ";".join(ids)))
            decided = of_unit.pop((unit, frozenset(ids)), [])
            settle(made, raw, unit, members, decided, len(coders))
    for (unit, _), some in of_unit.items():
        made.problems += [no_pair(decision, together.get(unit, {})) for decision in some]
    return made


def passes(raw: RawCase) -> list[str]:
    """The passes that adjudication covers, in the order of the codebook."""
    return [coder for coder, role in (raw.roles() or {}).items() if role == "pass"]


def grouped(raw: RawCase, unit: str, coders: Sequence[str]) -> Iterator[list[Record]]:
    """The units of some passes, put together where they are one passage."""
    frame = raw.tables[CODED[unit].table]
    frames = [frame[frame.coder == coder].reset_index(drop=True) for coder in coders]
    placed = [one.assign(start=one.start.astype(int), end=one.end.astype(int)) for one in frames]
    records = [one.to_dict("records") for one in frames]
    for places in groups(placed, unit):
        yield [records[number][row] for number, row in places]


def settle(
    made: Adjudication,
    raw: RawCase,
    unit: str,
    members: Sequence[Record],
    decisions: Sequence[Decision],
    n_passes: int,
) -> None:
    """Add one unit of the adjudicated set, with what was decided on it, to what is made."""
    everywhere = len({member["coder"] for member in members}) == n_passes
    differing = [name for name in of.needed(unit) if of.differ(name, members, unit)]
    by_field = {decision.field: decision for decision in decisions}
    whole = by_field.get("")
    text = raw.texts.get(members[0]["article_id"], "")
    faults = list(judged(raw, unit, members, decisions, everywhere))
    made.problems += faults
    if faults:
        # What follows from a fault is not told.
        by_field = {}
        row: Record | None = by_rule(members, None)
    else:
        row, useless = carried_out(unit, members, by_field, text)
        made.problems += [_useless(one) for one in useless]
        made.by_rule |= {one.row for one in useless}
        made.problems += _overrides(unit, members, by_field, row, everywhere)
        if whole is None:
            missing = [] if everywhere else [""]
            missing += [name for name in differing if name not in by_field]
            made.undecided += [Undecided(unit, tuple(members), name) for name in missing]
    if row is not None:
        row = row | {CODED[unit].id: PREFIX + members[0][CODED[unit].id]}
        made.rows.setdefault(CODED[unit].table, []).append(row)
        first = min((one.row for one in by_field.values()), default=0)
        made.origins.setdefault(CODED[unit].table, []).append(first)
    differs = ([] if everywhere else ["unit"]) + [
        name for name in ("passage", *differing) if of.differ(name, members, unit)
    ]
    made.summary.append(_summary(unit, members, by_field, row, differs))


def by_rule(members: Sequence[Record], base: Record | None) -> Record:
    """What follows without a decision on a field: the first row, with the longest passage.

    `base`: the row that was taken as a whole, if one was: then it is that row.
    """
    if base is not None:
        return base
    long = of.longest(members)
    return members[0] | {name: long[name] for name in of.parts("passage", list(long))}


def carried_out(
    unit: str, members: Sequence[Record], decisions: Mapping[str, Decision], text: str
) -> tuple[Record | None, list[Decision]]:
    """The adjudicated row, None where it is left out, and the decisions that change nothing.

    `decisions`: by field. A decision on a field on which the passes differ always changes
    something; any other only if the row would be another without it.
    """
    useless = []
    whole = decisions.get("")
    if whole and whole.take == "neither":
        return None, []
    row = by_rule(members, of.pass_of(whole.take, members) if whole else None)
    must = set(of.needed(unit))
    for name in of.decidable(unit):
        if name not in decisions:
            continue
        of_pass = of.pass_of(decisions[name].take, members)
        after = of.applied(row, decisions[name], of_pass, text)
        is_open = name in must and of.differ(name, members, unit) and whole is None
        if after == row and not is_open:
            useless.append(decisions[name])
        row = after
    return row, useless


def _useless(decision: Decision) -> Problem:
    expected = "no decision: it follows from the passes by rule"
    column = decision.field or "unit"
    return Problem(DECISIONS, decision.row, column, shown(decision.take), expected)


def _overrides(
    unit: str,
    members: Sequence[Record],
    decisions: Mapping[str, Decision],
    row: Record | None,
    everywhere: bool,
) -> Iterator[Problem]:
    """A decision that leaves what all passes agree on says so, and no other does."""
    for name, decision in decisions.items():
        if name == "":
            leaves = everywhere and row is None
        else:
            leaves = row is not None and of.left(name, members, row, unit)
        if leaves and decision.overrides != "yes":
            expected = "yes: all passes agree on what is left"
            yield Problem(DECISIONS, decision.row, "overrides", "nothing", expected)
        elif decision.overrides and not leaves:
            expected = "nothing: the decision leaves nothing on which all passes agree"
            yield Problem(DECISIONS, decision.row, "overrides", "'yes'", expected)


def _summary(
    unit: str,
    members: Sequence[Record],
    decisions: Mapping[str, Decision],
    row: Record | None,
    differs: list[str],
) -> Record:
    """One row of the table `coding_differences`."""
    kind = "agreed"
    if row is None:
        kind = "dropped"
    elif decisions:
        kind = "own" if any(one.take == "own" for one in decisions.values()) else "chosen"
    taken = [f"{one.field or 'unit'}: {one.take}" for one in decisions.values()]
    left = [one.field or "unit" for one in decisions.values() if one.overrides]
    reasons = dict.fromkeys(one.reason for one in decisions.values())
    return {
        "unit": unit,
        "article_id": members[0]["article_id"],
        "ids": ";".join(member[CODED[unit].id] for member in members),
        "adjudicated": row[CODED[unit].id] if row else "",
        "decision": kind,
        "differs": ";".join(differs),
        "taken": "; ".join(taken),
        "overrides": ";".join(left),
        "quote": (row or of.longest(members))["quote"],
        "note": " | ".join(reasons),
    }


def with_adjudicated(raw: RawCase, made: Adjudication, coder: str) -> RawCase:
    """The case with the adjudicated set among the rows of its coders."""
    tables = {}
    for table, rows in made.rows.items():
        frame = pd.DataFrame(rows, columns=columns(table, "raw"), dtype=object)
        tables[table] = pd.concat(
            [raw.tables[table], frame.assign(coder=coder)], ignore_index=True
        ).astype(object)
    return replace(raw, tables=raw.tables | tables)


def only_decided(raw: RawCase, made: Adjudication, coder: str) -> RawCase:
    """The case with those adjudicated rows alone on which something was decided, to be checked."""
    tables: dict[str, pd.DataFrame] = {}
    places: dict[str, Places] = {}
    for unit in CODED.values():
        pairs = zip(made.rows.get(unit.table, []), made.origins.get(unit.table, []), strict=True)
        chosen = [(row, origin) for row, origin in pairs if origin >= FIRST_ROW]
        frame = pd.DataFrame(
            [row for row, _ in chosen], columns=columns(unit.table, "raw"), dtype=object
        )
        tables[unit.table] = frame.assign(coder=coder)
        places[unit.table] = [(DECISIONS, origin) for _, origin in chosen]
    return replace(raw, tables=raw.tables | tables, places=places)
