"""What a run is asked to do: `config.yaml` and the words of the command line.

All of it is looked at before anything runs: `read` makes the settings and looks at their shape
(`draft`) and at what stands beside them (`needs`). The case is read elsewhere (`choices`): pandas
takes most of a second, and a run with nothing to do should not.
"""

import os
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from dispute.run.draft import Draft
from dispute.run.needs import needs, read_mapping
from dispute.run.notebooks import parameters
from helpers.case.folder import has_proposals, has_sample, locate
from helpers.case.metadata import read_default_coder
from helpers.case.problems import CaseError, Problem, told

# What a case must hold for a notebook with some parameter to be published.
NEEDS = {"proposer": has_proposals, "least_sampled": has_sample}


class RefusedError(ValueError):
    """Input that cannot be used. `problems` holds every fault."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = sorted(set(problems))
        super().__init__("\n".join(told(self.problems)))


@dataclass(frozen=True)
class Settings:
    """What a run is asked to do, and every fault of it that shows without the case.

    `shared` holds case_dir, coder, period and as_of; `own` the further parameters of each notebook;
    `limits` seconds, and days until the next run is due; `books` the path of each notebook.
    `places` says where a value stands (config.yaml or `-p …`), by notebook (None: for all) and
    name.
    """

    shared: dict[str, Any]
    own: dict[str, dict[str, Any]]
    limits: dict[str, Any]
    books: dict[str, Path]
    config: str
    places: dict[tuple[str | None, str], str]
    faults: list[Problem]

    def parameters(self, book: str) -> dict[str, Any]:
        """All parameters of one notebook, in the order it declares them, without `out_dir`."""
        given = {**self.shared, **self.own[book]}
        return {name: given[name] for name in parameters(self.books[book]) if name in given}

    def flat(self) -> dict[str, str]:
        """Every value by its name on the command line, as text."""
        values = {name: repr(value) for name, value in {**self.shared, **self.limits}.items()}
        for book, own in self.own.items():
            values |= {f"{book}.{name}": repr(value) for name, value in own.items()}
        return values


def read(
    config: Path | str = "config.yaml",
    words: Iterable[str] = (),
    case_dir: Path | str | None = None,
    folder: Path | str = "notebooks",
) -> Settings:
    """The settings of a run: a YAML file, then `-p` words, then a case folder.

    A word is `name=value` or `notebook.name=value`. `folder` holds the notebooks. Nothing is
    raised: look at `faults`.
    """
    books = _books(Path(folder))
    draft = Draft(str(config), books)
    if not books:
        draft.faults.append(Problem(str(folder), 0, "", "no notebook", "notebooks NAME.ipynb"))
    draft.faults.extend(needs(Path(folder)))
    content = read_mapping(config, draft.faults)
    draft.take_file(content or {})
    for word in words:
        draft.take_word(word)
    if case_dir is not None:
        draft.shared["case_dir"] = str(case_dir)
    elif draft.shared["case_dir"] is None and content is not None:
        draft.faults.append(Problem(str(config), 0, "case_dir", "nothing", "the folder of a case"))
    draft.check()
    _settle_case(draft)
    draft.faults.extend(_case_faults(draft.shared["case_dir"]))
    books = published(books, draft.shared["case_dir"])
    return Settings(
        draft.shared,
        {book: draft.own[book] for book in books},
        draft.limits,
        books,
        str(config),
        draft.places,
        draft.faults,
    )


def _settle_case(draft: Draft) -> None:
    """Name a case folder from here, so that no page tells of this machine; take its own coder."""
    case_dir = draft.shared["case_dir"]
    if not isinstance(case_dir, str):
        return
    with suppress(ValueError, OSError):  # on another drive, or a name that no folder has
        if Path(case_dir).is_absolute() and Path(case_dir).is_dir():
            draft.shared["case_dir"] = Path(os.path.relpath(case_dir)).as_posix()
    if draft.shared["coder"] == "":
        with suppress(CaseError):
            draft.shared["coder"] = read_default_coder(locate(draft.shared["case_dir"]))


def _case_faults(case_dir: Any) -> list[Problem]:
    """Whether a folder is a case at all: nothing else in it is looked at."""
    if not isinstance(case_dir, str):
        return []
    try:
        locate(case_dir)
    except CaseError as error:
        return error.problems
    return []


def published(books: Mapping[str, Path], case_dir: Any) -> dict[str, Path]:
    """Of some notebooks, by name, those that a report of a case has: see `NEEDS`."""
    lacking = set(NEEDS)
    with suppress(CaseError, TypeError):
        folder = locate(case_dir)
        lacking = {parameter for parameter, is_there in NEEDS.items() if not is_there(folder)}
    return {book: path for book, path in books.items() if not lacking & _parameters(path)}


def _parameters(path: Path) -> set[str]:
    try:
        return set(parameters(path))
    except ValueError:  # told as a fault of the notebook
        return set()


def _books(folder: Path) -> dict[str, Path]:
    """The notebooks of a folder by name, but for those that hide."""
    paths = sorted(folder.glob("*.ipynb"))
    return {path.stem: path for path in paths if not path.name.startswith(".")}
