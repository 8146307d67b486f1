"""`dispute adjudicate`: what the coding passes leave undecided, as a sheet, and back."""

from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

import click

from dispute.cli._places import expect_new
from dispute.cli._telling import tell

if TYPE_CHECKING:
    from helpers.case.adjudication import Adjudication


@click.command()
@click.argument("case_dir", metavar="CASE")
@click.option("--sheet", metavar="FILE", help="Write what is undecided into a new CSV file.")
@click.option("--take", metavar="FILE", help="Take the decisions of a filled sheet.")
def adjudicate(case_dir: str, sheet: str | None, take: str | None) -> int:
    """Pair the coding passes of a case, and decide where they differ.

    Units of two passes are one passage where they overlap. What the passes agree on follows by
    rule. The sheet has a row for each field on which they differ, and for each unit that not all
    of them marked: fill in `take` (a pass, `neither` or `own`) and `reason`. A sheet with a fault
    is refused whole.
    """
    from helpers.case.adjudication_sheet import ready, sheet_text, take_sheet
    from helpers.case.files import write_file
    from helpers.words import counted

    if sheet and take:
        raise click.UsageError("--sheet writes a sheet, --take reads one: name one of them")
    if take:
        taken = take_sheet(case_dir, Path(take))
        rest = f"; {taken.n_by_rule} left out, for they follow by rule" if taken.n_by_rule else ""
        tell(f"{counted(taken.n_taken, 'decision')} taken{rest}")
        tell(*_left(taken.made, case_dir))
        return 0
    _, raw, made = ready(case_dir)
    kinds = Counter(row["decision"] for row in made.summary)
    kinds["agreed"] -= len(open_units := {(one.unit, one.ids) for one in made.undecided})
    kinds["undecided"] = len(open_units)
    words = ", ".join(f"{number} {kind}" for kind, number in sorted(kinds.items()))
    tell(f"{counted(len(made.summary), 'unit')} of {case_dir}: {words or 'none'}")
    if sheet:
        expect_new(Path(sheet))
        write_file(Path(sheet), sheet_text(raw, made).encode())
        tell(f"{sheet}: {counted(len(made.undecided), 'row')} to decide")
        tell(f"fill in `take` and `reason`, then: dispute adjudicate {case_dir} --take {sheet}")
        return 0
    tell(*_left(made, case_dir))
    return 0


def _left(made: "Adjudication", case_dir: str) -> list[str]:
    """What is still undecided, and what to do next."""
    if not made.undecided:
        return [f"nothing is undecided; next: dispute check {case_dir}"]
    fields = Counter(f"{one.unit} {one.field or '(whether it stands)'}" for one in made.undecided)
    lines = [f"undecided: {number} {name}" for name, number in sorted(fields.items())]
    return [*lines, f"next: dispute adjudicate {case_dir} --sheet FILE"]
