"""Cuts: for each kind of finding, a set of rows whose being otherwise ends it, by counts.

A cut is the closed form of the margin: no smaller set of rows that are left out ends the finding
where `COUNTS_DECIDE`. What one row alone ends, by another stance or speaker, is tried in `margins`
before. Each cut takes a binding that holds, the rows that touch it, their coding and a view, and
gives ids.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from itertools import chain, combinations

from helpers.analysis.coded_rows import Coding, Row
from helpers.analysis.predicates import (
    AGREES,
    ARTICLES,
    ISSUES,
    KINDS,
    Binding,
    of_each,
    shared_issues,
)
from helpers.analysis.views import View

Cut = Callable[[Binding, Sequence[Row], Coding, View], list[str]]

# Kinds of which the cut is the margin wherever no single row ends the finding.
COUNTS_DECIDE = {"position", "opposed", "disputed", "order", "only-by-claim", "by-claim-tie"}
# Those of which no single row ends the finding unless the cut is of one row: nobody else's words
# and no other stance can speak against them.
NEVER_BY_ONE = {"disputed", "order", "only-by-claim", "by-claim-tie"}
# Those that ask for dates even without a period.
DATED = {"change", "order"}


def _ids(rows: Iterable[Row]) -> list[str]:
    return sorted(row.row_id for row in rows)


def _smallest(sets: Iterable[list[str]]) -> list[str]:
    return min(sets, key=lambda ids: (len(ids), ids))


def _each_passage(view: View) -> View:
    """The view in which every passage counts: what repeats a stance has to be left out too."""
    return view._replace(duplicates="include")


def _all(b: Binding, rows: Sequence[Row], coding: Coding, view: View) -> list[str]:
    """All rows by which it holds."""
    if not b.period:
        view = _each_passage(view)
    return _ids(KINDS[b.kind].counting(b, rows, coding, view))


def _one_of_two(b: Binding, rows: Sequence[Row], coding: Coding, view: View) -> list[str]:
    """All rows of the one actor, or of the other."""
    found = KINDS[b.kind].counting(b, rows, coding, _each_passage(view))
    agreeing = [row for row in found if row.side in AGREES]
    return _smallest([_ids(agreeing), _ids(row for row in found if row not in agreeing)])


def _one_party(b: Binding, rows: Sequence[Row], coding: Coding, view: View) -> list[str]:
    """All who are for; all who are against; or all but the actor of most rows, who is then both."""
    found = KINDS[b.kind].counting(b, rows, coding, _each_passage(view))
    affirming = [row for row in found if row.side == "for"]
    sets = [_ids(affirming), _ids(row for row in found if row.side != "for")]
    often = Counter(name for row in found for name in set(view.names(row)))
    most = max(often.values(), default=0)
    for actor in sorted(name for name, number in often.items() if number == most):
        sets.append(_ids(row for row in found if actor not in view.names(row)))
    return _smallest(sets)


def _one_event(b: Binding, rows: Sequence[Row], coding: Coding, view: View) -> list[str]:
    """All dated mentions of the one event, or of the other."""
    dated = [row for row in rows if row.is_dated]
    first = _ids(row for row in dated if row.about == b.event_id)
    return _smallest([first, _ids(row for row in dated if row.about == b.other_event_id)])


def _one_day(b: Binding, rows: Sequence[Row], coding: Coding, view: View) -> list[str]:
    """What ends before a day on the one side and begins after it on the other.

    Every pair in order loses a row so. Of all days the one with fewest: the smallest cover of pairs
    that are in the order of time.
    """
    found = KINDS[b.kind].counting(b, rows, coding, view)
    olds = [row for row in found if row.side == view.side(b.side)]
    news = [row for row in found if row.side == view.side(b.other_side)]
    sets = [_ids(olds)]
    for day in sorted({row.latest for row in olds}):
        before = [row for row in olds if row.latest < day]
        sets.append(_ids([*before, *(row for row in news if row.earliest > day)]))
    return _smallest(sets)


def _one_issue(b: Binding, rows: Sequence[Row], coding: Coding, view: View) -> list[str]:
    """The issues but one, each by its side of fewer rows; or one actor's articles but one."""
    shared = shared_issues(b, rows, _each_passage(view))
    costs = sorted((_smallest(map(_ids, pair)) for pair in shared.values()), key=len)
    sets = [sorted({*chain.from_iterable(costs[:-1])})]
    for own in of_each(shared):
        often = Counter(row.article_id for row in own)
        kept = {article for article, _ in often.most_common(ARTICLES - 1)}
        sets.append(_ids(row for row in own if row.article_id not in kept))
    return _smallest(sets)


def pair_survives(b: Binding, rows: Sequence[Row], view: View, number: int) -> bool:
    """Whether a pair holds for sure whatever so many rows are otherwise.

    A row read otherwise undoes one issue at most, or takes its actor out of one article at most. So
    whichever so many issues are undone, enough of them and of the articles have to be left.
    """
    shared = shared_issues(b, rows, view)
    if len(shared) - number < ISSUES:
        return False
    return all(_fewest_articles(own, number) - number >= ARTICLES for own in of_each(shared))


def _fewest_articles(own: Sequence[Row], number: int) -> int:
    """The articles that are left to an actor where the worst so many issues are undone."""
    issues: dict[str, set[str]] = {}
    for row in own:
        issues.setdefault(row.article_id, set()).add(row.about)
    spoken = sorted({row.about for row in own})
    few = [some for some in issues.values() if len(some) <= number]
    lost = 0
    for undone in combinations(spoken, number):
        lost = max(lost, sum(some <= set(undone) for some in few))
    return len(issues) - lost


CUTS: dict[str, Cut] = {
    "position": _all,
    "opposed": _one_of_two,
    "disputed": _one_party,
    "change": _one_day,
    "order": _one_event,
    "only-by-claim": _all,
    "pair": _one_issue,
    "by-claim-tie": _all,
}
