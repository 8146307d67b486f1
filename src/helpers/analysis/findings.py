"""Findings: which are shown, each as a sentence with its margin and the choices that end it.

Where a case binds findings (`findings.csv`), these are asked; else the candidates are ranked by the
rules of the analysis plan. A finding that holds in no pass alone is none, and is listed apart.
"""

import hashlib
import heapq
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from helpers.analysis import simulated_error
from helpers.analysis.candidates import candidates
from helpers.analysis.choices_tried import Tried, tried
from helpers.analysis.coded_rows import Row
from helpers.analysis.finding_basis import Basis
from helpers.analysis.finding_words import NO_CHANGE, sentence, with_margin
from helpers.analysis.margins import Margin, cut_of, margin, rows_of_others
from helpers.analysis.predicates import KINDS, Binding, counting, stands, touching
from helpers.case.bindings import SLOTS
from helpers.words import and_joined

# How many of a kind are shown, and how many that hold in no pass are listed.
SHOWN = {"position": 5}
OTHERS, LISTED = 2, 200
# The slots of which a kind shows each value once.
ONCE = {
    "position": [("actor_id", "issue")],
    "opposed": [("actor_id", "issue"), ("other_id", "issue")],
    "change": [("actor_id", "issue")],
}
LONGEST = 100
IN_NO_PASS = "It holds in none of the passes alone."
DOES_NOT_HOLD = "It does not hold in the coding that is read."


class Shown(NamedTuple):
    """A finding that is shown: its words, margin, choices, and draws in which it holds.

    `of_others` are the passages of others that would each end it, were their speaker misread.
    """

    binding: Binding
    words: str
    evidence: str
    margin: Margin
    of_others: list[str]
    tried: Tried
    held: int | None


class Findings(NamedTuple):
    """The findings, what is not shown and why, and a sentence where no change holds."""

    shown: list[Shown]
    left_out: list[tuple[Binding, str]]
    absence: str
    absence_note: str


# ---- which are shown


def findings(given: Basis, draws: int = 200) -> Findings:
    """The findings of a case with margin and choices. `draws`: of simulated errors, 0 for none.

    Where the case binds its findings these are shown; which candidates hold in no pass alone is
    told of every case.
    """
    real, in_no_pass = parted(given)
    left_out = [(_named(binding), IN_NO_PASS) for binding in in_no_pass]
    if given.bound:
        chosen, of_bound = _of_bound(given)
        told = {_what(binding) for binding, _ in of_bound}
        left_out = of_bound + [one for one in left_out if _what(one[0]) not in told]
    else:
        chosen = by_rule(real, given)
    shown = [_shown(binding, given, draws) for binding in chosen]
    absence, note = _absence(given, real["change"])
    return Findings(shown, left_out[:LISTED], absence, note)


def _what(binding: Binding) -> Binding:
    """What a finding is about, whatever it is called and whenever it was thought of."""
    return binding._replace(finding_id="", exploratory="")


def _of_bound(given: Basis) -> tuple[list[Binding], list[tuple[Binding, str]]]:
    """Those of the bound findings that hold, and in a pass too; the others with the reason."""
    chosen, left_out = [], []
    for binding in given.bound:
        if not stands(binding, given.published):
            left_out.append((binding, DOES_NOT_HOLD))
        elif not _in_a_pass(binding, given):
            left_out.append((binding, IN_NO_PASS))
        else:
            chosen.append(binding)
    return chosen, left_out


def parted(given: Basis) -> tuple[dict[str, list[Binding]], list[Binding]]:
    """The candidates of each kind that hold in a pass too, and all those that hold in none."""
    real: dict[str, list[Binding]] = {}
    in_no_pass: list[Binding] = []
    for kind, some in candidates(given.published).items():
        real[kind] = []
        for binding in some:
            (real[kind] if _in_a_pass(binding, given) else in_no_pass).append(binding)
    return real, in_no_pass


def by_rule(real: Mapping[str, list[Binding]], given: Basis) -> list[Binding]:
    """Of the candidates of each kind those of largest margin, as many as are shown of it."""
    chosen: list[Binding] = []
    for kind, some in real.items():
        seen: set[tuple] = set()
        of_kind: list[Binding] = []
        for binding in _ranked(some, given):
            if len(of_kind) == SHOWN.get(kind, OTHERS):
                break
            keys = {tuple(_slots(binding, pair)) for pair in ONCE.get(kind, [])}
            if not keys & seen:
                seen |= keys
                of_kind.append(_named(binding))
        chosen += of_kind
    return chosen


def _slots(binding: Binding, names: tuple[str, ...]) -> list[str]:
    return [getattr(binding, name) for name in names]


def _ranked(some: list[Binding], given: Basis) -> Iterator[Binding]:
    """Candidates by their margin, largest first; equal ones by issue and actor.

    A margin is worked out only for those whose bound, the cut, lets them come next.
    """
    coding = given.published
    heap: list[tuple[int, int, tuple, Binding]] = []
    for binding in some:
        bound = len(cut_of(binding, touching(binding, coding), coding))
        heap.append((-bound, 0, _place(binding, given), binding))
    heapq.heapify(heap)
    while heap:
        _, is_exact, place, binding = heapq.heappop(heap)
        if is_exact:
            yield binding
        else:
            size = margin(binding, coding).size
            heapq.heappush(heap, (-size, 1, place, binding))


def _place(binding: Binding, given: Basis) -> tuple:
    """The place among those of equal margin: by issue, then by the actor and the other slots."""
    return (given.order.get(binding.issue, len(given.order)), binding)


def _named(binding: Binding) -> Binding:
    """A candidate with an id made of its slots."""
    name = ".".join([binding.kind, *filter(None, (getattr(binding, slot) for slot in SLOTS))])
    if len(name) > LONGEST:
        name = f"{name[:80].rstrip('.')}.{hashlib.sha256(name.encode()).hexdigest()[:8]}"
    return binding._replace(finding_id=name)


def _in_a_pass(binding: Binding, given: Basis) -> bool:
    """Whether a finding holds in one pass alone; of a case without passes nothing can be asked."""
    if not given.passes:
        return True
    return any(stands(binding, coding) for coding in given.passes.values())


def _absence(given: Basis, changes: list[Binding]) -> tuple[str, str]:
    """That no change of position holds, and the passes in which one would; empty where one does."""
    if changes or not given.published.by_voice:
        return "", ""
    passes = [name for name, one in given.passes.items() if candidates(one, ["change"])["change"]]
    note = f"In {and_joined(passes)} alone one can be shown." if passes else ""
    return NO_CHANGE, note


def _shown(binding: Binding, given: Basis, draws: int) -> Shown:
    coding = given.published
    size = margin(binding, coding)
    result = tried(binding, coding, given.passes, size.least)
    held = None
    if draws and given.rates:
        held = simulated_error.held(binding, coding, given.rates, draws)
    rows = touching(binding, coding)
    by_these = counting(binding, rows, coding)
    every = counting(binding, rows, coding, KINDS[binding.kind].view._replace(duplicates="include"))
    words = with_margin(sentence(binding, by_these, given.names), size.size, size.is_exact)
    if binding.kind == "change":
        words += _not_in(result)
    evidence = ";".join(_ids(every or by_these))
    of_others = rows_of_others(binding, coding)
    return Shown(binding, words, evidence, size, of_others, result, held)


def _ids(rows: list[Row]) -> list[str]:
    return sorted(row.row_id for row in rows)


def _not_in(result: Tried) -> str:
    """In which passes alone a change does not hold, as a sentence of its own."""
    missing = [name for name, is_held in result.passes().items() if not is_held]
    return f" It does not hold in {and_joined(missing)} alone." if missing else ""
