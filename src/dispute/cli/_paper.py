"""The desk on paper: what the coding passes leave undecided, as a sheet, and back."""

from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

from dispute.cli._next import SETTLE
from dispute.cli._places import expect_new
from dispute.cli._telling import tell

if TYPE_CHECKING:
    from helpers.case.adjudication import Adjudication


def write(case_dir: str, sheet: Path) -> None:
    """Write what is undecided into a new sheet; tell how the passes of a case stand."""
    from helpers.case.adjudication_sheet import ready, sheet_text
    from helpers.case.files import write_file
    from helpers.words import counted

    expect_new(sheet)
    _, raw, made = ready(case_dir)
    kinds = Counter(row["decision"] for row in made.summary)
    kinds["agreed"] -= len(open_units := {(one.unit, one.ids) for one in made.undecided})
    kinds["undecided"] = len(open_units)
    words = ", ".join(f"{number} {kind}" for kind, number in sorted(kinds.items()))
    tell(f"{counted(len(made.summary), 'unit')} of {case_dir}: {words or 'none'}")
    write_file(sheet, sheet_text(raw, made).encode())
    tell(*_left(made, case_dir), f"{sheet}: {counted(len(made.undecided), 'row')} to decide")
    tell(f"fill in `take` and `reason`, then: {SETTLE.format(case_dir)} --take {sheet}")


def take(case_dir: str, sheet: Path) -> None:
    """Take the decisions of a filled sheet; tell what is left."""
    from helpers.case.adjudication_sheet import take_sheet
    from helpers.words import counted

    taken = take_sheet(case_dir, sheet)
    rest = f"; {taken.n_by_rule} left out, for they follow by rule" if taken.n_by_rule else ""
    tell(f"{counted(taken.n_taken, 'decision')} taken{rest}", *_left(taken.made, case_dir))
    if taken.made.undecided:
        tell(f"next: {SETTLE.format(case_dir)} --sheet FILE")


def _left(made: "Adjudication", case_dir: str) -> list[str]:
    """What is still undecided; where nothing is, what to do next."""
    if not made.undecided:
        return [f"nothing is undecided; next: dispute check {case_dir}"]
    fields = Counter(f"{one.unit} {one.field or '(whether it stands)'}" for one in made.undecided)
    return [f"undecided: {number} {name}" for name, number in sorted(fields.items())]
