"""Settling: the passes of a case side by side, and what a person decides on them, one by one.

Units of the passes that are one passage are a `Pair` (of more than two passes, or of one alone, as
well). Each decision is judged by the rules of `dispute check` before it is taken; then the file of
the decisions is written whole beside its place and moved. What others change in the folder
meanwhile is told, never overwritten.
"""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from secrets import token_hex
from typing import NamedTuple

import pandas as pd

from dispute.desk.pairs import Asked, Key, NotTakenError, Pair, StaleError, numbered, pairs_of
from dispute.desk.whole import clear_halves, finish
from helpers.case.adjudication import (
    Adjudication,
    adjudicated_coder,
    passes,
    settle,
)
from helpers.case.adjudication_sheet import ready
from helpers.case.cells import table_problems
from helpers.case.decided_fields import Decision
from helpers.case.decisions import decisions_text
from helpers.case.files import write_file
from helpers.case.folder import DECISIONS
from helpers.case.load import faults_of_decided
from helpers.case.problems import Problem, shown
from helpers.case.raw_case import RawCase
from helpers.case.schema import CODED, SCHEMA, fields

# The tables that no rule needs to judge a decision on a unit, however large they are.
ASIDE = [
    name
    for name, spec in SCHEMA["raw"].items()
    if not spec["file"].startswith(("articles", "codebook", "coding"))
] + ["aliases", "affiliations", "event_links", "codebook_changes", "second_looks"]


class Step(NamedTuple):
    """A change of the decisions on a pair, as it can be undone."""

    key: Key
    before: tuple[Decision, ...]
    after: tuple[Decision, ...]
    words: str


class Settling:
    """The pairs of a case, its decisions, and the steps of a sitting.

    `pairs` stand in the order of kinds and of the passes. `version` changes with every change.
    Raises CaseError where the passes are not sound, or the case has no adjudicated set.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.raw: RawCase
        self.pairs: dict[Key, Pair]
        self.version = ""
        self._done: list[Step] = []
        self._undone: list[Step] = []
        clear_halves(folder)
        self.read()

    def read(self) -> None:
        """Read the case anew. Raises CaseError as above; then all is as it was.

        An edit of the codebook that was cut short is ended first.
        """
        finish(self.folder)
        state = self._state_of_the_folder()
        _, self.raw, made = ready(self.folder)
        self._seen = state
        self.coders = passes(self.raw)
        self.pairs = pairs_of(self.raw, made)
        self._undecided: dict[Key, int] = dict.fromkeys(self.pairs, 0)
        for one in made.undecided:
            ids = frozenset(member[CODED[one.unit].id] for member in one.members)
            self._undecided[one.unit, ids] += 1
        self.version = token_hex(8)

    def refresh(self) -> bool:
        """Read the case anew if its files have changed; returns whether they had."""
        if self._state_of_the_folder() == self._seen:
            return False
        self.read()
        return True

    def expect(self, seen: str) -> None:
        """Raise StaleError where the case has changed since a page saw it."""
        if self.refresh():
            raise StaleError("The files of the case were changed by somebody else; look again.")
        if seen != self.version:
            raise StaleError("Something was decided in another window; look again.")

    def pair(self, unit: str, ids: Sequence[str]) -> Pair:
        """The pair of some units. Raises NotTakenError where they are none."""
        pair = self.pairs.get((unit, frozenset(ids)))
        if pair is None:
            expected = "units of the passes that are one passage"
            raise NotTakenError([Problem(DECISIONS, 0, "ids", shown(";".join(ids)), expected)])
        return pair

    def n_undecided(self, pair: Pair) -> int:
        """How many decisions a pair still needs."""
        return self._undecided[pair.key]

    def outcome(self, pair: Pair) -> Adjudication:
        """What comes of a pair with its decisions."""
        made = Adjudication()
        settle(made, self.raw, pair.unit, pair.members, pair.decisions, len(self.coders))
        return made

    def faults_in(self, raw: RawCase) -> list[Problem]:
        """What would be wrong with the decisions if the case, its passes aside, were another."""
        made = Adjudication()
        for pair in self.pairs.values():
            if pair.decisions:
                n_passes = len(self.coders)
                settle(made, raw, pair.unit, pair.members, pair.decisions, n_passes)
        return [*made.problems, *faults_of_decided(raw, made, adjudicated_coder(raw))]

    def decide(self, asked: Asked) -> Pair:
        """Take a decision, or take one back. Raises NotTakenError with every problem."""
        pair = self.pair(asked.unit, asked.ids)
        others = tuple(one for one in pair.decisions if one.field != asked.field)
        if asked.take:
            after = self._judged(pair, others, asked)
        elif len(others) == len(pair.decisions):
            expected = "a field on which something was decided"
            raise NotTakenError([Problem(DECISIONS, 0, "field", shown(asked.field), expected)])
        else:
            after = self._still_needed(replace(pair, decisions=others))
        field = asked.field or "whether it stands"
        step = Step(pair.key, pair.decisions, after, f"{' and '.join(pair.ids)}: {field}")
        self._put(step.key, step.after)
        self._done.append(step)
        self._undone.clear()
        return self.pairs[pair.key]

    def undo(self) -> Pair:
        """Take the last step back. Raises StaleError where there is none."""
        step = self._last(self._done)
        self._put(step.key, step.before)
        self._undone.append(self._done.pop())
        return self.pairs[step.key]

    def redo(self) -> Pair:
        """Do again what was undone last. Raises StaleError where there is nothing."""
        step = self._last(self._undone)
        self._put(step.key, step.after)
        self._done.append(self._undone.pop())
        return self.pairs[step.key]

    @property
    def steps(self) -> dict[str, str]:
        """What undo and redo would do, in words; empty where there is nothing."""
        stacks = {"undo": self._done, "redo": self._undone}
        return {name: stack[-1].words if stack else "" for name, stack in stacks.items()}

    def _last(self, stack: list[Step]) -> Step:
        if not stack:
            raise StaleError("There is nothing to take back or to do again.")
        step = stack[-1]
        expected = step.after if stack is self._done else step.before
        pair = self.pairs.get(step.key)
        if pair is None or pair.decisions != expected:
            stack.pop()
            raise StaleError(f"{step.words} was decided otherwise meanwhile; nothing was changed.")
        return step

    def _judged(
        self, pair: Pair, others: tuple[Decision, ...], asked: Asked
    ) -> tuple[Decision, ...]:
        """The decisions on a pair with a new one. Raises NotTakenError where that cannot be.

        Where the unit is left out, and where a pass's row is taken whole, what was decided on its
        fields goes, as far as it changes nothing any more.
        """
        cells = asked._asdict() | {"row": 0, "value": asked.value, "ids": pair.ids}
        fresh = Decision(**{name: cells[name] for name in Decision._fields})
        if faults := _faults_of_form(fresh):
            raise NotTakenError(faults)
        kept = () if (asked.field, asked.take) == ("", "neither") else others
        decisions = numbered((*kept, fresh))
        own = next(one.row for one in decisions if one.field == fresh.field)
        made = self.outcome(replace(pair, decisions=decisions))
        if spare := made.by_rule - {own}:
            decisions = tuple(one for one in decisions if one.row not in spare)
            made = self.outcome(replace(pair, decisions=decisions))
        small = _small(self.raw, pair)
        faults = [*made.problems, *faults_of_decided(small, made, adjudicated_coder(self.raw))]
        if faults:
            raise NotTakenError(sorted(set(faults)))
        return numbered(decisions)

    def _still_needed(self, pair: Pair) -> tuple[Decision, ...]:
        """The decisions on a pair without those that nothing needs any more."""
        decisions = numbered(pair.decisions)
        spare = self.outcome(replace(pair, decisions=decisions)).by_rule
        return numbered(one for one in decisions if one.row not in spare)

    def _put(self, key: Key, decisions: tuple[Decision, ...]) -> None:
        """Write the file with other decisions on a pair."""
        pair = replace(self.pairs[key], decisions=decisions)
        pairs = self.pairs | {key: pair}
        every = [one for other in pairs.values() for one in other.decisions]
        write_file(self.folder / DECISIONS, decisions_text(every).encode())
        self.pairs = pairs
        self._undecided[key] = len(self.outcome(pair).undecided)
        self.wrote()

    def wrote(self) -> None:
        """Take the files as they are now for those that were read: this desk has written them."""
        self._seen = self._state_of_the_folder()
        self.version = token_hex(8)

    def _state_of_the_folder(self) -> list[tuple[str, int, int]]:
        """Names, times and sizes of what decisions rest on."""
        paths = [*self.folder.glob("coding/*/*.csv"), *self.folder.glob("codebook/*.csv")]
        paths += [self.folder / "articles", self.folder / "case.yaml"]
        return sorted(_state_of(path) for path in paths if path.exists())


def _state_of(path: Path) -> tuple[str, int, int]:
    state = path.stat()
    return path.as_posix(), state.st_mtime_ns, state.st_size


def _faults_of_form(decision: Decision) -> list[Problem]:
    """What in the cells of a decision cannot stand there."""
    described = fields("decisions", "raw")
    cells = decision._asdict() | {"ids": ";".join(decision.ids)}
    row = pd.DataFrame([{name: cells[name] for name in described}], dtype=object)
    return table_problems({"decisions": row}, "raw", {"decisions": DECISIONS})


def _small(raw: RawCase, pair: Pair) -> RawCase:
    """The case as far as a decision on a pair is judged by it."""
    tables = {name: raw.tables[name].head(0) for name in ASIDE}
    articles = raw.tables["articles"]
    tables["articles"] = articles[articles.article_id == pair.article]
    return replace(raw, tables=raw.tables | tables)
