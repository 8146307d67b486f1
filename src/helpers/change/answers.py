"""What the tables of camps and change say, and what they cannot, in sentences."""

from collections.abc import Iterator

import pandas as pd

from helpers.change.divisions import GIVEN
from helpers.change.phases import CRITERIA, LEVEL
from helpers.words import counted

CALLED = {GIVEN: "the camps of the codebook", "best-2": "the two camps that fit best"}


def answers(
    divisions: pd.DataFrame,
    chance: pd.DataFrame,
    intervals: pd.DataFrame,
    changes: pd.DataFrame,
    states: pd.DataFrame,
) -> list[str]:
    """One or two sentences for each question of the notebook, in its order.

    The tables are those that notebook 7 writes: `camp_divisions`, `camp_chance`, `edge_intervals`
    (of agreement and of disagreement), `edge_changes` and `phases`.
    """
    return [
        *_on_balance(divisions, chance),
        _on_edges(intervals),
        _on_changes(changes),
        _on_states(states),
    ]


def _on_balance(divisions: pd.DataFrame, chance: pd.DataFrame) -> Iterator[str]:
    drawn = chance.set_index("division")
    known = divisions.set_index("division", drop=False)
    for division, by in CALLED.items():
        row = known.loc[division]
        if pd.isna(row.balance):
            yield f"By {by} there is no balance: no two of their actors speak to one issue."
            continue
        explained = f"{(1 + row.balance) / 2:.0%}"
        words = (
            f"By {by} balance is {row.balance:z.2f}: {explained} of the weight lies as they say."
        )
        if division in drawn.index:
            by_chance = drawn.loc[division]
            words += (
                f" Statements dealt out by chance reach {by_chance.by_chance:z.2f} on average, and "
                f"as much in {by_chance.hits:.0f} of {counted(int(by_chance.draws), 'draw')} "
                f"(p {by_chance.p:.2f})."
            )
        yield words
    likeness = known.adjusted_rand["best-2"]
    if pd.notna(likeness):
        yield (
            f"The two that fit best are like those of the codebook to {likeness:z.2f} "
            "(adjusted Rand: 1 the same, 0 as by chance)."
        )


def _on_edges(intervals: pd.DataFrame) -> str:
    if intervals.empty:
        return "No two actors speak to one issue."
    sure = int((intervals.low > 0).sum())
    return (
        f"Of {counted(len(intervals), 'tie')} of agreement or disagreement, {sure} would stand "
        "whichever of these articles had been collected (the 95 % interval of the weight lies "
        "above 0)."
    )


def _on_changes(changes: pd.DataFrame) -> str:
    numbers = changes.change.value_counts()
    appear, fade, turn = (int(numbers.get(one, 0)) for one in ("appears", "fades", "turns"))
    return (
        f"Ties that appear from one window to the next: {appear}; that fade: {fade}; that turn, "
        f"from agreement to disagreement or back: {turn}. Only a turn is told by words on both "
        "sides of it: a tie also fades where nobody wrote about it."
    )


def _on_states(states: pd.DataFrame) -> str:
    shown = [name for name in CRITERIA if states[name].notna().any()]
    if not shown:
        return (
            f"No phases can be told apart in {counted(len(states), 'window')} that hold statements:"
            " there are too few, or the same articles in another order of time fall into states "
            f"as clear in more than {LEVEL:.0%} of draws."
        )
    numbers = " and ".join(f"{states[name].nunique()} by {name}" for name in shown)
    return f"The windows fall into phases: {numbers}."
