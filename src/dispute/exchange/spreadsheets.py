"""The copy of a table that is safe to open in a spreadsheet."""

import csv
import io
import re

from helpers.case.files import csv_text

FORMULA = ("=", "+", "-", "@", "\t", "\r")


def spreadsheet(content: str) -> str:
    """CSV text in which no cell is a formula to a spreadsheet.

    A text that begins with = + - @, a tab or a carriage return gets an apostrophe before it; a
    negative number does not. Source: OWASP, CSV injection.
    """
    rows = csv.reader(io.StringIO(content, newline=""))
    return csv_text(map(_plain, row) for row in rows)


def _plain(cell: str) -> str:
    is_number = re.fullmatch(r"-?[0-9]+(\.[0-9]+)?", cell)
    return "'" + cell if cell.startswith(FORMULA) and not is_number else cell
