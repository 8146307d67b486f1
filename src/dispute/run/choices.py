"""What a setting may be, where only the case or a helper knows: coders, periods, days, methods."""

import math
from collections.abc import Callable, Iterator
from typing import Any

import pandas as pd

from dispute.run.draft import column_of, full_name
from dispute.run.settings import Settings
from helpers.analysis.networks import CALENDAR as UNITS
from helpers.analysis.networks import DUPLICATES, NORMALISATIONS
from helpers.analysis.stances import CALENDAR
from helpers.case.load import Case, CaseError, as_of, coded, load, span
from helpers.case.problems import Problem, nearest
from helpers.change import variables
from helpers.change.kernels import SHAPES


def all_problems(settings: Settings) -> list[Problem]:
    """Every problem of settings and of their case, sorted.

    The shape of the settings, the case folder, and values that the case or a helper does not know.
    """
    case_dir = settings.shared["case_dir"]
    if not isinstance(case_dir, str):
        return sorted(set(settings.faults))
    try:
        faults = unknown_choices(settings, load(case_dir))
    except CaseError as error:
        faults = error.problems
    return sorted({*settings.faults, *faults})


def unknown_choices(settings: Settings, case: Case) -> list[Problem]:
    """A problem for each value that the case or a helper does not know.

    Values whose shape is at fault already are left out.
    """
    faulty = {(problem.file, problem.column) for problem in settings.faults}
    choices = _choices(case)
    problems = []
    for book, name, value in _values(settings):
        file = settings.places[book, name]
        column = column_of(file, full_name(book, name))
        if (file, column) in faulty:
            continue
        try:
            _check(case, choices, name, value)
        except ValueError as error:
            found, _, expected = str(error).partition(": expected ")
            problems.append(Problem(file, 0, column, found.removeprefix(f"{name} "), expected))
    return problems


def _choices(case: Case) -> dict[str, list[str]]:
    """The settings that are one of a list, by name."""
    return {
        "coder": ["all", *case.coders.coder],
        "measure_by": ["speaker", "on_behalf_of"],
        "normalisation": list(NORMALISATIONS),
        "duplicates": list(DUPLICATES),
        "proposer": ["", *case.proposers.proposer],
        "periods_by": ["case", *CALENDAR],
        "unit": list(UNITS),
        "kernel": ["", *SHAPES],
    }


def _values(settings: Settings) -> Iterator[tuple[str | None, str, Any]]:
    """Every value with its notebook (None: for all) and name."""
    for name, value in settings.shared.items():
        yield None, name, value
    for book, values in settings.own.items():
        for name, value in values.items():
            yield book, name, value


def _check(case: Case, choices: dict[str, list[str]], name: str, value: Any) -> None:
    """Raise ValueError (`…: expected …`) for a value that cannot be used."""
    if name in CHECKS:
        CHECKS[name](case, value)
    elif name in choices:
        known = choices[name]
        if value not in known:
            expected = f"one of {', '.join(filter(None, known))}{nearest(value, known)}"
            raise ValueError(f"{value!r}: expected {expected}")
    elif isinstance(value, (int, float)) and not isinstance(value, bool):
        if not (math.isfinite(value) and value >= 0):
            raise ValueError(f"{value!r}: expected a number that is not negative")


def _statements(case: Case) -> pd.DataFrame:
    """All statements, by every coder, with what the case knows of them."""
    return variables.described(coded(case, "statements", "all"), case)


def _check_variable(case: Case, name: str) -> None:
    variables.written_in(_statements(case), name)


def _check_filter(case: Case, words: str) -> None:
    variables.refuse_unknown(_statements(case), variables.read_filter(words))


def _check_from_one(case: Case, number: int) -> None:
    if number < 1:
        raise ValueError(f"{number!r}: expected a whole number from 1")


# What is looked at with the case, by the name of the setting.
CHECKS: dict[str, Callable[[Case, Any], object]] = {
    "period": span,
    "as_of": as_of,
    "rows": _check_variable,
    "over": _check_variable,
    "include": _check_filter,
    "exclude": _check_filter,
    "busiest": _check_from_one,
    "size": _check_from_one,
}
