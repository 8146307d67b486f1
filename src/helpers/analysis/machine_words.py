"""How far a machine can be trusted here: the table `machine_reading` in sentences."""

from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

import pandas as pd

from helpers.case.model import Case
from helpers.dates.edtf import wording
from helpers.words import and_joined, counted, plain

NOUNS = {"statement": "statement", "event-mention": "event mention"}
SLOTS = {"speaker": "speaker", "issue": "issue", "stance": "stance", "date_edtf": "date"}
NOTHING = "This case holds no proposals: there is nothing to measure."


class Number(NamedTuple):
    """A number of the table with its interval; None where it has none."""

    value: float | None
    low: float | None
    high: float | None
    n_units: int

    def __str__(self) -> str:
        if self.value is None:
            return "–"
        words = f"{self.value:.0%}"
        if self.low is None or self.low == self.high:
            return words
        return f"{words} ({self.low:.0%} to {self.high:.0%})"


# Numbers by variable, given and metric.
Numbers = dict[tuple[str, str, str], Number]
FOUND = ("passage", "all", "f1")


class Answer(NamedTuple):
    """What is said of one proposer: who it is, what it reaches, and what is short of the passes."""

    proposer: str
    who: str
    reached: list[str]
    verdict: str


def answers(
    table: pd.DataFrame, proposers: pd.DataFrame, standard: str, developed: tuple[str, ...]
) -> list[Answer]:
    """The answer for each proposer, held against one coding (`standard`).

    `table`: as `machine_reading` gives it. `proposers`: those of the case. `developed`: those that
    were developed on these articles.
    """
    found = []
    for row in proposers.itertuples():
        own = table[(table.reader == row.proposer) & (table.standard == standard)]
        reached = list(_reached(own, table[table.reader_kind == "pass"], standard))
        verdict = _verdict(own, table[table.reader_kind == "pass"])
        found.append(Answer(row.proposer, _who(row, row.proposer in developed), reached, verdict))
    return found


def _who(row: Any, developed: bool) -> str:
    """Who a proposer is, in words."""
    what = f"rules, version {row.version}" if row.by == "rules" else f"a model, {row.model}"
    blind = "blind" if row.blind == "yes" else "with sight of what was coded"
    score = ""
    if developed:
        score = "; a development score, for it was developed on these very articles"
    return f"{what}; made on {wording(row.made)}, {blind}{score}"


def _reached(own: pd.DataFrame, passes: pd.DataFrame, standard: str) -> Iterator[str]:
    """What a proposer reaches, a sentence or two for each kind of unit."""
    articles = int(own.n_articles.max()) if len(own) else 0
    if not articles:
        yield f"It read no article that {standard} can judge it by."
        return
    for unit, noun in NOUNS.items():
        numbers = _numbers(own, unit)
        coded, proposed = (
            numbers["passage", "all", "recall"],
            numbers["passage", "all", "precision"],
        )
        yield (
            f"Held against {standard} on {counted(articles, 'article')}: of "
            f"{counted(coded.n_units, f'coded {noun}')} it found {coded}; of the "
            f"{proposed.n_units} that it proposed, {proposed} are one."
            f"{_both(numbers, passes, unit)}"
        )
        if coded.value:
            said = [
                f"the {name} {numbers[slot, 'found', 'recall']}"
                for slot, name in SLOTS.items()
                if (slot, "found", "recall") in numbers
            ]
            yield f"Of the {noun}s that it found it has right: {and_joined(said)}."


def _numbers(table: pd.DataFrame, unit: str) -> Numbers:
    """The numbers of one reader and standard, by variable, given and metric."""
    found = {}
    for row in table[table.unit == unit].itertuples():
        value, low, high = (None if pd.isna(one) else one for one in (row.value, row.low, row.high))
        found[row.variable, row.given, row.metric] = Number(value, low, high, int(row.n_units))
    return found


def _both(numbers: Numbers, passes: pd.DataFrame, unit: str) -> str:
    """What was found in one number, beside the lowest of the passes, as a sentence."""
    ceiling = _lowest(passes, unit, *FOUND)
    own = numbers[FOUND].value
    if own is None or ceiling is None:
        return ""
    return f" Both in one number (f1): {own:.2f}; the passes among themselves, {ceiling:.2f}."


def _lowest(
    passes: pd.DataFrame, unit: str, variable: str, given: str, metric: str
) -> float | None:
    """The lowest value that two passes reach among themselves; None where there are none."""
    chosen = passes[
        (passes.unit == unit)
        & (passes.variable == variable)
        & (passes.given == given)
        & (passes.metric == metric)
    ]
    return None if chosen.value.isna().all() else float(chosen.value.min())


def _verdict(own: pd.DataFrame, passes: pd.DataFrame) -> str:
    """In what a proposer is short of the passes among themselves, a sentence for each unit."""
    said = []
    for unit, noun in NOUNS.items():
        numbers = _numbers(own, unit)
        sides: dict[bool, list[str]] = {False: [], True: []}
        for name, key in {"the finding": FOUND, **_KEYS}.items():
            number, ceiling = numbers.get(key), _lowest(passes, unit, *key)
            if number is not None and number.value is not None and ceiling is not None:
                sides[number.value >= ceiling].append(name)
        if words := _compared(sides[False], sides[True]):
            said.append(f"Of {noun}s it is {words}.")
    return " ".join(said) or "There are no two passes to compare it with."


_KEYS = {f"the {name}": (slot, "found", "f1") for slot, name in SLOTS.items()}


def _compared(short: list[str], reached: list[str]) -> str:
    if short and reached:
        return f"{_SHORT} in {and_joined(short)}, and as good in {and_joined(reached)}"
    if short:
        return f"{_SHORT} in {and_joined(short)}"
    return f"as good as the passes are among themselves in {and_joined(reached)}" if reached else ""


_SHORT = "short of what the passes reach among themselves"


def told(table: pd.DataFrame, case: Case, standards: Sequence[str]) -> str:
    """The answers as Markdown; `standards`: the codings that they are held against."""
    if case.proposers.empty:
        return NOTHING
    said = []
    for standard in standards:
        for one in answers(table, case.proposers, standard, case.developed_here):
            said.append(f"**{plain(one.proposer)}** ({plain(one.who)}). {plain(one.verdict)}")
            said.append("\n".join(f"- {plain(sentence)}" for sentence in one.reached))
    return "\n\n".join(said)
