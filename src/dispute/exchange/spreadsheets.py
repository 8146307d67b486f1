"""The copy of a table that is safe to open in a spreadsheet."""

import csv
import io
import re

FORMULA = ("=", "+", "-", "@", "\t", "\r")


def spreadsheet(content: str) -> str:
    """CSV text in which no cell is a formula to a spreadsheet.

    A text that begins with = + - @, a tab or a carriage return gets an apostrophe before it; a
    negative number does not. Source: OWASP, CSV injection.
    """
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer, lineterminator="\n")
    for row in csv.reader(io.StringIO(content, newline="")):
        writer.writerow([_plain(cell) for cell in row])
    return buffer.getvalue()


def _plain(cell: str) -> str:
    is_number = re.fullmatch(r"-?\d+(\.\d+)?", cell)
    return "'" + cell if cell.startswith(FORMULA) and not is_number else cell
