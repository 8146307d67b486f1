"""Settings while they are read: what is said so far, where it was said, and every fault.

A file of settings is taken in first, then the `-p` words of the command line, one after the other.
Nothing is raised, so that all faults are told at once.
"""

import datetime
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from dispute.run.notebooks import Parameter, fits, parameters
from helpers.case.problems import Problem, nearest

# Said once, for all notebooks; a case folder must be named. An empty coder is the case's own.
SHARED: dict[str, str | None] = {
    "case_dir": None,
    "coder": "",
    "period": "all",
    "as_of": "",
}
# What a cell and a notebook may take; how long after a good run the next is due.
LIMITS: dict[str, float] = {"cell_seconds": 300, "notebook_seconds": 900, "due_days": 8}
SECONDS = ("cell_seconds", "notebook_seconds")
# What a file of settings says for `dispute propose`; a run does not look at it.
PROPOSERS = "proposers"
# Within the cache: the answers that models gave it, a folder for each proposer.
ANSWERS = "proposing"
# Of the shared ones, those that a notebook may have otherwise.
ALONE = ["coder", "period"]
# How long a value is shown.
WIDTH = 120


def column_of(place: str, name: str) -> str:
    """The column of a problem: the name of a setting, but where its place is its name (`-p …`)."""
    return "" if place.startswith("-p") else name


def full_name(book: str | None, name: str) -> str:
    """The name of a setting in a file, where `book` is None for those that all notebooks share."""
    return f"notebooks.{book}.{name}" if book else name


@dataclass
class Draft:
    """What is said so far.

    `books` are the paths of the notebooks and `declared` their parameters, by name. `shared`,
    `limits` and `own` (by notebook) are the values. `places` says where a value stands, by
    notebook (None: for all) and name.
    """

    file: str
    books: dict[str, Path]
    faults: list[Problem] = field(default_factory=list)
    shared: dict[str, Any] = field(default_factory=lambda: dict(SHARED))
    limits: dict[str, Any] = field(default_factory=lambda: dict(LIMITS))
    places: dict[tuple[str | None, str], str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.own: dict[str, dict[str, Any]] = {book: {} for book in self.books}
        self.declared = {book: self._declared(path) for book, path in self.books.items()}
        self.places |= {(None, name): self.file for name in SHARED}

    def _declared(self, path: Path) -> dict[str, Parameter]:
        try:
            return parameters(path)
        except ValueError as error:
            found = str(error).partition(": ")[2] or str(error)
            self._fault(str(path), "", found, "a notebook with one parameters cell")
            return {}

    def take_file(self, content: Mapping[Any, Any]) -> None:
        """Take in what a file says, by name; a line left empty says nothing."""
        known = [*SHARED, *LIMITS, "notebooks", PROPOSERS]
        for name in content:
            if name not in known:
                self._fault(self.file, str(name), "an unknown name", one_of(name, known))
        for name in SHARED:
            if content.get(name) is not None:
                self.shared[name] = content[name]
        for name in LIMITS:
            self.limits[name] = content.get(name, LIMITS[name])
        given = content.get("notebooks") or {}
        if isinstance(given, dict):
            for book, values in given.items():
                self._take_notebook(book, values or {})
        else:
            expected = "a name of a notebook, and its parameters, on each line"
            self._fault(self.file, "notebooks", repr(given), expected)

    def _take_notebook(self, book: Any, values: Any) -> None:
        """Take in the lines of one notebook."""
        name = f"notebooks.{book}"
        if book not in self.books:
            self._fault(self.file, name, "no such notebook", one_of(book, self.books))
        elif not isinstance(values, dict):
            self._fault(self.file, name, repr(values), "`name: value` lines, or {}")
        else:
            self.own[book] |= values
            self.places |= {(book, parameter): self.file for parameter in values}

    def take_word(self, word: str) -> None:
        """Take in one `-p` word; its value is read as the type that the parameter has."""
        name, equals, value = word.partition("=")
        book, dot, parameter = name.rpartition(".")
        place = f"-p {name}"
        if not equals or not parameter:
            expected = "-p name=value or -p notebook.name=value"
            self._fault(f"-p {word}", "", "no `name=value`", expected)
        elif dot:
            self._take_own_word(place, book, parameter, value)
        elif parameter in LIMITS:
            self.limits[parameter] = read_as(value, "float")
            self.places[None, parameter] = place
        elif parameter in SHARED:
            self.shared[parameter] = value
            self.places[None, parameter] = place
        else:
            expected = one_of(parameter, [*SHARED, *LIMITS, "notebook.name"])
            self._fault(place, "", "an unknown name", expected)

    def _take_own_word(self, place: str, book: str, name: str, value: str) -> None:
        if book not in self.own:
            self._fault(place, "", "no such notebook", one_of(book, self.own))
            return
        parameter = self.declared[book].get(name)
        self.own[book][name] = read_as(value, parameter.kind if parameter else "str")
        self.places[book, name] = place

    def check(self) -> None:
        """Look at every value: whether it may be set, and is of the type that is declared."""
        for name, value in self.limits.items():
            number = fits(value, "float")
            if not number or not 0 < value < 1e6:
                place = self.places.get((None, name), self.file)
                unit = name.rpartition("_")[2]
                self._fault(place, name, repr(value), f"{unit}, more than 0")
        for name, value in self.shared.items():
            if value is not None:
                self.shared[name] = self._typed(value, "str", self.places[None, name], name)
        for book, values in self.own.items():
            settable = self._settable(book)
            for name, value in values.items():
                place, full = self.places[book, name], full_name(book, name)
                if name in settable:
                    values[name] = self._typed(value, settable[name].kind, place, full)
                else:
                    found = "a parameter that cannot be set here"
                    last = str(name).rpartition(".")[2]
                    self._fault(place, full, found, one_of(last, settable))

    def _settable(self, book: str) -> dict[str, Parameter]:
        """The parameters that may be set for one notebook alone."""
        fixed = {"out_dir", *SHARED} - set(ALONE)
        declared = self.declared[book].items()
        return {name: parameter for name, parameter in declared if name not in fixed}

    def _typed(self, value: Any, kind: str, place: str, name: str) -> Any:
        """A value checked against the type that is declared.

        YAML makes a number of a year and a date of a day: where a text is wanted they are one.
        """
        number_or_day = isinstance(value, (int, datetime.date))
        if kind == "str" and number_or_day and not isinstance(value, (bool, datetime.datetime)):
            return str(value)
        if not fits(value, kind):
            found = f"{value!r} ({type(value).__name__})"[:WIDTH]
            self._fault(place, name, found, kind)
        return value

    def _fault(self, place: str, name: str, found: str, expected: str) -> None:
        self.faults.append(Problem(place, 0, column_of(place, name), found, expected))


def read_as(text: str, kind: str) -> Any:
    """A word as the type it should have; as it stands where it cannot be read so."""
    try:
        if kind == "bool":
            return {"true": True, "false": False}[text.lower()]
        return {"int": int, "float": float}.get(kind, str)(text)
    except (ValueError, KeyError):
        return text


def one_of(name: object, choices: Iterable[str]) -> str:
    """What is expected in place of a name: the choices, and which of them is near."""
    choices = list(choices)
    return f"one of {', '.join(choices)}{nearest(name, choices)}"
