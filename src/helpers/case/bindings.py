"""Bindings of findings: the kinds of finding, the slots of each, and the rule for `findings.csv`.

A finding is a predicate with its slots bound, as `docs/analysis-plan.md` of the published case
says. The predicates are in `helpers.analysis.predicates`.
"""

from collections.abc import Iterator
from typing import NamedTuple

from helpers.case.problems import Problem, nearest, shown
from helpers.case.raw_case import RawCase


class Slots(NamedTuple):
    """The columns of `findings.csv` that a kind needs, those it may have, two that must differ."""

    needed: tuple[str, ...]
    spare: tuple[str, ...] = ()
    apart: tuple[str, ...] = ()


KINDS = {
    "position": Slots(("actor_id", "issue", "side"), ("period",)),
    "opposed": Slots(("actor_id", "other_id", "issue"), apart=("actor_id", "other_id")),
    "disputed": Slots(("issue",)),
    "change": Slots(("actor_id", "issue", "side", "other_side"), apart=("side", "other_side")),
    "order": Slots(("event_id", "other_event_id"), apart=("event_id", "other_event_id")),
    "only-by-claim": Slots(("event_id",)),
    "pair": Slots(("actor_id", "other_id"), apart=("actor_id", "other_id")),
    "by-claim-tie": Slots(("actor_id", "other_id", "relation"), apart=("actor_id", "other_id")),
}
SLOTS = (
    "actor_id",
    "other_id",
    "issue",
    "period",
    "side",
    "other_side",
    "event_id",
    "other_event_id",
    "relation",
)


def slots_fit_the_kind(raw: RawCase) -> Iterator[Problem]:
    """A finding binds every slot that its kind needs, and no slot that its kind does not have."""
    file = raw.files["findings"]
    for row, (kind, *cells) in raw.rows("findings", "kind", *SLOTS):
        if kind not in KINDS:  # told as a fault of the cell
            continue
        bound = dict(zip(SLOTS, cells, strict=True))
        needed, spare, apart = KINDS[kind]
        for slot, value in bound.items():
            if slot in needed and not value:
                yield Problem(file, row, slot, "nothing", f"a value: the kind {kind} needs it")
            elif value and slot not in (*needed, *spare):
                yield Problem(file, row, slot, shown(value), f"nothing: {kind} has no such slot")
        values = [bound[slot] for slot in apart]
        if values and values[0] and len(set(values)) == 1:
            expected = f"another value than {apart[0]}"
            yield Problem(file, row, apart[1], shown(values[1]), expected)


def events_are_coded(raw: RawCase) -> Iterator[Problem]:
    """An event of a finding is one that a pass codes, or that a decision names."""
    if raw.unread & {"event_mentions", "decisions"}:
        return
    known = {event for _, (event,) in raw.rows("event_mentions", "event_id")}
    decided = raw.rows("decisions", "field", "value")
    known |= {value for _, (field, value) in decided if field == "event_id"}
    for slot in ("event_id", "other_event_id"):
        for row, (event,) in raw.rows("findings", slot):
            if event and event not in known:
                expected = f"an event of {raw.files['event_mentions']}{nearest(event, known)}"
                yield Problem(raw.files["findings"], row, slot, shown(event), expected)


RULES = (slots_fit_the_kind, events_are_coded)
