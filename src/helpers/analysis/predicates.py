"""Findings as predicates: each kind holds or does not, of a binding and a few coded rows.

The kinds are those of the analysis plan. A predicate counts rows and rebuilds no network. It asks
only the rows that can touch it (`touching`). How rows are read (who counts as the actor, which
passages count) is a view (`views`); the default is the published one.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, timedelta
from typing import NamedTuple

from helpers.analysis.coded_rows import MENTION, STATEMENT, Coding, Row
from helpers.analysis.views import APART, PUBLISHED, View

# The sides that a position excludes. On a condition is no opposite of for.
OPPOSITE = {
    "for": {"against"},
    "conditional": {"against"},
    "against": {"for", "conditional"},
    "neutral": {"for", "conditional", "against"},
}
AGREES = {"for", "conditional"}
# Issues on which a pair has to take the same side, and articles that each needs there.
ISSUES, ARTICLES = 2, 2


class Binding(NamedTuple):
    """A finding: its kind and the slots that the kind has; the others are empty."""

    kind: str
    actor_id: str = ""
    other_id: str = ""
    issue: str = ""
    period: str = ""
    side: str = ""
    other_side: str = ""
    event_id: str = ""
    other_event_id: str = ""
    relation: str = ""
    finding_id: str = ""
    exploratory: str = ""


# ---- the rows able to touch a finding


def touching(binding: Binding, coding: Coding) -> tuple[Row, ...]:
    """The rows that a finding counts, as they are coded: those of its actors, issue and events.

    What somebody else says is not among them, though a coder might have given it to the actor.
    """
    return KINDS[binding.kind].touching(binding, coding)


def _of_actors(binding: Binding, coding: Coding) -> tuple[Row, ...]:
    actors = dict.fromkeys(filter(None, (binding.actor_id, binding.other_id)))
    issues = [binding.issue] if binding.issue else _common_issues(binding, coding)
    found: dict[str, Row] = {}
    for issue in issues:
        for actor in actors:
            for row in coding.by_voice.get((actor, issue), ()):
                found[row.row_id] = row
    return tuple(found.values())


def _common_issues(binding: Binding, coding: Coding) -> list[str]:
    of_other = set(coding.issues_of.get(binding.other_id, []))
    return [issue for issue in coding.issues_of.get(binding.actor_id, []) if issue in of_other]


def _on_issue(binding: Binding, coding: Coding) -> tuple[Row, ...]:
    return coding.about(STATEMENT, binding.issue)


def _of_events(binding: Binding, coding: Coding) -> tuple[Row, ...]:
    one = coding.about(MENTION, binding.event_id)
    return one + coding.about(MENTION, binding.other_event_id)


def _of_tie(binding: Binding, coding: Coding) -> tuple[Row, ...]:
    return coding.by_tie.get((binding.actor_id, binding.relation, binding.other_id), ())


# ---- the predicates


def holds(binding: Binding, rows: Sequence[Row], coding: Coding, view: View | None = None) -> bool:
    """Whether a finding holds of some rows; only those that can touch it matter.

    `coding` gives the periods. `view`: how rows are read; None, as published for the kind.
    """
    return bool(counting(binding, rows, coding, view))


def stands(binding: Binding, coding: Coding) -> bool:
    """Whether a finding holds of a coding, read as published for its kind."""
    return holds(binding, touching(binding, coding), coding)


def counting(
    binding: Binding, rows: Sequence[Row], coding: Coding, view: View | None = None
) -> list[Row]:
    """The rows by which a finding holds: those without which nothing could be said."""
    kind = KINDS[binding.kind]
    return kind.counting(binding, rows, coding, view or kind.view)


def _own(actor: str, issue: str, rows: Iterable[Row], view: View) -> list[Row]:
    """The statements that count to an actor on an issue, as they are read."""
    chosen = [row for row in rows if row.unit == STATEMENT and row.about == issue]
    return view.read(row for row in chosen if actor in view.names(row))


def limits(binding: Binding, coding: Coding, view: View) -> tuple[str, str]:
    """The first and last day of the period of a finding; empty ones where it names none."""
    if not binding.period:
        return "", ""
    first, last = coding.periods.get(binding.period, ("9999-12-31", "0001-01-01"))
    return _moved(first, view.shift), _moved(last, view.shift)


def _moved(day: str, shift: int) -> str:
    if not shift or not day:
        return day
    return str(date.fromisoformat(day) + timedelta(days=shift))


def lies_in(row: Row, span: tuple[str, str]) -> bool:
    """Whether the whole date of a row lies in a span; an open end of the span bounds nothing."""
    first, last = span
    begins = not first or (row.earliest != "" and row.earliest >= first)
    ends = not last or (row.latest != "" and row.latest <= last)
    return begins and ends


def may_lie_in(row: Row, span: tuple[str, str]) -> bool:
    """Whether a day that a row may have lies in a span: of what has no date, it may."""
    first, last = span
    too_early = bool(first and row.latest and row.latest < first)
    too_late = bool(last and row.earliest and row.earliest > last)
    return not (too_early or too_late)


def takes(own: Iterable[Row], side: str, span: tuple[str, str]) -> list[Row]:
    """The rows by which an actor takes a side; none where a row may be on an opposite side."""
    own = list(own)
    opposite = OPPOSITE.get(side, set())
    if any(row.side in opposite and may_lie_in(row, span) for row in own):
        return []
    return [row for row in own if row.side == side and lies_in(row, span)]


def _position(b: Binding, rows: Sequence[Row], coding: Coding, view: View) -> list[Row]:
    own = _own(b.actor_id, b.issue, rows, view)
    return takes(own, view.side(b.side), limits(b, coding, view))


def _opposed(b: Binding, rows: Sequence[Row], coding: Coding, view: View) -> list[Row]:
    one, other = (_own(actor, b.issue, rows, view) for actor in (b.actor_id, b.other_id))
    is_agreed = not any(row.side == "against" for row in one)
    is_refused = not any(row.side in AGREES for row in other)
    agreeing = [row for row in one if row.side in AGREES]
    refusing = [row for row in other if row.side == "against"]
    return agreeing + refusing if is_agreed and is_refused and agreeing and refusing else []


def _disputed(b: Binding, rows: Sequence[Row], coding: Coding, view: View) -> list[Row]:
    on_issue = view.read(row for row in rows if row.about == b.issue)
    affirming = [row for row in on_issue if row.side == "for"]
    denying = [row for row in on_issue if row.side == "against"]
    is_of_two = len(_parties(affirming, view) | _parties(denying, view)) > 1
    return affirming + denying if affirming and denying and is_of_two else []


def _parties(rows: Iterable[Row], view: View) -> set[str]:
    return {name for row in rows for name in view.names(row)}


def _change(b: Binding, rows: Sequence[Row], coding: Coding, view: View) -> list[Row]:
    own = _own(b.actor_id, b.issue, rows, view)
    side, other_side = view.side(b.side), view.side(b.other_side)
    if side == other_side:
        return []
    olds = [row for row in own if row.side == side and row.latest]
    news = [row for row in own if row.side == other_side and row.earliest]
    if not olds or not news or min(r.latest for r in olds) >= max(r.earliest for r in news):
        return []
    last, first = max(row.earliest for row in news), min(row.latest for row in olds)
    return [r for r in olds if r.latest < last] + [r for r in news if r.earliest > first]


def _order(b: Binding, rows: Sequence[Row], coding: Coding, view: View) -> list[Row]:
    first = [row for row in rows if row.about == b.event_id and row.is_dated]
    second = [row for row in rows if row.about == b.other_event_id and row.is_dated]
    ends, begins = [row.latest for row in first], [row.earliest for row in second]
    is_known = bool(ends and begins and all(ends) and all(begins))
    return first + second if is_known and max(ends) < min(begins) else []


def _only_by_claim(b: Binding, rows: Sequence[Row], coding: Coding, view: View) -> list[Row]:
    told = [row for row in rows if row.about == b.event_id]
    return told if all(row.teller for row in told) else []


def shared_issues(
    b: Binding, rows: Sequence[Row], view: View
) -> dict[str, tuple[list[Row], list[Row]]]:
    """The issues on which two actors take the same side, with the rows of each; neutral is none."""
    on_issue: dict[str, list[Row]] = {}
    for row in rows:
        on_issue.setdefault(row.about, []).append(row)
    shared = {}
    for issue, some in on_issue.items():
        one, other = (_sides(_own(name, issue, some, view)) for name in (b.actor_id, b.other_id))
        common = [side for side in one if side in other]
        if common:
            shared[issue] = _rows_of(one, common), _rows_of(other, common)
    return shared


def _rows_of(sides: dict[str, list[Row]], common: list[str]) -> list[Row]:
    return [row for side in common for row in sides[side]]


def _sides(own: list[Row]) -> dict[str, list[Row]]:
    """The sides that an actor takes on an issue, each with its rows."""
    taken = {side: takes(own, side, ("", "")) for side in ("for", "conditional", APART, "against")}
    return {side: rows for side, rows in taken.items() if rows}


def _pair(b: Binding, rows: Sequence[Row], coding: Coding, view: View) -> list[Row]:
    shared = shared_issues(b, rows, view)
    if len(shared) < ISSUES:
        return []
    one, other = of_each(shared)
    fewest = min(len(_articles(one)), len(_articles(other)))
    return one + other if fewest >= ARTICLES else []


def of_each(shared: Mapping[str, tuple[list[Row], list[Row]]]) -> tuple[list[Row], list[Row]]:
    """The rows of each of two actors on all the issues that they share."""
    one = [row for pair in shared.values() for row in pair[0]]
    other = [row for pair in shared.values() for row in pair[1]]
    return one, other


def _articles(rows: Iterable[Row]) -> set[str]:
    return {row.article_id for row in rows}


def _by_claim_tie(b: Binding, rows: Sequence[Row], coding: Coding, view: View) -> list[Row]:
    return list(rows) if all(row.teller for row in rows) else []


# ---- the kinds

Counting = Callable[[Binding, Sequence[Row], Coding, View], list[Row]]


class Kind(NamedTuple):
    """A kind of finding: the rows by which it holds, those that can touch it, and the choices.

    `choices` are those that can touch it, those of `in_period` only where it names a period.
    `page` is the notebook that shows what it is about.
    """

    counting: Counting
    touching: Callable[[Binding, Coding], tuple[Row, ...]]
    choices: tuple[str, ...]
    page: str
    in_period: tuple[str, ...] = ()
    view: View = PUBLISHED


SPOKEN = ("coder", "article", "actor", "conditional")
WHOLE = (*SPOKEN, "units", "duplicates")
TOLD = ("coder", "article")
KINDS = {
    "position": Kind(
        _position, _of_actors, SPOKEN, "4_stance_tables", ("units", "duplicates", "period")
    ),
    "opposed": Kind(_opposed, _of_actors, SPOKEN, "4_stance_tables"),
    "disputed": Kind(_disputed, _on_issue, SPOKEN, "4_stance_tables"),
    "change": Kind(_change, _of_actors, WHOLE, "4_stance_tables", view=View(actor="voice")),
    "order": Kind(_order, _of_events, TOLD, "3_chronology"),
    "only-by-claim": Kind(_only_by_claim, _of_events, TOLD, "3_chronology"),
    "pair": Kind(_pair, _of_actors, WHOLE, "2_actor_network"),
    "by-claim-tie": Kind(_by_claim_tie, _of_tie, TOLD, "2_actor_network"),
}


def choices(binding: Binding) -> tuple[str, ...]:
    """The choices that can touch a finding."""
    kind = KINDS[binding.kind]
    return kind.choices + (kind.in_period if binding.period else ())
