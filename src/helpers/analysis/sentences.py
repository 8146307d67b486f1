"""Sentences whose slots their findings fill: the answer on the front page, the steps of the story.

A case writes them (`sentences.csv`, by the rules of `helpers.case.sentences`). Of one that does
not, the answer is the first finding of each kind in its own words, and a step is a period, with
the findings that lie wholly in it.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import NamedTuple

import pandas as pd

from helpers.analysis.coded_rows import Row
from helpers.analysis.finding_basis import Basis
from helpers.analysis.finding_words import (
    OWN_TELLERS,
    Names,
    account,
    as_account,
    as_told,
    dates,
    rests_on,
    sentence,
    tellers,
    verbs,
    voice,
)
from helpers.analysis.findings import Findings, Shown
from helpers.analysis.predicates import Binding, counting, lies_in, touching
from helpers.case.free_words import SLOT
from helpers.case.model import Case
from helpers.case.schema import CODED, columns
from helpers.case.sentences import ABSENCE, FORMS, MOST
from helpers.dates.edtf import days
from helpers.words import and_joined

# The kinds whose first finding each is a sentence of an answer that nobody wrote.
ANSWERS = ("opposed", "position", "change", "disputed", "only-by-claim", "pair")
# Findings of a step that nobody wrote.
OF_STEP = 3
# Which rows of a finding with two sides are of the first.
FIRST: dict[str, Callable[[Binding, Row], bool]] = {
    "opposed": lambda binding, row: row.actor == binding.actor_id,
    "pair": lambda binding, row: row.actor == binding.actor_id,
    "disputed": lambda binding, row: row.side == "for",
    "change": lambda binding, row: row.side == binding.side,
    "order": lambda binding, row: row.about == binding.event_id,
}


class Written(NamedTuple):
    """A sentence before its slots are filled; an empty one is the finding's own."""

    step: str
    finding_id: str
    sentence: str = ""
    quote: str = ""
    other_quote: str = ""


class Step(NamedTuple):
    """A step of the story: its id, what it is called, and its days (EDTF)."""

    step: str
    title: str
    span_edtf: str


def steps(case: Case) -> list[Step]:
    """The steps of the story of a case: those that it writes, else its periods."""
    if len(case.story):
        return [Step(*row) for row in case.story[list(Step._fields)].itertuples(index=False)]
    spans = case.period_spans()
    return [Step(name, label, spans[name]) for name, label in case.period_labels().items()]


def table(case: Case, found: Findings, given: Basis) -> pd.DataFrame:
    """The table `sentences`: those of the answer, then of each step, their slots filled.

    A sentence is left out whose finding does not hold in the coding that is read.
    """
    shown = {one.binding.finding_id: one for one in found.shown}
    quotes = _quotes(case)
    rows = []
    for written in _written(case, found, given):
        if written.finding_id in shown:
            rows.append(_told(written, shown[written.finding_id], given, quotes))
        elif written.finding_id == ABSENCE and found.absence:
            rows.append(_of_absence(written))
    return pd.DataFrame(rows, columns=columns("sentences"))


def _quotes(case: Case) -> dict[str, str]:
    """The words of each coded unit, by its id."""
    words: dict[str, str] = {}
    for unit, frame in case.units().items():
        words |= dict(zip(frame[CODED[unit].id], frame.quote, strict=True))
    return words


def _written(case: Case, found: Findings, given: Basis) -> Iterator[Written]:
    """The sentences of the answer, then those of each step in turn."""
    by_step: dict[str, list[Written]] = {}
    for row in case.sentences[list(Written._fields)].itertuples(index=False):
        by_step.setdefault(row.step, []).append(Written(*row))
    yield from by_step.get("", _of_findings(found))
    for step in steps(case):
        yield from by_step.get(step.step, []) if len(case.story) else _of_period(step, found, given)


def _of_findings(found: Findings) -> list[Written]:
    firsts: dict[str, Written] = {}
    for one in found.shown:
        firsts.setdefault(one.binding.kind, Written("", one.binding.finding_id))
    return [firsts[kind] for kind in ANSWERS if kind in firsts][:MOST]


def _of_period(step: Step, found: Findings, given: Basis) -> list[Written]:
    span = days(step.span_edtf)

    def is_inside(one: Shown) -> bool:
        return all(lies_in(row, span) for row in counted(one.binding, given))

    inside = list(filter(is_inside, found.shown))[:OF_STEP]
    return [Written(step.step, one.binding.finding_id) for one in inside]


def counted(binding: Binding, given: Basis) -> list[Row]:
    """The rows by which a finding holds in the coding that is read."""
    return counting(binding, touching(binding, given.published), given.published)


def _of_absence(written: Written) -> dict[str, str]:
    return dict.fromkeys(columns("sentences"), "") | {
        "step": written.step,
        "finding_id": written.finding_id,
        "sentence": written.sentence,
    }


def _told(written: Written, one: Shown, given: Basis, quotes: Mapping[str, str]) -> dict[str, str]:
    """A sentence with its slots filled, on what it rests, and the passages that it quotes."""
    binding, names = one.binding, given.names
    rows = counted(binding, given)
    words = filled(written.sentence, slots(binding, rows, names))
    own = sentence(binding._replace(exploratory=""), rows, names)  # `rests_on` tells that it is
    if words and binding.kind not in OWN_TELLERS:
        words = words.removesuffix(".") + as_told(rows, names) + "."
    told = {
        "step": written.step,
        "finding_id": binding.finding_id,
        "sentence": words or own,
        "rests_on": _rests_on(one),
    }
    sides = _of_sides(binding, rows)[: FORMS[binding.kind].sides]
    every = [*rows, *touching(binding, given.published)]
    for side, prefix in zip(sides, ("", "other_"), strict=False):
        quote = getattr(written, f"{prefix}quote")
        holding = [row.row_id for row in every if quote and quote in quotes[row.row_id]]
        told[f"{prefix}quoted_id"] = holding[0] if holding else side[0].row_id
        told[f"{prefix}quote"] = quote if holding else ""
    return dict.fromkeys(columns("sentences"), "") | told


def filled(words: str, values: Mapping[str, str]) -> str:
    """A sentence with its slots filled; empty where one of them has no words."""
    if not all(values.get(slot) for slot in SLOT.findall(words)):
        return ""
    return SLOT.sub(lambda slot: values[slot[1]], words)


def slots(b: Binding, rows: Sequence[Row], names: Names) -> dict[str, str]:
    """What each slot of a finding says. `rows`: those by which it holds (`predicates.counting`).

    Every name in it is of the finding: of its actors, of whom they speak for, of who tells it, or
    in the words of its events.
    """
    one, other = _of_sides(b, rows)
    side, other_side = verbs(b, rows, names)
    issues = dict.fromkeys(row.about for row in rows)
    for_whom = dict.fromkeys(row.on_behalf_of for row in one)
    is_claim = b.kind == "only-by-claim"  # its sentence names the tellers itself
    event = account(b.event_id, rows) if is_claim else as_account(b.event_id, rows, names)
    ends = {
        "actor": voice(b, rows, names) if b.kind == "change" else names.actor(b.actor_id),
        "other": names.actor(b.other_id),
        "for_whom": and_joined(
            [names.actor(one) for one in for_whom if one not in ("", b.actor_id)]
        ),
        "teller": tellers(rows, names),
        "event": event,
        "other_event": as_account(b.other_event_id, rows, names),
    }
    return ends | {
        "issue": names.issue(b.issue),
        "period": f"“{names.periods.get(b.period, b.period)}”",
        "issues": and_joined([names.issue(issue) for issue in issues]),
        "side": side,
        "other_side": other_side,
        "relation": names.ties.get(b.relation, b.relation),
        "date": _dates(one),
        "other_date": _dates(other),
    }


def _of_sides(b: Binding, rows: Sequence[Row]) -> tuple[list[Row], list[Row]]:
    """The rows of each side of a finding; all are of the first where the kind has one."""
    if b.kind not in FIRST:
        return list(rows), []
    is_first = FIRST[b.kind]
    one = [row for row in rows if is_first(b, row)]
    return one, [row for row in rows if not is_first(b, row)]


def _dates(rows: Sequence[Row]) -> str:
    """Dates in words, and whether they are known from outside the articles alone."""
    outside = bool(rows) and all(row.basis == "external" for row in rows)
    return dates(rows) + (", by an outside source" if outside else "")


def _rests_on(one: Shown) -> str:
    margin = rests_on(one.margin.size, one.margin.is_exact)
    return f"{margin}; exploratory" if one.binding.exploratory else margin
