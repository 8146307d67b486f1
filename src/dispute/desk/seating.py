"""Seating: whose desk it is. A coder whom the codebook does not know gets a line in it."""

from pathlib import Path

from helpers.case.additions import add_to_case
from helpers.case.cells import cell_problem
from helpers.case.folder import DECISIONS
from helpers.case.problems import CaseError, Problem, shown
from helpers.case.raw_tables import read_raw
from helpers.case.schema import SCHEMA, fields

FILE: str = SCHEMA["raw"]["coders"]["file"]
NOTE = "codes at the desk"


def seat(folder: Path, coder: str, settles: bool = False) -> list[str]:
    """Make a coder who is not there yet; returns what there is to tell.

    A new one is a pass, to be settled with the others; where the case is settled already, and where
    it is who settles it, one that stands apart. Raises CaseError for a name that no coder can have.
    """
    problem = cell_problem(fields("coders", "raw")["coder"], coder, may_be_empty=False)
    if problem:
        raise CaseError([Problem("--coder", 0, "", shown(coder), problem)])
    read = read_raw(folder / FILE, "coders", FILE)
    if read.is_there and read.problems:
        raise CaseError(read.problems)
    roles = dict(zip(read.frame.coder, read.frame.coder_role, strict=True))
    if roles.get(coder) == "adjudicated" or coder == DECISIONS.split("/")[1]:
        expected = "a coder who marks articles; --adjudicate settles the passes"
        raise CaseError([Problem("--coder", 0, "", f"{shown(coder)}, the settled set", expected)])
    if coder in roles:
        return []
    settled = len(read_raw(folder / DECISIONS, "decisions", DECISIONS).frame) > 0
    role = "apart" if settled or settles else "pass"
    row = {"coder": coder, "coder_role": role, "note": NOTE}
    if problems := add_to_case(folder, {"coders": [row]}, {}, judge=lambda _: []):
        raise CaseError(problems)
    said = f"{coder} is new: {FILE} has a line for this coder, with the role {role}"
    return [said + (": the case is settled without this pass" if role == "apart" else "")]
