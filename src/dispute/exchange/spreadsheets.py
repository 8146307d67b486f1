"""The copy of a table that is safe to open in a spreadsheet, whole or in parts."""

import csv
import io
from collections.abc import Iterator

from helpers.case.files import csv_text
from helpers.case.spreadsheets import guarded


def spreadsheet(content: str) -> str:
    """CSV text in which no cell is a formula to a spreadsheet (`helpers.case.spreadsheets`)."""
    rows = csv.reader(io.StringIO(content, newline=""))
    return csv_text(map(guarded, row) for row in rows)


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
