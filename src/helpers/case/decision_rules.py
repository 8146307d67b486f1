"""Rules of single decisions: what each must hold, whatever the others say.

A rule is a function of a decision and the unit that it is on; it yields its problems. What needs
the row that comes out is judged in `adjudication`.
"""

from collections.abc import Iterator, Sequence

from helpers.case import decided_fields as of
from helpers.case.cells import cell_problem, parts
from helpers.case.decided_fields import Decision, Record
from helpers.case.folder import DECISIONS
from helpers.case.problems import Problem, nearest, shown, shown_cell
from helpers.case.raw_case import RawCase
from helpers.case.schema import CODED, fields, optional


def judged(
    raw: RawCase,
    unit: str,
    members: Sequence[Record],
    decisions: Sequence[Decision],
    everywhere: bool,
) -> Iterator[Problem]:
    """The problems of the decisions on one unit. `everywhere`: every pass marked it."""
    seen: dict[str, int] = {}
    for decision in decisions:
        row = decision.row
        known = ["", *of.decidable(unit)]
        if decision.field not in known:
            expected = f"nothing, or one of {', '.join(known[1:])}{nearest(decision.field, known)}"
            yield Problem(DECISIONS, row, "field", shown(decision.field), expected)
        elif decision.field in seen:
            expected = f"one decision on a field; row {seen[decision.field]} has it already"
            yield Problem(DECISIONS, row, "field", shown_cell(decision.field), expected)
        else:
            seen[decision.field] = row
            yield from _take_is_open(decision, members)
            yield from _own_has_a_value(decision, raw, unit, members)
    yield from _whole_unit_is_open(unit, members, decisions, everywhere)


def _take_is_open(decision: Decision, members: Sequence[Record]) -> Iterator[Problem]:
    """What is taken is a pass that marked the unit, or what the field allows besides."""
    choices = list(dict.fromkeys(member["coder"] for member in members))
    if decision.field in ("", "alt_date"):
        choices.append("neither")
    if decision.field:
        choices.append("own")
    if decision.take not in choices:
        expected = f"one of {', '.join(choices)}{nearest(decision.take, choices)}"
        yield Problem(DECISIONS, decision.row, "take", shown(decision.take), expected)


def _own_has_a_value(
    decision: Decision, raw: RawCase, unit: str, members: Sequence[Record]
) -> Iterator[Problem]:
    """A value stands with `own` alone, and is one that the column may have."""
    row, value, basis = decision.row, decision.value, decision.basis
    is_own = decision.take == "own"
    if value and not is_own:
        expected = "nothing, where a pass is taken (`own` takes a value)"
        yield Problem(DECISIONS, row, "value", shown(value), expected)
    if basis and not (is_own and decision.field == "date" and value):
        expected = "nothing: only an own date has a basis"
        yield Problem(DECISIONS, row, "basis", shown(basis), expected)
    if not is_own:
        return
    if decision.field == "date" and value and not basis:
        expected = "the basis of the own date, such as external"
        yield Problem(DECISIONS, row, "basis", "nothing", expected)
    if wanted := _wrong_value(decision, raw, unit, members):
        yield Problem(DECISIONS, row, "value", shown_cell(value), wanted)


def _wrong_value(
    decision: Decision, raw: RawCase, unit: str, members: Sequence[Record]
) -> str | None:
    """What an own value should have been, None where it is right."""
    value, table = decision.value, CODED[unit].table
    if decision.field == "passage":
        text = raw.texts.get(members[0]["article_id"], "")
        span = of.SPAN.fullmatch(value)
        if span and int(span[1]) < int(span[2]) <= len(text):
            return None
        return f"start and end of the passage as in 12-34, at most {len(text)}"
    column = of.TOGETHER.get(decision.field, (decision.field,))[0]
    described = fields(table, "raw")[column]
    if expected := cell_problem(described, value, column in optional(table, "raw")):
        return expected
    home, _, name = described.get("in", "").partition(".")
    if home and home not in raw.unread and home not in raw.places:
        known = set(raw.tables[home][name].dropna())
        for part in parts(described, value):
            if part not in known:
                return f"a value listed in {raw.files[home]}{nearest(part, known)}"
    return None


def _whole_unit_is_open(
    unit: str, members: Sequence[Record], decisions: Sequence[Decision], everywhere: bool
) -> Iterator[Problem]:
    """A decision on a unit as a whole is needed, and no other stands beside `neither`."""
    whole = next((one for one in decisions if one.field == ""), None)
    if whole is None:
        return
    if whole.take == "neither":
        for other in decisions:
            if other.field:
                expected = "no decision on a field of a unit that is left out"
                yield Problem(DECISIONS, other.row, "field", shown(other.field), expected)
        return
    if everywhere and not any(of.differ(name, members, unit) for name in of.needed(unit)):
        expected = "no decision: all passes marked the unit, and agree on it"
        yield Problem(DECISIONS, whole.row, "take", shown(whole.take), expected)
