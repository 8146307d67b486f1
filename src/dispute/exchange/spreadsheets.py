"""The copy of a table that is safe to open in a spreadsheet."""

import csv
import io
import re
from collections.abc import Iterator

from helpers.case.files import csv_text

FORMULA = ("=", "+", "-", "@", "\t", "\r")


def spreadsheet(content: str) -> str:
    """CSV text in which no cell is a formula to a spreadsheet.

    A text that begins with = + - @, a tab or a carriage return gets an apostrophe before it; a
    negative number does not. Source: OWASP, CSV injection.
    """
    rows = csv.reader(io.StringIO(content, newline=""))
    return csv_text(map(_plain, row) for row in rows)


def in_parts(content: str, most: int) -> Iterator[str]:
    """CSV text in parts of about `most` letters, each with the header; a short one is one part."""
    rows = csv.reader(io.StringIO(content, newline=""))
    header = csv_text([next(rows)])
    held, weight = [header], 0
    for row in rows:
        line = csv_text([row])
        if weight + len(line) > most and len(held) > 1:
            yield "".join(held)
            held, weight = [header], 0
        held.append(line)
        weight += len(line)
    yield "".join(held)


def _plain(cell: str) -> str:
    if cell.startswith(FORMULA) and not re.fullmatch(r"-[0-9]+(\.[0-9]+)?", cell):
        return "'" + cell
    return cell
