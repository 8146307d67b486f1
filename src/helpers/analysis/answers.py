"""Answers: what the table `agreement` says to each of its questions, in a few words."""

from itertools import product
from typing import NamedTuple

import pandas as pd

from helpers.analysis.questions import QUESTIONS

ASKED = {
    "same-words": "Do they mark the same words?",
    "common-words": "Do they code alike the words that both marked?",
    "cut": "Do they cut alike?",
    "positions": "Do they end with the same positions?",
    "matched": "How alike are the passages that both marked?",
}
# What is said of a question, by variable and metric; the rest stands in the table alone.
WORDS = {
    "same-words": {
        ("unit", "bar-u-alpha"): "marked or not {}",
        ("issue", "bar-u-alpha"): "issue by issue {}",
    },
    "common-words": {
        ("issue", "cu-alpha-nominal"): "issue {}",
        ("speaker", "cu-alpha-nominal"): "speaker {}",
        ("stance", "cu-alpha-ordinal"): "stance {}",
    },
    "cut": {
        ("unit", "units-per-article"): "{} an article",
        ("unit", "units-per-maximal"): "{} times as many as when joined",
    },
    "positions": {
        ("position", "jaccard"): "{} of all are in both",
        ("tie", "jaccard"): "{} of all are in both",
        ("stance", "alpha-nominal"): "alpha {}",
    },
    "matched": {
        ("unit", "share"): "{} of all are matched",
        ("speaker", "alpha-nominal"): "speaker {}",
        ("issue", "alpha-nominal"): "issue {}",
        ("stance", "alpha-ordinal"): "stance {}",
    },
}


class Answer(NamedTuple):
    """What is said of two passes: the question, the numbers in words, these without marked units.

    `without` is empty where no unit was left out, `n_marked` then 0; so are `unproposed`, the
    numbers without what a coder took from a proposer, and `n_proposed`.
    """

    coder_a: str
    coder_b: str
    question: str
    asked: str
    said: str
    without: str
    n_marked: int
    unproposed: str = ""
    n_proposed: int = 0


def answers(agreement: pd.DataFrame, unit: str = "statement") -> list[Answer]:
    """The answers to each question of one kind of unit, for every two passes of the table.

    A question that nothing answers, for want of a number, is left out.
    """
    of_unit = agreement[agreement.unit == unit]
    pairs = of_unit.loc[of_unit.coder_b != "", ["coder_a", "coder_b"]].drop_duplicates()
    found = []
    for (a, b), question in product(pairs.itertuples(index=False, name=None), QUESTIONS):
        rows = of_unit[of_unit.question == question]
        if question == "cut":
            rows = rows[rows.coder_a.isin([a, b])]
        else:
            rows = rows[(rows.coder_a == a) & (rows.coder_b == b)]
        n_marked = int(rows.n_marked.max()) if len(rows) else 0
        said = _in_words(rows, "value")
        without = _in_words(rows, "without_marked") if n_marked else ""
        if said:
            alone = _unproposed(rows)
            found.append(Answer(a, b, question, ASKED[question], said, without, n_marked, *alone))
    return found


def _unproposed(rows: pd.DataFrame) -> tuple[str, int]:
    """The numbers without what was taken from a proposer, and of how many units that was."""
    if "n_proposed" not in rows or rows.n_proposed.isna().all():
        return "", 0
    return _in_words(rows, "without_proposed"), int(rows.n_proposed.max())


def _in_words(rows: pd.DataFrame, column: str) -> str:
    """The numbers of a question, in the order of `WORDS`; those of one pass are told of each."""
    told = []
    for (a, b, question), of_coders in rows.groupby(["coder_a", "coder_b", "question"]):
        numbers = of_coders.set_index(["variable", "metric"])[column].dropna().to_dict()
        words = [
            form.format(_number(numbers[key], key[1]))
            for key, form in WORDS[str(question)].items()
            if key in numbers
        ]
        if words:
            whose = "" if b else f"{a}: "
            told.append(whose + ", ".join(words))
    return "; ".join(told)


def _number(value: float, metric: str) -> str:
    return f"{value:.0%}" if metric in ("share", "jaccard") else f"{value:.2f}"
