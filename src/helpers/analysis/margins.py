"""Margins: the smallest number of coded rows that must be otherwise for a finding to end.

Otherwise is: left out; the next stance on the scale; another speaker coded in that article; the
other kept reading of the date, or no date. Only rows are asked that the predicate names as able to
touch it. Where counts decide, the margin is exact; elsewhere all changes of one and of two rows are
tried, and beyond these a cut is taken that ends the finding, and told as one.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import combinations, product
from typing import NamedTuple

from helpers.analysis.coded_rows import STATEMENT, Coding, Row
from helpers.analysis.cuts import COUNTS_DECIDE, CUTS, DATED, NEVER_BY_ONE, pair_survives
from helpers.analysis.predicates import KINDS, Binding, holds, touching

# So many changes of two rows are tried; a finding on more rows than that is told so.
MOST = 20_000
# A row read otherwise moves itself, and hides one that repeats its new stance: it ends two rows of
# a change of position at most.
TWO = 2
# Kinds that end where an actor says the other side too.
ENDED_BY_THE_OTHER_SIDE = ("position", "opposed", "pair")
EXACT = "Counted: no smaller change ends it."
TRIED = "No change of one row or of two ends it."
ONE_TRIED = "No change of one row ends it; of two there are too many to be tried."
AT_MOST = "Beyond these it is a change that ends it, and there may be a smaller one."


class Change(NamedTuple):
    """A row read otherwise; `row` None: left out. `how` says it in words."""

    row_id: str
    row: Row | None
    how: str


class Margin(NamedTuple):
    """How few rows end a finding, how they would be read, and how that was found."""

    changes: tuple[Change, ...]
    note: str

    @property
    def size(self) -> int:
        """The number of rows."""
        return len(self.changes)

    @property
    def is_exact(self) -> bool:
        """Whether no smaller change ends the finding."""
        return AT_MOST not in self.note

    @property
    def least(self) -> int:
        """The number of rows below which nothing ends the finding for sure."""
        if self.is_exact:
            return self.size
        return 3 if TRIED in self.note else 2

    @property
    def row_ids(self) -> list[str]:
        """The rows, sorted."""
        return sorted(change.row_id for change in self.changes)


def alternatives(row: Row, coding: Coding) -> list[Change]:
    """Every way in which a row may be otherwise."""
    changes = [Change(row.row_id, None, "left out")]
    if row.unit == STATEMENT:
        changes += _stances(row, coding)
        changes += _speakers(row, coding)
    if row.alt:
        changes.append(Change(row.row_id, row.dated(row.alt), f"dated {row.alt}"))
    if row.is_dated:
        changes.append(Change(row.row_id, row.dated(""), "without a date"))
    return changes


def _stances(row: Row, coding: Coding) -> Iterator[Change]:
    """The row with each neighbour of its stance on the scale."""
    scale = list(coding.scale)
    if row.stance not in scale:
        return
    place = scale.index(row.stance)
    for near in scale[max(0, place - 1) : place] + scale[place + 1 : place + 2]:
        other = row._replace(stance=near, side=coding.scale[near])
        yield Change(row.row_id, other, f"stance {near}")


def _speakers(row: Row, coding: Coding) -> Iterator[Change]:
    """The row with each other speaker of its article; who speaks for himself speaks for nobody."""
    for speaker in coding.speakers.get(row.article_id, ()):
        if speaker != row.actor:
            whom = "" if row.on_behalf_of == speaker else row.on_behalf_of
            other = row._replace(actor=speaker, on_behalf_of=whom)
            yield Change(row.row_id, other, f"speaker {speaker}")


def changed(rows: Iterable[Row], changes: Iterable[Change]) -> list[Row]:
    """Some rows as they are with changes made."""
    made = {change.row_id: change.row for change in changes}
    read = (made.get(row.row_id, row) for row in rows)
    return [row for row in read if row is not None]


def ended(binding: Binding, coding: Coding, changes: Iterable[Change]) -> bool:
    """Whether changes of the rows that touch a finding end it."""
    return not holds(binding, changed(touching(binding, coding), changes), coding)


def margin(binding: Binding, coding: Coding) -> Margin:
    """The margin of a finding that holds. Raises ValueError where it does not."""
    rows = touching(binding, coding)
    if not holds(binding, rows, coding):
        raise ValueError(f"{binding.kind}: no margin of a finding that does not hold")
    options = {row.row_id: alternatives(row, coding) for row in rows}
    cut = _made(cut_of(binding, rows, coding), options, binding, rows, coding)
    if binding.kind in NEVER_BY_ONE or len(cut) == 1:
        return Margin(cut, EXACT)
    if len(cut) > 3 and _survives_two(binding, rows, len(cut)):
        return Margin(cut, f"{TRIED} {AT_MOST}")
    useful = {name: _useful(binding, some) for name, some in options.items()}
    for changes in useful.values():
        for change in changes:
            if not holds(binding, changed(rows, [change]), coding):
                return Margin((change,), EXACT)
    is_counted = binding.kind in COUNTS_DECIDE and not binding.period
    if is_counted or len(cut) == 2:
        return Margin(cut, EXACT)
    number = sum(map(len, useful.values()))
    if number * number / 2 > MOST:
        return Margin(cut, f"{ONE_TRIED} {AT_MOST}")
    if pair := _of_two(binding, rows, coding, useful):
        return Margin(pair, EXACT)
    return Margin(cut, EXACT if len(cut) == 3 else f"{TRIED} {AT_MOST}")


def rows_of_others(binding: Binding, coding: Coding) -> list[str]:
    """The passages of others that would each end a finding, were an actor of it their speaker.

    They are told beside the margin and are no part of it: a margin asks what the finding counts.
    Asked are passages on its issues, in articles in which the actor speaks. Gives ids, sorted.
    """
    if binding.kind not in ENDED_BY_THE_OTHER_SIDE:
        return []
    own = touching(binding, coding)
    known = {row.row_id for row in own}
    found = set()
    for issue, actor in product(dict.fromkeys(row.about for row in own), _actors(binding)):
        for row in coding.about(STATEMENT, issue):
            if row.row_id in known or actor not in coding.speakers[row.article_id]:
                continue
            read = row._replace(actor=actor, on_behalf_of="")
            if not holds(binding, [*own, read], coding):
                found.add(row.row_id)
    return sorted(found)


def _actors(binding: Binding) -> list[str]:
    return [actor for actor in (binding.actor_id, binding.other_id) if actor]


def _survives_two(binding: Binding, rows: Sequence[Row], size: int) -> bool:
    """Whether no change of two rows can end a change of position or a pair, without trying them."""
    if binding.kind == "change":
        return size > 2 * TWO
    return binding.kind == "pair" and pair_survives(binding, rows, KINDS["pair"].view, 2)


def cut_of(binding: Binding, rows: Sequence[Row], coding: Coding) -> list[str]:
    """The rows of a set whose leaving out ends a finding, by counts; see `cuts`."""
    return CUTS[binding.kind](binding, rows, coding, KINDS[binding.kind].view)


def _useful(binding: Binding, changes: Sequence[Change]) -> list[Change]:
    """The alternatives that differ for the finding from leaving the row out, and from nothing.

    A statement that is no longer the actors' is as good as left out; a date matters to few.
    """
    actors = set(_actors(binding))
    kept = []
    for change in changes:
        row = change.row
        if row is None:
            kept.append(change)
        elif {row.actor, row.on_behalf_of} & actors and not _is_date_alone(binding, change):
            kept.append(change)
    return kept


def _is_date_alone(binding: Binding, change: Change) -> bool:
    """Whether a change of the date alone, of which the finding asks nothing."""
    asks = binding.kind in DATED or binding.period
    return not asks and change.how.startswith(("dated", "without"))


def _of_two(
    binding: Binding, rows: Sequence[Row], coding: Coding, options: Mapping[str, list[Change]]
) -> tuple[Change, ...]:
    """The first two changes that together end a finding; none where no two do."""
    for one, other in combinations(options.values(), 2):
        for change in one:
            for second in other:
                if not holds(binding, changed(rows, [change, second]), coding):
                    return change, second
    return ()


def _made(
    row_ids: Sequence[str],
    options: Mapping[str, list[Change]],
    binding: Binding,
    rows: Sequence[Row],
    coding: Coding,
) -> tuple[Change, ...]:
    """A cut as changes: left out, or where that brings up a hidden row, without a date.

    A passage that repeats a stance in its article counts for nothing until the one before it is
    left out. Where neither ends the finding, all rows of the kind cut are left out.
    """
    for how in ("left out", "without a date"):
        chosen = [change for name in row_ids for change in options[name] if change.how == how]
        if len(chosen) == len(row_ids) and not holds(binding, changed(rows, chosen), coding):
            return tuple(chosen)
    left = [options[row.row_id][0] for row in rows]
    for change in list(left):
        fewer = [one for one in left if one is not change]
        if not holds(binding, changed(rows, fewer), coding):
            left = fewer
    return tuple(left)
