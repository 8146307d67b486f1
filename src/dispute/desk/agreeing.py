"""Agreeing: how far the passes agree, as the coding and the decisions grow.

Four questions, as notebook 4 asks them: the same words, common words coded alike, the same cuts,
the same positions. Between the passes, by issue, and of each coder with what was decided so far.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from itertools import combinations
from typing import Any

import pandas as pd

from dispute.desk.pairs import Pair
from dispute.desk.settling import Settling
from helpers.analysis.agreement import Ground, agreement
from helpers.analysis.answers import Answer, answers
from helpers.analysis.questions import QUESTIONS
from helpers.case import decided_fields as of
from helpers.case.raw_case import RawCase
from helpers.case.schema import CODED, columns
from helpers.case.tables import typed

# What is asked of an issue: the question, and the number of the table that answers it.
OF_ISSUE = {
    "same-words": [("unit", "bar-u-alpha")],
    "common-words": [("speaker", "cu-alpha-nominal"), ("stance", "cu-alpha-ordinal")],
    "cut": [("unit", "units-per-article")],
    "positions": [("position", "jaccard")],
}
DECIDED = "decided"
Frames = dict[str, pd.DataFrame]


class Agreeing:
    """The agreement of a case that is being settled. What the decisions do not change is kept."""

    def __init__(self, settling: Settling) -> None:
        self._settling = settling
        self._raw: RawCase | None = None
        self._between: list[dict[str, Any]] = []
        self._by_issue: list[dict[str, Any]] = []

    def told(self) -> dict[str, Any]:
        """Between the passes, by issue, by coder, and the rules that the disagreements touch."""
        settling, raw = self._settling, self._settling.raw
        if self._raw is not raw:
            measured = Measured(raw, settling.coders)
            self._between, self._by_issue = measured.between(), measured.by_issue()
            # Last: another request may ask while this one measures.
            self._raw = raw
        return {
            "version": settling.version,
            "between": self._between,
            "by_issue": self._by_issue,
            "by_coder": by_coder(settling),
            "rules": rules_touched(settling),
        }


class Measured:
    """The passes as typed frames, with what they are measured on."""

    def __init__(self, raw: RawCase, coders: Iterable[str]) -> None:
        self.stances = typed(raw.tables["stances"], "stances", "raw")
        self.labels = dict(zip(raw.tables["issues"].issue, raw.tables["issues"].label, strict=True))
        self.ground = Ground(raw.texts, raw.furniture)
        self.passes: dict[str, Frames] = {}
        for unit, kind in CODED.items():
            frame = typed(raw.tables[kind.table], kind.table, "raw")
            self.passes[unit] = {coder: frame[frame.coder == coder] for coder in coders}

    def table(self, frames: Frames, unit: str) -> pd.DataFrame:
        """The table `agreement` of some passes, without intervals: they would take too long."""
        return agreement(frames, unit, self.stances, draws=0, on=self.ground)

    def between(self) -> list[dict[str, Any]]:
        """The answers of every two passes, for each kind of unit."""
        told = []
        for unit, frames in self.passes.items():
            for answer in answers(self.table(frames, unit), unit):
                told.append(_answer(unit, answer))
        return told

    def by_issue(self) -> list[dict[str, Any]]:
        """The four numbers of each issue, for every two passes; the worst positions first."""
        rows = []
        frames = self.passes["statement"]
        for (a, one), (b, other) in combinations(frames.items(), 2):
            for issue, label in self.labels.items():
                pair = {a: one[one.issue == issue], b: other[other.issue == issue]}
                if not any(map(len, pair.values())):
                    continue
                row = {"coder_a": a, "coder_b": b, "issue": issue, "label": label}
                row["n"] = [len(pair[a]), len(pair[b])]
                rows.append(row | _numbers(self.table(pair, "statement"), a, b))
        return sorted(rows, key=_shared)


def _shared(row: Mapping[str, Any]) -> float:
    value = row["positions"][0]["value"]
    return 2.0 if value is None else float(value)


def _numbers(table: pd.DataFrame, a: str, b: str) -> dict[str, Any]:
    """The numbers of `OF_ISSUE` in a table of two passes."""
    found = table.set_index(["question", "variable", "metric", "coder_a", "coder_b"]).value
    numbers: dict[str, Any] = {}
    for question, asked in OF_ISSUE.items():
        sides = [(a, ""), (b, "")] if question == "cut" else [tuple(sorted((a, b)))]
        numbers[question] = []
        for (variable, metric), (one, other) in _each(asked, sides):
            value = found.get((question, variable, metric, one, other))
            is_none = value is None or pd.isna(value)
            number = None if is_none else round(float(value), 3)
            numbers[question].append({"of": one if not other else variable, "value": number})
    return numbers


def _each(asked: list[Any], sides: list[Any]) -> Iterator[tuple[Any, Any]]:
    return ((one, side) for one in asked for side in sides)


def _answer(unit: str, answer: Answer) -> dict[str, Any]:
    return {
        "noun": CODED[unit].noun,
        "coders": [answer.coder_a, answer.coder_b],
        "question": answer.question,
        "asked": answer.asked,
        "said": answer.said,
        "place": QUESTIONS.index(answer.question),
    }


def by_coder(settling: Settling) -> list[dict[str, Any]]:
    """Each pass beside what is decided so far: its answers, and how often it was followed.

    Only units on which nothing is undecided count, so that the numbers grow with the decisions.
    """
    settled = [pair for pair in settling.pairs.values() if not settling.n_undecided(pair)]
    taken = Counter(one.take for pair in settled for one in pair.decisions)
    told = []
    for coder in settling.coders:
        frames = _decided_and(settling, settled, coder)
        said = []
        if len(frames[DECIDED]):
            measured = Measured(settling.raw, [])
            said = answers(measured.table(frames, "statement"), "statement")
        row = {"coder": coder, "taken": taken[coder], "units": len(frames[coder])}
        told.append(row | {"answers": [_answer("statement", one) for one in said]})
    return told


def _decided_and(settling: Settling, settled: list[Pair], coder: str) -> Frames:
    """The statements of a pass that are settled, and what came of all that are."""
    kind = CODED["statement"]
    own, made = [], []
    for pair in settled:
        if pair.unit == "statement":
            own += [member for member in pair.members if member["coder"] == coder]
            made += settling.outcome(pair).rows.get(kind.table, [])
    frames = {}
    for name, rows in ((coder, own), (DECIDED, made)):
        frame = pd.DataFrame(rows, columns=columns(kind.table, "raw"), dtype=object)
        frames[name] = typed(frame, kind.table, "raw")
    return frames


def rules_touched(settling: Settling) -> list[dict[str, Any]]:
    """The rules of the codebook that units name on which the passes differ, the most named first.

    `rule` is empty where a unit names none. Counted are such units, and those still undecided.
    """
    units: Counter[str] = Counter()
    undecided: Counter[str] = Counter()
    for pair in settling.pairs.values():
        if not differs(pair, len(settling.coders)):
            continue
        cells = [member.get("rules", "") for member in pair.members]
        named = {rule for cell in cells for rule in cell.split(";")} - {""}
        for rule in named or {""}:
            units[rule] += 1
            undecided[rule] += bool(settling.n_undecided(pair))
    frame = settling.raw.tables["rules"]
    texts = dict(zip(frame.rule, frame.text, strict=True))
    return [
        {"rule": rule, "text": texts.get(rule, ""), "units": n, "undecided": undecided[rule]}
        for rule, n in sorted(units.items(), key=lambda one: (-one[1], one[0]))
    ]


def differs(pair: Pair, n_passes: int) -> bool:
    """Whether the passes differ on a pair in what has to be decided."""
    if len({member["coder"] for member in pair.members}) < n_passes:
        return True
    return any(of.differ(name, pair.members, pair.unit) for name in of.needed(pair.unit))
