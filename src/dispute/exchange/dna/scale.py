"""The stance scale, both ways: the variable `agreement` of DNA and the stances of a case.

DNA measures distances over the numbers in use among all statements of a type; yes and no are its 1
and 0, and -1 and 1 where it adds up.
"""

from collections.abc import Iterable
from typing import Any

import pandas as pd

from dispute.exchange.dna.layout import Row
from dispute.exchange.wording import sides

YES_NO = {-1: "against", 1: "for"}


def is_stance(value: Any) -> bool:
    """Whether a value of `agreement` is a number that a case can hold."""
    return isinstance(value, int) and abs(value) < 10**9


def stance_of(agreement: Row | None, value: Any) -> Any:
    """The stance that a value of the variable `agreement` stands for.

    A number is itself, yes and no are 1 and -1, anything else of a yes or no is None. Without such
    a variable a statement is a mention, 1.
    """
    if agreement is None:
        return 1
    if agreement["DataType"] == "boolean":
        return {0: -1, 1: 1}.get(value)
    return value


def scale_rows(in_use: Iterable[Any], agreement: Row | None) -> list[Row]:
    """Rows of `stances.csv`. DNA names no sides.

    `in_use`: the values of all statements of the type, also of those that are dropped, for DNA
    measures over them.
    """
    if agreement is None:
        meaning = "the concept is mentioned; no agreement was asked for"
        return [_stance(1, "for", "mentioned", meaning)]
    name = agreement["Variable"]
    if agreement["DataType"] == "boolean":
        return [
            _stance(-1, "against", "no", f"{name} is no"),
            _stance(1, "for", "yes", f"{name} is yes"),
        ]
    return [
        _stance(number, side, str(number), f"{name} is {number}")
        for number, side in sides(filter(is_stance, in_use)).items()
    ]


def _stance(stance: int, side: str, label: str, meaning: str) -> Row:
    return {"stance": stance, "side": side, "label": label, "meaning": meaning}


def is_yes_or_no(stances: pd.DataFrame) -> bool:
    """Whether a scale is that of a yes or no: -1 against and 1 for, not called by their numbers.

    Any other scale goes out in numbers: DNA adds them up as they are.
    """
    are_numbers = stances.label.tolist() == stances.stance.astype(str).tolist()
    return dict(zip(stances.stance, stances.side, strict=True)) == YES_NO and not are_numbers


def values_of(stances: pd.DataFrame) -> dict[int, int]:
    """Stance to its value in DNA."""
    if is_yes_or_no(stances):
        return {-1: 0, 1: 1}
    return {stance: int(stance) for stance in stances.stance}


def narrowed(stances: pd.DataFrame, coded: pd.DataFrame) -> list[str]:
    """A sentence where DNA would measure over fewer numbers than the scale has; else none."""
    if is_yes_or_no(stances) or coded.empty:
        return []
    low, high = min(stances.stance), max(stances.stance)
    least, most = coded.stance.min(), coded.stance.max()
    if (low, high) == (least, most):
        return []
    return [
        f"Not carried: the ends of the scale, {low} to {high}: DNA measures distances over the "
        f"numbers in use, {least} to {most}, so that its congruence and conflict differ from these."
    ]
