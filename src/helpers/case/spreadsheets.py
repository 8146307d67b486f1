"""Tables that people open in a spreadsheet: no cell is a formula there, and each comes back.

The rule is here alone. Tables of a case and processed tables are exact, and do not follow it.
"""

import re
import unicodedata
from collections.abc import Iterable

import pandas as pd

from helpers.case.files import csv_text

SIGNS = "=+-@"
LINE_STARTS = "\t\r\n"
# Without ink, beside blanks, controls and marks: fillers of Hangul, the blank of Braille.
FILLERS = "\u115f\u1160\u3164\uffa0\u2800"
NUMBER = re.compile(r"-[0-9]+(\.[0-9]+)?([eE][-+]?[0-9]+)?")


def guarded(cell: str) -> str:
    """A cell with an apostrophe before it where a spreadsheet may take it for a formula.

    So it is where the first letter with ink is = + - or @, also as a full-width or small form, or
    where it begins with a tab or a line end. A negative number is none. Where apostrophes stand
    before such words already, one more does, so that `unguarded` gives back what was there. Source:
    OWASP, CSV injection.
    """
    return f"'{cell}" if _is_formula(cell.lstrip("'")) else cell


def unguarded(cell: str) -> str:
    """The cell that was there before `guarded`."""
    return cell[1:] if cell[:1] == "'" and _is_formula(cell.lstrip("'")) else cell


def _is_formula(cell: str) -> bool:
    first = cell[:1]
    if (first.isascii() and first.isalnum()) or NUMBER.fullmatch(cell):
        return False
    if first and first in LINE_STARTS:
        return True
    inked = next((letter for letter in cell if _has_ink(letter)), "")
    return bool(inked) and unicodedata.normalize("NFKC", inked)[0] in SIGNS


def _has_ink(letter: str) -> bool:
    """Whether a letter is neither blank, control, mark nor filler."""
    return unicodedata.category(letter)[0] not in "ZCM" and letter not in FILLERS


def sheet_csv(rows: Iterable[Iterable[object]]) -> str:
    """Rows as CSV text of which no cell is a formula to a spreadsheet."""
    return csv_text(map(guarded, map(str, row)) for row in rows)


def as_meant(frame: pd.DataFrame) -> pd.DataFrame:
    """What was read of a sheet, without the apostrophes that `guarded` put there."""
    return frame.map(unguarded)
